import FleetCore
public import PostgresMigrations
public import RPCCore
public import RuntimeConfiguration
import RuntimeTelemetry
public import ServiceRuntime

/// state-sync: takes telemetry in, in order and exactly once, and passes it on.
public struct StateSyncAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.stateSync

  /// Not required: known vehicles keep being accepted while it is away.
  public static let peers = [PeerNeed.optional(.twinEngine)]

  static let furthestAhead = Setting.duration(
    "telemetry.furthest-ahead", default: .seconds(60), in: .zero ... .seconds(86_400),
    "A sample that says it was measured later than this after our clock is rejected.")

  public static let settings = [SettingScope("Telemetry", [furthestAhead])]

  public static var migrations: [Migration]? {
    get throws { [try Migration(file: "0001_telemetry.sql", PackageResources._001_telemetry_sql)] }
  }

  public let rpcServices: [any RPCService]
  public let backgroundServices: [BackgroundService]

  public init(_ context: ServiceContext) async throws {
    let metrics = IngestMetrics(context.metrics)
    let parts = SyncParts(
      store: PostgresTelemetryStore(context.database.pool, observer: metrics),
      engine: RemoteTwinEngine(context.peer(.twinEngine)),
      rules: SampleRules(furthestAhead: context.configuration[Self.furthestAhead] / .seconds(1)), clock: .system,
      pace: context.clock, metrics: metrics, logger: context.logger,
      maximumMessage: context.configuration[RPCSettings.maxMessage].bytes)
    context.metrics.collect { [log = parts.log, tail = parts.tail] in
      $0.add(IngestMetrics.backlog, Double(log.backlog))
      $0.add(IngestMetrics.pending, Double(tail.pending))
    }
    context.health.observe { if $0.isDraining { parts.drain.begin() } }
    let tasks = SyncTasks(
      parts: parts, clock: context.clock, logger: context.logger, started: context.health.add("telemetry log"))
    rpcServices = parts.rpcServices
    // Stopped in reverse: the log is written until nothing checkpoints or forwards it any more.
    backgroundServices = [
      BackgroundService("telemetry log", tasks.writeLog), BackgroundService("checkpoints", tasks.checkpoint),
      BackgroundService("twins", tasks.followTwins), BackgroundService("forwarding", tasks.forward),
    ]
  }
}
