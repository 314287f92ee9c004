import Synchronization

/// What happened, in order, for tests that wait for something to happen.
public final class Events<Event: Sendable>: Sendable {
  private struct Waiter {
    let id: Int
    let isFulfilled: @Sendable ([Event]) -> Bool
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var events: [Event] = []
    var waiters: [Waiter] = []
    var nextID = 0
  }

  private let state = Mutex(State())

  public init() {}

  /// Everything so far.
  public var all: [Event] { state.withLock { $0.events } }

  public func record(_ event: Event) {
    let fulfilled = state.withLock { state -> [Waiter] in
      state.events.append(event)
      let fulfilled = state.waiters.filter { $0.isFulfilled(state.events) }
      state.waiters.removeAll { waiter in fulfilled.contains { $0.id == waiter.id } }
      return fulfilled
    }
    for waiter in fulfilled { waiter.continuation.resume(returning: true) }
  }

  /// Waits until the events so far fulfil `condition`.
  ///
  /// - Throws: `CancellationError` when the task is cancelled, as by `within`.
  public func wait(until condition: @escaping @Sendable ([Event]) -> Bool) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let isFulfilled = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isDone = state.withLock { state in
          let isDone = condition(state.events) || Task.isCancelled
          if !isDone {
            state.waiters.append(Waiter(id: id, isFulfilled: condition, continuation: continuation))
          }
          return isDone
        }
        if isDone { continuation.resume(returning: true) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return state.waiters.remove(at: index)
      }
      waiter?.continuation.resume(returning: false)
    }
    if !isFulfilled || !condition(all) { throw CancellationError() }
  }

  /// Waits until so many events have been recorded.
  public func wait(count: Int) async throws { try await wait { $0.count >= count } }
}

/// A test waited longer than it may.
public struct WaitedTooLong: Error, CustomStringConvertible {
  public let what: String

  public var description: String { "waited too long for \(what)" }
}

/// Bounds a wait. The bound is only there so that a broken test fails instead of hanging; no result depends on it.
public func within<Result: Sendable>(
  _ bound: Duration = .seconds(30), _ what: String = "an event",
  _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result?.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try? await Task.sleep(for: bound)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let result = first else { throw WaitedTooLong(what: what) }
    return result
  }
}
