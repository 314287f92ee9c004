import FleetCore
import PostgresDriver
import PostgresGroupCommit
import PostgresPool
import Synchronization

/// What writes the logs that this process has open. Each is written with the epoch of its opening.
final class LogWriters: Sendable {
  private struct Writer {
    var hold: LogHold
    var committer: GroupCommitter<LogRow>
  }

  private let pool: PostgresPool
  private let observer: (any GroupCommitObserver)?
  private let writers = Mutex<[Int32: Writer]>([:])

  init(_ pool: PostgresPool, observer: (any GroupCommitObserver)?) {
    self.pool = pool
    self.observer = observer
  }

  subscript(hold: LogHold) -> GroupCommitter<LogRow> {
    writers.withLock { writers in
      if let writer = writers[hold.log], writer.hold == hold { return writer.committer }
      let writer = Writer(hold: hold, committer: committer(hold))
      writers[hold.log] = writer
      return writer.committer
    }
  }

  private func committer(_ hold: LogHold) -> GroupCommitter<LogRow> {
    let target = GroupCommitTarget(
      CopyTarget(schema: "state_sync", table: "telemetry", columns: TelemetryColumns.written),
      key: TelemetryColumns.key, condition: hold.condition)
    let bounds = GroupCommitConfiguration(
      maximumBatchRows: TelemetryStoreLimits.rowsPerAppend, maximumBatchBytes: 64 << 20,
      maximumQueuedRows: TelemetryStoreLimits.rowsPerAppend, maximumWait: PostgresTelemetryStore.patience,
      outcomeTimeout: PostgresTelemetryStore.outcomePatience)
    return GroupCommitter(pool: pool, target: target, configuration: bounds, observer: observer) { row, buffer in
      try TelemetryColumns.encode(row, of: hold.log, into: &buffer)
    }
  }
}

extension LogHold {
  /// Fails, in a transaction that writes, once somebody else has opened the log; nobody can before it ends.
  fileprivate var condition: String { "state_sync.hold_log(\(log), \(epoch))" }
}

extension PostgresError {
  /// Raised by `hold_log`.
  fileprivate var isLogTakenOver: Bool { sqlState == "TWLOG" }
}

extension PostgresTelemetryStore {
  func openLog(_ name: String, by holder: Int64, again: Bool) async throws -> OpenLog {
    try await pool.reachable { pool in
      try await pool.transaction { connection in
        try await connection.query("INSERT INTO logs (name) VALUES (\(name)) ON CONFLICT DO NOTHING")
        // Transactions that write the log keep others from locking it so: this waits for them.
        let found = try await connection.query("SELECT log_id, holder FROM logs WHERE name = \(name) FOR UPDATE")[0]
        let (log, lastHolder) = try found.decode(Int32.self, Int64.self)
        guard !again || lastHolder == holder else { throw LogTakenOver(log: name) }
        let epoch = try await connection.query(
          "UPDATE logs SET holder = \(holder), epoch = epoch + 1 WHERE log_id = \(log) RETURNING epoch")[0]
          .decode(Int64.self)
        let marks = try await connection.query(Self.standings(of: log))[0]
        return OpenLog(
          hold: LogHold(log: log, name: name, epoch: epoch), marks: try Self.standing(marks).marks)
      }
    }
  }

  func logs() async throws -> [LogStanding] {
    try await query(Self.standings(of: nil)).map { try Self.standing($0) }
  }

  /// The marks also count for the end of the log: rows get too old to be kept, and positions never go back.
  private static func standings(of log: Int32?) -> SQL {
    """
    SELECT log_id, name, checkpoint_position, forwarded_position,
      greatest(checkpoint_position, forwarded_position, (
        SELECT max(log_position) FROM telemetry
        WHERE telemetry.log_id = logs.log_id
          AND log_position > greatest(checkpoint_position, forwarded_position)))
    FROM logs WHERE \(log as Int32?)::integer IS NULL OR log_id = \(log as Int32?)::integer ORDER BY log_id
    """
  }

  private static func standing(_ row: PostgresRow) throws -> LogStanding {
    let (log, name, checkpoint, forwarded, last) = try row.decode(
      Int32.self, String.self, Int64.self, Int64.self, Int64.self)
    return LogStanding(
      log: log, name: name, marks: LogMarks(last: last, checkpoint: checkpoint, forwarded: forwarded))
  }

