import SimulationKernel

/// The standard normal law and its inverse.
enum NormalScore {
  static func quantile(_ share: Double) -> Double { Normal.quantile(share) }

  /// P(Z > score).
  static func upperTail(_ score: Double) -> Double { 0.5 * Elementary.erfc(score / 2.0.squareRoot()) }
}
