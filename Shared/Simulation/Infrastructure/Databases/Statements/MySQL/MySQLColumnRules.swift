/// What the forms of `ALTER TABLE` take in InnoDB.
struct MySQLAlterRules {
  let table: SQLName
  let server: MySQLServer
  let facts: SchemaFacts

  /// One form: its name, its algorithm, and what else it does.
  struct Form {
    var name: String
    var algorithm: OnlineAlgorithm
    var effect: SchemaEffect

    init(_ name: String, _ algorithm: OnlineAlgorithm, _ change: (inout SchemaEffect) -> Void = { _ in }) {
      self.name = name
      self.algorithm = algorithm
      effect = algorithm.effect.with(change)
    }
  }

  /// nil when the form isn't understood.
  func form(_ tokens: ArraySlice<SQLToken>) -> Form? {
    var cursor = SQLCursor(tokens)
    if cursor.accept("add") { return added(&cursor) }
    if cursor.accept("drop") { return dropped(&cursor) }
    if cursor.accept("modify") || cursor.accept("change") { return modified(&cursor) }
    if cursor.accept("rename") { return renamed(&cursor) }
    if cursor.accept("alter") { return altered(&cursor) }
    if cursor.accept("engine") || cursor.accept("force") || cursor.accept("row_format")
      || cursor.accept("key_block_size")
    {
      return Form("REBUILD", .rebuild)
    }
    if cursor.accept("convert", "to") {
      return Form("CONVERT TO CHARACTER SET", .copy) { $0.compatibility = .mayReject }
    }
    if cursor.accept("auto_increment") || cursor.accept("comment") { return Form("TABLE OPTION", .metadata) }
    return nil
  }

  private func added(_ cursor: inout SQLCursor) -> Form? {
    if cursor.accept("constraint"), !cursor.peek("check"), !cursor.peek("foreign"), !cursor.peek("unique"),
      !cursor.peek("primary")
    {
      _ = cursor.word()
    }
    if cursor.accept("primary", "key") { return Form("ADD PRIMARY KEY", .rebuild) { $0.compatibility = .mayReject } }
    if cursor.accept("fulltext") || cursor.accept("spatial") { return Form("ADD FULLTEXT INDEX", .indexLocked) }
    if cursor.accept("unique") { return Form("ADD UNIQUE", .index) { $0.compatibility = .mayReject } }
    if cursor.accept("index") || cursor.accept("key") { return Form("ADD INDEX", .index) }
    if cursor.accept("foreign", "key") {
      // In place only with foreign_key_checks = 0, which is off by default.
      return Form("ADD FOREIGN KEY", .copy) { $0.compatibility = .mayReject }
    }
    if cursor.accept("check") { return Form("ADD CHECK", .copy) { $0.compatibility = .mayReject } }
    if cursor.accept("partition") { return nil }
    _ = cursor.accept("column")
    _ = cursor.accept("if", "not", "exists")
    guard cursor.word() != nil, !cursor.isAtEnd else { return nil }
    return addColumn(&cursor)
  }

  private func addColumn(_ cursor: inout SQLCursor) -> Form {
    let isStored = cursor.contains("stored") || cursor.contains("persistent")
    if isStored { return Form("ADD COLUMN", .copy) }
    if cursor.contains("auto_increment") || cursor.contains("primary") { return Form("ADD COLUMN", .rebuildLocked) }
    let isLast = !cursor.contains("first") && !cursor.contains("after")
    let isInstant = server.has(
      mysql: isLast ? MySQLVersion(8, 0, 12) : MySQLVersion(8, 0, 29),
      mariaDB: isLast ? MySQLVersion(10, 3, 2) : MySQLVersion(10, 4))
    let hasIndex = cursor.contains("unique")
    let isRequired = cursor.contains("not", "null") && !cursor.contains("default")
    return Form("ADD COLUMN", hasIndex ? .rebuild : isInstant ? .metadata : .rebuild) {
      // In strict mode an insert that leaves the column out fails.
      if isRequired { $0.compatibility = .breaks }
    }
  }

