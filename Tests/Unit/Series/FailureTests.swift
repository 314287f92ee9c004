import SimulationKernel
import SimulationSeries
import Testing

@Suite("Failures that series announce")
struct FailureTests {
  private let day = 86_400.0

  private func line(_ count: Int, from start: Double, by slope: Double, noise: Double, seed: UInt64 = 1) -> [Double] {
    var stream = RunSeed(seed).stream(for: "line")
    return (0..<count).map { start + slope * Double($0) + noise * stream.normal() }
  }

  @Test func diskThatFillsUpIsNamedWithItsTime() throws {
    // 100 hours from 50 up by 0.2 an hour: 100 is reached 151 hours after the last value.
    let disk = MetricSeries(
      metric: "disk", values: line(100, from: 50, by: 0.2, noise: 0.3), step: 3_600, limit: .store(100))
    let outlook = FailureOutlook(series: [disk], horizon: 8 * day)
    let failure = try #require(outlook.failures.first { $0.code == .exhaustion })
    let earliest = try #require(failure.earliest)
    let latest = try #require(failure.latest)
    #expect(try #require(failure.probability) > 0.95)
    #expect(earliest <= 151 * 3_600 && 151 * 3_600 <= latest)
    #expect(latest - earliest < 30 * 3_600)
    #expect(!failure.evidence.isEmpty)
  }

  @Test func aLimitBeyondTheHorizonIsNoFailure() {
    let disk = MetricSeries(
      metric: "disk", values: line(100, from: 50, by: 0.2, noise: 0.3), step: 3_600, limit: .store(100))
    #expect(!FailureOutlook(series: [disk], horizon: 2 * day).failures.contains { $0.code == .exhaustion })
  }

  @Test func shortDataAreUnknown() {
    let few = MetricSeries(metric: "disk", values: line(8, from: 1, by: 1, noise: 0), step: 60, limit: .store(100))
    let far = MetricSeries(metric: "log", values: line(30, from: 1, by: 1, noise: 0), step: 60, limit: .store(1e6))
    let outlook = FailureOutlook(series: [few, far], horizon: day)
    #expect(outlook.failures.isEmpty)
    #expect(outlook.unknown.filter { $0.code == .exhaustion }.map(\.metric) == ["disk", "log"])
    #expect(outlook.unknown.filter { $0.code == .anomaly }.count == 2)
    #expect(outlook.unknown.filter { $0.code == .drift }.count == 2)
  }

  @Test func whatIsAtItsLimitHasFailed() {
    let pool = MetricSeries(metric: "pool", values: [1, .nan, 100, .nan], step: 60, limit: .load(100))
    let failure = FailureOutlook(series: [pool], horizon: day).failures.first
    #expect(failure?.code == .saturation)
    #expect(failure?.probability == 1)
    #expect(failure?.expected == 0)
  }

  @Test func seasonalPeakSaturatesAndItsMeanDoesNot() throws {
    let values = ForecastTests.series(count: 480, growth: 0.05, noise: 1)
    let cpu = MetricSeries(metric: "cpu", values: values, step: 3_600, limit: .load(135), period: 24)
    let near = FailureOutlook(series: [cpu], horizon: day).failures.first { $0.code == .saturation }
    let failure = try #require(near)
    #expect(try #require(failure.probability) > 0.5)
    let far = MetricSeries(metric: "cpu", values: values, step: 3_600, limit: .load(200), period: 24)
    #expect(!FailureOutlook(series: [far], horizon: day).failures.contains { $0.code == .saturation })
  }

  @Test func driftAndAnomalyAreNamed() throws {
    var values = line(400, from: 10, by: 0, noise: 1)
    for index in 360..<400 { values[index] += 4 }
    let drifting = MetricSeries(metric: "latency", values: values, step: 60)
    #expect(FailureOutlook(series: [drifting], horizon: day).failures.contains { $0.code == .drift })
    var spiked = AnomalyTests.daily(600)
    spiked[597] += 80
    let odd = MetricSeries(metric: "requests", values: spiked, step: 300)
    let anomaly = FailureOutlook(series: [odd], horizon: day).failures.first { $0.code == .anomaly }
    let failure = try #require(anomaly)
    #expect(failure.expected == -600.0)
    #expect(failure.probability == nil)
    let calm = MetricSeries(metric: "calm", values: line(400, from: 10, by: 0, noise: 1), step: 60)
    #expect(FailureOutlook(series: [calm], horizon: day).failures.isEmpty)
  }

  @Test func fewHeldBackValuesAreUnknownAndNoFailure() {
    let values = (0..<30).map { 10 + Double($0 % 2) }
    let cpu = MetricSeries(metric: "cpu", values: values, step: 60, limit: .load(1_000), period: 2)
    let outlook = FailureOutlook(series: [cpu], horizon: 120)
    #expect(outlook.failures.isEmpty)
    #expect(outlook.unknown.contains { $0.code == .saturation })
  }
}
