import SimulationKernel
import SimulationSeries
import Testing

@Suite("Anomalies and drift")
struct AnomalyTests {
  /// A day of 96 steps, with noise.
  static func daily(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var stream = RunSeed(seed).stream(for: "daily")
    return (0..<count).map { 50 + 2 * Double(abs(48 - $0 % 96)) / 4 + stream.normal() }
  }

  static func alarms(_ values: [Double]) -> [Int] {
    var settings = AnomalyDetector.Settings()
    settings.reach = 300
    var detector = AnomalyDetector(settings: settings)
    return values.indices.filter { detector.observe(values[$0]).isAlarm }
  }

  @Test func tailOfAParetoSampleIsFound() throws {
    var stream = RunSeed(4).stream(for: "pareto")
    // P(S > s) = s^−2.
    let scores = (0..<20_000).map { _ in 1 / stream.openUniform().squareRoot() }
    let tail = try #require(TailEstimate(scores: scores))
    #expect(abs(tail.index - 0.5) < 0.05)
    #expect(abs(tail.surprise(of: 1_000) - 6) < 0.5)
    #expect(tail.surprise(of: 1) == 0)
    #expect(TailEstimate(scores: Array(scores.prefix(59))) == nil)
  }

  @Test func aFirstDifferenceAfterOnlyZerosSurprises() throws {
    let tail = try #require(TailEstimate(scores: [Double](repeating: 0, count: 999)))
    #expect(tail.surprise(of: 0) == 0)
    #expect(abs(tail.surprise(of: 0.1) - 3) < 1e-9)
  }

  @Test func spikeAndOddShapeAreFoundAndTheUsualIsNot() {
    let usual = Self.daily(1_200)
    #expect(Self.alarms(usual).count <= 2)
    var spiked = usual
    spiked[1_000] += 60
    #expect(Self.alarms(spiked).contains(1_000))
    // Each value is usual, their order isn't: a season that stands still at its own mean.
    var still = usual
    for index in 1_000..<1_060 { still[index] = 62 }
    #expect(Self.alarms(still).contains { (1_000..<1_060).contains($0) })
  }

  @Test func aLastingAnomalyAlarmsOnceAndAJumpOnTopAgain() {
    var values = Self.daily(1_200)
    for index in 1_000..<1_100 { values[index] = 300 + 50 * Double(index % 7) }
    let lasting = Self.alarms(values).filter { $0 >= 1_000 && $0 < 1_150 }
    #expect(lasting.count <= 2)
    var spiked = Self.daily(1_200)
    spiked[1_000] += 20
    spiked[1_060] += 2_000
    #expect(Self.alarms(spiked).filter { $0 >= 1_000 } == [1_000, 1_060])
  }

  @Test func gapsAndShortSeriesAreUnknown() {
    var detector = AnomalyDetector()
    for value in Self.daily(100) {
      let observation = detector.observe(value)
      #expect(observation.surprise == nil)
    }
    let gap = detector.observe(.nan)
    #expect(gap.surprise == nil && !gap.isAlarm)
  }

  @Test func robustZAndEWMAChartMeasureDistance() throws {
    var robust = RobustZ()
    var chart = EWMAChart()
    var stream = RunSeed(8).stream(for: "z")
    var last: (Double?, Double?) = (nil, nil)
    for _ in 0..<400 {
      let value = 10 + stream.normal()
      last = (robust.observe(value), chart.observe(value))
    }
    #expect(try #require(last.0) < 4)
    #expect(try #require(last.1) < 4)
    // One outlier moves the chart's average by a fifth; a lasting shift moves it all the way.
    let outlier = robust.observe(20)
    #expect(try #require(outlier) > 8)
    for _ in 0..<20 { last.1 = chart.observe(12) }
    #expect(try #require(last.1) > 4)
    var constant = RobustZ()
    for _ in 0..<50 { _ = constant.observe(5) }
    let same = constant.observe(5)
    #expect(same == 0)
  }

  @Test func meanThatMovesIsDriftAndNoiseIsNot() {
    var stream = RunSeed(9).stream(for: "page")
    var test = PageHinkley()
    var early: [PageHinkley.Drift] = []
    for _ in 0..<1_000 { if let drift = test.observe(stream.normal()) { early.append(drift) } }
    #expect(early.isEmpty)
    var found: PageHinkley.Drift?
    for _ in 0..<40 where found == nil { found = test.observe(stream.normal(mean: -1.5)) }
    #expect(found == .down)
  }

  @Test func perfectDetectorScoresHundredAndSilentOneNothing() throws {
    let windows = [200...299, 700...749]
    var perfect = NABScore()
    perfect.add(count: 1_000, windows: windows, alarms: [200, 700])
    // The first row of a window is one width and one row from its end: a little above −1.
    #expect(abs(try #require(perfect.normalised) - 100) < 0.2)
    var silent = NABScore()
    silent.add(count: 1_000, windows: windows, alarms: [])
    #expect(silent.normalised == 0)
    var early = NABScore()
    early.add(count: 1_000, windows: windows, alarms: [200])
    var late = NABScore()
    late.add(count: 1_000, windows: windows, alarms: [290])
    #expect(early.raw > late.raw && late.raw > silent.raw)
  }

  @Test func falseAlarmsCostByDistance() {
    func raw(_ alarms: [Int]) -> Double {
      var score = NABScore()
      score.add(count: 5_000, windows: [1_000...1_099], alarms: alarms)
      return score.raw + 1
    }
    #expect(abs(raw([900]) + 0.11) < 1e-12)
    #expect(abs(raw([3_000]) + 0.11) < 1e-12)
    #expect(raw([1_105]) > -0.05 && raw([1_105]) < 0)
    #expect(abs(raw([3_000, 3_001]) + 0.22) < 1e-12)
    // Probation: 15 % of the rows, at most 750.
    #expect(raw([749]) == 0)
    #expect(abs(raw([750]) + 0.11) < 1e-12)
    #expect(NABScore.probation(of: 100) == 15)
  }
}
