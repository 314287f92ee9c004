public import SimulationKernel

/// How often the pages of a database are asked for, relative to each other.
///
/// Accesses follow the independent reference model: each is to page i with probability pᵢ, whatever came before.
public struct PagePopularity: Sendable, Hashable {
  /// Pages that are asked for equally often.
  public struct Class: Sendable, Hashable {
    /// Number of pages, over 0; needn't be whole.
    public var pages: Double
    /// Accesses of one page per unit of time, at least 0; only ratios matter.
    public var rate: Double

    public init(pages: Double, rate: Double) {
      self.pages = pages
      self.rate = rate
    }
  }

  public let classes: [Class]

  public init(classes: [Class]) { self.classes = classes.filter { $0.pages > 0 && $0.rate > 0 } }

  /// Pages that are asked for at all.
  public var pageCount: Double { classes.reduce(0) { $0 + $1.pages } }

  public var totalRate: Double { classes.reduce(0) { $0 + $1.pages * $1.rate } }

  /// Both together, at the rates that each has.
  public func adding(_ other: PagePopularity) -> PagePopularity { PagePopularity(classes: classes + other.classes) }

  /// All rates times a factor.
  public func scaled(by factor: Double) -> PagePopularity {
    PagePopularity(classes: classes.map { Class(pages: $0.pages, rate: $0.rate * factor) })
  }

  /// Pages of single rates, brought together where the rates differ by less than 0.5 %.
  init(pageRates: [Double]) {
    let sorted = pageRates.filter { $0 > 0 }.sorted(by: >)
    var classes: [Class] = []
    var start = 0
    while start < sorted.count {
      var end = start
      var sum = 0.0
      while end < sorted.count, sorted[end] >= sorted[start] * 0.995 {
        sum += sorted[end]
        end += 1
      }
      classes.append(Class(pages: Double(end - start), rate: sum / Double(end - start)))
      start = end
    }
    self.init(classes: classes)
  }
}

/// Which rows are asked for.
public enum RowAccess: Sendable, Hashable {
  /// All rows equally often.
  case uniform
  /// The row of rank k with probability ∝ k^(−exponent), ranks scattered over the table at random; exponent over 0.
  case scatteredZipf(exponent: Double)
}

/// A table that is read row by row through a B-tree.
public struct IndexedTable: Sendable, Hashable {
  /// The most rows of which a scattered Zipf law is computed, 8 bytes each.
  public static let maximumScatteredRows = 20_000_000

  public let rows: Int
  /// `pg_class.relpages` of the table.
  public let heapPages: Int
  /// Pages of each level of the index, leaves first, root last (`bt_metap().level` tells how many there are above the
  /// leaves). Empty for a table without an index.
  public let indexLevels: [Int]

  /// nil where a count isn't positive.
  public init?(rows: Int, heapPages: Int, indexLevels: [Int]) {
    guard rows > 0, heapPages > 0, indexLevels.allSatisfy({ $0 > 0 }) else { return nil }
    self.rows = rows
    self.heapPages = heapPages
    self.indexLevels = indexLevels
  }

  /// The levels of an index, from its pages and height: one root, one meta page that sessions keep in memory, and between
  /// root and leaves as many as the leaves' fan-out makes.
  ///
  /// - Parameters:
  ///   - pages: `pg_class.relpages` of the index.
  ///   - height: levels above the leaves.
  public static func levels(pages: Int, height: Int) -> [Int] {
    let content = max(1, pages - 1)
    guard height > 0 else { return [content] }
    guard height > 1 else { return [max(1, content - 1), 1] }
    // content = leaves × (1 + 1/f + … ) + 1 with leaves = f^height: solved for the fan-out f by bisection.
    var lower = 1.0
    var upper = Double(content)
    for _ in 0..<200 {
      let fanOut = (lower + upper) / 2
      var sum = 0.0
      for _ in 0...height { sum = sum * fanOut + 1 }
      if sum < Double(content) { lower = fanOut } else { upper = fanOut }
    }
    var levels: [Int] = []
    var size = 1.0
    for _ in 0..<height {
      levels.append(max(1, Int(size.rounded())))
      size *= lower
    }
    levels.append(max(1, content - levels.reduce(0, +)))
    return levels.reversed()
  }

  /// How often each page is asked for when rows are looked up by key, one access per level and one of the table.
  ///
  /// Rows lie in the order of their keys, so that neighbours share a leaf.
  /// - Parameter stream: scatters the ranks of a Zipf law; the hit ratio hardly depends on it.
  /// - Returns: nil for a Zipf law over more than `maximumScatteredRows` rows, or more pages than rows.
  public func popularity(_ access: RowAccess, stream: inout RandomStream) -> PagePopularity? {
    switch access {
    case .uniform:
      return PagePopularity(
        classes: ([heapPages] + indexLevels)
          .map { PagePopularity.Class(pages: Double($0), rate: 1 / Double($0)) })
    case .scatteredZipf(let exponent):
      guard rows <= Self.maximumScatteredRows, heapPages <= rows, indexLevels.allSatisfy({ $0 <= rows }) else {
        return nil
      }
      let weights = scatteredWeights(exponent, &stream)
      var rates: [Double] = []
      for pages in [heapPages] + indexLevels {
        var level = [Double](repeating: 0, count: pages)
        for row in 0..<rows { level[Int(Int64(row) * Int64(pages) / Int64(rows))] += weights[row] }
        rates += level
      }
      return PagePopularity(pageRates: rates)
    }
  }

  private func scatteredWeights(_ exponent: Double, _ stream: inout RandomStream) -> [Double] {
    var weights = [Double](repeating: 0, count: rows)
    var sum = 0.0
    for rank in stride(from: rows, through: 1, by: -1) {
      let weight = Elementary.exp(-exponent * Elementary.log(Double(rank)))
      weights[rank - 1] = weight
      sum += weight
    }
    // Fisher and Yates, by the high half of a product, so that the order doesn't hang on a library's version.
    for index in stride(from: rows - 1, to: 0, by: -1) {
      let other = Int(stream.next().multipliedFullWidth(by: UInt64(index + 1)).high)
      weights.swapAt(index, other)
    }
    for index in weights.indices { weights[index] /= sum }
    return weights
  }
}
