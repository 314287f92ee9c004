import FleetCore
import PostgresMigrations
import PostgresPool
import PostgresTesting
import SimulationInput
import Testing

@testable import TwinEngineService

/// The stores that keep the same contract.
enum StoreKind: String, Sendable, CaseIterable {
  case memory
  case postgres

  /// A fresh store.
  func make() async throws -> any TwinStore & CalibrationStore {
    switch self {
    case .memory: return MemoryTwinStore()
    case .postgres:
      let database = try await PostgresTestServer.shared.makeDatabase()
      let migrations = try TwinEngineAssembly.migrations ?? []
      try await SchemaMigrations(schema: "twin_engine", migrations)
        .apply(as: database.configuration("twin_engine", .owner))
      return PostgresTwinStore(PostgresPool(database.configuration("twin_engine", .app)))
    }
  }
}

@Suite("What every store of twins does")
struct TwinStoreTests {
  private static let time = UTCInstant(nanoseconds: 1_800_000_000_123_456_000)
  private static let later = UTCInstant(nanoseconds: 1_800_000_100_000_000_000)

  private func draft(_ vehicle: String, type: String = "sedan", requestID: String? = nil) -> TwinDraft {
    TwinDraft(physicalVehicleID: vehicle, modelType: type, overrides: [:], requestID: requestID)
  }

  private func create(_ vehicle: String, type: String = "sedan", in store: any TwinStore) async throws -> TwinRecord {
    guard case .created(let record) = try await store.create(draft(vehicle, type: type), at: Self.time) else {
      throw NotCreated()
    }
    return record
  }

  private struct NotCreated: Error {}

  @Test("a twin comes back as it was made", arguments: StoreKind.allCases)
  func roundTrip(_ kind: StoreKind) async throws {
    let store = try await kind.make()
    var draft = draft("AV-001 \"Ünïcode\" \\ ' {}", requestID: "r-1")
    draft.overrides = [
      "mass_kg": .number(1_234.567_890_123_4), "fuel": .string("diesel"), "gears": .number(6),
      "tyre_friction": .number(0.1 + 0.2),
    ]
    guard case .created(let record) = try await store.create(draft, at: Self.time) else { throw NotCreated() }
    #expect(record.number == 1)
    #expect(record.overrides == draft.overrides)
    #expect(record.createTime == Self.time)
    #expect(!record.isDeleted)
    #expect(try await store.twin(1) == record)
    #expect(try await store.twin(2) == nil)
    #expect(try await store.create(draft, at: Self.later) == .requestSeen(record))
    #expect(try await store.numbers(of: [draft.physicalVehicleID, "AV-9"]) == [draft.physicalVehicleID: 1])
  }

  @Test("creates at the same time count up without gaps, whatever fails between", arguments: StoreKind.allCases)
  func concurrentCreates(_ kind: StoreKind) async throws {
    let store = try await kind.make()
    let outcomes = try await withThrowingTaskGroup(of: CreateOutcome.self) { group in
      // Each vehicle three times: one create of the three can win.
      for index in 0..<60 { group.addTask { try await store.create(draft("AV-\(index / 3)"), at: Self.time) } }
      return try await group.reduce(into: [CreateOutcome]()) { $0.append($1) }
    }
    var created: [Int64] = []
    var refused = 0
    for outcome in outcomes {
      switch outcome {
      case .created(let record): created.append(record.number)
      case .vehicleTaken: refused += 1
      case .requestSeen: Issue.record("no request id was given")
      }
    }
    #expect(created.sorted() == Array(1...20))
    #expect(refused == 40)
    let changes = try await store.changes(after: 0, limit: 100)
    #expect(changes.map(\.change) == Array(1...20))
    #expect(Set(changes.map(\.number)) == Set(1...20))
  }

  @Test("the same request at the same time makes one twin", arguments: StoreKind.allCases)
  func concurrentRequests(_ kind: StoreKind) async throws {
    let store = try await kind.make()
    let ids = try await withThrowingTaskGroup(of: Int64?.self) { group in
      for _ in 0..<20 {
        group.addTask {
          switch try await store.create(draft("AV-1", requestID: "r"), at: Self.time) {
          case .created(let record), .requestSeen(let record): record.number
          case .vehicleTaken: nil
          }
        }
      }
      return try await group.reduce(into: [Int64?]()) { $0.append($1) }
    }
    #expect(ids == Array(repeating: 1, count: 20))
  }

  @Test("lists go on after a number, by type on demand, without what was deleted", arguments: StoreKind.allCases)
  func lists(_ kind: StoreKind) async throws {
    let store = try await kind.make()
    for index in 1...6 {
      _ = try await create("AV-\(index)", type: index.isMultiple(of: 2) ? "van" : "sedan", in: store)
    }
    let deleted = try #require(try await store.delete(2, at: Self.later))
    #expect(deleted.isDeleted)
    #expect(deleted.change == 7)
    #expect(try await store.delete(2, at: Self.later) == nil)
    #expect(try await store.twin(2) == nil)
    #expect(try await store.twins(after: 0, modelType: nil, limit: 3).map(\.number) == [1, 3, 4])
    #expect(try await store.twins(after: 4, modelType: nil, limit: 3).map(\.number) == [5, 6])
    #expect(try await store.twins(after: 0, modelType: "van", limit: 3).map(\.number) == [4, 6])
    #expect(try await store.changes(after: 5, limit: 10).map(\.number) == [6, 2])
    #expect(try await create("AV-2", in: store).number == 7)
    #expect(try await store.numbers(of: ["AV-2"]) == ["AV-2": 7])
  }

  @Test("live states replace older ones and go with their twin", arguments: StoreKind.allCases)
  func states(_ kind: StoreKind) async throws {
    let store = try await kind.make()
    for index in 1...3 { _ = try await create("AV-\(index)", in: store) }
    let first = StoredState(number: 1, state: [0, 255, 1], sources: ["default": [5, 5, 0]])
    let second = StoredState(
      number: 2, state: [], sources: ["a \"b\"": [Int64.max, 0, -1, 7, 9], "default": [1, 1, 0]])
    try await store.save([first, second])
    try await store.save([])
    #expect(try await store.states(after: 0, limit: 10) == [first, second])
    var newer = first
    newer.state = Array(repeating: 7, count: 3_000)
    newer.sources["default"] = [9, 9, 0]
    try await store.save([newer])
    #expect(try await store.states(after: 0, limit: 1) == [newer])
    #expect(try await store.states(after: 1, limit: 1) == [second])
    _ = try await store.delete(1, at: Self.later)
    #expect(try await store.states(after: 0, limit: 10) == [second])
  }
}
