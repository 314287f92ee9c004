import FleetCore
import Foundation
import NIOPosix
import PostgresDriver
import SimulationInput
import Testing

@testable import StateSyncService

/// The Prometheus to read; nil where none was given.
private let prometheusURL = ProcessInfo.processInfo.environment["TWIN_PROMETHEUS_URL"]

/// Reads a real Prometheus that `Tests/Prometheus/run.sh` started; skipped without one.
@Suite("Reading a real Prometheus", .enabled(if: prometheusURL != nil, "Tests/Prometheus/run.sh starts one"))
struct RealPrometheusTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let host = "127.0.0.1"

  private static func read(_ mapping: String, step: Double = 15) async throws -> MirrorReading {
    let connector = PrometheusConnector(eventLoops: MultiThreadedEventLoopGroup.singleton)
    let config = SourceConfig(
      [
        "url": .string(prometheusURL ?? ""), "mappings": .string(mapping), "step_s": .number(step), "lookback_s": 120,
      ], files: CredentialFiles())
    #expect(connector.problems(with: config).isEmpty)
    let now = UTCInstant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
    return try await connector.read(config, window: ReadingWindow(since: nil, to: now))
  }

  private static func newest(_ metric: String, _ reading: MirrorReading, target: String = host) -> Double? {
    reading.metrics[SeriesName(target: target, metric: metric)]?.last?.value
  }

  /// Whether a value is the one that another source tells, to a share of it.
  private static func expect(_ value: Double?, _ truth: Double, within share: Double, _ name: String) {
    guard let value else {
      Issue.record("\(name) isn't told")
      return
    }
    #expect(abs(value - truth) <= share * abs(truth), "\(name): \(value), in truth \(truth)")
  }

  private static func number(_ value: InputValue?) -> Double? {
    if case .number(let number)? = value { number } else { nil }
  }

  @Test("node_exporter tells what the kernel tells")
  func node() async throws {
    let reading = try await Self.read("node_exporter")
    let state = try #require(reading.targets[Self.host])
    #expect(state.kind == "host")
    #expect(state.state["cores"] == .number(Double(ProcessInfo.processInfo.processorCount)))
    let memory = Double(ProcessInfo.processInfo.physicalMemory)
    Self.expect(Self.number(state.state["ram_gb"]), memory / 0x1p30, within: 1e-3, "ram_gb")
    Self.expect(Self.newest("memory_size_bytes", reading), memory, within: 1e-3, "memory_size_bytes")
    let used = try #require(Self.newest("memory_used_bytes", reading))
    #expect((0.001...1).contains(used / memory))
    var disk = statvfs()
    try #require(statvfs("/", &disk) == 0)
    let block = Double(disk.f_frsize)
    let (free, full) = (Double(disk.f_bavail) * block, Double(disk.f_blocks - disk.f_bfree) * block)
    // Other programs write meanwhile. A further file system that has less room goes first.
    let told = try #require(Self.number(state.state["disk_free_gb"]))
    #expect(told * 0x1p30 <= free * 1.05)
    let root = reading.metrics[
      SeriesName(target: Self.host, metric: "disk_used_bytes", labels: ["mountpoint": "/"])]?.last?.value
    Self.expect(root, full, within: 0.05, "disk_used_bytes")
    let percent = try #require(Self.number(state.state["used_percent"]))
    #expect(percent >= 100 * full / (full + free) - 5)
    #expect(percent <= 100)
    let share = try #require(Self.number(state.state["utilization"]))
    #expect((0...1).contains(share))
    #expect(Self.newest("up", reading) == 1)
    #expect((Self.newest("disk_operations_per_s", reading) ?? -1) >= 0)
  }

  @Test("postgres_exporter tells what the database tells")
  func postgres() async throws {
    let reading = try await Self.read("postgres_exporter")
    let state = try #require(reading.targets[Self.host]).state
    #expect(reading.targets.count == 1)
    let admin = try await PostgresConnection.connect(
      try PostgresConfiguration(url: Self.environment["TWIN_PROMETHEUS_DATABASE"] ?? ""))
    let (connections, age, size) = try await admin.query(
      """
      SELECT current_setting('max_connections')::float8, current_setting('autovacuum_freeze_max_age')::float8,
        (SELECT sum(pg_database_size(oid))::float8 FROM pg_database)
      """)[0].decode(Double.self, Double.self, Double.self)
    await admin.close()
    #expect(state["max_connections"] == .number(connections))
    #expect(state["autovacuum_freeze_max_age"] == .number(age))
    Self.expect(Self.newest("db_size_bytes", reading), size, within: 0.01, "db_size_bytes")
    Self.expect(Self.number(state["db_size_gb"]), size / 0x1p30, within: 0.01, "db_size_gb")
    // The exporter itself and psql.
    #expect((1...20).contains(Self.number(state["backends"]) ?? 0))
    #expect((1...20).contains(Self.number(state["active_backends"]) ?? 0))
    // Five a second from psql, and the exporter's own.
    #expect((2...60).contains(Self.newest("requests_per_s", reading) ?? 0))
    #expect((0.5...1).contains(Self.newest("cache_hit_share", reading) ?? 0))
    #expect(Self.newest("up", reading) == 1)
    // A primary says nothing of how far it is behind itself.
    #expect(state["replication_lag_s"] == nil)
  }

  @Test("nginx's exporter tells the load that was made")
  func nginx() async throws {
    let reading = try await Self.read("nginx")
    #expect(reading.targets.mapValues(\.kind) == [Self.host: "load_balancer"])
    // Two a second, and three from those who look, on a machine that may be slow.
    let rate = try #require(Self.newest("requests_per_s", reading))
    #expect((2...5.5).contains(rate), "\(rate)")
    #expect((Self.number(reading.targets[Self.host]?.state["connections"]) ?? 0) >= 1)
    #expect(Self.newest("idle_connections", reading) != nil)
    #expect(Self.newest("up", reading) == 1)
  }

  @Test("metrics named as kube-state-metrics names them become deployments and nodes")
  func kubeStateMetrics() async throws {
    let reading = try await Self.read("kube_state_metrics")
    #expect(reading.targets.keys.sorted() == ["node-1", "other/web", "shop/web"])
    let web = try #require(reading.targets["shop/web"])
    #expect(
      web.state == ["current_instances": 3, "instances": 4, "hpa_max_instances": 6, "hpa_min_instances": 2])
    #expect(reading.targets["other/web"]?.state == ["current_instances": 1, "instances": 1])
    #expect(reading.targets["node-1"]?.state == ["cores": 3.92, "ram_gb": 16])
    #expect(Self.newest("up", reading, target: "node-1") == 1)
    // Counters that stand still; two replicas aren't twice as much.
    #expect(Self.newest("cpu_used_cores", reading, target: "shop/web") == 0)
    #expect(Self.newest("restarts_per_s", reading, target: "shop/web") == 0)
    let memory = reading.metrics.filter { $0.key.metric == "memory_used_bytes" }
    #expect(
      memory.keys.map(\.labels).sorted { $0.description < $1.description } == [
        ["pod": "web-7c5ddbdf54-abcde"], ["pod": "web-7c5ddbdf54-fghij"],
      ])
    #expect(Set(memory.values.compactMap { $0.last?.value }) == [100_000_000, 200_000_000])
  }
}
