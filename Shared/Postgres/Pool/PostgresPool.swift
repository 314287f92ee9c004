public import PostgresDriver
import Synchronization

/// A bounded set of connections to one database as one role.
///
///     let names = try await pool.query("SELECT name FROM twins WHERE kind = \(kind)").decode(String.self)
///     try await pool.withConnection { connection in … }
///
/// The pool opens connections on demand and needs no `run`; `close` ends it. When the server goes away, dead connections
/// are dropped, callers wait up to the acquire timeout while the pool reconnects with backoff, and then fail with an
/// error whose `isUnavailable` is true.
public final class PostgresPool: Sendable {
  public let configuration: PoolConfiguration
  private let connect: @Sendable () async throws -> PostgresConnection
  private let clock: any PoolClock
  private let observer: (any PostgresPoolObserver)?
  private let state: Mutex<State>

  private struct State {
    var machine: PoolStateMachine
    var connections: [Int: PostgresConnection] = [:]
    var waiters: [Int: CheckedContinuation<Lease, any Error>] = [:]
    var nextWaiter = 0
    var timer: (instant: Duration, task: Task<Void, Never>)?
    var lastConnectError: (any Error)?
    var drained: [CheckedContinuation<Void, Never>] = []
    var isDrained = false
  }

  fileprivate struct Lease: Sendable {
    var id: Int
    var connection: PostgresConnection
  }

  /// - Parameters:
  ///   - database: where and as whom to connect.
  ///   - clock: for timeouts and backoff.
  ///   - observer: is told what happens, for metrics.
  public convenience init(
    _ database: PostgresConfiguration, configuration: PoolConfiguration = PoolConfiguration(),
    clock: any PoolClock = SystemPoolClock(), observer: (any PostgresPoolObserver)? = nil
  ) {
    self.init(
      configuration: configuration, clock: clock, seed: .random(in: 0 ... .max), observer: observer,
      connect: { try await PostgresConnection.connect(database) })
  }

  init(
    configuration: PoolConfiguration, clock: any PoolClock, seed: UInt64, observer: (any PostgresPoolObserver)?,
    connect: @escaping @Sendable () async throws -> PostgresConnection
  ) {
    self.configuration = configuration
    self.connect = connect
    self.clock = clock
    self.observer = observer
    state = Mutex(State(machine: PoolStateMachine(configuration: configuration, seed: seed)))
    apply { machine, now in machine.start(now: now) }
  }

  deinit { state.withLock { $0.timer?.task.cancel() } }

  // MARK: Using connections

  /// Lends a connection for the duration of `body`.
  ///
  /// A transaction that `body` leaves open is rolled back, and a connection it breaks is replaced.
  ///
  /// - Throws: what `body` throws; `PostgresError` with `.poolTimeout`, `.poolExhausted` or `.poolClosed` when there is
  ///   no connection to be had; `CancellationError`.
  public nonisolated(nonsending) func withConnection<Result>(
    _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Result
  ) async throws -> Result {
    let lease = try await acquire()
    let start = observer == nil ? .zero : clock.now
    do {
      let result = try await body(lease.connection)
      await release(lease, since: start)
      return result
    } catch {
      await release(lease, since: start)
      throw error
    }
  }

  /// Runs one statement on any connection. See `PostgresConnection.query`.
  @discardableResult
  public nonisolated(nonsending) func query(_ sql: SQL, timeout: Duration? = nil) async throws -> PostgresRows {
    try await withConnection { try await $0.query(sql, timeout: timeout) }
  }

  /// Runs one statement on any connection and returns how many rows it affected.
  @discardableResult
  public nonisolated(nonsending) func execute(_ sql: SQL, timeout: Duration? = nil) async throws -> Int {
    try await query(sql, timeout: timeout).affectedRows
  }

  /// Sends statements in one round trip as one transaction. See `PostgresConnection.pipeline`.
  public nonisolated(nonsending) func pipeline(
    _ statements: [SQL], timeout: Duration? = nil
  ) async throws -> [PostgresRows] {
    try await withConnection { try await $0.pipeline(statements, timeout: timeout) }
  }

  /// Runs `body` in a transaction on a leased connection, and again when the server asks for that (serialization
  /// failure, deadlock, lock not available).
  ///
  /// - Parameters:
  ///   - maximumAttempts: how often `body` may run, at least 1. It must have no effect outside the transaction.
  public nonisolated(nonsending) func transaction<Result>(
    _ options: TransactionOptions = TransactionOptions(), maximumAttempts: Int = 3,
    _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Result
  ) async throws -> Result {
    precondition(maximumAttempts >= 1, "a transaction is attempted at least once")
    var attempt = 1
    while true {
      do {
        return try await withConnection { try await $0.transaction(options, body) }
      } catch let error as PostgresError where attempt < maximumAttempts && Self.mayRepeat(error) {
        // Full jitter, so that two transactions that met don't meet again.
        let ceiling = Self.transactionBackoff * (1 << min(attempt - 1, 10))
        try await clock.sleep(until: clock.now + ceiling * Double.random(in: 0..<1))
        attempt += 1
      }
    }
  }

