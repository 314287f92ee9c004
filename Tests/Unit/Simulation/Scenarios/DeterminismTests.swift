import SimulationInput
import SimulationKernel
import SimulationScenarios
import SimulationVehicles
import Testing

@Suite struct DeterminismTests {
  private func items() throws -> [ScenarioBatch.Item] {
    try (0..<24).map { index in
      let type = VehicleCatalogue.all[index % VehicleCatalogue.all.count]
      let scenario = try EmergencyBraking().prepare(
        ["initial_speed": .number(30 + Double(index)), "weather": index % 3 == 0 ? "rain" : "clear"],
        from: ScenarioStart(type))
      return ScenarioBatch.Item(
        scenario, RunRequest(seed: UInt64(index), recordsTrace: false, includesOptimisation: false))
    }
  }

  @Test func `A batch has the same outcomes on one, two and four workers`() async throws {
    let items = try items()
    let single = await ScenarioBatch.run(items, workers: 1) { $0.stateHash }
    #expect(single == items.map { $0.scenario.run($0.request).stateHash })
    for workers in [2, 4] {
      #expect(await ScenarioBatch.run(items, workers: workers, summary: { $0.stateHash }) == single)
    }
  }

  @Test func `The seed matters, the trace doesn't`() throws {
    let scenario = try EmergencyBraking().prepare([:], from: ScenarioStart(VehicleCatalogue.all[0]))
    let base = scenario.run(RunRequest(seed: 1))
    #expect(
      scenario.run(RunRequest(seed: 1, recordsTrace: false, includesOptimisation: false)).stateHash == base.stateHash)
    #expect(scenario.run(RunRequest(seed: 2)).stateHash != base.stateHash)
  }

  @Test func `The golden hash holds in debug and release, on any machine`() throws {
    let scenario = try EmergencyBraking().prepare([:], from: ScenarioStart(VehicleCatalogue.all[0]))
    #expect(scenario.run(RunRequest(seed: 42)).stateHash.hexadecimal == "287e53fdd60a8a45")
  }
}

@Suite struct RepetitionTests {
  @Test func `Repetitions give a probability with its interval and the worst of each criterion`() throws {
    // On this friction the braking distance equals the room that the system leaves, so noise decides.
    let scenario = try EmergencyBraking().prepare(
      ["initial_speed": 80, "friction": 0.4975, "repetitions": 40], from: ScenarioStart(VehicleCatalogue.all[0]))
    let outcome = scenario.run(RunRequest(seed: 5))
    let collisions = try #require(outcome.metric("repetitions_with_collision"))
    #expect((1...39).contains(collisions))
    #expect(outcome.risk.trials == 40)
    #expect(outcome.risk.probability == collisions / 40)
    #expect(try #require(outcome.risk.probabilityLowerBound) < collisions / 40)
    #expect(try #require(outcome.risk.probabilityUpperBound) > collisions / 40)
    #expect(outcome.risk.risk == outcome.risk.probability.map { $0 * (outcome.risk.severity ?? .nan) })
    #expect(outcome.verdict == .fail)
    #expect(outcome.criterion("collision_avoided")?.value == 1)
    #expect(outcome.risk.status == "computed")
  }

  @Test func `One run leaves the probability unknown`() throws {
    let scenario = try EmergencyBraking().prepare([:], from: ScenarioStart(VehicleCatalogue.all[0]))
    let risk = scenario.run(RunRequest()).risk
    #expect(risk.probability == nil)
    #expect(risk.status == "unknown")
    #expect(!risk.notes.isEmpty)
  }

  @Test func `Sensitivities agree with their closed forms`() throws {
    let scenario = try EmergencyBraking().prepare(
      ["friction": 0.6], from: ScenarioStart(VehicleCatalogue.all[0]))
    let figures = scenario.run(RunRequest()).optimisation
    func figure(_ name: String) throws -> Double { try #require(figures.first { $0.name == name }?.value) }
    let slope = try figure("stopping_distance_per_friction_m")
    let closedForm = try figure("stopping_distance_per_friction_closed_form_m")
    #expect(abs(slope / closedForm - 1) < 0.01)
    // The system brakes at 5 m/s² of need, so it needs more room than the stop itself.
    let distance = try figure("minimum_avoidable_distance_m")
    let shortest = try figure("minimum_avoidable_distance_closed_form_m")
    #expect(distance > shortest)
    func collisions(gap: Double) throws -> Double? {
      let parameters: InputValue = [
        "friction": 0.6, "obstacle_distance_m": .number(gap), "sensor_dropout": 0, "sensor_range_std_m": 0,
        "sensor_speed_std_mps": 0,
      ]
      let scenario = try EmergencyBraking().prepare(parameters, from: ScenarioStart(VehicleCatalogue.all[0]))
      return scenario.run(RunRequest()).metric("collisions")
    }
    #expect(try collisions(gap: distance - 0.5) == 1)
    #expect(try collisions(gap: distance + 0.5) == 0)
  }

  @Test func `The regime names what leaves it`() throws {
    let start = ScenarioStart(VehicleCatalogue.all[0])
    #expect(try EmergencyBraking().prepare([:], from: start).run(RunRequest()).regime.isInside)
    let fast = try EmergencyBraking().prepare(
      ["initial_speed": 240, "aeb_enabled": false, "obstacle": "barrier"], from: start
    ).run(RunRequest()).regime
    #expect(fast.excursions.count == 2)
  }
}
