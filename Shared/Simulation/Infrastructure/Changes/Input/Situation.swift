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
    let former = Vocabulary.withFormerValues(of: proposal.change, in: Self.plausible(state))
    let state = Facts(Vocabulary.withUnits(of: proposal.change, in: former))
    change = Facts(
      Vocabulary.absolute(Vocabulary.switched(Vocabulary.canonical(proposal.change), of: proposal.target), on: state))
    self.state = state
  }

  /// The proposal without what is so already. What the state says in the units of the proposal's own names is read first:
  /// the reduced proposal no longer has those names.
  init(reduced proposal: ProposedChange, targetKind: String, state: InputValue) {
    self.init(
      proposal.withoutRepetition(of: state), targetKind: targetKind,
      state: Vocabulary.withUnits(
        of: proposal.change, in: Vocabulary.withFormerValues(of: proposal.change, in: state)))
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

  /// Whether a bare "before" can only be this setting's: it is the only one, or the only one with a value of its unit.
  private func isOnlyOneOfItsKind(_ field: String) -> Bool {
    let kinds = settings.map { name in (name, change.object[name].map(FactValue.kind) ?? .word) }
    let quantities = ["per_try_timeout", "backoff", "throughput", "grace_s"].filter { change.has($0) && $0 != field }
    guard kinds.count + quantities.count > 1, let own = kinds.first(where: { $0.0 == field })?.1 else {
      return kinds.count == 1
    }
    // Beside others it may be the old value of any. Only a size or a time with its unit says whose it is; a bare number,
    // and what switches, may be anybody's.
    guard own == .size || own == .time, let before = state.value(["before"]) else { return false }
    return FactValue.kind(before) == own && kinds.filter { $0.1 == own }.count == 1
  }

  /// The key that says which version is rolled out. A verdict on the version is none on another setting beside it.
  var versionField: String? {
    let names = ["to_version", "version", "image", "image_tag", "tag", "revision", "feature_flag", "strategy"]
    return names.first { change.has($0) } ?? (settings.count == 1 ? settings.first : nil)
  }

  /// Keys of the change that set something, rather than say how or why.
  var settings: [String] { change.names.filter { !Self.metadata.contains($0) && !isQualifier($0) } }

  /// Whether a key only says how, when or which. What runs is a matter of deployments: elsewhere an image is a change. Who
  /// may is a matter of access: beside a version or a size a role is a change.
  func isQualifier(_ name: String) -> Bool {
    Self.qualifiers.contains(name)
      || Self.identities.contains(name) && [.security, .network, .configuration].contains(proposal.kind)
      || Self.images.contains(name) && [.deployment, .rollback].contains(proposal.kind)
  }

  /// Keys that every check may be asked about: all but those that say why and by whom.
  var statements: [String] { change.names.filter { !Self.metadata.contains($0) } }

  /// Keys that say why, and by whom. They set nothing, whatever they hold.
  static let metadata: Set<String> = [
    "reason", "cause", "why", "description", "comment", "ticket", "notes", "note", "author", "requested_by",
    "approved_by",
    "rollback_plan", "load_scenario", "dry_run",
  ]

  /// Keys that say how, when or which beside a setting that is understood. Alone they are riddles.
  static let qualifiers: Set<String> = [
    "method", "scope", "strategy", "auto_rollback", "percent", "staged", "window", "from", "when", "start",
    "revert_after",
    "duration", "until", "order", "transaction", "cutover", "target", "name", "id", "resource", "kind", "api_version",
    "namespace", "batch", "pause_s", "first", "then", "step", "wait", "plugin", "consumer_start", "pending_days",
    "interface", "table", "revert", "snapshot_age", "rows_per_transaction", "destination_cidr_block", "route_table_id",
    "apply_immediately", "immediate", "apply_method", "condition",
    "grace_s", "retry_on", "per_try_timeout", "backoff", "jitter", "throughput", "dual_credentials", "type",
    "metadata_name", "metadata_namespace", "metadata_labels_app", "action",
  ]
  private static let identities: Set<String> = ["role", "role_name", "user_name", "access_key_id", "principal"]
  private static let images: Set<String> = ["image", "image_repository", "image_tag", "image_digest"]

  /// Whether the target takes its work from a queue, which waits while it is away.
  var isQueueWorker: Bool {
    guard !state.has("peak_rps") else { return false }
    // Whoever else waits for an answer doesn't wait in a queue.
    let waits = consumers.map { consumer in
      let text = FreeText(consumer)
      return text.says(["queue"]) && !consumer.lowercased().contains("queue-it") || text.says(["retained"])
    }
    return !waits.isEmpty && !waits.contains(false) || speaks(of: "worker", "batch", "cron")
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
    let known = [consumerCount.map { $0 > 0 }, flows.map { $0 > 0 }, external, showsLoad ? true : nil]
      .compactMap(\.self)
    return known.isEmpty ? nil : known.contains(true)
  }

  /// Whether a measurement shows work that nobody would do for nobody: utilisation beyond that of an idle system (cron,
  /// agents and heartbeats take some percent), and writes and sessions.
  private var showsLoad: Bool {
    // What goes through one rule or one route isn't what the whole target does.
    guard proposal.kind != .security, proposal.kind != .network else { return false }
    let shares = ["rho", "utilisation", "utilization", "cpu_peak", "peak_cpu", "cpu_utilization", "db_cpu"]
    return shares.contains { state.share($0).map { $0 > 0.1 } ?? false }
      || ["write_tps", "read_tps", "tps", "peak_backends", "peak_active", "peak_iops"].contains {
        state.number($0).map { $0 > 5 } ?? false
      }
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
    // Each item counts for itself: what isn't production beside what is doesn't hide it.
    func says(_ keys: [String], _ words: Set<String>) -> Bool {
      keys.compactMap { state.value([$0]) }.flatMap(Self.items).contains { item in
        if words == payers, !Self.words(item).isDisjoint(with: rehearsals) { return false }
        let lower = item.lowercased().replacing("nonprod", with: "non prod")
        return FreeText(lower).says { word in
          words.contains(word) || words.contains(String(word.prefix { !$0.isNumber }))
        }
      }
    }
    let live: Set = ["production", "prod", "prd", "live", "checkout", "customers"]
    // Who pays, shops or rents is a customer, whatever the environment is called.
    let rehearsals: Set = [
      "team", "teams", "qa", "test", "tests", "testers", "developers", "engineers", "staging", "dev", "ci", "sandbox",
      "mock", "demo", "synthetic",
    ]
    let payers: Set = [
      "tenant", "tenants", "shop", "shops", "shoppers", "stores", "payment", "payments", "customer", "www", "visitors",
      "patients", "passengers", "subscribers", "buyers", "merchants",
    ]
    return says(["consumers", "shared_with", "asset", "data", "external_dependencies", "dependents"], live)
      || says(["consumers", "shared_with", "dependents", "used_by"], payers)
  }

  /// The texts of a value, each for itself.
  private static func items(_ value: InputValue) -> [String] {
    switch value {
    case .array(let list): list.flatMap(items)
    case .object(let members): members.flatMap { items($0.value) }
    case .string(let text): text.split { ",;".contains($0) }.map(String.init)
    default: []
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

  /// What happens rarely, and brings everybody at once.
  private static let events: Set<String> = [
    "sale", "sales", "launch", "campaign", "promotion", "premiere", "deadline", "tv", "offer", "offers",
  ]
  /// Busy for some, quiet for others.
  private static let holidays: Set<String> = ["holiday", "holidays", "christmas", "easter", "thanksgiving"]

  private static func isQuiet(_ window: String) -> Bool? {
    let text = FreeText(window)
    let words = words(window)
    // "Off-peak" and "off hours" are two words each; "office" and "offer" are others.
    let isOff =
      words.contains("offpeak")
      || words.contains("off") && !words.isDisjoint(with: ["peak", "hours", "hour", "business", "season", "time"])
    if text.says(events) || words.isSuperset(of: ["black", "friday"]) || words.isSuperset(of: ["cyber", "monday"]) {
      return false
    }
    if text.says(holidays) { return nil }
    let busy: Set = ["peak", "business", "office", "day", "busy", "daytime", "workday", "rush"]
    let quiet: Set = ["maintenance", "quiet", "night", "low", "weekend", "nightly"]
    // "Outside business hours" is quiet, "outside maintenance hours" isn't.
    let deniesBusy = text.denies(stems: busy.sorted()), deniesQuiet = text.denies(stems: quiet.sorted())
    if deniesQuiet { return false }
    if text.says(busy), !isOff { return false }
    return isOff || deniesBusy || text.says(quiet) ? true : nil
  }
}
