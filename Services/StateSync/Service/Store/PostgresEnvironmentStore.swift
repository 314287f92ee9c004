import FleetCore
import PostgresDriver
import PostgresPool
import SimulationInput
import TwinProto

/// Keeps mirrors of environments in the schema `state_sync`.
struct PostgresEnvironmentStore: EnvironmentStore {
  let pool: PostgresPool
  let metricDays: DayPartitions

  init(_ pool: PostgresPool) {
    self.pool = pool
    metricDays = DayPartitions(pool, table: "metric_points")
  }

  // MARK: Environments

  static let columns = """
    environment_id, kind, create_time, last_sync_time, target_count, revision, forwarded_revision, is_deleted
    """

  func create(_ draft: EnvironmentDraft, at time: UTCInstant) async throws -> EnvironmentCreateOutcome {
    try await transaction { connection in
      // Creates take turns, so that the bound holds and each finds what the one before made.
      try await connection.executeScript("LOCK TABLE environments IN SHARE ROW EXCLUSIVE MODE")
      if let requestID = draft.requestID,
        let seen = try await records(
          "SELECT \(unescaped: Self.columns) FROM environments WHERE request_id = \(requestID)", on: connection
        ).first
      {
        return .requestSeen(seen)
      }
      let old = try await records(
        "SELECT \(unescaped: Self.columns) FROM environments WHERE environment_id = \(draft.id)", on: connection
      ).first
      if let old, !old.isDeleted { return .exists(old) }
      let count = try await connection.query("SELECT count(*) FROM environments WHERE NOT is_deleted")[0]
        .decode(Int64.self)
      guard count < EnvironmentLimits.environments else { throw EnvironmentBoundReached.environments }
      try await connection.query("DELETE FROM environments WHERE environment_id = \(draft.id)")
      try await connection.query(
        """
        INSERT INTO environments (environment_id, kind, create_time, revision, request_id)
        VALUES (\(draft.id), \(Int(draft.kind.rawValue)), \(PostgresTimestamp(time)), \((old?.revision ?? 0) + 1),
          \(draft.requestID as String?))
        """)
      for (place, source) in draft.sources.enumerated() {
        let config = PostgresJSON(try JSONText.text(source.config))
        try await connection.query(
          """
          INSERT INTO environment_sources (environment_id, place, name, kind, config)
          VALUES (\(draft.id), \(place), \(source.name), \(Int(source.kind.rawValue)), \(config))
          """)
      }
      let made = try await records(
        "SELECT \(unescaped: Self.columns) FROM environments WHERE environment_id = \(draft.id)", on: connection)
      return .created(made[0])
    }
  }

  func environment(_ id: String) async throws -> EnvironmentRecord? {
    try await records(
      "SELECT \(unescaped: Self.columns) FROM environments WHERE environment_id = \(id) AND NOT is_deleted"
    ).first
  }

  func anyEnvironment(_ id: String) async throws -> EnvironmentRecord? {
    try await records("SELECT \(unescaped: Self.columns) FROM environments WHERE environment_id = \(id)").first
  }

  func environments(after id: String, limit: Int) async throws -> [EnvironmentRecord] {
    try await records(
      """
      SELECT \(unescaped: Self.columns) FROM environments
      WHERE environment_id > \(id) AND NOT is_deleted ORDER BY environment_id LIMIT \(limit)
      """)
  }

  func unforwarded() async throws -> [EnvironmentRecord] {
    try await records(
      """
      SELECT \(unescaped: Self.columns) FROM environments WHERE revision > forwarded_revision ORDER BY environment_id
      """)
  }

  func delete(_ id: String) async throws -> Bool {
    try await transaction { connection in
      let rows = try await connection.query(
        """
        UPDATE environments SET is_deleted = true, revision = revision + 1, target_count = 0, request_id = NULL
        WHERE environment_id = \(id) AND NOT is_deleted RETURNING 1
        """)
      guard !rows.isEmpty else { return false }
      try await connection.query(
        """
        DELETE FROM metric_points USING metric_series
        WHERE metric_points.series_key = metric_series.series_key AND environment_id = \(id)
        """)
      for table in [
        "metric_series", "environment_targets", "environment_reports", "environment_removals",
        "environment_sources",
      ] {
        try await connection.query("DELETE FROM \(unescaped: table) WHERE environment_id = \(id)")
      }
      return true
    }
  }

  private func records(_ sql: SQL) async throws -> [EnvironmentRecord] {
    try await reachable { try await pool.withConnection { try await records(sql, on: $0) } }
  }

