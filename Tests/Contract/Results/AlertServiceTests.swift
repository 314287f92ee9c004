import FleetCore
import PostgresPool
import PostgresTesting
import RPCCore
import RPCErrors
import RPCInProcess
import Testing
import TwinProto

@testable import ResultsService

extension StoreKind {
  func alertHandler() async throws -> AlertHandler {
    let store: any AlertStore
    switch self {
    case .memory: store = MemoryAlertStore()
    case .postgres:
      store = PostgresAlertStore(pool: PostgresPool(try await Self.database().configuration("results", .app)))
    }
    return AlertHandler(
      store: store, clock: WallClock { UTCInstant(microseconds: 1_800_000_000_000_000) }, drain: DrainSignal())
  }

  func alertClient() async throws -> AlertServiceClient {
    AlertServiceClient(InProcessChannel(Router(services: [try await alertHandler()])))
  }
}

@Suite("Alerts, on every store")
struct AlertServiceTests {
  private func request(_ key: String, at seconds: Int64? = nil, severity: Severity = .high) -> RaiseAlertRequest {
    RaiseAlertRequest(
      key: key, severity: severity, code: "STALE_SYNC", message: "production was synced 40 min ago",
      resource: "production", environment: "production",
      details: ProtoStruct(fields: ["minutes": ProtoValue(kind: .numberValue(40))]),
      time: seconds.map { ProtoTimestamp(seconds: $0) })
  }

  private func fault(_ body: () async throws -> Void) async -> ServiceFault? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? RPCError).flatMap { ServiceFault($0) }
    }
  }

  @Test("an open alert is counted, a resolved one is followed by another", arguments: StoreKind.allCases)
  func counting(_ kind: StoreKind) async throws {
    let client = try await kind.alertClient()
    let first = try await client.raiseAlert(request("sync:production", at: 200))
    #expect(first.id == "alert-000001")
    #expect(first.status == .open)
    #expect(first.count == 1)
    let again = try await client.raiseAlert(request("sync:production", at: 100, severity: .critical))
    #expect(again.id == first.id)
    #expect(again.count == 2)
    #expect(again.severity == .critical)
    #expect(again.firstTime == first.firstTime)
    #expect(again.lastTime?.seconds == 200)
    let known = try await client.acknowledgeAlert(AcknowledgeAlertRequest(id: first.id, acknowledgedBy: "ann"))
    #expect(known.status == .acknowledged)
    #expect(known.acknowledgedBy == "ann")
    #expect(try await client.raiseAlert(request("sync:production")).count == 3)
    let resolved = try await client.resolveAlert(ResolveAlertRequest(key: "sync:production"))
    #expect(resolved.status == .resolved)
    #expect(resolved.resolveTime?.seconds == 1_800_000_000)
    #expect(try await client.resolveAlert(ResolveAlertRequest(id: first.id)) == resolved)
    #expect(
      try await client.acknowledgeAlert(AcknowledgeAlertRequest(id: first.id, acknowledgedBy: "bob")) == resolved)
    let next = try await client.raiseAlert(request("sync:production"))
    #expect(next.id != first.id)
    #expect(next.count == 1)
  }

  @Test("lists go newest first, filtered and paged", arguments: StoreKind.allCases)
  func listing(_ kind: StoreKind) async throws {
    let client = try await kind.alertClient()
    var ids: [String] = []
    for key in ["a", "b", "c"] { ids.insert(try await client.raiseAlert(request(key)).id, at: 0) }
    _ = try await client.resolveAlert(ResolveAlertRequest(key: "b"))
    let first = try await client.listAlerts(ListAlertsRequest(pageSize: 2))
    #expect(first.alerts.map(\.id) == Array(ids.prefix(2)))
    let second = try await client.listAlerts(ListAlertsRequest(pageSize: 2, pageToken: first.nextPageToken))
    #expect(second.alerts.map(\.id) == Array(ids.suffix(1)))
    let open = try await client.listAlerts(ListAlertsRequest(status: .open))
    #expect(open.alerts.map(\.key) == ["c", "a"])
    #expect(try await client.listAlerts(ListAlertsRequest(resource: "staging")).alerts.isEmpty)
  }

  @Test("what can't be an alert is refused by its fields", arguments: StoreKind.allCases)
  func refusals(_ kind: StoreKind) async throws {
    let client = try await kind.alertClient()
    let wrong = await fault { _ = try await client.raiseAlert(RaiseAlertRequest()) }
    #expect(wrong?.violations.map(\.field) == ["key", "code", "severity"])
    let missing = await fault { _ = try await client.resolveAlert(ResolveAlertRequest(id: "alert-9")) }
    #expect(missing?.reason == "ALERT_NOT_FOUND")
    let both = await fault { _ = try await client.resolveAlert(ResolveAlertRequest(id: "a", key: "b")) }
    #expect(both?.violations.map(\.field) == ["id"])
  }

  @Test("a watch tells what is as bad as asked for, and ends with the service")
  func watching() async throws {
    let handler = try await StoreKind.memory.alertHandler()
    let client = AlertServiceClient(InProcessChannel(Router(services: [handler])))
    let seen = await #expect(throws: RPCError.self) {
      try await client.watchAlerts(WatchAlertsRequest(minSeverity: .high)) { alerts in
        _ = try await alerts.call.initialMetadata
        _ = try await client.raiseAlert(request("small", severity: .low))
        _ = try await client.raiseAlert(request("big", severity: .critical))
        for try await alert in alerts {
          #expect(alert.key == "big")
          handler.drain.begin()
        }
      }
    }
    #expect(seen?.code == .unavailable)
  }
}
