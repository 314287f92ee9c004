/// A response distribution as a few quantiles with the share around each, to be mixed with those of other steps.
struct LatencyShape: Sendable {
  struct Point: Sendable {
    var latency: Double
    var share: Double
  }

  private(set) var points: [Point] = []
  private static let pieces = 16

  /// - Parameters:
  ///   - p50: the median, where it is known already.
  ///   - p99: the 99 % quantile, likewise.
  init(_ response: ResponseDistribution, p50: Double? = nil, p99: Double? = nil) {
    let median = p50 ?? response.quantile(0.5)
    let known: [Point] = [
      Point(latency: min(median, response.quantile(0.01)), share: 0), Point(latency: median, share: 0.5),
      Point(latency: response.quantile(0.9), share: 0.9),
      Point(latency: p99 ?? response.quantile(0.99), share: 0.99),
      Point(latency: response.quantile(0.999), share: 0.999),
    ]
    for (low, high) in zip(known, known.dropFirst()) {
      // Straight below the median; above it in the logarithm of the exceedance, as tails go.
      func share(_ edge: Int) -> Double {
        let position = Double(edge) / Double(Self.pieces)
        guard low.share > 0 else { return high.share * position }
        return 1 - (1 - low.share) * Elementary.power((1 - high.share) / (1 - low.share), position)
      }
      for piece in 0..<Self.pieces {
        let position = (Double(piece) + 0.5) / Double(Self.pieces)
        points.append(
          Point(
            latency: low.latency + (high.latency - low.latency) * position, share: share(piece + 1) - share(piece)))
      }
    }
    points.append(Point(latency: known[4].latency * 2 - known[3].latency, share: 0.001))
  }

  func add(to histogram: inout LatencyHistogram, weight: Double, delay: Double = 0) {
    for point in points { histogram.add(delay + point.latency, weight: weight * point.share) }
  }
}
