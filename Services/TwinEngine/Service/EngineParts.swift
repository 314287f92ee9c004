import FleetCore
import RPCCore

/// The parts of a twin-engine on a store: the same in the service and in tests.
struct EngineParts: Sendable {
  let fleet: Fleet
  let loader: FleetLoader
  let writer: StateWriter
  let homes: TwinHomes
  let calibration: EnvironmentCalibration
  let drain = DrainSignal()
  let rpcServices: [any RPCService]

  /// - Parameters:
  ///   - history: where the vehicles' samples are.
  ///   - bench: where fits are computed.
  ///   - judges: where validations are, which fits must not keep out.
  ///   - environments: where twins of environments are.
  ///   - environmentMetrics: where their metrics are.
  init(
    store: any TwinStore & CalibrationStore, history: any TwinHistory,
    bench: Workbench = Workbench(places: 1, timeLimit: .seconds(120)),
    judges: Workbench = Workbench(places: 2, timeLimit: .seconds(120)), fits: Fits = .standard,
    environments: any EnvironmentTwinStore, environmentMetrics: any EnvironmentMetrics,
    policy: SyncPolicy, clock: WallClock, metrics: EngineMetrics = EngineMetrics(), replicas: Replicas = .alone()
  ) {
    fleet = Fleet(policy: policy, clock: clock)
    loader = FleetLoader(store: store, fleet: fleet, replicas: replicas)
    writer = StateWriter(store: store, fleet: fleet, loader: loader, metrics: metrics)
    homes = TwinHomes(replicas: replicas, store: store, fleet: fleet, loader: loader, writer: writer)
    calibration = EnvironmentCalibration(store: environments, metrics: environmentMetrics, clock: clock)
    let reader = HistoryReader(history: history)
    rpcServices = [
      HomedTwinServiceAPI(
        local: TwinServiceAPI(
          twins: Twins(store: store, loader: loader, clock: clock), fleet: fleet, loader: loader, clock: clock,
          drain: drain, isHome: { replicas.home(of: $0) == .here }),
        homes: homes),
      TwinSyncServiceAPI(fleet: fleet, homes: homes, writer: writer, drain: drain, metrics: metrics),
      CalibrationServiceAPI(
        calibrations: Calibrations(
          store: store, loader: loader, history: reader, bench: bench, fits: fits, clock: clock, metrics: metrics),
        validations: Validations(history: reader, bench: judges, clock: clock), fleet: fleet, homes: homes,
        clock: clock),
      EnvironmentTwinServiceAPI(
        twins: EnvironmentTwins(store: environments, clock: clock),
        calibration: calibration),
    ]
  }
}
