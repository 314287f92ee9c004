import FleetCore
import Foundation
import PostgresDriver
import PostgresTesting
import SimulationInput
import Testing
import Waiting

@testable import StateSyncService

/// A real primary with a real standby.
@Suite("Reading a PostgreSQL pair", .serialized)
struct StandbyTests {
  private static let now = UTCInstant(microseconds: 1_800_000_000_000_000)

  private static func source(_ configuration: PostgresConfiguration, _ more: TargetState = [:]) -> TargetState {
    [
      "host": .string(configuration.host), "port": .number(Double(configuration.port)),
      "database": .string(configuration.database), "user": .string(configuration.user),
    ].merging(more) { $1 }
  }

  private static func read(_ values: TargetState) async throws -> MirrorReading {
    let config = SourceConfig(values, files: CredentialFiles())
    #expect(PostgresConnector().problems(with: config).isEmpty)
    return try await PostgresConnector().read(config, window: ReadingWindow(since: nil, to: now))
  }

  private static func state(_ configuration: PostgresConfiguration) async throws -> TargetState {
    try #require(try await read(source(configuration)).targets[PostgresConnector.usualTarget]).state
  }

  private static func number(_ value: InputValue?) -> Double? {
    if case .number(let number)? = value { number } else { nil }
  }

  private static func run(_ script: String, on configuration: PostgresConfiguration) async throws {
    let connection = try await PostgresConnection.connect(configuration)
    try await connection.executeScript(script)
    await connection.close()
  }

  private static func isTrue(_ condition: String, on configuration: PostgresConfiguration) async throws -> Bool {
    let connection = try await PostgresConnection.connect(configuration)
    let rows = try await connection.query("SELECT coalesce(\(unescaped: condition), false)")
    let result = try rows[0].decode(Bool.self)
    await connection.close()
    return result
  }

  /// All that the primary has written is replayed.
  private static func awaitCaughtUp(_ standby: StandbyServer) async throws {
    try await eventually("the standby has caught up") {
      try await isTrue(
        "(SELECT bool_and(replay_lsn = pg_current_wal_lsn()) FROM pg_stat_replication)", on: standby.primary)
    }
  }

  /// A standby says that it lags nothing. The primary writes a little also by itself, so for a moment it may.
  private static func awaitNoLag(_ standby: StandbyServer) async throws {
    try await eventually("no lag") { try await state(standby.configuration)["replication_lag_s"] == 0 }
  }

