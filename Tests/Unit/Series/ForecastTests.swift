import SimulationKernel
import SimulationSeries
import Testing

@Suite("Forecasts")
struct ForecastTests {
  /// A daily shape of 24 steps with level, growth and noise.
  static func series(count: Int, growth: Double = 0, noise: Double, multiplicative: Bool = false, seed: UInt64 = 3)
    -> [Double]
  {
    var stream = RunSeed(seed).stream(for: "series")
    let shape = (0..<24).map { Double(abs(12 - $0)) - 6 }
    return (0..<count).map { step in
      let line = 100 + growth * Double(step)
      let season = shape[step % 24]
      return (multiplicative ? line * (1 + season / 20) : line + 2 * season) + stream.normal(standardDeviation: noise)
    }
  }

  @Test(arguments: [false, true])
  func noiselessSeasonAndTrendAreContinued(multiplicative: Bool) throws {
    let values = Self.series(count: 240, growth: 0.5, noise: 0, multiplicative: multiplicative)
    let model = try HoltWinters(
      fitting: Array(values[..<192]), season: multiplicative ? .multiplicative : .additive, period: 24, isDamped: false)
    for (forecast, actual) in zip(model.forecast(48), values[192...]) {
      #expect(abs(forecast - actual) < 0.02 * actual)
    }
  }

  @Test func dampedTrendLevelsOff() throws {
    let values = (0..<60).map { 10 + Double($0) }
    let damped = try HoltWinters(fitting: values, season: .none, period: 1, isDamped: true).forecast(200)
    let straight = try HoltWinters(fitting: values, season: .none, period: 1, isDamped: false).forecast(200)
    #expect(abs(straight[199] - 269) < 2)
    #expect(damped[199] < straight[199] - 50)
    #expect(damped[199] - damped[198] < damped[1] - damped[0])
  }

  @Test func refusesWhatItCannotFit() {
    #expect(throws: ForecastError.tooShort(count: 40, least: 50)) {
      try HoltWinters(fitting: Self.series(count: 40, noise: 1), season: .additive, period: 24, isDamped: false)
    }
    #expect(throws: ForecastError.notPositive(index: 3)) {
      try HoltWinters(
        fitting: [1, 2, 3, 0, 1, 2, 3, 1, 1, 2], season: .multiplicative, period: 4, isDamped: false)
    }
    #expect(throws: ForecastError.notFinite(index: 1)) { try SeasonalNaive(fitting: [1, .nan, 3], period: 2) }
    #expect(throws: ForecastError.invalidPeriod(0)) {
      try SeriesForecast(values: Self.series(count: 200, noise: 1), period: 0, horizon: 4)
    }
    #expect(throws: ForecastError.tooShort(count: 119, least: 120)) {
      try SeriesForecast(values: Self.series(count: 119, noise: 1), period: 24, horizon: 4)
    }
  }

  @Test func scaledErrorOfTheNaiveForecastOnItsOwnHistoryIsOne() throws {
    let history = [1.0, 5, 2, 7, 1, 9]
    let error = MeanAbsoluteScaledError.of(
      forecast: Array(history.dropLast(2)), actual: Array(history.dropFirst(2)), history: history, period: 2)
    #expect(error == 1)
    #expect(MeanAbsoluteScaledError.of(forecast: [1], actual: [1], history: [2, 2, 2], period: 1) == nil)
  }

  @Test func choosesTheModelOfTheSeries() throws {
    let growing = try SeriesForecast(values: Self.series(count: 480, growth: 0.5, noise: 1), period: 24, horizon: 24)
    guard case .holtWinters(let season, _) = growing.model else {
      Issue.record("a growing season isn't repeated")
      return
    }
    #expect(season != .none)
    let error = try #require(growing.heldOutError)
    let naive = try #require(growing.naiveError)
    #expect(error < 0.5 * naive)
    // An exact repetition can't be beaten.
    let repeating = (0..<240).map { Double($0 % 24 * 7 % 11) }
    #expect(try SeriesForecast(values: repeating, period: 24, horizon: 24).model == .seasonalNaive)
  }

  @Test func intervalsCoverLaterValues() throws {
    var covered = 0
    var total = 0
    for seed in 0..<12 {
      let values = Self.series(count: 372, growth: 0.1, noise: 3, seed: UInt64(seed))
      let forecast = try SeriesForecast(values: Array(values[..<360]), period: 24, horizon: 12)
      for (step, actual) in zip(forecast.steps, values[360...]) {
        total += 1
        if try #require(step.interval).contains(actual) { covered += 1 }
      }
    }
    let coverage = Double(covered) / Double(total)
    #expect(coverage > 0.84 && coverage < 0.99)
  }

  @Test func stepsBeyondTheHeldBackPartAreUnbounded() throws {
    let forecast = try SeriesForecast(values: Self.series(count: 120, noise: 1), period: 24, horizon: 40)
    #expect(forecast.steps.count == 40)
    #expect(forecast.steps[0].interval != nil)
    #expect(forecast.steps[39].interval == nil)
    #expect(forecast.probability(ofReaching: 0, at: 39) == nil)
    let low = try #require(forecast.probability(ofReaching: 0, at: 0))
    let high = try #require(forecast.probability(ofReaching: 1_000, at: 0))
    #expect(low > 0.9 && high < 0.1)
  }

  @Test func sameValuesGiveTheSameForecast() throws {
    let values = Self.series(count: 200, noise: 2)
    let first = try SeriesForecast(values: values, period: 24, horizon: 6)
    #expect(first == (try SeriesForecast(values: values, period: 24, horizon: 6)))
  }
}
