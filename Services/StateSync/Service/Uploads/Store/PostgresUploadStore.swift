import FleetCore
import PostgresDriver
import PostgresPool
import TwinProto

/// Keeps uploads in the schema `state_sync`.
struct PostgresUploadStore: UploadStore {
  private let pool: PostgresPool

  init(_ pool: PostgresPool) { self.pool = pool }

  // MARK: Uploads

  func add(_ upload: NewUpload) async throws -> UploadRecord {
    let (request, created) = (upload.request, PostgresTimestamp(upload.created))
    // A repeat after a lost answer finds its file there. Changing nothing makes the row that is there be returned.
    let rows = try await query(
      """
      INSERT INTO uploads (request_id, format, is_gzip, vehicle_id, source, folder, file, bytes, status, create_time,
        update_time)
      VALUES (\(nullable: request.requestID), \(Int(request.format.rawValue)), \(request.isGzip), \(request.vehicleID),
        \(request.source), \(upload.folder), \(upload.file), \(Int64(clamping: upload.bytes)),
        \(Int(JobStatus.queued.rawValue)), \(created), \(created))
      ON CONFLICT (request_id) DO UPDATE SET request_id = excluded.request_id RETURNING \(unescaped: Self.columns)
      """)
    return try Self.record(rows[0])
  }

  func upload(_ key: Int64) async throws -> UploadRecord? {
    try await query("SELECT \(unescaped: Self.columns) FROM uploads WHERE upload_key = \(key)").first.map {
      try Self.record($0)
    }
  }

  func upload(requestID: String) async throws -> UploadRecord? {
    try await query("SELECT \(unescaped: Self.columns) FROM uploads WHERE request_id = \(requestID)").first.map {
      try Self.record($0)
    }
  }

  func open(inFolder folder: String, limit: Int) async throws -> [UploadRecord] {
    try await query(
      """
      SELECT \(unescaped: Self.columns) FROM uploads WHERE folder = \(folder) AND end_time IS NULL
      ORDER BY upload_key LIMIT \(limit)
      """
    ).map { try Self.record($0) }
  }

  private static let columns = """
    upload_key, request_id, format, is_gzip, vehicle_id, source, folder, file, bytes, status, row_count, accepted, \
    duplicate, late, rejected, bytes_done, round_time, round_rows, round_sources, round_highest, error, create_time, \
    end_time
    """

  private static func record(_ row: PostgresRow) throws -> UploadRecord {
    func number(_ column: Int) throws -> UInt64 { UInt64(try Int64(postgres: row[column])) }
    let request = UploadRequest(
      format: UploadFormat(rawValue: try Int32(postgres: row[2])), isGzip: try Bool(postgres: row[3]),
      vehicleID: try String(postgres: row[4]), source: try String(postgres: row[5]),
      requestID: try String?(postgres: row[1]))
    var record = UploadRecord(
      key: try Int64(postgres: row[0]), request: request, folder: try String(postgres: row[6]),
      file: try String(postgres: row[7]), bytes: try number(8),
      created: UTCInstant(try PostgresTimestamp(postgres: row[21])))
    record.status = JobStatus(rawValue: try Int32(postgres: row[9]))
    record.counts = UploadCounts(
      rows: try number(10), accepted: try number(11), duplicate: try number(12), late: try number(13),
      rejected: try number(14))
    record.bytesDone = try number(15)
    if let received = try PostgresTimestamp?(postgres: row[16]) {
      let (sources, highest) = (try [Int64](postgres: row[18]), try [Int64](postgres: row[19]))
      record.round = UploadRound(
        received: UTCInstant(received), rows: Int(try Int32(postgres: row[17])),
        highest: Dictionary(zip(sources.map { Int32(truncatingIfNeeded: $0) }, highest.map { UInt64($0) })) { $1 })
    }
    record.error = try String?(postgres: row[20])
    record.ended = try PostgresTimestamp?(postgres: row[22]).map { UTCInstant($0) }
    return record
  }

  // MARK: Progress

