import FleetCore
import PostgresDriver
import PostgresPool
import TwinProto

/// Keeps observations in the schema `state_sync`.
///
/// An append is one transaction: it locks the streams in the order of their names, takes the sequences in, stores what is
/// new with the streams' windows, and notes the newest of each condition.
struct PostgresObservationStore: ObservationStore {
  static let table = "observations"
  /// `vehicle_key` of what is about no vehicle.
  static let noVehicle: Int32 = 0

  private let pool: PostgresPool
  let partitions: DayPartitions

  init(_ pool: PostgresPool) {
    self.pool = pool
    partitions = DayPartitions(pool, table: Self.table)
  }

  func append(_ drafts: [ObservationDraft], events: [EventDraft]) async throws -> ObservationReport {
    guard !drafts.isEmpty || !events.isEmpty else { return ObservationReport(drafts: [], events: []) }
    // Before the transaction: making a partition locks the table for as long as the transaction lasts.
    try await partitions.make(Set(drafts.map(\.time.day) + events.map(\.time.day)))
    do {
      return try await pool.transaction { connection in
        let outcomes = try await Self.takeIn(drafts, connection)
        let stored = try await Self.takeIn(events, connection)
        let newDrafts = zip(drafts, outcomes).filter { $0.1.isStored }.map(\.0)
        let newEvents = zip(events, stored).filter(\.1).map(\.0)
        try await Self.write(newDrafts, newEvents, connection)
        try await Self.noteConditions(newDrafts, connection)
        try await Self.noteDivergences(newEvents, connection)
        return ObservationReport(drafts: outcomes, events: stored)
      }
    } catch let error as PostgresError where error.isUnavailable || error.isRetryable || error.isOutcomeUnknown {
      // Also when the commit may have happened: the windows tell the sender that comes again.
      throw StoreUnavailable(error.description)
    } catch let error as PostgresError where error.code == .diskFull {
      throw StoreFull(error.description)
    } catch let error as PostgresError
      where [.outOfMemory, .statementTimeout, .queryCanceled].contains(error.code)
    {
      throw StoreUnavailable(error.description)
    } catch let error as PostgresError where error.code == .checkViolation {
      // A partition that was dropped by another process.
      partitions.forget()
      throw StoreUnavailable(error.description)
    } catch let error as PostgresError {
      throw RowsRefused(description: error.description)
    }
  }

  // MARK: Exactly once

  /// Takes the sequences of samples into the windows of their streams.
  private static func takeIn(_ drafts: [ObservationDraft], _ connection: PostgresConnection) async throws
    -> [ObservationOutcome]
  {
    guard !drafts.isEmpty else { return [] }
    let names = Array(Set(drafts.map(\.stream)))
    var streams = try await lock(names, connection)
    let missing = names.filter { streams[$0] == nil }
    if !missing.isEmpty {
      try await open(missing, connection)
      streams = try await lock(names, connection)
    }
    var outcomes: [ObservationOutcome] = []
    for draft in drafts {
      let outcome = streams[draft.stream]?.window.insert(draft.sequence)
      outcomes.append(outcome.map { ObservationOutcome($0) } ?? .noRoom)
    }
    let changed = Array(streams.values)
    let windows = changed.map { stream in
      "{\(stream.window.encoded.map { String($0) }.joined(separator: ","))}"
    }
    try await connection.query(
      """
      UPDATE observation_streams SET sequences = changed.sequences::bigint[]
      FROM unnest(\(changed.map(\.key))::bigint[], \(windows)::text[]) AS changed (stream_key, sequences)
      WHERE observation_streams.stream_key = changed.stream_key
      """)
    return outcomes
  }

  private struct Stream {
    var key: Int64
    var window: SequenceWindow
  }

