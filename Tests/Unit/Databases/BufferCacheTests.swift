import SimulationDatabases
import SimulationKernel
import Testing

@Suite struct BufferCacheTests {
  /// A cache simulated access by access.
  static func simulated(
    _ popularity: PagePopularity, pages: Int, replacement: CacheReplacement, accesses: Int, seed: UInt64
  ) -> Double {
    var rates: [Double] = []
    for one in popularity.classes { rates += [Double](repeating: one.rate, count: Int(one.pages)) }
    var cumulative: [Double] = []
    var sum = 0.0
    for rate in rates {
      sum += rate
      cumulative.append(sum)
    }
    var stream = RandomStream(seed: seed)
    var frames = [Int](repeating: -1, count: pages)
    var counts = [Int](repeating: 0, count: pages)
    var frame = [Int](repeating: -1, count: rates.count)
    var used = [Int](repeating: 0, count: rates.count)
    var hand = 0
    var hits = 0
    for access in 0..<(2 * accesses) {
      let draw = stream.uniform() * sum
      var low = 0
      var high = rates.count - 1
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] <= draw { low = middle + 1 } else { high = middle }
      }
      let page = low
      used[page] = access
      if frame[page] >= 0 {
        if access >= accesses { hits += 1 }
        if case .clockSweep(let most) = replacement { counts[frame[page]] = min(most, counts[frame[page]] + 1) }
        continue
      }
      var victim = hand
      switch replacement {
      case .lru:
        victim = 0
        for index in 0..<pages where frames[index] < 0 || used[frames[index]] < used[max(0, frames[victim])] {
          victim = index
          if frames[index] < 0 { break }
        }
      case .clockSweep:
        while counts[hand] > 0 {
          counts[hand] -= 1
          hand = (hand + 1) % pages
        }
        victim = hand
        hand = (hand + 1) % pages
      }
      if frames[victim] >= 0 { frame[frames[victim]] = -1 }
      frames[victim] = page
      counts[victim] = 1
      frame[page] = victim
    }
    return Double(hits) / Double(accesses)
  }

  static let load = PagePopularity(classes: [
    PagePopularity.Class(pages: 20, rate: 20), PagePopularity.Class(pages: 200, rate: 2),
    PagePopularity.Class(pages: 1_000, rate: 0.5),
  ])

  @Test(arguments: [CacheReplacement.lru, .clockSweep(maximumUsage: 1), .postgres], [100, 300, 600])
  func `the approximation meets a simulation`(_ replacement: CacheReplacement, _ pages: Int) throws {
    let cache = try #require(BufferCache(pages: Double(pages), replacement: replacement))
    let predicted = try #require(cache.performance(Self.load)).hitRatio
    let measured = Self.simulated(Self.load, pages: pages, replacement: replacement, accesses: 40_000, seed: 7)
    // Three standard errors of the simulation's share, and half a point for the approximation.
    #expect(abs(predicted - measured) < 3 * (0.25 / 40_000).squareRoot() + 0.005)
  }

  @Test func `a uniform load hits in proportion to the cache under any policy`() throws {
    let uniform = PagePopularity(classes: [PagePopularity.Class(pages: 1_000, rate: 1)])
    for replacement in [CacheReplacement.lru, .postgres] {
      let cache = try #require(BufferCache(pages: 250, replacement: replacement))
      #expect(abs(try #require(cache.performance(uniform)).hitRatio - 0.25) < 1e-9)
    }
  }

  @Test func `a larger cache never hits less, and one for all pages always`() throws {
    var last = 0.0
    for pages in stride(from: 100.0, through: 1_300, by: 100) {
      let ratio = try #require(BufferCache(pages: pages)?.performance(Self.load)).hitRatio
      #expect(ratio >= last)
      last = ratio
    }
    #expect(last == 1)
  }

  @Test func `levels of an index add up`() {
    // pgbench at scale 40: 10,970 pages, two levels above the leaves, one of them the root.
    let levels = IndexedTable.levels(pages: 10_970, height: 2)
    #expect(levels.reduce(0, +) == 10_969)
    #expect(levels.last == 1 && levels.count == 3)
    #expect((20...150).contains(levels[1]))
    #expect(IndexedTable.levels(pages: 2, height: 0) == [1])
    #expect(IndexedTable.levels(pages: 30, height: 1) == [28, 1])
  }

  @Test func `pages of a scattered Zipf law add up and depend little on the seed`() throws {
    let table = try #require(IndexedTable(rows: 20_000, heapPages: 330, indexLevels: [57, 1]))
    var ratios: [Double] = []
    for seed in [1, 2, 3] as [UInt64] {
      var stream = RandomStream(seed: seed)
      let popularity = try #require(table.popularity(.scatteredZipf(exponent: 1.05), stream: &stream))
      #expect(abs(popularity.pageCount - 388) < 1e-9)
      #expect(abs(popularity.totalRate - 3) < 1e-9)
      ratios.append(try #require(BufferCache(pages: 128)?.performance(popularity)).hitRatio)
    }
    #expect((ratios.max() ?? 1) - (ratios.min() ?? 0) < 0.02)
  }

  @Test func `what PostgreSQL 15 measured`() throws {
    // pgbench -S at scale 40, `buffer-cache-accuracy` on 2026-11-21: hit ratio by shared_buffers.
    let table = try #require(
      IndexedTable(rows: 4_000_000, heapPages: 65_574, indexLevels: IndexedTable.levels(pages: 10_970, height: 2)))
    var stream = RandomStream(seed: 1)
    let popularity = try #require(table.popularity(.uniform, stream: &stream))
    for (megabytes, measured) in [(16.0, 0.5259), (32, 0.5524), (64, 0.6028), (128, 0.6934), (256, 0.8280)] {
      let cache = try #require(BufferCache(pages: megabytes * 128))
      #expect(abs(try #require(cache.performance(popularity)).hitRatio - measured) < 0.005, "\(megabytes) MB")
    }
  }

  @Test func `nonsense is refused`() {
    #expect(BufferCache(pages: 0) == nil)
    #expect(BufferCache(pages: 10, replacement: .clockSweep(maximumUsage: 0)) == nil)
    #expect(IndexedTable(rows: 0, heapPages: 1, indexLevels: []) == nil)
    #expect(BufferCache(pages: 10)?.performance(PagePopularity(classes: [])) == nil)
  }
}
