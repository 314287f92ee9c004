import SimulationInput

/// Settings that take effect only after a restart, and settings of the planner and the log that endanger nothing.
///
/// Source: the column `context` of pg_settings (PostgreSQL 18 documentation, 53.25).
enum PostgresRestartCheck: ChangeCheck {
  static let model = "postgresql_restart"

  private static let restart: Set<String> = [
    "archive_mode", "autovacuum_freeze_max_age", "autovacuum_multixact_freeze_max_age", "hot_standby", "huge_pages",
    "huge_page_size", "listen_addresses", "max_connections", "max_files_per_process", "max_locks_per_transaction",
    "max_logical_replication_workers", "max_pred_locks_per_transaction", "max_prepared_transactions",
    "max_replication_slots", "max_wal_senders", "max_worker_processes", "port", "shared_buffers",
    "shared_preload_libraries", "superuser_reserved_connections", "track_activity_query_size",
    "track_commit_timestamp", "unix_socket_directories", "wal_buffers", "wal_level", "wal_log_hints",
  ]

  /// Hints to the planner and what is logged: wrong ones cost time, are seen at once and undone by a reload.
  private static let harmless: Set<String> = [
    "random_page_cost", "seq_page_cost", "cpu_tuple_cost", "cpu_index_tuple_cost", "cpu_operator_cost",
    "effective_cache_size", "effective_io_concurrency", "maintenance_io_concurrency", "default_statistics_target",
    "jit", "jit_above_cost", "enable_seqscan", "enable_nestloop", "enable_hashjoin", "enable_mergejoin",
    "enable_partitionwise_join", "enable_partitionwise_aggregate", "from_collapse_limit", "join_collapse_limit",
    "geqo", "geqo_threshold", "constraint_exclusion", "parallel_setup_cost", "parallel_tuple_cost",
    "min_parallel_table_scan_size", "checkpoint_completion_target", "bgwriter_delay", "bgwriter_lru_maxpages",
    "bgwriter_lru_multiplier", "wal_compression", "wal_writer_delay", "wal_buffers", "log_min_duration_statement",
    "log_checkpoints", "log_connections", "log_disconnections", "log_lock_waits", "log_temp_files",
    "log_autovacuum_min_duration", "log_line_prefix", "log_rotation_age", "log_rotation_size", "deadlock_timeout",
    "track_io_timing", "track_functions", "track_activities", "track_counts", "autovacuum_naptime",
    "autovacuum_analyze_scale_factor", "autovacuum_analyze_threshold", "autovacuum_vacuum_threshold",
    "autovacuum_max_workers", "application_name", "timezone", "datestyle", "lc_messages", "tcp_keepalives_idle",
    "tcp_keepalives_interval", "tcp_keepalives_count", "max_standby_streaming_delay", "hot_standby_feedback",
    "max_parallel_workers", "max_parallel_maintenance_workers", "plan_cache_mode", "temp_file_limit",
  ]

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres else { return }
    for field in s.settings where harmless.contains(field) {
      report.ran(self)
      report.understand(field)
    }
    guard let field = s.settings.first(where: { restart.contains($0) && !isSame($0, s) }) else { return }
    report.ran(self)
    report.understand(field)
    guard s.isQuiet != true, s.state.flag("replica_failover") != true else { return }
    let isKnownBusy = s.isQuiet == false
    report.add(
      issue(
        "DOWNTIME", isKnownBusy ? .outage : .nuisance, s, probability: isKnownBusy ? 0.8 : 0.7,
        "\(field) takes effect after a restart: every connection is closed, and the cache is cold afterwards"
          + (isKnownBusy ? ", outside a maintenance window" : "; no window and no replica to fail over to is known"),
        Calculation(
          equation: "context = postmaster", inputs: [:], value: 1, unit: "restarts", threshold: 0,
          source: "PostgreSQL documentation 53.25 pg_settings"),
        field: field, remedy: "restart in a maintenance window, or after failing over"))
  }

  private static func isSame(_ field: String, _ s: Situation) -> Bool {
    guard let now = s.state.text(field), let new = s.change.text(field) else { return false }
    return now == new
  }
}
