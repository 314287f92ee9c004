import FleetCore
import RPCCore
import RPCErrors
import SimulationSeries
import TwinProto

/// Predicts the failures that an environment's metrics announce.
///
/// Each series is looked at by `FailureOutlook`; what can't be told of it is no failure. For horizons up to a day it sees
/// a week in steps of ten minutes, for longer ones all 30 days that are kept in steps of an hour: a trend is believed
/// for twice as long as it was seen.
///
/// What it predicts of a value it keeps, and once the value is there, a later look at the same series records what came:
/// such residuals count for the confidence of the next prediction and stand in the track record.
struct FailureForecast: Sendable {
  /// Longest horizon, h.
  static let longest = 2_160.0
  static let usual = 168.0

  let mirror: any EnvironmentMirror
  let store: any PredictionStore

  /// What was found, soonest first.
  struct Outcome: Sendable {
    var environment: Environment
    var failures: [PredictedFailure]
    /// Start of the newest step with a value.
    var dataTime: UTCInstant?
  }

  private struct Window {
    var step: Double
    var length: Double

    init(hours: Double) { (step, length) = hours <= 24 ? (600, 7 * 86_400) : (3_600, 30 * 86_400) }
  }

  /// - Parameters:
  ///   - target: only this one; empty for all.
  ///   - hours: how far ahead.
  /// - Throws: `ServiceFault` for what isn't there or can't be asked.
  func outlook(environment id: String, target: String, hours: Double, at now: UTCInstant) async throws -> Outcome {
    let environment = try await mirror.environment(id)
    let targets = try await mirror.targets(of: environment.id, named: target)
    let window = Window(hours: hours)
    let all = try await mirror.series(
      ListMetricsRequest(
        environmentID: environment.id, from: now.adding(seconds: -window.length).timestamp, to: now.timestamp,
        target: target, stepS: window.step))
    guard target.isEmpty || !targets.isEmpty || !all.isEmpty else {
      throw ServiceFault(
        .notFound, .targetNotFound, "\(environment.id) has no target \(target)", facts: ["target": target])
    }
    let pasts = all.compactMap { SeriesPast($0, step: window.step) }
    try await ForecastRecords(store: store).settle(pasts, environment: environment.id, target: target, at: now)
    let states = Dictionary(targets.map { ($0.name, $0.state?.fields ?? [:]) }) { $1 }
    var outcome = Outcome(environment: environment, failures: [])
    var expected: [ExpectedValue] = []
    for past in pasts {
      try Task.checkCancellation()
      outcome.dataTime = max(outcome.dataTime ?? past.last, past.last)
      outcome.failures += try await failures(
        past, in: environment.id, state: states[past.series.target] ?? [:], hours: hours, &expected)
      // One question mustn't keep all others waiting.
      await Task.yield()
    }
    try await store.expect(expected)
    outcome.failures.sort { Self.order($0) < Self.order($1) }
    return outcome
  }

