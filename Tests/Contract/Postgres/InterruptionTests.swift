import PostgresDriver
import PostgresTesting
import Testing

@Suite("Cancellation and time limits")
struct InterruptionTests {
  @Test("a cancelled task has its statement cancelled on the server, and the connection stays usable")
  func cancellation() async throws {
    let connection = try await Stage.connect()
    let other = try await Stage.connect()
    let pid = connection.backendProcessID
    let sleeping = Task { try await connection.query("SELECT pg_sleep(600)") }
    try await Stage.waitUntilActive(pid, on: other, contains: "pg_sleep")
    sleeping.cancel()
    await #expect(throws: CancellationError.self) { try await sleeping.value }
    #expect(try await connection.query("SELECT pg_backend_pid()")[0].decode(Int32.self) == pid)
  }

  @Test("a task cancelled before it starts sends nothing")
  func cancelledBefore() async throws {
    let connection = try await Stage.connect()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await connection.query("SELECT 1")
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  @Test("many cancelled statements leave no cancellation behind for the next one")
  func cancellationStorm() async throws {
    let connection = try await Stage.connect()
    for number in 0..<100 {
      let task = Task { try await connection.query("SELECT pg_sleep(0.002), \(number)") }
      for _ in 0..<(number % 7) { await Task.yield() }
      task.cancel()
      do {
        // A statement that was faster than its cancellation has a result.
        #expect(try await task.value.count == 1)
      } catch is CancellationError {}
      #expect(try await connection.query("SELECT \(number)")[0].decode(Int.self) == number)
    }
  }

  @Test("a statement over its time limit fails as such, and the connection stays usable")
  func timeout() async throws {
    let connection = try await Stage.connect()
    let error = await #expect(throws: PostgresError.self) {
      try await connection.query("SELECT pg_sleep(600)", timeout: .milliseconds(20))
    }
    #expect(error?.code == .statementTimeout)
    #expect(try await connection.query("SELECT 1").count == 1)
  }

  @Test("the configured limit holds for scripts and pipelines too")
  func configuredTimeout() async throws {
    var configuration = try await Stage.configuration()
    configuration.statementTimeout = .milliseconds(20)
    let connection = try await PostgresConnection.connect(configuration)
    let script = await #expect(throws: PostgresError.self) {
      try await connection.executeScript("SELECT 1; SELECT pg_sleep(600)")
    }
    #expect(script?.code == .statementTimeout)
    let pipeline = await #expect(throws: PostgresError.self) {
      try await connection.pipeline(["SELECT 1", "SELECT pg_sleep(600)", "SELECT 2"])
    }
    #expect(pipeline?.code == .statementTimeout)
    #expect(pipeline?.statementIndex == 1)
  }

  @Test("cancelling a transaction's statement rolls the transaction back")
  func cancelledTransaction() async throws {
    let connection = try await Stage.connect()
    let other = try await Stage.connect()
    try await connection.executeScript("CREATE TEMP TABLE t (n int8)")
    let pid = connection.backendProcessID
    let task = Task {
      try await connection.transaction { connection in
        try await connection.execute("INSERT INTO t VALUES (1)")
        try await connection.query("SELECT pg_sleep(600)")
      }
    }
    try await Stage.waitUntilActive(pid, on: other, contains: "pg_sleep")
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(await !connection.isInTransaction)
    #expect(try await connection.query("SELECT count(*) FROM t")[0].decode(Int.self) == 0)
  }

  @Test("a second operation at the same time is refused, not queued")
  func busy() async throws {
    let connection = try await Stage.connect()
    let other = try await Stage.connect()
    let sleeping = Task { try await connection.query("SELECT pg_sleep(600)") }
    try await Stage.waitUntilActive(connection.backendProcessID, on: other, contains: "pg_sleep")
    let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
    #expect(error?.code == .connectionBusy)
    sleeping.cancel()
    await #expect(throws: CancellationError.self) { try await sleeping.value }
  }
}
