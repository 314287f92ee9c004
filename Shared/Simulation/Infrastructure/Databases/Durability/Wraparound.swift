/// The ages at which a PostgreSQL server acts on unfrozen transaction ids, and how long until then.
///
/// Source: `SetTransactionIdLimit` (varsup.c) and `SetMultiXactIdLimit` (multixact.c): the ids wrap at 2³¹ − 1; the server
/// stops to give new ones 3,000,000 before that from 14 on, 1,000,000 before (multixacts: 100), and warns 40,000,000
/// before (before 14: 10,000,000 ahead of the stop). Documentation, 24.1.5.
public struct Wraparound: Sendable, Hashable {
  public enum Counter: Sendable, Hashable { case transactions, multixacts }

  /// 2³¹ − 1, half of the ids.
  public static let wrapAge = 2_147_483_647.0

  public let counter: Counter
  /// `autovacuum_freeze_max_age` or `autovacuum_multixact_freeze_max_age`; a vacuum that freezes starts there even where
  /// autovacuum is off.
  public let forcedVacuumAge: Double
  public let warningAge: Double
  /// Writes fail from here on; reads go on.
  public let stopAge: Double

  /// - Parameters:
  ///   - freezeMaxAge: 100,000 to 2,000,000,000 (10,000 for multixacts).
  ///   - major: nil for unknown, which takes the earliest stop.
  public init(_ counter: Counter = .transactions, freezeMaxAge: Double, major: Int?) {
    self.counter = counter
    forcedVacuumAge = freezeMaxAge
    let isNew = (major ?? .max) >= 14
    switch (counter, isNew) {
    case (_, true): stopAge = Self.wrapAge - 3_000_000
    case (.transactions, false): stopAge = Self.wrapAge - 1_000_000
    case (.multixacts, false): stopAge = Self.wrapAge - 100
    }
    warningAge = isNew ? Self.wrapAge - 40_000_000 : stopAge - 10_000_000
  }

  /// What becomes of a database at a steady pace.
  public struct Forecast: Sendable, Hashable {
    /// s from now; 0 when it has passed, infinite without writes.
    public var secondsUntilForcedVacuum: Double
    public var secondsUntilStop: Double
    /// Between the two: the time that freezing has.
    public var secondsToFreeze: Double
    /// Reading everything once at the rate given; nil where none is.
    public var freezeSeconds: Double?
    /// Whether freezing ends in time; nil without a rate.
    public var freezesInTime: Bool?
  }

  /// - Parameters:
  ///   - age: `age(datfrozenxid)` now.
  ///   - idsPerSecond: transactions that write; reads take no id.
  ///   - databaseBytes: what a freezing vacuum reads at most: pages that are all frozen are skipped.
  ///   - vacuumBytesPerSecond: see `VacuumPace`.
  public func forecast(
    age: Double, idsPerSecond: Double, databaseBytes: Double? = nil, vacuumBytesPerSecond: Double? = nil
  ) -> Forecast {
    func seconds(to limit: Double) -> Double {
      if age >= limit { return 0 }
      return idsPerSecond > 0 ? (limit - age) / idsPerSecond : .infinity
    }
    let start = seconds(to: forcedVacuumAge)
    let stop = seconds(to: stopAge)
    let room = stop.isInfinite ? Double.infinity : stop - start
    var work: Double?
    if let databaseBytes, let vacuumBytesPerSecond, vacuumBytesPerSecond > 0 {
      work = databaseBytes / vacuumBytesPerSecond
    }
    return Forecast(
      secondsUntilForcedVacuum: start, secondsUntilStop: stop, secondsToFreeze: room, freezeSeconds: work,
      freezesInTime: work.map { $0 <= room })
  }
}
