import SimulationBehaviour
import SimulationInput
import SimulationKernel
import SimulationSensors
import SimulationVehicles

/// An emergency braking scenario with all its parameters checked and in SI units.
struct EmergencyBrakingPlan: Sendable {
  var manoeuvre: EmergencyBraking.Manoeuvre
  var passRule: EmergencyBraking.PassRule
  var category: VehicleModelType.Category
  var vehicleLength: Double
  var road: StraightRoad
  var initialSpeed: Double
  var mass: Double
  var runningOrderMass: Double
  var friction: Double
  var isDry: Bool
  /// What the friction or the condition was taken from the twin's report for; nil when the report wasn't used.
  var roadReport: String?
  var motion: LongitudinalModel.Parameters
  var actuator: BrakeActuator

  var obstacle: EmergencyBraking.Obstacle
  var obstacleDistance: Double
  var obstacleSpeed: Double
  var obstacleMass: Double

  var sensor: RangeSensorParameters?
  var assist: EmergencyBrakeAssist.Parameters?
  /// The deceleration demanded, whoever demands it, m/s².
  var demand: Double

  var minimumGap: Double
  var minimumWarning: Double
  var minimumDemand: Double
  var stoppingDistanceLimit: Double

  var step: FixedStep
  /// Steps per control cycle of the assist: 10 ms, or one step where that is longer.
  var controlSteps: Int
  var sampleSteps: Int
  var maximumSteps: Int
  var repetitions: Int
  var parameters: InputValue

  init(_ input: InputValue, from start: ScenarioStart) throws(InvalidInput) {
    let given = try EmergencyBraking.schema.resolve(input)
    let vehicle = start.vehicle
    func number(_ name: String) -> Double {
      guard let number = given.number(name) else { preconditionFailure("\(name) has no default") }
      return number
    }

    manoeuvre = given.text("manoeuvre").flatMap(EmergencyBraking.Manoeuvre.init) ?? .aeb
    passRule = given.text("pass_rule").flatMap(EmergencyBraking.PassRule.init) ?? .avoid
    category = start.category
    vehicleLength = vehicle.length
    road = StraightRoad(originX: start.x, originY: start.y, heading: start.heading)

    let twinSpeed = start.speed.flatMap { $0.isFinite && $0 >= Self.slowestStart ? $0 : nil }
    initialSpeed = given.number("initial_speed").map { $0 / 3.6 } ?? twinSpeed ?? 60 / 3.6
    runningOrderMass = vehicle.mass
    mass = given.number("mass_kg") ?? vehicle.mass

    let weather = given.text("weather").flatMap(Weather.init) ?? .clear
    let givenCondition = given.text("road_condition").flatMap(RoadCondition.init)
    // What the request says of the road goes before what the vehicle reported.
    let isRoadGiven = givenCondition != nil || !Self.isAbsent(input["weather"])
    let report = isRoadGiven ? nil : start.road
    let condition = givenCondition ?? report?.condition ?? weather.usualRoadCondition
    let reported = report?.friction.flatMap { Self.frictions.contains($0) ? $0 : nil }
    friction = given.number("friction") ?? reported ?? condition.friction(ofTyre: vehicle.tyreFriction)
    roadReport = Self.text(of: report, given.number("friction") == nil ? reported : nil)
    isDry = condition == .dry

    var braked = vehicle
    braked.maxDeceleration = given.number("max_deceleration_mps2") ?? vehicle.maxDeceleration
    motion = LongitudinalModel.Parameters(
      vehicle: braked, mass: mass, friction: friction, grade: number("grade"),
      includesRoadLoad: given.flag("road_load") ?? false)
    actuator = BrakeActuator(
      deadTime: given.number("brake_dead_time_s") ?? vehicle.brakeDeadTime,
      ramp: given.number("brake_ramp_s") ?? vehicle.brakeRamp)

    obstacle =
      given.text("obstacle").flatMap(EmergencyBraking.Obstacle.init) ?? (manoeuvre == .aeb ? .vehicle : .none)
    obstacleDistance = number("obstacle_distance_m")
    obstacleSpeed = number("obstacle_speed") / 3.6
    obstacleMass = number("obstacle_mass_kg")

    sensor = given.flag("sensor_enabled") == false ? nil : Self.sensor(from: given)
    demand = number("aeb_brake_demand_mps2")
    assist = nil
    minimumGap = number("minimum_gap_m")
    minimumWarning = number("minimum_warning_s")
    minimumDemand = number("minimum_brake_demand_mps2")
    stoppingDistanceLimit =
      given.number("stopping_distance_limit_m")
      ?? BrakingRegulation.longestStop(
        from: initialSpeed, friction: friction, isLight: start.category.isLight)

    step = FixedStep(nanoseconds: Int64((number("step_s") * 1e9).rounded()))
    controlSteps = max(1, step.count(covering: 0.01))
    sampleSteps = 1
    maximumSteps = 1
    repetitions = Int(number("repetitions"))
    parameters = .null

    if given.flag("aeb_enabled") != false, manoeuvre == .aeb {
      assist = assistParameters(from: given, brakes: braked.maxDeceleration)
    }
    let longest = given.number("maximum_duration_s") ?? expectedLongestDuration
    let sample = given.number("sample_s") ?? max(Self.usualSample, longest / Self.usualSampleCount)
    maximumSteps = step.count(covering: longest)
    sampleSteps = max(1, step.count(covering: sample))
    parameters = used(given, condition: condition, longest: longest, sample: sample)
    try checkConsistency(start: start)
  }

