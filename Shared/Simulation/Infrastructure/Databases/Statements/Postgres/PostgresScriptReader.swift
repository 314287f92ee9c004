/// Reads the statements of a script one after the other and remembers what one means for the next: tables just made,
/// columns proven not null, `lock_timeout`, transaction blocks.
struct PostgresScriptReader {
  let version: PostgresVersion
  private var facts: SchemaFacts
  private var newTables = NewTables()
  private var lockTimeout: Double?
  private var isInBlock = false
  /// Columns that an unchecked constraint says are not null, by the constraint's name.
  private var pendingNotNull: [String: SchemaFacts.Column] = [:]

  init(version: PostgresVersion, facts: SchemaFacts) {
    self.version = version
    self.facts = facts
  }

  mutating func read(_ source: SQLTokens) -> SchemaStatement {
    var cursor = SQLCursor(source.tokens)
    let understood = understand(&cursor)
    var statement = SchemaStatement(
      text: source.text, command: understood?.command ?? source.tokens[0].text.uppercased(),
      actions: understood?.actions ?? [], target: understood?.target, recognition: .known,
      effect: understood?.effect ?? Self.worst, targetIsNew: false, lockTimeoutMilliseconds: lockTimeout,
      isInTransactionBlock: isInBlock)
    if understood == nil {
      statement.recognition = .unknown
    } else if let minimum = understood?.since, version.lacks(since: minimum) {
      statement.recognition = .refused(reason: "PostgreSQL \(version.name) doesn't know this form, \(minimum) does")
    } else if isInBlock, statement.effect.needsOwnTransaction {
      statement.recognition = .refused(reason: "can't run inside a transaction block")
    }
    if let target = statement.target { statement.targetIsNew = newTables.contains(target) }
    remember(statement, source.tokens)
    return statement
  }

  /// Forms of one `ALTER TABLE`; nobody writes more, and their effects are compared with each other.
  static let maximumActions = 500

  /// What an unknown statement is taken for.
  static let worst = SchemaEffect(
    lock: .accessExclusive, work: .rewrite, tablePasses: 1, tableWrites: 1, indexBuilds: .all, destruction: .all,
    compatibility: .breaks, reversibility: .fromBackupOnly, assumptions: ["the statement isn't understood"])

  private mutating func understand(_ cursor: inout SQLCursor) -> PostgresStatement? {
    if cursor.peek("explain") { return explained(&cursor) }
    if let control = control(&cursor) { return control }
    if cursor.accept("alter", "table") { return alterTable(&cursor) }
    let rules = PostgresStatementRules(version: version, facts: facts)
    return rules.statement(&cursor)
  }

  private func alterTable(_ cursor: inout SQLCursor) -> PostgresStatement? {
    if cursor.accept("all", "in", "tablespace") {
      return PostgresStatement(
        "ALTER TABLE", target: nil, SchemaEffect.rewrite("every table of the tablespace is locked and copied"))
    }
    _ = cursor.accept("if", "exists")
    _ = cursor.accept("only")
    guard let table = cursor.name() else { return nil }
    _ = cursor.accept(symbol: "*")
    let rules = AlterTableRules(table: table, version: version, facts: facts)
    let parts = cursor.splitAtCommas()
    guard parts.count <= Self.maximumActions else { return nil }
    var actions: [AlterTableAction] = []
    for part in parts {
      guard let action = rules.action(part) else { return nil }
      actions.append(action)
    }
    guard let first = actions.first else { return nil }
    let effect = actions.dropFirst().reduce(first.effect) { $0.merged(with: $1.effect) }
    var statement = PostgresStatement("ALTER TABLE", target: table, effect)
    statement.actions = actions.map(\.name)
    statement.since = actions.map { Self.introduced($0.name) }.max() ?? 9
    return statement
  }

  /// The version that brought a form; 9 for those that all documented versions know.
  private static func introduced(_ action: String) -> Int {
    switch action {
    case "ATTACH PARTITION", "DETACH PARTITION", "ADD IDENTITY", "DROP IDENTITY", "SET IDENTITY": 10
    case "DROP EXPRESSION": 13
    case "SET COMPRESSION", "DETACH PARTITION CONCURRENTLY": 14
    case "SET ACCESS METHOD": 15
    case "SET EXPRESSION": 17
    case "ADD NOT NULL", "ADD NOT NULL NOT VALID": 18
    default: 9
    }
  }

