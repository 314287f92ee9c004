import FleetCore
import Logging
public import PostgresMigrations
public import RPCCore
public import RuntimeConfiguration
import RuntimeTelemetry
public import ServiceRuntime

/// twin-engine: keeps twins in step with their vehicles and environments.
public struct TwinEngineAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.twinEngine

  /// Not required: only calibration reads metrics and history.
  public static let peers = [PeerNeed.optional(.stateSync)]

  static let lagBound = Setting.duration(
    "sync.lag-bound", default: .milliseconds(100), in: .milliseconds(1)...(.seconds(60)),
    "A twin whose newest sample took longer from its measurement to the virtual state counts as lagging.")
  static let staleAfter = Setting.duration(
    "sync.stale-after", default: .seconds(5), in: .milliseconds(100)...(.seconds(3600)),
    "A vehicle that sent nothing for longer counts as stale.")
  static let offlineAfter = Setting.duration(
    "sync.offline-after", default: .seconds(60), in: .milliseconds(100)...(.seconds(86_400)),
    "A vehicle that sent nothing for longer counts as offline.")

  static let parallelFits = Setting.integer(
    "calibration.parallel-fits", default: 1, in: 1...64, unit: "fits",
    "Fits of twins that are computed at once, each on its own thread. Further ones have to come back.")
  static let parallelValidations = Setting.integer(
    "calibration.parallel-validations", default: 2, in: 1...64, unit: "validations",
    "The same of validations.")
  static let fitTimeLimit = Setting.duration(
    "calibration.time-limit", default: .seconds(120), in: .seconds(1)...(.seconds(3_600)),
    "How long a fit or a validation may take.")

  static let calibrationInterval = Setting.duration(
    "environments.calibration-interval", default: .seconds(3_600), in: .seconds(1)...(.seconds(604_800)),
    "Time between two calibrations of the environments' models from their metrics.")

  public static let settings = [
    SettingScope("Keeping in step", [lagBound, staleAfter, offlineAfter]),
    SettingScope("Calibrating vehicles", [parallelFits, parallelValidations, fitTimeLimit]),
    SettingScope("Environments", [calibrationInterval]),
  ]

  public static var migrations: [Migration]? {
    get throws {
      [
        try Migration(file: "0001_twins.sql", PackageResources._001_twins_sql),
        try Migration(file: "0002_environments.sql", PackageResources._002_environments_sql),
        try Migration(file: "0003_calibrations.sql", PackageResources._003_calibrations_sql),
      ]
    }
  }

  public let rpcServices: [any RPCService]
  public let backgroundServices: [BackgroundService]

  public init(_ context: ServiceContext) async throws {
    let configuration = context.configuration
    let policy = SyncPolicy(
      lagBound: configuration[Self.lagBound] / .seconds(1), staleAfter: configuration[Self.staleAfter] / .seconds(1),
      offlineAfter: configuration[Self.offlineAfter] / .seconds(1))
    guard policy.staleAfter < policy.offlineAfter else {
      throw ConfigurationError([
        .init(place: Self.offlineAfter.name, reason: "must be longer than \(Self.staleAfter.name)")
      ])
    }
    let parts = EngineParts(
      store: PostgresTwinStore(context.database.pool), history: RemoteTwinHistory(context.peer(.stateSync)),
      bench: Workbench(places: configuration[Self.parallelFits], timeLimit: configuration[Self.fitTimeLimit]),
      judges: Workbench(
        places: configuration[Self.parallelValidations], timeLimit: configuration[Self.fitTimeLimit]),
      environments: PostgresEnvironmentTwinStore(context.database.pool),
      environmentMetrics: RemoteEnvironmentMetrics(context.peer(.stateSync)), policy: policy, clock: .system,
      metrics: EngineMetrics(context.metrics))
    context.metrics.collect { [fleet = parts.fleet] in
      $0.add(EngineMetrics.twins, Double(fleet.count))
    }
    context.health.observe { if $0.isDraining { parts.drain.begin() } }
    let tasks = EngineTasks(
      parts: parts, calibrationInterval: configuration[Self.calibrationInterval], clock: context.clock,
      logger: context.logger, loaded: context.health.add("twins"))
    rpcServices = parts.rpcServices
    backgroundServices = [
      BackgroundService("twins", tasks.followTwins), BackgroundService("live states", tasks.storeStates),
      BackgroundService("sync status", tasks.watchTime),
      BackgroundService("calibration", tasks.calibrate),
    ]
  }
}
