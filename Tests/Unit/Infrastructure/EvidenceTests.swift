import SimulationInfrastructure
import SimulationInput
import Testing

/// The numbers that findings rest on are the models', by hand from the models' sources. Each is one that a shortcut gets
/// wrong.
struct EvidenceTests {
  private func evidence(
    _ code: String, _ model: String, _ kind: ChangeKind, _ change: InputValue, on state: InputValue,
    target: String = "postgresql-main", hours: Double = 24
  ) throws -> FindingEvidence {
    let proposal = ProposedChange(kind, target: target, tier: .production, change: change, durationHours: hours)
    let findings = try ChangeSimulation(proposal, on: TargetTwinState(state: state), simulatesHours: false).run()
    let found = findings.findings.first { $0.code == code && $0.evidence.model == model }
    return try #require(found, "\(findings.findings.map { "\($0.code) by \($0.evidence.model)" })").evidence
  }

  private func isNear(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-6) -> Bool {
    value.map { abs($0 / expected - 1) < tolerance } ?? false
  }

  @Test("a crash replays up to 1 + completion target intervals", arguments: [(15.0, 6_840.0), (13, 5_400)])
  func recovery(major: Double, seconds: Double) throws {
    // 100 MB/s for 30 min, replayed at 50 MB/s; the target is 0.9 from 14 on and 0.5 before.
    let found = try evidence(
      "DOWNTIME", "postgresql_wal", .configuration, ["checkpoint_timeout": "30min"],
      on: ["wal_mb_per_s": 100, "checkpoint_timeout_min": 5, "postgres": .number(major), "disk_free_gb": 5_000])
    #expect(isNear(found.value, seconds))
  }

  @Test("a dirtied page costs vacuum its reading, too", arguments: [(15.0, 22.0), (13, 30)])
  func pace(major: Double, cost: Double) throws {
    let found = try evidence(
      "BLOAT", "postgresql_vacuum", .configuration, ["autovacuum_vacuum_cost_limit": 200],
      on: ["write_tps": 10_000, "postgres": .number(major)])
    #expect(isNear(found.threshold, 200 / cost / 0.002))
  }

  @Test("memory of hashes is by version, and parallel workers are as many as the server has")
  func memory() throws {
    func need(_ major: Double, _ workers: Double) throws -> Double {
      try evidence(
        "OOM_RISK", "postgresql_memory", .configuration,
        ["work_mem": "512MB", "max_parallel_workers_per_gather": 4, "max_parallel_workers": .number(workers)],
        on: [
          "ram_gb": 32, "shared_buffers": "8GB", "max_connections": 200, "peak_backends": 100, "peak_active": 60,
          "postgres": .number(major),
        ]
      ).value
    }
    // 68 processes with a node of 512 MB, twice that from 15 on; 8 more workers are 8 more nodes of 10 MB processes.
    #expect(abs(try need(15, 8) - need(13, 8) - 34) < 0.01)
    #expect(abs(try need(15, 16) - need(15, 8) - 8 - 80e6 / 1_073_741_824) < 0.01)
  }

  @Test("a full worker of nginx holds its worker_connections, both sides of a client among them")
  func descriptors() throws {
    let found = try evidence(
      "FD_EXHAUSTION", "process_limits", .configuration, ["worker_connections": 16_384],
      on: [
        "worker_connections": 2_048, "workers": 8, "proxy": true, "peak_connections": 24_000, "ulimit_nofile": 4_096,
      ], target: "nginx-edge")
    #expect(found.value == 16_416 && found.threshold == 4_096)
  }

  @Test("connections kept for others count where the server knows them", arguments: [(16.0, 92.0), (15, 97)])
  func reserved(major: Double, usable: Double) throws {
    let found = try evidence(
      "CONNECTION_EXHAUSTION", "postgresql_connections", .configuration, ["max_connections": 100],
      on: ["max_connections": 200, "peak_backends": 95, "reserved_connections": 5, "postgres": .number(major)])
    #expect(found.threshold == usable)
  }

  @Test("the last check's timeout delays the discovery of a backend that hangs")
  func detection() throws {
    let found = try evidence(
      "DETECTION_DELAY", "health_checks", .loadBalancing, ["interval_s": 60, "threshold": 5, "check_timeout_s": 10],
      on: ["before_interval_s": 10, "before_threshold": 2, "backends": 4, "backend_mtbf_h": 100], target: "lb-main")
    // 4 intervals, the timeout, and up to one interval before the first check.
    #expect(isNear(found.value, 310))
    let mean = found.inputs.first { $0.name == "mean_detection_s" }?.value
    #expect(mean == .number(280))
  }

  @Test("an autoscaler's loop is late by its tolerance and the pods that start")
  func scaling() throws {
    let found = try evidence(
      "SATURATION", "autoscaling", .scaling, ["hpa_target_cpu": "80%"],
      on: [
        "hpa_target_cpu_before": 0.6, "ramp_x": 2, "ramp_seconds": 300, "current_instances": 10,
        "pod_start_seconds": 30,
      ], target: "feed-api")
    // 0.8 of 10 pods grow by a thirtieth of themselves each 10 s. Of the syncs the one at 45 s is the first to see more
    // than 10 % over the target; its pods are ready at 75 s, when the load is 1.25 x 0.8.
    #expect(found.value > 0.99 && found.value < 1.01)
  }

  @Test("a rewrite blocks for its time behind the longest transaction")
  func schema() throws {
    let found = try evidence(
      "LOCK", "schema_change", .migration, ["sql": "ALTER TABLE orders ALTER COLUMN id TYPE bigint"],
      on: ["table_gb": 10, "longest_transaction_s": 3, "postgres": 16])
    // 10 GiB at 50 MiB/s, a tenth of a second for the catalogue.
    #expect(isNear(found.value, 207.9))
  }

  @Test("writes stop where the version stops them", arguments: [(13.0, 2_146_483_647.0), (15, 2_144_483_647)])
  func wraparound(major: Double, stop: Double) throws {
    let found = try evidence(
      "DOWNTIME", "data_movement", .migration, ["import_rows": 2e9],
      on: ["xid_age": 5e8, "postgres": .number(major)])
    #expect(found.threshold == stop)
  }
}
