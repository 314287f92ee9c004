import AccuracyReport
import SimulationBehaviour
import SimulationCalibration

/// Calibrated car following: fitted to the first 60 % of each pair, the leader replayed over the last 40 % from the true
/// gap and speed at the split.
enum FollowingFigure {
  private static let holdoutShare = 0.4
  private static let seed: UInt64 = 1
  private static let files = [
    (name: "dynamic_part4_ACC_short.csv", title: "ACC, short setting", aim: 0.97),
    (name: "handling_part22_human.csv", title: "human drivers", aim: 5.8),
  ]

  static func run(_ folder: String) throws {
    Table.heading("Calibrated car following")
    print(
      "OpenACC, ZalaZONE (real cars, 10 Hz). The driver's parameters are fitted to the first 60 % of each pair; over the "
        + "last 40 % only the leader's speed and the gap and speed at the split are given. The inner columns repeat that "
        + "within the first 60 %. Uncalibrated: the IDM with its published parameters.\n")
    for file in files {
      let recording = try OpenACC("\(folder)/OpenACC_ZalaZONE/\(file.name)")
      var rows: [[String]] = []
      var (inner, held, relative, published): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
      var collisions = 0.0
      for pair in recording.pairs {
        let fit = try CarFollowingFit.fit(pair.rows, holdoutShare: holdoutShare, seed: seed)
        let split = Int((Double(pair.rows.count) * (1 - holdoutShare)).rounded())
        let inside = try CarFollowingFit.fit(Array(pair.rows[..<split]), holdoutShare: holdoutShare, seed: seed)
        inner.append(inside.holdout["gap_rmse_m"] ?? .nan)
        held.append(fit.holdout["gap_rmse_m"] ?? .nan)
        relative.append(fit.holdout["gap_relative_error"] ?? .nan)
        let uncalibrated = CarFollowingFit.metrics(of: DriverParameters(), over: Array(pair.rows[split...]))
        published.append(uncalibrated["gap_rmse_m"] ?? .nan)
        collisions += fit.holdout["simulated_collisions"] ?? .nan
        func figure(_ metrics: [String: Double], _ name: String) -> String { Table.number(metrics[name] ?? .nan) }
        rows.append([
          pair.name, figure(fit.fit, "gap_rmse_m"), Table.number(inner[inner.count - 1]),
          figure(fit.holdout, "gap_rmse_m"), Table.number(100 * relative[relative.count - 1], 1),
          figure(fit.holdout, "speed_rmse_mps"), figure(fit.holdout, "min_simulated_gap_m"),
          Table.number(published[published.count - 1]),
        ])
      }
      print("\n\(file.title) (`\(file.name)`), seed \(seed):\n")
      Table.print(
        header: [
          "pair", "fitted, RMSE m", "inner held back, m", "held back, m", "relative, %", "speed, m/s",
          "least simulated gap, m", "uncalibrated, m",
        ], rows: rows)
      let median = Self.median(held)
      print(
        "\nMedian held back \(Table.number(median)) m (\(Table.number(100 * Self.median(relative), 1)) %), inner "
          + "\(Table.number(Self.median(inner))) m, uncalibrated \(Table.number(Self.median(published))) m; "
          + "\(Int(collisions)) simulated collisions.")
      Claims.add(
        "Calibrated car following, \(file.title)", aim: "median gap RMSE at most \(file.aim) m, no collision",
        measured: "\(Table.number(median)) m over \(held.count) pairs, \(Int(collisions)) collisions",
        isMet: median <= file.aim && collisions == 0)
    }
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
  }
}
