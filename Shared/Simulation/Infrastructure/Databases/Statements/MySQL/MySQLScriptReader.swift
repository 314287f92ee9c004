/// Reads the statements of a script for MySQL or MariaDB with InnoDB tables.
struct MySQLScriptReader {
  let server: MySQLServer
  let facts: SchemaFacts
  private var lockTimeout: Double?
  private var newTables = NewTables()

  init(server: MySQLServer, facts: SchemaFacts) {
    self.server = server
    self.facts = facts
  }

  var notes: [String] {
    server.version == nil ? ["the version is unknown: the most expensive rule applies"] : []
  }

  mutating func read(_ source: SQLTokens) -> SchemaStatement {
    var cursor = SQLCursor(source.tokens)
    var statement = SchemaStatement(
      text: source.text, command: source.tokens[0].text.uppercased(), actions: [], target: nil, recognition: .unknown,
      effect: PostgresScriptReader.worst, targetIsNew: false, lockTimeoutMilliseconds: lockTimeout,
      isInTransactionBlock: false)
    guard let understood = understand(&cursor) else { return statement }
    statement.command = understood.command
    statement.actions = understood.actions
    statement.target = understood.target
    statement.effect = understood.effect
    statement.recognition = understood.refusal.map { .refused(reason: $0) } ?? .known
    if let target = understood.target { statement.targetIsNew = newTables.contains(target) }
    if understood.command == "CREATE TABLE", let target = understood.target { newTables.insert(target) }
    return statement
  }

  private struct Understood {
    var command: String
    var target: SQLName?
    var effect: SchemaEffect
    var actions: [String] = []
    var refusal: String?
  }

  private mutating func understand(_ cursor: inout SQLCursor) -> Understood? {
    if cursor.accept("alter") {
      _ = cursor.accept("online") || cursor.accept("ignore")
      return cursor.accept("table") ? alterTable(&cursor) : nil
    }
    if cursor.accept("create") { return created(&cursor) }
    if cursor.accept("drop") { return dropped(&cursor) }
    if cursor.accept("truncate") {
      _ = cursor.accept("table")
      return Understood(command: "TRUNCATE", target: cursor.name(), effect: Self.loss(.all))
    }
    if cursor.accept("rename", "table") {
      let effect = SchemaEffect.catalogue(.accessExclusive).with { $0.compatibility = .breaks }
      return Understood(command: "RENAME TABLE", target: cursor.name(), effect: effect)
    }
    if cursor.accept("optimize", "table") {
      return Understood(command: "OPTIMIZE TABLE", target: cursor.name(), effect: OnlineAlgorithm.rebuild.effect)
    }
    if cursor.accept("analyze", "table") {
      return Understood(command: "ANALYZE TABLE", target: cursor.name(), effect: .catalogue(.accessShare))
    }
    if cursor.accept("delete", "from") { return rows("DELETE", cursor.name(), &cursor, .all) }
    if cursor.accept("update") { return rows("UPDATE", cursor.name(), &cursor, .part) }
    if cursor.accept("insert", "into") {
      return Understood(
        command: "INSERT", target: cursor.name(), effect: SchemaEffect(lock: .rowExclusive, work: .none))
    }
    if cursor.accept("set") {
      // Settings of the whole server, and passwords, which this reader doesn't judge.
      for word in ["global", "persist", "persist_only", "password", "resource"] where cursor.contains(word) {
        return nil
      }
      _ = cursor.accept("session") || cursor.accept("local")
      if cursor.accept("lock_wait_timeout"), cursor.accept(symbol: "="), let text = cursor.current?.text {
        lockTimeout = Double(text).map { $0 * 1_000 }
      }
      return Understood(command: "SET", target: nil, effect: SchemaEffect(lock: nil, work: .none))
    }
    for word in ["begin", "commit", "rollback", "use", "show"] where cursor.accept(word) {
      return Understood(command: word.uppercased(), target: nil, effect: SchemaEffect(lock: nil, work: .none))
    }
    return nil
  }

  private static func loss(_ destruction: DataDestruction) -> SchemaEffect {
    SchemaEffect.catalogue(.accessExclusive).with {
      $0.destruction = destruction
      $0.compatibility = destruction == .all ? .breaks : .none
      $0.reversibility = .fromBackupOnly
    }
  }

