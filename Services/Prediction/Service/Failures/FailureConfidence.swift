import SimulationSeries
import TwinProto

/// How far the prediction of a failure deserves to be believed: from what the same prediction was worth on the series'
/// own past (`Backtest`), and from what came of earlier ones of the same series that callers were told.
///
/// A residual counts as right when the value came within a tenth of what now separates the newest value from its bound:
/// then the time of the failure is right to about a tenth, too. Only as many residuals count as tell what independent
/// ones would (`Backtest.independent`); under 20 it isn't calibrated and stays at or below 0.85. Nothing is tuned on the
/// series: bounds come from the target's state, and the tolerance is the same for all.
struct FailureConfidence: Sendable {
  static let tolerance = 0.1
  static let model = "failure_outlook"

  private let set: ResidualSet
  private let confidence: SimulationSeries.Confidence
  /// In the metric's unit.
  let allowed: Double
  /// Of the value at the time that is predicted; nil when the residuals don't bound it.
  let interval: Interval?

  /// - Parameters:
  ///   - backtest: in the direction in which the metric rises to its bound.
  ///   - recorded: of earlier predictions, newest first, in the metric's own direction.
  ///   - distance: from the newest value to the bound.
  ///   - isFalling: whether the metric falls to its bound, so that the backtest is of its negative.
  init(_ backtest: Backtest, recorded: [Residual], distance: Double, isFalling: Bool, regime: String) {
    let sign = isFalling ? -1.0 : 1.0
    let past = Backtest.independent(backtest.outcomes)
      .map { SimulationSeries.Residual(predicted: sign * $0.predicted, actual: sign * $0.actual) }
    let told = Backtest.independent(
      recorded.reversed().map { SimulationSeries.Residual(predicted: $0.predicted, actual: $0.actual) })
    var set = ResidualSet(
      key: ResidualKey(model: Self.model, regime: regime), scale: .absolute, nominalCoverage: ResidualCalibration.level,
      capacity: ResidualCalibration.window)
    for residual in past + told { set.record(predicted: residual.predicted, actual: residual.actual) }
    self.set = set
    allowed = Self.tolerance * abs(distance)
    confidence = SimulationSeries.Confidence(residuals: set, tolerance: allowed)
    let bounds = confidence.isCalibrated ? set.interval(around: sign * backtest.predicted) : nil
    if let bounds, bounds.lowerBound.isFinite, bounds.upperBound.isFinite {
      interval = Interval(low: bounds.lowerBound, high: bounds.upperBound, level: bounds.coverage)
    } else {
      interval = nil
    }
  }

  var value: Double { confidence.confidence }
  var isCalibrated: Bool { confidence.isCalibrated }
  var residualCount: Int { confidence.residualCount }
  /// Share of the intervals, each stated before its value came, that held.
  var coverage: Double? { confidence.coverage }

  /// A limit that is reached is measured, not predicted; that is as sure as what isn't calibrated can be.
  static let reached = SimulationSeries.Confidence.uncalibratedLimit
}
