/// What `ALTER TABLE` does to columns: added, dropped, altered.
extension AlterTableRules {
  func added(_ cursor: inout SQLCursor) -> AlterTableAction? {
    if let constraint = constraint(&cursor) { return constraint }
    _ = cursor.accept("column")
    _ = cursor.accept("if", "not", "exists")
    guard let column = cursor.word(), let type = ColumnType(&cursor) else { return nil }
    return AlterTableAction("ADD COLUMN", addColumn(column, type, &cursor))
  }

  private func addColumn(_ column: String, _ type: ColumnType, _ cursor: inout SQLCursor) -> SchemaEffect {
    var effect = SchemaEffect.catalogue(.accessExclusive)
    // The inverse, DROP COLUMN, loses what was stored since.
    effect.reversibility = .cheaply
    var isNotNull = false
    var defaultValue: ArraySlice<SQLToken>?
    var isFilled = ColumnType.serials.contains(type.base)
    if isFilled {
      effect = effect.merged(with: .rewrite("a serial column draws a number for every row"))
    } else if !type.isPlain(facts) {
      // A constrained domain is checked, and stored, row by row (verified on 15).
      effect = effect.merged(
        with: SchemaEffect.rewrite().with {
          $0.assumptions = ["\(type.base) may be a domain with a constraint: a rewrite is assumed"]
        })
    }
    while !cursor.isAtEnd {
      if cursor.accept("not", "null") || cursor.peek("primary", "key") { isNotNull = true }
      if cursor.accept("default") {
        defaultValue = expression(&cursor)
      } else if cursor.accept("generated") {
        isFilled = true
        effect = effect.merged(with: generated(&cursor))
      } else if cursor.accept("check") {
        _ = cursor.parenthesised()
        effect = effect.merged(with: .scan(.accessExclusive))
      } else if cursor.accept("unique") || cursor.accept("primary", "key") {
        effect = effect.merged(with: .indexBuild(.accessExclusive))
      } else if cursor.accept("references") {
        effect = effect.merged(with: reference(&cursor, isFilled: defaultValue != nil))
      } else {
        cursor.skip()
      }
    }
    if let defaultValue, !(defaultValue.count == 1 && defaultValue.first?.isWord("null") == true) {
      isFilled = true
      effect = effect.merged(with: added(default: defaultValue))
    }
    if isNotNull, !isFilled {
      effect = effect.merged(with: .scan(.accessExclusive))
      effect.failsOnRows = true
      effect.compatibility = .breaks
      effect.notes.append(
        "\(column) is NOT NULL without a default: fails if a row exists, and old inserts fail after it")
    }
    return effect
  }

  private func added(default expression: ArraySlice<SQLToken>) -> SchemaEffect {
    guard version.has(since: 11) else {
      return .rewrite("before 11, any default but NULL is written into every row")
    }
    switch DefaultVolatility(expression) {
    case .constant: return .catalogue(.accessExclusive)
    case .volatile(let function): return .rewrite("\(function)() is volatile: every row gets a value of its own")
    case .unknown(let function):
      return SchemaEffect.rewrite().with { $0.assumptions = ["\(function)() is assumed to be volatile"] }
    }
  }

  /// `GENERATED ALWAYS AS (…) STORED`, `VIRTUAL` (from 18, where it is the default) or `AS IDENTITY`.
  private func generated(_ cursor: inout SQLCursor) -> SchemaEffect {
    _ = cursor.accept("always") || cursor.accept("by", "default")
    _ = cursor.accept("as")
    if cursor.accept("identity") {
      _ = cursor.parenthesised()
      return .rewrite("an identity column draws a number for every row")
    }
    _ = cursor.parenthesised()
    if cursor.accept("virtual") { return .catalogue(.accessExclusive) }
    if !cursor.accept("stored"), version.has(since: 18) { return .catalogue(.accessExclusive) }
    return .rewrite("the expression is computed and stored for every row")
  }

  private func reference(_ cursor: inout SQLCursor, isFilled: Bool) -> SchemaEffect {
    guard let other = cursor.name() else { return .catalogue(.accessExclusive) }
    // NULL refers to nothing, so that without a default no row has to be checked.
    var effect = isFilled ? SchemaEffect.scan(.accessExclusive) : .catalogue(.accessExclusive)
    effect.additionalLocks = [AdditionalLock(other, .shareRowExclusive)]
    return effect
  }

  /// A default's words: up to the next word that starts a column constraint, outside of parentheses.
  private func expression(_ cursor: inout SQLCursor) -> ArraySlice<SQLToken> {
    let start = cursor.position
    var isFirst = true
    while let token = cursor.current {
      let starts: Set = [
        "not", "null", "unique", "primary", "check", "references", "constraint", "collate", "generated",
      ]
      if !isFirst, token.kind == .word, starts.contains(token.text) { break }
      isFirst = false
      if token.isSymbol("(") { _ = cursor.parenthesised() } else { cursor.skip() }
    }
    return cursor.tokens[start..<cursor.position]
  }

  // MARK: Dropped

