import SimulationInput
import SimulationScenarios
import SimulationVehicles
import TwinConversions
import TwinProto

/// Everything that a run needs, fixed when it is asked for: whoever runs it, and however often, gets the same outcome.
struct RunPlan: Sendable, Equatable {
  var scenarioID: String
  var scenarioType: String
  var vehicleID: String
  var parameters: InputValue
  var seed: UInt64
  /// The vehicle as its twin was; absent when the scenario names none.
  var snapshot: TwinSnapshot?
  var keepsTrace: Bool
  /// Seconds of computing.
  var timeLimit: Double
}

extension RunPlan {
  /// The vehicle of a scenario that names no twin.
  private static let defaultModelType = "sedan"

  /// The vehicle and the state that the run starts from.
  ///
  /// - Throws: `InvalidInput` when the twin's model type or parameters aren't known here.
  func start() throws -> ScenarioStart {
    guard let snapshot else { return ScenarioStart(try VehicleCatalogue.type(named: Self.defaultModelType)) }
    let type = try VehicleCatalogue.type(named: snapshot.twin?.modelType ?? "", field: "vehicle_id.model_type")
    let parameters = try type.parameters.applying(
      snapshot.parameters.map { InputValue($0) } ?? .null, path: "vehicle_id.parameters.")
    let state = snapshot.state
    var start = ScenarioStart(
      vehicle: parameters, category: type.category, speed: state?.speedMps, x: state?.position?.xM ?? 0,
      y: state?.position?.yM ?? 0, heading: (state?.headingDeg).map { (90 - $0) * .pi / 180 } ?? 0)
    start.road = Self.road(snapshot)
    return start
  }

  /// An older report of the road says nothing of the road now, s.
  private static let oldestRoadReport = 3_600.0

  /// What the vehicle reported of its road, unless that is too long ago.
  private static func road(_ snapshot: TwinSnapshot) -> ReportedRoad? {
    guard let report = snapshot.environment, let time = report.time, let taken = snapshot.snapshotTime else {
      return nil
    }
    let age = Double(taken.seconds - time.seconds) + Double(taken.nanos - time.nanos) * 1e-9
    guard age <= oldestRoadReport else { return nil }
    let condition: SimulationVehicles.RoadCondition? =
      switch report.roadCondition {
      case .dry: .dry
      case .wet: .wet
      case .flooded: .flooded
      case .snow: .snow
      case .ice: .ice
      case .gravel: .gravel
      case .unspecified, .unrecognized: nil
      }
    guard condition != nil || report.roadFriction != nil else { return nil }
    return ReportedRoad(condition: condition, friction: report.roadFriction, age: max(0, age))
  }

  /// Checks the plan against the library.
  func prepare(_ library: ScenarioLibrary) throws -> any PreparedScenario {
    try library.type(named: scenarioType).prepare(parameters, from: try start())
  }
}
