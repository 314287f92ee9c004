import AccuracyReport
import SimulationKernel
import SimulationSeries

/// Run times of MariaDB configurations: learned from 100 random ones, judged on all others, 30 seeds.
struct Configurations {
  private static let training = 100
  private static let seeds = 30
  private static let revision = "10.4.7"

  var model = Comparison()
  var constant = Comparison()
  var linear = Comparison()
  /// Predictions whose 90 % interval holds the measured value.
  var covered = 0

  init(_ path: String) throws {
    let lines = try Files.lines(path).map { $0.split(separator: ";", omittingEmptySubsequences: false) }
    let header = lines[0].map(String.init)
    guard let revision = header.firstIndex(of: "revision"), let target = header.firstIndex(of: "performance") else {
      throw Unreadable(path: path)
    }
    let chosen = lines.dropFirst().filter { $0[revision] == Self.revision }
    let rows = chosen.map { $0[..<revision].map { Double($0) ?? .nan } }
    let times = chosen.map { Double($0[target]) ?? .nan }
    for seed in 0..<Self.seeds {
      var order = Array(rows.indices)
      var stream = RunSeed(UInt64(seed)).stream(for: "sample")
      order.shuffle(using: &stream)
      let train = order.prefix(Self.training)
      let trainRows = train.map { rows[$0] }
      let trainTimes = train.map { times[$0] }
      let forest = try PerformanceModel(
        configurations: trainRows, performance: trainTimes, seed: RunSeed(UInt64(seed)))
      let mean = trainTimes.reduce(0, +) / Double(Self.training)
      let line = Baseline.Linear(rows: trainRows, targets: trainTimes)
      for index in order.dropFirst(Self.training) {
        let prediction = forest.predict(rows[index])
        model.add(prediction.value, times[index])
        constant.add(mean, times[index])
        linear.add(line.predict(rows[index]), times[index])
        if (prediction.lowerBound...prediction.upperBound).contains(times[index]) { covered += 1 }
      }
    }
  }
}
