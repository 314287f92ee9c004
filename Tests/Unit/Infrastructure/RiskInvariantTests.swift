import SimulationInfrastructure
import SimulationInput
import Testing

/// What must hold of every score, whatever the numbers are.
struct RiskInvariantTests {
  private static let service: InputValue = [
    "current_instances": 8, "cpu": 2, "cpu_demand_ms": 10, "peak_rps": 1000, "zones": 3, "rss_p99_gb": 1.6,
    "memory_gb": 3, "slo_p99_ms": 200, "db_max_connections": 500, "db_pool_per_instance": 20,
  ]
  private static let database: InputValue = [
    "ram_gb": 32, "cores": 8, "shared_buffers": "8GB", "max_connections": 200, "work_mem": "16MB",
    "hash_mem_multiplier": 2, "peak_backends": 150, "peak_active": 80, "maintenance_window": true,
    "replica_failover": true, "postgres": 16,
  ]

  private func judge(
    _ kind: ChangeKind, _ change: InputValue, on state: InputValue, target: String = "web-app",
    tier: EnvironmentTier = .production, caller: RiskBand? = nil, context: InputValue = .null, isStale: Bool = false
  ) throws -> (findings: ChangeFindings, risk: RiskAssessment) {
    let proposal = ProposedChange(kind, target: target, tier: tier, change: change, callerContext: context)
    let findings = try ChangeSimulation(
      proposal, on: TargetTwinState(state: state, isStale: isStale), simulatesHours: false
    ).run()
    return (findings, RiskAssessment(judging: findings, callerBand: caller))
  }

  private func metric(_ name: String, _ members: [InputValue.Member]) -> Double? {
    guard case .number(let value)? = members.first(where: { $0.name == name })?.value else { return nil }
    return value
  }

