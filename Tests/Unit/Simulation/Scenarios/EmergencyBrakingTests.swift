import SimulationInput
import SimulationKernel
import SimulationScenarios
import SimulationVehicles
import Testing

private let sedan = ScenarioStart(VehicleCatalogue.all[0])

private func outcome(
  _ parameters: InputValue, from start: ScenarioStart = sedan, seed: UInt64 = 1
) throws -> ScenarioOutcome {
  let scenario = try ScenarioLibrary.standard.type(named: "emergency_braking")
  return try scenario.prepare(parameters, from: start).run(RunRequest(seed: seed))
}

private func issues(_ parameters: InputValue, from start: ScenarioStart = sedan) throws -> [InvalidInput.Issue] {
  do {
    _ = try EmergencyBraking().prepare(parameters, from: start)
    return []
  } catch {
    return error.issues
  }
}

@Suite struct EmergencyBrakingTests {
  @Test func `The quick start's scenario passes on a dry road`() throws {
    let outcome = try outcome(["initial_speed": 60])
    #expect(outcome.verdict == .pass)
    #expect(outcome.criteria.count == 5)
    #expect(outcome.criteria.allSatisfy { $0.passed })
    #expect(outcome.metric("impact_speed_mps") == 0)
    let warning = try #require(outcome.metric("warning_before_braking_s"))
    #expect((0.8...1.6).contains(warning))
    #expect(
      outcome.behaviour.decisions.map(\.kind) == [
        "object_confirmed", "collision_warning", "emergency_brake", "standstill",
      ])
  }

  @Test(arguments: VehicleCatalogue.all)
  func `Every vehicle type stops before a stationary car on a dry road`(type: VehicleModelType) throws {
    let outcome = try outcome(["initial_speed": 60], from: ScenarioStart(type))
    #expect(outcome.verdict == .pass, "\(outcome.criteria)")
  }

  @Test(arguments: [30.0, 50, 60, 80, 100, 130], [0.1, 0.2, 0.5, 0.8])
  func `Stopping distances agree with the closed forms over speed and friction`(kmh: Double, friction: Double) throws {
    let ideal = try outcome([
      "initial_speed": .number(kmh), "friction": .number(friction), "manoeuvre": "brake_at_start",
      "brake_dead_time_s": 0, "brake_ramp_s": 0,
    ])
    let closedForm = (kmh / 3.6) * (kmh / 3.6) / (2 * friction * 9.81)
    #expect(abs(try #require(ideal.metric("stopping_distance_m")) / closedForm - 1) < 1e-6)
    let lagged = try outcome([
      "initial_speed": .number(kmh), "friction": .number(friction), "manoeuvre": "brake_at_start",
      "brake_dead_time_s": 0.1, "brake_ramp_s": 0.2,
    ])
    let withLag = closedForm + kmh / 3.6 * 0.2
    #expect(abs(try #require(lagged.metric("stopping_distance_m")) / withLag - 1) < 0.02)
  }

  @Test func `The reference stops hold through the scenario, road load on or off, in both manoeuvres`() throws {
    for manoeuvre in ["aeb", "brake_at_start"] {
      for roadLoad in [false, true] {
        let base: [InputValue.Member] = [
          .init("initial_speed", 60), .init("friction", 0.8), .init("manoeuvre", .string(manoeuvre)),
          .init("road_load", .bool(roadLoad)),
        ]
        let ideal = try outcome(.object(base + [.init("brake_dead_time_s", 0), .init("brake_ramp_s", 0)]))
        #expect(abs(try #require(ideal.metric("stopping_distance_m")) / 17.70 - 1) < 0.01)
        let lagged = try outcome(.object(base + [.init("brake_dead_time_s", 0.1), .init("brake_ramp_s", 0.2)]))
        #expect(abs(try #require(lagged.metric("stopping_distance_m")) / 21.0 - 1) < 0.02)
      }
    }
  }

  @Test func `A twin's own tyre friction and brakes decide where the scenario says nothing`() throws {
    var start = sedan
    start.vehicle = try start.vehicle.applying(["tyre_friction": 0.8, "brake_dead_time_s": 0, "brake_ramp_s": 0])
    let outcome = try outcome(["initial_speed": 60], from: start)
    #expect(abs(try #require(outcome.metric("stopping_distance_m")) / 17.70 - 1) < 0.01)
    #expect(outcome.metric("friction") == 0.8)
  }

  @Test func `The road that a twin's vehicle reported counts where the request says nothing of it`() throws {
    var start = sedan
    start.road = ReportedRoad(condition: .ice, friction: 0.12, age: 41.6)
    let reported = try outcome(["initial_speed": 60], from: start)
    #expect(reported.metric("friction") == 0.12)
    #expect(reported.parameters["road_condition"] == "ice")
    #expect(reported.regime.statement.contains("reported it 42 s before: condition ice, friction 0.12."))
    start.road = ReportedRoad(condition: .wet, age: 1)
    let wet = try outcome(["initial_speed": 60], from: start)
    #expect(wet.metric("friction") == RoadCondition.wet.friction(ofTyre: start.vehicle.tyreFriction))
    // What the request says goes first.
    for (name, value) in [("road_condition", "dry"), ("weather", "clear")] as [(String, InputValue)] {
      let given = try outcome(.object([.init("initial_speed", 60), .init(name, value)]), from: start)
      #expect(given.metric("friction") == RoadCondition.dry.friction(ofTyre: start.vehicle.tyreFriction))
      #expect(!given.regime.statement.contains("reported"))
    }
    #expect(try outcome(["initial_speed": 60, "friction": 0.7], from: start).metric("friction") == 0.7)
    // The parameters as used give the same run without the report.
    let again = try outcome(reported.parameters, from: sedan)
    #expect(again.stateHash == reported.stateHash)
  }

  @Test func `Without a speed in the request the twin's own counts, and 60 km/h for one that stands`() throws {
    var moving = sedan
    moving.speed = 20
    #expect(try outcome([:], from: moving).metric("initial_speed_mps") == 20)
    moving.speed = 0.2
    #expect(try outcome([:], from: moving).metric("initial_speed_mps") == 60 / 3.6)
    #expect(try outcome(["initial_speed": 36], from: moving).metric("initial_speed_mps") == 10)
  }

  @Test func `On ice the same car hits the obstacle, with the speed that energy says`() throws {
    let outcome = try outcome(["initial_speed": 60, "road_condition": "ice"])
    #expect(outcome.verdict == .fail)
    #expect(outcome.criterion("collision_avoided")?.passed == false)
    #expect(outcome.criterion("minimum_gap")?.passed == false)
    // From the demand on: v² = v₀² − 2·a·(gap − distance without full braking).
    let demandTime = try #require(outcome.metric("brake_demand_time_s"))
    let gap = 200 - 60 / 3.6 * demandTime
    let braked = gap - 60 / 3.6 * 0.2
    let expected = (60 / 3.6 * 60 / 3.6 - 2 * 0.981 * braked).squareRoot()
    #expect(abs(try #require(outcome.metric("impact_speed_mps")) - expected) < 0.02)
    // The stop itself is reported as if the obstacle weren't there.
    let stop = try #require(outcome.metric("stopping_distance_m"))
    #expect(abs(stop / (60 / 3.6 * 60 / 3.6 / (2 * 0.981) + 60 / 3.6 * 0.2) - 1) < 0.001)
    #expect(outcome.behaviour.decisions.last?.kind == "collision")
    #expect((outcome.risk.severity ?? 0) > 0)
  }

  @Test func `The trace shows the approach, the warning, the braking and the standstill`() throws {
    let outcome = try outcome(["initial_speed": 60])
    let trace = try #require(outcome.trace)
    let speed = trace.values(of: "speed_mps", actor: "ego")
    let gap = trace.values(of: "gap_m", actor: "ego")
    let time = trace.values(of: "t_s", actor: "ego")
    #expect(speed.first == 60 / 3.6)
    #expect(speed.last == 0)
    #expect(gap.first == 200)
    #expect(zip(gap, gap.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(zip(time, time.dropFirst()).allSatisfy { $0 < $1 })
    #expect(trace.values(of: "acceleration_mps2", actor: "ego").min() == -0.85 * 9.81)
    #expect(trace.values(of: "brake_demand_mps2", actor: "ego").last == 10)
    #expect(trace.values(of: "warning", actor: "ego").last == 1)
    let obstacle = trace.values(of: "x_m", actor: "obstacle")
    #expect(obstacle.count == speed.count)
    #expect(obstacle.allSatisfy { $0 == obstacle[0] })
    // The last gap is that of the metric.
    #expect(abs(try #require(gap.last) - #require(outcome.metric("min_gap_m"))) < 1e-9)
  }

  @Test func `The run starts where the twin is and goes where it heads`() throws {
    var start = sedan
    (start.x, start.y, start.heading) = (100, 50, .pi / 2)
    let trace = try #require(try outcome(["initial_speed": 60], from: start).trace)
    #expect(trace.values(of: "x_m", actor: "ego").allSatisfy { abs($0 - 100) < 1e-9 })
    #expect(trace.values(of: "y_m", actor: "ego").first == 50)
    #expect(try #require(trace.values(of: "y_m", actor: "ego").last) > 200)
  }

  @Test func `A slower obstacle ends the run once it is no longer approached`() throws {
    let outcome = try outcome(["initial_speed": 80, "obstacle_speed": 30])
    #expect(outcome.verdict == .pass)
    #expect(outcome.behaviour.decisions.last?.kind == "approach_ended")
    let trace = try #require(outcome.trace)
    #expect(abs(try #require(trace.values(of: "speed_mps", actor: "ego").last) - 30 / 3.6) < 0.1)
  }

  @Test func `The regulation's table tolerates a slow impact`() throws {
    // On μ = 0.4 the system brakes too late to avoid, yet early enough for the table.
    let parameters: InputValue = ["initial_speed": 60, "friction": 0.4, "pass_rule": "un_r152"]
    let tolerated = try outcome(parameters)
    let impact = try #require(tolerated.criterion("impact_speed"))
    #expect(impact.limit == 35)
    #expect((1...35).contains(try #require(impact.value)))
    #expect(impact.passed)
    #expect(try outcome(["initial_speed": 60, "friction": 0.4]).criterion("collision_avoided")?.passed == false)
  }
}

