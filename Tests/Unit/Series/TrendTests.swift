import SimulationKernel
import SimulationSeries
import Testing

@Suite("Trend and time to a threshold")
struct TrendTests {
  private let times = (0..<100).map(Double.init)

  @Test func exactLineIsFound() throws {
    let trend = try #require(TheilSen(times: times, values: times.map { 3 + 2 * $0 }))
    #expect(abs(trend.slope - 2) < 1e-12)
    #expect(abs(trend.level - 201) < 1e-9)
    #expect(TimeToThreshold(trend: trend, threshold: 301) == .ahead(expected: 50, earliest: 50, latest: 50))
  }

  @Test func outliersDoNotBendTheLine() throws {
    let values = times.map { $0.truncatingRemainder(dividingBy: 5) == 0 ? 1_000 : $0 }
    let trend = try #require(TheilSen(times: times, values: values))
    #expect(abs(trend.slope - 1) < 0.05)
  }

  @Test func pointsBeyondTheMostAreThinned() throws {
    let times = (0..<5_000).map(Double.init)
    var stream = RunSeed(5).stream(for: "thin")
    let trend = try #require(TheilSen(times: times, values: times.map { 0.01 * $0 + stream.normal() }))
    #expect(abs(trend.slope - 0.01) < 0.000_2)
    #expect(trend.slopeLowerBound < 0.01 && trend.slopeUpperBound > 0.01)
  }

  @Test(arguments: [0.0, 0.5])
  func intervalsCoverTheTrueTime(correlation: Double) {
    var stream = RunSeed(6).stream(for: "crossing")
    var covered = 0
    for _ in 0..<200 {
      var noise = 0.0
      let values = times.map { time in
        noise = correlation * noise + stream.normal(standardDeviation: 2)
        return time * 0.5 + noise
      }
      // The line itself reaches 60 at 120, so 21 after the last point.
      guard case .ahead(_, let earliest, let latest) = TimeToThreshold(times: times, values: values, threshold: 60)
      else { continue }
      if earliest <= 21 && 21 <= latest ?? .infinity { covered += 1 }
    }
    #expect(covered >= 170)
  }

  @Test func fallingSeriesNeverGetsThere() {
    #expect(TimeToThreshold(times: times, values: times.map { -$0 }, threshold: 10) == .never)
  }

  @Test func flatNoiseMayNeverGetThere() {
    var stream = RunSeed(7).stream(for: "flat")
    let time = TimeToThreshold(times: times, values: times.map { _ in stream.normal() }, threshold: 50)
    guard case .ahead(_, let earliest, let latest) = time else {
      #expect(time == .never)
      return
    }
    #expect(latest == nil)
    #expect(earliest > 500)
  }

  @Test func refusesToGuess() {
    let few = Array(times.prefix(11))
    #expect(TimeToThreshold(times: few, values: few, threshold: 50) == .unknown(.tooFewPoints))
    let gaps = times.map { $0 < 90 ? .nan : $0 }
    #expect(TimeToThreshold(times: times, values: gaps, threshold: 500) == .unknown(.tooFewPoints))
    #expect(TimeToThreshold(times: times.reversed(), values: times, threshold: 500) == .unknown(.invalidTimes))
    #expect(TimeToThreshold(times: times, values: times, threshold: .nan) == .unknown(.invalidThreshold))
    #expect(TimeToThreshold(times: times, values: times, threshold: 99) == .reached)
  }
}
