import SimulationInput
import SimulationKernel
import SimulationScenarios
import TwinConversions
import TwinProto

/// When and where a run was made, beside what it found.
struct RunStamp: Sendable {
  var run: StoredRun
  /// Microseconds since 1970.
  var startTime: Int64
  var endTime: Int64
  /// Seconds of computing.
  var computed: Double
}

extension RunOutcome {
  /// The message for what a run found.
  init(_ outcome: ScenarioOutcome, _ stamp: RunStamp) {
    let plan = stamp.run.plan
    self.init(
      id: stamp.run.id, simulationID: stamp.run.simulationID, scenarioID: plan.scenarioID,
      scenarioType: plan.scenarioType, vehicleID: plan.vehicleID)
    status = outcome.failure.map { $0.cause == .cancelled ? .cancelled : .failed } ?? .completed
    verdict = TwinProto.Verdict(outcome.verdict)
    criteria = outcome.criteria.map(TwinProto.Criterion.init)
    metrics = Self.finite(outcome.metrics)
    behaviour = BehaviourAnalysis(
      decisions: outcome.behaviour.decisions.map {
        TwinProto.Decision(tS: $0.time, actor: "ego", action: $0.kind, reason: $0.reason)
      }, reactionTimesS: Self.finite(outcome.behaviour.reactionTimes))
    risk = RiskAssessment(outcome.risk)
    optimisation = ProtoStruct(
      fields: Self.finite(outcome.optimisation).mapValues { ProtoValue(kind: .numberValue($0)) })
    seed = outcome.seed
    modelVersions = Dictionary(outcome.modelVersions.map { ($0.name, $0.version) }) { first, _ in first }
    realTimeFactor = stamp.computed > 0 ? outcome.simulatedSeconds / stamp.computed : 0
    stateHash = outcome.stateHash.hexadecimal
    error = outcome.failure.map { "\($0.cause.rawValue): \($0.reason)" } ?? ""
    errorStep = outcome.failure.map { UInt64(max($0.step, 0)) }
    simulatedS = outcome.simulatedSeconds
    stepCount = UInt64(max(outcome.steps, 0))
    // The plan's, not a mean: the last step ends with the run, before it is over.
    if case .number(let step) = outcome.parameters["step_s"] { stepS = step }
    parameters = ProtoStruct(outcome.parameters)
    startTime = ProtoTimestamp(microsecondsSinceUnixEpoch: stamp.startTime)
    endTime = ProtoTimestamp(microsecondsSinceUnixEpoch: stamp.endTime)
    hasTrace = (outcome.trace?.count ?? 0) > 0
    regime = outcome.regime.statement
    regimeExcursions = outcome.regime.excursions
  }

  /// The message for a run that could not even begin.
  init(failed reason: String, _ stamp: RunStamp) {
    let plan = stamp.run.plan
    self.init(
      id: stamp.run.id, simulationID: stamp.run.simulationID, scenarioID: plan.scenarioID,
      scenarioType: plan.scenarioType, vehicleID: plan.vehicleID, status: .failed, verdict: .error, seed: plan.seed,
      error: reason, parameters: ProtoStruct(plan.parameters),
      startTime: ProtoTimestamp(microsecondsSinceUnixEpoch: stamp.startTime),
      endTime: ProtoTimestamp(microsecondsSinceUnixEpoch: stamp.endTime))
  }

  /// What isn't finite can't be said in JSON and says nothing.
  private static func finite(_ metrics: [Metric]) -> [String: Double] {
    Dictionary(metrics.lazy.filter(\.value.isFinite).map { ($0.name, $0.value) }) { first, _ in first }
  }
}

extension TwinProto.Verdict {
  init(_ verdict: SimulationScenarios.Verdict) {
    switch verdict {
    case .pass: self = .pass
    case .fail: self = .fail
    case .error: self = .error
    }
  }
}

extension TwinProto.Criterion {
  init(_ criterion: SimulationScenarios.Criterion) {
    self.init(
      name: criterion.name, passed: criterion.passed, description: criterion.meaning, metric: criterion.metric,
      value: criterion.value.flatMap { $0.isFinite ? $0 : nil }, bound: criterion.limit,
      comparison: criterion.comparison.rawValue, unit: criterion.unit, source: criterion.source)
  }
}

extension RiskAssessment {
  init(_ risk: RiskReport) {
    self.init(
      collisionProbability: risk.probability, injuryProbability: risk.severity, impactSpeedMps: risk.impactSpeed,
      risk: risk.risk, severityModel: risk.curve)
    if let low = risk.probabilityLowerBound, let high = risk.probabilityUpperBound {
      collisionInterval = Proportion(low: low, high: high, level: 0.95, count: UInt64(max(risk.trials, 0)))
    }
  }
}

extension TraceRow {
  /// Every row of a trace, in its order.
  static func rows(_ trace: Trace) -> [TraceRow] {
    let extra = trace.columns.filter { !Trace.commonColumns.contains($0.name) }
    let common = Dictionary(uniqueKeysWithValues: Trace.commonColumns.map { ($0, trace[$0] ?? []) })
    func column(_ name: String) -> [Double] { common[name] ?? [] }
    let (time, x, y, heading) = (column("t_s"), column("x_m"), column("y_m"), column("heading_rad"))
    let (speed, acceleration) = (column("speed_mps"), column("acceleration_mps2"))
    let (yawRate, steering) = (column("yaw_rate_rps"), column("steering_rad"))
    return (0..<trace.count).map { index in
      var row = TraceRow(
        tS: time[index], actor: trace.actors[Int(trace.actorIndex[index])], xM: x[index], yM: y[index],
        headingRad: heading[index], speedMps: speed[index], accelerationMps2: acceleration[index],
        yawRateRps: yawRate[index], steeringRad: steering[index])
      for column in extra where column.values[index].isFinite { row.set(column.name, column.values[index]) }
      return row
    }
  }

  /// Sets a column by its name: a field of its own where the contract has one.
  private mutating func set(_ name: String, _ value: Double) {
    switch name {
    case "lateral_acceleration_mps2": lateralAccelerationMps2 = value
    case "slip_angle_rad": slipAngleRad = value
    case "gap_m": gapM = value
    case "ttc_s": ttcS = value
    case "throttle": throttle = value
    case "brake": brake = value
    case "distance_m": distanceM = value
    case "energy_j": energyJ = value
    case "fuel_l": fuelL = value
    case "power_w": powerW = value
    case "grade": grade = value
    default: extra[name] = value
    }
  }
}
