public import SimulationInput

/// The energy carrier of a vehicle.
public enum Fuel: String, Sendable, Hashable, CaseIterable {
  case gasoline
  case diesel
  case electric
  case hybrid
}

/// Everything about one vehicle that its models need, in SI units.
public struct VehicleParameters: Sendable, Hashable {
  /// Mass in running order, kg.
  public var mass: Double
  /// Moment of inertia about the vertical axis, kg·m².
  public var yawInertia: Double
  /// Centre of gravity to front axle, m.
  public var cgToFront: Double
  /// Centre of gravity to rear axle, m.
  public var cgToRear: Double
  /// Centre of gravity above the road, m.
  public var cgHeight: Double
  /// Overall length, m.
  public var length: Double
  /// Overall width, m.
  public var width: Double
  /// Peak friction between tyre and dry asphalt.
  public var tyreFriction: Double
  /// Lateral tyre force per vertical force, slip angle and friction, 1/rad.
  public var corneringStiffness: Double
  /// Road load F = A + B·v + C·v²: A in N, B in N/(m/s), C in N/(m/s)².
  public var roadLoadA: Double
  public var roadLoadB: Double
  public var roadLoadC: Double
  /// From a brake demand to the first deceleration, s.
  public var brakeDeadTime: Double
  /// From the first to the full deceleration, which builds up linearly, s.
  public var brakeRamp: Double
  /// What the brakes can reach at `mass` on any surface, m/s².
  public var maxDeceleration: Double
  /// Largest rate of the front wheels' angle, rad/s.
  public var steeringRateLimit: Double
  /// Largest angle of the front wheels, rad.
  public var steeringAngleLimit: Double
  public var fuel: Fuel
  /// Litres; 0 without a combustion engine.
  public var engineDisplacement: Double
  public var gears: Int
  /// Slope and offset of the Willans line P_fuel = P_wheel / efficiency + offset, with W as the offset's unit.
  public var willansEfficiency: Double
  public var willansOffset: Double
  /// What the vehicle reports as its steering angle, per angle of the front wheels.
  public var steeringRatio = 1.0
  /// K of the steady turn δ = L·r/v + K·a_y (ISO 4138), rad/(m/s²); 0 is neutral.
  public var understeerGradient = 0.0
  /// From a drive demand to the first acceleration, s, and the time constant with which it builds up, s.
  public var driveDeadTime = 0.0
  public var driveLag = 0.0
  /// Rolling radius of the wheels, m.
  public var wheelRadius = 0.344
  /// Moment of inertia of the wheels of one axle about it, kg·m².
  public var wheelInertia = 1.7
  /// The front axle's shares of the braking and of the driving torque.
  public var frontBrakeShare = 0.65
  public var frontDriveShare = 1.0

  /// The distance between the axles, m.
  public var wheelbase: Double { cgToFront + cgToRear }
}

extension VehicleParameters {
  /// A numeric parameter with the place where its value lives.
  struct Field: Sendable {
    var name: String
    var unit: String
    var range: ClosedRange<Double>
    var meaning: String
    var path: any WritableKeyPath<VehicleParameters, Double> & Sendable
  }

