import FleetCore
import PostgresDriver
import PostgresGroupCommit
import PostgresPool

/// Keeps telemetry in the schema `state_sync`.
struct PostgresTelemetryStore: TelemetryStore {
  /// How long an append waits for a database that is away before its sender is told.
  static let patience = Duration.seconds(2)
  /// How long the outcome of a commit is looked for whose connection was lost.
  static let outcomePatience = Duration.seconds(10)

  private let pool: PostgresPool
  private let committer: GroupCommitter<LogRow>

  init(_ pool: PostgresPool, observer: (any GroupCommitObserver)? = nil) {
    self.pool = pool
    let target = GroupCommitTarget(
      CopyTarget(schema: "state_sync", table: "telemetry", columns: TelemetryColumns.all), key: TelemetryColumns.key)
    let bounds = GroupCommitConfiguration(
      maximumBatchRows: TelemetryStoreLimits.rowsPerAppend, maximumBatchBytes: 64 << 20,
      maximumQueuedRows: TelemetryStoreLimits.rowsPerAppend, maximumWait: Self.patience,
      outcomeTimeout: Self.outcomePatience)
    committer = GroupCommitter(pool: pool, target: target, configuration: bounds, observer: observer) { row, buffer in
      try TelemetryColumns.encode(row, into: &buffer)
    }
  }

  // MARK: Vehicles

  func vehicles() async throws -> [Vehicle] {
    try await query("SELECT \(unescaped: Self.vehicleColumns) FROM vehicles ORDER BY vehicle_key").map {
      try Self.vehicle($0)
    }
  }

  func remember(_ identities: [VehicleIdentity]) async throws -> [Vehicle] {
    guard !identities.isEmpty else { return [] }
    return try await query(
      """
      INSERT INTO vehicles (vehicle_id, physical_vehicle_id)
      SELECT * FROM unnest(\(identities.map(\.id))::text[], \(identities.map(\.physicalID))::text[])
      ON CONFLICT (vehicle_id) DO UPDATE SET is_removed = false RETURNING \(unescaped: Self.vehicleColumns)
      """
    ).map { try Self.vehicle($0) }
  }

  func forget(_ ids: [String]) async throws {
    guard !ids.isEmpty else { return }
    try await query("UPDATE vehicles SET is_removed = true WHERE vehicle_id = ANY(\(ids))")
  }

  private static let vehicleColumns = "vehicle_key, vehicle_id, physical_vehicle_id, is_removed"

  private static func vehicle(_ row: PostgresRow) throws -> Vehicle {
    let (key, id, physicalID, isRemoved) = try row.decode(Int32.self, String.self, String.self, Bool.self)
    return Vehicle(key: key, id: id, physicalID: physicalID, isRemoved: isRemoved)
  }

  // MARK: The log

  func marks() async throws -> LogMarks {
    try await reachable {
      try await pool.transaction { connection in
        // A commit of the process before this one may still be under way on the server; the lock waits for it.
        try await connection.executeScript("LOCK TABLE telemetry IN SHARE MODE")
        let row = try await connection.query(
          """
          SELECT coalesce((SELECT max(log_position) FROM telemetry), 0), checkpoint_position, forwarded_position
          FROM sync_log
          """)[0]
        let (last, checkpoint, forwarded) = try row.decode(Int64.self, Int64.self, Int64.self)
        return LogMarks(last: last, checkpoint: checkpoint, forwarded: forwarded)
      }
    }
  }

  func sources() async throws -> [SourceRecord] {
    try await query("SELECT \(unescaped: Self.sourceColumns) FROM sources ORDER BY source_key").map {
      try Self.source($0)
    }
  }

