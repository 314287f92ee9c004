import HTTPTypes
import RPCCore
import ServiceRuntime
import TwinProto

/// The calls about infrastructure that are one RPC each, by the service that answers.
enum InfrastructureEndpoints {
  private static let page = ["page_size", "page_token"]
  /// What clients of the system before this one call the type of a change.
  static let aliases = ["simulation_type": "type"]

  static let all: [(peer: ServiceIdentity, endpoints: [Endpoint])] = [
    (.scenarioRunner, simulations), (.stateSync, environments), (.prediction, predictions),
    (.prediction, approvals), (.results, records),
  ]

  private static let simulations = [
    Endpoint(
      .post, "/api/v1/simulation/create", ChangeSimulationServiceMethods.createChangeSimulation,
      CreateChangeSimulationRequest.self, ChangeSimulation.self,
      body: .init(field: "change_request", aliases: aliases), status: .created,
      location: "/api/v1/simulation/{id}"),
    Endpoint(
      .get, "/api/v1/simulation", ChangeSimulationServiceMethods.listChangeSimulations,
      ListChangeSimulationsRequest.self, ListChangeSimulationsResponse.self, query: page + ["environment", "status"]),
    Endpoint(
      .get, "/api/v1/simulation/{id}", ChangeSimulationServiceMethods.getChangeSimulation,
      GetChangeSimulationRequest.self, ChangeSimulation.self),
    Endpoint(
      .delete, "/api/v1/simulation/{id}", ChangeSimulationServiceMethods.deleteChangeSimulation,
      DeleteChangeSimulationRequest.self, DeleteChangeSimulationResponse.self
    ).withoutContent(),
  ]

  private static let environments = [
    Endpoint(
      .get, "/api/v1/environments", EnvironmentServiceMethods.listEnvironments, ListEnvironmentsRequest.self,
      ListEnvironmentsResponse.self, query: page),
    Endpoint(
      .post, "/api/v1/environments", EnvironmentServiceMethods.createEnvironment, CreateEnvironmentRequest.self,
      Environment.self, body: .init(), status: .created, location: "/api/v1/environments/{id}"),
    Endpoint(
      .get, "/api/v1/environments/{id}", EnvironmentServiceMethods.getEnvironment, GetEnvironmentRequest.self,
      Environment.self),
    Endpoint(
      .delete, "/api/v1/environments/{id}", EnvironmentServiceMethods.deleteEnvironment,
      DeleteEnvironmentRequest.self, DeleteEnvironmentResponse.self
    ).withoutContent(),
    Endpoint(
      .post, "/api/v1/environments/sync", EnvironmentServiceMethods.syncEnvironment, SyncEnvironmentRequest.self,
      SyncEnvironmentResponse.self, body: .init()),
    Endpoint(
      .get, "/api/v1/environments/{id}/metrics", EnvironmentServiceMethods.listMetrics, ListMetricsRequest.self,
      ListMetricsResponse.self, pathField: ["id": "environment_id"],
      query: page + ["from", "to", "metric", "target", "step_s"]),
  ]

  private static let predictions = [
    Endpoint(
      .post, "/api/v1/predict/impact", PredictionServiceMethods.predictImpact, PredictImpactRequest.self,
      PredictImpactResponse.self, body: .init(aliases: aliases)),
    Endpoint(
      .post, "/api/v1/predict/performance", PredictionServiceMethods.predictPerformance,
      PredictPerformanceRequest.self, PredictPerformanceResponse.self, body: .init()),
    Endpoint(
      .get, "/api/v1/predict/failures", PredictionServiceMethods.predictFailures, PredictFailuresRequest.self,
      PredictFailuresResponse.self, query: page + ["environment", "target_system", "horizon_hours"]),
    Endpoint(
      .post, "/api/v1/predict/actuals", PredictionServiceMethods.recordActual, RecordActualRequest.self,
      RecordActualResponse.self, body: .init()),
    Endpoint(
      .get, "/api/v1/predict/track-record", PredictionServiceMethods.listTrackRecord, ListTrackRecordRequest.self,
      ListTrackRecordResponse.self, query: page + ["environment", "model"]),
    Endpoint(
      .get, "/api/v1/models", PredictionServiceMethods.listModels, ListModelsRequest.self, ListModelsResponse.self,
      query: page),
  ]

  private static let approvals = [
    Endpoint(
      .get, "/api/v1/approvals", ApprovalServiceMethods.listApprovals, ListApprovalsRequest.self,
      ListApprovalsResponse.self, query: page + ["status"]),
    Endpoint(
      .get, "/api/v1/approvals/{id}", ApprovalServiceMethods.getApproval, GetApprovalRequest.self, Approval.self),
    Endpoint(
      .post, "/api/v1/approvals/{id}/approve", ApprovalServiceMethods.approveChange, ApproveChangeRequest.self,
      Approval.self, body: .init(isOptional: true)),
    Endpoint(
      .post, "/api/v1/approvals/{id}/reject", ApprovalServiceMethods.rejectChange, RejectChangeRequest.self,
      Approval.self, body: .init(isOptional: true)),
  ]

  private static let records = [
    Endpoint(
      .get, "/api/v1/audit", AuditServiceMethods.listAudit, ListAuditRequest.self, ListAuditResponse.self,
      query: page + ["from", "to", "actor", "action", "resource", "environment"]),
    Endpoint(
      .get, "/api/v1/alerts", AlertServiceMethods.listAlerts, ListAlertsRequest.self, ListAlertsResponse.self,
      query: page + ["status", "resource", "environment"]),
  ]
}
