#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A straight line through points, by ordinary least squares.
///
/// The deviation of the slope is widened for residuals that follow each other, as those of metrics do: n points whose
/// residuals correlate by r from one to the next tell as much as n(1 − r)/(1 + r) independent ones (Bayley and
/// Hammersley, "The effective number of independent observations in an autocorrelated time series", 1946).
struct LinearFit: Sendable, Hashable {
  var slope: Double
  var intercept: Double
  /// Standard deviation of the slope.
  var slopeDeviation: Double
  /// Standard deviation of the intercept.
  var interceptDeviation: Double
  var count: Int

  /// - Parameters:
  ///   - x: in the order of time.
  ///   - y: as many.
  /// - Returns: nil of fewer than three points, or when x doesn't vary.
  init?(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count, "each x has a y")
    let n = Double(x.count)
    guard x.count >= 3 else { return nil }
    let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xx, xy) = (0.0, 0.0)
    for (a, b) in zip(x, y) {
      xx += (a - meanX) * (a - meanX)
      xy += (a - meanX) * (b - meanY)
    }
    guard xx > 0, xx.isFinite, xy.isFinite else { return nil }
    let slope = xy / xx
    let intercept = meanY - slope * meanX
    let residuals = zip(x, y).map { $1 - intercept - slope * $0 }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    let inflation = Self.inflation(residuals, squares)
    (self.slope, self.intercept, count) = (slope, intercept, x.count)
    slopeDeviation = (squares / (n - 2) / xx * inflation).squareRoot()
    interceptDeviation = slopeDeviation * (xx / n + meanX * meanX).squareRoot()
  }

  /// How many times fewer independent points there are, at least 1.
  static func inflation(_ residuals: [Double], _ squares: Double) -> Double {
    guard squares > 0 else { return 1 }
    let products = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    // Perfect correlation would leave nothing to go by.
    let correlation = min(max(products / squares, 0), 0.99)
    return (1 + correlation) / (1 - correlation)
  }
}

/// A straight line that outliers don't bend: the median of the slopes of all pairs of points.
///
/// Theil 1950; Sen, "Estimates of the regression coefficient based on Kendall's tau", 1968, also for the interval: with
/// N slopes in order and C = z·sqrt(n(n−1)(2n+5)/18), the slopes at (N−C)/2 and (N+C)/2 bound it; z = 1 gives a
/// deviation.
struct RobustSlope: Sendable, Hashable {
  var slope: Double
  var deviation: Double
  var count: Int

  /// The points at most; their pairs grow with the square.
  static let maximumPoints = 1_000

  /// - Returns: nil of fewer than ten points, of more than `maximumPoints`, or when x doesn't vary.
  init?(_ x: [Double], _ y: [Double]) {
    precondition(x.count == y.count, "each x has a y")
    guard (10...Self.maximumPoints).contains(x.count) else { return nil }
    var slopes: [Double] = []
    slopes.reserveCapacity(x.count * (x.count - 1) / 2)
    for i in x.indices {
      for j in (i + 1)..<max(i + 1, x.count) where x[j] != x[i] { slopes.append((y[j] - y[i]) / (x[j] - x[i])) }
    }
    guard !slopes.isEmpty else { return nil }
    slopes.sort()
    let n = Double(x.count)
    let spread = (n * (n - 1) * (2 * n + 5) / 18).squareRoot()
    let last = Double(slopes.count - 1)
    let lower = slopes[Int(min(max((Double(slopes.count) - spread) / 2, 0), last))]
    let upper = slopes[Int(min(max((Double(slopes.count) + spread) / 2, 0), last))]
    let middle = slopes.count / 2
    slope = slopes.count.isMultiple(of: 2) ? (slopes[middle - 1] + slopes[middle]) / 2 : slopes[middle]
    (deviation, count) = ((upper - lower) / 2, x.count)
  }
}