  @Test("a primary knows its standbys, a standby its lag and what its settings are to the primary")
  func pair() async throws {
    let server = PostgresTestServer()
    let database = try await server.makeDatabase()
    try await StandbyServer.with(of: database.admin) { standby in
      // A standby knows the time of a transaction only after it has replayed one.
      try await Self.run("CREATE TABLE orders (id integer)", on: standby.primary)
      try await Self.awaitCaughtUp(standby)
      var primary = try await Self.state(standby.primary)
      #expect(primary["role"] == "primary")
      #expect(primary["replica_failover"] == true)
      #expect(Self.number(primary["replication_lag_s"]).map { (0...60).contains($0) } == true)
      guard case .array(let standbys)? = primary["standbys"] else {
        Issue.record("no standbys")
        return
      }
      #expect(standbys.map { $0["state"] } == ["streaming"])
      #expect(standbys.map { $0["sync_state"] } == ["async"])

      // What keeps the log replays nothing, so nobody can fail over to it.
      try await standby.whileLogIsKept {
        try await eventually("pg_receivewal reads the log") {
          try await Self.isTrue(
            "(SELECT count(*) = 1 FROM pg_stat_replication WHERE application_name = 'pg_receivewal' "
              + "AND state = 'streaming')", on: standby.primary)
        }
        primary = try await Self.state(standby.primary)
        #expect(primary["standbys"] == .array(standbys))
      }

      try await Self.awaitNoLag(standby)
      let reading = try await Self.read(
        Self.source(standby.configuration, ["target": "pg-2", "standby_of": "postgresql-primary"]))
      let second = try #require(reading.targets["pg-2"]).state
      #expect(second["role"] == "standby")
      #expect(second["replica_failover"] == nil)
      #expect(second["max_connections"] == .number(Double(StandbyServer.maxConnections)))
      let told = try #require(reading.targets["postgresql-primary"]).state
      #expect(told["standby_max_connections"] == .number(Double(StandbyServer.maxConnections)))
      #expect(told["standby_max_wal_senders"] == primary["max_wal_senders"])
      #expect(told["max_connections"] == nil)
      #expect(reading.metrics[SeriesName(target: "pg-2", metric: "wal_bytes_total")] == nil)

      // Its replay stands still while the primary writes more than a segment of the log.
      try await Self.run("SELECT pg_wal_replay_pause()", on: standby.configuration)
      try await eventually("replay is paused") {
        try await Self.isTrue("pg_get_wal_replay_pause_state() = 'paused'", on: standby.configuration)
      }
      try await Self.run(
        "INSERT INTO orders SELECT n FROM generate_series(1, 400000) n; SELECT pg_switch_wal()", on: standby.primary)
      try await eventually("the standby has received it") {
        try await Self.isTrue(
          "(SELECT bool_and(flush_lsn = pg_current_wal_lsn()) FROM pg_stat_replication)", on: standby.primary)
      }
      primary = try await Self.state(standby.primary)
      // The primary's last measurement is of the time before, so it can't tell.
      #expect(primary["replication_lag_s"] == nil)
      #expect(primary["replica_failover"] == true)
      let behind = try await Self.read(Self.source(standby.primary))
      let bytes = behind.metrics[SeriesName(target: "postgresql-primary", metric: "standby_lag_bytes")]?.first?.value
      #expect((bytes ?? 0) > 16_777_216)
      #expect((Self.number(try await Self.state(standby.configuration)["replication_lag_s"]) ?? 0) > 0)
      try await Self.run("SELECT pg_wal_replay_resume()", on: standby.configuration)
      try await Self.awaitCaughtUp(standby)
      try await Self.awaitNoLag(standby)

      // A standby that is away is known by its slot.
      try await standby.stop()
      try await eventually("the primary has noticed") {
        try await Self.isTrue("(SELECT count(*) = 0 FROM pg_stat_replication)", on: standby.primary)
      }
      primary = try await Self.state(standby.primary)
      #expect(primary["replica_failover"] == false)
      #expect(primary["replication_lag_s"] == nil)
      #expect(primary["standbys"] == nil)
    }
    try await server.stop()
  }

  @Test("a standby that has lost its primary doesn't say that it lags nothing")
  func lostPrimary() async throws {
    let server = PostgresTestServer()
    let database = try await server.makeDatabase()
    try await StandbyServer.with(of: database.admin) { standby in
      try await Self.run("CREATE TABLE orders (id integer)", on: standby.primary)
      try await Self.awaitCaughtUp(standby)
      try await Self.awaitNoLag(standby)
      try await server.stop()
      try await eventually("the standby has noticed") {
        try await Self.isTrue("NOT EXISTS (SELECT FROM pg_stat_wal_receiver)", on: standby.configuration)
      }
      #expect((Self.number(try await Self.state(standby.configuration)["replication_lag_s"]) ?? 0) > 0)
      // Promoted, it is no standby of anything.
      try await Self.run("SELECT pg_promote()", on: standby.configuration)
      let reading = try await Self.read(
        Self.source(standby.configuration, ["target": "pg-2", "standby_of": "postgresql-primary"]))
      #expect(reading.targets.keys.sorted() == ["pg-2"])
      #expect(reading.targets["pg-2"]?.state["role"] == "primary")
    }
  }

  @Test("a standby can't be its own primary")
  func itself() {
    let values = Self.source(PostgresConfiguration(host: "x", port: 1, database: "d", user: "u"))
    for more: TargetState in [["standby_of": "postgresql-primary"], ["target": "a", "standby_of": "a"]] {
      let config = SourceConfig(values.merging(more) { $1 }, files: CredentialFiles())
      #expect(PostgresConnector().problems(with: config).map(\.key) == ["standby_of"])
    }
  }
}
