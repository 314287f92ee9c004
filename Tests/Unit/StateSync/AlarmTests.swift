import FleetCore
import RPCCore
import Testing
import TwinProto

@testable import StateSyncService
@testable import TwinEngineService

@Suite("Alarms of twins that diverge")
struct AlarmTests {
  private static func time(_ seconds: Double) -> ProtoTimestamp { ObservationTests.time(seconds) }

  /// A state as twin-engine returns it.
  private static func state(at seconds: Double, since: Double?, of id: String = "twin-001") -> VehicleState {
    VehicleState(
      vehicleID: id, time: time(seconds),
      divergence: Divergence(
        positionM: since == nil ? 0.1 : 9, diverged: since != nil, channels: since == nil ? [] : ["position"],
        since: since.map { time($0) }))
  }

  private func events(_ stage: SyncStage) async throws -> [Event] {
    let page = try await stage.fleet.listObservations(
      ListObservationsRequest(vehicleID: "twin-001", kind: .event, pageSize: 1_000))
    return page.observations.compactMap { if case .event(let event)? = $0.content { event } else { nil } }
  }

  private func stage(after previous: SyncStage? = nil) async throws -> SyncStage {
    let stage = try await SyncStage(after: previous)
    _ = try await stage.push([1])
    return stage
  }

  @Test("leaving the bounds and coming back make one event each, however often the states come")
  func eachOnce() async throws {
    let stage = try await stage()
    let states: [(Double, Double?)] = [(1, nil), (2, 2), (3, 2), (4, 2), (5, nil), (6, nil), (7, 7), (8, nil)]
    for (at, since) in states + states { stage.parts.observations.received([Self.state(at: at, since: since)]) }
    try await until { stage.parts.observations.alarms.backlog == 0 }
    let events = try await events(stage)
    #expect(
      events.map(\.type) == [
        "twin.vehicle.diverged", "twin.vehicle.converged", "twin.vehicle.diverged", "twin.vehicle.converged",
      ])
    #expect(events.map(\.time) == [2, 5, 7, 8].map { Self.time($0) })
    #expect(events.allSatisfy { $0.source == "/twin-engine" && $0.subject == "twin-001" && $0.specversion == "1.0" })
    #expect(Set(events.map(\.id)).count == 4)
    guard case .structValue(let data)? = events.first?.data?.kind else { return #expect(Bool(false), "\(events)") }
    #expect(data.fields["position_m"]?.kind == .numberValue(9))
    #expect(
      data.fields["channels"]?.kind == .listValue(ProtoListValue(values: [ProtoValue(kind: .stringValue("position"))])))
  }

  @Test("a restart raises no alarm again, and sees the end of what began before it")
  func restart() async throws {
    let first = try await stage()
    first.parts.observations.received([Self.state(at: 2, since: 2)])
    try await until { first.parts.observations.alarms.backlog == 0 && first.observations.count == 1 }
    first.stop()
    let second = try await stage(after: first)
    second.parts.observations.received([Self.state(at: 3, since: 2)])
    try await until { second.parts.observations.alarms.backlog == 0 }
    #expect(second.observations.count == 1)
    second.stop()
    // It came back and left again while nobody watched.
    let third = try await stage(after: second)
    third.parts.observations.received([Self.state(at: 9, since: 8)])
    try await until { third.parts.observations.alarms.backlog == 0 && third.observations.count == 3 }
    let events = try await events(third)
    #expect(events.map(\.type).filter { $0 == "twin.vehicle.diverged" }.count == 2)
    #expect(events.map(\.type).filter { $0 == "twin.vehicle.converged" }.count == 1)
  }

  @Test("after its home has moved a twin's alarms go on from what another replica stored")
  func otherReplica() async throws {
    let stage = try await stage()
    stage.parts.observations.received([Self.state(at: 1, since: nil)])
    try await until { stage.parts.observations.alarms.backlog == 0 }
    // By a replica that shares the store.
    let other = try await SyncStage(after: stage)
    other.parts.observations.received([Self.state(at: 2, since: 2)])
    try await until { other.parts.observations.alarms.backlog == 0 }
    #expect(stage.observations.count == 1)
    other.stop()
    stage.parts.observations.alarms.forget()
    stage.parts.observations.received([Self.state(at: 3, since: nil)])
    try await until { stage.parts.observations.alarms.backlog == 0 }
    #expect(try await events(stage).map(\.type) == [DivergenceAlarms.divergedType, DivergenceAlarms.convergedType])
  }

  @Test("alarms wait while the database is away, and only so many")
  func storeAway() async throws {
    let stage = try await stage()
    try await until { stage.parts.observations.alarms.backlog == 0 }
    stage.observations.isAway = true
    stage.parts.observations.received([Self.state(at: 2, since: 2)])
    for flip in 0..<DivergenceAlarms.maximumPending + 10 {
      stage.parts.observations.received([
        Self.state(at: 10 + Double(flip) / 10, since: flip % 2 == 0 ? nil : 10 + Double(flip) / 10)
      ])
    }
    #expect(stage.parts.observations.alarms.backlog == DivergenceAlarms.maximumPending)
    stage.observations.isAway = false
    try await until { stage.parts.observations.alarms.backlog == 0 }
    #expect(try await events(stage).first?.time == Self.time(2))
    #expect(stage.observations.count == DivergenceAlarms.maximumPending)
    // What was let go is found out by the next state.
    let open = try await stage.observations.openDivergences(of: [1])
    stage.parts.observations.received([Self.state(at: 5_000, since: 4_999)])
    try await until {
      try await stage.observations.openDivergences(of: [1])[1] == UTCInstant(Self.time(4_999))
    }
    #expect(open[1] != UTCInstant(Self.time(4_999)))
  }

  @Test("a vehicle that jumps aside makes its twin leave its bounds, and come back in time; followers hear of both")
  func endToEnd() async throws {
    let stage = try await SyncStage()
    let heard = try await stage.fleet.subscribeFleet(SubscribeFleetRequest(kinds: [.event])) { updates in
      var iterator = updates.makeAsyncIterator()
      _ = try await updates.call.initialMetadata
      var sequence: UInt64 = 0
      // One at a time, since a twin that is back within a batch makes no event.
      func drive(_ count: Int, aside: Double) async throws {
        for _ in 0..<count {
          sequence += 1
          var sample = stage.sample(sequence)
          sample.yM = (sample.yM ?? 0) + aside
          _ = try await stage.telemetry.pushTelemetry(
            PushTelemetryRequest(vehicleID: "twin-001", samples: [sample]))
          _ = try await stage.twin("twin-001", withSamples: sequence)
        }
      }
      try await drive(50, aside: 0)
      try await drive(100, aside: 40)
      var heard: [Event] = []
      while !heard.contains(where: { $0.type == DivergenceAlarms.convergedType }),
        let update = try await iterator.next()
      {
        if case .event(let event)? = update.content { heard.append(event) }
      }
      return heard
    }
    #expect(heard.first?.type == DivergenceAlarms.divergedType)
    // The first sample aside is the 51st.
    #expect(heard.first?.time == SyncStage.epoch.adding(seconds: 5.1).timestamp)
    #expect(heard.last?.type == DivergenceAlarms.convergedType)
    #expect(try await events(stage).prefix(heard.count).map(\.id) == heard.map(\.id))
  }
}
