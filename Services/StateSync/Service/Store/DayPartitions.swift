import FleetCore
import PostgresDriver
import PostgresPool
import Synchronization

/// The partitions of a table of the schema `state_sync`: one for each day, in UTC, of the `time` of its rows.
///
/// They are made before rows come to them, and whole ones are dropped when they are too old. Both go through functions of
/// the schema's owner (migration 3), because the service's role changes no schema. Days are counted from 1970.
final class DayPartitions: Sendable {
  /// Partitions that are remembered to exist; far more than a table has.
  private static let maximumKnown = 4_096

  private let pool: PostgresPool
  private let table: String
  private let known = Mutex<Set<Int64>>([])

  /// - Parameter table: is partitioned by range of `time`.
  init(_ pool: PostgresPool, table: String) {
    self.pool = pool
    self.table = table
  }

  /// Makes the partitions of these days where they don't exist; asks nobody when all are known to.
  ///
  /// Not to be called within a transaction that goes on: what it locks stays locked as long.
  func make(_ days: some Sequence<Int64>) async throws {
    var missing: Set<Int64> = []
    known.withLock { known in
      var last: Int64?
      // Rows that come together are of the same day, so asking once is mostly enough.
      for day in days where day != last {
        last = day
        if !known.contains(day) { missing.insert(day) }
      }
    }
    guard !missing.isEmpty else { return }
    try await pool.reachable {
      try await $0.query("SELECT make_day_partitions(\(table), \(missing.sorted())::bigint[])")
    }
    known.withLock { known in
      if known.count + missing.count > Self.maximumKnown { known.removeAll() }
      known.formUnion(missing)
    }
  }

  /// Forgets which partitions exist: a row found none, so another replica must have dropped it.
  func forget() { known.withLock { $0.removeAll() } }

  /// The days that have a partition, ascending.
  func existing() async throws -> [Int64] {
    try await pool.reachable {
      try await $0.query(
        """
        SELECT substring(child.relname FROM '_(-?[0-9]+)$')::bigint AS day
        FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
        JOIN pg_class parent ON parent.oid = inhparent AND parent.relnamespace = 'state_sync'::regnamespace
        WHERE parent.relname = \(table) AND child.relname ~ '_-?[0-9]+$' ORDER BY day
        """
      ).decode(Int64.self)
    }
  }

  /// Drops the partitions of all days before this one, the oldest first, one at a time.
  ///
  /// - Returns: the days that were dropped.
  /// - Throws: `StoreUnavailable`, also when someone reads or writes the table for so long that dropping would hold up
  ///   the others. What was dropped before stays dropped; the rest can be tried again.
  @discardableResult
  func drop(before day: Int64) async throws -> [Int64] {
    let old = try await existing().filter { $0 < day }
    known.withLock { $0.subtract(old) }
    for day in old {
      try await pool.reachable { try await $0.query("SELECT drop_day_partition(\(table), \(day))") }
    }
    return old
  }
}

extension PostgresPool {
  /// Does something with the pool; a database that can't be reached now is a `StoreUnavailable`, one without room on its
  /// disk `StoreFull`.
  @discardableResult
  func reachable<Result>(_ body: (PostgresPool) async throws -> Result) async throws -> Result {
    do {
      return try await body(self)
    } catch let error as PostgresError where error.code == .diskFull {
      throw StoreFull(error.description)
    } catch let error as PostgresError where error.isUnavailable || error.isRetryable {
      throw StoreUnavailable(error.description)
    }
  }
}