  private func dropped(_ cursor: inout SQLCursor) -> Form? {
    if cursor.accept("primary", "key") {
      return Form("DROP PRIMARY KEY", .copy) { $0.reversibility = .withWork }
    }
    if cursor.accept("index") || cursor.accept("key") {
      return Form("DROP INDEX", .metadata) {
        $0.destruction = .derived
        $0.reversibility = .withWork
      }
    }
    if cursor.accept("foreign", "key") || cursor.accept("constraint") || cursor.accept("check") {
      return Form("DROP CONSTRAINT", .metadata) { $0.reversibility = .withWork }
    }
    if cursor.accept("partition") {
      return Form("DROP PARTITION", .metadata) {
        $0.destruction = .all
        $0.reversibility = .fromBackupOnly
      }
    }
    _ = cursor.accept("column")
    _ = cursor.accept("if", "exists")
    guard cursor.word() != nil else { return nil }
    let isInstant = server.has(mysql: MySQLVersion(8, 0, 29), mariaDB: MySQLVersion(10, 4))
    return Form("DROP COLUMN", isInstant ? .metadata : .rebuild) {
      $0.destruction = .all
      $0.compatibility = .breaks
      $0.reversibility = .fromBackupOnly
    }
  }

  private func renamed(_ cursor: inout SQLCursor) -> Form? {
    if cursor.accept("index") || cursor.accept("key") { return Form("RENAME INDEX", .metadata) }
    if cursor.accept("column") { return Form("RENAME COLUMN", .metadata) { $0.compatibility = .breaks } }
    _ = cursor.accept("to") || cursor.accept("as")
    return cursor.word() == nil ? nil : Form("RENAME TO", .metadata) { $0.compatibility = .breaks }
  }

  private func altered(_ cursor: inout SQLCursor) -> Form? {
    if cursor.accept("index") { return Form("ALTER INDEX", .metadata) }
    if cursor.accept("check") || cursor.accept("constraint") { return Form("ALTER CHECK", .copy) }
    _ = cursor.accept("column")
    guard cursor.word() != nil, cursor.accept("set", "default") || cursor.accept("drop", "default") else { return nil }
    return Form("SET DEFAULT", .metadata)
  }

  /// `MODIFY` gives a column a whole new definition, and what it changes hangs on the old one.
  private func modified(_ cursor: inout SQLCursor) -> Form? {
    let isChange = cursor.tokens.contains { $0.isWord("change") }
    _ = cursor.accept("column")
    guard let column = cursor.word() else { return nil }
    var isRenamed = false
    if isChange {
      guard let new = cursor.word() else { return nil }
      isRenamed = new != column
    }
    guard let new = ColumnType(&cursor) else { return nil }
    let old = facts.columnTypes[SchemaFacts.Column(table: table.name, column: column)].flatMap(ColumnType.init(text:))
    let isGrown = old.map { Self.growsInPlace($0, new) } ?? false
    return Form("MODIFY COLUMN", isGrown ? .metadata : .copy) {
      $0.compatibility = isRenamed ? .breaks : .mayReject
      if old == nil { $0.assumptions = ["the old type of \(column) is unknown: a copy is assumed"] }
      if isGrown { $0.assumptions = ["NULL, order and character set of \(column) are assumed to stay"] }
    }
  }

  /// A longer VARCHAR changes metadata alone where its length keeps taking 1 byte (up to 255 bytes) or 2. A character may
  /// take 4 bytes, so that the limits in characters are 63 and 64, unless the lengths are both above 255.
  private static func growsInPlace(_ old: ColumnType, _ new: ColumnType) -> Bool {
    guard old.base == "varchar", new.base == "varchar", let from = old.modifiers.first, let to = new.modifiers.first,
      to >= from
    else { return false }
    return to <= 63 || from > 255
  }
}
