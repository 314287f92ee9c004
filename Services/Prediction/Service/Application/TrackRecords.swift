import ChangeConversions
import FleetCore
import RPCCore
import RPCErrors
import SimulationInfrastructure
import SimulationInput
import TwinProto

/// Puts what was predicted beside what really happened.
struct TrackRecords: Sendable {
  /// Stands before an issue's code in the name of its record.
  static let incidentPrefix = "incident."

  let changes: ChangeSimulationServiceClient
  let store: any PredictionStore
  let trail: AuditTrail
  let clock: WallClock

  /// - Throws: `ServiceFault` naming each value that nobody predicted; `RESULT_NOT_READY` when nothing was.
  func record(_ request: RecordActualRequest, caller: String?) async throws -> [Residual] {
    let applied = try Self.check(request)
    let simulation = try await changes.getChangeSimulation(GetChangeSimulationRequest(id: request.simulationID))
    guard let outcome = simulation.outcome, simulation.status == .completed else {
      throw ServiceFault(
        .failedPrecondition, .resultNotReady, "\(simulation.id) has predicted nothing",
        facts: ["id": simulation.id])
    }
    let judged = try await store.judgement(simulationID: simulation.id)
    let findings = ChangeFindings(outcome)
    let (model, regime) = Judge.decidingModel(findings)
    var residuals: [Residual] = []
    var wrong: [ServiceFault.FieldViolation] = []
    func add(_ metric: String, _ predicted: Double, _ actual: Double, model: String, _ interval: Interval?) {
      residuals.append(
        Residual(
          simulationID: simulation.id, metric: metric, appliedTime: applied.microseconds,
          environment: outcome.environmentID, model: model, regime: regime,
          isIncident: metric.hasPrefix(Self.incidentPrefix), predicted: predicted, actual: actual, interval: interval))
    }
    for (metric, actual) in request.actuals.sorted(by: { $0.key < $1.key }) {
      guard case .numberValue(let predicted)? = outcome.after?.fields[metric]?.kind else {
        let names = findings.after.map(\.name).joined(separator: ", ")
        wrong.append(.init("actuals.\(metric)", names.isEmpty ? "no metric was predicted" : "must be one of \(names)"))
        continue
      }
      add(metric, predicted, actual, model: model, judged?.predictionIntervals[metric])
    }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
    // Of several issues with one code, that it doesn't occur means that none does.
    var probabilities: [String: (absence: Double, model: String)] = [:]
    for code in request.incidents { probabilities[code] = (1, model) }
    for finding in findings.findings {
      let before = probabilities[finding.code]?.absence ?? 1
      probabilities[finding.code] = (before * (1 - finding.factors.probability), finding.evidence.model)
    }
    for (code, value) in probabilities.sorted(by: { $0.key < $1.key }) {
      let actual = request.incidents.contains(code) ? 1.0 : 0
      add(Self.incidentPrefix + code, 1 - value.absence, actual, model: value.model, nil)
    }
    let entry = AuditTrail.entry(
      "change.applied", by: caller ?? "", on: simulation.id, environment: outcome.environmentID, outcome: "recorded",
      requestID: request.requestID, at: clock.now(),
      details: ["records": .number(Double(residuals.count)), "incidents": .number(Double(request.incidents.count))])
    let stored = try await store.record(residuals, audit: entry)
    await trail.flush()
    return stored
  }

  private static func check(_ request: RecordActualRequest) throws -> UTCInstant {
    var wrong: [ServiceFault.FieldViolation] = []
    if request.simulationID.isEmpty { wrong.append(.init("simulation_id", "is required")) }
    if request.actuals.isEmpty && request.incidents.isEmpty {
      wrong.append(.init("actuals", "must hold at least one value, unless incidents are told"))
    }
    for (metric, value) in request.actuals.sorted(by: { $0.key < $1.key }) where !value.isFinite {
      wrong.append(.init("actuals.\(metric)", "must be a finite number"))
    }
    for (index, code) in request.incidents.enumerated() where code.isEmpty || code.utf8.count > 128 {
      wrong.append(.init("incidents[\(index)]", "must have 1 to 128 bytes"))
    }
    let applied = request.appliedTime.flatMap { UTCInstant($0) }
    if applied == nil { wrong.append(.init("applied_time", "is required")) }
    guard wrong.isEmpty, let applied else { throw ServiceFault.invalid(wrong) }
    return applied
  }
}

extension TrackRecord {
  init(_ residual: Residual) {
    self.init(
      simulationID: residual.simulationID, environment: residual.environment, metric: residual.metric,
      predicted: residual.predicted, actual: residual.actual, interval: residual.interval,
      covered: residual.isCovered, model: residual.model, regime: residual.regime,
      appliedTime: UTCInstant(microseconds: residual.appliedTime).timestamp)
  }
}
