public import Synchronization

/// One reader of a stream of updates. Publishers never wait for it: what it doesn't read in time is coalesced.
public final class Subscription<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  public typealias Entry = CoalescingQueue<Key, Value>.Entry

  @usableFromInline struct State {
    @usableFromInline var queue: CoalescingQueue<Key, Value>
    @usableFromInline var isFinished = false
    @usableFromInline var reader: CheckedContinuation<Void, Never>?

    @inlinable init(queue: CoalescingQueue<Key, Value>) { self.queue = queue }
  }

  @usableFromInline let state: Mutex<State>

  /// - Parameter capacity: the updates that wait before older ones give way to newer ones of the same key.
  @inlinable public init(capacity: Int) { state = Mutex(State(queue: CoalescingQueue(capacity: capacity))) }

  /// Adds an update. Never waits.
  @inlinable public func offer(_ value: Value, for key: Key) {
    let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.isFinished else { return nil }
      state.queue.append(value, for: key)
      return state.reader.take()
    }
    reader?.resume()
  }

  /// Whether an update waits.
  @inlinable public var hasMore: Bool { state.withLock { !$0.queue.isEmpty } }

  /// Ends the stream after what waits.
  @inlinable public func finish() {
    let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.isFinished = true
      return state.reader.take()
    }
    reader?.resume()
  }

  /// The updates that wait, at least one and at most `limit`; nil at the end. One reader at a time.
  ///
  /// - Throws: `CancellationError`.
  @inlinable public func next(_ limit: Int) async throws -> [Entry]? {
    while true {
      try Task.checkCancellation()
      let (entries, isFinished) = state.withLock { ($0.queue.pop(limit), $0.isFinished) }
      if !entries.isEmpty { return entries }
      if isFinished { return nil }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let isReady = state.withLock { state in
            precondition(state.reader == nil, "a subscription has one reader")
            if !state.queue.isEmpty || state.isFinished || Task.isCancelled { return true }
            state.reader = continuation
            return false
          }
          if isReady { continuation.resume() }
        }
      } onCancel: {
        state.withLock { $0.reader.take() }?.resume()
      }
    }
  }
}
