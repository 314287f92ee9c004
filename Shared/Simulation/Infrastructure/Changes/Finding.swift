public import SimulationInput

/// How bad an issue is.
public enum IssueSeverity: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Worth knowing.
  case info = 1
  /// Small or quickly undone.
  case low
  /// Noticeable, recoverable.
  case medium
  /// Users notice, or recovery takes work.
  case high
  /// Outage, data loss or exposure.
  case critical

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The calculation that supports an issue.
public struct FindingEvidence: Sendable, Hashable {
  /// Name of the model such as "postgresql_memory".
  public var model: String
  /// The equation in text.
  public var equation: String
  /// Its inputs, the unit in the name; in the order in which the equation uses them.
  public var inputs: [InputValue.Member]
  public var value: Double
  /// Unit of the value and of the threshold.
  public var unit: String
  /// The bound that the value is compared with; nil when there is none.
  public var threshold: Double?
  /// Publication, manual page or standard.
  public var source: String

  public init(
    model: String, equation: String, inputs: [InputValue.Member], value: Double, unit: String,
    threshold: Double? = nil, source: String
  ) {
    self.model = model
    self.equation = equation
    self.inputs = inputs
    self.value = value
    self.unit = unit
    self.threshold = threshold
    self.source = source
  }
}

/// What an issue adds to the risk, each from 0 to 1.
public struct FindingFactors: Sendable, Hashable {
  /// Probability that it happens.
  public var probability: Double
  /// How bad it would be for what is hit.
  public var consequence: Double
  /// How much that matters where the target is.
  public var exposure: Double
  /// How easily it is undone: 0 never, 1 at once.
  public var reversibility: Double
  /// Share of users or systems that it hits.
  public var blastRadius: Double

  public init(
    probability: Double, consequence: Double, exposure: Double = 1, reversibility: Double = 0.5,
    blastRadius: Double = 1
  ) {
    self.probability = probability
    self.consequence = consequence
    self.exposure = exposure
    self.reversibility = reversibility
    self.blastRadius = blastRadius
  }
}

/// One issue that a change is predicted to cause.
public struct Finding: Sendable, Hashable {
  /// Stable code such as "OOM_RISK".
  public var code: String
  public var severity: IssueSeverity
  /// The issue in a sentence with its numbers.
  public var message: String
  public var evidence: FindingEvidence
  public var factors: FindingFactors
  /// Key of the change that causes it; empty when it isn't one key.
  public var field: String
  /// Simulated hour at which it first shows.
  public var firstHour: Double?
  /// What would avoid it; empty when nothing is known.
  public var remedy: String

  public init(
    _ code: String, _ severity: IssueSeverity, _ message: String, evidence: FindingEvidence, factors: FindingFactors,
    field: String = "", firstHour: Double? = nil, remedy: String = ""
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.evidence = evidence
    self.factors = factors
    self.field = field
    self.firstHour = firstHour
    self.remedy = remedy
  }
}

/// What a change costs, in USD a month of 730 h.
public struct CostFinding: Sendable, Hashable {
  public var monthlyBefore: Double
  public var monthlyAfter: Double
  /// Date of the price sheet, YYYY-MM-DD.
  public var priceDate: String
  public var priceSource: String

  public init(monthlyBefore: Double, monthlyAfter: Double, priceDate: String, priceSource: String) {
    self.monthlyBefore = monthlyBefore
    self.monthlyAfter = monthlyAfter
    self.priceDate = priceDate
    self.priceSource = priceSource
  }
}

/// Predicted metrics at one simulated moment.
public struct ChangeMoment: Sendable, Hashable {
  /// Simulated time, s.
  public var time: Double
  /// By name with the unit in the name, ordered by name.
  public var metrics: [InputValue.Member]

  public init(time: Double, metrics: [InputValue.Member]) {
    self.time = time
    self.metrics = metrics
  }
}

/// What the simulation of a change found, before risk is judged.
public struct ChangeFindings: Sendable, Hashable {
  /// Gravest first.
  public var findings: [Finding] = []
  /// Deciding facts that are unknown, by their key, ascending.
  public var unknowns: [String] = []
  /// Metrics before and after, the same names, the unit in the name.
  public var before: [InputValue.Member] = []
  public var after: [InputValue.Member] = []
  public var cost: CostFinding?
  /// Regimes that models ran in, such as "mgc:rho<0.7".
  public var regimes: [String] = []
  /// Version of each model that took part, ordered by name.
  public var modelVersions: [InputValue.Member] = []
  public var targetIsKnown = true
  public var isStale = false
  /// Predicted metrics over the simulated hours, ascending.
  public var series: [ChangeMoment] = []
  /// The load that the hours were simulated under, and how; nil when there was nothing to simulate.
  public var hours: SimulatedHours?
  /// Hash over the simulation's states.
  public var stateHash: UInt64 = 0

  public init() {}

  /// Takes the graver issues and the unknown facts of another reading of the same change. It can only add.
  mutating func absorb(_ other: ChangeFindings) {
    for finding in other.findings
    where !findings.contains(where: {
      $0.code == finding.code && $0.field == finding.field && $0.risk >= finding.risk
    }) {
      findings.removeAll { $0.code == finding.code && $0.field == finding.field }
      findings.append(finding)
    }
    findings.sort { $0.risk > $1.risk }
    unknowns = Set(unknowns).union(other.unknowns).sorted()
  }
}