  func openSources(_ names: [SourceName]) async throws -> [SourceRecord] {
    guard !names.isEmpty else { return [] }
    let keys = names.map { Int64($0.vehicleKey) }
    let texts = names.map(\.name)
    let rows = try await query(
      """
      WITH wanted AS (SELECT * FROM unnest(\(keys)::bigint[], \(texts)::text[]) AS wanted (vehicle_key, source)),
      made AS (
        INSERT INTO sources (vehicle_key, source) SELECT * FROM wanted
        ON CONFLICT ON CONSTRAINT sources_name DO NOTHING RETURNING \(unescaped: Self.sourceColumns))
      SELECT * FROM made
      UNION ALL
      SELECT \(unescaped: Self.sourceColumns) FROM sources JOIN wanted USING (vehicle_key, source)
      """)
    let found = try rows.map { try Self.source($0) }
    return try names.map { name in
      guard let source = found.first(where: { $0.vehicleKey == name.vehicleKey && $0.name == name.name }) else {
        // Another process made it between the two halves of the statement.
        throw StoreUnavailable("the source '\(name.name)' was being made by another process")
      }
      return source
    }
  }

  private static let sourceColumns =
    "source_key, vehicle_key, source, sequences, accepted, duplicate, late, rejected, last_time"

  private static func source(_ row: PostgresRow) throws -> SourceRecord {
    let (key, vehicleKey, name, sequences, accepted, duplicate, late, rejected, lastTime) = try row.decode(
      Int32.self, Int32.self, String.self, [Int64].self, Int64.self, Int64.self, Int64.self, Int64.self,
      PostgresTimestamp?.self)
    guard let window = SequenceWindow(encoded: sequences) else {
      throw PostgresError(.decodingFailure, "sources.sequences of source_key \(key) is no sequence window")
    }
    var source = SourceRecord(key: key, vehicleKey: vehicleKey, name: name)
    source.window = window
    source.counts = SourceCounts(
      accepted: UInt64(accepted), duplicate: UInt64(duplicate), late: UInt64(late), rejected: UInt64(rejected))
    source.lastTime = lastTime.map { UTCInstant($0) }
    return source
  }

  func entries(after position: Int64, limit: Int) async throws -> [LogEntry] {
    try await query(
      """
      SELECT log_position, source_key, sequence, time FROM telemetry
      WHERE log_position > \(position) ORDER BY log_position LIMIT \(limit)
      """
    ).map { row in
      let (position, sourceKey, sequence, time) = try row.decode(
        Int64.self, Int32.self, Int64.self, PostgresTimestamp.self)
      return LogEntry(position: position, sourceKey: sourceKey, sequence: UInt64(sequence), time: UTCInstant(time))
    }
  }

  func rows(after position: Int64, limit: Int, bytes: Int) async throws -> LogPage {
    let next = "SELECT \(TelemetryColumns.list) FROM telemetry WHERE log_position > $1 ORDER BY log_position LIMIT $2"
    let text = TelemetryColumns.page(of: next, order: "log_position", bytes: "$3")
    let page = try await query(SQL(text, [.int8(position), .int8(Int64(limit) + 1), .int8(Int64(bytes))]))
    return try TelemetryColumns.decode(page: page, limit: limit)
  }

  func append(_ rows: [LogRow]) async throws -> [Int] {
    do {
      return try await committer.append(rows).duplicates
    } catch let error as GroupCommitError {
      switch error {
      case .unavailable, .queueFull, .closed: throw StoreUnavailable("\(error)")
      case .refused, .appendTooLarge: throw RowsRefused(description: "\(error)")
      case .outcomeUnknown: throw OutcomeUnknown(description: "\(error)")
      }
    }
  }

  func checkpoint(_ sources: [SourceRecord], checkpoint: Int64, forwarded: Int64) async throws {
    var rest = sources[...]
    while !rest.isEmpty {
      try await store(rest.prefix(TelemetryStoreLimits.sourcesPerCheckpoint))
      rest = rest.dropFirst(TelemetryStoreLimits.sourcesPerCheckpoint)
    }
    // Last, so that the sources never tell of less than the position says.
    try await query("UPDATE sync_log SET checkpoint_position = \(checkpoint), forwarded_position = \(forwarded)")
  }