@Suite struct EmergencyBrakingCriteriaTests {
  private struct Case: Sendable {
    var criterion: String
    var parameters: InputValue
  }

  private static let failing: [Case] = [
    Case(criterion: "collision_avoided", parameters: ["road_condition": "snow"]),
    Case(criterion: "minimum_gap", parameters: ["minimum_gap_m": 40]),
    Case(criterion: "warning_before_braking", parameters: ["aeb_warning_lead_s": 0.3]),
    Case(criterion: "brake_demand", parameters: ["aeb_brake_demand_mps2": 4]),
    Case(criterion: "stopping_distance", parameters: ["brake_ramp_s": 2]),
    Case(criterion: "stopping_distance", parameters: ["stopping_distance_limit_m": 15]),
    Case(criterion: "impact_speed", parameters: ["pass_rule": "un_r152", "sensor_enabled": false]),
  ]

  @Test(arguments: failing)
  private func `Each criterion can fail, and holds otherwise`(this: Case) throws {
    let failing = try outcome(this.parameters)
    #expect(failing.criterion(this.criterion)?.passed == false)
    #expect(failing.verdict == .fail)
    let rule: InputValue = this.parameters["pass_rule"].map { ["pass_rule": $0] } ?? [:]
    #expect(try outcome(rule).criterion(this.criterion)?.passed == true)
  }

