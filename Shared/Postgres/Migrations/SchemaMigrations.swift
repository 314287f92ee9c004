public import PostgresDriver

/// The history of one service's schema, and how to bring a database to its end.
///
/// Applied migrations are recorded with their SHA-256 in `schema_migrations` within the schema. Migrators take turns
/// under an advisory lock, so any number of replicas may start at once.
public struct SchemaMigrations: Sendable {
  public let schema: String
  public let migrations: [Migration]

  /// How long to wait for another migrator.
  public var lockTimeout: Duration = .seconds(120)
  /// The bound on one migration.
  public var statementTimeout: Duration = .seconds(300)

  /// - Throws: `MigrationError.notConsecutive` unless the versions are 1, 2, 3, ….
  public init(schema: String, _ migrations: [Migration]) throws {
    for (index, migration) in migrations.enumerated() where migration.version != index + 1 {
      throw MigrationError.notConsecutive(expected: index + 1, found: migration.label)
    }
    self.schema = schema
    self.migrations = migrations
  }

  /// Connects as `owner`, the role that owns the schema, and applies what is missing.
  ///
  /// - Returns: the migrations applied, in order; empty when the schema was up to date.
  @discardableResult
  public func apply(as owner: PostgresConfiguration) async throws -> [Migration] {
    let connection = try await PostgresConnection.connect(owner)
    do {
      let applied = try await apply(on: connection)
      await connection.close()
      return applied
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Applies what is missing on a connection of the owner.
  @discardableResult
  public func apply(on connection: PostgresConnection) async throws -> [Migration] {
    try await lock(connection)
    do {
      let applied = try await applyLocked(connection)
      try await unlock(connection)
      return applied
    } catch {
      // The session holds the lock; when unlocking fails too, closing it lets go.
      do { try await unlock(connection) } catch { await connection.close() }
      throw error
    }
  }

  /// Checks, without changing anything, that exactly these migrations have been applied. The app role may do that.
  public func verify(on connection: PostgresConnection) async throws {
    let recorded = try await connection.query(
      SQL("SELECT version, name, checksum FROM \(unescaped: table) ORDER BY version"))
    let pending = try check(recorded, try await checksums(connection))
    if let first = pending.first { throw MigrationError.pending(label: first.label) }
  }

  // MARK: Steps

  private var table: String { SQL.quote(identifier: schema) + ".schema_migrations" }

  /// The lock's number: the same for all migrators of the schema, and unlike other uses of advisory locks.
  private var lockKey: SQL {
    "SELECT hashtextextended(\("digital-twin schema migrations of " + schema), 0)"
  }

  private func lock(_ connection: PostgresConnection) async throws {
    let key = try await connection.query(lockKey)[0].decode(Int64.self)
    do {
      try await connection.query("SELECT pg_advisory_lock(\(key))", timeout: lockTimeout)
    } catch let error as PostgresError where error.code == .statementTimeout {
      throw MigrationError.lockTimeout(schema: schema, lockTimeout)
    }
  }

  private func unlock(_ connection: PostgresConnection) async throws {
    let key = try await connection.query(lockKey)[0].decode(Int64.self)
    try await connection.query("SELECT pg_advisory_unlock(\(key))")
  }

  private func applyLocked(_ connection: PostgresConnection) async throws -> [Migration] {
    try await createTable(connection)
    let recorded = try await connection.query(
      SQL("SELECT version, name, checksum FROM \(unescaped: table) ORDER BY version"))
    let checksums = try await checksums(connection)
    let pending = try check(recorded, checksums)
    for migration in pending { try await apply(migration, checksums[migration.version - 1], connection) }
    return pending
  }

  /// The application may read the record, not write it.
  private func createTable(_ connection: PostgresConnection) async throws {
    try await connection.executeScript(
      """
      CREATE TABLE IF NOT EXISTS \(table) (
        version int4 PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now(),
        applied_by text NOT NULL DEFAULT current_user
      );
      DO $$
      DECLARE grantee text;
      BEGIN
        FOR grantee IN
          SELECT DISTINCT role.rolname FROM pg_class AS class, aclexplode(class.relacl) AS entry
          JOIN pg_roles AS role ON role.oid = entry.grantee
          WHERE class.oid = \(SQL.quote(literal: table))::regclass AND role.oid <> class.relowner
            AND entry.privilege_type <> 'SELECT'
        LOOP
          EXECUTE format(
            'REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %1$s FROM %2$I',
            \(SQL.quote(literal: table)), grantee);
        END LOOP;
      END
      $$
      """)
  }

  /// The SHA-256 of each script, computed by the server.
  private func checksums(_ connection: PostgresConnection) async throws -> [String] {
    try await connection.query(
      """
      SELECT encode(sha256(convert_to(script, 'UTF8')), 'hex')
      FROM unnest(\(migrations.map(\.sql))) WITH ORDINALITY AS scripts (script, position) ORDER BY position
      """
    ).map { try $0.decode(String.self) }
  }

  /// Compares what is recorded with what is known, and returns what is still to be applied.
  private func check(_ recorded: PostgresRows, _ checksums: [String]) throws -> [Migration] {
    for (index, row) in recorded.enumerated() {
      let (version, name, checksum) = try row.decode(Int.self, String.self, String.self)
      let label = Migration(version: version, name: name, sql: "").label
      guard version <= migrations.count else { throw MigrationError.databaseIsNewer(label: label) }
      guard version == index + 1 else { throw MigrationError.notConsecutive(expected: index + 1, found: label) }
      guard checksum == checksums[index] else {
        throw MigrationError.checksumMismatch(
          label: migrations[index].label, recorded: checksum, actual: checksums[index])
      }
    }
    return Array(migrations.dropFirst(recorded.count))
  }

  private func apply(_ migration: Migration, _ checksum: String, _ connection: PostgresConnection) async throws {
    do {
      try await connection.transaction { connection in
        try await connection.executeScript("SET LOCAL search_path = \(SQL.quote(identifier: schema))")
        try await connection.executeScript(migration.sql, timeout: statementTimeout)
        guard await connection.isInTransaction else { throw MigrationError.leftTransaction(label: migration.label) }
        try await connection.execute(
          """
          INSERT INTO \(unescaped: table) (version, name, checksum)
          VALUES (\(Int32(migration.version)), \(migration.name), \(checksum))
          """)
      }
    } catch let error as MigrationError {
      throw error
    } catch let error as CancellationError {
      throw error
    } catch {
      throw MigrationError.failed(label: migration.label, error)
    }
  }
}
