public import RPCCore
public import RPCErrors
import TwinProto

/// The database can't be reached now.
public struct StoreUnavailable: Error, Sendable, CustomStringConvertible, RPCErrorConvertible {
  /// Callers are asked to come back after this.
  public static let retryAfter = Duration.milliseconds(500)

  /// For logs; callers aren't told.
  public let description: String

  public init(_ description: String) { self.description = description }

  public var rpcError: RPCError {
    ServiceFault(
      .unavailable, .storeUnavailable, "the database can't be reached now", retryAfter: Self.retryAfter
    ).rpcError
  }
}

/// The database has no room left on its disk. What it refused is not stored; what it has, it keeps.
public struct StoreFull: Error, Sendable, CustomStringConvertible, RPCErrorConvertible {
  /// Callers are asked to come back after this: room is made by people.
  public static let retryAfter = Duration.seconds(5)

  /// For logs; callers aren't told.
  public let description: String

  public init(_ description: String) { self.description = description }

  public var rpcError: RPCError {
    ServiceFault(
      .unavailable, .storeUnavailable, "the database's disk is full; nothing of this was stored, send it again later",
      retryAfter: Self.retryAfter
    ).rpcError
  }
}

extension ServiceFault {
  /// No twin has this id.
  public static func noTwin(_ id: String) -> ServiceFault {
    ServiceFault(.notFound, .twinNotFound, "no twin has the id '\(id)'", facts: ["twin": id])
  }

  /// Ends calls that have no end of their own when the service stops.
  public static let draining = ServiceFault(
    .unavailable, .upstreamUnavailable, "the service is stopping; call again", retryAfter: StoreUnavailable.retryAfter)

  /// A page token of another list, or none at all.
  public static func wrongPageToken() -> ServiceFault {
    let problem = "isn't a token that this list gave for these filters"
    return ServiceFault(
      .invalidArgument, .pageTokenInvalid, "page_token: \(problem)", violations: [.init("page_token", problem)])
  }
}

/// The sizes that pages of a list may have.
public struct PageSizes: Sendable, Hashable {
  /// For a request that doesn't say.
  public var usual: Int
  public var largest: Int

  public init(usual: Int, largest: Int) {
    self.usual = usual
    self.largest = largest
  }

  /// The size of a page from the request, where 0 says nothing.
  ///
  /// - Throws: `ServiceFault` that names the field.
  public func size(_ requested: Int32, field: String = "page_size") throws -> Int {
    if requested == 0 { return usual }
    guard (1...largest).contains(Int(requested)) else {
      throw ServiceFault.invalid(field, "must lie in 1 to \(largest), or be 0 for \(usual)")
    }
    return Int(requested)
  }
}
