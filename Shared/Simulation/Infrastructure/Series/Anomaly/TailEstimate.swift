/// The upper tail of a set of scores, from which the rarity of a further score follows, also beyond the largest seen.
///
/// Above the threshold t, the k-th largest of n scores, the tail is taken as Pareto with Hill's index ξ:
/// P(S > s) = k/n · (s/t)^(−1/ξ). Sources: B. M. Hill, "A simple general approach to inference about the tail of a
/// distribution", Annals of Statistics 3, 1975; I. Weissman, "Estimation of parameters and large quantiles based on
/// the k largest observations", JASA 73, 1978. Metric series have tails far heavier than normal, and a threshold in
/// standard deviations means another rate of false alarms on each; one in tail probability means the same.
public struct TailEstimate: Sendable, Hashable {
  /// Threshold above which the tail begins, in the unit of the scores.
  public let threshold: Double
  /// Share of the scores above the threshold, in (0, 1).
  public let share: Double
  /// Hill's tail index ξ > 0; 0 where too few scores differ from nothing and only their count tells.
  public let index: Double
  /// Number of scores behind the estimate.
  public let count: Int

  /// Fewest scores of an estimate.
  public static let leastCount = 60

  /// - Parameters:
  ///   - scores: Past scores; negative ones count as zero.
  ///   - tailShare: Share of the scores that is taken as tail (at least ten scores).
  ///   - caution: Standard errors ξ/√k by which the index is raised: few scores may show too short a tail.
  ///   - smallestThreshold: A floor of the threshold, in the unit of the scores.
  /// - Returns: `nil` of fewer than ``leastCount`` scores.
  public init?(scores: [Double], tailShare: Double = 0.05, smallestThreshold: Double = 0, caution: Double = 0) {
    guard scores.count >= Self.leastCount else { return nil }
    count = scores.count
    let sorted = scores.sorted(by: >)
    let wanted = min(max(10, Int(tailShare * Double(count))), count - 1)
    let bound = max(sorted[wanted], smallestThreshold)
    if bound > 0 {
      let tail = sorted.prefix { $0 > bound }
      threshold = bound
      share = Double(max(tail.count, 1)) / Double(count)
      let excess = tail.reduce(0) { $0 + Mathematics.logarithm($1 / bound) }
      // An index near zero would call every new maximum impossible.
      let hill = tail.count > 1 ? max(excess / Double(tail.count - 1), 0.05) : 0.25
      index = hill * (1 + caution / Double(max(1, tail.count)).squareRoot())
    } else {
      // More than 95 % of the scores are zero: the tail is what isn't.
      let tail = sorted.prefix { $0 > 0 }
      guard tail.count >= 3, let least = tail.last else {
        threshold = tail.first ?? 0
        share = 1 / Double(count + 1)
        index = 0
        return
      }
      threshold = least
      share = Double(tail.count) / Double(count)
      let excess = tail.reduce(0) { $0 + Mathematics.logarithm($1 / least) }
      index = max(excess / Double(tail.count - 1), 0.05)
    }
  }

  /// Rarity of `score`: −log₁₀ of the estimated probability of one as large; 0 below the threshold.
  public func surprise(of score: Double) -> Double {
    guard score > threshold else { return 0 }
    let atThreshold = -Mathematics.logarithm10(share)
    return index > 0 ? atThreshold + Mathematics.logarithm10(score / threshold) / index : atThreshold
  }
}
