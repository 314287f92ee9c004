import RPCCore
import RPCErrors
import TwinProto

/// Where simulations of changes get what is known of their targets.
protocol EnvironmentSource: Sendable {
  /// The environment with one target, where it knows it.
  ///
  /// - Throws: why it can't be had, such as `ENVIRONMENT_NOT_FOUND`.
  func snapshot(of environment: String, target: String) async throws -> EnvironmentSnapshot
}

/// Asks twin-engine.
struct EngineEnvironmentSource: EnvironmentSource {
  let client: EnvironmentTwinServiceClient

  func snapshot(of environment: String, target: String) async throws -> EnvironmentSnapshot {
    do {
      return try await client.getEnvironmentSnapshot(
        GetEnvironmentSnapshotRequest(environmentID: environment, targets: [target]))
    } catch let error as RPCError where error.code == .unavailable || error.code == .deadlineExceeded {
      throw ServiceFault(
        .unavailable, .upstreamUnavailable, "twin-engine can't be reached: \(error.message)", retryAfter: .seconds(1))
    }
  }
}
