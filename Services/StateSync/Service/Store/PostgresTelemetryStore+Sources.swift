import FleetCore
import PostgresDriver
import PostgresPool

extension PostgresTelemetryStore {
  func openSources(_ names: [SourceName]) async throws -> [SampleSource] {
    guard !names.isEmpty else { return [] }
    var found: [SourceName: SampleSource] = [:]
    // In one order, so that two processes that make the same ones don't wait for each other.
    let ordered = names.sorted { ($0.vehicleKey, $0.name) < ($1.vehicleKey, $1.name) }
    // What another process makes at the same time the statement neither makes nor sees; the next one does.
    for _ in 0..<Self.openingTries where names.contains(where: { found[$0] == nil }) {
      for source in try await openOrFind(ordered) { found[SourceName(source)] = source }
    }
    return try names.map { name in
      guard let source = found[name] else {
        throw StoreUnavailable("the source '\(name.name)' was being made by another process")
      }
      return source
    }
  }

  /// Of those that other processes are making some may be missing.
  private func openOrFind(_ names: [SourceName]) async throws -> [SampleSource] {
    let keys = names.map { Int64($0.vehicleKey) }
    let texts = names.map(\.name)
    return try await query(
      """
      WITH wanted AS (SELECT * FROM unnest(\(keys)::bigint[], \(texts)::text[]) AS wanted (vehicle_key, source)),
      made AS (
        INSERT INTO sources (vehicle_key, source) SELECT * FROM wanted
        ON CONFLICT ON CONSTRAINT sources_name DO NOTHING RETURNING \(unescaped: Self.sourceColumns))
      SELECT * FROM made
      UNION ALL
      SELECT \(unescaped: Self.sourceColumns) FROM sources JOIN wanted USING (vehicle_key, source)
      """
    ).map { try Self.source($0) }
  }

  func sources(of vehicleKey: Int32) async throws -> [SampleSource] {
    try await query(
      """
      SELECT \(unescaped: Self.sourceColumns) FROM sources WHERE vehicle_key = \(vehicleKey)
      ORDER BY source COLLATE "C"
      """
    ).map { try Self.source($0) }
  }

  func sources(_ keys: [Int32]) async throws -> [SampleSource] {
    guard !keys.isEmpty else { return [] }
    return try await query(
      "SELECT \(unescaped: Self.sourceColumns) FROM sources WHERE source_key = ANY(\(keys.map { Int64($0) }))"
    ).map { try Self.source($0) }
  }

  func sourcesAhead(of log: Int32) async throws -> [SampleSource] {
    try await pool.reachable { pool in try await pool.withConnection { try await Self.sourcesAhead(of: log, on: $0) } }
  }

  static func sourcesAhead(of log: Int32, on connection: PostgresConnection) async throws -> [SampleSource] {
    try await connection.query(
      """
      SELECT \(unescaped: Self.sourceColumns) FROM sources WHERE source_key IN (
        SELECT source_key FROM telemetry WHERE log_id = \(log) AND log_position > (
          SELECT checkpoint_position FROM logs WHERE log_id = \(log)))
      ORDER BY source_key
      """
    ).map { try Self.source($0) }
  }

  /// Attempts to find sources that other processes are making.
  private static let openingTries = 3

  private static let sourceColumns = "source_key, vehicle_key, source"

  private static func source(_ row: PostgresRow) throws -> SampleSource {
    let (key, vehicleKey, name) = try row.decode(Int32.self, Int32.self, String.self)
    return SampleSource(key: key, vehicleKey: vehicleKey, name: name)
  }

  // MARK: What has come

  func load(_ sources: [SampleSource], for log: Int32) async throws -> [SourceRecord] {
    var loaded: [SourceRecord] = []
    for part in sources.chunks(of: TelemetryStoreLimits.sourcesPerStatement) {
      loaded += try await pool.reachable { pool in
        // One picture of the records, the checkpoints and the rows after them.
        try await pool.transaction(TransactionOptions(isolation: .repeatableRead, isReadOnly: true)) {
          try await Self.load(Array(part), for: log, on: $0)
        }
      }
    }
    return loaded
  }

