public import SimulationInput
public import SimulationKernel

/// What a run decided.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// Every criterion holds.
  case pass
  /// At least one criterion doesn't hold.
  case fail
  /// The run couldn't be carried to its end, so nothing is decided.
  case error
}

/// A figure with its unit; the unit is in the name, too.
public struct Metric: Sendable, Hashable {
  /// Such as `stopping_distance_m`.
  public let name: String
  public let value: Double
  public let unit: String

  public init(_ name: String, _ value: Double, unit: String) {
    self.name = name
    self.value = value
    self.unit = unit
  }
}

/// One condition of a verdict.
public struct Criterion: Sendable, Hashable {
  public enum Comparison: String, Sendable, Hashable {
    case atMost = "<="
    case atLeast = ">="
  }

  /// Such as `collision_avoided`.
  public let name: String
  /// The metric that it judges, such as `collisions`.
  public let metric: String
  /// What was found; nil when the run never got there, which counts as not passed.
  public let value: Double?
  public let comparison: Comparison
  public let limit: Double
  public let unit: String
  /// A sentence.
  public let meaning: String
  /// The regulation or publication behind the limit; empty when it is ours.
  public let source: String

  public init(
    _ name: String, metric: String, value: Double?, _ comparison: Comparison, limit: Double, unit: String,
    meaning: String, source: String = ""
  ) {
    self.name = name
    self.metric = metric
    self.value = value
    self.comparison = comparison
    self.limit = limit
    self.unit = unit
    self.meaning = meaning
    self.source = source
  }

  /// How far inside the limit the value lies, negative outside and −∞ without a value.
  public var margin: Double {
    guard let value else { return -.infinity }
    return comparison == .atMost ? limit - value : value - limit
  }

  public var passed: Bool { margin >= 0 }
}

/// Something the vehicle under test decided, or that happened to it.
public struct Decision: Sendable, Hashable {
  /// Simulated seconds.
  public let time: Double
  /// Whose decision it is, a name among the trace's actors.
  public let actor: String
  /// Such as `collision_warning`.
  public let kind: String
  /// A sentence with the figures that led to it.
  public let reason: String

  public init(time: Double, actor: String = "ego", kind: String, reason: String) {
    self.time = time
    self.actor = actor
    self.kind = kind
    self.reason = reason
  }
}

/// What the vehicle under test did and how fast it reacted.
public struct BehaviourReport: Sendable, Hashable {
  public var decisions: [Decision]
  public var reactionTimes: [Metric]

  public init(decisions: [Decision] = [], reactionTimes: [Metric] = []) {
    self.decisions = decisions
    self.reactionTimes = reactionTimes
  }
}

/// How likely the bad event is and how bad it would be.
public struct RiskReport: Sendable, Hashable {
  /// The share of repetitions with a collision and its 95 % interval; nil for a single run.
  public var probability: Double?
  public var probabilityLowerBound: Double?
  public var probabilityUpperBound: Double?
  /// Runs behind the probability.
  public var trials: Int
  /// Mean closing speed of the collisions, m/s; nil without any.
  public var impactSpeed: Double?
  /// Mean probability of a serious injury (MAIS 3+) over the collisions; 0 without any.
  public var severity: Double?
  /// Probability times severity; nil when either isn't known.
  public var risk: Double?
  /// The curve behind `severity`.
  public var curve: String
  /// Why something is unknown or to be read with care.
  public var notes: [String]

  public init(trials: Int, curve: String) {
    self.trials = trials
    self.curve = curve
    notes = []
  }

  /// `computed`, or `unknown` when the risk can't be stated.
  public var status: String { risk == nil ? "unknown" : "computed" }
}

/// Where a result may be relied on.
public struct Regime: Sendable, Hashable {
  /// What the models assume.
  public var statement: String
  /// Ways in which this run leaves the range the models were made for; empty inside it.
  public var excursions: [String]

  public init(statement: String, excursions: [String] = []) {
    self.statement = statement
    self.excursions = excursions
  }

  public var isInside: Bool { excursions.isEmpty }
}

/// Why a run ended without a verdict.
public struct RunFailure: Sendable, Hashable {
  public enum Cause: String, Sendable, Hashable {
    case diverged
    case timedOut = "timed_out"
    case cancelled
  }

  public let cause: Cause
  /// The step at which it happened, counted from 0.
  public let step: Int
  /// The same in simulated seconds.
  public let time: Double
  /// A sentence.
  public let reason: String
}

/// A model and the version of it that a run used.
public struct ModelVersion: Sendable, Hashable {
  public let name: String
  public let version: String

  public init(_ name: String, _ version: String) {
    self.name = name
    self.version = version
  }
}

/// Everything that a run found. The same request and seed give the same outcome, bit for bit.
public struct ScenarioOutcome: Sendable {
  public var verdict: Verdict
  /// In the order of the scenario's documentation; of several repetitions, the worst of each.
  public var criteria: [Criterion] = []
  public var metrics: [Metric] = []
  public var behaviour = BehaviourReport()
  public var risk: RiskReport
  /// Figures that tell what to change: sensitivities, break-even points, closed forms.
  public var optimisation: [Metric] = []
  public var regime: Regime
  /// The parameters as they were used, defaults included.
  public var parameters: InputValue
  public var seed: UInt64
  public var repetitions: Int
  public var modelVersions: [ModelVersion] = []
  public var stateHash: StateHash
  /// Steps and simulated seconds of all repetitions together; with the wall-clock time they give the real-time factor.
  public var steps: Int
  public var simulatedSeconds: Double
  /// Set when the verdict is `error`.
  public var failure: RunFailure?
  /// Of the first repetition, when it was asked for.
  public var trace: Trace?

  /// The value of a metric by name.
  public func metric(_ name: String) -> Double? { metrics.first { $0.name == name }?.value }

  /// A criterion by name.
  public func criterion(_ name: String) -> Criterion? { criteria.first { $0.name == name } }
}
