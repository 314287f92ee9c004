import Synchronization

/// What all connections of one server hold together, for the bounds of the whole server.
final class ServerLoad: Sendable {
  private let handlers = Atomic(0)
  private let unread = Atomic(0)
  private let unsent = Atomic(0)

  /// Whether one more handler would have room now; `startHandler` decides.
  func hasRoomForHandler(max: Int) -> Bool { handlers.load(ordering: .relaxed) < max }

  /// Counts a handler that is about to run.
  ///
  /// - Returns: false when there are `max` already; then nothing is counted.
  func startHandler(max: Int) -> Bool {
    guard handlers.add(1, ordering: .relaxed).newValue > max else { return true }
    handlers.subtract(1, ordering: .relaxed)
    return false
  }

  func handlerEnded() { handlers.subtract(1, ordering: .relaxed) }

  /// As far as the connections have told.
  var unreadBytes: Int { unread.load(ordering: .relaxed) }

  /// As far as the connections have told.
  var unsentBytes: Int { unsent.load(ordering: .relaxed) }

  func addUnread(_ bytes: Int) { unread.add(bytes, ordering: .relaxed) }

  func addUnsent(_ bytes: Int) { unsent.add(bytes, ordering: .relaxed) }
}