  private static func lock(_ names: [ObservationStream], _ connection: PostgresConnection) async throws
    -> [ObservationStream: Stream]
  {
    let (keys, kinds, sources, sensors) = columns(names)
    let rows = try await connection.query(
      """
      SELECT place, stream_key, sequences
      FROM unnest(\(keys)::bigint[], \(kinds)::bigint[], \(sources)::text[], \(sensors)::text[]) WITH ORDINALITY
        AS named (vehicle_key, kind, source, sensor_id, place)
      JOIN observation_streams AS known ON known.vehicle_key = named.vehicle_key AND known.kind = named.kind
        AND known.source = named.source AND known.sensor_id = named.sensor_id
      ORDER BY stream_key FOR UPDATE OF known
      """)
    var streams: [ObservationStream: Stream] = [:]
    for row in rows {
      let (place, key, sequences) = try row.decode(Int64.self, Int64.self, [Int64].self)
      guard let window = SequenceWindow(encoded: sequences) else {
        throw PostgresError(.decodingFailure, "observation_streams.sequences of stream_key \(key) is no window")
      }
      streams[names[Int(place) - 1]] = Stream(key: key, window: window)
    }
    return streams
  }

  /// Makes streams, as many as their vehicles may have.
  private static func open(_ names: [ObservationStream], _ connection: PostgresConnection) async throws {
    let (keys, kinds, sources, sensors) = columns(names)
    try await connection.query(
      """
      INSERT INTO observation_streams (vehicle_key, kind, source, sensor_id)
      SELECT vehicle_key, kind, source, sensor_id FROM (
        SELECT *, row_number() OVER (PARTITION BY vehicle_key ORDER BY kind, source, sensor_id) AS rank FROM unnest(
          \(keys)::integer[], \(kinds)::integer[], \(sources)::text[], \(sensors)::text[])
          AS named (vehicle_key, kind, source, sensor_id)) AS ranked
      WHERE rank + (SELECT count(*) FROM observation_streams AS known WHERE known.vehicle_key = ranked.vehicle_key)
        <= \(ObservationLimits.streamsPerVehicle)
      ORDER BY vehicle_key, kind, source COLLATE "C", sensor_id COLLATE "C"
      ON CONFLICT ON CONSTRAINT observation_streams_name DO NOTHING
      """)
  }

  private static func columns(_ names: [ObservationStream]) -> ([Int64], [Int64], [String], [String]) {
    (
      names.map { Int64($0.vehicleKey) }, names.map { Int64($0.kind.rawValue) }, names.map(\.source),
      names.map(\.sensorID)
    )
  }

  /// Takes the ids of events in.
  ///
  /// - Returns: whether each is new.
  private static func takeIn(_ events: [EventDraft], _ connection: PostgresConnection) async throws -> [Bool] {
    guard !events.isEmpty else { return [] }
    let places = try await connection.query(
      """
      WITH sent AS (
        SELECT place, time,
          sha256(convert_to(source, 'UTF8') || decode('00', 'hex') || convert_to(id, 'UTF8')) AS key
        FROM unnest(
          \(events.map(\.event.source))::text[], \(events.map(\.event.id))::text[],
          \(events.map(\.time.microseconds))::bigint[]) WITH ORDINALITY AS sent (source, id, time, place)),
      firsts AS (SELECT DISTINCT ON (key) place, time, key FROM sent ORDER BY key, place),
      made AS (
        INSERT INTO event_keys (key, time)
        SELECT key, 'epoch'::timestamptz + time * interval '1 microsecond' FROM firsts ORDER BY key
        ON CONFLICT (key) DO NOTHING RETURNING key)
      SELECT place FROM firsts JOIN made USING (key)
      """
    ).decode(Int64.self)
    let new = Set(places)
    return events.indices.map { new.contains(Int64($0) + 1) }
  }

  // MARK: What is new

  private static let target = CopyTarget(
    schema: "state_sync", table: table, columns: ["vehicle_key", "kind", "time", "receive_time", "content"])

  private static func write(_ drafts: [ObservationDraft], _ events: [EventDraft], _ connection: PostgresConnection)
    async throws
  {
    var buffer = CopyBuffer(columnCount: target.columns.count)
    func add(_ key: Int32, _ kind: ObservationKind, _ time: UTCInstant, _ received: UTCInstant, _ content: [UInt8]) {
      buffer.row { row in
        row.int4(key)
        row.int4(kind.rawValue)
        row.timestamptz(PostgresTimestamp(time))
        row.timestamptz(PostgresTimestamp(received))
        row.bytea(content)
      }
    }
    for draft in drafts { add(draft.stream.vehicleKey, draft.stream.kind, draft.time, draft.received, draft.content) }
    for event in events { add(event.vehicle?.key ?? noVehicle, .event, event.time, event.received, event.content) }
    guard !drafts.isEmpty || !events.isEmpty else { return }
    try await connection.copyIn(into: target, buffer)
  }

