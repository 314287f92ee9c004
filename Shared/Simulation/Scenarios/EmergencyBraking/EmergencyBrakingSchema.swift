import SimulationInput
import SimulationSensors
import SimulationVehicles

extension EmergencyBraking {
  static let schema = ParameterSchema(
    manoeuvreParameters + roadParameters + vehicleParameters + sensorParameters + systemParameters + verdictParameters
      + runParameters)

  private static let manoeuvreParameters: [ParameterSpecification] = [
    .init(
      "initial_speed", unit: "km/h", kind: .number(5...250), defaultValue: nil,
      meaning: "Speed at the start. Default: the twin's own speed if it drives at 5 km/h or more, else 60"),
    .init(
      "manoeuvre", unit: "", kind: .choice(Manoeuvre.allCases.map(\.rawValue)), defaultValue: "aeb",
      meaning: """
        aeb: cruise towards the obstacle until the emergency braking system acts. brake_at_start: full brake demand at \
        t = 0, the pure stopping test
        """),
    .init(
      "obstacle", unit: "", kind: .choice(Obstacle.allCases.map(\.rawValue)), defaultValue: nil,
      meaning: "What stands in the lane. Default: vehicle; none when the manoeuvre is brake_at_start"),
    .init(
      "obstacle_distance_m", unit: "m", kind: .number(1...1_000), defaultValue: 200,
      meaning: "Gap between the vehicle's front and the obstacle at the start"),
    .init(
      "obstacle_speed", unit: "km/h", kind: .number(0...200), defaultValue: 0,
      meaning: "Constant speed of the obstacle, below initial_speed"),
    .init(
      "obstacle_mass_kg", unit: "kg", kind: .number(100...60_000), defaultValue: 1_500,
      meaning: "Mass of an obstacle vehicle, which decides the severity of an impact"),
  ]

  private static let roadParameters: [ParameterSpecification] = [
    .init(
      "weather", unit: "", kind: .choice(Weather.allCases.map(\.rawValue)), defaultValue: "clear",
      meaning: """
        Decides the road's condition where road_condition isn't given. A twin's newest report of its road, not older than \
        an hour, counts where neither is given; the outcome's regime then says so
        """),
    .init(
      "road_condition", unit: "", kind: .choice(RoadCondition.allCases.map(\.rawValue)), defaultValue: nil,
      meaning: """
        Surface; friction relative to dry asphalt after Wong, Theory of Ground Vehicles, table 1.3: \
        \(RoadCondition.allCases.map { "\($0.rawValue) \(InputValue.text(of: $0.referenceFriction))" }.joined(separator: ", "))
        """),
    .init(
      "friction", unit: "1", kind: .number(0.02...1.5), defaultValue: nil,
      meaning: "Friction between tyre and road, in place of the twin's tyre_friction on this road condition"),
    .init(
      "grade", unit: "1", kind: .number(-0.3...0.3), defaultValue: 0, meaning: "Rise over run, positive uphill"),
    .init(
      "road_load", unit: "", kind: .boolean, defaultValue: false,
      meaning: """
        Let rolling resistance and air drag help while braking. Left out by default, which lengthens the stop a little \
        (0.4 % from 60 km/h on dry road) and makes the closed forms exact
        """),
  ]

  private static let vehicleParameters: [ParameterSpecification] = [
    .init(
      "mass_kg", unit: "kg", kind: .number(100...60_000), defaultValue: nil,
      meaning: "Mass in this run, such as with payload; the brakes' force stays that of the twin. Default: the twin's"),
    .init(
      "brake_dead_time_s", unit: "s", kind: .number(0...2), defaultValue: nil,
      meaning: "From the brake demand to the first deceleration. Default: the twin's"),
    .init(
      "brake_ramp_s", unit: "s", kind: .number(0...3), defaultValue: nil,
      meaning: "From the first to the full deceleration, linearly. Default: the twin's"),
    .init(
      "max_deceleration_mps2", unit: "m/s²", kind: .number(0.5...15), defaultValue: nil,
      meaning: "What the brakes can reach on any surface. Default: the twin's"),
  ]

