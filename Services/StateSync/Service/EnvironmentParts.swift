import FleetCore
import Logging
import RPCCore

/// How often and how long environments are synced.
struct EnvironmentPolicy: Sendable {
  var syncInterval = Duration.seconds(900)
  /// The bound on reading one source.
  var sourceTimeout = Duration.seconds(20)
}

/// The parts that mirror environments, on a store and a twin-engine: the same in the service and in tests.
struct EnvironmentParts: Sendable {
  let store: any EnvironmentStore
  let syncs: EnvironmentSyncs
  let forwarder: EnvironmentForwarder
  let feed = EnvironmentFeed()
  let policy: EnvironmentPolicy
  let rpcServices: [any RPCService]

  /// - Parameters:
  ///   - drain: begins when the service stops.
  ///   - maximumMessage: the longest message of a call in bytes.
  init(
    store: any EnvironmentStore, twins: any EnvironmentTwins, connectors: SourceConnectors, policy: EnvironmentPolicy,
    clock: WallClock, pace: any Clock<Duration>, drain: DrainSignal, logger: Logger, maximumMessage: Int
  ) {
    let interval = policy.syncInterval / .seconds(1)
    // A target, and what stands around it, must fit into a message.
    let stateBytes = min(EnvironmentLimits.stateBytes, maximumMessage / 3)
    let forwarder = EnvironmentForwarder(
      store: store, twins: twins, clock: clock, logger: logger, batchBytes: stateBytes, syncInterval: interval)
    let reader = SourceReader(
      connectors: connectors, clock: clock, pace: pace, timeout: policy.sourceTimeout, maximumStateBytes: stateBytes)
    syncs = EnvironmentSyncs(store: store, reader: reader, forwarder: forwarder, feed: feed, clock: clock)
    rpcServices = [
      EnvironmentServiceAPI(
        environments: Environments(store: store, connectors: connectors, clock: clock), syncs: syncs,
        forwarder: forwarder, feed: feed, store: store, clock: clock, drain: drain, syncInterval: interval,
        maximumStateBytes: stateBytes, pageBytes: stateBytes)
    ]
    (self.store, self.forwarder, self.policy) = (store, forwarder, policy)
  }
}