  /// The numeric parameters, named as in the public contract. The ranges admit anything from a micro-car to a 60 t
  /// road train and refuse what can only be a mistake.
  static let fields: [Field] = [
    Field(name: "mass_kg", unit: "kg", range: 100...60_000, meaning: "Mass in running order", path: \.mass),
    Field(
      name: "yaw_inertia_kgm2", unit: "kg·m²", range: 10...1_000_000,
      meaning: "Moment of inertia about the vertical axis",
      path: \.yawInertia),
    Field(
      name: "cg_to_front_m", unit: "m", range: 0.1...15, meaning: "Centre of gravity to front axle", path: \.cgToFront),
    Field(
      name: "cg_to_rear_m", unit: "m", range: 0.1...15, meaning: "Centre of gravity to rear axle", path: \.cgToRear),
    Field(
      name: "cg_height_m", unit: "m", range: 0.05...3, meaning: "Centre of gravity above the road", path: \.cgHeight),
    Field(name: "length_m", unit: "m", range: 0.5...30, meaning: "Overall length", path: \.length),
    Field(name: "width_m", unit: "m", range: 0.3...4, meaning: "Overall width", path: \.width),
    Field(
      name: "tyre_friction", unit: "1", range: 0.02...1.5, meaning: "Peak friction between tyre and dry asphalt",
      path: \.tyreFriction),
    Field(
      name: "cornering_stiffness_per_rad", unit: "1/rad", range: 1...60,
      meaning: "Lateral tyre force per vertical force, slip angle and friction", path: \.corneringStiffness),
    Field(
      name: "road_load_a_n", unit: "N", range: -1_000...20_000, meaning: "Road load F = A + B·v + C·v², term A",
      path: \.roadLoadA),
    Field(
      name: "road_load_b_n_per_mps", unit: "N/(m/s)", range: -200...1_000, meaning: "Road load, term B",
      path: \.roadLoadB),
    Field(
      name: "road_load_c_n_per_mps2", unit: "N/(m/s)²", range: 0...50, meaning: "Road load, term C", path: \.roadLoadC),
    Field(
      name: "brake_dead_time_s", unit: "s", range: 0...2, meaning: "From a brake demand to the first deceleration",
      path: \.brakeDeadTime),
    Field(
      name: "brake_ramp_s", unit: "s", range: 0...3,
      meaning: "From the first to the full deceleration, which builds up linearly", path: \.brakeRamp),
    Field(
      name: "max_deceleration_mps2", unit: "m/s²", range: 0.5...15,
      meaning: "What the brakes can reach at mass_kg on any surface", path: \.maxDeceleration),
    Field(
      name: "steering_rate_limit_rps", unit: "rad/s", range: 0.01...5,
      meaning: "Largest rate of the front wheels' angle",
      path: \.steeringRateLimit),
    Field(
      name: "steering_angle_limit_rad", unit: "rad", range: 0.05...1.5, meaning: "Largest angle of the front wheels",
      path: \.steeringAngleLimit),
    Field(
      name: "engine_displacement_l", unit: "l", range: 0...20, meaning: "Engine displacement; 0 without an engine",
      path: \.engineDisplacement),
    Field(
      name: "willans_efficiency", unit: "1", range: 0.05...1,
      meaning: "Slope of the Willans line: wheel power per additional fuel power", path: \.willansEfficiency),
    Field(
      name: "willans_offset_w", unit: "W", range: 0...200_000, meaning: "Fuel power at no wheel power",
      path: \.willansOffset),
    Field(
      name: "steering_ratio", unit: "1", range: 0.2...40,
      meaning: "Steering angle as the vehicle reports it, per angle of the front wheels; 1 where it reports theirs",
      path: \.steeringRatio),
    Field(
      name: "understeer_gradient_rad_per_mps2", unit: "rad/(m/s²)", range: -0.02...0.05,
      meaning: "Front wheel angle per lateral acceleration beyond that of the bend itself (ISO 4138); 0 is neutral",
      path: \.understeerGradient),
    Field(
      name: "drive_dead_time_s", unit: "s", range: 0...3, meaning: "From a drive demand to the first acceleration",
      path: \.driveDeadTime),
    Field(
      name: "drive_lag_s", unit: "s", range: 0...5, meaning: "Time constant with which a drive demand takes effect",
      path: \.driveLag),
    Field(
      name: "wheel_radius_m", unit: "m", range: 0.1...1, meaning: "Rolling radius of the wheels", path: \.wheelRadius),
    Field(
      name: "wheel_inertia_kgm2", unit: "kg·m²", range: 0.05...200,
      meaning: "Moment of inertia of the wheels of one axle about it", path: \.wheelInertia),
    Field(
      name: "front_brake_share", unit: "1", range: 0...1, meaning: "The front axle's share of the braking torque",
      path: \.frontBrakeShare),
    Field(
      name: "front_drive_share", unit: "1", range: 0...1, meaning: "The front axle's share of the driving torque",
      path: \.frontDriveShare),
  ]

  private static let fuelName = "fuel"
  private static let gearsName = "gears"

  /// The parameters with their units and ranges; these values are the defaults.
  public var schema: ParameterSchema {
    let numbers = Self.fields.map {
      ParameterSpecification(
        $0.name, unit: $0.unit, kind: .number($0.range), defaultValue: .number(self[keyPath: $0.path]),
        meaning: $0.meaning)
    }
    let fuelChoice = ParameterSpecification(
      Self.fuelName, unit: "", kind: .choice(Fuel.allCases.map(\.rawValue)), defaultValue: .string(fuel.rawValue),
      meaning: "Energy carrier")
    let gearCount = ParameterSpecification(
      Self.gearsName, unit: "1", kind: .integer(1...18), defaultValue: .number(Double(gears)),
      meaning: "Forward gears; 1 for a single-speed or continuously variable drive")
    return ParameterSchema(numbers + [fuelChoice, gearCount])
  }

  /// These parameters with some of them replaced.
  ///
  /// - Parameters:
  ///   - overrides: an object of parameter names and values; `null` counts as empty.
  ///   - path: put before each field name in errors.
  public func applying(_ overrides: InputValue, path: String = "parameters.") throws(InvalidInput) -> VehicleParameters
  {
    let resolved = try schema.resolve(overrides, path: path)
    var result = self
    for field in Self.fields {
      if let number = resolved.number(field.name) { result[keyPath: field.path] = number }
    }
    if let name = resolved.text(Self.fuelName), let fuel = Fuel(rawValue: name) { result.fuel = fuel }
    if let gears = resolved.number(Self.gearsName) { result.gears = Int(gears) }
    return result
  }

  /// All parameters by their public names.
  public var asInput: InputValue {
    .object(schema.specifications.map { .init($0.name, $0.defaultValue) })
  }
}
