import Foundation
import PostgresTesting
import Testing

@testable import PostgresDriver

@Suite("Connecting")
struct ConnectionTests {
  @Test("a URI names host, port, database, user and password, percent-decoded")
  func parsesURL() throws {
    let tcp = try PostgresConfiguration(url: "postgresql://us%40er:p%2Fw@db.example:6543/twin?sslmode=require")
    #expect(tcp.host == "db.example")
    #expect(tcp.port == 6543)
    #expect(tcp.database == "twin")
    #expect(tcp.user == "us@er")
    #expect(tcp.password == "p/w")
    #expect(tcp.tls == .require)
    let socket = try PostgresConfiguration(url: "postgresql://app@/twin?host=%2Frun%2Fpg&port=54329")
    #expect(socket.host == "/run/pg")
    #expect(socket.password == nil)
  }

  @Test(
    "a bad URI is refused by naming the part, never the password",
    arguments: [
      ("postgresql://user@host", "database"), ("postgresql://host/db", "user"), ("postgresql://u@/db", "host"),
      ("postgresql://u@h:0/db", "port"), ("postgresql://u:secret@h:99999/db", "port"),
      ("postgresql://u:secret@h/db?sslmode=maybe", "sslmode"), ("postgresql://u:secret@h/db?nonsense=1", "URI"),
      ("", "host"), ("://", "URI"),
    ])
  func refusesURL(_ url: String, _ part: String) {
    let error = #expect(throws: PostgresError.self) { try PostgresConfiguration(url: url) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains(part) == true)
    #expect(error?.message.contains("secret") == false)
  }

  @Test("a port nobody listens on is a connection failure")
  func refused() async throws {
    var configuration = PostgresConfiguration(host: "127.0.0.1", port: 1, database: "d", user: "u")
    configuration.connectTimeout = .seconds(30)
    let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(configuration) }
    #expect(error?.code == .connectionFailure)
    #expect(error?.isUnavailable == true)
  }

  @Test("a server that accepts and never answers runs into the connect timeout, and obeys cancellation")
  func silentServer() async throws {
    let silent = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(silent) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #expect(bind(silent, $0, length) == 0)
        #expect(listen(silent, 4) == 0)
        #expect(getsockname(silent, $0, &length) == 0)
      }
    }
    let configuration = PostgresConfiguration(
      host: "127.0.0.1", port: Int(UInt16(bigEndian: address.sin_port)), database: "d", user: "u")
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresConnection.connect(configuration, timeout: .milliseconds(50))
    }
    #expect(error?.code == .connectTimeout)
    let connecting = Task { try await PostgresConnection.connect(configuration, timeout: .seconds(600)) }
    connecting.cancel()
    await #expect(throws: CancellationError.self) { try await connecting.value }
  }

  @Test("refusals of the server are told apart")
  func refusals() async throws {
    var configuration = try await Stage.configuration()
    configuration.database = "no_such_database"
    let database = configuration
    let missing = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(database) }
    #expect(missing?.code == .undefinedDatabase)
    configuration = try await Stage.configuration()
    configuration.user = "no_such_role"
    let role = configuration
    let unknown = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(role) }
    #expect(unknown?.code == .invalidAuthorization)
    // Loopback asks for a password.
    configuration = try await Stage.configuration()
    configuration.host = "127.0.0.1"
    configuration.user = "edge_app"
    configuration.password = "wrong"
    let password = configuration
    let denied = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(password) }
    #expect(denied?.code == .invalidAuthorization)
  }

  @Test("session settings are sent on connect and survive blanks and quotes")
  func settings() async throws {
    var configuration = try await Stage.configuration()
    configuration.settings = ["twin.note": "a b\\c 'd'", "search_path": "edge, results"]
    let connection = try await PostgresConnection.connect(configuration)
    let row = try await connection.query(
      "SELECT current_setting('twin.note'), current_setting('search_path'), current_setting('TimeZone')")[0]
    let (note, path, zone) = try row.decode(String.self, String.self, String.self)
    #expect(note == "a b\\c 'd'")
    #expect(path == "edge, results")
    #expect(zone == "UTC")
  }

  @Test("a closed connection fails calls, also the one in progress")
  func closing() async throws {
    let connection = try await Stage.connect()
    let other = try await Stage.connect()
    let pid = connection.backendProcessID
    let sleeping = Task { try await connection.query("SELECT pg_sleep(600)") }
    try await Stage.waitUntilActive(pid, on: other, contains: "pg_sleep")
    await connection.close()
    let error = await #expect(throws: PostgresError.self) { try await sleeping.value }
    #expect(error?.code == .connectionFailure)
    let later = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
    #expect(later?.code == .connectionClosed)
    #expect(await !connection.isOpen)
  }
}

@Suite("Prepared statement cache")
struct StatementCacheTests {
  static func key(_ text: String) -> StatementCache.Key { .init(text: text, types: []) }

  @Test("the least recently used statement makes room, those in use stay")
  func eviction() {
    var cache = StatementCache(capacity: 2)
    cache.insert(Self.key("a"), name: "s1")
    cache.insert(Self.key("b"), name: "s2")
    #expect(cache.lookUp(Self.key("a"))?.name == "s1")
    #expect(cache.evict(toAdmit: 1, keeping: []) == ["s2"])
    cache.insert(Self.key("c"), name: "s3")
    #expect(cache.evict(toAdmit: 1, keeping: [Self.key("a")]) == ["s3"])
    #expect(cache.evict(toAdmit: 2, keeping: [Self.key("a")]) == [])
    #expect(cache.count == 1)
  }

  @Test("the parameters' types are part of the identity")
  func types() {
    #expect(SQL("SELECT \(1)").cacheKey != SQL("SELECT \(1.5)").cacheKey)
    #expect(SQL("SELECT \(1)").cacheKey == SQL("SELECT \(nil as Int?)").cacheKey)
    #expect(SQL("SELECT \(1)").cacheKey == SQL("SELECT \(2)").cacheKey)
  }

  @Test("a connection never keeps more than its bound prepared on the server")
  func bound() async throws {
    var configuration = try await Stage.configuration()
    configuration.maximumPreparedStatements = 3
    let connection = try await PostgresConnection.connect(configuration)
    for round in 0..<2 {
      for number in 0..<10 {
        let rows = try await connection.query(SQL("SELECT \(number) + \(unescaped: String(number))"))
        #expect(try rows[0].decode(Int.self) == 2 * number, "round \(round)")
      }
    }
    let prepared = try await connection.query("SELECT count(*) FROM pg_prepared_statements")[0].decode(Int.self)
    #expect(prepared == 3)
  }
}

@Suite("Quoting")
struct QuotingTests {
  @Test("identifiers and literals survive quotes, also those with a combining mark")
  func quotes() async throws {
    let connection = try await Stage.connect()
    for name in ["plain", "with \"quote", "\"\u{301}; DROP TABLE x; --", "ü", "a'b"] {
      #expect(
        try await connection.query(SQL("SELECT 1 AS \(identifier: name)")).columnNames == [name])
      let literal = SQL("SELECT \(unescaped: SQL.quote(literal: name))::text")
      #expect(try await connection.query(literal)[0].decode(String.self) == name)
    }
  }
}
