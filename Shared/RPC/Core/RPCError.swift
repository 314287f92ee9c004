/// How a call failed: what the peer said, or what this side found out.
public struct RPCError: Error, Sendable, CustomStringConvertible {
  /// Never `.ok`.
  public var code: StatusCode
  /// For people; sent as `grpc-message`.
  public var message: String
  /// The serialized `google.rpc.Status` of a rich error; sent as `grpc-status-details-bin`. Empty when there is none.
  public var statusDetails: [UInt8]
  /// The pairs that come with the status.
  public var trailers: Metadata
  /// True when the peer is known not to have seen the call, so that any call may be tried again.
  package var wasNeverProcessed: Bool
  /// True when the call was not even sent.
  package var neverLeft = false
  /// True for a write that met the end of its call: how the call ended stands in its status, not here.
  package var metEndOfCall = false

  public init(_ code: StatusCode, _ message: String, statusDetails: [UInt8] = [], trailers: Metadata = Metadata()) {
    self.code = code
    self.message = message
    self.statusDetails = statusDetails
    self.trailers = trailers
    self.wasNeverProcessed = false
  }

  package static func unprocessed(_ message: String) -> RPCError {
    var error = RPCError(.unavailable, message)
    error.wasNeverProcessed = true
    return error
  }

  package static func unsent(_ message: String) -> RPCError {
    var error = unprocessed(message)
    error.neverLeft = true
    return error
  }

  /// The failure of a write to a call that the peer has ended.
  package static var afterEnd: RPCError {
    var error = RPCError(.cancelled, "the peer has ended the call; its status says how")
    error.metEndOfCall = true
    return error
  }

  public var description: String { "\(code.name): \(message)" }
}

extension RPCError: Equatable {
  public static func == (a: RPCError, b: RPCError) -> Bool {
    a.code == b.code && a.message == b.message && a.statusDetails == b.statusDetails && a.trailers == b.trailers
  }
}

/// An error that knows which status it is to a caller. Domain errors conform at the border of a service.
public protocol RPCErrorConvertible: Error {
  var rpcError: RPCError { get }
}

extension RPCError {
  /// The status that an error thrown by a handler ends its call with.
  ///
  /// An error that says nothing of itself becomes `UNKNOWN` without its text, so that no internals leak.
  public init(thrown error: any Error) {
    switch error {
    case let error as RPCError: self = error
    case let error as any RPCErrorConvertible: self = error.rpcError
    case let error as MessageCodingError: self = RPCError(.internalError, "a message could not be coded: \(error)")
    case is CancellationError: self = RPCError(.cancelled, "the call was cancelled")
    default: self = RPCError(.unknown, "the handler failed")
    }
  }
}
