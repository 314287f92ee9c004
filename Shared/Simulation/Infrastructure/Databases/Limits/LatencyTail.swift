/// The share of durations beyond a limit, from the few quantiles that monitoring keeps.
///
/// Between two quantiles the logarithm of the duration is taken to be linear in the normal score of the share, which is a
/// log-normal law exact at both; beyond the outermost ones the line goes on. Durations of statements and requests are heavy
/// in the tail (J. Dean, L. A. Barroso, "The tail at scale", Communications of the ACM 56(2), 2013): where the true tail is
/// heavier than log-normal the share is underestimated beyond the last quantile.
public struct LatencyTail: Sendable, Hashable {
  /// One quantile.
  public struct Point: Sendable, Hashable {
    /// Share of the durations that don't exceed it, between 0 and 1.
    public var share: Double
    /// In the unit of the limits, over 0.
    public var value: Double

    public init(share: Double, value: Double) {
      self.share = share
      self.value = value
    }
  }

  public enum Refusal: Error, Sendable, Hashable {
    /// A share outside of (0, 1), or a value that isn't positive.
    case outOfRange
    /// Larger shares have smaller values.
    case notAscending
    /// Two quantiles at least, of different shares; one where a spread is assumed.
    case tooFew
  }

  /// σ of ln(duration) for which the 99th percentile is ten times the median: ln 10 / 2.326. A choice, for where nobody
  /// measured two quantiles.
  public static let usualSpread = 0.99

  /// The line in ascending pieces, with an assumed point at either end where the quantiles leave its slope open.
  private let scores: [Double]
  private let logarithms: [Double]
  /// The largest share known: beyond its value the answer is extrapolated.
  public let lastShare: Double
  public let lastValue: Double

  /// - Parameters:
  ///   - points: quantiles in any order.
  ///   - assumedSpread: σ of ln(duration), over 0, where one quantile alone, or two equal ones at an end, leave it open.
  ///     nil refuses a single quantile and takes equal ones at the end as a step.
  public init(_ points: [Point], assumedSpread: Double? = nil) throws(Refusal) {
    let sorted = points.sorted { $0.share < $1.share }
    guard let first = sorted.first, let last = sorted.last, sorted.count >= (assumedSpread == nil ? 2 : 1) else {
      throw .tooFew
    }
    if let assumedSpread, !(assumedSpread > 0 && assumedSpread.isFinite) { throw .outOfRange }
    for point in sorted where !(point.share > 0 && point.share < 1 && point.value > 0 && point.value.isFinite) {
      throw .outOfRange
    }
    for (a, b) in zip(sorted, sorted.dropFirst()) {
      if a.share == b.share { throw .tooFew }
      if a.value > b.value { throw .notAscending }
    }
    var scores = sorted.map { NormalScore.quantile($0.share) }
    var logarithms = sorted.map { Elementary.log($0.value) }
    if let assumedSpread {
      let isOpenBelow = sorted.count > 1 && sorted[1].value == first.value
      let isOpenAbove = sorted.count == 1 || sorted[sorted.count - 2].value == last.value
      if isOpenAbove {
        scores.append(scores[scores.count - 1] + 1)
        logarithms.append(logarithms[logarithms.count - 1] + assumedSpread)
      }
      if isOpenBelow {
        scores.insert(scores[0] - 1, at: 0)
        logarithms.insert(logarithms[0] - assumedSpread, at: 0)
      }
    }
    self.scores = scores
    self.logarithms = logarithms
    lastShare = last.share
    lastValue = last.value
  }

  /// The share of durations above a limit: 1 for a limit of 0 or less.
  public func share(above limit: Double) -> Double {
    guard limit > 0 else { return 1 }
    guard limit.isFinite else { return 0 }
    let x = Elementary.log(limit)
    // The piece that holds the limit; the outermost ones go on.
    var piece = 0
    while piece < logarithms.count - 2, x >= logarithms[piece + 1] { piece += 1 }
    let width = logarithms[piece + 1] - logarithms[piece]
    // Equal quantiles: a step.
    if width <= 0 { return x >= logarithms[piece] ? NormalScore.upperTail(scores[piece + 1]) : 1 }
    let slope = (scores[piece + 1] - scores[piece]) / width
    return NormalScore.upperTail(scores[piece] + slope * (x - logarithms[piece]))
  }

  /// Whether a limit lies beyond the last quantile.
  public func isExtrapolated(_ limit: Double) -> Bool { limit > lastValue }
}
