let arguments = CommandLine.arguments
guard arguments.count >= 2 else { fatalError("usage: series-accuracy <data folder> [nab|petshop|configuration]") }
let data = arguments[1]
let only = arguments.count > 2 ? arguments[2] : nil
if only == nil || only == "nab" { try AnomalyFigure.report(folder: data + "/nab") }
if only == nil || only == "petshop" { try FailureFigure.report(folder: data + "/petshop-rca/dataset/low_traffic") }
if only == nil || only == "configuration" { try ConfigurationFigure.report(folder: data + "/config-perf/MariaDB") }
