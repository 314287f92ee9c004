public import PostgresDriver
public import PostgresPool
import Synchronization

/// Stores the rows of many callers in few transactions.
///
/// `append` returns when the transaction that holds the caller's rows is committed. While one transaction is under way,
/// further rows gather for the next, so the batches grow with the load and a lone caller does not wait.
///
/// Each row is stored exactly once, by its key: rows already stored are left out and reported as duplicates. A batch whose
/// connection died during the commit is sent again, and the server's record of the first transaction tells whether rows
/// then found stored were its own, which are no duplicates. Rows the server refuses fail the appends they belong to and
/// no others. One transaction is under way at a time, and appends are committed in the order in which they arrived.
public final class GroupCommitter<Row: Sendable>: Sendable {
  public let target: GroupCommitTarget
  public let configuration: GroupCommitConfiguration
  private let pool: PostgresPool
  private let clock: any PoolClock
  private let observer: (any GroupCommitObserver)?
  private let encode: @Sendable (Row, inout CopyBuffer) throws -> Void
  private let writer: BatchWriter
  private let state: Mutex<State>

  private enum Caller: Sendable {
    case admission(CheckedContinuation<Void, any Error>)
    case commit(CheckedContinuation<GroupCommitReceipt, any Error>)

    func fail(_ error: any Error) {
      switch self {
      case .admission(let continuation): continuation.resume(throwing: error)
      case .commit(let continuation): continuation.resume(throwing: error)
      }
    }

    func admit() {
      guard case .admission(let continuation) = self else { preconditionFailure("a queued append was let in again") }
      continuation.resume()
    }

    func succeed(_ receipt: GroupCommitReceipt) {
      guard case .commit(let continuation) = self else { preconditionFailure("a blocked caller's rows were stored") }
      continuation.resume(returning: receipt)
    }
  }

  private typealias Queue = GroupCommitQueue<Caller>

  private struct State {
    var queue: Queue
    var nextID = 0
    var isWriting = false
    var isExpiring = false
    var isClosed = false
    var lastError: (any Error)?
    var idle: [CheckedContinuation<Void, Never>] = []
  }

  /// The bound `maximumWait` is kept to within this share of it.
  private static var expiryResolution: Double { 0.125 }
  /// A lease is renewed after this many transactions, so that the pool can replace an old connection.
  private static var maximumBatchesPerLease: Int { 256 }

  /// - Parameters:
  ///   - pool: of the service's app role. One connection is in use while there are rows to store.
  ///   - encode: writes the fields of one row in the order of `target.copy.columns`. Runs on the caller's task.
  public init(
    pool: PostgresPool, target: GroupCommitTarget,
    configuration: GroupCommitConfiguration = GroupCommitConfiguration(), clock: any PoolClock = SystemPoolClock(),
    observer: (any GroupCommitObserver)? = nil,
    encode: @escaping @Sendable (Row, inout CopyBuffer) throws -> Void
  ) {
    self.pool = pool
    self.target = target
    self.configuration = configuration
    self.clock = clock
    self.observer = observer
    self.encode = encode
    writer = BatchWriter(target: target, timeout: configuration.commitTimeout)
    state = Mutex(State(queue: Queue(configuration: configuration)))
  }

  // MARK: Appending

  /// Stores `rows`, all or none of them, and returns when they are committed.
  ///
  /// A cancelled caller leaves the queue; once its rows are part of a transaction under way, the outcome is awaited.
  ///
  /// - Throws: `GroupCommitError`, `CancellationError`, or what `encode` throws.
  public func append(_ rows: [Row]) async throws -> GroupCommitReceipt {
    guard !rows.isEmpty else { return GroupCommitReceipt(rowCount: 0, duplicates: []) }
    guard rows.count <= configuration.maximumBatchRows else {
      throw GroupCommitError.appendTooLarge(rows: rows.count, bytes: 0)
    }
    let deadline = clock.now + configuration.maximumWait
    try await reserve(rows.count, deadline)
    let buffer: CopyBuffer
    do {
      buffer = try encoded(rows)
      try Task.checkCancellation()
    } catch {
      for caller in state.withLock({ $0.queue.giveBack(rows.count) }) { caller.admit() }
      throw error
    }
    return try await waiting { id, continuation in
      let isOpen = state.withLock { state in
        guard !state.isClosed else { return false }
        state.queue.enqueue(.init(id: id, rows: buffer, deadline: deadline, caller: .commit(continuation)))
        return true
      }
      guard isOpen else { return continuation.resume(throwing: GroupCommitError.closed) }
      startWriting()
      startExpiring()
    }
  }

