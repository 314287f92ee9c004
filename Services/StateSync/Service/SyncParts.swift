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
  let drain = DrainSignal()
  let rpcServices: [any RPCService]

  /// - Parameter logName: of the log that this replica writes; other replicas have other names.
  init(
    logName: String = StateSyncAssembly.onlyLog, store: any TelemetryStore, engine: any TwinEngine, rules: SampleRules,
    clock: WallClock,
    pace: any Clock<Duration>, metrics: IngestMetrics, logger: Logger, maximumMessage: Int
  ) {
    self.store = store
    let feed = FleetFeed(clock: clock, metrics: metrics)
    let directory = VehicleDirectory(store: store, engine: engine, clock: clock)
    let log = TelemetryLog(
      name: logName, store: store, tail: tail, clock: clock, metrics: metrics, logger: logger
    ) {
      feed.publish(real: $1, of: $0)
    }
    forwarder = Forwarder(
      store: store, engine: engine, directory: directory, log: log, tail: tail, metrics: metrics, skews: skews,
      clock: clock, batchBytes: min(Forwarder.batchBytes, maximumMessage / 2), received: { feed.publish(virtual: $0) })
    rpcServices = [
      TelemetryServiceAPI(
        ingest: Ingest(directory: directory, log: log, rules: rules, clock: clock, skews: skews), feed: feed,
        drain: drain),
      FleetServiceAPI(
        historyBytes: Int(Double(maximumMessage) * FleetServiceAPI.historyShare), store: store, directory: directory,
        log: log, feed: feed, skews: skews, clock: clock,
        pace: pace, drain: drain),
    ]
    (self.feed, self.directory, self.log) = (feed, directory, log)
  }

  /// Reads what is known from before; until then nothing can be taken in.
  func start() async throws {
    try await directory.load()
    try await log.recover()
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