  /// Transaction control and session settings: no effect of their own.
  private mutating func control(_ cursor: inout SQLCursor) -> PostgresStatement? {
    if cursor.accept("begin") || cursor.accept("start", "transaction") {
      isInBlock = true
      return PostgresStatement("BEGIN", target: nil, Self.nothing)
    }
    for word in ["commit", "end", "rollback", "abort"] where cursor.peek(word) {
      cursor.skip()
      let isPartial = cursor.peek("to") || cursor.peek("prepared")
      if !isPartial { isInBlock = false }
      return PostgresStatement(word.uppercased(), target: nil, Self.nothing)
    }
    if cursor.accept("savepoint") || cursor.accept("release") {
      return PostgresStatement("SAVEPOINT", target: nil, Self.nothing)
    }
    if cursor.accept("set") {
      setting(&cursor)
      return PostgresStatement("SET", target: nil, Self.nothing)
    }
    if cursor.accept("reset") { return PostgresStatement("RESET", target: nil, Self.nothing) }
    if cursor.accept("show") { return PostgresStatement("SHOW", target: nil, Self.nothing) }
    return nil
  }

  /// `EXPLAIN` only plans a statement; with `ANALYZE` it runs it, and what that does is done.
  private mutating func explained(_ cursor: inout SQLCursor) -> PostgresStatement? {
    _ = cursor.accept("explain")
    let options = cursor.parenthesised()
    var runs = options.contains { $0.isWord("analyze") || $0.isWord("analyse") }
    while true {
      if cursor.accept("analyze") || cursor.accept("analyse") {
        runs = true
      } else if !cursor.accept("verbose") {
        break
      }
    }
    guard runs else { return PostgresStatement("EXPLAIN", target: nil, Self.nothing) }
    // One within another isn't SQL.
    guard !cursor.isAtEnd, !cursor.peek("explain") else { return nil }
    return understand(&cursor)
  }

  private static let nothing = SchemaEffect(lock: nil, work: .none)

  private mutating func setting(_ cursor: inout SQLCursor) {
    _ = cursor.accept("local") || cursor.accept("session")
    guard cursor.accept("lock_timeout"), cursor.accept("to") || cursor.accept(symbol: "="), let value = cursor.current
    else { return }
    let unit = cursor.tokens.dropFirst(cursor.position + 1).first.map { $0.isName ? $0.text : "" } ?? ""
    lockTimeout = SettingQuantity(value.text + unit, baseUnit: .milliseconds)?.value
  }

  private mutating func remember(_ statement: SchemaStatement, _ tokens: [SQLToken]) {
    guard statement.isKnown, let target = statement.target else { return }
    switch statement.command {
    case "CREATE TABLE", "CREATE TABLE AS", "CREATE MATERIALIZED VIEW": newTables.insert(target)
    case "CREATE TYPE": facts.plainTypes.insert(target.name)
    case "ALTER TABLE":
      if statement.actions == ["RENAME TO"], statement.targetIsNew, let name = tokens.last?.text {
        newTables.insert(SQLName(schema: target.schema, name))
      }
      rememberChecks(statement, tokens)
    default: break
    }
  }

  /// `ADD CONSTRAINT n CHECK (c IS NOT NULL) [NOT VALID]`, then perhaps `VALIDATE CONSTRAINT n`.
  private mutating func rememberChecks(_ statement: SchemaStatement, _ tokens: [SQLToken]) {
    guard let table = statement.target?.name, statement.actions.count == 1 else { return }
    var cursor = SQLCursor(tokens)
    if cursor.skipPast("validate", "constraint"), let name = cursor.word(), let column = pendingNotNull[name] {
      facts.provenNotNull.insert(column)
      return
    }
    cursor = SQLCursor(tokens)
    guard cursor.skipPast("add", "constraint"), let name = cursor.word(), cursor.accept("check") else { return }
    let words = cursor.parenthesised()
    guard words.count == 4, let column = words.first, column.isName,
      zip(words.dropFirst(), ["is", "not", "null"]).allSatisfy({ $0.isWord($1) })
    else { return }
    let proven = SchemaFacts.Column(table: table, column: column.text)
    if cursor.contains("not", "valid") { pendingNotNull[name] = proven } else { facts.provenNotNull.insert(proven) }
  }
}

/// Tables that a script has made.
struct NewTables {
  private var byName: [String: [SQLName]] = [:]

  mutating func insert(_ name: SQLName) {
    if !contains(name) { byName[name.name, default: []].append(name) }
  }

  func contains(_ name: SQLName) -> Bool { byName[name.name]?.contains { $0.canMean(name) } ?? false }
}

/// A statement that is understood.
struct PostgresStatement: Sendable {
  var command: String
  var target: SQLName?
  var effect: SchemaEffect
  var actions: [String] = []
  /// The first version that knows the form.
  var since = 9

  init(_ command: String, target: SQLName?, _ effect: SchemaEffect, since: Int = 9) {
    self.command = command
    self.target = target
    self.effect = effect
    self.since = since
  }
}