  private func encoded(_ rows: [Row]) throws -> CopyBuffer {
    var buffer = CopyBuffer(columnCount: target.copy.columns.count, capacity: 64 * rows.count)
    for row in rows { try buffer.row { try encode(row, &$0) } }
    guard buffer.byteCount <= configuration.maximumBatchBytes else {
      throw GroupCommitError.appendTooLarge(rows: rows.count, bytes: buffer.byteCount)
    }
    return buffer
  }

  private func reserve(_ rows: Int, _ deadline: Duration) async throws {
    let isAdmitted = try state.withLock { state in
      guard !state.isClosed else { throw GroupCommitError.closed }
      return state.queue.reserve(rows)
    }
    guard !isAdmitted else { return }
    try await waiting { (id: Int, continuation: CheckedContinuation<Void, any Error>) in
      let admission = state.withLock { state -> Queue.Admission? in
        guard !state.isClosed else { return nil }
        return state.queue.block(id, rows: rows, deadline: deadline, caller: .admission(continuation))
      }
      switch admission {
      case .admitted: continuation.resume()
      case .blocked: startExpiring()
      case .full: continuation.resume(throwing: GroupCommitError.queueFull)
      case nil: continuation.resume(throwing: GroupCommitError.closed)
      }
    }
  }

  /// Suspends until someone resumes the continuation that `register` put somewhere, or the task is cancelled.
  private func waiting<Value>(
    _ register: (Int, CheckedContinuation<Value, any Error>) -> Void
  ) async throws -> Value {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        register(id, continuation)
        // The handler may have run before there was a caller to find.
        if Task.isCancelled { cancel(id) }
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func cancel(_ id: Int) {
    guard let (cancelled, admitted) = state.withLock({ $0.queue.cancel(id) }) else { return }
    cancelled.fail(CancellationError())
    for caller in admitted { caller.admit() }
  }

  /// Stops taking rows, stores those already appended, and returns when that is done or their time is up. Idempotent.
  public func close() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        state.isClosed = true
        guard state.isWriting else { return true }
        state.idle.append(continuation)
        return false
      }
      if isIdle { continuation.resume() }
    }
  }

  /// Rows that wait and callers that wait to be let in, for metrics.
  public var backlog: (rows: Int, blockedCallers: Int) {
    state.withLock { ($0.queue.queuedRows, $0.queue.blockedCount) }
  }

  // MARK: Expiring

  private func startExpiring() {
    let mustStart = state.withLock { state in
      guard !state.isExpiring, state.queue.isAnyoneWaiting else { return false }
      state.isExpiring = true
      return true
    }
    guard mustStart else { return }
    Task { [weak self, clock, interval = configuration.maximumWait * Self.expiryResolution] in
      var isNeeded = true
      while isNeeded {
        try? await clock.sleep(until: clock.now + interval)
        isNeeded = self?.expire() ?? false
      }
    }
  }

  /// False: nobody is left to watch over.
  private func expire() -> Bool {
    let now = clock.now
    let (expired, admitted, error, isNeeded) = state.withLock { state in
      let (expired, admitted) = state.queue.expire(now: now)
      state.isExpiring = state.queue.isAnyoneWaiting
      return (expired, admitted, GroupCommitError.unavailable(last: state.lastError), state.isExpiring)
    }
    for caller in expired { caller.fail(error) }
    for caller in admitted { caller.admit() }
    return isNeeded
  }

  // MARK: Writing

  private func startWriting() {
    let mustStart = state.withLock { state in
      guard !state.isWriting else { return false }
      state.isWriting = true
      return true
    }
    if mustStart { Task { await write() } }
  }

  /// Writes until nothing is queued.
  private func write() async {
    var failures = 0
    while hasWork() {
      do {
        let outcome = try await pool.withConnection { try await self.writeBatches(on: $0) }
        switch outcome {
        case .clean: failures = 0
        case .inDoubt(let batch, let attempt):
          await resolve(batch, attempt)
          failures = 0
        }
      } catch {
        failures += 1
        remember(error)
        // A closed pool never comes back.
        if (error as? PostgresError)?.code == .poolClosed {
          failAll(GroupCommitError.unavailable(last: error))
        } else {
          observer?.willRetry(after: error)
          await pause(failures)
        }
      }
    }
  }

  private func hasWork() -> Bool {
    let (hasWork, waiting) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
      if !state.queue.isEmpty { return (true, []) }
      state.isWriting = false
      defer { state.idle = [] }
      return (false, state.idle)
    }
    for continuation in waiting { continuation.resume() }
    return hasWork
  }

  private enum LeaseOutcome {
    case clean
    /// The connection died during a commit.
    case inDoubt([Queue.Entry], BatchWriter.Attempt)
  }

  /// - Throws: the reason for which the batch was put back.
  private func writeBatches(on connection: PostgresConnection) async throws -> LeaseOutcome {
    for _ in 0..<Self.maximumBatchesPerLease {
      let batch = state.withLock { $0.queue.takeBatch() }
      if batch.isEmpty { break }
      let outcome = try await write(batch, on: connection)
      if case .inDoubt = outcome { return outcome }
    }
    return .clean
  }

  /// Commits a batch, or the parts of it that the server accepts.
  private func write(_ batch: [Queue.Entry], on connection: PostgresConnection) async throws -> LeaseOutcome {
    var parts = [batch[...]]
    while let part = parts.popLast() {
      let start = clock.now
      switch await writer.write(part.map(\.rows), on: connection) {
      case .committed(let duplicates, let isStaged):
        settle(Array(part), duplicates)
        observer?.didCommit(
          rows: part.reduce(0) { $0 + $1.rows.rowCount }, bytes: part.reduce(0) { $0 + $1.rows.byteCount },
          callers: part.count, took: clock.now - start, staged: isStaged)
      case .refused(let error) where part.count == 1:
        settle(Array(part)) { $0.fail(GroupCommitError.refused(error)) }
      case .refused:
        // Some append in it is at fault. Halving finds it without failing the others, and keeps their order.
        let middle = part.startIndex + part.count / 2
        parts.append(part[middle...])
        parts.append(part[..<middle])
      case .notCommitted(let error):
        putBack(part, parts)
        throw error
      case .inDoubt(let error, let attempt):
        remember(error)
        putBack([], parts)
        return .inDoubt(Array(part), attempt)
      }
    }
    return .clean
  }

  private func putBack(_ first: ArraySlice<Queue.Entry>, _ rest: [ArraySlice<Queue.Entry>]) {
    guard !first.isEmpty || !rest.isEmpty else { return }
    // The last part is the next in order.
    let entries = Array(first) + rest.reversed().flatMap { $0 }
    state.withLock { $0.queue.putBack(entries) }
    startExpiring()
  }

  /// Repeats a batch whose commit had an unknown outcome until its outcome is known.
  private func resolve(_ batch: [Queue.Entry], _ first: BatchWriter.Attempt) async {
    let deadline = clock.now + configuration.outcomeTimeout
    let buffers = batch.map(\.rows)
    var attempts = [first]
    var turn = 0
    while clock.now < deadline {
      do {
        let attemptsSoFar = attempts
        let outcome = try await pool.withConnection {
          try await self.writer.repeatAfterDoubt(buffers, attemptsSoFar, on: $0)
        }
        switch outcome {
        case .committed(let duplicates, _): return settle(batch, duplicates)
        // Cannot be the fault of rows that were being committed; the usual way sorts it out.
        case .refused: return putBack(batch[...], [])
        case .inDoubt(let error, let attempt):
          attempts.append(attempt)
          remember(error)
        case .notCommitted(let error): remember(error)
        case nil: break
        }
      } catch {
        remember(error)
        if (error as? PostgresError)?.code == .poolClosed { break }
        observer?.willRetry(after: error)
      }
      turn += 1
      await pause(turn)
    }
    let last = state.withLock { $0.lastError }
    settle(batch) { $0.fail(GroupCommitError.outcomeUnknown(last: last)) }
  }

  private func settle(_ batch: [Queue.Entry], _ duplicates: [Int]) {
    var first = 0
    var remaining = duplicates[...]
    settle(batch) { _ in }
    for entry in batch {
      let end = first + entry.rows.rowCount
      let own = remaining.prefix { $0 < end }
      remaining = remaining.dropFirst(own.count)
      entry.caller.succeed(GroupCommitReceipt(rowCount: entry.rows.rowCount, duplicates: own.map { $0 - first }))
      first = end
    }
  }

  private func settle(_ batch: [Queue.Entry], _ answer: (Caller) -> Void) {
    for caller in state.withLock({ $0.queue.settled(batch) }) { caller.admit() }
    for entry in batch { answer(entry.caller) }
  }

  private func failAll(_ error: GroupCommitError) {
    for caller in state.withLock({ $0.queue.removeAll() }) { caller.fail(error) }
  }

  private func remember(_ error: any Error) { state.withLock { $0.lastError = error } }

  private func pause(_ failures: Int) async {
    let full = min(configuration.retryBase * (1 << min(failures - 1, 20)), configuration.retryMaximum)
    try? await clock.sleep(until: clock.now + full * Double.random(in: 0.5...1))
  }
}
