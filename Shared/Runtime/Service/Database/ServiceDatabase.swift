public import PostgresDriver
public import PostgresPool
public import RPCCore
import RPCErrors
import TwinProto

/// A service's own schema: a pool as its app role.
public struct ServiceDatabase: Sendable {
  public let pool: PostgresPool
  /// For connections beside the pool, such as a listener's.
  public let configuration: PostgresConfiguration
}

extension PostgresError: RPCErrorConvertible {
  /// How long a caller should wait for a database that is away.
  private static var retryAfter: Duration { .seconds(1) }

  public var rpcError: RPCError {
    guard isUnavailable || isRetryable else {
      // What the database said is for the log; it may hold what the caller must not see.
      return ServiceFault(.internalError, .internal, "the store refused what the service asked of it").rpcError
    }
    return ServiceFault(
      .unavailable, .storeUnavailable, "the database can't be reached now", retryAfter: Self.retryAfter
    ).rpcError
  }
}
