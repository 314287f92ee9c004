import FleetCore
import Logging
import RPCCore

/// The parts of a state-sync on a store and a twin-engine: the same in the service and in tests.
struct SyncParts: Sendable {
  let store: any TelemetryStore
  let directory: VehicleDirectory
  let tail = LogTail()
  let log: TelemetryLog
  let feed: FleetFeed
  let skews = ClockSkews()
  let forwarder: Forwarder
  let ownLog: OwnLog
  let orphans: OrphanedLogs
  let homes: VehicleHomes
  let peerFeeds: PeerFeeds
  let observations: ObservationParts
  let drain = DrainSignal()
  /// nil where no folder for uploads is set.
  let uploads: UploadDispatcher?
  let rpcServices: [any RPCService]

  /// - Parameter logName: of the log that this replica writes; other replicas have other names.
  init(
    logName: String = StateSyncAssembly.onlyLog, store: any TelemetryStore, observations: any ObservationStore,
    engine: any TwinEngine, rules: SampleRules, clock: WallClock, pace: any Clock<Duration>, metrics: IngestMetrics,
    observationMetrics: ObservationMetrics = ObservationMetrics(), logger: Logger, maximumMessage: Int,
    replicas: Replicas = .alone(), uploads resources: UploadResources? = nil
  ) {
    self.store = store
    let feed = FleetFeed(clock: clock, metrics: metrics)
    let directory = VehicleDirectory(store: store, engine: engine, clock: clock)
    let log = TelemetryLog(
      name: logName, store: store, tail: tail, clock: clock, metrics: metrics, logger: logger
    ) {
      feed.publish(real: $1, of: $0)
    }
    let observations = ObservationParts(
      store: observations, engine: engine, directory: directory, feed: feed, rules: rules, clock: clock, pace: pace,
      metrics: observationMetrics, logger: logger,
      pageBytes: Int(Double(maximumMessage) * FleetServiceAPI.historyShare))
    forwarder = Forwarder(
      engine: engine, directory: directory, log: log, metrics: metrics, logger: logger, skews: skews, clock: clock,
      batchBytes: min(Forwarder.batchBytes, maximumMessage / 2), received: observations.received)
    ownLog = OwnLog(store: store, log: log, tail: tail)
    orphans = OrphanedLogs(
      store: store, log: log, directory: directory, forwarder: forwarder, replicas: replicas, logger: logger)
    let homes = VehicleHomes(replicas)
    let peerFeeds = PeerFeeds(feed: feed, replicas: replicas, clock: pace)
    let ingest = Ingest(directory: directory, log: log, rules: rules, clock: clock, skews: skews)
    let (tail, drain) = (tail, drain)
    uploads = resources.map {
      UploadDispatcher($0, ingest: ingest, tail: tail, pace: pace, drain: drain, logger: logger)
    }
    rpcServices = [
      TelemetryServiceAPI(
        ingest: ingest, observations: observations.api, homes: homes, feed: feed, peerFeeds: peerFeeds,
        drain: drain, uploads: uploads?.uploads),
      FleetServiceAPI(
        historyBytes: Int(Double(maximumMessage) * FleetServiceAPI.historyShare), store: store,
        observations: observations.api, directory: directory, log: log, feed: feed, peerFeeds: peerFeeds, homes: homes,
        skews: skews, isWaiting: forwarder.isWaiting, clock: clock, pace: pace, drain: drain),
    ]
    (self.feed, self.directory, self.log, self.observations) = (feed, directory, log, observations)
    (self.homes, self.peerFeeds) = (homes, peerFeeds)
  }

  /// Reads what is known from before; until then nothing can be taken in.
  func start() async throws {
    try await directory.load()
    try await log.recover()
    if let hold = log.hold { feed.setMark(hold.log) }
  }

  /// Keeps the links to the other replicas, and lets go of what is in memory of vehicles that have their home there.
  func keepHomes() async throws {
    try await homes.run { _ in
      observations.alarms.forget()
      // Also what is at home here before and after: it may have been elsewhere in between.
      log.release(Set(directory.all.map(\.key)))
    }
  }

  /// Stores what has come from the sources since the last checkpoint.
  ///
  /// - Parameter forwarded: what was stored last time; nothing is stored when nothing has changed.
  /// - Returns: what is stored now.
  func checkpoint(since forwarded: Int64?) async throws -> Int64? {
    let current = tail.start.forwarded
    try await log.checkpoint(forwarded: current, isNews: current != forwarded)
    return current
  }
}
