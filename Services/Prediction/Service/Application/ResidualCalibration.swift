import SimulationSeries
import TwinProto

/// What the residuals of a model in a regime say of its next prediction: the one place where confidence and intervals of
/// metrics come from.
///
/// Both are those of `SimulationSeries`: split-conformal intervals whose miss rate is steered to the nominal one under
/// drift (`ResidualSet`), and the cautious share of predictions that came true within 10 % (`Confidence`). The adapted
/// miss rate isn't stored: it follows from the residuals and the intervals that were stated for them, which are.
struct ResidualCalibration: Sendable {
  /// Below this many residuals nothing counts as calibrated, and no interval is stated.
  static let leastResiduals = ResidualSet.leastCount
  /// Stated probability of an interval.
  static let level = 0.9
  /// Residuals that are looked at: the newest, so that what changed long ago doesn't count for ever.
  static let window = 1_000

  /// The deciding model.
  let model: String
  let regime: String
  /// Of metrics, newest first.
  let residuals: [Residual]
  /// Of all metrics together.
  private let summary: SimulationSeries.Confidence

  init(model: String, regime: String, residuals: [Residual]) {
    (self.model, self.regime, self.residuals) = (model, regime, residuals)
    // Metrics have different units, so only relative sizes can be pooled.
    summary = SimulationSeries.Confidence(
      residuals: ResidualSet(
        key: ResidualKey(model: model, regime: regime), scale: .relative, nominalCoverage: Self.level,
        capacity: Self.window, residuals: residuals.reversed().map(Self.pooled)))
  }

  var isCalibrated: Bool { summary.isCalibrated }

  /// Share of the intervals stated that held; nil when none was stated.
  var coverage: Double? { summary.coverage }

  /// Probability that the actual value lies within 10 % of the prediction, cautiously; at most 0.85 while not calibrated.
  var confidence: Double { summary.confidence }

  /// The interval of a metric; nil when its own residuals are too few to state one, or have missed so often that none
  /// would hold.
  func interval(of metric: String, around predicted: Double) -> Interval? {
    let known = residuals.filter { $0.metric == metric && $0.predicted.isFinite && $0.actual.isFinite }
    guard known.count >= Self.leastResiduals else { return nil }
    // Errors of loads, times and sizes grow with them. A prediction of zero has no relative error.
    let isRelative = predicted != 0 && known.allSatisfy { $0.predicted != 0 }
    let set = ResidualSet(
      key: ResidualKey(model: model, regime: regime), scale: isRelative ? .relative : .absolute,
      nominalCoverage: Self.level, capacity: Self.window,
      residuals: known.reversed()
        .map { .init(predicted: $0.predicted, actual: $0.actual, isCovered: $0.isCovered) },
      missRate: Self.missRate(known.reversed()))
    guard let interval = set.interval(around: predicted), interval.lowerBound.isFinite, interval.upperBound.isFinite
    else { return nil }
    return Interval(low: interval.lowerBound, high: interval.upperBound, level: interval.coverage)
  }

  /// The miss rate after these outcomes, oldest first: α ← α + γ(α₀ − miss), as `ResidualSet.record` does it, but of the
  /// intervals that were stated.
  ///
  /// Where none could be stated because the misses asked for more than the residuals bound, the interval was without
  /// bounds, and held.
  private static func missRate(_ outcomes: [Residual]) -> Double {
    let nominal = 1 - level
    var rate = nominal
    for (count, outcome) in outcomes.enumerated() {
      let wasUnbounded =
        count >= leastResiduals && ConformalInterval.rank(of: 1 - rate, count: count) == nil
      guard let isCovered = outcome.isCovered ?? (wasUnbounded ? true : nil) else { continue }
      rate += ResidualSet.adaptationRate * (nominal - (isCovered ? 0 : 1))
    }
    return rate
  }

  /// Nothing is infinitely wrong that was predicted as zero and came so.
  private static func pooled(_ residual: Residual) -> SimulationSeries.Residual {
    let isZero = residual.predicted == 0 && residual.actual == 0
    return .init(
      predicted: isZero ? 1 : residual.predicted, actual: isZero ? 1 : residual.actual, isCovered: residual.isCovered)
  }
}
