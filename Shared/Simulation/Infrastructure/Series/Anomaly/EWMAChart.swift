/// A control chart of the exponentially weighted moving average, for small lasting shifts.
///
/// Source: S. W. Roberts, "Control chart tests based on geometric moving averages", Technometrics 1, 1959; limits with
/// the exact variance λ/(2 − λ) · (1 − (1 − λ)^2t) after J. Lucas, M. Saccucci, Technometrics 32, 1990. Mean and
/// spread of the undisturbed series come from a slower average of the values before.
public struct EWMAChart: Sendable {
  private let weight: Double
  private let referenceWeight: Double
  private let leastCount: Int
  private var count = 0
  private var average = 0.0
  private var mean = 0.0
  private var variance = 0.0

  /// - Parameters:
  ///   - weight: λ, the weight of the newest value, in (0, 1].
  ///   - referenceCount: Steps over which mean and spread are taken.
  ///   - leastCount: Values before the first score.
  public init(weight: Double = 0.2, referenceCount: Int = 288, leastCount: Int = 30) {
    precondition(weight > 0 && weight <= 1 && referenceCount > 1 && leastCount > 1)
    self.weight = weight
    referenceWeight = 2 / Double(referenceCount + 1)
    self.leastCount = leastCount
  }

  /// Distance of the average from the mean in its own standard deviations, at least 0; `nil` while too little is known,
  /// or of a gap.
  public mutating func observe(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    count += 1
    guard count > 1 else {
      average = value
      mean = value
      return nil
    }
    average += weight * (value - average)
    let steady = weight / (2 - weight)
    let spread = (variance * steady * (1 - Mathematics.power(1 - weight, 2 * Double(count)))).squareRoot()
    let distance = abs(average - mean)
    // A young reference is a plain mean; later it forgets.
    let share = max(referenceWeight, 1 / Double(count))
    let difference = value - mean
    mean += share * difference
    variance = (1 - share) * (variance + share * difference * difference)
    guard count > leastCount else { return nil }
    if spread > 0 { return distance / spread }
    return distance == 0 ? 0 : .infinity
  }
}
