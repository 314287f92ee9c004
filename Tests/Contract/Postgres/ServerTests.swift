import Foundation
import PostgresDriver
import PostgresGroupCommit
import PostgresPool
import PostgresTesting
import Testing
import Waiting

/// The script's private server, and what its going away does to clients. Each test has a server of its own.
@Suite("Private server: start, stop, kill, restart")
struct ServerTests {
  @Test("two starts at once make one server; stop and status say what is")
  func parallelStart() async throws {
    let server = PostgresTestServer()
    async let first = server.script(["start"], watched: true)
    async let second = server.script(["start"])
    _ = try await (first, second)
    #expect(try await server.script(["status"]).hasPrefix("running: process"))
    let connection = try await PostgresConnection.connect(
      PostgresConfiguration(url: try await server.script(["url", "state-sync", "app"])))
    let row = try await connection.query("SELECT current_user::text, current_setting('data_checksums')")[0]
    let (user, checksums) = try row.decode(String.self, String.self)
    #expect(user == "state_sync_app")
    #expect(checksums == "on")
    // Loopback takes the generated password and no other.
    var tcp = try PostgresConfiguration(url: try await server.script(["url", "edge", "owner", "tcp"]))
    #expect(tcp.host == "127.0.0.1")
    let loopback = try await PostgresConnection.connect(tcp)
    #expect(try await loopback.query("SELECT current_schema()::text")[0].decode(String.self) == "edge")
    tcp.password = nil
    let anonymous = tcp
    let refused = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(anonymous) }
    #expect(refused?.code == .invalidAuthorization)
    try await server.script(["stop"])
    try await server.script(["stop"])
    let status = await #expect(throws: PostgresTestServer.ScriptFailure.self) { try await server.script(["status"]) }
    #expect(status?.status == 3)
    for arguments in [["url", "edge", "app"], ["psql"], ["bogus"], ["url", "nobody", "app"]] {
      await #expect(throws: PostgresTestServer.ScriptFailure.self) { try await server.script(arguments) }
    }
  }

  @Test("after kill -9 a start recovers, with committed rows, although the process number now belongs to another")
  func killed() async throws {
    let server = PostgresTestServer()
    let url = try await server.start()
    let connection = try await PostgresConnection.connect(PostgresConfiguration(url: url))
    try await connection.executeScript("CREATE TABLE kept (n int8); INSERT INTO kept VALUES (7)")
    let folder = try await connection.query("SELECT current_setting('data_directory')")[0].decode(String.self)
    let file = folder + "/postmaster.pid"
    let contents = try String(contentsOfFile: file, encoding: .utf8)
    let lines = contents.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(kill(try #require(pid_t(lines[0])), SIGKILL) == 0)
    let lost = await #expect(throws: PostgresError.self) {
      while true { try await connection.query("SELECT 1") }
    }
    #expect(lost?.isUnavailable == true)
    // This process lives, but is not that server.
    let recycled = "\(ProcessInfo.processInfo.processIdentifier)\n" + lines.dropFirst().joined(separator: "\n")
    try recycled.write(toFile: file, atomically: false, encoding: .utf8)
    try await server.restart(port: try PostgresConfiguration(url: url).port)
    let again = try await PostgresConnection.connect(PostgresConfiguration(url: url))
    #expect(try await again.query("SELECT n FROM kept")[0].decode(Int.self) == 7)
  }

  @Test("a pool outlives a restart: callers fail typed or wait, and work again afterwards")
  func poolSurvivesRestart() async throws {
    let server = PostgresTestServer()
    let configuration = try PostgresConfiguration(url: try await server.start())
    let pool = PostgresPool(
      configuration, configuration: PoolConfiguration(maximumConnections: 4, acquireTimeout: .seconds(120)))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { try await pool.query("SELECT pg_sleep(0.01)") } }
      try await group.waitForAll()
    }
    let inFlight = Task { try await pool.query("SELECT pg_sleep(600)") }
    try await eventually("a statement in progress") { pool.statistics.leased > 0 }
    try await server.stop()
    let error = await #expect(throws: PostgresError.self) { try await inFlight.value }
    #expect(error?.isUnavailable == true)
    let waiting = Task { try await pool.query("SELECT 42")[0].decode(Int.self) }
    try await eventually("two failed connects") { pool.statistics.consecutiveConnectFailures >= 2 }
    try await server.restart(port: configuration.port)
    #expect(try await waiting.value == 42)
    #expect(pool.statistics.consecutiveConnectFailures == 0)
    await pool.close()
  }

  @Test("group commit outlives a restart and a kill: each acknowledged row is stored once, none is missing")
  func groupCommitSurvivesRestart() async throws {
    let server = PostgresTestServer()
    let configuration = try PostgresConfiguration(url: try await server.start())
    let admin = try await PostgresConnection.connect(configuration)
    try await admin.executeScript("CREATE TABLE samples (vehicle int8, sequence int8, PRIMARY KEY (vehicle, sequence))")
    let folder = try await admin.query("SELECT current_setting('data_directory')")[0].decode(String.self)
    let pool = PostgresPool(
      configuration, configuration: PoolConfiguration(maximumConnections: 2, acquireTimeout: .seconds(2)))
    let committer = GroupCommitter<(vehicle: Int64, sequence: Int64)>(
      pool: pool,
      target: GroupCommitTarget(
        CopyTarget(table: "samples", columns: ["vehicle", "sequence"]), key: ["vehicle", "sequence"]),
      configuration: GroupCommitConfiguration(
        maximumWait: .seconds(300), commitTimeout: .seconds(60), outcomeTimeout: .seconds(300))
    ) { sample, row in
      row.int8(sample.vehicle)
      row.int8(sample.sequence)
    }
    let acknowledged = Counter()
    let isOver = Counter()
    let vehicles = (0..<8).map { vehicle in
      Task {
        var sequence: Int64 = 0
        while isOver.value == 0 {
          let receipt = try await committer.append([(Int64(vehicle), sequence), (Int64(vehicle), sequence + 1)])
          #expect(receipt.duplicates == [])
          acknowledged.increment()
          sequence += 2
        }
        return Int(sequence)
      }
    }
    func progress() async throws {
      let before = acknowledged.value
      try await eventually("20 more acknowledged rows") { acknowledged.value >= before + 20 }
    }
    for round in 0..<4 {
      try await progress()
      if round % 2 == 0 {
        try await server.stop()
      } else {
        let pid = try String(contentsOfFile: folder + "/postmaster.pid", encoding: .utf8).split(separator: "\n")[0]
        #expect(kill(try #require(pid_t(pid)), SIGKILL) == 0)
      }
      try await server.restart(port: configuration.port)
    }
    try await progress()
    isOver.increment()
    var expected: [Int] = []
    for vehicle in vehicles { expected.append(try await vehicle.value) }
    let check = try await PostgresConnection.connect(configuration)
    let stored = try await check.query("SELECT count(*) FROM samples GROUP BY vehicle ORDER BY vehicle")
      .map { try $0.decode(Int.self) }
    #expect(stored == expected)
    await committer.close()
    await pool.close()
  }
}

