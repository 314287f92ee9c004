import Foundation
import SystemTesting
import Testing
import Waiting

/// Observations and events through the public contract.
extension SystemTests {
  @Suite(.serialized) struct ObservationContractTests {
    private static let twin = "/api/v1/twin"
    private static let events = "/api/v1/twin/events"
    private static let structured = ["Content-Type": "application/cloudevents+json; charset=UTF-8"]
    private static let batch = ["Content-Type": "application/cloudevents-batch+json"]

    /// A vehicle of its own.
    private static func vehicle(_ rest: RESTClient) async throws -> (id: String, physical: String) {
      let physical = "AV-observe-\(UUID().uuidString.prefix(8))"
      let created = try await rest.call(
        "POST", "\(twin)/vehicles", json: #"{"physical_vehicle_id":"\#(physical)","model_type":"sedan"}"#)
      return (try #require(created.value("id") as? String, "\(created.text)"), physical)
    }

    private static func fields(_ answer: RESTClient.Answer) -> [String] {
      (answer.value("errors") as? [[String: Any]])?.compactMap { $0["field"] as? String } ?? []
    }

    private static let now = ISO8601DateFormatter().string(from: Date())

    private static func observations(_ rest: RESTClient, _ id: String, _ query: String = "") async throws
      -> [[String: Any]]
    {
      let answer = try await rest.call("GET", "\(twin)/vehicles/\(id)/observations\(query)")
      #expect(answer.status == 200, "\(answer.text)")
      return try #require(answer.value("observations") as? [[String: Any]], "\(answer.text)")
    }

    // MARK: Samples

    @Test func samplesOfAllKindsAreTakenAndListed() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let vehicle = try await Self.vehicle(rest)
      let path = "\(Self.twin)/vehicles/\(vehicle.id)/observations"
      let body = """
        {"sensor_samples":[{"sensor_id":"front","kind":"radar","health":"degraded","sequence":1,"time":"\(Self.now)",
          "detections":[{"category":"car","x_m":30,"confidence":0.9}]}],
        "environment_samples":[{"sequence":1,"time":"\(Self.now)","road_condition":"ice","road_friction":0.15}],
        "operations_samples":[{"sequence":1,"time":"\(Self.now)","driver_mode":"automated","load_kg":350}]}
        """
      let pushed = try await rest.call("POST", path, json: body)
      #expect(pushed.status == 200, "\(pushed.text)")
      #expect(pushed.value("accepted") as? Int == 3, "\(pushed.text)")
      let again = try await rest.call("POST", path, json: body)
      #expect(again.value("duplicate") as? Int == 3, "\(again.text)")
      let all = try await Self.observations(rest, vehicle.id)
      #expect(all.count == 3)
      let ice = try await Self.observations(rest, vehicle.id, "?kind=environment")
      #expect((ice.first?["environment"] as? [String: Any])?["road_friction"] as? Double == 0.15)
      let first = try await rest.call("GET", "\(path)?page_size=2")
      let token = try #require(first.value("next_page_token") as? String)
      let escaped = try #require(token.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
      #expect(try await Self.observations(rest, vehicle.id, "?page_size=2&page_token=\(escaped)").count == 1)
      // The sensor is visible in the twin's state.
      try await eventually("the twin knows of its sensor") {
        let state = try await rest.call("GET", "\(Self.twin)/vehicles/\(vehicle.id)/state")
        return state.value("impaired_sensors", "0", "health") as? String == "degraded"
      }
    }

    @Test func wrongSamplesAreNamed() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let vehicle = try await Self.vehicle(rest)
      let path = "\(Self.twin)/vehicles/\(vehicle.id)/observations"
      for (body, field) in [
        (#"{"sensor_samples":[{"sequence":1,"time":"\#(Self.now)"}]}"#, "sensor_samples[0].sensor_id"),
        (
          #"{"environment_samples":[{"sequence":1,"time":"\#(Self.now)","road_friction":2}]}"#,
          "environment_samples[0].road_friction"
        ), (#"{"operations_samples":[{"sequence":1}]}"#, "operations_samples[0].time"),
        (#"{"samples":[{"sequence":1,"time":"\#(Self.now)","speed_mps":1000}]}"#, "samples[0].speed_mps"),
        (#"{"weather_samples":[]}"#, "weather_samples"), ("{}", "samples"),
      ] {
        let answer = try await rest.call("POST", path, json: body)
        #expect(answer.status == 400, "\(answer.text)")
        #expect(Self.fields(answer) == [field], "\(answer.text)")
      }
      #expect(try await rest.call("GET", "\(path)?kind=weather").status == 400)
      #expect(try await rest.call("POST", "\(Self.twin)/vehicles/twin-999999/observations", json: "{}").status == 400)
      let unknown = try await rest.call(
        "POST", "\(Self.twin)/vehicles/twin-999999/observations",
        json: #"{"operations_samples":[{"sequence":1,"time":"\#(Self.now)"}]}"#)
      #expect(unknown.status == 404, "\(unknown.text)")
    }

    // MARK: Events

    private static func event(_ id: String, subject: String, _ members: String = "") -> String {
      #"{"specversion":"1.0","id":"\#(id)","source":"/gateway","type":"vehicle.hard_brake","subject":"\#(subject)"\#(members)}"#
    }

    @Test func structuredEventsAreStoredOnce() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let vehicle = try await Self.vehicle(rest)
      let id = UUID().uuidString
      let body = Self.event(
        id, subject: vehicle.physical, #","time":"\#(Self.now)","data":{"deceleration_mps2":8.1},"severity":3"#)
      for (accepted, duplicate) in [(1, 0), (0, 1)] {
        let answer = try await rest.call("POST", Self.events, json: body, headers: Self.structured)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.value("accepted") as? Int == accepted, "\(answer.text)")
        #expect(answer.value("duplicate") as? Int == duplicate, "\(answer.text)")
      }
      let listed = try await Self.observations(rest, vehicle.id, "?kind=event")
      let event = try #require(listed.first?["event"] as? [String: Any])
      #expect(listed.count == 1)
      #expect(event["id"] as? String == id)
      #expect((event["data"] as? [String: Any])?["deceleration_mps2"] as? Double == 8.1)
      #expect((event["extensions"] as? [String: Any])?["severity"] as? Int == 3)
    }

    @Test func batchesTellOfEachEvent() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let vehicle = try await Self.vehicle(rest)
      let (one, two) = (UUID().uuidString, UUID().uuidString)
      let body = "[\(Self.event(one, subject: vehicle.id)),\(Self.event(two, subject: "AV-nobody"))]"
      let answer = try await rest.call("POST", Self.events, json: body, headers: Self.batch)
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.value("accepted") as? Int == 1, "\(answer.text)")
      #expect(answer.value("rejections", "0", "index") as? Int == 1, "\(answer.text)")
      #expect(answer.value("rejections", "0", "field") as? String == "subject", "\(answer.text)")
      let empty = try await rest.call("POST", Self.events, json: "[]", headers: Self.batch)
      #expect(empty.status == 200, "\(empty.text)")
      let wrong = try await rest.call(
        "POST", Self.events, json: "[\(Self.event(two, subject: "AV-nobody"))]", headers: Self.batch)
      #expect(wrong.status == 400, "\(wrong.text)")
      #expect(Self.fields(wrong) == ["[0].subject"], "\(wrong.text)")
    }

    @Test func binaryEventsComeByHeaders() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let vehicle = try await Self.vehicle(rest)
      let headers = [
        "ce-specversion": "1.0", "ce-id": "Euro%20%E2%82%AC%20%F0%9F%98%80", "ce-source": "/gateway/\(vehicle.id)",
        "ce-type": "\"door \\\"open\\\"\"", "ce-subject": vehicle.id, "ce-time": Self.now, "ce-severity": "high",
      ]
      let json = try await rest.call("POST", Self.events, json: #"{"door":"left"}"#, headers: headers)
      #expect(json.status == 200, "\(json.text)")
      var binary = headers
      binary["ce-id"] = "2"
      binary["Content-Type"] = "application/octet-stream"
      let bytes = try await rest.call("POST", Self.events, json: "\u{1}\u{2}", headers: binary)
      #expect(bytes.status == 200, "\(bytes.text)")
      let listed = try await Self.observations(rest, vehicle.id, "?kind=event").compactMap {
        $0["event"] as? [String: Any]
      }
      let first = try #require(listed.first { $0["id"] as? String == "Euro € 😀" }, "\(listed)")
      #expect(first["type"] as? String == #"door "open""#)
      #expect((first["data"] as? [String: Any])?["door"] as? String == "left")
      #expect((first["extensions"] as? [String: Any])?["severity"] as? String == "high")
      let second = try #require(listed.first { $0["id"] as? String == "2" })
      #expect(second["data_base64"] as? String == "AQI=")
      #expect(second["datacontenttype"] as? String == "application/octet-stream")
    }

    @Test func wrongEventsAreNamed() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let vehicle = try await Self.vehicle(rest)
      let good = ["ce-specversion": "1.0", "ce-id": "1", "ce-source": "/g", "ce-type": "t", "ce-subject": vehicle.id]
      func with(_ name: String, _ value: String?) -> [String: String] {
        var headers = good
        headers[name] = value
        return headers
      }
      for (headers, body, field) in [
        (Self.structured, #"{"specversion":"1.0","source":"/g","type":"t"}"#, "id"),
        (Self.structured, #"{"specversion":"1.0","id":"1","type":"t"}"#, "source"),
        (Self.structured, #"{"specversion":"1.0","id":"1","source":"/g"}"#, "type"),
        (Self.structured, #"{"specversion":"0.3","id":"1","source":"/g","type":"t"}"#, "specversion"),
        (Self.structured, Self.event("1", subject: vehicle.id, #","time":"yesterday""#), "time"),
        (Self.structured, Self.event("1", subject: vehicle.id, #","data":1,"data_base64":"AQ==""#), "data_base64"),
        (Self.structured, Self.event("1", subject: vehicle.id, #","bad_name":"x""#), "bad_name"),
        (Self.structured, Self.event("1", subject: "nobody"), "subject"),
        (with("ce-id", nil), "1", "id"), (with("ce-time", "noon"), "1", "time"), (with("ce-x", "%C0%A0"), "1", "ce-x"),
        (with("ce-datacontenttype", "text/plain"), "1", "ce-datacontenttype"), (good, "{", "data"),
      ] as [([String: String], String, String)] {
        let answer = try await rest.call("POST", Self.events, json: body, headers: headers)
        #expect(answer.status == 400, "\(answer.text)")
        #expect(Self.fields(answer) == [field], "\(answer.text)")
      }
      let avro = try await rest.call(
        "POST", Self.events, json: "1", headers: ["Content-Type": "application/cloudevents+avro"])
      #expect(avro.status == 415, "\(avro.text)")
      #expect(try await Self.observations(rest, vehicle.id).isEmpty)
    }

    @Test func eventsOfAForeignClientAreTaken() async throws {
      let rest = try await SystemTests.shared.processes().rest
      let vehicle = try await Self.vehicle(rest)
      let outcome = try await Child.run(
        Programs.python,
        [Programs.scripts.appendingPathComponent("events.py").path, "127.0.0.1:\(rest.port)", vehicle.id])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let listed = try await Self.observations(rest, vehicle.id, "?kind=event").compactMap {
        $0["event"] as? [String: Any]
      }
      #expect(Set(listed.compactMap { $0["type"] as? String }) == ["structured", "binary", "bytes"], "\(listed)")
      for event in listed where event["type"] as? String != "bytes" {
        #expect((event["data"] as? [String: Any])?["text"] as? String == "Grüße €", "\(event)")
        #expect((event["extensions"] as? [String: Any])?["note"] as? String == "two words € %", "\(event)")
      }
    }

    // MARK: Faults

    @Test func whatWasAcknowledgedSurvivesAKill() async throws {
      let suite = try await SystemTests.shared.processes()
      let vehicle = try await Self.vehicle(suite.rest)
      let id = UUID().uuidString
      let sample = #"{"environment_samples":[{"sequence":1,"time":"\#(Self.now)","road_friction":0.25}]}"#
      let path = "\(Self.twin)/vehicles/\(vehicle.id)/observations"
      let pushed = try await suite.rest.call("POST", path, json: sample)
      #expect(pushed.value("accepted") as? Int == 1, "\(pushed.text)")
      let event = Self.event(id, subject: vehicle.id)
      let published = try await suite.rest.call("POST", Self.events, json: event, headers: Self.structured)
      #expect(published.value("accepted") as? Int == 1, "\(published.text)")
      try await suite.kill("state-sync")
      try await suite.launch("state-sync")
      try await suite.awaitReady("state-sync")
      try await eventually("the edge reaches state-sync again") {
        (try? await suite.rest.call("GET", path).status) == 200
      }
      #expect(try await Self.observations(suite.rest, vehicle.id).count == 2)
      let again = try await suite.rest.call("POST", path, json: sample)
      #expect(again.value("duplicate") as? Int == 1, "\(again.text)")
      let repeated = try await suite.rest.call("POST", Self.events, json: event, headers: Self.structured)
      #expect(repeated.value("duplicate") as? Int == 1, "\(repeated.text)")
    }
  }
}
