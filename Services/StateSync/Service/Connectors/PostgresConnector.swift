import FleetCore
import PostgresDriver
import SimulationInput

/// Reads a PostgreSQL server: settings, sizes, activity, cache, replication, transaction ids.
///
/// It reads in one transaction that is READ ONLY, under a statement timeout. Settings and activity come from the views
/// of https://www.postgresql.org/docs/current/monitoring-stats.html and view-pg-settings.html.
struct PostgresConnector: SourceConnector {
  static let usualTarget = "postgresql-primary"
  static let usualStatementTimeout = 5_000.0

  let requiredRole = "pg_monitor (CONNECT on the database suffices for settings and sizes)"

  func problems(with config: SourceConfig) -> [SourceConfig.Problem] {
    var problems = config.problems(
      [
        "host": .text, "port": .number(1...65_535), "database": .text, "user": .text, "password_file": .text,
        "tls": .text, "target": .text, "standby_of": .text, "statement_timeout_ms": .number(10...60_000),
      ], required: ["host", "database", "user"])
    if let mode = config.text("tls"), PostgresConfiguration.TLSMode(rawValue: mode) == nil {
      let known = PostgresConfiguration.TLSMode.allCases.map(\.rawValue).joined(separator: ", ")
      problems.append(.init(key: "tls", description: "must be one of \(known)"))
    }
    for key in ["target", "standby_of"] {
      if let name = config.text(key), let problem = InlineTargets.problem(withName: name) {
        problems.append(.init(key: key, description: problem))
      }
    }
    if let primary = config.text("standby_of"), primary == config.text("target") ?? Self.usualTarget {
      problems.append(.init(key: "standby_of", description: "must be another target than the standby itself"))
    }
    return problems
  }

  func read(_ config: SourceConfig, window: ReadingWindow) async throws -> MirrorReading {
    let connection = try await PostgresConnection.connect(try Self.configuration(config))
    do {
      // Nothing is written even by mistake, and all answers are of one moment.
      let reading = try await connection.transaction(TransactionOptions(isolation: .repeatableRead, isReadOnly: true)) {
        try await PostgresReading(connection: $0).read(
          config.text("target") ?? Self.usualTarget, standbyOf: config.text("standby_of"), at: window.to)
      }
      await connection.close()
      return reading
    } catch {
      await connection.close()
      throw error
    }
  }

  private static func configuration(_ config: SourceConfig) throws -> PostgresConfiguration {
    guard let host = config.text("host"), let database = config.text("database"), let user = config.text("user") else {
      throw SourceFailure("host, database and user are required")
    }
    var connection = PostgresConfiguration(
      host: host, port: Int(config.number("port") ?? 5_432), database: database, user: user,
      password: try config.credential("password_file"),
      tls: config.text("tls").flatMap(PostgresConfiguration.TLSMode.init(rawValue:)) ?? .prefer,
      applicationName: "digital-twin state-sync")
    let timeout = Int64(config.number("statement_timeout_ms") ?? usualStatementTimeout)
    connection.statementTimeout = .milliseconds(timeout)
    // Beside our own bound, so that the server ends what we can't cancel; and read-only before any transaction.
    connection.settings = [
      "statement_timeout": String(timeout), "lock_timeout": "1000", "default_transaction_read_only": "on",
    ]
    return connection
  }
}

/// One reading of a server within one transaction.
private struct PostgresReading {
  let connection: PostgresConnection

  private static let gigabyte = 1_073_741_824.0
  /// Tables whose sizes are told, the largest first.
  private static let tables = 50

  func read(_ name: String, standbyOf primary: String?, at time: UTCInstant) async throws -> MirrorReading {
    var state: TargetState = [:]
    var values: [(metric: String, value: Double, labels: [String: String])] = []
    try await settings(&state)
    try await sizes(&state, &values)
    try await activity(&state, &values)
    try await statistics(&state, &values)
    try await replication(&state, &values)
    try await statements(&state)
    var reading = MirrorReading(targets: [name: ReportedTarget(kind: "postgresql", state: state)])
    if let primary, state["role"] == "standby" {
      reading.targets[primary] = ReportedTarget(kind: "postgresql", state: PostgresReplication.standbySettings(state))
    }
    for (metric, value, labels) in values where value.isFinite {
      reading.metrics[SeriesName(target: name, metric: metric, labels: labels)] = [
        SeriesPoint(time: time, value: value)
      ]
    }
    reading.rates = [
      SeriesName(target: name, metric: "wal_bytes_total"): CounterRate(key: "wal_mb_per_s", scale: 1 / 1_048_576)
    ]
    reading.peaks = [
      SeriesName(target: name, metric: "backends"): "peak_backends",
      SeriesName(target: name, metric: "active_backends"): "peak_active",
    ]
    return reading
  }

