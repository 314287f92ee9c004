import FleetCore
import PostgresDriver
import PostgresPool

/// Keeps twins in the schema `twin_engine`.
struct PostgresTwinStore: TwinStore {
  let pool: PostgresPool

  init(_ pool: PostgresPool) { self.pool = pool }

  static let columns = """
    number, physical_vehicle_id, model_type, overrides::text, create_time, update_time, change, \
    delete_time IS NOT NULL, calibration_version, calibrated::text
    """

  func create(_ draft: TwinDraft, at time: UTCInstant) async throws -> CreateOutcome {
    let overrides = PostgresJSON(try StoredJSON.text(draft.overrides))
    let time = PostgresTimestamp(time)
    do {
      // One statement, so that a refused insert takes the counters back.
      let rows = try await query(
        """
        WITH next AS (
          UPDATE twin_counter SET last_number = last_number + 1, last_change = last_change + 1
          RETURNING last_number, last_change)
        INSERT INTO twins (number, physical_vehicle_id, model_type, overrides, create_time, update_time, change, request_id)
        SELECT last_number, \(draft.physicalVehicleID), \(draft.modelType), \(overrides), \(time), \(time), last_change,
          \(draft.requestID as String?)
        FROM next RETURNING \(unescaped: Self.columns)
        """)
      return .created(try Self.record(rows[0]))
    } catch let error as PostgresError where error.code == .uniqueViolation {
      return try await obstacle(to: draft, error)
    }
  }

  /// What a create ran into. The request id goes first: a repeated create runs into its own twin, too.
  private func obstacle(to draft: TwinDraft, _ error: PostgresError) async throws -> CreateOutcome {
    if let requestID = draft.requestID,
      let row = try await query(
        "SELECT \(unescaped: Self.columns) FROM twins WHERE request_id = \(requestID)"
      ).first
    {
      return .requestSeen(try Self.record(row))
    }
    if let row = try await query(
      """
      SELECT \(unescaped: Self.columns) FROM twins
      WHERE physical_vehicle_id = \(draft.physicalVehicleID) AND delete_time IS NULL
      """
    ).first {
      return .vehicleTaken(try Self.record(row))
    }
    // The twin in the way went meanwhile; the caller may try again.
    throw StoreUnavailable("twins changed during the create: \(error)")
  }

  func twin(_ number: Int64) async throws -> TwinRecord? {
    try await query(
      "SELECT \(unescaped: Self.columns) FROM twins WHERE number = \(number) AND delete_time IS NULL"
    ).first.map { try Self.record($0) }
  }

  func twins(after number: Int64, modelType: String?, limit: Int) async throws -> [TwinRecord] {
    let rows =
      if let modelType {
        try await query(
          """
          SELECT \(unescaped: Self.columns) FROM twins
          WHERE number > \(number) AND delete_time IS NULL AND model_type = \(modelType) ORDER BY number LIMIT \(limit)
          """)
      } else {
        try await query(
          """
          SELECT \(unescaped: Self.columns) FROM twins
          WHERE number > \(number) AND delete_time IS NULL ORDER BY number LIMIT \(limit)
          """)
      }
    return try rows.map { try Self.record($0) }
  }

  func delete(_ number: Int64, at time: UTCInstant) async throws -> TwinRecord? {
    try await query(
      """
      WITH next AS (
        UPDATE twin_counter SET last_change = last_change + 1
        WHERE EXISTS (SELECT FROM twins WHERE number = \(number) AND delete_time IS NULL) RETURNING last_change),
      gone AS (DELETE FROM twin_states WHERE number = \(number)),
      forgotten AS (DELETE FROM calibrations WHERE number = \(number)),
      forgotten_conditions AS (DELETE FROM twin_conditions WHERE number = \(number))
      UPDATE twins SET delete_time = \(PostgresTimestamp(time)), change = next.last_change, calibration_version = 0,
        calibrated = '{}' FROM next
      WHERE number = \(number) AND delete_time IS NULL RETURNING \(unescaped: Self.columns)
      """
    ).first.map { try Self.record($0) }
  }

