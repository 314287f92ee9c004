import SimulationBehaviour
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
    let driver = try DriverParameters().applying(
      snapshot.driverParameters.map { InputValue($0) } ?? .null, path: "vehicle_id.driver_parameters.")
    let state = snapshot.state
    return ScenarioStart(
      vehicle: parameters, driver: driver, category: type.category, speed: state?.speedMps, x: state?.position?.xM ?? 0,
      y: state?.position?.yM ?? 0, heading: (state?.headingDeg).map { (90 - $0) * .pi / 180 } ?? 0)
  }

  /// Checks the plan against the library.
  func prepare(_ library: ScenarioLibrary) throws -> any PreparedScenario {
    try library.type(named: scenarioType).prepare(parameters, from: try start())
  }
}
