/// One form of `ALTER TABLE`: its name and what it does.
struct AlterTableAction: Sendable {
  /// In capitals; empty when it isn't understood.
  var name: String
  var effect: SchemaEffect

  init(_ name: String, _ effect: SchemaEffect) {
    self.name = name
    self.effect = effect
  }
}

/// The forms of `ALTER TABLE` but those of columns and constraints, which have files of their own.
///
/// Source: PostgreSQL documentation of ALTER TABLE, versions 9.6 to 18 ("An ACCESS EXCLUSIVE lock is acquired unless
/// explicitly noted"); locks and rewrites of each form checked in `pg_locks` and `pg_class.relfilenode` of a 15 server.
struct AlterTableRules {
  let table: SQLName
  let version: PostgresVersion
  let facts: SchemaFacts

  /// nil when the form isn't understood.
  func action(_ tokens: ArraySlice<SQLToken>) -> AlterTableAction? {
    var cursor = SQLCursor(tokens)
    if cursor.accept("add") { return added(&cursor) }
    if cursor.accept("drop") { return dropped(&cursor) }
    if cursor.accept("alter") { return altered(&cursor) }
    if cursor.accept("rename") { return renamed(&cursor) }
    if cursor.accept("validate", "constraint") {
      return AlterTableAction(
        "VALIDATE CONSTRAINT",
        .scan(.shareUpdateExclusive, "a foreign key's check also locks the other table in ROW SHARE mode"))
    }
    if cursor.accept("attach", "partition") { return attached(&cursor) }
    if cursor.accept("detach", "partition") { return detached(&cursor) }
    if cursor.accept("set") { return set(&cursor) }
    if cursor.accept("reset") { return parameters("RESET", cursor.parenthesised()) }
    return switches(&cursor)
  }

  // MARK: Renaming and moving

  private func renamed(_ cursor: inout SQLCursor) -> AlterTableAction? {
    var effect = SchemaEffect.catalogue(.accessExclusive)
    if cursor.accept("constraint") { return AlterTableAction("RENAME CONSTRAINT", effect) }
    effect.compatibility = .breaks
    if cursor.accept("to") {
      return cursor.word() == nil ? nil : AlterTableAction("RENAME TO", effect)
    }
    _ = cursor.accept("column")
    guard cursor.word() != nil, cursor.accept("to"), cursor.word() != nil else { return nil }
    return AlterTableAction("RENAME COLUMN", effect)
  }

  private func set(_ cursor: inout SQLCursor) -> AlterTableAction? {
    if cursor.current?.isSymbol("(") == true { return parameters("SET", cursor.parenthesised()) }
    if cursor.accept("schema") {
      return AlterTableAction(
        "SET SCHEMA", SchemaEffect.catalogue(.accessExclusive).with { $0.compatibility = .breaks })
    }
    if cursor.accept("tablespace") {
      return AlterTableAction(
        "SET TABLESPACE",
        SchemaEffect.rewrite("the files are copied; the space is needed in the new tablespace")
          .with { $0.indexBuilds = .none })
    }
    if cursor.accept("logged") {
      return AlterTableAction(
        "SET LOGGED", .rewrite("the whole table goes to the WAL; nothing to do if logged already"))
    }
    if cursor.accept("unlogged") {
      return AlterTableAction(
        "SET UNLOGGED",
        SchemaEffect.rewrite("an unlogged table is emptied after a crash and isn't replicated")
          .with { $0.losesCrashSafety = true })
    }
    if cursor.accept("access", "method") {
      return AlterTableAction("SET ACCESS METHOD", .rewrite("nothing to do if the method is the table's already"))
    }
    if cursor.accept("without", "cluster") {
      return AlterTableAction("SET WITHOUT CLUSTER", .catalogue(.shareUpdateExclusive))
    }
    if cursor.accept("without", "oids") {
      return AlterTableAction(
        "SET WITHOUT OIDS",
        version.has(since: 12)
          ? .catalogue(.accessExclusive)
          : SchemaEffect.rewrite().with { $0.assumptions.append("the table is assumed to have OIDs") })
    }
    if cursor.accept("with", "oids") { return AlterTableAction("SET WITH OIDS", .rewrite()) }
    return nil
  }

  /// Storage parameters that need no more than SHARE UPDATE EXCLUSIVE (reloptions.c; documentation since 9.6).
  private static let lightParameters: Set = [
    "fillfactor", "toast_tuple_target", "parallel_workers", "n_distinct", "n_distinct_inherited",
    "vacuum_index_cleanup",
    "vacuum_truncate", "effective_io_concurrency", "seq_page_cost", "random_page_cost", "log_autovacuum_min_duration",
    "vacuum_max_eager_freeze_failure_rate", "deduplicate_items", "gin_pending_list_limit", "fastupdate",
    "pages_per_range", "autosummarize",
  ]

