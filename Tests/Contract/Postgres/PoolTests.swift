import PostgresDriver
import PostgresTesting
import Synchronization
import Testing
import Waiting

@testable import PostgresPool

@Suite("Pool on a real server")
struct PoolTests {
  @Test("tasks beyond the maximum share its connections")
  func sharing() async throws {
    let pool = try await Stage.pool(PoolConfiguration(maximumConnections: 3))
    let pids = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<50 {
        group.addTask { try await pool.query("SELECT pg_backend_pid()")[0].decode(Int.self) }
      }
      return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    #expect(pids.count <= 3)
    #expect(pool.statistics.leased == 0)
    await pool.close()
    await #expect { try await pool.query("SELECT 1") } throws: { ($0 as? PostgresError)?.code == .poolClosed }
  }

  @Test("a transaction left open is rolled back before the next caller gets the connection")
  func resetsTransaction() async throws {
    let pool = try await Stage.pool(PoolConfiguration(maximumConnections: 1))
    try await pool.withConnection {
      try await $0.executeScript("CREATE TEMP TABLE left_open (n int8)")
      try await $0.executeScript("BEGIN; INSERT INTO left_open VALUES (1)")
    }
    #expect(try await pool.query("SELECT count(*) FROM left_open")[0].decode(Int.self) == 0)
    await pool.close()
  }

  @Test("a backend killed while idle is replaced without the caller noticing")
  func killedIdle() async throws {
    let pool = try await Stage.pool(PoolConfiguration(maximumConnections: 1))
    let first = try await pool.query("SELECT pg_backend_pid()")[0].decode(Int32.self)
    let other = try await Stage.connect()
    try await Stage.terminate(first, by: other)
    let second = try await pool.query("SELECT pg_backend_pid()")[0].decode(Int32.self)
    #expect(first != second)
    await pool.close()
  }

  @Test("a backend killed in mid-statement fails that caller with an unknown outcome, and the pool recovers")
  func killedBusy() async throws {
    let pool = try await Stage.pool(PoolConfiguration(maximumConnections: 1))
    let pid = try await pool.query("SELECT pg_backend_pid()")[0].decode(Int32.self)
    let other = try await Stage.connect()
    let sleeping = Task { try await pool.query("SELECT pg_sleep(600)") }
    try await Stage.waitUntilActive(pid, on: other, contains: "pg_sleep")
    try await Stage.terminate(pid, by: other)
    let error = await #expect(throws: PostgresError.self) { try await sleeping.value }
    #expect(error?.code == .adminShutdown)
    #expect(error?.isOutcomeUnknown == true)
    #expect(error?.isUnavailable == true)
    #expect(try await pool.query("SELECT 1")[0].decode(Int.self) == 1)
    await pool.close()
  }

  @Test("a serialization failure is repeated, and both transactions take effect")
  func serializationRetry() async throws {
    let pool = try await Stage.pool(PoolConfiguration(maximumConnections: 2))
    let table = Stage.uniqueName("counter")
    try await pool.execute(SQL("CREATE TABLE \(identifier: table) (n int8)"))
    try await pool.execute(SQL("INSERT INTO \(identifier: table) VALUES (0)"))
    let attempts = Counter()
    let bothHaveRead = Barrier(parties: 2)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask {
          try await pool.transaction(TransactionOptions(isolation: .serializable), maximumAttempts: 10) { connection in
            let attempt = attempts.increment()
            let value = try await connection.query(SQL("SELECT n FROM \(identifier: table)"))[0].decode(Int.self)
            // The first attempts meet here, so that the conflict is certain.
            if attempt <= 2 { await bothHaveRead.arrive() }
            try await connection.execute(SQL("UPDATE \(identifier: table) SET n = \(value + 1)"))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await pool.query(SQL("SELECT n FROM \(identifier: table)"))[0].decode(Int.self) == 2)
    #expect(attempts.value > 2)
    await pool.close()
  }

  @Test("a server that is not there: callers fail with the reason once their time is up")
  func serverAway() async throws {
    let clock = TurnedClock()
    let pool = PostgresPool(
      configuration: PoolConfiguration(maximumConnections: 1, acquireTimeout: .seconds(5)), clock: clock, seed: 3,
      observer: nil, connect: { throw PostgresError(.connectionFailure, "nobody listens") })
    let caller = Task { try await pool.query("SELECT 1") }
    try await eventually("a waiting caller") { pool.statistics.waiting > 0 }
    while pool.statistics.consecutiveConnectFailures < 4 { await turn(clock, for: pool) }
    #expect(clock.now < .seconds(5))
    while pool.statistics.waiting > 0 { await turn(clock, for: pool) }
    let error = await #expect(throws: PostgresError.self) { try await caller.value }
    #expect(error?.code == .poolTimeout)
    #expect(error?.isUnavailable == true)
    #expect(error?.message.contains("nobody listens") == true)
    #expect(clock.now == .seconds(5))
    await pool.close()
  }

  /// Time passes only while the pool has nothing to do but wait.
  private func turn(_ clock: TurnedClock, for pool: PostgresPool) async {
    if pool.statistics.connecting == 0 { clock.turnToNextSleeper() }
    await Task.yield()
  }

  @Test("a cancelled caller leaves the queue at once")
  func cancelledWaiter() async throws {
    let pool = try await Stage.pool(PoolConfiguration(maximumConnections: 1))
    try await pool.withConnection { _ in
      let waiting = Task { try await pool.query("SELECT 1") }
      try await eventually("a waiting caller") { pool.statistics.waiting > 0 }
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      #expect(pool.statistics.waiting == 0)
    }
    await pool.close()
  }
}

/// Counts across tasks.
final class Counter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }

  /// The number of calls so far, this one included.
  @discardableResult
  func increment() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

/// Lets tasks continue when all have arrived.
actor Barrier {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(parties: Int) { missing = parties }

  func arrive() async {
    missing -= 1
    if missing <= 0 {
      for continuation in waiting { continuation.resume() }
      waiting = []
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }
}

/// A clock that stands still until the test turns it to the earliest instant somebody sleeps for.
final class TurnedClock: PoolClock {
  private struct Sleeper {
    var id: Int
    var instant: Duration
    var continuation: CheckedContinuation<Void, any Error>
  }
  private struct State {
    var now = Duration.zero
    var sleepers: [Sleeper] = []
    var nextID = 0
  }
  private let state = Mutex(State())

  var now: Duration { state.withLock { $0.now } }

  func sleep(until instant: Duration) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isDue = state.withLock { state in
          if instant <= state.now { return true }
          state.sleepers.append(Sleeper(id: id, instant: instant, continuation: continuation))
          return false
        }
        if isDue { continuation.resume() }
        if Task.isCancelled { cancel(id) }
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func cancel(_ id: Int) {
    let sleeper = state.withLock { state in
      state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }

  /// Turns the clock to the earliest instant somebody sleeps for, if anybody does.
  func turnToNextSleeper() {
    let due = state.withLock { state -> [Sleeper] in
      guard let instant = state.sleepers.map(\.instant).min() else { return [] }
      state.now = max(state.now, instant)
      let due = state.sleepers.filter { $0.instant <= state.now }
      state.sleepers.removeAll { $0.instant <= state.now }
      return due
    }
    for sleeper in due { sleeper.continuation.resume() }
  }
}