  func rows(of log: Int32, after position: Int64, limit: Int, bytes: Int) async throws -> LogPage {
    let next = """
      SELECT \(TelemetryColumns.list) FROM telemetry
      WHERE log_id = $1 AND log_position > $2 ORDER BY log_position LIMIT $3
      """
    let text = TelemetryColumns.page(of: next, order: "log_position", bytes: "$4")
    let page = try await query(
      SQL(text, [.int4(log), .int8(position), .int8(Int64(limit) + 1), .int8(Int64(bytes))]))
    return try TelemetryColumns.decode(page: page, limit: limit)
  }

  func append(_ rows: [LogRow], to log: LogHold) async throws -> [Int] {
    do {
      return try await write(rows, log)
    } catch let error as PostgresError where error.isWithoutPartition {
      // Another replica dropped a day between our look at it and now.
      days.forget()
      do {
        return try await write(rows, log)
      } catch let error as PostgresError {
        throw RowsRefused(description: "\(error)")
      }
    } catch let error as PostgresError {
      throw RowsRefused(description: "\(error)")
    }
  }

  /// - Throws: `PostgresError` when the database refuses the rows.
  private func write(_ rows: [LogRow], _ log: LogHold) async throws -> [Int] {
    do {
      try await days.make(rows.lazy.map(\.time.day))
    } catch let error as PostgresError {
      throw StoreUnavailable("a partition can't be made: \(error)")
    }
    do {
      return try await writers[log].append(rows).duplicates
    } catch let error as GroupCommitError {
      switch error {
      case .refused(let refusal) where refusal.isLogTakenOver: throw LogTakenOver(log: log.name)
      case .refused(let refusal): throw refusal
      case .appendTooLarge: throw RowsRefused(description: "\(error)")
      case .unavailable(let last) where (last as? PostgresError)?.code == .diskFull: throw StoreFull("\(error)")
      case .unavailable, .queueFull, .closed: throw StoreUnavailable("\(error)")
      case .outcomeUnknown: throw OutcomeUnknown(description: "\(error)")
      }
    }
  }

  func checkpoint(_ sources: [SourceRecord], of log: LogHold, checkpoint: Int64, forwarded: Int64) async throws {
    do {
      try await pool.reachable { pool in
        try await pool.transaction { connection in
          try await connection.query(SQL("SELECT \(unescaped: log.condition)"))
          for part in sources.chunks(of: TelemetryStoreLimits.sourcesPerStatement) {
            try await connection.query(Self.store(part, of: log.log))
          }
          let noted = try await connection.query(
            """
            UPDATE logs SET checkpoint_position = \(checkpoint),
              forwarded_position = greatest(forwarded_position, \(forwarded))
            WHERE log_id = \(log.log) AND checkpoint_position <= \(checkpoint)
            """)
          // Its records would forget rows that nobody would read again.
          guard noted.affectedRows == 1 else { throw StoreUnavailable.settled(log.name) }
        }
      }
    } catch let error as PostgresError where error.isLogTakenOver {
      throw LogTakenOver(log: log.name)
    }
  }

  func noteForwarded(_ position: Int64, of log: Int32) async throws {
    try await query(
      "UPDATE logs SET forwarded_position = greatest(forwarded_position, \(position)) WHERE log_id = \(log)")
  }
}

extension PostgresTelemetryStore {
  func settle(_ log: Int32) async throws {
    try await pool.reachable { pool in
      try await pool.transaction { connection in
        // Whoever writes the log waits, so that nothing comes between its end and the records.
        try await connection.query("SELECT FROM logs WHERE log_id = \(log) FOR UPDATE")
        guard let row = try await connection.query(Self.standings(of: log)).first else { return }
        let sources = try await Self.sourcesAhead(of: log, on: connection)
        for part in sources.chunks(of: TelemetryStoreLimits.sourcesPerStatement) {
          let records = try await Self.load(Array(part), for: log, on: connection)
          try await connection.query(Self.store(records[...], of: log))
        }
        try await connection.query(
          "UPDATE logs SET checkpoint_position = \(try Self.standing(row).marks.last) WHERE log_id = \(log)")
      }
    }
  }
}

extension PostgresError {
  /// No partition takes a row.
  fileprivate var isWithoutPartition: Bool { code == .checkViolation && constraint == nil }
}

extension Array {
  /// The elements in parts of at most this many.
  func chunks(of count: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
  }
}
