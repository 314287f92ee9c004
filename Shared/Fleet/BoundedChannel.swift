public import Synchronization

/// A queue between tasks: many write, one reads, and writers wait while it is full.
///
/// Elements may differ in weight; the bound holds for the sum. One that alone exceeds it is let into the empty queue.
///
/// Inlinable, as it lies on the way of every sample: a generic type of another module costs several times as much.
public final class BoundedChannel<Element: Sendable>: Sendable {
  @usableFromInline struct State {
    @usableFromInline var elements: [Element] = []
    @usableFromInline var weight = 0
    @usableFromInline var isFinished = false
    @usableFromInline var failure: (any Error)?
    @usableFromInline var reader: CheckedContinuation<Void, Never>?
    @usableFromInline var writers: [CheckedContinuation<Void, Never>] = []

    @inlinable init() {}

    /// What waits, and the writers for whom there is room then.
    @inlinable mutating func take() -> (elements: [Element], writers: [CheckedContinuation<Void, Never>]) {
      var taken: (elements: [Element], writers: [CheckedContinuation<Void, Never>]) = ([], [])
      guard !elements.isEmpty else { return taken }
      swap(&taken.elements, &elements)
      swap(&taken.writers, &writers)
      weight = 0
      return taken
    }

    @inlinable mutating func wakeAll() -> [CheckedContinuation<Void, Never>] {
      defer {
        reader = nil
        writers = []
      }
      return writers + [reader].compactMap(\.self)
    }
  }

  @usableFromInline let capacity: Int
  @usableFromInline let weigh: @Sendable (Element) -> Int
  @usableFromInline let state: Mutex<State>

  /// - Parameters:
  ///   - capacity: the weight that waits before writers do, at least 1.
  ///   - weigh: what an element counts for; 1 unless given.
  @inlinable public init(capacity: Int, weigh: @escaping @Sendable (Element) -> Int = { _ in 1 }) {
    precondition(capacity > 0, "a channel holds at least one element")
    self.capacity = capacity
    self.weigh = weigh
    state = Mutex(State())
  }

  /// The weight that waits.
  @inlinable public var weight: Int { state.withLock(\.weight) }

  /// Adds an element; waits while the channel is full.
  ///
  /// - Returns: false when the channel was finished, so that nobody will read the element.
  /// - Throws: `CancellationError`.
  @discardableResult
  @inlinable public func send(_ element: Element) async throws -> Bool {
    let own = weigh(element)
    while true {
      try Task.checkCancellation()
      let (isDone, reader) = state.withLock { state -> (Bool?, CheckedContinuation<Void, Never>?) in
        if state.isFinished { return (false, nil) }
        guard hasRoom(for: own, state) else { return (nil, nil) }
        state.elements.append(element)
        state.weight += own
        return (true, state.reader.take())
      }
      reader?.resume()
      if let isDone { return isDone }
      await wait {
        !self.hasRoom(for: own, $0) && !$0.isFinished
      } as: {
        $0.writers.append($1)
      }
    }
  }

  /// Adds an element without waiting, even to a full channel: for writers whose number is bounded by other means.
  @inlinable public func push(_ element: Element) {
    let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.isFinished else { return nil }
      state.elements.append(element)
      state.weight += weigh(element)
      return state.reader.take()
    }
    reader?.resume()
  }

  @inlinable func hasRoom(for weight: Int, _ state: State) -> Bool {
    state.elements.isEmpty || state.weight + weight <= capacity
  }

  /// Everything that waits, at least one element; nil at the end. One reader at a time.
  ///
  /// - Throws: what the channel was finished with, after what waited; `CancellationError`.
  @inlinable public func next() async throws -> [Element]? {
    while true {
      try Task.checkCancellation()
      let (taken, isFinished, failure) = state.withLock { ($0.take(), $0.isFinished, $0.failure) }
      let (elements, writers) = taken
      for writer in writers { writer.resume() }
      if !elements.isEmpty { return elements }
      if let failure { throw failure }
      if isFinished { return nil }
      await wait {
        $0.elements.isEmpty && !$0.isFinished
      } as: { state, continuation in
        precondition(state.reader == nil, "a channel has one reader")
        state.reader = continuation
      }
    }
  }

  /// What waits now, without waiting for it; for the reader.
  @inlinable public func takeWaiting() -> [Element] {
    let (elements, writers) = state.withLock { $0.take() }
    for writer in writers { writer.resume() }
    return elements
  }

  /// Whether the end was said; what waits can still be read.
  @inlinable public var isFinished: Bool { state.withLock(\.isFinished) }

  /// Says that nothing follows; what waits can still be read. The first end counts.
  @inlinable public func finish(throwing error: (any Error)? = nil) {
    let waiting = state.withLock { state in
      if !state.isFinished {
        state.isFinished = true
        state.failure = error
      }
      return state.wakeAll()
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Suspends unless `mustWait` says otherwise, decided under the lock. Wakes up also when the task is cancelled.
  @inlinable func wait(
    _ mustWait: @Sendable (inout State) -> Bool,
    as enter: @Sendable (inout State, CheckedContinuation<Void, Never>) -> Void
  ) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard !Task.isCancelled, mustWait(&state) else { return false }
          enter(&state, continuation)
          return true
        }
        if !waits { continuation.resume() }
      }
    } onCancel: {
      // Whoever is woken looks again, so waking too many does no harm.
      for continuation in state.withLock({ $0.wakeAll() }) { continuation.resume() }
    }
  }
}

extension BoundedChannel {
  /// Makes a call that answers by a completion, once, and waits for the answer.
  ///
  /// - Throws: what the call throws or answers; `CancellationError`.
  public static func answer<Value>(
    of call: (_ complete: @escaping @Sendable (Element) -> Void) async throws -> Void
  ) async throws -> Value where Element == Result<Value, any Error> {
    let answer = BoundedChannel(capacity: 1)
    try await call {
      answer.push($0)
      answer.finish()
    }
    guard let result = try await answer.next()?.first else { throw CancellationError() }
    return try result.get()
  }
}
