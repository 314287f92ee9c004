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

  /// Parameters of harmless families that take something away all the same, and the value that does.
  private static let dangerousFlags: [String: (bad: Bool, what: String)] = [
    "track_counts": (false, "without counts autovacuum doesn't run"),
    "default_transaction_read_only": (true, "every session can only read: all writes fail"),
    "enable_indexscan": (false, "no index is read any more: every look-up reads its table"),
    "transaction_read_only": (true, "every session can only read: all writes fail"),
    "row_security": (false, "queries that policies restrict fail"),
    "hot_standby": (false, "standbys answer no query"),
  ]
  private static let dangerous: [String: String] = [
    "session_replication_role": "triggers and foreign keys no longer fire",
    "search_path": "names are looked up elsewhere",
    "lock_timeout": "", "autovacuum_naptime": "", "autovacuum_vacuum_threshold": "", "local_preload_libraries": "",
  ]

  /// Parameters of other families whose usual values cost little.
  private static let modest: Set<String> = [
    "wal_compression", "temp_buffers", "logical_decoding_work_mem", "max_replication_slots", "archive_timeout",
    "wal_buffers",
    "wal_writer_delay", "wal_writer_flush_after", "commit_delay", "commit_siblings", "max_logical_replication_workers",
    "max_sync_workers_per_subscription", "wal_init_zero", "wal_recycle", "recovery_prefetch",
    "wal_receiver_status_interval",
  ]
  /// Members of those families that aren't harmless.
  private static let risky: Set<String> = ["vacuum_failsafe_age", "vacuum_multixact_failsafe_age", "temp_file_limit"]

  private static func danger(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    let name = field.lowercased()
    let text = s.change.text(field) ?? ""
    var what: String?
    if let flag = dangerousFlags[name] {
      // As the server reads it; what it can't read is taken as the worse.
      var value = flag.bad
      if case .flag(let read)? = try? PostgresParameter.named(name, major: nil)?.value(of: text) { value = read }
      if value == flag.bad { what = flag.what }
    } else {
      switch name {
      case "session_replication_role": what = text.lowercased() == "replica" ? dangerous[name] : nil
      case "search_path": what = text.contains("public") || text.contains("$user") ? nil : dangerous[name]
      case "lock_timeout":
        let limit = FactValue.seconds(s.change.object[field] ?? .null, bareSeconds: 1e-3) ?? 0
        what = limit > 0 && limit < 0.1 ? "statements fail that wait \(brief(limit)) s for a lock" : nil
      case "autovacuum_naptime":
        let pause = FactValue.seconds(s.change.object[field] ?? .null) ?? 60
        what = pause > 3_600 ? "autovacuum looks every \(brief(pause / 3_600)) h only: dead rows pile up" : nil
      case "autovacuum_vacuum_threshold":
        what = (s.change.number(field) ?? 50) > 1e6 ? "tables are vacuumed after \(text) dead rows only" : nil
      default: what = "a library is loaded into every session"
      }
    }
    report.understand(field)
    guard let what else { return }
    report.add(
      issue(
        name.contains("vacuum") || name == "track_counts" ? "BLOAT" : "ERROR_RATE", .degradation, s, probability: 0.85,
        what,
        Calculation(
          equation: "\(field) = \(text)", inputs: [:], value: 1, unit: "1", threshold: 0,
          source: "PostgreSQL documentation, chapter 19"), field: field))
  }

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    guard s.isPostgres, ![.migration, .deployment, .rollback].contains(s.proposal.kind) else { return }
    let parameters = s.settings.compactMap { field in
      PostgresParameter.named(field, major: s.postgresMajor).map { (field, $0) }
    }
    guard !parameters.isEmpty else { return }
    report.ran(self)
    for (field, parameter) in parameters {
      if dangerous[field.lowercased()] != nil || dangerousFlags[field.lowercased()] != nil {
        danger(field, s, &report)
      } else if let text = s.change.text(field), (try? parameter.value(of: text)) == nil {
        report.unknown(
          [field], self, "\(parameter.name) doesn't take \(text): the server keeps the old value, or doesn't start",
          worst: .outage, s, field: field, alsoCode: "DOWNTIME")
      } else if ["log_min_messages", "log_min_error_statement", "client_min_messages"].contains(field.lowercased()),
        s.change.text(field)?.lowercased().hasPrefix("debug") == true
      {
        report.add(
          issue(
            "DISK_FULL", .degradation, s, probability: 0.75, "every step of every statement is logged",
            Calculation(
              equation: "\(field) = \(s.change.text(field) ?? "")", inputs: [:], value: 1, unit: "1", threshold: 0,
              source: "PostgreSQL documentation 19.8"), field: field))
      } else if let cost = PostgresValueCost.of(parameter.name, s.change.object[field] ?? .null, s) {
        report.add(
          issue(
            cost.code, cost.weight, s, probability: cost.probability, cost.what,
            cost.calculation, field: field))
      } else if let key = PostgresValueCost.missing(parameter.name, s.change.object[field] ?? .null, s) {
        report.unknown(
          [key], self, "what \(field) = \(s.change.text(field) ?? "") does depends on \(key)", worst: .outage, s,
          field: field, alsoCode: "NOT_EXTRAPOLABLE")
      } else if harmless.contains(parameter.category) {
        report.understand(field)
      } else if bounded.contains(parameter.category) && !risky.contains(field.lowercased())
        || modest.contains(field.lowercased()),
        !report.understood.contains(field)
      {
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
