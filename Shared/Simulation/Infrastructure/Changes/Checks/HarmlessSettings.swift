import SimulationInput

/// Settings that change neither who is served nor what is kept with the values that they have here: what is logged and
/// shown, how answers are packed, and tuning whose worst is a little time.
///
/// Each group says where its settings are described. Where the documentation names values, or targets, with which a
/// setting loses data, shuts somebody out or stops the service, `isHarmful` says which.
enum HarmlessSettings {
  static func contains(_ name: String, _ s: Situation) -> Bool {
    (all.contains(name) || logging(name) || isSmall(name, s)) && !isHarmful(name, s)
  }

  /// Quantities that are harmless up to a bound.
  private static func isSmall(_ name: String, _ s: Situation) -> Bool {
    if let value = s.change.object[name], BillingLabels.areAll([name], value) { return true }
    switch name {
    case "image_pull_policy":
      // Kubernetes documentation, "Images": both get the image that is named; "Never" needs it to be there.
      return ["ifnotpresent", "always"].contains(s.change.text(name)?.lowercased() ?? "")
    case "env_log_level":
      return ["info", "notice", "warn", "warning", "error"].contains(s.change.text(name)?.lowercased() ?? "")
    case _ where privileges.contains { name == $0 || name.hasSuffix("_" + $0) }:
      // A rollout that asks for none: what a new version can't do without shows in its probes.
      return s.proposal.kind == .deployment && s.change.flag(name) == false
    case "min_ready_seconds":
      // Kubernetes API, DeploymentSpec: each step of a rollout waits that long, up to the deadline of progress, 600 s.
      return s.change.seconds(name).map { $0 >= 0 && $0 < 600 } ?? false
    case "cpu_request", "memory_request": return isReserved(name, s)
    case "client_max_body_size":
      // ngx_http_core_module: larger bodies are taken; 0 takes all of them, and less refuses what was taken.
      let size = s.reading([name]) { FactValue.gigabytes($0, bareGigabytes: 1 / FactValue.gigabyte) }
      guard let before = size.before, let after = size.after else { return false }
      return after >= before && after > 0 && after <= 1
    case "instance_type":
      // What the type has is told beside it, and judged there.
      return s.change.has("cpu") && s.change.has("memory_gb")
    case "enabled":
      // The value of the flag whose two sides are the two versions.
      return s.change.has("feature_flag") && [.deployment, .rollback].contains(s.proposal.kind)
    case "weights":
      let text = s.change.text(name)?.lowercased() ?? ""
      return ["equal", "even", "1:1"].contains(text) && s.state.flag("homogeneous") == true
    case "tier":
      // Classes that are read at once from several zones (AWS documentation, Amazon S3 storage classes).
      let text = Vocabulary.snake(s.change.text(name) ?? "")
      return s.proposal.kind == .storage
        && ["standard", "infrequent_access", "standard_ia", "intelligent_tiering", "hot", "nearline"].contains(text)
    case "mount_options":
      // mount(8): when access times are written.
      let words = s.change.text(name).map { Set($0.split { $0 == "," || $0 == " " }.map(String.init)) } ?? ["?"]
      return words.isSubset(of: ["noatime", "relatime", "nodiratime", "lazytime", "defaults"])
    default: return false
    }
  }

  /// Kubernetes API, PodSpec and SecurityContext.
  private static let privileges = [
    "privileged", "host_network", "host_pid", "host_ipc", "allow_privilege_escalation",
  ]

  /// What an instance reserves of a node, where it may use as much anyway, or a little more than before is reserved.
  ///
  /// Source: Kubernetes documentation, "Resource Management for Pods and Containers": what no node has left leaves an
  /// instance pending; requests say nothing of what it may use.
  private static func isReserved(_ name: String, _ s: Situation) -> Bool {
    let isMemory = name == "memory_request"
    let read: (InputValue) -> Double? = { isMemory ? FactValue.gigabytes($0) : FactValue.cores($0) }
    let request = s.reading([name], state: isMemory ? ["requests_memory"] : ["requests_cpu", "request_cpu"], read)
    guard let after = request.after, after > 0 else { return false }
    if let before = request.before { return after >= before * 0.5 && after <= before * 1.5 }
    let limits = isMemory ? ["memory_gb", "container_memory_limit_gb"] : ["cpu", "cores"]
    let limit = (s.change.value(limits) ?? s.state.value(limits)).flatMap(read)
    return limit.map { after <= $0 && after >= $0 * 0.1 } ?? false
  }

  /// Values, and targets, with which a setting of the list does harm.
  private static func isHarmful(_ name: String, _ s: Situation) -> Bool {
    let text = s.change.text(name)?.lowercased() ?? ""
    let isOff = s.change.object[name].flatMap(FactValue.flag) == false
    switch name {
    case "keep_config", "keep_volumes", "keep_data", "compression", "snapshot_before", "take_snapshot", "backup_before":
      return isOff
    case "x_frame_options", "x_content_type_options", "referrer_policy":
      // OWASP Secure Headers Project: what no longer restricts, or says where visitors come from.
      return isOff || ["", "allowall", "unsafe-url"].contains(text)
    case "revision_history_limit":
      // Kubernetes API, DeploymentSpec: with 0 there is nothing to roll back to.
      return (s.change.number(name) ?? 0) < 1
    case "keepalive_requests":
      // ngx_http_core_module: a connection is closed after that many requests, so few mean a handshake each.
      return (s.change.number(name) ?? 0) < 100
    case "log_level": return ["debug", "trace", "verbose", "all", "finest", "finer", "silly"].contains(text)
    case _ where name == "access_log" || name.hasPrefix("log_") && name != "log_level":
      // What a regime of audits wants written must be (PCI DSS 4.0, requirement 10.2).
      return isOff && s.state.has("regime", "audit", "policy_min_days")
    case "lro":
      // ethtool(8), Documentation/networking: what is merged on receipt can't be forwarded.
      let words = Situation.words(s.state.text("asset") ?? "")
      return !isOff
        && (s.speaks(of: "router", "gateway", "firewall", "bridge", "nat", "vpn", "lb", "balancer", "edge")
          || words.contains { $0.hasPrefix("forward") || $0.hasPrefix("rout") })
    case "hsts":
      // RFC 6797 6.1.2 and 11.3: every subdomain needs HTTPS then, and browsers keep the list for its whole time.
      return isOff || text.contains("subdomain") || text.contains("preload")
        || text.split { $0 == " " || $0 == ";" }.contains { $0 == "max-age=0" }
    case "long_query_time", "slow_query_log":
      // Nothing is slower than 0 s: each statement is written then.
      return (s.change.number("long_query_time") ?? s.state.number("long_query_time")).map { $0 < 0.01 } ?? false
        && s.change.flag("slow_query_log") != false
    default: return false
    }
  }

  /// What is written about requests that are served or refused anyway.
  private static func logging(_ name: String) -> Bool {
    ["log_accepted", "log_denied", "log_dropped", "log_rejected", "log_blocked", "log_allowed", "log_martians"]
      .contains(name)
      || name.hasPrefix("log_") && name.hasSuffix("_format")
  }

  private static let all: Set<String> = Set(
    presentation + redis + mysql + nginx + http + kernel + kubernetes + rollout + files)

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
  /// How blocks are packed on a volume.
  private static let files = ["compression", "compression_level"]
  /// What is kept aside while something else changes.
  private static let rollout = [
    "keep_config", "keep_volumes", "keep_data", "snapshot_before", "take_snapshot", "backup_before", "notify",
    "notify_channel",
  ]
}
