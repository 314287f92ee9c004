import FleetCore
import Logging
import RPCCore
import TwinProto

/// The parts of a state-sync that have to do with observations: the same in the service and in tests.
struct ObservationParts: Sendable {
  let store: any ObservationStore
  let log: ObservationLog
  let forwarder: ConditionForwarder
  let alarms: DivergenceAlarms
  let api: ObservationAPI
  /// Takes note of states that twin-engine returns.
  let received: @Sendable ([VehicleState]) -> Void

  /// - Parameter pageBytes: what the contents of a page may take.
  init(
    store: any ObservationStore, engine: any TwinEngine, directory: VehicleDirectory, feed: FleetFeed,
    rules: SampleRules, clock: WallClock, pace: any Clock<Duration>, metrics: ObservationMetrics,
    logger: Logger, pageBytes: Int
  ) {
    let wake = Subscription<Int, Bool>(capacity: 1)
    let log = ObservationLog(store: store, metrics: metrics, logger: logger) {
      feed.publish(event: $0.event, of: $0.vehicle)
    } changed: {
      wake.offer(false, for: 0)
    }
    let alarms = DivergenceAlarms(store: store, directory: directory, log: log, clock: clock)
    let received: @Sendable ([VehicleState]) -> Void = {
      feed.publish(virtual: $0)
      alarms.observe($0)
    }
    forwarder = ConditionForwarder(
      store: store, engine: engine, directory: directory, wake: wake, pace: pace, received: received)
    api = ObservationAPI(
      ingest: ObservationIngest(rules: ObservationRules(samples: rules), clock: clock, metrics: metrics),
      events: EventRules(samples: rules), log: log, store: store, directory: directory, clock: clock,
      pageBytes: pageBytes)
    (self.store, self.log, self.alarms, self.received) = (store, log, alarms, received)
  }
}
