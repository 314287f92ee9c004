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
    var from = window.to.adding(seconds: -lookback)
    if let since = window.since { from = max(from, since.adding(seconds: -max(Self.overlap, step))) }
    // Whole steps, so that points of one moment have one time in every sync.
    let first = (Double(from.microseconds) * 1e-6 / step).rounded(.up) * step
    let last = (Double(window.to.microseconds) * 1e-6 / step).rounded(.down) * step
    return try await HTTPReader.with(config, on: eventLoops) { http in
      var reading = MirrorReading()
      var newest: [String: [String: UTCInstant]] = [:]
      for rule in rules {
        var start = first
        while start <= last {
          let end = min(last, start + step * (Self.maximumSteps - 1))
          let query = rule.query.replacing("$step", with: "\(Int(step))s")
          let answer = try await http.object(
            "/api/v1/query_range",
            [("query", query), ("start", Self.text(start)), ("end", Self.text(end)), ("step", Self.text(step))])
          try Self.take(answer ?? [:], rule, config.text("target"), &reading, &newest)
          start = end + step
        }
      }
      return reading
    }
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

  // MARK: Answers

  private static func take(
    _ answer: TargetState, _ rule: PrometheusMapping.Rule, _ fixed: String?, _ reading: inout MirrorReading,
    _ newest: inout [String: [String: UTCInstant]]
  ) throws {
    guard answer["status"] == .string("success"), case .array(let series)? = answer["data"]?["result"] else {
      let reason = answer["error"]?.summary ?? "no result"
      throw SourceFailure("query_range for \(rule.metric): \(reason)")
    }
    guard series.count <= maximumSeries else {
      throw SourceFailure("query_range for \(rule.metric): more than \(maximumSeries) series")
    }
    for one in series {
      guard let target = fixed ?? target(of: one, rule) else { continue }
      var labels: [String: String] = [:]
      for label in rule.labels ?? [] {
        if case .string(let value)? = one["metric"]?[label], !value.isEmpty { labels[label] = value }
      }
      let points = points(of: one, scale: rule.scale ?? 1)
      guard let last = points.last else { continue }
      let name = SeriesName(target: target, metric: rule.metric, labels: labels)
      reading.metrics[name, default: []] += points
      var state = reading.targets[target] ?? ReportedTarget(kind: rule.kind, state: [:])
      if let key = rule.stateKey, newest[target]?[key].map({ $0 <= last.time }) ?? true {
        state.state[key] = .number(last.value)
        newest[target, default: [:]][key] = last.time
      }
      reading.targets[target] = state
    }
  }

  private static func target(of series: InputValue, _ rule: PrometheusMapping.Rule) -> String? {
    for label in rule.targetLabels ?? [] {
      guard case .string(let value)? = series["metric"]?[label], !value.isEmpty else { continue }
      guard rule.cutsPort == true, let colon = value.lastIndex(of: ":"),
        value[value.index(after: colon)...].allSatisfy(\.isNumber)
      else { return value }
      return String(value[..<colon])
    }
    return rule.target
  }

  /// Values come as `[seconds, "text"]`; what isn't a finite number says nothing.
  private static func points(of series: InputValue, scale: Double) -> [SeriesPoint] {
    guard case .array(let values)? = series["values"] else { return [] }
    return values.compactMap { pair in
      guard case .array(let parts) = pair, parts.count == 2, case .number(let seconds) = parts[0],
        case .string(let text) = parts[1], let value = Double(text), value.isFinite, (value * scale).isFinite,
        abs(seconds) < 9e9
      else { return nil }
      return SeriesPoint(time: UTCInstant(microseconds: Int64((seconds * 1e6).rounded())), value: value * scale)
    }
  }
}
