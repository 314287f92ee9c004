import SimulationDatabases
import SimulationInput

/// Changes of a schema: which lock each statement takes, for how long, and what is gone or no longer fits afterwards.
///
/// The statements are read by `SchemaScript`, which knows what each form does by major version, and timed by
/// `SchemaChangeTiming`: a lock that blocks is waited for behind the longest transaction, and everything queues behind the
/// one who waits. Source: PostgreSQL documentation, 13.3 "Explicit Locking", ALTER TABLE, CREATE INDEX.
enum MigrationCheck: ChangeCheck {
  static let model = "schema_change"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let fields = ["sql", "query", "migration"]
    guard let field = fields.first(where: { s.change.has($0) }) ?? clause(s) else { return }
    let text = s.change.texts(field).map(Self.completed).joined(separator: ";\n")
    guard !text.isEmpty else { return }
    report.understand(s.change.has("tool") ? "tool" : nil)
    report.ran(self)
    report.understand(field)
    for manner in ["lock_timeout", "lock_timeout_ms", "lock_wait_timeout", "batch_size", "pause_ms", "batches"]
    where s.change.has(manner) {
      report.understand(manner)
    }
    let script: SchemaScript
    do {
      script = try read(text, s)
    } catch {
      report.unknown(
        [field], self, "the statement can't be read (\(error))", worst: .outage, s, field: field, alsoCode: "LOCK")
      return
    }
    for statement in script.statements {
      // A table that is only made where it isn't there yet may well be there.
      let isNew = statement.targetIsNew && !text.uppercased().contains("IF NOT EXISTS")
      guard !isNew else { continue }
      judge(statement, field, s, &report)
      privileges(statement, field, s, &report)
      objects(statement, field, s, &report)
    }
  }

  /// Where nobody knows the version, what some versions refuse may run: the newest one's rules count then.
  private static func read(_ text: String, _ s: Situation) throws(SQLSyntaxError) -> SchemaScript {
    let dialect = dialect(s)
    let script = try SchemaScript(text, dialect: dialect, facts: facts(text, s))
    let isRefused = script.statements.contains { if case .refused = $0.recognition { true } else { false } }
    guard isRefused else { return script }
    switch dialect {
    case .mysql(nil): return try SchemaScript(text, dialect: .mysql(MySQLVersion(8, 4)), facts: facts(text, s))
    case .mariaDB(nil): return try SchemaScript(text, dialect: .mariaDB(MySQLVersion(11, 4)), facts: facts(text, s))
    default: return script
    }
  }

  /// The rules of the server that the target is; PostgreSQL's where nobody said.
  private static func dialect(_ s: Situation) -> SQLDialect {
    let version = s.state.text("mysql_version", "mysql", "mariadb", "version").flatMap { MySQLVersion($0) }
    if s.speaks(of: "maria", "mariadb") { return .mariaDB(version) }
    return s.isMySQL ? .mysql(version) : .postgres(major: s.postgresMajor)
  }

  /// The manual that evidence names.
  static func manual(_ s: Situation) -> String {
    s.isMySQL ? "MySQL 8.4 reference manual, 17.12 InnoDB and Online DDL" : "PostgreSQL documentation"
  }

  /// "drop column price before the rollout" is a clause of ALTER TABLE, and when it is run is said beside it.
  private static func completed(_ text: String) -> String {
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 3, ["add", "drop", "rename", "alter"].contains(words[0].lowercased()),
      ["column", "constraint"].contains(words[1].lowercased()), !text.contains(";")
    else { return text }
    let clause = words.prefix { !["before", "after", "during", "then", "with"].contains($0.lowercased()) }
    return "ALTER TABLE unnamed " + clause.joined(separator: " ")
  }

  /// A rollout's "schema" that is a clause of a statement, rather than a name.
  private static func clause(_ s: Situation) -> String? {
    s.change.text("schema").flatMap { completed($0) == $0 ? nil : "schema" }
  }

  private static func judge(
    _ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    switch statement.recognition {
    case .known: break
    case .refused(let reason):
      report.add(
        issue(
          "ERROR_RATE", .nuisance, s, probability: 0.9, "the server refuses \(statement.command): \(reason)",
          Calculation(
            equation: "statement is allowed", inputs: [:], value: 0, unit: "1", threshold: 1,
            source: manual(s)), field: field))
      return
    case .unknown:
      report.unknown(
        [field], self,
        "\(statement.command) isn't a statement that is known, so what it locks and destroys isn't either",
        worst: .outage, s, field: field, alsoCode: "LOCK")
      return
    }
    if let tool = shadowCopyTool(s), statement.effect.dependsOnSize || statement.command.hasPrefix("ALTER") {
      shadowCopy(tool, field, s, &report)
    } else {
      locks(statement, field, s, &report)
      disk(statement, field, s, &report)
    }
    destruction(statement, field, s, &report)
    compatibility(statement, field, s, &report)
  }

  /// The column's old type, where the twin knows it as the value before.
  private static func facts(_ sql: String, _ s: Situation) -> SchemaFacts {
    guard let type = s.state.text("before", "column_type") else { return SchemaFacts() }
    let words = sql.lowercased().split { $0.isWhitespace || $0 == "," || $0 == ";" }.map {
      $0.split(separator: ".").last.map { String($0.filter { $0 != "\"" }) } ?? ""
    }
    guard let table = words.firstIndex(of: "table"), let alter = words.lastIndex(of: "alter"), alter > table else {
      return SchemaFacts()
    }
    func after(_ index: Int, skipping: Set<String>) -> String? {
      words[(index + 1)...].first { !skipping.contains($0) }
    }
    guard let name = after(table, skipping: ["if", "exists", "only"]), let column = after(alter, skipping: ["column"])
    else { return SchemaFacts() }
    return SchemaFacts(columnTypes: [.init(table: name, column: column): type.lowercased()])
  }

  /// Statements that change who may do what, or what is enforced.
  private static func privileges(
    _ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let text = statement.text.uppercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // Everybody is PUBLIC as who gets it; a schema may be called so.
    let words = Self.words(statement)
    let getters = words.lastIndex(of: "TO").map { words[$0...] } ?? []
    let gives =
      words.first == "GRANT" && (getters.contains("PUBLIC") || words.contains("ALL")) || text.contains("SUPERUSER")
      || text.contains("BYPASSRLS") || text.contains("TO PROGRAM") || text.contains("FROM PROGRAM")
      || text.contains("DISABLE ROW LEVEL SECURITY") || text.hasPrefix("DROP POLICY")
      || text.contains("SECURITY DEFINER")
    let calculation = Calculation(
      equation: "privileges after > before", inputs: [:], value: 1, unit: "1", threshold: 0,
      source: "\(manual(s)), chapters 5.8 and 5.9")
    if gives {
      report.add(
        issue(
          "PRIVILEGE", .exposure, s, probability: 0.8, "\(String(statement.text.prefix(80))): more may be done by more",
          calculation, field: field))
    }
    let unguards =
      text.contains("DISABLE TRIGGER") || text.hasPrefix("DROP TRIGGER") || text.contains("DROP CONSTRAINT")
      || text.hasPrefix("DROP INDEX") || text.contains("NOT ENFORCED")
    if unguards {
      report.add(
        issue(
          "REACHABILITY_LOSS", .degradation, s, probability: s.isUsed == false ? 0.2 : 0.75,
          "\(String(statement.text.prefix(80))): what was enforced or found by it no longer is, and whether anything relies "
            + "on it is not known", calculation, field: field))
    }
  }
}
