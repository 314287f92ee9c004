import FleetCore
import Foundation
import NIOPosix
import NIOSSL
import SimulationInput
import Synchronization
import Testing

@testable import StateSyncService

@Suite("Reading a Kubernetes API server")
struct KubernetesConnectorTests {
  private static let connector = KubernetesConnector(eventLoops: MultiThreadedEventLoopGroup.singleton)
  private static let now = UTCInstant(microseconds: 1_800_000_000_000_000)

  private static func deployment(_ name: String, in namespace: String = "shop", limits: String = "") -> String {
    """
    {"metadata": {"name": "\(name)", "namespace": "\(namespace)"},
     "spec": {"replicas": 4, "minReadySeconds": 5,
       "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}},
       "template": {"metadata": {"labels": {"app": "\(name)", "tier": "front"}}, "spec": {
         "terminationGracePeriodSeconds": 30,
         "containers": [
           {"name": "main", "image": "r/\(name):1", "readinessProbe": {"httpGet": {"path": "/"}}\(limits)}]}}},
     "status": {"availableReplicas": 3}}
    """
  }

  private static let limited =
    #", "resources": {"limits": {"cpu": "1500m", "memory": "2Gi"}, "requests": {"cpu": "1", "memory": "512Mi"}}"#

  private static func list(_ items: [String], next: String = "") -> String {
    #"{"kind":"List","metadata":{"continue":"\#(next)"},"items":[\#(items.joined(separator: ","))]}"#
  }

  private static func read(_ url: String, _ more: TargetState = [:]) async throws -> MirrorReading {
    var values: TargetState = ["url": .string(url)]
    values.merge(more) { $1 }
    let config = SourceConfig(values, files: CredentialFiles())
    #expect(connector.problems(with: config).isEmpty)
    return try await connector.read(config, window: ReadingWindow(since: nil, to: now))
  }

  @Test("deployments come with their autoscaler, budget and limits, nodes beside them")
  func objects() async throws {
    let answers = [
      "/apis/apps/v1/deployments": Self.list([
        Self.deployment("web", limits: Self.limited), Self.deployment("api", in: "other"),
      ]),
      "/api/v1/limitranges": Self.list([
        """
        {"metadata": {"namespace": "other"},
         "spec": {"limits": [{"type": "Container", "default": {"memory": "256Mi"}}]}}
        """
      ]),
      "/apis/autoscaling/v2/horizontalpodautoscalers": Self.list([
        """
        {"metadata": {"namespace": "shop"}, "spec": {"minReplicas": 2, "maxReplicas": 10,
          "scaleTargetRef": {"kind": "Deployment", "name": "web"},
          "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"averageUtilization": 60}}}]},
         "status": {"desiredReplicas": 4}}
        """
      ]),
      "/apis/policy/v1/poddisruptionbudgets": Self.list([
        """
        {"metadata": {"namespace": "shop"}, "spec": {"minAvailable": 2, "selector": {
          "matchLabels": {"app": "web"}, "matchExpressions": [{"key": "tier", "operator": "In", "values": ["front"]}]}},
         "status": {"disruptionsAllowed": 1}}
        """,
        """
        {"metadata": {"namespace": "other"}, "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}
        """,
      ]),
      "/api/v1/nodes": Self.list([
        """
        {"metadata": {"name": "node-1", "labels": {"topology.kubernetes.io/zone": "z1"}},
         "status": {"allocatable": {"cpu": "3920m", "memory": "16Gi", "pods": "110"},
           "conditions": [{"type": "Ready", "status": "True"}]}}
        """
      ]),
    ]
    try await FakeHTTPServer.with { request in
      answers[request.path].map { .init(body: $0) } ?? .init(status: 404, body: "{}")
    } _: { url, requests in
      let reading = try await Self.read(url)
      #expect(reading.targets.keys.sorted() == ["node-1", "other/api", "shop/web"])
      let web = try #require(reading.targets["shop/web"])
      #expect(web.kind == "service")
      let expected: TargetState = [
        "instances": 4, "current_instances": 3, "readiness_probe": true, "liveness_probe": false,
        "cpu_limit_cores": 1.5, "container_memory_limit_gb": 2, "cpu_request_cores": 1, "memory_request_gb": 0.5,
        "max_surge": "25%", "max_unavailable": 0, "strategy": "RollingUpdate", "autoscaled": true,
        "hpa_min_instances": 2, "hpa_max_instances": 10, "hpa_target_cpu": 0.6, "disruption_budget": true,
        "pdb_min_available": 2, "pdb_disruptions_allowed": 1, "images": ["r/web:1"],
      ]
      for (key, value) in expected { #expect(web.state[key] == value, "\(key)") }
      let api = try #require(reading.targets["other/api"])
      #expect(api.state["autoscaled"] == false)
      #expect(api.state["disruption_budget"] == false)
      #expect(api.state["container_memory_limit_gb"] == 0.25)
      #expect(api.state["cpu_limit_cores"] == nil)
      let node = try #require(reading.targets["node-1"])
      #expect(node.kind == "host")
      #expect(node.state["cores"] == 3.92)
      #expect(node.state["ram_gb"] == 16)
      #expect(node.state["zone"] == "z1")
      #expect(node.state["ready"] == true)
      #expect(
        reading.metrics[SeriesName(target: "shop/web", metric: "instances")]
          == [SeriesPoint(time: Self.now, value: 3)])
      #expect(requests().allSatisfy { $0.method == "GET" })
    }
  }

