import FleetCore
import SimulationInput

/// What a Prometheus answered to one rule of a mapping.
struct PrometheusAnswer: Sendable {
  struct Series: Sendable {
    var labels: [String: String]
    var points: [SeriesPoint]
  }

  var rule: PrometheusMapping.Rule
  var series: [Series]

  // MARK: From JSON

  /// The series of an answer to a range query.
  ///
  /// - Throws: `SourceFailure` that says what the server says.
  static func series(in answer: TargetState, of rule: PrometheusMapping.Rule) throws -> [Series] {
    guard answer["status"] == .string("success"), case .array(let series)? = answer["data"]?["result"] else {
      let reason = answer["error"]?.summary ?? "no result"
      throw SourceFailure("query_range for \(rule.metric): \(reason)")
    }
    return series.compactMap { one in
      let points = points(of: one, scale: rule.scale ?? 1)
      return points.isEmpty ? nil : Series(labels: labels(of: one), points: points)
    }
  }

  private static func labels(of series: InputValue) -> [String: String] {
    guard case .object(let members)? = series["metric"] else { return [:] }
    return members.reduce(into: [:]) { labels, member in
      if case .string(let value) = member.value, !value.isEmpty { labels[member.name] = value }
    }
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

  // MARK: Meaning

  /// Metrics and state of the targets that the answers tell of.
  ///
  /// - Parameter fixedTarget: name of the only target; nil where labels tell.
  /// - Throws: `SourceFailure` where two series would become one.
  static func reading(of answers: [PrometheusAnswer], fixedTarget: String?) throws -> MirrorReading {
    var reading = MirrorReading()
    var newest: [String: [String: UTCInstant]] = [:]
    var origins: [SeriesName: [String: String]] = [:]
    let shared = hostsOfSeveral(answers)
    for answer in answers {
      let rule = answer.rule
      for series in answer.series {
        guard let target = fixedTarget ?? answer.target(of: series, shared) else { continue }
        let labels = series.labels.filter { rule.labels?.contains($0.key) ?? false }
        let name = SeriesName(target: target, metric: rule.metric, labels: labels)
        // Long ranges come in parts, so the same series may come again, and rules may share a metric.
        let origin = series.labels.merging(["": rule.query]) { $1 }
        guard origins[name, default: origin] == origin else {
          throw SourceFailure(
            "\(rule.metric) of target '\(target)' has several series: the mapping must name labels that tell them "
              + "apart, or add them up")
        }
        origins[name] = origin
        reading.metrics[name, default: []] += series.points
        var state = reading.targets[target] ?? ReportedTarget(kind: rule.kind, state: [:])
        if let key = rule.stateKey, let last = series.points.last,
          newest[target]?[key].map({ $0 <= last.time }) ?? true
        {
          state.state[key] = .number(last.value)
          newest[target, default: [:]][key] = last.time
        }
        reading.targets[target] = state
      }
    }
    return reading
  }

  /// A host of some kind of target.
  private struct Host: Hashable {
    var kind: String
    var name: String
  }

  /// Hosts on which several targets of one kind are told apart only by the port.
  private static func hostsOfSeveral(_ answers: [PrometheusAnswer]) -> Set<Host> {
    var names: [Host: Set<String>] = [:]
    for answer in answers where answer.rule.cutsPort == true {
      for series in answer.series {
        guard let name = answer.name(of: series), let host = host(of: name) else { continue }
        names[Host(kind: answer.rule.kind, name: host), default: []].insert(name)
      }
    }
    return Set(names.filter { $0.value.count > 1 }.keys)
  }

  private func target(of series: Series, _ shared: Set<Host>) -> String? {
    guard let name = name(of: series) else { return rule.target }
    guard rule.cutsPort == true, let host = Self.host(of: name),
      !shared.contains(Host(kind: rule.kind, name: host))
    else { return name }
    return host
  }

  /// The first label that names the target.
  private func name(of series: Series) -> String? {
    rule.targetLabels?.lazy.compactMap { series.labels[$0] }.first
  }

  /// What precedes the port; nil where there is none.
  private static func host(of name: String) -> String? {
    guard let colon = name.lastIndex(of: ":"), name[name.index(after: colon)...].allSatisfy(\.isNumber) else {
      return nil
    }
    return String(name[..<colon])
  }
}
