import Foundation
import PostgresDriver
import PostgresPool
import PostgresTesting
import Waiting

/// Sets the stage for tests on the shared server.
enum Stage {
  static func configuration() async throws -> PostgresConfiguration {
    try PostgresConfiguration(url: try await PostgresTestServer.shared.start())
  }

  static func connect() async throws -> PostgresConnection {
    try await PostgresConnection.connect(try await configuration())
  }

  static func pool(_ bounds: PoolConfiguration) async throws -> PostgresPool {
    var bounds = bounds
    // A loaded machine must not fail a test that is about something else.
    bounds.acquireTimeout = .seconds(60)
    return PostgresPool(try await configuration(), configuration: bounds)
  }

  /// Ends a session and returns when it is gone.
  static func terminate(_ pid: Int32, by connection: PostgresConnection) async throws {
    try await connection.query("SELECT pg_terminate_backend(\(pid), 60000)")
  }

  /// Returns when the session runs a statement with `text` in it.
  static func waitUntilActive(_ pid: Int32, on connection: PostgresConnection, contains text: String) async throws {
    try await eventually("a statement in progress") {
      try await !connection.query(
        """
        SELECT FROM pg_stat_activity
        WHERE pid = \(pid) AND state = 'active' AND query LIKE \("%\(text)%") AND wait_event IS NOT NULL
        """
      ).isEmpty
    }
  }

  static func uniqueName(_ prefix: String) -> String {
    "\(prefix)_\(UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased())"
  }
}
