import FleetCore
import NIOCore
import SimulationInput

/// Reads a Prometheus HTTP API: range queries that a mapping turns into metrics and state of targets.
///
/// https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries: at most 11,000 points a series.
struct PrometheusConnector: SourceConnector {
  static let usualStep = 60.0
  /// How far back the first sync reads, s.
  static let usualLookback = 86_400.0
  /// What is read again, since series may arrive late, s.
  static let overlap = 300.0
  /// Points of one series in one answer; the API refuses more than 11,000.
  static let maximumSteps = 10_000.0
  /// Steps of rates where the source's own step is too short for how often the server scrapes, s: four scrapes of the
  /// server's usual minute, and of five.
  static let widerSteps = [240.0, 1_200]
  /// Series that one rule may give.
  static let maximumSeries = 5_000

  let eventLoops: any EventLoopGroup

  let requiredRole = "read access to the HTTP API (/api/v1/query_range)"

  func problems(with config: SourceConfig) -> [SourceConfig.Problem] {
    var problems = config.problems(
      [
        "url": .url, "token_file": .text, "ca_file": .text, "mappings": .texts, "mapping_file": .text,
        "target": .text, "step_s": .number(1...3_600), "lookback_s": .number(60...2_592_000),
      ], required: ["url"])
    let unknown = config.texts("mappings").filter { PrometheusMapping.ready[$0] == nil }
    if !unknown.isEmpty {
      let known = PrometheusMapping.ready.keys.sorted().joined(separator: ", ")
      problems.append(.init(key: "mappings", description: "must be of \(known)"))
    }
    if config.texts("mappings").isEmpty, config.text("mapping_file") == nil {
      problems.append(.init(key: "mappings", description: "or mapping_file is required"))
    }
    return problems
  }

  func read(_ config: SourceConfig, window: ReadingWindow) async throws -> MirrorReading {
    let rules = try Self.rules(config)
    let step = config.number("step_s") ?? Self.usualStep
    let lookback = config.number("lookback_s") ?? Self.usualLookback
    return try await HTTPReader.with(config, on: eventLoops) { http in
      var answers: [PrometheusAnswer] = []
      for rule in rules {
        var series: [PrometheusAnswer.Series] = []
        for step in Self.steps(of: rule, atLeast: step) where series.isEmpty {
          series = try await Self.series(http, rule, Self.range(window, step: step, lookback: lookback))
        }
        answers.append(PrometheusAnswer(rule: rule, series: series))
      }
      return try PrometheusAnswer.reading(of: answers, fixedTarget: config.text("target"))
    }
  }

  /// The steps that a rule is asked with until one gives anything.
  ///
  /// A rate needs two samples in its window, which is the step, so that windows don't overlap. Where the server scrapes
  /// too seldom for that, wider steps are tried.
  static func steps(of rule: PrometheusMapping.Rule, atLeast step: Double) -> [Double] {
    [step] + (rule.query.contains("$step") ? widerSteps.filter { $0 > step } : [])
  }

  /// Moments of a range query, s since 1970: whole steps, so that points of one moment have one time in every sync.
  private struct Range {
    var first: Double
    var last: Double
    var step: Double
  }

  private static func range(_ window: ReadingWindow, step: Double, lookback: Double) -> Range {
    // However short, it holds a whole step.
    var from = window.to.adding(seconds: -max(lookback, step))
    if let since = window.since { from = max(from, since.adding(seconds: -max(overlap, step))) }
    return Range(
      first: (Double(from.microseconds) * 1e-6 / step).rounded(.up) * step,
      last: (Double(window.to.microseconds) * 1e-6 / step).rounded(.down) * step, step: step)
  }

  private static func series(_ http: HTTPReader, _ rule: PrometheusMapping.Rule, _ range: Range) async throws
    -> [PrometheusAnswer.Series]
  {
    var series: [PrometheusAnswer.Series] = []
    var start = range.first
    while start <= range.last {
      let end = min(range.last, start + range.step * (maximumSteps - 1))
      let query = rule.query.replacing("$step", with: "\(Int(range.step))s")
      let answer = try await http.object(
        "/api/v1/query_range",
        [("query", query), ("start", text(start)), ("end", text(end)), ("step", text(range.step))])
      let part = try PrometheusAnswer.series(in: answer ?? [:], of: rule)
      guard part.count <= maximumSeries else {
        throw SourceFailure("query_range for \(rule.metric): more than \(maximumSeries) series")
      }
      series += part
      start = end + range.step
    }
    return series
  }

  private static func rules(_ config: SourceConfig) throws -> [PrometheusMapping.Rule] {
    var rules: [PrometheusMapping.Rule] = []
    for name in config.texts("mappings") {
      guard let text = PrometheusMapping.ready[name] else { throw SourceFailure("there is no mapping '\(name)'") }
      rules += try PrometheusMapping(yaml: text).rules
    }
    if let path = config.text("mapping_file") {
      let bytes = try config.files.file(path, key: "mapping_file", maximumBytes: 1 << 20)
      rules += try PrometheusMapping(yaml: String(decoding: bytes, as: UTF8.self)).rules
    }
    return rules
  }

  private static func text(_ seconds: Double) -> String { InputValue.text(of: seconds) }
}
