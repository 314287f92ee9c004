import SimulationInput

/// Connections of a PostgreSQL server, and the settings that a hot standby must not be below.
///
/// Source: PostgreSQL 18 documentation, 19.3.1 (max_connections, superuser_reserved_connections) and 26.4.3
/// "Administrator's Overview" of hot standby: five parameters of the standby must be at least the primary's; from
/// version 14 on replay pauses where they aren't, before the standby shuts down.
enum PostgresConnectionCheck: ChangeCheck {
  static let model = "postgresql_connections"
  /// superuser_reserved_connections by default.
  static let reserved = 3.0
  private static let standbyBound: Set<String> = [
    "max_connections", "max_worker_processes", "max_wal_senders", "max_prepared_transactions",
    "max_locks_per_transaction",
  ]

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres || s.change.has("max_connections") else { return }
    capacity(s, &report)
    for field in s.settings where standbyBound.contains(field) { standby(field, s, &report) }
  }

  private static func capacity(_ s: Situation, _ report: inout ChangeReport) {
    let limit = s.reading(["max_connections"], state: ["db_max_connections"])
    guard let field = limit.field, let most = limit.after else { return }
    report.ran(self)
    report.understand(field)
    let reserved = s.state.number("superuser_reserved_connections") ?? Self.reserved
    let peak = s.state.number("peak_backends", "peak_connections")
    guard let peak else {
      if limit.isLowered {
        report.unknown(
          ["peak_backends"], self, "fewer connections are allowed, and how many are used at peak is not known",
          worst: .outage, s, field: field, alsoCode: "CONNECTION_EXHAUSTION")
      }
      return
    }
    report.metric(
      "connection_share", limit.before.map { peak / max(1, $0 - reserved) }, peak / max(1, most - reserved))
    guard limit.isLowered else { return }
    let usable = most - reserved
    let probability = Exceedance.count.probability(demand: peak, limit: usable)
    guard probability > 0.02 else { return }
    let refused = max(0, 1 - usable / peak)
    report.add(
      issue(
        "CONNECTION_EXHAUSTION", .outage.hitting(max(0.5, refused * 2)), s, probability: probability,
        "\(brief(peak)) connections at peak, and \(brief(usable)) of \(brief(most)) may be used: the others get "
          + "FATAL: sorry, too many clients already",
        Calculation(
          equation: "peak_backends <= max_connections - superuser_reserved_connections",
          inputs: [
            "peak_backends": peak, "max_connections": most, "superuser_reserved_connections": reserved,
          ], value: peak, unit: "connections", threshold: usable,
          source: "PostgreSQL documentation 19.3.1 Connection Settings"),
        field: field, remedy: "pool connections before lowering the limit"))
  }

  private static func standby(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    let value = s.reading([field])
    report.ran(self)
    report.understand(field)
    let hasStandby =
      s.consumers.contains { $0.lowercased().contains("standby") || $0.lowercased().contains("replica") }
      || s.state.flag("replica_failover") == true
    if value.after == 0, value.before != 0, field == "max_wal_senders" || field == "max_prepared_transactions" {
      report.add(
        issue(
          field == "max_wal_senders" ? "NO_REDUNDANCY" : "ERROR_RATE", .fragility, s,
          probability: hasStandby ? 0.95 : 0.75,
          field == "max_wal_senders" ? "no standby and no backup can stream any more" : "prepared transactions fail",
          Calculation(
            equation: "slots > 0", inputs: ["before": value.before], value: 0, unit: "1", threshold: 1,
            source: "PostgreSQL documentation 19.6.1"), field: field))
    }
    guard hasStandby, let after = value.after, value.isRaised else { return }
    let version = s.state.leadingNumber("postgres", "version") ?? 14
    guard let standby = s.state.leadingNumber("standby_value", "standby_\(field)") else { return }
    guard standby < after else { return }
    report.add(
      issue(
        "NO_REDUNDANCY", .fragility, s, probability: 0.95,
        "a hot standby must have at least the primary's \(field): \(brief(standby)) < \(brief(after)), so it "
          + (version >= 14 ? "pauses replay at that record and goes stale" : "shuts down")
          + ": nothing is left to fail over to",
        Calculation(
          equation: "standby value >= primary value",
          inputs: ["standby_value": standby, "primary_value": after, "postgres": version], value: standby, unit: "1",
          threshold: after, source: "PostgreSQL documentation 26.4.3 Hot Standby, Administrator's Overview"),
        field: field, remedy: "raise it on the standby first, then on the primary"))
  }
}
