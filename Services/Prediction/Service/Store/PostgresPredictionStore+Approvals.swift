import FleetCore
import PostgresDriver
import PostgresPool
import TwinConversions
import TwinProto

extension PostgresPredictionStore {
  static let approvalColumns = """
    ordinal, id, simulation_id, status, change, impact, create_time, expire_time, decide_time, decided_by, comment
    """

  func nextApprovalNumber() async throws -> Int64 {
    let rows = try await pool.query("SELECT nextval('approval_numbers')")
    guard let row = rows.first else { throw StoreUnavailable("a sequence gave no number") }
    return try row.decode(Int64.self)
  }

  /// Adds an approval whose number was given before.
  static func open(_ approval: Approval, _ connection: PostgresConnection) async throws {
    let change = approval.changeRequest ?? ChangeRequest()
    _ = try await connection.query(
      """
      INSERT INTO approvals (ordinal, id, simulation_id, environment, target, change, impact, create_time, expire_time)
      VALUES (\(Approval.number(in: approval.id) ?? 0), \(approval.id), \(approval.simulationID), \(change.environment),
        \(change.target), \(try encode(change)), \(try encode(approval.predictedImpact ?? PredictedImpact())),
        \(time(approval.createTime)), \(time(approval.expireTime)))
      """)
  }

  func approval(id: String) async throws -> Approval? {
    try await pool.query(
      "SELECT \(unescaped: Self.approvalColumns) FROM approvals WHERE id = \(id)"
    ).first.map { try Self.approval($0).1 }
  }

  func approvals(_ status: ApprovalStatus, before: Int64, limit: Int) async throws -> [(ordinal: Int64, Approval)] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.approvalColumns) FROM approvals
      WHERE ordinal < \(before) AND (\(status == .unspecified) OR status = \(status.rawValue))
      ORDER BY ordinal DESC LIMIT \(Int64(limit))
      """
    ).map(Self.approval)
  }

  func granted(environment: String, target: String, at time: Int64) async throws -> [Approval] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.approvalColumns) FROM approvals
      WHERE environment = \(environment) AND target = \(target) AND status = \(ApprovalStatus.approved.rawValue)
        AND expire_time > \(PostgresTimestamp(microsecondsSinceUnixEpoch: time))
      ORDER BY ordinal
      """
    ).map { try Self.approval($0).1 }
  }

  func decide(_ id: String, _ decision: Decision, audit: @Sendable (Approval) -> AuditEntry) async throws -> Deciding {
    let moment = PostgresTimestamp(microsecondsSinceUnixEpoch: decision.time)
    return try await pool.transaction { connection in
      let decided = try await connection.query(
        """
        UPDATE approvals SET status = \(decision.status.rawValue), decided_by = \(decision.by),
          comment = \(decision.comment), decide_time = \(moment)
        WHERE id = \(id) AND status = \(ApprovalStatus.pending.rawValue) AND expire_time > \(moment)
        RETURNING \(unescaped: Self.approvalColumns)
        """)
      if let row = decided.first {
        let approval = try Self.approval(row).1
        try await Self.note(audit(approval), connection)
        return .decided(approval)
      }
      let known = try await connection.query(
        "SELECT \(unescaped: Self.approvalColumns) FROM approvals WHERE id = \(id)")
      return try known.first.map { .over(try Self.approval($0).1) } ?? .missing
    }
  }

  func expire(at time: Int64, audit: @Sendable (Approval) -> AuditEntry) async throws -> Int {
    let moment = PostgresTimestamp(microsecondsSinceUnixEpoch: time)
    return try await pool.transaction { connection in
      let expired = try await connection.query(
        """
        UPDATE approvals SET status = \(ApprovalStatus.expired.rawValue), decide_time = \(moment)
        WHERE status = \(ApprovalStatus.pending.rawValue) AND expire_time <= \(moment)
        RETURNING \(unescaped: Self.approvalColumns)
        """)
      for row in expired { try await Self.note(audit(try Self.approval(row).1), connection) }
      return expired.count
    }
  }

  static func approval(_ row: PostgresRow) throws -> (ordinal: Int64, Approval) {
    func moment(_ column: String) throws -> ProtoTimestamp? {
      try row.decode(column, as: PostgresTimestamp?.self).map {
        ProtoTimestamp(microsecondsSinceUnixEpoch: $0.microsecondsSinceUnixEpoch)
      }
    }
    let approval = Approval(
      id: try row.decode("id"), simulationID: try row.decode("simulation_id"),
      status: ApprovalStatus(rawValue: try row.decode("status")), changeRequest: try decode(try row.decode("change")),
      predictedImpact: try decode(try row.decode("impact")), createTime: try moment("create_time"),
      expireTime: try moment("expire_time"), decideTime: try moment("decide_time"),
      decidedBy: try row.decode("decided_by"), comment: try row.decode("comment"))
    return (try row.decode("ordinal"), approval)
  }

  private static func time(_ time: ProtoTimestamp?) -> PostgresTimestamp {
    PostgresTimestamp(microsecondsSinceUnixEpoch: time.flatMap { UTCInstant($0) }?.microseconds ?? 0)
  }
}
