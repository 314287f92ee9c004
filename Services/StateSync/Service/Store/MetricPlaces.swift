import FleetCore
import NIOCore
import SimulationInput
import TwinConversions

// What both stores of environments share.

extension EnvironmentBoundReached {
  static let environments = EnvironmentBoundReached(
    description: "there may be at most \(EnvironmentLimits.environments) environments")
  static let series = EnvironmentBoundReached(
    description: "an environment may have at most \(EnvironmentLimits.series) metric series")
}

extension UTCInstant {
  static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The day in UTC, counted from 1970.
  var day: Int64 { start(ofStep: Self.microsecondsPerDay) / Self.microsecondsPerDay }

  /// The start of the step of this length, counted from 1970, that it lies in; µs.
  func start(ofStep step: Int64) -> Int64 {
    let rest = microseconds % step
    return microseconds - (rest < 0 ? rest + step : rest)
  }
}

extension SeriesName {
  /// Its labels as the store compares them: a JSON object with sorted keys.
  var labelText: String {
    let members = labels.sorted { Mirror.utf8Order($0.key, $1.key) }.map { "\(Self.quoted($0)):\(Self.quoted($1))" }
    return "{\(members.joined(separator: ","))}"
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// Orders lists: by target, metric, labels. No name holds the character between them, which comes before all others.
  var orderKey: String { "\(target)\0\(metric)\0\(labelText)" }
}

extension Sequence {
  /// The elements in the order of the series that they are of.
  func sorted(bySeries name: (Element) -> SeriesName) -> [Element] {
    map { (key: name($0).orderKey, element: $0) }.sorted { Mirror.utf8Order($0.key, $1.key) }.map(\.element)
  }
}

extension MetricQuery {
  /// The first moment of a series that the page may hold.
  func start(of series: Int64) -> UTCInstant {
    guard let after, after.seriesKey == series else { return from }
    return max(from, UTCInstant(microseconds: after.time.microseconds + (step ?? 1)))
  }
}

extension Sequence<TargetRecord> {
  /// As many from the start as have states of at most `bytes` together; at least one.
  func prefix(bytes: Int) -> [TargetRecord] {
    var sum = 0
    return Array(
      prefix { target in
        defer { sum += target.state.encodedBytes }
        return sum == 0 || sum + target.state.encodedBytes <= bytes
      })
  }
}
