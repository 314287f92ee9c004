#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The functions of the C library that the models of this module need.
enum Mathematics {
  static func logarithm(_ value: Double) -> Double { log(value) }
  static func logarithm10(_ value: Double) -> Double { log10(value) }
  static func exponential(_ value: Double) -> Double { exp(value) }
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

  /// Probability that a standard normal variate is below `value`.
  static func normalProbability(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }
}

/// Order statistics of finite values.
enum OrderStatistics {
  /// The median; `nil` of nothing.
  static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The median of the absolute distances to `centre`, times 1.4826, which makes it the standard deviation of a normal
  /// distribution (Rousseeuw & Croux, "Alternatives to the median absolute deviation", JASA 88, 1993).
  static func medianAbsoluteDeviation(_ values: [Double], around centre: Double) -> Double? {
    median(values.map { abs($0 - centre) }).map { 1.4826 * $0 }
  }
}
