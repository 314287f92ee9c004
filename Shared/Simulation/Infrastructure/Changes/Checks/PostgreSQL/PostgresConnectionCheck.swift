import SimulationDatabases
import SimulationInput

/// Connections of a PostgreSQL server, by `ConnectionBudget`, and the settings that a hot standby must not be below, by
/// `HotStandbyRule`.
enum PostgresConnectionCheck: ChangeCheck {
  static let model = "postgresql_connections"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres || s.change.has("max_connections") else { return }
    capacity(s, &report)
    for field in s.settings where HotStandbyRule.parameters.contains(field) { standby(field, s, &report) }
  }

  /// Connections that ordinary users have of `limit`.
  static func usable(_ limit: Double, _ s: Situation, after: Bool = false) -> Double {
    func count(_ value: Double) -> Int { FactValue.whole(value, in: 0...1_000_000_000) }
    func told(_ name: String) -> Int? {
      ((after ? s.change.number(name) : nil) ?? s.state.number(name)).map(count)
    }
    let budget = ConnectionBudget(
      maxConnections: count(limit), superuserReserved: told("superuser_reserved_connections") ?? 3,
      reserved: told("reserved_connections") ?? 0, major: s.isPostgres ? s.postgresMajor : nil)
    return Double(budget.available)
  }

  private static func capacity(_ s: Situation, _ report: inout ChangeReport) {
    let limit = s.reading(["max_connections"], state: ["db_max_connections"])
    let reserve = ["superuser_reserved_connections", "reserved_connections"].first { s.change.has($0) }
    guard let field = limit.field ?? reserve else { return }
    guard let most = limit.after else { return }
    report.ran(self)
    report.understand(limit.field, reserve)
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
      "connection_share", limit.before.map { peak / max(1, Self.usable($0, s)) },
      peak / max(1, Self.usable(most, s, after: true)))
    let usable = Self.usable(most, s, after: true)
    guard limit.isLowered || reserve != nil && usable < Self.usable(limit.before ?? most, s) else { return }
    let probability = Exceedance.count.probability(demand: peak, limit: usable)
    guard probability > 0.02 else { return }
    let refused = max(0, 1 - usable / peak)
    report.add(
      issue(
        "CONNECTION_EXHAUSTION", .outage.hitting(max(0.5, refused * 2)), s, probability: probability,
        "\(brief(peak)) connections at peak, and \(brief(usable)) of \(brief(most)) may be used: the others get "
          + "FATAL: sorry, too many clients already",
        Calculation(
          equation: "peak_backends <= max_connections - superuser_reserved_connections - reserved_connections",
          inputs: [
            "peak_backends": peak, "max_connections": most, "reserved": most - usable,
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
    guard let standby = s.state.leadingNumber("standby_value", "standby_\(field)") else { return }
    let consequence: String
    switch HotStandbyRule.outcome(parameter: field, primary: after, standby: standby, major: s.postgresMajor) {
    case .fine: return
    case .replayPauses: consequence = "pauses replay at that record and goes stale"
    case .standbyStops: consequence = "shuts down"
    case .pausesOrStops: consequence = "pauses replay and goes stale, or shuts down before 14"
    }
    report.add(
      issue(
        "NO_REDUNDANCY", .fragility, s, probability: 0.95,
        "a hot standby must have at least the primary's \(field): \(brief(standby)) < \(brief(after)), so it "
          + "\(consequence): nothing is left to fail over to",
        Calculation(
          equation: "standby value >= primary value",
          inputs: ["standby_value": standby, "primary_value": after, "postgres": s.postgresMajor.map(Double.init)],
          value: standby, unit: "1",
          threshold: after, source: "PostgreSQL documentation 26.4.3 Hot Standby, Administrator's Overview"),
        field: field, remedy: "raise it on the standby first, then on the primary"))
  }
}
