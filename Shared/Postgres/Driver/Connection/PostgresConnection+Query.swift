extension PostgresConnection {
  /// The statements one `pipeline` call may hold.
  public static let maximumPipelineStatements = 1000

  /// Runs one statement as a prepared statement and returns its rows in binary format.
  ///
  /// - Parameter timeout: the bound on the statement; `configuration.statementTimeout` when absent.
  /// - Throws: `PostgresError` or `CancellationError`.
  @discardableResult
  public func query(_ sql: SQL, timeout: Duration? = nil) async throws -> PostgresRows {
    try await operate(timeout: timeout) { connection, handle in
      do {
        return try await connection.runOne(sql, handle)
      } catch let error as PostgresError where connection.isStaleStatement(error) && !connection.isInTransaction {
        // The table changed under the prepared statement. Nothing has run yet, so it is prepared anew, once.
        _ = connection.cache.remove(sql.cacheKey)
        return try await connection.runOne(sql, handle)
      }
    }
  }

  /// Runs one statement and returns how many rows it affected.
  @discardableResult
  public func execute(_ sql: SQL, timeout: Duration? = nil) async throws -> Int {
    try await query(sql, timeout: timeout).affectedRows
  }

  /// Sends several statements at once and commits them together: one round trip, and all take effect or none.
  ///
  /// Inside a transaction they join it. A failure carries the index of its statement.
  ///
  /// - Parameter statements: at most `maximumPipelineStatements`.
  public func pipeline(_ statements: [SQL], timeout: Duration? = nil) async throws -> [PostgresRows] {
    guard statements.count <= Self.maximumPipelineStatements else {
      throw PostgresError(
        .invalidArgument,
        "a pipeline takes at most \(Self.maximumPipelineStatements) statements, not \(statements.count)")
    }
    guard !statements.isEmpty else { return [] }
    return try await operate(timeout: timeout) { try await $0.runPipeline(statements, $1) }
  }

  /// Runs statements separated by semicolons, without parameters, as one transaction unless they manage their own.
  ///
  /// For schema changes and session settings. Results are dropped.
  public func executeScript(_ script: String, timeout: Duration? = nil) async throws {
    try await operate(timeout: timeout) { _ = try await $0.runScript(script, $1) }
  }

  /// Runs a statement and hands its rows out in batches while they arrive, so that a large result needs little memory.
  /// The server waits while `body` works.
  ///
  /// - Parameters:
  ///   - batchRows: the rows per batch, at least 1; the last batch may be smaller.
  ///   - timeout: the bound on the whole, including the time spent in `body`.
  public func stream(
    _ sql: SQL, batchRows: Int = 512, timeout: Duration? = nil, _ body: @Sendable (PostgresRows) async throws -> Void
  ) async throws {
    precondition(batchRows >= 1, "a batch holds at least one row")
    try await operate(timeout: timeout) { try await $0.runStream(sql, batchRows: batchRows, $1, body) }
  }

  // MARK: Inside an operation

  private func isStaleStatement(_ error: PostgresError) -> Bool {
    error.code == .undefinedStatement
      || (error.code == .featureNotSupported && error.message.contains("cached plan"))
  }

  private func runOne(_ sql: SQL, _ handle: LibPQHandle) async throws -> PostgresRows {
    let key = sql.cacheKey
    // A new statement is prepared and run in one round trip.
    guard let entry = cache.lookUp(key) else { return try await runPipeline([sql], handle)[0] }
    try ParameterBlock.check(sql.parameters)
    try parameters.encode(sql.parameters)
    guard handle.sendExecute(name: entry.name, &parameters) else { throw sendFailure(handle) }
    var rows: PostgresRows?
    var failed: (any Error)?
    while let result = try await nextResult(handle) {
      switch result.status {
      case .rows, .command, .empty:
        rows = try result.copyRows(known: entry.columns)
        if entry.columns == nil, let rows { cache.remember(columns: rows.storage.columns, for: key) }
      case .copyIn, .copyOut: throw unexpectedCopy()
      default:
        if failed == nil { failed = failure(of: result) }
        if handle.isBroken { throw failed! }
      }
    }
    if let failed { throw failed }
    guard let rows else { throw sendFailure(handle) }
    return rows
  }

  private enum PipelineStep {
    case deallocate
    case prepare(StatementCache.Key, name: String)
    case execute(Int, StatementCache.Key)
  }

  private func runPipeline(_ statements: [SQL], _ handle: LibPQHandle) async throws -> [PostgresRows] {
    // Checked before anything is sent, so that a bad parameter leaves the connection as it was.
    for statement in statements { try ParameterBlock.check(statement.parameters) }
    guard handle.enterPipeline() else { throw sendFailure(handle) }
    let steps: [PipelineStep]
    do {
      steps = try sendPipeline(statements, handle)
    } catch {
      // Statements already queued must not run without the rest.
      discard()
      throw error
    }
    var results: [PostgresRows?] = Array(repeating: nil, count: statements.count)
    var failed: (any Error)?
    for step in steps {
      guard let result = try await nextResult(handle) else { continue }
      switch (result.status, step) {
      case (.rows, .execute(let index, let key)), (.command, .execute(let index, let key)),
        (.empty, .execute(let index, let key)):
        let rows = try result.copyRows(known: nil)
        results[index] = rows
        cache.remember(columns: rows.storage.columns, for: key)
      case (.command, .prepare(let key, let name)): cache.insert(key, name: name)
      case (.command, .deallocate), (.pipelineAborted, _): break
      case (.copyIn, _), (.copyOut, _): throw unexpectedCopy()
      case (_, let step):
        guard failed == nil else { break }
        var error = failure(of: result)
        if case .execute(let index, _) = step, var typed = error as? PostgresError {
          typed.statementIndex = index
          error = typed
        }
        failed = error
      }
      if handle.isBroken { throw failed ?? sendFailure(handle) }
      try await drain(handle)
    }
    // The synchronisation point is a result without a terminating nil.
    guard let sync = try await nextResult(handle), sync.status == .pipelineSync, handle.exitPipeline() else {
      let error = failed ?? sendFailure(handle)
      discard()
      throw error
    }
    if let failed { throw failed }
    return try results.map { rows in
      guard let rows else { throw PostgresError(.connectionFailure, "the server sent no result for a statement") }
      return rows
    }
  }

  private func sendPipeline(_ statements: [SQL], _ handle: LibPQHandle) throws -> [PipelineStep] {
    var steps: [PipelineStep] = []
    var names: [StatementCache.Key: String] = [:]
    var unprepared: Set<StatementCache.Key> = []
    let keys = statements.map(\.cacheKey)
    for key in keys where names[key] == nil {
      if let entry = cache.lookUp(key) {
        names[key] = entry.name
      } else {
        names[key] = cache.makeName()
        unprepared.insert(key)
      }
    }
    for name in cache.evict(toAdmit: unprepared.count, keeping: Set(names.keys)) {
      guard handle.sendParameterless("DEALLOCATE \(name)") else { throw sendFailure(handle) }
      steps.append(.deallocate)
    }
    for (index, statement) in statements.enumerated() {
      let key = keys[index]
      guard let name = names[key] else { preconditionFailure("a statement without a name") }
      // Only now, because an earlier statement of the pipeline may create what this one refers to.
      if unprepared.remove(key) != nil {
        guard handle.sendPrepare(name: name, text: key.text, types: key.types) else { throw sendFailure(handle) }
        steps.append(.prepare(key, name: name))
      }
      try parameters.encode(statement.parameters)
      guard handle.sendExecute(name: name, &parameters) else { throw sendFailure(handle) }
      steps.append(.execute(index, key))
    }
    guard handle.sendSync() else { throw sendFailure(handle) }
    return steps
  }

  /// Runs a script and returns the last command tag.
  func runScript(_ script: String, _ handle: LibPQHandle) async throws -> String {
    guard !script.utf8.contains(0) else { throw PostgresError(.invalidArgument, "the script contains a NUL character") }
    guard handle.send(script: script) else { throw sendFailure(handle) }
    var tag = ""
    var failed: (any Error)?
    while let result = try await nextResult(handle) {
      switch result.status {
      case .command, .rows, .empty: tag = result.commandTag
      case .copyIn, .copyOut: throw unexpectedCopy()
      default:
        if failed == nil { failed = failure(of: result) }
        if handle.isBroken { throw failed! }
      }
    }
    if let failed { throw failed }
    return tag
  }

  private func runStream(
    _ sql: SQL, batchRows: Int, _ handle: LibPQHandle, _ body: @Sendable (PostgresRows) async throws -> Void
  ) async throws {
    try ParameterBlock.check(sql.parameters)
    try parameters.encode(sql.parameters)
    guard handle.sendStreaming(sql.text, types: sql.cacheKey.types, &parameters), handle.useSingleRowMode() else {
      throw sendFailure(handle)
    }
    var builder = LibPQResult.RowsBuilder()
    var columns: PostgresRows.Columns?
    var failed: (any Error)?
    while let result = try await nextResult(handle) {
      switch result.status {
      case .singleRow where failed == nil:
        if columns == nil { columns = result.columns }
        do {
          try builder.append(result)
          if builder.rowCount >= batchRows {
            try await body(builder.finish(columns: columns ?? .none, commandTag: ""))
          }
        } catch {
          // The consumer gave up: the rest is not wanted.
          failed = error
          cancelRemaining()
        }
      case .singleRow: break
      case .rows, .command, .empty:
        if failed == nil, builder.rowCount > 0 {
          do {
            try await body(builder.finish(columns: columns ?? .none, commandTag: result.commandTag))
          } catch { failed = error }
        }
      case .copyIn, .copyOut: throw unexpectedCopy()
      default:
        if failed == nil { failed = failure(of: result) }
        if handle.isBroken { throw failed! }
      }
    }
    if let failed { throw failed }
  }
}

extension SQL {
  var cacheKey: StatementCache.Key { .init(text: text, types: parameters.map(\.type.rawValue)) }
}
