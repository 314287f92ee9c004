/// A message sent by `NOTIFY`.
public struct PostgresNotification: Sendable, Hashable {
  public var channel: String
  /// Empty when the sender gave none. Below 8,000 bytes.
  public var payload: String
  /// The session that sent it.
  public var backendProcessID: Int32
}

extension PostgresConnection {
  /// Starts listening on a channel. Read what arrives with `nextNotification`, on a connection used for nothing else.
  public func listen(_ channel: String) async throws {
    try await executeScript("LISTEN \(SQL.quote(identifier: channel))")
  }

  /// Waits for the next notification.
  ///
  /// - Returns: nil when none arrived within `timeout`.
  /// - Throws: `PostgresError` with `.connectionFailure` when the session ended; `CancellationError`.
  public func nextNotification(timeout: Duration) async throws -> PostgresNotification? {
    try await operate(timeout: timeout) { connection, handle in
      while true {
        // Parses what has been received; on an idle session that is notifications and settings only.
        _ = handle.isBusy
        if let notification = handle.nextNotification() { return notification }
        guard !handle.isBroken else { throw PostgresError(.connectionFailure, handle.errorMessage) }
        if try await connection.waitForSocket(handle, .read) == .interrupted {
          if connection.interruption == .cancelled { throw CancellationError() }
          return nil
        }
        guard handle.consumeInput() else { throw PostgresError(.connectionFailure, handle.errorMessage) }
      }
    }
  }

  /// Sends a notification to the channel's listeners when the transaction commits.
  public func notify(_ channel: String, payload: String = "") async throws {
    try await query("SELECT pg_notify(\(channel), \(payload))")
  }
}
