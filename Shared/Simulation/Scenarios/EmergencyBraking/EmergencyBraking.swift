public import SimulationInput

/// A vehicle meets an obstacle in its lane: is it seen, is the driver warned, do the brakes stop in time?
public struct EmergencyBraking: ScenarioType {
  public init() {}

  enum Manoeuvre: String, Sendable, CaseIterable {
    case aeb
    case brakeAtStart = "brake_at_start"
  }

  enum Obstacle: String, Sendable, CaseIterable {
    case vehicle
    case barrier
    case none
  }

  enum PassRule: String, Sendable, CaseIterable {
    case avoid
    case unR152 = "un_r152"
  }

  public var descriptor: ScenarioDescriptor { Self.sharedDescriptor }

  private static let sharedDescriptor = ScenarioDescriptor(
    type: "emergency_braking", title: "Emergency braking", category: .safety,
    summary: """
      The vehicle cruises on a straight road towards a stationary or slower obstacle. A radar measures the gap with \
      noise, drop-outs and delay, a tracker follows the object, and the emergency braking system warns and then brakes \
      fully; the brakes answer after their dead time and ramp, and friction limits what they reach. With manoeuvre \
      brake_at_start the brakes are demanded at once: the pure stopping test. stopping_distance_m always counts from the \
      brake demand to standstill; after an impact it is what the stop would have taken without the obstacle.
      """,
    schema: schema,
    passCriteria: [
      .init(
        "collision_avoided", metric: "collisions", .atMost, limit: 0, unit: "1",
        meaning: "No collision happens (pass rule avoid)"),
      .init(
        "minimum_gap", metric: "min_gap_m", .atLeast, unit: "m",
        meaning: "The gap to the obstacle stays at least minimum_gap_m (pass rule avoid)"),
      .init(
        "impact_speed", metric: "impact_speed_kmh", .atMost, unit: "km/h",
        meaning: "An impact is no faster than UN R152, 5.2.1.4, admits (pass rule un_r152)"),
      .init(
        "warning_before_braking", metric: "warning_before_braking_s", .atLeast, unit: "s",
        meaning: "The warning comes at least minimum_warning_s before the brake demand (manoeuvre aeb)"),
      .init(
        "brake_demand", metric: "brake_demand_mps2", .atLeast, unit: "m/s²",
        meaning: "The system demands at least minimum_brake_demand_mps2 (manoeuvre aeb)"),
      .init(
        "stopping_distance", metric: "stopping_distance_m", .atMost, unit: "m",
        meaning: "From the brake demand to standstill it takes at most stopping_distance_limit_m"),
    ],
    metrics: [
      "initial_speed_mps", "friction", "full_deceleration_mps2", "max_deceleration_mps2", "collisions",
      "impact_speed_mps", "impact_speed_kmh", "impact_time_s", "run_duration_s", "brake_demand_mps2",
      "stopping_distance_m", "stopping_time_s", "stopping_distance_from_detection_m",
      "closed_form_stopping_distance_m", "ideal_stopping_distance_m", "min_gap_m", "min_ttc_s", "detection_time_s",
      "warning_time_s", "brake_demand_time_s", "warning_before_braking_s", "repetitions",
      "repetitions_with_collision", "worst_impact_speed_mps", "worst_min_gap_m", "mean_stopping_distance_m",
      "longest_stopping_distance_m",
    ],
    traceColumns: traceColumns)

  static let traceColumns = [
    "brake_demand_mps2", "brake_pressure_ratio", "gap_m", "ttc_s", "tracked_gap_m", "tracked_closing_speed_mps",
    "warning",
  ]

  public func prepare(
    _ parameters: InputValue, from start: ScenarioStart
  ) throws(InvalidInput) -> any PreparedScenario {
    try EmergencyBrakingPlan(parameters, from: start)
  }
}
