import FleetCore
import RPCCore

/// The parts of a twin-engine on a store: the same in the service and in tests.
struct EngineParts: Sendable {
  let fleet: Fleet
  let loader: FleetLoader
  let writer: StateWriter
  let drain = DrainSignal()
  let rpcServices: [any RPCService]

  init(store: any TwinStore, policy: SyncPolicy, clock: WallClock, metrics: EngineMetrics = EngineMetrics()) {
    fleet = Fleet(policy: policy, clock: clock)
    loader = FleetLoader(store: store, fleet: fleet)
    writer = StateWriter(store: store, fleet: fleet, metrics: metrics)
    rpcServices = [
      TwinServiceAPI(
        twins: Twins(store: store, loader: loader, clock: clock), fleet: fleet, loader: loader, clock: clock,
        drain: drain),
      TwinSyncServiceAPI(fleet: fleet, loader: loader, writer: writer, drain: drain, metrics: metrics),
    ]
  }
}
