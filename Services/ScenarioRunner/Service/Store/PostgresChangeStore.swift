import NIOCore
import PostgresDriver
import PostgresPool
import RPCCore
import TwinConversions
import TwinProto

/// The store of the schema `scenario_runner` for changes.
struct PostgresChangeStore: ChangeStore {
  let pool: PostgresPool

  private static let columns = """
    ordinal, id, change, create_time, status, run, start_time, end_time, error, outcome, impact, confidence, \
    (status IN (2, 3) AND run_until < now()) AS is_lost
    """
  /// The same without the outcome, which may be large, where nobody needs to read it.
  private static let columnsWithoutOutcome = columns.replacing("outcome,", with: "NULL::bytea AS outcome,")
  /// The status, with that of a run that was given up.
  private static let status = "CASE WHEN status IN (2, 3) AND run_until < now() THEN 5 ELSE status END"

  func create(_ change: ChangeRequest, for request: CreateChangeSimulationRequest) async throws
    -> Creation<StoredChange>
  {
    let requestID: String? = request.requestID.isEmpty ? nil : request.requestID
    let inserted = try await pool.query(
      """
      INSERT INTO changes (environment, request_id, request, change)
      VALUES (\(change.environment), \(nullable: requestID), \(try Self.encode(request)), \(try Self.encode(change)))
      ON CONFLICT (request_id) DO NOTHING RETURNING \(unescaped: Self.columns)
      """)
    if let row = inserted.first { return .created(try Self.stored(row)) }
    let known = try await pool.query(
      """
      SELECT \(unescaped: Self.columns), request FROM changes
      WHERE request_id = \(nullable: requestID) AND NOT is_deleted
      """)
    guard let row = known.first else { return .conflict }
    let before: CreateChangeSimulationRequest = try Self.decode(try row.decode("request"))
    return before == request ? .repeated(try Self.stored(row)) : .conflict
  }

  func change(id: String) async throws -> StoredChange? {
    try await pool.query(
      "SELECT \(unescaped: Self.columns) FROM changes WHERE id = \(id) AND NOT is_deleted"
    ).first.map(Self.stored)
  }

  func changes(environment: String, status: JobStatus, before: Int64, limit: Int) async throws -> [StoredChange] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.columns) FROM changes
      WHERE NOT is_deleted AND ordinal < \(before) AND (\(environment.isEmpty) OR environment = \(environment))
        AND (\(status == .unspecified) OR \(unescaped: Self.status) = \(status.rawValue))
      ORDER BY ordinal DESC LIMIT \(Int64(limit))
      """
    ).map(Self.stored)
  }

  func activeChanges(limit: Int) async throws -> [StoredChange] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.columns) FROM changes
      WHERE status IN (2, 3) AND NOT is_deleted AND run_until >= now() ORDER BY ordinal LIMIT \(Int64(limit))
      """
    ).map(Self.stored)
  }

  func begin(_ id: String, for request: RunChangeSimulationRequest, seconds: Double) async throws -> ChangeBeginning {
    let encoded = try Self.encode(request)
    return try await pool.transaction { connection in
      let found = try await connection.query(
        """
        SELECT \(unescaped: Self.columns), run_request FROM changes WHERE id = \(id) AND NOT is_deleted FOR UPDATE
        """)
      guard let row = found.first else { return .missing }
      let stored = try Self.stored(row)
      if !request.requestID.isEmpty, let bytes: [UInt8] = try row.decode("run_request") {
        let before: RunChangeSimulationRequest = try Self.decode(bytes)
        if before.requestID == request.requestID {
          if before != request { return .conflict }
          if stored.simulation.status == .completed { return .repeated(stored) }
        }
      }
      if stored.simulation.status == .queued || stored.simulation.status == .running { return .running }
      let begun = try await connection.query(
        """
        UPDATE changes SET status = \(JobStatus.queued.rawValue), run = run + 1, run_request = \(encoded),
          run_until = now() + make_interval(secs => \(seconds)), start_time = NULL, end_time = NULL, error = NULL,
          outcome = NULL, impact = NULL, confidence = NULL
        WHERE id = \(id) RETURNING \(unescaped: Self.columns)
        """)
      return try begun.first.map { .begun(try Self.stored($0)) } ?? .missing
    }
  }

  func start(_ id: String, run: Int32) async throws {
    _ = try await pool.execute(
      """
      UPDATE changes SET status = \(JobStatus.running.rawValue), start_time = now()
      WHERE id = \(id) AND run = \(run) AND status = \(JobStatus.queued.rawValue) AND NOT is_deleted
      """)
  }

  func end(_ id: String, run: Int32, _ end: ChangeEnd) async throws -> StoredChange? {
    let outcome = try end.outcome.map { try Self.encode($0) }
    var ended = try await pool.query(
      """
      UPDATE changes SET status = \(end.status.rawValue), outcome = \(nullable: outcome),
        error = \(nullable: end.error), end_time = now(), run_until = NULL
      WHERE id = \(id) AND run = \(run) AND NOT is_deleted RETURNING \(unescaped: Self.columnsWithoutOutcome)
      """
    ).first.map(Self.stored)
    ended?.simulation.outcome = end.outcome
    return ended
  }

  func attach(_ impact: PredictedImpact, confidence: Double?, to id: String) async throws -> StoredChange? {
    try await pool.query(
      """
      UPDATE changes SET impact = \(try Self.encode(impact)), confidence = \(nullable: confidence)
      WHERE id = \(id) AND NOT is_deleted RETURNING \(unescaped: Self.columnsWithoutOutcome)
      """
    ).first.map(Self.stored)
  }

  func delete(_ id: String) async throws -> Bool {
    try await pool.execute("UPDATE changes SET is_deleted = true WHERE id = \(id) AND NOT is_deleted") > 0
  }

  private static func stored(_ row: PostgresRow) throws -> StoredChange {
    let (outcome, impact): ([UInt8]?, [UInt8]?) = (try row.decode("outcome"), try row.decode("impact"))
    let isLost: Bool? = try row.decode("is_lost")
    var simulation = TwinProto.ChangeSimulation(
      id: try row.decode("id"), status: JobStatus(rawValue: try row.decode("status")),
      changeRequest: try decode(try row.decode("change")), outcome: try outcome.map { try decode($0) },
      predictedImpact: try impact.map { try decode($0) }, error: try row.decode("error"),
      createTime: try time(row, "create_time"), startTime: try time(row, "start_time"),
      endTime: try time(row, "end_time"), confidence: try row.decode("confidence"))
    if isLost == true {
      simulation.status = .failed
      simulation.error = StoredChange.lostRun
    }
    return StoredChange(ordinal: try row.decode("ordinal"), simulation: simulation, run: try row.decode("run"))
  }

  private static func time(_ row: PostgresRow, _ column: String) throws -> ProtoTimestamp? {
    try row.decode(column, as: PostgresTimestamp?.self).map {
      ProtoTimestamp(microsecondsSinceUnixEpoch: $0.microsecondsSinceUnixEpoch)
    }
  }

  private static func encode<Message: RPCMessage>(_ message: Message) throws -> [UInt8] {
    var buffer = ByteBuffer()
    try message.serialize(into: &buffer)
    return Array(buffer.readableBytesView)
  }

  private static func decode<Message: RPCMessage>(_ bytes: [UInt8]) throws -> Message {
    try Message(serialized: ByteBuffer(bytes: bytes))
  }
}
