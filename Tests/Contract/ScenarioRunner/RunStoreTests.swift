import PostgresDriver
import PostgresMigrations
import PostgresPool
import PostgresTesting
import SimulationInput
import Synchronization
import Testing
import TwinProto

@testable import ScenarioRunnerService

/// A store and, where it can be moved, its clock.
struct StoreUnderTest: Sendable {
  var store: any RunStore
  /// Lets every lease that is held run out.
  var expireLeases: @Sendable () async throws -> Void
}

/// The stores that keep the same contract.
enum StoreKind: String, Sendable, CaseIterable {
  case memory
  case postgres

  func make() async throws -> StoreUnderTest {
    switch self {
    case .memory:
      let clock = TestClock()
      return StoreUnderTest(store: MemoryRunStore { clock.now }) { clock.advance(seconds: 3_600) }
    case .postgres:
      let database = try await PostgresTestServer.shared.makeDatabase()
      try await SchemaMigrations(schema: "scenario_runner", try ScenarioRunnerAssembly.migrations ?? [])
        .apply(as: database.configuration("scenario_runner", .owner))
      let pool = PostgresPool(database.configuration("scenario_runner", .app))
      return StoreUnderTest(store: PostgresRunStore(pool: pool)) {
        _ = try await pool.execute(
          "UPDATE runs SET lease_until = now() - interval '1 hour' WHERE lease_until IS NOT NULL")
      }
    }
  }
}

final class TestClock: Sendable {
  private let microseconds = Mutex<Int64>(1_800_000_000_000_000)

  var now: Int64 { microseconds.withLock { $0 } }

  func advance(seconds: Int64) { microseconds.withLock { $0 += seconds * 1_000_000 } }
}

@Suite("What every store of runs does")
struct RunStoreTests {
  private func scenario(_ type: String = "emergency_braking", vehicle: String = "") -> Scenario {
    Scenario(type: type, vehicleID: vehicle, status: .created, category: .safety)
  }

  private func create(_ store: any RunStore, requestID: String = "", type: String = "emergency_braking") async throws
    -> StoredScenario
  {
    let request = CreateScenarioRequest(type: type, requestID: requestID)
    guard case .created(let stored) = try await store.create(scenario(type), for: request) else { throw Unexpected() }
    return stored
  }

  private struct Unexpected: Error {}

  private let plan = RunPlan(
    scenarioID: "scenario-000001", scenarioType: "emergency_braking", vehicleID: "twin-001",
    parameters: .object([.init("friction", .number(0.1 + 0.2)), .init("weather", .string("rain"))]), seed: .max,
    snapshot: TwinSnapshot(twin: Twin(id: "twin-001", modelType: "sedan")), keepsTrace: false, timeLimit: 1.5)

  private func run(_ store: any RunStore, _ simulation: String, requestID: String = "") async throws -> StoredRun {
    let created = try await store.createRun(
      simulation, plan, for: RunSimulationRequest(id: simulation, requestID: requestID), maxWaiting: 100)
    guard case .created(let run) = created else { throw Unexpected() }
    return run
  }

  @Test("ids count up, and a scenario is found by both of them", arguments: StoreKind.allCases)
  func ids(_ kind: StoreKind) async throws {
    let store = try await kind.make().store
    let first = try await create(store)
    let second = try await create(store)
    #expect(first.scenario.id == "scenario-000001")
    #expect(second.scenario.simulationID == "sim-000002")
    #expect(try await store.scenario(id: "sim-000002") == second)
    #expect(try await store.scenario(id: "scenario-000001") == first)
    #expect(try await store.scenario(id: "scenario-9") == nil)
  }

  @Test("a repeated request gets the first answer, another one with its id none", arguments: StoreKind.allCases)
  func requestIDs(_ kind: StoreKind) async throws {
    let store = try await kind.make().store
    let first = try await create(store, requestID: "r-1")
    let same = CreateScenarioRequest(type: "emergency_braking", requestID: "r-1")
    #expect(try await store.create(scenario(), for: same) == .repeated(first))
    let other = CreateScenarioRequest(type: "emergency_braking", name: "other", requestID: "r-1")
    #expect(try await store.create(scenario(), for: other) == .conflict)
    let run = try await run(store, "sim-000001", requestID: "r-2")
    let again = try await store.createRun(
      "sim-000001", plan, for: RunSimulationRequest(id: "sim-000001", requestID: "r-2"), maxWaiting: 100)
    #expect(again == .repeated(run))
    #expect(try await store.newestRun("sim-000001")?.count == 1)
  }

