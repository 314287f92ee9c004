import AccuracyReport
import SimulationCalibration

// Calibrations against recordings of the data folder; prints Markdown.
guard CommandLine.arguments.count == 2 else { fatalError("usage: calibration-accuracy <data folder>") }
let folder = CommandLine.arguments[1]
try FollowingFigure.run(folder)
if Files.isReadable("\(folder)/EPA_2022/22-tstcar.csv") {
  try FuelFigure.run(folder)
} else {
  print("\nThe EPA's test-car list isn't there, so fuel isn't judged.")
}