  func dropped(_ cursor: inout SQLCursor) -> AlterTableAction? {
    if cursor.accept("constraint") {
      return AlterTableAction(
        "DROP CONSTRAINT",
        SchemaEffect.catalogue(
          .accessExclusive, "a foreign key's other table is locked in the same mode; rows are checked no longer"
        ).with {
          $0.reversibility = .withWork
          $0.destruction = .derived
        })
    }
    _ = cursor.accept("column")
    _ = cursor.accept("if", "exists")
    guard let column = cursor.word() else { return nil }
    return AlterTableAction(
      "DROP COLUMN",
      SchemaEffect.catalogue(.accessExclusive, "\(column): the space is reclaimed only as rows are updated").with {
        $0.destruction = .all
        $0.compatibility = .breaks
        $0.reversibility = .fromBackupOnly
      })
  }

  // MARK: Altered

  func altered(_ cursor: inout SQLCursor) -> AlterTableAction? {
    if cursor.accept("constraint") { return AlterTableAction("ALTER CONSTRAINT", .catalogue(.accessExclusive)) }
    _ = cursor.accept("column")
    guard let column = cursor.word() else { return nil }
    if cursor.accept("type") || cursor.accept("set", "data", "type") { return retyped(column, &cursor) }
    if cursor.accept("set", "not", "null") { return AlterTableAction("SET NOT NULL", setNotNull(column)) }
    if cursor.accept("drop", "not", "null") { return AlterTableAction("DROP NOT NULL", .catalogue(.accessExclusive)) }
    if cursor.accept("set", "default") { return AlterTableAction("SET DEFAULT", .catalogue(.accessExclusive)) }
    if cursor.accept("drop", "default") {
      return AlterTableAction(
        "DROP DEFAULT", SchemaEffect.catalogue(.accessExclusive).with { $0.compatibility = .mayReject })
    }
    if cursor.accept("set", "statistics") {
      return AlterTableAction("SET STATISTICS", .catalogue(.shareUpdateExclusive))
    }
    if cursor.accept("set", "storage") {
      return AlterTableAction(
        "SET STORAGE", .catalogue(.accessExclusive, "rows keep their form until they are updated"))
    }
    if cursor.accept("set", "compression") { return AlterTableAction("SET COMPRESSION", .catalogue(.accessExclusive)) }
    if cursor.accept("set", "expression") {
      return AlterTableAction("SET EXPRESSION", .rewrite("a stored generated column is computed anew for every row"))
    }
    if cursor.accept("drop", "expression") { return AlterTableAction("DROP EXPRESSION", .catalogue(.accessExclusive)) }
    if cursor.peek("set") || cursor.peek("reset") || cursor.peek("restart") {
      let isOptions = cursor.tokens.dropFirst(cursor.position + 1).first?.isSymbol("(") == true
      return isOptions
        ? AlterTableAction("SET (attribute option)", .catalogue(.shareUpdateExclusive))
        : AlterTableAction("SET IDENTITY", .catalogue(.accessExclusive))
    }
    if cursor.accept("add", "generated") { return AlterTableAction("ADD IDENTITY", .catalogue(.accessExclusive)) }
    if cursor.accept("drop", "identity") {
      return AlterTableAction(
        "DROP IDENTITY", SchemaEffect.catalogue(.accessExclusive).with { $0.compatibility = .mayReject })
    }
    return nil
  }

  private func setNotNull(_ column: String) -> SchemaEffect {
    let isProven =
      version.has(since: 12) && facts.provenNotNull.contains(SchemaFacts.Column(table: table.name, column: column))
    var effect =
      isProven
      ? SchemaEffect.catalogue(.accessExclusive, "a valid CHECK constraint proves it: no scan")
      : .scan(
        .accessExclusive,
        version.has(since: 12)
          ? "a valid CHECK (\(column) IS NOT NULL) would spare the scan" : "before 12 the scan can't be spared")
    effect.compatibility = .mayReject
    return effect
  }

  private func retyped(_ column: String, _ cursor: inout SQLCursor) -> AlterTableAction? {
    guard let new = ColumnType(&cursor) else { return nil }
    var collates = false
    if cursor.accept("collate") {
      collates = true
      _ = cursor.name()
    }
    let using = cursor.accept("using") ? cursor.rest : []
    let old = facts.columnTypes[SchemaFacts.Column(table: table.name, column: column)].flatMap(ColumnType.init(text:))
    let change = TypeChange.between(
      old, new, using: using, column: column, collationChanges: collates, version: version, facts: facts)
    var effect: SchemaEffect
    switch change {
    case .none: effect = .catalogue(.accessExclusive, "the new type holds every old value: no rewrite")
    case .indexes: effect = .indexBuild(.accessExclusive, "no rewrite, but indexes on \(column) are built anew")
    case .rewrite: effect = .rewrite()
    case .assumedRewrite(let reason): effect = SchemaEffect.rewrite().with { $0.assumptions = [reason] }
    }
    if change != .none { effect.compatibility = .mayReject }
    return AlterTableAction("ALTER COLUMN TYPE", effect)
  }
}
