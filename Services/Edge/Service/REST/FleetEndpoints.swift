import HTTPTypes
import RPCCore
import ServiceRuntime
import TwinProto

/// The calls of the public contract that are one RPC each, by the service that answers.
enum FleetEndpoints {
  private static let page = ["page_size", "page_token"]

  static let all: [(peer: ServiceIdentity, endpoints: [Endpoint])] = [
    (.twinEngine, twins + calibrations), (.scenarioRunner, scenarios), (.results, results),
    (.stateSync, sync + observations + uploads),
  ]

  private static let uploads = [
    Endpoint(
      .get, "/api/v1/twin/uploads/{id}", TelemetryServiceMethods.getUpload, GetUploadRequest.self, Upload.self),
    Endpoint(
      .get, "/api/v1/twin/uploads/{id}/rejections", TelemetryServiceMethods.listUploadRejections,
      ListUploadRejectionsRequest.self, ListUploadRejectionsResponse.self, query: page),
  ]

  private static let twins = [
    Endpoint(
      .post, "/api/v1/twin/vehicles", TwinServiceMethods.createTwin, CreateTwinRequest.self, Twin.self,
      body: .init(), status: .created, location: "/api/v1/twin/vehicles/{id}"),
    Endpoint(
      .get, "/api/v1/twin/vehicles", TwinServiceMethods.listTwins, ListTwinsRequest.self, ListTwinsResponse.self,
      query: page + ["model_type"]),
    Endpoint(.get, "/api/v1/twin/vehicles/{id}", TwinServiceMethods.getTwin, GetTwinRequest.self, Twin.self),
    Endpoint(
      .delete, "/api/v1/twin/vehicles/{id}", TwinServiceMethods.deleteTwin, DeleteTwinRequest.self,
      DeleteTwinResponse.self
    ).withoutContent(),
    Endpoint(
      .get, "/api/v1/twin/vehicles/{id}/state", TwinServiceMethods.getTwinState, GetTwinStateRequest.self,
      VehicleState.self),
    Endpoint(
      .get, "/api/v1/twin/model-types", TwinServiceMethods.listModelTypes, ListModelTypesRequest.self,
      ListModelTypesResponse.self, query: page),
    Endpoint(
      .get, "/api/v1/twin/model-types/{name}", TwinServiceMethods.getModelType, GetModelTypeRequest.self,
      ModelType.self),
  ]

  private static let observations = [
    Endpoint(
      .get, "/api/v1/twin/vehicles/{id}/observations", FleetServiceMethods.listObservations,
      ListObservationsRequest.self, ListObservationsResponse.self, pathField: ["id": "vehicle_id"],
      query: page + ["kind", "from", "to"])
  ]

  /// A log of 100,000 rows fits, with numbers of full length; as a message it is 3.8 MB.
  static let calibrationBody = Endpoint.Body(
    maxBytes: 16 << 20,
    bound:
      "a calibration takes at most 100000 samples, 20000 rows of a log or 1000 observations, and a longer drive is "
      + "uploaded as telemetry and fitted as the twin's history")
  /// A fit has a bound of its own in twin-engine, which is shorter unless somebody has made it longer.
  private static let calibrationTimeout = Duration.seconds(300)

  private static let calibrations = [
    Endpoint(
      .post, "/api/v1/twin/vehicles/{id}/calibrate", CalibrationServiceMethods.calibrateTwin,
      CalibrateTwinRequest.self, Calibration.self, body: calibrationBody
    ).within(calibrationTimeout),
    Endpoint(
      .get, "/api/v1/twin/vehicles/{id}/calibrations", CalibrationServiceMethods.listCalibrations,
      ListCalibrationsRequest.self, ListCalibrationsResponse.self, query: page),
    Endpoint(
      .get, "/api/v1/twin/vehicles/{id}/calibrations/{version}", CalibrationServiceMethods.getCalibration,
      GetCalibrationRequest.self, Calibration.self),
    Endpoint(
      .post, "/api/v1/twin/vehicles/{id}/calibrations/{version}/activate",
      CalibrationServiceMethods.revertCalibration, RevertCalibrationRequest.self, RevertCalibrationResponse.self),
    Endpoint(
      .get, "/api/v1/twin/vehicles/{id}/divergence", CalibrationServiceMethods.getDivergence,
      GetDivergenceRequest.self, DivergenceReport.self, query: ["window_s"]),
    Endpoint(
      .get, "/api/v1/twin/vehicles/{id}/validation", CalibrationServiceMethods.getValidation,
      GetValidationRequest.self, ValidationReport.self, query: ["window_s"]
    ).within(calibrationTimeout),
  ]

  private static let sync = [
    Endpoint(
      .get, "/api/v1/twin/vehicles/{id}/sync", FleetServiceMethods.getSyncReport, GetSyncReportRequest.self,
      SyncReport.self, pathField: ["id": "vehicle_id"])
  ]

  private static let scenarios = [
    Endpoint(
      .post, "/api/v1/twin/scenarios", ScenarioServiceMethods.createScenario, CreateScenarioRequest.self,
      Scenario.self, body: .init(fold: "parameters"), status: .created, location: "/api/v1/twin/scenarios/{id}"),
    Endpoint(
      .get, "/api/v1/twin/scenarios", ScenarioServiceMethods.listScenarios, ListScenariosRequest.self,
      ListScenariosResponse.self, query: page + ["type", "vehicle_id"]),
    Endpoint(
      .get, "/api/v1/twin/scenarios/{id}", ScenarioServiceMethods.getScenario, GetScenarioRequest.self,
      Scenario.self),
    Endpoint(
      .delete, "/api/v1/twin/scenarios/{id}", ScenarioServiceMethods.deleteScenario, DeleteScenarioRequest.self,
      DeleteScenarioResponse.self
    ).withoutContent(),
    Endpoint(
      .get, "/api/v1/twin/scenario-types", ScenarioServiceMethods.listScenarioTypes, ListScenarioTypesRequest.self,
      ListScenarioTypesResponse.self, query: page + ["category"]),
    Endpoint(
      .get, "/api/v1/twin/scenario-types/{type}", ScenarioServiceMethods.getScenarioType,
      GetScenarioTypeRequest.self, ScenarioType.self),
    Endpoint(
      .get, "/api/v1/twin/simulations", SimulationServiceMethods.listSimulations, ListSimulationsRequest.self,
      ListSimulationsResponse.self, query: page + ["status"]),
    Endpoint(
      .get, "/api/v1/twin/simulations/{id}", SimulationServiceMethods.getSimulation, GetSimulationRequest.self,
      Simulation.self),
    Endpoint(
      .post, "/api/v1/twin/simulations/{id}/cancel", SimulationServiceMethods.cancelSimulation,
      CancelSimulationRequest.self, Simulation.self),
  ]

  private static let results = [
    Endpoint(
      .get, "/api/v1/twin/results", ResultServiceMethods.listResults, ListResultsRequest.self,
      ListResultsResponse.self,
      query: page + ["simulation_id", "scenario_type", "verdict", "parent_run_id"])
  ]
}
