import SimulationKernel
import SimulationSeries
import Testing

@Suite("Performance learned from configurations")
struct PerformanceTests {
  /// Six binary options: two matter, and together more than each.
  private func measurements(_ count: Int, seed: UInt64) -> (rows: [[Double]], performance: [Double]) {
    var stream = RunSeed(seed).stream(for: "options")
    let rows = (0..<count).map { _ in (0..<6).map { _ in stream.bernoulli(0.5) ? 1.0 : 0 } }
    let performance = rows.map { row in
      100 * (1 + row[0]) * (row[0] * row[3] == 1 ? 3 : 1) * (1 + 0.02 * stream.normal())
    }
    return (rows, performance)
  }

  @Test func interactionsAreLearnedAndIntervalsCover() throws {
    let train = measurements(80, seed: 1)
    let model = try PerformanceModel(configurations: train.rows, performance: train.performance, seed: RunSeed(1))
    let test = measurements(400, seed: 2)
    var error = 0.0
    var covered = 0
    for (row, actual) in zip(test.rows, test.performance) {
      let prediction = model.predict(row)
      error += abs(prediction.value - actual) / actual / 400
      if prediction.lowerBound <= actual && actual <= prediction.upperBound { covered += 1 }
    }
    #expect(error < 0.03)
    #expect(covered >= 330 && covered <= 395)
    #expect(model.residualCount == 80)
  }

  @Test func sameSeedIsTheSameModel() throws {
    let train = measurements(40, seed: 3)
    let settings = PerformanceModel.Settings(trees: 20, optionShare: 0.5)
    func model(_ seed: UInt64) throws -> PerformanceModel {
      try PerformanceModel(
        configurations: train.rows, performance: train.performance, seed: RunSeed(seed), settings: settings)
    }
    #expect(try model(1) == model(1))
    #expect(try model(1) != model(2))
  }

  @Test func refusesWhatItCannotLearn() {
    let train = measurements(20, seed: 4)
    #expect(throws: PerformanceModelError.tooFewMeasurements(count: 19, least: 20)) {
      try PerformanceModel(
        configurations: Array(train.rows.prefix(19)), performance: Array(train.performance.prefix(19)), seed: RunSeed(1)
      )
    }
    var performance = train.performance
    performance[4] = 0
    #expect(throws: PerformanceModelError.notPositive(index: 4)) {
      try PerformanceModel(configurations: train.rows, performance: performance, seed: RunSeed(1))
    }
    var rows = train.rows
    rows[7] = [1]
    #expect(throws: PerformanceModelError.shapeMismatch) {
      try PerformanceModel(configurations: rows, performance: train.performance, seed: RunSeed(1))
    }
  }

  @Test func anIntervalBeyondTheResidualsIsUnbounded() throws {
    let train = measurements(20, seed: 5)
    let model = try PerformanceModel(configurations: train.rows, performance: train.performance, seed: RunSeed(1))
    #expect(model.predict(train.rows[0], coverage: 0.99).upperBound == .infinity)
    #expect(model.predict(train.rows[0], coverage: 0.9).upperBound < .infinity)
  }
}