  private func alterTable(_ cursor: inout SQLCursor) -> Understood? {
    _ = cursor.accept("if", "exists")
    guard let table = cursor.name() else { return nil }
    let rules = MySQLAlterRules(table: table, server: server, facts: facts)
    var forms: [MySQLAlterRules.Form] = []
    var options: [String: String] = [:]
    let parts = cursor.splitAtCommas()
    guard parts.count <= PostgresScriptReader.maximumActions else { return nil }
    for part in parts {
      var option = SQLCursor(part)
      let key = option.current?.text ?? ""
      if key == "algorithm" || (key == "lock" && part.count <= 3) {
        option.skip()
        _ = option.accept(symbol: "=")
        options[key] = option.word()
      } else {
        guard let form = rules.form(part) else { return nil }
        forms.append(form)
      }
    }
    guard let first = forms.first else { return nil }
    var algorithm = forms.reduce(first.algorithm) { max($0, $1.algorithm) }
    // Dropping and adding the primary key at once is done in place.
    let names = Set(forms.map(\.name))
    if names == ["DROP PRIMARY KEY", "ADD PRIMARY KEY"] { algorithm = .rebuild }
    let refusal = Self.refusal(algorithm, options)
    if options["algorithm"] == "copy" { algorithm = .copy }
    var effect = forms.dropFirst().reduce(first.effect) { $0.merged(with: $1.effect) }
    let way = algorithm.effect
    effect.lock = way.lock
    effect.work = way.work
    effect.tableWrites = way.tableWrites
    effect.tablePasses = way.tablePasses
    effect.indexBuilds = way.indexBuilds
    effect.hasExclusiveMoments = way.hasExclusiveMoments
    if options["lock"] == "exclusive" { effect.lock = .accessExclusive }
    if options["lock"] == "shared" { effect.lock = max(effect.lock ?? .share, .share) }
    return Understood(
      command: "ALTER TABLE", target: table, effect: effect, actions: forms.map(\.name), refusal: refusal)
  }

  /// A clause that asks for a cheaper way than there is makes the statement fail at once, which is what it is for.
  private static func refusal(_ needed: OnlineAlgorithm, _ options: [String: String]) -> String? {
    switch options["algorithm"] {
    case "instant" where needed > .metadata: return "ALGORITHM=INSTANT isn't possible"
    case "nocopy" where needed > .indexLocked: return "ALGORITHM=NOCOPY isn't possible"
    case "inplace" where needed == .copy: return "ALGORITHM=INPLACE isn't possible"
    default: break
    }
    let blocks = [.indexLocked, .rebuildLocked, .copy].contains(needed) || options["algorithm"] == "copy"
    return options["lock"] == "none" && blocks ? "LOCK=NONE isn't possible" : nil
  }

  private func created(_ cursor: inout SQLCursor) -> Understood? {
    _ = cursor.accept("or", "replace")
    let isSpecial = cursor.accept("fulltext") || cursor.accept("spatial")
    let isUnique = cursor.accept("unique")
    if cursor.accept("index") {
      guard cursor.skipPast("on"), let table = cursor.name() else { return nil }
      var effect = (isSpecial ? OnlineAlgorithm.indexLocked : .index).effect
      if isUnique { effect.compatibility = .mayReject }
      return Understood(command: "CREATE INDEX", target: table, effect: effect)
    }
    _ = cursor.accept("temporary")
    guard cursor.accept("table") else { return nil }
    _ = cursor.accept("if", "not", "exists")
    return Understood(command: "CREATE TABLE", target: cursor.name(), effect: .catalogue(nil))
  }

  private func dropped(_ cursor: inout SQLCursor) -> Understood? {
    if cursor.accept("index") {
      guard cursor.skipPast("on"), let table = cursor.name() else { return nil }
      let effect = SchemaEffect.catalogue(.accessExclusive).with {
        $0.destruction = .derived
        $0.reversibility = .withWork
      }
      return Understood(command: "DROP INDEX", target: table, effect: effect)
    }
    guard cursor.accept("table") || cursor.accept("database") || cursor.accept("schema") else { return nil }
    _ = cursor.accept("if", "exists")
    return Understood(command: "DROP TABLE", target: cursor.name(), effect: Self.loss(.all))
  }

  private func rows(
    _ command: String, _ target: SQLName?, _ cursor: inout SQLCursor, _ destruction: DataDestruction
  ) -> Understood? {
    guard let target else { return nil }
    let isLimited = cursor.contains("where") || cursor.contains("limit")
    let effect = SchemaEffect(
      lock: .rowExclusive, work: isLimited ? .scan : .rewrite, tablePasses: 1, tableWrites: isLimited ? 0 : 1,
      destruction: isLimited ? .part : destruction, reversibility: .fromBackupOnly)
    return Understood(command: command, target: target, effect: effect)
  }
}
