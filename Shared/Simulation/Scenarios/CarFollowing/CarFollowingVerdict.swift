import SimulationBehaviour
import SimulationKernel
import SimulationRisk

extension CarFollowingPlan: PreparedScenario {
  func run(_ request: RunRequest) -> ScenarioOutcome {
    let record = CarFollowingRun(self, request: request).run()
    request.onProgress?(1, 1)
    var outcome = ScenarioOutcome(
      verdict: .error, risk: risk(of: record), regime: regime(of: record), parameters: parameters, seed: request.seed,
      repetitions: 1, stateHash: record.hash, steps: record.steps, simulatedSeconds: record.endTime,
      failure: record.failure, trace: record.trace)
    outcome.modelVersions = [
      ModelVersion("car_follower", "1.0"), ModelVersion("frontal_injury_risk", "DOT HS 813 219"),
    ]
    outcome.behaviour.decisions = record.decisions
    if record.failure == nil {
      outcome.criteria = criteria(of: record)
      outcome.metrics = metrics(of: record)
      outcome.verdict = outcome.criteria.allSatisfy(\.passed) ? .pass : .fail
    }
    return outcome
  }

  private func criteria(of record: CarFollowingRecord) -> [Criterion] {
    var criteria = [
      Criterion(
        "collision_avoided", metric: "collisions", value: record.impactTime == nil ? 0 : 1, .atMost, limit: 0,
        unit: "1", meaning: "No collision happens"),
      Criterion(
        "minimum_gap", metric: "min_gap_m", value: record.gaps.smallest, .atLeast, limit: minimumGap, unit: "m",
        meaning: "The gap stays large enough"),
    ]
    if let limit = minimumTimeToCollision {
      // Never closing in is as good as it gets, and has no time to collision.
      criteria.append(
        Criterion(
          "minimum_ttc", metric: "min_ttc_s", value: record.minimumTimeToCollision, .atLeast, limit: limit, unit: "s",
          meaning: "The time to collision stays long enough"))
    }
    return criteria
  }

  private func metrics(of record: CarFollowingRecord) -> [Metric] {
    var metrics = [
      Metric("collisions", record.impactTime == nil ? 0 : 1, unit: "1"),
      Metric("min_gap_m", record.gaps.smallest, unit: "m"), Metric("mean_gap_m", record.gaps.mean, unit: "m"),
      Metric("max_gap_m", record.gaps.largest, unit: "m"), Metric("gap_std_m", record.gaps.deviation, unit: "m"),
      Metric("final_gap_m", max(0, record.finalGap), unit: "m"),
      Metric("max_acceleration_mps2", max(0, record.accelerations.largest), unit: "m/s²"),
      Metric("max_deceleration_mps2", max(0, -record.accelerations.smallest), unit: "m/s²"),
      Metric("mean_speed_mps", record.speeds.mean, unit: "m/s"),
      Metric("max_speed_mps", record.speeds.largest, unit: "m/s"), Metric("distance_m", record.distance, unit: "m"),
      Metric("leader_distance_m", record.leaderDistance, unit: "m"),
      Metric("run_duration_s", record.endTime, unit: "s"),
    ]
    func add(_ name: String, _ value: Double?, unit: String) {
      if let value, value.isFinite { metrics.append(Metric(name, value, unit: unit)) }
    }
    add("min_ttc_s", record.minimumTimeToCollision, unit: "s")
    if record.headways.count > 0 {
      add("min_time_headway_s", record.headways.smallest, unit: "s")
      add("mean_time_headway_s", record.headways.mean, unit: "s")
    }
    add("impact_time_s", record.impactTime.map { $0 + leader.start }, unit: "s")
    add("impact_speed_mps", record.impactSpeed, unit: "m/s")
    return metrics
  }

  private func risk(of record: CarFollowingRecord) -> RiskReport {
    var risk = RiskReport(trials: 1, curve: "MAIS 3+, \(FrontalInjuryRisk.source)")
    risk.impactSpeed = record.impactSpeed
    risk.severity = record.impactSpeed.map {
      FrontalInjuryRisk.mais3Plus.probability(
        atDeltaV: CollisionDeltaV.intoVehicle(closingSpeed: $0, ownMass: mass, otherMass: leaderMass))
    }
    risk.notes.append("one run without chance says nothing about a probability")
    return risk
  }

  private func regime(of record: CarFollowingRecord) -> Regime {
    var regime = Regime(
      statement: """
        One lane, one leader that is always seen, no noise of the sensor, no grade; driver parameters that don't change. \
        Errors against recordings are in the accuracy page.
        """)
    if record.accelerations.smallest <= -9 {
      regime.excursions.append("the follower braked as hard as the model allows, 9 m/s²")
    }
    if -record.accelerations.smallest > 5, -record.accelerations.smallest < 9 {
      regime.excursions.append("the follower braked harder than the logs that following models are fitted to")
    }
    return regime
  }
}
