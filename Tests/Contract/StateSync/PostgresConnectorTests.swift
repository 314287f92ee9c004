import FleetCore
import Foundation
import PostgresDriver
import PostgresTesting
import SimulationInput
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Reading a real PostgreSQL")
struct PostgresConnectorTests {
  private static let now = UTCInstant(microseconds: 1_800_000_000_000_000)

  private static func source(_ configuration: PostgresConfiguration, user: String? = nil) -> TargetState {
    [
      "host": .string(configuration.host), "port": .number(Double(configuration.port)),
      "database": .string(configuration.database), "user": .string(user ?? configuration.user),
    ]
  }

  private static func read(_ values: TargetState) async throws -> MirrorReading {
    let config = SourceConfig(values, files: CredentialFiles())
    #expect(PostgresConnector().problems(with: config).isEmpty)
    return try await PostgresConnector().read(config, window: ReadingWindow(since: nil, to: now))
  }

  private static func number(_ value: InputValue?) -> Double? {
    if case .number(let number)? = value { number } else { nil }
  }

  /// A database with a table of a known number of rows.
  private static func database(on server: PostgresTestServer = .shared) async throws -> PostgresTestDatabase {
    let database = try await server.makeDatabase()
    let admin = try await PostgresConnection.connect(database.admin)
    try await admin.executeScript(
      """
      CREATE SCHEMA shop;
      CREATE TABLE shop.orders (id integer PRIMARY KEY, note text);
      INSERT INTO shop.orders SELECT n, repeat('x', 1000) FROM generate_series(1, 5000) n;
      ANALYZE shop.orders;
      """)
    await admin.close()
    return database
  }

  @Test("settings, sizes, activity and ages are what the server says itself")
  func everything() async throws {
    let database = try await Self.database()
    let reading = try await Self.read(Self.source(database.admin).merging(["target": "pg-1"]) { $1 })
    let target = try #require(reading.targets["pg-1"])
    #expect(target.kind == "postgresql")
    let state = target.state
    let admin = try await PostgresConnection.connect(database.admin)
    for name in ["shared_buffers", "work_mem", "wal_level", "effective_cache_size"] {
      let shown = try await admin.query("SELECT current_setting(\(name))")[0].decode(String.self)
      #expect(state[name] == .string(shown))
    }
    for name in ["max_connections", "autovacuum_freeze_max_age", "hash_mem_multiplier"] {
      let shown = try await admin.query("SELECT current_setting(\(name))::float8")[0].decode(Double.self)
      #expect(state[name] == .number(shown))
    }
    #expect(state["postgres"] == .number(Double(admin.serverVersion / 10_000)))
    #expect(state["checkpoint_timeout_min"] == 5)
    let size = try await admin.query("SELECT pg_database_size(current_database())::float8 / 1073741824")[0]
      .decode(Double.self)
    await admin.close()
    let told = try #require(Self.number(state["db_size_gb"]))
    #expect(abs(told - size) < 0.01 * size)
    guard case .array(let tables)? = state["tables"] else {
      Issue.record("no tables")
      return
    }
    #expect(tables.first?["name"] == "shop.orders")
    #expect(tables.first?["rows"] == 5_000)
    #expect((Self.number(tables.first?["table_gb"]) ?? 0) > 0.004)
    #expect(state["role"] == "primary")
    #expect(state["slots"] == .array([]))
    #expect((Self.number(state["xid_age"]) ?? 0) > 0)
    #expect((Self.number(state["backends"]) ?? 0) >= 1)
    // Nobody told of a lag: it is unknown, not none.
    #expect(state["replication_lag_s"] == nil)
    #expect(reading.peaks[SeriesName(target: "pg-1", metric: "backends")] == "peak_backends")
    #expect(reading.metrics[SeriesName(target: "pg-1", metric: "db_size_bytes")]?.map(\.time) == [Self.now])
    // What the working set and the think time are calibrated from.
    func value(_ metric: String) -> Double? {
      reading.metrics[SeriesName(target: "pg-1", metric: metric)]?.first?.value
    }
    #expect(try #require(value("blocks_hit_total")) > 0)
    #expect(value("blocks_read_total") != nil)
    #expect(value("shared_buffers_bytes").map { $0.truncatingRemainder(dividingBy: 8_192) } == 0)
    #expect(try #require(value("databases_bytes")) > size * 1_073_741_824)
    #expect(try #require(value("session_seconds_total")) >= (try #require(value("active_session_seconds_total"))))
  }

