import PostgresDriver
import PostgresMigrations
import PostgresPool
import ServiceLifecycle

/// The database, as something to wait for: migrated first, then asked now and then.
///
/// It asks over a connection of its own, so that a pool whose connections are all at work doesn't look like a database
/// that is gone.
actor DatabaseDependency: Dependency {
  nonisolated let name = "database"
  private let migrations: SchemaMigrations
  private let app: PostgresConfiguration
  private let owner: PostgresConfiguration?
  private let checkTimeout: Duration
  private var connection: PostgresConnection?

  init(
    _ migrations: SchemaMigrations, app: PostgresConfiguration, owner: PostgresConfiguration?, checkTimeout: Duration
  ) {
    self.migrations = migrations
    self.app = app
    self.owner = owner
    self.checkTimeout = checkTimeout
  }

  func prepare() async throws {
    do {
      if let owner { try await migrations.apply(as: owner) }
      try await migrations.verify(on: try await connected())
    } catch {
      // The connection may be what failed; the next attempt makes its own.
      await close()
      throw Self.isPermanent(error) ? PermanentFailure("\(error)") : error
    }
  }

  private static func isPermanent(_ error: any Error) -> Bool {
    guard let error = error as? MigrationError else { return false }
    return switch error {
    case .checksumMismatch, .databaseIsNewer, .notConsecutive, .leftTransaction, .invalidFileName, .notUTF8: true
    case .pending, .lockTimeout, .failed: false
    }
  }

  func check() async throws {
    guard await (try connected()).isHealthy(within: checkTimeout) else {
      await close()
      throw DatabaseGone()
    }
  }

  private func connected() async throws -> PostgresConnection {
    if let connection { return connection }
    let made = try await PostgresConnection.connect(app)
    connection = made
    return made
  }

  func close() async {
    await connection?.close()
    connection = nil
  }

  private struct DatabaseGone: Error, CustomStringConvertible {
    let description = "the database doesn't answer"
  }
}

/// Keeps the connections until everything that may use them has stopped.
struct DatabaseConnections: Service {
  let database: ServiceDatabase
  let dependency: DatabaseDependency

  func run() async throws {
    try? await gracefulShutdown()
    await database.pool.close()
    await dependency.close()
  }
}
