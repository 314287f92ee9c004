public import SimulationInput

/// A kind of vehicle that twins can be made from.
public struct VehicleModelType: Sendable, Hashable {
  /// Vehicle categories of UN regulations (consolidated resolution R.E.3).
  public enum Category: String, Sendable, Hashable {
    case m1 = "M1"
    case m2 = "M2"
    case m3 = "M3"
    case n1 = "N1"
    case n3 = "N3"

    /// True where UN R13-H and UN R152 apply (cars and light vans), false where UN R13 does.
    public var isLight: Bool { self == .m1 || self == .n1 }
  }

  /// As in requests, such as `sedan`.
  public let name: String
  /// For people.
  public let title: String
  public let category: Category
  public let parameters: VehicleParameters
  /// Where the numbers come from, estimates named as such.
  public let source: String
}

/// The vehicle types of the suite with their published parameters.
public enum VehicleCatalogue {
  /// All types, in the order in which they are documented.
  public static let all: [VehicleModelType] = [
    sedan, suv, van, truck, bus, evSedan, shuttle, commonRoad1, commonRoad2, commonRoad3,
  ]

  /// The type called `name`.
  public static func type(named name: String, field: String = "model_type") throws(InvalidInput) -> VehicleModelType {
    guard let type = all.first(where: { $0.name == name }) else {
      throw InvalidInput(field: field, reason: "must be one of \(all.map(\.name).joined(separator: ", "))")
    }
    return type
  }
}

/// Conversions of the units in which the EPA publishes its test-car list.
private func pounds(_ value: Double) -> Double { value * 0.453_592_37 }
private func poundsForce(_ value: Double) -> Double { value * 4.448_221_615_260_5 }
private func poundsForcePerMph(_ value: Double) -> Double { poundsForce(value) / 0.447_04 }
private func poundsForcePerMph2(_ value: Double) -> Double { poundsForcePerMph(value) / 0.447_04 }

/// What the light vehicles share unless they say otherwise. What none says: see `VehicleParameters`.
private let commonLightValues = """
  tyre_friction: middle of dry asphalt in Wong, Theory of Ground Vehicles, table 1.3. cornering_stiffness_per_rad: \
  -p_ky1/p_dy1 of the ADAMS tyre in the CommonRoad vehicle models. yaw_inertia_kgm2: mass times both centre-of-gravity \
  distances (dynamic index 1), an estimate. cg_to_front_m, cg_to_rear_m, cg_height_m, steering limits: estimates. \
  brake_dead_time_s and brake_ramp_s 0.1 and 0.2 s, max_deceleration_mps2 10: design values of an electro-hydraulic \
  brake, above what dry asphalt can transmit. wheel_radius_m, wheel_inertia_kgm2: of the CommonRoad vehicles. \
  front_brake_share: an estimate.
  """

private let adamsCorneringStiffness = 21.92 / 1.0489

extension VehicleCatalogue {
  private static func light(
    mass: Double, roadLoad: (a: Double, b: Double, c: Double), wheelbase: Double, frontShare: Double, cgHeight: Double,
    length: Double, width: Double, fuel: Fuel, displacement: Double, gears: Int, willans: (Double, Double),
    frontDrive: Double
  ) -> VehicleParameters {
    // The front axle carries frontShare of the weight, so the centre of gravity is that much nearer to it.
    let toFront = wheelbase * (1 - frontShare)
    let toRear = wheelbase * frontShare
    return VehicleParameters(
      mass: mass, yawInertia: mass * toFront * toRear, cgToFront: toFront, cgToRear: toRear, cgHeight: cgHeight,
      length: length, width: width, tyreFriction: 0.85, corneringStiffness: adamsCorneringStiffness,
      roadLoadA: roadLoad.a, roadLoadB: roadLoad.b, roadLoadC: roadLoad.c, brakeDeadTime: 0.1, brakeRamp: 0.2,
      maxDeceleration: 10, steeringRateLimit: 0.4, steeringAngleLimit: 0.6, fuel: fuel,
      engineDisplacement: displacement,
      gears: gears, willansEfficiency: willans.0, willansOffset: willans.1, frontDriveShare: frontDrive)
  }

  private static func epaRoadLoad(_ a: Double, _ b: Double, _ c: Double) -> (a: Double, b: Double, c: Double) {
    (poundsForce(a), poundsForcePerMph(b), poundsForcePerMph2(c))
  }

  private static func epaSource(_ car: String, _ dimensions: String, willans: String = fittedWillans) -> String {
    """
    \(car): test weight and target road-load coefficients from the EPA 2022 test-car list (public domain). \
    \(dimensions) \(willans) \(commonLightValues)
    """
  }

  private static let fittedWillans =
    "Willans line: solved from the car's own FTP and HWY fuel economy over UDDS and HWFET."