  /// Frictions that a scenario may have; a reported one outside of them isn't used.
  private static let frictions = 0.02...1.5

  private static func isAbsent(_ value: InputValue?) -> Bool { value == nil || value == .null }

  /// Where the road comes from, when it is the twin's report.
  private static func text(of report: ReportedRoad?, _ friction: Double?) -> String? {
    guard let report else { return nil }
    let parts =
      [report.condition.map { "condition \($0.rawValue)" }, friction.map { "friction \(InputValue.text(of: $0))" }]
    let told = parts.compactMap(\.self)
    guard !told.isEmpty else { return nil }
    return "Road as the twin's vehicle reported it \(Int(report.age.rounded())) s before: "
      + told.joined(separator: ", ") + "."
  }

  /// Slower twins count as standing, m/s.
  private static let slowestStart = 5 / 3.6
  /// Seconds from one row of the trace to the next, and the rows after which they grow farther apart.
  private static let usualSample = 0.02
  private static let usualSampleCount = 20_000.0

  /// Twice what approach and stop should take, within bounds that keep a run from lasting for ever.
  private var expectedLongestDuration: Double {
    let approach = obstacle == .none ? 0 : obstacleDistance / max(0.01, initialSpeed - obstacleSpeed)
    let stop = initialSpeed / max(0.01, fullDeceleration + motion.gradeDeceleration)
    return min(3_600, max(120, 2 * (approach + stop)))
  }

  private static func sensor(from given: ResolvedParameters) -> RangeSensorParameters {
    var sensor = RangeSensorParameters()
    sensor.maximumRange = given.number("sensor_range_m") ?? sensor.maximumRange
    sensor.updatePeriod = given.number("sensor_update_s") ?? sensor.updatePeriod
    sensor.latency = given.number("sensor_latency_s") ?? sensor.latency
    sensor.rangeDeviation = given.number("sensor_range_std_m") ?? sensor.rangeDeviation
    sensor.rangeRateDeviation = given.number("sensor_speed_std_mps") ?? sensor.rangeRateDeviation
    sensor.dropOutProbability = given.number("sensor_dropout") ?? sensor.dropOutProbability
    return sensor
  }

