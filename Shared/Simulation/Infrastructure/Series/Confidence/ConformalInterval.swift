/// An interval around a prediction that holds the actual value with a stated probability, whatever the model.
public struct ConformalInterval: Sendable, Hashable {
  public let lowerBound: Double
  public let upperBound: Double
  /// Probability for which it was made, in (0, 1).
  public let coverage: Double

  public init(lowerBound: Double, upperBound: Double, coverage: Double) {
    self.lowerBound = lowerBound
    self.upperBound = upperBound
    self.coverage = coverage
  }

  public func contains(_ value: Double) -> Bool { lowerBound <= value && value <= upperBound }

  /// Zero-based position, among `count` ascending nonconformity scores, of the one that bounds a fresh score with
  /// probability `coverage`; `nil` where so few scores bound nothing.
  ///
  /// The finite-sample rank is ⌈(n + 1) · coverage⌉: V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a
  /// Random World", 2005; J. Lei et al., "Distribution-free predictive inference for regression", JASA 113, 2018.
  public static func rank(of coverage: Double, count: Int) -> Int? {
    guard coverage > 0, coverage <= 1 else { return coverage <= 0 && count > 0 ? 0 : nil }
    // A product such as 0.9 · 10 must not be rounded up by a bit of noise.
    let rank = Int((Double(count + 1) * coverage - 1e-9).rounded(.up))
    return (1...max(1, count)).contains(rank) && count > 0 ? rank - 1 : nil
  }
}
