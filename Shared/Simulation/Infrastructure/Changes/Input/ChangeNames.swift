/// The table of names: what the checks call a setting, and what others call it.
enum ChangeNames {
  /// Units that a name may end in.
  static let units: Set<String> = [
    "ms", "millis", "milliseconds", "s", "sec", "secs", "seconds", "min", "mins", "minutes", "h", "hours", "days", "kb",
    "kib", "mb", "mib", "gb", "gib", "tb", "tib", "percent", "pct", "percentage",
  ]

  /// Names of one system alone, and the unit that it counts in. Sources: RabbitMQ documentation, "Time-To-Live and
  /// Expiration" (ms); Amazon SQS, SetQueueAttributes, MessageRetentionPeriod (s).
  static let unitsOfSources: [String: String] = ["x_message_ttl": "ms", "message_retention_period": "s"]

  /// Targets that are a function rather than a place: what switches them is called "enabled".
  static let functions: [(word: String, setting: String)] = [
    ("cloudtrail", "audit_log"), ("trail", "audit_log"), ("audit", "audit_log"), ("waf", "waf"), ("mfa", "mfa"),
    ("backup", "backups"), ("backups", "backups"), ("pitr", "pitr"), ("versioning", "versioning"),
    ("encryption", "encryption_at_rest"), ("guardduty", "guardduty"), ("firewall", "firewall"),
    ("autovacuum", "autovacuum"),
  ]

  /// Objects that mean something as a whole.
  static let structured: Set<String> = [
    "add_rule", "add_rules", "insert_rule", "append_rule", "remove_rule", "delete_rule", "remove_rules", "allow",
    "deny",
    "allow_rule", "deny_rule", "ingress", "add_ingress", "open_port", "close_port", "revoke_rule", "revoke_ingress",
    "block", "aws_security_group_rule", "ip_permissions", "authorize", "trust_policy", "bucket_policy", "attach",
    "grant", "policy_statement", "add_statement", "add_permission", "remove_route", "add_route",
    "route", "replace_route", "weights", "upstream", "client_share", "detach", "revoke",
  ]

  /// What the checks use, by every other name in lower-case words.
  static let canonical: [String: String] = {
    var table: [String: String] = [:]
    for (name, others) in names {
      for other in [name] + others where table[other] == nil { table[other] = name }
    }
    return table
  }()

  /// What others call what the checks call `name`.
  static func others(of name: String) -> [String] { names.first { $0.key == name }?.value ?? [] }

