import NIOCore
import PostgresDriver
import PostgresPool
import RPCCore
import TwinProto

/// The store of the schema `prediction`: judgements, and the audit on its way.
struct PostgresPredictionStore: PredictionStore {
  let pool: PostgresPool

  // MARK: Judgements

  func judgement(requestID: String) async throws -> (request: CheckChangeRequest, answer: CheckChangeResponse)? {
    let rows = try await pool.query("SELECT request, answer FROM checks WHERE request_id = \(requestID)")
    guard let (request, answer) = try rows.first?.decode([UInt8].self, [UInt8].self) else { return nil }
    return (try Self.decode(request), try Self.decode(answer))
  }

  func judgement(simulationID: String) async throws -> CheckChangeResponse? {
    let rows = try await pool.query(
      "SELECT answer FROM checks WHERE simulation_id = \(simulationID) ORDER BY ordinal DESC LIMIT 1")
    return try rows.first.map { try Self.decode(try $0.decode([UInt8].self)) }
  }

  func keep(_ judged: Judged) async throws -> Keeping {
    let (request, answer) = (try Self.encode(judged.request), try Self.encode(judged.answer))
    let requestID: String? = judged.request.requestID.isEmpty ? nil : judged.request.requestID
    let simulationID = judged.answer.simulationID
    return try await pool.transaction { connection in
      let inserted = try await connection.query(
        """
        INSERT INTO checks (simulation_id, request_id, request, answer)
        VALUES (\(simulationID), \(nullable: requestID), \(request), \(answer))
        ON CONFLICT (request_id) DO NOTHING RETURNING ordinal
        """)
      guard inserted.first != nil else {
        let rows = try await connection.query(
          "SELECT request, answer FROM checks WHERE request_id = \(nullable: requestID)")
        guard let (before, known) = try rows.first?.decode([UInt8].self, [UInt8].self) else { return .conflict }
        let same: CheckChangeRequest = try Self.decode(before)
        return same == judged.request ? .repeated(try Self.decode(known)) : .conflict
      }
      let superseded = try await connection.query(
        """
        UPDATE approvals SET status = \(ApprovalStatus.expired.rawValue), decide_time = now()
        WHERE simulation_id = \(simulationID) AND status = \(ApprovalStatus.pending.rawValue)
        RETURNING \(unescaped: Self.approvalColumns)
        """)
      for row in superseded { try await Self.note(AuditTrail.expiry(of: try Self.approval(row).1), connection) }
      if let approval = judged.approval { try await Self.open(approval, connection) }
      try await Self.note(judged.audit, connection)
      return .kept
    }
  }

  // MARK: Audit

  func note(_ entry: AuditEntry) async throws {
    _ = try await pool.execute(
      """
      INSERT INTO audit_outbox (id, entry) VALUES (\(entry.id), \(try Self.encode(entry)))
      ON CONFLICT (id) DO NOTHING
      """)
  }

  static func note(_ entry: AuditEntry, _ connection: PostgresConnection) async throws {
    _ = try await connection.query(
      """
      INSERT INTO audit_outbox (id, entry) VALUES (\(entry.id), \(try encode(entry))) ON CONFLICT (id) DO NOTHING
      """)
  }

  func undelivered(after: Int64, limit: Int) async throws -> [(ordinal: Int64, AuditEntry)] {
    let rows = try await pool.query(
      "SELECT ordinal, entry FROM audit_outbox WHERE ordinal > \(after) ORDER BY ordinal LIMIT \(Int64(limit))")
    return try rows.map { row in
      let (ordinal, bytes) = try row.decode(Int64.self, [UInt8].self)
      return (ordinal, try Self.decode(bytes))
    }
  }

  func delivered(_ ids: [String]) async throws {
    _ = try await pool.execute("DELETE FROM audit_outbox WHERE id = ANY(\(ids))")
  }

  // MARK: Coding

  static func encode<Message: RPCMessage>(_ message: Message) throws -> [UInt8] {
    var buffer = ByteBuffer()
    try message.serialize(into: &buffer)
    return Array(buffer.readableBytesView)
  }

  static func decode<Message: RPCMessage>(_ bytes: [UInt8]) throws -> Message {
    try Message(serialized: ByteBuffer(bytes: bytes))
  }
}
