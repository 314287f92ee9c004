import PostgresDriver
import PostgresPool
import Synchronization

/// Stores one batch in one transaction, and knows afterwards whether it did.
///
/// The direct way is a COPY into the table, in two round trips. When a key turns out to be stored already, the batch goes
/// the staged way: a COPY into a temporary table and an INSERT that leaves duplicates out. Both learn the transaction's
/// number before the data is sent, so that it can be looked up should the connection die.
final class BatchWriter: Sendable {
  enum Outcome: Sendable {
    /// `duplicates` are the positions, ascending, of rows left out.
    case committed(duplicates: [Int], isStaged: Bool)
    /// The server refused the rows; nothing was stored.
    case refused(PostgresError)
    /// Nothing was stored, and the same rows may succeed later.
    case notCommitted(any Error)
    /// The connection died while the server may have been committing.
    case inDoubt(any Error, Attempt)
  }

  /// A commit whose outcome is not known.
  struct Attempt: Sendable {
    var transaction: String
    /// What it reports if it was committed.
    var duplicates: [Int]
  }

  private let target: GroupCommitTarget
  private let timeout: Duration
  /// Differs between targets, which may share a session.
  private let stageName: String
  /// Batches for which the staged way is taken at once. Where duplicates came they often keep coming, for instance from
  /// a client that resends a stretch, and each would cost a failed direct COPY.
  private let stagedBatchesLeft = Mutex(0)
  private static let stagedBatchesAfterDuplicate = 32

  init(target: GroupCommitTarget, timeout: Duration) {
    self.target = target
    self.timeout = timeout
    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
    let hash = (target.copy.qualifiedName + target.copy.columnList).utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    stageName = "twin_stage_" + String(hash, radix: 16)
  }

  func write(_ buffers: [CopyBuffer], on connection: PostgresConnection) async -> Outcome {
    let goesStaged = stagedBatchesLeft.withLock { left in
      defer { left = max(0, left - 1) }
      return left > 0
    }
    if !goesStaged {
      let outcome = await writeDirectly(buffers, on: connection)
      guard case .refused(let error) = outcome, error.code == .uniqueViolation else { return outcome }
      stagedBatchesLeft.withLock { $0 = Self.stagedBatchesAfterDuplicate }
    }
    return await writeStaged(buffers, on: connection)
  }

  /// Stores a batch again after attempts with an unknown outcome, and finds out what to report.
  ///
  /// The keys alone make sure that nothing is stored twice or lost. The transactions' fate only tells whether rows found
  /// stored are those of an attempt; it may not be trusted further, because a server that crashed before it wrote the
  /// transaction's number to disk may give that number to another.
  ///
  /// - Returns: nil while an attempt is still in progress on the server.
  func repeatAfterDoubt(
    _ buffers: [CopyBuffer], _ attempts: [Attempt], on connection: PostgresConnection
  ) async throws -> Outcome? {
    var committed: Attempt?
    for attempt in attempts {
      switch try await Self.status(of: attempt.transaction, connection) {
      case .inProgress: return nil
      case .committed: committed = committed ?? attempt
      case .notCommitted: break
      }
    }
    let rowCount = buffers.reduce(0) { $0 + $1.rowCount }
    func report(_ found: [Int]) -> [Int] { found.count == rowCount ? committed?.duplicates ?? found : found }
    switch await writeStaged(buffers, on: connection) {
    case .committed(let found, let isStaged): return .committed(duplicates: report(found), isStaged: isStaged)
    case .inDoubt(let error, var attempt):
      attempt.duplicates = report(attempt.duplicates)
      return .inDoubt(error, attempt)
    case let other: return other
    }
  }

  private enum TransactionStatus { case committed, notCommitted, inProgress }

  private static func status(
    of transaction: String, _ connection: PostgresConnection
  ) async throws -> TransactionStatus {
    do {
      let rows = try await connection.query("SELECT pg_xact_status(\(transaction)::xid8)")
      switch try rows.first?.decode(String?.self) {
      case "committed": return .committed
      case "in progress": return .inProgress
      default: return .notCommitted
      }
    } catch let error as PostgresError where error.sqlState == "22023" {
      // A number the server has not given out yet: it crashed, or it is another server after a fail-over.
      return .notCommitted
    }
  }

  /// Asks for the transaction's number and for what the target wants to be true.
  private var opening: String {
    "SELECT pg_current_xact_id()" + (target.condition.map { ", \($0)" } ?? "")
  }

