/// How fast cost-based delay lets vacuum go.
///
/// A worker sleeps `cost_delay` whenever it has gathered `cost_limit` points: 1 for a page in the cache, `missCost` for one
/// read, 20 for one made dirty. The bound leaves out the work itself: pages/s ≤ limit / cost / delay. All workers of
/// autovacuum share one limit. Source: PostgreSQL 18 documentation, 19.10.2 and 19.10.1; a miss cost 10 before 14.
public struct VacuumPace: Sendable, Hashable {
  public var costLimit: Double
  /// s; 0 for no delay.
  public var costDelaySeconds: Double
  public var hitCost: Double
  public var missCost: Double
  public var dirtyCost: Double

  public init(
    costLimit: Double = 200, costDelaySeconds: Double = 0.002, hitCost: Double = 1, missCost: Double = 2,
    dirtyCost: Double = 20
  ) {
    self.costLimit = costLimit
    self.costDelaySeconds = costDelaySeconds
    self.hitCost = hitCost
    self.missCost = missCost
    self.dirtyCost = dirtyCost
  }

  /// Autovacuum as a major version ships it (9 for 9.6): 20 ms before 12, 2 ms since.
  public static func autovacuumDefault(major: Int?) -> VacuumPace {
    func number(_ name: String) -> Double { PostgresParameter.named(name, major: major)?.defaultNumber ?? 0 }
    return VacuumPace(
      costLimit: number("vacuum_cost_limit"), costDelaySeconds: number("autovacuum_vacuum_cost_delay") / 1_000,
      hitCost: number("vacuum_cost_page_hit"), missCost: number("vacuum_cost_page_miss"),
      dirtyCost: number("vacuum_cost_page_dirty"))
  }

  /// The most that all workers together go through, bytes per second; infinite without a delay.
  ///
  /// - Parameters:
  ///   - missShare: share of the pages that have to be read.
  ///   - dirtyShare: share of the pages that are changed.
  public func bytesPerSecond(missShare: Double = 1, dirtyShare: Double = 0) -> Double {
    guard costDelaySeconds > 0 else { return .infinity }
    let cost = hitCost * (1 - missShare) + missCost * missShare + dirtyCost * dirtyShare
    return cost > 0 ? costLimit / cost / costDelaySeconds * 8_192 : .infinity
  }
}

/// Dead rows of one table between two vacuums.
///
/// Source: PostgreSQL 18 documentation, 24.1.6: vacuum starts when dead rows exceed autovacuum_vacuum_threshold +
/// autovacuum_vacuum_scale_factor × rows (from 18 no more than autovacuum_vacuum_max_threshold).
public struct DeadRows: Sendable, Hashable {
  public var rows: Double
  public var tableBytes: Double
  /// Updates and deletes per second that leave a dead version (a HOT update's is pruned without vacuum).
  public var deadPerSecond: Double
  public var threshold: Double
  public var scaleFactor: Double
  /// nil before 18.
  public var maximumThreshold: Double?

  public init(
    rows: Double, tableBytes: Double, deadPerSecond: Double, threshold: Double = 50, scaleFactor: Double = 0.2,
    maximumThreshold: Double? = nil
  ) {
    self.rows = rows
    self.tableBytes = tableBytes
    self.deadPerSecond = deadPerSecond
    self.threshold = threshold
    self.scaleFactor = scaleFactor
    self.maximumThreshold = maximumThreshold
  }

  /// Dead rows at which a vacuum starts.
  public var vacuumAt: Double {
    let limit = threshold + scaleFactor * rows
    return maximumThreshold.map { min($0, limit) } ?? limit
  }

  /// From one vacuum to the next, s.
  public var secondsBetweenVacuums: Double { deadPerSecond > 0 ? vacuumAt / deadPerSecond : .infinity }

  /// Whether vacuum ends before the next is due: one pass over the table and, twice as much, over its indexes.
  public func keepsUp(vacuumBytesPerSecond rate: Double) -> Bool {
    rate > 0 && tableBytes / rate <= secondsBetweenVacuums
  }

  /// Dead rows after a time without vacuum, and the bytes they take at the table's mean row width.
  public func without(vacuumFor seconds: Double) -> (rows: Double, bytes: Double) {
    let dead = deadPerSecond * seconds
    return (dead, rows > 0 ? dead * tableBytes / rows : 0)
  }
}
