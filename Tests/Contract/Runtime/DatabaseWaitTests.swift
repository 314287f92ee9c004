import NIOPosix
import PostgresDriver
import PostgresMigrations
import PostgresPool
import PostgresTesting
import RPCCore
import RPCTransport
import RuntimeConfiguration
import RuntimeTesting
import ServiceRuntime
import Testing
import TwinProto
import Waiting

/// A service that keeps notes in a schema of its own.
private struct NotesAssembly: ServiceAssembly {
  static let identity = ServiceIdentity(name: "results", rpcPort: 0, adminPort: 0, summary: "keeps notes.")
  static var migrations: [Migration]? {
    [Migration(version: 1, name: "create_notes", sql: "CREATE TABLE note (text text NOT NULL);")]
  }

  private let database: PostgresPool

  init(_ context: ServiceContext) async throws { database = context.database.pool }

  var rpcServices: [any RPCService] { [Notes(database: database)] }
}

private struct Notes: RPCService {
  static let add = MethodDescriptor(service: "twin.test.Notes", method: "Add", kind: .unary)
  let database: PostgresPool

  var methods: [RPCMethod] {
    [
      .unary(Self.add) { (request: GRPCHealthCheckRequest, _) in
        try await database.execute("INSERT INTO note (text) VALUES (\(request.service))")
        return request
      }
    ]
  }
}

/// The same service in a later release that changed its past.
private struct RewrittenAssembly: ServiceAssembly {
  static let identity = NotesAssembly.identity
  static var migrations: [Migration]? {
    [Migration(version: 1, name: "create_notes", sql: "CREATE TABLE note (text text);")]
  }
  init(_ context: ServiceContext) async throws {}
}

@Suite(.timeLimit(.minutes(5)), .serialized) struct WaitingForTheDatabase {
  private func variables(_ database: PostgresTestDatabase, owner: Bool = true) -> [String: String] {
    var variables = [
      "TWIN_DATABASE_URL": database.url("results", .app), "TWIN_HEALTH_CHECK_INTERVAL": "100ms",
      "TWIN_HEALTH_RETRY_LONGEST": "100ms",
    ]
    if owner { variables["TWIN_DATABASE_OWNER_URL"] = database.url("results", .owner) }
    return variables
  }

  /// Follows gRPC health until it says this.
  private func wait(for status: GRPCHealthCheckResponse.ServingStatus, of client: RPCClient) async throws {
    try await GRPCHealthClient(client).watch(GRPCHealthCheckRequest()) { statuses in
      for try await now in statuses where now.status == status { return }
      Issue.record("the watch ended before \(status)")
    }
  }

  @Test func aServiceStartsWithoutItsDatabaseAndComesBackByItself() async throws {
    let server = PostgresTestServer()
    let database = try await server.makeDatabase()
    try await server.stop()

    let process = ServiceProcess()
    let variables = variables(database)
    async let code = process.run(NotesAssembly.self, variables: variables)
    let rpc = await process.address(of: "grpc")
    let admin = await process.address(of: "admin")
    let client = try RPCClient(
      RPCClientConfiguration(target: RPCTarget(host: rpc.host, port: rpc.port)),
      group: MultiThreadedEventLoopGroup.singleton)
    defer { client.shutDown() }
    func add(_ text: String) async throws {
      _ = try await client.unary(
        Notes.add, GRPCHealthCheckRequest(service: text), response: GRPCHealthCheckRequest.self)
    }

    #expect(try await HTTPProbe.get("/livez", at: admin).status == 200)
    let waiting = try await HTTPProbe.get("/readyz", at: admin)
    #expect(waiting.status == 503)
    #expect(waiting.body.contains(#""name":"database","state":"starting""#))
    #expect(await #expect(throws: RPCError.self) { try await add("too early") }?.code == .unavailable)

    try await server.restart(port: database.admin.port)
    try await wait(for: .serving, of: client)
    #expect(try await HTTPProbe.get("/readyz", at: admin).status == 200)
    try await add("first")

    try await server.stop()
    try await wait(for: .notServing, of: client)
    #expect(try await HTTPProbe.get("/readyz", at: admin).body.contains(#""name":"database","state":"failing""#))
    #expect(try await HTTPProbe.get("/livez", at: admin).status == 200)

    try await server.restart(port: database.admin.port)
    try await wait(for: .serving, of: client)
    try await add("second")
    let metrics = try await HTTPProbe.get("/metrics", at: admin).body
    #expect(metrics.contains(#"twin_database_connects_total{result="ok"}"#))

    process.stop()
    #expect(await code == ExitCode.success)
    #expect(!process.log.text.contains(database.url("results", .owner)))
  }

  @Test func withoutTheOwnersRoleAServiceWaitsUntilSomebodyElseHasMigrated() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let waiting = ServiceProcess()
    let waitingVariables = variables(database, owner: false)
    async let waitingCode = waiting.run(NotesAssembly.self, variables: waitingVariables)
    let admin = await waiting.address(of: "admin")
    #expect(try await HTTPProbe.get("/readyz", at: admin).status == 503)

    let migrating = ServiceProcess()
    let migratingVariables = variables(database)
    async let migratingCode = migrating.run(NotesAssembly.self, variables: migratingVariables)
    try await eventually("ready") { try await HTTPProbe.get("/readyz", at: admin).status == 200 }
    waiting.stop()
    migrating.stop()
    #expect(await waitingCode == ExitCode.success)
    #expect(await migratingCode == ExitCode.success)
  }

  @Test func aMigrationThatWasChangedEndsTheService() async throws {
    let database = try await PostgresTestServer.shared.makeDatabase()
    let first = ServiceProcess()
    let variables = variables(database)
    async let code = first.run(NotesAssembly.self, variables: variables)
    let admin = await first.address(of: "admin")
    try await eventually("ready") { try await HTTPProbe.get("/readyz", at: admin).status == 200 }
    first.stop()
    #expect(await code == ExitCode.success)

    let second = ServiceProcess()
    #expect(await second.run(RewrittenAssembly.self, variables: variables) == ExitCode.failure)
    #expect(second.log.text.contains("migration 0001_create_notes was changed after it had been applied"))
  }

  @Test func aMissingOrWrongDatabaseAddressIsAConfigurationError() async {
    let missing = ServiceProcess()
    #expect(await missing.run(NotesAssembly.self) == ExitCode.configuration)
    #expect(missing.printed.events.joined().contains("TWIN_DATABASE_URL: must be set"))
    let wrong = ServiceProcess()
    #expect(
      await wrong.run(NotesAssembly.self, variables: ["TWIN_DATABASE_URL": "postgresql://me:hunter2@:x/y"])
        == ExitCode.configuration)
    #expect(wrong.log.text.contains("TWIN_DATABASE_URL"))
    #expect(!wrong.log.text.contains("hunter2"))
  }
}
