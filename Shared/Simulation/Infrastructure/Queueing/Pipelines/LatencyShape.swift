/// A response distribution as a few quantiles with the share around each, to be mixed with those of other steps.
struct LatencyShape: Sendable {
  struct Point: Sendable {
    var latency: Double
    var share: Double
  }

  private(set) var points: [Point] = []
  /// The quantiles that the points were taken from.
  private let known: [Point]
  private static let pieces = 16
  private static let shares = [0.5, 0.9, 0.99, 0.999]
  /// Of the exceedance: more than a bin of the histogram can tell.
  private static let tolerance = 1e-4

  /// The share of each piece between two quantiles, which no distribution changes: straight below the median; above it in
  /// the logarithm of the exceedance, as tails go.
  private static let weights: [[Double]] = zip([0] + shares, shares).map { low, high in
    func share(_ edge: Int) -> Double {
      let position = Double(edge) / Double(pieces)
      guard low > 0 else { return high * position }
      return 1 - (1 - low) * Elementary.power((1 - high) / (1 - low), position)
    }
    return (0..<pieces).map { share($0 + 1) - share($0) }
  }

  var p50: Double { known[1].latency }
  var p99: Double { known[3].latency }

  /// - Parameter near: a similar distribution's shape, which saves most of the search.
  init(_ response: ResponseDistribution, near: LatencyShape? = nil) {
    var known = [Point(latency: response.minimum, share: 0)]
    for (index, share) in Self.shares.enumerated() {
      let latency = response.quantile(share, tolerance: Self.tolerance, near: near?.known[index + 1].latency)
      known.append(Point(latency: latency, share: share))
    }
    self.known = known
    points.reserveCapacity(Self.weights.count * Self.pieces + 1)
    for (index, weights) in Self.weights.enumerated() {
      let (low, high) = (known[index].latency, known[index + 1].latency)
      for piece in 0..<Self.pieces {
        let position = (Double(piece) + 0.5) / Double(Self.pieces)
        points.append(Point(latency: low + (high - low) * position, share: weights[piece]))
      }
    }
    points.append(Point(latency: known[4].latency * 2 - known[3].latency, share: 0.001))
  }

  func add(to histogram: inout LatencyHistogram, weight: Double, delay: Double = 0) {
    for point in points { histogram.add(delay + point.latency, weight: weight * point.share) }
  }
}
