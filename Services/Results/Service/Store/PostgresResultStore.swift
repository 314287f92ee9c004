import NIOCore
import PostgresDriver
import PostgresPool
import RPCCore
import TwinProto

/// The store of the schema `results`.
struct PostgresResultStore: ResultStore {
  let pool: PostgresPool

  func record(_ outcome: RunOutcome) async throws -> RecordResult {
    let bytes = try Self.encode(outcome)
    let inserted = try await pool.query(
      """
      INSERT INTO outcomes (run_id, simulation_id, scenario_id, scenario_type, parent_run_id, verdict, outcome)
      VALUES (\(outcome.id), \(outcome.simulationID), \(outcome.scenarioID), \(outcome.scenarioType),
        \(outcome.parentRunID), \(outcome.verdict.rawValue), \(bytes))
      ON CONFLICT (run_id) DO NOTHING RETURNING commit_time
      """)
    if let row = inserted.first {
      return .stored(commitTime: try row.decode(PostgresTimestamp.self).microsecondsSinceUnixEpoch)
    }
    let known = try await pool.query("SELECT outcome, commit_time FROM outcomes WHERE run_id = \(outcome.id)")
    guard let row = known.first else { return .conflict }
    let (stored, commitTime) = try row.decode([UInt8].self, PostgresTimestamp.self)
    return try Self.decode(stored, as: RunOutcome.self) == outcome
      ? .stored(commitTime: commitTime.microsecondsSinceUnixEpoch) : .conflict
  }

  func record(runID: String, firstRow: Int64, _ rows: [TraceRow]) async throws {
    let bytes = try Self.encode(TraceChunk(runID: runID, rows: rows))
    _ = try await pool.execute(
      """
      INSERT INTO trace_chunks (run_id, first_row, row_count, rows)
      VALUES (\(runID), \(firstRow), \(Int32(rows.count)), \(bytes)) ON CONFLICT DO NOTHING
      """)
  }

  func traceLength(runID: String) async throws -> Int64 {
    let rows = try await pool.query(
      "SELECT coalesce(sum(row_count), 0)::bigint FROM trace_chunks WHERE run_id = \(runID)")
    return try rows.first?.decode(Int64.self) ?? 0
  }

  func outcome(id: String) async throws -> StoredOutcome? {
    for condition: SQL in [
      "run_id = \(id)", "simulation_id = \(id) AND parent_run_id = ''", "scenario_id = \(id) AND parent_run_id = ''",
    ] {
      let sql = SQL(
        "SELECT ordinal, outcome, commit_time FROM outcomes WHERE \(condition.text) ORDER BY ordinal DESC LIMIT 1",
        condition.parameters)
      if let row = try await pool.query(sql).first { return try Self.stored(row) }
    }
    return nil
  }

  func outcomes(_ filter: OutcomeFilter, before: Int64, limit: Int) async throws -> [StoredOutcome] {
    let rows = try await pool.query(
      """
      SELECT ordinal, outcome, commit_time FROM outcomes
      WHERE ordinal < \(before)
        AND parent_run_id = \(filter.parentRunID)
        AND (\(filter.simulationID.isEmpty) OR simulation_id = \(filter.simulationID))
        AND (\(filter.scenarioType.isEmpty) OR scenario_type = \(filter.scenarioType))
        AND (\(filter.verdict == .unspecified) OR verdict = \(filter.verdict.rawValue))
      ORDER BY ordinal DESC LIMIT \(Int64(limit))
      """)
    return try rows.map(Self.stored)
  }

  func chunk(runID: String, after: Int64) async throws -> (firstRow: Int64, rows: [TraceRow])? {
    let found = try await pool.query(
      """
      SELECT first_row, rows FROM trace_chunks WHERE run_id = \(runID) AND first_row > \(after)
      ORDER BY first_row LIMIT 1
      """)
    guard let (first, bytes) = try found.first?.decode(Int64.self, [UInt8].self) else { return nil }
    return (first, try Self.decode(bytes, as: TraceChunk.self).rows)
  }

  private static func stored(_ row: PostgresRow) throws -> StoredOutcome {
    let (ordinal, bytes, commitTime) = try row.decode(Int64.self, [UInt8].self, PostgresTimestamp.self)
    return StoredOutcome(
      ordinal: ordinal, outcome: try decode(bytes, as: RunOutcome.self),
      commitTime: commitTime.microsecondsSinceUnixEpoch)
  }

  private static func encode<Message: RPCMessage>(_ message: Message) throws -> [UInt8] {
    var buffer = ByteBuffer()
    try message.serialize(into: &buffer)
    return Array(buffer.readableBytesView)
  }

  private static func decode<Message: RPCMessage>(_ bytes: [UInt8], as: Message.Type) throws -> Message {
    try Message(serialized: ByteBuffer(bytes: bytes))
  }
}
