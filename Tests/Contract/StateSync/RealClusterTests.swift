import FleetCore
import Foundation
import NIOPosix
import SimulationInput
import Testing

@testable import StateSyncService

/// The API server to read; nil where none was given.
private let clusterURL = ProcessInfo.processInfo.environment["TWIN_KUBE_URL"]

/// Reads a real API server into which `Tests/Kubernetes/run.sh` put objects.yaml; skipped without one.
@Suite("Reading a real cluster", .enabled(if: clusterURL != nil, "Tests/Kubernetes/run.sh gives a cluster"))
struct RealClusterTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let connector = KubernetesConnector(eventLoops: MultiThreadedEventLoopGroup.singleton)

  private static func read(token: String, _ more: TargetState = [:]) async throws -> MirrorReading {
    var values: TargetState = [
      "url": .string(clusterURL ?? ""), "ca_file": .string(environment["TWIN_KUBE_CA_FILE"] ?? ""),
      "token_file": .string(environment["TWIN_KUBE_TOKENS"].map { "\($0)/\(token)" } ?? ""),
    ]
    values.merge(more) { $1 }
    let config = SourceConfig(values, files: CredentialFiles())
    #expect(connector.problems(with: config).isEmpty)
    return try await connector.read(config, window: ReadingWindow(since: nil, to: UTCInstant(microseconds: 0)))
  }

  private static func expect(_ expected: TargetState, _ target: ReportedTarget?, _ name: String) {
    guard let target else {
      Issue.record("\(name) isn't there")
      return
    }
    for (key, value) in expected { #expect(target.state[key] == value, "\(name) \(key)") }
  }

  @Test("every key is filled, by the role that the documentation names")
  func everything() async throws {
    let reading = try await Self.read(token: "digital-twin")
    let megabyte = 1.0 / 1024
    Self.expect(
      [
        "namespace": "twin-shop", "instances": 3, "current_instances": 3, "strategy": "RollingUpdate", "max_surge": 1,
        "max_unavailable": "25%", "min_ready_seconds": 1, "progress_deadline_seconds": 600,
        "termination_grace_seconds": 1, "readiness_probe": false, "liveness_probe": false, "privileged": false,
        "cpu_limit_cores": .number(0.3), "container_memory_limit_gb": .number(96 * megabyte),
        // The second container requests what its limits are.
        "cpu_request_cores": .number(0.07), "memory_request_gb": .number(48 * megabyte),
        "autoscaled": true, "hpa_min_instances": 2, "hpa_max_instances": 6, "hpa_target_cpu": 0.65,
        "disruption_budget": true, "pdb_min_available": 2, "pdb_disruptions_allowed": 1,
      ], reading.targets["twin-shop/web"], "web")
    Self.expect(
      [
        "instances": 1, "current_instances": 1, "strategy": "Recreate", "readiness_probe": true,
        "liveness_probe": true, "cpu_limit_cores": 0.2, "container_memory_limit_gb": .number(64 * megabyte),
        "cpu_request_cores": 0.05, "memory_request_gb": .number(32 * megabyte), "autoscaled": false,
        // Selects by an empty selector, which means all or nothing by the version.
        "disruption_budget": .bool(Self.environment["TWIN_KUBE_EMPTY_SELECTS_ALL"] == "1"),
      ], reading.targets["twin-other/api"], "api")
    #expect(reading.targets["twin-other/api"]?.state["max_surge"] == nil)
    Self.expect(["instances": 2, "current_instances": 0], reading.targets["twin-shop/broken"], "broken")
    Self.expect(
      ["instances": 0, "current_instances": 0, "autoscaled": false, "disruption_budget": false],
      reading.targets["twin-shop/stopped"], "stopped")
    #expect(reading.targets["twin-shop/stopped"]?.state["cpu_limit_cores"] == nil)
    let node = try #require(reading.targets.first { $0.value.kind == "host" }?.value.state)
    for key in ["cores", "ram_gb", "maximum_pods", "kubelet_version"] { #expect(node[key] != nil, "\(key)") }
    #expect(node["ready"] == true)
    #expect(node["schedulable"] == true)
    if case .number(let cores)? = node["cores"] { #expect(cores == Double(ProcessInfo.processInfo.processorCount)) }
    #expect(!"\(reading)".contains("must-not-be-read"))
  }

  @Test("a list longer than a page is read whole")
  func pages() async throws {
    let reading = try await Self.read(token: "digital-twin", ["namespace": "twin-many"])
    #expect(reading.targets.count == KubernetesConnector.pageSize + 10)
  }

  @Test("the cluster role view suffices for one namespace")
  func view() async throws {
    let reading = try await Self.read(token: "viewer", ["namespace": "twin-shop"])
    #expect(reading.targets.keys.sorted() == ["broken", "stopped", "web"])
    #expect(reading.targets["web"]?.state["hpa_max_instances"] == 6)
    #expect(reading.targets["web"]?.state["pdb_min_available"] == 2)
  }

  @Test(
    "what isn't permitted is named by verb and resource",
    arguments: [
      ("nobody", "deployments"), ("no-limitranges", "limitranges"),
      ("no-horizontalpodautoscalers", "horizontalpodautoscalers"),
      ("no-poddisruptionbudgets", "poddisruptionbudgets"), ("no-nodes", "nodes"),
    ])
  func forbidden(_ token: String, _ resource: String) async throws {
    do {
      _ = try await Self.read(token: token)
      Issue.record("not refused")
    } catch let failure as SourceFailure {
      #expect(failure.description.contains("HTTP 403"))
      #expect(failure.description.contains("cannot list resource \"\(resource)\""), "\(failure)")
    }
  }

  @Test("a token that isn't one is told")
  func unknown() async throws {
    do {
      _ = try await Self.read(token: "wrong")
      Issue.record("not refused")
    } catch let failure as SourceFailure {
      #expect(failure.description.contains("HTTP 401"))
      #expect(failure.description.contains("Unauthorized"))
    }
  }
}
