import SimulationInput
import SimulationKernel
import SimulationRisk
import SimulationSensors
import SimulationVehicles

extension EmergencyBrakingPlan {
  // MARK: Risk

  /// The change of speed that the vehicle under test suffers, m/s; 0 without an impact.
  func deltaV(of record: EmergencyBrakingRecord) -> Double {
    guard let speed = record.impactSpeed else { return 0 }
    return obstacle == .barrier
      ? CollisionDeltaV.intoBarrier(closingSpeed: speed)
      : CollisionDeltaV.intoVehicle(closingSpeed: speed, ownMass: mass, otherMass: obstacleMass)
  }

  func risk(of records: [EmergencyBrakingRecord]) -> RiskReport {
    var risk = RiskReport(trials: records.count, curve: "MAIS 3+, \(FrontalInjuryRisk.source)")
    guard obstacle != .none, !records.isEmpty else {
      risk.notes.append(obstacle == .none ? "without an obstacle there is no collision to assess" : "no run ended")
      return risk
    }
    let collisions = records.filter { $0.impactTime != nil }
    let severities = collisions.map { FrontalInjuryRisk.mais3Plus.probability(atDeltaV: deltaV(of: $0)) }
    let severity = severities.isEmpty ? 0 : severities.reduce(0, +) / Double(severities.count)
    risk.severity = severity
    let speeds = collisions.compactMap(\.impactSpeed)
    risk.impactSpeed = speeds.isEmpty ? nil : speeds.reduce(0, +) / Double(speeds.count)
    guard records.count > 1 else {
      risk.notes.append("one run says nothing about a probability; ask for repetitions")
      return risk
    }
    let probability = ProportionEstimate(successes: collisions.count, trials: records.count)
    risk.probability = probability.value
    risk.probabilityLowerBound = probability.lowerBound
    risk.probabilityUpperBound = probability.upperBound
    risk.risk = probability.value * severity
    if collisions.isEmpty {
      risk.notes.append("no collision among the repetitions: read the upper bound, not the 0")
    }
    return risk
  }

  // MARK: Optimisation data

  func optimisation(seed: UInt64) -> [Metric] {
    var metrics: [Metric] = []
    func add(_ name: String, _ value: Double?, unit: String) {
      if let value { metrics.append(Metric(name, value, unit: unit)) }
    }
    add("stopping_distance_per_friction_m", stoppingDistanceSlope(across: 0.001), unit: "m")
    let closedForm = StoppingDistance.frictionSensitivity(from: initialSpeed, friction: friction)
    add("stopping_distance_per_friction_closed_form_m", isFrictionLimited ? closedForm : 0, unit: "m")
    add("stopping_distance_per_dead_time_m_per_s", initialSpeed, unit: "m/s")
    add("stopping_distance_per_ramp_m_per_s", 0.5 * initialSpeed, unit: "m/s")
    guard obstacle != .none else { return metrics }
    add("minimum_avoidable_distance_m", avoidableDistance(seed: seed), unit: "m")
    let braking = StoppingDistance.withLag(
      from: initialSpeed - obstacleSpeed, deceleration: fullDeceleration, actuator: actuator)
    add("minimum_avoidable_distance_closed_form_m", braking, unit: "m")
    if obstacleSpeed == 0 { add("friction_to_stop_in_time_closed_form", frictionToStopInTime, unit: "1") }
    return metrics
  }

  private var isFrictionLimited: Bool { motion.frictionLimit < min(demand, motion.brakeLimit) }

  /// d(stopping distance)/dμ by a central difference of two simulated stops, metres per unit of friction.
  private func stoppingDistanceSlope(across difference: Double) -> Double? {
    func stop(_ friction: Double) -> Double? {
      var changed = self
      changed.motion.frictionLimit = motion.frictionLimit * friction / self.friction
      return changed.simulatedStop()
    }
    guard let longer = stop(friction - difference), let shorter = stop(friction + difference) else { return nil }
    return (shorter - longer) / (2 * difference)
  }

  /// A stop from the initial speed with the demand at once, metres; nil where the vehicle doesn't come to rest.
  private func simulatedStop() -> Double? {
    var vehicle = BrakingVehicle(parameters: motion, actuator: actuator, speed: initialSpeed)
    vehicle.brake(demand)
    for count in 1...maximumSteps where !vehicle.isAtRest { vehicle.advance(to: step.time(after: count)) }
    return vehicle.isAtRest ? vehicle.state.position : nil
  }

  /// The shortest initial gap at which this system still avoids the collision, found by bisection to 1 cm with a sensor
  /// free of noise; nil when even 1,000 m don't help.
  private func avoidableDistance(seed: UInt64) -> Double? {
    var probe = self
    probe.sensor = sensor?.noiseless
    probe.sampleSteps = .max
    func avoids(_ distance: Double) -> Bool {
      probe.obstacleDistance = distance
      let run = EmergencyBrakingRun(
        probe, seed: RunSeed(seed), request: RunRequest(seed: seed), recordsTrace: false)
      let record = run.run()
      return record.failure == nil && record.impactTime == nil
    }
    var (colliding, avoiding) = (0.0, 1_000.0)
    guard avoids(avoiding) else { return nil }
    while avoiding - colliding > 0.01 {
      let middle = 0.5 * (colliding + avoiding)
      if avoids(middle) { avoiding = middle } else { colliding = middle }
    }
    return avoiding
  }

  /// The friction at which a stop with the demand at the start would end just before the obstacle, all else being
  /// strong enough; nil where the brakes' delay alone uses up the gap.
  private var frictionToStopInTime: Double? {
    let usable = obstacleDistance - initialSpeed * actuator.equivalentDelay
    return usable > 0 ? initialSpeed * initialSpeed / (2 * gravity * usable) : nil
  }
}
