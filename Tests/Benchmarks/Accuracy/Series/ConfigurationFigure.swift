import AccuracyReport
import SimulationKernel
import SimulationSeries

/// Performance learning on measured MariaDB configurations: train on n random ones, predict all others.
enum ConfigurationFigure {
  struct Outcome { let error: Double, coverage: Double }

  static func report(folder: String) throws {
    let lines = try Files.lines(folder + "/measurements.csv").map {
      $0.split(separator: ";", omittingEmptySubsequences: false)
    }
    let header = lines[0].map(String.init)
    guard let revision = header.firstIndex(of: "revision"), let target = header.firstIndex(of: "performance") else {
      throw Unreadable(path: folder)
    }
    let chosen = lines.dropFirst().filter { $0[revision] == "10.4.7" }
    let configurations = chosen.map { $0[..<revision].map { Double($0) ?? .nan } }
    let performance = chosen.map { Double($0[target]) ?? .nan }
    Table.heading("Performance learning: MariaDB 10.4.7, \(chosen.count) configurations, 30 seeds")
    var rows: [[String]] = []
    for count in [50, 100, 200] {
      var errors: [Double] = []
      var coverages: [Double] = []
      for seed in 0..<30 {
        let outcome = try run(configurations, performance, count: count, seed: UInt64(seed))
        errors.append(outcome.error)
        coverages.append(outcome.coverage)
      }
      if count == 100 {
        let error = errors.reduce(0, +) / 30
        let coverage = coverages.reduce(0, +) / 30
        Claims.add(
          "Performance of MariaDB configurations, mean relative error (n = 100)", aim: "at most 5 %",
          measured: Table.number(100 * error) + " %", isMet: error <= 0.05)
        Claims.add(
          "90 % intervals, \(30 * (configurations.count - count)) held-out predictions of MariaDB",
          aim: "cover 87 to 93 %",
          measured: Table.number(100 * coverage, 1) + " %", isMet: (0.87...0.93).contains(coverage))
      }
      rows.append(
        ["\(count)"] + [errors.reduce(0, +) / 30, errors.max() ?? 0].map { Table.number(100 * $0) }
          + [coverages.reduce(0, +) / 30, coverages.min() ?? 0, coverages.max() ?? 0].map { Table.number(100 * $0, 1) })
    }
    Table.print(
      header: ["n", "mean relative error %", "worst seed %", "90 % interval covers %", "least %", "most %"], rows: rows)
  }

  static func run(_ configurations: [[Double]], _ performance: [Double], count: Int, seed: UInt64) throws -> Outcome {
    var order = Array(configurations.indices)
    var stream = RunSeed(seed).stream(for: "sample")
    order.shuffle(using: &stream)
    let train = order.prefix(count)
    let model = try PerformanceModel(
      configurations: train.map { configurations[$0] }, performance: train.map { performance[$0] }, seed: RunSeed(seed))
    var error = 0.0
    var covered = 0
    for index in order.dropFirst(count) {
      let prediction = model.predict(configurations[index])
      error += abs(prediction.value - performance[index]) / performance[index]
      if prediction.lowerBound <= performance[index], performance[index] <= prediction.upperBound { covered += 1 }
    }
    let others = Double(order.count - count)
    return Outcome(error: error / others, coverage: Double(covered) / others)
  }
}
