import Synchronization

/// Work done for many at once: whoever joins waits for a round that begins after that, together with all who joined
/// until it began. At most one round runs and one waits, however many join.
final class SharedRounds: Sendable {
  private struct State {
    var running: Task<Void, any Error>?
    var waiting: Task<Void, any Error>?
  }

  private let state = Mutex(State())
  private let work: @Sendable () async throws -> Void

  init(_ work: @escaping @Sendable () async throws -> Void) { self.work = work }

  /// Waits for the end of the next round that begins.
  ///
  /// A caller that is cancelled doesn't stop a round, which others wait for, unless it says that it may.
  func join(stopsRound: Bool = false) async throws {
    let round = state.withLock { state -> Task<Void, any Error> in
      if let waiting = state.waiting { return waiting }
      let task = Task { [running = state.running] in
        _ = await running?.result
        self.begin()
        defer { self.end() }
        try await self.work()
      }
      state.waiting = task
      return task
    }
    try await withTaskCancellationHandler {
      try await round.value
    } onCancel: {
      if stopsRound { round.cancel() }
    }
  }

  private func begin() { state.withLock { ($0.running, $0.waiting) = ($0.waiting, nil) } }
  private func end() { state.withLock { $0.running = nil } }
}