@Suite("TLS")
struct TLSTests {
  @Test("answers of every size arrive over TLS, and so does a COPY")
  func sizes() async throws {
    let server = PostgresTestServer()
    let admin = try await PostgresConnection.connect(PostgresConfiguration(url: try await server.start()))
    // The server makes its own certificate, as its own user, in its own folder.
    try await admin.executeScript(
      """
      COPY (SELECT 1) TO PROGRAM 'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout server.key -out server.crt 2>/dev/null && chmod 600 server.key';
      """, timeout: .seconds(120))
    try await admin.executeScript("ALTER SYSTEM SET ssl = on")
    try await admin.executeScript("SELECT pg_reload_conf()")
    var configuration = try PostgresConfiguration(url: try await server.script(["url", "edge", "app", "tcp"]))
    configuration.tls = .require
    var opened: PostgresConnection?
    while opened == nil {
      // Until the reload has happened the server refuses TLS.
      opened = try? await PostgresConnection.connect(configuration)
    }
    let connection = try #require(opened)
    let inUse = try await connection.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    #expect(try inUse[0].decode(Bool.self))
    for size in [1, 8_000, 8_192, 16_000, 16_384, 20_000, 24_576, 33_000, 100_000, 1_000_000] {
      let text = try await connection.query("SELECT repeat('x', \(size)::int)")[0].decode(String.self)
      #expect(text.utf8.count == size)
    }
    try await connection.executeScript("CREATE TEMP TABLE t (n int8, s text)")
    let long = String(repeating: "y", count: 1000)
    let count = try await connection.copyIn(into: CopyTarget(table: "t", columns: ["n", "s"]), rows: 0..<5000) {
      $1.int8(Int64($0))
      $1.text(long)
    }
    #expect(count == 5000)
    #expect(try await connection.query("SELECT s FROM t").count == 5000)
  }
}
