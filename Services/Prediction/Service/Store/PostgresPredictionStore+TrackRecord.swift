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
      for residual in residuals { stored += try await Self.insert(residual, connection) }
      try await Self.note(audit, connection)
      return stored
    }
  }

  private static func insert(_ residual: Residual, _ connection: PostgresConnection) async throws -> [Residual] {
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
    return try rows.map { try Self.residual($0).residual }
  }

  // MARK: Expected values

  func expect(_ values: [ExpectedValue]) async throws {
    guard !values.isEmpty else { return }
    try await pool.transaction { connection in
      for value in values {
        let made = PostgresTimestamp(microsecondsSinceUnixEpoch: value.madeTime)
        let due = PostgresTimestamp(microsecondsSinceUnixEpoch: value.dueTime)
        try await connection.query(
          """
          INSERT INTO expected_values (environment, target, metric, labels, made_time, due_time, predicted, low, high,
            level)
          VALUES (\(value.environment), \(value.target), \(value.metric), \(value.labels), \(made), \(due),
            \(value.predicted), \(nullable: value.interval?.low), \(nullable: value.interval?.high),
            \(nullable: value.interval?.level))
          ON CONFLICT DO NOTHING
          """)
      }
    }
  }

  func expected(environment: String, target: String, until time: Int64, limit: Int) async throws
    -> [(ordinal: Int64, ExpectedValue)]
  {
    try await pool.query(
      """
      SELECT ordinal, environment, target, metric, labels, made_time, due_time, predicted, low, high, level
      FROM expected_values
      WHERE environment = \(environment) AND (\(target.isEmpty) OR target = \(target))
        AND due_time <= \(PostgresTimestamp(microsecondsSinceUnixEpoch: time))
      ORDER BY due_time, ordinal LIMIT \(Int64(limit))
      """
    ).map { row in
      let value = ExpectedValue(
        environment: try row.decode("environment"), target: try row.decode("target"),
        metric: try row.decode("metric"), labels: try row.decode("labels"),
        madeTime: try row.decode("made_time", as: PostgresTimestamp.self).microsecondsSinceUnixEpoch,
        dueTime: try row.decode("due_time", as: PostgresTimestamp.self).microsecondsSinceUnixEpoch,
        predicted: try row.decode("predicted"), interval: try Self.interval(row))
      return (try row.decode("ordinal"), value)
    }
  }

  func settle(_ ordinals: [Int64], _ residuals: [Residual]) async throws {
    try await pool.transaction { connection in
      // A value that two replicas settle has the same names in both, and is recorded once.
      for ordinal in ordinals {
        try await connection.query("DELETE FROM expected_values WHERE ordinal = \(ordinal)")
      }
      for residual in residuals { _ = try await Self.insert(residual, connection) }
    }
  }

  // MARK: Residuals

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
    let residual = Residual(
      simulationID: try row.decode("simulation_id"), metric: try row.decode("metric"),
      appliedTime: try row.decode("applied_time", as: PostgresTimestamp.self).microsecondsSinceUnixEpoch,
      environment: try row.decode("environment"), model: try row.decode("model"), regime: try row.decode("regime"),
      isIncident: try row.decode("is_incident"), predicted: try row.decode("predicted"),
      actual: try row.decode("actual"), interval: try interval(row))
    return StoredResidual(ordinal: try row.decode("ordinal"), residual: residual)
  }

  private static func interval(_ row: PostgresRow) throws -> Interval? {
    let (low, high, level): (Double?, Double?, Double?) = (
      try row.decode("low"), try row.decode("high"), try row.decode("level")
    )
    guard let low, let high, let level else { return nil }
    return Interval(low: low, high: high, level: level)
  }
}
