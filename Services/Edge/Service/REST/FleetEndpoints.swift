import HTTPTypes
import RPCCore
import ServiceRuntime
import TwinProto

/// The calls of the public contract that are one RPC each, by the service that answers.
enum FleetEndpoints {
  private static let page = ["page_size", "page_token"]

  static let all: [(peer: ServiceIdentity, endpoints: [Endpoint])] = [
    (.twinEngine, twins), (.stateSync, telemetry), (.scenarioRunner, scenarios), (.results, results),
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

  private static let telemetry = [
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
