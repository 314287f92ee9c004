import Synchronization

/// The first of several answers; later ones are dropped.
public final class FirstAnswer<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    var waiting: CheckedContinuation<Value, Never>?
    var isTaken = false
  }

  private let state = Mutex(State())

  public init() {}

  public func give(_ value: Value) {
    state.withLock { state -> CheckedContinuation<Value, Never>? in
      guard state.value == nil, !state.isTaken else { return nil }
      state.value = value
      defer { state.waiting = nil }
      if state.waiting != nil { state.isTaken = true }
      return state.waiting
    }?.resume(returning: value)
  }

  /// Waits for it. Called once.
  public func get() async -> Value {
    await withCheckedContinuation { continuation in
      let value = state.withLock { state -> Value? in
        if let value = state.value { return value }
        state.waiting = continuation
        return nil
      }
      if let value { continuation.resume(returning: value) }
    }
  }
}
