import FleetCore
import SimulationInput
import SimulationSeries
import TwinConversions
import TwinProto

extension PredictedFailure {
  /// A failure of a series as the contract words it.
  ///
  /// - Parameter confidence: nil for what is there already and for what predicts nothing.
  init(
    _ failure: SeriesFailure, of past: SeriesPast, limit: MetricLimit?, hours: Double, confidence: FailureConfidence?
  ) {
    let series = past.series
    let labels = series.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    let subject = "\(series.metric)\(labels.isEmpty ? "" : " {\(labels)}") of \(series.target)"
    let unit = Self.unit(of: series.metric)
    var inputs: [InputValue.Member] = [
      .init("newest_value", .number(past.newest)), .init("step_s", .number(past.step)),
      .init("steps", .number(Double(past.values.count))), .init("horizon_h", .number(hours)),
    ]
    inputs += series.labels.sorted { $0.key < $1.key }.map { .init("label_\($0.key)", .string($0.value)) }
    guard let probability = failure.probability, let limit else {
      let words = failure.code == .drift ? "has moved lastingly" : "behaves unusually"
      let since = failure.expected.map { " since \(Self.text(-$0 / 3_600)) h before its newest value" } ?? ""
      self.init(
        code: failure.code.rawValue, target: series.target, metric: series.metric, severity: .info,
        message: "\(subject) \(words)\(since): "
          + "\(failure.evidence.joined(separator: "; ")). Its past doesn't tell how probable a failure is, so none is given",
        evidence: Evidence(
          model: failure.code == .drift ? "page_hinkley" : "nearest_stretches",
          equation: failure.code == .drift
            ? "m_t = sum (x_i - mean - delta), alarm where m_t leaves its extreme by lambda"
            : "surprise = -log10 P(score), score the mean distance to the ten nearest stretches",
          inputs: ProtoStruct(inputs), value: past.newest, unit: unit,
          source: failure.code == .drift
            ? "Page, Continuous inspection schemes, Biometrika 41 (1954)"
            : "Burnaev and Ishimtsev, arXiv:1608.04585 (2016)"))
      return
    }
    func time(_ seconds: Double?) -> ProtoTimestamp? {
      seconds.map { past.newestTime.adding(seconds: $0).timestamp }
    }
    let isReached = failure.expected == 0 && probability == 1
    if let confidence, let backtest = failure.backtest {
      inputs += [
        .init("predicted_value", .number(limit.isFalling ? -backtest.predicted : backtest.predicted)),
        .init("predicted_in_h", .number(Double(backtest.lead) * past.step / 3_600)),
        .init("tolerance", .number(confidence.allowed)),
        .init("residuals", .number(Double(confidence.residualCount))),
      ]
      if let coverage = confidence.coverage { inputs.append(.init("residual_coverage", .number(coverage))) }
      if let interval = confidence.interval {
        inputs += [.init("predicted_low", .number(interval.low)), .init("predicted_high", .number(interval.high))]
      }
    }
    let bound = "\(Self.text(limit.bound)) \(unit) (\(limit.meaning))".replacing("  ", with: " ")
    let outlook =
      isReached
      ? "has reached \(bound) with \(Self.text(past.newest))"
      : "is at \(Self.text(past.newest)) and nears \(bound): probability \(Self.text(probability)) within "
        + "\(Self.text(hours)) h"
        + (failure.expected.map { ", expected in \(Self.text($0 / 3_600)) h" } ?? ", no time is the likeliest")
    self.init(
      code: limit.code, target: series.target, metric: series.metric,
      severity: Self.severity(probability, isReached: isReached, isOutage: limit.isOutage),
      message: "\(subject) \(outlook)", probability: probability, expectedTime: time(failure.expected),
      earliestTime: time(failure.earliest), latestTime: time(failure.latest),
      evidence: Evidence(
        model: "failure_outlook", equation: "P(value at the horizon reaches the bound), by season or robust trend",
        inputs: ProtoStruct(inputs), value: past.newest, unit: unit, threshold: limit.bound,
        source: "Sen, JASA 63 (1968); Holt and Winters with split-conformal intervals (Lei et al., JASA 113, 2018)"),
      confidence: isReached ? FailureConfidence.reached : confidence?.value ?? 0,
      calibrated: !isReached && confidence?.isCalibrated ?? false)
  }

  /// An outage that is there is critical; one that is likelier than not is high, and so on down; what only slows is one
  /// level lower.
  private static func severity(_ probability: Double, isReached: Bool, isOutage: Bool) -> Severity {
    switch (isReached, probability) {
    case (true, _): isOutage ? .critical : .high
    case (_, 0.5...): isOutage ? .high : .medium
    case (_, 0.2...): isOutage ? .medium : .low
    default: .low
    }
  }

  private static func unit(of metric: String) -> String {
    let units = ["bytes": "byte", "gb": "GB", "percent": "%", "share": "1", "ms": "ms", "cores": "cores"]
    if metric.hasSuffix("_per_s") { return "1/s" }
    return metric.split(separator: "_").last.flatMap { units[String($0)] } ?? ""
  }

  /// Four significant digits.
  private static func text(_ number: Double) -> String {
    guard number != 0, number.isFinite, number.magnitude < 1e15 else { return InputValue.text(of: number) }
    var scale = 1.0
    while number.magnitude * scale < 1_000 { scale *= 10 }
    return InputValue.text(of: (number * scale).rounded() / scale)
  }
}
