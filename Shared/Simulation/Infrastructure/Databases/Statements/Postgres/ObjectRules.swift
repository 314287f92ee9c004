/// `CREATE`, `DROP` and `ALTER` of anything but a table's definition.
extension PostgresStatementRules {
  func created(_ cursor: inout SQLCursor) -> PostgresStatement? {
    let replaces = cursor.accept("or", "replace")
    let isUnique = cursor.accept("unique")
    if cursor.accept("index") { return createIndex(&cursor) }
    guard !isUnique else { return nil }
    _ = cursor.accept("global") || cursor.accept("local")
    _ = cursor.accept("temporary") || cursor.accept("temp") || cursor.accept("unlogged")
    if cursor.accept("table") { return createTable(&cursor) }
    if cursor.accept("materialized", "view") {
      _ = cursor.accept("if", "not", "exists")
      return PostgresStatement(
        "CREATE MATERIALIZED VIEW", target: cursor.name(),
        SchemaEffect(lock: nil, work: .scan, tablePasses: 1, notes: ["reads the tables of its query"]))
    }
    _ = cursor.accept("recursive")
    if cursor.accept("view") {
      let effect = SchemaEffect.catalogue(replaces ? .accessExclusive : nil)
      return PostgresStatement("CREATE VIEW", target: cursor.name(), effect)
    }
    if cursor.accept("constraint") || cursor.peek("trigger") {
      guard cursor.accept("trigger"), cursor.word() != nil else { return nil }
      guard cursor.skipPast("on"), let table = cursor.name() else { return nil }
      return PostgresStatement(
        "CREATE TRIGGER", target: table,
        SchemaEffect.catalogue(.shareRowExclusive, "every later write runs it").with { $0.compatibility = .mayReject })
    }
    if cursor.accept("rule") || cursor.accept("policy") {
      let isRule = cursor.tokens.contains { $0.isWord("rule") }
      guard cursor.skipPast(isRule ? "to" : "on"), let table = cursor.name() else { return nil }
      return PostgresStatement(
        isRule ? "CREATE RULE" : "CREATE POLICY", target: table,
        SchemaEffect.catalogue(.accessExclusive).with { $0.compatibility = .mayReject })
    }
    if cursor.accept("statistics") {
      guard cursor.skipPast("from"), let table = cursor.name() else { return nil }
      return PostgresStatement("CREATE STATISTICS", target: table, .catalogue(.shareUpdateExclusive), since: 10)
    }
    if cursor.accept("type") {
      return PostgresStatement("CREATE TYPE", target: cursor.name(), .catalogue(nil))
    }
    return unlocked("CREATE", &cursor, replaces ? .mayReject : .none)
  }

  private func createIndex(_ cursor: inout SQLCursor) -> PostgresStatement? {
    let isConcurrent = cursor.accept("concurrently")
    _ = cursor.accept("if", "not", "exists")
    guard cursor.skipPast("on") else { return nil }
    let isOnly = cursor.accept("only")
    guard let table = cursor.name() else { return nil }
    var effect =
      isConcurrent
      ? SchemaEffect.indexBuild(.shareUpdateExclusive, "a failure leaves an invalid index to drop")
      : .indexBuild(.share)
    effect.waitsForOlderTransactions = isConcurrent
    effect.needsOwnTransaction = isConcurrent
    effect.tablePasses = isConcurrent ? 2 : 1
    if isOnly {
      // ON ONLY makes the parent's index without those of its partitions.
      effect.notes.append("of a partitioned table: invalid until every partition's index is attached")
    }
    let hasExpression = cursor.tokens.contains { $0.isWord("unique") }
    if hasExpression { effect.compatibility = .mayReject }
    return PostgresStatement(
      isConcurrent ? "CREATE INDEX CONCURRENTLY" : "CREATE INDEX", target: table, effect)
  }

