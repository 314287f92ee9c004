import Foundation
import SystemTesting
import Testing
import Waiting

/// The quick start, word for word over REST.
extension SystemTests {
  @Suite(.serialized) struct QuickStartTests {
    @Test func fromATwinToAVerdict() async throws {
      let suite = try await SystemTests.shared.processes()
      let rest = suite.rest
      let physical = "AV-quick-\(UUID().uuidString.prefix(8))"
      let created = try await rest.call(
        "POST", "/api/v1/twin/vehicles", json: #"{"physical_vehicle_id":"\#(physical)","model_type":"sedan"}"#)
      #expect(created.status == 201, "\(created.text)")
      let twin = try #require(created.value("id") as? String)
      #expect(twin.wholeMatch(of: /twin-\d{3,}/) != nil)
      #expect(created.headers["location"] == "/api/v1/twin/vehicles/\(twin)")

      let now = ISO8601DateFormatter().string(from: Date())
      let pushed = try await rest.call(
        "POST", "/api/v1/twin/vehicles/\(twin)/telemetry",
        json: #"{"sequence":1,"time":"\#(now)","x_m":10,"y_m":5,"speed_mps":12.5,"heading_deg":90}"#)
      #expect(pushed.status == 200, "\(pushed.text)")
      #expect(pushed.value("accepted") as? Int == 1)
      try await eventually("the state of \(twin) holds the sample") {
        let state = try await rest.call("GET", "/api/v1/twin/vehicles/\(twin)/state")
        return state.status == 200 && state.value("sync", "last_sequence") as? Int == 1
      }
      let state = try await rest.call("GET", "/api/v1/twin/vehicles/\(twin)/state")
      let speed = try #require(state.value("speed_mps") as? Double)
      #expect(abs(speed - 12.5) < 0.5)

      let again = try await rest.call(
        "POST", "/api/v1/twin/vehicles", json: #"{"physical_vehicle_id":"\#(physical)","model_type":"sedan"}"#)
      #expect(again.status == 409)
      #expect(again.value("code") as? String == "TWIN_ALREADY_EXISTS")

      try await Self.brake(suite, vehicle: twin)
    }

    @Test func aScenarioWithoutATwin() async throws {
      try await Self.brake(try await SystemTests.shared.processes(), vehicle: nil)
    }

    /// Creates an emergency braking, runs it and reads everything that it left.
    private static func brake(_ suite: SuiteProcesses, vehicle: String?) async throws {
      let rest = suite.rest
      let member = vehicle.map { #""vehicle_id":"\#($0)","# } ?? ""
      let scenario = try await rest.call(
        "POST", "/api/v1/twin/scenarios", json: #"{"type":"emergency_braking",\#(member)"initial_speed":60}"#)
      #expect(scenario.status == 201, "\(scenario.text)")
      let simulation = try #require(scenario.value("simulation_id") as? String)

      let run = try await rest.call(
        "POST", "/api/v1/twin/simulations/\(simulation)/run", headers: ["Prefer": "wait=60"])
      #expect(run.status == 200, "\(run.text)")
      let outcome = try await rest.call("GET", "/api/v1/twin/results/\(simulation)")
      #expect(outcome.status == 200, "\(outcome.text)")
      #expect(outcome.value("status") as? String == "completed")
      let verdict = try #require(outcome.value("verdict") as? String)
      #expect(["pass", "fail"].contains(verdict))
      let criteria = try #require(outcome.value("criteria") as? [[String: Any]])
      #expect(!criteria.isEmpty)
      #expect((verdict == "pass") == criteria.allSatisfy { $0["passed"] as? Bool == true })
      #expect((outcome.value("metrics") as? [String: Any])?.isEmpty == false)

      let table = try await rest.call("GET", "/api/v1/twin/results/\(simulation)/trace?format=csv")
      #expect(table.status == 200)
      let rows = table.text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let header = try #require(rows.first).map(String.init)
      let actor = try #require(header.firstIndex(of: "actor"))
      let speed = try #require(header.firstIndex(of: "speed_mps"))
      let x = try #require(header.firstIndex(of: "x_m"))
      let ego = rows.dropFirst().filter { $0[actor] == "ego" }
      let speeds = ego.compactMap { Double($0[speed]) }
      let places = ego.compactMap { Double($0[x]) }
      #expect(speeds.count > 10 && places.count == speeds.count)
      // The trace begins at 60 km/h.
      #expect(abs(try #require(speeds.first) - 60 / 3.6) < 1)
      if let stop = speeds.firstIndex(where: { $0 < 0.01 }),
        let braking = speeds.indices.dropFirst().first(where: { speeds[$0] < speeds[0] - 0.5 }), braking < stop
      {
        // Between a deceleration of 12 m/s², which no sedan reaches, and 3 m/s², which is comfortable braking.
        let distance = abs(places[stop] - places[braking])
        let energy = speeds[braking] * speeds[braking] / 2
        #expect(distance > energy / 12 && distance < energy / 3, "\(distance) m from \(speeds[braking]) m/s")
      } else {
        #expect(verdict == "fail", "a vehicle that doesn't stop hits what it should stop for")
      }
      let document = try await rest.call("GET", "/api/v1/twin/results/\(simulation)/trace?format=json")
      #expect(document.status == 200)
      #expect((try? JSONSerialization.jsonObject(with: document.body)) != nil)
    }

    @Test func bothPortsAnswerAlike() async throws {
      let suite = try await SystemTests.shared.processes()
      for rest in [suite.rest, suite.infrastructureREST] {
        let types = try await rest.call("GET", "/api/v1/twin/scenario-types")
        #expect(types.status == 200)
        let names = (types.value("scenario_types") as? [[String: Any]])?.compactMap { $0["type"] as? String } ?? []
        #expect(names.contains("emergency_braking"))
      }
    }

    @Test func healthNamesEveryService() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let health = try await rest.call("GET", "/health")
      #expect(health.status == 200, "\(health.text)")
      for service in Programs.services { #expect(health.text.contains(#""\#(service)""#)) }
    }

    @Test(
      arguments: [
        (#"{"type":"emergency_braking","initial_speed":"fast"}"#, "initial_speed", "INVALID_ARGUMENT"),
        (#"{"type":"emergency_braking","initial_speed":-5}"#, "initial_speed", "INVALID_ARGUMENT"),
        (#"{"type":"emergency_braking","no_such_parameter":1}"#, "no_such_parameter", "INVALID_ARGUMENT"),
        (#"{"type":"no_such_type"}"#, "type", "SCENARIO_TYPE_NOT_FOUND"),
      ])
    func wrongScenariosNameTheField(_ body: String, _ field: String, _ code: String) async throws {
      let rest = try await SystemTests.shared.processes().rest
      let answer = try await rest.call("POST", "/api/v1/twin/scenarios", json: body)
      #expect(answer.status == 400)
      #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true)
      let fields = (answer.value("errors") as? [[String: Any]])?.compactMap { $0["field"] as? String } ?? []
      #expect(fields.contains { $0 == field || $0.hasSuffix(".\(field)") }, "\(answer.text)")
      #expect(answer.value("code") as? String == code, "\(answer.text)")
    }

    @Test(
      arguments: [
        ("/api/v1/twin/results/sim-999999", "RUN_NOT_FOUND"),
        ("/api/v1/twin/scenarios/scenario-999999", "SCENARIO_NOT_FOUND"),
        ("/api/v1/twin/simulations/sim-999999", "SIMULATION_NOT_FOUND"),
      ])
    func unknownIdsAre404(_ path: String, _ code: String) async throws {
      let rest = try await SystemTests.shared.processes().rest
      let answer = try await rest.call("GET", path)
      #expect(answer.status == 404)
      #expect(answer.value("code") as? String == code, "\(answer.text)")
    }

    @Test func anUnknownTwinIs404() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let answer = try await rest.call("GET", "/api/v1/twin/vehicles/twin-999999/state")
      #expect(answer.status == 404)
      #expect(answer.value("code") as? String == "TWIN_NOT_FOUND", "\(answer.text)")
    }

    @Test func anUnknownModelTypeNamesTheField() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let answer = try await rest.call(
        "POST", "/api/v1/twin/vehicles", json: #"{"physical_vehicle_id":"AV-model","model_type":"no_such_model"}"#)
      #expect(answer.status == 400)
      let fields = (answer.value("errors") as? [[String: Any]])?.compactMap { $0["field"] as? String } ?? []
      #expect(fields.contains("model_type"), "\(answer.text)")
    }
  }
}
