/// What a change of a column's type costs.
///
/// Source: PostgreSQL 18 documentation, ALTER TABLE, notes: no rewrite where the old type is binary coercible to the new
/// one or an unconstrained domain over it and `USING` doesn't change the contents; indexes are rebuilt unless the new one
/// would be logically equivalent. Release notes: 9.2 (wider varchar, varbit, numeric, timestamp, interval), 12
/// (timestamp and timestamptz, where `TimeZone` is UTC). Checked against a 15 server, pair by pair.
enum TypeChange: Sendable, Hashable {
  /// Catalogue only.
  case none
  /// The table stays, the column's indexes are built anew.
  case indexes
  case rewrite
  /// The old type or what `USING` does isn't known.
  case assumedRewrite(String)

  static func between(
    _ old: ColumnType?, _ new: ColumnType, using expression: ArraySlice<SQLToken>, column: String,
    collationChanges: Bool, version: PostgresVersion, facts: SchemaFacts
  ) -> TypeChange {
    guard isPlainCast(expression, of: column, to: new) else { return .rewrite }
    guard let old else { return .assumedRewrite("the old type of \(column) is unknown: a rewrite is assumed") }
    guard new.isPlain(facts) else {
      return .assumedRewrite("\(new.base) may be a domain with a constraint: a rewrite is assumed")
    }
    let change = between(old, new, version: version, facts: facts)
    return change == .none && collationChanges ? .indexes : change
  }

  private static func between(
    _ old: ColumnType, _ new: ColumnType, version: PostgresVersion, facts: SchemaFacts
  ) -> TypeChange {
    guard old.isArray == new.isArray else { return .rewrite }
    if old.base == new.base { return widens(old, new) ? .none : .rewrite }
    if old.isArray { return .rewrite }
    switch (old.base, new.base) {
    case ("varchar", "text"), ("text", "varchar"): return new.modifiers.isEmpty ? .none : .rewrite
    case ("xml", "text"), ("xml", "varchar"): return new.modifiers.isEmpty ? .indexes : .rewrite
    case ("cidr", "inet"), ("int4", "oid"), ("oid", "int4"), ("text", "citext"), ("citext", "text"),
      ("varchar", "citext"), ("citext", "varchar"):
      return new.modifiers.isEmpty ? .indexes : .rewrite
    case ("bit", "varbit"): return widens(old, new) ? .indexes : .rewrite
    case ("timestamp", "timestamptz"), ("timestamptz", "timestamp"):
      // Without a time zone of UTC every value shifts.
      guard version.has(since: 12), facts.timeZoneIsUTC == true, widens(old, new) else { return .rewrite }
      return .indexes
    default: return .rewrite
    }
  }

  /// The same type, at least as wide.
  private static func widens(_ old: ColumnType, _ new: ColumnType) -> Bool {
    if old.modifiers == new.modifiers { return true }
    switch new.base {
    case "varchar", "varbit", "timestamp", "timestamptz", "time", "timetz", "interval":
      guard let newLength = new.modifiers.first else { return true }
      // Times without a precision have 6 digits; other types without a length have no limit.
      let isTime = new.base.hasPrefix("time") || new.base == "interval"
      guard let oldLength = old.modifiers.first ?? (isTime ? 6 : nil) else { return false }
      return newLength >= oldLength
    case "numeric":
      guard new.modifiers.count == 2 else { return true }
      guard old.modifiers.count == 2 else { return false }
      return new.modifiers[1] == old.modifiers[1] && new.modifiers[0] >= old.modifiers[0]
    default: return false
    }
  }

  /// No `USING`, or one that only casts the column itself: `column`, `column::type`, `CAST(column AS type)`.
  private static func isPlainCast(_ expression: ArraySlice<SQLToken>, of column: String, to type: ColumnType) -> Bool {
    if expression.isEmpty { return true }
    var cursor = SQLCursor(expression)
    for _ in 0..<4 where cursor.current?.isSymbol("(") == true {
      let inner = cursor.parenthesised()
      guard cursor.isAtEnd else { return false }
      cursor = SQLCursor(inner)
    }
    if cursor.accept("cast") {
      var inner = SQLCursor(cursor.parenthesised())
      guard cursor.isAtEnd, inner.word() == column, inner.accept("as") else { return false }
      return ColumnType(&inner) == type && inner.isAtEnd
    }
    guard cursor.word() == column else { return false }
    if cursor.isAtEnd { return true }
    guard cursor.accept(symbol: "::") else { return false }
    return ColumnType(&cursor) == type && cursor.isAtEnd
  }
}
