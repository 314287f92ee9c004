/// The failures that a set of metric series announces within a horizon, and what can't be told.
public struct FailureOutlook: Sendable, Hashable {
  /// In the order of the series given, then limit, anomaly, drift.
  public private(set) var failures: [SeriesFailure] = []
  public private(set) var unknown: [UnknownOutlook] = []

  /// Least probability of a failure that is named.
  public static let leastProbability = 0.05
  /// Steps back within which an anomaly or drift counts as present.
  public static let recentSteps = 12

  /// - Parameter horizon: Seconds ahead, above 0.
  public init(series: [MetricSeries], horizon: Double, settings: AnomalyDetector.Settings = .init()) {
    precondition(horizon > 0 && horizon.isFinite, "a horizon lies ahead")
    for one in series {
      if let limit = one.limit { lookAhead(one, limit: limit, horizon: horizon) }
      lookForAnomaly(one, settings: settings)
      lookForDrift(one)
    }
  }

  private mutating func lookAhead(_ series: MetricSeries, limit: MetricSeries.Limit, horizon: Double) {
    let (code, bound): (SeriesFailureCode, Double) =
      switch limit {
      case .load(let value): (.saturation, value)
      case .store(let value): (.exhaustion, value)
      }
    guard bound.isFinite else {
      unknown.append(UnknownOutlook(metric: series.metric, code: code, reason: "the limit isn't a finite number"))
      return
    }
    if let last = series.values.last(where: \.isFinite), last >= bound {
      append(
        code, series, probability: 1, expected: 0, earliest: 0, latest: 0, ["\(last) has reached the limit \(bound)"])
    } else if let forecast = Self.forecast(series, horizon: horizon) {
      follow(forecast, series, code, bound)
    } else {
      follow(series, code, bound, horizon: horizon)
    }
  }

  /// A forecast where a season is known and a part held back can bound each step; `nil` elsewhere.
  private static func forecast(_ series: MetricSeries, horizon: Double) -> SeriesForecast? {
    let steps = (horizon / series.step).rounded(.up)
    guard let period = series.period, period > 1, steps <= Double(max(period, series.values.count / 5)) / 2 else {
      return nil
    }
    return try? SeriesForecast(values: series.values, period: period, horizon: Int(steps))
  }

  /// The probability is that of the likeliest step, a lower bound of that of any.
  private mutating func follow(
    _ forecast: SeriesForecast, _ series: MetricSeries, _ code: SeriesFailureCode, _ bound: Double
  ) {
    let odds = forecast.steps.indices.compactMap { forecast.probability(ofReaching: bound, at: $0) }
    guard odds.count == forecast.steps.count, let probability = odds.max() else {
      unknown.append(
        UnknownOutlook(metric: series.metric, code: code, reason: "too few held-back values bound the forecast"))
      return
    }
    guard probability >= Self.leastProbability else { return }
    func first(_ reaches: (ForecastStep) -> Bool) -> Double? {
      forecast.steps.firstIndex(where: reaches).map { Double($0 + 1) * series.step }
    }
    append(
      code, series, probability: probability, expected: first { $0.value >= bound },
      earliest: first { ($0.interval?.upperBound ?? -.infinity) >= bound },
      latest: first { ($0.interval?.lowerBound ?? -.infinity) >= bound },
      [
        "forecast by \(forecast.model) peaks at \(forecast.steps.map(\.value).max() ?? .nan); the limit is \(bound)"
      ],
      Backtest(forecast, at: forecast.steps.firstIndex { $0.value >= bound } ?? odds.firstIndex(of: probability) ?? 0))
  }

  private mutating func follow(
    _ series: MetricSeries, _ code: SeriesFailureCode, _ bound: Double, horizon: Double
  ) {
    let times = series.values.indices.map { Double($0) * series.step }
    guard let trend = TheilSen(times: times, values: series.values) else {
      let reason = "fewer than \(TheilSen.leastCount) values"
      unknown.append(UnknownOutlook(metric: series.metric, code: code, reason: reason))
      return
    }
    // A trend is believed for as long again as it was seen.
    let seen = Double(series.values.count - 1) * series.step
    guard horizon <= 2 * seen else {
      unknown.append(
        UnknownOutlook(metric: series.metric, code: code, reason: "\(seen) s of data don't tell of \(horizon) s"))
      return
    }
    guard let probability = trend.probability(ofReaching: bound, after: horizon) else {
      unknown.append(UnknownOutlook(metric: series.metric, code: code, reason: "the slope has no bounds"))
      return
    }
    guard probability >= Self.leastProbability else { return }
    var expected: Double?
    var earliest: Double?
    var latest: Double?
    if case .ahead(let middle, let low, let high) = TimeToThreshold(trend: trend, threshold: bound) {
      (expected, earliest, latest) = (middle, low, high)
    }
    append(
      code, series, probability: probability, expected: expected, earliest: earliest, latest: latest,
      [
        "grows by \(trend.slope) per s (90 % interval \(trend.slopeLowerBound) to \(trend.slopeUpperBound))",
        "now at \(trend.level) of \(bound)",
      ], Backtest(trendOf: series, trend, ahead: min(horizon, expected ?? horizon)))
  }

  private mutating func lookForAnomaly(_ series: MetricSeries, settings: AnomalyDetector.Settings) {
    var detector = AnomalyDetector(settings: settings)
    var alarm: (index: Int, surprise: Double)?
    var isKnown = false
    for (index, value) in series.values.enumerated() {
      let observation = detector.observe(value)
      isKnown = isKnown || observation.surprise != nil
      if observation.isAlarm, let surprise = observation.surprise { alarm = (index, surprise) }
    }
    guard isKnown else {
      unknown.append(
        UnknownOutlook(metric: series.metric, code: .anomaly, reason: "too few values to know what is usual"))
      return
    }
    guard let alarm, series.values.count - alarm.index <= Self.recentSteps else { return }
    let time = -Double(series.values.count - 1 - alarm.index) * series.step
    append(
      .anomaly, series, probability: nil, expected: time, earliest: time, latest: time,
      ["so unusual a stretch has a probability of 10^-\(alarm.surprise)"])
  }

  private mutating func lookForDrift(_ series: MetricSeries) {
    guard let blocks = IndependentBlocks(series.values, period: series.period) else {
      let reason = "too few values that don't depend on each other"
      unknown.append(UnknownOutlook(metric: series.metric, code: .drift, reason: reason))
      return
    }
    var test = PageHinkley(reference: blocks.means.count / 2)
    var last: (index: Int, drift: PageHinkley.Drift)?
    for (index, mean) in blocks.means.enumerated() {
      if let drift = test.observe(mean) { last = (index, drift) }
    }
    let recent = max(1, Self.recentSteps / blocks.size)
    guard let last, blocks.means.count - last.index <= max(recent, blocks.means.count / 10) else { return }
    let time = -Double((blocks.means.count - 1 - last.index) * blocks.size) * series.step
    append(
      .drift, series, probability: nil, expected: time, earliest: time, latest: time,
      ["the mean moved \(last.drift == .up ? "up" : "down") from that of the first half"])
  }

  private mutating func append(
    _ code: SeriesFailureCode, _ series: MetricSeries, probability: Double?, expected: Double?, earliest: Double?,
    latest: Double?, _ evidence: [String], _ backtest: Backtest? = nil
  ) {
    failures.append(
      SeriesFailure(
        code: code, metric: series.metric, probability: probability, expected: expected, earliest: earliest,
        latest: latest, evidence: evidence, backtest: backtest))
  }
}
