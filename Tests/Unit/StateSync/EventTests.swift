import FleetCore
import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import StateSyncService
@testable import TwinEngineService

@Suite("Taking events in")
struct EventTests {
  static func event(_ id: String = "1", subject: String? = "twin-001") -> Event {
    Event(
      id: id, source: "/gateway/7", specversion: "1.0", type: "twin.vehicle.hard_brake", subject: subject,
      time: ObservationTests.time(1), data: ProtoValue(kind: .numberValue(-8.5)))
  }

  private func publish(_ events: [Event], on stage: SyncStage) async throws -> PublishEventsResponse {
    try await stage.telemetry.publishEvents(PublishEventsRequest(events: events))
  }

  @Test("an event is stored once by source and id, and is readable by the vehicle that either id names")
  func stored() async throws {
    let stage = try await SyncStage()
    var other = Self.event()
    other.source = "/gateway/8"
    let first = try await publish([Self.event(), Self.event("2", subject: "AV-001"), Self.event(), other], on: stage)
    #expect(first == PublishEventsResponse(accepted: 3, duplicate: 1))
    #expect(try await publish([Self.event("2")], on: stage).duplicate == 1)
    let read = try await stage.fleet.listObservations(ListObservationsRequest(vehicleID: "twin-001", kind: .event))
    #expect(read.observations.count == 3)
    #expect(read.observations.first?.source == "/gateway/7")
    #expect(read.observations.first?.content == .event(Self.event()))
  }

