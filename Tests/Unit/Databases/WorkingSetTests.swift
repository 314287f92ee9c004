import SimulationDatabases
import SimulationKernel
import Testing

@Suite("Working set from measured hit ratios")
struct WorkingSetTests {
  /// 800,000 rows in 13,115 pages with a B-tree of three levels, looked up by key, as `BufferCache` sees it.
  private struct Known {
    static let pages = 15_311.0
    let load: PagePopularity

    init(_ access: RowAccess) throws {
      let table = IndexedTable(rows: 800_000, heapPages: 13_115, indexLevels: [2_187, 8, 1])
      var stream = RunSeed(3).stream(for: "working-set")
      let pages = try #require(table?.popularity(access, stream: &stream)).classes
      // Pages of nearly one rate are brought together: few classes are exact enough, and quick.
      let size = pages.count > 100 ? 48 : 1
      let sorted = pages.sorted { $0.rate > $1.rate }
      load = PagePopularity(
        classes: stride(from: 0, to: sorted.count, by: size)
          .map { start in
            let part = sorted[start..<min(start + size, sorted.count)]
            let count = part.reduce(0) { $0 + $1.pages }
            return .init(pages: count, rate: part.reduce(0) { $0 + $1.pages * $1.rate } / count)
          })
    }

    init(load: PagePopularity) { self.load = load }

    func measured(_ megabytes: Double, deviation: Double = 0.001) throws -> WorkingSet.Measurement {
      let state = try #require(BufferCache(pages: megabytes * 128)?.performance(load))
      return .init(cachePages: megabytes * 128, hitRatio: state.hitRatio, deviation: deviation)
    }

    /// The cache that gives the ratio.
    func truth(_ ratio: Double) throws -> Double {
      var (low, high) = (100.0, load.pageCount)
      for _ in 0..<14 {
        let middle = (low + high) / 2
        let reached = try #require(BufferCache(pages: middle)?.performance(load)).hitRatio
        if reached < ratio { low = middle } else { high = middle }
      }
      return high
    }
  }

  @Test(
    "two sizes of the cache tell how many pages another hit ratio needs",
    arguments: [RowAccess.uniform, .scatteredZipf(exponent: 1.05)])
  func twoSizes(_ access: RowAccess) throws {
    let known = try Known(access)
    let measured = [try known.measured(32), try known.measured(64)]
    for ratio in [0.95, 0.99] {
      let fit = try WorkingSet(pages: Known.pages, measured: measured, hitRatio: ratio)
      let truth = try known.truth(ratio)
      #expect(fit.sizes == 2)
      #expect(fit.bounds.contains(truth), "\(truth) of \(fit)")
      let pages = try #require(fit.pages, "\(fit)")
      #expect(abs(pages - truth) <= 0.15 * truth, "\(truth) of \(fit)")
      #expect(fit.law != nil)
    }
  }

  @Test("from one size only bounds are told")
  func oneSize() throws {
    for access in [RowAccess.uniform, .scatteredZipf(exponent: 1.05)] {
      let known = try Known(access)
      let fit = try WorkingSet(pages: Known.pages, measured: [known.measured(32)], hitRatio: 0.99)
      let truth = try known.truth(0.99)
      #expect(fit.pages == nil, "\(fit)")
      #expect(fit.law == nil)
      #expect(fit.bounds.contains(truth), "\(truth) of \(fit)")
      #expect(fit.bounds.upperBound <= Known.pages)
    }
    // Sizes that hardly differ are one.
    let known = try Known(.uniform)
    let close = try WorkingSet(
      pages: Known.pages, measured: [known.measured(32), known.measured(34)], hitRatio: 0.99)
    #expect(close.sizes == 1)
    #expect(close.pages == nil)
  }

  @Test("pages that nobody asks for aren't needed, and two sizes tell")
  func coldData() throws {
    // 8,000 of 100,000 pages are asked for, by Zipf's law of 0.9, in classes.
    let ranks = [1, 2, 3, 4, 6, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 4_000, 6_000, 8_001]
    let rates = [
      1_000, 535.89, 372.04, 261.05, 166.31, 93.35, 49.21, 26.16, 13.96, 7.47, 4.0, 2.14, 1.15, 0.69, 0.47, 0.35,
    ]
    let hot = Known(
      load: PagePopularity(
        classes: zip(zip(ranks, ranks.dropFirst()), rates).map { .init(pages: Double($0.1 - $0.0), rate: $1) }))
    let fit = try WorkingSet(pages: 100_000, measured: [hot.measured(8), hot.measured(32)], hitRatio: 0.95)
    let truth = try hot.truth(0.95)
    #expect(fit.bounds.contains(truth), "\(truth) of \(fit)")
    #expect(try #require(fit.pages, "\(fit)") < 1.2 * truth)
    // One size can't know: all 100,000 may be asked for.
    let alone = try WorkingSet(pages: 100_000, measured: [hot.measured(8)], hitRatio: 0.95)
    #expect(alone.pages == nil)
    #expect(alone.bounds.contains(truth))
    #expect(alone.bounds.upperBound > 80_000)
  }

  @Test("a cache that reaches the ratio bounds what it needs, whatever the law")
  func reached() throws {
    let known = try Known(.scatteredZipf(exponent: 1.05))
    let fit = try WorkingSet(pages: Known.pages, measured: [known.measured(112)], hitRatio: 0.95)
    #expect(fit.bounds.contains(try known.truth(0.95)), "\(fit)")
    #expect(fit.bounds.upperBound <= 112 * 128)
    // Hardly anything misses: no law is to be seen.
    let all = try WorkingSet(
      pages: Known.pages, measured: [.init(cachePages: 14_000, hitRatio: 1, deviation: 0)], hitRatio: 0.99)
    #expect(all.pages == nil)
    #expect(all.bounds.upperBound <= 14_000)
    // More hits with a smaller cache are no law's: what concavity leaves is told.
    let odd = try WorkingSet(
      pages: 50_000,
      measured: [
        .init(cachePages: 1_000, hitRatio: 0.8, deviation: 0.001),
        .init(cachePages: 8_000, hitRatio: 0.5, deviation: 0.001),
      ], hitRatio: 0.9)
    #expect(odd.law == nil)
    #expect(odd.pages == nil)
  }

  @Test("what can't be is refused by name")
  func refused() throws {
    let one = WorkingSet.Measurement(cachePages: 1_000, hitRatio: 0.8, deviation: 0)
    #expect(throws: WorkingSet.Refusal.outOfRange(field: "hit_ratio")) {
      try WorkingSet(pages: 10_000, measured: [one], hitRatio: 1)
    }
    #expect(throws: WorkingSet.Refusal.outOfRange(field: "pages")) {
      try WorkingSet(pages: 0, measured: [one], hitRatio: 0.9)
    }
    #expect(throws: WorkingSet.Refusal.outOfRange(field: "measurements")) {
      try WorkingSet(pages: 10_000, measured: [], hitRatio: 0.9)
    }
    #expect(throws: WorkingSet.Refusal.outOfRange(field: "measurements")) {
      try WorkingSet(
        pages: 10_000, measured: [.init(cachePages: 1_000, hitRatio: 1.2, deviation: 0)], hitRatio: 0.9)
    }
  }
}