  /// Settings with units, as `SHOW` tells them, are texts; those without are numbers.
  private static let shown = [
    "shared_buffers", "work_mem", "maintenance_work_mem", "effective_cache_size", "wal_buffers", "max_wal_size",
    "temp_buffers", "wal_level", "synchronous_commit", "huge_pages", "archive_mode", "ssl", "password_encryption",
    "autovacuum", "full_page_writes", "data_checksums", "hot_standby",
  ]
  private static let numbers = [
    "max_connections", "hash_mem_multiplier", "autovacuum_freeze_max_age", "autovacuum_max_workers",
    "autovacuum_vacuum_scale_factor", "max_worker_processes", "max_parallel_workers", "max_wal_senders",
    "max_replication_slots", "max_locks_per_transaction", "max_prepared_transactions", "random_page_cost",
    "superuser_reserved_connections", "checkpoint_completion_target",
  ]

  private func settings(_ state: inout TargetState) async throws {
    let rows = try await connection.query(
      """
      SELECT name, current_setting(name), setting, pending_restart FROM pg_settings
      WHERE name = ANY(\(Self.shown + Self.numbers
        + ["checkpoint_timeout", "max_parallel_workers_per_gather", "server_version_num"]))
      """)
    var pending: [InputValue] = []
    for (name, text, raw, isPending) in try rows.decode(String.self, String.self, String.self, Bool.self) {
      if Self.shown.contains(name) { state[name] = .string(text) }
      if Self.numbers.contains(name), let number = Double(raw) { state[name] = .number(number) }
      // In s.
      if name == "checkpoint_timeout", let number = Double(raw) {
        state["checkpoint_timeout_min"] = .number(number / 60)
      }
      if name == "max_parallel_workers_per_gather", let number = Double(raw) {
        state["parallel_workers"] = .number(number)
      }
      if name == "server_version_num", let number = Int(raw) {
        state["postgres"] = .number(Double(number / 10_000))
        state["version"] = .string("\(number / 10_000).\(number % 10_000)")
      }
      if isPending { pending.append(.string(name)) }
    }
    if !pending.isEmpty { state["pending_restart"] = .array(pending) }
  }

  private func sizes(
    _ state: inout TargetState, _ values: inout [(metric: String, value: Double, labels: [String: String])]
  ) async throws {
    let (name, bytes) = try await connection.query(
      "SELECT current_database(), pg_database_size(current_database())"
    )[0].decode(String.self, Int64.self)
    state["database"] = .string(name)
    state["db_size_gb"] = .number(Double(bytes) / Self.gigabyte)
    values.append(("db_size_bytes", Double(bytes), [:]))
    let tables = try await connection.query(
      """
      SELECT n.nspname || '.' || c.relname, pg_total_relation_size(c.oid), greatest(c.reltuples, -1)::float8
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY 2 DESC, 1 LIMIT \(Self.tables)
      """
    ).decode(String.self, Int64.self, Double.self)
    state["tables"] = .array(
      tables.map { name, bytes, rows in
        // Fewer than none are unknown: the table was never analysed.
        let known: [InputValue.Member] = rows >= 0 ? [.init("rows", .number(rows))] : []
        return .object(
          [.init("name", .string(name)), .init("table_gb", .number(Double(bytes) / Self.gigabyte))] + known)
      })
    if let largest = tables.first { state["largest_table_gb"] = .number(Double(largest.1) / Self.gigabyte) }
  }

  private func activity(
    _ state: inout TargetState, _ values: inout [(metric: String, value: Double, labels: [String: String])]
  ) async throws {
    // What other roles do is only told to pg_monitor; then nothing is said of it.
    let row = try await connection.query(
      """
      SELECT count(*) FILTER (WHERE backend_type = 'client backend'),
        count(*) FILTER (WHERE state = 'active' AND pid <> pg_backend_pid()),
        count(*) FILTER (WHERE state LIKE 'idle in transaction%'),
        max(extract(epoch FROM now() - xact_start)) FILTER (
          WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())::float8,
        pg_has_role('pg_read_all_stats', 'USAGE')
      FROM pg_stat_activity
      """)[0]
    let (backends, active, idle, longest, isComplete) = try row.decode(
      Int64.self, Int64.self, Int64.self, Double?.self, Bool.self)
    guard isComplete else { return }
    state["backends"] = .number(Double(backends))
    state["active_backends"] = .number(Double(active))
    state["idle_in_transaction"] = .number(Double(idle))
    state["longest_transaction_s"] = .number(longest ?? 0)
    values.append(("backends", Double(backends), [:]))
    values.append(("active_backends", Double(active), [:]))
  }

