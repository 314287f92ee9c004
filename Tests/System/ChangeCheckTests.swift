import Foundation
import SystemTesting
import Testing
import Waiting

/// The Arbiter check as clients use it: the state of a target is pushed, then the change is sent alone.
extension SystemTests {
  @Suite(.serialized) struct ChangeCheckTests {
    private static let data: URL = {
      if let told = ProcessInfo.processInfo.environment["TWIN_DATA"] { return URL(filePath: told) }
      return URL(filePath: #filePath).appending(path: "../../../../shared/data").standardizedFileURL
    }()
    private static let cases = data.appending(path: "infrastructure/change-cases.json")
    private static let raters = URL(filePath: #filePath).appending(path: "../../Unit/Infrastructure/Cases/rater-c.json")
      .standardizedFileURL

    private static func json(_ value: Any) throws -> String {
      String(decoding: try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys]), as: UTF8.self)
    }

    private static func ready() async throws -> RESTClient {
      let rest = try await SystemTests.shared.processes().infrastructureREST
      try await eventually("every service answers") { (try? await rest.call("GET", "/health").status) == 200 }
      return rest
    }

    /// Pushes a case's context, sends its change, and answers what came back.
    private static func check(_ one: [String: Any], _ rest: RESTClient) async throws -> RESTClient.Answer {
      let environment = one["environment"] as? String ?? "production"
      let target = one["target"] as? String ?? ""
      let synced = try await rest.call(
        "POST", "/api/v1/environments/sync",
        json: try json([
          "environment_id": environment, "source": "inline",
          "targets": [target: ["kind": "", "state": one["context"] ?? [:]]],
        ]))
      #expect(synced.status == 200, "\(synced.text)")
      return try await rest.call(
        "POST", "/api/v1/simulation/run",
        json: try json([
          "change_request": [
            "type": one["simulation_type"] ?? "", "target": target, "environment": environment,
            "change": one["change"] ?? [:],
          ], "duration_hours": one["duration_hours"] ?? 24, "risk_level": "high",
        ]))
    }

    /// Judges every case of a file through REST; returns the ids of those that came out wrong.
    private static func wrong(_ file: URL, every step: Int = 1) async throws -> (count: Int, wrong: [String]) {
      let rest = try await ready()
      let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      let all = try #require(document?["cases"] as? [[String: Any]])
      let cases = stride(from: 0, to: all.count, by: step).map { all[$0] }
      var wrong: [String] = []
      for one in cases {
        let answer = try await check(one, rest)
        let id = one["id"] as? String ?? ""
        #expect(answer.status == 200, "\(id): \(answer.text)")
        let score = answer.value("predicted_impact", "risk_score") as? Double ?? 100
        let issues = answer.value("predicted_impact", "issues") as? [[String: Any]] ?? []
        let found = Set(issues.compactMap { $0["code"] as? String })
        let isRisky = one["label"] as? String == "risky"
        let codes = one["issue_codes"] as? [String] ?? []
        if (score >= 50) != isRisky || isRisky && found.isDisjoint(with: codes) {
          wrong.append("\(id): \(score) \(found)")
        }
      }
      return (cases.count, wrong)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: cases.path)))
    func theDevelopmentSetIsJudgedRightly() async throws {
      let (count, wrong) = try await Self.wrong(Self.cases)
      #expect(count - wrong.count >= count - 3, "\(wrong)")
    }

    /// A part of the cases that are always there.
    @Test func labelledChangesAreJudgedRightly() async throws {
      let (count, wrong) = try await Self.wrong(Self.raters, every: 8)
      #expect(count == 10 && wrong.isEmpty, "\(wrong)")
    }

    @Test func aStaleOrUnknownTargetIsNeverSafe() async throws {
      let rest = try await Self.ready()
      let answer = try await rest.call(
        "POST", "/api/v1/simulation/run",
        json: #"{"change_request":{"type":"scaling","target":"nobody-has-synced-this","change":{"instances":3}}}"#)
      let score = try #require(answer.value("predicted_impact", "risk_score") as? Double, "\(answer.text)")
      #expect(score >= 50, "\(answer.text)")
    }

    @Test func aChangeIsCreatedThenRunAndReadAndDeleted() async throws {
      let rest = try await Self.ready()
      _ = try await rest.call(
        "POST", "/api/v1/environments/sync",
        json:
          #"{"environment_id":"production","targets":{"web-crud":{"kind":"service","state":{"current_instances":8,"cpu":2,"cpu_demand_ms":10,"peak_rps":1000}}}}"#
      )
      let created = try await rest.call(
        "POST", "/api/v1/simulation/create",
        json:
          #"{"type":"scaling","target":"web-crud","environment":"production","change":{"instances":10},"duration_hours":24}"#
      )
      #expect(created.status == 201 && created.value("status") as? String == "created", "\(created.text)")
      let id = try #require(created.value("id") as? String)
      let run = try await rest.call("POST", "/api/v1/simulation/run", json: #"{"simulation_id":"\#(id)"}"#)
      #expect(run.value("status") as? String == "success", "\(run.text)")
      #expect(run.value("simulation_id") as? String == id)
      let read = try await rest.call("GET", "/api/v1/simulation/\(id)")
      #expect(read.status == 200 && read.text.contains("utilization"), "\(read.text)")
      #expect(try await rest.call("DELETE", "/api/v1/simulation/\(id)").status == 204)
      #expect(try await rest.call("GET", "/api/v1/simulation/\(id)").status == 404)
    }
  }
}
