import NIOCore
import PostgresDriver
import PostgresPool
import TwinConversions
import TwinProto

/// Alerts in the schema `results`.
struct PostgresAlertStore: AlertStore {
  let pool: PostgresPool

  private static let columns = """
    ordinal, id, key, status, severity, code, message, resource, environment, details, first_time, last_time, count, \
    acknowledged_by, resolve_time
    """

  func raise(_ request: RaiseAlertRequest, time: Int64) async throws -> Alert {
    let moment = PostgresTimestamp(microsecondsSinceUnixEpoch: time)
    let details = try request.details.map { details in
      var buffer = ByteBuffer()
      try details.serialize(into: &buffer)
      return Array(buffer.readableBytesView)
    }
    let rows = try await pool.query(
      """
      INSERT INTO alerts (key, severity, code, message, resource, environment, details, first_time, last_time)
      VALUES (\(request.key), \(request.severity.rawValue), \(request.code), \(request.message), \(request.resource),
        \(request.environment), \(nullable: details), \(moment), \(moment))
      ON CONFLICT (key) WHERE status <> 3 DO UPDATE SET count = alerts.count + 1, severity = EXCLUDED.severity,
        code = EXCLUDED.code, message = EXCLUDED.message, resource = EXCLUDED.resource,
        environment = EXCLUDED.environment, details = EXCLUDED.details,
        last_time = greatest(alerts.last_time, EXCLUDED.last_time)
      RETURNING \(unescaped: Self.columns)
      """)
    guard let row = rows.first else { throw PostgresAlertStoreError.noRow }
    return try Self.stored(row).alert
  }

  private enum PostgresAlertStoreError: Error { case noRow }

  func alerts(_ filter: AlertFilter, before: Int64, limit: Int) async throws -> [StoredAlert] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.columns) FROM alerts
      WHERE ordinal < \(before) AND (\(filter.status == .unspecified) OR status = \(filter.status.rawValue))
        AND (\(filter.resource.isEmpty) OR resource = \(filter.resource))
        AND (\(filter.environment.isEmpty) OR environment = \(filter.environment))
      ORDER BY ordinal DESC LIMIT \(Int64(limit))
      """
    ).map(Self.stored)
  }

  func acknowledge(_ id: String, by name: String) async throws -> Alert? {
    let resolved = AlertStatus.resolved.rawValue
    return try await pool.query(
      """
      UPDATE alerts SET
        acknowledged_by = CASE WHEN status = \(resolved) THEN acknowledged_by ELSE \(name) END,
        status = CASE WHEN status = \(resolved) THEN status ELSE \(AlertStatus.acknowledged.rawValue) END
      WHERE id = \(id) RETURNING \(unescaped: Self.columns)
      """
    ).first.map { try Self.stored($0).alert }
  }

  func resolve(_ name: AlertName, time: Int64) async throws -> Alert? {
    let (id, key) =
      switch name {
      case .id(let id): (id, "")
      case .openKey(let key): ("", key)
      }
    let resolved = AlertStatus.resolved.rawValue
    let moment = PostgresTimestamp(microsecondsSinceUnixEpoch: time)
    return try await pool.query(
      """
      UPDATE alerts SET
        resolve_time = CASE WHEN status = \(resolved) THEN resolve_time ELSE \(moment) END, status = \(resolved)
      WHERE id = \(id) OR (\(!key.isEmpty) AND key = \(key) AND status <> \(resolved))
      RETURNING \(unescaped: Self.columns)
      """
    ).first.map { try Self.stored($0).alert }
  }

  private static func stored(_ row: PostgresRow) throws -> StoredAlert {
    let details: [UInt8]? = try row.decode("details")
    func time(_ column: String) throws -> ProtoTimestamp? {
      try row.decode(column, as: PostgresTimestamp?.self).map {
        ProtoTimestamp(microsecondsSinceUnixEpoch: $0.microsecondsSinceUnixEpoch)
      }
    }
    let alert = Alert(
      id: try row.decode("id"), key: try row.decode("key"), status: AlertStatus(rawValue: try row.decode("status")),
      severity: Severity(rawValue: try row.decode("severity")), code: try row.decode("code"),
      message: try row.decode("message"), resource: try row.decode("resource"),
      environment: try row.decode("environment"),
      details: try details.map { try ProtoStruct(serialized: ByteBuffer(bytes: $0)) },
      firstTime: try time("first_time"),
      lastTime: try time("last_time"), count: UInt64(try row.decode("count", as: Int64.self)),
      acknowledgedBy: try row.decode("acknowledged_by"), resolveTime: try time("resolve_time"))
    return StoredAlert(ordinal: try row.decode("ordinal"), alert: alert)
  }
}
