import Synchronization

/// Things that happened, by name, for a test that must wait until one has.
final class EventLog: Sendable {
  private struct State {
    var counts: [String: Int] = [:]
    var changed: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var nextWaiter: UInt64 = 0
  }

  private let state = Mutex(State())

  func record(_ event: String) {
    let waiting = state.withLock { state in
      state.counts[event, default: 0] += 1
      defer { state.changed = [:] }
      return Array(state.changed.values)
    }
    for continuation in waiting { continuation.resume() }
  }

  /// How often the event happened.
  func count(_ event: String) -> Int { state.withLock { $0.counts[event] ?? 0 } }

  /// Waits until the event has happened so often. The test's own time limit bounds the wait; cancellation ends it.
  func wait(for event: String, count: Int = 1) async throws {
    while true {
      try Task.checkCancellation()
      let id = state.withLock { state in
        state.nextWaiter += 1
        return state.nextWaiter
      }
      let isThere = await withTaskCancellationHandler {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
          let isReady = state.withLock { state in
            if state.counts[event] ?? 0 >= count || Task.isCancelled { return true }
            state.changed[id] = continuation
            return false
          }
          if isReady { continuation.resume() }
        }
        return self.count(event) >= count
      } onCancel: {
        state.withLock { $0.changed.removeValue(forKey: id) }?.resume()
      }
      if isThere { return }
    }
  }
}
