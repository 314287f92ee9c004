import PostgresDriver
import PostgresMigrations
import PostgresPool
import PostgresTesting
import Testing
import TwinProto

@testable import ScenarioRunnerService

/// A store of changes and, where it can be moved, its clock.
struct ChangeStoreUnderTest: Sendable {
  var store: any ChangeStore
  /// Makes every run that goes on one that was given up.
  var loseRuns: @Sendable () async throws -> Void
}

extension StoreKind {
  func makeChanges() async throws -> ChangeStoreUnderTest {
    switch self {
    case .memory:
      let clock = TestClock()
      return ChangeStoreUnderTest(store: MemoryChangeStore { clock.now }) { clock.advance(seconds: 3_600) }
    case .postgres:
      let database = try await PostgresTestServer.shared.makeDatabase()
      try await SchemaMigrations(schema: "scenario_runner", try ScenarioRunnerAssembly.migrations ?? [])
        .apply(as: database.configuration("scenario_runner", .owner))
      let pool = PostgresPool(database.configuration("scenario_runner", .app))
      return ChangeStoreUnderTest(store: PostgresChangeStore(pool: pool)) {
        _ = try await pool.execute(
          "UPDATE changes SET run_until = now() - interval '1 hour' WHERE run_until IS NOT NULL")
      }
    }
  }
}

@Suite("What every store of changes does")
struct ChangeStoreTests {
  private let change = ChangeRequest(
    type: .scaling, target: "web", environment: "production",
    change: ProtoStruct(fields: ["instances": ProtoValue(kind: .numberValue(4))]))

  private func create(_ store: any ChangeStore, requestID: String = "", environment: String = "production")
    async throws -> StoredChange
  {
    var change = change
    change.environment = environment
    let request = CreateChangeSimulationRequest(changeRequest: change, requestID: requestID)
    guard case .created(let stored) = try await store.create(change, for: request) else { throw Unexpected() }
    return stored
  }

  private func begin(_ store: any ChangeStore, _ id: String, requestID: String = "") async throws -> StoredChange {
    let request = RunChangeSimulationRequest(id: id, requestID: requestID)
    guard case .begun(let stored) = try await store.begin(id, for: request, seconds: 60) else { throw Unexpected() }
    return stored
  }

  private struct Unexpected: Error {}

  @Test(
    "ids count up, a repeated request gives the first answer, another one with its id is refused",
    arguments: StoreKind.allCases)
  func creation(_ kind: StoreKind) async throws {
    let store = try await kind.makeChanges().store
    let first = try await create(store, requestID: "r-1")
    #expect(first.simulation.id == "change-000001")
    #expect(first.simulation.status == .created)
    #expect(try await create(store).simulation.id == "change-000002")
    let request = CreateChangeSimulationRequest(changeRequest: change, requestID: "r-1")
    #expect(try await store.create(change, for: request) == .repeated(first))
    let other = CreateChangeSimulationRequest(requestID: "r-1")
    #expect(try await store.create(change, for: other) == .conflict)
    #expect(try await store.change(id: "change-000001") == first)
    #expect(try await store.change(id: "change-000009") == nil)
  }

  @Test("a run is one caller's until it ends, and its outcome stays", arguments: StoreKind.allCases)
  func running(_ kind: StoreKind) async throws {
    let store = try await kind.makeChanges().store
    let id = try await create(store).simulation.id
    let begun = try await begin(store, id, requestID: "r-1")
    #expect(begun.run == 1)
    #expect(begun.simulation.status == .queued)
    let other = RunChangeSimulationRequest(id: id)
    #expect(try await store.begin(id, for: other, seconds: 60) == .running)
    try await store.start(id, run: 1)
    #expect(try await store.activeChanges(limit: 10).map(\.simulation.status) == [.running])
    let outcome = ChangeOutcome(unknowns: ["ram_gb"], targetKnown: true, seed: 7)
    let ended = try await store.end(id, run: 1, ChangeEnd(status: .completed, outcome: outcome))
    #expect(ended?.simulation.outcome == outcome)
    #expect(ended?.simulation.startTime != nil)
    #expect(ended?.simulation.endTime != nil)
    #expect(try await store.activeChanges(limit: 10).isEmpty)
    let repeated = RunChangeSimulationRequest(id: id, requestID: "r-1")
    #expect(try await store.begin(id, for: repeated, seconds: 60) == (ended.map { .repeated($0) }))
    let reused = RunChangeSimulationRequest(id: id, requestID: "r-1", durationHours: 1)
    #expect(try await store.begin(id, for: reused, seconds: 60) == .conflict)
    // A new request runs again, and what was found before is gone.
    let again = try await begin(store, id, requestID: "r-2")
    #expect(again.run == 2)
    #expect(again.simulation.outcome == nil)
    #expect(try await store.end(id, run: 1, ChangeEnd(status: .completed)) == nil)
    #expect(try await store.begin("change-000009", for: other, seconds: 60) == .missing)
  }

