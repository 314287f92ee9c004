/// How many pages PostgreSQL's cache must hold for a stated hit ratio, from hit ratios that were measured at other sizes.
///
/// Two things bound the answer. Of any law of access the hit ratio is a concave function of the size (of Che's LRU,
/// dh/dC = Σp²e^(−pT)/Σp e^(−pT), which falls with T), 0 without a cache and 1 where all pages fit: so the line through two
/// measured points lies below the ratio between them, and above it beyond them. And of Zipf's law over a share φ of the
/// pages, with a share η of the accesses going to a few upper pages of indexes, the exponent follows from one measured
/// ratio through the clock-sweep form of Che's approximation (`BufferCache`). φ and η don't follow from one size of the
/// cache. So from one size only the first is told; from several, all φ and η are tried, those are kept whose ratios are
/// also right at the other sizes, and what they say together, a tenth wider for laws that Zipf's only resembles, is the
/// interval.
///
/// Regime: that of `BufferCache`: independent references, steady state, no large sequential scans.
public struct WorkingSet: Sendable, Hashable {
  /// What was measured in steady state at one size of the cache.
  public struct Measurement: Sendable, Hashable {
    /// C, pages, at least 100.
    public var cachePages: Double
    /// Share of the accesses that found their page.
    public var hitRatio: Double
    /// Standard deviation of that share.
    public var deviation: Double

    public init(cachePages: Double, hitRatio: Double, deviation: Double) {
      self.cachePages = cachePages
      self.hitRatio = hitRatio
      self.deviation = deviation
    }
  }

  public enum Refusal: Error, Sendable, Hashable { case outOfRange(field: String) }

  /// The law that fits the measurements best.
  public struct Law: Sendable, Hashable {
    /// Of Zipf's law.
    public var exponent: Double
    /// φ, pages that are asked for at all.
    public var distinctPages: Double
    /// η.
    public var upperShare: Double
    /// Most that it misses a measured hit ratio by, beyond twice its deviation.
    public var misfit: Double
  }

  /// The hit ratio that is asked for.
  public let hitRatio: Double
  /// Pages needed; nil when the measurements leave more than a factor of `widest` between the bounds.
  public let pages: Double?
  /// Bounds of the pages needed, of about 90 %.
  public let bounds: ClosedRange<Double>
  /// nil from one size, or when no law of the family gives the measured ratios.
  public let law: Law?
  /// Different sizes of the cache that were measured.
  public let sizes: Int

  /// Upper over lower bound up to which a value is told.
  public static let widest = 1.5
  /// A hit ratio that a law may miss: twice the mean error of the model on a real server.
  public static let tolerance = 0.01
  /// Sizes that differ by less than this factor count as one.
  public static let leastFactor = 1.2
  /// Steps between the fewest pages that may be asked for, in caches, and all.
  private static let distinctSteps = 8
  private static let leastPages = 1.02
  private static let upperShares = [0, 0.15, 0.3, 0.45, 0.6]
  /// How far apart the size of a law like Zipf's and the true one were on tables looked up by a key, uniformly and by
  /// Zipf's law of the rows (`Tests/Unit/Databases/WorkingSetTests`).
  private static let likeness = 1.1

  /// - Parameters:
  ///   - pages: all pages that could be asked for.
  ///   - hitRatio: over 0 and below 1.
  public init(
    pages all: Double, measured measurements: [Measurement], hitRatio: Double
  ) throws(Refusal) {
    guard hitRatio > 0, hitRatio < 1 else { throw .outOfRange(field: "hit_ratio") }
    guard all >= 1, all.isFinite else { throw .outOfRange(field: "pages") }
    let isSound = measurements.allSatisfy {
      $0.cachePages >= 100 && $0.cachePages.isFinite && (0...1).contains($0.hitRatio) && $0.deviation >= 0
        && $0.deviation.isFinite
    }
    guard !measurements.isEmpty, isSound else { throw .outOfRange(field: "measurements") }
    self.hitRatio = hitRatio
    let sorted = measurements.sorted { $0.cachePages < $1.cachePages }
    var distinct: [Measurement] = []
    for one in sorted where distinct.last.map({ one.cachePages >= Self.leastFactor * $0.cachePages }) ?? true {
      distinct.append(one)
    }
    sizes = distinct.count
    let reference = distinct.min { abs($0.hitRatio - hitRatio) < abs($1.hitRatio - hitRatio) } ?? distinct[0]
    let slack = Self.slack(reference, hitRatio)
    let limits = Self.concaveBounds(all, distinct, hitRatio, slack)
    let laws = distinct.count > 1 ? Self.laws(all, distinct, reference) : []
    var (low, high) = (limits.lowerBound, limits.upperBound)
    law = laws.min { $0.law.misfit < $1.law.misfit }?.law
    if !laws.isEmpty {
      let least = laws.reduce(Double.infinity) { min($0, $1.curve.size(for: hitRatio - slack)) } / Self.likeness
      let most = laws.reduce(0) { max($0, $1.curve.size(for: hitRatio + slack)) } * Self.likeness
      low = min(max(low, least), high)
      high = max(min(high, most), low)
    }
    bounds = low...high
    pages = high <= Self.widest * low ? (low * high).squareRoot() : nil
  }