  /// The environments that a statement gives, with their sources.
  func records(_ sql: SQL, on connection: PostgresConnection) async throws -> [EnvironmentRecord] {
    var found = try await connection.query(sql).map { row in
      let (id, kind, created, synced, count, revision, forwarded, isDeleted) = try row.decode(
        String.self, Int32.self, PostgresTimestamp.self, PostgresTimestamp?.self, Int.self, Int64.self, Int64.self,
        Bool.self)
      return EnvironmentRecord(
        id: id, kind: EnvironmentKind(rawValue: kind), createTime: UTCInstant(created),
        lastSyncTime: synced.map { UTCInstant($0) }, targetCount: count, revision: revision,
        forwardedRevision: forwarded, isDeleted: isDeleted)
    }
    guard !found.isEmpty else { return [] }
    let places = Dictionary(found.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let sources = try await connection.query(
      """
      SELECT environment_id, name, kind, config::text, last_error, last_sync_time FROM environment_sources
      WHERE environment_id = ANY(\(found.map(\.id))) ORDER BY environment_id, place
      """)
    for row in sources {
      let (id, name, kind, config, error, synced) = try row.decode(
        String.self, String.self, Int32.self, String.self, String?.self, PostgresTimestamp?.self)
      guard let place = places[id] else { continue }
      found[place].sources.append(
        MirrorSource(
          name: name, kind: SourceKind(rawValue: kind), config: try JSONText.object(config), lastError: error,
          lastSyncTime: synced.map { UTCInstant($0) }))
    }
    return found
  }

  // MARK: Targets

  static let targetColumns = "name, kind, state::text, sync_time, sources, version, revision, change_revision"

  static func target(_ row: PostgresRow) throws -> TargetRecord {
    let (name, kind, state, time, sources, version, revision, changeRevision) = try row.decode(
      String.self, String.self, String.self, PostgresTimestamp.self, [String].self, Int64.self, Int64.self, Int64.self)
    return TargetRecord(
      name: name, kind: kind, state: try JSONText.object(state), syncTime: UTCInstant(time), sources: sources,
      version: version, revision: revision, changeRevision: changeRevision)
  }

  func target(_ name: String, of id: String) async throws -> TargetRecord? {
    try await query(
      """
      SELECT \(unescaped: Self.targetColumns) FROM environment_targets WHERE environment_id = \(id) AND name = \(name)
      """
    ).first.map { try Self.target($0) }
  }

  func targets(_ query: TargetQuery) async throws -> [TargetRecord] {
    // The server weighs, so that what is too much never comes here.
    let rows = try await self.query(
      """
      SELECT \(unescaped: Self.targetColumns) FROM (
        SELECT *, row_number() OVER (ORDER BY name) AS place, sum(length(state::text)) OVER (ORDER BY name) AS sum_bytes
        FROM (
          SELECT * FROM environment_targets
          WHERE environment_id = \(query.environmentID) AND name > \(query.after)
            AND (\(query.kind) = '' OR kind = \(query.kind))
            AND revision > \(query.readAfter) AND change_revision > \(query.changedAfter)
          ORDER BY name LIMIT \(query.limit)) AS wanted) AS weighed
      WHERE place = 1 OR sum_bytes <= \(query.bytes) ORDER BY name
      """)
    return try rows.map { try Self.target($0) }
  }

  func targetNames(of id: String) async throws -> [String] {
    try await query("SELECT name FROM environment_targets WHERE environment_id = \(id) ORDER BY name").map {
      try $0.decode(String.self)
    }
  }

  // MARK: Forwarding

  func removals(of id: String) async throws -> [String] {
    try await query("SELECT name FROM environment_removals WHERE environment_id = \(id) ORDER BY name").map {
      try $0.decode(String.self)
    }
  }

  func didForward(_ environment: EnvironmentRecord) async throws {
    let created = PostgresTimestamp(environment.createTime)
    guard !environment.isDeleted else {
      try await query(
        """
        DELETE FROM environments
        WHERE environment_id = \(environment.id) AND create_time = \(created) AND is_deleted
        """)
      return
    }
    try await query(
      """
      WITH noted AS (
        UPDATE environments SET forwarded_revision = greatest(forwarded_revision, \(environment.revision))
        WHERE environment_id = \(environment.id) AND create_time = \(created) AND NOT is_deleted
        RETURNING environment_id)
      DELETE FROM environment_removals USING noted
      WHERE environment_removals.environment_id = noted.environment_id
        AND environment_removals.revision <= \(environment.revision)
      """)
  }

  // MARK: How

  @discardableResult
  func query(_ sql: SQL) async throws -> PostgresRows { try await reachable { try await pool.query(sql) } }

  func transaction<Result>(
    _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Result
  ) async throws -> Result { try await reachable { try await pool.transaction(TransactionOptions(), body) } }

  func reachable<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as PostgresError where error.isUnavailable || error.isRetryable {
      throw StoreUnavailable(error.description)
    }
  }
}
