import Foundation
import HTTPTypes
import Testing

@Suite("Performance of targets over REST")
struct PerformanceRESTTests {
  private static let path = "/api/v1/predict/performance"

  private static func sync(_ client: EdgeStage.Client, _ name: String, _ state: String) async throws {
    let synced = try await client.call(
      .post, "/api/v1/environments/sync",
      #"{"environment_id":"production","source":"inline","targets":{"\#(name)":{"kind":"service","state":\#(state)}}}"#)
    #expect(synced.status == 200, "\(synced.text)")
  }

  @Test("a target with its load, another load and a change")
  func target() async throws {
    try await EdgeStage.with { client in
      try await Self.sync(
        client, "web", #"{"cores":2,"current_instances":4,"cpu_demand_ms":10,"requests_per_s":500,"peak_rps":600}"#)
      let now = try await client.call(.post, Self.path, #"{"environment":"production","target":"web"}"#)
      #expect(now.status == 200, "\(now.text)")
      #expect(now.text("model") == "mmc")
      #expect(now.value("outputs", "utilization") as? Double == 0.625, "\(now.text)")
      #expect(now.value("outputs", "utilization_by_resource", "cpu") as? Double == 0.625)
      #expect(now.value("inputs", "cpu_demand_ms") as? Double == 10)
      #expect(now.text("regime") == "mmc:rho<0.7")
      #expect(now.value("calibrated") as? Bool == false)
      #expect(now.text("equation")?.isEmpty == false)
      let more = try await client.call(
        .post, Self.path, #"{"target":"web","load_factor":1.2,"change":{"instances":6}}"#)
      #expect(more.status == 200, "\(more.text)")
      #expect(more.value("outputs", "utilization") as? Double == 0.5)
      #expect(more.value("before", "utilization") as? Double == 0.75)
    }
  }

  @Test("what can't be told is a problem that says why")
  func problems() async throws {
    try await EdgeStage.with { client in
      try await Self.sync(client, "web", #"{"cores":8,"cpu_demand_ms":10,"requests_per_s":500}"#)
      try await Self.sync(client, "riddle", "{}")
      let unknown = try await client.call(.post, Self.path, #"{"target":"nobody"}"#)
      #expect(unknown.status == 404)
      #expect(unknown.text("code") == "TARGET_NOT_FOUND", "\(unknown.text)")
      #expect(unknown.headers[.contentType] == "application/problem+json")
      let nowhere = try await client.call(.post, Self.path, #"{"target":"web","environment":"nowhere"}"#)
      #expect(nowhere.status == 404)
      #expect(nowhere.text("code") == "ENVIRONMENT_NOT_FOUND", "\(nowhere.text)")
      let missing = try await client.call(.post, Self.path, #"{"target":"riddle"}"#)
      #expect(missing.status == 409)
      #expect(missing.text("code") == "FACTS_MISSING", "\(missing.text)")
      #expect(missing.fields == ["cores", "cpu_demand_ms"], "\(missing.text)")
      let far = try await client.call(.post, Self.path, #"{"target":"web","load_factor":2.1}"#)
      #expect(far.status == 409)
      #expect(far.text("code") == "NOT_EXTRAPOLABLE", "\(far.text)")
      let wrong = try await client.call(
        .post, Self.path, #"{"target":"web","clients":0,"arrival_rate_per_s":-1,"nonsense":1}"#)
      #expect(wrong.status == 400)
      #expect(wrong.fields == ["nonsense"] || wrong.fields == ["arrival_rate_per_s", "clients"], "\(wrong.text)")
      #expect(try await client.call(.post, Self.path, "{}").status == 400)
    }
  }
}
