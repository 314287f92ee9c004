import FleetCore
import Logging
import RPCCore
import TwinProto

/// The parts of a prediction service on a store and its peers: the same in the service and in tests.
struct PredictionParts: Sendable {
  let trail: AuditTrail
  let approvals: Approvals
  let rpcServices: [any RPCService]

  init(
    store: any PredictionStore, changes: ChangeSimulationServiceClient, audit: AuditServiceClient,
    mirror: any EnvironmentMirror, twins: any SnapshotSource, clock: WallClock,
    approvalLifetime: Duration, failsOpen: Bool, logger: Logger, judge: Judge? = nil
  ) {
    let trail = AuditTrail(store: store, results: audit, logger: logger)
    let approvals = Approvals(store: store, trail: trail, clock: clock)
    let arbiter = Arbiter(
      changes: changes, store: store, judge: judge ?? Judge(store: store), trail: trail, clock: clock,
      approvalLifetime: approvalLifetime, logger: logger)
    let admission = AdmissionReviewer(
      arbiter: arbiter, store: store, clock: clock, failsOpen: failsOpen, logger: logger)
    rpcServices = [
      PredictionHandler(
        models: BareModels.all, performance: TargetPredictor(twins: twins, store: store), arbiter: arbiter,
        records: TrackRecords(changes: changes, store: store, trail: trail, clock: clock), store: store,
        forecast: FailureForecast(mirror: mirror, store: store), clock: clock),
      ArbiterHandler(arbiter: arbiter, admission: admission),
      ApprovalHandler(store: store, approvals: approvals),
    ]
    (self.trail, self.approvals) = (trail, approvals)
  }
}