  private func writeDirectly(_ buffers: [CopyBuffer], on connection: PostgresConnection) async -> Outcome {
    let report: CopyReport
    do {
      report = try await connection.copyScript(
        CopyScript(before: [opening], target: target.copy), buffers: buffers, timeout: timeout)
    } catch {
      return .notCommitted(error)
    }
    guard let error = report.error else { return .committed(duplicates: [], isStaged: false) }
    // Without the end of the data the server cannot have committed.
    if report.isEndSent, Self.isOutcomeUnknown(error), let transaction = Self.number(in: report.before.first) {
      return .inDoubt(error, Attempt(transaction: transaction, duplicates: []))
    }
    return Self.failure(error)
  }

  private func writeStaged(_ buffers: [CopyBuffer], on connection: PostgresConnection) async -> Outcome {
    let script = CopyScript(
      before: ["BEGIN", opening] + createStage, target: stage, after: [insertFromStage])
    do {
      let report = try await connection.copyScript(script, buffers: buffers, timeout: timeout)
      if let error = report.error {
        await connection.rollBack()
        return Self.failure(error)
      }
      let duplicates = try (report.after.first ?? nil)?.decode(Int.self) ?? []
      guard let transaction = Self.number(in: report.before.dropFirst().first) else {
        await connection.rollBack()
        return .notCommitted(PostgresError(.decodingFailure, "the server gave no transaction number"))
      }
      do {
        try await connection.commit()
      } catch {
        if Self.isOutcomeUnknown(error) {
          return .inDoubt(error, Attempt(transaction: transaction, duplicates: duplicates))
        }
        await connection.rollBack()
        return Self.failure(error)
      }
      return .committed(duplicates: duplicates, isStaged: true)
    } catch {
      await connection.rollBack()
      return .notCommitted(error)
    }
  }

  private static func number(in rows: PostgresRows?) -> String? { try? rows?.first.map { try String(postgres: $0[0]) } }

  private static func isOutcomeUnknown(_ error: any Error) -> Bool {
    guard let error = error as? PostgresError else { return false }
    return error.isOutcomeUnknown || error.code == .connectionClosed
  }

  /// Sorts an error after which nothing is stored: are the rows at fault, or the circumstances?
  private static func failure(_ error: any Error) -> Outcome {
    guard let error = error as? PostgresError else { return .notCommitted(error) }
    if error.isUnavailable || error.isRetryable || error.isOutcomeUnknown { return .notCommitted(error) }
    switch error.code {
    case .diskFull, .outOfMemory, .queryCanceled, .statementTimeout, .readOnlyTransaction: return .notCommitted(error)
    default: return .refused(error)
    }
  }

  // MARK: The staged way

  /// Positions follow from the order in which COPY fills this column.
  private static let ordinal = "twin_ordinal"

  private var stage: CopyTarget {
    CopyTarget(schema: "pg_temp", table: stageName, columns: target.copy.columns)
  }

  /// Made once a session, and emptied by each commit.
  private var createStage: [String] {
    [
      """
      CREATE TEMP TABLE IF NOT EXISTS \(SQL.quote(identifier: stage.table)) ON COMMIT DELETE ROWS AS
      SELECT \(target.copy.columnList) FROM \(target.copy.qualifiedName) WITH NO DATA
      """,
      """
      ALTER TABLE \(stage.qualifiedName)
      ADD COLUMN IF NOT EXISTS \(Self.ordinal) int8 GENERATED ALWAYS AS IDENTITY
      """,
    ]
  }

  /// Inserts what is new, first come first served, and answers with the positions of the rest.
  private var insertFromStage: String {
    let key = target.key.map { SQL.quote(identifier: $0) }.joined(separator: ", ")
    return """
      WITH inserted AS (
        INSERT INTO \(target.copy.qualifiedName) (\(target.copy.columnList))
        SELECT \(target.copy.columnList) FROM \(stage.qualifiedName) ORDER BY \(Self.ordinal)
        ON CONFLICT (\(key)) DO NOTHING RETURNING \(key), true AS is_new
      ), judged AS (
        SELECT row_number() OVER (ORDER BY \(Self.ordinal)) - 1 AS position,
          row_number() OVER (PARTITION BY \(key) ORDER BY \(Self.ordinal)) AS occurrence, is_new
        FROM \(stage.qualifiedName) LEFT JOIN inserted USING (\(key))
      )
      SELECT position FROM judged WHERE is_new IS NULL OR occurrence > 1 ORDER BY position
      """
  }
}
