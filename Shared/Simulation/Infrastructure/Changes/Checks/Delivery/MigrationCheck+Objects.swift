import SimulationDatabases
import SimulationInput

/// Statements that lock little and still change who is served or what is right: roles, sequences, settings that hang on
/// a role or a table, and code that runs inside the server.
///
/// Source: PostgreSQL documentation, Part VI: ALTER ROLE, ALTER SEQUENCE, CREATE TABLE (storage parameters); 9.17
/// Sequence Manipulation Functions.
extension MigrationCheck {
  /// What these do lies in a body or a condition that nobody here reads.
  private static let unread: Set<String> = [
    "CREATE RULE", "CREATE POLICY", "CREATE TRIGGER", "CREATE EVENT", "ALTER TRIGGER", "ALTER FUNCTION",
    "ALTER PROCEDURE", "ALTER ROUTINE", "ALTER AGGREGATE", "ALTER EXTENSION", "ALTER SUBSCRIPTION",
    "ALTER PUBLICATION", "ALTER EVENT", "ALTER SERVER", "ALTER DEFAULT", "ALTER OPERATOR", "ALTER LANGUAGE",
    "ALTER LARGE", "ALTER FOREIGN", "ALTER TEXT", "ALTER TABLESPACE", "ALTER SCHEMA",
  ]

  static func objects(_ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport) {
    guard statement.isKnown else { return }
    let words = Self.words(statement)
    switch statement.command {
    case "ALTER ROLE", "ALTER USER", "ALTER GROUP": role(statement, words, field, s, &report)
    case "ALTER SEQUENCE": sequence(statement, words, field, s, &report)
    case "SELECT": counters(statement, words, field, s, &report)
    case "ALTER TABLE":
      storage(statement, field, s, &report)
      ownership(statement, words, field, s, &report)
    case "REVOKE", "DROP ROLE", "DROP USER", "DROP GROUP":
      // That no version reads a column says nothing of who needs a right.
      guard s.isUsed != false else { return }
      report.unknown(
        ["consumers"], self, "\(String(statement.text.prefix(80))): who still needs what is taken away is not known",
        worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
    case let command
    where unread.contains(command)
      || command.hasPrefix("CREATE ") && words.prefix(3).contains("REPLACE") && command != "CREATE VIEW":
      report.unknown(
        [field], self, "what \(command) changes lies in its own text, which no model reads", worst: .degradation, s,
        field: field, alsoCode: "NOT_EXTRAPOLABLE")
    default: break
    }
  }

  /// The words of a statement in capitals, without what only asks how it runs.
  static func words(_ statement: SchemaStatement) -> [String] {
    let text = statement.text.uppercased().map { "()=,;".contains($0) ? " \($0) " : String($0) }.joined()
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.first == "EXPLAIN" {
      let verbs: Set = ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "CREATE", "EXECUTE"]
      words = Array(words.drop { !verbs.contains($0) })
    }
    return words
  }

  // MARK: Roles

