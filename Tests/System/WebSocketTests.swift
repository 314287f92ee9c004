import Foundation
import SystemTesting
import Testing
import Waiting

/// WebSockets of the edge, by a foreign client: the `websockets` package of Python.
extension SystemTests {
  @Suite(.serialized) struct WebSocketTests {
    private static let script = Programs.scripts.appendingPathComponent("watch.py").path

    private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    private static func members(_ line: String) -> [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]) ?? [:]
    }

    @Test(arguments: [true, false]) func aSimulationIsWatchedToItsJudgement(atInfrastructurePort: Bool) async throws {
      let suite = try await SystemTests.shared.processes()
      let rest = atInfrastructurePort ? suite.infrastructureREST : suite.rest
      try await eventually("every service answers") { (try? await rest.call("GET", "/health").status) == 200 }
      let synced = try await rest.call(
        "POST", "/api/v1/environments/sync",
        json:
          #"{"environment_id":"production","source":"inline","targets":{"web-watched":{"kind":"service","state":{"current_instances":8,"cpu":2,"cpu_demand_ms":10,"peak_rps":1000}}}}"#
      )
      #expect(synced.status == 200, "\(synced.text)")
      let created = try await rest.call(
        "POST", "/api/v1/simulation/create",
        json: #"{"type":"scaling","target":"web-watched","environment":"production","change":{"instances":4}}"#)
      let id = try #require(created.value("id") as? String, "\(created.text)")
      let outcome = try await Child.run(Programs.python, [Self.script, "127.0.0.1:\(rest.port)", id])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let lines = Self.lines(outcome.output)
      #expect(lines.last == "close: 1000", "\(outcome.output)")
      let messages = lines.dropLast().map(Self.members)
      #expect(messages.allSatisfy { $0["id"] as? String == id && $0["metrics"] is [String: Any] })
      let shares = messages.compactMap { $0["progress"] as? Double }
      #expect(shares.count == messages.count && shares == shares.sorted() && shares.last == 1, "\(shares)")
      let read = try await rest.call("GET", "/api/v1/simulation/\(id)")
      let last = try #require(messages.last)
      let prediction = try #require(last["prediction"] as? [String: Any])
      #expect(prediction["risk_score"] as? Double == read.value("predicted_impact", "risk_score") as? Double)
      #expect(prediction["risk_score"] != nil && last["confidence"] as? Double != nil, "\(last)")
      #expect((last["metrics"] as? [String: Any])?["simulated_hour"] as? Double == 24, "\(last)")
    }

    @Test func whatIsNotThereIsRefused() async throws {
      let suite = try await SystemTests.shared.processes()
      let outcome = try await Child.run(
        Programs.python, [Self.script, "127.0.0.1:\(suite.rest.port)", "change-999999", "-"])
      #expect(outcome.output == "refused: 404 SIMULATION_NOT_FOUND\n", "\(outcome.output)\(outcome.errors)")
    }

    @Test func aStopOfTheEdgeClosesWhatIsOpen() async throws {
      let suite = try await SystemTests.shared.processes()
      let output = suite.folder.appendingPathComponent("watch.out")
      let watch = try Child(
        Programs.python, [Self.script, "127.0.0.1:\(suite.rest.port)"], output: output,
        errors: suite.folder.appendingPathComponent("watch.err"))
      try await eventually("the watch is open") {
        try String(contentsOf: output, encoding: .utf8) == "open\n"
      }
      let metrics = try await suite.admin("edge").call("GET", "/metrics")
      #expect(metrics.text.contains("edge_websocket_open 1\n"), "\(metrics.text)")
      #expect(try await suite.stop("edge") == 0, "\(suite.logTail("edge"))")
      #expect(await watch.ended.value == 0)
      let text = try String(contentsOf: output, encoding: .utf8)
      #expect(text == "open\nclose: 1001 the service stops\n")
      try await suite.launch("edge")
      try await suite.awaitReady("edge")
    }
  }
}
