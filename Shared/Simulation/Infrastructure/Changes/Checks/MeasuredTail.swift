import SimulationDatabases

extension LatencyTail {
  private static let quantiles = [("p95", 0.95), ("p99", 0.99), ("p999", 0.999)]

  /// The tail of durations from the quantiles that the twin knows; nil where it knows none, or where a larger share has a
  /// smaller value, which is no distribution.
  ///
  /// - Parameter read: the quantile called "p95", "p99" or "p999", in any unit; nil where it is unknown.
  init?(_ read: (String) -> Double?) {
    let points = Self.quantiles.compactMap { name, share in
      read(name).flatMap { $0 > 0 ? Point(share: share, value: $0) : nil }
    }
    guard let tail = try? LatencyTail(points, assumedSpread: Self.usualSpread) else { return nil }
    self = tail
  }
}
