public import Synchronization

/// A value under a lock whose changes tasks can wait for. Any number may wait.
///
/// Inlinable, as it lies on the way of every sample: a generic type of another module costs several times as much.
public final class Watched<Value: Sendable>: Sendable {
  @usableFromInline struct State {
    @usableFromInline var value: Value
    @usableFromInline var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    @usableFromInline var nextID = 0

    @inlinable init(value: Value) { self.value = value }

    @inlinable mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
      guard !waiting.isEmpty else { return [] }
      defer { waiting.removeAll(keepingCapacity: true) }
      return Array(waiting.values)
    }
  }

  @usableFromInline let state: Mutex<State>

  @inlinable public init(_ value: Value) { state = Mutex(State(value: value)) }

  /// Looks at the value, or changes what nobody waits for.
  @inlinable public func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    state.withLock { body(&$0.value) }
  }

  /// Changes the value; whoever waits looks at it again.
  @discardableResult
  @inlinable public func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    let (result, waiting) = state.withLock { (body(&$0.value), $0.takeWaiting()) }
    for continuation in waiting { continuation.resume() }
    return result
  }

  /// Returns once `mustWait` says so; it is asked under the lock.
  ///
  /// - Throws: `CancellationError`.
  @inlinable public func wait(while mustWait: @Sendable (Value) -> Bool) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    while true {
      try Task.checkCancellation()
      let isOver = await withTaskCancellationHandler {
        // Whoever is woken looks again.
        guard state.withLock({ mustWait($0.value) }) else { return true }
        await withCheckedContinuation { continuation in
          let waits = state.withLock { state in
            guard !Task.isCancelled, mustWait(state.value) else { return false }
            state.waiting[id] = continuation
            return true
          }
          if !waits { continuation.resume() }
        }
        return false
      } onCancel: {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
      }
      if isOver { return }
    }
  }
}
