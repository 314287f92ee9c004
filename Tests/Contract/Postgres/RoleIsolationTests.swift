import PostgresDriver
import PostgresMigrations
import PostgresTesting
import Testing

/// What `deploy/dev/bootstrap.sql` grants, and above all what it doesn't.
@Suite("Roles see their own schema only")
struct RoleIsolationTests {
  static let services = ["state_sync", "twin_engine", "scenario_runner", "prediction", "results", "edge"]

  /// A database in which each service has a table `secrets` with one row.
  static func database() async throws -> PostgresTestDatabase {
    let database = try await PostgresTestServer.shared.makeDatabase()
    for service in services {
      let migration = Migration(
        version: 1, name: "secrets",
        sql: """
          CREATE TABLE secrets (id int8 GENERATED ALWAYS AS IDENTITY, word text);
          INSERT INTO secrets (word) VALUES ('\(service)');
          CREATE FUNCTION reveal() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT word FROM \(service).secrets';
          """)
      try await SchemaMigrations(schema: service, [migration]).apply(as: database.configuration(service, .owner))
    }
    return database
  }

  private static func code(of statement: SQL, on connection: PostgresConnection) async -> PostgresError.Code? {
    do {
      try await connection.query(statement)
      return nil
    } catch { return (error as? PostgresError)?.code }
  }

  @Test("no role of a service can read, write, create in or call into another's schema")
  func othersSchemas() async throws {
    let database = try await Self.database()
    for service in Self.services {
      for role in [PostgresTestServer.Role.app, .owner] {
        let connection = try await PostgresConnection.connect(database.configuration(service, role))
        for other in Self.services where other != service {
          for statement in [
            "SELECT word FROM \(other).secrets", "INSERT INTO \(other).secrets (word) VALUES ('x')",
            "UPDATE \(other).secrets SET word = 'x'", "DELETE FROM \(other).secrets", "TRUNCATE \(other).secrets",
            "CREATE TABLE \(other).t (n int8)", "SELECT \(other).reveal()", "DROP TABLE \(other).secrets",
            "SELECT FROM \(other).schema_migrations",
          ] {
            let code = await Self.code(of: SQL(statement), on: connection)
            #expect(code == .insufficientPrivilege, "\(service) \(role): \(statement)")
          }
          let become = await Self.code(of: SQL("SET ROLE \(unescaped: other)_owner"), on: connection)
          #expect(become == .insufficientPrivilege)
        }
        await connection.close()
      }
    }
  }

  @Test("an app role works with its own rows, without naming the schema")
  func ownRows() async throws {
    let database = try await Self.database()
    for service in Self.services {
      let app = try await PostgresConnection.connect(database.configuration(service, .app))
      #expect(try await app.query("SELECT word FROM secrets")[0].decode(String.self) == service)
      #expect(try await app.execute("INSERT INTO secrets (word) VALUES ('more')") == 1)
      #expect(try await app.execute("UPDATE secrets SET word = 'changed' WHERE word = 'more'") == 1)
      #expect(try await app.execute("DELETE FROM secrets WHERE word = 'changed'") == 1)
      #expect(try await app.query("SELECT reveal()")[0].decode(String.self) == service)
      await app.close()
    }
  }

  @Test("an app role changes no schema, not even its own, nor the record of migrations")
  func noSchemaChanges() async throws {
    let database = try await Self.database()
    for service in Self.services {
      let app = try await PostgresConnection.connect(database.configuration(service, .app))
      for statement in [
        "CREATE TABLE t (n int8)", "CREATE TABLE public.t (n int8)", "ALTER TABLE secrets ADD COLUMN n int8",
        "DROP TABLE secrets", "TRUNCATE secrets", "CREATE INDEX ON secrets (word)", "CREATE SCHEMA mine",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "DROP FUNCTION reveal()",
        "GRANT SELECT ON secrets TO PUBLIC", "CREATE ROLE intruder", "CREATE DATABASE mine",
        "UPDATE schema_migrations SET checksum = ''", "DELETE FROM schema_migrations",
        "INSERT INTO schema_migrations (version, name, checksum) VALUES (9, 'x', 'x')",
        "SET ROLE \(service)_owner", "SELECT pg_read_file('/etc/passwd')", "COPY secrets TO PROGRAM 'cat'",
      ] {
        let code = await Self.code(of: SQL(statement), on: app)
        // Granting what one may not grant is a warning in SQL; then nothing must have been granted.
        if statement.hasPrefix("GRANT"), code == nil { continue }
        #expect(code == .insufficientPrivilege, "\(service): \(statement)")
      }
      await app.close()
    }
    let admin = try await PostgresConnection.connect(database.admin)
    let granted = try await admin.query(
      "SELECT FROM information_schema.table_privileges WHERE table_name = 'secrets' AND grantee = 'PUBLIC'")
    #expect(granted.isEmpty)
  }
}