  /// - Parameter expected: what is predicted of values is added.
  private func failures(
    _ past: SeriesPast, in environment: String, state: [String: ProtoValue], hours: Double,
    _ expected: inout [ExpectedValue]
  ) async throws -> [PredictedFailure] {
    let metric = past.series.metric
    guard !MetricPast.isCounter(metric) else { return [] }
    let period = MetricPast.isLoad(metric) ? Int(86_400 / past.step) : nil
    func look(_ values: [Double], _ limit: SimulationSeries.MetricSeries.Limit?) -> [SeriesFailure] {
      FailureOutlook(
        series: [.init(metric: metric, values: values, step: past.step, limit: limit, period: period)],
        horizon: hours * 3_600
      ).failures
    }
    let limit = MetricLimit.of(metric, labels: past.series.labels, state: state)
    var found: [SeriesFailure]
    if let limit, limit.isFalling {
      // The outlook looks for what rises.
      found =
        look(past.values.map { -$0 }, .store(-limit.bound)).filter { $0.probability != nil } + look(past.values, nil)
    } else {
      found = look(past.values, limit.map { $0.isOutage ? .store($0.bound) : .load($0.bound) })
    }
    if MetricPast.fillsUp(metric) { found.removeAll { $0.code == .drift } }
    var failures: [PredictedFailure] = []
    for failure in found {
      var confidence: FailureConfidence?
      if let backtest = failure.backtest, let limit {
        let regime = past.name(in: environment)
        let one = FailureConfidence(
          backtest,
          recorded: try await store.residuals(
            model: FailureConfidence.model, regime: regime, limit: ResidualCalibration.window),
          distance: limit.bound - past.newest, isFalling: limit.isFalling, regime: regime)
        confidence = one
        expected.append(
          ExpectedValue(
            environment: environment, target: past.series.target, metric: metric, labels: past.labels,
            madeTime: past.last.microseconds,
            dueTime: past.last.adding(seconds: Double(backtest.lead) * past.step).microseconds,
            predicted: limit.isFalling ? -backtest.predicted : backtest.predicted, interval: one.interval))
      }
      failures.append(PredictedFailure(failure, of: past, limit: limit, hours: hours, confidence: confidence))
    }
    return failures
  }

  /// Soonest first; what is there before what is to come, and what has no expected time by its earliest.
  private static func order(_ failure: PredictedFailure) -> FailureOrder {
    let isAhead = failure.expectedTime != nil || failure.earliestTime != nil
    let time = (failure.expectedTime ?? failure.earliestTime).flatMap { UTCInstant($0) }
    return FailureOrder(
      time: isAhead ? time?.nanoseconds ?? .max : failure.probability > 0 ? .max : .min,
      names: [failure.target, failure.metric, failure.code, failure.message])
  }

  private struct FailureOrder: Comparable {
    var time: Int64
    var names: [String]

    static func < (a: Self, b: Self) -> Bool {
      a.time == b.time ? a.names.lexicographicallyPrecedes(b.names) : a.time < b.time
    }
  }
}

/// A series at equal distances.
struct SeriesPast: Sendable {
  let series: TwinProto.MetricSeries
  /// s.
  let step: Double
  /// Oldest first; a step without a value is NaN.
  let values: [Double]
  /// Start of the last step.
  let last: UTCInstant

  /// - Parameter series: means of steps that are `step` seconds long, at their starts, ascending.
  /// - Returns: nil without a point.
  init?(_ series: TwinProto.MetricSeries, step: Double) {
    let points = series.points.compactMap { point in
      point.time.flatMap { UTCInstant($0) }.map { (time: $0, value: point.value) }
    }
    guard let first = points.first, let last = points.last else { return nil }
    func index(_ time: UTCInstant) -> Int { Int((time.seconds(since: first.time) / step).rounded()) }
    var values = Array(repeating: Double.nan, count: max(0, index(last.time)) + 1)
    for point in points where values.indices.contains(index(point.time)) { values[index(point.time)] = point.value }
    (self.series, self.step, self.values, self.last) = (series, step, values, last.time)
  }

  /// The newest value; NaN where there is none.
  var newest: Double { values.last(where: \.isFinite) ?? .nan }

  /// The value of the step that begins at a time; nil without one.
  func value(at time: UTCInstant) -> Double? {
    let place = (time.seconds(since: last) / step).rounded() + Double(values.count - 1)
    guard place >= 0, place < Double(values.count), values[Int(place)].isFinite else { return nil }
    return values[Int(place)]
  }

  /// The labels in the order of their names, such as "device=sda,mountpoint=/"; empty without any.
  var labels: String {
    series.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }

  /// The series for people and as the regime of its residuals, such as "production/db/disk_free_gb".
  func name(in environment: String) -> String {
    "\(environment)/\(series.target)/\(series.metric)" + (labels.isEmpty ? "" : "{\(labels)}")
  }

  /// When its newest value was true: in the middle of its step.
  var newestTime: UTCInstant { last.adding(seconds: step / 2) }
}