  private static func role(
    _ statement: SchemaStatement, _ words: [String], _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let calculation = Calculation(
      equation: "who may log in", inputs: [:], value: 0, unit: "roles", threshold: 1,
      source: "\(manual(s)), ALTER ROLE")
    let text = String(statement.text.prefix(80))
    if let index = words.firstIndex(of: "SET"), index + 1 < words.count {
      return setting(words[(index + 1)...], field, s, &report)
    }
    let limit = words.firstIndex(of: "LIMIT").flatMap { $0 + 1 < words.count ? Double(words[$0 + 1]) : nil }
    let isShut = words.contains("NOLOGIN") || limit == 0
    if isShut {
      report.add(
        issue(
          "REACHABILITY_LOSS", .outage, s, probability: s.isUsed == false ? 0.3 : 0.85,
          "\(text): whoever connects as this role is refused from now on", calculation, field: field))
      return
    }
    // A password that changes must change where it is used, and who uses it isn't in the statement.
    let isKeptApart = ["PASSWORD", "UNTIL", "RENAME", "LIMIT", "NOINHERIT", "NOREPLICATION"].first {
      words.contains($0)
    }
    guard let isKeptApart else { return }
    report.unknown(
      ["consumers"], self, "\(text): whether who connects as this role can still do so (\(isKeptApart)) is not known",
      worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
  }

  /// A setting of a role is judged as the setting that it is.
  private static func setting(
    _ words: ArraySlice<String>, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let rest = Array(words)
    guard rest.count >= 3, rest[1] == "TO" || rest[1] == "=" else {
      return report.unknown(
        [field], self, "what the role is given can't be read", worst: .outage, s, field: field,
        alsoCode: "NOT_EXTRAPOLABLE")
    }
    let value = rest[2...].filter { $0 != ";" }.joined(separator: " ").filter { $0 != "'" }.lowercased()
    judge([.init(rest[0].lowercased(), .string(value))], field, s, &report)
  }

  private static let settingChecks: [any ChangeCheck.Type] = [
    PostgresMemoryCheck.self, PostgresConnectionCheck.self, PostgresDurabilityCheck.self, PostgresWALCheck.self,
    PostgresVacuumCheck.self, TimeoutCheck.self, UnmodelledCheck.self,
  ]

  /// Settings that a statement makes, by the checks of settings.
  private static func judge(
    _ settings: [InputValue.Member], _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    var proposal = s.proposal
    proposal.kind = .configuration
    // A bare number of a time-out is in ms, which the checks know by name.
    proposal.change = .object(settings)
    let inner = Situation(
      proposal, targetKind: s.targetKind.isEmpty ? "postgresql" : s.targetKind, state: s.state.object)
    var judged = ChangeReport()
    for check in settingChecks { check.examine(inner, &judged) }
    let found = judged.finished()
    for finding in found.findings {
      var finding = finding
      finding.field = field
      report.add(finding)
    }
    if !found.unknowns.isEmpty {
      report.unknown(
        found.unknowns, self, "\(settings.map(\.name).joined(separator: ", ")) can't be judged without what is missing",
        worst: .outage, s, field: field, alsoCode: "NOT_EXTRAPOLABLE")
    }
  }

  // MARK: Sequences

  private static func sequence(
    _ statement: SchemaStatement, _ words: [String], _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    if words.contains("RESTART") { return restarted(statement, field, s, &report) }
    let bounds = ["MAXVALUE", "MINVALUE", "INCREMENT", "CYCLE", "RENAME", "SCHEMA", "AS"].first { words.contains($0) }
    guard let bounds, !(words.contains("NO") && bounds == "CYCLE") else { return }
    report.unknown(
      [field], self, "\(String(statement.text.prefix(80))): whether the numbers that follow are free is not known",
      worst: .outage, s, field: field, alsoCode: "ERROR_RATE")
  }

  /// `setval` to what a query of the table finds is a repair; to a number it may go back.
  private static func counters(
    _ statement: SchemaStatement, _ words: [String], _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard words.contains(where: { $0 == "SETVAL" || $0.hasSuffix(".SETVAL") }) else { return }
    if words.contains("MAX"), words.contains("FROM") { return }
    restarted(statement, field, s, &report)
  }

  private static func restarted(
    _ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let isEmpty = s.state.gigabytes("table_gb") == 0
    report.add(
      issue(
        "ERROR_RATE", .outage, s, probability: isEmpty ? 0.1 : 0.85,
        "\(String(statement.text.prefix(80))): numbers that rows have already come again, and each insert fails on its key",
        Calculation(
          equation: "next value > greatest key", inputs: ["table_gb": s.state.gigabytes("table_gb")], value: 0,
          unit: "1",
          threshold: 1, source: "PostgreSQL documentation 9.17, ALTER SEQUENCE"), field: field,
        remedy: "set it to the greatest key: setval(seq, (SELECT max(id) FROM table))"))
  }

  // MARK: Tables

  /// Who may see a table's rows: without a policy row security shows them to its owner only.
  /// Source: PostgreSQL documentation 5.9 Row Security Policies ("a default-deny policy is used").
  private static func ownership(
    _ statement: SchemaStatement, _ words: [String], _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let text = words.joined(separator: " ")
    guard
      ["ENABLE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY", " OWNER TO ", " SET SCHEMA "].contains(where: {
        text.contains($0)
      }), !text.contains("NO FORCE ROW")
    else { return }
    report.unknown(
      ["consumers"], self, "\(String(statement.text.prefix(80))): who still reaches its rows is not known",
      worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
  }

  /// Storage parameters of a table that are settings of autovacuum.
  private static func storage(
    _ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let words = Self.words(statement)
    var settings: [InputValue.Member] = []
    for (index, word) in words.enumerated() where word == "=" && index > 0 && index + 1 < words.count {
      let name = words[index - 1].lowercased().split(separator: ".").last.map(String.init) ?? ""
      guard name.hasPrefix("autovacuum_") else { continue }
      let value = words[index + 1].lowercased().filter { $0 != "'" }
      settings.append(.init(name == "autovacuum_enabled" ? "autovacuum" : name, .string(value)))
    }
    guard !settings.isEmpty else { return }
    judge(settings, field, s, &report)
  }
}
