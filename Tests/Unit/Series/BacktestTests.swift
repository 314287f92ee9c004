import SimulationKernel
import SimulationSeries
import Testing

@Suite("Predictions on a series' own past")
struct BacktestTests {
  private static func outlook(_ values: [Double], limit: Double, hours: Double, period: Int? = nil) -> SeriesFailure? {
    FailureOutlook(
      series: [MetricSeries(metric: "disk", values: values, step: 3_600, limit: .store(limit), period: period)],
      horizon: hours * 3_600
    ).failures.first { $0.code == .exhaustion }
  }

  private static func noise(_ count: Int, seed: UInt64) -> [Double] {
    var stream = RunSeed(seed).stream(for: "backtest")
    return (0..<count).map { _ in stream.uniform() - 0.5 }
  }

  @Test func eachOriginSeesOnlyWhatCameBefore() throws {
    let noise = Self.noise(600, seed: 1)
    let values = (0..<600).map { 0.1 * Double($0) + noise[$0] }
    let backtest = try #require(Self.outlook(values, limit: 70, hours: 168)?.backtest)
    // 70 is 100 h after the last value.
    #expect((95...105).contains(backtest.lead))
    #expect(abs(backtest.predicted - 70) < 0.1)
    #expect(backtest.outcomes.count == Backtest.mostOrigins)
    // What came is the series' own: the newest outcome is its last value.
    #expect(backtest.outcomes.last?.actual == values.last)
    // The future of an origin changes nothing of what was predicted there.
    var other = values
    for index in 560..<600 { other[index] += 1 }
    let changed = try #require(Self.outlook(other, limit: 70, hours: 168)?.backtest)
    #expect(changed.lead < 105)
    let same = Backtest.mostOrigins / 2
    if changed.lead == backtest.lead {
      #expect(changed.outcomes[same].predicted == backtest.outcomes[same].predicted)
    }
    #expect(backtest.outcomes.allSatisfy { abs($0.actual - $0.predicted) < 3 })
  }

  @Test func aShortPastTellsLittle() throws {
    let noise = Self.noise(60, seed: 2)
    let values = (0..<60).map { 0.1 * Double($0) + 0.1 * noise[$0] }
    let backtest = try #require(Self.outlook(values, limit: 9, hours: 40)?.backtest)
    // 31 h ahead, seen for at least 15.5 h: few origins are left of 60 h.
    #expect(backtest.outcomes.count < 20)
  }

  @Test func aTrendThatBreaksIsWrongAboutItsPast() throws {
    // Flat for 400 h, then steep: what was predicted before the break was wrong.
    let noise = Self.noise(500, seed: 3)
    let values = (0..<500).map { max(0, 0.5 * Double($0 - 400)) + 0.2 * noise[$0] }
    let series = MetricSeries(metric: "disk", values: values, step: 3_600, limit: .store(60))
    let failure = FailureOutlook(series: [series], horizon: 900 * 3_600).failures.first { $0.code == .exhaustion }
    if let outcomes = failure?.backtest?.outcomes {
      #expect(outcomes.contains { abs($0.actual - $0.predicted) > 5 })
    }
  }

  @Test func seasonalForecastsBringTheirOwnResiduals() throws {
    let noise = Self.noise(24 * 40, seed: 4)
    let values = (0..<(24 * 40)).map { hour -> Double in
      let wave: Double = hour % 24 < 12 ? 10 : -10
      return 50 + wave + 0.03 * Double(hour) + noise[hour]
    }
    let failure = try #require(Self.outlook(values, limit: 89, hours: 24, period: 24))
    let backtest = try #require(failure.backtest)
    #expect(backtest.outcomes.count >= 20)
    #expect(backtest.outcomes.allSatisfy { abs($0.actual - $0.predicted) < 12 })
  }

  @Test func whatIsThereIsNoPrediction() throws {
    let failure = try #require(Self.outlook(Array(repeating: 10, count: 100), limit: 9, hours: 24))
    #expect(failure.probability == 1)
    #expect(failure.backtest == nil)
  }

  @Test func residualsThatMissTogetherCountAsFew() {
    let noise = Self.noise(100, seed: 5)
    let alone = noise.map { Residual(predicted: 10, actual: 10 + $0) }
    #expect(Backtest.independent(alone).count > 60)
    // Off by the same each time.
    let together = (0..<100).map { Residual(predicted: 10, actual: 11 + 0.01 * Double($0 % 3)) }
    let few = Backtest.independent(together)
    #expect(few.count == 1)
    #expect(few.last == together.last)
    let exact = (0..<30).map { Residual(predicted: Double($0), actual: Double($0)) }
    #expect(Backtest.independent(exact).count == 30)
    #expect(Backtest.independent([]).isEmpty)
  }
}
