import Foundation
import NIOCore
import RPCErrors
import Testing
import TwinProto
import Waiting

@testable import EdgeService

/// `WS /ws/fleet`, spoken to by bytes.
@Suite("The fleet's WebSocket")
struct FleetSocketTests {
  private static func members(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  private static func update(_ cursor: UInt64, skipped: UInt64 = 0, _ content: FleetUpdate.OneOfContent) -> FleetUpdate
  {
    FleetUpdate(cursor: cursor, vehicleID: "twin-001", content: content, skipped: skipped)
  }

  /// The client doesn't answer pings, however slowly a test runs.
  private static func stage(_ fleet: FakeFleet) throws -> EdgeStage {
    var limits = WebSocketLimits()
    limits.pingInterval = .seconds(600)
    limits.stall = .seconds(600)
    return try EdgeStage(score: 61, gateway: WebSocketGateway(limits: limits), fleet: fleet)
  }

  /// Waits until the WebSocket's own subscription is there, after the one that only asks.
  private static func subscribed(_ fleet: FakeFleet, to requests: Int = 2) async throws {
    try await eventually("the fleet is followed") { fleet.requests.count == requests && fleet.open == 1 }
  }

  @Test("real, virtual and event updates come as the contract's JSON, with what was left out")
  func updates() async throws {
    let fleet = FakeFleet()
    try await EdgeStage.serving(try Self.stage(fleet)) { port in
      try await RawClient.with(port: port) { client in
        try await client.upgrade(
          "/ws/fleet?vehicle_id=twin-001&vehicle_id=twin-001&kinds=real,virtual&kinds=event&max_rate_hz=2.5&resume_from=8"
        )
        try await Self.subscribed(fleet)
        let request = try #require(fleet.requests.last)
        #expect(request.vehicleIds == ["twin-001", "twin-001"] && request.kinds == [.real, .virtual, .event])
        #expect(request.maxRateHz == 2.5 && request.resumeFrom == 8)
        fleet.publish(Self.update(9, .real(TelemetrySample(sequence: 3, speedMps: 12.5))))
        fleet.publish(Self.update(10, skipped: 4, .virtualState(VehicleState(vehicleID: "twin-001", speedMps: 12))))
        fleet.publish(Self.update(11, .event(Event(id: "e1", source: "/test", type: "door"))))
        let real = try Self.members(try await client.text())
        #expect(real["vehicle_id"] as? String == "twin-001" && "\(real["cursor"] ?? "")" == "9", "\(real)")
        #expect((real["real"] as? [String: Any])?["speed_mps"] as? Double == 12.5, "\(real)")
        let virtual = try Self.members(try await client.text())
        #expect((virtual["virtual_state"] as? [String: Any])?["speed_mps"] as? Double == 12, "\(virtual)")
        #expect("\(virtual["skipped"] ?? "")" == "4" && virtual["real"] == nil, "\(virtual)")
        let event = try Self.members(try await client.text())
        #expect((event["event"] as? [String: Any])?["type"] as? String == "door", "\(event)")
        try await client.send(WireFrame.close(1_001))
      }
      try await eventually("nobody follows the fleet") { fleet.open == 0 }
    }
  }

  @Test("without parameters everything is followed")
  func everything() async throws {
    let fleet = FakeFleet()
    try await EdgeStage.serving(try Self.stage(fleet)) { port in
      try await RawClient.with(port: port) { client in
        try await client.upgrade("/ws/fleet")
        try await Self.subscribed(fleet)
        #expect(fleet.requests == [SubscribeFleetRequest(), SubscribeFleetRequest()])
      }
    }
  }

  @Test(
    "what can't be followed is refused before the upgrade",
    arguments: [
      ("vehicle_id=twin-404", "404", "TWIN_NOT_FOUND", nil), ("vehicle_id=", "400", "INVALID_ARGUMENT", "vehicle_id"),
      ("kinds=real,wheels", "400", "INVALID_ARGUMENT", "kinds"), ("kinds=", "400", "INVALID_ARGUMENT", "kinds"),
      ("max_rate_hz=0", "400", "INVALID_ARGUMENT", "max_rate_hz"),
      ("max_rate_hz=fast", "400", "INVALID_ARGUMENT", "max_rate_hz"),
      ("max_rate_hz=1&max_rate_hz=2", "400", "INVALID_ARGUMENT", "max_rate_hz"),
      ("resume_from=-1", "400", "INVALID_ARGUMENT", "resume_from"),
      ("resume_from=1", "400", "HISTORY_EXPIRED", "resume_from"), ("id=twin-001", "400", "INVALID_ARGUMENT", "id"),
    ] as [(String, String, String, String?)])
  func refusals(query: String, status: String, code: String, field: String?) async throws {
    let fleet = FakeFleet()
    try await EdgeStage.serving(try Self.stage(fleet)) { port in
      try await RawClient.with(port: port) { client in
        try await client.send(RawClient.handshake("/ws/fleet?\(query)"))
        let (head, body) = try await client.response()
        #expect(head.hasPrefix("HTTP/1.1 \(status) "), "\(head)")
        let problem = try Self.members(body)
        #expect(problem["code"] as? String == code, "\(body)")
        if let field {
          #expect((problem["errors"] as? [[String: Any]])?.first?["field"] as? String == field, "\(body)")
        }
      }
      #expect(fleet.open == 0)
    }
  }

  @Test("without state-sync the answer says so")
  func away() async throws {
    try await EdgeStage.serving(try EdgeStage(score: 61, isAlone: true)) { port in
      try await RawClient.with(port: port) { client in
        try await client.send(RawClient.handshake("/ws/fleet"))
        #expect(try await client.response().head.hasPrefix("HTTP/1.1 503 "))
      }
    }
  }

  @Test("a client that doesn't read holds up its own subscription and gets every message of it then")
  func slow() async throws {
    let fleet = FakeFleet()
    let count: UInt64 = 3_000
    let text = String(repeating: "x", count: 2_000)
    try await EdgeStage.serving(try Self.stage(fleet)) { port in
      try await RawClient.with(port: port, receives: 4_096) { client in
        try await client.upgrade("/ws/fleet")
        try await Self.subscribed(fleet)
        for cursor in 1...count {
          fleet.publish(Self.update(cursor, .event(Event(id: "\(cursor)", source: text, type: "door"))))
        }
        var last: UInt64 = 0
        for cursor in 1...count {
          let members = try Self.members(try await client.text())
          last = cursor
          guard "\(members["cursor"] ?? "")" == "\(cursor)" else { break }
        }
        // None took the place of another here: only state-sync leaves out, and says so.
        #expect(last == count)
      }
    }
  }
}
