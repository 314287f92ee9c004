import PostgresDriver
import PostgresMigrations
import PostgresTesting
import Testing

@Suite("Migrations")
struct MigrationTests {
  static let first = Migration(
    version: 1, name: "create_runs", sql: "CREATE TABLE runs (id int8 PRIMARY KEY); INSERT INTO runs VALUES (1);")
  static let second = Migration(version: 2, name: "add_seed", sql: "ALTER TABLE runs ADD COLUMN seed int8 DEFAULT 7")

  @Test("apply in order, once, and are recorded with their SHA-256")
  func applies() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let owner = database.configuration("scenario_runner", .owner)
    let one = try SchemaMigrations(schema: "scenario_runner", [Self.first])
    let both = try SchemaMigrations(schema: "scenario_runner", [Self.first, Self.second])
    #expect(try await one.apply(as: owner) == [Self.first])
    #expect(try await both.apply(as: owner) == [Self.second])
    #expect(try await both.apply(as: owner) == [])
    let app = try await PostgresConnection.connect(database.configuration("scenario_runner", .app))
    #expect(try await app.query("SELECT seed FROM runs")[0].decode(Int.self) == 7)
    let rows = try await app.query("SELECT name, checksum, applied_by FROM schema_migrations ORDER BY version")
    let (name, checksum, role) = try rows[0].decode(String.self, String.self, String.self)
    #expect(name == "create_runs")
    // printf '%s' "CREATE TABLE runs (id int8 PRIMARY KEY); INSERT INTO runs VALUES (1);" | sha256sum
    #expect(checksum == "3c2aaa0568d8cc23873bafd7047706d0a8235764a0ef95cdfe68e1eb2ddfad8b")
    #expect(role == "scenario_runner_owner")
    try await both.verify(on: app)
    #expect(throws: Never.self) { try SchemaMigrations(schema: "scenario_runner", []) }
  }

  @Test("an edited migration is refused, and nothing is applied")
  func checksumMismatch() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let owner = database.configuration("edge", .owner)
    try await SchemaMigrations(schema: "edge", [Self.first]).apply(as: owner)
    var edited = Self.first
    edited.sql += " "
    let error = await #expect(throws: MigrationError.self) {
      try await SchemaMigrations(schema: "edge", [edited, Self.second]).apply(as: owner)
    }
    guard case .checksumMismatch("0001_create_runs", _, _) = error else {
      Issue.record("expected a checksum mismatch, not \(String(describing: error))")
      return
    }
    let app = try await PostgresConnection.connect(database.configuration("edge", .app))
    #expect(try await app.query("SELECT FROM schema_migrations").count == 1)
  }

  @Test("an older release refuses a newer database, and verify reports what is missing")
  func versions() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let owner = database.configuration("edge", .owner)
    let older = try SchemaMigrations(schema: "edge", [Self.first])
    let newer = try SchemaMigrations(schema: "edge", [Self.first, Self.second])
    try await older.apply(as: owner)
    let app = try await PostgresConnection.connect(database.configuration("edge", .app))
    let pending = await #expect(throws: MigrationError.self) { try await newer.verify(on: app) }
    guard case .pending("0002_add_seed") = pending else {
      Issue.record("expected a pending migration, not \(String(describing: pending))")
      return
    }
    try await newer.apply(as: owner)
    let error = await #expect(throws: MigrationError.self) { try await older.apply(as: owner) }
    guard case .databaseIsNewer("0002_add_seed") = error else {
      Issue.record("expected a newer database, not \(String(describing: error))")
      return
    }
  }

  @Test("a failing migration leaves no trace, and the ones before it stay")
  func failure() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let owner = database.configuration("edge", .owner)
    let broken = Migration(version: 2, name: "broken", sql: "CREATE TABLE half (n int8); SELECT 1/0;")
    let error = await #expect(throws: MigrationError.self) {
      try await SchemaMigrations(schema: "edge", [Self.first, broken]).apply(as: owner)
    }
    guard case .failed("0002_broken", let cause) = error else {
      Issue.record("expected a failed migration, not \(String(describing: error))")
      return
    }
    #expect((cause as? PostgresError)?.sqlState == "22012")
    let connection = try await PostgresConnection.connect(owner)
    let tables = try await connection.query(
      "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'edge' ORDER BY 1")
    let names = try tables.map { try $0.decode(String.self) }
    #expect(names == ["runs", "schema_migrations"])
  }

  @Test("a migration may not end its transaction")
  func transactionControl() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let sneaky = Migration(version: 1, name: "sneaky", sql: "CREATE TABLE t (n int8); COMMIT")
    let error = await #expect(throws: MigrationError.self) {
      try await SchemaMigrations(schema: "edge", [sneaky]).apply(as: database.configuration("edge", .owner))
    }
    guard case .leftTransaction = error else {
      Issue.record("expected leftTransaction, not \(String(describing: error))")
      return
    }
  }

  @Test("of migrators started together one applies, the others find it done")
  func race() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let owner = database.configuration("results", .owner)
    let migrations = try SchemaMigrations(schema: "results", [Self.first, Self.second])
    let applied = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<6 { group.addTask { try await migrations.apply(as: owner).count } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(applied.sorted() == [0, 0, 0, 0, 0, 2])
  }

  @Test("a migrator waits for the lock no longer than its bound")
  func lockTimeout() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let owner = database.configuration("results", .owner)
    let holder = try await PostgresConnection.connect(owner)
    // The same number as the migrator's, which is part of the contract between releases.
    try await holder.query(
      "SELECT pg_advisory_lock(hashtextextended('digital-twin schema migrations of results', 0))")
    var migrations = try SchemaMigrations(schema: "results", [Self.first])
    migrations.lockTimeout = .milliseconds(50)
    let bounded = migrations
    let error = await #expect(throws: MigrationError.self) { try await bounded.apply(as: owner) }
    guard case .lockTimeout = error else {
      Issue.record("expected a lock timeout, not \(String(describing: error))")
      return
    }
    await holder.close()
    migrations.lockTimeout = .seconds(60)
    #expect(try await migrations.apply(as: owner).count == 1)
  }

  @Test("files are named like 0001_create_runs.sql")
  func fileNames() throws {
    let migration = try Migration(file: "0012_add_index_2.sql", Array("SELECT 1".utf8))
    #expect(migration.version == 12)
    #expect(migration.name == "add_index_2")
    #expect(migration.label == "0012_add_index_2")
    for file in ["1_a.sql", "0001_.sql", "0001-a.sql", "0001_A.sql", "0000_a.sql", "0001_a.txt", "abcd_a.sql", ""] {
      #expect(throws: MigrationError.self) { try Migration(file: file, []) }
    }
    #expect(throws: MigrationError.self) { try Migration(file: "0001_a.sql", [0xFF]) }
    #expect(throws: MigrationError.self) { try SchemaMigrations(schema: "s", [Self.second]) }
    #expect(throws: MigrationError.self) { try SchemaMigrations(schema: "s", [Self.first, Self.first]) }
  }
}
