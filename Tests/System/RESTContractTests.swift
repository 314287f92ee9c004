import Foundation
import NIOCore
import NIOPosix
import SystemTesting
import Testing
import Waiting

/// What the public contract promises beside the quick start.
extension SystemTests {
  @Suite(.serialized) struct RESTContractTests {
    private static let twin = "/api/v1/twin"
    /// The longest Idempotency-Key.
    private static let longestKey = 128
    /// Bytes of the largest body.
    private static let largestBody = 4 * 1024 * 1024

    /// The idle timeout of an edge with narrow bounds.
    private static let idle = Duration.seconds(3)

    /// REST of a suite whose services all answer: right after its start, a program says that it is ready before it has
    /// listed what that depends on.
    private static func rest() async throws -> RESTClient {
      let rest = try await SystemTests.shared.processes().rest
      try await eventually("every service answers") { (try? await rest.call("GET", "/health").status) == 200 }
      return rest
    }

    /// Creates an emergency braking.
    ///
    /// - Returns: the id of its simulation.
    private static func simulation(_ members: String = "") async throws -> String {
      let scenario = try await rest().call(
        "POST", "\(twin)/scenarios", json: #"{"type":"emergency_braking","initial_speed":50\#(members)}"#)
      #expect(scenario.status == 201, "\(scenario.text)")
      return try #require(scenario.value("simulation_id") as? String)
    }

    private static func fields(_ answer: RESTClient.Answer) -> [String] {
      (answer.value("errors") as? [[String: Any]])?.compactMap { $0["field"] as? String } ?? []
    }

    // MARK: Runs

    @Test func everyCallerGetsTheOutcomeOfItsRun() async throws {
      let rest = try await Self.rest()
      let simulation = try await Self.simulation()
      let runs = try await withThrowingTaskGroup(of: (seed: Int, told: Int?, run: String?).self) { group in
        for seed in 21...26 {
          group.addTask {
            let answer = try await rest.call(
              "POST", "\(Self.twin)/simulations/\(simulation)/run?wait=50", json: #"{"seed":\#(seed)}"#)
            return (seed, Self.number(answer.value("seed")), answer.value("id") as? String)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(runs.allSatisfy { $0.told == $0.seed }, "\(runs)")
      #expect(Set(runs.compactMap(\.run)).count == 6, "\(runs)")
    }

    /// 64-bit numbers are texts in ProtoJSON.
    private static func number(_ value: Any?) -> Int? { (value as? String).flatMap(Int.init) ?? value as? Int }

    @Test func aRepeatedKeyGivesTheRunThatItBegan() async throws {
      let rest = try await Self.rest()
      let path = "\(Self.twin)/simulations/\(try await Self.simulation())/run"
      let key = ["Idempotency-Key": UUID().uuidString]
      let first = try await rest.call("POST", path, json: #"{"seed":11}"#, headers: key)
      let other = try await rest.call("POST", path, json: #"{"seed":12}"#)
      let again = try await rest.call("POST", "\(path)?wait=50", json: #"{"seed":11}"#, headers: key)
      let run = try #require(first.value("run_id") as? String, "\(first.text)")
      #expect(other.value("run_id") as? String != run)
      #expect(again.status == 200, "\(again.text)")
      #expect(again.value("id") as? String == run, "\(again.text)")
      let reused = try await rest.call("POST", path, json: #"{"seed":13}"#, headers: key)
      #expect(reused.status == 409, "\(reused.text)")
    }

    /// Begins runs that keep every worker busy.
    private static func blockers(_ count: Int) async throws -> [String] {
      let rest = try await rest()
      let simulation = try await simulation()
      var runs: [String] = []
      for _ in 0..<count {
        let begun = try await rest.call(
          "POST", "\(twin)/simulations/\(simulation)/run", json: #"{"repetitions":10000}"#)
        runs.append(try #require(begun.value("run_id") as? String, "\(begun.text)"))
      }
      return runs
    }

    @Test func aRunCancelledInTheQueueSaysSoAndStopsNoOther() async throws {
      let rest = try await Self.rest()
      let blockers = try await Self.blockers(ProcessInfo.processInfo.activeProcessorCount + 1)
      let simulation = try await Self.simulation()
      async let waiter = rest.call("POST", "\(Self.twin)/simulations/\(simulation)/run?wait=50")
      var run = ""
      try await eventually("\(simulation) has a run") {
        run = try await rest.call("GET", "\(Self.twin)/simulations/\(simulation)").value("run_id") as? String ?? ""
        return !run.isEmpty
      }
      for path in ["\(simulation)", "\(run)", "\(run)/trace"] {
        let early = try await rest.call("GET", "\(Self.twin)/results/\(path)")
        #expect(early.status == 404, "\(path) \(early.text)")
        #expect(early.value("code") as? String == "RESULT_NOT_READY", "\(path) \(early.text)")
      }
      let cancelled = try await rest.call("POST", "\(Self.twin)/simulations/\(run)/cancel")
      #expect(cancelled.value("status") as? String == "cancelled", "\(cancelled.text)")
      let told = try await waiter
      #expect(told.status == 409, "\(told.text)")
      #expect(told.value("code") as? String == "RUN_CANCELLED", "\(told.text)")
      for path in [run, "\(run)/trace"] {
        let result = try await rest.call("GET", "\(Self.twin)/results/\(path)")
        #expect(result.status == 409, "\(path) \(result.text)")
        #expect(result.value("code") as? String == "RUN_CANCELLED", "\(path) \(result.text)")
      }

      // The first of the others stops, its neighbours of the same simulation go on.
      let first = try #require(blockers.first)
      _ = try await rest.call("POST", "\(Self.twin)/simulations/\(first)/cancel")
      try await eventually("\(first) has stopped") {
        try await rest.call("GET", "\(Self.twin)/simulations/\(first)").value("status") as? String == "cancelled"
      }
      for other in blockers.dropFirst() {
        let status = try await rest.call("GET", "\(Self.twin)/simulations/\(other)").value("status") as? String
        #expect(status != "cancelled", "\(other)")
        _ = try await rest.call("POST", "\(Self.twin)/simulations/\(other)/cancel")
      }
    }

    @Test func outcomeAndTraceTellTheirRun() async throws {
      let rest = try await Self.rest()
      let simulation = try await Self.simulation(#","step_s":0.004"#)
      let outcome = try await rest.call("POST", "\(Self.twin)/simulations/\(simulation)/run?wait=50")
      #expect(outcome.status == 200, "\(outcome.text)")
      #expect(outcome.value("step_s") as? Double == 0.004, "\(outcome.text)")
      let run = try #require(outcome.value("id") as? String)
      let nobody = try await rest.call("GET", "\(Self.twin)/results/\(simulation)/trace?actor=nobody")
      #expect(nobody.status == 400, "\(nobody.text)")
      #expect(Self.fields(nobody) == ["actor"], "\(nobody.text)")
      let late = try await rest.call("GET", "\(Self.twin)/results/\(simulation)/trace?from_s=100000")
      #expect(late.value("run_id") as? String == run, "\(late.text)")
    }

    @Test func repetitionsHaveOneBound() async throws {
      let suite = try await SystemTests.shared.processes()
      let help = try await Child.run(Programs.file("twinctl"), ["scenario", "run", "--help"])
      #expect(!help.output.contains("100000"))
      let outcome = try await Child.run(
        Programs.file("twinctl"),
        [
          "scenario", "run", "emergency_braking", "--repetitions", "10001", "--runner",
          suite.address("scenario-runner"), "--results", suite.address("results"),
        ])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("repetitions: must be from 1 to 10000"), "\(outcome.errors)")
    }

    // MARK: Requests

    @Test func aTooLargeBodyIs413() async throws {
      let text = String(repeating: "x", count: Self.largestBody)
      let answer = try await Self.rest().call(
        "POST", "\(Self.twin)/scenarios", json: #"{"type":"emergency_braking","name":"\#(text)"}"#)
      #expect(answer.status == 413, "\(answer.text)")
      #expect(answer.value("code") as? String == "BODY_TOO_LARGE")
    }

    @Test func aTooLargeBodyOfUnknownLengthIs413() async throws {
      let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
      let chunks = String(repeating: chunk, count: Self.largestBody / 0x10000 + 1)
      let answer = try await RawHTTP.exchange(
        port: try await Self.rest().port,
        "POST \(Self.twin)/scenarios HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
          + chunks + "0\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
      #expect(answer.contains(#""code":"BODY_TOO_LARGE""#), "\(answer)")
    }

    @Test(
      arguments: [
        ("PUT", "/vehicles", "GET, HEAD, POST"), ("POST", "/results/sim-000001", "GET, HEAD"),
        ("HEAD", "/simulations/sim-000001/run", "POST"),
      ])
    func aWrongMethodIs405(_ method: String, _ path: String, _ allowed: String) async throws {
      let answer = try await Self.rest().call(method, Self.twin + path)
      #expect(answer.status == 405, "\(answer.text)")
      let methods = answer.headers["allow"]?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(methods?.sorted().joined(separator: ", ") == allowed)
      if method != "HEAD" { #expect(answer.value("code") as? String == "METHOD_NOT_ALLOWED", "\(answer.text)") }
    }

    @Test func headIsGetWithoutABody() async throws {
      let rest = try await Self.rest()
      for (path, status) in [("/health", 200), ("\(Self.twin)/scenario-types", 200), ("/nothing", 404)] {
        let answer = try await rest.call("HEAD", path)
        #expect(answer.status == status, "\(path)")
        #expect(answer.body.isEmpty)
      }
      let unknown = try await rest.call("PUT", "/nothing")
      #expect(unknown.status == 404)
      #expect(unknown.value("code") as? String == "NOT_FOUND", "\(unknown.text)")
    }

    @Test func keysHaveABound() async throws {
      let rest = try await Self.rest()
      let run = "/simulations/\(try await Self.simulation())/run"
      let calls = [
        ("/vehicles", #"{"physical_vehicle_id":"AV-key","model_type":"sedan"}"#),
        ("/scenarios", #"{"type":"emergency_braking"}"#), (run, "{}"),
      ]
      for (path, body) in calls {
        let answer = try await rest.call(
          "POST", Self.twin + path, json: body,
          headers: ["Idempotency-Key": String(repeating: "k", count: Self.longestKey + 1)])
        #expect(answer.status == 400, "\(path) \(answer.text)")
        #expect(Self.fields(answer) == ["Idempotency-Key"], "\(path) \(answer.text)")
        #expect(answer.text.contains("\(Self.longestKey)"), "\(path) \(answer.text)")
      }
      let longest = String(UUID().uuidString + String(repeating: "k", count: Self.longestKey)).prefix(Self.longestKey)
      let answer = try await rest.call("POST", Self.twin + run, json: "{}", headers: ["Idempotency-Key": "\(longest)"])
      #expect(answer.status == 202, "\(answer.text)")
    }

    @Test(arguments: ["/results/%00", "/results/%00/trace", "/results/sim%0A", "/scenarios/%00", "/simulations/%00"])
    func anIdThatNobodyCanHaveIsNamed(_ path: String) async throws {
      let answer = try await Self.rest().call("GET", Self.twin + path)
      #expect([400, 404].contains(answer.status), "\(answer.text)")
      if path.hasPrefix("/results") || path.contains("%00") {
        #expect(answer.status == 400, "\(answer.text)")
        #expect(Self.fields(answer) == ["id"], "\(answer.text)")
      }
    }

    @Test func telemetryOfWhichNothingIsStoredIs400() async throws {
      let rest = try await Self.rest()
      let physical = "AV-contract-\(UUID().uuidString.prefix(8))"
      let created = try await rest.call(
        "POST", "\(Self.twin)/vehicles", json: #"{"physical_vehicle_id":"\#(physical)","model_type":"sedan"}"#)
      let vehicle = try #require(created.value("id") as? String, "\(created.text)")
      let now = ISO8601DateFormatter().string(from: Date())
      func sample(_ sequence: Int, lat: Double) -> String {
        #"{"sequence":\#(sequence),"time":"\#(now)","lat":\#(lat),"lon":13.4,"speed_mps":10}"#
      }
      func push(_ body: String) async throws -> RESTClient.Answer {
        try await rest.call("POST", "\(Self.twin)/vehicles/\(vehicle)/telemetry", json: body)
      }
      for (body, field) in [(sample(1, lat: 91), "lat"), (" [\(sample(1, lat: 91))]", "[0].lat")] {
        let refused = try await push(body)
        #expect(refused.status == 400, "\(refused.text)")
        #expect(Self.fields(refused) == [field], "\(refused.text)")
      }
      let mixed = try await push("[\(sample(1, lat: 52)),\(sample(2, lat: 91))]")
      #expect(mixed.status == 200, "\(mixed.text)")
      #expect(mixed.value("accepted") as? Int == 1, "\(mixed.text)")
      #expect(mixed.value("rejected") as? Int == 1, "\(mixed.text)")
      // What was stored before isn't wrong.
      #expect(try await push(sample(1, lat: 52)).status == 200)
    }

    @Test func aPageTokenOpensOnlyItsList() async throws {
      let rest = try await Self.rest()
      for _ in 0..<2 {
        let simulation = try await Self.simulation()
        _ = try await rest.call("POST", "\(Self.twin)/simulations/\(simulation)/run?wait=50")
      }
      let lists = ["/scenarios", "/scenarios?type=emergency_braking", "/simulations", "/results", "/scenario-types"]
      for list in lists {
        let mark = list.contains("?") ? "&" : "?"
        let first = try await rest.call("GET", "\(Self.twin)\(list)\(mark)page_size=1")
        #expect(first.status == 200, "\(first.text)")
        guard let token = first.value("next_page_token") as? String, !token.isEmpty else { continue }
        let escaped = try #require(token.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        for other in lists {
          let mark = other.contains("?") ? "&" : "?"
          let answer = try await rest.call("GET", "\(Self.twin)\(other)\(mark)page_size=1&page_token=\(escaped)")
          #expect(answer.status == (other == list ? 200 : 400), "\(list) \(other) \(answer.text)")
        }
      }
    }

    // MARK: Connections

    @Test func aLargeBodyIsAskedFor() async throws {
      let port = try await Self.rest().port
      let body = #"{"type":"no_such_type"}"#
      func head(_ length: Int) -> String {
        """
        POST \(Self.twin)/scenarios HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r
        Content-Length: \(length)\r\nExpect: 100-continue\r\n\r\n
        """
      }
      let answer = try await RawHTTP.exchange(port: port, head(body.utf8.count), then: ("HTTP/1.1 100 ", body))
      #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 "), "\(answer)")
      let refused = try await RawHTTP.exchange(port: port, head(Self.largestBody + 1))
      #expect(refused.hasPrefix("HTTP/1.1 413 "), "\(refused)")
    }

    @Test(.timeLimit(.minutes(1))) func slowConnectionsAreClosedAndTheirNumberIsBounded() async throws {
      let ports = try FreePorts.take(3)
      let folder = try await SystemTests.shared.processes().folder
      let log = folder.appendingPathComponent("edge-bounds.log")
      let edge = try Child(
        Programs.file("edge"),
        [
          "--http-fleet-port", "\(ports[0])", "--http-infrastructure-port", "\(ports[1])", "--admin-port",
          "\(ports[2])", "--http-idle-timeout", "\(Self.idle.components.seconds)s", "--http-max-connections", "1",
        ], output: log, errors: log)
      let outcome: Result<Void, any Error>
      do {
        let path = "/no-such-path"
        let whole = "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        try await eventually("the edge with bounds answers") {
          (try? await RawHTTP.exchange(port: ports[0], whole))?.hasPrefix("HTTP/1.1 404 ") == true
        }
        // It never ends its header.
        #expect(try await RawHTTP.exchange(port: ports[0], "GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ") == "")
        // While one is open, the next one waits for it to be closed.
        let (answered, continuation) = AsyncStream<Void>.makeStream()
        async let held = RawHTTP.exchange(
          port: ports[0], "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n", then: ("HTTP/1.1 404 ", "GET \(path)"),
          onSecond: { continuation.finish() })
        for await _ in answered {}
        let clock = ContinuousClock()
        let start = clock.now
        let next = try await RawHTTP.exchange(port: ports[0], whole)
        #expect(next.hasPrefix("HTTP/1.1 404 "), "\(next)")
        #expect(clock.now - start > Self.idle / 3)
        #expect(try await held.hasPrefix("HTTP/1.1 404 "))
        outcome = .success(())
      } catch { outcome = .failure(error) }
      await edge.signal(SIGTERM)
      _ = await edge.ended.value
      try outcome.get()
    }
  }
}

/// HTTP as bytes, for what no client sends.
private enum RawHTTP {
  /// Sends a text, and another one once the answer begins as told.
  ///
  /// - Parameter onSecond: called after the second text.
  /// - Returns: all that came before the other side closed the connection.
  static func exchange(
    port: Int, _ text: String, then second: (begin: String, text: String)? = nil,
    onSecond: @Sendable () -> Void = {}
  ) async throws -> String {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var rest = second
      var answer = ""
      for try await bytes in inbound {
        answer += String(buffer: bytes)
        if let next = rest, answer.hasPrefix(next.begin) {
          rest = nil
          try await outbound.write(ByteBuffer(string: next.text))
          onSecond()
        }
      }
      return answer
    }
  }
}
