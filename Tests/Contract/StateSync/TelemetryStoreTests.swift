import FleetCore
import PostgresDriver
import PostgresMigrations
import PostgresPool
import PostgresTesting
import Testing
import TwinProto

@testable import StateSyncService

/// A fresh schema of state-sync in PostgreSQL.
struct TelemetryDatabase: Sendable {
  let app: PostgresPool
  let store: PostgresTelemetryStore
  /// Connects as the schema's owner.
  let owner: PostgresConfiguration

  /// - Parameter prepare: told of the database's name before anything connects to it.
  init(
    _ server: PostgresTestServer = .shared, prepare: (String) async throws -> Void = { _ in }
  ) async throws {
    let database = try await server.makeDatabase()
    let migrations = try StateSyncAssembly.migrations ?? []
    owner = database.configuration("state_sync", .owner)
    try await SchemaMigrations(schema: "state_sync", migrations).apply(as: owner)
    try await prepare(database.admin.database)
    // A loaded machine is slow, and that isn't what these tests are about.
    app = PostgresPool(
      database.configuration("state_sync", .app), configuration: PoolConfiguration(acquireTimeout: .seconds(60)))
    store = PostgresTelemetryStore(app)
  }
}

/// The stores that keep the same contract.
enum StoreKind: String, Sendable, CaseIterable {
  case memory
  case postgres

  /// A fresh store.
  func make() async throws -> any TelemetryStore {
    switch self {
    case .memory: MemoryTelemetryStore()
    case .postgres: try await TelemetryDatabase().store
    }
  }
}

