import AccuracyReport
import SimulationCalibration

// Calibrations against recordings of the data folder; prints Markdown.
guard CommandLine.arguments.count == 2 else { fatalError("usage: calibration-accuracy <data folder>") }
let folder = CommandLine.arguments[1]
try FollowingFigure.run(folder)
try FuelFigure.run(folder)
