import FleetCore
import Testing
import TwinProto

@testable import TwinEngineService

@Suite("What every store of twins does with conditions")
struct ConditionStoreTests {
  private static let start = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)

  private func stage(_ kind: StoreKind) async throws -> any TwinStore {
    let store = try await kind.make()
    for vehicle in ["AV-001", "AV-002"] {
      _ = try await store.create(
        TwinDraft(physicalVehicleID: vehicle, modelType: "sedan", overrides: [:]), at: Self.start)
    }
    return store
  }

  private func weather(_ number: Int64, _ sequence: UInt64, at seconds: Double) -> StoredCondition {
    let time = Self.start.adding(seconds: seconds)
    return StoredCondition(
      name: ConditionName(number: number, kind: .environment), time: time, sequence: sequence,
      report: .environment(EnvironmentSample(sequence: sequence, time: time.timestamp, roadFriction: seconds)))
  }

  private func sensor(_ number: Int64, _ id: String) -> StoredCondition {
    StoredCondition(
      name: ConditionName(number: number, kind: .sensor, sensorID: id), time: Self.start, sequence: 1,
      report: .sensor(SensorSample(sensorID: id, health: .frozen, sequence: 1, time: Self.start.timestamp)))
  }

  @Test("conditions come back in pages, and an older one replaces no newer one", arguments: StoreKind.allCases)
  func roundTrip(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    let load = StoredCondition(
      name: ConditionName(number: 1, kind: .operations), time: Self.start, sequence: 1,
      report: .operations(OperationsSample(sequence: 1, time: Self.start.timestamp, loadKg: 7)))
    try await store.save(conditions: [weather(1, 2, at: 0.2), sensor(1, "b"), sensor(1, "a"), load, sensor(2, "a")])
    try await store.save(conditions: [weather(1, 9, at: 0.1)])
    let expected = [sensor(1, "a"), sensor(1, "b"), weather(1, 2, at: 0.2), load, sensor(2, "a")]
    #expect(try await store.conditions(after: nil, limit: 10) == expected)
    #expect(try await store.conditions(after: nil, limit: 2) == Array(expected[..<2]))
    #expect(try await store.conditions(after: expected[1].name, limit: 10) == Array(expected[2...]))
    try await store.save(conditions: [weather(1, 3, at: 0.3)])
    #expect(try await store.conditions(after: expected[1].name, limit: 1) == [weather(1, 3, at: 0.3)])
  }

  @Test("a deleted twin leaves no conditions", arguments: StoreKind.allCases)
  func deletion(_ kind: StoreKind) async throws {
    let store = try await stage(kind)
    try await store.save(conditions: [sensor(1, "a"), sensor(2, "a")])
    _ = try await store.delete(1, at: Self.start)
    #expect(try await store.conditions(after: nil, limit: 10) == [sensor(2, "a")])
  }
}
