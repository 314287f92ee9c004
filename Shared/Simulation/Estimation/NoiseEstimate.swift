/// The noise of a sensor that doesn't state it, learned from the innovations: their mean square less the part that the
/// state's own uncertainty explains is the variance of the measurement (R. K. Mehra, "Approaches to adaptive filtering",
/// IEEE Trans. AC-17(5), 1972, covariance matching).
struct NoiseEstimate: Sendable, Hashable {
  private(set) var variance: Double
  /// Samples behind it, as far as they matter for the weight of the next.
  private(set) var count: UInt16 = 0

  init(deviation: Double, count: UInt16 = 0) {
    variance = deviation * deviation
    self.count = count
  }

  var deviation: Double { variance.squareRoot() }

  /// The first samples weigh like so many.
  private static let prior = 10.0

  /// Takes in an innovation.
  ///
  /// - Parameters:
  ///   - square: of the innovation; on average over its axes.
  ///   - expected: the variance that it should have with the noise as learned so far.
  ///   - gate: a normalised square above this counts as this.
  mutating func learn(square: Double, expected: Double, gate: Double, range: ClosedRange<Double>, rate: Double) {
    let weight = max(rate, 1 / (Self.prior + Double(count)))
    if count < .max { count += 1 }
    let explained = expected - variance
    let measured = min(square, gate * expected) - explained
    let lowest = range.lowerBound * range.lowerBound
    variance = min(max(variance + weight * (measured - variance), lowest), range.upperBound * range.upperBound)
  }
}
