import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// Refuses calls until the service has been ready once: before that its tables may not exist.
///
/// Later failures of a dependency are left to the calls that need it, which know better what still works.
final class StartGate: ServerInterceptor {
  /// Callers are asked to come back after this.
  static let retryAfter = Duration.milliseconds(500)

  private let isOpen = Atomic(false)
  private let health: HealthRegistry

  init(_ health: HealthRegistry) { self.health = health }

  /// Lets calls through from now on.
  func open() { isOpen.store(true, ordering: .releasing) }

  func intercept(_ method: MethodDescriptor, _ next: @escaping RPCMethod.Handler) -> RPCMethod.Handler {
    // Health and reflection are there to be asked before everything else.
    if method.service.hasPrefix("grpc.") { return next }
    return { [self] call in
      guard isOpen.load(ordering: .acquiring) else {
        throw ServiceFault(
          .unavailable, .storeUnavailable,
          "the service is starting: \(health.report.reasons.joined(separator: "; "))", retryAfter: Self.retryAfter)
      }
      try await next(call)
    }
  }
}