  private func statistics(
    _ state: inout TargetState, _ values: inout [(metric: String, value: Double, labels: [String: String])]
  ) async throws {
    let (hits, reads, commits, rollbacks, deadlocks) = try await connection.query(
      """
      SELECT sum(blks_hit)::float8, sum(blks_read)::float8, sum(xact_commit)::float8, sum(xact_rollback)::float8,
        sum(deadlocks)::float8 FROM pg_stat_database
      """)[0].decode(Double?.self, Double?.self, Double?.self, Double?.self, Double?.self)
    if let hits, let reads, hits + reads > 0 {
      state["cache_hit_share"] = .number(hits / (hits + reads))
      values.append(("cache_hit_share", hits / (hits + reads), [:]))
    }
    if let commits, let rollbacks { values.append(("transactions_total", commits + rollbacks, [:])) }
    if let deadlocks { state["deadlocks"] = .number(deadlocks) }
    try await cache(hits, reads, &values)
    try await sessions(&values)
    let age = try await connection.query(
      "SELECT max(age(datfrozenxid))::float8 FROM pg_database WHERE datallowconn")[0].decode(Double?.self)
    if let age {
      state["xid_age"] = .number(age)
      values.append(("xid_age", age, [:]))
    }
  }

  /// What the hit ratio of a window and the size of the cache are calibrated from.
  private func cache(
    _ hits: Double?, _ reads: Double?, _ values: inout [(metric: String, value: Double, labels: [String: String])]
  ) async throws {
    guard let hits, let reads else { return }
    // All databases share the cache. Sizes of those that the role may not see would be missing in a sum.
    let (buffers, databases) = try await connection.query(
      """
      SELECT pg_size_bytes(current_setting('shared_buffers'))::float8,
        CASE WHEN bool_and(may_see) THEN sum(CASE WHEN may_see THEN pg_database_size(oid) END) END::float8
      FROM (SELECT oid, has_database_privilege(oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE') AS may_see
        FROM pg_database) d
      """)[0].decode(Double.self, Double?.self)
    values.append(("blocks_hit_total", hits, [:]))
    values.append(("blocks_read_total", reads, [:]))
    values.append(("shared_buffers_bytes", buffers, [:]))
    if let databases { values.append(("databases_bytes", databases, [:])) }
  }

  /// Time that sessions existed and were busy, from which the think time of clients is calibrated; told since 14. A
  /// session's idle time is added when it does something again.
  private func sessions(
    _ values: inout [(metric: String, value: Double, labels: [String: String])]
  ) async throws {
    guard connection.serverVersion >= 140_000 else { return }
    let (existed, active) = try await connection.query(
      "SELECT sum(session_time)::float8 / 1000, sum(active_time)::float8 / 1000 FROM pg_stat_database")[0]
      .decode(Double?.self, Double?.self)
    if let existed, let active {
      values.append(("session_seconds_total", existed, [:]))
      values.append(("active_session_seconds_total", active, [:]))
    }
  }

  private func replication(
    _ state: inout TargetState, _ values: inout [(metric: String, value: Double, labels: [String: String])]
  ) async throws {
    let reading = try await PostgresReplication(connection: connection).read()
    state.merge(reading.state) { $1 }
    values += reading.metrics.map { ($0.key, $0.value, [:]) }
  }

  /// The mean time of statements, when the extension pg_stat_statements is there and may be read.
  private func statements(_ state: inout TargetState) async throws {
    let schema = try await connection.query(
      """
      SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'pg_stat_statements'
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'total_exec_time'
      WHERE e.extname = 'pg_stat_statements' AND has_schema_privilege(n.oid, 'USAGE')
        AND has_table_privilege(c.oid, 'SELECT') AND pg_has_role('pg_read_all_stats', 'USAGE')
        AND current_setting('shared_preload_libraries') LIKE '%pg\\_stat\\_statements%'
      """
    ).first?.decode(String.self)
    guard let schema else { return }
    let (calls, mean) = try await connection.query(
      """
      SELECT sum(calls)::float8, sum(total_exec_time) / nullif(sum(calls), 0)
      FROM \(identifier: schema).pg_stat_statements
      """)[0].decode(Double?.self, Double?.self)
    if let calls, let mean {
      state["statement_calls"] = .number(calls)
      state["statement_mean_ms"] = .number(mean)
    }
  }
}
