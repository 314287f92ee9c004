import Synchronization

/// A clock that moves only when a test says so.
public final class VirtualClock: Clock {
  public struct Instant: InstantProtocol {
    /// Since the clock was made.
    public var offset: Duration
    public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    public func duration(to other: Instant) -> Duration { other.offset - offset }
    public static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.offset < rhs.offset }
  }

  private struct Sleeper {
    let id: Int
    let deadline: Instant
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct Waiter {
    let matches: @Sendable (Duration) -> Bool
    let continuation: CheckedContinuation<Duration, Never>
  }

  private struct State {
    var now = Instant(offset: .zero)
    var nextID = 0
    var sleepers: [Sleeper] = []
    var cancelled: Set<Int> = []
    var waiters: [Waiter] = []
  }

  private let state = Mutex(State())

  public init() {}

  public var now: Instant { state.withLock(\.now) }
  public var minimumResolution: Duration { .zero }

  public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        add(Sleeper(id: id, deadline: deadline, continuation: continuation))
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func add(_ sleeper: Sleeper) {
    enum Outcome { case sleeps([Waiter], Duration), due, cancelled }
    let outcome = state.withLock { state -> Outcome in
      if state.cancelled.remove(sleeper.id) != nil { return .cancelled }
      let left = sleeper.deadline.offset - state.now.offset
      if left <= .zero { return .due }
      state.sleepers.append(sleeper)
      let told = state.waiters.filter { $0.matches(left) }
      state.waiters.removeAll { $0.matches(left) }
      return .sleeps(told, left)
    }
    switch outcome {
    case .sleeps(let waiters, let left): for waiter in waiters { waiter.continuation.resume(returning: left) }
    case .due: sleeper.continuation.resume()
    case .cancelled: sleeper.continuation.resume(throwing: CancellationError())
    }
  }

  private func cancel(_ id: Int) {
    let sleeper = state.withLock { state -> Sleeper? in
      guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
        state.cancelled.insert(id)
        return nil
      }
      return state.sleepers.remove(at: index)
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }

  /// Moves time on and wakes everybody who is due.
  public func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let now = state.now
      let due = state.sleepers.filter { $0.deadline <= now }.sorted { $0.deadline < $1.deadline }
      state.sleepers.removeAll { $0.deadline <= now }
      return due
    }
    for sleeper in due { sleeper.continuation.resume() }
  }

  /// Waits until somebody sleeps for a time that matches.
  ///
  /// - Returns: how long that sleeper still sleeps.
  @discardableResult
  public func sleeper(_ matches: @escaping @Sendable (Duration) -> Bool) async -> Duration {
    await withCheckedContinuation { continuation in
      let left = state.withLock { state -> Duration? in
        let now = state.now
        if let left = state.sleepers.map({ $0.deadline.offset - now.offset }).first(where: matches) { return left }
        state.waiters.append(Waiter(matches: matches, continuation: continuation))
        return nil
      }
      if let left { continuation.resume(returning: left) }
    }
  }

  /// Waits until somebody sleeps for exactly this long.
  public func sleeper(of duration: Duration) async { await sleeper { $0 == duration } }
}
