import AccuracyReport

let arguments = CommandLine.arguments
guard arguments.count >= 2 else {
  fatalError("usage: series-accuracy <data folder> [anomalies|failures|configurations|forecasts]")
}
let data = arguments[1]
let only = arguments.count > 2 ? arguments[2] : nil

print("# Accuracy of the series models")
if only == nil || only == "anomalies" { try AnomalyFigure.report(folder: data + "/nab") }
if only == nil || only == "failures" { try FailureFigure.report(folder: data + "/petshop-rca/dataset/low_traffic") }
if only == nil || only == "configurations" { try ConfigurationFigure.report(folder: data + "/config-perf/MariaDB") }
if only == nil || only == "forecasts" { try ForecastFigure.report(folder: data + "/nab") }
