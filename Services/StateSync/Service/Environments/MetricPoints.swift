import FleetCore
import RPCErrors
import TwinProto

/// Checks metric points before they are stored.
struct MetricPoints: Sendable {
  /// A point that says it was true later than this after our clock is refused, s.
  static let furthestAhead = 60.0

  /// Points that can be stored, and how many are too old to be kept.
  struct Checked: Sendable, Hashable {
    var series: [SeriesName: [SeriesPoint]] = [:]
    var stored: UInt64 = 0
    var expired: UInt64 = 0
  }

  /// The earliest moment that is kept.
  static func horizon(at now: UTCInstant) -> UTCInstant {
    UTCInstant(microseconds: now.microseconds - Int64(EnvironmentLimits.metricDays) * UTCInstant.microsecondsPerDay)
  }

  /// Reads pushed series.
  ///
  /// - Throws: `ServiceFault` that names every field that is wrong; nothing is stored then.
  static func read(_ pushed: [MetricSeries], at now: UTCInstant) throws -> Checked {
    let count = pushed.reduce(0) { $0 + $1.points.count }
    guard count <= EnvironmentLimits.pushedPoints, pushed.count <= EnvironmentLimits.pushedPoints else {
      throw ServiceFault.invalid(
        "series", "must have at most \(EnvironmentLimits.pushedPoints) points together, not \(count)")
    }
    var checked = Checked()
    var violations: [ServiceFault.FieldViolation] = []
    for (place, series) in pushed.enumerated() {
      let field = "series[\(place)]"
      let name = SeriesName(target: series.target, metric: series.metric, labels: series.labels)
      violations += problems(with: name).map { .init("\(field).\($0.field)", $0.description) }
      for (index, point) in series.points.enumerated() {
        guard let time = point.time.flatMap({ UTCInstant($0) }), time.nanoseconds >= 0 else {
          violations.append(.init("\(field).points[\(index)].time", "is required and must lie in 1970 to 2262"))
          continue
        }
        if time.seconds(since: now) > furthestAhead {
          violations.append(
            .init("\(field).points[\(index)].time", "is more than \(Int(furthestAhead)) s ahead of our clock"))
        }
        if !point.value.isFinite {
          violations.append(.init("\(field).points[\(index)].value", "must be a finite number"))
        }
        guard violations.count < 64 else { throw ServiceFault.invalid(violations) }
        checked.add(SeriesPoint(time: UTCInstant(microseconds: time.microseconds), value: point.value), to: name, now)
      }
    }
    guard violations.isEmpty else { throw ServiceFault.invalid(violations) }
    return checked
  }

  /// Keeps of what a connector read what can be stored.
  static func admit(_ series: [SeriesName: [SeriesPoint]], at now: UTCInstant) -> Checked {
    var checked = Checked()
    for (name, points) in series where problems(with: name).isEmpty {
      for point in points where point.value.isFinite && point.time.seconds(since: now) <= furthestAhead {
        checked.add(
          SeriesPoint(time: UTCInstant(microseconds: point.time.microseconds), value: point.value), to: name, now)
      }
    }
    return checked
  }

  private static func problems(with name: SeriesName) -> [ServiceFault.FieldViolation] {
    var problems: [ServiceFault.FieldViolation] = []
    if let problem = InlineTargets.problem(withName: name.target) { problems.append(.init("target", problem)) }
    if let problem = InlineTargets.problem(withName: name.metric) {
      problems.append(.init("metric", problem.replacing("target", with: "metric")))
    }
    let isFitting = name.labels.allSatisfy { label, value in
      (1...EnvironmentLimits.labelLength).contains(label.count) && value.count <= EnvironmentLimits.labelLength
        && !label.utf8.contains(0) && !value.utf8.contains(0)
    }
    if !isFitting || name.labels.count > EnvironmentLimits.labels {
      problems.append(
        .init(
          "labels",
          "must be at most \(EnvironmentLimits.labels), each of at most \(EnvironmentLimits.labelLength) characters"))
    }
    return problems
  }
}

extension MetricPoints.Checked {
  fileprivate mutating func add(_ point: SeriesPoint, to name: SeriesName, _ now: UTCInstant) {
    guard point.time >= MetricPoints.horizon(at: now) else {
      expired += 1
      return
    }
    series[name, default: []].append(point)
    stored += 1
  }
}
