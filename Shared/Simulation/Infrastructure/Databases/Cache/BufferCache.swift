/// How a full cache chooses the page that makes room.
public enum CacheReplacement: Sendable, Hashable {
  /// The least recently used.
  case lru
  /// A hand goes round over the pages, takes 1 from each one's use count and evicts the first it finds at 0; a page
  /// comes in with a count of 1, and each further access adds 1 up to `maximumUsage`.
  case clockSweep(maximumUsage: Int)

  /// PostgreSQL's buffer pool: `BM_MAX_USAGE_COUNT` is 5 (src/backend/storage/buffer/freelist.c, buf_internals.h).
  public static let postgres = CacheReplacement.clockSweep(maximumUsage: 5)
}

/// The steady hit ratio of a cache whose pages have known popularities.
///
/// In both policies a page's stay in a large cache hangs on the others only through one number T, which solves
/// Σ hᵢ(T) = C, where hᵢ is the share of the time that page i is in the cache of C pages. A hit ratio is Σ pᵢ hᵢ.
/// - LRU: hᵢ = 1 − exp(−λᵢT), T the time until a page unasked for is evicted. H. Che, Y. Tung, Z. Wang, "Hierarchical Web
///   caching systems", IEEE JSAC 20(7), 2002; why it is so exact: C. Fricker, P. Robert, J. Roberts, "A versatile and
///   accurate approximation for LRU cache performance", ITC 24, 2012.
/// - Clock sweep: T is the time of one round. A page's use count, seen at each passing of the hand, is a Markov chain with
///   Poisson(λᵢT) accesses between passings, absorbed where the hand finds 0; hᵢ = S/(S + 1/λᵢ) with S the mean stay.
///   The generalised clock was so analysed by V. Nicola, A. Dan, D. Dias, "Analysis of the generalized clock buffer
///   replacement scheme for database transaction processing", SIGMETRICS 1992.
///
/// Regime: independent references, a cache of at least some 100 pages, no sequential scans (PostgreSQL reads tables
/// larger than a quarter of `shared_buffers`, vacuums and bulk writes through small rings, `usesRing`).
public struct BufferCache: Sendable, Hashable {
  public let pages: Double
  public let replacement: CacheReplacement

  /// - Parameter pages: size of the cache, over 0 (`shared_buffers` by 8 kB).
  public init?(pages: Double, replacement: CacheReplacement = .postgres) {
    guard pages > 0, pages.isFinite else { return nil }
    if case .clockSweep(let most) = replacement, !(1...15).contains(most) { return nil }
    self.pages = pages
    self.replacement = replacement
  }

  /// What the cache does for a load.
  public struct Performance: Sendable, Hashable {
    /// Share of the accesses that find their page, 0 to 1.
    public var hitRatio: Double
    /// T, in units of 1/rate; infinite when all pages fit.
    public var characteristicTime: Double
    /// Share of the pages of each class that are in the cache.
    public var residency: [Double]
  }

  /// The steady state, after as many misses as fill the cache several times.
  ///
  /// - Returns: nil for a load without pages.
  public func performance(_ popularity: PagePopularity) -> Performance? {
    let classes = popularity.classes
    guard !classes.isEmpty else { return nil }
    if popularity.pageCount <= pages {
      return Performance(
        hitRatio: 1, characteristicTime: .infinity, residency: [Double](repeating: 1, count: classes.count))
    }
    // Σh grows with T. Bisection of log T, from where nothing stays to where all does.
    let slowest = classes.reduce(Double.infinity) { min($0, $1.rate) }
    let total = popularity.totalRate
    var lower = Elementary.log(1e-6 * pages / total)
    var upper = Elementary.log(1e3 / slowest)
    for _ in 0..<100 {
      let middle = (lower + upper) / 2
      let time = Elementary.exp(middle)
      let held = classes.reduce(0.0) { $0 + $1.pages * residency(rate: $1.rate, time: time) }
      if held < pages { lower = middle } else { upper = middle }
      if upper - lower < 1e-12 { break }
    }
    let time = Elementary.exp((lower + upper) / 2)
    let residencies = classes.map { residency(rate: $0.rate, time: time) }
    let hits = zip(classes, residencies).reduce(0.0) { $0 + $1.0.pages * $1.0.rate * $1.1 }
    return Performance(hitRatio: hits / total, characteristicTime: time, residency: residencies)
  }

  private func residency(rate: Double, time: Double) -> Double {
    switch replacement {
    case .lru: Elementary.occupied(rate * time)
    case .clockSweep(let most): ClockSweep.residency(accessesPerRound: rate * time, maximumUsage: most)
    }
  }

  /// Whether PostgreSQL reads a table through a ring of 256 kB instead of the whole cache: a sequential scan of more than
  /// a quarter of `shared_buffers` does (src/backend/storage/buffer/README, "Buffer Ring Replacement Strategy").
  public static func usesRing(tablePages: Double, cachePages: Double) -> Bool { tablePages > cachePages / 4 }
}

/// One page under a clock's hand.
enum ClockSweep {
  /// Beyond so many accesses per round a page is never found at 0 (probability below 1e-20).
  private static let alwaysResident = 12.0

  /// The share of time that a page is in the cache.
  ///
  /// Let R(c) be the mean number of rounds that a page with count c just after the hand has passed will stay:
  /// R(c) = 1 + Σⱼ P(c → j) R(j − 1) over j ≥ 1, where the count goes from c to j by Poisson accesses, capped at the
  /// maximum. The stay is R(1) rounds: the hand has just passed where a page comes in.
  static func residency(accessesPerRound x: Double, maximumUsage most: Int) -> Double {
    if x <= 0 { return 0 }
    if x >= alwaysResident { return 1 }
    // Counts just after a passing are 0 to most − 1, and `most` itself only as a start, which 1 ≤ most covers.
    let size = most + 1
    var poisson = [Elementary.exp(-x)]
    for k in 1...most { poisson.append(poisson[k - 1] * x / Double(k)) }
    var matrix = [Double](repeating: 0, count: size * size)
    for count in 0..<size {
      var below = 0.0
      for reached in count...most {
        let probability = reached < most ? poisson[reached - count] : max(0, 1 - below)
        below += probability
        if reached > 0 { matrix[count * size + reached - 1] -= probability }
      }
      matrix[count * size + count] += 1
    }
    let rounds = solve(&matrix, size)[1]
    // S = rounds × T; 1/λ = T/x.
    return rounds / (rounds + 1 / x)
  }

  /// Solves matrix · R = (1, …, 1) by elimination without pivoting, which the chain's diagonal dominance allows.
  private static func solve(_ matrix: inout [Double], _ size: Int) -> [Double] {
    var right = [Double](repeating: 1, count: size)
    for pivot in 0..<size {
      for row in (pivot + 1)..<max(size, pivot + 1) {
        let factor = matrix[row * size + pivot] / matrix[pivot * size + pivot]
        if factor == 0 { continue }
        for column in pivot..<size { matrix[row * size + column] -= factor * matrix[pivot * size + column] }
        right[row] -= factor * right[pivot]
      }
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      for column in (row + 1)..<max(size, row + 1) { right[row] -= matrix[row * size + column] * right[column] }
      right[row] /= matrix[row * size + row]
    }
    return right
  }
}
