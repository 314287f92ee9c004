internal import SimulationKernel

/// When a series that follows a trend reaches a threshold from below.
public enum TimeToThreshold: Sendable, Hashable {
  /// Why no time can be told.
  public enum Reason: String, Sendable, Hashable {
    /// Fewer than ``TheilSen/leastCount`` finite points.
    case tooFewPoints
    /// Times don't ascend or don't match the values.
    case invalidTimes
    /// The threshold isn't a finite number.
    case invalidThreshold
  }

  /// The series is at the threshold already.
  case reached
  /// The upper bound of the slope isn't positive: on this trend the threshold isn't reached.
  case never
  /// Times from the last point on, in the unit of the given times. `expected` and `latest` are `nil` for never: the
  /// slope may as well be flat or falling.
  case ahead(expected: Double?, earliest: Double, latest: Double?)
  /// The data don't tell.
  case unknown(Reason)

  /// - Parameters:
  ///   - threshold: Value that is to be reached, such as a capacity.
  ///   - coverage: Probability for which `earliest` to `latest` is made.
  public init(times: [Double], values: [Double], threshold: Double, coverage: Double = 0.9) {
    guard threshold.isFinite else {
      self = .unknown(.invalidThreshold)
      return
    }
    guard zip(times, values).filter({ $0.isFinite && $1.isFinite }).count >= TheilSen.leastCount else {
      self = .unknown(.tooFewPoints)
      return
    }
    guard let trend = TheilSen(times: times, values: values, coverage: coverage) else {
      self = .unknown(.invalidTimes)
      return
    }
    self.init(trend: trend, threshold: threshold)
  }

  /// The same from a trend. Bounds turn the line about the middle of its points, by the bounds of its slope, and shift
  /// it by the uncertainty of its height: the median's, 1.2533 standard errors of a normal mean with as many points as
  /// the residuals' correlation leaves independent. The two are independent and add as squares.
  public init(trend: TheilSen, threshold: Double) {
    let gap = threshold - trend.level
    guard gap > 0 else {
      self = .reached
      return
    }
    guard trend.slopeUpperBound > 0 else {
      self = .never
      return
    }
    let wobble = trend.levelDeviation * Normal.quantile(0.5 + trend.coverage / 2)
    let rise = gap + trend.slope * trend.middleToLast
    guard trend.slope > 0 else {
      let earliest =
        trend.slopeUpperBound.isFinite ? max(0, (rise - wobble) / trend.slopeUpperBound - trend.middleToLast) : 0
      self = .ahead(expected: nil, earliest: earliest, latest: nil)
      return
    }
    let expected = gap / trend.slope
    func reach(_ slope: Double) -> Double {
      let turned = rise / slope - rise / trend.slope
      let shifted = wobble / trend.slope
      return (turned * turned + shifted * shifted).squareRoot()
    }
    let earliest = trend.slopeUpperBound.isFinite ? max(0, expected - reach(trend.slopeUpperBound)) : 0
    let latest = trend.slopeLowerBound > 0 ? expected + reach(trend.slopeLowerBound) : nil
    self = .ahead(expected: expected, earliest: earliest, latest: latest)
  }
}

extension TheilSen {
  /// Standard deviation of the residuals, robustly.
  var residualDeviation: Double { OrderStatistics.medianAbsoluteDeviation(residuals, around: 0) ?? 0 }

  /// Standard deviation of the line in the middle of its points.
  var levelDeviation: Double {
    let independent = max(1, Double(residuals.count) * (1 - correlation) / (1 + correlation))
    return 1.2533 * residualDeviation / independent.squareRoot()
  }

  /// Probability that the line's value plus a residual is at least `threshold` after `time`: normal, with the slope's
  /// deviation from its interval; `nil` where the interval is unbounded.
  func probability(ofReaching threshold: Double, after time: Double) -> Double? {
    guard slopeLowerBound.isFinite, slopeUpperBound.isFinite else { return nil }
    let slopeDeviation = (slopeUpperBound - slopeLowerBound) / (2 * Normal.quantile(0.5 + coverage / 2))
    let lever = slopeDeviation * (time + middleToLast)
    let variance = lever * lever + residualDeviation * residualDeviation + levelDeviation * levelDeviation
    let distance = level + slope * time - threshold
    guard variance > 0 else { return distance >= 0 ? 1 : 0 }
    return Mathematics.normalProbability(distance / variance.squareRoot())
  }
}
