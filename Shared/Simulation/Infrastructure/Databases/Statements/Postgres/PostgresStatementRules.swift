/// What the commands other than `ALTER TABLE` do.
///
/// Source: PostgreSQL 18 documentation, Part VI, Reference I (SQL Commands) and 13.3.1, with the notes of 9.6 to 17 where
/// they differ; checked in `pg_locks` and `pg_class.relfilenode` of a 15 server where the form can run in a transaction.
struct PostgresStatementRules {
  let version: PostgresVersion
  let facts: SchemaFacts

  /// nil when it isn't understood.
  func statement(_ cursor: inout SQLCursor) -> PostgresStatement? {
    if cursor.accept("create") { return created(&cursor) }
    if cursor.accept("drop") { return dropped(&cursor) }
    if cursor.accept("alter") { return altered(&cursor) }
    return maintenance(&cursor) ?? dataChange(&cursor)
  }

  // MARK: Maintenance

  private func maintenance(_ cursor: inout SQLCursor) -> PostgresStatement? {
    if cursor.accept("truncate") {
      _ = cursor.accept("table")
      let names = cursor.names()
      guard let first = names.first else { return nil }
      var effect = SchemaEffect.catalogue(.accessExclusive)
      effect.destruction = .all
      effect.reversibility = .fromBackupOnly
      effect.additionalLocks = names.dropFirst().map { AdditionalLock($0, .accessExclusive) }
      if cursor.contains("cascade") { effect.notes.append("CASCADE also empties every table that refers to it") }
      return PostgresStatement("TRUNCATE", target: first, effect)
    }
    if cursor.accept("vacuum") { return vacuum(&cursor) }
    if cursor.accept("cluster") {
      _ = cursor.accept("verbose")
      let target = cursor.name()
      return PostgresStatement("CLUSTER", target: target, .rewrite("sorted by an index, the new copy beside the old"))
    }
    if cursor.accept("analyze") || cursor.accept("analyse") {
      _ = cursor.parenthesised()
      _ = cursor.accept("verbose")
      // A sample of 300 rows per statistics target, not the table.
      return PostgresStatement("ANALYZE", target: cursor.name(), .catalogue(.shareUpdateExclusive))
    }
    if cursor.accept("reindex") { return reindex(&cursor) }
    if cursor.accept("refresh", "materialized", "view") { return refresh(&cursor) }
    if cursor.accept("lock") { return lock(&cursor) }
    if cursor.accept("comment", "on") {
      let isTable = cursor.accept("table") || cursor.accept("column")
      return PostgresStatement(
        "COMMENT", target: isTable ? cursor.name() : nil, .catalogue(isTable ? .shareUpdateExclusive : nil))
    }
    if cursor.accept("checkpoint") { return PostgresStatement("CHECKPOINT", target: nil, .catalogue(nil)) }
    if cursor.peek("grant") || cursor.peek("revoke") {
      let isRevoke = cursor.accept("revoke")
      return PostgresStatement(
        isRevoke ? "REVOKE" : "GRANT", target: nil,
        SchemaEffect.catalogue(nil, isRevoke ? "who loses the right fails" : "widens who may do what")
          .with { $0.compatibility = isRevoke ? .breaks : .none })
    }
    return nil
  }

  private func vacuum(_ cursor: inout SQLCursor) -> PostgresStatement {
    let options = cursor.parenthesised()
    let isFull = options.contains { $0.isWord("full") } || cursor.accept("full")
    while cursor.accept("freeze") || cursor.accept("verbose") || cursor.accept("analyze") {}
    let target = cursor.name()
    if isFull {
      return PostgresStatement(
        "VACUUM FULL", target: target,
        SchemaEffect.rewrite("the table and its indexes are copied whole").with {
          $0.needsOwnTransaction = true
          $0.reversibility = .cheaply
        })
    }
    return PostgresStatement(
      "VACUUM", target: target,
      SchemaEffect.scan(.shareUpdateExclusive, "cutting off an empty end takes ACCESS EXCLUSIVE for a moment")
        .with { $0.needsOwnTransaction = true })
  }

