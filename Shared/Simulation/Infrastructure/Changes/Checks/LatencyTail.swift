#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The tail of a latency distribution from its measured quantiles: lognormal between and beyond them.
///
/// Latencies of services are skewed to the right and their logarithm is close to normal in the tail that monitoring
/// shows (e.g. the heavy tails in Dean and Barroso, "The tail at scale", CACM 56(2), 2013).
struct LatencyTail: Sendable {
  /// Standard normal quantiles of 95, 99 and 99.9 %.
  private static let scores: [(name: String, z: Double)] = [
    ("p95", 1.644854), ("p99", 2.326348), ("p999", 3.090232),
  ]
  /// σ of ln(latency) when only one quantile is known: p99/p50 = 10.
  private static let usualSpread = 0.99

  /// Points of the line ln(x) = μ + σz, ascending in z.
  private let points: [(z: Double, logarithm: Double)]
  let isMeasuredTwice: Bool

  /// - Parameter read: the quantile called "p95", "p99" or "p999", in any unit; nil where it is unknown.
  init?(_ read: (String) -> Double?) {
    points = Self.scores.compactMap { name, z in
      read(name).flatMap { $0 > 0 ? (z, log($0)) : nil }
    }
    guard !points.isEmpty else { return nil }
    isMeasuredTwice = points.count > 1
  }

  /// The share of requests that take longer than `limit`, in the quantiles' unit.
  func share(over limit: Double) -> Double {
    guard limit > 0 else { return 1 }
    let x = log(limit)
    var segment = (points[0], points.count > 1 ? points[1] : (points[0].z + 1, points[0].logarithm + Self.usualSpread))
    for index in points.indices.dropFirst() where points[index - 1].logarithm <= x {
      segment = (points[index - 1], points[index])
    }
    let slope = max(1e-6, (segment.1.1 - segment.0.logarithm) / (segment.1.0 - segment.0.z))
    let z = segment.0.z + (x - segment.0.logarithm) / slope
    return 0.5 * erfc(z / 2.0.squareRoot())
  }
}