  private static let transactionBackoff = Duration.milliseconds(10)

  private static func mayRepeat(_ error: PostgresError) -> Bool {
    switch error.code {
    case .serializationFailure, .deadlockDetected, .lockNotAvailable: true
    default: false
    }
  }

  /// The pool at this moment.
  public var statistics: PoolStatistics {
    state.withLock { state in
      PoolStatistics(
        idle: state.machine.idleCount, leased: state.machine.leasedCount, connecting: state.machine.connectingCount,
        waiting: state.machine.waitingCount, consecutiveConnectFailures: state.machine.failureCount)
    }
  }

  /// Ends the pool: waiting callers fail, leased connections are closed when they come back, at the latest after
  /// `closeTimeout`. Returns when the last one is gone. Idempotent.
  public func close() async {
    apply { machine, _ in machine.close() }
    let limit = Task { [clock, timeout = configuration.closeTimeout] in
      do { try await clock.sleep(until: clock.now + timeout) } catch { return }
      let (connections, waiting) = state.withLock { state in
        defer { (state.connections, state.drained, state.isDrained) = ([:], [], true) }
        return (state.connections.values.map { $0 }, state.drained)
      }
      for connection in connections { await connection.close() }
      for continuation in waiting { continuation.resume() }
    }
    await withCheckedContinuation { continuation in
      let isDrained = state.withLock { state in
        if !state.isDrained { state.drained.append(continuation) }
        return state.isDrained
      }
      if isDrained { continuation.resume() }
    }
    limit.cancel()
    state.withLock { $0.timer?.task.cancel() }
  }

  // MARK: Leases

  private nonisolated(nonsending) func acquire() async throws -> Lease {
    let start = clock.now
    let deadline = start + configuration.acquireTimeout
    do {
      while true {
        try Task.checkCancellation()
        if let lease = leaseIdle() {
          // Notices at once that the server has hung up; each turn of this loop costs the pool one dead connection.
          if await lease.connection.isAlive() {
            observer?.didLease(waited: clock.now - start)
            return lease
          }
          apply { machine, now in machine.release(lease.id, isUsable: false, now: now) }
          continue
        }
        let lease = try await wait(until: deadline)
        observer?.didLease(waited: clock.now - start)
        return lease
      }
    } catch {
      observer?.didFailToLease(error, waited: clock.now - start)
      throw error
    }
  }

  private func leaseIdle() -> Lease? {
    var lease: Lease?
    apply { state, now in
      let (id, actions) = state.machine.leaseIdle(now: now)
      if let id, let connection = state.connections[id] { lease = Lease(id: id, connection: connection) }
      return actions
    }
    return lease
  }

