import SimulationInput

/// A proposed change beside what the twin knows: every quantity before the change and after it.
struct Situation: Sendable {
  let proposal: ProposedChange
  /// Kind of the target as its source says; empty when nobody said.
  let targetKind: String
  let state: Facts
  let change: Facts

  init(_ proposal: ProposedChange, targetKind: String, state: InputValue) {
    self.proposal = proposal
    self.targetKind = targetKind
    self.state = Facts(state)
    change = Facts(Vocabulary.canonical(proposal.change))
  }

  /// A quantity before a change and after it; nil where it is unknown.
  struct Reading: Sendable, Hashable {
    /// The key of the change that sets it; nil when the change leaves it alone.
    var field: String?
    var before: Double?
    var after: Double?

    var isChanged: Bool { field != nil && before != after }
    var isRaised: Bool { field != nil && (before.map { (after ?? $0) > $0 } ?? true) }
    var isLowered: Bool { field != nil && (before.map { (after ?? $0) < $0 } ?? true) }
  }

  /// Reads a quantity.
  ///
  /// - Parameters:
  ///   - names: what the change may call it; the synced state may call it the same, `current_…`, `…_before`,
  ///     `before_…`, or one of `state`.
  ///   - state: other names in the synced state, tried first.
  ///   - read: makes a number of it.
  func reading(
    _ names: [String], state stateNames: [String] = [], _ read: (InputValue) -> Double? = FactValue.number
  ) -> Reading {
    let field = names.first { change.object[$0] != nil && change.object[$0] != .null }
    let derived = names.flatMap { [$0, "current_\($0)", "\($0)_before", "before_\($0)"] }
    var before = self.state.value(stateNames + derived).flatMap(read)
    // "before" alone is the old value of a change of one thing.
    if before == nil, field != nil, settings.count == 1 { before = self.state.value(["before"]).flatMap(read) }
    let after = field.flatMap { change.object[$0] }.flatMap(read)
    return Reading(field: field, before: before, after: field == nil ? before : after)
  }

  /// Keys of the change that set something, rather than say how or why.
  var settings: [String] { change.names.filter { !Self.manner.contains($0) } }

  /// Whether the target takes its work from a queue, which waits while it is away.
  var isQueueWorker: Bool {
    consumers.contains { $0.lowercased().contains("queue") || $0.lowercased().contains("retained") }
      || (speaks(of: "worker", "consumer", "batch", "cron") && !state.has("peak_rps"))
  }

  /// Keys that say how a change is made, by whom or why; they set nothing of the target.
  static let manner: Set<String> = [
    "method", "reason", "description", "comment", "ticket", "scope", "strategy", "auto_rollback", "canary_percent",
    "percent", "load_scenario", "staged", "dry_run", "requested_by", "notes", "note", "rollback_plan", "window", "from",
    "apply_immediately", "immediate", "apply", "apply_method", "when", "start", "schedule", "revert_after", "duration",
    "until", "order", "transaction", "cutover", "target", "name", "id", "resource", "kind", "api_version", "region",
    "namespace", "author", "action", "operation", "verb", "command_by", "final", "approved_by", "batch", "pause_s",
    "first", "then", "step", "steps", "wait", "bake_minutes", "canary_minutes", "plugin", "consumer_start",
    "pending_days",
    "retry_on", "per_try_timeout", "backoff", "jitter", "retry_budget", "circuit_breaker", "principal", "condition",
    "cutover_window", "mode", "phase", "rollout", "reversible", "backup_first", "drain_first", "one_at_a_time",
    "interface", "grace_s", "table", "revert", "snapshot_age", "rows_per_transaction", "role", "role_name", "user_name",
    "access_key_id", "destination_cidr_block",
    "route_table_id",
    "throughput", "health_check_path", "matcher", "protocol", "weights", "healthy_threshold", "rise", "final_snapshot",
  ]

  // MARK: What the target is

  /// Whether the target, its kind or its facts speak of one of `words`.
  func speaks(of words: String...) -> Bool {
    let texts = [proposal.target.lowercased(), targetKind.lowercased()]
    return words.contains { word in texts.contains { $0.contains(word) } }
  }

  var isPostgres: Bool {
    speaks(of: "postgres", "pgsql", "pg-", "aurora-pg") || state.has("shared_buffers", "postgres", "xid_age")
  }

  /// Whether the target keeps data in memory and on disk for others.
  var isDatabase: Bool {
    isPostgres
      || speaks(
        of: "mysql", "maria", "mongo", "cassandra", "oracle", "sqlserver", "rds", "aurora", "database", "elastic")
      || state.has("working_set_gb", "db_size_gb")
  }

  /// Texts of the state that name what depends on the target.
  var consumers: [String] { state.texts("consumers", "dependents", "used_by") }

  /// How many depend on the target; nil when nobody said.
  var consumerCount: Double? {
    for name in ["consumers", "dependents", "used_by"] {
      guard let value = state.value([name]) else { continue }
      if case .array(let list) = value { return Double(list.count) }
      return FactValue.number(value) ?? 1
    }
    return nil
  }

  /// Whether something uses what the change takes away; nil when nobody said.
  var isUsed: Bool? {
    let external = state.value(["external_dependencies"]).map { FactValue.texts($0) ?? [] }
    let signs: [Bool?] = [
      consumerCount.map { $0 > 0 }, state.number("flows_per_min", "requests_per_min", "peak_rps").map { $0 > 0 },
      external.map { !$0.isEmpty },
    ]
    let known = signs.compactMap(\.self)
    return known.isEmpty ? nil : known.contains(true)
  }

  /// How much an incident of the target matters, 0 to 1. What production depends on is production, whatever its name.
  var exposure: Double {
    if proposal.tier == .production || isSharedWithProduction { return 1 }
    return proposal.tier == .staging ? Self.stagingExposure : Self.developmentExposure
  }

  /// An incident in staging stops a team, not customers: under half of production's, so that nothing that stays inside
  /// it reaches the score that stops a change.
  static let stagingExposure = 0.4
  static let developmentExposure = 0.3

  var isSharedWithProduction: Bool {
    guard proposal.tier != .production else { return true }
    let texts = consumers + state.texts("shared_with", "asset", "data", "external_dependencies")
    return texts.contains { text in
      let text = text.lowercased()
      return text.contains("production") || text.contains("prod ") || text.hasPrefix("prod-")
        || text.contains("checkout") || text.contains("live ")
    }
  }

  // MARK: When

  /// Whether the change falls into a time of little traffic; nil when nobody said.
  var isQuiet: Bool? {
    if state.flag("maintenance_window") == true || state.flag("low_traffic_window") == true { return true }
    if let window = change.text("window") ?? state.text("window") {
      let window = window.lowercased()
      if window.contains("off") || window.contains("maintenance") || window.contains("quiet")
        || window.contains("night") || window.contains("low")
      {
        return true
      }
      if window.contains("peak") || window.contains("business") || window.contains("day") { return false }
    }
    if state.flag("maintenance_window") == false || state.flag("low_traffic_window") == false { return false }
    return nil
  }
}