  /// A standard deviation for bounds that hold the value with 90 %, pages.
  public var deviation: Double { (bounds.upperBound - bounds.lowerBound) / (2 * 1.6449) }

  /// How far the hit ratio at the size sought may be off: as large a share of the misses as at the reference, whose ratio
  /// is known by its deviation and to the model's own error.
  private static func slack(_ reference: Measurement, _ ratio: Double) -> Double {
    let error = 1.6449 * reference.deviation + tolerance / 2
    return min((1 - ratio) / 2, error * (1 - ratio) / max(1 - reference.hitRatio, 1e-6))
  }

  /// What concavity leaves, through the origin, the measured points and the point where all pages fit.
  private static func concaveBounds(
    _ all: Double, _ sorted: [Measurement], _ ratio: Double, _ slack: Double
  ) -> ClosedRange<Double> {
    let measured = sorted.filter { $0.cachePages < all }.map { (size: $0.cachePages, ratio: $0.hitRatio) }
    var points = [(size: 0.0, ratio: 0.0)]
    // What is less than before by chance isn't below it in truth.
    for point in measured + [(all, 1.0)] where point.ratio > points[points.count - 1].ratio { points.append(point) }
    var (low, high) = (0.0, all)
    func line(_ a: Int, _ ratio: Double) -> Double {
      let (p, q) = (points[a], points[a + 1])
      return p.size + (ratio - p.ratio) * (q.size - p.size) / (q.ratio - p.ratio)
    }
    for a in 0..<(points.count - 1) {
      if points[a].ratio <= ratio, ratio <= points[a + 1].ratio {
        high = min(high, line(a, min(ratio + slack, 1)))
      } else {
        low = max(low, line(a, ratio - slack))
      }
    }
    return min(low, high)...high
  }

  private typealias Candidate = (law: Law, curve: HitCurve)

  /// All laws that give the measured ratios: for each η those φ, tried in steps from what the cache holds to all pages, and
  /// closer where the error at the size that tells most changes its sign.
  private static func laws(
    _ all: Double, _ measurements: [Measurement], _ reference: Measurement
  ) -> [Candidate] {
    guard all > leastPages * reference.cachePages,
      let witness = measurements.max(by: { distance($0, reference) < distance($1, reference) })
    else { return [] }
    var found: [Candidate] = []
    for upper in upperShares where upper < reference.hitRatio {
      func attempt(_ pages: Double) -> (candidate: Candidate, error: Double)? {
        // A root and its next level over some thousands of leaves and rows' pages.
        let shape = ZipfPages(pages: pages, hot: .init(pages: max(1, pages / 2_000), share: upper))
        guard let (exponent, curve) = exponent(shape, reference) else { return nil }
        let misfit = measurements.reduce(0.0) { worst, one in
          max(worst, abs(curve.hitRatio(at: one.cachePages) - one.hitRatio) - 2 * one.deviation)
        }
        let law = Law(exponent: exponent, distinctPages: pages, upperShare: upper, misfit: misfit)
        return ((law, curve), curve.hitRatio(at: witness.cachePages) - witness.hitRatio)
      }
      let least = Elementary.log(leastPages * reference.cachePages)
      let most = Elementary.log(all)
      var before: (place: Double, error: Double)?
      for step in 0...distinctSteps {
        let place = least + (most - least) * Double(step) / Double(distinctSteps)
        guard let here = attempt(Elementary.exp(place)) else {
          before = nil
          continue
        }
        found.append(here.candidate)
        if var low = before, low.error * here.error < 0 {
          var high = place
          for _ in 0..<6 {
            let middle = (low.place + high) / 2
            guard let between = attempt(Elementary.exp(middle)) else { break }
            found.append(between.candidate)
            if between.error * low.error < 0 { high = middle } else { low = (middle, between.error) }
          }
        }
        before = (place, here.error)
      }
    }
    return found.filter { $0.law.misfit <= tolerance }
  }

  private static func distance(_ a: Measurement, _ b: Measurement) -> Double {
    abs(Elementary.log(a.cachePages / b.cachePages))
  }

  private static let maxExponent = 3.0

  /// The exponent that gives the reference's ratio: the more skew, the more hits of the same cache.
  private static func exponent(_ shape: ZipfPages, _ reference: Measurement) -> (Double, HitCurve)? {
    func curve(_ exponent: Double) -> HitCurve { HitCurve(shape.popularity(exponent: exponent)) }
    func ratio(_ curve: HitCurve) -> Double { curve.hitRatio(at: reference.cachePages) }
    guard ratio(curve(0)) <= reference.hitRatio, ratio(curve(maxExponent)) >= reference.hitRatio else { return nil }
    var (low, high) = (0.0, maxExponent)
    // Until the ratio is right to a tenth of the tolerance.
    for _ in 0..<24 {
      let middle = (low + high) / 2
      let attempt = curve(middle)
      let difference = ratio(attempt) - reference.hitRatio
      if abs(difference) < tolerance / 10 { return (middle, attempt) }
      if difference < 0 { low = middle } else { high = middle }
    }
    return nil
  }
}
