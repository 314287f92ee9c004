import FleetCore
import Foundation
import NIOPosix
import SimulationInput
import Testing
import TwinProto

@testable import StateSyncService

/// A folder that goes with the test.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("twin-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a new file.
  func file(_ name: String, _ content: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(content.utf8).write(to: file)
    return file.path
  }
}

@Suite("Reading a Prometheus")
struct PrometheusConnectorTests {
  private static let now = UTCInstant(microseconds: 1_800_000_030_000_000)
  private static let connector = PrometheusConnector(eventLoops: MultiThreadedEventLoopGroup.singleton)

  private static func read(_ values: TargetState, since: UTCInstant? = nil) async throws -> MirrorReading {
    let config = SourceConfig(values, files: CredentialFiles())
    #expect(connector.problems(with: config).isEmpty)
    return try await connector.read(config, window: ReadingWindow(since: since, to: now))
  }

  /// As the real API answers a range query.
  private static func matrix(_ series: String) -> FakeHTTPServer.Answer {
    .init(body: #"{"status":"success","data":{"resultType":"matrix","result":[\#(series)]}}"#)
  }

  @Test("series become metrics and state of the targets that their labels name")
  func mapping() async throws {
    let folder = try TemporaryFolder()
    let mapping = try folder.file(
      "mapping.json",
      """
      {"rules": [
        {"query": "rate(x[$step])", "metric": "requests_per_s", "target_labels": ["service", "instance"],
         "cuts_port": true, "kind": "service", "labels": ["path"]},
        {"query": "y", "metric": "used_gb", "target": "disk", "kind": "volume", "state_key": "used_gb", "scale": 0.5}]}
      """)
    try await FakeHTTPServer.with { request in
      guard request.path == "/prom/api/v1/query_range" else { return .init(status: 404, body: "{}") }
      return request.query["query"] == "y"
        ? Self.matrix(#"{"metric":{},"values":[[1800000000,"4"],[1800000030,"NaN"]]}"#)
        : Self.matrix(
          #"""
          {"metric":{"instance":"web-1:9100","path":"/a"},
           "values":[[1799999970,"1.5"],[1800000000.5,"+Inf"],[1800000030,"2.5"]]},
          {"metric":{"service":"api","instance":"x:1"},"values":[[1800000000,"7"]]},
          {"metric":{},"values":[[1800000000,"9"]]}
          """#)
    } _: { url, requests in
      let token = try folder.file("token", " t0ken \n")
      let reading = try await Self.read([
        "url": .string("\(url)/prom/"), "mapping_file": .string(mapping), "step_s": 30, "lookback_s": 600,
        "token_file": .string(token),
      ])
      #expect(
        reading.metrics == [
          SeriesName(target: "web-1", metric: "requests_per_s", labels: ["path": "/a"]): [
            SeriesPoint(time: UTCInstant(microseconds: 1_799_999_970_000_000), value: 1.5),
            SeriesPoint(time: UTCInstant(microseconds: 1_800_000_030_000_000), value: 2.5),
          ],
          SeriesName(target: "api", metric: "requests_per_s"): [
            SeriesPoint(time: UTCInstant(microseconds: 1_800_000_000_000_000), value: 7)
          ],
          SeriesName(target: "disk", metric: "used_gb"): [
            SeriesPoint(time: UTCInstant(microseconds: 1_800_000_000_000_000), value: 2)
          ],
        ])
      #expect(reading.targets["disk"] == ReportedTarget(kind: "volume", state: ["used_gb": 2]))
      #expect(reading.targets.keys.sorted() == ["api", "disk", "web-1"])
      #expect(requests().allSatisfy { $0.method == "GET" && $0.authorization == "Bearer t0ken" })
      #expect(requests().map { $0.query["query"] } == ["rate(x[30s])", "y"])
      #expect(requests()[0].query["start"] == "1799999430")
      #expect(requests()[0].query["end"] == "1800000030")
      #expect(requests()[0].query["step"] == "30")
    }
  }

  @Test("a later sync reads from the one before on, in whole steps, with some overlap")
  func window() async throws {
    try await FakeHTTPServer.with { _ in
      Self.matrix("")
    } _: { url, requests in
      _ = try await Self.read(
        ["url": .string(url), "mappings": "nginx", "step_s": 60], since: Self.now.adding(seconds: -900))
      let asked = requests().filter { $0.query["step"] == "60" }.map(\.query)
      #expect(Set(asked.compactMap { $0["start"] }) == ["1799998860"])
      #expect(Set(asked.compactMap { $0["end"] }) == ["1800000000"])
    }
  }

  @Test("where scrapes are too seldom for a step, a rate is asked for over a longer one")
  func seldom() async throws {
    let folder = try TemporaryFolder()
    let mapping = try folder.file(
      "mapping.yaml",
      """
      rules:
        - {query: "rate(x[$step])", metric: requests_per_s, target: lb, kind: load_balancer}
        - {query: y, metric: connections, target: lb, kind: load_balancer}
      """)
    try await FakeHTTPServer.with { request in
      let (query, start) = (request.query["query"] ?? "", request.query["start"] ?? "")
      return query == "rate(x[240s])" ? Self.matrix(#"{"metric":{},"values":[[\#(start),"4"]]}"#) : Self.matrix("")
    } _: { url, requests in
      let reading = try await Self.read(
        ["url": .string(url), "mapping_file": .string(mapping), "step_s": 60, "lookback_s": 60],
        since: Self.now.adding(seconds: -60))
      // What is no rate needs no window.
      #expect(requests().map { $0.query["query"] } == ["rate(x[60s])", "rate(x[240s])", "y"])
      #expect(requests().map { $0.query["step"] } == ["60", "240", "60"])
      let points = try #require(reading.metrics[SeriesName(target: "lb", metric: "requests_per_s")])
      #expect(points.map { $0.time.microseconds % 240_000_000 } == [0])
    }
  }

  @Test("targets that only the port tells apart keep it; series that would become one are refused")
  func collisions() async throws {
    let folder = try TemporaryFolder()
    let mapping = try folder.file(
      "mapping.yaml",
      """
      rules:
        - {query: x, metric: up, target_labels: [instance], cuts_port: true, kind: postgresql}
        - {query: y, metric: lag_s, target_labels: [instance], cuts_port: true, kind: postgresql}
        - {query: z, metric: cores, target_labels: [instance], cuts_port: true, kind: host}
      """)
    let series = { @Sendable (labels: String) in #"{"metric":{\#(labels)},"values":[[1800000000,"1"]]}"# }
    let answers = [
      "x": [#""instance":"a:1""#, #""instance":"a:2""#, #""instance":"b:1""#], "y": [#""instance":"a:2""#],
      "z": [#""instance":"a:9""#],
    ]
    try await FakeHTTPServer.with { request in
      Self.matrix((answers[request.query["query"] ?? ""] ?? []).map(series).joined(separator: ","))
    } _: { url, _ in
      let reading = try await Self.read(["url": .string(url), "mapping_file": .string(mapping)])
      #expect(
        reading.targets.mapValues(\.kind) == ["a:1": "postgresql", "a:2": "postgresql", "b": "postgresql", "a": "host"])
      #expect(reading.metrics[SeriesName(target: "a:2", metric: "lag_s")]?.count == 1)
    }
    try await FakeHTTPServer.with { _ in
      Self.matrix([#""instance":"a:1","job":"p""#, #""instance":"a:1","job":"q""#].map(series).joined(separator: ","))
    } _: { url, _ in
      do {
        _ = try await Self.read(["url": .string(url), "mapping_file": .string(mapping)])
        Issue.record("not refused")
      } catch let failure as SourceFailure {
        #expect(failure.description.hasPrefix("up of target 'a' has several series"))
      }
    }
  }

  @Test("what a real Prometheus answered becomes what its machine was")
  func real() async throws {
    let file = try #require(Bundle.module.url(forResource: "Recorded/prometheus-2.42", withExtension: "json"))
    let recorded = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let answers = try #require(recorded["answers"] as? [String: [String: Any]]).mapValues { answer in
      String(decoding: (try? JSONSerialization.data(withJSONObject: answer)) ?? Data(), as: UTF8.self)
    }
    try await FakeHTTPServer.with { request in
      answers[request.query["query"] ?? ""].map { .init(body: $0) } ?? Self.matrix("")
    } _: { url, _ in
      for (mapping, kind, expected) in Self.machine {
        let reading = try await Self.read(
          ["url": .string(url), "mappings": .string(mapping), "step_s": 15, "lookback_s": 60])
        #expect(reading.targets.mapValues(\.kind) == ["127.0.0.1": kind])
        for (key, value) in expected {
          guard case .number(let told)? = reading.targets["127.0.0.1"]?.state[key] else {
            Issue.record("\(mapping) tells no \(key)")
            continue
          }
          #expect(abs(told - value) <= 1e-3 * value, "\(key): \(told)")
        }
        let names = try PrometheusMapping(yaml: PrometheusMapping.ready[mapping] ?? "").rules.map(\.metric)
        let missing = Set(names).subtracting(reading.metrics.keys.map(\.metric))
        #expect(missing == (Self.absent[mapping] ?? []))
      }
    }
  }

  /// What the machine was when `Tests/Prometheus/run.sh` recorded it.
  private static let machine: [(mapping: String, kind: String, state: [String: Double])] = [
    ("node_exporter", "host", ["cores": 2, "ram_gb": 24_684_092.0 / 1_048_576]),
    ("postgres_exporter", "postgresql", ["max_connections": 200, "autovacuum_freeze_max_age": 200e6]),
    // Two of Prometheus that stay open, and the exporter's.
    ("nginx", "load_balancer", ["connections": 3]),
  ]
  /// What was not there: no standby, no ingress controller, and the rules for caches, which came after the recording.
  private static let absent: [String: Set<String>] = [
    "postgres_exporter": [
      "replication_lag_s", "standby_lag_bytes", "blocks_hit_total", "blocks_read_total", "shared_buffers_bytes",
      "databases_bytes",
    ], "nginx": ["errors_per_s", "latency_p99_ms"],
  ]

  @Test("ranges longer than the API allows are asked for in parts")
  func parts() async throws {
    try await FakeHTTPServer.with { _ in
      Self.matrix("")
    } _: { url, requests in
      _ = try await Self.read(["url": .string(url), "mappings": ["nginx"], "step_s": 15, "lookback_s": 300_000])
      let first = requests().filter { $0.query["query"] == requests()[0].query["query"] }
      #expect(first.count == 3)
      for request in first {
        let (start, end) = (Double(request.query["start"] ?? "") ?? 0, Double(request.query["end"] ?? "") ?? 0)
        #expect((end - start) / 15 + 1 <= 11_000)
      }
      // The parts join without a gap and without overlap.
      for (a, b) in zip(first, first.dropFirst()) {
        #expect((Double(b.query["start"] ?? "") ?? 0) - (Double(a.query["end"] ?? "") ?? 0) == 15)
      }
    }
  }

  @Test("errors of the server are told without the credential")
  func errors() async throws {
    let folder = try TemporaryFolder()
    let token = try folder.file("token", "t0p-secret")
    let answers: [FakeHTTPServer.Answer] = [
      .init(status: 401, body: "who is t0p-secret?"), .init(status: 302, body: ""),
      .init(body: #"{"status":"error","errorType":"bad_data","error":"t0p-secret"}"#), .init(body: "[1"),
      .init(body: #"{"status":"success"}"#),
    ]
    for answer in answers {
      try await FakeHTTPServer.with { _ in
        answer
      } _: { url, _ in
        let reader = SourceReader(
          connectors: SourceConnectors([.prometheus: Self.connector]), clock: WallClock { Self.now },
          pace: ContinuousClock(), timeout: .seconds(20), maximumStateBytes: 1 << 20)
        let source = MirrorSource(
          name: "p", kind: .prometheus,
          config: ["url": .string(url), "mappings": "nginx", "token_file": .string(token)])
        let result = await reader.read(source)
        guard case .failure(let failure) = result.outcome else {
          Issue.record("not refused: \(answer)")
          return
        }
        #expect(!failure.description.contains("t0p-secret"))
        #expect(!failure.description.isEmpty)
      }
    }
  }

  @Test("the mappings that come with the service can be read", arguments: PrometheusMapping.ready.keys.sorted())
  func ready(_ name: String) throws {
    let mapping = try PrometheusMapping(yaml: PrometheusMapping.ready[name] ?? "")
    #expect(!mapping.rules.isEmpty)
    for rule in mapping.rules { #expect(rule.targetLabels?.isEmpty == false, "\(rule.metric)") }
  }

  @Test("wrong settings are named")
  func settings() {
    let wrong: [(TargetState, String)] = [
      ([:], "url"), (["url": "ftp://x", "mappings": "nginx"], "url"),
      (["url": "http://user:pw@x", "mappings": "nginx"], "url"), (["url": "http://x"], "mappings"),
      (["url": "http://x", "mappings": "other"], "mappings"),
      (["url": "http://x", "mappings": "nginx", "token": "t"], "token"),
      (["url": "http://x", "mappings": "nginx", "token_file": "relative"], "token_file"),
      (["url": "http://x", "mappings": "nginx", "step_s": 0], "step_s"),
    ]
    for (values, key) in wrong {
      let problems = Self.connector.problems(with: SourceConfig(values, files: CredentialFiles()))
      #expect(problems.contains { $0.key == key }, "\(values)")
      #expect(!problems.contains { $0.description.contains("pw") })
    }
  }
}
