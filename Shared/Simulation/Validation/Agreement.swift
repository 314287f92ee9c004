#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How near a predicted series is to a measured one, relative to the size of both.
///
/// Theil's inequality coefficient U = √(Σ(p−m)²/n) / (√(Σp²/n) + √(Σm²/n)): 0 for a perfect prediction, 1 for one that is
/// always zero, or the opposite of what was measured. `accuracy` is 1 − U.
/// Source: H. Theil, "Economic Forecasts and Policy", 2nd edition, North-Holland 1961, p. 32; as a measure of the validity
/// of simulations: N. A. Kheir, W. M. Holmes, "On validating simulation models of missile systems", Simulation 30(4), 1978.
public struct TheilAccuracy: Sendable, Hashable {
  public private(set) var count = 0
  private var differences = 0.0
  private var predicted = 0.0
  private var measured = 0.0

  public init() {}

  /// Takes in a pair of numbers, or of vectors' lengths with the length of their difference.
  public mutating func add(predicted: Double, measured: Double, difference: Double) {
    count += 1
    differences += difference * difference
    self.predicted += predicted * predicted
    self.measured += measured * measured
  }

  /// 0 to 1; nil without a pair, and when everything was zero.
  public var accuracy: Double? {
    let size = predicted.squareRoot() + measured.squareRoot()
    return size > 0 ? 1 - differences.squareRoot() / size : nil
  }

  /// Root mean square of the differences; nil without a pair.
  public var rmse: Double? { count > 0 ? (differences / Double(count)).squareRoot() : nil }
}

/// Two series of choices between the same alternatives.
public struct ChoiceAgreement: Sendable, Hashable {
  private let alternatives: Int
  /// How often the first chose the row while the second chose the column.
  private var table: [Int]

  public init(alternatives: Int) {
    self.alternatives = alternatives
    table = Array(repeating: 0, count: alternatives * alternatives)
  }

  /// Takes in a pair of choices, each from 0 to below `alternatives`.
  public mutating func add(_ first: Int, _ second: Int) { table[first * alternatives + second] += 1 }

  public var count: Int { table.reduce(0, +) }

  /// Share of the pairs that agree; nil without a pair.
  public var share: Double? { count > 0 ? Double(agreed) / Double(count) : nil }

  /// Cohen's κ = (p_o − p_e) / (1 − p_e), the agreement beyond what chance gives with the same frequencies: 1 when all
  /// agree, 0 for chance; nil where both always chose the same alternative, so that chance agrees as well.
  /// Source: J. Cohen, "A coefficient of agreement for nominal scales", Educ. Psychol. Meas. 20(1), 1960.
  public var kappa: Double? {
    let total = Double(count)
    guard total > 0 else { return nil }
    let observed = Double(agreed) / total
    let expected = (0..<alternatives).reduce(0.0) { sum, choice in
      let first = (0..<alternatives).reduce(0) { $0 + table[choice * alternatives + $1] }
      let second = (0..<alternatives).reduce(0) { $0 + table[$1 * alternatives + choice] }
      return sum + Double(first) / total * Double(second) / total
    }
    return expected < 1 ? (observed - expected) / (1 - expected) : nil
  }

  private var agreed: Int { (0..<alternatives).reduce(0) { $0 + table[$1 * alternatives + $1] } }
}

/// How often readings lie where the estimate says that 95 % of them lie.
public struct StatedCoverage: Sendable, Hashable {
  /// The share that is stated.
  public static let stated = 0.95
  public private(set) var count = 0
  private var inside = 0

  public init() {}

  public mutating func add(isInside: Bool) {
    count += 1
    if isInside { inside += 1 }
  }

  /// Share of the readings inside; nil without one.
  public var share: Double? { count > 0 ? Double(inside) / Double(count) : nil }

  /// 1 − |share − 0.95| / 0.95: 1 when as many readings lie inside as stated, 0 when none does, and 0.947 when all do,
  /// since stated bounds that are too wide are wrong, too; nil without a reading.
  /// The difference between stated and observed coverage is the calibration error of a probabilistic forecast
  /// (T. Gneiting, F. Balabdaoui, A. E. Raftery, "Probabilistic forecasts, calibration and sharpness",
  /// J. R. Stat. Soc. B 69(2), 2007); the division makes it range from 0 to 1.
  public var fidelity: Double? { share.map { 1 - abs($0 - Self.stated) / Self.stated } }
}

/// Two series that should rise and fall together.
public struct PearsonCorrelation: Sendable, Hashable {
  public private(set) var count = 0
  private var meanX = 0.0
  private var meanY = 0.0
  private var squaresX = 0.0
  private var squaresY = 0.0
  private var products = 0.0

  public init() {}

  /// Takes in a pair. Means and sums are updated as B. P. Welford, "Note on a method for calculating corrected sums of
  /// squares and products", Technometrics 4(3), 1962, so that large values lose no digits.
  public mutating func add(_ x: Double, _ y: Double) {
    count += 1
    let (dx, dy) = (x - meanX, y - meanY)
    meanX += dx / Double(count)
    meanY += dy / Double(count)
    squaresX += dx * (x - meanX)
    squaresY += dy * (y - meanY)
    products += dx * (y - meanY)
  }

  /// Standard deviation of the second series; nil with fewer than two pairs.
  public var deviationY: Double? { count > 1 ? (squaresY / Double(count - 1)).squareRoot() : nil }

  /// Pearson's r, −1 to 1; nil with fewer than three pairs, and when a series doesn't vary.
  /// Source: K. Pearson, "Note on regression and inheritance in the case of two parents", Proc. R. Soc. 58, 1895.
  public var coefficient: Double? {
    guard count >= 3, squaresX > 0, squaresY > 0 else { return nil }
    return max(-1, min(1, products / (squaresX * squaresY).squareRoot()))
  }
}