  static func load(
    _ sources: [SampleSource], for log: Int32, on connection: PostgresConnection
  ) async throws -> [SourceRecord] {
    var records = Dictionary(sources.map { ($0.key, SourceRecord($0)) }) { $1 }
    let keys = sources.map { Int64($0.key) }
    let stored = try await connection.query(
      """
      SELECT source_key, log_id, sequences, accepted, duplicate, late, rejected, last_time FROM source_records
      WHERE source_key = ANY(\(keys)) ORDER BY source_key, log_id
      """)
    for row in stored {
      let (key, record) = try Self.record(row)
      records[key]?.add(record, isOwn: record.log == log)
    }
    // Without checkpoints for long, much may have come.
    var last = LogEntry(log: .min, position: 0, sourceKey: 0, sequence: 0, time: UTCInstant(nanoseconds: 0))
    while true {
      let page = try await connection.query(
        """
        SELECT log_id, log_position, source_key, sequence, time FROM logs
        CROSS JOIN LATERAL (
          SELECT log_position, source_key, sequence, time FROM telemetry
          WHERE telemetry.log_id = logs.log_id AND log_position > checkpoint_position
            AND (telemetry.log_id, log_position) > (\(last.log), \(last.position))
            AND source_key = ANY(\(keys))
        ) AS ahead
        ORDER BY log_id, log_position LIMIT \(TelemetryStoreLimits.entriesPerPage)
        """)
      for row in page {
        last = try Self.entry(row)
        records[last.sourceKey]?.add(last, isOwn: last.log == log)
      }
      if page.count < TelemetryStoreLimits.entriesPerPage { break }
    }
    return sources.compactMap { records[$0.key] }
  }

  private static func entry(_ row: PostgresRow) throws -> LogEntry {
    let (log, position, sourceKey, sequence, time) = try row.decode(
      Int32.self, Int64.self, Int32.self, Int64.self, PostgresTimestamp.self)
    return LogEntry(
      log: log, position: position, sourceKey: sourceKey, sequence: UInt64(sequence), time: UTCInstant(time))
  }

  private static func record(_ row: PostgresRow) throws -> (source: Int32, record: StoredRecord) {
    let (key, log, sequences, accepted, duplicate, late, rejected, lastTime) = try row.decode(
      Int32.self, Int32.self, [Int64].self, Int64.self, Int64.self, Int64.self, Int64.self, PostgresTimestamp?.self)
    guard let window = SequenceWindow(encoded: sequences) else {
      throw PostgresError(.decodingFailure, "source_records.sequences of source_key \(key) is no sequence window")
    }
    let counts = SourceCounts(
      accepted: UInt64(accepted), duplicate: UInt64(duplicate), late: UInt64(late), rejected: UInt64(rejected))
    return (key, StoredRecord(log: log, window: window, counts: counts, lastTime: lastTime.map { UTCInstant($0) }))
  }

  /// Stands for an absent time in an array of times.
  private static let noTime = Int64.min

  static func store(_ sources: ArraySlice<SourceRecord>, of log: Int32) -> SQL {
    func numbers(_ path: (SourceCounts) -> UInt64) -> [Int64] { sources.map { Int64(clamping: path($0.counts)) } }
    let windows = sources.map { "{\($0.window.encoded.map { String($0) }.joined(separator: ","))}" }
    return """
      INSERT INTO source_records (source_key, log_id, sequences, accepted, duplicate, late, rejected, last_time)
      SELECT source_key, \(log), sequences::bigint[], accepted, duplicate, late, rejected,
        'epoch'::timestamptz + nullif(last_time, \(Self.noTime)) * interval '1 microsecond'
      FROM unnest(
        \(sources.map { Int64($0.key) })::bigint[], \(windows)::text[], \(numbers(\.accepted))::bigint[],
        \(numbers(\.duplicate))::bigint[], \(numbers(\.late))::bigint[], \(numbers(\.rejected))::bigint[],
        \(sources.map { $0.lastTime?.microseconds ?? Self.noTime })::bigint[]
      ) AS known (source_key, sequences, accepted, duplicate, late, rejected, last_time)
      ON CONFLICT (source_key, log_id) DO UPDATE SET sequences = excluded.sequences, accepted = excluded.accepted,
        duplicate = excluded.duplicate, late = excluded.late, rejected = excluded.rejected,
        last_time = excluded.last_time
      """
  }
}
