public import SimulationInfrastructure
import SimulationInput
import TwinConversions
public import TwinProto

extension PredictedImpact {
  /// What callers are told: the judgement, and what it rests on.
  public init(_ assessment: SimulationInfrastructure.RiskAssessment, of findings: ChangeFindings) {
    self.init(
      riskScore: assessment.score, riskLevel: RiskLevel(assessment.band),
      recommendation: Recommendation(assessment.recommendation), issues: findings.findings.map { Issue($0) },
      before: ProtoStruct(findings.before), after: ProtoStruct(findings.after),
      cost: findings.cost.map { CostImpact($0) },
      factors: RiskFactors(assessment.factors, unknowns: assessment.unknowns, raisedBy: assessment.raisedBy))
  }
}

extension Recommendation {
  public init(_ recommendation: ChangeRecommendation) {
    switch recommendation {
    case .approve: self = .approve
    case .approveWithMonitoring: self = .approveWithMonitoring
    case .requireApproval: self = .requireApproval
    case .block: self = .block
    }
  }
}

extension TargetTwinState {
  /// What a snapshot knows of a target; nil when it doesn't know the target.
  ///
  /// A calibrated parameter stands in for a fact that no source tells; what was read goes before what was estimated.
  public init?(_ name: String, in snapshot: EnvironmentSnapshot) {
    guard let twin = snapshot.targets.first(where: { $0.target?.name == name }), let target = twin.target else {
      return nil
    }
    var state = target.state ?? ProtoStruct()
    for parameter in twin.parameters where state.fields[parameter.name] == nil && parameter.value.isFinite {
      state.fields[parameter.name] = ProtoValue(kind: .numberValue(parameter.value))
    }
    self.init(kind: target.kind, state: .init(state), isStale: snapshot.stale || target.stale)
  }
}
