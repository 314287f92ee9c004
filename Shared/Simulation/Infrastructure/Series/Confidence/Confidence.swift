/// How far a prediction deserves to be believed, from what came true of earlier ones.
///
/// The confidence is the probability that the actual value lies within a tolerance of the prediction, estimated with
/// caution from the k of n residuals that did:
/// - calibrated (n ≥ 20): Wilson's lower bound of k/n at one-sided 95 % (E. B. Wilson, JASA 22, 1927). It nears k/n as
///   residuals accumulate, and twenty hits of twenty give 0.88, not 1.
/// - otherwise: the prior p₀ counts as much as twenty residuals, (20 p₀ + k)/(20 + n), and never above 0.85.
///
/// The coverage of the stated intervals stands beside it: a model may be seldom right within 10 % and yet know how far
/// off it is.
public struct Confidence: Sendable, Hashable, Codable {
  /// In 0...1.
  public let confidence: Double
  /// Whether at least ``ResidualSet/leastCount`` residuals stand behind it.
  public let isCalibrated: Bool
  public let residualCount: Int
  /// Share of the actual values within the interval stated beforehand; `nil` while none was stated.
  public let coverage: Double?

  /// Most that is claimed without calibration.
  public static let uncalibratedLimit = 0.85

  public init(confidence: Double, isCalibrated: Bool, residualCount: Int, coverage: Double?) {
    self.confidence = confidence
    self.isCalibrated = isCalibrated
    self.residualCount = residualCount
    self.coverage = coverage
  }

  /// - Parameters:
  ///   - residuals: Residuals of the model in the regime of the prediction; `nil` where there are none.
  ///   - tolerance: Residual that still counts as right, in the scale of the residuals; 0.1 is 10 % when relative.
  ///   - prior: What is believed of the model before any residual, in 0...1.
  public init(residuals: ResidualSet?, tolerance: Double = 0.1, prior: Double = 0.5) {
    precondition(tolerance >= 0 && (0...1).contains(prior))
    let count = residuals?.residuals.count ?? 0
    let share = residuals?.share(within: tolerance) ?? 0
    residualCount = count
    coverage = residuals?.coverage
    isCalibrated = count >= ResidualSet.leastCount
    if isCalibrated {
      confidence = Self.lowerBound(share: share, count: count)
    } else {
      let weight = Double(ResidualSet.leastCount)
      confidence = min(Self.uncalibratedLimit, (weight * prior + share * Double(count)) / (weight + Double(count)))
    }
  }

  private static func lowerBound(share: Double, count: Int) -> Double {
    let z = 1.644_853_626_951_472
    let n = Double(count)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return min(1, max(0, centre - half))
  }
}
