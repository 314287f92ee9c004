/// Distance of each value from the median of those before it, in robust standard deviations.
///
/// Source: B. Iglewicz, D. Hoaglin, "How to Detect and Handle Outliers", ASQC 1993. The spread has a floor of 5 % of
/// the window's standard deviation: a mostly constant window has a median absolute deviation of zero.
public struct RobustZ: Sendable {
  private var window: [Double] = []
  private var next = 0
  private let capacity: Int
  private let leastCount: Int

  /// - Parameters:
  ///   - capacity: Values that are looked back on, at least `leastCount`.
  ///   - leastCount: Values before the first score.
  public init(capacity: Int = 288, leastCount: Int = 30) {
    precondition(leastCount >= 3 && capacity >= leastCount)
    self.capacity = capacity
    self.leastCount = leastCount
  }

  /// The score of the next value, at least 0; `nil` while the window is too short, or of a gap.
  public mutating func observe(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    defer {
      if window.count < capacity {
        window.append(value)
      } else {
        window[next] = value
        next = (next + 1) % capacity
      }
    }
    guard window.count >= leastCount, let median = OrderStatistics.median(window),
      let deviation = OrderStatistics.medianAbsoluteDeviation(window, around: median)
    else { return nil }
    let mean = window.reduce(0, +) / Double(window.count)
    let variance = window.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(window.count)
    let spread = max(deviation, 0.05 * variance.squareRoot())
    if spread > 0 { return abs(value - median) / spread }
    return value == median ? 0 : .infinity
  }
}
