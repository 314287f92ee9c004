import SimulationInput

/// One topic that a change is examined for: models of that topic, before the change and after it.
protocol ChangeCheck: Sendable {
  /// Name of the model, as evidence carries it.
  static var model: String { get }
  static var version: String { get }

  static func examine(_ situation: Situation, _ report: inout ChangeReport)
}

extension ChangeCheck {
  static var version: String { "1" }
}

/// What the checks say of a change.
struct ChangeReport {
  private(set) var findings = ChangeFindings()
  /// Settings of the change that a model has judged.
  private(set) var understood: Set<String> = []

  /// Says that a model knows what a setting does.
  mutating func understand(_ fields: String?...) {
    for field in fields { if let field { understood.insert(field) } }
  }

  mutating func add(_ finding: Finding) {
    understand(finding.field)
    findings.findings.append(finding)
  }

  mutating func regime(_ name: String) {
    if !findings.regimes.contains(name) { findings.regimes.append(name) }
  }

  mutating func ran(_ check: any ChangeCheck.Type) {
    guard !findings.modelVersions.contains(where: { $0.name == check.model }) else { return }
    findings.modelVersions.append(.init(check.model, .string(check.version)))
  }

  /// A metric before and after. What isn't known on both sides isn't reported: half a comparison misleads.
  mutating func metric(_ name: String, _ before: Double?, _ after: Double?) {
    guard let before, let after, before.isFinite, after.isFinite else { return }
    guard !findings.before.contains(where: { $0.name == name }) else { return }
    findings.before.append(.init(name, .number(before)))
    findings.after.append(.init(name, .number(after)))
  }

  mutating func cost(_ cost: CostFinding) { findings.cost = cost }

  /// A fact that nobody knows. It decides when the worst that it can hide would stop the change: no low score then.
  /// Where even the worst would be let through, not knowing it is only worth a note.
  ///
  /// - Parameter worst: the weight of the issue that the fact can hide.
  mutating func unknown(
    _ keys: [String], _ check: any ChangeCheck.Type, _ message: String, worst: Weight, _ situation: Situation,
    field: String?, alsoCode code: String, exposure: Double? = nil
  ) {
    understand(field)
    let evidence = FindingEvidence(
      model: check.model, equation: "undecided without \(keys.joined(separator: ", "))", inputs: [], value: 0,
      unit: "1", source: "what isn't known can't be called safe")
    var factors = FindingFactors(
      probability: 1, consequence: worst.consequence, exposure: exposure ?? situation.exposure,
      reversibility: worst.reversibility, blastRadius: worst.blast)
    let decides = factors.risk(probability: 1) >= RiskAssessment.stopScore
    if decides { for key in keys where !findings.unknowns.contains(key) { findings.unknowns.append(key) } }
    factors.probability = 0.5
    for code in ["UNKNOWN_TARGET", code] {
      findings.findings.append(
        Finding(
          code, decides ? .high : .low, message, evidence: evidence, factors: factors, field: field ?? "",
          remedy: "sync \(keys.joined(separator: ", ")) of the target"))
    }
  }

  /// The findings, gravest first, each code and field once.
  func finished() -> ChangeFindings {
    var result = findings
    var kept: [Finding] = []
    for finding in findings.findings {
      if let index = kept.firstIndex(where: { $0.code == finding.code && $0.field == finding.field }) {
        if finding.risk > kept[index].risk { kept[index] = finding }
      } else {
        kept.append(finding)
      }
    }
    // Equal risks stay in the order of the checks, which is fixed.
    result.findings = kept.enumerated().sorted { ($1.element.risk, $0.offset) < ($0.element.risk, $1.offset) }
      .map(\.element)
    result.unknowns.sort()
    result.modelVersions.sort { $0.name < $1.name }
    return result
  }
}

/// A number in messages: up to three significant digits, whole when large.
func brief(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  let magnitude = value.magnitude
  if magnitude >= 100 || value == value.rounded() { return InputValue.text(of: value.rounded()) }
  let scale = magnitude >= 10 ? 10.0 : magnitude >= 1 ? 100.0 : 1_000.0
  let rounded = (value * scale).rounded() / scale
  if rounded == 0, value != 0 {
    // Small values keep two digits: 0.00012.
    var factor = scale
    while (value * factor).magnitude < 10, factor < 1e12 { factor *= 10 }
    return InputValue.text(of: (value * factor).rounded() / factor)
  }
  return InputValue.text(of: rounded)
}

/// A share in messages, such as "12 %".
func percent(_ share: Double) -> String { brief(share * 100) + " %" }