  @Test(arguments: ["sensor_enabled", "aeb_enabled"])
  func `Without sensor or system nothing brakes`(parameter: String) throws {
    let outcome = try outcome(.object([.init(parameter, false)]))
    #expect(outcome.verdict == .fail)
    #expect(abs(try #require(outcome.metric("impact_speed_kmh")) - 60) < 1e-9)
    #expect(outcome.criterion("brake_demand")?.value == nil)
    #expect(outcome.criterion("stopping_distance")?.passed == false)
    #expect(outcome.metric("stopping_distance_m") == nil)
  }

  @Test func `A sensor that sees nothing in time can't warn in time`() throws {
    let outcome = try outcome(["sensor_range_m": 30, "initial_speed": 100])
    #expect(outcome.criterion("warning_before_braking")?.passed == false)
    #expect(outcome.criterion("collision_avoided")?.passed == false)
  }

  @Test(arguments: [
    ["initial_speed": 5, "obstacle_distance_m": 1_000] as InputValue,
    ["initial_speed": 250, "friction": 0.02, "manoeuvre": "brake_at_start"],
  ])
  func `Slow approaches and long stops get the time they need, and a trace of bounded size`(
    parameters: InputValue
  ) throws {
    let outcome = try outcome(parameters)
    #expect(outcome.failure == nil)
    #expect(outcome.simulatedSeconds > 120)
    #expect(try #require(outcome.trace).count < 50_000)
  }

  @Test func `A run that doesn't end in time is an error with its step`() throws {
    let outcome = try outcome(["maximum_duration_s": 2, "step_s": 0.01])
    #expect(outcome.verdict == .error)
    #expect(outcome.failure?.cause == .timedOut)
    #expect(outcome.failure?.step == 200)
    #expect(outcome.failure?.time == 2)
  }

