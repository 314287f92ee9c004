public import SimulationInfrastructure
import SimulationInput
import TwinConversions
public import TwinProto

extension ChangeOutcome {
  /// The message for what a simulation found. Where and how it ran isn't part of that.
  public init(_ findings: ChangeFindings) {
    self.init(
      issues: findings.findings.map { Issue($0) }, before: ProtoStruct(findings.before),
      after: ProtoStruct(findings.after), cost: findings.cost.map { CostImpact($0) }, regimes: findings.regimes,
      unknowns: findings.unknowns, targetKnown: findings.targetIsKnown, stale: findings.isStale,
      modelVersions: Dictionary(findings.modelVersions.map { ($0.name, $0.value.summary) }) { $1 },
      series: findings.series.map { ChangeSample($0) }, stateHash: String(paddedHex: findings.stateHash),
      hours: findings.hours.map { TwinProto.SimulatedHours($0) })
  }
}

extension ChangeFindings {
  /// What a simulation found, as its outcome tells it. Names come in ascending order.
  public init(_ outcome: ChangeOutcome) {
    self.init()
    findings = outcome.issues.map { Finding($0) }
    unknowns = outcome.unknowns
    before = outcome.before.map(Self.members) ?? []
    after = outcome.after.map(Self.members) ?? []
    cost = outcome.cost.map { CostFinding($0) }
    regimes = outcome.regimes
    modelVersions = outcome.modelVersions.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }
    targetIsKnown = outcome.targetKnown
    isStale = outcome.stale
    series = outcome.series.map { ChangeMoment($0) }
    stateHash = UInt64(outcome.stateHash, radix: 16) ?? 0
    hours = outcome.hours.map { SimulationInfrastructure.SimulatedHours($0) }
  }

  static func members(_ fields: ProtoStruct) -> [InputValue.Member] {
    guard case .object(let members) = InputValue(fields) else { return [] }
    return members
  }
}

extension Issue {
  public init(_ finding: Finding) {
    self.init(
      code: finding.code, severity: Severity(finding.severity), message: finding.message,
      evidence: Evidence(finding.evidence), probability: finding.factors.probability, field: finding.field,
      firstHour: finding.firstHour, remedy: finding.remedy, factors: RiskFactors(finding.factors))
  }
}

extension Finding {
  /// An issue without factors counts as certain, exposed and irreversible, so that none is lost on the way.
  public init(_ issue: Issue) {
    self.init(
      issue.code, IssueSeverity(issue.severity), issue.message,
      evidence: FindingEvidence(issue.evidence ?? Evidence()),
      factors: issue.factors.map { FindingFactors($0) }
        ?? FindingFactors(probability: issue.probability ?? 1, consequence: 1, reversibility: 0),
      field: issue.field, firstHour: issue.firstHour, remedy: issue.remedy)
  }
}

extension Severity {
  public init(_ severity: IssueSeverity) {
    switch severity {
    case .info: self = .info
    case .low: self = .low
    case .medium: self = .medium
    case .high: self = .high
    case .critical: self = .critical
    }
  }
}

extension IssueSeverity {
  /// A severity that nobody said, or that this version doesn't know, counts as the worst.
  public init(_ severity: Severity) {
    switch severity {
    case .info: self = .info
    case .low: self = .low
    case .medium: self = .medium
    case .high: self = .high
    case .critical, .unspecified, .unrecognized: self = .critical
    }
  }
}

extension Evidence {
  public init(_ evidence: FindingEvidence) {
    self.init(
      model: evidence.model, equation: evidence.equation, inputs: ProtoStruct(evidence.inputs), value: evidence.value,
      unit: evidence.unit, threshold: evidence.threshold, source: evidence.source)
  }
}

extension FindingEvidence {
  public init(_ evidence: Evidence) {
    self.init(
      model: evidence.model, equation: evidence.equation,
      inputs: evidence.inputs.map(ChangeFindings.members) ?? [], value: evidence.value, unit: evidence.unit,
      threshold: evidence.threshold, source: evidence.source)
  }
}

extension RiskFactors {
  public init(_ factors: FindingFactors, unknowns: [String] = [], raisedBy: [String] = []) {
    self.init(
      probability: factors.probability, consequence: factors.consequence, exposure: factors.exposure,
      reversibility: factors.reversibility, blastRadius: factors.blastRadius, unknowns: unknowns, raisedBy: raisedBy)
  }
}

extension FindingFactors {
  public init(_ factors: RiskFactors) {
    self.init(
      probability: factors.probability, consequence: factors.consequence, exposure: factors.exposure,
      reversibility: factors.reversibility, blastRadius: factors.blastRadius)
  }
}

extension CostImpact {
  public init(_ cost: CostFinding) {
    self.init(
      monthlyBeforeUsd: cost.monthlyBefore, monthlyAfterUsd: cost.monthlyAfter,
      monthlyDeltaUsd: cost.monthlyAfter - cost.monthlyBefore, priceDate: cost.priceDate,
      priceSource: cost.priceSource)
  }
}

extension CostFinding {
  public init(_ cost: CostImpact) {
    self.init(
      monthlyBefore: cost.monthlyBeforeUsd, monthlyAfter: cost.monthlyAfterUsd, priceDate: cost.priceDate,
      priceSource: cost.priceSource)
  }
}

extension ChangeSample {
  public init(_ moment: ChangeMoment) {
    let numbers = moment.metrics.compactMap { member -> (String, Double)? in
      guard case .number(let number) = member.value else { return nil }
      return (member.name, number)
    }
    self.init(tS: moment.time, metrics: Dictionary(numbers) { $1 })
  }
}

extension ChangeMoment {
  public init(_ sample: ChangeSample) {
    self.init(
      time: sample.tS, metrics: sample.metrics.sorted { $0.key < $1.key }.map { .init($0.key, .number($0.value)) })
  }
}

extension String {
  fileprivate init(paddedHex number: UInt64) {
    let digits = String(number, radix: 16)
    self = String(repeating: "0", count: 16 - digits.count) + digits
  }
}
