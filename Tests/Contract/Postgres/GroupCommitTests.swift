import PostgresDriver
import PostgresPool
import PostgresTesting
import Synchronization
import Testing
import Waiting

@testable import PostgresGroupCommit

@Suite("Group commit")
struct GroupCommitTests {
  struct Sample: Sendable, Hashable {
    var vehicle: String
    var sequence: Int64
    var speed: Double = 1
  }

  /// A table, a committer to it, and a way to look.
  struct Scene {
    var table: String
    var pool: PostgresPool
    var committer: GroupCommitter<Sample>
    var observer: Log

    static func make(
      _ configuration: GroupCommitConfiguration = GroupCommitConfiguration(maximumWait: .seconds(120)),
      through host: String? = nil
    ) async throws -> Scene {
      let table = Stage.uniqueName("samples")
      let connection = try await Stage.connect()
      try await connection.executeScript(
        """
        CREATE TABLE \(table) (vehicle text, sequence int8, speed float8 NOT NULL CHECK (speed >= 0),
          PRIMARY KEY (vehicle, sequence))
        """)
      await connection.close()
      var database = try await Stage.configuration()
      database.applicationName = String(table.suffix(60))
      if let host { database.host = host }
      let pool = PostgresPool(
        database, configuration: PoolConfiguration(maximumConnections: 2, acquireTimeout: .seconds(60)))
      let target = GroupCommitTarget(
        CopyTarget(table: table, columns: ["vehicle", "sequence", "speed"]), key: ["vehicle", "sequence"])
      let log = Log()
      let committer = GroupCommitter<Sample>(
        pool: pool, target: target, configuration: configuration, observer: log
      ) { sample, row in
        row.text(sample.vehicle)
        row.int8(sample.sequence)
        row.float8(sample.speed)
      }
      return Scene(table: table, pool: pool, committer: committer, observer: log)
    }

    func stored(_ connection: PostgresConnection) async throws -> [Sample] {
      try await connection.query(
        SQL("SELECT vehicle, sequence, speed FROM \(identifier: table) ORDER BY vehicle, sequence")
      )
      .decode(String.self, Int64.self, Double.self).map { Sample(vehicle: $0, sequence: $1, speed: $2) }
    }

    func end() async {
      await committer.close()
      await pool.close()
    }
  }

  final class Log: GroupCommitObserver {
    struct Commit: Sendable {
      var rows: Int
      var callers: Int
      var isStaged: Bool
    }
    private let state = Mutex<(commits: [Commit], retries: Int)>(([], 0))
    var commits: [Commit] { state.withLock { $0.commits } }
    var retries: Int { state.withLock { $0.retries } }
    func didCommit(rows: Int, bytes: Int, callers: Int, took: Duration, staged: Bool) {
      state.withLock { $0.commits.append(Commit(rows: rows, callers: callers, isStaged: staged)) }
    }
    func willRetry(after error: any Error) { state.withLock { $0.retries += 1 } }
  }

  static func samples(_ vehicle: String, _ sequences: some Sequence<Int>) -> [Sample] {
    sequences.map { Sample(vehicle: vehicle, sequence: Int64($0)) }
  }

