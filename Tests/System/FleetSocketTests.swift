import Foundation
import SystemTesting
import Testing
import Waiting

/// `WS /ws/fleet`, by a foreign client: the `websockets` package of Python.
extension SystemTests {
  @Suite(.serialized) struct FleetSocketTests {
    private static let script = Programs.scripts.appendingPathComponent("fleet.py").path

    private static func members(_ line: some StringProtocol) -> [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]) ?? [:]
    }

    /// A number that the contract's JSON may write as a text.
    private static func number(_ value: Any?) -> Int? { value.flatMap { Int("\($0)") } }

    private func twin(_ suite: SuiteProcesses, _ name: String) async throws -> String {
      let created = try await suite.rest.call(
        "POST", "/api/v1/twin/vehicles",
        json: #"{"physical_vehicle_id":"AV-\#(name)-\#(UUID().uuidString.prefix(8))","model_type":"sedan"}"#)
      return try #require(created.value("id") as? String, "\(created.text)")
    }

    private func push(_ suite: SuiteProcesses, _ twin: String, _ sequences: ClosedRange<Int>) async throws {
      let now = Date().timeIntervalSince1970
      let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
      let samples = sequences.map { number in
        let time = Date(timeIntervalSince1970: now + Double(number - sequences.upperBound) / 10)
        return
          #"{"sequence":\#(number),"time":"\#(style.format(time))","x_m":\#(number),"y_m":0,"speed_mps":10}"#
      }
      let answer = try await suite.rest.call(
        "POST", "/api/v1/twin/vehicles/\(twin)/telemetry", json: "[\(samples.joined(separator: ","))]")
      #expect(answer.value("accepted") as? Int == sequences.count, "\(answer.text)")
    }

    /// Follows with a query until the update of a sequence.
    private func follow(_ suite: SuiteProcesses, _ query: String, until sequence: Int, name: String) async throws
      -> (child: Child, output: URL)
    {
      let output = suite.folder.appendingPathComponent("fleet-\(name).out")
      let errors = suite.folder.appendingPathComponent("fleet-\(name).err")
      let child = try Child(
        Programs.python, [Self.script, "127.0.0.1:\(suite.rest.port)", query, "\(sequence)"], output: output,
        errors: errors)
      try await eventually(
        "the fleet is followed", explanation: { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }
      ) {
        (try? String(contentsOf: output, encoding: .utf8))?.hasPrefix("open\n") == true
      }
      return (child, output)
    }

    private func messages(_ output: URL) throws -> [[String: Any]] {
      try String(contentsOf: output, encoding: .utf8).split(separator: "\n").dropFirst().map { Self.members($0) }
    }

    @Test func realAndVirtualStatesComeAndGoOnWhereAReaderWas() async throws {
      let suite = try await SystemTests.shared.processes()
      let twin = try await twin(suite, "followed")
      try await push(suite, twin, 1...1)
      let (real, realOutput) = try await follow(suite, "vehicle_id=\(twin)&kinds=real", until: 6, name: "real")
      let (virtual, virtualOutput) = try await follow(
        suite, "vehicle_id=\(twin)&kinds=virtual", until: 6, name: "virtual")
      try await push(suite, twin, 2...6)
      #expect(await real.ended.value == 0)
      #expect(await virtual.ended.value == 0)
      let samples = try messages(realOutput)
      #expect(
        samples.compactMap { Self.number(($0["real"] as? [String: Any])?["sequence"]) } == [2, 3, 4, 5, 6],
        "\(samples)")
      #expect(samples.allSatisfy { $0["vehicle_id"] as? String == twin && $0["virtual_state"] == nil })
      let state = try #require(try messages(virtualOutput).last?["virtual_state"] as? [String: Any])
      #expect((state["predicted"] as? [Any])?.count == 5 && state["speed_mps"] is Double, "\(state)")
      // From a cursor on, the same comes again.
      let cursor = try #require(Self.number(samples.first?["cursor"]))
      let (again, againOutput) = try await follow(
        suite, "vehicle_id=\(twin)&kinds=real&resume_from=\(cursor)", until: 6, name: "again")
      #expect(await again.ended.value == 0)
      #expect(
        try messages(againOutput).compactMap { Self.number($0["cursor"]) }
          == samples.dropFirst().compactMap { Self.number($0["cursor"]) })
    }

    @Test(
      arguments: [
        ("vehicle_id=twin-999999", "404 TWIN_NOT_FOUND"), ("max_rate_hz=-1", "400 INVALID_ARGUMENT max_rate_hz"),
        ("kinds=wheels", "400 INVALID_ARGUMENT kinds"), ("resume_from=1", "400 HISTORY_EXPIRED resume_from"),
      ])
    func whatCannotBeFollowedIsRefused(query: String, refusal: String) async throws {
      let suite = try await SystemTests.shared.processes()
      // Something has happened, so that a cursor can be too old.
      try await push(suite, try await twin(suite, "refused"), 1...1)
      let outcome = try await Child.run(
        Programs.python, [Self.script, "127.0.0.1:\(suite.rest.port)", query, "-"])
      #expect(outcome.output == "refused: \(refusal)\n", "\(outcome.output)\(outcome.errors)")
    }

    /// More than all buffers between state-sync and the client hold.
    @Test func aSlowReaderGetsTheNewestAndIsToldWhatItMissed() async throws {
      let suite = try await SystemTests.shared.processes()
      let twin = try await twin(suite, "slow")
      let count = 30_000
      // Every sample is taken in while nothing is read.
      let outcome = try await Child.run(
        Programs.python,
        [
          Self.script, "127.0.0.1:\(suite.rest.port)", "vehicle_id=\(twin)&kinds=real", "slow", twin, "\(count)",
        ])
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.first == "open", "\(outcome.output)\(outcome.errors)")
      let told = Self.members(try #require(lines.last))
      let (messages, skipped) = (Self.number(told["messages"]), Self.number(told["skipped"]))
      #expect((skipped ?? 0) > 0, "\(told)")
      #expect((messages ?? 0) + (skipped ?? 0) == count, "\(told)")
    }
  }
}
