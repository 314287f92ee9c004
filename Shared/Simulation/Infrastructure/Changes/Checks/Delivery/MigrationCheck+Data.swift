import SimulationDatabases
import SimulationInput

/// What a statement takes away: data, and what programs still ask for.
extension MigrationCheck {
  static func destruction(
    _ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let effect = statement.effect
    guard effect.destruction >= .part else { return }
    let value = Reloadable(s)
    let isUnused = s.state.flag("n_minus_1_reads_column") == false || s.isUsed == false
    // A column that nobody reads goes by a plan; a table, or rows without a condition, seldom do.
    let isColumn = statement.actions.contains { $0.contains("DROP COLUMN") }
    let words = Self.words(statement).joined(separator: " ")
    let table = statement.target?.name.uppercased() ?? ""
    // A condition that always holds is none.
    let isUnconditional =
      holdsForAll(words, of: table)
      || (words.hasPrefix("UPDATE") || words.hasPrefix("DELETE") || words.hasPrefix("MERGE"))
        && !words.contains(" WHERE ")
    let small = s.state.gigabytes("table_gb").map { $0 < 1 } ?? false
    let isAll = effect.destruction == .all || isUnconditional && !(small && words.hasPrefix("UPDATE"))
    let probability = isAll ? (isColumn ? (isUnused ? 0.25 : 0.6) : isUnused && s.isUsed == false ? 0.55 : 0.9) : 0.35
    report.add(
      issue(
        "DATA_LOSS", value.isReloadable ? .nuisance : .lossOfData, s, probability: probability,
        "\(statement.command) \(statement.actions.joined(separator: ", ")) takes data that only a backup brings back"
          + (isUnused ? ", which nothing reads any more" : ""),
        Calculation(
          equation: "rows that go", inputs: ["table_gb": s.state.gigabytes("table_gb")],
          value: s.state.gigabytes("table_gb") ?? 0, unit: "GB", threshold: 0,
          source: "\(manual(s)), \(statement.command)"), field: field))
  }

  /// Whether the condition of a statement, in capitals, holds for every row as far as anybody can see: `1 = 1`, `id = id`,
  /// `id > 0`, `id IS NOT NULL`, `name LIKE '%'`. Keys begin at 1, and what is asked of all of them asks nothing.
  private static func holdsForAll(_ words: String, of table: String) -> Bool {
    guard let range = words.firstRange(of: " WHERE ") else { return false }
    var tokens: [String] = []
    let symbols = words[range.upperBound...].replacing(">", with: " > ").replacing("<", with: " < ")
      .replacing("!", with: " ! ")
    for token in symbols.split(separator: " ").map(String.init) {
      if ["RETURNING", "LIMIT", "ORDER", ";"].contains(token) { break }
      if token != "(", token != ")" { tokens.append(token) }
    }
    let alternatives = tokens.split(separator: "OR").map { part in
      part.split(separator: "AND").allSatisfy { holds(Array($0), of: table) }
    }
    return alternatives.contains(true)
  }

  private static func holds(_ terms: [String], of table: String) -> Bool {
    if terms.count == 1 { return ["TRUE", "1", "'T'"].contains(terms[0]) }
    if terms == ["NOT", "FALSE"] { return true }
    if terms.suffix(3) == ["IS", "NOT", "NULL"] { return terms.count == 4 }
    guard terms.count >= 3 else { return false }
    if terms == ["EXISTS", "SELECT", "1"] { return true }
    // All but one row.
    if terms.count == 4, terms[0] == "NOT", terms[2] == "=" { return true }
    // What the whole table has of a column, each row has.
    if terms.suffix(4) == ["SELECT", terms[0], "FROM", table] { return !terms.contains("NOT") }
    let left = terms[0]
    let operation = terms[1..<(terms.count - 1)].joined()
    let right = terms[terms.count - 1]
    switch operation {
    case "=", ">=", "<=": return left == right || operation == ">=" && (Double(right).map { $0 <= 1 } ?? false)
    case ">", "<>", "!=":
      return Double(right).map { $0 <= 0 } ?? (right == "''") || isLiteral(left) && isLiteral(right) && left != right
    case "<": return Double(right).map { $0 >= 1e9 } ?? false
    case "LIKE", "ILIKE": return right == "'%'" || right == "'%%'"
    default: return false
    }
  }

  private static func isLiteral(_ text: String) -> Bool { Double(text) != nil || text.hasPrefix("'") }

  static func compatibility(
    _ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let effect = statement.effect
    if effect.failsOnRows {
      report.add(
        issue(
          "ERROR_RATE", .nuisance, s, probability: 0.8, "\(statement.command) fails where the table has rows",
          Calculation(
            equation: "rows = 0", inputs: [:], value: 1, unit: "rows", threshold: 0,
            source: "\(manual(s)), ALTER TABLE"), field: field))
    }
    guard
      effect.compatibility == .breaks || s.state.flag("n_minus_1_reads_column") == true && effect.destruction == .all
    else { return }
    switch s.state.flag("n_minus_1_reads_column") {
    case false?: return
    case true?:
      report.add(
        issue(
          "INCOMPATIBLE_SCHEMA", .outage, s, probability: 0.93,
          "the version that runs still names what \(statement.command) takes away",
          Calculation(
            equation: "columns read by n - 1 are in the schema", inputs: [:], value: 1, unit: "columns", threshold: 0,
            source: "expand and contract: Ambler, Sadalage, Refactoring Databases (2006)"), field: field,
          remedy: "first a version that doesn't need it, then the change"))
    case nil:
      // A whole table that nobody has touched is named by no program that runs.
      if effect.destruction == .all, s.isUsed == false { return }
      report.unknown(
        ["n_minus_1_reads_column"], self,
        "\(statement.command) breaks programs that name what it changes, and whether any does is not known",
        worst: .outage, s, field: field, alsoCode: "INCOMPATIBLE_SCHEMA")
    }
  }
}