  private func reindex(_ cursor: inout SQLCursor) -> PostgresStatement? {
    let options = cursor.parenthesised()
    let kinds = ["index", "table", "schema", "database", "system"]
    guard let kind = cursor.word(), kinds.contains(kind) else { return nil }
    let isConcurrent = cursor.accept("concurrently") || options.contains { $0.isWord("concurrently") }
    let target = cursor.name()
    var effect =
      isConcurrent
      ? SchemaEffect.indexBuild(.shareUpdateExclusive, "a failure leaves an invalid index to drop")
      : .indexBuild(.share, "the index itself is locked ACCESS EXCLUSIVE: queries that plan to use it wait")
    effect.indexBuilds = kind == "index" ? .one : .all
    effect.waitsForOlderTransactions = isConcurrent
    effect.tablePasses = isConcurrent ? 2 : 1
    effect.needsOwnTransaction = isConcurrent || ["schema", "database", "system"].contains(kind)
    // Planning a query locks every index of the table, so that readers wait as well.
    if !isConcurrent { effect.lock = .accessExclusive }
    return PostgresStatement(
      isConcurrent ? "REINDEX CONCURRENTLY" : "REINDEX", target: target, effect, since: isConcurrent ? 12 : 9)
  }

  private func refresh(_ cursor: inout SQLCursor) -> PostgresStatement {
    let isConcurrent = cursor.accept("concurrently")
    let target = cursor.name()
    var effect = SchemaEffect.rewrite("the view's query is run; its time isn't the view's size")
    effect.reversibility = .cheaply
    if isConcurrent {
      effect.lock = .exclusive
      effect.indexBuilds = .none
      effect.notes.append("readers go on; the differences are written row by row")
    }
    return PostgresStatement(
      isConcurrent ? "REFRESH MATERIALIZED VIEW CONCURRENTLY" : "REFRESH MATERIALIZED VIEW", target: target, effect)
  }

  private func lock(_ cursor: inout SQLCursor) -> PostgresStatement? {
    _ = cursor.accept("table")
    let names = cursor.names()
    guard let first = names.first else { return nil }
    var mode = TableLockMode.accessExclusive
    if cursor.accept("in") {
      var words: [String] = []
      while let word = cursor.word(), word != "mode" { words.append(word) }
      guard let named = TableLockMode(name: words.joined(separator: " ")) else { return nil }
      mode = named
    }
    let effect = SchemaEffect(
      lock: mode, work: .none, additionalLocks: names.dropFirst().map { AdditionalLock($0, mode) },
      notes: ["held until the transaction ends"])
    return PostgresStatement("LOCK TABLE", target: first, effect)
  }

  // MARK: Rows

  private func dataChange(_ cursor: inout SQLCursor) -> PostgresStatement? {
    if cursor.accept("delete", "from") {
      _ = cursor.accept("only")
      guard let target = cursor.name() else { return nil }
      return PostgresStatement("DELETE", target: target, rows(&cursor, destruction: .all))
    }
    if cursor.accept("update") {
      _ = cursor.accept("only")
      guard let target = cursor.name(), cursor.contains("set") else { return nil }
      return PostgresStatement("UPDATE", target: target, rows(&cursor, destruction: .part))
    }
    if cursor.accept("insert", "into"), let target = cursor.name() {
      return PostgresStatement("INSERT", target: target, SchemaEffect(lock: .rowExclusive, work: .none))
    }
    if cursor.accept("copy"), let target = cursor.name() {
      _ = cursor.parenthesised()
      let isImport = cursor.accept("from")
      return PostgresStatement(
        "COPY", target: target,
        isImport ? SchemaEffect(lock: .rowExclusive, work: .none) : .scan(.accessShare))
    }
    if cursor.accept("merge", "into") {
      _ = cursor.accept("only")
      guard let target = cursor.name() else { return nil }
      let effect = SchemaEffect(
        lock: .rowExclusive, work: .scan, tablePasses: 1, destruction: .part, reversibility: .fromBackupOnly)
      return PostgresStatement("MERGE", target: target, effect, since: 15)
    }
    if cursor.peek("select") || cursor.peek("table") || cursor.peek("values") {
      // SELECT INTO makes a table, and a function of the user's may do anything.
      guard !cursor.contains("into"), DefaultVolatility.callsOnlyHarmless(cursor.rest) else { return nil }
      return PostgresStatement("SELECT", target: nil, .scan(cursor.contains("for") ? .rowShare : .accessShare))
    }
    return nil
  }

  private func rows(_ cursor: inout SQLCursor, destruction: DataDestruction) -> SchemaEffect {
    let isLimited = cursor.contains("where")
    var effect = SchemaEffect(
      lock: .rowExclusive, work: isLimited ? .scan : .rewrite, tablePasses: 1, tableWrites: isLimited ? 0 : 1,
      destruction: isLimited ? .part : destruction, reversibility: .fromBackupOnly)
    effect.notes.append(
      isLimited
        ? "the rows it changes stay locked until the transaction ends"
        : "no WHERE: every row is changed, stays locked until the transaction ends and leaves a dead version")
    return effect
  }
}
