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
    let state = Facts(Vocabulary.withUnits(of: proposal.change, in: Self.plausible(state)))
    change = Facts(
      Vocabulary.absolute(Vocabulary.switched(Vocabulary.canonical(proposal.change), of: proposal.target), on: state))
    self.state = state
  }

  /// The proposal without what is so already. What the state says in the units of the proposal's own names is read first:
  /// the reduced proposal no longer has those names.
  init(reduced proposal: ProposedChange, targetKind: String, state: InputValue) {
    self.init(
      proposal.withoutRepetition(of: state), targetKind: targetKind,
      state: Vocabulary.withUnits(of: proposal.change, in: state))
  }

  /// Facts without those that can't be: nothing that is counted or measured here is negative but a difference.
  private static func plausible(_ state: InputValue) -> InputValue {
    guard case .object(let members) = state else { return .object([]) }
    return .object(
      members.filter { member in
        // A server that serves has some of these; a peak of none was not measured.
        if ["peak_backends", "peak_active", "peak_iops"].contains(member.name), member.value == .number(0) {
          return false
        }
        guard case .number(let number) = member.value, number < 0 else { return true }
        return member.name.contains("delta") || member.name.contains("before") || member.name.hasPrefix("max_slot")
      })
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
    // "before" alone is the old value of a change of one thing, or of the one thing of its kind.
    if before == nil, let field, isOnlyOneOfItsKind(field) { before = self.state.value(["before"]).flatMap(read) }
    // A text may say what several settings were.
    if before == nil, let field, case .string(let text)? = self.state.object["before"] {
      for name in names + ChangeNames.others(of: field) where before == nil {
        before = FactValue.named(name, in: text).flatMap(read)
      }
    }
    let after = field.flatMap { change.object[$0] }.flatMap(read)
    return Reading(field: field, before: before, after: field == nil ? before : after)
  }

  /// Whether no other setting of the change has a value of the same kind: a size, a time, a count, a switch, a word.
  private func isOnlyOneOfItsKind(_ field: String) -> Bool {
    let kinds = settings.map { name in (name, change.object[name].map(FactValue.kind) ?? .word) }
    guard kinds.count > 1, let own = kinds.first(where: { $0.0 == field })?.1 else { return kinds.count == 1 }
    return own != .word && kinds.filter { $0.1 == own }.count == 1
  }

  /// Keys of the change that set something, rather than say how or why.
  var settings: [String] { change.names.filter { !Self.metadata.contains($0) && !Self.qualifiers.contains($0) } }

  /// Keys that every check may be asked about: all but those that say why and by whom.
  var statements: [String] { change.names.filter { !Self.metadata.contains($0) } }

  /// Keys that say why, and by whom. They set nothing, whatever they hold.
  static let metadata: Set<String> = [
    "reason", "description", "comment", "ticket", "notes", "note", "author", "requested_by", "approved_by",
    "rollback_plan", "load_scenario", "dry_run",
  ]

  /// Keys that say how, when or which beside a setting that is understood. Alone they are riddles.
  static let qualifiers: Set<String> = [
    "method", "scope", "strategy", "auto_rollback", "percent", "staged", "window", "from", "when", "start",
    "revert_after",
    "duration", "until", "order", "transaction", "cutover", "target", "name", "id", "resource", "kind", "api_version",
    "namespace", "batch", "pause_s", "first", "then", "step", "wait", "plugin", "consumer_start", "pending_days",
    "interface", "table", "revert", "snapshot_age", "rows_per_transaction", "destination_cidr_block", "route_table_id",
    "apply_immediately", "immediate", "apply_method", "role_name", "user_name", "access_key_id", "principal",
    "condition",
    "grace_s", "retry_on", "per_try_timeout", "backoff", "jitter", "throughput", "dual_credentials", "type", "role",
    "metadata_name", "metadata_namespace", "metadata_labels_app", "image", "action", "image_repository",
    "image_tag", "image_digest",
  ]

  /// Whether the target takes its work from a queue, which waits while it is away.
  var isQueueWorker: Bool {
    guard !state.has("peak_rps") else { return false }
    return consumers.contains { Self.words($0).contains("queue") && !$0.lowercased().contains("queue-it") }
      || consumers.contains { $0.lowercased().contains("retained") } || speaks(of: "worker", "batch", "cron")
  }

  /// The words of a name or a sentence, lower case.
  static func words(_ text: String) -> Set<String> {
    let whole = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    // "wg0" is a "wg", too.
    return Set(whole).union(whole.map { String($0.prefix { !$0.isNumber }) }.filter { $0.count >= 2 })
  }

  // MARK: What the target is

  /// Whether a word of the target's name or kind begins with one of `words`. The kind that a source tells counts first.
  func speaks(of words: String...) -> Bool {
    let spoken = Self.words(proposal.target).union(Self.words(targetKind))
    return words.contains { word in spoken.contains { $0 == word || word.count > 3 && $0.hasPrefix(word) } }
  }

  var isPostgres: Bool {
    speaks(of: "postgres", "postgresql", "pgsql", "pg") || state.has("shared_buffers", "postgres", "xid_age")
  }

  /// MySQL or one of its kin.
  var isMySQL: Bool {
    speaks(of: "mysql", "maria", "mariadb", "percona", "innodb")
      || state.has("innodb_buffer_pool_size", "mysql_version")
  }

  /// Major version of PostgreSQL, 9 for 9.6; nil when nobody said.
  var postgresMajor: Int? {
    state.leadingNumber("postgres", "version").map { FactValue.whole($0, in: 9...99) }
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
    // What the target calls says nothing of who calls the target, unless there is something.
    let external = state.texts("external_dependencies").isEmpty ? nil : true as Bool?
    let flows = ["flows_per_min", "requests_per_min", "peak_rps", "peak_connections"].compactMap { state.number($0) }
      .max()
    let known = [consumerCount.map { $0 > 0 }, flows.map { $0 > 0 }, external].compactMap(\.self)
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
    let values = ["consumers", "shared_with", "asset", "data", "external_dependencies", "dependents"].compactMap {
      state.value([$0])?.summary
    }
    return values.contains { text in
      let lower = text.lowercased()
      if lower.contains("non-production") || lower.contains("not production") || lower.contains("nonprod") {
        return false
      }
      return !Self.words(text).isDisjoint(with: ["production", "prod", "prd", "live", "checkout", "customers"])
    }
  }

  // MARK: When

  /// Whether the change falls into a time of little traffic; nil when nobody said.
  var isQuiet: Bool? {
    // What the twin knows of the time outranks what the change says of it.
    if let window = state.text("window") { return Self.isQuiet(window) }
    if state.flag("maintenance_window") == true || state.flag("low_traffic_window") == true { return true }
    if state.flag("maintenance_window") == false || state.flag("low_traffic_window") == false { return false }
    // A caller can say that it is a bad time; that it is a good one is for the twin to know.
    return change.text("window").flatMap(Self.isQuiet) == false ? false : nil
  }

  private static func isQuiet(_ window: String) -> Bool? {
    let words = words(window)
    if !words.isDisjoint(with: ["peak", "business", "office", "day", "busy"]), !words.contains("off") { return false }
    if window.lowercased().hasPrefix("off") && !words.contains("office") { return true }
    if !words.isDisjoint(with: ["maintenance", "quiet", "night", "low", "weekend"]) { return true }
    return nil
  }
}