@Suite("What every store of telemetry does")
struct TelemetryStoreTests {
  private static let start = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)

  /// A store with two vehicles and the sources `can` and `gnss` of the first.
  private func stage(_ kind: StoreKind) async throws -> (
    store: any TelemetryStore, log: LogHold, sources: [SampleSource]
  ) {
    let store = try await kind.make()
    let log = try await store.openLog("a", by: 1, again: false).hold
    let vehicles = try await store.remember([
      VehicleIdentity(id: "twin-001", physicalID: "AV-001"), VehicleIdentity(id: "twin-002", physicalID: "AV-002"),
    ])
    let key = try #require(vehicles.first { $0.id == "twin-001" }).key
    let sources = try await store.openSources([
      SourceName(vehicleKey: key, name: "can"), SourceName(vehicleKey: key, name: "gnss"),
    ])
    return (store, log, sources)
  }

  private func row(_ position: Int64, _ sequence: UInt64, of source: SampleSource, at seconds: Double) -> LogRow {
    let time = UTCInstant(microseconds: Self.start.adding(seconds: seconds).microseconds)
    return LogRow(
      position: position, vehicleKey: source.vehicleKey, sourceKey: source.key,
      received: UTCInstant(microseconds: time.microseconds + 1_500), time: time,
      sample: TelemetrySample(sequence: sequence, time: time.timestamp, speedMps: Double(sequence) / 3))
  }

  @Test("vehicles come back with their keys; removed ones stay and may return", arguments: StoreKind.allCases)
  func vehicles(_ kind: StoreKind) async throws {
    let store = try await kind.make()
    let made = try await store.remember([VehicleIdentity(id: "twin-001", physicalID: "AV \"1\" {ü},")])
    let again = try await store.remember([
      VehicleIdentity(id: "twin-002", physicalID: "AV-2"), VehicleIdentity(id: "twin-001", physicalID: "AV \"1\" {ü},"),
    ])
    #expect(again.first { $0.id == "twin-001" } == made.first)
    try await store.forget(["twin-002", "twin-009"])
    let all = try await store.vehicles()
    #expect(all.map(\.id) == ["twin-001", "twin-002"])
    #expect(all.map(\.physicalID) == ["AV \"1\" {ü},", "AV-2"])
    #expect(all.map(\.isRemoved) == [false, true])
    #expect(try await store.remember([VehicleIdentity(id: "twin-002", physicalID: "AV-2")]).first?.isRemoved == false)
    #expect(try await store.remember([]).isEmpty)
  }

  @Test("a source is made once", arguments: StoreKind.allCases)
  func sources(_ kind: StoreKind) async throws {
    let (store, _, sources) = try await stage(kind)
    #expect(sources.map(\.name) == ["can", "gnss"])
    let names = ["gnss", "lidar", "can"].map { SourceName(vehicleKey: sources[0].vehicleKey, name: $0) }
    let more = try await store.openSources(names)
    #expect(more.map(\.name) == ["gnss", "lidar", "can"])
    #expect(more[0] == sources[1])
    #expect(more[2] == sources[0])
    #expect(try await store.sources(of: sources[0].vehicleKey).map(\.name) == ["can", "gnss", "lidar"])
    #expect(try await Set(store.sources([more[1].key, 99])) == [more[1]])
  }

  @Test("every value of a sample comes back as it went", arguments: StoreKind.allCases)
  func everyValue(_ kind: StoreKind) async throws {
    let (store, log, sources) = try await stage(kind)
    var full = row(1, UInt64(Int64.max), of: sources[0], at: 0.123_456)
    full.sample = TelemetrySample(
      sequence: UInt64(Int64.max), time: full.time.timestamp, lat: 48.1 + 1e-13, lon: -11.5, xM: 1, yM: 2,
      altitudeM: 3, speedMps: 4, headingDeg: 5, yawRateRps: 6, steeringRad: 0.7, accelerationMps2: 8,
      lateralAccelerationMps2: 9, throttle: 0.1, brake: 0.2, gear: -1,
      sensors: [
        SensorSample(
          sensorID: "front_radar", kind: .radar, health: .degraded,
          detections: [Detection(objectID: "7", category: "car", xM: 30, yM: -1, confidence: 0.9)])
      ], positionStdM: 0.5, speedStdMps: 0.6, headingStdDeg: 0.7, yawRateStdRps: 0.8, accelerationStdMps2: 0.9,
      leaderGapM: 10, leaderSpeedMps: 11, energyJ: 12)
    full.sensorBytes = try full.sample.sensorBytes()
    let bare = row(2, 1, of: sources[1], at: 0.2)
    #expect(try await store.append([full, bare], to: log) == [])
    #expect(
      try await store.rows(of: log.log, after: 0, limit: 10, bytes: 1 << 20)
        == LogPage(rows: [full, bare], isLast: true))
    #expect(
      try await store.history(
        HistoryQuery(vehicleKey: full.vehicleKey, to: Self.start.adding(seconds: 9), limit: 10, bytes: 1 << 20))
        == LogPage(rows: [full, bare], isLast: true))
  }

  @Test("a row that is stored already is left out and named", arguments: StoreKind.allCases)
  func duplicates(_ kind: StoreKind) async throws {
    let (store, log, sources) = try await stage(kind)
    let rows = (1...4 as ClosedRange<Int64>).map { row($0, UInt64($0), of: sources[0], at: Double($0)) }
    #expect(try await store.append(Array(rows[0...1]), to: log) == [])
    var again = rows
    for index in again.indices { again[index].position += 2 }
    #expect(try await store.append(again, to: log) == [0, 1])
    #expect(
      try await store.rows(of: log.log, after: 0, limit: 10, bytes: 1 << 20).rows.map(\.sample.sequence) == [
        1, 2, 3, 4,
      ])
    // The same sequence and time of another source is another sample.
    #expect(try await store.append([row(9, 1, of: sources[1], at: 1)], to: log) == [])
  }

  @Test("the log is read on from a position", arguments: StoreKind.allCases)
  func log(_ kind: StoreKind) async throws {
    let (store, log, sources) = try await stage(kind)
    #expect(try await store.logs().map(\.marks) == [LogMarks(last: 0, checkpoint: 0, forwarded: 0)])
    // Positions have gaps where commits failed; times don't follow the positions.
    let positions: [Int64] = [3, 4, 8, 9]
    let rows = positions.map { row($0, UInt64(10 - $0), of: sources[0], at: 100 - Double($0)) }
    _ = try await store.append(rows, to: log)
    #expect(try await store.logs().map(\.marks.last) == [9])
    #expect(
      try await store.rows(of: log.log, after: 3, limit: 2, bytes: 1 << 20)
        == LogPage(rows: Array(rows[1...2]), isLast: false))
    #expect(
      try await store.rows(of: log.log, after: 4, limit: 2, bytes: 1 << 20)
        == LogPage(rows: Array(rows[2...3]), isLast: true))
    // However little there is room for, one row goes.
    #expect(try await store.rows(of: log.log, after: 3, limit: 3, bytes: 1) == LogPage(rows: [rows[1]], isLast: false))
    #expect(
      try await store.rows(of: log.log, after: 3, limit: 3, bytes: rows[1].bytes + rows[2].bytes)
        == LogPage(rows: Array(rows[1...2]), isLast: false))
    #expect(try await store.rows(of: log.log, after: 9, limit: 2, bytes: 1 << 20) == LogPage(rows: [], isLast: true))
  }

  @Test("a checkpoint keeps what has come and how far it goes", arguments: StoreKind.allCases)
  func checkpoint(_ kind: StoreKind) async throws {
    let (store, log, sources) = try await stage(kind)
    var changed = sources.map { SourceRecord($0) }
    for sequence in [1, 2, 5, 9] as [UInt64] { _ = changed[0].window.insert(sequence) }
    changed[0].counts = SourceCounts(accepted: 4, duplicate: 3, late: 2, rejected: 1)
    changed[0].lastTime = Self.start
    try await store.checkpoint(changed, of: log, checkpoint: 17, forwarded: 12)
    #expect(try await store.load(sources, for: log.log) == changed)
    #expect(try await store.logs().map(\.marks) == [LogMarks(last: 17, checkpoint: 17, forwarded: 12)])
    changed[0].counts.duplicate = 8
    try await store.checkpoint([changed[0]], of: log, checkpoint: 18, forwarded: 13)
    #expect(try await store.load([sources[0]], for: log.log) == [changed[0]])
    #expect(try await store.logs().first?.marks.forwarded == 13)
    #expect(try await store.load([], for: log.log).isEmpty)
  }

  @Test("history is ordered by time and cut by range, source, place and limit", arguments: StoreKind.allCases)
  func history(_ kind: StoreKind) async throws {
    let (store, log, sources) = try await stage(kind)
    let rows = [
      row(1, 2, of: sources[0], at: 2), row(2, 1, of: sources[0], at: 1), row(3, 1, of: sources[1], at: 1),
      row(4, 2, of: sources[1], at: 1.5), row(5, 3, of: sources[0], at: 3),
    ]
    _ = try await store.append(rows, to: log)
    let vehicle = sources[0].vehicleKey
    let end = Self.start.adding(seconds: 100)
    func positions(_ query: HistoryQuery) async throws -> [Int64] {
      try await store.history(query).rows.map(\.position)
    }
    #expect(
      try await positions(HistoryQuery(vehicleKey: vehicle, to: end, limit: 10, bytes: 1 << 20)) == [2, 3, 4, 1, 5])
    #expect(try await positions(HistoryQuery(vehicleKey: vehicle, to: end, limit: 2, bytes: 1 << 20)) == [2, 3])
    #expect(try await positions(HistoryQuery(vehicleKey: vehicle, to: end, limit: 10, bytes: 1)) == [2])
    #expect(
      try await positions(
        HistoryQuery(
          vehicleKey: vehicle, from: Self.start.adding(seconds: 1.5), to: Self.start.adding(seconds: 3), limit: 10,
          bytes: 1 << 20))
        == [4, 1])
    #expect(
      try await positions(
        HistoryQuery(vehicleKey: vehicle, to: end, sourceKey: sources[1].key, limit: 10, bytes: 1 << 20)) == [3, 4])
    let place = HistoryQuery.Place(time: rows[1].time, sourceKey: sources[0].key, sequence: 1)
    #expect(
      try await positions(HistoryQuery(vehicleKey: vehicle, to: end, after: place, limit: 2, bytes: 1 << 20)) == [3, 4])
    #expect(try await positions(HistoryQuery(vehicleKey: vehicle + 1, to: end, limit: 10, bytes: 1 << 20)).isEmpty)
  }

  @Test("downsampling keeps the last sample of each interval since 1970", arguments: StoreKind.allCases)
  func downsampling(_ kind: StoreKind) async throws {
    let (store, log, sources) = try await stage(kind)
    let rows = (1...35 as ClosedRange<Int64>).map { number -> LogRow in
      row(number, UInt64(number), of: sources[0], at: Double(number - 1) * 0.1)
    }
    _ = try await store.append(rows, to: log)
    var query = HistoryQuery(
      vehicleKey: sources[0].vehicleKey, to: Self.start.adding(seconds: 100), limit: 2, bytes: 1 << 20,
      intervalMicroseconds: 1_000_000)
    let first = try await store.history(query).rows
    #expect(first.map(\.sample.sequence) == [10, 20])
    query.after = first.last.map { .init(time: $0.time, sourceKey: $0.sourceKey, sequence: $0.sample.sequence) }
    let second = try await store.history(query)
    #expect(second.rows.map(\.sample.sequence) == [30, 35])
    #expect(second.isLast)
  }
}