  @Test("an append returns when its rows are committed, and many share a transaction")
  func manyCallers() async throws {
    let scene = try await Scene.make()
    let observer = try await Stage.connect()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for vehicle in 0..<200 {
        group.addTask {
          for step in 0..<5 {
            let rows = Self.samples("v\(vehicle)", (step * 2)..<(step * 2 + 2))
            let receipt = try await scene.committer.append(rows)
            #expect(receipt == GroupCommitReceipt(rowCount: 2, duplicates: []))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await scene.stored(observer).count == 2000)
    let commits = scene.observer.commits
    #expect(commits.reduce(0) { $0 + $1.rows } == 2000)
    #expect(commits.count < 1000, "callers shared transactions")
    #expect(try await scene.committer.append([]) == GroupCommitReceipt(rowCount: 0, duplicates: []))
    await scene.end()
  }

  @Test("rows already stored are left out and reported to the caller they belong to")
  func duplicates() async throws {
    let scene = try await Scene.make()
    let observer = try await Stage.connect()
    _ = try await scene.committer.append(Self.samples("a", [1, 2, 3]))
    let mixed = try await scene.committer.append(Self.samples("a", [3, 4, 1, 5, 4]))
    #expect(mixed.duplicates == [0, 2, 4])
    #expect(mixed.storedCount == 2)
    let receipts = try await withThrowingTaskGroup(of: (Int, GroupCommitReceipt).self) { group in
      for caller in 0..<20 {
        group.addTask { (caller, try await scene.committer.append(Self.samples("b\(caller / 2)", [1, 2, 3]))) }
      }
      return try await group.reduce(into: [Int: GroupCommitReceipt]()) { $0[$1.0] = $1.1 }
    }
    for pair in 0..<10 {
      let counts = [receipts[2 * pair]!.duplicates.count, receipts[2 * pair + 1]!.duplicates.count]
      #expect(counts.sorted() == [0, 3], "of two callers with the same rows one stored them")
    }
    #expect(try await scene.stored(observer).count == 5 + 30)
    #expect(scene.observer.commits.contains { $0.isStaged })
    await scene.end()
  }

  @Test("rows the server refuses fail their caller and no other")
  func refusedRows() async throws {
    let scene = try await Scene.make()
    let observer = try await Stage.connect()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 0..<40 {
        group.addTask {
          let bad = caller % 10 == 3
          let rows = [Sample(vehicle: "v", sequence: Int64(caller), speed: bad ? -1 : 1)]
          if bad {
            let error = await #expect(throws: GroupCommitError.self) { try await scene.committer.append(rows) }
            guard case .refused(let cause) = error else {
              Issue.record("expected refused, not \(String(describing: error))")
              return
            }
            #expect(cause.code == .checkViolation)
          } else {
            let receipt = try await scene.committer.append(rows)
            #expect(receipt.duplicates.isEmpty)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await scene.stored(observer).count == 36)
    await scene.end()
  }

  @Test(
    "a commit the client never heard of is not stored twice, nor are its rows called duplicates",
    arguments: [
      WireProxy.Fault.swallowAnswerToCopyDone, .swallowCopyDone,
    ])
  func lostAnswer(_ fault: WireProxy.Fault) async throws {
    let server = try await Stage.configuration()
    let proxy = try WireProxy(upstreamFolder: server.host, port: server.port)
    defer { proxy.stop() }
    let scene = try await Scene.make(through: proxy.folder)
    let observer = try await Stage.connect()
    _ = try await scene.committer.append(Self.samples("a", [0]))
    for round in 1...5 {
      proxy.arm(fault)
      let receipt = try await scene.committer.append(Self.samples("a", [2 * round, 2 * round + 1]))
      #expect(receipt.duplicates == [])
      #expect(proxy.faultCount == round)
    }
    #expect(try await scene.stored(observer).map(\.sequence) == [0] + Array(2...11))
    await scene.end()
  }

  @Test("the same for the staged way, whose duplicates stay the ones of the lost commit")
  func lostAnswerStaged() async throws {
    let server = try await Stage.configuration()
    let proxy = try WireProxy(upstreamFolder: server.host, port: server.port)
    defer { proxy.stop() }
    let scene = try await Scene.make(through: proxy.folder)
    let observer = try await Stage.connect()
    _ = try await scene.committer.append(Self.samples("a", [1]))
    #expect(try await scene.committer.append(Self.samples("a", [1])).duplicates == [0])
    proxy.arm(.swallowAnswerToCommit)
    #expect(try await scene.committer.append(Self.samples("a", [1, 2, 3])).duplicates == [0])
    #expect(proxy.faultCount == 1)
    #expect(try await scene.stored(observer).map(\.sequence) == [1, 2, 3])
    await scene.end()
  }

  @Test("a commit still in progress after its client was cut off is waited for")
  func inProgress() async throws {
    let server = try await Stage.configuration()
    let proxy = try WireProxy(upstreamFolder: server.host, port: server.port)
    defer { proxy.stop() }
    let scene = try await Scene.make(through: proxy.folder)
    _ = try await scene.committer.append(Self.samples("a", [0]))
    // An uncommitted row with the same key holds the server's COPY up.
    let rival = try await Stage.connect()
    try await rival.executeScript("BEGIN; INSERT INTO \(scene.table) VALUES ('a', 1, 99)")
    proxy.arm(.cutClientAfterCopyDone)
    let appending = Task { try await scene.committer.append(Self.samples("a", [1, 2])) }
    // The committer has asked at least once and found the transaction in progress.
    let observer = try await Stage.connect()
    try await eventually("a question about the transaction") {
      try await !observer.query(
        """
        SELECT FROM pg_stat_activity WHERE application_name = \(String(scene.table.suffix(60)))
        AND query LIKE 'SELECT pg_xact_status%'
        """
      ).isEmpty
    }
    try await rival.executeScript("ROLLBACK")
    #expect(try await appending.value.duplicates == [])
    #expect(try await scene.stored(observer).map(\.speed) == [1, 1, 1])
    await scene.end()
  }

  @Test("under random cuts each acknowledged row is stored exactly once")
  func storm() async throws {
    let scene = try await Scene.make()
    let killer = try await Stage.connect()
    let name = String(scene.table.suffix(60))
    let cuts = Counter()
    let chaos = Task {
      while true {
        // After each cut one commit may succeed, or there would be no end.
        let commitsBefore = scene.observer.commits.count
        while try await killer.query(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = \(name) AND state = 'active'
          """
        ).isEmpty {}
        cuts.increment()
        while scene.observer.commits.count == commitsBefore {
          try Task.checkCancellation()
          await Task.yield()
        }
      }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for vehicle in 0..<20 {
        group.addTask {
          for step in 0..<20 {
            let receipt = try await scene.committer.append(Self.samples("v\(vehicle)", (step * 3)..<(step * 3 + 3)))
            #expect(receipt.duplicates == [], "own rows are no duplicates")
          }
        }
      }
      try await group.waitForAll()
    }
    chaos.cancel()
    await #expect(throws: CancellationError.self) { try await chaos.value }
    #expect(cuts.value > 0)
    let observer = try await Stage.connect()
    let stored = try await scene.stored(observer)
    #expect(stored.count == 20 * 60)
    #expect(Set(stored).count == stored.count)
    await scene.end()
  }

  @Test("a server that stays away: appends fail in time, with the reason, and nothing hangs")
  func serverAway() async throws {
    let pool = PostgresPool(
      PostgresConfiguration(host: "127.0.0.1", port: 1, database: "d", user: "u"),
      configuration: PoolConfiguration(acquireTimeout: .milliseconds(50)))
    let committer = GroupCommitter<Int64>(
      pool: pool, target: GroupCommitTarget(CopyTarget(table: "t", columns: ["n"]), key: ["n"]),
      configuration: GroupCommitConfiguration(maximumQueuedRows: 2, maximumBlockedCallers: 1, maximumWait: .seconds(1))
    ) { $1.int8($0) }
    let callers = (0..<3).map { number in Task { try await committer.append([Int64(number)]) } }
    try await eventually("a full queue") { committer.backlog.rows >= 2 && committer.backlog.blockedCallers >= 1 }
    let full = await #expect(throws: GroupCommitError.self) { try await committer.append([9]) }
    guard case .queueFull = full else {
      Issue.record("expected queueFull, not \(String(describing: full))")
      return
    }
    for caller in callers {
      let error = await #expect(throws: GroupCommitError.self) { try await caller.value }
      guard case .unavailable = error else {
        Issue.record("expected unavailable, not \(String(describing: error))")
        return
      }
    }
    await committer.close()
    let closed = await #expect(throws: GroupCommitError.self) { try await committer.append([1]) }
    guard case .closed = closed else {
      Issue.record("expected closed, not \(String(describing: closed))")
      return
    }
    await pool.close()
  }

  @Test("a cancelled caller leaves the queue with its rows")
  func cancellation() async throws {
    let scene = try await Scene.make()
    let observer = try await Stage.connect()
    let holder = try await Stage.connect()
    try await holder.executeScript("BEGIN; LOCK TABLE \(scene.table)")
    // The first append's transaction is held up, so the second waits in the queue.
    let first = Task { try await scene.committer.append(Self.samples("a", [1])) }
    try await eventually("a wait for the lock") {
      try await !observer.query(
        """
        SELECT FROM pg_stat_activity WHERE application_name = \(String(scene.table.suffix(60)))
        AND wait_event_type = 'Lock'
        """
      ).isEmpty
    }
    let second = Task { try await scene.committer.append(Self.samples("a", [2])) }
    try await eventually("a waiting row") { scene.committer.backlog.rows >= 1 }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    #expect(scene.committer.backlog.rows == 0)
    first.cancel()
    try await holder.executeScript("ROLLBACK")
    #expect(try await first.value.storedCount == 1, "a commit under way is waited for")
    #expect(try await scene.stored(observer).map(\.sequence) == [1])
    await scene.end()
  }

  @Test("an append beyond one transaction's bounds is refused at once")
  func tooLarge() async throws {
    let scene = try await Scene.make(GroupCommitConfiguration(maximumBatchRows: 10, maximumBatchBytes: 1000))
    await #expect(throws: GroupCommitError.self) { try await scene.committer.append(Self.samples("a", 0..<11)) }
    let long = [Sample(vehicle: String(repeating: "x", count: 1000), sequence: 1)]
    await #expect(throws: GroupCommitError.self) { try await scene.committer.append(long) }
    #expect(try await scene.committer.append(Self.samples("a", 0..<10)).storedCount == 10)
    await scene.end()
  }
}

@Suite("Group commit queue")
struct GroupCommitQueueTests {
  static func queue(rows: Int = 10, batch: Int = 4, blocked: Int = 2) -> GroupCommitQueue<String> {
    GroupCommitQueue(
      configuration: GroupCommitConfiguration(
        maximumBatchRows: batch, maximumBatchBytes: 1000, maximumQueuedRows: rows, maximumBlockedCallers: blocked))
  }

  static func entry(_ id: Int, rows: Int, deadline: Duration = .seconds(10)) -> GroupCommitQueue<String>.Entry {
    var buffer = CopyBuffer(columnCount: 1)
    for _ in 0..<rows { buffer.row { $0.null() } }
    return .init(id: id, rows: buffer, deadline: deadline, caller: "c\(id)")
  }

  @Test("batches take whole appends, oldest first, up to the bounds, and at least one")
  func batches() {
    var queue = Self.queue()
    for (id, rows) in [(1, 2), (2, 2), (3, 1), (4, 9)] { queue.enqueue(Self.entry(id, rows: rows)) }
    #expect(queue.takeBatch().map(\.id) == [1, 2])
    #expect(queue.takeBatch().map(\.id) == [3])
    #expect(queue.takeBatch().map(\.id) == [4])
    #expect(queue.takeBatch().isEmpty)
  }

  @Test("callers beyond the bound wait their turn, and beyond the next bound are refused")
  func backPressure() {
    var queue = Self.queue(rows: 3)
    let first = queue.reserve(3)
    let second = queue.reserve(1)
    #expect(first && !second)
    #expect(queue.block(2, rows: 2, deadline: .seconds(1), caller: "b") == .blocked)
    #expect(queue.block(3, rows: 1, deadline: .seconds(1), caller: "c") == .blocked)
    #expect(queue.block(4, rows: 1, deadline: .seconds(1), caller: "d") == .full)
    queue.enqueue(Self.entry(1, rows: 3))
    let batch = queue.takeBatch()
    #expect(queue.reserve(1) == false, "rows under way still count")
    #expect(queue.settled(batch) == ["b", "c"])
    #expect(queue.blockedCount == 0)
  }

  @Test("what was put back goes first, and what expires frees its room")
  func putBackAndExpiry() {
    var queue = Self.queue(rows: 4)
    _ = queue.reserve(2)
    _ = queue.reserve(2)
    queue.enqueue(Self.entry(1, rows: 2, deadline: .seconds(1)))
    let batch = queue.takeBatch()
    queue.enqueue(Self.entry(2, rows: 2, deadline: .seconds(2)))
    #expect(queue.block(3, rows: 1, deadline: .seconds(3), caller: "blocked") == .blocked)
    queue.putBack(batch)
    let (expired, admitted) = queue.expire(now: .seconds(1))
    #expect(expired == ["c1"])
    #expect(admitted == ["blocked"])
    #expect(queue.takeBatch().map(\.id) == [2])
  }

  @Test("a cancelled caller is found wherever it waits")
  func cancel() {
    var queue = Self.queue(rows: 2)
    _ = queue.reserve(2)
    queue.enqueue(Self.entry(1, rows: 2))
    _ = queue.block(2, rows: 1, deadline: .seconds(1), caller: "b")
    _ = queue.block(3, rows: 1, deadline: .seconds(1), caller: "c")
    #expect(queue.cancel(2)?.cancelled == "b")
    let result = queue.cancel(1)
    #expect(result?.cancelled == "c1")
    #expect(result?.admitted == ["c"])
    #expect(queue.cancel(1) == nil)
  }
}