  static let sedan = VehicleModelType(
    name: "sedan", title: "Mid-size car (Toyota Camry LE/SE 2022)", category: .m1,
    parameters: light(
      mass: pounds(3_625), roadLoad: epaRoadLoad(25.587, 0.196_88, 0.016_371), wheelbase: 2.825, frontShare: 0.6,
      cgHeight: 0.55, length: 4.879, width: 1.839, fuel: .gasoline, displacement: 2.487, gears: 8,
      willans: (0.4528, 9_697), frontDrive: 1),
    source: epaSource("Toyota Camry LE/SE, test vehicle 18-AV2A", "Wheelbase, length, width: maker's data sheet."))

  static let suv = VehicleModelType(
    name: "suv", title: "Sport utility vehicle (Toyota RAV4 AWD 2022)", category: .m1,
    parameters: light(
      mass: pounds(3_875), roadLoad: epaRoadLoad(33.685, 0.021_27, 0.025_724), wheelbase: 2.690, frontShare: 0.58,
      cgHeight: 0.66, length: 4.595, width: 1.854, fuel: .gasoline, displacement: 2.487, gears: 8,
      willans: (0.4710, 11_278), frontDrive: 0.5),
    source: epaSource("Toyota RAV4 AWD, test vehicle 19-AA1A", "Wheelbase, length, width: maker's data sheet."))

  static let van = VehicleModelType(
    name: "van", title: "Delivery van (Ford Transit Connect 2022)", category: .n1,
    parameters: light(
      mass: pounds(4_250), roadLoad: epaRoadLoad(26.440, 0.110_70, 0.026_200), wheelbase: 3.062, frontShare: 0.55,
      cgHeight: 0.70, length: 4.826, width: 1.836, fuel: .gasoline, displacement: 2.0, gears: 8,
      willans: (0.3874, 9_972), frontDrive: 1),
    source: epaSource(
      "Ford Transit Connect Van FWD, test vehicle THD08831", "Wheelbase, length, width: maker's data sheet."))

  static let evSedan = VehicleModelType(
    name: "ev_sedan", title: "Electric car (Tesla Model 3 RWD 2022)", category: .m1,
    parameters: light(
      mass: pounds(4_250), roadLoad: epaRoadLoad(37.170, 0.047_00, 0.014_400), wheelbase: 2.875, frontShare: 0.47,
      cgHeight: 0.46, length: 4.694, width: 1.849, fuel: .electric, displacement: 0, gears: 1, willans: (0.85, 500),
      frontDrive: 0),
    source: epaSource(
      "Tesla Model 3 RWD, test vehicle 3R022-043763", "Wheelbase, length, width: maker's data sheet.",
      willans: "Willans line: an estimate without regeneration."))

  static let shuttle = VehicleModelType(
    name: "shuttle", title: "Passenger shuttle (Ford Transit wagon 2022)", category: .m2,
    parameters: light(
      mass: pounds(6_000), roadLoad: epaRoadLoad(41.010, 0.308_30, 0.040_760), wheelbase: 3.749, frontShare: 0.5,
      cgHeight: 0.85, length: 5.982, width: 2.064, fuel: .gasoline, displacement: 3.5, gears: 10,
      willans: (0.4192, 19_186), frontDrive: 0),
    source: epaSource(
      "Ford Transit RWD wagon low roof, test vehicle LKA00030", "Wheelbase, length, width: maker's data sheet."))

  static let truck = VehicleModelType(
    name: "truck", title: "Heavy truck, loaded, as one body", category: .n3,
    parameters: VehicleParameters(
      mass: 29_990, yawInertia: 29_990 * 3.6 * 2.4, cgToFront: 3.6, cgToRear: 2.4, cgHeight: 1.6, length: 12,
      width: 2.55,
      tyreFriction: 0.75, corneringStiffness: 8, roadLoadA: 29_990 * gravity * 0.0092, roadLoadB: 0,
      roadLoadC: 0.5 * 1.2 * 0.8 * 10, brakeDeadTime: 0.2, brakeRamp: 0.533, maxDeceleration: 5,
      steeringRateLimit: 0.3, steeringAngleLimit: 0.6, fuel: .diesel, engineDisplacement: 7, gears: 12,
      willansEfficiency: 0.42, willansOffset: 15_000, wheelRadius: 0.5, wheelInertia: 24, frontBrakeShare: 0.4,
      frontDriveShare: 0),
    source: """
      Mass (glider, cargo and 1.4 times the power train), rolling resistance 0.0092, drag coefficient 0.8 and frontal \
      area 10 m²: FASTSim vehicle database, "Regional Delivery Class 8 Truck" (NREL). Length and width: limits of \
      Directive 96/53/EC. Brakes: the least that UN R13 admits (5 m/s², 75 % of the pressure within 0.6 s). Tyre \
      friction, cornering stiffness, centre of gravity, yaw inertia, wheels, shares of torque, steering limits, engine and \
      Willans line: estimates.
      """)