  @Test("an event without a time happened when it arrived; null attributes are absent ones")
  func defaults() async throws {
    let stage = try await SyncStage()
    var event = Self.event()
    event.time = nil
    event.data = ProtoValue(kind: .nullValue(.nullValue))
    event.extensions = ProtoStruct(fields: [
      "traceparent": ProtoValue(kind: .stringValue("00-1")), "none": ProtoValue(kind: .nullValue(.nullValue)),
      "n": ProtoValue(kind: .numberValue(-7)), "b": ProtoValue(kind: .boolValue(true)),
    ])
    #expect(try await publish([event], on: stage).accepted == 1)
    stage.clock.advance(seconds: 1)
    let read = try await stage.fleet.listObservations(ListObservationsRequest(vehicleID: "twin-001"))
    guard case .event(let stored)? = read.observations.first?.content else { return #expect(Bool(false), "\(read)") }
    #expect(stored.time?.seconds == stage.clock.now.timestamp.seconds - 1)
    #expect(stored.data == nil)
    #expect(stored.extensions?.fields.keys.sorted() == ["b", "n", "traceparent"])
  }

  private static let spoiled: [(String, @Sendable (inout Event) -> Void)] = [
    ("id", { $0.id = "" }), ("id", { $0.id = "a\u{7}" }), ("id", { $0.id = String(repeating: "i", count: 257) }),
    ("source", { $0.source = "" }), ("source", { $0.source = "not a uri" }), ("source", { $0.source = "/a%2" }),
    ("specversion", { $0.specversion = "" }), ("specversion", { $0.specversion = "0.3" }), ("type", { $0.type = "" }),
    ("type", { $0.type = "\u{FFFF}" }), ("subject", { $0.subject = "" }), ("subject", { $0.subject = "twin-009" }),
    ("subject", { $0.subject = "AV-009" }), ("time", { $0.time?.seconds += 10_000 }), ("time", { $0.time?.nanos = -1 }),
    ("datacontenttype", { $0.datacontenttype = "json" }), ("dataschema", { $0.dataschema = "/relative" }),
    ("data_base64", { $0.dataBase64 = [1] }),
    (
      "data_base64",
      {
        $0.data = nil
        $0.dataBase64 = Array(repeating: 0, count: 64 << 10 + 1)
      }
    ), ("data", { $0.data = ProtoValue(kind: .stringValue(String(repeating: "x", count: 64 << 10))) }),
    ("Upper", { $0.extensions = ProtoStruct(fields: ["Upper": ProtoValue(kind: .boolValue(true))]) }),
    ("a_b", { $0.extensions = ProtoStruct(fields: ["a_b": ProtoValue(kind: .boolValue(true))]) }),
    ("type", { $0.extensions = ProtoStruct(fields: ["type": ProtoValue(kind: .boolValue(true))]) }),
    ("x", { $0.extensions = ProtoStruct(fields: ["x": ProtoValue(kind: .numberValue(1.5))]) }),
    ("x", { $0.extensions = ProtoStruct(fields: ["x": ProtoValue(kind: .structValue(ProtoStruct()))]) }),
    (
      "extensions",
      {
        $0.extensions = ProtoStruct(
          fields: Dictionary(uniqueKeysWithValues: (0...64).map { ("x\($0)", ProtoValue(kind: .boolValue(true))) }))
      }
    ),
  ]

  @Test("each event is checked on its own; its index and the attribute at fault are named", arguments: Self.spoiled)
  func validation(_ field: String, _ spoil: @Sendable (inout Event) -> Void) async throws {
    let stage = try await SyncStage()
    var wrong = Self.event("2")
    spoil(&wrong)
    let answer = try await publish([Self.event(), wrong], on: stage)
    #expect(answer.accepted == 1)
    #expect(answer.rejected == 1)
    #expect(answer.rejections.map(\.index) == [1])
    #expect(answer.rejections.map(\.field) == [field])
    #expect(answer.rejections.first?.message.isEmpty == false)
    #expect(stage.observations.count == 1)
  }

  @Test("no events, and too many, are refused")
  func counts() async throws {
    let stage = try await SyncStage()
    for count in [0, 1_001] {
      let error = await fault { try await publish((0..<count).map { Self.event("\($0)") }, on: stage) }
      #expect(error?.violations.map(\.field) == ["events"])
    }
  }

  @Test("events that are about no vehicle are listed on their own")
  func noVehicle() async throws {
    let stage = try await SyncStage()
    #expect(try await publish([Self.event(subject: nil)], on: stage).accepted == 1)
    let read = try await stage.fleet.listObservations(ListObservationsRequest(kind: .event))
    #expect(read.observations.count == 1)
    #expect(try await stage.fleet.listObservations(ListObservationsRequest(vehicleID: "twin-001")).observations.isEmpty)
    let error = await fault { try await stage.fleet.listObservations(ListObservationsRequest()) }
    #expect(error?.violations.map(\.field) == ["vehicle_id"])
  }

  @Test("followers of the fleet hear of each event after its commit, once")
  func feed() async throws {
    let stage = try await SyncStage()
    let heard = try await stage.fleet.subscribeFleet(SubscribeFleetRequest(kinds: [.event])) { updates in
      var iterator = updates.makeAsyncIterator()
      // Subscribed before anything happens.
      _ = try await updates.call.initialMetadata
      for id in ["1", "2", "1", "3"] { _ = try await publish([Self.event(id)], on: stage) }
      var heard: [FleetUpdate] = []
      while heard.count < 3, let update = try await iterator.next() { heard.append(update) }
      return heard
    }
    #expect(heard.map(\.vehicleID) == ["twin-001", "twin-001", "twin-001"])
    #expect(heard.map(\.content) == ["1", "2", "3"].map { .event(Self.event($0)) })
    #expect(heard.allSatisfy { $0.skipped == 0 })
  }

  @Test("what a page holds is bounded; wrong ranges, kinds and tokens are refused")
  func pages() async throws {
    let stage = try await SyncStage()
    for (field, request) in [
      ("page_size", ListObservationsRequest(vehicleID: "twin-001", pageSize: 1_001)),
      ("kind", ListObservationsRequest(vehicleID: "twin-001", kind: .unrecognized(9))),
      ("page_token", ListObservationsRequest(vehicleID: "twin-001", pageToken: "x")),
      (
        "from",
        ListObservationsRequest(
          vehicleID: "twin-001", from: ObservationTests.time(2), to: ObservationTests.time(1))
      ),
    ] {
      let error = await fault { try await stage.fleet.listObservations(request) }
      #expect(error?.violations.map(\.field) == [field])
    }
    let error = await fault { try await stage.fleet.listObservations(ListObservationsRequest(vehicleID: "twin-009")) }
    #expect(error?.reason == "TWIN_NOT_FOUND")
  }
}
