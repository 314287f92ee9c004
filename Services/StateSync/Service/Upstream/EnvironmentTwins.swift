import RPCCore
import TwinProto

/// What state-sync tells twin-engine about environments.
protocol EnvironmentTwins: Sendable {
  /// Tells what a sync found.
  ///
  /// - Returns: the targets that the twin has now.
  func update(_ request: UpdateEnvironmentRequest) async throws -> Int
}

/// twin-engine over gRPC.
struct RemoteEnvironmentTwins: EnvironmentTwins {
  /// How long one message may take; a sync waits for it.
  static let timeout = Duration.seconds(2)

  private let client: EnvironmentTwinServiceClient

  init(_ channel: any RPCChannel) { client = EnvironmentTwinServiceClient(channel) }

  func update(_ request: UpdateEnvironmentRequest) async throws -> Int {
    Int(try await client.updateEnvironment(request, options: CallOptions(timeout: Self.timeout)).targetCount)
  }
}
