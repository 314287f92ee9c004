/// A proportion estimated from trials, with Wilson's score interval.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927. Unlike
/// the normal approximation it stays inside [0, 1] and keeps its coverage for few trials and for 0 or all successes.
public struct ProportionEstimate: Sendable, Hashable {
  public let successes: Int
  public let trials: Int
  /// Bounds of the 95 % interval.
  public let lowerBound: Double
  public let upperBound: Double

  public var value: Double { Double(successes) / Double(trials) }

  /// - Precondition: 0 ≤ successes ≤ trials, and at least one trial.
  public init(successes: Int, trials: Int) {
    precondition(trials > 0 && (0...trials).contains(successes), "a proportion needs trials")
    self.successes = successes
    self.trials = trials
    let z = 1.959_963_984_540_054
    let n = Double(trials)
    let p = Double(successes) / n
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    lowerBound = successes == 0 ? 0 : max(0, centre - half)
    upperBound = successes == trials ? 1 : min(1, centre + half)
  }
}