  @Test("a request whose run failed runs again", arguments: StoreKind.allCases)
  func failedIsTriedAgain(_ kind: StoreKind) async throws {
    let store = try await kind.makeChanges().store
    let id = try await create(store).simulation.id
    _ = try await begin(store, id, requestID: "r-1")
    let ended = try await store.end(id, run: 1, ChangeEnd(status: .failed, error: "away"))
    #expect(ended?.simulation.error == "away")
    #expect(try await begin(store, id, requestID: "r-1").simulation.error == nil)
  }

  @Test("a run whose process went away counts as failed, and can be run again", arguments: StoreKind.allCases)
  func lostRun(_ kind: StoreKind) async throws {
    let stage = try await kind.makeChanges()
    let id = try await create(stage.store).simulation.id
    _ = try await begin(stage.store, id)
    try await stage.loseRuns()
    let lost = try await stage.store.change(id: id)
    #expect(lost?.simulation.status == .failed)
    #expect(lost?.simulation.error == StoredChange.lostRun)
    #expect(try await stage.store.activeChanges(limit: 10).isEmpty)
    let failed = try await stage.store.changes(environment: "", status: .failed, before: .max, limit: 10)
    #expect(failed.map(\.simulation.id) == [id])
    #expect(try await begin(stage.store, id).run == 2)
  }

  @Test("an impact stands beside the outcome until the next run", arguments: StoreKind.allCases)
  func impact(_ kind: StoreKind) async throws {
    let store = try await kind.makeChanges().store
    let id = try await create(store).simulation.id
    let impact = PredictedImpact(riskScore: 61, riskLevel: .high, recommendation: .requireApproval)
    let attached = try await store.attach(impact, confidence: 0.5, to: id)
    #expect(attached?.simulation.predictedImpact == impact)
    #expect(attached?.simulation.confidence == 0.5)
    #expect(try await store.attach(impact, confidence: nil, to: "change-000009") == nil)
    #expect(try await begin(store, id).simulation.predictedImpact == nil)
  }

  @Test("lists go newest first, by environment and status; what is deleted isn't there", arguments: StoreKind.allCases)
  func listing(_ kind: StoreKind) async throws {
    let store = try await kind.makeChanges().store
    for environment in ["production", "staging", "production"] { _ = try await create(store, environment: environment) }
    _ = try await begin(store, "change-000003")
    func ids(_ environment: String = "", _ status: JobStatus = .unspecified, before: Int64 = .max, limit: Int = 10)
      async throws -> [String]
    {
      try await store.changes(environment: environment, status: status, before: before, limit: limit)
        .map(\.simulation.id)
    }
    #expect(try await ids() == ["change-000003", "change-000002", "change-000001"])
    #expect(try await ids("production") == ["change-000003", "change-000001"])
    #expect(try await ids("", .queued) == ["change-000003"])
    #expect(try await ids(before: 3, limit: 1) == ["change-000002"])
    #expect(try await store.delete("change-000002"))
    #expect(try await !store.delete("change-000002"))
    #expect(try await ids() == ["change-000003", "change-000001"])
    #expect(try await store.change(id: "change-000002") == nil)
  }
}