  private static let names: KeyValuePairs<String, [String]> = [
    // Instances
    "instances": [
      "replicas", "desired_instances", "desired_capacity", "desired_count", "instance_count", "node_count",
      "num_instances",
      "pod_count", "task_count", "num_replicas", "spec_replicas", "replica_count", "desired_size", "desired",
      "desired_replicas", "server_count", "scale_to",
    ],
    "min_instances": [
      "min_replicas", "min_size", "min_capacity", "min_count", "hpa_min", "minimum_instances", "min_nodes", "min_pods",
      "minimum_size", "minimum_capacity", "min_instance_count", "hpa_min_replicas", "min_available",
      "pdb_min_available",
    ],
    "max_instances": [
      "max_replicas", "max_size", "max_capacity", "max_count", "hpa_max", "maximum_instances", "max_nodes", "max_pods",
      "maximum_size", "maximum_capacity", "max_instance_count", "hpa_max_replicas",
    ],
    "hpa_target_cpu": [
      "target_cpu", "target_cpu_utilization", "target_utilization", "hpa_target", "cpu_target", "average_utilization",
      "target_cpu_utilization_percentage", "cpu_utilization_target", "target_value", "target_average_utilization",
    ],
    "cpu": [
      "vcpu", "vcpus", "cpus", "cores", "cpu_cores", "cpu_limit", "limits_cpu", "cpu_per_instance", "cpu_limits",
      "num_cpus", "cores_per_instance",
    ],
    "memory_gb": [
      "memory", "mem", "ram", "ram_gb", "memory_limit", "limits_memory", "memory_limit_gb", "container_memory_limit",
      "container_memory_limit_gb", "mem_limit", "memory_per_instance", "memory_size", "mem_gb", "limit_memory",
    ],
    "instance_type": [
      "db_instance_class", "instance_class", "machine_type", "node_type", "vm_size", "instance_size", "flavor",
    ],
    "zones": ["availability_zones", "az_count", "zone_count", "azs"],
    // Pools, limits
    "pool_size": [
      "max_pool_size", "maximum_pool_size", "db_pool", "db_pool_size", "pool", "connection_pool_size",
      "default_pool_size", "db_pool_per_instance", "hikari_maximum_pool_size", "max_active", "pool_max",
      "max_open_conns",
      "max_open_connections", "connection_pool", "pool_max_size", "db_pool_max",
    ],
    "worker_connections": ["events_worker_connections"],
    "max_clients": ["maxclients", "max_conns", "maxconn", "max_conn"],
    "ulimit_nofile": [
      "worker_rlimit_nofile", "nofile", "limit_nofile", "open_files", "max_open_files", "rlimit_nofile", "ulimit_n",
      "fd_limit", "file_descriptors", "ulimits_nofile", "ulimit",
    ],
    "workers": ["worker_processes", "nbthread", "num_workers", "worker_count", "nbproc"],
    "heap": [
      "heap_gb", "max_heap", "max_heap_gb", "xmx", "jvm_heap", "heap_size", "java_heap",
      "java_opts",
      "jvm_options", "java_tool_options", "es_java_opts", "catalina_opts",
      "jvm_opts", "jvm_max_heap", "jvm_heap_max", "max_heap_size", "jvm_xmx", "jdk_java_options", "heap_max",
    ],
    "max_ram_percentage": ["jvm_max_ram_percentage", "jvm_max_ram"],
    "maxmemory": ["max_memory", "redis_maxmemory", "redis_max_memory"],
    "maxmemory_policy": ["eviction_policy", "eviction", "maxmemory_eviction_policy"],
    "appendonly": ["aof", "aof_enabled", "append_only"],
    // Retries and times
    "retries": [
      "max_retries", "retry_count", "num_retries", "retry_limit", "retry", "retries_attempts", "retry_max",
      "client_retries",
      "http_retries",
    ],
    "max_attempts": [
      "proxy_next_upstream_tries", "attempts", "retry_attempts", "retry_policy_max_attempts", "maximum_attempts",
    ],
    "retry_budget": ["budget", "retries_budget", "retry_ratio"],
    "backoff": [
      "retry_backoff", "retries_backoff", "backoff_ms", "backoff_base", "backoff_base_ms", "exponential_backoff",
    ],
    "per_try_timeout": ["retries_per_try_timeout", "per_try_timeout_ms"],
    "retry_on": ["retries_retry_on"],
    "interval_s": [
      "health_check_interval", "check_interval", "interval", "inter", "probe_interval", "period", "health_interval",
      "period_seconds", "readiness_probe_period", "health_check_interval_s",
    ],
    "threshold": [
      "unhealthy_threshold", "failure_threshold", "fall", "health_check_threshold", "failures",
      "unhealthy_threshold_count",
      "probe_failure_threshold", "max_fails", "unhealthy_count", "health_check_unhealthy_threshold",
    ],
    "liveness_initial_delay_s": [
      "liveness_probe_initial_delay", "liveness_probe_initial_delay_seconds", "liveness_initial_delay",
      "liveness_initial_delay_seconds",
    ],
    "liveness_interval_s": [
      "liveness_probe_period", "liveness_probe_period_seconds", "liveness_period", "liveness_interval",
      "liveness_probe_interval",
    ],
    "liveness_threshold": [
      "liveness_probe_failure_threshold", "liveness_failure_threshold", "liveness_probe_threshold",
    ],
    "liveness_timeout_s": ["liveness_probe_timeout", "liveness_probe_timeout_seconds", "liveness_timeout"],
    "nr_hugepages": ["vm_nr_hugepages", "hugepages", "nr_huge_pages"],
    "message_ttl": [
      "x_message_ttl", "queue_ttl", "message_retention", "message_retention_period", "message_expiration",
      "message_time_to_live", "messages_ttl",
    ],
    "innodb_buffer_pool_size": ["innodb_buffer_pool", "buffer_pool_size"],
    "wiredtiger_cache_gb": [
      "wiredtiger_cache_size", "cache_size_gb", "storage_wired_tiger_engine_config_cache_size",
      "wired_tiger_cache_size", "wired_tiger_cache",
    ],
    "rate_limit": [
      "rate_limit_rps", "limit_req", "limit_req_rate", "requests_per_second", "max_rps", "rps_limit", "throttle_rps",
      "global_rate_limit", "limit_rps", "rate_limit_requests_per_second",
    ],
    "rate_limit_per_address": [
      "rate_limit_rps_per_address", "rate_limit_per_ip", "rate_limit_rps_per_ip", "rate_limit_per_client",
      "rate_limit_rps_per_client", "limit_per_ip", "per_ip_limit", "per_ip_rps",
    ],
    "health_check_timeout_s": [
      "health_check_timeout", "probe_timeout", "check_timeout", "timeout_check",
    ],
    "health_check_path": ["path", "httpchk", "health_path"],
    "deregistration_delay_s": [
      "deregistration_delay", "drain", "drain_timeout", "connection_draining", "drain_time", "draining_timeout",
      "termination_grace_period", "deregistration_delay_timeout", "connection_draining_timeout", "drain_s",
      "termination_grace_period_seconds", "grace_period",
    ],
    "idle_timeout": [
      "connection_idle_timeout", "client_idle_timeout", "idle_timeout_timeout", "lb_idle_timeout", "idle_timeout_s",
      "timeout_client",
      "timeout_tunnel", "idle_connection_timeout", "idle",
    ],
    "algorithm": [
      "lb_algorithm", "balance", "lb_policy", "load_balancing_algorithm", "load_balancing_algorithm_type", "balancing",
    ],
    "remove_backends": [
      "disable_members", "remove_members", "disable_backends", "remove_targets", "drain_backends", "deregister_targets",
      "remove_servers", "disable_servers", "removed_backends", "deregister", "drain_members", "maintenance_backends",
    ],
    "backends": ["backend_count", "targets", "members", "servers", "pool_members"],
    // Deployments
    "max_unavailable": ["rolling_update_max_unavailable"],
    "max_surge": ["rolling_update_max_surge"],
    "strategy": ["strategy_type", "deployment_strategy", "rollout_strategy", "update_strategy", "deploy_strategy"],
    "to_version": ["rollback_to", "to_revision", "target_revision", "revert_to", "undo_to"],
    "auto_rollback": ["automatic_rollback", "rollback_on_failure", "auto_rollback_enabled"],
    "canary_percent": [
      "canary_weight", "initial_percent", "traffic_percent", "first_step_percent", "canary", "set_weight",
    ],
    "readiness_probe": ["readiness"],
    // Storage
    "size_gb": [
      "size", "volume_size", "allocated_storage", "storage_gb", "disk_gb", "capacity_gb", "volume_size_gb", "disk_size",
      "storage_size", "requests_storage", "disk_size_gb", "capacity", "volume_gb", "new_size",
    ],
    "type": ["volume_type", "storage_type", "disk_type"],
    "iops": ["provisioned_iops", "max_iops"],
    "throughput": ["throughput_mbps", "throughput_mb_s", "volume_throughput"],
    "retention_days": [
      "retention", "log_retention", "backup_retention", "backup_retention_period", "snapshot_retention",
      "log_retention", "backup_days",
      "keep", "expire", "expiration", "lifecycle_expire", "audit_log_retention", "pitr", "retention_time",
      "retention_period",
      "retention_in_days", "expiration_in_days", "keep_last_days", "backup_retention_days", "snapshot_retention_days",
      "log_retention_days", "delete_after_days",
      "expire_after_days",
      "lifecycle_delete_after", "noncurrent_version_expiration", "expiration_days", "keep_days",
      "storage_tsdb_retention_time", "delete_after", "delete_snapshots_older_than", "delete_older_than", "older_than",
      "prune_older_than", "prune_after",
      "purge_older_than", "keep_for", "max_age", "expire_logs", "binlog_expire_logs",
    ],
    "replication_factor": ["copies", "data_copies", "mirrors", "replication", "default_replication_factor", "rf"],
    "additional_copies": ["number_of_replicas"],
    "raid_level": ["raid"],
    "storage_autogrow": [
      "volume_autogrow", "autogrow", "auto_grow", "storage_autoscaling", "auto_expand", "autoexpand",
      "max_allocated_storage", "autoextend", "auto_extend", "auto_resize", "disk_autoresize", "storage_auto_resize",
      "autoresize", "auto_increase",
    ],
    "restore_snapshot": [
      "restore", "restore_backup", "restore_from_snapshot", "restore_from_backup", "point_in_time_restore",
      "restore_to",
      "pitr_restore",
    ],
    "snapshot_age": ["backup_age", "restore_point_age"],
    "restore_snapshot_age": ["restore_backup_age", "restore_age"],
    "min_insync_replicas": ["min_isr", "insync_replicas"],
    "required_acks": ["acks", "producer_acks", "request_required_acks"],
    "storage_class": [
      "transition_storage_class", "lifecycle_transition_storage_class", "lifecycle_rule_transition_storage_class",
    ],
    "snapshot_schedule": [
      "backup_schedule", "backup_interval", "snapshot_interval", "backup_frequency", "snapshot_frequency",
    ],
    "delete_volume": [
      "delete", "delete_snapshots", "delete_snapshot", "delete_backups", "destroy", "purge", "force_destroy",
    ],
    // Network
    "mtu": ["interface_mtu", "jumbo_mtu", "tunnel_mtu", "network_mtu"],
    "ttl_s": ["dns_ttl", "ttl", "record_ttl", "ttl_seconds", "dns_ttl_s", "zone_ttl", "default_ttl"],
    "nat_ips": ["nat_addresses", "egress_ips", "nat_gateways", "snat_ips", "nat_ip_count", "nat_gateway_count"],
    "peer_cidr": [
      "peer_cidrs", "remote_cidr", "vpn_cidr", "secondary_cidr", "peer_vpc_cidr", "peering_cidr", "accepter_cidr",
      "new_cidr", "additional_cidr",
    ],
    "nf_conntrack_max": ["conntrack_max", "net_netfilter_nf_conntrack_max", "net_nf_conntrack_max"],
    "remove_route": ["delete_route", "withdraw_route"],
    // Security
    "min_tls": [
      "min_tls_version", "tls_min_version", "ssl_min_protocol_version", "minimum_tls", "tls_version",
      "minimum_protocol_version", "ssl_protocols", "min_protocol", "minimum_tls_version", "ssl_min_version",
      "ssl_policy",
      "security_policy",
    ],
    "encryption_at_rest": [
      "encrypted", "encryption", "storage_encrypted", "sse", "disk_encryption", "tde", "server_side_encryption",
      "encrypt", "encrypt_at_rest", "at_rest_encryption", "sse_algorithm", "encryption_type",
    ],
    "encryption_in_transit": [
      "force_ssl", "require_ssl", "require_tls", "https_only", "rds_force_ssl", "transit_encryption",
    ],
    "mfa": ["require_mfa", "mfa_required", "enforce_mfa", "mfa_delete", "mfa_enabled"],
    "rotate": [
      "rotate_secret", "rotate_credentials", "rotate_password", "new_password", "rotate_now", "rotate_keys",
      "rotate_credential", "reset_password",
    ],
    "grace_s": [
      "grace", "overlap", "grace_period_s", "overlap_s", "old_password_valid_for", "old_valid_for", "grace_hours",
      "overlap_hours",
      "keep_old_for", "revoke_old_after", "retire_old_after", "disable_old_after", "old_valid",
    ],
    "dual_credentials": ["grace_period_both_valid", "alternating_users", "both_valid", "keep_old"],
    "delete_key": ["schedule_key_deletion", "schedule_deletion", "delete_kms_key"],
    "disable_key": ["disable_kms_key", "key_enabled_false"],
    "bucket_policy": ["bucket_acl", "object_acl", "canned_acl", "acl_policy"],
    "public_access": [
      "publicly_accessible", "public", "anonymous_access", "allow_public_access", "snapshot_public", "public_snapshot",
    ],
    "block_public_access": ["public_access_block", "block_public_acls", "restrict_public_buckets"],
    "waf": ["waf_enabled", "web_acl", "waf_mode"],
    "audit_log": ["audit_logging", "audit", "audit_enabled", "cloudtrail", "cloudtrail_enabled", "is_logging"],
    "attach": ["attach_policy", "add_statement", "policy_statement", "add_permission", "grant_policy"],
    "add_rule": ["add_ingress", "authorize_ingress", "ingress_rule", "security_group_rule", "allow_rule", "new_rule"],
    "remove_rule": ["revoke_ingress", "revoke_rule", "delete_rule", "remove_ingress"],
    "dns_record": ["record"],
    "old_kept": [
      "old_servers_stopped_after", "stop_old_servers_after", "stop_old_after", "old_stopped_after",
      "decommission_old_after", "keep_old_servers_for", "old_servers_kept", "old_servers_kept_for",
    ],
    "ndots": ["dns_config_options_ndots", "dns_ndots"],
    "batch_percent": ["batch_pct", "batch_share", "percent_per_batch", "batch_size_percent"],
    "function_concurrency": [
      "reserved_concurrency", "reserved_concurrent_executions", "concurrency_limit", "max_concurrency",
      "maximum_concurrency", "concurrent_executions", "function_concurrency_limit",
    ],
    "trust_chain": [
      "certificate_issuer", "certificate_chain", "issuer", "root_ca", "ca_bundle", "intermediate_certificate",
      "root_certificate", "issuing_ca", "ca_certificate", "certificate_authority", "preferred_chain",
    ],
    "remove_old_chain": ["drop_old_chain", "remove_cross_sign", "remove_old_root", "drop_cross_signed"],
    "enable_rule": ["enable_rules", "enable_managed_rule", "add_waf_rule", "enable_rule_group", "waf_rule"],
    "stop_writes_first": ["read_only_first", "freeze_writes", "stop_writes", "writes_stopped_first"],
    "wait_until_lag_s": ["wait_for_lag", "max_lag_before_promote", "wait_until_lag"],
    // Migrations
    "ip_local_port_range": ["net_ipv4_ip_local_port_range"],
    "sql": ["statement", "statements", "ddl", "migration_sql", "script"],
  ]
}
