import Synchronization
import TwinProto

/// What the handlers and the runners of one process tell each other: there is work, this far it has come, stop it.
///
/// Only a shortcut: the store holds the truth, and whoever waits here also looks there now and then.
final class RunBoard: Sendable {
  /// What a runner shares about the run that it works on.
  final class Entry: Sendable {
    private let share = Mutex(0.0)
    private let newest = Mutex<ChangeSample?>(nil)
    private let stop = Atomic(false)

    var progress: Double {
      get { share.withLock { $0 } }
      set { share.withLock { $0 = newValue } }
    }

    /// The newest simulated moment of a change; nil before there is one.
    var moment: ChangeSample? {
      get { newest.withLock { $0 } }
      set { newest.withLock { $0 = newValue } }
    }

    var isStopped: Bool { stop.load(ordering: .relaxed) }

    func requestStop() { stop.store(true, ordering: .relaxed) }
  }

  private struct State {
    var runs: [String: Entry] = [:]
    var listeners: [UInt64: AsyncStream<Void>.Continuation] = [:]
    var next: UInt64 = 0
  }

  private let state = Mutex(State())

  func begin(run id: String) -> Entry {
    let entry = Entry()
    state.withLock { $0.runs[id] = entry }
    announce()
    return entry
  }

  func end(run id: String) {
    _ = state.withLock { $0.runs.removeValue(forKey: id) }
    announce()
  }

  func progress(of runID: String) -> Double? { state.withLock { $0.runs[runID] }?.progress }

  /// The newest simulated moment of a change that runs here.
  func moment(of runID: String) -> ChangeSample? { state.withLock { $0.runs[runID] }?.moment }

  /// Stops one run: another caller's run of the same simulation goes on.
  func cancel(run id: String) {
    state.withLock { $0.runs[id] }?.requestStop()
    announce()
  }

  /// There may be something to run.
  func wakeRunners() { announce() }

  /// Something has changed.
  func announce() {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield() }
  }

  /// - Parameter other: wakes up as this one does.
  func changes(and other: RunBoard? = nil) -> Changes {
    // One waiting wake-up says as much as many.
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let (end, otherEnd) = (add(continuation), other?.add(continuation))
    return Changes(stream: stream, continuation: continuation) {
      end()
      otherEnd?()
    }
  }

  /// - Returns: what removes it again.
  private func add(_ listener: AsyncStream<Void>.Continuation) -> @Sendable () -> Void {
    let id = state.withLock { state in
      state.next += 1
      state.listeners[state.next] = listener
      return state.next
    }
    return { [weak self] in _ = self?.state.withLock { $0.listeners.removeValue(forKey: id) } }
  }

  /// Wake-ups for one listener, for as long as it is kept.
  final class Changes: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let onEnd: @Sendable () -> Void

    init(
      stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation, onEnd: @escaping @Sendable () -> Void
    ) {
      self.stream = stream
      self.continuation = continuation
      self.onEnd = onEnd
    }

    deinit { onEnd() }

    /// Returns at the next wake-up, or after `interval`, whichever is first.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    func next(within interval: Duration) async throws {
      let timer = Task {
        try await Task.sleep(for: interval)
        continuation.yield()
      }
      defer { timer.cancel() }
      var iterator = stream.makeAsyncIterator()
      _ = await iterator.next()
      try Task.checkCancellation()
    }
  }
}

/// The bounds of running.
struct RunLimits: Sendable {
  /// The longest that anyone may ask for, in seconds of computing.
  static let longestTimeLimit = 86_400.0

  /// Runs that may wait in the queue.
  var maxWaiting = 10_000
  /// Seconds of computing that a run gets when nobody says otherwise.
  var timeLimit = 600.0
  /// How long a runner holds a run without a sign of life, in seconds.
  var lease = 15.0
  /// How often a runner without work looks for some, in case it wasn't told.
  var pollInterval = Duration.seconds(2)
  /// How often a watch looks at the store, for runs of other processes.
  var watchInterval = Duration.milliseconds(250)
  /// How often a run may be begun before it counts as one that kills its runner.
  var maxAttempts: Int32 = 5
  /// The waits between attempts to store an outcome.
  var recordRetry = Duration.seconds(1)
}
