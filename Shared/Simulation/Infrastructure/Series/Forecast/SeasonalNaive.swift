/// The forecast that each step repeats the one a season earlier: the baseline that a model has to beat.
///
/// Source: R. Hyndman, G. Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition, 2021, 5.2. A period of 1
/// is the naive forecast.
public struct SeasonalNaive: Sendable, Hashable {
  public let period: Int
  private var season: [Double]

  public init(fitting values: [Double], period: Int) throws(ForecastError) {
    guard period >= 1 else { throw .invalidPeriod(period) }
    guard values.count >= period else { throw .tooShort(count: values.count, least: period) }
    if let index = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
    self.period = period
    season = Array(values.suffix(period))
  }

  mutating func observe(_ value: Double) {
    season.removeFirst()
    season.append(value)
  }

  /// The values of the next `horizon` steps.
  public func forecast(_ horizon: Int) -> [Double] { (0..<max(0, horizon)).map { season[$0 % period] } }
}
