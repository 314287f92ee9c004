/// Forecast errors in units of what the seasonal-naive forecast errs on the data before: below 1 is better.
///
/// Source: R. Hyndman, A. Koehler, "Another look at measures of forecast accuracy", International Journal of
/// Forecasting 22, 2006.
public enum MeanAbsoluteScaledError {
  /// - Returns: `nil` where nothing was forecast, or where the history repeats itself exactly or is shorter than two
  ///   values a season apart.
  public static func of(forecast: [Double], actual: [Double], history: [Double], period: Int) -> Double? {
    let count = min(forecast.count, actual.count)
    guard count > 0, period >= 1, history.count > period else { return nil }
    let scale =
      zip(history, history.dropFirst(period)).reduce(0) { $0 + abs($1.1 - $1.0) } / Double(history.count - period)
    guard scale > 0 else { return nil }
    return zip(forecast, actual).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(count) / scale
  }
}
