/// Why a queueing model doesn't answer.
public enum QueueingRefusal: Error, Sendable, Hashable {
  /// A parameter isn't a number in its range.
  case outOfRange(field: String)
  /// The offered load (Erlang) reaches the number of servers: no steady state exists.
  case unstable(offeredLoad: Double)
  /// The model's approximation isn't trusted here.
  case outsideRegime(Regime)
  /// A fitted law isn't valid where it was asked.
  case notExtrapolable(Extrapolation)
  /// The computation would pass a bound in time or memory.
  case tooLarge(field: String, limit: Int)

  public enum Regime: Sendable, Hashable {
    /// Variability of arrivals or services over what the approximation was checked for.
    case variability(Double)
    /// The formula holds for single servers only.
    case multipleServers
    /// A measurement contradicts the model: more work was done than its demands allow.
    case inconsistentMeasurement
  }

  public enum Extrapolation: Sendable, Hashable {
    /// Throughput per client rises with load: contention would be negative.
    case superlinear
    /// Asked further above the highest measured load than the law is trusted: twice for a fit, four times for a network.
    case tooFar(highestMeasured: Double)
    /// Fewer different loads than a fit needs.
    case tooFewPoints(needed: Int)
  }

  /// The code under which this refusal appears among findings.
  public var code: String {
    switch self {
    case .outOfRange: "INVALID_INPUT"
    case .unstable: "SATURATION"
    case .outsideRegime, .notExtrapolable: "NOT_EXTRAPOLABLE"
    case .tooLarge: "TOO_LARGE"
    }
  }
}