  private static let sensorParameters: [ParameterSpecification] = {
    let radar = RangeSensorParameters()
    let source = "Default: a long-range radar after 3GPP TR 22.837, table 5.28.6-1"
    return [
      .init(
        "sensor_enabled", unit: "", kind: .boolean, defaultValue: true, meaning: "False: the sensor is blind"),
      .init(
        "sensor_range_m", unit: "m", kind: .number(1...500), defaultValue: .number(radar.maximumRange),
        meaning: "Farthest detection. \(source)"),
      .init(
        "sensor_update_s", unit: "s", kind: .number(0.005...1), defaultValue: .number(radar.updatePeriod),
        meaning: "From one frame to the next. \(source)"),
      .init(
        "sensor_latency_s", unit: "s", kind: .number(0...1), defaultValue: .number(radar.latency),
        meaning: "From a measurement to its delivery"),
      .init(
        "sensor_range_std_m", unit: "m", kind: .number(0...10), defaultValue: .number(radar.rangeDeviation),
        meaning: "Standard deviation of the range. \(source)"),
      .init(
        "sensor_speed_std_mps", unit: "m/s", kind: .number(0...5), defaultValue: .number(radar.rangeRateDeviation),
        meaning: "Standard deviation of the range rate. \(source)"),
      .init(
        "sensor_dropout", unit: "1", kind: .number(0...1), defaultValue: .number(radar.dropOutProbability),
        meaning: "Probability that a frame misses the obstacle. \(source)"),
    ]
  }()

  private static let systemParameters: [ParameterSpecification] = [
    .init(
      "aeb_enabled", unit: "", kind: .boolean, defaultValue: true,
      meaning: "False: nothing warns and nothing brakes"),
    .init(
      "aeb_required_deceleration_mps2", unit: "m/s²", kind: .number(0.5...12), defaultValue: nil,
      meaning: """
        Braking starts when avoiding the obstacle would take this. Default: 5 (UN R152, 5.2.1.2), or 80 % of \
        max_deceleration_mps2 where that is less
        """),
    .init(
      "aeb_ttc_s", unit: "s", kind: .number(0...10), defaultValue: 1,
      meaning: "Braking also starts at this time to collision"),
    .init(
      "aeb_brake_demand_mps2", unit: "m/s²", kind: .number(0.5...15), defaultValue: 10,
      meaning: "Deceleration that the system demands; friction and brakes limit what comes of it"),
    .init(
      "aeb_warning_lead_s", unit: "s", kind: .number(0...5), defaultValue: 1.2,
      meaning: "How long before braking the warning is planned"),
    .init(
      "aeb_standstill_margin_m", unit: "m", kind: .number(0...20), defaultValue: 1,
      meaning: "Gap that the system plans to leave"),
    .init(
      "aeb_confirmation_cycles", unit: "1", kind: .integer(1...50), defaultValue: 3,
      meaning: "Control cycles of 10 ms in a row that must agree before the system acts"),
  ]

  private static let verdictParameters: [ParameterSpecification] = [
    .init(
      "pass_rule", unit: "", kind: .choice(PassRule.allCases.map(\.rawValue)), defaultValue: "avoid",
      meaning: """
        avoid: no collision is tolerated. un_r152: an impact is tolerated up to the speeds of UN R152, 5.2.1.4 (dry road, \
        10 to 60 km/h)
        """),
    .init(
      "minimum_gap_m", unit: "m", kind: .number(0...50), defaultValue: 0.5,
      meaning: "Smallest gap that counts as avoided (pass rule avoid)"),
    .init(
      "minimum_warning_s", unit: "s", kind: .number(0...5), defaultValue: .number(UNR152.minimumWarning),
      meaning: "Least time from the warning to the brake demand (UN R152, 5.2.1.1)"),
    .init(
      "minimum_brake_demand_mps2", unit: "m/s²", kind: .number(0...12), defaultValue: .number(UNR152.minimumDemand),
      meaning: "Least deceleration demanded (UN R152, 5.2.1.2)"),
    .init(
      "stopping_distance_limit_m", unit: "m", kind: .number(0.1...10_000), defaultValue: nil,
      meaning: """
        Longest stopping distance from the brake demand. Default: UN R13-H (light) or UN R13 (heavy vehicles), on poor \
        roads the distance at 75 % of the friction
        """),
  ]

  private static let runParameters: [ParameterSpecification] = [
    .init(
      "repetitions", unit: "1", kind: .integer(1...10_000), defaultValue: 1,
      meaning: "Runs with seeds of their own, from which probabilities are estimated"),
    .init(
      "step_s", unit: "s", kind: .number(0.0005...0.02), defaultValue: 0.005,
      meaning: "Length of a step. Positions are exact to 0.1 µm without road load, to 1 mm with it"),
    .init(
      "sample_s", unit: "s", kind: .number(0.0005...1), defaultValue: nil,
      meaning: """
        From one row of the trace to the next, rounded up to whole steps. Default: 0.02, more where \
        maximum_duration_s is over 400 s
        """),
    .init(
      "maximum_duration_s", unit: "s", kind: .number(0.1...3_600), defaultValue: nil,
      meaning: """
        Simulated time after which a run that hasn't ended is an error. Default: twice what approach and stop should \
        take, 120 to 3,600
        """),
  ]
}
