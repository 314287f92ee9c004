import SimulationInput

/// The calculation of an issue, as a check writes it down.
struct Calculation: Sendable {
  var equation: String
  /// By name with the unit in the name.
  var inputs: KeyValuePairs<String, Double?>
  var value: Double
  var unit: String
  var threshold: Double?
  var source: String
}

/// How much an issue weighs beside its probability.
struct Weight: Sendable, Hashable {
  var severity: IssueSeverity
  /// How bad it would be for what is hit, 0 to 1.
  var consequence: Double
  /// How easily it is undone, 0 never to 1 at once.
  var reversibility: Double
  /// Share of users or systems that it hits, 0 to 1.
  var blast = 1.0

  /// What is lost stays lost.
  static let lossOfData = Weight(severity: .critical, consequence: 1, reversibility: 0)
  /// Strangers reach what they mustn't; what they took isn't given back.
  static let exposure = Weight(severity: .critical, consequence: 1, reversibility: 0.1)
  /// Nobody is served until somebody acts.
  static let outage = Weight(severity: .critical, consequence: 0.95, reversibility: 0.4)
  /// Many requests fail or wait while it lasts.
  static let degradation = Weight(severity: .high, consequence: 0.8, reversibility: 0.5)
  /// The next failure becomes an outage.
  static let fragility = Weight(severity: .high, consequence: 0.75, reversibility: 0.5)
  /// A rule is broken that somebody will ask about.
  static let violation = Weight(severity: .high, consequence: 0.8, reversibility: 0.4)
  /// Noticeable and over by itself.
  static let nuisance = Weight(severity: .medium, consequence: 0.35, reversibility: 0.7)
  /// Worth knowing.
  static let note = Weight(severity: .info, consequence: 0.08, reversibility: 1)

  func hitting(_ share: Double) -> Weight {
    var weight = self
    weight.blast = min(1, max(0, share))
    return weight
  }
}

extension ChangeCheck {
  /// An issue of this check.
  ///
  /// - Parameter exposure: where the issue matters; nil for what the target's environment says.
  static func issue(
    _ code: String, _ weight: Weight, _ situation: Situation, probability: Double, _ message: String,
    _ calculation: Calculation, field: String?, exposure: Double? = nil, firstHour: Double? = nil, remedy: String = ""
  ) -> Finding {
    let inputs = calculation.inputs.compactMap { name, value in
      value.map { InputValue.Member(name, .number($0)) }
    }
    return Finding(
      code, weight.severity, message,
      evidence: FindingEvidence(
        model: model, equation: calculation.equation, inputs: inputs, value: calculation.value,
        unit: calculation.unit, threshold: calculation.threshold, source: calculation.source),
      factors: FindingFactors(
        probability: min(1, max(0, probability)), consequence: weight.consequence,
        exposure: exposure ?? situation.exposure, reversibility: weight.reversibility, blastRadius: weight.blast),
      field: field ?? "", firstHour: firstHour, remedy: remedy)
  }

  /// An error share against what the service may lose.
  static func failures(
    _ share: Double, tolerated: Double?, _ message: String, _ calculation: Calculation, _ field: String,
    _ s: Situation, _ report: inout ChangeReport
  ) {
    let limit = tolerated ?? s.state.share("slo_availability").map { max(1e-6, 1 - $0) } ?? TimeoutCheck.toleratedShare
    let probability = Exceedance(spread: 0.5, reserve: 0).probability(demand: share, limit: limit)
    guard share > 1e-5 else { return }
    guard probability > 0.02 else {
      report.add(issue("ERROR_RATE", .note, s, probability: 0.5, message, calculation, field: field))
      return
    }
    var calculation = calculation
    calculation.threshold = limit
    report.add(issue("ERROR_RATE", .degradation, s, probability: probability, message, calculation, field: field))
  }
}
