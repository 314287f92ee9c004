import SimulationKernel
import SimulationSeries
import Testing

@Suite("Confidence from residuals")
struct ConfidenceTests {
  private let key = ResidualKey(model: "queueing", regime: "below 80 %")

  @Test(arguments: [(0.9, 8, nil), (0.9, 9, 8), (0.9, 10, 9), (0.9, 19, 17), (0.9, 99, 89), (0.5, 1, 0), (0.5, 0, nil)])
  func rankIsTheFiniteSampleOne(coverage: Double, count: Int, rank: Int?) {
    #expect(ConformalInterval.rank(of: coverage, count: count) == rank)
  }

  @Test func intervalsCoverWhatTheyPromiseOfExchangeableResiduals() {
    var stream = RunSeed(1).stream(for: "coverage")
    var covered = 0
    for _ in 0..<2_000 {
      var set = ResidualSet(key: key, scale: .absolute)
      let residuals = (0..<29).map { _ in Residual(predicted: 0, actual: stream.normal()) }
      set = ResidualSet(key: key, scale: .absolute, residuals: residuals)
      if set.interval(around: 0)?.contains(stream.normal()) == true { covered += 1 }
    }
    // Exactly 27/30 in expectation; four standard errors of 2,000 trials.
    #expect(abs(Double(covered) / 2_000 - 0.9) < 0.027)
  }

  @Test func tooFewResidualsBoundNothing() {
    var set = ResidualSet(key: key)
    for _ in 0..<8 { set.record(predicted: 100, actual: 105) }
    #expect(set.interval(around: 100) == nil)
    set.record(predicted: 100, actual: 105)
    #expect(set.interval(around: 200) == ConformalInterval(lowerBound: 190, upperBound: 210, coverage: 0.9))
  }

  @Test func coverageSurvivesDriftOnlyWhereItAdapts() {
    var stream = RunSeed(2).stream(for: "drift")
    var adaptive = ResidualSet(key: key, scale: .absolute)
    var missesOfFixed = 0
    var missesOfAdaptive = 0
    for step in 0..<1_500 {
      let actual = stream.normal(standardDeviation: 1 + Double(step) / 75)
      let interval = adaptive.interval(around: 0)
      let fixed = ResidualSet(key: key, scale: .absolute, residuals: adaptive.residuals).interval(around: 0)
      adaptive.record(predicted: 0, actual: actual)
      guard step >= 300 else { continue }
      if interval?.contains(actual) == false { missesOfAdaptive += 1 }
      if fixed?.contains(actual) == false { missesOfFixed += 1 }
    }
    #expect(abs(Double(missesOfAdaptive) / 1_200 - 0.1) < 0.02)
    #expect(missesOfFixed > missesOfAdaptive)
  }

  @Test func storeIsBounded() {
    var set = ResidualSet(key: key, capacity: 20)
    for index in 1...50 { set.record(predicted: Double(index), actual: Double(index)) }
    #expect(set.residuals.count == 20)
    #expect(set.residuals.first?.predicted == 31)
  }

  @Test func whatHasNoSizeIsRefused() {
    var set = ResidualSet(key: key)
    let taken = [
      set.record(predicted: .nan, actual: 1), set.record(predicted: 1, actual: .infinity),
      set.record(predicted: 0, actual: 1), set.record(predicted: 0, actual: 0),
    ]
    #expect(taken == [false, false, false, false])
    #expect(set.residuals.isEmpty)
  }

  @Test func fewerThanTwentyResidualsNeverCalibrate() {
    var set = ResidualSet(key: key)
    for count in 0..<20 {
      let confidence = Confidence(residuals: set, prior: 1)
      #expect(!confidence.isCalibrated)
      #expect(confidence.confidence <= 0.85)
      #expect(confidence.residualCount == count)
      set.record(predicted: 100, actual: 100)
    }
    let calibrated = Confidence(residuals: set)
    #expect(calibrated.isCalibrated)
    #expect(abs(calibrated.confidence - 0.880_8) < 0.001)
    #expect(calibrated.coverage == 1)
  }

  @Test func confidenceFollowsTheResiduals() {
    func confidence(errors: Double) -> Double {
      var set = ResidualSet(key: key)
      for index in 0..<100 { set.record(predicted: 100, actual: index < 80 ? 100 + errors : 100) }
      return Confidence(residuals: set, tolerance: 0.1).confidence
    }
    #expect(confidence(errors: 5) > 0.95)
    #expect(confidence(errors: 15) < 0.3)
    #expect(Confidence(residuals: nil, prior: 0.3).confidence == 0.3)
    #expect(Confidence(residuals: nil).coverage == nil)
  }
}
