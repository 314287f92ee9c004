import AccuracyReport
import SimulationKernel
import SimulationSeries

/// Forecasts of hourly means of measured series, and time to a threshold on drawn ones whose answer is known.
enum ForecastFigure {
  static func report(folder: String) throws {
    let all =
      try NABFolder.series("realTweets", root: folder) + NABFolder.series("realAWSCloudwatch", root: folder)
    Table.heading("Forecasts: hourly means, 24 hours ahead from each of the last four days")
    var rows: [[String]] = []
    var total = (chosen: 0.0, naive: 0.0, covered: 0, bounded: 0, count: 0.0)
    for series in all {
      let hours = stride(from: 0, to: series.values.count - 11, by: 12).map { start in
        series.values[start..<(start + 12)].reduce(0, +) / 12
      }
      var sum = (chosen: 0.0, naive: 0.0, covered: 0, bounded: 0)
      var models: [String] = []
      for day in 0..<4 {
        let end = hours.count - 24 * (4 - day)
        let history = Array(hours[..<end])
        let actual = Array(hours[end..<(end + 24)])
        let forecast = try SeriesForecast(values: history, period: 24, horizon: 24)
        let naive = try SeasonalNaive(fitting: history, period: 24).forecast(24)
        sum.chosen += error(forecast.steps.map(\.value), actual, history) / 4
        sum.naive += error(naive, actual, history) / 4
        for (step, value) in zip(forecast.steps, actual) {
          guard let interval = step.interval else { continue }
          sum.bounded += 1
          if interval.contains(value) { sum.covered += 1 }
        }
        let name = forecast.model.description
        if !models.contains(name) { models.append(name) }
      }
      rows.append([
        series.name, models.joined(separator: "; "), Table.number(sum.chosen), Table.number(sum.naive),
        Table.number(100 * Double(sum.covered) / Double(max(1, sum.bounded)), 1),
      ])
      total.chosen += sum.chosen
      total.naive += sum.naive
      total.covered += sum.covered
      total.bounded += sum.bounded
      total.count += 1
    }
    rows.append([
      "all", "", Table.number(total.chosen / total.count), Table.number(total.naive / total.count),
      Table.number(100 * Double(total.covered) / Double(max(1, total.bounded)), 1),
    ])
    let coverage = Double(total.covered) / Double(max(1, total.bounded))
    Claims.add(
      "90 % intervals, \(total.bounded) hourly forecasts", aim: "cover 87 to 93 %",
      measured: Table.number(100 * coverage, 1) + " %", isMet: (0.87...0.93).contains(coverage))
    Claims.add(
      "Forecast a day ahead, mean MASE", aim: "below seasonal naive's",
      measured: Table.number(total.chosen / total.count) + " against " + Table.number(total.naive / total.count),
      isMet: total.chosen < total.naive)
    Table.print(
      header: ["series", "chosen", "MASE", "MASE of seasonal naive", "90 % intervals cover %"], rows: rows)
    timeToThreshold()
  }

  /// Lines with autocorrelated noise whose crossing is known.
  private static func timeToThreshold() {
    Table.heading("Time to a threshold: 1,000 drawn series of 100 points each")
    var rows: [[String]] = []
    for correlation in [0.0, 0.3, 0.6, 0.8] {
      var stream = RunSeed(1).stream(for: "threshold \(correlation)")
      var covered = 0
      var open = 0
      for _ in 0..<1_000 {
        var noise = 0.0
        let times = (0..<100).map(Double.init)
        let values = times.map { time in
          noise = correlation * noise + stream.normal(standardDeviation: 5)
          return 0.5 * time + noise
        }
        guard case .ahead(_, let earliest, let latest) = TimeToThreshold(times: times, values: values, threshold: 80)
        else { continue }
        // The line is at 80 after 160, which is 61 after the last point.
        if earliest <= 61 && 61 <= latest ?? .infinity { covered += 1 }
        if latest == nil { open += 1 }
      }
      rows.append([
        Table.number(correlation, 1), Table.number(Double(covered) / 10, 1), Table.number(Double(open) / 10, 1),
      ])
    }
    Table.print(header: ["correlation of neighbours", "90 % interval covers %", "latest is never %"], rows: rows)
  }

  private static func error(_ forecast: [Double], _ actual: [Double], _ history: [Double]) -> Double {
    MeanAbsoluteScaledError.of(forecast: forecast, actual: actual, history: history, period: 24) ?? .nan
  }
}
