import TwinProto

/// What the residuals of a model in a regime say of its next prediction: the one place where confidence and intervals of
/// metrics come from.
///
/// An interval is the split-conformal one: the prediction ± the ⌈(n+1)·level⌉-th smallest absolute residual of the metric.
/// Source: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman, Distribution-free predictive inference for regression (2018),
/// Algorithm 2.
struct ResidualCalibration: Sendable {
  /// Below this many residuals nothing counts as calibrated.
  static let leastResiduals = 20
  /// The most confidence without calibration.
  static let uncalibratedLimit = 0.85
  /// Stated probability of an interval.
  static let level = 0.9
  /// Residuals that are looked at: the newest, so that what changed long ago doesn't count for ever.
  static let window = 1_000

  /// The deciding model.
  var model: String
  var regime: String
  /// Of metrics, newest first.
  var residuals: [Residual]

  var isCalibrated: Bool { residuals.count >= Self.leastResiduals }

  private var covered: [Bool] { residuals.compactMap(\.isCovered) }

  /// Share of the intervals stated that held; nil when none was stated.
  var coverage: Double? {
    covered.isEmpty ? nil : Double(covered.count(where: { $0 })) / Double(covered.count)
  }

  /// Probability that the next interval holds, 0 to 1.
  ///
  /// Without a record it is that of a uniform prior (Laplace's rule of succession, (covered + 1)/(stated + 2)), and at the
  /// most ``uncalibratedLimit``. While calibrated but with too few intervals stated to count, it is what the conformal
  /// interval guarantees.
  var confidence: Double {
    let rule = Double(covered.count(where: { $0 }) + 1) / Double(covered.count + 2)
    guard isCalibrated else { return min(rule, Self.uncalibratedLimit) }
    return covered.count >= Self.leastResiduals ? rule : Self.level
  }

  /// The interval of a metric; nil when its own residuals are too few to state one.
  func interval(of metric: String, around predicted: Double) -> Interval? {
    let errors = residuals.lazy.filter { $0.metric == metric }.map { ($0.actual - $0.predicted).magnitude }.sorted()
    guard errors.count >= Self.leastResiduals else { return nil }
    let rank = Int((Double(errors.count + 1) * Self.level).rounded(.up))
    guard rank <= errors.count, errors[rank - 1].isFinite else { return nil }
    return Interval(low: predicted - errors[rank - 1], high: predicted + errors[rank - 1], level: Self.level)
  }
}
