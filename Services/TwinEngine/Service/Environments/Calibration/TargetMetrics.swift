import FleetCore
import TwinProto

/// The metrics of one target, as calibration uses them.
struct TargetMetrics: Sendable {
  struct Point: Sendable, Hashable {
    /// Seconds since 1970.
    var time: Double
    var value: Double
  }

  /// One series.
  struct Series: Sendable, Hashable {
    var labels: [String: String]
    /// Ascending by time.
    var points: [Point]
  }

  private var series: [String: [Series]] = [:]

  /// - Parameter metrics: those of the target.
  init(_ metrics: [MetricSeries]) {
    for one in metrics {
      let points = one.points.compactMap { point in
        point.time.flatMap { UTCInstant($0) }.map { Point(time: Double($0.microseconds) * 1e-6, value: point.value) }
      }
      series[one.metric, default: []].append(Series(labels: one.labels, points: points.sorted { $0.time < $1.time }))
    }
  }

  /// The series of a metric, in the order in which they came.
  func all(_ metric: String) -> [Series] { series[metric] ?? [] }

  /// The mean of each step that lies in whole steps since 1970, summed over the series of the metric; a step that one
  /// of them says nothing of is left out.
  func steps(_ metric: String, of length: Double) -> [Int64: Double] {
    let parts = all(metric).filter { !$0.points.isEmpty }.map { Self.means($0.points, length) }
    guard let first = parts.first else { return [:] }
    return first.filter { step, _ in parts.allSatisfy { $0[step] != nil } }.reduce(into: [:]) { sums, step in
      sums[step.key] = parts.reduce(0) { $0 + ($1[step.key] ?? 0) }
    }
  }

  static func means(_ points: [Point], _ length: Double) -> [Int64: Double] {
    var sums: [Int64: (sum: Double, count: Double)] = [:]
    for point in points {
      let step = Int64((point.time / length).rounded(.down))
      let old = sums[step] ?? (0, 0)
      sums[step] = (old.sum + point.value, old.count + 1)
    }
    return sums.mapValues { $0.sum / $0.count }
  }

  /// Values of two metrics in the same steps, in the order of time.
  func pairs(_ a: String, _ b: String, of length: Double) -> [(step: Int64, a: Double, b: Double)] {
    let (first, second) = (steps(a, of: length), steps(b, of: length))
    return first.keys.sorted().compactMap { step in
      guard let x = first[step], let y = second[step] else { return nil }
      return (step, x, y)
    }
  }

  /// What counters grew by between neighbouring points, in the order of time; of times that all of them have.
  ///
  /// - Parameter gauges: the values at both ends come with each growth; a counter's reset gives none.
  func growths(of counters: [String], with gauges: [String] = []) -> [Growth] {
    let names = counters + gauges
    let values = names.map { name in
      let points = all(name).count == 1 ? all(name)[0].points : []
      return Dictionary(points.map { (Int64(($0.time * 1e3).rounded()), $0.value) }) { $1 }
    }
    guard let first = values.first else { return [] }
    let times = first.keys.filter { time in values.allSatisfy { $0[time] != nil } }.sorted()
    return zip(times, times.dropFirst()).compactMap { before, after in
      func at(_ time: Int64, _ index: Int) -> Double { values[index][time] ?? .nan }
      let grown = counters.indices.map { at(after, $0) - at(before, $0) }
      guard grown.allSatisfy({ $0 >= 0 }) else { return nil }
      let held = gauges.indices.map { (at(before, counters.count + $0), at(after, counters.count + $0)) }
      return Growth(
        start: Double(before) * 1e-3, seconds: Double(after - before) * 1e-3, counters: grown, gauges: held)
    }
  }

  struct Growth: Sendable {
    /// Seconds since 1970.
    var start: Double
    var seconds: Double
    var counters: [Double]
    /// At the start and at the end.
    var gauges: [(before: Double, after: Double)]
  }
}
