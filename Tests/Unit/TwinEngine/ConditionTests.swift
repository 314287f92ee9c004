import FleetCore
import RPCCore
import Testing
import TwinProto

@testable import TwinEngineService

@Suite("Conditions of twins")
struct ConditionTests {
  private func time(_ seconds: Double) -> ProtoTimestamp {
    UTCInstant(nanoseconds: 1_799_999_000_000_000_000).adding(seconds: seconds).timestamp
  }

  private func batch(
    _ id: UInt64, sensors: [SensorSample] = [], environment: [EnvironmentSample] = [],
    operations: [OperationsSample] = []
  ) -> SyncTwinsRequest {
    SyncTwinsRequest(
      batchID: id,
      twins: [
        TwinSamples(
          twinID: "twin-001", sensorSamples: sensors, environmentSamples: environment, operationsSamples: operations)
      ])
  }

  private func weather(_ sequence: UInt64, at seconds: Double, friction: Double) -> EnvironmentSample {
    EnvironmentSample(sequence: sequence, time: time(seconds), roadCondition: .snow, roadFriction: friction)
  }

  private func snapshot(_ stage: EngineStage) async throws -> TwinSnapshot {
    try await stage.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: "twin-001"))
  }

  @Test("the newest report by its time counts, whatever the order, and a repeat changes nothing")
  func newestCounts() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    #expect(try await snapshot(stage).environment == nil)
    let newest = weather(2, at: 20, friction: 0.3)
    let answers = try await stage.send([
      batch(1, environment: [newest, weather(3, at: 10, friction: 0.9)]),
      batch(2, environment: [weather(1, at: 15, friction: 0.8)]),
    ])
    #expect(try await snapshot(stage).environment == newest)
    try await stage.send([batch(3, environment: [newest])])
    #expect(try await snapshot(stage).environment == newest)
    // Readers of states aren't told of weather.
    #expect(answers.allSatisfy { $0.states.isEmpty && $0.unknownIds.isEmpty })
    let load = OperationsSample(
      sequence: 1, time: time(1), missionID: "m-7", driverMode: .automated, loadKg: 420, passengers: 2)
    try await stage.send([batch(4, operations: [load])])
    #expect(try await snapshot(stage).operations == load)
    #expect(try await snapshot(stage).environment == newest)
  }

  @Test("conditions survive a restart, and an older report doesn't replace them then either")
  func restart() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let newest = weather(5, at: 50, friction: 0.2)
    let sensor = SensorSample(sensorID: "lidar", kind: .lidar, health: .failed, sequence: 1, time: time(50))
    let load = OperationsSample(sequence: 1, time: time(1), loadKg: 100)
    try await stage.send([batch(1, sensors: [sensor], environment: [newest], operations: [load])])
    try await stage.parts.writer.flush()
    let again = try await EngineStage(store: stage.store, clock: stage.clock)
    try await again.send([batch(1, environment: [weather(4, at: 40, friction: 0.9)])])
    let restored = try await snapshot(again)
    #expect(restored.environment == newest)
    #expect(restored.operations == load)
    #expect(restored.sensors == [sensor])
    #expect(restored.state?.impairedSensors == [sensor])
  }

  @Test("what can't be stored now is stored later, the newest of it")
  func storeAway() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.send([batch(1, environment: [weather(1, at: 1, friction: 0.1)])])
    stage.store.isAway = true
    await #expect(throws: StoreUnavailable.self) { try await stage.parts.writer.flush() }
    try await stage.send([batch(2, environment: [weather(2, at: 2, friction: 0.2)])])
    stage.store.isAway = false
    try await stage.parts.writer.flush()
    let stored = try await stage.store.conditions(after: nil, limit: 10)
    #expect(stored.map(\.report) == [.environment(weather(2, at: 2, friction: 0.2))])
  }

  @Test("a sensor that doesn't work as specified is visible in the state until it does again")
  func sensors() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    func report(_ sequence: UInt64, _ health: SensorHealth) -> SensorSample {
      SensorSample(
        sensorID: "front", kind: .radar, health: health, sequence: sequence, time: time(Double(sequence)),
        detections: [Detection(category: "car", xM: 3)])
    }
    let answers = try await stage.send([
      batch(1, sensors: [report(1, .ok)]), batch(2, sensors: [report(2, .degraded)]),
      batch(3, sensors: [report(3, .degraded)]), batch(4, sensors: [report(4, .ok)]),
    ])
    #expect(answers.map { $0.states.map { $0.impairedSensors.map(\.health) } } == [[], [[.degraded]], [], [[]]])
    #expect(answers[1].states.first?.impairedSensors.first?.detections == [])
    #expect(answers[3].states.first?.revision == 2)
    #expect(try await snapshot(stage).sensors.map(\.health) == [.ok])
  }

  @Test("sensors inside of vehicle samples count, too, by the sample's time")
  func embedded() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    var first = stage.sample(1)
    first.sensors = [SensorSample(sensorID: "cam", kind: .camera, health: .blind)]
    var second = stage.sample(2)
    second.sensors = [SensorSample(sensorID: "cam", kind: .camera, health: .ok)]
    let answers = try await stage.send([stage.batch(1, "twin-001", [first]), stage.batch(2, "twin-001", [second])])
    #expect(answers.map { $0.states.first?.impairedSensors.map(\.sensorID) } == [["cam"], []])
    // Late by its time: it says nothing of now.
    try await stage.send([stage.batch(3, "twin-001", source: "other", [first])])
    #expect(try await stage.state("twin-001").impairedSensors.isEmpty)
    #expect(try await snapshot(stage).sensors.first?.time == second.time)
  }

  @Test("a twin keeps only so many sensors; the one that was silent for longest goes")
  func bound() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let count = TwinConditions.maximumSensors + 1
    try await stage.send([
      batch(
        1,
        sensors: (1...count).map { SensorSample(sensorID: "s\($0)", health: .ok, sequence: 1, time: time(Double($0))) })
    ])
    let names = Set(try await snapshot(stage).sensors.map(\.sensorID))
    #expect(names.count == TwinConditions.maximumSensors)
    #expect(!names.contains("s1"))
  }
}