  static let bus = VehicleModelType(
    name: "bus", title: "City bus, 12 m, full", category: .m3,
    parameters: VehicleParameters(
      mass: 19_464, yawInertia: 19_464 * 4.6 * 2.6, cgToFront: 4.6, cgToRear: 2.6, cgHeight: 1.2, length: 12.5,
      width: 2.59,
      tyreFriction: 0.75, corneringStiffness: 8, roadLoadA: 19_464 * gravity * 0.0092, roadLoadB: 0,
      roadLoadC: 0.5 * 1.2 * 0.65 * 7.5, brakeDeadTime: 0.1, brakeRamp: 0.315, maxDeceleration: 5.81,
      steeringRateLimit: 0.3, steeringAngleLimit: 0.7, fuel: .diesel, engineDisplacement: 8.9, gears: 6,
      willansEfficiency: 0.42, willansOffset: 15_000, wheelRadius: 0.5, wheelInertia: 24, frontBrakeShare: 0.4,
      frontDriveShare: 0),
    source: """
      Mass: measured gross weight 42,910 lb of a New Flyer E40LF (Altoona bus test, report 133). Brakes: fitted to the \
      stopping distances 30.11, 60.06, 102.90 and 131.22 ft from 20, 30, 40 and 45 mph of a New Flyer XD60 (Altoona bus \
      test, report 428): 5.81 m/s² after 0.258 s of delay. Length, width, wheelbase: maker's data sheet. Rolling \
      resistance as for the truck; drag area, tyre friction, cornering stiffness, centre of gravity, yaw inertia, wheels, \
      shares of torque, steering limits, engine and Willans line: estimates.
      """)

  private static func commonRoad(_ number: Int, _ car: String, _ parameters: VehicleParameters) -> VehicleModelType {
    VehicleModelType(
      name: "commonroad_\(number)", title: "CommonRoad parameter set \(number) (\(car))", category: .m1,
      parameters: parameters,
      source: """
        Parameter set \(number) (\(car)) of the CommonRoad vehicle models 3.0.2 (M. Althoff, G. Würsching, "CommonRoad: \
        Vehicle Models", TU Munich, 2020): mass, yaw inertia, centre of gravity, dimensions, tyre, acceleration and \
        steering limits, wheels, shares of torque. These models have no road load and no brake delay, so both are 0 here. Engine, gears and Willans \
        line aren't part of the set: estimates.
        """)
  }

  private static func commonRoadParameters(
    mass: Double, yawInertia: Double, cgToFront: Double, cgToRear: Double, cgHeight: Double, length: Double,
    width: Double, steeringAngleLimit: Double, frontBrake: Double, frontDrive: Double
  ) -> VehicleParameters {
    VehicleParameters(
      mass: mass, yawInertia: yawInertia, cgToFront: cgToFront, cgToRear: cgToRear, cgHeight: cgHeight, length: length,
      width: width, tyreFriction: 1.0489, corneringStiffness: adamsCorneringStiffness, roadLoadA: 0, roadLoadB: 0,
      roadLoadC: 0, brakeDeadTime: 0, brakeRamp: 0, maxDeceleration: 11.5, steeringRateLimit: 0.4,
      steeringAngleLimit: steeringAngleLimit, fuel: .gasoline, engineDisplacement: 2, gears: 5, willansEfficiency: 0.4,
      willansOffset: 9_000, frontBrakeShare: frontBrake, frontDriveShare: frontDrive)
  }

  static let commonRoad1 = commonRoad(
    1, "Ford Escort",
    commonRoadParameters(
      mass: 1_225.887_846_725_334_4, yawInertia: 1_538.853_371_356_139_4, cgToFront: 0.883_92, cgToRear: 1.508_76,
      cgHeight: 0.557_784, length: 4.298, width: 1.674, steeringAngleLimit: 0.91, frontBrake: 0.76, frontDrive: 1))

  static let commonRoad2 = commonRoad(
    2, "BMW 320i",
    commonRoadParameters(
      mass: 1_093.295_233_467_404_6, yawInertia: 1_791.599_530_012_285_6, cgToFront: 1.156_195_706_4,
      cgToRear: 1.422_717_093_6, cgHeight: 0.574_868_954_4, length: 4.508, width: 1.61, steeringAngleLimit: 1.066,
      frontBrake: 0.66, frontDrive: 0))

  static let commonRoad3 = commonRoad(
    3, "VW Vanagon",
    commonRoadParameters(
      mass: 1_478.897_963_776_799_8, yawInertia: 2_473.117_691_556_444_2, cgToFront: 1.150_791_602_4,
      cgToRear: 1.321_136_397_6, cgHeight: 0.747_816_741_6, length: 4.569, width: 1.844, steeringAngleLimit: 1.023,
      frontBrake: 0.64, frontDrive: 0))
}
