import PostgresDriver
import PostgresMigrations
import PostgresPool
import PostgresTesting
import RPCCore
import RPCErrors
import RPCInProcess
import Testing
import TwinProto

@testable import ResultsService

extension StoreKind {
  func auditClient() async throws -> AuditServiceClient {
    let store: any AuditStore
    switch self {
    case .memory: store = MemoryAuditStore()
    case .postgres:
      store = PostgresAuditStore(pool: PostgresPool(try await Self.database().configuration("results", .app)))
    }
    return AuditServiceClient(InProcessChannel(Router(services: [AuditHandler(store: store)])))
  }

  static func database() async throws -> PostgresTestDatabase {
    let database = try await PostgresTestServer.shared.makeDatabase()
    try await SchemaMigrations(schema: "results", try ResultsAssembly.migrations ?? [])
      .apply(as: database.configuration("results", .owner))
    return database
  }
}

@Suite("The audit, on every store")
struct AuditServiceTests {
  private func entry(_ id: String, at seconds: Int64, action: String = "change.checked", resource: String = "change-1")
    -> AuditEntry
  {
    AuditEntry(
      id: id, time: ProtoTimestamp(seconds: seconds), actor: "agent", action: action, resource: resource,
      environment: "production", details: ProtoStruct(fields: ["risk_score": ProtoValue(kind: .numberValue(61))]),
      outcome: "block")
  }

  private func ids(_ client: AuditServiceClient, _ request: ListAuditRequest) async throws -> [String] {
    try await client.listAudit(request).entries.map(\.id)
  }

  private func fault(_ body: () async throws -> Void) async -> ServiceFault? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? RPCError).flatMap { ServiceFault($0) }
    }
  }

  @Test("entries come back as they were, newest first, whenever they were delivered", arguments: StoreKind.allCases)
  func ordering(_ kind: StoreKind) async throws {
    let client = try await kind.auditClient()
    for (id, seconds) in [("b", 200), ("a", 100), ("c", 300), ("c2", 300)] as [(String, Int64)] {
      _ = try await client.recordAudit(RecordAuditRequest(entry: entry(id, at: seconds)))
    }
    #expect(try await ids(client, ListAuditRequest()) == ["c2", "c", "b", "a"])
    #expect(try await client.listAudit(ListAuditRequest()).entries.last == entry("a", at: 100))
    let first = try await client.listAudit(ListAuditRequest(pageSize: 3))
    #expect(try await ids(client, ListAuditRequest(pageSize: 3, pageToken: first.nextPageToken)) == ["a"])
    let other = await fault {
      _ = try await client.listAudit(ListAuditRequest(pageToken: first.nextPageToken, actor: "x"))
    }
    #expect(other?.reason == "PAGE_TOKEN_INVALID")
  }

  @Test("a repeated id changes nothing", arguments: StoreKind.allCases)
  func recordsOnce(_ kind: StoreKind) async throws {
    let client = try await kind.auditClient()
    _ = try await client.recordAudit(RecordAuditRequest(entry: entry("a", at: 100)))
    _ = try await client.recordAudit(RecordAuditRequest(entry: entry("a", at: 100, action: "something.else")))
    #expect(try await client.listAudit(ListAuditRequest()).entries == [entry("a", at: 100)])
  }

  @Test("filters hold", arguments: StoreKind.allCases)
  func filters(_ kind: StoreKind) async throws {
    let client = try await kind.auditClient()
    _ = try await client.recordAudit(RecordAuditRequest(entry: entry("a", at: 100)))
    _ = try await client.recordAudit(
      RecordAuditRequest(entry: entry("b", at: 200, action: "approval.approved", resource: "approval-1")))
    #expect(try await ids(client, ListAuditRequest(action: "approval.approved")) == ["b"])
    #expect(try await ids(client, ListAuditRequest(resource: "change-1")) == ["a"])
    #expect(try await ids(client, ListAuditRequest(actor: "nobody")).isEmpty)
    #expect(try await ids(client, ListAuditRequest(environment: "production")) == ["b", "a"])
    #expect(try await ids(client, ListAuditRequest(from: ProtoTimestamp(seconds: 200))) == ["b"])
    #expect(try await ids(client, ListAuditRequest(to: ProtoTimestamp(seconds: 200))) == ["a"])
  }

  @Test("an entry without id, action or time is refused", arguments: StoreKind.allCases)
  func refusals(_ kind: StoreKind) async throws {
    let client = try await kind.auditClient()
    let wrong = await fault { _ = try await client.recordAudit(RecordAuditRequest(entry: AuditEntry())) }
    #expect(wrong?.violations.map(\.field).sorted() == ["entry.action", "entry.id", "entry.time"])
  }

  @Test("nobody who works with the audit can change or delete it, not even its owner by mistake")
  func appendOnly() async throws {
    let database = try await StoreKind.database()
    let app = PostgresPool(database.configuration("results", .app))
    let client = AuditServiceClient(
      InProcessChannel(Router(services: [AuditHandler(store: PostgresAuditStore(pool: app))])))
    _ = try await client.recordAudit(RecordAuditRequest(entry: entry("a", at: 100)))
    let owner = PostgresPool(database.configuration("results", .owner))
    for pool in [app, owner] {
      for statement in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit"] as [SQL] {
        let error = await #expect(throws: PostgresError.self) { _ = try await pool.execute(statement) }
        #expect(error?.code == .insufficientPrivilege, "\(statement.text)")
      }
    }
    #expect(try await ids(client, ListAuditRequest()) == ["a"])
    await app.close()
    await owner.close()
  }
}
