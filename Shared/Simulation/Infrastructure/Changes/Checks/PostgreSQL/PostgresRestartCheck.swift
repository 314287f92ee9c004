import SimulationDatabases
import SimulationInput

/// What it takes to change a parameter of PostgreSQL, and parameters whose wrong values only cost time.
///
/// Source: the column `context` of pg_settings (PostgreSQL 18 documentation, 53.25), by major version.
enum PostgresRestartCheck: ChangeCheck {
  static let model = "postgresql_restart"

  /// Hints to the planner, what is logged and counted: wrong values are seen at once and undone by a reload.
  private static let harmless: Set<PostgresParameter.Category> = [
    .planner, .logging, .statistics, .session, .compatibility,
  ]
  /// Nothing is lost or shut out by these either, but how much they slow down or help isn't modelled here.
  private static let bounded: Set<PostgresParameter.Category> = [
    .writer, .parallelism, .vacuum, .lock, .timeout, .storage,
  ]

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres, ![.migration, .deployment, .rollback].contains(s.proposal.kind) else { return }
    let major = s.state.leadingNumber("postgres", "version").map { FactValue.whole($0, in: 9...99) }
    let parameters = s.settings.compactMap { field in
      PostgresParameter.named(field, major: major).map { (field, $0) }
    }
    guard !parameters.isEmpty else { return }
    report.ran(self)
    for (field, parameter) in parameters {
      if let text = s.change.text(field), (try? parameter.value(of: text)) == nil {
        report.unknown(
          [field], self, "\(parameter.name) doesn't take \(text): the server keeps the old value, or doesn't start",
          worst: .outage, s, field: field, alsoCode: "DOWNTIME")
      } else if harmless.contains(parameter.category) {
        report.understand(field)
      } else if bounded.contains(parameter.category), !report.understood.contains(field) {
        report.add(
          issue(
            "NOT_EXTRAPOLABLE", .nuisance, s, probability: 0.3,
            "how much \(parameter.name) helps or costs here is not modelled; it loses nothing, and a reload undoes it",
            Calculation(
              equation: "context of pg_settings", inputs: [:], value: 0, unit: "1",
              source: "PostgreSQL documentation 53.25 pg_settings"), field: field))
      }
    }
    restart(parameters.filter { $0.1.needsRestart }.map(\.0), s, &report)
  }

  private static func restart(_ fields: [String], _ s: Situation, _ report: inout ChangeReport) {
    guard let field = fields.first else { return }
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
}
