internal import SimulationKernel

/// A straight line through a series that up to 29 % of outliers can't bend, with a confidence interval of its slope.
///
/// The slope is the median over all pairs; the interval holds the pairs between two ranks from the variance of
/// Kendall's statistic. Sources: H. Theil, Indagationes Mathematicae 12, 1950; P. K. Sen, "Estimates of the regression
/// coefficient based on Kendall's tau", JASA 63, 1968. Neighbouring residuals of a metric depend on each other, which
/// would make the interval too short: the variance is inflated by (1 + ρ)/(1 − ρ) with their lag-one correlation ρ ≥ 0
/// (S. Yue, C. Wang, "The Mann–Kendall test modified by effective sample size", Water Resources Management 18, 2004).
public struct TheilSen: Sendable, Hashable {
  /// Change per unit of time.
  public let slope: Double
  /// Value of the line at the time of the last point.
  public let level: Double
  /// Time from the middle of the points to the last. Errors of slope and of height are independent in the middle.
  public let middleToLast: Double
  /// Bounds of the slope.
  public let slopeLowerBound: Double
  public let slopeUpperBound: Double
  /// Probability for which the bounds were made.
  public let coverage: Double
  /// Distances of the points from the line, in order of time.
  public let residuals: [Double]
  /// Lag-one correlation of the residuals, at least 0.
  public let correlation: Double

  /// Fewest points of a trend.
  public static let leastCount = 12
  /// Points beyond which neighbours are replaced by their medians, to bound the number of pairs.
  public static let mostPoints = 600

  /// - Parameters:
  ///   - times: Times of the points, strictly ascending, any unit.
  ///   - values: As many values; points that aren't finite are left out.
  ///   - most: Points beyond which neighbours are replaced by their medians.
  /// - Returns: `nil` of fewer than ``leastCount`` finite points or where times don't ascend.
  public init?(times: [Double], values: [Double], coverage: Double = 0.9, most: Int = Self.mostPoints) {
    precondition(coverage > 0 && coverage < 1 && most >= Self.leastCount)
    let points = zip(times, values).filter { $0.isFinite && $1.isFinite }
    guard times.count == values.count, points.count >= Self.leastCount,
      zip(points, points.dropFirst()).allSatisfy({ $0.0 < $1.0 })
    else { return nil }
    let thinned = Self.thin(points, to: most)
    var slopes: [Double] = []
    slopes.reserveCapacity(thinned.count * (thinned.count - 1) / 2)
    for later in thinned.indices {
      for earlier in 0..<later {
        slopes.append((thinned[later].1 - thinned[earlier].1) / (thinned[later].0 - thinned[earlier].0))
      }
    }
    slopes.sort()
    let middle = slopes.count / 2
    let slope = slopes.count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2
    let last = points[points.count - 1].0
    let offsets = points.map { $0.1 - slope * ($0.0 - last) }
    let level = OrderStatistics.median(offsets) ?? 0
    let residuals = offsets.map { $0 - level }
    // The correlation is that of the points whose pairs are counted.
    let correlation = Self.correlation(thinned.map { $0.1 - slope * ($0.0 - last) - level })

    let n = Double(thinned.count)
    let inflation = (1 + correlation) / (1 - correlation)
    let deviation = (n * (n - 1) * (2 * n + 5) / 18 * inflation).squareRoot()
    let reach = Normal.quantile(0.5 + coverage / 2) * deviation
    let pairs = Double(slopes.count)
    let lower = Int(((pairs - reach) / 2).rounded(.down))
    let upper = Int(((pairs + reach) / 2).rounded(.up))
    slopeLowerBound = lower < 0 ? -.infinity : slopes[lower]
    slopeUpperBound = upper >= slopes.count ? .infinity : slopes[upper]
    self.slope = slope
    self.level = level
    middleToLast = last - (OrderStatistics.median(points.map { $0.0 }) ?? last)
    self.coverage = coverage
    self.residuals = residuals
    self.correlation = correlation
  }

  /// Medians of equally many neighbours.
  private static func thin(_ points: [(Double, Double)], to most: Int) -> [(Double, Double)] {
    guard points.count > most else { return points }
    let size = (points.count + most - 1) / most
    return stride(from: 0, to: points.count - size + 1, by: size).map { start in
      let block = points[start..<(start + size)]
      return (OrderStatistics.median(block.map { $0.0 }) ?? 0, OrderStatistics.median(block.map { $0.1 }) ?? 0)
    }
  }

  /// By ranks' stead, a plain product moment clipped to 0...0.98: above, the series is a walk and has no trend to test.
  private static func correlation(_ residuals: [Double]) -> Double {
    let mean = residuals.reduce(0, +) / Double(residuals.count)
    let variance = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard variance > 0 else { return 0 }
    let product = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    return min(max(product / variance, 0), 0.98)
  }
}
