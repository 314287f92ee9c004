import FleetCore
import PostgresDriver
import PostgresPool
import Testing
import TwinProto

@testable import StateSyncService

@Suite("What every store of observations does")
struct ObservationStoreTests {
  private static let start = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)

  /// A store, and the keys of two vehicles.
  private func stage(_ kind: StoreKind) async throws -> (store: any ObservationStore, first: Vehicle, second: Vehicle) {
    let identities = [
      VehicleIdentity(id: "twin-001", physicalID: "AV-001"), VehicleIdentity(id: "twin-002", physicalID: "AV-002"),
    ]
    let telemetry: any TelemetryStore
    let store: any ObservationStore
    switch kind {
    case .memory: (telemetry, store) = (MemoryTelemetryStore(), MemoryObservationStore())
    case .postgres:
      let database = try await TelemetryDatabase()
      (telemetry, store) = (database.store, PostgresObservationStore(database.app))
    }
    let vehicles = try await telemetry.remember(identities)
    return (
      store, try #require(vehicles.first { $0.id == "twin-001" }), try #require(vehicles.first { $0.id == "twin-002" })
    )
  }

  private func environment(
    _ sequence: UInt64, of vehicle: Vehicle, source: String = "station", at seconds: Double
  ) throws -> ObservationDraft {
    let time = UTCInstant(microseconds: Self.start.adding(seconds: seconds).microseconds)
    let sample = EnvironmentSample(
      sequence: sequence, time: time.timestamp, roadCondition: .wet, roadFriction: 0.5, rainMmPerH: seconds)
    return try draft(
      .init(vehicleKey: vehicle.key, kind: .environment, source: source), sequence, time, .environment(sample))
  }

  private func sensor(
    _ sequence: UInt64, _ id: String, of vehicle: Vehicle, at seconds: Double, health: SensorHealth = .ok,
    detections: Int = 0
  ) throws -> ObservationDraft {
    let time = UTCInstant(microseconds: Self.start.adding(seconds: seconds).microseconds)
    let sample = SensorSample(
      sensorID: id, kind: .radar, health: health, sequence: sequence, time: time.timestamp,
      detections: Array(repeating: Detection(category: "car", xM: 20), count: detections))
    return try draft(
      .init(vehicleKey: vehicle.key, kind: .sensor, source: "can", sensorID: id), sequence, time, .sensor(sample))
  }

  private func draft(
    _ stream: ObservationStream, _ sequence: UInt64, _ time: UTCInstant, _ content: Observation.OneOfContent
  ) throws -> ObservationDraft {
    let observation = Observation(source: stream.source, content: content)
    return ObservationDraft(
      stream: stream, sequence: sequence, time: time,
      received: UTCInstant(microseconds: time.microseconds + 2_000), observation: observation,
      content: try observation.encoded)
  }

  private func event(
    _ id: String, source: String = "/gateway", of vehicle: Vehicle?, at seconds: Double, _ mark: DivergenceMark? = nil
  ) throws -> EventDraft {
    let time = UTCInstant(microseconds: Self.start.adding(seconds: seconds).microseconds)
    let event = Event(
      id: id, source: source, specversion: "1.0", type: "door.open", subject: vehicle?.id, time: time.timestamp)
    return EventDraft(
      vehicle: vehicle, event: event, time: time, received: time,
      content: try Observation(source: source, content: .event(event)).encoded, divergence: mark)
  }

  private func query(_ vehicle: Vehicle?, _ kinds: [ObservationKind] = ObservationAPI.kinds) -> ObservationQuery {
    ObservationQuery(
      vehicleKey: vehicle?.key, kinds: kinds, to: Self.start.adding(seconds: 1e6), limit: 100, bytes: 1 << 20)
  }

  @Test(
    "a sequence of a stream is stored once, whatever its time; each kind, source and sensor counts on its own",
    arguments: StoreKind.allCases)
  func exactlyOnce(_ kind: StoreKind) async throws {
    let (store, first, second) = try await stage(kind)
    let drafts = [
      try environment(1, of: first, at: 1), try environment(3, of: first, at: 3), try environment(2, of: first, at: 2),
      try environment(3, of: first, at: 9), try environment(1, of: second, at: 1),
      try environment(1, of: first, source: "other", at: 1), try sensor(1, "front", of: first, at: 1),
      try sensor(1, "rear", of: first, at: 1),
    ]
    let stored = ObservationOutcome.stored(isLate: false)
    #expect(
      try await store.append(drafts, events: []).drafts
        == [stored, stored, .stored(isLate: true), .duplicate, stored, stored, stored, stored])
    let again = try await store.append(
      [try environment(2, of: first, at: 2.5), try environment(4, of: first, at: 4)], events: [])
    #expect(again.drafts == [.duplicate, stored])
    let page = try await store.observations(query(first, [.environment]))
    #expect(page.isLast)
    #expect(
      page.observations.map(\.time.microseconds) == [1, 1, 2, 3, 4].map { Self.start.microseconds + $0 * 1_000_000 })
    #expect(try await store.observations(query(second)).observations.count == 1)
  }

  @Test(
    "what was stored comes back as it went, ordered by time, cut by range, kind, place, limit and size",
    arguments: StoreKind.allCases)
  func reading(_ kind: StoreKind) async throws {
    let (store, first, _) = try await stage(kind)
    // Two days, and times that don't follow the order of the writes.
    let drafts = [
      try sensor(1, "front", of: first, at: 100_000, detections: 3), try environment(1, of: first, at: 5),
      try environment(2, of: first, at: 7),
    ]
    _ = try await store.append(drafts, events: [try event("e1", of: first, at: 6), try event("e2", of: nil, at: 6)])
    let all = try await store.observations(query(first))
    let happening = try event("e1", of: first, at: 6)
    #expect(
      all.observations.map(\.content) == [drafts[1].content, happening.content, drafts[2].content, drafts[0].content])
    #expect(
      all.observations.map(\.received) == [
        drafts[1].received, happening.received, drafts[2].received, drafts[0].received,
      ])
    var part = query(first)
    part.limit = 2
    let page = try await store.observations(part)
    #expect(!page.isLast)
    part.after = page.observations.last.map { .init(time: $0.time, number: $0.number) }
    let rest = try await store.observations(part)
    #expect(rest.isLast)
    #expect(page.observations + rest.observations == all.observations)
    var small = query(first)
    small.bytes = 1
    #expect(try await store.observations(small).observations.map(\.content) == [drafts[1].content])
    var range = query(first)
    (range.from, range.to) = (Self.start.adding(seconds: 6), Self.start.adding(seconds: 7))
    #expect(try await store.observations(range).observations.map(\.content) == [happening.content])
    #expect(try await store.observations(query(first, [.sensor])).observations.map(\.content) == [drafts[0].content])
    #expect(try await store.observations(query(nil, [.event])).observations.count == 1)
  }

  @Test(
    "an event is stored once by source and id, also when it comes again at another time",
    arguments: StoreKind.allCases)
  func events(_ kind: StoreKind) async throws {
    let (store, first, _) = try await stage(kind)
    let report = try await store.append(
      [],
      events: [
        try event("a", of: first, at: 1), try event("a", of: first, at: 2),
        try event("a", source: "/b", of: first, at: 1),
        try event("/ba", source: "", of: nil, at: 1),
      ])
    #expect(report.events == [true, false, true, true])
    #expect(try await store.append([], events: [try event("a", of: nil, at: 90_000)]).events == [false])
    #expect(try await store.observations(query(first)).observations.count == 2)
  }

  @Test("twin-engine is told the newest of each condition until it has stored it", arguments: StoreKind.allCases)
  func conditions(_ kind: StoreKind) async throws {
    let (store, first, _) = try await stage(kind)
    let newest = try environment(3, of: first, at: 9)
    let radar = try sensor(1, "front", of: first, at: 1, health: .degraded, detections: 5)
    _ = try await store.append([newest, try environment(4, of: first, at: 8), radar], events: [])
    let told = try await store.unforwarded(after: 0, limit: 10)
    #expect(Set(told.map(\.key.kind)) == [.environment, .sensor])
    #expect(told.first { $0.key.kind == .environment }?.content == newest.content)
    let sent = try Observation(encoded: try #require(told.first { $0.key.kind == .sensor }).content)
    guard case .sensor(let sample)? = sent.content else { return #expect(Bool(false), "\(sent)") }
    #expect(sample.health == .degraded)
    #expect(sample.detections.isEmpty)
    #expect(told.map(\.revision) == told.map(\.revision).sorted())
    #expect(try await store.unforwarded(after: told[0].revision, limit: 10) == [told[1]])
    // One that changes while it is told stays to be told.
    let later = try environment(5, of: first, at: 10)
    _ = try await store.append([later], events: [])
    try await store.didForward(told)
    let rest = try await store.unforwarded(after: 0, limit: 10)
    #expect(rest.map(\.content) == [later.content])
    try await store.didForward(rest)
    #expect(try await store.unforwarded(after: 0, limit: 10).isEmpty)
    // A late one changes nothing.
    _ = try await store.append([try environment(6, of: first, at: 2)], events: [])
    #expect(try await store.unforwarded(after: 0, limit: 10).isEmpty)
  }

  @Test("whether a vehicle is outside of its bounds is what its newest new alarm says", arguments: StoreKind.allCases)
  func divergences(_ kind: StoreKind) async throws {
    let (store, first, second) = try await stage(kind)
    let (one, two) = (Self.start, Self.start.adding(seconds: 60))
    _ = try await store.append(
      [],
      events: [
        try event("d1", of: first, at: 0, .open(since: one)), try event("d2", of: second, at: 0, .open(since: one)),
      ])
    #expect(try await store.openDivergences(of: [first.key, second.key]) == [first.key: one, second.key: one])
    _ = try await store.append(
      [], events: [try event("c1", of: first, at: 5, .closed), try event("d3", of: second, at: 60, .open(since: two))])
    // A repeated alarm opens nothing again.
    _ = try await store.append([], events: [try event("d1", of: first, at: 0, .open(since: one))])
    #expect(try await store.openDivergences(of: [first.key, second.key]) == [second.key: two])
  }

  @Test("a vehicle has only so many streams", arguments: StoreKind.allCases)
  func streams(_ kind: StoreKind) async throws {
    let (store, first, second) = try await stage(kind)
    let many = try (0...ObservationLimits.streamsPerVehicle).map { try sensor(1, "s\($0)", of: first, at: 1) }
    let outcomes = try await store.append(many, events: []).drafts
    #expect(outcomes.count(where: \.isStored) == ObservationLimits.streamsPerVehicle)
    #expect(outcomes.count { $0 == .noRoom } == 1)
    #expect(try await store.append([try sensor(1, "more", of: first, at: 1)], events: []).drafts == [.noRoom])
    let rest = try await store.append(
      [try sensor(1, "more", of: second, at: 1), try sensor(2, "s1", of: first, at: 1)], events: [])
    #expect(rest.drafts.count(where: \.isStored) == 2)
  }

  @Test("what is older than the retention goes by whole days", arguments: StoreKind.allCases)
  func retention(_ kind: StoreKind) async throws {
    let (store, first, _) = try await stage(kind)
    _ = try await store.append(
      [try environment(1, of: first, at: 0), try environment(2, of: first, at: 86_400)],
      events: [try event("a", of: first, at: 0), try event("b", of: first, at: 86_400)])
    try await store.prepare(days: Self.start.day...Self.start.day + 2)
    try await store.drop(before: Self.start.day + 1)
    let left = try await store.observations(query(first)).observations
    #expect(left.count == 2)
    #expect(left.allSatisfy { $0.time.day > Self.start.day })
    #expect(try await store.append([], events: [try event("b", of: first, at: 86_400)]).events == [false])
  }
}

@Suite("Observations on a real server")
struct PostgresObservationTests {
  @Test("writers at once store each sequence once", arguments: [8])
  func concurrentWriters(_ writers: Int) async throws {
    let database = try await TelemetryDatabase()
    let vehicle = try #require(
      try await database.store.remember([VehicleIdentity(id: "twin-001", physicalID: "AV-001")]).first)
    let time = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)
    let drafts = try (1...50 as ClosedRange<UInt64>).map { sequence in
      let observation = Observation(
        source: "s", content: .environment(EnvironmentSample(sequence: sequence, time: time.timestamp)))
      return ObservationDraft(
        stream: .init(vehicleKey: vehicle.key, kind: .environment, source: "s"), sequence: sequence, time: time,
        received: time, observation: observation, content: try observation.encoded)
    }
    let stored = try await withThrowingTaskGroup(of: Int.self) { group in
      for writer in 0..<writers {
        // Stores of their own, like processes; each sends everything, in another order.
        let store = PostgresObservationStore(database.app)
        let own = Array(drafts[(writer * 5)...] + drafts[..<(writer * 5)])
        group.addTask {
          var stored = 0
          for start in stride(from: 0, to: own.count, by: 10) {
            stored += try await store.append(Array(own[start..<start + 10]), events: []).drafts.count(where: \.isStored)
          }
          return stored
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(stored == 50)
    #expect(try await database.app.query("SELECT count(*) FROM observations")[0].decode(Int64.self) == 50)
  }
}
