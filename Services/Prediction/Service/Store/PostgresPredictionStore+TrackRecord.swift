import PostgresDriver
import PostgresPool
import TwinProto

extension PostgresPredictionStore {
  private static let residualColumns = """
    ordinal, simulation_id, metric, applied_time, environment, model, regime, is_incident, predicted, actual, low, \
    high, level
    """

  func record(_ residuals: [Residual], audit: AuditEntry) async throws -> [Residual] {
    try await pool.transaction { connection in
      var stored: [Residual] = []
      for residual in residuals {
        let applied = PostgresTimestamp(microsecondsSinceUnixEpoch: residual.appliedTime)
        // The update changes nothing, but makes the known row come back.
        let rows = try await connection.query(
          """
          INSERT INTO residuals (simulation_id, metric, applied_time, environment, model, regime, is_incident,
            predicted, actual, low, high, level)
          VALUES (\(residual.simulationID), \(residual.metric), \(applied), \(residual.environment),
            \(residual.model), \(residual.regime), \(residual.isIncident), \(residual.predicted), \(residual.actual),
            \(nullable: residual.interval?.low), \(nullable: residual.interval?.high),
            \(nullable: residual.interval?.level))
          ON CONFLICT (simulation_id, metric, applied_time) DO UPDATE SET metric = EXCLUDED.metric
          RETURNING \(unescaped: Self.residualColumns)
          """)
        stored += try rows.map { try Self.residual($0).residual }
      }
      try await Self.note(audit, connection)
      return stored
    }
  }

  func residuals(model: String, regime: String, limit: Int) async throws -> [Residual] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.residualColumns) FROM residuals
      WHERE model = \(model) AND regime = \(regime) AND NOT is_incident ORDER BY ordinal DESC LIMIT \(Int64(limit))
      """
    ).map { try Self.residual($0).residual }
  }

  func trackRecord(environment: String, model: String, before: Int64, limit: Int) async throws -> [StoredResidual] {
    try await pool.query(
      """
      SELECT \(unescaped: Self.residualColumns) FROM residuals
      WHERE ordinal < \(before) AND (\(environment.isEmpty) OR environment = \(environment))
        AND (\(model.isEmpty) OR model = \(model))
      ORDER BY ordinal DESC LIMIT \(Int64(limit))
      """
    ).map(Self.residual)
  }

  func coverage(environment: String, model: String) async throws -> Coverage {
    let rows = try await pool.query(
      """
      SELECT count(*), count(level), count(*) FILTER (WHERE actual BETWEEN low AND high) FROM residuals
      WHERE (\(environment.isEmpty) OR environment = \(environment)) AND (\(model.isEmpty) OR model = \(model))
      """)
    guard let (total, stated, covered) = try rows.first?.decode(Int64.self, Int64.self, Int64.self) else {
      return Coverage()
    }
    return Coverage(total: Int(total), stated: Int(stated), covered: Int(covered))
  }

  private static func residual(_ row: PostgresRow) throws -> StoredResidual {
    let (low, high, level): (Double?, Double?, Double?) = (
      try row.decode("low"), try row.decode("high"), try row.decode("level")
    )
    var interval: Interval?
    if let low, let high, let level { interval = Interval(low: low, high: high, level: level) }
    let residual = Residual(
      simulationID: try row.decode("simulation_id"), metric: try row.decode("metric"),
      appliedTime: try row.decode("applied_time", as: PostgresTimestamp.self).microsecondsSinceUnixEpoch,
      environment: try row.decode("environment"), model: try row.decode("model"), regime: try row.decode("regime"),
      isIncident: try row.decode("is_incident"), predicted: try row.decode("predicted"),
      actual: try row.decode("actual"), interval: interval)
    return StoredResidual(ordinal: try row.decode("ordinal"), residual: residual)
  }
}
