import SimulationBehaviour
import SimulationInput
import SimulationKernel
import SimulationScenarios
import SimulationVehicles
import Testing

@Suite struct CarFollowingTests {
  private let sedan = ScenarioStart(VehicleCatalogue.all[0])

  private func leader(_ points: [(Double, Double)]) -> InputValue {
    .array(points.map { ["t_s": .number($0.0), "speed_mps": .number($0.1)] })
  }

  private func outcome(_ parameters: InputValue, from start: ScenarioStart) throws -> ScenarioOutcome {
    try CarFollowing().prepare(parameters, from: start).run(RunRequest())
  }

  @Test func `The twin follows, and the trace says how`() throws {
    let outcome = try outcome(
      [
        "leader": leader([(100, 15), (120, 15), (130, 5), (160, 5), (170, 20), (200, 20)]), "initial_gap_m": 26,
        "initial_speed": 54,
      ], from: sedan)
    #expect(outcome.verdict == .pass)
    #expect(outcome.metric("collisions") == 0)
    let trace = try #require(outcome.trace)
    #expect(trace.actors == ["ego", "leader"])
    let times = trace.values(of: "t_s", actor: "ego")
    #expect(times.count == 1_001 && times.first == 100 && abs(times[1_000] - 200) < 1e-9)
    let gaps = trace.values(of: "gap_m", actor: "ego")
    #expect(gaps[0] == 26)
    #expect(outcome.metric("min_gap_m") == gaps.min())
    #expect(outcome.metric("final_gap_m") == gaps.last)
    // Centres are apart by the gap and half of both lengths.
    let (own, ahead) = (trace.values(of: "x_m", actor: "ego"), trace.values(of: "x_m", actor: "leader"))
    let lengths = 0.5 * (sedan.vehicle.length + 4.5)
    #expect(zip(zip(own, ahead), gaps).allSatisfy { abs($0.1 - $0.0 - lengths - $1) < 1e-9 })
    // The leader's way is the integral of its speed.
    #expect(abs((outcome.metric("leader_distance_m") ?? 0) - (300 + 100 + 150 + 125 + 600)) < 1e-6)
    #expect(abs((ahead[1_000] - ahead[0]) - 1_275) < 1e-6)
    #expect(outcome.parameters["leader"] == nil)
    #expect(outcome.parameters["time_headway_s"] == .number(1.6))
  }

  @Test func `The twin's driver counts, and a run may change it`() throws {
    let scene: [InputValue.Member] = [.init("leader", leader([(0, 20), (120, 20)]))]
    var start = sedan
    start.driver = DriverParameters(timeHeadway: 1)
    let near = try outcome(.object(scene), from: start)
    let far = try outcome(.object(scene + [.init("time_headway_s", 2.5)]), from: start)
    let (a, b) = (try #require(near.metric("final_gap_m")), try #require(far.metric("final_gap_m")))
    #expect(a < 26 && b > 50)
    #expect(near.stateHash != far.stateHash)
    #expect(try outcome(.object(scene), from: start).stateHash == near.stateHash)
  }

  @Test func `A leader that stands still at once is hit, and that is told`() throws {
    let outcome = try outcome(
      ["leader": leader([(0, 30), (0.1, 0), (20, 0)]), "initial_gap_m": 10, "initial_speed": 108], from: sedan)
    #expect(outcome.verdict == .fail)
    #expect(outcome.metric("collisions") == 1)
    #expect(outcome.criterion("collision_avoided")?.passed == false)
    let impact = try #require(outcome.metric("impact_speed_mps"))
    // Never slower than full braking over the 10 m allows.
    #expect(impact > 25 && impact < 30)
    #expect(outcome.behaviour.decisions.last?.kind == "collision")
    #expect(try #require(outcome.risk.severity) > 0)
  }

  @Test func `Wrong input is told by its place`() throws {
    func fields(_ parameters: InputValue) -> [String] {
      let error = #expect(throws: InvalidInput.self) { _ = try CarFollowing().prepare(parameters, from: sedan) }
      return error?.issues.map(\.field) ?? []
    }
    #expect(fields([:]) == ["leader"])
    #expect(fields(["leader": 3]) == ["leader"])
    #expect(fields(["leader": leader([(0, 1)])]) == ["leader"])
    #expect(fields(["leader": [["t_s": 0, "speed_mps": 3], 5]]) == ["leader[1]"])
    #expect(
      fields(["leader": [["t_s": 0, "speed_mps": -3], ["t_s": 1, "gap": 3]]]) == [
        "leader[0].speed_mps", "leader[1].gap", "leader[1].speed_mps",
      ])
    #expect(fields(["leader": leader([(0, 1), (1, 1), (1, 2)])]) == ["leader[2].t_s"])
    #expect(fields(["leader": leader([(0, 1), (4_000, 1)])]) == ["leader"])
    let table = leader([(0, 10), (5, 10)])
    #expect(fields(["leader": table, "initial_gap_m": 0, "idm_share": 2]) == ["initial_gap_m", "idm_share"])
  }

  @Test func `The library tells what it takes`() throws {
    let descriptor = try ScenarioLibrary.standard.type(named: "car_following").descriptor
    #expect(descriptor.category == .validation)
    #expect(descriptor.schema["leader"]?.isRequired == true)
    #expect(descriptor.schema["initial_gap_m"]?.isRequired == false)
    for field in DriverParameters.fields { #expect(descriptor.schema[field.name] != nil) }
  }
}
