import SimulationDatabases
import SimulationInput

/// Changes of a schema: which lock each statement takes, for how long, and what is gone or no longer fits afterwards.
///
/// The statements are read by `SchemaScript`, which knows what each form does by major version. Time is bytes over a rate;
/// a lock that blocks is waited for behind the longest transaction, and everything queues behind the one who waits.
/// Source: PostgreSQL documentation, 13.3 "Explicit Locking", ALTER TABLE, CREATE INDEX.
enum MigrationCheck: ChangeCheck {
  static let model = "schema_change"
  static let version = "1"

  /// What a statement writes, reads and builds in a second where nobody measured it, MB/s: the careful end of what the
  /// documentation of storage and our own runs show for one process (50 to 200 writing, 200 to 1,000 reading).
  private static let rewriteRate = 50.0
  private static let scanRate = 200.0
  /// An index entry is narrower than its row: 0.3 of the table for one of one column, an upper estimate.
  private static let indexShare = 0.3
  /// How long writes may stand still before users notice, s: at peak, when nobody said, and in a window.
  private static let tolerated = (peak: 5.0, unknown: 10.0, quiet: 60.0)

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    upgrade(s, &report)
    repack(s, &report)
    cutover(s, &report)
    load(s, &report)
    let fields = ["sql", "query", "migration"]
    guard let field = fields.first(where: { s.change.has($0) }) else { return }
    let text = s.change.texts(field).joined(separator: ";\n")
    guard !text.isEmpty else { return }
    report.ran(self)
    report.understand(field)
    for manner in ["lock_timeout", "lock_timeout_ms", "batch_size", "pause_ms", "batches"] where s.change.has(manner) {
      report.understand(manner)
    }
    let script: SchemaScript
    do {
      script = try SchemaScript(text, dialect: .postgres(major: s.postgresMajor), facts: facts(text, s))
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
    }
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
            source: "PostgreSQL documentation"), field: field))
      return
    case .unknown:
      report.unknown(
        [field], self,
        "\(statement.command) isn't a statement that is known, so what it locks and destroys isn't either",
        worst: .outage, s, field: field, alsoCode: "LOCK")
      return
    }
    locks(statement, field, s, &report)
    disk(statement, field, s, &report)
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
    let gives =
      text.hasPrefix("GRANT") && (text.contains("PUBLIC") || text.contains("ALL")) || text.contains("SUPERUSER")
      || text.contains("BYPASSRLS") || text.contains("TO PROGRAM") || text.contains("FROM PROGRAM")
      || text.contains("DISABLE ROW LEVEL SECURITY") || text.hasPrefix("DROP POLICY")
      || text.contains("SECURITY DEFINER")
    let calculation = Calculation(
      equation: "privileges after > before", inputs: [:], value: 1, unit: "1", threshold: 0,
      source: "PostgreSQL documentation, chapters 5.8 and 5.9")
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

  // MARK: Locks

  private static func rate(_ s: Situation) -> Double? { s.state.number("rewrite_mb_s") }

  /// Seconds of work while the lock is held; nil when the size is unknown.
  private static func work(_ effect: SchemaEffect, _ s: Situation) -> Double? {
    guard effect.work >= .scan else { return 0 }
    guard let size = s.state.gigabytes("table_gb") else { return nil }
    let megabytes = size * 1_000
    switch effect.work {
    case .scan: return megabytes * Double(max(1, effect.tablePasses)) / max(scanRate, rate(s) ?? 0)
    case .indexBuild: return megabytes / (rate(s) ?? rewriteRate)
    case .rewrite: return megabytes * Double(max(1, effect.tableWrites)) / (rate(s) ?? rewriteRate)
    case .none, .catalogue: return 0
    }
  }

  private static func locks(_ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport)
  {
    let effect = statement.effect
    guard let lock = effect.lock, effect.blocksReads || effect.blocksWrites else { return }
    let patience =
      statement.lockTimeoutMilliseconds.flatMap { $0 > 0 ? $0 / 1_000 : nil }
      ?? s.change.number("lock_timeout_ms").map { $0 / 1_000 } ?? s.change.seconds("lock_timeout")
      ?? s.state.number("lock_timeout_ms").flatMap { $0 > 0 ? $0 / 1_000 : nil }
    let longest = s.state.seconds("longest_transaction_s")
    // Everything that comes later waits behind the one who waits for the lock.
    let wait = [longest, patience].compactMap(\.self).min()
    guard let work = work(effect, s) else {
      report.unknown(
        ["table_gb"], self,
        "\(statement.command) \(effect.work == .rewrite ? "rewrites" : "reads") the table under \(lock.name), and how big "
          + "it is is not known", worst: .outage, s, field: field, alsoCode: "LOCK")
      return
    }
    let blocked = work + (wait ?? 0)
    report.metric("blocked_s", 0, blocked)
    let limit = s.isQuiet == true ? tolerated.quiet : s.isQuiet == false ? tolerated.peak : tolerated.unknown
    var probability = Exceedance(spread: 0.6, reserve: 0).probability(demand: blocked, limit: limit)
    // Nobody said how long transactions take, and nothing bounds the wait.
    let isUnbounded = wait == nil
    if isUnbounded { probability = max(probability, s.isQuiet == true ? 0.1 : 0.35) }
    let writes = s.state.number("write_tps")
    // Who writes nothing isn't kept from it.
    if let writes, writes < 0.1, !effect.blocksReads { probability *= 0.2 }
    let calculation = Calculation(
      equation: "blocked = min(longest transaction, lock_timeout) + bytes / rate",
      inputs: [
        "table_gb": s.state.gigabytes("table_gb"),
        "rate_mb_s": rate(s) ?? (effect.work == .scan ? scanRate : rewriteRate),
        "longest_transaction_s": longest, "lock_timeout_s": patience, "write_tps": writes,
      ], value: blocked, unit: "s", threshold: limit, source: "PostgreSQL documentation 13.3, \(statement.command)")
    let message =
      "\(statement.command) takes \(lock.name): \(effect.blocksReads ? "nothing can be read or written" : "nothing can be written")"
      + " for about \(brief(blocked)) s"
      + (writes.map { ", \(brief($0 * blocked)) writes wait" } ?? "")
      + (isUnbounded ? "; how long the lock is waited for is not known, and no lock_timeout bounds it" : "")
    guard blocked > 0.5 || isUnbounded else { return }
    report.add(
      issue(
        "LOCK", effect.blocksReads ? .outage : Weight(severity: .high, consequence: 0.85, reversibility: 0.5), s,
        probability: probability, message, calculation, field: field,
        remedy: effect.work == .indexBuild
          ? "CREATE INDEX CONCURRENTLY" : "set lock_timeout and try again; change in steps"))
    if blocked > 60, s.isQuiet != true {
      report.add(
        issue("DOWNTIME", .degradation, s, probability: probability, message, calculation, field: field))
    }
    // Even a window ends.
    let window = s.proposal.durationHours * 3_600
    if s.isQuiet == true, blocked > window * 0.8 {
      report.add(
        issue("DOWNTIME", .outage, s, probability: 0.8, "\(message), longer than the window", calculation, field: field)
      )
    }
  }

  // MARK: Disk

  private static func disk(_ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport)
  {
    let effect = statement.effect
    guard let size = s.state.gigabytes("table_gb") else { return }
    let extra = size * effect.extraTableFactor + size * indexShare * effect.extraIndexFactor
    guard extra > 0 else { return }
    guard let free = s.state.gigabytes("disk_free_gb") else {
      if extra > 50 {
        report.unknown(
          ["disk_free_gb"], self, "\(brief(extra)) GB more are needed meanwhile, and how much is free is not known",
          worst: .outage, s, field: field, alsoCode: "DISK_FULL")
      }
      return
    }
    // The same is written to the WAL, which is kept until it is archived and replayed.
    let probability = Exceedance(spread: 0.25, reserve: 0.05).probability(demand: extra, limit: free)
    report.metric("extra_disk_gb", 0, extra)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "\(statement.command) needs \(brief(extra)) GB beside the table, and \(brief(free)) are free",
        Calculation(
          equation: "table x (rewritten) + 0.3 table x (indexes built)", inputs: ["table_gb": size], value: extra,
          unit: "GB", threshold: free, source: "PostgreSQL documentation, ALTER TABLE, notes"), field: field))
  }

  // MARK: Data

  private static func destruction(
    _ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let effect = statement.effect
    guard effect.destruction >= .part else { return }
    let value = Reloadable(s)
    let isUnused = s.state.flag("n_minus_1_reads_column") == false || s.isUsed == false
    // A column that nobody reads goes by a plan; a table, or rows without a condition, seldom do.
    let isColumn = statement.actions.contains { $0.contains("DROP COLUMN") }
    let words = statement.text.uppercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // A condition that always holds is none.
    let isUnconditional =
      ["WHERE TRUE", "WHERE 1=1", "WHERE 1 = 1", "WHERE '1'='1'"].contains { words.contains($0) }
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
          source: "PostgreSQL documentation, \(statement.command)"), field: field))
  }

  private static func compatibility(
    _ statement: SchemaStatement, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let effect = statement.effect
    if effect.failsOnRows {
      report.add(
        issue(
          "ERROR_RATE", .nuisance, s, probability: 0.8, "\(statement.command) fails where the table has rows",
          Calculation(
            equation: "rows = 0", inputs: [:], value: 1, unit: "rows", threshold: 0,
            source: "PostgreSQL documentation, ALTER TABLE"), field: field))
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
      report.unknown(
        ["n_minus_1_reads_column"], self,
        "\(statement.command) breaks programs that name what it changes, and whether any does is not known",
        worst: .outage, s, field: field, alsoCode: "INCOMPATIBLE_SCHEMA")
    }
  }

  /// Tools that copy a table beside itself and swap them: short locks, and as much room as the table.
  /// Source: pg_repack documentation ("free disk space twice as large as the target table and indexes").
  private static func repack(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = ["command", "tool", "run"].first(where: { s.change.has($0) }),
      let text = s.change.text(field)?.lowercased(),
      ["pg_repack", "pg_squeeze", "gh-ost", "pt-online-schema-change"].contains(where: { text.contains($0) })
    else { return }
    report.ran(self)
    report.understand(field)
    guard let size = s.state.gigabytes("table_gb"), let free = s.state.gigabytes("disk_free_gb") else {
      report.unknown(
        ["table_gb", "disk_free_gb"], self, "the table is copied beside itself, and whether it fits is not known",
        worst: .outage, s, field: field, alsoCode: "DISK_FULL")
      return
    }
    let extra = size * (1 + indexShare)
    report.metric("extra_disk_gb", 0, extra)
    let probability = Exceedance(spread: 0.25, reserve: 0.05).probability(demand: extra, limit: free)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "DISK_FULL", .outage, s, probability: probability,
        "a copy of \(brief(extra)) GB with its indexes is written, and \(brief(free)) are free",
        Calculation(
          equation: "table x 1.3", inputs: ["table_gb": size], value: extra, unit: "GB", threshold: free,
          source: "pg_repack documentation"), field: field))
  }

  /// Writes stand still while the other side catches up, and what it hasn't got by then is missing there.
  private static func cutover(_ s: Situation, _ report: inout ChangeReport) {
    guard s.change.has("write_freeze"), let freeze = s.change.seconds("write_freeze") else { return }
    report.ran(self)
    report.understand("write_freeze")
    guard let lag = s.state.seconds("replication_lag_s") else {
      report.unknown(
        ["replication_lag_s"], self,
        "writes stand still for \(brief(freeze)) s, and how far the other side is behind is not "
          + "known", worst: .lossOfData, s, field: "write_freeze", alsoCode: "DATA_LOSS")
      return
    }
    let probability = Exceedance(spread: 0.5, reserve: 0).probability(demand: lag, limit: freeze)
    guard probability > 0.02 else { return }
    let calculation = Calculation(
      equation: "lag <= freeze", inputs: ["replication_lag_s": lag, "write_freeze_s": freeze], value: lag, unit: "s",
      threshold: freeze, source: "PostgreSQL documentation, chapter 29 Logical Replication")
    let message = "the other side is \(brief(lag)) s behind and writes stand still for \(brief(freeze)) s"
    report.add(
      issue("DATA_LOSS", .lossOfData, s, probability: probability, message, calculation, field: "write_freeze"))
    report.add(issue("DOWNTIME", .outage, s, probability: probability, message, calculation, field: "write_freeze"))
  }

  /// Rows that are loaded: transaction ids and room, twice for the WAL.
  private static func load(_ s: Situation, _ report: inout ChangeReport) {
    let size = s.change.gigabytes("import_gb", "load_gb")
    let rows = s.change.number("import_rows", "load_rows")
    guard size != nil || rows != nil else { return }
    report.ran(self)
    for field in ["import_gb", "load_gb", "import_rows", "load_rows"] where s.change.has(field) {
      report.understand(field)
    }
    if let size {
      let free = s.state.gigabytes("disk_free_gb")
      guard let free else {
        return report.unknown(
          ["disk_free_gb"], self, "\(brief(size)) GB are loaded, and how much is free is not known", worst: .outage, s,
          field: "import_gb", alsoCode: "DISK_FULL")
      }
      let probability = Exceedance(spread: 0.25, reserve: 0.05).probability(demand: size * 2, limit: free)
      if probability > 0.02 {
        report.add(
          issue(
            "DISK_FULL", .outage, s, probability: probability,
            "\(brief(size)) GB and as much WAL are written, and \(brief(free)) are free",
            Calculation(
              equation: "2 x size", inputs: ["import_gb": size], value: size * 2, unit: "GB", threshold: free,
              source: "PostgreSQL documentation 14.4 Populating a Database"), field: "import_gb"))
      }
    }
    guard let rows, let age = s.state.number("xid_age") else { return }
    let used =
      rows / max(1, s.change.number("rows_per_transaction") ?? 1)
      + (s.state.number("write_tps") ?? 0) * s.proposal.durationHours * 3_600
    let limit = 2_147_483_648 - 3e6
    let trigger = s.state.number("autovacuum_freeze_max_age") ?? 2e8
    report.metric("xid_age", age, age + used)
    let stops = Exceedance(spread: 0.1, reserve: 0).probability(demand: age + used, limit: limit)
    let freezes = Exceedance(spread: 0.02, reserve: 0).probability(demand: age + used, limit: trigger)
    let calculation = Calculation(
      equation: "age + rows / rows per transaction + write_tps x t",
      inputs: ["xid_age": age, "import_rows": rows, "rows_per_transaction": s.change.number("rows_per_transaction")],
      value: age + used, unit: "transactions", threshold: limit, source: "PostgreSQL documentation 24.1.5")
    if stops > 0.02 {
      report.add(
        issue(
          "DOWNTIME", .outage, s, probability: stops, "transaction ids run out: writes stop", calculation,
          field: "import_rows"))
    } else if freezes > 0.02, age < trigger {
      report.add(
        issue(
          "IO_SATURATION", s.isQuiet == true ? .nuisance : .degradation, s, probability: freezes,
          "the age passes autovacuum_freeze_max_age: everything is frozen while it is loaded", calculation,
          field: "import_rows"))
    }
  }

  // MARK: Upgrades

  private static func upgrade(_ s: Situation, _ report: inout ChangeReport) {
    guard s.proposal.kind == .migration || s.isPostgres,
      let field = ["engine_version", "target_version", "major_version", "postgres", "upgrade_to", "postgres_version"]
        .first(where: {
          s.change.has($0)
        })
    else { return }
    report.ran(self)
    report.understand(field)
    let old = s.state.leadingNumber("postgres", "version", "before")
    let new = s.change.leadingNumber(field)
    guard let new, old.map({ $0.rounded(.down) != new.rounded(.down) }) ?? true else { return }
    if let old, new < old {
      report.add(
        issue(
          "DOWNTIME", .outage, s, probability: 0.95, "an older major version can't read the files of a newer one",
          Calculation(
            equation: "new >= old", inputs: ["before": old], value: new, unit: "version", threshold: old,
            source: "PostgreSQL documentation 18.6"), field: field))
    }
    let method = s.change.text("method")?.lowercased() ?? ""
    let isSmooth = ["logical", "blue", "replica"].contains { method.contains($0) }
    guard !isSmooth, s.isQuiet != true else { return }
    report.add(
      issue(
        "DOWNTIME", Weight(severity: .critical, consequence: 0.95, reversibility: 0.1), s,
        probability: s.isQuiet == false ? 0.9 : 0.6,
        "a new major version stops the server while its files are converted, and there is no way back but a backup",
        Calculation(
          equation: "major versions differ", inputs: ["before": old, "after": new], value: new, unit: "version",
          threshold: old, source: "PostgreSQL documentation 18.6 Upgrading"), field: field))
  }
}
