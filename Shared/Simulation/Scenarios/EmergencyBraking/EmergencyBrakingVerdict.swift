import SimulationInput
import SimulationKernel
import SimulationRisk
import SimulationSensors
import SimulationVehicles

extension EmergencyBrakingPlan: PreparedScenario {
  func run(_ request: RunRequest) -> ScenarioOutcome {
    let seed = RunSeed(request.seed)
    var records: [EmergencyBrakingRecord] = []
    records.reserveCapacity(repetitions)
    var hash = StateHash()
    for index in 0..<repetitions {
      let run = EmergencyBrakingRun(
        self, seed: seed.repetition(index), request: request, recordsTrace: request.recordsTrace && index == 0)
      let record = run.run()
      records.append(record)
      hash.combine(record.hash.value)
      request.onProgress?(index + 1, repetitions)
      if record.failure?.cause == .cancelled { break }
    }
    return outcome(of: records, hash: hash, request: request)
  }

  private func outcome(
    of records: [EmergencyBrakingRecord], hash: StateHash, request: RunRequest
  ) -> ScenarioOutcome {
    let first = records[0]
    let failure = records.lazy.compactMap(\.failure).first
    let judged = records.filter { $0.failure == nil }
    var outcome = ScenarioOutcome(
      verdict: .error, risk: risk(of: judged), regime: regime(of: judged), parameters: parameters, seed: request.seed,
      repetitions: records.count, stateHash: records.count == 1 ? first.hash : hash,
      steps: records.reduce(0) { $0 + $1.steps }, simulatedSeconds: records.reduce(0) { $0 + $1.endTime },
      failure: failure, trace: first.trace)
    outcome.modelVersions = Self.modelVersions
    outcome.behaviour = behaviour(of: first)
    if !judged.isEmpty {
      outcome.criteria = worst(of: judged.map(criteria))
      outcome.metrics = metrics(of: judged[0]) + (repetitions > 1 ? metrics(over: judged) : [])
    }
    if failure == nil {
      outcome.verdict = outcome.criteria.allSatisfy(\.passed) ? .pass : .fail
      if request.includesOptimisation { outcome.optimisation = optimisation(seed: request.seed) }
    }
    return outcome
  }

  static let modelVersions = [
    ModelVersion("longitudinal_braking", "1.0"), ModelVersion("range_sensor", "1.0"),
    ModelVersion("range_tracker", "1.0"), ModelVersion("emergency_brake_assist", "1.0"),
    ModelVersion("frontal_injury_risk", "DOT HS 813 219"),
  ]

  // MARK: Criteria

  func criteria(of record: EmergencyBrakingRecord) -> [Criterion] {
    var criteria: [Criterion] = []
    if obstacle != .none { criteria += impactCriteria(of: record) }
    if manoeuvre == .aeb {
      criteria.append(
        Criterion(
          "warning_before_braking", metric: "warning_before_braking_s", value: warningTime(of: record), .atLeast,
          limit: minimumWarning, unit: "s", meaning: "The warning comes long enough before the brake demand",
          source: "UN R152, 5.2.1.1"))
      criteria.append(
        Criterion(
          "brake_demand", metric: "brake_demand_mps2", value: record.demandTime.map { _ in demand }, .atLeast,
          limit: minimumDemand, unit: "m/s²", meaning: "The system demands enough of the brakes",
          source: "UN R152, 5.2.1.2"))
    }
    criteria.append(
      Criterion(
        "stopping_distance", metric: "stopping_distance_m", value: record.stoppingDistance, .atMost,
        limit: stoppingDistanceLimit, unit: "m", meaning: "The way from the brake demand to standstill is short enough",
        source: category.isLight ? "UN R13-H, annexes 3 and 6" : "UN R13, annexes 4 and 13"))
    return criteria
  }

  private func impactCriteria(of record: EmergencyBrakingRecord) -> [Criterion] {
    switch passRule {
    case .avoid:
      [
        Criterion(
          "collision_avoided", metric: "collisions", value: record.impactTime == nil ? 0 : 1, .atMost, limit: 0,
          unit: "1", meaning: "No collision happens"),
        Criterion(
          "minimum_gap", metric: "min_gap_m", value: record.minimumGap, .atLeast, limit: minimumGap, unit: "m",
          meaning: "The gap to the obstacle stays large enough"),
      ]
    case .unR152:
      [
        Criterion(
          "impact_speed", metric: "impact_speed_kmh", value: (record.impactSpeed ?? 0) * 3.6, .atMost,
          limit: UNR152.maximumImpactSpeed(at: relativeSpeedKmh, isAtMaximumMass: mass > runningOrderMass) ?? 0,
          unit: "km/h", meaning: "An impact from \(rounded(relativeSpeedKmh)) km/h is slow enough",
          source: "UN R152, 5.2.1.4")
      ]
    }
  }

  private func warningTime(of record: EmergencyBrakingRecord) -> Double? {
    guard let warning = record.warningTime, let demand = record.demandTime else { return nil }
    return demand - warning
  }

  /// Of each criterion, the one with the smallest margin over the repetitions.
  private func worst(of repetitions: [[Criterion]]) -> [Criterion] {
    repetitions[0].indices.map { index in
      var worst = repetitions[0][index]
      for criteria in repetitions.dropFirst() where criteria[index].margin < worst.margin { worst = criteria[index] }
      return worst
    }
  }

