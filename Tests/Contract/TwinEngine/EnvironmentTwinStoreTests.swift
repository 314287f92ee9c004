import FleetCore
import PostgresMigrations
import PostgresPool
import PostgresTesting
import Testing
import TwinProto

@testable import TwinEngineService

extension StoreKind {
  /// A fresh store of environments' twins.
  func makeEnvironments() async throws -> any EnvironmentTwinStore {
    switch self {
    case .memory: return MemoryEnvironmentTwinStore()
    case .postgres:
      let database = try await PostgresTestServer.shared.makeDatabase()
      try await SchemaMigrations(schema: "twin_engine", try TwinEngineAssembly.migrations ?? [])
        .apply(as: database.configuration("twin_engine", .owner))
      return PostgresEnvironmentTwinStore(PostgresPool(database.configuration("twin_engine", .app)))
    }
  }
}

@Suite("What every store of environments' twins does")
struct EnvironmentTwinStoreTests {
  private static let start = UTCInstant(microseconds: 1_800_000_000_000_000)

  private func target(_ name: String, _ version: UInt64, at seconds: Double = 0) -> Target {
    Target(
      name: name, environmentID: "eu", kind: "service",
      state: ProtoStruct(fields: ["version": ProtoValue(kind: .numberValue(Double(version)))]),
      syncTime: Self.start.adding(seconds: seconds).timestamp, sources: ["inline"], version: version)
  }

  private func update(
    _ targets: [Target], removed: [String] = [], at seconds: Double? = 0, created: Double = -100,
    isDeleted: Bool = false
  ) -> EnvironmentTwinUpdate {
    EnvironmentTwinUpdate(
      environment: EnvironmentTwinRecord(
        id: "eu", kind: .production, createTime: Self.start.adding(seconds: created),
        syncTime: seconds.map { Self.start.adding(seconds: $0) }), targets: targets, removed: removed,
      isDeleted: isDeleted)
  }

  private func versions(_ store: any EnvironmentTwinStore) async throws -> [String: UInt64] {
    let targets = try await store.targets(of: "eu", named: nil).compactMap(\.target)
    return Dictionary(uniqueKeysWithValues: targets.map { ($0.name, $0.version) })
  }

  @Test("a twin comes back as it was told, targets by name", arguments: StoreKind.allCases)
  func roundTrip(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    #expect(try await store.environment("eu") == nil)
    #expect(try await store.apply(update([], at: nil)) == 0)
    #expect(try await store.environment("eu")?.syncTime == nil)
    #expect(try await store.environmentIDs() == ["eu"])
    let update = update([target("b", 1), target("a", 2), target("Z", 3)])
    #expect(try await store.apply(update) == 3)
    #expect(try await store.environment("eu") == update.environment)
    #expect(
      try await store.targets(of: "eu", named: nil).map(\.target) == [target("Z", 3), target("a", 2), target("b", 1)])
    #expect(try await store.targets(of: "eu", named: ["b", "x"]).map(\.target) == [target("b", 1)])
    #expect(try await store.targets(of: "us", named: nil).isEmpty)
  }

  @Test("what was applied before, and what is older, changes nothing", arguments: StoreKind.allCases)
  func repeated(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let first = update([target("a", 1), target("b", 1)])
    let second = update([target("a", 2, at: 10), target("b", 1, at: 10)], removed: [], at: 10)
    for update in [first, first, second, second, first] { _ = try await store.apply(update) }
    #expect(try await versions(store) == ["a": 2, "b": 1])
    let times = try await store.targets(of: "eu", named: nil).map { $0.target?.syncTime }
    #expect(times == [Self.start.adding(seconds: 10).timestamp, Self.start.adding(seconds: 10).timestamp])
    #expect(try await store.environment("eu")?.syncTime == Self.start.adding(seconds: 10))
  }

  @Test("removed targets go first, and an older message doesn't bring them back", arguments: StoreKind.allCases)
  func removal(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let first = update([target("a", 5), target("b", 5)])
    _ = try await store.apply(first)
    #expect(try await store.apply(update([target("a", 1, at: 10)], removed: ["a", "b"], at: 10)) == 1)
    #expect(try await versions(store) == ["a": 1])
    #expect(try await store.apply(first) == 1)
    #expect(try await versions(store).keys.sorted() == ["a"])
    // Nor does an older one remove what came after it.
    #expect(try await store.apply(update([], removed: ["a"], at: 5)) == 1)
  }

  @Test("another environment of the same id has nothing of the old one", arguments: StoreKind.allCases)
  func incarnations(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    let old = update([target("a", 5)])
    _ = try await store.apply(old)
    let new = update([target("b", 1, at: 20)], at: 20, created: 15)
    #expect(try await store.apply(new) == 1)
    #expect(try await versions(store) == ["b": 1])
    // What is still on its way of the old one is nothing.
    _ = try await store.apply(old)
    _ = try await store.apply(update([], isDeleted: true))
    #expect(try await versions(store) == ["b": 1])
    #expect(try await store.apply(update([], at: 20, created: 15, isDeleted: true)) == 0)
    #expect(try await store.environment("eu") == nil)
    #expect(try await store.targets(of: "eu", named: nil).isEmpty)
  }

  @Test("parameters stay with their target until it goes", arguments: StoreKind.allCases)
  func parameters(_ kind: StoreKind) async throws {
    let store = try await kind.makeEnvironments()
    _ = try await store.apply(update([target("a", 1), target("b", 1)]))
    let parameter = CalibratedParameter(
      name: "cpu_demand_ms", value: 10.5, std: 0.25, model: "mmc", regime: ProtoStruct(), sampleCount: 100,
      calibrationTime: Self.start.timestamp)
    try await store.save(["a": [parameter], "x": [parameter]], of: "eu")
    #expect(try await store.targets(of: "eu", named: nil).map(\.parameters) == [[parameter], []])
    _ = try await store.apply(update([target("a", 2, at: 1)], at: 1))
    #expect(try await store.targets(of: "eu", named: ["a"]).map(\.parameters) == [[parameter]])
    try await store.save(["a": []], of: "eu")
    #expect(try await store.targets(of: "eu", named: ["a"]).map(\.parameters) == [[]])
    try await store.save(["a": [parameter]], of: "eu")
    _ = try await store.apply(update([target("a", 1, at: 2)], removed: ["a"], at: 2))
    #expect(try await store.targets(of: "eu", named: ["a"]).map(\.parameters) == [[]])
  }
}