  func numbers(of physicalVehicleIDs: [String]) async throws -> [String: Int64] {
    let rows = try await query(
      """
      SELECT physical_vehicle_id, number FROM twins
      WHERE physical_vehicle_id = ANY(\(physicalVehicleIDs)) AND delete_time IS NULL
      """)
    return Dictionary(uniqueKeysWithValues: try rows.decode(String.self, Int64.self))
  }

  func changes(after change: Int64, limit: Int) async throws -> [TwinRecord] {
    try await query(
      "SELECT \(unescaped: Self.columns) FROM twins WHERE change > \(change) ORDER BY change LIMIT \(limit)"
    ).map { try Self.record($0) }
  }

  func states(after number: Int64, limit: Int) async throws -> [StoredState] {
    try await query(
      """
      SELECT number, state, sources::text, version FROM twin_states
      WHERE number > \(number) ORDER BY number LIMIT \(limit)
      """
    ).map { try Self.state($0) }
  }

  func states(of numbers: [Int64]) async throws -> [StoredState] {
    precondition(numbers.count <= TwinStoreLimits.statesPerLoad, "too many states for one load")
    return try await query(
      "SELECT number, state, sources::text, version FROM twin_states WHERE number = ANY(\(numbers))"
    ).map { try Self.state($0) }
  }

  private static func state(_ row: PostgresRow) throws -> StoredState {
    let (number, state, sources, version) = try row.decode(Int64.self, [UInt8].self, String.self, Int64.self)
    return StoredState(number: number, state: state, sources: try StoredJSON.sources(sources), version: version)
  }

  func save(_ states: [StoredState]) async throws -> [Int64] {
    precondition(states.count <= TwinStoreLimits.statesPerSave, "too many states for one save")
    guard !states.isEmpty else { return [] }
    let saved = try await query(
      """
      WITH known AS (
        SELECT * FROM ROWS FROM (
          unnest(\(states.map(\.number))::bigint[]), unnest(\(states.map(\.state))::bytea[]),
          jsonb_array_elements(\(PostgresJSON(try StoredJSON.text(states.map(\.sources))))),
          unnest(\(states.map(\.version))::bigint[])
        ) AS known (number, state, sources, version)),
      made AS (
        INSERT INTO twin_states (number, state, sources, version)
        SELECT number, state, sources, 1 FROM known JOIN twins USING (number)
        WHERE version = 0 AND delete_time IS NULL
        ON CONFLICT (number) DO NOTHING RETURNING number),
      replaced AS (
        UPDATE twin_states SET state = known.state, sources = known.sources, version = twin_states.version + 1
        FROM known WHERE twin_states.number = known.number AND twin_states.version = known.version AND known.version > 0
        RETURNING known.number)
      SELECT number FROM made UNION ALL SELECT number FROM replaced
      """
    ).decode(Int64.self)
    let stored = Set(saved)
    return states.map(\.number).filter { !stored.contains($0) }
  }

  func query(_ sql: SQL) async throws -> PostgresRows {
    try await reachable { try await pool.query(sql) }
  }

  func reachable<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as PostgresError where error.isUnavailable || error.isRetryable {
      throw StoreUnavailable(error.description)
    }
  }

  static func record(_ row: PostgresRow) throws -> TwinRecord {
    let (number, vehicle, modelType, overrides, created, updated, change, isDeleted, version, calibrated) =
      try row.decode(
        Int64.self, String.self, String.self, String.self, PostgresTimestamp.self, PostgresTimestamp.self, Int64.self,
        Bool.self, Int64.self, String.self)
    return TwinRecord(
      number: number, physicalVehicleID: vehicle, modelType: modelType, overrides: try StoredJSON.overrides(overrides),
      createTime: UTCInstant(created), updateTime: UTCInstant(updated), change: change, isDeleted: isDeleted,
      calibrationVersion: UInt32(version), calibrated: try StoredJSON.value(calibrated))
  }
}

extension PostgresTimestamp {
  init(_ instant: UTCInstant) { self.init(microsecondsSinceUnixEpoch: instant.microseconds) }
}

extension UTCInstant {
  init(_ timestamp: PostgresTimestamp) { self.init(microseconds: timestamp.microsecondsSinceUnixEpoch) }
}
