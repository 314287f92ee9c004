import AccuracyReport
import SimulationSeries

/// Anomaly detection on the Numenta Anomaly Benchmark: bounds from the tweet series, judged on the AWS series.
enum AnomalyFigure {
  /// A detector as scores per row, of which a bound makes alarms.
  struct Contender {
    let name: String
    let scores: (LabelledSeries) -> [Double?]
    let bounds: [Double]
  }

  private static let quietSteps = 150

  static func report(folder: String) throws {
    let tweets = try NABFolder.series("realTweets", root: folder)
    let judged = try NABFolder.series("realAWSCloudwatch", root: folder)
    Table.heading("Anomaly detection: Numenta Anomaly Benchmark, standard profile")
    print("Bounds are chosen on the tweet series; \"left out\" chooses each series' bound on the other nine.\n")
    var rows: [[String]] = []
    for contender in contenders() {
      let scores = tweets.map(contender.scores)
      let perBound = contender.bounds.map { bound in zip(tweets, scores).map { score([$0.0], [$0.1], bound: bound) } }
      let totals = perBound.map { $0.reduce(0) { $0 + gain($1) } }
      let best = largest(totals)
      var leftOut = 0.0
      var possible = 0.0
      for index in tweets.indices {
        let others = zip(totals, perBound).map { $0 - gain($1[index]) }
        leftOut += gain(perBound[largest(others)][index])
        possible += Double(2 * perBound[0][index].windows)
      }
      let chosen = contender.bounds[best]
      let onJudged = score(judged, judged.map(contender.scores), bound: chosen)
      rows.append(
        [contender.name, Table.number(chosen, 2), Table.number(100 * leftOut / possible, 1)]
          + cells(score(tweets, scores, bound: chosen), tweets) + cells(onJudged, judged))
    }
    let cells = ["score", "recall", "precision", "false/day"]
    Table.print(
      header: ["detector", "bound", "tweets left out"] + cells.map { "tweets " + $0 } + cells.map { "AWS " + $0 },
      rows: rows)
    asShipped([("tweets", tweets), ("AWS", judged)])
  }

  /// The detector with its own bound and quiet period, series by series.
  private static func asShipped(_ folders: [(name: String, series: [LabelledSeries])]) {
    print("\nAs shipped (`AnomalyDetector`, default settings):\n")
    var rows: [[String]] = []
    for folder in folders {
      var total = NABScore()
      for series in folder.series {
        var detector = AnomalyDetector()
        let alarms = series.values.indices.filter { detector.observe(series.values[$0]).isAlarm }
        var score = NABScore()
        score.add(count: series.values.count, windows: series.windows, alarms: alarms)
        total.add(count: series.values.count, windows: series.windows, alarms: alarms)
        rows.append([series.name] + cells(score, [series]))
      }
      if folder.name == "AWS" {
        let score = total.normalised ?? .nan
        Claims.add(
          "NAB standard profile, \(folder.series.count) AWS files that are there to look at", aim: "above 51.7",
          measured: Table.number(score, 1), isMet: score > 51.7)
      }
      rows.append(["all of \(folder.name)"] + cells(total, folder.series))
    }
    Table.print(header: ["series", "score", "recall", "precision", "false alarms a day"], rows: rows)
  }

  private static func contenders() -> [Contender] {
    let wide = (0..<160).map { 1.5 * power(1.035, $0) }
    let surprise = (0..<120).map { 1 + 0.03 * Double($0) }
    var list = [
      Contender(
        name: "robust z, 288 values",
        scores: { series in
          var detector = RobustZ()
          return series.values.map { detector.observe($0) }
        }, bounds: wide),
      Contender(
        name: "EWMA chart, λ = 0.2",
        scores: { series in
          var detector = EWMAChart()
          return series.values.map { detector.observe($0) }
        }, bounds: wide),
    ]
    for lengths in [[6], [19], [48], [6, 19, 48]] {
      var settings = AnomalyDetector.Settings()
      settings.lengths = lengths
      list.append(
        Contender(
          name: "nearest stretches, lengths \(lengths)",
          scores: { [settings] series in
            var detector = AnomalyDetector(settings: settings)
            return series.values.map { detector.observe($0).surprise }
          }, bounds: surprise))
    }
    return list
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  private static func largest(_ values: [Double]) -> Int {
    values.indices.max { (values[$0], -$0) < (values[$1], -$1) } ?? 0
  }

  /// What a score adds over a silent detector.
  private static func gain(_ score: NABScore) -> Double { score.raw + Double(score.windows) }

  private static func score(_ all: [LabelledSeries], _ scores: [[Double?]], bound: Double) -> NABScore {
    var result = NABScore()
    for (series, values) in zip(all, scores) {
      var alarms: [Int] = []
      for row in NABScore.probation(of: values.count)..<values.count where (values[row] ?? 0) >= bound {
        if let last = alarms.last, row - last < quietSteps { continue }
        alarms.append(row)
      }
      result.add(count: values.count, windows: series.windows, alarms: alarms)
    }
    return result
  }

  private static func cells(_ score: NABScore, _ all: [LabelledSeries]) -> [String] {
    [
      Table.number(score.normalised ?? .nan, 1), Table.number(score.recall ?? .nan, 2),
      Table.number(score.precision ?? .nan, 2),
      Table.number(Double(score.falseAlarms) / all.reduce(0) { $0 + $1.scoredDays }, 2),
    ]
  }
}
