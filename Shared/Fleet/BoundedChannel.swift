import Synchronization

/// A queue between tasks: many write, one reads, and writers wait while it is full.
///
/// Elements may differ in weight; the bound holds for the sum. One that alone exceeds it is let into the empty queue.
public final class BoundedChannel<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var weight = 0
    var isFinished = false
    var failure: (any Error)?
    var reader: CheckedContinuation<Void, Never>?
    var writers: [CheckedContinuation<Void, Never>] = []

    mutating func wakeAll() -> [CheckedContinuation<Void, Never>] {
      defer {
        reader = nil
        writers = []
      }
      return writers + [reader].compactMap(\.self)
    }
  }

  private let capacity: Int
  private let weigh: @Sendable (Element) -> Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - capacity: the weight that waits before writers do, at least 1.
  ///   - weigh: what an element counts for; 1 unless given.
  public init(capacity: Int, weigh: @escaping @Sendable (Element) -> Int = { _ in 1 }) {
    precondition(capacity > 0, "a channel holds at least one element")
    self.capacity = capacity
    self.weigh = weigh
  }

  /// The weight that waits.
  public var weight: Int { state.withLock(\.weight) }

  /// Adds an element; waits while the channel is full.
  ///
  /// - Returns: false when the channel was finished, so that nobody will read the element.
  /// - Throws: `CancellationError`.
  @discardableResult
  public func send(_ element: Element) async throws -> Bool {
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
  public func push(_ element: Element) {
    let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.isFinished else { return nil }
      state.elements.append(element)
      state.weight += weigh(element)
      return state.reader.take()
    }
    reader?.resume()
  }

  private func hasRoom(for weight: Int, _ state: State) -> Bool {
    state.elements.isEmpty || state.weight + weight <= capacity
  }

  /// Everything that waits, at least one element; nil at the end. One reader at a time.
  ///
  /// - Throws: what the channel was finished with, after what waited; `CancellationError`.
  public func next() async throws -> [Element]? {
    while true {
      try Task.checkCancellation()
      let (elements, writers, isFinished, failure) = state.withLock { state in
        let elements = state.elements
        state.elements = []
        state.weight = 0
        var writers: [CheckedContinuation<Void, Never>] = []
        if !elements.isEmpty { swap(&writers, &state.writers) }
        return (elements, writers, state.isFinished, state.failure)
      }
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

  /// Says that nothing follows; what waits can still be read. The first end counts.
  public func finish(throwing error: (any Error)? = nil) {
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
  private func wait(
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
