import Synchronization

/// Tells calls that have no end of their own to come to one when the service stops.
public final class DrainSignal: Sendable {
  private struct State {
    var hasBegun = false
    var actions: [Int: @Sendable () -> Void] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  public init() {}

  public var hasBegun: Bool { state.withLock(\.hasBegun) }

  /// Runs the actions of all calls that are open. Later ones run theirs at once.
  public func begin() {
    let actions = state.withLock { state in
      state.hasBegun = true
      defer { state.actions.removeAll() }
      return state.actions
    }
    for action in actions.values { action() }
  }

  /// Runs `body`; `action` is called once if the service begins to stop meanwhile. It must not wait.
  public nonisolated(nonsending) func whileOpen<Result>(
    onDrain action: @escaping @Sendable () -> Void, _ body: nonisolated(nonsending) () async throws -> Result
  ) async rethrows -> Result {
    let id = state.withLock { state -> Int? in
      guard !state.hasBegun else { return nil }
      state.nextID += 1
      state.actions[state.nextID] = action
      return state.nextID
    }
    guard let id else {
      action()
      return try await body()
    }
    defer { _ = state.withLock { $0.actions.removeValue(forKey: id) } }
    return try await body()
  }
}