  @Test func `A run that diverges is an error with its step`() throws {
    // Finite parameters whose product isn't: the air drag of the first braked step overflows.
    var start = sedan
    start.vehicle.roadLoadC = 1e308
    start.vehicle.mass = 1e-300
    let outcome = try outcome(["road_load": true, "manoeuvre": "brake_at_start", "mass_kg": 100], from: start)
    #expect(outcome.verdict == .error)
    #expect(outcome.failure?.cause == .diverged)
    #expect(outcome.failure?.step == 1)
  }

  @Test func `A cancelled run is an error`() throws {
    let scenario = try EmergencyBraking().prepare([:], from: sedan)
    let outcome = scenario.run(RunRequest(isCancelled: { true }))
    #expect(outcome.verdict == .error)
    #expect(outcome.failure?.cause == .cancelled)
  }
}

@Suite struct EmergencyBrakingInputTests {
  private struct Case: Sendable {
    var parameters: InputValue
    var field: String
    init(_ parameters: InputValue, _ field: String) { (self.parameters, self.field) = (parameters, field) }
  }

  private static let refused: [Case] = [
    Case(["initial_sped": 60], "initial_sped"), Case(["initial_speed": -1], "initial_speed"),
    Case(["initial_speed": 1e9], "initial_speed"), Case(["initial_speed": .number(.nan)], "initial_speed"),
    Case(["initial_speed": "fast"], "initial_speed"), Case(["friction": 0], "friction"),
    Case(["weather": "sandstorm"], "weather"), Case(["obstacle": "none"], "obstacle"),
    Case(["obstacle_speed": 60], "obstacle_speed"),
    Case(["obstacle": "barrier", "obstacle_speed": 10], "obstacle_speed"), Case(["repetitions": 1.5], "repetitions"),
    Case(["repetitions": 0], "repetitions"), Case(["aeb_enabled": 1], "aeb_enabled"),
    Case(["pass_rule": "un_r152", "initial_speed": 80], "initial_speed"), Case(["step_s": 0], "step_s"),
  ]

  @Test(arguments: refused)
  private func `Bad input is refused before the run, naming the field`(this: Case) throws {
    #expect(try issues(this.parameters).map(\.field) == [this.field])
  }

  @Test func `Several problems are reported together`() throws {
    #expect(try issues(["friction": 9, "grade": "steep", "x": 1]).map(\.field) == ["friction", "grade", "x"])
  }

  @Test func `A start that isn't a number is refused`() throws {
    var start = sedan
    start.x = .infinity
    #expect(try issues([:], from: start).map(\.field) == ["start"])
    start.x = 0
    start.speed = .nan
    #expect(try issues([:], from: start).map(\.field) == ["start.speed_mps"])
  }

  @Test func `An unknown scenario type is refused with the list of types`() {
    let error = #expect(throws: InvalidInput.self) { try ScenarioLibrary.standard.type(named: "teleport") }
    #expect(error?.issues == [.init(field: "type", reason: "must be one of emergency_braking, car_following")])
  }

  @Test func `The schema is documented and its defaults lie in their own ranges`() throws {
    for type in ScenarioLibrary.standard.types {
      for parameter in type.descriptor.schema.specifications {
        #expect(!parameter.meaning.isEmpty)
        if parameter.defaultValue != .null { #expect(parameter.problem(with: parameter.defaultValue) == nil) }
      }
    }
  }

  @Test func `Every metric and criterion of an outcome is documented`() throws {
    let descriptor = EmergencyBraking().descriptor
    for parameters: InputValue in [["repetitions": 2], ["pass_rule": "un_r152", "road_condition": "ice"]] {
      let outcome = try outcome(parameters)
      #expect(outcome.metrics.allSatisfy { descriptor.metrics.contains($0.name) })
      for criterion in outcome.criteria {
        let documented = descriptor.passCriteria.first { $0.name == criterion.name }
        #expect(documented?.metric == criterion.metric)
        #expect(documented?.comparison == criterion.comparison)
        #expect(documented?.unit == criterion.unit)
      }
    }
  }

  @Test func `The outcome repeats the parameters as used, and they give the same run`() throws {
    let first = try outcome(["initial_speed": 72, "weather": "rain"])
    #expect(first.parameters["road_condition"] == "wet")
    #expect(first.parameters["friction"] == .number(0.6))
    let second = try outcome(first.parameters)
    #expect(second.stateHash == first.stateHash)
  }
}
