public import SimulationInput

/// The vehicle under test follows a leader whose speed was recorded: what gap does its driver or ACC keep?
public struct CarFollowing: ScenarioType {
  public init() {}

  public var descriptor: ScenarioDescriptor { Self.sharedDescriptor }

  private static let sharedDescriptor = ScenarioDescriptor(
    type: "car_following", title: "Car following", category: .validation,
    summary: """
      A leader drives the speed that is given over time, linear between its points, in the same lane. The twin starts \
      behind it with a gap and a speed, and follows with the twin's driver parameters, those of its calibration where it \
      has one: a blend of the Intelligent Driver Model and a constant time gap controller, with a reaction delay, in steps \
      of 0.1 s. It knows nothing but its own speed, the gap and the leader's speed so far. gap_m of the trace, of actor \
      ego and from bumper to bumper, is what to compare with a recording; the trace's times are those of the leader.
      """,
    schema: schema,
    passCriteria: [
      .init(
        "collision_avoided", metric: "collisions", .atMost, limit: 0, unit: "1", meaning: "No collision happens"),
      .init(
        "minimum_gap", metric: "min_gap_m", .atLeast, unit: "m", meaning: "The gap stays at least minimum_gap_m"),
      .init(
        "minimum_ttc", metric: "min_ttc_s", .atLeast, unit: "s",
        meaning: "The time to collision stays at least minimum_ttc_s, where that is given"),
    ],
    metrics: [
      "collisions", "impact_speed_mps", "impact_time_s", "min_gap_m", "mean_gap_m", "max_gap_m", "gap_std_m",
      "final_gap_m", "min_ttc_s", "min_time_headway_s", "mean_time_headway_s", "max_acceleration_mps2",
      "max_deceleration_mps2", "mean_speed_mps", "max_speed_mps", "distance_m", "leader_distance_m", "run_duration_s",
    ],
    traceColumns: traceColumns)

  static let traceColumns = ["gap_m", "ttc_s"]

  public func prepare(
    _ parameters: InputValue, from start: ScenarioStart
  ) throws(InvalidInput) -> any PreparedScenario {
    try CarFollowingPlan(parameters, from: start)
  }
}
