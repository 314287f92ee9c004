/// What a prediction of a series some time ahead would have been worth on the series' own past.
///
/// By rolling origin (L. Tashman, "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16,
/// 2000): at each origin the prediction is made from what came before it alone, and put beside the value that came.
/// Nothing is chosen by it: neither limits nor tolerances nor the model depend on the outcome.
public struct Backtest: Sendable, Hashable {
  /// Steps from the last value to the moment that is predicted, at least 1.
  public let lead: Int
  /// The value predicted for that moment.
  public let predicted: Double
  /// Earlier predictions so many steps ahead and what came, oldest first.
  public let outcomes: [Residual]

  /// Origins that are tried at most, evenly over the past.
  public static let mostOrigins = 60
  /// Points to which a trend of the past is thinned, so that all origins take no longer than one look at the whole.
  static let mostPoints = 120

  init(lead: Int, predicted: Double, outcomes: [Residual]) {
    self.lead = lead
    self.predicted = predicted
    self.outcomes = outcomes
  }

  /// Of a forecast, whose errors on the part that neither fit nor choice had seen are known.
  ///
  /// - Parameter step: from 0.
  init(_ forecast: SeriesForecast, at step: Int) {
    self.init(lead: step + 1, predicted: forecast.steps[step].value, outcomes: forecast.outcomes(at: step))
  }

  /// Of a trend.
  ///
  /// - Parameters:
  ///   - trend: of the whole series.
  ///   - seconds: ahead.
  init(trendOf series: MetricSeries, _ trend: TheilSen, ahead seconds: Double) {
    let values = series.values
    let lead = max(1, Int((seconds / series.step).rounded()))
    var outcomes: [Residual] = []
    // A trend is believed for twice as long as it was seen, at each origin, too.
    let first = max(TheilSen.leastCount - 1, (lead + 1) / 2)
    let last = values.count - 1 - lead
    if first <= last {
      let count = min(Self.mostOrigins, last - first + 1)
      for number in 0..<count {
        // The newest origin counts, whatever the spacing.
        let origin = last - number * (last - first) / max(1, count - 1)
        let times = (0...origin).map { Double($0) * series.step }
        let past = TheilSen(times: times, values: Array(values[...origin]), most: Self.mostPoints)
        guard let past, values[origin + lead].isFinite, let end = values[...origin].lastIndex(where: \.isFinite) else {
          continue
        }
        let ahead = Double(origin + lead - end) * series.step
        outcomes.append(Residual(predicted: past.level + past.slope * ahead, actual: values[origin + lead]))
      }
    }
    self.init(
      lead: lead, predicted: trend.level + trend.slope * Double(lead) * series.step, outcomes: outcomes.reversed())
  }

  /// As many of the residuals, evenly over time, as tell what independent ones would.
  ///
  /// Predictions a day ahead that are made every hour miss together: n residuals whose neighbours correlate by r count as
  /// n(1 − r)/(1 + r) (G. V. Bayley, J. M. Hammersley, "The effective number of independent observations in an
  /// autocorrelated time series", 1946), with r about zero, not about their mean: what is off by the same every time is no
  /// chance either.
  public static func independent(_ residuals: [Residual]) -> [Residual] {
    let errors = residuals.map { $0.actual - $0.predicted }
    guard errors.allSatisfy(\.isFinite) else {
      return independent(residuals.filter { ($0.actual - $0.predicted).isFinite })
    }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { return residuals }
    let products = zip(errors, errors.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    let correlation = min(max(products / squares, 0), 0.99)
    let count = Int((Double(errors.count) * (1 - correlation) / (1 + correlation)).rounded(.down))
    guard count < errors.count else { return residuals }
    // Backwards from the newest.
    return (0..<max(1, count)).map { residuals[residuals.count - 1 - $0 * residuals.count / max(1, count)] }.reversed()
  }
}
