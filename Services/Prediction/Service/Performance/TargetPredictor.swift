import FleetCore
import RPCCore
import RPCErrors
import SimulationInfrastructure
import SimulationInput
import TwinConversions
import TwinProto

/// Predicts the performance of an environment's target from its twin: `TargetPerformance` on what was synced and
/// calibrated, with the confidence that the residuals of the model in its regime support.
struct TargetPredictor: Sendable {
  private static let longestName = 256

  let twins: any SnapshotSource
  let store: any PredictionStore

  /// - Throws: `ServiceFault`: `TARGET_NOT_FOUND`, `FACTS_MISSING` with the keys, `NOT_EXTRAPOLABLE`, or the field that is
  ///   wrong.
  func predict(_ request: PredictPerformanceRequest) async throws -> PredictPerformanceResponse {
    let load = try Self.load(request)
    let name = request.environment.isEmpty ? EnvironmentNames.usual : request.environment
    let snapshot = try await twins.snapshot(of: name, target: request.target)
    guard let twin = snapshot.targets.first(where: { $0.target?.name == request.target }), let target = twin.target
    else {
      throw ServiceFault(
        .notFound, .targetNotFound, "\(snapshot.environmentID) has no target \(request.target)",
        facts: ["target": request.target])
    }
    let question = PerformanceQuestion(
      target: target.name, kind: target.kind, state: target.state.map { InputValue($0) } ?? .object([]),
      calibrated: Self.facts(twin.parameters), load: load,
      change: request.change.map { InputValue($0) } ?? .object([]))
    let prediction: PerformancePrediction
    do {
      prediction = try TargetPerformance(question).predict()
    } catch {
      throw ServiceFault(error, target: target.name)
    }
    let calibration = ResidualCalibration(
      model: prediction.model, regime: prediction.regime,
      residuals: try await store.residuals(
        model: prediction.model, regime: prediction.regime, limit: ResidualCalibration.window))
    var intervals = prediction.intervals.mapValues {
      Interval(low: $0.lowerBound, high: $0.upperBound, level: TargetPerformance.level)
    }
    for output in prediction.outputs {
      guard case .number(let value) = output.value else { continue }
      // What came true of the model says more than what its inputs are known to.
      if let interval = calibration.interval(of: output.name, around: value) { intervals[output.name] = interval }
    }
    return PredictPerformanceResponse(
      model: prediction.model, outputs: ProtoStruct(prediction.outputs), predictionIntervals: intervals,
      equation: prediction.equation, regime: prediction.regime, confidence: calibration.confidence,
      calibrated: calibration.isCalibrated, source: prediction.source, assumptions: prediction.assumptions,
      inputs: ProtoStruct(prediction.inputs), before: prediction.before.map { ProtoStruct($0) },
      unknowns: prediction.unknowns, environment: snapshot.environmentID, target: target.name,
      stale: snapshot.stale || target.stale)
  }

  /// - Throws: `ServiceFault` naming each field that is wrong.
  private static func load(_ request: PredictPerformanceRequest) throws -> PerformanceQuestion.Load {
    var wrong: [ServiceFault.FieldViolation] = []
    if request.target.utf8.count > longestName { wrong.append(.init("target", "is longer than \(longestName) bytes")) }
    if request.inputs != nil { wrong.append(.init("inputs", "is for a bare model; a target's come from its twin")) }
    if request.durationHours != nil {
      wrong.append(.init("duration_hours", "isn't taken: what is predicted is a steady state"))
    }
    var loads: [PerformanceQuestion.Load] = []
    if let rate = request.arrivalRatePerS {
      if rate > 0, rate.isFinite { loads.append(.rate(rate)) }
      if !(rate > 0 && rate.isFinite) { wrong.append(.init("arrival_rate_per_s", "must be over 0")) }
    }
    if let clients = request.clients {
      if (1...20_000).contains(clients) { loads.append(.clients(Int(clients))) }
      if !(1...20_000).contains(clients) { wrong.append(.init("clients", "must be 1 to 20000")) }
    }
    if let factor = request.loadFactor {
      if factor > 0, factor.isFinite { loads.append(.factor(factor)) }
      if !(factor > 0 && factor.isFinite) { wrong.append(.init("load_factor", "must be over 0")) }
    }
    switch request.loadScenario.map({ InputValue($0) }) {
    case nil, .null?, "recorded"?: break
    case "peak_traffic"?: loads.append(.peak)
    default:
      wrong.append(.init("load_scenario", "must be recorded or peak_traffic for a target; others take load_factor"))
    }
    if loads.count > 1 {
      let field = request.loadFactor != nil ? "load_factor" : request.clients != nil ? "clients" : "load_scenario"
      wrong.append(.init(field, "must not be given beside another load"))
    }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
    return loads.first ?? .current
  }

  private static func facts(_ parameters: [CalibratedParameter]) -> [String: CalibratedFact] {
    Dictionary(
      parameters.map { parameter in
        var regime: [String: ClosedRange<Double>] = [:]
        for (metric, value) in parameter.regime?.fields ?? [:] {
          guard case .listValue(let list)? = value.kind, list.values.count == 2,
            case .numberValue(let low)? = list.values[0].kind, case .numberValue(let high)? = list.values[1].kind,
            low <= high
          else { continue }
          regime[metric] = low...high
        }
        return (parameter.name, CalibratedFact(value: parameter.value, deviation: parameter.std, regime: regime))
      }
    ) { first, _ in first }
  }
}

extension ServiceFault {
  fileprivate init(_ refusal: PerformanceRefusal, target: String) {
    switch refusal {
    case .missing(let keys):
      self.init(
        .failedPrecondition, .factsMissing,
        "the twin of \(target) lacks \(keys.joined(separator: ", ")): sync or calibrate it",
        facts: ["target": target, "missing": keys.joined(separator: ",")],
        violations: keys.map { .init($0, "is not known of \(target)") })
    case .notExtrapolable(let reason, let facts): self = .notExtrapolable(reason, facts: facts)
    case .invalid(let field, let reason): self = .invalid(field, reason)
    }
  }
}
