import Synchronization

/// A number of places, one for each thing that may be under way at a time.
public final class Slots: Sendable {
  private struct State {
    var free: Int
    var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
    var order: [Int] = []
    var nextID = 0
  }

  private let state: Mutex<State>
  private let count: Int

  public init(_ count: Int) {
    precondition(count > 0, "at least one thing may be under way")
    self.count = count
    state = Mutex(State(free: count))
  }

  /// Takes a place; waits for one in the order of arrival.
  ///
  /// - Throws: `CancellationError`, and no place is taken.
  public func acquire() async throws {
    try Task.checkCancellation()
    let id = state.withLock { state -> Int? in
      if state.free > 0 {
        state.free -= 1
        return nil
      }
      state.nextID += 1
      return state.nextID
    }
    guard let id else { return }
    let isTaken = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { state -> Bool? in
          if Task.isCancelled { return false }
          // One may have become free in between.
          if state.free > 0 {
            state.free -= 1
            return true
          }
          state.waiting[id] = continuation
          state.order.append(id)
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      state.withLock { state in
        state.order.removeAll { $0 == id }
        return state.waiting.removeValue(forKey: id)
      }?.resume(returning: false)
    }
    if !isTaken { throw CancellationError() }
  }

  /// Gives a place back.
  public func release() {
    state.withLock { state -> CheckedContinuation<Bool, Never>? in
      guard !state.order.isEmpty else {
        state.free = min(state.free + 1, count)
        return nil
      }
      return state.waiting.removeValue(forKey: state.order.removeFirst())
    }?.resume(returning: true)
  }

  /// How many places are taken.
  public var taken: Int { state.withLock { count - $0.free } }
}
