import FleetCore
import TwinProto

/// Puts what was predicted of metrics beside what came.
struct ForecastRecords: Sendable {
  /// Values that are settled at one look; the next goes on.
  static let mostSettled = 1_000
  /// Metrics are kept for 30 days; what is due for longer and has no value never gets one.
  static let longestWait = 30.0 * 86_400

  let store: any PredictionStore

  /// Records what the given series tell of values that are due.
  func settle(_ pasts: [SeriesPast], environment: String, target: String, at now: UTCInstant) async throws {
    let due = try await store.expected(
      environment: environment, target: target, until: now.microseconds, limit: Self.mostSettled)
    guard !due.isEmpty else { return }
    let series = Dictionary(pasts.map { (Name($0.series.target, $0.series.metric, $0.labels), $0) }) { first, _ in first
    }
    var settled: [Int64] = []
    var residuals: [Residual] = []
    for (ordinal, value) in due {
      let past = series[Name(value.target, value.metric, value.labels)]
      let time = UTCInstant(microseconds: value.dueTime)
      // The newest step may still be growing.
      if let past, time < past.last, let actual = past.value(at: time) {
        settled.append(ordinal)
        let regime = past.name(in: environment)
        residuals.append(
          Residual(
            simulationID: "\(regime)@\(value.madeTime / 1_000_000)", metric: value.metric, appliedTime: value.dueTime,
            environment: environment, model: FailureConfidence.model, regime: regime, predicted: value.predicted,
            actual: actual, interval: value.interval))
      } else if now.seconds(since: time) > Self.longestWait {
        settled.append(ordinal)
      }
    }
    if !settled.isEmpty { try await store.settle(settled, residuals) }
  }

  private struct Name: Hashable {
    var target: String
    var metric: String
    var labels: String

    init(_ target: String, _ metric: String, _ labels: String) {
      (self.target, self.metric, self.labels) = (target, metric, labels)
    }
  }
}