  private nonisolated(nonsending) func wait(until deadline: Duration) async throws -> Lease {
    let waiter = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        apply { state, now in
          state.waiters[waiter] = continuation
          return state.machine.wait(waiter, until: deadline, now: now)
        }
        // The handler may have run before there was a waiter to find.
        if Task.isCancelled { cancel(waiter) }
      }
    } onCancel: {
      cancel(waiter)
    }
  }

  private func cancel(_ waiter: Int) {
    let continuation = state.withLock { state in
      state.machine.cancel(waiter) ? state.waiters.removeValue(forKey: waiter) : nil
    }
    continuation?.resume(throwing: CancellationError())
  }

  private nonisolated(nonsending) func release(_ lease: Lease, since start: Duration) async {
    let isUsable = await lease.connection.resetAfterLease()
    apply { machine, now in machine.release(lease.id, isUsable: isUsable, now: now) }
    if let observer { observer.didRelease(held: clock.now - start) }
  }

  // MARK: Doing what the machine decides

  private func apply(_ event: (inout PoolStateMachine, Duration) -> [PoolStateMachine.Action]) {
    apply { (state: inout State, now: Duration) in event(&state.machine, now) }
  }

  private func apply(_ event: (inout State, Duration) -> [PoolStateMachine.Action]) {
    let now = clock.now
    var steps: [Step] = []
    state.withLock { state in
      let actions = event(&state, now)
      for action in actions { resolve(action, &state, &steps) }
      schedule(&state)
    }
    for step in steps { perform(step) }
  }

  /// What remains to be done outside the lock.
  private enum Step {
    case resume(CheckedContinuation<Lease, any Error>, Swift.Result<Lease, any Error>)
    case connect(Int)
    case check(Int, PostgresConnection)
    case close(PostgresConnection, CloseReason)
    case drained([CheckedContinuation<Void, Never>])
  }

  private func resolve(_ action: PoolStateMachine.Action, _ state: inout State, _ steps: inout [Step]) {
    switch action {
    case .connect(let id): steps.append(.connect(id))
    case .lease(let id, let waiter):
      guard let continuation = state.waiters.removeValue(forKey: waiter), let connection = state.connections[id] else {
        preconditionFailure("a lease without its caller or connection")
      }
      steps.append(.resume(continuation, .success(Lease(id: id, connection: connection))))
    case .check(let id):
      if let connection = state.connections[id] { steps.append(.check(id, connection)) }
    case .close(let id, let reason):
      if let connection = state.connections.removeValue(forKey: id) { steps.append(.close(connection, reason)) }
    case .fail(let waiter, let reason):
      guard let continuation = state.waiters.removeValue(forKey: waiter) else { return }
      steps.append(.resume(continuation, .failure(error(for: reason, state))))
    case .drained:
      steps.append(.drained(state.drained))
      state.drained = []
      state.isDrained = true
    }
  }

  private func error(for reason: PoolStateMachine.FailureReason, _ state: State) -> PostgresError {
    switch reason {
    case .closed: return PostgresError(.poolClosed, "the connection pool is closed")
    case .exhausted:
      return PostgresError(
        .poolExhausted, "\(configuration.maximumWaiters) callers already wait for a database connection")
    case .timeout:
      var message = "no database connection within \(configuration.acquireTimeout)"
      if state.machine.failureCount > 0, let last = state.lastConnectError { message += "; last attempt: \(last)" }
      return PostgresError(.poolTimeout, message)
    }
  }

  private func perform(_ step: Step) {
    switch step {
    case .resume(let continuation, let result): continuation.resume(with: result)
    case .connect(let id): Task { await open(id) }
    case .check(let id, let connection):
      Task {
        let isHealthy = await connection.isHealthy(within: configuration.healthCheckTimeout)
        apply { machine, now in machine.checked(id, isHealthy: isHealthy, now: now) }
      }
    case .close(let connection, let reason):
      Task { await connection.close() }
      observer?.didClose(reason)
    case .drained(let continuations): for continuation in continuations { continuation.resume() }
    }
  }

  private func open(_ id: Int) async {
    let start = clock.now
    do {
      let connection = try await connect()
      observer?.didConnect(took: clock.now - start)
      apply { state, now in
        state.connections[id] = connection
        state.lastConnectError = nil
        return state.machine.connected(id, now: now)
      }
    } catch {
      observer?.didFailToConnect(error)
      apply { state, now in
        state.lastConnectError = error
        return state.machine.connectFailed(id, now: now)
      }
    }
  }

  /// Sees to it that the machine is woken in time. A timer set for earlier than needed may stay: it costs one turn.
  private func schedule(_ state: inout State) {
    guard let next = state.machine.nextWake else { return }
    if let timer = state.timer, timer.instant <= next { return }
    state.timer?.task.cancel()
    state.timer = (
      next,
      Task { [weak self, clock] in
        do { try await clock.sleep(until: next) } catch { return }
        self?.timerFired(next)
      }
    )
  }

  private func timerFired(_ instant: Duration) {
    apply { state, now in
      if state.timer?.instant == instant { state.timer = nil }
      return state.machine.wake(now: now)
    }
  }
}

/// The connections and callers of a pool at one moment.
public struct PoolStatistics: Sendable, Hashable {
  /// Open and not lent, including those being checked.
  public var idle: Int
  public var leased: Int
  public var connecting: Int
  /// Callers waiting for a connection.
  public var waiting: Int
  /// 0 when the last attempt to connect succeeded.
  public var consecutiveConnectFailures: Int
}

/// Learns what a pool does, for metrics and logs. Called on arbitrary threads; must not block.
public protocol PostgresPoolObserver: Sendable {
  func didConnect(took: Duration)
  func didFailToConnect(_ error: any Error)
  func didClose(_ reason: CloseReason)
  /// A caller got a connection after `waited`.
  func didLease(waited: Duration)
  func didFailToLease(_ error: any Error, waited: Duration)
  /// A caller gave its connection back after `held`.
  func didRelease(held: Duration)
}

extension PostgresPoolObserver {
  public func didConnect(took: Duration) {}
  public func didFailToConnect(_ error: any Error) {}
  public func didClose(_ reason: CloseReason) {}
  public func didLease(waited: Duration) {}
  public func didFailToLease(_ error: any Error, waited: Duration) {}
  public func didRelease(held: Duration) {}
}
