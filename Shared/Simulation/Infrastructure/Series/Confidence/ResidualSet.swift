/// Which model in which regime residuals belong to: residuals say nothing about another model, nor about the same one
/// under another load.
public struct ResidualKey: Sendable, Hashable, Codable {
  public let model: String
  public let regime: String

  public init(model: String, regime: String) {
    self.model = model
    self.regime = regime
  }
}

/// A prediction and what came true.
public struct Residual: Sendable, Hashable, Codable {
  public let predicted: Double
  public let actual: Double
  /// Whether the interval stated beforehand held the actual value; `nil` where none could be stated.
  public let isCovered: Bool?

  public init(predicted: Double, actual: Double, isCovered: Bool? = nil) {
    self.predicted = predicted
    self.actual = actual
    self.isCovered = isCovered
  }
}

/// The residuals of one model in one regime, of which the most recent are kept, and the intervals that follow.
///
/// Intervals are split-conformal with the finite-sample rank (``ConformalInterval/rank(of:count:)``). Under drift the
/// miss rate is steered back to the nominal one by adaptive conformal inference: after each outcome
/// α ← α + γ · (α₀ − miss). Source: I. Gibbs, E. Candès, "Adaptive conformal inference under distribution shift",
/// NeurIPS 2021; γ = 0.02 lies within the 0.001 to 0.1 of their study. Whatever the drift, the share of misses over T
/// outcomes is within (max(α₁, 1 − α₁) + γ)/(γT) of α₀ (their proposition 4.1).
public struct ResidualSet: Sendable, Hashable, Codable {
  /// How a residual's size is counted.
  public enum Scale: String, Sendable, Hashable, Codable {
    /// |actual − predicted|, in the unit of both.
    case absolute
    /// |actual − predicted| / |predicted|; for quantities whose errors grow with them.
    case relative
  }

  /// Fewest residuals from which a confidence counts as calibrated.
  public static let leastCount = 20
  public static let adaptationRate = 0.02

  public let key: ResidualKey
  public let scale: Scale
  /// Coverage that the intervals aim at, in (0, 1).
  public let nominalCoverage: Double
  /// Residuals kept at most.
  public let capacity: Int
  /// Oldest first.
  public private(set) var residuals: [Residual]
  /// The adapted miss rate α; it may leave [0, 1].
  public private(set) var missRate: Double

  /// - Parameters:
  ///   - residuals: Earlier residuals, oldest first; only the latest `capacity` are kept.
  ///   - missRate: The adapted miss rate stored with them; `nil` starts from the nominal one.
  /// - Precondition: a coverage within (0, 1) and a capacity of at least ``leastCount``.
  public init(
    key: ResidualKey, scale: Scale = .relative, nominalCoverage: Double = 0.9, capacity: Int = 500,
    residuals: [Residual] = [], missRate: Double? = nil
  ) {
    precondition(nominalCoverage > 0 && nominalCoverage < 1 && capacity >= Self.leastCount)
    self.key = key
    self.scale = scale
    self.nominalCoverage = nominalCoverage
    self.capacity = capacity
    self.residuals = Array(residuals.suffix(capacity))
    self.missRate = missRate ?? 1 - nominalCoverage
  }

  /// Adds an outcome; values that aren't finite, or a relative residual of a prediction of zero, are refused.
  ///
  /// - Returns: Whether it was taken.
  @discardableResult
  public mutating func record(predicted: Double, actual: Double) -> Bool {
    let residual = Residual(
      predicted: predicted, actual: actual, isCovered: interval(around: predicted)?.contains(actual))
    guard score(residual).isFinite else { return false }
    if let isCovered = residual.isCovered {
      missRate += Self.adaptationRate * ((1 - nominalCoverage) - (isCovered ? 0 : 1))
    }
    residuals.append(residual)
    if residuals.count > capacity { residuals.removeFirst(residuals.count - capacity) }
    return true
  }

  /// The interval around a fresh prediction; `nil` where the residuals are too few to bound it at the nominal coverage.
  /// Where many misses ask for more than the residuals can bound, it is unbounded, and holds whatever comes.
  public func interval(around predicted: Double) -> ConformalInterval? {
    guard predicted.isFinite else { return nil }
    let scores = residuals.map(score).sorted()
    guard ConformalInterval.rank(of: nominalCoverage, count: scores.count) != nil else { return nil }
    guard let rank = ConformalInterval.rank(of: 1 - missRate, count: scores.count) else {
      return ConformalInterval(lowerBound: -.infinity, upperBound: .infinity, coverage: nominalCoverage)
    }
    let half = scores[rank] * (scale == .relative ? abs(predicted) : 1)
    return ConformalInterval(lowerBound: predicted - half, upperBound: predicted + half, coverage: nominalCoverage)
  }

  /// Share of the actual values that lay in the interval stated beforehand; `nil` while none was stated.
  public var coverage: Double? {
    let stated = residuals.compactMap(\.isCovered)
    return stated.isEmpty ? nil : Double(stated.filter { $0 }.count) / Double(stated.count)
  }

  /// Share of the residuals whose size is at most `tolerance`; `nil` without residuals.
  public func share(within tolerance: Double) -> Double? {
    residuals.isEmpty ? nil : Double(residuals.filter { score($0) <= tolerance }.count) / Double(residuals.count)
  }

  private func score(_ residual: Residual) -> Double {
    let size = abs(residual.actual - residual.predicted)
    return scale == .absolute ? size : size / abs(residual.predicted)
  }
}