  func note(_ progress: UploadProgress, of key: Int64) async throws {
    let (counts, time) = (progress.counts, PostgresTimestamp(progress.time))
    let hasEnded = progress.status == .completed || progress.status == .failed
    let highest = progress.round?.highest.sorted { $0.key < $1.key }
    let rejections = progress.rejections
    var statements: [SQL] = []
    if !rejections.isEmpty {
      statements.append(
        """
        INSERT INTO upload_rejections (upload_key, row_number, sequence, reason, field, message)
        SELECT \(key), * FROM unnest(
          \(rejections.map { Int64(clamping: $0.row) })::bigint[],
          \(rejections.map { Int64(bitPattern: $0.sequence) })::bigint[],
          \(rejections.map { Int64($0.reason.rawValue) })::bigint[], \(rejections.map(\.field))::text[],
          \(rejections.map(\.message))::text[])
        WHERE EXISTS (SELECT FROM uploads WHERE upload_key = \(key) AND end_time IS NULL)
        ON CONFLICT DO NOTHING
        """)
    }
    statements.append(
      """
      UPDATE uploads SET status = \(Int(progress.status.rawValue)), row_count = \(Int64(clamping: counts.rows)),
        accepted = \(Int64(clamping: counts.accepted)), duplicate = \(Int64(clamping: counts.duplicate)),
        late = \(Int64(clamping: counts.late)), rejected = \(Int64(clamping: counts.rejected)),
        bytes_done = \(Int64(clamping: progress.bytesDone)),
        round_time = \(nullable: progress.round.map { PostgresTimestamp($0.received) }),
        round_rows = \(nullable: progress.round?.rows),
        round_sources = \(nullable: highest?.map { Int64($0.key) })::bigint[],
        round_highest = \(nullable: highest?.map { Int64(clamping: $0.value) })::bigint[],
        error = \(nullable: progress.error), update_time = \(time),
        end_time = \(nullable: hasEnded ? time : nil)
      WHERE upload_key = \(key) AND end_time IS NULL
      """)
    let results = try await reachable { [statements] in try await pool.pipeline(statements) }
    guard results.last?.affectedRows == 1 else { throw UploadEnded() }
  }

  func arrived(_ rows: [UploadedKey], at received: UTCInstant) async throws -> [Int32?] {
    guard !rows.isEmpty else { return [] }
    var found = [Int32?](repeating: nil, count: rows.count)
    let statement: SQL = """
      SELECT wanted.place - 1, sources.source_key FROM unnest(
        \(rows.map { Int64($0.vehicleKey) })::bigint[], \(rows.map(\.source))::text[],
        \(rows.map(\.time.microseconds))::bigint[], \(rows.map { Int64(clamping: $0.sequence) })::bigint[]
      ) WITH ORDINALITY AS wanted (vehicle_key, source, time, sequence, place)
      JOIN sources ON sources.vehicle_key = wanted.vehicle_key AND sources.source = wanted.source
      JOIN telemetry ON telemetry.vehicle_key = wanted.vehicle_key
        AND telemetry.time = 'epoch'::timestamptz + wanted.time * interval '1 microsecond'
        AND telemetry.source_key = sources.source_key AND telemetry.sequence = wanted.sequence
      WHERE telemetry.receive_time = \(PostgresTimestamp(received))
      """
    let there = try await reachable {
      try await pool.transaction { connection in
        // A commit of the process before this one may still be under way on the server; the lock waits for it. Not for
        // long, because every writer waits behind it; the upload comes again.
        try await connection.executeScript("SET LOCAL lock_timeout = '500ms'; LOCK TABLE telemetry IN SHARE MODE")
        return try await connection.query(statement)
      }
    }
    for row in there {
      let (place, source) = try row.decode(Int64.self, Int32.self)
      found[Int(place)] = source
    }
    return found
  }

  // MARK: Rejections

  func rejections(of key: Int64, after row: UInt64, limit: Int) async throws -> [RejectedSample] {
    try await query(
      """
      SELECT row_number, sequence, reason, field, message FROM upload_rejections
      WHERE upload_key = \(key) AND row_number > \(Int64(clamping: row)) ORDER BY row_number LIMIT \(limit)
      """
    ).map { row in
      let (number, sequence, reason, field, message) = try row.decode(
        Int64.self, Int64.self, Int32.self, String.self, String.self)
      return RejectedSample(
        row: UInt64(number), sequence: UInt64(bitPattern: sequence), reason: RejectionReason(rawValue: reason),
        field: field, message: message)
    }
  }

  // MARK: Retention

  func drop(endedBefore time: UTCInstant, limit: Int) async throws -> Int {
    try await query(
      """
      DELETE FROM uploads WHERE upload_key IN (
        SELECT upload_key FROM uploads WHERE end_time < \(PostgresTimestamp(time)) ORDER BY end_time LIMIT \(limit))
      RETURNING upload_key
      """
    ).count
  }

  func fail(untouchedSince time: UTCInstant, error: String, at now: UTCInstant, except folder: String) async throws {
    // Those that wait in our own folder are in hand.
    try await query(
      "UPDATE uploads SET update_time = \(PostgresTimestamp(now)) WHERE end_time IS NULL AND folder = \(folder)")
    try await query(
      """
      UPDATE uploads SET status = \(Int(JobStatus.failed.rawValue)), error = \(error), end_time = \(PostgresTimestamp(now))
      WHERE end_time IS NULL AND folder <> \(folder) AND update_time < \(PostgresTimestamp(time))
      """)
  }

  @discardableResult
  private func query(_ sql: SQL) async throws -> PostgresRows { try await reachable { try await pool.query(sql) } }

  private func reachable<Result>(_ body: () async throws -> Result) async throws -> Result {
    try await pool.reachable { _ in try await body() }
  }
}
