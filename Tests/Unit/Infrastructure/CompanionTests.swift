import SimulationInfrastructure
import SimulationInput
import Testing

/// What stands beside a setting that a model knows.
@Suite struct CompanionTests {
  private static let service: InputValue = [
    "instances": 8, "current_instances": 8, "rho": 0.4, "readiness_probe": true, "schema_change": false,
    "error_budget_left": 0.8, "zones": 3, "slo_availability": 0.99, "peak_rps": 500, "cores": 4, "cpu_demand_ms": 5,
    "quota_free_instances": 5, "rss_p99_gb": 0.5, "container_memory_limit_gb": 1,
  ]

  private func score(_ companion: InputValue) throws -> Double {
    guard case .object(let members) = companion else { return .nan }
    let rollout: [InputValue.Member] = [
      .init("version", "2.1"), .init("strategy", "rolling"), .init("max_unavailable", 0), .init("max_surge", 1),
    ]
    let proposal = ProposedChange(.deployment, target: "orders-api", change: .object(rollout + members))
    let findings = try ChangeSimulation(
      proposal, on: TargetTwinState(state: Self.service), simulatesHours: false
    ).run()
    return RiskAssessment(judging: findings).score
  }

  @Test(
    "how it is rolled out, and what only labels it, stops no deployment",
    arguments: [
      ["imagePullPolicy": "IfNotPresent", "minReadySeconds": 10, "progressDeadlineSeconds": 600],
      ["helm": ["atomic": true, "wait": true, "timeout": "5m"], "notify": "#deploys"], ["env": ["LOG_LEVEL": "info"]],
      ["labels": ["team": "orders"], "tags": ["cost-center": "4711"]], ["smoke_test": true, "bake_time": "10m"],
      ["resources": ["requests": ["cpu": "500m"], "limits": ["cpu": "4"]]],
      ["privileged": false, "keep_volumes": true],
    ] as [InputValue])
  func manners(companion: InputValue) throws {
    #expect(try score(companion) < 50)
  }

  @Test(
    "what does something of its own isn't known, whatever stands beside it",
    arguments: [
      ["env": ["DATABASE_URL": "postgres://staging-db/orders"]], ["post_deploy_hook": "psql -c 'DROP TABLE orders'"],
      ["smoke_test": "psql -c 'TRUNCATE orders'"], ["role_name": "admin"], ["pause_replication": true],
      ["host_network": true],
      ["service_account": "cluster-admin"], ["tls_verify": false], ["keep_volumes": false],
      ["imagePullPolicy": "Never"],
      ["helm": ["force": true]], ["labels": ["app": "other"]], ["revisionHistoryLimit": 0],
      ["method": "rolling, then rm -rf /data"],
    ] as [InputValue])
  func riddles(companion: InputValue) throws {
    #expect(try score(companion) >= 50)
  }
}
