import FleetCore
import PostgresDriver
import PostgresMigrations
import PostgresPool
import PostgresTesting
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Telemetry in partitions by day")
struct TelemetryPartitionsTests {
  private static let start = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)
  /// 2027-01-15T00:00Z, 8 h before.
  private static var midnight: UTCInstant { UTCInstant(microseconds: start.day * UTCInstant.microsecondsPerDay) }

  /// A store with samples of one source, one an hour over some days from midnight.
  private struct Stage {
    let store: any TelemetryStore
    let vehicle: Int32

    init(_ store: any TelemetryStore, days: Int) async throws {
      self.store = store
      let identity = VehicleIdentity(id: "twin-001", physicalID: "AV-001")
      vehicle = try #require(try await store.remember([identity]).first).key
      let source = try #require(try await store.openSources([SourceName(vehicleKey: vehicle, name: "can")]).first)
      let log = try await store.openLog("a", by: 1, again: false).hold
      let rows = (0..<Int64(days * 24)).map { hour in
        let time = midnight.adding(seconds: Double(hour) * 3_600)
        return LogRow(
          position: hour + 1, vehicleKey: vehicle, sourceKey: source.key, received: time, time: time,
          sample: TelemetrySample(sequence: UInt64(hour + 1), time: time.timestamp))
      }
      #expect(try await store.append(rows, to: log).isEmpty)
    }

    func query(from: Double? = nil, to: Double, limit: Int, every hours: Double? = nil) -> HistoryQuery {
      HistoryQuery(
        vehicleKey: vehicle, from: from.map { midnight.adding(seconds: $0 * 3_600) },
        to: midnight.adding(seconds: to * 3_600), limit: limit, bytes: 1 << 20,
        intervalMicroseconds: hours.map { Int64($0 * 3_600e6) })
    }

    /// The sequences of all pages.
    func pages(_ query: HistoryQuery) async throws -> [[UInt64]] {
      var (query, pages) = (query, [[UInt64]]())
      while true {
        let page = try await store.history(query)
        pages.append(page.rows.map(\.sample.sequence))
        guard !page.isLast, let last = page.rows.last, pages.count < 1_000 else { return pages }
        query.after = .init(time: last.time, sourceKey: last.sourceKey, sequence: last.sample.sequence)
      }
    }
  }

  @Test("history goes over the ends of days as if there were none", arguments: StoreKind.allCases)
  func history(_ kind: StoreKind) async throws {
    let stage = try await Stage(try await kind.make(), days: 4)
    for limit in [1, 7, 24, 1_000] {
      let pages = try await stage.pages(stage.query(from: 20, to: 75.5, limit: limit))
      #expect(pages.flatMap(\.self) == Array(21...76))
      #expect(pages.allSatisfy { $0.count <= limit })
    }
    // The last of each 5 hours since 1970; a day isn't a multiple of it.
    let hours = Int(Self.midnight.microseconds / 3_600_000_000)
    let expected = (0..<96).filter { ($0 + hours) % 5 == 4 || $0 == 95 }.map { UInt64($0 + 1) }
    for limit in [1, 3, 1_000] {
      #expect(try await stage.pages(stage.query(to: 96, limit: limit, every: 5)).flatMap(\.self) == expected)
    }
  }

  @Test("only the days that were asked for are looked at, and only from the page's place on")
  func pruning() async throws {
    let database = try await TelemetryDatabase()
    let stage = try await Stage(database.store, days: 6)
    func days(_ query: HistoryQuery) async throws -> Set<Int64> {
      let plan = try await database.app.query(SQL("EXPLAIN " + query.sql.text, query.sql.parameters)).map {
        try $0.decode(String.self)
      }
      let today = Self.start.day
      return Set(
        (today - 9...today + 9).filter { day in plan.contains { $0.contains(" on telemetry_\(day) ") } }
          .map { $0 - today })
    }
    for interval in [nil, 0.5] {
      #expect(try await days(stage.query(from: 30, to: 60, limit: 10, every: interval)) == [1, 2])
      #expect(try await days(stage.query(from: 24, to: 48, limit: 10, every: interval)) == [1])
      #expect(try await days(stage.query(to: 48, limit: 10, every: interval)) == [0, 1])
      var page = stage.query(to: 120, limit: 10, every: interval)
      page.after = .init(time: Self.midnight.adding(seconds: 80 * 3_600), sourceKey: 1, sequence: 81)
      #expect(try await days(page) == [3, 4])
    }
  }

  @Test("a partition that was dropped by another replica is made again for a sample that may still come")
  func droppedBehindOurBack() async throws {
    let database = try await TelemetryDatabase()
    let stage = try await Stage(database.store, days: 2)
    let other = PostgresTelemetryStore(database.app)
    #expect(try await other.drop(before: Self.start.day + 1) == [Self.start.day])
    let log = try await database.store.openLog("a", by: 1, again: true).hold
    let source = try #require(try await database.store.sources(of: stage.vehicle).first)
    let row = LogRow(
      position: 100, vehicleKey: stage.vehicle, sourceKey: source.key, received: Self.start, time: Self.midnight,
      sample: TelemetrySample(sequence: 100, time: Self.midnight.timestamp))
    #expect(try await database.store.append([row], to: log) == [])
    #expect(try await stage.pages(stage.query(to: 24, limit: 9)) == [[100]])
  }

  @Test("the background task makes the coming days ready and drops whole days, once all in them is too old")
  func retention() async throws {
    let database = try await TelemetryDatabase()
    let stage = try await Stage(database.store, days: 4)
    let store = database.store
    func days() async throws -> [Int64] {
      try await store.days.existing().map { $0 - Self.start.day }
    }
    func keep(_ hour: Double) async throws -> [Int64] {
      let clock = WallClock { Self.midnight.adding(seconds: hour * 3_600) }
      return try await TelemetryRetention(store: store, clock: clock, retention: 2 * 86_400).keep().map {
        $0 - Self.start.day
      }
    }
    #expect(try await keep(72) == [])
    #expect(try await days() == [0, 1, 2, 3, 4, 5])
    // At 73 h the sample of 23 h is 50 h old; the day is over for 49 h.
    #expect(try await keep(72.9) == [])
    #expect(try await keep(73) == [0])
    #expect(try await days() == [1, 2, 3, 4, 5])
    #expect(try await stage.pages(stage.query(to: 96, limit: 1_000)) == [Array(25...96)])
    #expect(try await keep(24 * 30) == [1, 2, 3, 4, 5])
    #expect(try await stage.pages(stage.query(to: 96, limit: 1_000)) == [[]])
    #expect(try await store.vehicles().count == 1)
  }

  @Test("what there was before the logs and the partitions is there afterwards, in its log")
  func migration() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let owner = database.configuration("state_sync", .owner)
    let all = try StateSyncAssembly.migrations ?? []
    try await SchemaMigrations(schema: "state_sync", Array(all.prefix(2))).apply(as: owner)
    let pool = PostgresPool(
      database.configuration("state_sync", .app), configuration: PoolConfiguration(acquireTimeout: .seconds(60)))
    try await pool.withConnection { connection in
      try await connection.executeScript(
        """
        INSERT INTO vehicles (vehicle_id, physical_vehicle_id) VALUES ('twin-001', 'AV-001');
        INSERT INTO sources (vehicle_key, source, sequences, accepted, duplicate, late, rejected, last_time)
        VALUES (1, 'can', '{3,3,0}', 3, 5, 1, 2, '2027-01-15T08:00Z');
        UPDATE sync_log SET checkpoint_position = 3, forwarded_position = 2;
        INSERT INTO telemetry (log_position, vehicle_key, source_key, sequence, time, receive_time, speed_mps, gear, sensors)
        SELECT position, 1, 1, position, timestamptz '2027-01-13T23:30Z' + position * interval '12 hours', now(),
          position * 1.5, position, NULL
        FROM generate_series(1, 5) AS position;
        """)
    }
    try await SchemaMigrations(schema: "state_sync", all).apply(as: owner)
    let store = PostgresTelemetryStore(pool)
    #expect(
      try await store.logs() == [
        LogStanding(log: 1, name: "main", marks: LogMarks(last: 5, checkpoint: 3, forwarded: 2))
      ])
    let open = try await store.openLog("main", by: 1, again: false)
    #expect(open.marks == LogMarks(last: 5, checkpoint: 3, forwarded: 2))
    let rows = try await store.rows(of: open.hold.log, after: 0, limit: 9, bytes: 1 << 20).rows
    #expect(rows.map(\.sample.sequence) == [1, 2, 3, 4, 5])
    #expect(rows.map(\.sample.speedMps) == [1.5, 3, 4.5, 6, 7.5])
    #expect(rows.map(\.sample.gear) == [1, 2, 3, 4, 5])
    #expect(try await store.days.existing() == Array(Self.start.day - 1...Self.start.day + 1))
    let source = try await store.load(try await store.sources(of: 1), for: open.hold.log)
    #expect(source.first?.window.contiguous == 5)
    #expect(source.first?.counts == SourceCounts(accepted: 5, duplicate: 5, late: 1, rejected: 2))
    let view = try await pool.query("SELECT count(*) FROM telemetry_samples WHERE physical_vehicle_id = 'AV-001'")
    #expect(try view[0].decode(Int64.self) == 5)
    await pool.close()
  }
}
