import SimulationInput
import SimulationVehicles
import Testing

@Suite struct VehicleCatalogueTests {
  @Test func `Every type of the contract exists`() {
    #expect(
      VehicleCatalogue.all.map(\.name) == [
        "sedan", "suv", "van", "truck", "bus", "ev_sedan", "shuttle", "commonroad_1", "commonroad_2", "commonroad_3",
      ])
  }

  @Test(arguments: VehicleCatalogue.all)
  func `Every default lies in its own range and has a source`(type: VehicleModelType) throws {
    #expect(try type.parameters.applying(type.parameters.asInput) == type.parameters)
    #expect(!type.source.isEmpty)
  }

  @Test func `The parameters carry the names of the contract`() {
    let names = Set(VehicleCatalogue.all[0].parameters.schema.specifications.map(\.name))
    let contract: Set = [
      "mass_kg", "yaw_inertia_kgm2", "cg_to_front_m", "cg_to_rear_m", "cg_height_m", "length_m", "width_m",
      "tyre_friction", "cornering_stiffness_per_rad", "road_load_a_n", "road_load_b_n_per_mps",
      "road_load_c_n_per_mps2", "brake_dead_time_s", "brake_ramp_s", "max_deceleration_mps2",
      "steering_rate_limit_rps", "fuel", "engine_displacement_l", "gears", "willans_efficiency", "willans_offset_w",
    ]
    #expect(names.isSuperset(of: contract))
  }

  @Test func `An override replaces one value and leaves the rest`() throws {
    let sedan = try VehicleCatalogue.type(named: "sedan").parameters
    let heavier = try sedan.applying(["mass_kg": 2_000, "fuel": "diesel", "gears": 6, "brake_ramp_s": nil])
    var expected = sedan
    expected.mass = 2_000
    expected.fuel = .diesel
    expected.gears = 6
    #expect(heavier == expected)
  }

  @Test func `Every bad override is named with its reason`() throws {
    let sedan = try VehicleCatalogue.type(named: "sedan").parameters
    let error = #expect(throws: InvalidInput.self) {
      try sedan.applying([
        "mass_kg": -1, "tyre_friction": .number(.nan), "fuel": "steam", "wheels": 4, "gears": 2.5, "length_m": "long",
        "width_m": 2, "width_m": 2,
      ])
    }
    #expect(
      error?.issues == [
        .init(field: "parameters.mass_kg", reason: "must lie in 100 to 60000 kg"),
        .init(field: "parameters.tyre_friction", reason: "must be a finite number"),
        .init(field: "parameters.fuel", reason: "must be one of gasoline, diesel, electric, hybrid"),
        .init(field: "parameters.wheels", reason: "isn't a parameter here"),
        .init(field: "parameters.gears", reason: "must be a whole number"),
        .init(field: "parameters.length_m", reason: "must be a number, not a string"),
        .init(field: "parameters.width_m", reason: "is given more than once"),
      ])
  }

  @Test func `Overrides that aren't an object are refused`() throws {
    let sedan = try VehicleCatalogue.type(named: "sedan").parameters
    let error = #expect(throws: InvalidInput.self) { try sedan.applying(["mass_kg", 3]) }
    #expect(error?.issues.first?.field == "parameters")
  }

  @Test func `An unknown type is refused with the list of types`() {
    let error = #expect(throws: InvalidInput.self) { try VehicleCatalogue.type(named: "tank") }
    #expect(error?.issues.first?.field == "model_type")
    #expect(error?.issues.first?.reason.contains("commonroad_3") == true)
  }

  @Test func `The bus stops within 4 % of the one that was measured`() throws {
    let bus = try VehicleCatalogue.type(named: "bus").parameters
    let actuator = BrakeActuator(deadTime: bus.brakeDeadTime, ramp: bus.brakeRamp)
    for (mph, feet) in [(20.0, 30.11), (30, 60.06), (40, 102.90), (45, 131.22)] {
      let distance = StoppingDistance.withLag(
        from: mph * 0.447_04, deceleration: bus.maxDeceleration, actuator: actuator)
      #expect(abs(distance / (feet * 0.3048) - 1) < 0.04)
    }
  }
}

@Suite struct RoadSurfaceTests {
  @Test func `Friction scales from dry asphalt to the other surfaces`() {
    #expect(RoadCondition.dry.friction(ofTyre: 0.8) == 0.8)
    #expect(abs(RoadCondition.ice.friction(ofTyre: 0.85) - 0.1) < 1e-12)
    #expect(RoadCondition.allCases.allSatisfy { $0.frictionFactor > 0 && $0.frictionFactor <= 1 })
  }

  @Test func `Weather decides the road unless told otherwise`() {
    #expect(Weather.clear.usualRoadCondition == .dry)
    #expect(Weather.rain.usualRoadCondition == .wet)
    #expect(Weather.freezingRain.usualRoadCondition == .ice)
  }

  @Test func `A straight road leads along its heading`() {
    let road = StraightRoad(originX: 1, originY: 2, heading: .pi / 2)
    let point = road.point(at: 10)
    #expect(abs(point.x - 1) < 1e-12)
    #expect(abs(point.y - 12) < 1e-12)
    #expect(StraightRoad().point(at: 10) == (10, 0))
  }
}