  private func createTable(_ cursor: inout SQLCursor) -> PostgresStatement? {
    _ = cursor.accept("if", "not", "exists")
    guard let table = cursor.name() else { return nil }
    // The lock on a table that nobody sees yet hinders nobody; those on the tables it refers to do.
    var effect = SchemaEffect(lock: nil)
    if cursor.accept("partition", "of"), let parent = cursor.name() {
      effect.additionalLocks.append(AdditionalLock(parent, .accessExclusive))
      effect.notes.append("a default partition of \(parent) is locked and scanned too")
    }
    var named: Set<SQLName> = []
    for (index, token) in cursor.tokens.enumerated() where token.isWord("references") {
      // database.schema.table are five words.
      var reference = SQLCursor(cursor.tokens[(index + 1)...].prefix(5))
      guard let name = reference.name(), named.insert(name).inserted else { continue }
      effect.additionalLocks.append(AdditionalLock(name, .shareRowExclusive))
    }
    if cursor.contains("as") {
      effect.work = .scan
      effect.tablePasses = 1
      return PostgresStatement("CREATE TABLE AS", target: table, effect)
    }
    return PostgresStatement("CREATE TABLE", target: table, effect)
  }

  // MARK: DROP

  func dropped(_ cursor: inout SQLCursor) -> PostgresStatement? {
    if cursor.accept("index") { return dropIndex(&cursor) }
    let kinds: [([String], DataDestruction)] = [
      (["foreign", "table"], .derived), (["materialized", "view"], .derived), (["table"], .all), (["view"], .derived),
      (["sequence"], .part),
    ]
    for (words, destruction) in kinds {
      let isHere = words.count == 2 ? cursor.accept(words[0], words[1]) : cursor.accept(words[0])
      guard isHere else { continue }
      _ = cursor.accept("if", "exists")
      let names = cursor.names()
      guard let first = names.first else { return nil }
      var effect = SchemaEffect.catalogue(.accessExclusive)
      effect.destruction = destruction
      effect.compatibility = .breaks
      effect.reversibility = destruction == .derived ? .withWork : .fromBackupOnly
      effect.additionalLocks = names.dropFirst().map { AdditionalLock($0, .accessExclusive) }
      if destruction == .all { effect.notes.append("tables that its foreign keys point to are locked too") }
      if cursor.contains("cascade") { effect.notes.append("CASCADE drops whatever depends on it") }
      return PostgresStatement("DROP " + words.joined(separator: " ").uppercased(), target: first, effect)
    }
    for kind in ["trigger", "rule", "policy"] where cursor.accept(kind) {
      guard cursor.skipPast("on"), let table = cursor.name() else { return nil }
      return PostgresStatement(
        "DROP " + kind.uppercased(), target: table,
        SchemaEffect.catalogue(.accessExclusive).with {
          $0.compatibility = .mayReject
          $0.destruction = .derived
        })
    }
    if cursor.peek("schema") || cursor.peek("database") || cursor.peek("owned") || cursor.peek("tablespace") {
      let kind = cursor.word() ?? ""
      _ = cursor.accept("if", "exists")
      return PostgresStatement(
        "DROP " + kind.uppercased(), target: cursor.name(),
        SchemaEffect.catalogue(.accessExclusive, "everything in it goes").with {
          $0.destruction = .all
          $0.compatibility = .breaks
          $0.reversibility = .fromBackupOnly
          $0.needsOwnTransaction = kind == "database" || kind == "tablespace"
        })
    }
    return unlocked("DROP", &cursor, .breaks)
  }

  private func dropIndex(_ cursor: inout SQLCursor) -> PostgresStatement? {
    let isConcurrent = cursor.accept("concurrently")
    _ = cursor.accept("if", "exists")
    guard let index = cursor.name() else { return nil }
    var effect = SchemaEffect.catalogue(
      isConcurrent ? .shareUpdateExclusive : .accessExclusive, "the lock is on the index's table too",
      "queries that used it read the whole table from now on")
    effect.destruction = .derived
    effect.reversibility = .withWork
    effect.waitsForOlderTransactions = isConcurrent
    effect.needsOwnTransaction = isConcurrent
    return PostgresStatement(isConcurrent ? "DROP INDEX CONCURRENTLY" : "DROP INDEX", target: index, effect)
  }

  // MARK: ALTER

