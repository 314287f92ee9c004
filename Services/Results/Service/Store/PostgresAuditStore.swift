import NIOCore
import PostgresDriver
import PostgresPool
import TwinProto

/// The audit in the schema `results`, where the service may only add to it.
struct PostgresAuditStore: AuditStore {
  let pool: PostgresPool

  func record(_ entry: AuditEntry, time: Int64) async throws {
    var buffer = ByteBuffer()
    try entry.serialize(into: &buffer)
    _ = try await pool.execute(
      """
      INSERT INTO audit (id, time, actor, action, resource, environment, entry)
      VALUES (\(entry.id), \(PostgresTimestamp(microsecondsSinceUnixEpoch: time)), \(entry.actor), \(entry.action),
        \(entry.resource), \(entry.environment), \(Array(buffer.readableBytesView)))
      ON CONFLICT (id) DO NOTHING
      """)
  }

  func entries(_ filter: AuditFilter, before: AuditPosition, limit: Int) async throws -> [StoredAuditEntry] {
    let rows = try await pool.query(
      """
      SELECT time, ordinal, entry FROM audit
      WHERE (\(before == .end) OR (time, ordinal) < (\(Self.time(before.time)), \(before.ordinal)))
        AND (\(filter.from == .min) OR time >= \(Self.time(filter.from)))
        AND (\(filter.to == .max) OR time < \(Self.time(filter.to)))
        AND (\(filter.actor.isEmpty) OR actor = \(filter.actor))
        AND (\(filter.action.isEmpty) OR action = \(filter.action))
        AND (\(filter.resource.isEmpty) OR resource = \(filter.resource))
        AND (\(filter.environment.isEmpty) OR environment = \(filter.environment))
      ORDER BY time DESC, ordinal DESC LIMIT \(Int64(limit))
      """)
    return try rows.map { row in
      let (time, ordinal, bytes) = try row.decode(PostgresTimestamp.self, Int64.self, [UInt8].self)
      return StoredAuditEntry(
        position: AuditPosition(time: time.microsecondsSinceUnixEpoch, ordinal: ordinal),
        entry: try AuditEntry(serialized: ByteBuffer(bytes: bytes)))
    }
  }

  /// The ends of time are none that PostgreSQL knows; where they stand for no bound, any moment does.
  private static func time(_ microseconds: Int64) -> PostgresTimestamp {
    PostgresTimestamp(microsecondsSinceUnixEpoch: microseconds == .min || microseconds == .max ? 0 : microseconds)
  }
}
