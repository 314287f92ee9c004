import ChangeConversions
import RPCErrors
import SimulationInfrastructure
import SimulationInput
import TwinProto

/// A change, judged.
struct Judgement: Sendable {
  var impact: PredictedImpact
  var needsApproval: Bool
  /// Confidence in the prediction, 0 to 1; 0 when there was nothing to predict from.
  var confidence: Double
  var calibration: ResidualCalibration
  /// Of the score.
  var interval: Interval
  /// Of the predicted metrics, by name, where residuals support them.
  var intervals: [String: Interval]
  /// Which load the hours after the change were simulated under.
  var hours: TwinProto.SimulatedHours?

  /// The deciding model's regime, and the load of the simulated hours. Residuals are kept by the former alone.
  var regime: String {
    let load = hours.map { hours in
      hours.notSimulated.isEmpty ? hours.statement : "hours not simulated: \(hours.notSimulated)"
    }
    return [calibration.regime, load ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  var detail: Confidence {
    Confidence(
      confidence: confidence, calibrated: calibration.isCalibrated, model: calibration.model,
      regime: calibration.regime, residualCount: UInt64(calibration.residuals.count), coverage: calibration.coverage)
  }
}

/// The judgement can't be right, so none is given.
struct ImpossibleJudgement: Error, CustomStringConvertible {
  var description: String
}

/// Judges what a simulation found, by the risk method and by the residuals of what was predicted before.
struct Judge: Sendable {
  /// The risk method; tests put another in its place.
  typealias Assess = @Sendable (ChangeFindings, RiskBand?) -> SimulationInfrastructure.RiskAssessment

  let store: any PredictionStore
  var assess: Assess = { SimulationInfrastructure.RiskAssessment(judging: $0, callerBand: $1) }

  /// - Parameter callerBand: what the caller thinks; can only raise the score.
  /// - Throws: `ImpossibleJudgement`, and errors of the store.
  func judge(_ outcome: ChangeOutcome, callerBand: RiskBand?) async throws -> Judgement {
    var judged = outcome
    // The hours after the change show when and how; the score comes from the findings alone.
    judged.series = []
    let findings = ChangeFindings(judged)
    let assessment = assess(findings, callerBand)
    guard (0...100).contains(assessment.score), assessment.interval.lowerBound.isFinite,
      assessment.interval.upperBound.isFinite
    else { throw ImpossibleJudgement(description: "the risk score is \(assessment.score), not from 0 to 100") }
    let (model, regime) = Self.decidingModel(findings)
    let calibration = ResidualCalibration(
      model: model, regime: regime,
      residuals: try await store.residuals(model: model, regime: regime, limit: ResidualCalibration.window))
    var intervals: [String: Interval] = [:]
    for member in findings.after {
      guard case .number(let predicted) = member.value else { continue }
      intervals[member.name] = calibration.interval(of: member.name, around: predicted)
    }
    return Judgement(
      impact: PredictedImpact(assessment, of: findings), needsApproval: assessment.recommendation == .requireApproval,
      confidence: findings.targetIsKnown ? calibration.confidence : 0, calibration: calibration,
      interval: Interval(
        low: assessment.interval.lowerBound, high: assessment.interval.upperBound, level: ResidualCalibration.level),
      intervals: intervals, hours: outcome.hours)
  }

  /// The model of the gravest issue and the regime that it ran in; without issues those of the first model that took
  /// part. A regime's text starts with its model, as in "mgc:rho<0.7".
  static func decidingModel(_ findings: ChangeFindings) -> (model: String, regime: String) {
    func name(_ regime: String) -> String { regime.split(separator: ":").first.map(String.init) ?? regime }
    let model =
      findings.findings.first.map(\.evidence.model) ?? findings.regimes.first.map(name)
      ?? findings.modelVersions.first?.name ?? ""
    let regime = findings.regimes.first { name($0) == model } ?? findings.regimes.first ?? ""
    return (model, regime)
  }
}
