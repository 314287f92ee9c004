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
struct FailureForecast: Sendable {
  /// Longest horizon, h.
  static let longest = 2_160.0
  static let usual = 168.0

  let mirror: any EnvironmentMirror

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
    let states = Dictionary(targets.map { ($0.name, $0.state?.fields ?? [:]) }) { $1 }
    var outcome = Outcome(environment: environment, failures: [])
    for series in all {
      try Task.checkCancellation()
      guard let past = SeriesPast(series, step: window.step) else { continue }
      outcome.dataTime = max(outcome.dataTime ?? past.last, past.last)
      outcome.failures += Self.failures(past, state: states[series.target] ?? [:], hours: hours)
      // One question mustn't keep all others waiting.
      await Task.yield()
    }
    outcome.failures.sort { Self.order($0) < Self.order($1) }
    return outcome
  }

  private static func failures(_ past: SeriesPast, state: [String: ProtoValue], hours: Double) -> [PredictedFailure] {
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
    return found.map { PredictedFailure($0, of: past, limit: limit, hours: hours) }
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

  /// When its newest value was true: in the middle of its step.
  var newestTime: UTCInstant { last.adding(seconds: step / 2) }
}