  private func assistParameters(
    from given: ResolvedParameters, brakes: Double
  ) -> EmergencyBrakeAssist.Parameters {
    var assist = EmergencyBrakeAssist.Parameters()
    assist.requiredDeceleration =
      given.number("aeb_required_deceleration_mps2") ?? min(UNR152.minimumDemand, 0.8 * brakes)
    assist.timeToCollision = given.number("aeb_ttc_s") ?? assist.timeToCollision
    assist.brakeDemand = demand
    assist.warningLead = given.number("aeb_warning_lead_s") ?? assist.warningLead
    assist.standstillMargin = given.number("aeb_standstill_margin_m") ?? assist.standstillMargin
    assist.confirmationCycles = given.number("aeb_confirmation_cycles").map { Int($0) } ?? assist.confirmationCycles
    assist.brakeDelay = actuator.equivalentDelay
    assist.cycle = Double(controlSteps) * step.seconds
    return assist
  }

  /// The parameters with every derived one replaced by what it came to.
  private func used(
    _ given: ResolvedParameters, condition: RoadCondition, longest: Double, sample: Double
  ) -> InputValue {
    let derived: [String: InputValue] = [
      "initial_speed": .number((initialSpeed * 3.6e9).rounded() / 1e9), "obstacle": .string(obstacle.rawValue),
      "road_condition": .string(condition.rawValue), "friction": .number(friction), "mass_kg": .number(mass),
      "brake_dead_time_s": .number(actuator.deadTime), "brake_ramp_s": .number(actuator.ramp),
      "max_deceleration_mps2": .number(motion.brakeLimit * mass / runningOrderMass),
      "aeb_required_deceleration_mps2": assist.map { .number($0.requiredDeceleration) } ?? .null,
      "stopping_distance_limit_m": .number(stoppingDistanceLimit), "maximum_duration_s": .number(longest),
      "sample_s": .number(sample),
    ]
    guard case .object(let members) = given.asInput else { return .null }
    return .object(members.map { .init($0.name, $0.value == .null ? derived[$0.name] ?? .null : $0.value) })
  }

  private func checkConsistency(start: ScenarioStart) throws(InvalidInput) {
    var issues: [InvalidInput.Issue] = []
    if manoeuvre == .aeb, obstacle == .none {
      issues.append(.init(field: "obstacle", reason: "must be vehicle or barrier when the manoeuvre is aeb"))
    }
    if obstacle != .none, obstacleSpeed >= initialSpeed {
      issues.append(.init(field: "obstacle_speed", reason: "must be below initial_speed, else nothing is approached"))
    }
    if obstacle == .barrier, obstacleSpeed > 0 {
      issues.append(.init(field: "obstacle_speed", reason: "must be 0 for a barrier"))
    }
    if passRule == .unR152 {
      if obstacle == .none {
        issues.append(.init(field: "pass_rule", reason: "un_r152 needs an obstacle"))
      } else if !UNR152.speedRange.contains(relativeSpeedKmh) {
        issues.append(.init(field: "initial_speed", reason: "must be 10 to 60 km/h above obstacle_speed for un_r152"))
      }
    }
    if !(start.x.isFinite && start.y.isFinite && start.heading.isFinite) {
      issues.append(.init(field: "start", reason: "position and heading must be finite numbers"))
    }
    if let speed = start.speed, !speed.isFinite {
      issues.append(.init(field: "start.speed_mps", reason: "must be a finite number"))
    }
    if !issues.isEmpty { throw InvalidInput(issues) }
  }

  /// Closing speed at the start, km/h, free of the rounding of the conversion.
  var relativeSpeedKmh: Double { ((initialSpeed - obstacleSpeed) * 3.6 * 1e9).rounded() / 1e9 }

  /// The deceleration that the full demand reaches, m/s².
  var fullDeceleration: Double { motion.fullDeceleration(for: demand) }

  /// The gap ahead of the vehicle's front at a simulated instant.
  func obstaclePosition(at time: Double) -> Double { obstacleDistance + obstacleSpeed * time }
}
