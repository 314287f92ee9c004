import SimulationInfrastructure
import SimulationInput
import SimulationQueueing
import Testing

/// Models of what incidents are made of: values by hand, and the neighbour that nothing happens to.
struct IncidentTests {
  private func findings(
    _ kind: ChangeKind, _ change: InputValue, on state: InputValue, target: String, hours: Double = 24
  ) throws -> ChangeFindings {
    let proposal = ProposedChange(kind, target: target, tier: .production, change: change, durationHours: hours)
    return try ChangeSimulation(proposal, on: TargetTwinState(state: state), simulatesHours: false).run()
  }

  private func value(_ code: String, _ model: String, _ findings: ChangeFindings) throws -> Double {
    let found = findings.findings.first { $0.code == code && $0.evidence.model == model }
    return try #require(found, "\(findings.findings.map { "\($0.code) by \($0.evidence.model)" })").evidence.value
  }

  private func isLet(_ findings: ChangeFindings) -> Bool {
    RiskAssessment(judging: findings).score < RiskAssessment.stopScore
  }

  private func isNear(_ value: Double, _ expected: Double) -> Bool { abs(value / expected - 1) < 1e-6 }

  @Test("an old value stands in a text beside its name", arguments: [("1", true), ("3", false)])
  func named(before: String, isRaised: Bool) throws {
    let found = try findings(
      .configuration, ["min_insync_replicas": 3],
      on: [
        "before": .string("min.insync.replicas \(before), replication factor 3"), "node_availability": 0.995,
        "slo_availability": 0.999,
      ], target: "kafka-orders")
    #expect(isLet(found) != isRaised)
    // 0.995³
    if isRaised { #expect(isNear(try value("NO_REDUNDANCY", "quorum_availability", found), 0.985074875)) }
  }

  @Test("what a full mesh needs grows with the instances", arguments: [(1_024.0, false), (4_096, true)])
  func mesh(limit: Double, isSafe: Bool) throws {
    let found = try findings(
      .scaling, ["add_instances": 200],
      on: [
        "current_instances": 700, "rho": 0.5, "connections_per_peer": 2, "client_connections_per_instance": 250,
        "ulimit_nofile": .number(limit),
      ], target: "frontend")
    #expect(isLet(found) == isSafe)
    // 2 x 899 + 250
    if !isSafe { #expect(try value("FD_EXHAUSTION", "full_mesh", found) == 2_048) }
  }

  @Test("cold nodes let their share of the hits through", arguments: [(30.0, 1.725), (10, 4.575)])
  func cold(pause: Double, load: Double) throws {
    let found = try findings(
      .deployment, ["strategy": "rolling", "max_unavailable": 0.25, "pause_minutes": .number(pause)],
      on: ["instances": 20, "cache_hit_share": 0.95, "db_cpu": 0.3, "cache_refill_s": 1_800], target: "memcached-tier")
    // 0.3 (0.05 + c 0.95) / 0.05 with c = 1/4; three batches are cold when a third as long is waited.
    #expect(isNear(try value("SATURATION", "cold_cache", found), load))
  }

  @Test("clients come back within the drain", arguments: [(10.0, false), (600, true)])
  func reconnects(drain: Double, isSafe: Bool) throws {
    let found = try findings(
      .deployment, ["strategy": "rolling", "batch_percent": 25, "drain_seconds": .number(drain)],
      on: [
        "instances": 40, "rho": 0.3, "peak_connections": 2e6, "login_capacity_rps": 6_000, "readiness_probe": true,
      ], target: "websocket-gateway")
    #expect(isLet(found) == isSafe)
    if !isSafe { #expect(isNear(try value("RETRY_STORM", "reconnect_storm", found), 50_000)) }
  }

  @Test("room that nobody knows decides where more is kept")
  func retention() throws {
    let unknown = try findings(
      .storage, ["retention_hours": 96], on: ["before": "retention 48 h", "used_gb": 500], target: "kafka-logs")
    #expect(!isLet(unknown) && unknown.unknowns.contains("disk_free_gb"))
    let known = try findings(
      .storage, ["retention_hours": 96], on: ["before": "retention 48 h", "used_gb": 500, "disk_free_gb": 450],
      target: "kafka-logs")
    #expect(try value("DISK_FULL", "durability", known) == 1_000)
  }

  @Test("commits between two flushes are lost", arguments: [(2.0, 1.0, 3_000.0), (0.0, 2.0, 6_000.0)])
  func flushing(mode: Double, interval: Double, lost: Double) throws {
    let found = try findings(
      .configuration, ["innodb_flush_log_at_trx_commit": .number(mode)],
      on: [
        "innodb_flush_log_at_trx_commit": 1, "innodb_flush_log_at_timeout": .number(interval), "write_tps": 3_000,
        "data": "orders",
      ], target: "mysql-main")
    #expect(!isLet(found))
    #expect(try value("DATA_LOSS", "mysql_durability", found) == lost)
    let back = try findings(
      .configuration, ["innodb_flush_log_at_trx_commit": 1],
      on: ["innodb_flush_log_at_trx_commit": .number(mode), "write_tps": 3_000, "data": "orders"], target: "mysql-main")
    #expect(isLet(back) && back.findings.isEmpty)
    // MariaDB knows 3, MySQL doesn't.
    for (target, isKnown) in [("mariadb-main", true), ("mysql-main", false)] {
      let three = try findings(
        .configuration, ["innodb_flush_log_at_trx_commit": 3],
        on: ["innodb_flush_log_at_trx_commit": .number(mode), "write_tps": 3_000, "data": "orders"], target: target)
      #expect(isLet(three) == isKnown)
    }
  }

  @Test(
    "Erlang's loss formula",
    arguments: [(1.0, 1, 0.5), (2.0, 2, 0.4), (2.0, 4, 2.0 / 21), (0.0, 3, 0.0), (3.0, 0, 1.0)])
  func loss(offered: Double, servers: Int, share: Double) {
    // B = (a^c / c!) / sum of a^k / k!
    #expect(abs(ErlangLoss.blocking(offeredLoad: offered, servers: servers) - share) < 1e-12)
  }

  @Test("a function that runs 2 at once refuses two fifths of 2 Erlang")
  func concurrency() throws {
    let found = try findings(
      .scaling, ["reserved_concurrency": 2], on: ["before": 100, "peak_rps": 20, "duration_ms": 100],
      target: "thumbnail-function")
    #expect(isNear(try value("ERROR_RATE", "function_concurrency", found), 0.4))
  }

  @Test("more calls at once reach what stands behind", arguments: [(80.0, true), (400, false)])
  func moreConcurrency(limit: Double, isSafe: Bool) throws {
    let found = try findings(
      .scaling, ["reserved_concurrency": .number(limit)],
      on: ["before": 40.0, "peak_rps": 3_000, "duration_ms": 100, "db_max_connections": 203, "db_cpu": 0.2],
      target: "thumbnail-function")
    #expect(isLet(found) == isSafe)
    // 300 Erlang are offered; of 203 connections 3 are reserved.
    if !isSafe { #expect(try value("CONNECTION_EXHAUSTION", "function_concurrency", found) == 300) }
    let blind = try findings(
      .scaling, ["reserved_concurrency": .number(limit)], on: ["before": 40], target: "thumbnail-function")
    #expect(!isLet(blind))
  }

  @Test("a name of fewer dots than ndots meets the search list first", arguments: [(2.0, true), (5, false)])
  func searchList(dots: Double, isTried: Bool) throws {
    let found = try findings(
      .network, ["ndots": 5, "search_domains": 3],
      on: [
        "before": "ndots 1, the same 3 search domains", "resolver_qps": 400, "resolver_limit_qps": 1_000,
        "name_dots": .number(dots),
      ], target: "cluster-dns")
    #expect(isLet(found) != isTried)
    if isTried { #expect(try value("SATURATION", "dns_ttl", found) == 1_600) }
  }

  @Test("an old answer lives until its TTL", arguments: [(15.0, 0.75), (120, 0)])
  func records(minutes: Double, stale: Double) throws {
    let found = try findings(
      .migration, ["record": "www A 192.0.2.1 to 192.0.2.2", "old_servers_stopped_after_min": .number(minutes)],
      on: ["before": "192.0.2.1, TTL 3600 s", "peak_rps": 100], target: "www-dns")
    #expect(isLet(found) == (stale == 0))
    if stale > 0 { #expect(isNear(try value("REACHABILITY_LOSS", "dns_ttl", found), stale)) }
  }

  @Test("the link that is left carries both by their capacities")
  func links() throws {
    let found = try findings(
      .network, ["drain": "a", "shift_to": "b"],
      on: ["utilization": ["a": 0.5, "b": 0.3], "capacity_gbps": ["a": 100, "b": 40]], target: "core-links")
    // 0.3 + 50 / 40
    #expect(isNear(try value("SATURATION", "drained_links", found), 1.55))
    let both = try findings(
      .network, ["drain": ["a", "b"]], on: ["utilization": ["a": 0.5, "b": 0.3, "c": 0.4], "homogeneous": true],
      target: "core-links")
    #expect(isNear(try value("SATURATION", "drained_links", both), 1.2))
    let unknown = try findings(
      .network, ["drain": "a"], on: ["utilization": ["a": 0.1, "b": 0.1]], target: "core-links")
    #expect(!isLet(unknown))
  }

  @Test("nodes without their data answer reads with nothing", arguments: [("QUORUM", 0.0625), ("ONE", 0.25)])
  func bootstrap(level: String, share: Double) throws {
    let found = try findings(
      .scaling, ["add_nodes": 3, "auto_bootstrap": false],
      on: ["current_instances": 9, "replication_factor": 3, "consistency": .string(level), "rho": 0.4],
      target: "cassandra-main")
    #expect(isNear(try value("ERROR_RATE", "ring_bootstrap", found), share))
  }

  @Test("a promotion without waiting loses the lag, and one that stops writes first waits for it")
  func promotion() throws {
    let state: InputValue = ["replication_lag_s": 20, "write_tps": 50, "maintenance_window": true, "data": "accounts"]
    let lost = try findings(
      .migration, ["cutover": "promote replica", "stop_writes_first": false], on: state, target: "mysql-main")
    #expect(try value("DATA_LOSS", "failover", lost) == 1_000)
    let nearly = try findings(
      .migration, ["cutover": "promote replica", "wait_until_lag_s": 6], on: state, target: "mysql-main")
    #expect(try value("DATA_LOSS", "failover", nearly) == 300)
    let stopped: InputValue = ["cutover": "promote replica", "stop_writes_first": true, "wait_until_lag_s": 0]
    #expect(isLet(try findings(.migration, stopped, on: state, target: "mysql-main")))
    let half: InputValue = ["cutover": "promote replica", "stop_writes_first": true]
    #expect(!isLet(try findings(.migration, half, on: state, target: "mysql-main")))
  }

  @Test("MySQL's own rules judge its statements", arguments: [(1.0, true), (900, false)])
  func mysql(timeout: Double, isSafe: Bool) throws {
    let found = try findings(
      .migration, ["sql": "ALTER TABLE t ADD COLUMN d varchar(40), ALGORITHM=INSTANT"],
      on: ["longest_transaction_s": 1_200, "lock_wait_timeout": .number(timeout), "window": "peak"],
      target: "mysql-main")
    #expect(isLet(found) == isSafe)
  }

  @Test("pools of unlike size get work by their weights")
  func pools() throws {
    let found = try findings(
      .loadBalancing, ["weights": ["blue": 50, "green": 50]],
      on: ["backends": ["blue": 10, "green": 2], "utilization": ["blue": 0.6, "green": 0]], target: "lb-main")
    // 6 backends' worth of work, half of it on two.
    #expect(isNear(try value("SATURATION", "weighted_balancing", found), 1.5))
  }

  @Test("a rule that takes all processors, and one that only counts")
  func inspection() throws {
    let state: InputValue = [
      "cpu_peak": 0.5, "cpu_overhead": 1.4, "client_share": ["requests matched while counting": 0.00001],
    ]
    let found = try findings(.security, ["enable_rule": "body regex", "mode": "block"], on: state, target: "edge-waf")
    #expect(isNear(try value("SATURATION", "inspection_rule", found), 1.2))
    let counting = try findings(.security, ["enable_rule": "x", "mode": "count"], on: state, target: "edge-waf")
    #expect(!isLet(counting), "counting takes as much")
    let unmeasured = try findings(
      .security, ["enable_rule": "x", "mode": "block"], on: ["cpu_peak": 0.5, "cpu_overhead": 0.01], target: "edge-waf")
    #expect(!isLet(unmeasured) && unmeasured.unknowns == ["client_share"])
  }

  @Test("a chain that clients don't trust", arguments: [(0.05, false), (0.0001, true)])
  func trust(share: Double, isSafe: Bool) throws {
    let found = try findings(
      .security, ["certificate_issuer": "root X2", "remove_old_chain": true],
      on: [
        "client_share": ["without root X2": .number(share), "trusts root X2": .number(1 - share)],
        "slo_availability": 0.999,
      ], target: "edge-certificate")
    #expect(isLet(found) == isSafe)
    #expect(isNear(try value("ERROR_RATE", "trust_chain", found), share))
  }
}
