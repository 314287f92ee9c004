/// Why a series can't be forecast.
public enum ForecastError: Error, Sendable, Hashable {
  /// Fewer values than two seasons and what the model needs besides.
  case tooShort(count: Int, least: Int)
  /// A period below one step.
  case invalidPeriod(Int)
  /// A value that isn't a finite number.
  case notFinite(index: Int)
  /// A multiplicative season needs positive values.
  case notPositive(index: Int)
}
