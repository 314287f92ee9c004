import FleetCore
public import PostgresMigrations
public import RPCCore
public import RuntimeConfiguration
import RuntimeTelemetry
public import ServiceRuntime

/// state-sync: takes telemetry in, in order and exactly once, mirrors environments, and passes both on.
public struct StateSyncAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.stateSync

  /// Not required: known vehicles keep being accepted while it is away.
  public static let peers = [PeerNeed.optional(.twinEngine)]
  public static let isReplicated = true

  static let furthestAhead = Setting.duration(
    "telemetry.furthest-ahead", default: .seconds(60), in: .zero ... .seconds(86_400),
    "A sample that says it was measured later than this after our clock is rejected.")

  /// The log of a state-sync that has no others beside it.
  static let onlyLog = "main"

  static let retention = Setting.duration(
    "telemetry.retention", default: .seconds(30 * 86_400), in: .seconds(86_400)...(.seconds(3_660 * 86_400)),
    "How long samples are kept. Whole days that are older are dropped, and older samples are rejected.")
  static let logName = Setting.text(
    "telemetry.log", default: onlyLog,
    "The name of the log that this replica writes. Where there are several replicas it is rpc.advertised-address."
  ) { name throws(SettingValueError) in
    guard (1...200).contains(name.count) else { throw SettingValueError("must have 1 to 200 characters") }
  }

  static let syncInterval = Setting.duration(
    "environments.sync-interval", default: .seconds(900), in: .seconds(1)...(.seconds(86_400)),
    "Time between two syncs of an environment.")
  static let sourceTimeout = Setting.duration(
    "environments.source-timeout", default: .seconds(20), in: .milliseconds(100)...(.seconds(600)),
    "How long reading one source may take.")
  static let filesFolder = Setting.text(
    "environments.files-folder", default: "/", allowed: "absolute path",
    "Sources may name files, such as credentials, only under this folder."
  ) { text throws(SettingValueError) in
    guard text.hasPrefix("/") else { throw SettingValueError("'\(text)' is not an absolute path") }
  }

  static let uploadsFolder = Setting.text(
    "uploads.folder", default: "/var/tmp/digital-twin/uploads", allowed: "absolute path",
    "Where uploaded files wait until they are worked off; it should survive a restart. Empty: no uploads are taken."
  ) { text throws(SettingValueError) in
    guard text.hasPrefix("/") else { throw SettingValueError("'\(text)' is not an absolute path") }
  }
  static let longestUpload = Setting.bytes(
    "uploads.longest", default: .gibibytes(8), in: .kibibytes(1)...(.gibibytes(1_024)),
    "The longest file that is taken, as it is sent.")
  static let longestUnpackedUpload = Setting.bytes(
    "uploads.longest-unpacked", default: .gibibytes(64), in: .kibibytes(1)...(.gibibytes(8_192)),
    "The longest file that is worked off, once decompressed.")
  static let uploadSpool = Setting.bytes(
    "uploads.spool", default: .gibibytes(32), in: .kibibytes(1)...(.gibibytes(8_192)),
    "What all files that wait may take on the disk; further ones are refused.")
  static let uploadRetention = Setting.duration(
    "uploads.retention", default: .seconds(7 * 86_400), in: .seconds(60)...(.seconds(365 * 86_400)),
    "How long a finished upload and its rejections can be asked for.")

  public static let settings = [
    SettingScope("Telemetry", [furthestAhead, retention, logName]),
    SettingScope("Uploads", [uploadsFolder, longestUpload, longestUnpackedUpload, uploadSpool, uploadRetention]),
    SettingScope("Environments", [syncInterval, sourceTimeout, filesFolder]),
  ]

  public static var migrations: [Migration]? {
    get throws {
      [
        try Migration(file: "0001_telemetry.sql", PackageResources._001_telemetry_sql),
        try Migration(file: "0002_environments.sql", PackageResources._002_environments_sql),
        try Migration(file: "0003_partitioned_logs.sql", PackageResources._003_partitioned_logs_sql),
        try Migration(file: "0004_observations.sql", PackageResources._004_observations_sql),
        try Migration(file: "0005_uploads.sql", PackageResources._005_uploads_sql),
      ]
    }
  }

  public let rpcServices: [any RPCService]
  public let backgroundServices: [BackgroundService]

  public init(_ context: ServiceContext) async throws {
    let metrics = IngestMetrics(context.metrics)
    let rules = SampleRules(
      furthestAhead: context.configuration[Self.furthestAhead] / .seconds(1),
      retention: context.configuration[Self.retention] / .seconds(1))
    let uploads = try Self.uploads(context)
    let replicas = Replicas.own(context)
    let isAlone = context.addresses(of: Self.identity) == nil
    let parts = SyncParts(
      logName: isAlone ? context.configuration[Self.logName] : context.advertisedAddress,
      store: PostgresTelemetryStore(context.database.pool, observer: metrics),
      observations: PostgresObservationStore(context.database.pool),
      engine: RemoteTwinEngine(context.peer(.twinEngine), .of(.twinEngine, context)), rules: rules, clock: .system,
      pace: context.clock, metrics: metrics, observationMetrics: ObservationMetrics(context.metrics),
      logger: context.logger,
      maximumMessage: context.configuration[RPCSettings.maxMessage].bytes, replicas: replicas,
      uploads: uploads)
    context.metrics.collect {
      [log = parts.log, tail = parts.tail, observations = parts.observations, intake = parts.uploads?.uploads.intake] in
      $0.add(IngestMetrics.backlog, Double(log.backlog))
      $0.add(IngestMetrics.pending, Double(tail.pending))
      $0.add(ObservationMetrics.backlog, Double(observations.log.backlog))
      $0.add(ObservationMetrics.alarmBacklog, Double(observations.alarms.backlog))
      $0.add(UploadMetrics.spooled, Double(intake?.spooled ?? 0))
    }
    context.health.observe { if $0.isDraining { parts.drain.begin() } }
    let tasks = SyncTasks(
      parts: parts, clock: context.clock, logger: context.logger, started: context.health.add("telemetry log"))
    let retention = TelemetryRetention(store: parts.store, clock: .system, retention: rules.retention)
    let environments = EnvironmentParts(
      store: PostgresEnvironmentStore(context.database.pool),
      twins: RemoteEnvironmentTwins(context.peer(.twinEngine)),
      connectors: SourceConnectors(eventLoops: context.eventLoops, folder: context.configuration[Self.filesFolder]),
      policy: EnvironmentPolicy(
        syncInterval: context.configuration[Self.syncInterval],
        sourceTimeout: context.configuration[Self.sourceTimeout]),
      clock: .system, pace: context.clock, drain: parts.drain, logger: context.logger,
      maximumMessage: context.configuration[RPCSettings.maxMessage].bytes)
    let mirroring = EnvironmentTasks(
      parts: environments, replicas: replicas, wall: .system, clock: context.clock, logger: context.logger)
    rpcServices = parts.rpcServices + environments.rpcServices
    // Stopped in reverse: the log is written until nothing checkpoints or forwards it any more.
    var backgroundServices = [
      BackgroundService("telemetry log", tasks.writeLog), BackgroundService("checkpoints", tasks.checkpoint),
      BackgroundService("observations", tasks.writeObservations), BackgroundService("alarms", tasks.storeAlarms),
      BackgroundService("conditions", tasks.forwardConditions),
      BackgroundService("twins", tasks.followTwins), BackgroundService("forwarding", tasks.forward),
      BackgroundService("orphaned logs", tasks.forwardOrphans), BackgroundService("homes", tasks.keepHomes),
      BackgroundService("other replicas", tasks.followPeers),
      BackgroundService("telemetry retention") { try await tasks.keepDays(retention) },
      BackgroundService("observation retention") { try await tasks.keepObservationDays(retention) },
      BackgroundService("environments", mirroring.syncRegularly),
      BackgroundService("environment twins", mirroring.forward),
      BackgroundService("metric retention", mirroring.dropOldMetrics),
    ]
    if let uploads = parts.uploads { backgroundServices.append(BackgroundService("uploads", uploads.run)) }
    self.backgroundServices = backgroundServices
  }

  private static func uploads(_ context: ServiceContext) throws -> UploadResources? {
    let path = context.configuration[uploadsFolder]
    guard !path.isEmpty else { return nil }
    var limits = UploadLimits()
    limits.longest = UInt64(context.configuration[longestUpload].bytes)
    limits.longestUnpacked = UInt64(context.configuration[longestUnpackedUpload].bytes)
    limits.spool = UInt64(context.configuration[uploadSpool].bytes)
    limits.retention = context.configuration[uploadRetention]
    return try UploadResources(
      store: PostgresUploadStore(context.database.pool), folder: SpoolFolder(path), limits: limits,
      metrics: UploadMetrics(context.metrics))
  }
}