  func altered(_ cursor: inout SQLCursor) -> PostgresStatement? {
    if cursor.accept("index") {
      _ = cursor.accept("if", "exists")
      guard let index = cursor.name() else { return nil }
      if cursor.accept("set", "tablespace") {
        let effect = SchemaEffect.indexBuild(.accessExclusive, "the file is copied to the new tablespace")
        return PostgresStatement("ALTER INDEX", target: index, effect)
      }
      let isLight = version.has(since: 12) && cursor.peek("rename") || cursor.peek("set") || cursor.peek("reset")
      return PostgresStatement(
        "ALTER INDEX", target: index, .catalogue(isLight ? .shareUpdateExclusive : .accessExclusive))
    }
    if cursor.accept("type") { return alterType(&cursor) }
    if cursor.accept("domain") {
      let isChecked = (cursor.contains("add") || cursor.contains("not", "null")) && !cursor.contains("not", "valid")
      let effect =
        isChecked
        ? SchemaEffect.scan(.share, "every table with a column of the domain is scanned") : .catalogue(nil)
      return PostgresStatement("ALTER DOMAIN", target: cursor.name(), effect.with { $0.compatibility = .mayReject })
    }
    if cursor.peek("view") || cursor.peek("materialized", "view") || cursor.peek("foreign", "table") {
      if !cursor.accept("view") { cursor.skip(2) }
      _ = cursor.accept("if", "exists")
      let target = cursor.name()
      let renames = cursor.contains("rename") || cursor.contains("set", "schema")
      return PostgresStatement(
        "ALTER VIEW", target: target,
        SchemaEffect.catalogue(.accessExclusive).with { $0.compatibility = renames ? .breaks : .mayReject })
    }
    if cursor.accept("sequence") {
      return PostgresStatement("ALTER SEQUENCE", target: cursor.name(), .catalogue(.shareRowExclusive))
    }
    if cursor.accept("trigger") || cursor.accept("policy") || cursor.accept("rule") {
      guard cursor.skipPast("on"), let table = cursor.name() else { return nil }
      return PostgresStatement("ALTER TRIGGER", target: table, .catalogue(.accessExclusive))
    }
    // ALTER SYSTEM changes settings, which this reader doesn't judge.
    if cursor.peek("system") || cursor.peek("database") { return nil }
    return unlocked("ALTER", &cursor, .mayReject)
  }

  private func alterType(_ cursor: inout SQLCursor) -> PostgresStatement {
    let target = cursor.name()
    if cursor.accept("add", "value") {
      return PostgresStatement("ALTER TYPE ADD VALUE", target: target, .catalogue(nil))
    }
    let breaks = SchemaEffect.catalogue(nil).with { $0.compatibility = .breaks }
    if cursor.accept("rename", "value") {
      return PostgresStatement("ALTER TYPE RENAME VALUE", target: target, breaks, since: 10)
    }
    // Attributes of a composite type: with CASCADE the typed tables change as by ALTER TABLE.
    let isCascade = cursor.contains("cascade")
    return PostgresStatement(
      "ALTER TYPE", target: target, isCascade ? SchemaEffect.rewrite("typed tables change with it") : breaks)
  }

  /// Objects without a table: nothing waits for their locks but changes of the same object.
  private func unlocked(_ verb: String, _ cursor: inout SQLCursor, _ breaks: CompatibilityBreak) -> PostgresStatement? {
    let kinds: Set = [
      "schema", "sequence", "function", "procedure", "routine", "aggregate", "extension", "role", "user", "group",
      "domain", "collation", "operator", "cast", "language", "publication", "subscription", "server", "event",
      "text", "conversion", "default", "tablespace", "database", "statistics", "type", "foreign", "transform", "large",
    ]
    guard let kind = cursor.word(), kinds.contains(kind) else { return nil }
    var effect = SchemaEffect.catalogue(nil)
    effect.compatibility = breaks
    if verb == "DROP" { effect.reversibility = .withWork }
    _ = cursor.accept("if", "not", "exists") || cursor.accept("if", "exists")
    return PostgresStatement("\(verb) \(kind.uppercased())", target: nil, effect)
  }
}
