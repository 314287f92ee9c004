/// Settings that change neither who is served nor what is kept, whatever sane value they have: what is logged and shown,
/// how answers are packed, and tuning whose worst is a little time.
///
/// Each group says where its settings are described. A setting belongs here only if its documentation names no value that
/// loses data, shuts somebody out, or stops the service.
enum HarmlessSettings {
  static func contains(_ name: String) -> Bool {
    all.contains(name) || logging(name)
  }

  /// What is written about requests that are served or refused anyway.
  private static func logging(_ name: String) -> Bool {
    ["log_accepted", "log_denied", "log_dropped", "log_rejected", "log_blocked", "log_allowed", "log_martians"]
      .contains(name)
      || name.hasPrefix("log_") && name.hasSuffix("_format")
  }

  private static let all: Set<String> = Set(
    presentation + redis + mysql + nginx + http + kernel + kubernetes + rollout)

  private static let presentation = [
    "log_level", "access_log", "server_tokens", "error_page", "locale", "timezone", "banner", "annotations",
    "tags", "display_name", "metrics_enabled", "tracing_enabled", "trace_sample_rate",
  ]
  /// redis.conf: how keys to evict are sampled, how memory is given back, what is logged as slow.
  private static let redis = [
    "maxmemory_samples", "lazyfree_lazy_eviction", "lazyfree_lazy_expire", "lazyfree_lazy_server_del", "activedefrag",
    "slowlog_log_slower_than", "slowlog_max_len", "latency_monitor_threshold", "dynamic_hz", "activerehashing",
  ]
  /// MySQL 8.4 reference manual, 7.1.8 and 17.14: the slow log and what is printed.
  private static let mysql = [
    "slow_query_log", "long_query_time", "log_queries_not_using_indexes", "innodb_print_all_deadlocks",
    "innodb_stats_on_metadata", "innodb_buffer_pool_dump_at_shutdown", "innodb_buffer_pool_load_at_startup",
  ]
  /// nginx documentation, ngx_http_core_module and ngx_http_gzip_module.
  private static let nginx = [
    "gzip", "brotli", "gzip_types", "gzip_comp_level", "gzip_min_length", "gzip_vary", "sendfile", "tcp_nopush",
    "tcp_nodelay", "open_file_cache", "keepalive_requests", "multi_accept",
  ]
  /// RFC 6797 (HSTS asks browsers for HTTPS, which is served already), RFC 6961 (stapling), security headers.
  private static let http = [
    "hsts", "ocsp_stapling", "x_content_type_options", "x_frame_options", "referrer_policy", "http2", "etag",
  ]
  /// Offloads of network cards: who computes checksums and cuts segments (Linux, ethtool(8)).
  private static let kernel = ["tx_offload", "rx_offload", "tso", "gso", "gro", "lro", "irq_affinity"]
  private static let kubernetes = [
    "revision_history_limit", "progress_deadline_seconds", "ttl_seconds_after_finished",
  ]
  /// What is kept aside while something else changes.
  private static let rollout = [
    "keep_config", "keep_volumes", "keep_data", "notify", "notify_channel",
  ]
}