  @Test("pg_monitor suffices; without it what others do is unknown")
  func roles() async throws {
    let database = try await Self.database()
    let admin = try await PostgresConnection.connect(database.admin)
    let suffix = database.admin.database
    try await admin.executeScript(
      """
      CREATE ROLE monitor_\(suffix) LOGIN IN ROLE pg_monitor;
      CREATE ROLE plain_\(suffix) LOGIN;
      GRANT CONNECT ON DATABASE \(suffix) TO monitor_\(suffix), plain_\(suffix);
      """)
    await admin.close()
    for (role, isComplete) in [("monitor_\(suffix)", true), ("plain_\(suffix)", false)] {
      let state = try await Self.read(Self.source(database.admin, user: role)).targets[PostgresConnector.usualTarget]?
        .state
      #expect(state?["max_connections"] != nil)
      #expect(state?["db_size_gb"] != nil)
      #expect((state?["backends"] != nil) == isComplete)
      // Hits and misses are told to everybody; sizes of databases that a role may not connect to only to a monitor.
      let metrics = try await Self.read(Self.source(database.admin, user: role)).metrics
      #expect(metrics.keys.contains { $0.metric == "blocks_hit_total" })
    }
  }

  @Test("reading writes nothing: the server gives no transaction id away")
  func readOnly() async throws {
    // Of its own, so that nobody else does anything.
    let server = PostgresTestServer()
    let database = try await Self.database(on: server)
    let admin = try await PostgresConnection.connect(database.admin)
    try await admin.executeScript("ALTER SYSTEM SET autovacuum = off")
    try await admin.executeScript("SELECT pg_reload_conf()")
    func next() async throws -> Int64 {
      try await admin.query("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")[0].decode(Int64.self)
    }
    let before = try await next()
    _ = try await Self.read(Self.source(database.admin))
    #expect(try await next() == before)
    await admin.close()
    try await server.stop()
  }

  @Test("statements are told where pg_stat_statements is there, slots with the log that they hold back")
  func statementsAndSlots() async throws {
    let server = PostgresTestServer()
    let database = try await Self.database(on: server)
    var admin = try await PostgresConnection.connect(database.admin)
    try await admin.executeScript("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
    await admin.close()
    // Not loaded, so there is nothing to be told.
    var state = try await Self.read(Self.source(database.admin)).targets[PostgresConnector.usualTarget]?.state
    #expect(state?["statement_calls"] == nil)
    try await server.stop()
    try await server.restart(port: database.admin.port)
    admin = try await PostgresConnection.connect(database.admin)
    try await admin.executeScript("CREATE SCHEMA statistics; CREATE EXTENSION pg_stat_statements SCHEMA statistics")
    try await admin.executeScript("SELECT pg_create_physical_replication_slot('standby_1', true)")
    for _ in 0..<3 { try await admin.query("SELECT count(*) FROM shop.orders") }
    await admin.close()
    state = try await Self.read(Self.source(database.admin)).targets[PostgresConnector.usualTarget]?.state
    #expect((Self.number(state?["statement_calls"]) ?? 0) >= 3)
    #expect((Self.number(state?["statement_mean_ms"]) ?? 0) > 0)
    guard case .array(let slots)? = state?["slots"] else {
      Issue.record("no slots")
      return
    }
    #expect(slots.map { $0["name"] } == ["standby_1"])
    #expect(slots.map { $0["active"] } == [false])
    #expect(slots.allSatisfy { (Self.number($0["retained_wal_gb"]) ?? -1) >= 0 })
    try await server.stop()
  }

  @Test("a server that can't be reached fails the source, and its password isn't told")
  func failures() async throws {
    let database = try await Self.database()
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("twin-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    // The server quotes the name of the database, which here is the password, too.
    try Data("s3cret_name".utf8).write(to: file)
    var values = Self.source(database.admin)
    values["database"] = "s3cret_name"
    values["password_file"] = .string(file.path)
    let reader = SourceReader(
      connectors: SourceConnectors([.postgres: PostgresConnector()]), clock: WallClock { Self.now },
      pace: ContinuousClock(), timeout: .seconds(20), maximumStateBytes: 1 << 20)
    let result = await reader.read(MirrorSource(name: "db", kind: .postgres, config: values))
    guard case .failure(let failure) = result.outcome else {
      Issue.record("not refused")
      return
    }
    #expect(failure.description.contains("[redacted]"))
    #expect(!failure.description.contains("s3cret_name"))
    try FileManager.default.removeItem(at: file)
    guard
      case .failure(let missing) = await reader.read(MirrorSource(name: "db", kind: .postgres, config: values)).outcome
    else {
      Issue.record("not refused")
      return
    }
    #expect(missing.description.hasPrefix("password_file:"))
  }
}