  @Test("a change that changes nothing scores under 5")
  func noOperation() throws {
    #expect(try judge(.scaling, ["instances": 8], on: Self.service).risk.score < 5)
    #expect(try judge(.scaling, ["replicas": "8", "memory_gb": 3], on: Self.service).risk.score < 5)
    #expect(
      try judge(.configuration, ["shared_buffers": "8192MB"], on: Self.database, target: "postgresql").risk.score < 5)
    #expect(try judge(.configuration, ["fsync": true], on: Self.database, target: "postgresql").risk.score < 5)
    #expect(try judge(.configuration, [:], on: Self.database, target: "postgresql").risk.score < 5)
  }

  @Test("more instances never raise utilisation or the score")
  func moreInstances() throws {
    var last = (rho: Double.infinity, score: 100.0)
    // Up to where the pools would need more connections than the database has.
    for count in 1...22 {
      let (findings, risk) = try judge(.scaling, ["instances": .number(Double(count))], on: Self.service)
      if count != 8 {
        let rho = try #require(metric("utilization", findings.after))
        #expect(rho < last.rho)
        last.rho = rho
      }
      #expect(risk.score <= last.score + 1e-9, "\(count) instances")
      last.score = risk.score
    }
  }

  @Test("more memory never raises the risk of running out of it")
  func moreMemory() throws {
    var last = 1.0
    for gigabytes in stride(from: 0.5, through: 8, by: 0.25) where gigabytes != 3 {
      let (findings, _) = try judge(.scaling, ["memory_gb": .number(gigabytes)], on: Self.service)
      let risk = findings.findings.filter { $0.code == "OOM_RISK" }.map(\.factors.probability).max() ?? 0
      #expect(risk <= last)
      last = risk
    }
    #expect(last == 0)
  }

  @Test("more of what takes memory never lowers the risk of running out of it")
  func moreDemand() throws {
    var last = 0.0
    for megabytes in stride(from: 16.0, through: 512, by: 16) {
      let (findings, _) = try judge(
        .configuration, ["work_mem": .string("\(Int(megabytes))MB")], on: Self.database, target: "postgresql")
      let risk = findings.findings.filter { $0.code == "OOM_RISK" }.map(\.factors.probability).max() ?? 0
      #expect(risk >= last)
      last = risk
    }
    #expect(last > 0.9)
  }

  @Test(
    "a change and its inverse return to the baseline",
    arguments: [
      (ChangeKind.scaling, ["instances": 12], ["instances": 8], service),
      (.scaling, ["memory_gb": 6], ["memory_gb": 3], service),
      (
        .configuration, ["max_connections": 400, "work_mem": "32MB"], ["max_connections": 200, "work_mem": "16MB"],
        database
      ),
      (.configuration, ["shared_buffers": "6GB"], ["shared_buffers": "8GB"], database),
    ] as [(ChangeKind, InputValue, InputValue, InputValue)])
  func inverse(kind: ChangeKind, change: InputValue, back: InputValue, state: InputValue) throws {
    let target = kind == .configuration ? "postgresql-primary" : "web-app"
    let forward = ProposedChange(kind, target: target, change: change)
    let backward = ProposedChange(kind, target: target, change: back)
    let changed = forward.applied(to: state)
    #expect(changed != state)
    #expect(backward.applied(to: changed) == state)
    let out = try ChangeSimulation(forward, on: TargetTwinState(state: state), simulatesHours: false).run()
    let home = try ChangeSimulation(backward, on: TargetTwinState(state: changed), simulatesHours: false).run()
    #expect(!out.before.isEmpty)
    #expect(out.before == home.after)
    #expect(out.after == home.before)
  }

  @Test("a rule that lets less in never raises exposure")
  func hardening() throws {
    let rules: InputValue = [
      "chain": "INPUT", "rules": ["ACCEPT tcp 22 any", "ACCEPT tcp 443 any", "DROP all any"],
      "consumers": [], "flows_per_min": 0,
    ]
    for change: InputValue in [
      ["remove_rule": ["port": 22, "source": "any", "protocol": "tcp"]],
      ["insert_rule": ["position": 1, "action": "DROP", "source": "0.0.0.0/0", "protocol": "tcp", "port": 22]],
      ["insert_rule": ["position": 1, "action": "DROP", "source": "203.0.113.0/24", "protocol": "all"]],
    ] {
      let findings = try judge(.security, change, on: rules, target: "firewall").findings
      #expect(!findings.findings.contains { $0.code == "EXPOSURE" }, "\(change.summary)")
    }
    var last = 100.0
    for source in ["0.0.0.0/0", "8.0.0.0/7", "8.8.0.0/16", "8.8.8.0/24", "8.8.8.8/32", "10.0.0.7/32"] {
      let (_, risk) = try judge(
        .security, ["add_rule": ["port": 22, "source": .string(source), "protocol": "tcp"]], on: [:], target: "firewall"
      )
      #expect(risk.score <= last, "\(source)")
      last = risk.score
    }
  }

  @Test("what is unknown, stale or missing never scores under 50")
  func unknowns() throws {
    let proposal = ProposedChange(.scaling, target: "nobody-knows", change: ["instances": 8])
    let unknown = RiskAssessment(judging: try ChangeSimulation(proposal, on: nil).run())
    #expect(unknown.score >= 50 && unknown.raisedBy == ["UNKNOWN_TARGET", "STALE_SYNC"].prefix(1).map(\.self))
    let stale = try judge(.scaling, ["instances": 9], on: Self.service, isStale: true).risk
    #expect(stale.score >= 50 && stale.raisedBy == ["STALE_SYNC"])
    let missing = try judge(.scaling, ["instances": 2], on: ["current_instances": 4]).risk
    #expect(missing.score >= 50 && missing.unknowns == ["cpu_demand_ms", "peak_rps"])
    let unmodelled = try judge(.configuration, ["frobnicate": 3], on: Self.service).risk
    #expect(unmodelled.score >= 50 && unmodelled.unknowns == ["frobnicate"])
  }

  @Test("a label beside a riddle doesn't solve it")
  func riddles() throws {
    let risk = try judge(.scaling, ["annotations": "x", "frobnicate": 3], on: Self.service).risk
    #expect(risk.score >= 50 && risk.unknowns == ["frobnicate"])
  }

  @Test("a slot's limit that leaves more room never scores higher")
  func slotRoom() throws {
    let state: InputValue = ["wal_mb_per_s": 8, "disk_free_gb": 300, "replication_lag_s": 1000, "postgres": 16]
    var last = 100.0
    for tenths in stride(from: 40, through: 200, by: 2) {
      let limit = InputValue.string("\(Double(tenths) / 10)GB")
      let score = try judge(.configuration, ["max_slot_wal_keep_size": limit], on: state, target: "postgresql").risk
        .score
      #expect(score <= last, "\(tenths)")
      last = score
    }
    #expect(last < 20)
  }

  @Test("what the caller says raises a score and never lowers it")
  func caller() throws {
    let risky = try judge(.scaling, ["instances": 2], on: Self.service).risk
    let soothed = try judge(
      .scaling, ["instances": 2], on: Self.service, caller: .low, context: ["peak_rps": 1, "cpu_demand_ms": 0.1]
    ).risk
    #expect(soothed.score >= risky.score)
    let safe = try judge(.scaling, ["instances": 9], on: Self.service).risk
    #expect(safe.score < 20)
    var last = safe.score
    for band in RiskBand.allCases {
      let told = try judge(.scaling, ["instances": 9], on: Self.service, caller: band).risk.score
      #expect(told >= last && told < 20)
      last = told
    }
    #expect(last > safe.score)
    let warned = try judge(.scaling, ["instances": 9], on: Self.service, context: ["peak_rps": 9000]).risk
    #expect(warned.score >= safe.score)
  }

  @Test("the same request and seed give the same findings bit for bit, and the hours show when it breaks")
  func deterministic() throws {
    let proposal = ProposedChange(.scaling, target: "web-app", change: ["instances": 4], durationHours: 24)
    let simulation = ChangeSimulation(proposal, on: TargetTwinState(state: Self.service), seed: 7)
    var shares: [Double] = []
    let first = try simulation.run(progress: { shares.append($0.share) })
    #expect(try simulation.run() == first)
    #expect(shares == shares.sorted() && shares.last == 1)
    #expect(first.series.count == 288 && first.stateHash != 0)
    // The crest of the day comes at its twelfth hour; four of eight instances are too few some time before.
    let hour = try #require(first.findings.first { $0.code == "SATURATION" }?.firstHour)
    #expect(hour > 6 && hour < 12)
  }

  @Test("what the simulated hours show is told while they go on")
  func moments() throws {
    // Short enough that every step is kept.
    let proposal = ProposedChange(.scaling, target: "web-app", change: ["instances": 4], durationHours: 2)
    let simulation = ChangeSimulation(proposal, on: TargetTwinState(state: Self.service), seed: 7)
    var told: [ChangeProgress] = []
    let findings = try simulation.run(progress: { told.append($0) })
    let moments = told.compactMap(\.moment)
    #expect(moments.count > 50)
    #expect(moments.map(\.time) == moments.map(\.time).sorted())
    #expect(Set(moments[0].metrics.map(\.name)).isSuperset(of: ["p99_ms", "utilization", "instances"]))
    // The very values of the series that is kept, where both hold the same moment.
    let kept = Dictionary(uniqueKeysWithValues: findings.series.map { ($0.time, $0) })
    let both = moments.filter { kept[$0.time] != nil }
    #expect(!both.isEmpty && both.allSatisfy { kept[$0.time] == $0 })
  }

  @Test("simulated hours that would take too much memory fail the simulation by the bound's name")
  func memory() throws {
    let proposal = ProposedChange(.scaling, target: "web-app", change: ["instances": 4], durationHours: 24)
    let simulation = ChangeSimulation(
      proposal, on: TargetTwinState(state: Self.service), seed: 7, memoryBytes: 768 << 10)
    #expect(throws: ChangeOutOfMemory(limit: 768 << 10)) { try simulation.run() }
  }

  @Test("a simulation that is cancelled stops")
  func cancelled() {
    let proposal = ProposedChange(.scaling, target: "web-app", change: ["instances": 4])
    #expect(throws: CancellationError.self) {
      try ChangeSimulation(proposal, on: TargetTwinState(state: Self.service)).run(isCancelled: { true })
    }
  }
}