  private func parameters(_ name: String, _ list: ArraySlice<SQLToken>) -> AlterTableAction? {
    let keys = SQLCursor.splitAtCommas(list).map { part -> String in
      var cursor = SQLCursor(part)
      return cursor.name()?.name ?? ""
    }
    guard !keys.isEmpty, !keys.contains("") else { return nil }
    let isLight = keys.allSatisfy { Self.lightParameters.contains($0) || $0.hasPrefix("autovacuum_") }
    var effect = SchemaEffect.catalogue(isLight ? .shareUpdateExclusive : .accessExclusive)
    if keys.contains("autovacuum_enabled"), list.contains(where: { ["off", "false", "0"].contains($0.text) }) {
      effect.notes.append("the table's dead rows stay until somebody vacuums it")
    }
    return AlterTableAction("\(name) (\(keys.joined(separator: ", ")))", effect)
  }

  // MARK: Partitions and inheritance

  private func attached(_ cursor: inout SQLCursor) -> AlterTableAction? {
    guard let partition = cursor.name() else { return nil }
    let isLight = version.has(since: 12)
    var effect = SchemaEffect.scan(isLight ? .shareUpdateExclusive : .accessExclusive)
    // The pass is over the partition, under its own lock.
    effect.additionalLocks = [AdditionalLock(partition, .accessExclusive)]
    effect.notes = [
      "\(partition) is scanned unless a valid CHECK constraint implies the partition's bounds; "
        + "a default partition is locked and scanned too"
    ]
    return AlterTableAction("ATTACH PARTITION", effect)
  }

  private func detached(_ cursor: inout SQLCursor) -> AlterTableAction? {
    guard let partition = cursor.name() else { return nil }
    var effect = SchemaEffect.catalogue(.accessExclusive)
    effect.additionalLocks = [AdditionalLock(partition, .accessExclusive)]
    // Queries on the parent no longer find the rows.
    effect.compatibility = .mayReject
    let isConcurrent = cursor.accept("concurrently")
    if isConcurrent || cursor.accept("finalize") {
      effect.lock = .shareUpdateExclusive
      effect.waitsForOlderTransactions = isConcurrent
      effect.needsOwnTransaction = isConcurrent
    }
    return AlterTableAction(isConcurrent ? "DETACH PARTITION CONCURRENTLY" : "DETACH PARTITION", effect)
  }

  // MARK: Switches

  private func switches(_ cursor: inout SQLCursor) -> AlterTableAction? {
    for verb in ["enable", "disable", "force", "no"] where cursor.accept(verb) {
      return switched(verb.uppercased(), &cursor)
    }
    if cursor.accept("cluster", "on") { return AlterTableAction("CLUSTER ON", .catalogue(.shareUpdateExclusive)) }
    if cursor.accept("inherit"), let parent = cursor.name() {
      return AlterTableAction(
        "INHERIT",
        SchemaEffect.catalogue(.accessExclusive)
          .with { $0.additionalLocks = [AdditionalLock(parent, .shareUpdateExclusive)] })
    }
    if cursor.accept("owner", "to") {
      return AlterTableAction(
        "OWNER TO",
        SchemaEffect.catalogue(.accessExclusive, "the former owner may lose access")
          .with { $0.compatibility = .mayReject })
    }
    if cursor.accept("replica", "identity") {
      return AlterTableAction("REPLICA IDENTITY", .catalogue(.accessExclusive))
    }
    if cursor.accept("of") { return AlterTableAction("OF", .catalogue(.accessExclusive)) }
    if cursor.accept("not", "of") { return AlterTableAction("NOT OF", .catalogue(.accessExclusive)) }
    if cursor.accept("options") { return AlterTableAction("OPTIONS", .catalogue(.accessExclusive)) }
    return nil
  }

  private func switched(_ verb: String, _ cursor: inout SQLCursor) -> AlterTableAction? {
    if verb == "NO" {
      if cursor.accept("inherit") { return AlterTableAction("NO INHERIT", .catalogue(.accessExclusive)) }
      return cursor.accept("force", "row", "level", "security")
        ? AlterTableAction("NO FORCE ROW LEVEL SECURITY", .catalogue(.accessExclusive)) : nil
    }
    if cursor.accept("row", "level", "security") {
      return AlterTableAction(
        "\(verb) ROW LEVEL SECURITY",
        SchemaEffect.catalogue(
          .accessExclusive,
          verb == "DISABLE" ? "policies stop to hide rows" : "without a policy nobody but the owner sees a row"
        ).with { $0.compatibility = verb == "DISABLE" ? .none : .mayReject })
    }
    _ = cursor.accept("replica") || cursor.accept("always")
    if cursor.accept("trigger") {
      return AlterTableAction(
        "\(verb) TRIGGER",
        SchemaEffect.catalogue(
          .shareRowExclusive,
          verb == "DISABLE" ? "with ALL, foreign keys are no longer checked" : "rows changed meanwhile stay unchecked"))
    }
    if cursor.accept("rule") { return AlterTableAction("\(verb) RULE", .catalogue(.accessExclusive)) }
    return nil
  }
}
