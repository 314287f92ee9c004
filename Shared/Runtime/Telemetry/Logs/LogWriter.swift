import Dispatch
import RuntimeSystem
import Synchronization

/// Where log bytes end up. `write` may block for as long as it likes.
public protocol LogSink: Sendable {
  /// Writes whole records.
  func write(_ records: [UInt8]) throws
}

/// An open descriptor as a sink.
public struct DescriptorLogSink: LogSink {
  private let descriptor: Int32

  public init(descriptor: Int32) { self.descriptor = descriptor }

  public func write(_ records: [UInt8]) throws { try Files.write(records, to: descriptor) }
}

/// Takes records from any thread and writes them on one of its own, so that a slow terminal or a full pipe never
/// blocks the loops.
///
/// Records wait in one buffer of bounded size. When it is full they are dropped, and the next record that fits is
/// preceded by one that says how many.
public final class LogWriter: Sendable {
  /// What waits at most: some 8,000 records, written in one call.
  public static let maximumQueuedBytes = 1 << 20

  private struct State {
    var queue: [UInt8] = []
    var isWriting = false
    /// Dropped since the last report in the log.
    var dropped = 0
    /// Told when the queue is empty and nothing is being written.
    var waiters: [DispatchSemaphore] = []
  }

  private let sink: any LogSink
  private let maximumQueuedBytes: Int
  private let dropReport: @Sendable (Int) -> [UInt8]
  private let state = Mutex(State())
  private let allDropped = Atomic<Int>(0)
  private let thread = DispatchQueue(label: "twin.log-writer")

  /// - Parameter dropReport: makes the record that says how many were dropped.
  public init(
    sink: any LogSink, maximumQueuedBytes: Int = LogWriter.maximumQueuedBytes,
    dropReport: @escaping @Sendable (_ dropped: Int) -> [UInt8]
  ) {
    self.sink = sink
    self.maximumQueuedBytes = maximumQueuedBytes
    self.dropReport = dropReport
  }

  /// The records dropped since the start, because the queue was full or the sink failed.
  public var droppedTotal: Int { allDropped.load(ordering: .relaxed) }

  /// Queues one record. Never blocks.
  public func enqueue(_ record: [UInt8]) {
    let mustStart = state.withLock { state in
      guard state.queue.count + record.count <= maximumQueuedBytes else {
        state.dropped += 1
        allDropped.wrappingAdd(1, ordering: .relaxed)
        return false
      }
      if state.dropped > 0 {
        state.queue += dropReport(state.dropped)
        state.dropped = 0
      }
      state.queue += record
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if mustStart { thread.async { self.writeAll() } }
  }

  private func writeAll() {
    while true {
      let batch = state.withLock { state in
        if state.queue.isEmpty, state.dropped > 0 {
          state.queue = dropReport(state.dropped)
          state.dropped = 0
        }
        let batch = state.queue
        state.queue = []
        if batch.isEmpty {
          state.isWriting = false
          for waiter in state.waiters { waiter.signal() }
          state.waiters = []
        }
        return batch
      }
      if batch.isEmpty { return }
      do {
        try sink.write(batch)
      } catch {
        // Nowhere is left to say so; the counter tells.
        allDropped.wrappingAdd(batch.count { $0 == UInt8(ascii: "\n") }, ordering: .relaxed)
      }
    }
  }

  /// Blocks until everything queued so far is written, or the time is over: for the end of the process.
  ///
  /// - Returns: whether everything was written.
  @discardableResult
  public func flush(within limit: Duration) -> Bool {
    let done = DispatchSemaphore(value: 0)
    let isIdle = state.withLock { state in
      if state.isWriting { state.waiters.append(done) }
      return !state.isWriting
    }
    if isIdle { return true }
    let milliseconds = Int((limit / .milliseconds(1)).rounded(.up))
    return done.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
  }
}