  /// Stands for an absent time in an array of times.
  private static let noTime = Int64.min

  private func store(_ sources: ArraySlice<SourceRecord>) async throws {
    func numbers(_ path: (SourceCounts) -> UInt64) -> [Int64] { sources.map { Int64(clamping: path($0.counts)) } }
    let windows = sources.map { "{\($0.window.encoded.map { String($0) }.joined(separator: ","))}" }
    try await query(
      """
      UPDATE sources SET sequences = stored.sequences::bigint[], accepted = stored.accepted,
        duplicate = stored.duplicate, late = stored.late, rejected = stored.rejected,
        last_time = 'epoch'::timestamptz + nullif(stored.last_time, \(Self.noTime)) * interval '1 microsecond'
      FROM unnest(
        \(sources.map { Int64($0.key) })::bigint[], \(windows)::text[], \(numbers(\.accepted))::bigint[],
        \(numbers(\.duplicate))::bigint[], \(numbers(\.late))::bigint[], \(numbers(\.rejected))::bigint[],
        \(sources.map { $0.lastTime?.microseconds ?? Self.noTime })::bigint[]
      ) AS stored (source_key, sequences, accepted, duplicate, late, rejected, last_time)
      WHERE sources.source_key = stored.source_key
      """)
  }

  // MARK: Reading

  func history(_ query: HistoryQuery) async throws -> LogPage {
    try TelemetryColumns.decode(page: try await self.query(query.sql), limit: query.limit)
  }

  @discardableResult
  private func query(_ sql: SQL) async throws -> PostgresRows { try await reachable { try await pool.query(sql) } }

  private func reachable<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as PostgresError where error.isUnavailable || error.isRetryable {
      throw StoreUnavailable(error.description)
    }
  }
}

extension HistoryQuery {
  fileprivate var sql: SQL {
    var parameters: [PostgresValue] = []
    func bind(_ value: PostgresValue) -> String {
      parameters.append(value)
      return "$\(parameters.count)"
    }
    var conditions = [
      "vehicle_key = \(bind(.int4(vehicleKey)))", "time < \(bind(.timestamptz(PostgresTimestamp(to))))",
    ]
    if let from { conditions.append("time >= \(bind(.timestamptz(PostgresTimestamp(from))))") }
    if let sourceKey { conditions.append("source_key = \(bind(.int4(sourceKey)))") }
    if let after {
      let place = [
        bind(.timestamptz(PostgresTimestamp(after.time))), bind(.int4(after.sourceKey)),
        bind(.int8(Int64(after.sequence))),
      ]
      conditions.append("(time, source_key, sequence) > (\(place.joined(separator: ", ")))")
    }
    let condition = conditions.joined(separator: " AND ")
    let (columns, order) = (TelemetryColumns.list, "time, source_key, sequence")
    // One more, to know whether anything follows.
    let (last, weight) = (bind(.int8(Int64(limit) + 1)), bind(.int8(Int64(bytes))))
    guard let interval = intervalMicroseconds else {
      let rows = "SELECT \(columns) FROM telemetry WHERE \(condition) ORDER BY \(order) LIMIT \(last)"
      return SQL(TelemetryColumns.page(of: rows, order: order, bytes: weight), parameters)
    }
    // Goes along the index and stops after `limit` intervals, however long the history is.
    let length = bind(.int8(interval))
    let rows = """
      SELECT \(columns) FROM (
        SELECT *, lead(bucket) OVER (ORDER BY \(order)) AS next_bucket FROM (
          SELECT \(columns), floor(extract(epoch FROM time) * 1000000 / \(length)) AS bucket
          FROM telemetry WHERE \(condition)) AS numbered) AS followed
      WHERE next_bucket IS DISTINCT FROM bucket ORDER BY \(order) LIMIT \(last)
      """
    return SQL(TelemetryColumns.page(of: rows, order: order, bytes: weight), parameters)
  }
}
