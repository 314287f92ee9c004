import SimulationKernel
import SimulationSeries

/// Performance learning on measured MariaDB configurations: train on n random ones, predict all others.
enum ConfigurationFigure {
  struct Outcome { let error: Double, coverage: Double }

  static func report(folder: String) throws {
    let lines = try Files.lines(folder + "/measurements.csv").map { $0.split(separator: ";", omittingEmptySubsequences: false) }
    let header = lines[0].map(String.init)
    guard let revision = header.firstIndex(of: "revision"), let target = header.firstIndex(of: "performance") else {
      throw Unreadable(path: folder)
    }
    let chosen = lines.dropFirst().filter { $0[revision] == "10.3.7" }
    let configurations = chosen.map { $0[..<revision].map { Double($0) ?? .nan } }
    let performance = chosen.map { Double($0[target]) ?? .nan }
    Table.heading("Performance learning: MariaDB 10.4.7, \(chosen.count) configurations, 30 seeds")
    for share in [0.3,0.5,0.7,0.85,1.0] {
      var settings = PerformanceModel.Settings(); settings.optionShare = share
    var rows: [[String]] = []
    for count in [100] {
      var errors: [Double] = []
      var coverages: [Double] = []
      for seed in 0..<30 {
        let outcome = try run(configurations, performance, count: count, seed: UInt64(seed), settings)
        errors.append(outcome.error)
        coverages.append(outcome.coverage)
      }
      rows.append([
        "\(share)", "\(count)", Table.number(100 * errors.reduce(0, +) / 30, 2), Table.number(100 * (errors.max() ?? 0), 2),
        Table.number(100 * coverages.reduce(0, +) / 30, 1), Table.number(100 * (coverages.min() ?? 0), 1),
        Table.number(100 * (coverages.max() ?? 0), 1),
      ])
    }
    Table.print(
      header: ["share", "n", "mean relative error %", "worst seed %", "90 % interval covers %", "least %", "most %"], rows: rows)
    }
  }

  static func run(_ configurations: [[Double]], _ performance: [Double], count: Int, seed: UInt64, _ settings: PerformanceModel.Settings) throws -> Outcome {
    var order = Array(configurations.indices)
    var stream = RunSeed(seed).stream(for: "sample")
    order.shuffle(using: &stream)
    let train = order.prefix(count)
    let model = try PerformanceModel(
      configurations: train.map { configurations[$0] }, performance: train.map { performance[$0] }, seed: RunSeed(seed), settings: settings)
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
