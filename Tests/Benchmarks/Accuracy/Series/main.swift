let arguments = CommandLine.arguments
guard arguments.count >= 2 else { fatalError("usage: series-accuracy <data folder>") }
try ConfigurationFigure.report(folder: arguments[1] + "/config-perf/MariaDB")
