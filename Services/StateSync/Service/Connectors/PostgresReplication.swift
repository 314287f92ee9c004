import FleetCore
import PostgresDriver
import SimulationInput

/// What a PostgreSQL says of replication: a primary of its standbys, a standby of how far it is behind.
///
/// Source: PostgreSQL documentation, 28.2 (pg_stat_replication, pg_stat_wal_receiver), 9.27.4 (recovery control).
struct PostgresReplication {
  struct Reading {
    var state: TargetState = [:]
    var metrics: [String: Double] = [:]
  }

  let connection: PostgresConnection

  /// A primary measures a standby's lag only while its replay advances, and goes on telling the last value of one that
  /// stands still. So what a standby that is further behind lags isn't known. One segment of the log, bytes.
  private static let longestUnmeasured = 16_777_216.0

  /// Settings in which a hot standby must not be below its primary (26.4.3).
  private static let standbyAtLeast = [
    "max_connections", "max_prepared_transactions", "max_locks_per_transaction", "max_wal_senders",
    "max_worker_processes",
  ]

  /// What a standby's settings are to its primary: keys of the primary's state.
  static func standbySettings(_ state: TargetState) -> TargetState {
    standbyAtLeast.reduce(into: [:]) { told, name in told["standby_\(name)"] = state[name] }
  }

  func read() async throws -> Reading {
    var reading = Reading()
    let isStandby = try await connection.query("SELECT pg_is_in_recovery()")[0].decode(Bool.self)
    reading.state["role"] = .string(isStandby ? "standby" : "primary")
    let own = isStandby ? try await ownLag() : nil
    if !isStandby {
      reading.metrics["wal_bytes_total"] = try await connection.query(
        "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8")[0].decode(Double.self)
    }
    try await slots(&reading)
    let worst = [own, try await standbys(&reading)].compactMap(\.self).max()
    if let worst {
      reading.state["replication_lag_s"] = .number(worst)
      reading.metrics["replication_lag_s"] = worst
    }
    return reading
  }

  /// How long ago the newest transaction was made that the standby has replayed; 0 when it has replayed all that its
  /// primary, which it hears, has written. On an idle primary that it doesn't hear it is the most that it can be.
  private func ownLag() async throws -> Double? {
    let row = try await connection.query(
      """
      SELECT CASE WHEN pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn()
          AND EXISTS (SELECT FROM pg_stat_wal_receiver) THEN 0
        ELSE greatest(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0) END::float8
      """)[0]
    let lag = try row.decode(Double?.self)
    return lag
  }

  /// Tells of the standbys that read this server's log.
  ///
  /// Those are neither subscribers of logical replication nor what only keeps the log, such as pg_receivewal, which
  /// replays nothing. Who reads it is only told to pg_monitor.
  ///
  /// - Returns: the longest lag; nil where there are none or one's isn't known.
  private func standbys(_ reading: inout Reading) async throws -> Double? {
    let standbys = try await connection.query(
      """
      SELECT coalesce(r.application_name, ''), coalesce(r.state, ''), coalesce(r.sync_state, ''),
        extract(epoch FROM r.replay_lag)::float8,
        pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
          r.replay_lsn)::float8
      FROM pg_stat_replication r
      WHERE pg_has_role('pg_read_all_stats', 'USAGE') AND r.replay_lsn IS NOT NULL
        AND NOT EXISTS (SELECT FROM pg_replication_slots s WHERE s.active_pid = r.pid AND s.slot_type = 'logical')
      ORDER BY r.application_name, r.pid
      """
    ).decode(String.self, String.self, String.self, Double?.self, Double.self)
    let isAway: Bool
    if case .array(let slots)? = reading.state["slots"] {
      isAway = slots.contains { $0["type"] == "physical" && $0["active"] == false }
    } else {
      isAway = false
    }
    // Where nobody reads the log or has a place in it kept, there may be another way to fail over that it can't tell.
    guard !standbys.isEmpty || isAway else { return nil }
    reading.state["replica_failover"] = .bool(standbys.contains { $0.1 == "streaming" })
    guard !standbys.isEmpty else { return nil }
    reading.state["standbys"] = .array(
      standbys.map {
        .object([.init("name", .string($0.0)), .init("state", .string($0.1)), .init("sync_state", .string($0.2))])
      })
    reading.metrics["standby_lag_bytes"] = standbys.map { max($0.4, 0) }.max()
    // One that has caught up on an idle primary tells no lag.
    let lags = standbys.map { $0.4 <= 0 ? 0 : $0.4 > Self.longestUnmeasured ? nil : $0.3 ?? 0 }
    return lags.contains(nil) ? nil : lags.compactMap(\.self).max()
  }

  /// The slots with the log that they hold back.
  private func slots(_ reading: inout Reading) async throws {
    let slots = try await connection.query(
      """
      SELECT slot_name::text, slot_type, active, CASE WHEN pg_is_in_recovery() THEN NULL
        ELSE pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::float8 END
      FROM pg_replication_slots ORDER BY slot_name
      """
    ).decode(String.self, String.self, Bool.self, Double?.self)
    reading.state["slots"] = .array(
      slots.map { name, type, isActive, retained in
        let held: [InputValue.Member] = retained.map { [.init("retained_wal_gb", .number($0 / 1_073_741_824))] } ?? []
        return .object(
          [.init("name", .string(name)), .init("type", .string(type)), .init("active", .bool(isActive))] + held)
      })
  }
}