  @Test("deleted scenarios leave the lists, pages hold together", arguments: StoreKind.allCases)
  func lists(_ kind: StoreKind) async throws {
    let store = try await kind.make().store
    for _ in 0..<3 { _ = try await create(store) }
    #expect(try await store.deleteScenario(id: "scenario-000002"))
    #expect(try await !store.deleteScenario(id: "scenario-000002"))
    let all = try await store.scenarios(type: "", vehicleID: "", before: .max, limit: 10)
    #expect(all.map(\.ordinal) == [3, 1])
    #expect(try await store.scenarios(type: "", vehicleID: "", before: 3, limit: 10).map(\.ordinal) == [1])
    #expect(try await store.scenarios(type: "other", vehicleID: "", before: .max, limit: 10).isEmpty)
  }

  @Test("a run is leased once, with its whole plan, oldest first", arguments: StoreKind.allCases)
  func leases(_ kind: StoreKind) async throws {
    let store = try await kind.make().store
    _ = try await create(store)
    let first = try await run(store, "sim-000001")
    let second = try await run(store, "sim-000001")
    let leased = try await store.lease(owner: "a", seconds: 60)
    #expect(leased?.id == first.id)
    #expect(leased?.plan == plan)
    #expect(leased?.status == .running)
    #expect(try await store.lease(owner: "b", seconds: 60)?.id == second.id)
    #expect(try await store.lease(owner: "c", seconds: 60) == nil)
    #expect(try await store.activeRuns(limit: 10).map(\.id) == [first.id, second.id])
  }

  @Test("many runners never get the same run", arguments: StoreKind.allCases)
  func race(_ kind: StoreKind) async throws {
    let store = try await kind.make().store
    _ = try await create(store)
    for _ in 0..<20 { _ = try await run(store, "sim-000001") }
    let ids = try await withThrowingTaskGroup(of: [String].self) { group in
      for runner in 0..<4 {
        group.addTask {
          var ids: [String] = []
          while let run = try await store.lease(owner: "runner-\(runner)", seconds: 60) { ids.append(run.id) }
          return ids
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(ids.count == 20)
    #expect(Set(ids).count == 20)
  }

  @Test("a lease that ran out goes to another, and the first owner has lost it", arguments: StoreKind.allCases)
  func expiry(_ kind: StoreKind) async throws {
    let test = try await kind.make()
    _ = try await create(test.store)
    let run = try await run(test.store, "sim-000001")
    _ = try await test.store.lease(owner: "a", seconds: 60)
    #expect(try await test.store.renew(run.id, owner: "a", seconds: 60, progress: 0.5) == .held)
    try await test.expireLeases()
    #expect(try await test.store.lease(owner: "b", seconds: 60)?.attempts == 2)
    #expect(try await test.store.renew(run.id, owner: "a", seconds: 60, progress: 0.9) == .lost)
    let end = RunEnd(status: .completed, verdict: .pass, error: nil)
    #expect(try await !test.store.finish(run.id, owner: "a", end))
    #expect(try await test.store.finish(run.id, owner: "b", end))
    let finished = try await test.store.newestRun("sim-000001")?.run
    #expect(finished?.status == .completed)
    #expect(finished?.verdict == .pass)
    #expect(finished?.progress == 1)
    #expect(finished?.endTime != nil)
  }

  @Test("what waits is cancelled at once, what runs is told", arguments: StoreKind.allCases)
  func cancelling(_ kind: StoreKind) async throws {
    let store = try await kind.make().store
    _ = try await create(store)
    let waiting = try await run(store, "sim-000001")
    try await store.requestCancel(waiting.id)
    #expect(try await store.newestRun("sim-000001")?.run.status == .cancelled)
    #expect(try await store.lease(owner: "a", seconds: 60) == nil)
    let running = try await run(store, "sim-000001")
    #expect(running.id != waiting.id)
    _ = try await store.lease(owner: "a", seconds: 60)
    let other = try await run(store, "sim-000001")
    try await store.requestCancel(running.id)
    #expect(try await store.run(id: other.id)?.status == .queued)
    #expect(try await store.run(id: "run-999999") == nil)
    #expect(try await store.renew(running.id, owner: "a", seconds: 60, progress: 0) == .cancelRequested)
    try await store.release(running.id, owner: "a")
    #expect(try await store.run(id: running.id)?.status == .queued)
  }

  @Test("the queue has a bound", arguments: StoreKind.allCases)
  func bound(_ kind: StoreKind) async throws {
    let store = try await kind.make().store
    _ = try await create(store)
    for _ in 0..<2 { _ = try await run(store, "sim-000001") }
    let refused = try await store.createRun(
      "sim-000001", plan, for: RunSimulationRequest(id: "sim-000001"), maxWaiting: 2)
    #expect(refused == .full)
  }
}