  /// Notes the newest sample of each condition.
  private static func noteConditions(_ drafts: [ObservationDraft], _ connection: PostgresConnection) async throws {
    var newest: [ConditionKey: VehicleCondition] = [:]
    for draft in drafts {
      let key = ConditionKey(
        vehicleKey: draft.stream.vehicleKey, kind: draft.stream.kind, sensorID: draft.stream.sensorID)
      if let known = newest[key], (known.time, known.sequence) >= (draft.time, draft.sequence) { continue }
      newest[key] = VehicleCondition(draft, revision: 0)
    }
    guard !newest.isEmpty else { return }
    let all = Array(newest.values)
    // Arrays of bytea can't be parameters; conditions are few and small.
    try await connection.query(
      """
      INSERT INTO vehicle_conditions (vehicle_key, kind, sensor_id, time, sequence, content)
      SELECT vehicle_key, kind, sensor_id, 'epoch'::timestamptz + time * interval '1 microsecond', sequence,
        decode(content, 'hex')
      FROM unnest(
        \(all.map { Int64($0.key.vehicleKey) })::integer[], \(all.map { Int64($0.key.kind.rawValue) })::integer[],
        \(all.map(\.key.sensorID))::text[], \(all.map(\.time.microseconds))::bigint[],
        \(all.map { Int64($0.sequence) })::bigint[], \(all.map { Self.hex($0.content) })::text[])
        AS newest (vehicle_key, kind, sensor_id, time, sequence, content)
      ORDER BY vehicle_key, kind, sensor_id COLLATE "C"
      ON CONFLICT (vehicle_key, kind, sensor_id) DO UPDATE SET time = excluded.time, sequence = excluded.sequence,
        content = excluded.content, revision = nextval('condition_revisions')
      WHERE (excluded.time, excluded.sequence) > (vehicle_conditions.time, vehicle_conditions.sequence)
      """)
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func hex(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static func noteDivergences(_ events: [EventDraft], _ connection: PostgresConnection) async throws {
    for event in events {
      guard let vehicle = event.vehicle, let mark = event.divergence else { continue }
      switch mark {
      case .open(let since):
        try await connection.query(
          """
          INSERT INTO open_divergences (vehicle_key, since) VALUES (\(vehicle.key), \(PostgresTimestamp(since)))
          ON CONFLICT (vehicle_key) DO UPDATE SET since = excluded.since
          """)
      case .closed:
        try await connection.query("DELETE FROM open_divergences WHERE vehicle_key = \(vehicle.key)")
      }
    }
  }

  // MARK: Reading

  func observations(_ query: ObservationQuery) async throws -> ObservationPage {
    let rows = try await pool.reachable { try await $0.query(query.sql) }
    let page = try rows.prefix(query.limit).map { row in
      let (time, number, received, content, _) = try row.decode(
        PostgresTimestamp.self, Int64.self, PostgresTimestamp.self, [UInt8].self, Int64.self)
      return StoredObservation(
        time: UTCInstant(time), number: number, received: UTCInstant(received), content: content)
    }
    let found = try rows.first.map { try Int64(postgres: $0[4]) } ?? 0
    return ObservationPage(observations: page, isLast: Int64(page.count) == found)
  }

  func unforwarded(after revision: Int64, limit: Int) async throws -> [VehicleCondition] {
    let rows = try await pool.reachable {
      try await $0.query(
        """
        SELECT vehicle_key, kind, sensor_id, time, sequence, revision, content FROM vehicle_conditions
        WHERE revision > forwarded_revision AND revision > \(revision) ORDER BY revision LIMIT \(limit)
        """)
    }
    return try rows.map { row in
      let (vehicle, kind, sensor, time, sequence, revision, content) = try row.decode(
        Int32.self, Int32.self, String.self, PostgresTimestamp.self, Int64.self, Int64.self, [UInt8].self)
      return VehicleCondition(
        key: ConditionKey(vehicleKey: vehicle, kind: ObservationKind(rawValue: kind), sensorID: sensor),
        time: UTCInstant(time), sequence: UInt64(sequence), revision: revision, content: content)
    }
  }

  func didForward(_ conditions: [VehicleCondition]) async throws {
    guard !conditions.isEmpty else { return }
    try await pool.reachable {
      try await $0.query(
        """
        UPDATE vehicle_conditions SET forwarded_revision = greatest(forwarded_revision, told.revision)
        FROM unnest(
          \(conditions.map { Int64($0.key.vehicleKey) })::integer[],
          \(conditions.map { Int64($0.key.kind.rawValue) })::integer[], \(conditions.map(\.key.sensorID))::text[],
          \(conditions.map(\.revision))::bigint[]) AS told (vehicle_key, kind, sensor_id, revision)
        WHERE vehicle_conditions.vehicle_key = told.vehicle_key AND vehicle_conditions.kind = told.kind
          AND vehicle_conditions.sensor_id = told.sensor_id
        """)
    }
  }

  func openDivergences(of vehicleKeys: [Int32]) async throws -> [Int32: UTCInstant] {
    let rows = try await pool.reachable {
      try await $0.query(
        "SELECT vehicle_key, since FROM open_divergences WHERE vehicle_key = ANY(\(vehicleKeys.map { Int64($0) }))")
    }
    return Dictionary(
      uniqueKeysWithValues: try rows.decode(Int32.self, PostgresTimestamp.self).map { ($0, UTCInstant($1)) })
  }

  // MARK: Retention

  func prepare(days: ClosedRange<Int64>) async throws { try await partitions.make(days) }

  func drop(before day: Int64) async throws {
    try await partitions.drop(before: day)
    let first = PostgresTimestamp(UTCInstant(microseconds: day * UTCInstant.microsecondsPerDay))
    // In parts, so that none holds locks for long.
    var deleted = ObservationLimits.keysPerDrop
    while deleted == ObservationLimits.keysPerDrop {
      deleted = try await pool.reachable {
        try await $0.execute(
          """
          DELETE FROM event_keys WHERE key IN (
            SELECT key FROM event_keys WHERE time < \(first) LIMIT \(ObservationLimits.keysPerDrop))
          """)
      }
    }
  }
}

extension ObservationOutcome {
  var isStored: Bool {
    if case .stored = self { true } else { false }
  }
}

extension ObservationQuery {
  /// Goes along the key once for each kind, and stops where the page ends.
  fileprivate var sql: SQL {
    var parameters: [PostgresValue] = []
    func bind(_ value: PostgresValue) -> String {
      parameters.append(value)
      return "$\(parameters.count)"
    }
    var conditions = [
      "vehicle_key = \(bind(.int4(vehicleKey ?? PostgresObservationStore.noVehicle)))",
      "time < \(bind(.timestamptz(PostgresTimestamp(to))))",
    ]
    if let from { conditions.append("time >= \(bind(.timestamptz(PostgresTimestamp(from))))") }
    if let after {
      conditions.append(
        "(time, number) > (\(bind(.timestamptz(PostgresTimestamp(after.time)))), \(bind(.int8(after.number))))")
    }
    let condition = conditions.joined(separator: " AND ")
    // One more, to know whether anything follows.
    let last = bind(.int8(Int64(limit) + 1))
    let parts = kinds.map { kind in
      """
      (SELECT time, number, receive_time, content FROM observations
      WHERE \(condition) AND kind = \(bind(.int4(kind.rawValue))) ORDER BY time, number LIMIT \(last))
      """
    }
    let text = """
      SELECT time, number, receive_time, content, found FROM (
        SELECT *, count(*) OVER () AS found, row_number() OVER (ORDER BY time, number) AS place,
          sum(octet_length(content)) OVER (ORDER BY time, number) AS sum_bytes
        FROM (SELECT * FROM (\(parts.joined(separator: " UNION ALL "))) AS merged
          ORDER BY time, number LIMIT \(last)) AS wanted) AS weighed
      WHERE sum_bytes <= \(bind(.int8(Int64(bytes)))) OR place = 1 ORDER BY time, number
      """
    return SQL(text, parameters)
  }
}
