import FleetCore
public import PostgresMigrations
public import RPCCore
public import RuntimeConfiguration
public import ServiceRuntime
import TwinProto

/// The prediction service: judges changes, keeps approvals and the record of how good predictions were, evaluates models.
public struct PredictionAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.prediction

  private static let approvalLifetime = Setting.duration(
    "approvals.lifetime", default: .seconds(24 * 3_600), in: .seconds(60)...(.seconds(30 * 24 * 3_600)),
    "How long a person may take to approve a change; then the approval expires.")
  private static let failsOpen = Setting.flag(
    "admission.fail-open", default: false,
    "Allow what Kubernetes asks about when it can't be judged. Without it such an object is denied.")

  public static var settings: [SettingScope] {
    [SettingScope("Approvals", [approvalLifetime]), SettingScope("Kubernetes admission", [failsOpen])]
  }

  public static var peers: [PeerNeed] {
    [
      .optional(.scenarioRunner), .optional(.results), .optional(.stateSync), .optional(.twinEngine),
    ]
  }

  public static var migrations: [Migration]? {
    get throws {
      [
        try Migration(file: "0001_prediction.sql", PackageResources._001_prediction_sql),
        try Migration(file: "0002_forecasts.sql", PackageResources._002_forecasts_sql),
      ]
    }
  }

  public let rpcServices: [any RPCService]
  public let backgroundServices: [BackgroundService]

  public init(_ context: ServiceContext) async throws {
    let parts = PredictionParts(
      store: PostgresPredictionStore(pool: context.database.pool),
      changes: ChangeSimulationServiceClient(context.peer(.scenarioRunner)),
      audit: AuditServiceClient(context.peer(.results)),
      mirror: RemoteEnvironmentMirror(context.peer(.stateSync)), twins: RemoteSnapshotSource(context.peer(.twinEngine)),
      clock: .system,
      approvalLifetime: context.configuration[Self.approvalLifetime],
      failsOpen: context.configuration[Self.failsOpen], logger: context.logger)
    rpcServices = parts.rpcServices
    backgroundServices = [
      BackgroundService("audit") {
        try await untilStopped {
          await context.health.untilReady()
          try await parts.trail.run()
        }
      },
      BackgroundService("approvals") {
        try await untilStopped {
          await context.health.untilReady()
          try await parts.approvals.sweep()
        }
      },
    ]
  }
}
