import SimulationBehaviour
import SimulationInput
import SimulationKernel
import SimulationVehicles

/// A car-following scenario with all its parameters checked and in SI units.
struct CarFollowingPlan: Sendable {
  var leader: LeaderTrack
  var driver: DriverParameters
  var initialGap: Double
  var initialSpeed: Double
  var leaderLength: Double
  var leaderMass: Double
  var vehicleLength: Double
  var mass: Double
  var road: StraightRoad
  var minimumGap: Double
  var minimumTimeToCollision: Double?
  var parameters: InputValue

  static let step = FixedStep.milliseconds(100)

  init(_ input: InputValue, from start: ScenarioStart) throws(InvalidInput) {
    let given = try CarFollowing.schema.resolve(input)
    let times = given.numbers("leader", column: "t_s")
    let speeds = given.numbers("leader", column: "speed_mps")
    for index in times.indices.dropFirst() where times[index] <= times[index - 1] {
      throw InvalidInput(field: "leader[\(index)].t_s", reason: "must be later than that of the row before")
    }
    leader = LeaderTrack(zip(times, speeds).map { .init(time: $0, speed: $1) })
    guard leader.duration >= CarFollower.stepLength * 0.999, leader.duration <= CarFollowing.longestDuration else {
      throw InvalidInput(
        field: "leader", reason: "must cover 0.1 to \(InputValue.text(of: CarFollowing.longestDuration)) s")
    }
    guard start.x.isFinite, start.y.isFinite, start.heading.isFinite else {
      throw InvalidInput(field: "start", reason: "position and heading must be finite numbers")
    }
    driver = start.driver
    for field in DriverParameters.fields {
      if let number = given.number(field.name) { driver[keyPath: field.path] = number }
    }
    initialSpeed = given.number("initial_speed").map { $0 / 3.6 } ?? speeds[0]
    initialGap = given.number("initial_gap_m") ?? driver.standstillGap + initialSpeed * driver.timeHeadway
    leaderLength = given.number("leader_length_m") ?? 4.5
    leaderMass = given.number("leader_mass_kg") ?? 1_500
    vehicleLength = start.vehicle.length
    mass = start.vehicle.mass
    road = StraightRoad(originX: start.x, originY: start.y, heading: start.heading)
    minimumGap = given.number("minimum_gap_m") ?? 0
    minimumTimeToCollision = given.number("minimum_ttc_s")
    parameters = .null
    parameters = used(given)
  }

  /// The parameters with every derived one replaced by what it came to; without the leader's table.
  private func used(_ given: ResolvedParameters) -> InputValue {
    var derived: [String: InputValue] = [
      "initial_gap_m": .number(initialGap), "initial_speed": .number((initialSpeed * 3.6e9).rounded() / 1e9),
    ]
    for field in DriverParameters.fields { derived[field.name] = .number(driver[keyPath: field.path]) }
    guard case .object(let members) = given.asInput else { return .null }
    return .object(
      members.filter { $0.name != "leader" }.map {
        .init($0.name, $0.value == .null ? derived[$0.name] ?? .null : $0.value)
      })
  }
}
