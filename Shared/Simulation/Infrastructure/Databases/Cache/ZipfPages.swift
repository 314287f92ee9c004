/// Pages whose popularity follows Zipf's law: the page of rank k is asked for with probability ∝ k^(−exponent).
///
/// L. Breslau et al., "Web caching and Zipf-like distributions", INFOCOM 1999, for the law as a model of references to a
/// cache. Ranks are brought together in classes: singly up to 16, then in steps of some 13 %.
struct ZipfPages: Sendable {
  /// Pages that are asked for beside the ranked ones, all equally often: the upper levels of an index.
  struct Hot: Sendable, Hashable {
    var pages: Double
    /// Share of all accesses, 0 to below 1.
    var share: Double
  }

  private static let single = 16
  private static let stepsPerFactor = 8.0

  /// Logarithms of the classes' bounds, between ranks.
  private let bounds: [Double]
  private let counts: [Double]
  private let hot: Hot?

  init(pages: Double, hot: Hot? = nil) {
    var edges: [Double] = [0.5]
    var rank = 1.0
    while rank < pages {
      rank = rank < Double(Self.single) ? rank + 1 : rank * Elementary.exp(1 / Self.stepsPerFactor)
      edges.append(min(rank, pages + 1) - 0.5)
    }
    if edges.count == 1 { edges.append(0.5 + pages) }
    bounds = edges.map(Elementary.log)
    counts = zip(edges, edges.dropFirst()).map { $1 - $0 }
    self.hot = hot.flatMap { $0.share > 0 ? $0 : nil }
  }

  /// The classes with rates that sum to 1 over all pages.
  ///
  /// - Parameter exponent: at least 0; 0 is uniform.
  func popularity(exponent: Double) -> PagePopularity {
    // ∫ k^(−s) dk over each class.
    let power = 1 - exponent
    let integrals: [Double]
    if abs(power) < 1e-9 {
      integrals = bounds
    } else {
      integrals = bounds.map { Elementary.exp(power * $0) / power }
    }
    let weights = zip(integrals, integrals.dropFirst()).map { $1 - $0 }
    let ranked = 1 - (hot?.share ?? 0)
    let sum = weights.reduce(0, +)
    var classes = zip(counts, weights).map { PagePopularity.Class(pages: $0, rate: ranked * $1 / sum / $0) }
    if let hot { classes.append(.init(pages: hot.pages, rate: hot.share / hot.pages)) }
    return PagePopularity(classes: classes)
  }
}

/// The hit ratio over the size of PostgreSQL's cache: `BufferCache`'s equations for its clock, with the residency of a page
/// read from a table, so that a fit can ask some hundred thousand times.
struct HitCurve: Sendable {
  private let pages: [Double]
  /// Share of the accesses of each class.
  private let shares: [Double]
  /// Natural logarithm of the rate of a page.
  private let logarithms: [Double]
  private let all: Double

  /// - Parameter popularity: with rates that sum to 1.
  init(_ popularity: PagePopularity) {
    pages = popularity.classes.map(\.pages)
    shares = popularity.classes.map { $0.pages * $0.rate }
    logarithms = popularity.classes.map { Elementary.log($0.rate) }
    all = popularity.pageCount
  }

  /// - Parameter size: of the cache, pages.
  func hitRatio(at size: Double) -> Double { size >= all ? 1 : solve { $0.pages < size }.hits }

  /// The pages that a cache needs for a hit ratio below 1.
  func size(for ratio: Double) -> Double { solve { $0.hits < ratio }.pages }

  /// Hits and pages held where `isBelow` ends, by bisection of log T, T in accesses: both grow with it.
  private func solve(_ isBelow: ((hits: Double, pages: Double)) -> Bool) -> (hits: Double, pages: Double) {
    let slowest = logarithms.min() ?? 0
    var (low, high) = (-2.0, Self.high - slowest)
    for _ in 0..<26 {
      let middle = (low + high) / 2
      if isBelow(at(middle)) { low = middle } else { high = middle }
    }
    return at((low + high) / 2)
  }

  private func at(_ time: Double) -> (hits: Double, pages: Double) {
    var (hits, held) = (0.0, 0.0)
    for index in pages.indices {
      let residency = Self.residency(logarithms[index] + time)
      hits += shares[index] * residency
      held += pages[index] * residency
    }
    return (hits, held)
  }

  private static let low = -14.0
  /// e^2.485 = 12 accesses a round: always there.
  private static let high = 2.485
  private static let steps = 4_096
  private static let table: [Double] = (0...steps).map { step in
    let x = Elementary.exp(low + (high - low) * Double(step) / Double(steps))
    return ClockSweep.residency(accessesPerRound: x, maximumUsage: 5)
  }

  /// - Parameter x: natural logarithm of the accesses in a round.
  private static func residency(_ x: Double) -> Double {
    if x >= high { return 1 }
    // So seldom that only the share of time counts, which is proportional.
    if x <= low { return table[0] * Elementary.exp(x - low) }
    let place = (x - low) / (high - low) * Double(steps)
    let index = min(Int(place), steps - 1)
    return table[index] + (place - Double(index)) * (table[index + 1] - table[index])
  }
}
