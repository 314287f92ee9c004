/// The Page–Hinkley test for a lasting change of a series' mean, upwards or downwards.
///
/// Sources: E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954; D. Hinkley, "Inference about the
/// change-point from cumulative sum tests", Biometrika 58, 1971. Values are standardised by mean and standard deviation
/// of the first ones, so allowance and bound are in standard deviations.
public struct PageHinkley: Sendable {
  public enum Drift: Sendable, Hashable { case up, down }

  private let allowance: Double
  private let bound: Double
  private let reference: Int
  private var count = 0
  private var mean = 0.0
  private var squares = 0.0
  private var up = 0.0
  private var down = 0.0

  /// - Parameters:
  ///   - reference: Values from which the mean and spread before any change are taken, at least 20.
  ///   - allowance: Half the shift that matters, in standard deviations.
  ///   - bound: Cumulative sum that means a change, in standard deviations. With an allowance of 0.5, 8 gives one false
  ///     alarm in some 15,000 independent normal values per side (Siegmund's approximation, D. Siegmund, "Sequential
  ///     Analysis", 1985); dependent values need more.
  public init(reference: Int = 100, allowance: Double = 0.5, bound: Double = 8) {
    precondition(reference >= 20 && allowance >= 0 && bound > 0)
    self.reference = reference
    self.allowance = allowance
    self.bound = bound
  }

  /// Takes the next value and says whether a change is now established. After one, the reference is learned anew.
  public mutating func observe(_ value: Double) -> Drift? {
    guard value.isFinite else { return nil }
    count += 1
    if count <= reference {
      let difference = value - mean
      mean += difference / Double(count)
      squares += difference * (value - mean)
      return nil
    }
    let spread = (squares / Double(reference - 1)).squareRoot()
    // A constant reference has no spread; any difference is then a change.
    let standard = spread > 0 ? (value - mean) / spread : (value == mean ? 0 : (value > mean ? 1 : -1) * 2 * bound)
    up = max(0, up + standard - allowance)
    down = max(0, down - standard - allowance)
    guard up > bound || down > bound else { return nil }
    let drift: Drift = up > bound ? .up : .down
    self = PageHinkley(reference: reference, allowance: allowance, bound: bound)
    return drift
  }
}
