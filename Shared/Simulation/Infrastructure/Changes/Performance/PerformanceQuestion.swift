public import SimulationInput

/// A value that was calibrated from metrics, with where it holds.
public struct CalibratedFact: Sendable, Hashable {
  public var value: Double
  /// Standard deviation.
  public var deviation: Double
  /// Range of each metric that it was calibrated in, by the metric's name.
  public var regime: [String: ClosedRange<Double>]

  public init(value: Double, deviation: Double, regime: [String: ClosedRange<Double>] = [:]) {
    self.value = value
    self.deviation = deviation
    self.regime = regime
  }
}

/// How a target would do in a steady state: at its load now or at another one, as it is or after a change.
public struct PerformanceQuestion: Sendable, Hashable {
  public enum Load: Sendable, Hashable {
    /// What the target has now.
    case current
    /// The measured peak.
    case peak
    /// Requests per second.
    case rate(Double)
    /// Clients that think between an answer and the next request.
    case clients(Int)
    /// A factor on the load now.
    case factor(Double)
  }

  public var target: String
  public var kind: String
  /// What was synced; goes before what was calibrated.
  public var state: InputValue
  /// By name, the unit last.
  public var calibrated: [String: CalibratedFact]
  public var load: Load
  /// Settings that are changed; an object, empty for none.
  public var change: InputValue

  public init(
    target: String, kind: String, state: InputValue, calibrated: [String: CalibratedFact], load: Load = .current,
    change: InputValue = .object([])
  ) {
    self.target = target
    self.kind = kind
    self.state = state
    self.calibrated = calibrated
    self.load = load
    self.change = change
  }
}

/// Why there is no prediction.
public enum PerformanceRefusal: Error, Sendable, Hashable {
  /// Facts that are needed and that nobody told, by their keys.
  case missing([String])
  /// The model doesn't hold there.
  case notExtrapolable(String, facts: [String: String])
  /// A field of the question.
  case invalid(field: String, reason: String)
}

/// What a model says of a target.
public struct PerformancePrediction: Sendable, Hashable {
  public var model: String
  public var equation: String
  public var source: String
  /// Such as "mmc:rho<0.7".
  public var regime: String
  public var assumptions: [String]
  public var inputs: [InputValue.Member]
  public var outputs: [InputValue.Member]
  /// Intervals of 90 % from what the calibrated inputs are known to.
  public var intervals: [String: ClosedRange<Double>]
  /// Outputs of the target as it is, where a change was asked about and they can be told.
  public var before: [InputValue.Member]?
  /// What couldn't be told, and what it lacks.
  public var unknowns: [String]
}