  // MARK: Metrics and behaviour

  private func metrics(of record: EmergencyBrakingRecord) -> [Metric] {
    var metrics = [
      Metric("initial_speed_mps", initialSpeed, unit: "m/s"), Metric("friction", friction, unit: "1"),
      Metric("full_deceleration_mps2", fullDeceleration, unit: "m/s²"),
      Metric("max_deceleration_mps2", record.maximumDeceleration, unit: "m/s²"),
      Metric("collisions", record.impactTime == nil ? 0 : 1, unit: "1"),
      Metric("impact_speed_mps", record.impactSpeed ?? 0, unit: "m/s"),
      Metric("impact_speed_kmh", (record.impactSpeed ?? 0) * 3.6, unit: "km/h"),
      Metric("run_duration_s", record.endTime, unit: "s"),
    ]
    func add(_ name: String, _ value: Double?, unit: String) {
      if let value, value.isFinite { metrics.append(Metric(name, value, unit: unit)) }
    }
    add("brake_demand_mps2", record.demandTime.map { _ in demand }, unit: "m/s²")
    add("stopping_distance_m", record.stoppingDistance, unit: "m")
    add("stopping_time_s", record.stoppingTime, unit: "s")
    if let distance = record.stoppingDistance, let time = record.demandTime, let detection = record.detectionTime {
      add("stopping_distance_from_detection_m", distance + initialSpeed * (time - detection), unit: "m")
    }
    if let speed = record.demandSpeed {
      let lagged = StoppingDistance.withLag(from: speed, deceleration: fullDeceleration, actuator: actuator)
      add("closed_form_stopping_distance_m", lagged, unit: "m")
      let ideal = StoppingDistance.ideal(from: speed, deceleration: friction * gravity)
      add("ideal_stopping_distance_m", ideal, unit: "m")
    }
    if obstacle != .none {
      add("min_gap_m", record.minimumGap, unit: "m")
      add("min_ttc_s", record.minimumTimeToCollision, unit: "s")
    }
    add("detection_time_s", record.detectionTime, unit: "s")
    add("warning_time_s", record.warningTime, unit: "s")
    add("brake_demand_time_s", record.demandTime, unit: "s")
    add("warning_before_braking_s", warningTime(of: record), unit: "s")
    add("impact_time_s", record.impactTime, unit: "s")
    return metrics
  }

  private func metrics(over records: [EmergencyBrakingRecord]) -> [Metric] {
    let count = Double(records.count)
    let collisions = records.count { $0.impactTime != nil }
    var metrics = [
      Metric("repetitions", count, unit: "1"), Metric("repetitions_with_collision", Double(collisions), unit: "1"),
      Metric("worst_impact_speed_mps", records.map { $0.impactSpeed ?? 0 }.max() ?? 0, unit: "m/s"),
    ]
    if obstacle != .none {
      metrics.append(Metric("worst_min_gap_m", records.map(\.minimumGap).min() ?? 0, unit: "m"))
    }
    let stops = records.compactMap(\.stoppingDistance)
    if let longest = stops.max() {
      metrics.append(Metric("mean_stopping_distance_m", stops.reduce(0, +) / Double(stops.count), unit: "m"))
      metrics.append(Metric("longest_stopping_distance_m", longest, unit: "m"))
    }
    return metrics
  }

  private func behaviour(of record: EmergencyBrakingRecord) -> BehaviourReport {
    var times: [Metric] = []
    func add(_ name: String, from start: Double?, to end: Double?) {
      if let start, let end { times.append(Metric(name, end - start, unit: "s")) }
    }
    add("detection_to_warning_s", from: record.detectionTime, to: record.warningTime)
    add("warning_to_brake_demand_s", from: record.warningTime, to: record.demandTime)
    add("brake_demand_to_deceleration_s", from: record.demandTime, to: record.decelerationTime)
    return BehaviourReport(decisions: record.decisions, reactionTimes: times)
  }

  // MARK: Regime

  private func regime(of records: [EmergencyBrakingRecord]) -> Regime {
    var regime = Regime(
      statement: """
        Point mass on a straight road of constant grade and friction, ideal anti-lock control, no load transfer, no brake \
        fade, no steering, an inattentive driver. Step error of the stopping distance: under 0.1 µm without road load, \
        under 1 mm with it.
        """)
    if let roadReport { regime.statement += " " + roadReport }
    if friction > 1.1 { regime.excursions.append("friction above 1.1 isn't reached by road tyres") }
    if initialSpeed * 3.6 > 200 {
      regime.excursions.append("above 200 km/h brake fade matters, which isn't modelled")
    }
    if passRule == .unR152, !isDry { regime.excursions.append("UN R152 holds on a dry road") }
    if passRule == .unR152, !category.isLight { regime.excursions.append("UN R152 applies to M1 and N1 vehicles") }
    if records.contains(where: { deltaV(of: $0) > FrontalInjuryRisk.fittedUpTo }) {
      regime.excursions.append("the injury curve is extrapolated beyond 60 mph change of speed")
    }
    return regime
  }
}
