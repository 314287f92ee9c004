import SimulationInput

/// Settings whose value can't be read as what the setting is: a model that knows the name still knows nothing then.
enum ReadabilityCheck: ChangeCheck {
  static let model = "readability"

  private enum Kind { case count, size, time, share }

  private static let kinds: [(Kind, [String])] = [
    (
      .count,
      [
        "instances", "min_instances", "max_instances", "zones", "pool_size", "worker_connections", "ulimit_nofile",
        "workers",
        "retries", "max_attempts", "threshold", "iops", "replication_factor", "additional_copies", "mtu",
        "max_connections",
        "max_wal_senders", "max_prepared_transactions", "max_locks_per_transaction", "peak_rps", "hash_mem_multiplier",
      ]
    ),
    (
      .size,
      ["memory_gb", "work_mem", "shared_buffers", "maxmemory", "size_gb", "maintenance_work_mem", "max_wal_size"]
    ),
    (
      .time,
      ["interval_s", "ttl_s", "retention_days", "idle_timeout", "deregistration_delay_s", "health_check_timeout_s"]
    ),
    (.share, ["hpa_target_cpu", "canary_percent", "max_unavailable", "max_surge", "cpu"]),
  ]

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    for (kind, fields) in kinds {
      for field in fields {
        guard let value = s.change.object[field], !isReadable(value, kind, field) else { continue }
        report.ran(self)
        report.unknown(
          [field], self, "\(field) can't be read: \(String(value.summary.prefix(80)))", worst: .outage, s, field: field,
          alsoCode: "NOT_EXTRAPOLABLE")
      }
    }
  }

  private static func isReadable(_ value: InputValue, _ kind: Kind, _ field: String) -> Bool {
    if case .array(let list) = value {
      return ["zones", "backends", "nat_ips"].contains(field) && !list.isEmpty
        && list.allSatisfy { FactValue.text($0) != nil }
    }
    let read: Double? =
      switch kind {
      case .count: FactValue.number(value) ?? FactValue.share(value)
      case .size: FactValue.gigabytes(value)
      case .time: FactValue.seconds(value)
      case .share: FactValue.share(value) ?? FactValue.cores(value)
      }
    return read.map { $0 >= 0 && $0 < 1e12 } ?? false
  }
}
