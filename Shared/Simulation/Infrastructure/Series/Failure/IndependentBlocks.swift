/// Means over blocks of a series, long enough that neighbours hardly depend on each other: control charts assume
/// independent values, and metric series aren't.
///
/// Blocks double until the lag-one correlation of their means in the first half is below 0.3; a known season is removed
/// first by its difference. The same idea as batch means in simulation output analysis (A. Law, "Simulation Modeling
/// and Analysis", 5th edition, 2015, 9.5).
struct IndependentBlocks: Sendable, Hashable {
  let means: [Double]
  /// Values in each block.
  let size: Int

  /// Fewest blocks.
  static let leastCount = 60

  /// - Returns: `nil` where fewer than ``leastCount`` such blocks fit.
  init?(_ values: [Double], period: Int?) {
    let finite = values.filter(\.isFinite)
    var base = finite
    if let period, period > 1, finite.count > period {
      base = zip(finite.dropFirst(period), finite).map { $0 - $1 }
    }
    var size = 1
    while base.count / size >= Self.leastCount {
      let means = stride(from: base.count % size, to: base.count, by: size).map { start in
        base[start..<(start + size)].reduce(0, +) / Double(size)
      }
      if Self.correlation(means.prefix(means.count / 2)) < 0.3 {
        self.means = means
        self.size = size
        return
      }
      size *= 2
    }
    return nil
  }

  private static func correlation(_ values: ArraySlice<Double>) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard variance > 0 else { return 0 }
    return zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) } / variance
  }
}
