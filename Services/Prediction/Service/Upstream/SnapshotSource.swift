import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// Where the performance of a target gets what is known of it.
protocol SnapshotSource: Sendable {
  /// The environment with one target, where it knows it.
  ///
  /// - Throws: why it can't be had, such as `ENVIRONMENT_NOT_FOUND`.
  func snapshot(of environment: String, target: String) async throws -> EnvironmentSnapshot
}

/// twin-engine over gRPC.
struct RemoteSnapshotSource: SnapshotSource {
  static let timeout = Duration.seconds(10)

  private let client: EnvironmentTwinServiceClient

  init(_ channel: any RPCChannel) { client = EnvironmentTwinServiceClient(channel) }

  func snapshot(of environment: String, target: String) async throws -> EnvironmentSnapshot {
    do {
      return try await client.getEnvironmentSnapshot(
        GetEnvironmentSnapshotRequest(environmentID: environment, targets: [target]),
        options: CallOptions(timeout: Self.timeout))
    } catch let error as RPCError where error.code == .unavailable || error.code == .deadlineExceeded {
      throw ServiceFault(
        .unavailable, .upstreamUnavailable, "twin-engine can't be asked now: \(error.message)",
        retryAfter: StoreUnavailable.retryAfter)
    }
  }
}