  @Test("long lists are read page by page")
  func pages() async throws {
    try await FakeHTTPServer.with { request in
      guard request.path == "/apis/apps/v1/namespaces/shop/deployments" else { return .init(status: 404, body: "{}") }
      #expect(request.query["limit"] == "\(KubernetesConnector.pageSize)")
      switch request.query["continue"] {
      case nil: return .init(body: Self.list([Self.deployment("a")], next: "to/ken=1&x"))
      case "to/ken=1&x": return .init(body: Self.list([Self.deployment("b")], next: "2"))
      case "2": return .init(body: Self.list([Self.deployment("c")]))
      default: return .init(status: 410, body: #"{"reason":"Expired"}"#)
      }
    } _: { url, requests in
      let reading = try await Self.read(url, ["namespace": "shop"])
      // In one namespace a name alone tells them apart.
      #expect(reading.targets.keys.sorted() == ["a", "b", "c"])
      #expect(!requests().contains { $0.path == "/api/v1/nodes" })
      // What the server doesn't serve isn't known, which isn't the same as not there.
      #expect(reading.targets["a"]?.state["autoscaled"] == nil)
      #expect(reading.targets["a"]?.state["disruption_budget"] == nil)
    }
  }

  @Test("older versions of a kind are read where the newest isn't served")
  func versions() async throws {
    let scaler = """
      {"metadata": {"namespace": "shop"}, "spec": {"maxReplicas": 5, "targetCPUUtilizationPercentage": 80,
        "scaleTargetRef": {"kind": "Deployment", "name": "web"}}}
      """
    try await FakeHTTPServer.with { request in
      switch request.path {
      case "/apis/apps/v1/deployments": .init(body: Self.list([Self.deployment("web")]))
      case "/apis/autoscaling/v1/horizontalpodautoscalers": .init(body: Self.list([scaler]))
      default: .init(status: 404, body: "{}")
      }
    } _: { url, _ in
      let web = try #require(try await Self.read(url).targets["shop/web"])
      #expect(web.state["hpa_target_cpu"] == 0.8)
      #expect(web.state["hpa_min_instances"] == 1)
      #expect(web.state["container_memory_limit_gb"] == nil)
    }
  }

  /// What a Kubernetes 1.20.2 answered when `Tests/Kubernetes/objects.yaml` was applied, less what isn't read.
  private static func recorded() throws -> [String: FakeHTTPServer.Answer] {
    let file = try #require(Bundle.module.url(forResource: "Recorded/kubernetes-1.20.2", withExtension: "json"))
    let lists = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: [String: Any]])
    return try lists.mapValues { list in
      FakeHTTPServer.Answer(
        status: try #require(list["status"] as? Int),
        body: String(
          decoding: try JSONSerialization.data(withJSONObject: try #require(list["body"])), as: UTF8.self))
    }
  }

  @Test("what a real API server answered is read as it was")
  func real() async throws {
    let answers = try Self.recorded()
    try await FakeHTTPServer.with { request in
      answers[request.path] ?? .init(status: 404, body: "404 page not found")
    } _: { url, requests in
      let reading = try await Self.read(url)
      #expect(
        reading.targets.keys.sorted() == ["kube-node", "other/api", "shop/broken", "shop/stopped", "shop/web"])
      let expected: [String: TargetState] = [
        "shop/web": [
          "instances": 3, "current_instances": 3, "max_surge": 1, "max_unavailable": "25%", "min_ready_seconds": 1,
          "progress_deadline_seconds": 600, "termination_grace_seconds": 1, "readiness_probe": false,
          "cpu_limit_cores": .number(0.3), "container_memory_limit_gb": .number(96.0 / 1024),
          // The second container states limits alone, so it requests them.
          "cpu_request_cores": .number(0.07), "memory_request_gb": .number(48.0 / 1024), "autoscaled": true,
          "hpa_min_instances": 2, "hpa_max_instances": 6, "hpa_target_cpu": 0.65, "disruption_budget": true,
          "pdb_min_available": 2, "pdb_disruptions_allowed": 1,
        ],
        "other/api": [
          "instances": 1, "strategy": "Recreate", "cpu_limit_cores": 0.2, "cpu_request_cores": 0.05,
          "memory_request_gb": .number(32.0 / 1024), "autoscaled": false,
          // The budget in its namespace has an empty selector, which selects nothing before policy/v1.
          "disruption_budget": false,
        ],
        "shop/broken": ["instances": 2, "current_instances": 0], "shop/stopped": ["instances": 0],
        "kube-node": [
          "cores": 2, "ram_gb": .number(24_581_692.0 / 1_048_576), "maximum_pods": 110, "ready": true,
          "schedulable": true, "kubelet_version": "v1.20.2",
        ],
      ]
      for (name, state) in expected {
        for (key, value) in state { #expect(reading.targets[name]?.state[key] == value, "\(name) \(key)") }
      }
      // An autoscaler without metrics says that it wants none.
      #expect(reading.targets["shop/web"]?.state["hpa_wanted_instances"] == nil)
      #expect(!requests().contains { $0.path.contains("secret") })
    }
  }

  @Test("a list that isn't permitted is named as the server names it")
  func forbidden() async throws {
    var answers = try Self.recorded()
    // Says so of secrets, which nobody asks for.
    answers["/api/v1/nodes"] = answers["/api/v1/secrets"]
    let told = answers
    try await FakeHTTPServer.with { request in
      told[request.path] ?? .init(status: 404, body: "404 page not found")
    } _: { url, _ in
      do {
        _ = try await Self.read(url)
        Issue.record("not refused")
      } catch let failure as SourceFailure {
        #expect(
          failure.description == #"/api/v1/nodes: HTTP 403: secrets is forbidden: User "#
            + #""system:serviceaccount:kube-system:digital-twin" cannot list resource "secrets" in API group "" "#
            + "at the cluster scope")
      }
    }
  }

  @Test("a server that refuses fails the source")
  func refused() async throws {
    for status in [401, 403, 404, 500] {
      try await FakeHTTPServer.with { _ in
        .init(status: status, body: "{}")
      } _: { url, _ in
        await #expect(throws: SourceFailure.self) { try await Self.read(url) }
      }
    }
  }

  @Test("over HTTPS the server must show a certificate of the authority that the source names")
  func certificates() async throws {
    let folder = try TemporaryFolder()
    let paths = ["own", "other"].map { folder.url.appendingPathComponent("\($0).pem").path }
    let key = folder.url.appendingPathComponent("key.pem").path
    for path in paths.reversed() {
      let openssl = Process()
      openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      openssl.arguments = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", path,
      ]
      openssl.standardError = FileHandle.nullDevice
      try openssl.run()
      openssl.waitUntilExit()
      try #require(openssl.terminationStatus == 0)
    }
    let context = try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(paths[0]).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))))
    let token = try folder.file("token", "t0ken")
    try await FakeHTTPServer.with(tls: context) { request in
      request.path == "/apis/apps/v1/deployments" && request.authorization == "Bearer t0ken"
        ? .init(body: Self.list([Self.deployment("web")])) : .init(status: 404, body: "{}")
    } _: { url, requests in
      let reading = try await Self.read(url, ["ca_file": .string(paths[0]), "token_file": .string(token)])
      #expect(reading.targets.keys.sorted() == ["shop/web"])
      let count = requests().count
      for wrong: TargetState in [["ca_file": .string(paths[1])], [:]] {
        await #expect(throws: SourceFailure.self) {
          try await Self.read(url, wrong.merging(["token_file": .string(token)]) { $1 })
        }
      }
      // A server that isn't the right one gets no token.
      #expect(requests().count == count)
    }
  }

  @Test(
    "quantities are read as Kubernetes writes them",
    arguments: [
      ("500m", 0.5), ("1.5", 1.5), ("2Gi", 2_147_483_648), ("100M", 100_000_000), ("1e3", 1_000),
      ("128974848", 128_974_848),
    ] as [(String, Double)])
  func quantities(_ text: String, _ value: Double) {
    #expect(KubernetesQuantity.value(.string(text)) == value)
    #expect(KubernetesQuantity.value(.string(text + "x")) == nil)
  }
}
