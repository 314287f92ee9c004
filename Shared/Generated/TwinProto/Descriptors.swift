// Generated from all .proto files of TwinProto by proto/generator; `make generate` writes it anew.

public import ProtobufCodec
public import RPCCore

/// The .proto files of this module.
public enum TwinDescriptors {
  /// Every file, after those that it imports.
  public static let files: [ProtoFile] = [
    googleProtobufAny,
    googleProtobufDuration,
    googleProtobufEmpty,
    googleProtobufStruct,
    googleProtobufTimestamp,
    googleRpcCode,
    googleRpcErrorDetails,
    googleRpcStatus,
    grpcHealthV1Health,
    grpcReflectionV1Reflection,
    grpcReflectionV1AlphaReflection,
    twinCommonV1Change,
    twinCommonV1Errors,
    twinCommonV1Impact,
    twinCommonV1Outcome,
    twinCommonV1Parameter,
    twinCommonV1Telemetry,
    twinCommonV1VehicleState,
    twinEngineV1Calibration,
    twinStatesyncV1Environment,
    twinEngineV1Environment,
    twinEngineV1Twin,
    twinPredictionV1Arbiter,
    twinPredictionV1Prediction,
    twinResultsV1Audit,
    twinResultsV1Result,
    twinResultsV1Suite,
    twinScenarioV1Change,
    twinScenarioV1Ego,
    twinScenarioV1Scenario,
    twinScenarioV1Simulation,
    twinScenarioV1Suite,
    twinStatesyncV1Telemetry,
    twinStatesyncV1Fleet,
  ]

  /// All files as a `google.protobuf.FileDescriptorSet`.
  public static var fileDescriptorSet: [UInt8] { ProtoFile.fileDescriptorSet(files) }

  /// Every message.
  public static let messageTypes: [any RPCMessage.Type] = [
    ProtoAny.self,
    ProtoDuration.self,
    ProtoEmpty.self,
    ProtoStruct.self,
    ProtoValue.self,
    ProtoListValue.self,
    ProtoTimestamp.self,
    GoogleRPCErrorInfo.self,
    GoogleRPCRetryInfo.self,
    GoogleRPCDebugInfo.self,
    GoogleRPCQuotaFailure.self,
    GoogleRPCQuotaFailure.Violation.self,
    GoogleRPCPreconditionFailure.self,
    GoogleRPCPreconditionFailure.Violation.self,
    GoogleRPCBadRequest.self,
    GoogleRPCBadRequest.FieldViolation.self,
    GoogleRPCRequestInfo.self,
    GoogleRPCResourceInfo.self,
    GoogleRPCHelp.self,
    GoogleRPCHelp.Link.self,
    GoogleRPCLocalizedMessage.self,
    GoogleRPCStatus.self,
    GRPCHealthCheckRequest.self,
    GRPCHealthCheckResponse.self,
    GRPCHealthListRequest.self,
    GRPCHealthListResponse.self,
    GRPCReflectionV1ServerReflectionRequest.self,
    GRPCReflectionV1ExtensionRequest.self,
    GRPCReflectionV1ServerReflectionResponse.self,
    GRPCReflectionV1FileDescriptorResponse.self,
    GRPCReflectionV1ExtensionNumberResponse.self,
    GRPCReflectionV1ListServiceResponse.self,
    GRPCReflectionV1ServiceResponse.self,
    GRPCReflectionV1ErrorResponse.self,
    GRPCReflectionV1AlphaServerReflectionRequest.self,
    GRPCReflectionV1AlphaExtensionRequest.self,
    GRPCReflectionV1AlphaServerReflectionResponse.self,
    GRPCReflectionV1AlphaFileDescriptorResponse.self,
    GRPCReflectionV1AlphaExtensionNumberResponse.self,
    GRPCReflectionV1AlphaListServiceResponse.self,
    GRPCReflectionV1AlphaServiceResponse.self,
    GRPCReflectionV1AlphaErrorResponse.self,
    ChangeRequest.self,
    PredictedImpact.self,
    Issue.self,
    Evidence.self,
    CostImpact.self,
    RiskFactors.self,
    Interval.self,
    HoursWindow.self,
    SimulatedHours.self,
    RunOutcome.self,
    Criterion.self,
    BehaviourAnalysis.self,
    Decision.self,
    RiskAssessment.self,
    Proportion.self,
    VariantSummary.self,
    MetricSummary.self,
    TraceRow.self,
    ParameterSpec.self,
    ParameterRange.self,
    TelemetrySample.self,
    SensorSample.self,
    Detection.self,
    EnvironmentSample.self,
    OperationsSample.self,
    VehicleState.self,
    Position.self,
    SyncState.self,
    Divergence.self,
    LearnedBehaviour.self,
    PredictedState.self,
    StateUncertainty.self,
    CalibrateTwinRequest.self,
    FollowingSample.self,
    FuelObservation.self,
    Calibration.self,
    FittedParameter.self,
    GetCalibrationRequest.self,
    ListCalibrationsRequest.self,
    ListCalibrationsResponse.self,
    RevertCalibrationRequest.self,
    RevertCalibrationResponse.self,
    GetDivergenceRequest.self,
    DivergenceReport.self,
    ChannelDivergence.self,
    GetValidationRequest.self,
    ValidationReport.self,
    ValidationMetric.self,
    Environment.self,
    Source.self,
    Target.self,
    CreateEnvironmentRequest.self,
    GetEnvironmentRequest.self,
    ListEnvironmentsRequest.self,
    ListEnvironmentsResponse.self,
    DeleteEnvironmentRequest.self,
    DeleteEnvironmentResponse.self,
    SyncEnvironmentRequest.self,
    InlineTarget.self,
    SyncEnvironmentResponse.self,
    Drift.self,
    SourceResult.self,
    GetTargetRequest.self,
    ListTargetsRequest.self,
    ListTargetsResponse.self,
    ListMetricsRequest.self,
    ListMetricsResponse.self,
    MetricSeries.self,
    MetricPoint.self,
    PushMetricsRequest.self,
    PushMetricsResponse.self,
    WatchEnvironmentsRequest.self,
    EnvironmentUpdate.self,
    GetEnvironmentSnapshotRequest.self,
    EnvironmentSnapshot.self,
    TargetTwin.self,
    CalibratedParameter.self,
    UpdateEnvironmentRequest.self,
    UpdateEnvironmentResponse.self,
    CalibrateEnvironmentRequest.self,
    CalibrateEnvironmentResponse.self,
    Twin.self,
    CreateTwinRequest.self,
    GetTwinRequest.self,
    ListTwinsRequest.self,
    ListTwinsResponse.self,
    DeleteTwinRequest.self,
    DeleteTwinResponse.self,
    ResolveTwinsRequest.self,
    ResolveTwinsResponse.self,
    WatchTwinsRequest.self,
    TwinUpdate.self,
    TwinIdentity.self,
    GetTwinStateRequest.self,
    WatchTwinStatesRequest.self,
    WatchTwinStatesResponse.self,
    GetTwinSnapshotRequest.self,
    TwinSnapshot.self,
    ListModelTypesRequest.self,
    ListModelTypesResponse.self,
    GetModelTypeRequest.self,
    ModelType.self,
    SyncTwinsRequest.self,
    TwinSamples.self,
    SyncTwinsResponse.self,
    TwinHome.self,
    CheckChangeRequest.self,
    CheckChangeResponse.self,
    ReviewAdmissionRequest.self,
    ReviewAdmissionResponse.self,
    Approval.self,
    ListApprovalsRequest.self,
    ListApprovalsResponse.self,
    GetApprovalRequest.self,
    ApproveChangeRequest.self,
    RejectChangeRequest.self,
    PredictImpactRequest.self,
    PredictImpactResponse.self,
    Confidence.self,
    PredictPerformanceRequest.self,
    PredictPerformanceResponse.self,
    PredictFailuresRequest.self,
    PredictFailuresResponse.self,
    PredictedFailure.self,
    ListModelsRequest.self,
    ListModelsResponse.self,
    Model.self,
    RecordActualRequest.self,
    RecordActualResponse.self,
    TrackRecord.self,
    ListTrackRecordRequest.self,
    ListTrackRecordResponse.self,
    AuditEntry.self,
    RecordAuditRequest.self,
    RecordAuditResponse.self,
    ListAuditRequest.self,
    ListAuditResponse.self,
    Alert.self,
    RaiseAlertRequest.self,
    ListAlertsRequest.self,
    ListAlertsResponse.self,
    AcknowledgeAlertRequest.self,
    ResolveAlertRequest.self,
    WatchAlertsRequest.self,
    RecordOutcomeRequest.self,
    RecordOutcomeResponse.self,
    RecordTraceRequest.self,
    RecordTraceResponse.self,
    GetResultRequest.self,
    ListResultsRequest.self,
    ListResultsResponse.self,
    StreamTraceRequest.self,
    TraceChunk.self,
    CompareRunsRequest.self,
    Comparison.self,
    MetricComparison.self,
    SuiteRun.self,
    SuiteCaseResult.self,
    RecordSuiteRunRequest.self,
    RecordSuiteRunResponse.self,
    GetSuiteRunRequest.self,
    ListSuiteRunsRequest.self,
    ListSuiteRunsResponse.self,
    SetBaselineRequest.self,
    SetBaselineResponse.self,
    Dataset.self,
    DatasetFile.self,
    RecordDatasetRequest.self,
    RecordDatasetResponse.self,
    WriteDatasetFileRequest.self,
    WriteDatasetFileResponse.self,
    GetDatasetRequest.self,
    ListDatasetsRequest.self,
    ListDatasetsResponse.self,
    ReadDatasetFileRequest.self,
    ReadDatasetFileResponse.self,
    DeleteDatasetRequest.self,
    DeleteDatasetResponse.self,
    ChangeSimulation.self,
    ChangeOutcome.self,
    ChangeSample.self,
    CreateChangeSimulationRequest.self,
    RunChangeSimulationRequest.self,
    GetChangeSimulationRequest.self,
    ListChangeSimulationsRequest.self,
    ListChangeSimulationsResponse.self,
    DeleteChangeSimulationRequest.self,
    DeleteChangeSimulationResponse.self,
    AttachImpactRequest.self,
    DriveEgoRequest.self,
    EgoAttach.self,
    EgoControl.self,
    DriveEgoResponse.self,
    EgoAttached.self,
    EgoObservation.self,
    ObservedActor.self,
    LanePoint.self,
    ObservedSignal.self,
    EgoEnd.self,
    Scenario.self,
    CreateScenarioRequest.self,
    GetScenarioRequest.self,
    ListScenariosRequest.self,
    ListScenariosResponse.self,
    DeleteScenarioRequest.self,
    DeleteScenarioResponse.self,
    ListScenarioTypesRequest.self,
    ListScenarioTypesResponse.self,
    GetScenarioTypeRequest.self,
    ScenarioType.self,
    CriterionSpec.self,
    Simulation.self,
    RunSimulationRequest.self,
    Sweep.self,
    SweepAxis.self,
    GetSimulationRequest.self,
    ListSimulationsRequest.self,
    ListSimulationsResponse.self,
    CancelSimulationRequest.self,
    WatchSimulationsRequest.self,
    SimulationProgress.self,
    ListSuitesRequest.self,
    ListSuitesResponse.self,
    Suite.self,
    SuiteCase.self,
    RunSuiteRequest.self,
    RunSuiteResponse.self,
    CancelSuiteRequest.self,
    CancelSuiteResponse.self,
    CreateDatasetRequest.self,
    CreateDatasetResponse.self,
    CancelDatasetRequest.self,
    CancelDatasetResponse.self,
    StreamTelemetryRequest.self,
    AckEcho.self,
    StreamTelemetryResponse.self,
    RefusedBatch.self,
    TelemetryAck.self,
    RejectedSample.self,
    VirtualTelemetry.self,
    PushTelemetryRequest.self,
    PushTelemetryResponse.self,
    UploadTelemetryRequest.self,
    UploadHeader.self,
    Upload.self,
    GetUploadRequest.self,
    ListUploadRejectionsRequest.self,
    ListUploadRejectionsResponse.self,
    Event.self,
    PublishEventsRequest.self,
    PublishEventsResponse.self,
    RejectedEvent.self,
    GetHistoryRequest.self,
    GetHistoryResponse.self,
    ListObservationsRequest.self,
    ListObservationsResponse.self,
    Observation.self,
    SubscribeFleetRequest.self,
    FleetUpdate.self,
    GetSyncReportRequest.self,
    SyncReport.self,
    SourceReport.self,
  ]

  private static let googleProtobufAny = ProtoFile(
    name: "google/protobuf/any.proto",
    dependencies: [],
    services: [],
    types: [
      "google.protobuf.Any",
    ],
    base64: """
      Chlnb29nbGUvcHJvdG9idWYvYW55LnByb3RvEg9nb29nbGUucHJvdG9idWYiNgoDQW55EhkKCHR5cGVfdXJsGAEgASgJUgd0eXBl\
      VXJsEhQKBXZhbHVlGAIgASgMUgV2YWx1ZUJ2ChNjb20uZ29vZ2xlLnByb3RvYnVmQghBbnlQcm90b1ABWixnb29nbGUuZ29sYW5n\
      Lm9yZy9wcm90b2J1Zi90eXBlcy9rbm93bi9hbnlwYqICA0dQQqoCHkdvb2dsZS5Qcm90b2J1Zi5XZWxsS25vd25UeXBlc2IGcHJv\
      dG8z
      """)

  private static let googleProtobufDuration = ProtoFile(
    name: "google/protobuf/duration.proto",
    dependencies: [],
    services: [],
    types: [
      "google.protobuf.Duration",
    ],
    base64: """
      Ch5nb29nbGUvcHJvdG9idWYvZHVyYXRpb24ucHJvdG8SD2dvb2dsZS5wcm90b2J1ZiI6CghEdXJhdGlvbhIYCgdzZWNvbmRzGAEg\
      ASgDUgdzZWNvbmRzEhQKBW5hbm9zGAIgASgFUgVuYW5vc0KDAQoTY29tLmdvb2dsZS5wcm90b2J1ZkINRHVyYXRpb25Qcm90b1AB\
      WjFnb29nbGUuZ29sYW5nLm9yZy9wcm90b2J1Zi90eXBlcy9rbm93bi9kdXJhdGlvbnBi+AEBogIDR1BCqgIeR29vZ2xlLlByb3Rv\
      YnVmLldlbGxLbm93blR5cGVzYgZwcm90bzM=
      """)

  private static let googleProtobufEmpty = ProtoFile(
    name: "google/protobuf/empty.proto",
    dependencies: [],
    services: [],
    types: [
      "google.protobuf.Empty",
    ],
    base64: """
      Chtnb29nbGUvcHJvdG9idWYvZW1wdHkucHJvdG8SD2dvb2dsZS5wcm90b2J1ZiIHCgVFbXB0eUJ9ChNjb20uZ29vZ2xlLnByb3Rv\
      YnVmQgpFbXB0eVByb3RvUAFaLmdvb2dsZS5nb2xhbmcub3JnL3Byb3RvYnVmL3R5cGVzL2tub3duL2VtcHR5cGL4AQGiAgNHUEKq\
      Ah5Hb29nbGUuUHJvdG9idWYuV2VsbEtub3duVHlwZXNiBnByb3RvMw==
      """)

  private static let googleProtobufStruct = ProtoFile(
    name: "google/protobuf/struct.proto",
    dependencies: [],
    services: [],
    types: [
      "google.protobuf.NullValue",
      "google.protobuf.Struct",
      "google.protobuf.Struct.FieldsEntry",
      "google.protobuf.Value",
      "google.protobuf.ListValue",
    ],
    base64: """
      Chxnb29nbGUvcHJvdG9idWYvc3RydWN0LnByb3RvEg9nb29nbGUucHJvdG9idWYimAEKBlN0cnVjdBI7CgZmaWVsZHMYASADKAsy\
      Iy5nb29nbGUucHJvdG9idWYuU3RydWN0LkZpZWxkc0VudHJ5UgZmaWVsZHMaUQoLRmllbGRzRW50cnkSEAoDa2V5GAEgASgJUgNr\
      ZXkSLAoFdmFsdWUYAiABKAsyFi5nb29nbGUucHJvdG9idWYuVmFsdWVSBXZhbHVlOgI4ASKyAgoFVmFsdWUSOwoKbnVsbF92YWx1\
      ZRgBIAEoDjIaLmdvb2dsZS5wcm90b2J1Zi5OdWxsVmFsdWVIAFIJbnVsbFZhbHVlEiMKDG51bWJlcl92YWx1ZRgCIAEoAUgAUgtu\
      dW1iZXJWYWx1ZRIjCgxzdHJpbmdfdmFsdWUYAyABKAlIAFILc3RyaW5nVmFsdWUSHwoKYm9vbF92YWx1ZRgEIAEoCEgAUglib29s\
      VmFsdWUSPAoMc3RydWN0X3ZhbHVlGAUgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdEgAUgtzdHJ1Y3RWYWx1ZRI7CgpsaXN0\
      X3ZhbHVlGAYgASgLMhouZ29vZ2xlLnByb3RvYnVmLkxpc3RWYWx1ZUgAUglsaXN0VmFsdWVCBgoEa2luZCI7CglMaXN0VmFsdWUS\
      LgoGdmFsdWVzGAEgAygLMhYuZ29vZ2xlLnByb3RvYnVmLlZhbHVlUgZ2YWx1ZXMqGwoJTnVsbFZhbHVlEg4KCk5VTExfVkFMVUUQ\
      AEJ/ChNjb20uZ29vZ2xlLnByb3RvYnVmQgtTdHJ1Y3RQcm90b1ABWi9nb29nbGUuZ29sYW5nLm9yZy9wcm90b2J1Zi90eXBlcy9r\
      bm93bi9zdHJ1Y3RwYvgBAaICA0dQQqoCHkdvb2dsZS5Qcm90b2J1Zi5XZWxsS25vd25UeXBlc2IGcHJvdG8z
      """)

  private static let googleProtobufTimestamp = ProtoFile(
    name: "google/protobuf/timestamp.proto",
    dependencies: [],
    services: [],
    types: [
      "google.protobuf.Timestamp",
    ],
    base64: """
      Ch9nb29nbGUvcHJvdG9idWYvdGltZXN0YW1wLnByb3RvEg9nb29nbGUucHJvdG9idWYiOwoJVGltZXN0YW1wEhgKB3NlY29uZHMY\
      ASABKANSB3NlY29uZHMSFAoFbmFub3MYAiABKAVSBW5hbm9zQoUBChNjb20uZ29vZ2xlLnByb3RvYnVmQg5UaW1lc3RhbXBQcm90\
      b1ABWjJnb29nbGUuZ29sYW5nLm9yZy9wcm90b2J1Zi90eXBlcy9rbm93bi90aW1lc3RhbXBwYvgBAaICA0dQQqoCHkdvb2dsZS5Q\
      cm90b2J1Zi5XZWxsS25vd25UeXBlc2IGcHJvdG8z
      """)

  private static let googleRpcCode = ProtoFile(
    name: "google/rpc/code.proto",
    dependencies: [],
    services: [],
    types: [
      "google.rpc.Code",
    ],
    base64: """
      ChVnb29nbGUvcnBjL2NvZGUucHJvdG8SCmdvb2dsZS5ycGMqtwIKBENvZGUSBgoCT0sQABINCglDQU5DRUxMRUQQARILCgdVTktO\
      T1dOEAISFAoQSU5WQUxJRF9BUkdVTUVOVBADEhUKEURFQURMSU5FX0VYQ0VFREVEEAQSDQoJTk9UX0ZPVU5EEAUSEgoOQUxSRUFE\
      WV9FWElTVFMQBhIVChFQRVJNSVNTSU9OX0RFTklFRBAHEhMKD1VOQVVUSEVOVElDQVRFRBAQEhYKElJFU09VUkNFX0VYSEFVU1RF\
      RBAIEhcKE0ZBSUxFRF9QUkVDT05ESVRJT04QCRILCgdBQk9SVEVEEAoSEAoMT1VUX09GX1JBTkdFEAsSEQoNVU5JTVBMRU1FTlRF\
      RBAMEgwKCElOVEVSTkFMEA0SDwoLVU5BVkFJTEFCTEUQDhINCglEQVRBX0xPU1MQD0JYCg5jb20uZ29vZ2xlLnJwY0IJQ29kZVBy\
      b3RvUAFaM2dvb2dsZS5nb2xhbmcub3JnL2dlbnByb3RvL2dvb2dsZWFwaXMvcnBjL2NvZGU7Y29kZaICA1JQQ2IGcHJvdG8z
      """)

  private static let googleRpcErrorDetails = ProtoFile(
    name: "google/rpc/error_details.proto",
    dependencies: [
      "google/protobuf/duration.proto",
    ],
    services: [],
    types: [
      "google.rpc.ErrorInfo",
      "google.rpc.ErrorInfo.MetadataEntry",
      "google.rpc.RetryInfo",
      "google.rpc.DebugInfo",
      "google.rpc.QuotaFailure",
      "google.rpc.QuotaFailure.Violation",
      "google.rpc.QuotaFailure.Violation.QuotaDimensionsEntry",
      "google.rpc.PreconditionFailure",
      "google.rpc.PreconditionFailure.Violation",
      "google.rpc.BadRequest",
      "google.rpc.BadRequest.FieldViolation",
      "google.rpc.RequestInfo",
      "google.rpc.ResourceInfo",
      "google.rpc.Help",
      "google.rpc.Help.Link",
      "google.rpc.LocalizedMessage",
    ],
    base64: """
      Ch5nb29nbGUvcnBjL2Vycm9yX2RldGFpbHMucHJvdG8SCmdvb2dsZS5ycGMaHmdvb2dsZS9wcm90b2J1Zi9kdXJhdGlvbi5wcm90\
      byK5AQoJRXJyb3JJbmZvEhYKBnJlYXNvbhgBIAEoCVIGcmVhc29uEhYKBmRvbWFpbhgCIAEoCVIGZG9tYWluEj8KCG1ldGFkYXRh\
      GAMgAygLMiMuZ29vZ2xlLnJwYy5FcnJvckluZm8uTWV0YWRhdGFFbnRyeVIIbWV0YWRhdGEaOwoNTWV0YWRhdGFFbnRyeRIQCgNr\
      ZXkYASABKAlSA2tleRIUCgV2YWx1ZRgCIAEoCVIFdmFsdWU6AjgBIkcKCVJldHJ5SW5mbxI6CgtyZXRyeV9kZWxheRgBIAEoCzIZ\
      Lmdvb2dsZS5wcm90b2J1Zi5EdXJhdGlvblIKcmV0cnlEZWxheSJICglEZWJ1Z0luZm8SIwoNc3RhY2tfZW50cmllcxgBIAMoCVIM\
      c3RhY2tFbnRyaWVzEhYKBmRldGFpbBgCIAEoCVIGZGV0YWlsIpMECgxRdW90YUZhaWx1cmUSQgoKdmlvbGF0aW9ucxgBIAMoCzIi\
      Lmdvb2dsZS5ycGMuUXVvdGFGYWlsdXJlLlZpb2xhdGlvblIKdmlvbGF0aW9ucxq+AwoJVmlvbGF0aW9uEhgKB3N1YmplY3QYASAB\
      KAlSB3N1YmplY3QSIAoLZGVzY3JpcHRpb24YAiABKAlSC2Rlc2NyaXB0aW9uEh8KC2FwaV9zZXJ2aWNlGAMgASgJUgphcGlTZXJ2\
      aWNlEiEKDHF1b3RhX21ldHJpYxgEIAEoCVILcXVvdGFNZXRyaWMSGQoIcXVvdGFfaWQYBSABKAlSB3F1b3RhSWQSYgoQcXVvdGFf\
      ZGltZW5zaW9ucxgGIAMoCzI3Lmdvb2dsZS5ycGMuUXVvdGFGYWlsdXJlLlZpb2xhdGlvbi5RdW90YURpbWVuc2lvbnNFbnRyeVIP\
      cXVvdGFEaW1lbnNpb25zEh8KC3F1b3RhX3ZhbHVlGAcgASgDUgpxdW90YVZhbHVlEi4KEmZ1dHVyZV9xdW90YV92YWx1ZRgIIAEo\
      A0gAUhBmdXR1cmVRdW90YVZhbHVlGkIKFFF1b3RhRGltZW5zaW9uc0VudHJ5EhAKA2tleRgBIAEoCVIDa2V5EhQKBXZhbHVlGAIg\
      ASgJUgV2YWx1ZToCOAFCHQobZnV0dXJlX3F1b3RhX3ZhbHVlX3ByZXNlbmNlIr0BChNQcmVjb25kaXRpb25GYWlsdXJlEkkKCnZp\
      b2xhdGlvbnMYASADKAsyKS5nb29nbGUucnBjLlByZWNvbmRpdGlvbkZhaWx1cmUuVmlvbGF0aW9uUgp2aW9sYXRpb25zGlsKCVZp\
      b2xhdGlvbhISCgR0eXBlGAEgASgJUgR0eXBlEhgKB3N1YmplY3QYAiABKAlSB3N1YmplY3QSIAoLZGVzY3JpcHRpb24YAyABKAlS\
      C2Rlc2NyaXB0aW9uIowCCgpCYWRSZXF1ZXN0ElAKEGZpZWxkX3Zpb2xhdGlvbnMYASADKAsyJS5nb29nbGUucnBjLkJhZFJlcXVl\
      c3QuRmllbGRWaW9sYXRpb25SD2ZpZWxkVmlvbGF0aW9ucxqrAQoORmllbGRWaW9sYXRpb24SFAoFZmllbGQYASABKAlSBWZpZWxk\
      EiAKC2Rlc2NyaXB0aW9uGAIgASgJUgtkZXNjcmlwdGlvbhIWCgZyZWFzb24YAyABKAlSBnJlYXNvbhJJChFsb2NhbGl6ZWRfbWVz\
      c2FnZRgEIAEoCzIcLmdvb2dsZS5ycGMuTG9jYWxpemVkTWVzc2FnZVIQbG9jYWxpemVkTWVzc2FnZSJPCgtSZXF1ZXN0SW5mbxId\
      CgpyZXF1ZXN0X2lkGAEgASgJUglyZXF1ZXN0SWQSIQoMc2VydmluZ19kYXRhGAIgASgJUgtzZXJ2aW5nRGF0YSKQAQoMUmVzb3Vy\
      Y2VJbmZvEiMKDXJlc291cmNlX3R5cGUYASABKAlSDHJlc291cmNlVHlwZRIjCg1yZXNvdXJjZV9uYW1lGAIgASgJUgxyZXNvdXJj\
      ZU5hbWUSFAoFb3duZXIYAyABKAlSBW93bmVyEiAKC2Rlc2NyaXB0aW9uGAQgASgJUgtkZXNjcmlwdGlvbiJvCgRIZWxwEisKBWxp\
      bmtzGAEgAygLMhUuZ29vZ2xlLnJwYy5IZWxwLkxpbmtSBWxpbmtzGjoKBExpbmsSIAoLZGVzY3JpcHRpb24YASABKAlSC2Rlc2Ny\
      aXB0aW9uEhAKA3VybBgCIAEoCVIDdXJsIkQKEExvY2FsaXplZE1lc3NhZ2USFgoGbG9jYWxlGAEgASgJUgZsb2NhbGUSGAoHbWVz\
      c2FnZRgCIAEoCVIHbWVzc2FnZUJsCg5jb20uZ29vZ2xlLnJwY0IRRXJyb3JEZXRhaWxzUHJvdG9QAVo/Z29vZ2xlLmdvbGFuZy5v\
      cmcvZ2VucHJvdG8vZ29vZ2xlYXBpcy9ycGMvZXJyZGV0YWlscztlcnJkZXRhaWxzogIDUlBDYgZwcm90bzM=
      """)

  private static let googleRpcStatus = ProtoFile(
    name: "google/rpc/status.proto",
    dependencies: [
      "google/protobuf/any.proto",
    ],
    services: [],
    types: [
      "google.rpc.Status",
    ],
    base64: """
      Chdnb29nbGUvcnBjL3N0YXR1cy5wcm90bxIKZ29vZ2xlLnJwYxoZZ29vZ2xlL3Byb3RvYnVmL2FueS5wcm90byJmCgZTdGF0dXMS\
      EgoEY29kZRgBIAEoBVIEY29kZRIYCgdtZXNzYWdlGAIgASgJUgdtZXNzYWdlEi4KB2RldGFpbHMYAyADKAsyFC5nb29nbGUucHJv\
      dG9idWYuQW55UgdkZXRhaWxzQl4KDmNvbS5nb29nbGUucnBjQgtTdGF0dXNQcm90b1ABWjdnb29nbGUuZ29sYW5nLm9yZy9nZW5w\
      cm90by9nb29nbGVhcGlzL3JwYy9zdGF0dXM7c3RhdHVzogIDUlBDYgZwcm90bzM=
      """)

  private static let grpcHealthV1Health = ProtoFile(
    name: "grpc/health/v1/health.proto",
    dependencies: [],
    services: [
      "grpc.health.v1.Health",
    ],
    types: [
      "grpc.health.v1.HealthCheckRequest",
      "grpc.health.v1.HealthCheckResponse",
      "grpc.health.v1.HealthCheckResponse.ServingStatus",
      "grpc.health.v1.HealthListRequest",
      "grpc.health.v1.HealthListResponse",
      "grpc.health.v1.HealthListResponse.StatusesEntry",
    ],
    base64: """
      ChtncnBjL2hlYWx0aC92MS9oZWFsdGgucHJvdG8SDmdycGMuaGVhbHRoLnYxIi4KEkhlYWx0aENoZWNrUmVxdWVzdBIYCgdzZXJ2\
      aWNlGAEgASgJUgdzZXJ2aWNlIrEBChNIZWFsdGhDaGVja1Jlc3BvbnNlEkkKBnN0YXR1cxgBIAEoDjIxLmdycGMuaGVhbHRoLnYx\
      LkhlYWx0aENoZWNrUmVzcG9uc2UuU2VydmluZ1N0YXR1c1IGc3RhdHVzIk8KDVNlcnZpbmdTdGF0dXMSCwoHVU5LTk9XThAAEgsK\
      B1NFUlZJTkcQARIPCgtOT1RfU0VSVklORxACEhMKD1NFUlZJQ0VfVU5LTk9XThADIhMKEUhlYWx0aExpc3RSZXF1ZXN0IsQBChJI\
      ZWFsdGhMaXN0UmVzcG9uc2USTAoIc3RhdHVzZXMYASADKAsyMC5ncnBjLmhlYWx0aC52MS5IZWFsdGhMaXN0UmVzcG9uc2UuU3Rh\
      dHVzZXNFbnRyeVIIc3RhdHVzZXMaYAoNU3RhdHVzZXNFbnRyeRIQCgNrZXkYASABKAlSA2tleRI5CgV2YWx1ZRgCIAEoCzIjLmdy\
      cGMuaGVhbHRoLnYxLkhlYWx0aENoZWNrUmVzcG9uc2VSBXZhbHVlOgI4ATL9AQoGSGVhbHRoElAKBUNoZWNrEiIuZ3JwYy5oZWFs\
      dGgudjEuSGVhbHRoQ2hlY2tSZXF1ZXN0GiMuZ3JwYy5oZWFsdGgudjEuSGVhbHRoQ2hlY2tSZXNwb25zZRJNCgRMaXN0EiEuZ3Jw\
      Yy5oZWFsdGgudjEuSGVhbHRoTGlzdFJlcXVlc3QaIi5ncnBjLmhlYWx0aC52MS5IZWFsdGhMaXN0UmVzcG9uc2USUgoFV2F0Y2gS\
      Ii5ncnBjLmhlYWx0aC52MS5IZWFsdGhDaGVja1JlcXVlc3QaIy5ncnBjLmhlYWx0aC52MS5IZWFsdGhDaGVja1Jlc3BvbnNlMAFi\
      BnByb3RvMw==
      """)

  private static let grpcReflectionV1Reflection = ProtoFile(
    name: "grpc/reflection/v1/reflection.proto",
    dependencies: [],
    services: [
      "grpc.reflection.v1.ServerReflection",
    ],
    types: [
      "grpc.reflection.v1.ServerReflectionRequest",
      "grpc.reflection.v1.ExtensionRequest",
      "grpc.reflection.v1.ServerReflectionResponse",
      "grpc.reflection.v1.FileDescriptorResponse",
      "grpc.reflection.v1.ExtensionNumberResponse",
      "grpc.reflection.v1.ListServiceResponse",
      "grpc.reflection.v1.ServiceResponse",
      "grpc.reflection.v1.ErrorResponse",
    ],
    base64: """
      CiNncnBjL3JlZmxlY3Rpb24vdjEvcmVmbGVjdGlvbi5wcm90bxISZ3JwYy5yZWZsZWN0aW9uLnYxIvMCChdTZXJ2ZXJSZWZsZWN0\
      aW9uUmVxdWVzdBISCgRob3N0GAEgASgJUgRob3N0EioKEGZpbGVfYnlfZmlsZW5hbWUYAyABKAlIAFIOZmlsZUJ5RmlsZW5hbWUS\
      NgoWZmlsZV9jb250YWluaW5nX3N5bWJvbBgEIAEoCUgAUhRmaWxlQ29udGFpbmluZ1N5bWJvbBJiChlmaWxlX2NvbnRhaW5pbmdf\
      ZXh0ZW5zaW9uGAUgASgLMiQuZ3JwYy5yZWZsZWN0aW9uLnYxLkV4dGVuc2lvblJlcXVlc3RIAFIXZmlsZUNvbnRhaW5pbmdFeHRl\
      bnNpb24SQgodYWxsX2V4dGVuc2lvbl9udW1iZXJzX29mX3R5cGUYBiABKAlIAFIZYWxsRXh0ZW5zaW9uTnVtYmVyc09mVHlwZRIl\
      Cg1saXN0X3NlcnZpY2VzGAcgASgJSABSDGxpc3RTZXJ2aWNlc0IRCg9tZXNzYWdlX3JlcXVlc3QiZgoQRXh0ZW5zaW9uUmVxdWVz\
      dBInCg9jb250YWluaW5nX3R5cGUYASABKAlSDmNvbnRhaW5pbmdUeXBlEikKEGV4dGVuc2lvbl9udW1iZXIYAiABKAVSD2V4dGVu\
      c2lvbk51bWJlciKuBAoYU2VydmVyUmVmbGVjdGlvblJlc3BvbnNlEh0KCnZhbGlkX2hvc3QYASABKAlSCXZhbGlkSG9zdBJWChBv\
      cmlnaW5hbF9yZXF1ZXN0GAIgASgLMisuZ3JwYy5yZWZsZWN0aW9uLnYxLlNlcnZlclJlZmxlY3Rpb25SZXF1ZXN0Ug9vcmlnaW5h\
      bFJlcXVlc3QSZgoYZmlsZV9kZXNjcmlwdG9yX3Jlc3BvbnNlGAQgASgLMiouZ3JwYy5yZWZsZWN0aW9uLnYxLkZpbGVEZXNjcmlw\
      dG9yUmVzcG9uc2VIAFIWZmlsZURlc2NyaXB0b3JSZXNwb25zZRJyCh5hbGxfZXh0ZW5zaW9uX251bWJlcnNfcmVzcG9uc2UYBSAB\
      KAsyKy5ncnBjLnJlZmxlY3Rpb24udjEuRXh0ZW5zaW9uTnVtYmVyUmVzcG9uc2VIAFIbYWxsRXh0ZW5zaW9uTnVtYmVyc1Jlc3Bv\
      bnNlEl8KFmxpc3Rfc2VydmljZXNfcmVzcG9uc2UYBiABKAsyJy5ncnBjLnJlZmxlY3Rpb24udjEuTGlzdFNlcnZpY2VSZXNwb25z\
      ZUgAUhRsaXN0U2VydmljZXNSZXNwb25zZRJKCg5lcnJvcl9yZXNwb25zZRgHIAEoCzIhLmdycGMucmVmbGVjdGlvbi52MS5FcnJv\
      clJlc3BvbnNlSABSDWVycm9yUmVzcG9uc2VCEgoQbWVzc2FnZV9yZXNwb25zZSJMChZGaWxlRGVzY3JpcHRvclJlc3BvbnNlEjIK\
      FWZpbGVfZGVzY3JpcHRvcl9wcm90bxgBIAMoDFITZmlsZURlc2NyaXB0b3JQcm90byJqChdFeHRlbnNpb25OdW1iZXJSZXNwb25z\
      ZRIkCg5iYXNlX3R5cGVfbmFtZRgBIAEoCVIMYmFzZVR5cGVOYW1lEikKEGV4dGVuc2lvbl9udW1iZXIYAiADKAVSD2V4dGVuc2lv\
      bk51bWJlciJUChNMaXN0U2VydmljZVJlc3BvbnNlEj0KB3NlcnZpY2UYASADKAsyIy5ncnBjLnJlZmxlY3Rpb24udjEuU2Vydmlj\
      ZVJlc3BvbnNlUgdzZXJ2aWNlIiUKD1NlcnZpY2VSZXNwb25zZRISCgRuYW1lGAEgASgJUgRuYW1lIlMKDUVycm9yUmVzcG9uc2US\
      HQoKZXJyb3JfY29kZRgBIAEoBVIJZXJyb3JDb2RlEiMKDWVycm9yX21lc3NhZ2UYAiABKAlSDGVycm9yTWVzc2FnZTKJAQoQU2Vy\
      dmVyUmVmbGVjdGlvbhJ1ChRTZXJ2ZXJSZWZsZWN0aW9uSW5mbxIrLmdycGMucmVmbGVjdGlvbi52MS5TZXJ2ZXJSZWZsZWN0aW9u\
      UmVxdWVzdBosLmdycGMucmVmbGVjdGlvbi52MS5TZXJ2ZXJSZWZsZWN0aW9uUmVzcG9uc2UoATABYgZwcm90bzM=
      """)

  private static let grpcReflectionV1AlphaReflection = ProtoFile(
    name: "grpc/reflection/v1alpha/reflection.proto",
    dependencies: [],
    services: [
      "grpc.reflection.v1alpha.ServerReflection",
    ],
    types: [
      "grpc.reflection.v1alpha.ServerReflectionRequest",
      "grpc.reflection.v1alpha.ExtensionRequest",
      "grpc.reflection.v1alpha.ServerReflectionResponse",
      "grpc.reflection.v1alpha.FileDescriptorResponse",
      "grpc.reflection.v1alpha.ExtensionNumberResponse",
      "grpc.reflection.v1alpha.ListServiceResponse",
      "grpc.reflection.v1alpha.ServiceResponse",
      "grpc.reflection.v1alpha.ErrorResponse",
    ],
    base64: """
      CihncnBjL3JlZmxlY3Rpb24vdjFhbHBoYS9yZWZsZWN0aW9uLnByb3RvEhdncnBjLnJlZmxlY3Rpb24udjFhbHBoYSL4AgoXU2Vy\
      dmVyUmVmbGVjdGlvblJlcXVlc3QSEgoEaG9zdBgBIAEoCVIEaG9zdBIqChBmaWxlX2J5X2ZpbGVuYW1lGAMgASgJSABSDmZpbGVC\
      eUZpbGVuYW1lEjYKFmZpbGVfY29udGFpbmluZ19zeW1ib2wYBCABKAlIAFIUZmlsZUNvbnRhaW5pbmdTeW1ib2wSZwoZZmlsZV9j\
      b250YWluaW5nX2V4dGVuc2lvbhgFIAEoCzIpLmdycGMucmVmbGVjdGlvbi52MWFscGhhLkV4dGVuc2lvblJlcXVlc3RIAFIXZmls\
      ZUNvbnRhaW5pbmdFeHRlbnNpb24SQgodYWxsX2V4dGVuc2lvbl9udW1iZXJzX29mX3R5cGUYBiABKAlIAFIZYWxsRXh0ZW5zaW9u\
      TnVtYmVyc09mVHlwZRIlCg1saXN0X3NlcnZpY2VzGAcgASgJSABSDGxpc3RTZXJ2aWNlc0IRCg9tZXNzYWdlX3JlcXVlc3QiZgoQ\
      RXh0ZW5zaW9uUmVxdWVzdBInCg9jb250YWluaW5nX3R5cGUYASABKAlSDmNvbnRhaW5pbmdUeXBlEikKEGV4dGVuc2lvbl9udW1i\
      ZXIYAiABKAVSD2V4dGVuc2lvbk51bWJlciLHBAoYU2VydmVyUmVmbGVjdGlvblJlc3BvbnNlEh0KCnZhbGlkX2hvc3QYASABKAlS\
      CXZhbGlkSG9zdBJbChBvcmlnaW5hbF9yZXF1ZXN0GAIgASgLMjAuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuU2VydmVyUmVmbGVj\
      dGlvblJlcXVlc3RSD29yaWdpbmFsUmVxdWVzdBJrChhmaWxlX2Rlc2NyaXB0b3JfcmVzcG9uc2UYBCABKAsyLy5ncnBjLnJlZmxl\
      Y3Rpb24udjFhbHBoYS5GaWxlRGVzY3JpcHRvclJlc3BvbnNlSABSFmZpbGVEZXNjcmlwdG9yUmVzcG9uc2USdwoeYWxsX2V4dGVu\
      c2lvbl9udW1iZXJzX3Jlc3BvbnNlGAUgASgLMjAuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuRXh0ZW5zaW9uTnVtYmVyUmVzcG9u\
      c2VIAFIbYWxsRXh0ZW5zaW9uTnVtYmVyc1Jlc3BvbnNlEmQKFmxpc3Rfc2VydmljZXNfcmVzcG9uc2UYBiABKAsyLC5ncnBjLnJl\
      ZmxlY3Rpb24udjFhbHBoYS5MaXN0U2VydmljZVJlc3BvbnNlSABSFGxpc3RTZXJ2aWNlc1Jlc3BvbnNlEk8KDmVycm9yX3Jlc3Bv\
      bnNlGAcgASgLMiYuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuRXJyb3JSZXNwb25zZUgAUg1lcnJvclJlc3BvbnNlQhIKEG1lc3Nh\
      Z2VfcmVzcG9uc2UiTAoWRmlsZURlc2NyaXB0b3JSZXNwb25zZRIyChVmaWxlX2Rlc2NyaXB0b3JfcHJvdG8YASADKAxSE2ZpbGVE\
      ZXNjcmlwdG9yUHJvdG8iagoXRXh0ZW5zaW9uTnVtYmVyUmVzcG9uc2USJAoOYmFzZV90eXBlX25hbWUYASABKAlSDGJhc2VUeXBl\
      TmFtZRIpChBleHRlbnNpb25fbnVtYmVyGAIgAygFUg9leHRlbnNpb25OdW1iZXIiWQoTTGlzdFNlcnZpY2VSZXNwb25zZRJCCgdz\
      ZXJ2aWNlGAEgAygLMiguZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuU2VydmljZVJlc3BvbnNlUgdzZXJ2aWNlIiUKD1NlcnZpY2VS\
      ZXNwb25zZRISCgRuYW1lGAEgASgJUgRuYW1lIlMKDUVycm9yUmVzcG9uc2USHQoKZXJyb3JfY29kZRgBIAEoBVIJZXJyb3JDb2Rl\
      EiMKDWVycm9yX21lc3NhZ2UYAiABKAlSDGVycm9yTWVzc2FnZTKTAQoQU2VydmVyUmVmbGVjdGlvbhJ/ChRTZXJ2ZXJSZWZsZWN0\
      aW9uSW5mbxIwLmdycGMucmVmbGVjdGlvbi52MWFscGhhLlNlcnZlclJlZmxlY3Rpb25SZXF1ZXN0GjEuZ3JwYy5yZWZsZWN0aW9u\
      LnYxYWxwaGEuU2VydmVyUmVmbGVjdGlvblJlc3BvbnNlKAEwAWIGcHJvdG8z
      """)

  private static let twinCommonV1Change = ProtoFile(
    name: "twin/common/v1/change.proto",
    dependencies: [
      "google/protobuf/struct.proto",
    ],
    services: [],
    types: [
      "twin.common.v1.ChangeType",
      "twin.common.v1.EnvironmentKind",
      "twin.common.v1.RiskLevel",
      "twin.common.v1.ChangeRequest",
    ],
    base64: """
      Cht0d2luL2NvbW1vbi92MS9jaGFuZ2UucHJvdG8SDnR3aW4uY29tbW9uLnYxGhxnb29nbGUvcHJvdG9idWYvc3RydWN0LnByb3Rv\
      IsEECg1DaGFuZ2VSZXF1ZXN0Ei4KBHR5cGUYASABKA4yGi50d2luLmNvbW1vbi52MS5DaGFuZ2VUeXBlUgR0eXBlEhYKBnRhcmdl\
      dBgCIAEoCVIGdGFyZ2V0EiAKC2Vudmlyb25tZW50GAMgASgJUgtlbnZpcm9ubWVudBIvCgZjaGFuZ2UYBCABKAsyFy5nb29nbGUu\
      cHJvdG9idWYuU3RydWN0UgZjaGFuZ2USJwoOZHVyYXRpb25faG91cnMYBSABKAFIAFINZHVyYXRpb25Ib3VycxI7Cg1sb2FkX3Nj\
      ZW5hcmlvGAYgASgLMhYuZ29vZ2xlLnByb3RvYnVmLlZhbHVlUgxsb2FkU2NlbmFyaW8SOwoNc2VjdXJpdHlfc2NhbhgHIAEoCzIW\
      Lmdvb2dsZS5wcm90b2J1Zi5WYWx1ZVIMc2VjdXJpdHlTY2FuEjgKCnJpc2tfbGV2ZWwYCCABKA4yGS50d2luLmNvbW1vbi52MS5S\
      aXNrTGV2ZWxSCXJpc2tMZXZlbBIxCgdjb250ZXh0GAkgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIHY29udGV4dBIUCgRz\
      ZWVkGAogASgESAFSBHNlZWQSIAoLZGVzY3JpcHRpb24YCyABKAlSC2Rlc2NyaXB0aW9uEiEKDHJlcXVlc3RlZF9ieRgMIAEoCVIL\
      cmVxdWVzdGVkQnlCGQoXZHVyYXRpb25faG91cnNfcHJlc2VuY2VCDwoNc2VlZF9wcmVzZW5jZSqeAgoKQ2hhbmdlVHlwZRIbChdD\
      SEFOR0VfVFlQRV9VTlNQRUNJRklFRBAAEh0KGUNIQU5HRV9UWVBFX0NPTkZJR19DSEFOR0UQARIXChNDSEFOR0VfVFlQRV9TQ0FM\
      SU5HEAISGAoUQ0hBTkdFX1RZUEVfU0VDVVJJVFkQAxIXChNDSEFOR0VfVFlQRV9ORVRXT1JLEAQSGgoWQ0hBTkdFX1RZUEVfREVQ\
      TE9ZTUVOVBAFEhgKFENIQU5HRV9UWVBFX1JPTExCQUNLEAYSGQoVQ0hBTkdFX1RZUEVfTUlHUkFUSU9OEAcSFwoTQ0hBTkdFX1RZ\
      UEVfU1RPUkFHRRAIEh4KGkNIQU5HRV9UWVBFX0xPQURfQkFMQU5DSU5HEAkqlAEKD0Vudmlyb25tZW50S2luZBIgChxFTlZJUk9O\
      TUVOVF9LSU5EX1VOU1BFQ0lGSUVEEAASIAocRU5WSVJPTk1FTlRfS0lORF9ERVZFTE9QTUVOVBABEhwKGEVOVklST05NRU5UX0tJ\
      TkRfU1RBR0lORxACEh8KG0VOVklST05NRU5UX0tJTkRfUFJPRFVDVElPThADKoABCglSaXNrTGV2ZWwSGgoWUklTS19MRVZFTF9V\
      TlNQRUNJRklFRBAAEhIKDlJJU0tfTEVWRUxfTE9XEAESFQoRUklTS19MRVZFTF9NRURJVU0QAhITCg9SSVNLX0xFVkVMX0hJR0gQ\
      AxIXChNSSVNLX0xFVkVMX0NSSVRJQ0FMEARiBnByb3RvMw==
      """)

  private static let twinCommonV1Errors = ProtoFile(
    name: "twin/common/v1/errors.proto",
    dependencies: [],
    services: [],
    types: [
      "twin.common.v1.ErrorReason",
    ],
    base64: """
      Cht0d2luL2NvbW1vbi92MS9lcnJvcnMucHJvdG8SDnR3aW4uY29tbW9uLnYxKo8MCgtFcnJvclJlYXNvbhIcChhFUlJPUl9SRUFT\
      T05fVU5TUEVDSUZJRUQQABIhCh1FUlJPUl9SRUFTT05fSU5WQUxJRF9BUkdVTUVOVBABEhkKFUVSUk9SX1JFQVNPTl9JTlRFUk5B\
      TBACEiIKHkVSUk9SX1JFQVNPTl9TVE9SRV9VTkFWQUlMQUJMRRADEiUKIUVSUk9SX1JFQVNPTl9VUFNUUkVBTV9VTkFWQUlMQUJM\
      RRAEEhsKF0VSUk9SX1JFQVNPTl9PVkVSTE9BREVEEAUSIgoeRVJST1JfUkVBU09OX1JFUVVFU1RfSURfUkVVU0VEEAYSIwofRVJS\
      T1JfUkVBU09OX1BBR0VfVE9LRU5fSU5WQUxJRBAHEiAKHEVSUk9SX1JFQVNPTl9VTkFVVEhFTlRJQ0FURUQQCBIiCh5FUlJPUl9S\
      RUFTT05fUEVSTUlTU0lPTl9ERU5JRUQQCRIdChlFUlJPUl9SRUFTT05fUkFURV9MSU1JVEVEEAoSHwobRVJST1JfUkVBU09OX1RX\
      SU5fTk9UX0ZPVU5EEBQSJAogRVJST1JfUkVBU09OX1RXSU5fQUxSRUFEWV9FWElTVFMQFRIeChpFUlJPUl9SRUFTT05fVFdJTl9O\
      T19TVEFURRAWEhsKF0VSUk9SX1JFQVNPTl9UV0lOX01PVkVEEBcSJQohRVJST1JfUkVBU09OX01PREVMX1RZUEVfTk9UX0ZPVU5E\
      EBgSIgoeRVJST1JfUkVBU09OX1BBUkFNRVRFUl9VTktOT1dOEBkSJwojRVJST1JfUkVBU09OX1BBUkFNRVRFUl9PVVRfT0ZfUkFO\
      R0UQGhImCiJFUlJPUl9SRUFTT05fQ0FMSUJSQVRJT05fTk9UX0ZPVU5EEBsSLgoqRVJST1JfUkVBU09OX0NBTElCUkFUSU9OX0lO\
      U1VGRklDSUVOVF9EQVRBEBwSIQodRVJST1JfUkVBU09OX1VQTE9BRF9OT1RfRk9VTkQQKBIgChxFUlJPUl9SRUFTT05fSElTVE9S\
      WV9FWFBJUkVEECkSIwofRVJST1JfUkVBU09OX1NDRU5BUklPX05PVF9GT1VORBA8EigKJEVSUk9SX1JFQVNPTl9TQ0VOQVJJT19U\
      WVBFX05PVF9GT1VORBA9EiUKIUVSUk9SX1JFQVNPTl9TSU1VTEFUSU9OX05PVF9GT1VORBA+EigKJEVSUk9SX1JFQVNPTl9TSU1V\
      TEFUSU9OX05PVF9SVU5OQUJMRRA/EiAKHEVSUk9SX1JFQVNPTl9TVUlURV9OT1RfRk9VTkQQQBIiCh5FUlJPUl9SRUFTT05fREFU\
      QVNFVF9OT1RfRk9VTkQQQRIbChdFUlJPUl9SRUFTT05fUVVFVUVfRlVMTBBCEh4KGkVSUk9SX1JFQVNPTl9SVU5fTk9UX0ZPVU5E\
      EFASIQodRVJST1JfUkVBU09OX1JFU1VMVF9OT1RfUkVBRFkQURIgChxFUlJPUl9SRUFTT05fVFJBQ0VfTk9UX0ZPVU5EEFISJQoh\
      RVJST1JfUkVBU09OX0NPTVBBUklTT05fTk9UX0ZPVU5EEFMSJgoiRVJST1JfUkVBU09OX0VOVklST05NRU5UX05PVF9GT1VORBBk\
      EisKJ0VSUk9SX1JFQVNPTl9FTlZJUk9OTUVOVF9BTFJFQURZX0VYSVNUUxBlEiEKHUVSUk9SX1JFQVNPTl9UQVJHRVRfTk9UX0ZP\
      VU5EEGYSIwofRVJST1JfUkVBU09OX1NPVVJDRV9VTkFWQUlMQUJMRRBnEiAKHEVSUk9SX1JFQVNPTl9NT0RFTF9OT1RfRk9VTkQQ\
      eBIhCh1FUlJPUl9SRUFTT05fTk9UX0VYVFJBUE9MQUJMRRB5EiMKH0VSUk9SX1JFQVNPTl9BUFBST1ZBTF9OT1RfRk9VTkQQehIh\
      Ch1FUlJPUl9SRUFTT05fQVBQUk9WQUxfREVDSURFRBB7EiAKHEVSUk9SX1JFQVNPTl9BTEVSVF9OT1RfRk9VTkQQfBIeChpFUlJP\
      Ul9SRUFTT05fRkFDVFNfTUlTU0lORxB9YgZwcm90bzM=
      """)

  private static let twinCommonV1Impact = ProtoFile(
    name: "twin/common/v1/impact.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/change.proto",
    ],
    services: [],
    types: [
      "twin.common.v1.Recommendation",
      "twin.common.v1.Severity",
      "twin.common.v1.LoadSource",
      "twin.common.v1.HoursMethod",
      "twin.common.v1.PredictedImpact",
      "twin.common.v1.Issue",
      "twin.common.v1.Evidence",
      "twin.common.v1.CostImpact",
      "twin.common.v1.RiskFactors",
      "twin.common.v1.Interval",
      "twin.common.v1.HoursWindow",
      "twin.common.v1.SimulatedHours",
    ],
    base64: """
      Cht0d2luL2NvbW1vbi92MS9pbXBhY3QucHJvdG8SDnR3aW4uY29tbW9uLnYxGhxnb29nbGUvcHJvdG9idWYvc3RydWN0LnByb3Rv\
      Gh9nb29nbGUvcHJvdG9idWYvdGltZXN0YW1wLnByb3RvGht0d2luL2NvbW1vbi92MS9jaGFuZ2UucHJvdG8iqAMKD1ByZWRpY3Rl\
      ZEltcGFjdBIdCgpyaXNrX3Njb3JlGAEgASgBUglyaXNrU2NvcmUSOAoKcmlza19sZXZlbBgCIAEoDjIZLnR3aW4uY29tbW9uLnYx\
      LlJpc2tMZXZlbFIJcmlza0xldmVsEkYKDnJlY29tbWVuZGF0aW9uGAMgASgOMh4udHdpbi5jb21tb24udjEuUmVjb21tZW5kYXRp\
      b25SDnJlY29tbWVuZGF0aW9uEi0KBmlzc3VlcxgEIAMoCzIVLnR3aW4uY29tbW9uLnYxLklzc3VlUgZpc3N1ZXMSLwoGYmVmb3Jl\
      GAUgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIGYmVmb3JlEi0KBWFmdGVyGAYgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0\
      cnVjdFIFYWZ0ZXISLgoEY29zdBgHIAEoCzIaLnR3aW4uY29tbW9uLnYxLkNvc3RJbXBhY3RSBGNvc3QSNQoHZmFjdG9ycxgIIAEo\
      CzIbLnR3aW4uY29tbW9uLnYxLlJpc2tGYWN0b3JzUgdmYWN0b3JzIvoCCgVJc3N1ZRISCgRjb2RlGAEgASgJUgRjb2RlEjQKCHNl\
      dmVyaXR5GAIgASgOMhgudHdpbi5jb21tb24udjEuU2V2ZXJpdHlSCHNldmVyaXR5EhgKB21lc3NhZ2UYAyABKAlSB21lc3NhZ2US\
      NAoIZXZpZGVuY2UYBCABKAsyGC50d2luLmNvbW1vbi52MS5FdmlkZW5jZVIIZXZpZGVuY2USIgoLcHJvYmFiaWxpdHkYBSABKAFI\
      AFILcHJvYmFiaWxpdHkSFAoFZmllbGQYBiABKAlSBWZpZWxkEh8KCmZpcnN0X2hvdXIYByABKAFIAVIJZmlyc3RIb3VyEhYKBnJl\
      bWVkeRgIIAEoCVIGcmVtZWR5EjUKB2ZhY3RvcnMYCSABKAsyGy50d2luLmNvbW1vbi52MS5SaXNrRmFjdG9yc1IHZmFjdG9yc0IW\
      ChRwcm9iYWJpbGl0eV9wcmVzZW5jZUIVChNmaXJzdF9ob3VyX3ByZXNlbmNlIuUBCghFdmlkZW5jZRIUCgVtb2RlbBgBIAEoCVIF\
      bW9kZWwSGgoIZXF1YXRpb24YAiABKAlSCGVxdWF0aW9uEi8KBmlucHV0cxgDIAEoCzIXLmdvb2dsZS5wcm90b2J1Zi5TdHJ1Y3RS\
      BmlucHV0cxIUCgV2YWx1ZRgEIAEoAVIFdmFsdWUSEgoEdW5pdBgFIAEoCVIEdW5pdBIeCgl0aHJlc2hvbGQYBiABKAFIAFIJdGhy\
      ZXNob2xkEhYKBnNvdXJjZRgHIAEoCVIGc291cmNlQhQKEnRocmVzaG9sZF9wcmVzZW5jZSLUAQoKQ29zdEltcGFjdBIsChJtb250\
      aGx5X2JlZm9yZV91c2QYASABKAFSEG1vbnRobHlCZWZvcmVVc2QSKgoRbW9udGhseV9hZnRlcl91c2QYAiABKAFSD21vbnRobHlB\
      ZnRlclVzZBIqChFtb250aGx5X2RlbHRhX3VzZBgDIAEoAVIPbW9udGhseURlbHRhVXNkEh0KCnByaWNlX2RhdGUYBCABKAlSCXBy\
      aWNlRGF0ZRIhCgxwcmljZV9zb3VyY2UYBSABKAlSC3ByaWNlU291cmNlIu8BCgtSaXNrRmFjdG9ycxIgCgtwcm9iYWJpbGl0eRgB\
      IAEoAVILcHJvYmFiaWxpdHkSIAoLY29uc2VxdWVuY2UYAiABKAFSC2NvbnNlcXVlbmNlEhoKCGV4cG9zdXJlGAMgASgBUghleHBv\
      c3VyZRIkCg1yZXZlcnNpYmlsaXR5GAQgASgBUg1yZXZlcnNpYmlsaXR5EiEKDGJsYXN0X3JhZGl1cxgFIAEoAVILYmxhc3RSYWRp\
      dXMSGgoIdW5rbm93bnMYBiADKAlSCHVua25vd25zEhsKCXJhaXNlZF9ieRgHIAMoCVIIcmFpc2VkQnkiRgoISW50ZXJ2YWwSEAoD\
      bG93GAEgASgBUgNsb3cSEgoEaGlnaBgCIAEoAVIEaGlnaBIUCgVsZXZlbBgDIAEoAVIFbGV2ZWwibAoLSG91cnNXaW5kb3cSFQoG\
      ZnJvbV9zGAEgASgBUgVmcm9tUxIRCgR0b19zGAIgASgBUgN0b1MSMwoGbWV0aG9kGAMgASgOMhsudHdpbi5jb21tb24udjEuSG91\
      cnNNZXRob2RSBm1ldGhvZCKaCAoOU2ltdWxhdGVkSG91cnMSIwoNbG9hZF9zY2VuYXJpbxgBIAEoCVIMbG9hZFNjZW5hcmlvEjcK\
      CnBhcmFtZXRlcnMYAiABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgpwYXJhbWV0ZXJzEjsKC2xvYWRfc291cmNlGAMgASgO\
      MhoudHdpbi5jb21tb24udjEuTG9hZFNvdXJjZVIKbG9hZFNvdXJjZRIcCglzdGF0ZW1lbnQYBCABKAlSCXN0YXRlbWVudBIWCgZt\
      ZXRyaWMYBSABKAlSBm1ldHJpYxI9Cgx3aW5kb3dfc3RhcnQYBiABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgt3aW5k\
      b3dTdGFydBI5Cgp3aW5kb3dfZW5kGAcgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIJd2luZG93RW5kEhYKBnBvaW50\
      cxgIIAEoDVIGcG9pbnRzEiMKDWZpbGxlZF9wb2ludHMYCSABKA1SDGZpbGxlZFBvaW50cxIVCgZzdGVwX3MYCiABKAFSBXN0ZXBT\
      EhYKBm1ldGhvZBgLIAEoCVIGbWV0aG9kEiYKDmhlbGRfb3V0X2Vycm9yGAwgASgBSABSDGhlbGRPdXRFcnJvchIhCgtuYWl2ZV9l\
      cnJvchgNIAEoAUgBUgpuYWl2ZUVycm9yEhwKCGNvdmVyYWdlGA4gASgBSAJSCGNvdmVyYWdlEiUKD3BlYWtfcmF0ZV9wZXJfcxgP\
      IAEoAVIMcGVha1JhdGVQZXJTEjIKFXVwcGVyX3BlYWtfcmF0ZV9wZXJfcxgQIAEoAUgDUhF1cHBlclBlYWtSYXRlUGVyUxI1Cgd3\
      aW5kb3dzGBEgAygLMhsudHdpbi5jb21tb24udjEuSG91cnNXaW5kb3dSB3dpbmRvd3MSKAoQd2luZG93c19sZWZ0X291dBgSIAEo\
      DVIOd2luZG93c0xlZnRPdXQSHQoKYW5hbHl0aWNfcxgTIAEoAVIJYW5hbHl0aWNTEhcKB2ZsdWlkX3MYFCABKAFSBmZsdWlkUxIo\
      ChBkaXNjcmV0ZV9ldmVudF9zGBUgASgBUg5kaXNjcmV0ZUV2ZW50UxIVCgZoZWxkX3MYFiABKAFSBWhlbGRTEhYKBmV2ZW50cxgX\
      IAEoBFIGZXZlbnRzEhIKBHNlZWQYGCABKARSBHNlZWQSIwoNbm90X3NpbXVsYXRlZBgZIAEoCVIMbm90U2ltdWxhdGVkQhkKF2hl\
      bGRfb3V0X2Vycm9yX3ByZXNlbmNlQhYKFG5haXZlX2Vycm9yX3ByZXNlbmNlQhMKEWNvdmVyYWdlX3ByZXNlbmNlQhoKGHVwcGVy\
      X3BlYWtfcmF0ZV9wcmVzZW5jZSq3AQoOUmVjb21tZW5kYXRpb24SHgoaUkVDT01NRU5EQVRJT05fVU5TUEVDSUZJRUQQABIaChZS\
      RUNPTU1FTkRBVElPTl9BUFBST1ZFEAESKgomUkVDT01NRU5EQVRJT05fQVBQUk9WRV9XSVRIX01PTklUT1JJTkcQAhIjCh9SRUNP\
      TU1FTkRBVElPTl9SRVFVSVJFX0FQUFJPVkFMEAMSGAoUUkVDT01NRU5EQVRJT05fQkxPQ0sQBCqIAQoIU2V2ZXJpdHkSGAoUU0VW\
      RVJJVFlfVU5TUEVDSUZJRUQQABIRCg1TRVZFUklUWV9JTkZPEAESEAoMU0VWRVJJVFlfTE9XEAISEwoPU0VWRVJJVFlfTUVESVVN\
      EAMSEQoNU0VWRVJJVFlfSElHSBAEEhUKEVNFVkVSSVRZX0NSSVRJQ0FMEAUqjAEKCkxvYWRTb3VyY2USGwoXTE9BRF9TT1VSQ0Vf\
      VU5TUEVDSUZJRUQQABIYChRMT0FEX1NPVVJDRV9SRUNPUkRFRBABEhgKFExPQURfU09VUkNFX0ZPUkVDQVNUEAISFwoTTE9BRF9T\
      T1VSQ0VfQVNTVU1FRBADEhQKEExPQURfU09VUkNFX1BFQUsQBCqWAQoLSG91cnNNZXRob2QSHAoYSE9VUlNfTUVUSE9EX1VOU1BF\
      Q0lGSUVEEAASGQoVSE9VUlNfTUVUSE9EX0FOQUxZVElDEAESFgoSSE9VUlNfTUVUSE9EX0ZMVUlEEAISHwobSE9VUlNfTUVUSE9E\
      X0RJU0NSRVRFX0VWRU5UEAMSFQoRSE9VUlNfTUVUSE9EX0hFTEQQBGIGcHJvdG8z
      """)

  private static let twinCommonV1Outcome = ProtoFile(
    name: "twin/common/v1/outcome.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
    ],
    services: [],
    types: [
      "twin.common.v1.JobStatus",
      "twin.common.v1.Verdict",
      "twin.common.v1.RunOutcome",
      "twin.common.v1.RunOutcome.MetricsEntry",
      "twin.common.v1.RunOutcome.ModelVersionsEntry",
      "twin.common.v1.Criterion",
      "twin.common.v1.BehaviourAnalysis",
      "twin.common.v1.BehaviourAnalysis.ReactionTimesSEntry",
      "twin.common.v1.Decision",
      "twin.common.v1.RiskAssessment",
      "twin.common.v1.Proportion",
      "twin.common.v1.VariantSummary",
      "twin.common.v1.VariantSummary.MetricsEntry",
      "twin.common.v1.MetricSummary",
      "twin.common.v1.TraceRow",
      "twin.common.v1.TraceRow.ExtraEntry",
    ],
    base64: """
      Chx0d2luL2NvbW1vbi92MS9vdXRjb21lLnByb3RvEg50d2luLmNvbW1vbi52MRocZ29vZ2xlL3Byb3RvYnVmL3N0cnVjdC5wcm90\
      bxofZ29vZ2xlL3Byb3RvYnVmL3RpbWVzdGFtcC5wcm90byKVCwoKUnVuT3V0Y29tZRIOCgJpZBgBIAEoCVICaWQSIwoNc2ltdWxh\
      dGlvbl9pZBgCIAEoCVIMc2ltdWxhdGlvbklkEh8KC3NjZW5hcmlvX2lkGAMgASgJUgpzY2VuYXJpb0lkEiMKDXNjZW5hcmlvX3R5\
      cGUYBCABKAlSDHNjZW5hcmlvVHlwZRIdCgp2ZWhpY2xlX2lkGAUgASgJUgl2ZWhpY2xlSWQSMQoGc3RhdHVzGAYgASgOMhkudHdp\
      bi5jb21tb24udjEuSm9iU3RhdHVzUgZzdGF0dXMSMQoHdmVyZGljdBgHIAEoDjIXLnR3aW4uY29tbW9uLnYxLlZlcmRpY3RSB3Zl\
      cmRpY3QSNQoIY3JpdGVyaWEYCCADKAsyGS50d2luLmNvbW1vbi52MS5Dcml0ZXJpb25SCGNyaXRlcmlhEkEKB21ldHJpY3MYCSAD\
      KAsyJy50d2luLmNvbW1vbi52MS5SdW5PdXRjb21lLk1ldHJpY3NFbnRyeVIHbWV0cmljcxI/CgliZWhhdmlvdXIYCiABKAsyIS50\
      d2luLmNvbW1vbi52MS5CZWhhdmlvdXJBbmFseXNpc1IJYmVoYXZpb3VyEjIKBHJpc2sYCyABKAsyHi50d2luLmNvbW1vbi52MS5S\
      aXNrQXNzZXNzbWVudFIEcmlzaxI7CgxvcHRpbWlzYXRpb24YDCABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgxvcHRpbWlz\
      YXRpb24SEgoEc2VlZBgNIAEoBFIEc2VlZBJUCg5tb2RlbF92ZXJzaW9ucxgOIAMoCzItLnR3aW4uY29tbW9uLnYxLlJ1bk91dGNv\
      bWUuTW9kZWxWZXJzaW9uc0VudHJ5Ug1tb2RlbFZlcnNpb25zEigKEHJlYWxfdGltZV9mYWN0b3IYDyABKAFSDnJlYWxUaW1lRmFj\
      dG9yEh0KCnN0YXRlX2hhc2gYECABKAlSCXN0YXRlSGFzaBIUCgVlcnJvchgRIAEoCVIFZXJyb3ISHwoKZXJyb3Jfc3RlcBgSIAEo\
      BEgAUgllcnJvclN0ZXASHwoLc2ltdWxhdGVkX3MYEyABKAFSCnNpbXVsYXRlZFMSFQoGc3RlcF9zGBQgASgBUgVzdGVwUxIdCgpz\
      dGVwX2NvdW50GBUgASgEUglzdGVwQ291bnQSNwoKcGFyYW1ldGVycxgWIAEoCzIXLmdvb2dsZS5wcm90b2J1Zi5TdHJ1Y3RSCnBh\
      cmFtZXRlcnMSOQoKc3RhcnRfdGltZRgXIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCXN0YXJ0VGltZRI1CghlbmRf\
      dGltZRgYIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSB2VuZFRpbWUSGwoJaGFzX3RyYWNlGBkgASgIUghoYXNUcmFj\
      ZRIiCg1wYXJlbnRfcnVuX2lkGBogASgJUgtwYXJlbnRSdW5JZBIYCgd2YXJpYW50GBsgASgNUgd2YXJpYW50EjoKCHZhcmlhbnRz\
      GBwgASgLMh4udHdpbi5jb21tb24udjEuVmFyaWFudFN1bW1hcnlSCHZhcmlhbnRzEhYKBnJlZ2ltZRgdIAEoCVIGcmVnaW1lEisK\
      EXJlZ2ltZV9leGN1cnNpb25zGB4gAygJUhByZWdpbWVFeGN1cnNpb25zGjoKDE1ldHJpY3NFbnRyeRIQCgNrZXkYASABKAlSA2tl\
      eRIUCgV2YWx1ZRgCIAEoAVIFdmFsdWU6AjgBGkAKEk1vZGVsVmVyc2lvbnNFbnRyeRIQCgNrZXkYASABKAlSA2tleRIUCgV2YWx1\
      ZRgCIAEoCVIFdmFsdWU6AjgBQhUKE2Vycm9yX3N0ZXBfcHJlc2VuY2UikQIKCUNyaXRlcmlvbhISCgRuYW1lGAEgASgJUgRuYW1l\
      EhYKBnBhc3NlZBgCIAEoCFIGcGFzc2VkEiAKC2Rlc2NyaXB0aW9uGAMgASgJUgtkZXNjcmlwdGlvbhIWCgZtZXRyaWMYBCABKAlS\
      Bm1ldHJpYxIWCgV2YWx1ZRgFIAEoAUgAUgV2YWx1ZRIWCgVib3VuZBgGIAEoAUgBUgVib3VuZBIeCgpjb21wYXJpc29uGAcgASgJ\
      Ugpjb21wYXJpc29uEhIKBHVuaXQYCCABKAlSBHVuaXQSFgoGc291cmNlGAkgASgJUgZzb3VyY2VCEAoOdmFsdWVfcHJlc2VuY2VC\
      EAoOYm91bmRfcHJlc2VuY2UijwIKEUJlaGF2aW91ckFuYWx5c2lzEjYKCWRlY2lzaW9ucxgBIAMoCzIYLnR3aW4uY29tbW9uLnYx\
      LkRlY2lzaW9uUglkZWNpc2lvbnMSXwoQcmVhY3Rpb25fdGltZXNfcxgCIAMoCzI1LnR3aW4uY29tbW9uLnYxLkJlaGF2aW91ckFu\
      YWx5c2lzLlJlYWN0aW9uVGltZXNTRW50cnlSDnJlYWN0aW9uVGltZXNTEh4KCnZpb2xhdGlvbnMYAyADKAlSCnZpb2xhdGlvbnMa\
      QQoTUmVhY3Rpb25UaW1lc1NFbnRyeRIQCgNrZXkYASABKAlSA2tleRIUCgV2YWx1ZRgCIAEoAVIFdmFsdWU6AjgBImEKCERlY2lz\
      aW9uEg8KA3RfcxgBIAEoAVICdFMSFAoFYWN0b3IYAiABKAlSBWFjdG9yEhYKBmFjdGlvbhgDIAEoCVIGYWN0aW9uEhYKBnJlYXNv\
      bhgEIAEoCVIGcmVhc29uIpsDCg5SaXNrQXNzZXNzbWVudBI1ChVjb2xsaXNpb25fcHJvYmFiaWxpdHkYASABKAFIAFIUY29sbGlz\
      aW9uUHJvYmFiaWxpdHkSSQoSY29sbGlzaW9uX2ludGVydmFsGAIgASgLMhoudHdpbi5jb21tb24udjEuUHJvcG9ydGlvblIRY29s\
      bGlzaW9uSW50ZXJ2YWwSLwoSaW5qdXJ5X3Byb2JhYmlsaXR5GAMgASgBSAFSEWluanVyeVByb2JhYmlsaXR5EioKEGltcGFjdF9z\
      cGVlZF9tcHMYBCABKAFIAlIOaW1wYWN0U3BlZWRNcHMSFAoEcmlzaxgFIAEoAUgDUgRyaXNrEiUKDnNldmVyaXR5X21vZGVsGAYg\
      ASgJUg1zZXZlcml0eU1vZGVsQiAKHmNvbGxpc2lvbl9wcm9iYWJpbGl0eV9wcmVzZW5jZUIdChtpbmp1cnlfcHJvYmFiaWxpdHlf\
      cHJlc2VuY2VCGwoZaW1wYWN0X3NwZWVkX21wc19wcmVzZW5jZUIPCg1yaXNrX3ByZXNlbmNlIl4KClByb3BvcnRpb24SEAoDbG93\
      GAEgASgBUgNsb3cSEgoEaGlnaBgCIAEoAVIEaGlnaBIUCgVsZXZlbBgDIAEoAVIFbGV2ZWwSFAoFY291bnQYBCABKARSBWNvdW50\
      IsUCCg5WYXJpYW50U3VtbWFyeRIUCgV0b3RhbBgBIAEoBFIFdG90YWwSFgoGcGFzc2VkGAIgASgEUgZwYXNzZWQSFgoGZmFpbGVk\
      GAMgASgEUgZmYWlsZWQSFgoGZXJyb3JzGAQgASgEUgZlcnJvcnMSMwoIYm91bmRhcnkYBSABKAsyFy5nb29nbGUucHJvdG9idWYu\
      U3RydWN0Ughib3VuZGFyeRJFCgdtZXRyaWNzGAYgAygLMisudHdpbi5jb21tb24udjEuVmFyaWFudFN1bW1hcnkuTWV0cmljc0Vu\
      dHJ5UgdtZXRyaWNzGlkKDE1ldHJpY3NFbnRyeRIQCgNrZXkYASABKAlSA2tleRIzCgV2YWx1ZRgCIAEoCzIdLnR3aW4uY29tbW9u\
      LnYxLk1ldHJpY1N1bW1hcnlSBXZhbHVlOgI4ASJvCg1NZXRyaWNTdW1tYXJ5EhAKA21pbhgBIAEoAVIDbWluEhIKBG1lYW4YAiAB\
      KAFSBG1lYW4SEAoDbWF4GAMgASgBUgNtYXgSEAoDc3RkGAQgASgBUgNzdGQSFAoFY291bnQYBSABKARSBWNvdW50ItMHCghUcmFj\
      ZVJvdxIPCgN0X3MYASABKAFSAnRTEhQKBWFjdG9yGAIgASgJUgVhY3RvchIPCgN4X20YAyABKAFSAnhNEg8KA3lfbRgEIAEoAVIC\
      eU0SHwoLaGVhZGluZ19yYWQYBSABKAFSCmhlYWRpbmdSYWQSGwoJc3BlZWRfbXBzGAYgASgBUghzcGVlZE1wcxIrChFhY2NlbGVy\
      YXRpb25fbXBzMhgHIAEoAVIQYWNjZWxlcmF0aW9uTXBzMhIgCgx5YXdfcmF0ZV9ycHMYCCABKAFSCnlhd1JhdGVScHMSIQoMc3Rl\
      ZXJpbmdfcmFkGAkgASgBUgtzdGVlcmluZ1JhZBI8ChlsYXRlcmFsX2FjY2VsZXJhdGlvbl9tcHMyGAogASgBSABSF2xhdGVyYWxB\
      Y2NlbGVyYXRpb25NcHMyEiYKDnNsaXBfYW5nbGVfcmFkGAsgASgBSAFSDHNsaXBBbmdsZVJhZBIVCgVnYXBfbRgMIAEoAUgCUgRn\
      YXBNEhUKBXR0Y19zGA0gASgBSANSBHR0Y1MSHAoIdGhyb3R0bGUYDiABKAFIBFIIdGhyb3R0bGUSFgoFYnJha2UYDyABKAFIBVIF\
      YnJha2USHwoKZGlzdGFuY2VfbRgQIAEoAUgGUglkaXN0YW5jZU0SGwoIZW5lcmd5X2oYESABKAFIB1IHZW5lcmd5ShIXCgZmdWVs\
      X2wYEiABKAFICFIFZnVlbEwSGQoHcG93ZXJfdxgTIAEoAUgJUgZwb3dlclcSFgoFZ3JhZGUYFCABKAFIClIFZ3JhZGUSFAoFZXZl\
      bnQYFSABKAlSBWV2ZW50EjkKBWV4dHJhGBYgAygLMiMudHdpbi5jb21tb24udjEuVHJhY2VSb3cuRXh0cmFFbnRyeVIFZXh0cmEa\
      OAoKRXh0cmFFbnRyeRIQCgNrZXkYASABKAlSA2tleRIUCgV2YWx1ZRgCIAEoAVIFdmFsdWU6AjgBQiQKImxhdGVyYWxfYWNjZWxl\
      cmF0aW9uX21wczJfcHJlc2VuY2VCGQoXc2xpcF9hbmdsZV9yYWRfcHJlc2VuY2VCEAoOZ2FwX21fcHJlc2VuY2VCEAoOdHRjX3Nf\
      cHJlc2VuY2VCEwoRdGhyb3R0bGVfcHJlc2VuY2VCEAoOYnJha2VfcHJlc2VuY2VCFQoTZGlzdGFuY2VfbV9wcmVzZW5jZUITChFl\
      bmVyZ3lfal9wcmVzZW5jZUIRCg9mdWVsX2xfcHJlc2VuY2VCEgoQcG93ZXJfd19wcmVzZW5jZUIQCg5ncmFkZV9wcmVzZW5jZSq5\
      AQoJSm9iU3RhdHVzEhoKFkpPQl9TVEFUVVNfVU5TUEVDSUZJRUQQABIWChJKT0JfU1RBVFVTX0NSRUFURUQQARIVChFKT0JfU1RB\
      VFVTX1FVRVVFRBACEhYKEkpPQl9TVEFUVVNfUlVOTklORxADEhgKFEpPQl9TVEFUVVNfQ09NUExFVEVEEAQSFQoRSk9CX1NUQVRV\
      U19GQUlMRUQQBRIYChRKT0JfU1RBVFVTX0NBTkNFTExFRBAGKlkKB1ZlcmRpY3QSFwoTVkVSRElDVF9VTlNQRUNJRklFRBAAEhAK\
      DFZFUkRJQ1RfUEFTUxABEhAKDFZFUkRJQ1RfRkFJTBACEhEKDVZFUkRJQ1RfRVJST1IQA2IGcHJvdG8z
      """)

  private static let twinCommonV1Parameter = ProtoFile(
    name: "twin/common/v1/parameter.proto",
    dependencies: [
      "google/protobuf/struct.proto",
    ],
    services: [],
    types: [
      "twin.common.v1.ParameterType",
      "twin.common.v1.ParameterSpec",
      "twin.common.v1.ParameterRange",
    ],
    base64: """
      Ch50d2luL2NvbW1vbi92MS9wYXJhbWV0ZXIucHJvdG8SDnR3aW4uY29tbW9uLnYxGhxnb29nbGUvcHJvdG9idWYvc3RydWN0LnBy\
      b3RvIvcCCg1QYXJhbWV0ZXJTcGVjEhIKBG5hbWUYASABKAlSBG5hbWUSMQoEdHlwZRgCIAEoDjIdLnR3aW4uY29tbW9uLnYxLlBh\
      cmFtZXRlclR5cGVSBHR5cGUSEgoEdW5pdBgDIAEoCVIEdW5pdBIwCgdkZWZhdWx0GAQgASgLMhYuZ29vZ2xlLnByb3RvYnVmLlZh\
      bHVlUgdkZWZhdWx0EjQKBXJhbmdlGAUgASgLMh4udHdpbi5jb21tb24udjEuUGFyYW1ldGVyUmFuZ2VSBXJhbmdlEhgKB2FsbG93\
      ZWQYBiADKAlSB2FsbG93ZWQSIAoLZGVzY3JpcHRpb24YByABKAlSC2Rlc2NyaXB0aW9uEhoKCHJlcXVpcmVkGAggASgIUghyZXF1\
      aXJlZBIzCgVpdGVtcxgJIAMoCzIdLnR3aW4uY29tbW9uLnYxLlBhcmFtZXRlclNwZWNSBWl0ZW1zEhYKBnNvdXJjZRgKIAEoCVIG\
      c291cmNlIlgKDlBhcmFtZXRlclJhbmdlEhIKA21pbhgBIAEoAUgAUgNtaW4SEgoDbWF4GAIgASgBSAFSA21heEIOCgxtaW5fcHJl\
      c2VuY2VCDgoMbWF4X3ByZXNlbmNlKtIBCg1QYXJhbWV0ZXJUeXBlEh4KGlBBUkFNRVRFUl9UWVBFX1VOU1BFQ0lGSUVEEAASGQoV\
      UEFSQU1FVEVSX1RZUEVfTlVNQkVSEAESGgoWUEFSQU1FVEVSX1RZUEVfSU5URUdFUhACEhkKFVBBUkFNRVRFUl9UWVBFX1NUUklO\
      RxADEhoKFlBBUkFNRVRFUl9UWVBFX0JPT0xFQU4QBBIYChRQQVJBTUVURVJfVFlQRV9BUlJBWRAFEhkKFVBBUkFNRVRFUl9UWVBF\
      X09CSkVDVBAGYgZwcm90bzM=
      """)

  private static let twinCommonV1Telemetry = ProtoFile(
    name: "twin/common/v1/telemetry.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
    ],
    services: [],
    types: [
      "twin.common.v1.SensorHealth",
      "twin.common.v1.SensorKind",
      "twin.common.v1.RoadCondition",
      "twin.common.v1.DriverMode",
      "twin.common.v1.TelemetrySample",
      "twin.common.v1.SensorSample",
      "twin.common.v1.Detection",
      "twin.common.v1.EnvironmentSample",
      "twin.common.v1.OperationsSample",
    ],
    base64: """
      Ch50d2luL2NvbW1vbi92MS90ZWxlbWV0cnkucHJvdG8SDnR3aW4uY29tbW9uLnYxGhxnb29nbGUvcHJvdG9idWYvc3RydWN0LnBy\
      b3RvGh9nb29nbGUvcHJvdG9idWYvdGltZXN0YW1wLnByb3RvItMMCg9UZWxlbWV0cnlTYW1wbGUSGgoIc2VxdWVuY2UYASABKARS\
      CHNlcXVlbmNlEi4KBHRpbWUYAiABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgR0aW1lEhIKA2xhdBgDIAEoAUgAUgNs\
      YXQSEgoDbG9uGAQgASgBSAFSA2xvbhIRCgN4X20YBSABKAFIAlICeE0SEQoDeV9tGAYgASgBSANSAnlNEh8KCmFsdGl0dWRlX20Y\
      ByABKAFIBFIJYWx0aXR1ZGVNEh0KCXNwZWVkX21wcxgIIAEoAUgFUghzcGVlZE1wcxIhCgtoZWFkaW5nX2RlZxgJIAEoAUgGUgpo\
      ZWFkaW5nRGVnEiIKDHlhd19yYXRlX3JwcxgKIAEoAUgHUgp5YXdSYXRlUnBzEiMKDHN0ZWVyaW5nX3JhZBgLIAEoAUgIUgtzdGVl\
      cmluZ1JhZBItChFhY2NlbGVyYXRpb25fbXBzMhgMIAEoAUgJUhBhY2NlbGVyYXRpb25NcHMyEjwKGWxhdGVyYWxfYWNjZWxlcmF0\
      aW9uX21wczIYDSABKAFIClIXbGF0ZXJhbEFjY2VsZXJhdGlvbk1wczISHAoIdGhyb3R0bGUYDiABKAFIC1IIdGhyb3R0bGUSFgoF\
      YnJha2UYDyABKAFIDFIFYnJha2USFAoEZ2VhchgQIAEoBUgNUgRnZWFyEjYKB3NlbnNvcnMYESADKAsyHC50d2luLmNvbW1vbi52\
      MS5TZW5zb3JTYW1wbGVSB3NlbnNvcnMSHwoKdmVoaWNsZV9pZBgSIAEoCUgOUgl2ZWhpY2xlSWQSMAoTcGh5c2ljYWxfdmVoaWNs\
      ZV9pZBgTIAEoCUgPUhFwaHlzaWNhbFZlaGljbGVJZBIYCgZzb3VyY2UYFCABKAlIEFIGc291cmNlEiYKDnBvc2l0aW9uX3N0ZF9t\
      GBUgASgBSBFSDHBvc2l0aW9uU3RkTRIkCg1zcGVlZF9zdGRfbXBzGBYgASgBSBJSC3NwZWVkU3RkTXBzEigKD2hlYWRpbmdfc3Rk\
      X2RlZxgXIAEoAUgTUg1oZWFkaW5nU3RkRGVnEikKEHlhd19yYXRlX3N0ZF9ycHMYGCABKAFIFFINeWF3UmF0ZVN0ZFJwcxI0ChVh\
      Y2NlbGVyYXRpb25fc3RkX21wczIYGSABKAFIFVITYWNjZWxlcmF0aW9uU3RkTXBzMhIiCgxsZWFkZXJfZ2FwX20YGiABKAFIFlIK\
      bGVhZGVyR2FwTRIqChBsZWFkZXJfc3BlZWRfbXBzGBsgASgBSBdSDmxlYWRlclNwZWVkTXBzEhsKCGVuZXJneV9qGBwgASgBSBhS\
      B2VuZXJneUpCDgoMbGF0X3ByZXNlbmNlQg4KDGxvbl9wcmVzZW5jZUIOCgx4X21fcHJlc2VuY2VCDgoMeV9tX3ByZXNlbmNlQhUK\
      E2FsdGl0dWRlX21fcHJlc2VuY2VCFAoSc3BlZWRfbXBzX3ByZXNlbmNlQhYKFGhlYWRpbmdfZGVnX3ByZXNlbmNlQhcKFXlhd19y\
      YXRlX3Jwc19wcmVzZW5jZUIXChVzdGVlcmluZ19yYWRfcHJlc2VuY2VCHAoaYWNjZWxlcmF0aW9uX21wczJfcHJlc2VuY2VCJAoi\
      bGF0ZXJhbF9hY2NlbGVyYXRpb25fbXBzMl9wcmVzZW5jZUITChF0aHJvdHRsZV9wcmVzZW5jZUIQCg5icmFrZV9wcmVzZW5jZUIP\
      Cg1nZWFyX3ByZXNlbmNlQhUKE3ZlaGljbGVfaWRfcHJlc2VuY2VCHgoccGh5c2ljYWxfdmVoaWNsZV9pZF9wcmVzZW5jZUIRCg9z\
      b3VyY2VfcHJlc2VuY2VCGQoXcG9zaXRpb25fc3RkX21fcHJlc2VuY2VCGAoWc3BlZWRfc3RkX21wc19wcmVzZW5jZUIaChhoZWFk\
      aW5nX3N0ZF9kZWdfcHJlc2VuY2VCGwoZeWF3X3JhdGVfc3RkX3Jwc19wcmVzZW5jZUIgCh5hY2NlbGVyYXRpb25fc3RkX21wczJf\
      cHJlc2VuY2VCFwoVbGVhZGVyX2dhcF9tX3ByZXNlbmNlQhsKGWxlYWRlcl9zcGVlZF9tcHNfcHJlc2VuY2VCEwoRZW5lcmd5X2pf\
      cHJlc2VuY2UixwMKDFNlbnNvclNhbXBsZRIbCglzZW5zb3JfaWQYASABKAlSCHNlbnNvcklkEi4KBGtpbmQYAiABKA4yGi50d2lu\
      LmNvbW1vbi52MS5TZW5zb3JLaW5kUgRraW5kEjQKBmhlYWx0aBgDIAEoDjIcLnR3aW4uY29tbW9uLnYxLlNlbnNvckhlYWx0aFIG\
      aGVhbHRoEhwKCHNlcXVlbmNlGAQgASgESABSCHNlcXVlbmNlEi4KBHRpbWUYBSABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0\
      YW1wUgR0aW1lEhkKB3JhdGVfaHoYBiABKAFIAVIGcmF0ZUh6Eh8KCmxhdGVuY3lfbXMYByABKAFIAlIJbGF0ZW5jeU1zEjkKCmRl\
      dGVjdGlvbnMYCCADKAsyGS50d2luLmNvbW1vbi52MS5EZXRlY3Rpb25SCmRldGVjdGlvbnMSLwoGdmFsdWVzGAkgASgLMhcuZ29v\
      Z2xlLnByb3RvYnVmLlN0cnVjdFIGdmFsdWVzQhMKEXNlcXVlbmNlX3ByZXNlbmNlQhIKEHJhdGVfaHpfcHJlc2VuY2VCFQoTbGF0\
      ZW5jeV9tc19wcmVzZW5jZSLoAgoJRGV0ZWN0aW9uEhsKCW9iamVjdF9pZBgBIAEoCVIIb2JqZWN0SWQSGgoIY2F0ZWdvcnkYAiAB\
      KAlSCGNhdGVnb3J5Eg8KA3hfbRgDIAEoAVICeE0SDwoDeV9tGAQgASgBUgJ5TRIdCglzcGVlZF9tcHMYBSABKAFIAFIIc3BlZWRN\
      cHMSLAoRbGF0ZXJhbF9zcGVlZF9tcHMYBiABKAFIAVIPbGF0ZXJhbFNwZWVkTXBzEhsKCGxlbmd0aF9tGAcgASgBSAJSB2xlbmd0\
      aE0SGQoHd2lkdGhfbRgIIAEoAUgDUgZ3aWR0aE0SHgoKY29uZmlkZW5jZRgJIAEoAVIKY29uZmlkZW5jZUIUChJzcGVlZF9tcHNf\
      cHJlc2VuY2VCHAoabGF0ZXJhbF9zcGVlZF9tcHNfcHJlc2VuY2VCEwoRbGVuZ3RoX21fcHJlc2VuY2VCEgoQd2lkdGhfbV9wcmVz\
      ZW5jZSL5BQoRRW52aXJvbm1lbnRTYW1wbGUSGgoIc2VxdWVuY2UYASABKARSCHNlcXVlbmNlEi4KBHRpbWUYAiABKAsyGi5nb29n\
      bGUucHJvdG9idWYuVGltZXN0YW1wUgR0aW1lEkQKDnJvYWRfY29uZGl0aW9uGAMgASgOMh0udHdpbi5jb21tb24udjEuUm9hZENv\
      bmRpdGlvblINcm9hZENvbmRpdGlvbhIlCg1yb2FkX2ZyaWN0aW9uGAQgASgBSABSDHJvYWRGcmljdGlvbhIlCg10ZW1wZXJhdHVy\
      ZV9jGAUgASgBSAFSDHRlbXBlcmF0dXJlQxIuChJyb2FkX3RlbXBlcmF0dXJlX2MYBiABKAFIAlIQcm9hZFRlbXBlcmF0dXJlQxIj\
      Cg1yYWluX21tX3Blcl9oGAcgASgBSANSCnJhaW5NbVBlckgSIwoNc25vd19tbV9wZXJfaBgIIAEoAUgEUgpzbm93TW1QZXJIEiMK\
      DHZpc2liaWxpdHlfbRgJIAEoAUgFUgt2aXNpYmlsaXR5TRImCg53aW5kX3NwZWVkX21wcxgKIAEoAUgGUgx3aW5kU3BlZWRNcHMS\
      JAoNd2luZF9mcm9tX2RlZxgLIAEoAUgHUgt3aW5kRnJvbURlZxInCg5pbGx1bWluYW5jZV9seBgMIAEoAUgIUg1pbGx1bWluYW5j\
      ZUx4QhgKFnJvYWRfZnJpY3Rpb25fcHJlc2VuY2VCGAoWdGVtcGVyYXR1cmVfY19wcmVzZW5jZUIdChtyb2FkX3RlbXBlcmF0dXJl\
      X2NfcHJlc2VuY2VCGAoWcmFpbl9tbV9wZXJfaF9wcmVzZW5jZUIYChZzbm93X21tX3Blcl9oX3ByZXNlbmNlQhcKFXZpc2liaWxp\
      dHlfbV9wcmVzZW5jZUIZChd3aW5kX3NwZWVkX21wc19wcmVzZW5jZUIYChZ3aW5kX2Zyb21fZGVnX3ByZXNlbmNlQhkKF2lsbHVt\
      aW5hbmNlX2x4X3ByZXNlbmNlIvMDChBPcGVyYXRpb25zU2FtcGxlEhoKCHNlcXVlbmNlGAEgASgEUghzZXF1ZW5jZRIuCgR0aW1l\
      GAIgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIEdGltZRIdCgptaXNzaW9uX2lkGAMgASgJUgltaXNzaW9uSWQSIwoN\
      bWlzc2lvbl9zdGF0ZRgEIAEoCVIMbWlzc2lvblN0YXRlEjsKC2RyaXZlcl9tb2RlGAUgASgOMhoudHdpbi5jb21tb24udjEuRHJp\
      dmVyTW9kZVIKZHJpdmVyTW9kZRIZCgdsb2FkX2tnGAYgASgBSABSBmxvYWRLZxIgCgpwYXNzZW5nZXJzGAcgASgNSAFSCnBhc3Nl\
      bmdlcnMSHwoKZnVlbF9zaGFyZRgIIAEoAUgCUglmdWVsU2hhcmUSIQoLb2RvbWV0ZXJfa20YCSABKAFIA1IKb2RvbWV0ZXJLbRI3\
      CgphdHRyaWJ1dGVzGAogASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIKYXR0cmlidXRlc0ISChBsb2FkX2tnX3ByZXNlbmNl\
      QhUKE3Bhc3NlbmdlcnNfcHJlc2VuY2VCFQoTZnVlbF9zaGFyZV9wcmVzZW5jZUIWChRvZG9tZXRlcl9rbV9wcmVzZW5jZSrhAQoM\
      U2Vuc29ySGVhbHRoEh0KGVNFTlNPUl9IRUFMVEhfVU5TUEVDSUZJRUQQABIUChBTRU5TT1JfSEVBTFRIX09LEAESGgoWU0VOU09S\
      X0hFQUxUSF9ERUdSQURFRBACEhcKE1NFTlNPUl9IRUFMVEhfQkxJTkQQAxIYChRTRU5TT1JfSEVBTFRIX0ZST1pFThAEEhgKFFNF\
      TlNPUl9IRUFMVEhfQklBU0VEEAUSGQoVU0VOU09SX0hFQUxUSF9ERUxBWUVEEAYSGAoUU0VOU09SX0hFQUxUSF9GQUlMRUQQByrn\
      AQoKU2Vuc29yS2luZBIbChdTRU5TT1JfS0lORF9VTlNQRUNJRklFRBAAEhUKEVNFTlNPUl9LSU5EX0xJREFSEAESFgoSU0VOU09S\
      X0tJTkRfQ0FNRVJBEAISFQoRU0VOU09SX0tJTkRfUkFEQVIQAxIUChBTRU5TT1JfS0lORF9HTlNTEAQSEwoPU0VOU09SX0tJTkRf\
      SU1VEAUSGAoUU0VOU09SX0tJTkRfT0RPTUVUUlkQBhIaChZTRU5TT1JfS0lORF9VTFRSQVNPTklDEAcSFQoRU0VOU09SX0tJTkRf\
      T1RIRVIQCCrHAQoNUm9hZENvbmRpdGlvbhIeChpST0FEX0NPTkRJVElPTl9VTlNQRUNJRklFRBAAEhYKElJPQURfQ09ORElUSU9O\
      X0RSWRABEhYKElJPQURfQ09ORElUSU9OX1dFVBACEhoKFlJPQURfQ09ORElUSU9OX0ZMT09ERUQQAxIXChNST0FEX0NPTkRJVElP\
      Tl9TTk9XEAQSFgoSUk9BRF9DT05ESVRJT05fSUNFEAUSGQoVUk9BRF9DT05ESVRJT05fR1JBVkVMEAYqpgEKCkRyaXZlck1vZGUS\
      GwoXRFJJVkVSX01PREVfVU5TUEVDSUZJRUQQABIWChJEUklWRVJfTU9ERV9NQU5VQUwQARIYChREUklWRVJfTU9ERV9BU1NJU1RF\
      RBACEhkKFURSSVZFUl9NT0RFX0FVVE9NQVRFRBADEhYKEkRSSVZFUl9NT0RFX1JFTU9URRAEEhYKEkRSSVZFUl9NT0RFX1BBUktF\
      RBAFYgZwcm90bzM=
      """)

  private static let twinCommonV1VehicleState = ProtoFile(
    name: "twin/common/v1/vehicle_state.proto",
    dependencies: [
      "google/protobuf/timestamp.proto",
      "twin/common/v1/telemetry.proto",
    ],
    services: [],
    types: [
      "twin.common.v1.SyncStatus",
      "twin.common.v1.VehicleState",
      "twin.common.v1.Position",
      "twin.common.v1.SyncState",
      "twin.common.v1.Divergence",
      "twin.common.v1.LearnedBehaviour",
      "twin.common.v1.PredictedState",
      "twin.common.v1.StateUncertainty",
    ],
    base64: """
      CiJ0d2luL2NvbW1vbi92MS92ZWhpY2xlX3N0YXRlLnByb3RvEg50d2luLmNvbW1vbi52MRofZ29vZ2xlL3Byb3RvYnVmL3RpbWVz\
      dGFtcC5wcm90bxoedHdpbi9jb21tb24vdjEvdGVsZW1ldHJ5LnByb3RvIsEICgxWZWhpY2xlU3RhdGUSHQoKdmVoaWNsZV9pZBgB\
      IAEoCVIJdmVoaWNsZUlkEi4KBHRpbWUYAiABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgR0aW1lEjQKCHBvc2l0aW9u\
      GAMgASgLMhgudHdpbi5jb21tb24udjEuUG9zaXRpb25SCHBvc2l0aW9uEiEKC2hlYWRpbmdfZGVnGAQgASgBSABSCmhlYWRpbmdE\
      ZWcSHQoJc3BlZWRfbXBzGAUgASgBSAFSCHNwZWVkTXBzEi0KEWFjY2VsZXJhdGlvbl9tcHMyGAYgASgBSAJSEGFjY2VsZXJhdGlv\
      bk1wczISIgoMeWF3X3JhdGVfcnBzGAcgASgBSANSCnlhd1JhdGVScHMSIwoMc3RlZXJpbmdfcmFkGAggASgBSARSC3N0ZWVyaW5n\
      UmFkEjwKGWxhdGVyYWxfYWNjZWxlcmF0aW9uX21wczIYCSABKAFIBVIXbGF0ZXJhbEFjY2VsZXJhdGlvbk1wczISHAoIdGhyb3R0\
      bGUYCiABKAFIBlIIdGhyb3R0bGUSFgoFYnJha2UYCyABKAFIB1IFYnJha2USFAoEZ2VhchgMIAEoBUgIUgRnZWFyEi0KBHN5bmMY\
      DSABKAsyGS50d2luLmNvbW1vbi52MS5TeW5jU3RhdGVSBHN5bmMSOgoKZGl2ZXJnZW5jZRgOIAEoCzIaLnR3aW4uY29tbW9uLnYx\
      LkRpdmVyZ2VuY2VSCmRpdmVyZ2VuY2USPAoJcHJlZGljdGVkGA8gAygLMh4udHdpbi5jb21tb24udjEuUHJlZGljdGVkU3RhdGVS\
      CXByZWRpY3RlZBJCCgt1bmNlcnRhaW50eRgQIAEoCzIgLnR3aW4uY29tbW9uLnYxLlN0YXRlVW5jZXJ0YWludHlSC3VuY2VydGFp\
      bnR5EhoKCHJldmlzaW9uGBEgASgEUghyZXZpc2lvbhI6CgdsZWFybmVkGBIgASgLMiAudHdpbi5jb21tb24udjEuTGVhcm5lZEJl\
      aGF2aW91clIHbGVhcm5lZBJHChBpbXBhaXJlZF9zZW5zb3JzGBQgAygLMhwudHdpbi5jb21tb24udjEuU2Vuc29yU2FtcGxlUg9p\
      bXBhaXJlZFNlbnNvcnNCFgoUaGVhZGluZ19kZWdfcHJlc2VuY2VCFAoSc3BlZWRfbXBzX3ByZXNlbmNlQhwKGmFjY2VsZXJhdGlv\
      bl9tcHMyX3ByZXNlbmNlQhcKFXlhd19yYXRlX3Jwc19wcmVzZW5jZUIXChVzdGVlcmluZ19yYWRfcHJlc2VuY2VCJAoibGF0ZXJh\
      bF9hY2NlbGVyYXRpb25fbXBzMl9wcmVzZW5jZUITChF0aHJvdHRsZV9wcmVzZW5jZUIQCg5icmFrZV9wcmVzZW5jZUIPCg1nZWFy\
      X3ByZXNlbmNlItABCghQb3NpdGlvbhISCgNsYXQYASABKAFIAFIDbGF0EhIKA2xvbhgCIAEoAUgBUgNsb24SEQoDeF9tGAMgASgB\
      SAJSAnhNEhEKA3lfbRgEIAEoAUgDUgJ5TRIfCgphbHRpdHVkZV9tGAUgASgBSARSCWFsdGl0dWRlTUIOCgxsYXRfcHJlc2VuY2VC\
      DgoMbG9uX3ByZXNlbmNlQg4KDHhfbV9wcmVzZW5jZUIOCgx5X21fcHJlc2VuY2VCFQoTYWx0aXR1ZGVfbV9wcmVzZW5jZSKuAgoJ\
      U3luY1N0YXRlEhUKBmxhZ19tcxgBIAEoAVIFbGFnTXMSIwoNbGFzdF9zZXF1ZW5jZRgCIAEoBFIMbGFzdFNlcXVlbmNlEjIKBnN0\
      YXR1cxgDIAEoDjIaLnR3aW4uY29tbW9uLnYxLlN5bmNTdGF0dXNSBnN0YXR1cxIWCgZzb3VyY2UYBCABKAlSBnNvdXJjZRIkCg1j\
      bG9ja19za2V3X21zGAUgASgBSABSC2Nsb2NrU2tld01zEj8KDXJlY2VpdmVkX3RpbWUYBiABKAsyGi5nb29nbGUucHJvdG9idWYu\
      VGltZXN0YW1wUgxyZWNlaXZlZFRpbWUSGAoHc2FtcGxlcxgHIAEoBFIHc2FtcGxlc0IYChZjbG9ja19za2V3X21zX3ByZXNlbmNl\
      IqMFCgpEaXZlcmdlbmNlEh8KCnBvc2l0aW9uX20YASABKAFIAFIJcG9zaXRpb25NEh0KCXNwZWVkX21wcxgCIAEoAUgBUghzcGVl\
      ZE1wcxIhCgtoZWFkaW5nX2RlZxgDIAEoAUgCUgpoZWFkaW5nRGVnEiIKDHlhd19yYXRlX3JwcxgEIAEoAUgDUgp5YXdSYXRlUnBz\
      Ei0KEWFjY2VsZXJhdGlvbl9tcHMyGAUgASgBSARSEGFjY2VsZXJhdGlvbk1wczISGgoIZGl2ZXJnZWQYBiABKAhSCGRpdmVyZ2Vk\
      EhoKCGNoYW5uZWxzGAcgAygJUghjaGFubmVscxIwCgVzaW5jZRgIIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSBXNp\
      bmNlEjUKFW5vcm1hbGlzZWRfaW5ub3ZhdGlvbhgJIAEoAUgFUhRub3JtYWxpc2VkSW5ub3ZhdGlvbhI8ChlsYXRlcmFsX2FjY2Vs\
      ZXJhdGlvbl9tcHMyGAogASgBSAZSF2xhdGVyYWxBY2NlbGVyYXRpb25NcHMyEiMKDHN0ZWVyaW5nX3JhZBgLIAEoAUgHUgtzdGVl\
      cmluZ1JhZEIVChNwb3NpdGlvbl9tX3ByZXNlbmNlQhQKEnNwZWVkX21wc19wcmVzZW5jZUIWChRoZWFkaW5nX2RlZ19wcmVzZW5j\
      ZUIXChV5YXdfcmF0ZV9ycHNfcHJlc2VuY2VCHAoaYWNjZWxlcmF0aW9uX21wczJfcHJlc2VuY2VCIAoebm9ybWFsaXNlZF9pbm5v\
      dmF0aW9uX3ByZXNlbmNlQiQKImxhdGVyYWxfYWNjZWxlcmF0aW9uX21wczJfcHJlc2VuY2VCFwoVc3RlZXJpbmdfcmFkX3ByZXNl\
      bmNlIsoBChBMZWFybmVkQmVoYXZpb3VyEigKEHBvc2l0aW9uX25vaXNlX20YASABKAFSDnBvc2l0aW9uTm9pc2VNEiYKD3NwZWVk\
      X25vaXNlX21wcxgCIAEoAVINc3BlZWROb2lzZU1wcxIWCgZsZXZlbHMYAyADKAFSBmxldmVscxIaCghlbGxpcHNlcxgEIAMoAVII\
      ZWxsaXBzZXMSGAoHY2lyY2xlcxgFIAMoAVIHY2lyY2xlcxIWCgZjb3VudHMYBiADKA1SBmNvdW50cyKpBAoOUHJlZGljdGVkU3Rh\
      dGUSDwoDdF9zGAEgASgBUgJ0UxIRCgN4X20YAiABKAFIAFICeE0SEQoDeV9tGAMgASgBSAFSAnlNEhsKCXNwZWVkX21wcxgEIAEo\
      AVIIc3BlZWRNcHMSHwoLaGVhZGluZ19kZWcYBSABKAFSCmhlYWRpbmdEZWcSEwoFc3RkX20YBiABKAFSBHN0ZE0SEgoDbGF0GAcg\
      ASgBSAJSA2xhdBISCgNsb24YCCABKAFIA1IDbG9uEioKEGNvdmFyaWFuY2VfeHhfbTIYCSABKAFIBFIOY292YXJpYW5jZVh4TTIS\
      KgoQY292YXJpYW5jZV94eV9tMhgKIAEoAUgFUg5jb3ZhcmlhbmNlWHlNMhIqChBjb3ZhcmlhbmNlX3l5X20yGAsgASgBSAZSDmNv\
      dmFyaWFuY2VZeU0yEiwKEXJlZ2lvbjkwX3JhZGl1c19tGAwgASgBSAdSD3JlZ2lvbjkwUmFkaXVzTUIOCgx4X21fcHJlc2VuY2VC\
      DgoMeV9tX3ByZXNlbmNlQg4KDGxhdF9wcmVzZW5jZUIOCgxsb25fcHJlc2VuY2VCGwoZY292YXJpYW5jZV94eF9tMl9wcmVzZW5j\
      ZUIbChljb3ZhcmlhbmNlX3h5X20yX3ByZXNlbmNlQhsKGWNvdmFyaWFuY2VfeXlfbTJfcHJlc2VuY2VCHAoacmVnaW9uOTBfcmFk\
      aXVzX21fcHJlc2VuY2UirQEKEFN0YXRlVW5jZXJ0YWludHkSJAoOcG9zaXRpb25fc3RkX20YASABKAFSDHBvc2l0aW9uU3RkTRIi\
      Cg1zcGVlZF9zdGRfbXBzGAIgASgBUgtzcGVlZFN0ZE1wcxImCg9oZWFkaW5nX3N0ZF9kZWcYAyABKAFSDWhlYWRpbmdTdGREZWcS\
      JwoQeWF3X3JhdGVfc3RkX3JwcxgEIAEoAVINeWF3UmF0ZVN0ZFJwcyqkAQoKU3luY1N0YXR1cxIbChdTWU5DX1NUQVRVU19VTlNQ\
      RUNJRklFRBAAEhcKE1NZTkNfU1RBVFVTX1dBSVRJTkcQARIXChNTWU5DX1NUQVRVU19JTl9TWU5DEAISFwoTU1lOQ19TVEFUVVNf\
      TEFHR0lORxADEhUKEVNZTkNfU1RBVFVTX1NUQUxFEAQSFwoTU1lOQ19TVEFUVVNfT0ZGTElORRAFYgZwcm90bzM=
      """)

  private static let twinEngineV1Calibration = ProtoFile(
    name: "twin/engine/v1/calibration.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/telemetry.proto",
    ],
    services: [
      "twin.engine.v1.CalibrationService",
    ],
    types: [
      "twin.engine.v1.CalibrationKind",
      "twin.engine.v1.CalibrateTwinRequest",
      "twin.engine.v1.FollowingSample",
      "twin.engine.v1.FuelObservation",
      "twin.engine.v1.Calibration",
      "twin.engine.v1.Calibration.ParametersEntry",
      "twin.engine.v1.Calibration.FitEntry",
      "twin.engine.v1.Calibration.HoldoutEntry",
      "twin.engine.v1.Calibration.RefusedEntry",
      "twin.engine.v1.Calibration.UsesEntry",
      "twin.engine.v1.FittedParameter",
      "twin.engine.v1.GetCalibrationRequest",
      "twin.engine.v1.ListCalibrationsRequest",
      "twin.engine.v1.ListCalibrationsResponse",
      "twin.engine.v1.RevertCalibrationRequest",
      "twin.engine.v1.RevertCalibrationResponse",
      "twin.engine.v1.GetDivergenceRequest",
      "twin.engine.v1.DivergenceReport",
      "twin.engine.v1.DivergenceReport.ChannelsEntry",
      "twin.engine.v1.ChannelDivergence",
      "twin.engine.v1.GetValidationRequest",
      "twin.engine.v1.ValidationReport",
      "twin.engine.v1.ValidationMetric",
      "twin.engine.v1.ValidationMetric.DetailsEntry",
    ],
    base64: """
      CiB0d2luL2VuZ2luZS92MS9jYWxpYnJhdGlvbi5wcm90bxIOdHdpbi5lbmdpbmUudjEaHGdvb2dsZS9wcm90b2J1Zi9zdHJ1Y3Qu\
      cHJvdG8aH2dvb2dsZS9wcm90b2J1Zi90aW1lc3RhbXAucHJvdG8aHnR3aW4vY29tbW9uL3YxL3RlbGVtZXRyeS5wcm90byKKBAoU\
      Q2FsaWJyYXRlVHdpblJlcXVlc3QSDgoCaWQYASABKAlSAmlkEjMKBGtpbmQYAiABKA4yHy50d2luLmVuZ2luZS52MS5DYWxpYnJh\
      dGlvbktpbmRSBGtpbmQSOQoHc2FtcGxlcxgDIAMoCzIfLnR3aW4uZW5naW5lLnYxLkZvbGxvd2luZ1NhbXBsZVIHc2FtcGxlcxJD\
      CgxvYnNlcnZhdGlvbnMYBCADKAsyHy50d2luLmVuZ2luZS52MS5GdWVsT2JzZXJ2YXRpb25SDG9ic2VydmF0aW9ucxIuCgRmcm9t\
      GAUgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIEZnJvbRIqCgJ0bxgGIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1l\
      c3RhbXBSAnRvEiUKDWhvbGRvdXRfc2hhcmUYByABKAFIAFIMaG9sZG91dFNoYXJlEh0KCnJlcXVlc3RfaWQYCCABKAlSCXJlcXVl\
      c3RJZBIUCgRzZWVkGAkgASgESAFSBHNlZWQSFwoHZHJ5X3J1bhgKIAEoCFIGZHJ5UnVuEjEKA2xvZxgLIAMoCzIfLnR3aW4uY29t\
      bW9uLnYxLlRlbGVtZXRyeVNhbXBsZVIDbG9nQhgKFmhvbGRvdXRfc2hhcmVfcHJlc2VuY2VCDwoNc2VlZF9wcmVzZW5jZSJ+Cg9G\
      b2xsb3dpbmdTYW1wbGUSDwoDdF9zGAEgASgBUgJ0UxIoChBsZWFkZXJfc3BlZWRfbXBzGAIgASgBUg5sZWFkZXJTcGVlZE1wcxIb\
      CglzcGVlZF9tcHMYAyABKAFSCHNwZWVkTXBzEhMKBWdhcF9tGAQgASgBUgRnYXBNIukBCg9GdWVsT2JzZXJ2YXRpb24SFAoFY3lj\
      bGUYASABKAlSBWN5Y2xlEhsKCGZ1ZWxfbXBnGAIgASgBSABSB2Z1ZWxNcGcSKQoQZnVlbF9sX3Blcl8xMDBrbRgDIAEoAUgBUg1m\
      dWVsTFBlcjEwMGttEikKEGVuZXJneV93aF9wZXJfa20YBCABKAFIAlINZW5lcmd5V2hQZXJLbUITChFmdWVsX21wZ19wcmVzZW5j\
      ZUIbChlmdWVsX2xfcGVyXzEwMGttX3ByZXNlbmNlQhsKGWVuZXJneV93aF9wZXJfa21fcHJlc2VuY2UiiAgKC0NhbGlicmF0aW9u\
      Eh0KCnZlaGljbGVfaWQYASABKAlSCXZlaGljbGVJZBIYCgd2ZXJzaW9uGAIgASgNUgd2ZXJzaW9uEjMKBGtpbmQYAyABKA4yHy50\
      d2luLmVuZ2luZS52MS5DYWxpYnJhdGlvbktpbmRSBGtpbmQSSwoKcGFyYW1ldGVycxgEIAMoCzIrLnR3aW4uZW5naW5lLnYxLkNh\
      bGlicmF0aW9uLlBhcmFtZXRlcnNFbnRyeVIKcGFyYW1ldGVycxI2CgNmaXQYBSADKAsyJC50d2luLmVuZ2luZS52MS5DYWxpYnJh\
      dGlvbi5GaXRFbnRyeVIDZml0EkIKB2hvbGRvdXQYBiADKAsyKC50d2luLmVuZ2luZS52MS5DYWxpYnJhdGlvbi5Ib2xkb3V0RW50\
      cnlSB2hvbGRvdXQSIQoMc2FtcGxlX2NvdW50GAcgASgEUgtzYW1wbGVDb3VudBIjCg1ob2xkb3V0X2NvdW50GAggASgEUgxob2xk\
      b3V0Q291bnQSFgoGYWN0aXZlGAkgASgIUgZhY3RpdmUSOwoLY3JlYXRlX3RpbWUYCiABKAsyGi5nb29nbGUucHJvdG9idWYuVGlt\
      ZXN0YW1wUgpjcmVhdGVUaW1lEhYKBm1ldGhvZBgLIAEoCVIGbWV0aG9kEi8KBmJlZm9yZRgMIAEoCzIXLmdvb2dsZS5wcm90b2J1\
      Zi5TdHJ1Y3RSBmJlZm9yZRJCCgdyZWZ1c2VkGA0gAygLMigudHdpbi5lbmdpbmUudjEuQ2FsaWJyYXRpb24uUmVmdXNlZEVudHJ5\
      UgdyZWZ1c2VkEjkKBHVzZXMYDiADKAsyJS50d2luLmVuZ2luZS52MS5DYWxpYnJhdGlvbi5Vc2VzRW50cnlSBHVzZXMSFAoFbm90\
      ZXMYDyADKAlSBW5vdGVzGl4KD1BhcmFtZXRlcnNFbnRyeRIQCgNrZXkYASABKAlSA2tleRI1CgV2YWx1ZRgCIAEoCzIfLnR3aW4u\
      ZW5naW5lLnYxLkZpdHRlZFBhcmFtZXRlclIFdmFsdWU6AjgBGjYKCEZpdEVudHJ5EhAKA2tleRgBIAEoCVIDa2V5EhQKBXZhbHVl\
      GAIgASgBUgV2YWx1ZToCOAEaOgoMSG9sZG91dEVudHJ5EhAKA2tleRgBIAEoCVIDa2V5EhQKBXZhbHVlGAIgASgBUgV2YWx1ZToC\
      OAEaOgoMUmVmdXNlZEVudHJ5EhAKA2tleRgBIAEoCVIDa2V5EhQKBXZhbHVlGAIgASgJUgV2YWx1ZToCOAEaNwoJVXNlc0VudHJ5\
      EhAKA2tleRgBIAEoCVIDa2V5EhQKBXZhbHVlGAIgASgNUgV2YWx1ZToCOAEiOQoPRml0dGVkUGFyYW1ldGVyEhQKBXZhbHVlGAEg\
      ASgBUgV2YWx1ZRIQCgNzdGQYAiABKAFSA3N0ZCJBChVHZXRDYWxpYnJhdGlvblJlcXVlc3QSDgoCaWQYASABKAlSAmlkEhgKB3Zl\
      cnNpb24YAiABKA1SB3ZlcnNpb24iZQoXTGlzdENhbGlicmF0aW9uc1JlcXVlc3QSDgoCaWQYASABKAlSAmlkEhsKCXBhZ2Vfc2l6\
      ZRgCIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgDIAEoCVIJcGFnZVRva2VuIoMBChhMaXN0Q2FsaWJyYXRpb25zUmVzcG9u\
      c2USPwoMY2FsaWJyYXRpb25zGAEgAygLMhsudHdpbi5lbmdpbmUudjEuQ2FsaWJyYXRpb25SDGNhbGlicmF0aW9ucxImCg9uZXh0\
      X3BhZ2VfdG9rZW4YAiABKAlSDW5leHRQYWdlVG9rZW4iRAoYUmV2ZXJ0Q2FsaWJyYXRpb25SZXF1ZXN0Eg4KAmlkGAEgASgJUgJp\
      ZBIYCgd2ZXJzaW9uGAIgASgNUgd2ZXJzaW9uIo0BChlSZXZlcnRDYWxpYnJhdGlvblJlc3BvbnNlEh0KCnZlaGljbGVfaWQYASAB\
      KAlSCXZlaGljbGVJZBIYCgd2ZXJzaW9uGAIgASgNUgd2ZXJzaW9uEjcKCnBhcmFtZXRlcnMYAyABKAsyFy5nb29nbGUucHJvdG9i\
      dWYuU3RydWN0UgpwYXJhbWV0ZXJzIlgKFEdldERpdmVyZ2VuY2VSZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZBIbCgh3aW5kb3dfcxgC\
      IAEoAUgAUgd3aW5kb3dTQhMKEXdpbmRvd19zX3ByZXNlbmNlIugEChBEaXZlcmdlbmNlUmVwb3J0Eh0KCnZlaGljbGVfaWQYASAB\
      KAlSCXZlaGljbGVJZBJKCghjaGFubmVscxgCIAMoCzIuLnR3aW4uZW5naW5lLnYxLkRpdmVyZ2VuY2VSZXBvcnQuQ2hhbm5lbHNF\
      bnRyeVIIY2hhbm5lbHMSGgoIZGl2ZXJnZWQYAyABKAhSCGRpdmVyZ2VkEjUKFW5vcm1hbGlzZWRfaW5ub3ZhdGlvbhgEIAEoAUgA\
      UhRub3JtYWxpc2VkSW5ub3ZhdGlvbhI8Chlub3JtYWxpc2VkX2lubm92YXRpb25fbG93GAUgASgBSAFSF25vcm1hbGlzZWRJbm5v\
      dmF0aW9uTG93Ej4KGm5vcm1hbGlzZWRfaW5ub3ZhdGlvbl9oaWdoGAYgASgBSAJSGG5vcm1hbGlzZWRJbm5vdmF0aW9uSGlnaBIs\
      ChJkZWdyZWVzX29mX2ZyZWVkb20YByABKARSEGRlZ3JlZXNPZkZyZWVkb20SGwoJY292ZXJlZF9zGAggASgBUghjb3ZlcmVkUxpe\
      Cg1DaGFubmVsc0VudHJ5EhAKA2tleRgBIAEoCVIDa2V5EjcKBXZhbHVlGAIgASgLMiEudHdpbi5lbmdpbmUudjEuQ2hhbm5lbERp\
      dmVyZ2VuY2VSBXZhbHVlOgI4AUIgCh5ub3JtYWxpc2VkX2lubm92YXRpb25fcHJlc2VuY2VCJAoibm9ybWFsaXNlZF9pbm5vdmF0\
      aW9uX2xvd19wcmVzZW5jZUIlCiNub3JtYWxpc2VkX2lubm92YXRpb25faGlnaF9wcmVzZW5jZSKVAQoRQ2hhbm5lbERpdmVyZ2Vu\
      Y2USEgoEbGFzdBgBIAEoAVIEbGFzdBISCgRybXNlGAIgASgBUgRybXNlEhAKA21heBgDIAEoAVIDbWF4EhQKBWJvdW5kGAQgASgB\
      UgVib3VuZBIUCgVjb3VudBgFIAEoBFIFY291bnQSGgoIZGl2ZXJnZWQYBiABKAhSCGRpdmVyZ2VkIlgKFEdldFZhbGlkYXRpb25S\
      ZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZBIbCgh3aW5kb3dfcxgCIAEoAUgAUgd3aW5kb3dTQhMKEXdpbmRvd19zX3ByZXNlbmNlIq8E\
      ChBWYWxpZGF0aW9uUmVwb3J0Eh0KCnZlaGljbGVfaWQYASABKAlSCXZlaGljbGVJZBJLChBwaHlzaWNzX2FjY3VyYWN5GAIgASgL\
      MiAudHdpbi5lbmdpbmUudjEuVmFsaWRhdGlvbk1ldHJpY1IPcGh5c2ljc0FjY3VyYWN5EkkKD3NlbnNvcl9maWRlbGl0eRgDIAEo\
      CzIgLnR3aW4uZW5naW5lLnYxLlZhbGlkYXRpb25NZXRyaWNSDnNlbnNvckZpZGVsaXR5ElkKF2JlaGF2aW91cmFsX2NvbnNpc3Rl\
      bmN5GAQgASgLMiAudHdpbi5lbmdpbmUudjEuVmFsaWRhdGlvbk1ldHJpY1IWYmVoYXZpb3VyYWxDb25zaXN0ZW5jeRJZChdwZXJm\
      b3JtYW5jZV9jb3JyZWxhdGlvbhgFIAEoCzIgLnR3aW4uZW5naW5lLnYxLlZhbGlkYXRpb25NZXRyaWNSFnBlcmZvcm1hbmNlQ29y\
      cmVsYXRpb24SIQoMc2FtcGxlX2NvdW50GAYgASgEUgtzYW1wbGVDb3VudBIuCgRmcm9tGAcgASgLMhouZ29vZ2xlLnByb3RvYnVm\
      LlRpbWVzdGFtcFIEZnJvbRIqCgJ0bxgIIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSAnRvEi8KE2NhbGlicmF0aW9u\
      X3ZlcnNpb24YCSABKA1SEmNhbGlicmF0aW9uVmVyc2lvbiLvAQoQVmFsaWRhdGlvbk1ldHJpYxIWCgV2YWx1ZRgBIAEoAUgAUgV2\
      YWx1ZRIUCgVjb3VudBgCIAEoBFIFY291bnQSFgoGbWV0aG9kGAMgASgJUgZtZXRob2QSRwoHZGV0YWlscxgEIAMoCzItLnR3aW4u\
      ZW5naW5lLnYxLlZhbGlkYXRpb25NZXRyaWMuRGV0YWlsc0VudHJ5UgdkZXRhaWxzGjoKDERldGFpbHNFbnRyeRIQCgNrZXkYASAB\
      KAlSA2tleRIUCgV2YWx1ZRgCIAEoAVIFdmFsdWU6AjgBQhAKDnZhbHVlX3ByZXNlbmNlKpEBCg9DYWxpYnJhdGlvbktpbmQSIAoc\
      Q0FMSUJSQVRJT05fS0lORF9VTlNQRUNJRklFRBAAEh0KGUNBTElCUkFUSU9OX0tJTkRfRFlOQU1JQ1MQARIiCh5DQUxJQlJBVElP\
      Tl9LSU5EX0NBUl9GT0xMT1dJTkcQAhIZChVDQUxJQlJBVElPTl9LSU5EX0ZVRUwQAzLfBAoSQ2FsaWJyYXRpb25TZXJ2aWNlElcK\
      DUNhbGlicmF0ZVR3aW4SJC50d2luLmVuZ2luZS52MS5DYWxpYnJhdGVUd2luUmVxdWVzdBobLnR3aW4uZW5naW5lLnYxLkNhbGli\
      cmF0aW9uIgOQAgISWQoOR2V0Q2FsaWJyYXRpb24SJS50d2luLmVuZ2luZS52MS5HZXRDYWxpYnJhdGlvblJlcXVlc3QaGy50d2lu\
      LmVuZ2luZS52MS5DYWxpYnJhdGlvbiIDkAIBEmoKEExpc3RDYWxpYnJhdGlvbnMSJy50d2luLmVuZ2luZS52MS5MaXN0Q2FsaWJy\
      YXRpb25zUmVxdWVzdBooLnR3aW4uZW5naW5lLnYxLkxpc3RDYWxpYnJhdGlvbnNSZXNwb25zZSIDkAIBEm0KEVJldmVydENhbGli\
      cmF0aW9uEigudHdpbi5lbmdpbmUudjEuUmV2ZXJ0Q2FsaWJyYXRpb25SZXF1ZXN0GikudHdpbi5lbmdpbmUudjEuUmV2ZXJ0Q2Fs\
      aWJyYXRpb25SZXNwb25zZSIDkAICElwKDUdldERpdmVyZ2VuY2USJC50d2luLmVuZ2luZS52MS5HZXREaXZlcmdlbmNlUmVxdWVz\
      dBogLnR3aW4uZW5naW5lLnYxLkRpdmVyZ2VuY2VSZXBvcnQiA5ACARJcCg1HZXRWYWxpZGF0aW9uEiQudHdpbi5lbmdpbmUudjEu\
      R2V0VmFsaWRhdGlvblJlcXVlc3QaIC50d2luLmVuZ2luZS52MS5WYWxpZGF0aW9uUmVwb3J0IgOQAgFiBnByb3RvMw==
      """)

  private static let twinStatesyncV1Environment = ProtoFile(
    name: "twin/statesync/v1/environment.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/change.proto",
    ],
    services: [
      "twin.statesync.v1.EnvironmentService",
    ],
    types: [
      "twin.statesync.v1.SourceKind",
      "twin.statesync.v1.DriftKind",
      "twin.statesync.v1.Environment",
      "twin.statesync.v1.Source",
      "twin.statesync.v1.Target",
      "twin.statesync.v1.CreateEnvironmentRequest",
      "twin.statesync.v1.GetEnvironmentRequest",
      "twin.statesync.v1.ListEnvironmentsRequest",
      "twin.statesync.v1.ListEnvironmentsResponse",
      "twin.statesync.v1.DeleteEnvironmentRequest",
      "twin.statesync.v1.DeleteEnvironmentResponse",
      "twin.statesync.v1.SyncEnvironmentRequest",
      "twin.statesync.v1.SyncEnvironmentRequest.TargetsEntry",
      "twin.statesync.v1.InlineTarget",
      "twin.statesync.v1.SyncEnvironmentResponse",
      "twin.statesync.v1.Drift",
      "twin.statesync.v1.SourceResult",
      "twin.statesync.v1.GetTargetRequest",
      "twin.statesync.v1.ListTargetsRequest",
      "twin.statesync.v1.ListTargetsResponse",
      "twin.statesync.v1.ListMetricsRequest",
      "twin.statesync.v1.ListMetricsResponse",
      "twin.statesync.v1.MetricSeries",
      "twin.statesync.v1.MetricSeries.LabelsEntry",
      "twin.statesync.v1.MetricPoint",
      "twin.statesync.v1.PushMetricsRequest",
      "twin.statesync.v1.PushMetricsResponse",
      "twin.statesync.v1.WatchEnvironmentsRequest",
      "twin.statesync.v1.EnvironmentUpdate",
    ],
    base64: """
      CiN0d2luL3N0YXRlc3luYy92MS9lbnZpcm9ubWVudC5wcm90bxIRdHdpbi5zdGF0ZXN5bmMudjEaHGdvb2dsZS9wcm90b2J1Zi9z\
      dHJ1Y3QucHJvdG8aH2dvb2dsZS9wcm90b2J1Zi90aW1lc3RhbXAucHJvdG8aG3R3aW4vY29tbW9uL3YxL2NoYW5nZS5wcm90byLn\
      AgoLRW52aXJvbm1lbnQSDgoCaWQYASABKAlSAmlkEjMKBGtpbmQYAiABKA4yHy50d2luLmNvbW1vbi52MS5FbnZpcm9ubWVudEtp\
      bmRSBGtpbmQSMwoHc291cmNlcxgDIAMoCzIZLnR3aW4uc3RhdGVzeW5jLnYxLlNvdXJjZVIHc291cmNlcxJACg5sYXN0X3N5bmNf\
      dGltZRgEIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSDGxhc3RTeW5jVGltZRIUCgVzdGFsZRgFIAEoCFIFc3RhbGUS\
      IQoMdGFyZ2V0X2NvdW50GAYgASgNUgt0YXJnZXRDb3VudBI7CgtjcmVhdGVfdGltZRgHIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5U\
      aW1lc3RhbXBSCmNyZWF0ZVRpbWUSJgoPc3luY19pbnRlcnZhbF9zGAggASgBUg1zeW5jSW50ZXJ2YWxTIp8CCgZTb3VyY2USEgoE\
      bmFtZRgBIAEoCVIEbmFtZRIxCgRraW5kGAIgASgOMh0udHdpbi5zdGF0ZXN5bmMudjEuU291cmNlS2luZFIEa2luZBIvCgZjb25m\
      aWcYAyABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgZjb25maWcSIwoNcmVxdWlyZWRfcm9sZRgEIAEoCVIMcmVxdWlyZWRS\
      b2xlEh8KCmxhc3RfZXJyb3IYBSABKAlIAFIJbGFzdEVycm9yEkAKDmxhc3Rfc3luY190aW1lGAYgASgLMhouZ29vZ2xlLnByb3Rv\
      YnVmLlRpbWVzdGFtcFIMbGFzdFN5bmNUaW1lQhUKE2xhc3RfZXJyb3JfcHJlc2VuY2UiiQIKBlRhcmdldBISCgRuYW1lGAEgASgJ\
      UgRuYW1lEiUKDmVudmlyb25tZW50X2lkGAIgASgJUg1lbnZpcm9ubWVudElkEhIKBGtpbmQYAyABKAlSBGtpbmQSLQoFc3RhdGUY\
      BCABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgVzdGF0ZRI3CglzeW5jX3RpbWUYBSABKAsyGi5nb29nbGUucHJvdG9idWYu\
      VGltZXN0YW1wUghzeW5jVGltZRIUCgVzdGFsZRgGIAEoCFIFc3RhbGUSGAoHc291cmNlcxgHIAMoCVIHc291cmNlcxIYCgd2ZXJz\
      aW9uGAggASgEUgd2ZXJzaW9uIrMBChhDcmVhdGVFbnZpcm9ubWVudFJlcXVlc3QSDgoCaWQYASABKAlSAmlkEjMKBGtpbmQYAiAB\
      KA4yHy50d2luLmNvbW1vbi52MS5FbnZpcm9ubWVudEtpbmRSBGtpbmQSMwoHc291cmNlcxgDIAMoCzIZLnR3aW4uc3RhdGVzeW5j\
      LnYxLlNvdXJjZVIHc291cmNlcxIdCgpyZXF1ZXN0X2lkGAQgASgJUglyZXF1ZXN0SWQiJwoVR2V0RW52aXJvbm1lbnRSZXF1ZXN0\
      Eg4KAmlkGAEgASgJUgJpZCJVChdMaXN0RW52aXJvbm1lbnRzUmVxdWVzdBIbCglwYWdlX3NpemUYASABKAVSCHBhZ2VTaXplEh0K\
      CnBhZ2VfdG9rZW4YAiABKAlSCXBhZ2VUb2tlbiKGAQoYTGlzdEVudmlyb25tZW50c1Jlc3BvbnNlEkIKDGVudmlyb25tZW50cxgB\
      IAMoCzIeLnR3aW4uc3RhdGVzeW5jLnYxLkVudmlyb25tZW50UgxlbnZpcm9ubWVudHMSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJ\
      Ug1uZXh0UGFnZVRva2VuIioKGERlbGV0ZUVudmlyb25tZW50UmVxdWVzdBIOCgJpZBgBIAEoCVICaWQiGwoZRGVsZXRlRW52aXJv\
      bm1lbnRSZXNwb25zZSKlAgoWU3luY0Vudmlyb25tZW50UmVxdWVzdBIlCg5lbnZpcm9ubWVudF9pZBgBIAEoCVINZW52aXJvbm1l\
      bnRJZBI1CgZzb3VyY2UYAiABKA4yHS50d2luLnN0YXRlc3luYy52MS5Tb3VyY2VLaW5kUgZzb3VyY2USUAoHdGFyZ2V0cxgDIAMo\
      CzI2LnR3aW4uc3RhdGVzeW5jLnYxLlN5bmNFbnZpcm9ubWVudFJlcXVlc3QuVGFyZ2V0c0VudHJ5Ugd0YXJnZXRzGlsKDFRhcmdl\
      dHNFbnRyeRIQCgNrZXkYASABKAlSA2tleRI1CgV2YWx1ZRgCIAEoCzIfLnR3aW4uc3RhdGVzeW5jLnYxLklubGluZVRhcmdldFIF\
      dmFsdWU6AjgBIlEKDElubGluZVRhcmdldBISCgRraW5kGAEgASgJUgRraW5kEi0KBXN0YXRlGAIgASgLMhcuZ29vZ2xlLnByb3Rv\
      YnVmLlN0cnVjdFIFc3RhdGUihwIKF1N5bmNFbnZpcm9ubWVudFJlc3BvbnNlEiUKDmVudmlyb25tZW50X2lkGAEgASgJUg1lbnZp\
      cm9ubWVudElkEjcKCXN5bmNfdGltZRgCIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCHN5bmNUaW1lEi4KBWRyaWZ0\
      GAMgAygLMhgudHdpbi5zdGF0ZXN5bmMudjEuRHJpZnRSBWRyaWZ0EiEKDHRhcmdldF9jb3VudBgEIAEoDVILdGFyZ2V0Q291bnQS\
      OQoHc291cmNlcxgFIAMoCzIfLnR3aW4uc3RhdGVzeW5jLnYxLlNvdXJjZVJlc3VsdFIHc291cmNlcyLBAQoFRHJpZnQSFgoGdGFy\
      Z2V0GAEgASgJUgZ0YXJnZXQSMAoEa2luZBgCIAEoDjIcLnR3aW4uc3RhdGVzeW5jLnYxLkRyaWZ0S2luZFIEa2luZBIQCgNrZXkY\
      AyABKAlSA2tleRIuCgZiZWZvcmUYBCABKAsyFi5nb29nbGUucHJvdG9idWYuVmFsdWVSBmJlZm9yZRIsCgVhZnRlchgFIAEoCzIW\
      Lmdvb2dsZS5wcm90b2J1Zi5WYWx1ZVIFYWZ0ZXIi0wEKDFNvdXJjZVJlc3VsdBISCgRuYW1lGAEgASgJUgRuYW1lEjEKBGtpbmQY\
      AiABKA4yHS50d2luLnN0YXRlc3luYy52MS5Tb3VyY2VLaW5kUgRraW5kEg4KAm9rGAMgASgIUgJvaxIWCgVlcnJvchgEIAEoCUgA\
      UgVlcnJvchIhCgx0YXJnZXRfY291bnQYBSABKA1SC3RhcmdldENvdW50Eh8KC2R1cmF0aW9uX21zGAYgASgBUgpkdXJhdGlvbk1z\
      QhAKDmVycm9yX3ByZXNlbmNlIk0KEEdldFRhcmdldFJlcXVlc3QSJQoOZW52aXJvbm1lbnRfaWQYASABKAlSDWVudmlyb25tZW50\
      SWQSEgoEbmFtZRgCIAEoCVIEbmFtZSKLAQoSTGlzdFRhcmdldHNSZXF1ZXN0EiUKDmVudmlyb25tZW50X2lkGAEgASgJUg1lbnZp\
      cm9ubWVudElkEhIKBGtpbmQYAiABKAlSBGtpbmQSGwoJcGFnZV9zaXplGAMgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAQg\
      ASgJUglwYWdlVG9rZW4icgoTTGlzdFRhcmdldHNSZXNwb25zZRIzCgd0YXJnZXRzGAEgAygLMhkudHdpbi5zdGF0ZXN5bmMudjEu\
      VGFyZ2V0Ugd0YXJnZXRzEiYKD25leHRfcGFnZV90b2tlbhgCIAEoCVINbmV4dFBhZ2VUb2tlbiKvAgoSTGlzdE1ldHJpY3NSZXF1\
      ZXN0EiUKDmVudmlyb25tZW50X2lkGAEgASgJUg1lbnZpcm9ubWVudElkEi4KBGZyb20YAiABKAsyGi5nb29nbGUucHJvdG9idWYu\
      VGltZXN0YW1wUgRmcm9tEioKAnRvGAMgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFICdG8SFgoGbWV0cmljGAQgASgJ\
      UgZtZXRyaWMSFgoGdGFyZ2V0GAUgASgJUgZ0YXJnZXQSFwoGc3RlcF9zGAYgASgBSABSBXN0ZXBTEhsKCXBhZ2Vfc2l6ZRgHIAEo\
      BVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgIIAEoCVIJcGFnZVRva2VuQhEKD3N0ZXBfc19wcmVzZW5jZSKdAQoTTGlzdE1ldHJp\
      Y3NSZXNwb25zZRIlCg5lbnZpcm9ubWVudF9pZBgBIAEoCVINZW52aXJvbm1lbnRJZBI3CgZzZXJpZXMYAiADKAsyHy50d2luLnN0\
      YXRlc3luYy52MS5NZXRyaWNTZXJpZXNSBnNlcmllcxImCg9uZXh0X3BhZ2VfdG9rZW4YAyABKAlSDW5leHRQYWdlVG9rZW4i9gEK\
      DE1ldHJpY1NlcmllcxIWCgZ0YXJnZXQYASABKAlSBnRhcmdldBIWCgZtZXRyaWMYAiABKAlSBm1ldHJpYxJDCgZsYWJlbHMYAyAD\
      KAsyKy50d2luLnN0YXRlc3luYy52MS5NZXRyaWNTZXJpZXMuTGFiZWxzRW50cnlSBmxhYmVscxI2CgZwb2ludHMYBCADKAsyHi50\
      d2luLnN0YXRlc3luYy52MS5NZXRyaWNQb2ludFIGcG9pbnRzGjkKC0xhYmVsc0VudHJ5EhAKA2tleRgBIAEoCVIDa2V5EhQKBXZh\
      bHVlGAIgASgJUgV2YWx1ZToCOAEiUwoLTWV0cmljUG9pbnQSLgoEdGltZRgBIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3Rh\
      bXBSBHRpbWUSFAoFdmFsdWUYAiABKAFSBXZhbHVlInQKElB1c2hNZXRyaWNzUmVxdWVzdBIlCg5lbnZpcm9ubWVudF9pZBgBIAEo\
      CVINZW52aXJvbm1lbnRJZBI3CgZzZXJpZXMYAiADKAsyHy50d2luLnN0YXRlc3luYy52MS5NZXRyaWNTZXJpZXNSBnNlcmllcyJH\
      ChNQdXNoTWV0cmljc1Jlc3BvbnNlEhYKBnN0b3JlZBgBIAEoBFIGc3RvcmVkEhgKB2V4cGlyZWQYAiABKARSB2V4cGlyZWQiQwoY\
      V2F0Y2hFbnZpcm9ubWVudHNSZXF1ZXN0EicKD2Vudmlyb25tZW50X2lkcxgBIAMoCVIOZW52aXJvbm1lbnRJZHMiswEKEUVudmly\
      b25tZW50VXBkYXRlEkAKC2Vudmlyb25tZW50GAEgASgLMh4udHdpbi5zdGF0ZXN5bmMudjEuRW52aXJvbm1lbnRSC2Vudmlyb25t\
      ZW50EjMKB3RhcmdldHMYAiADKAsyGS50d2luLnN0YXRlc3luYy52MS5UYXJnZXRSB3RhcmdldHMSJwoPcmVtb3ZlZF90YXJnZXRz\
      GAMgAygJUg5yZW1vdmVkVGFyZ2V0cyqtAQoKU291cmNlS2luZBIbChdTT1VSQ0VfS0lORF9VTlNQRUNJRklFRBAAEhgKFFNPVVJD\
      RV9LSU5EX1BPU1RHUkVTEAESGgoWU09VUkNFX0tJTkRfUFJPTUVUSEVVUxACEhoKFlNPVVJDRV9LSU5EX0tVQkVSTkVURVMQAxIY\
      ChRTT1VSQ0VfS0lORF9GSVJFV0FMTBAEEhYKElNPVVJDRV9LSU5EX0lOTElORRAFKm0KCURyaWZ0S2luZBIaChZEUklGVF9LSU5E\
      X1VOU1BFQ0lGSUVEEAASFAoQRFJJRlRfS0lORF9BRERFRBABEhYKEkRSSUZUX0tJTkRfUkVNT1ZFRBACEhYKEkRSSUZUX0tJTkRf\
      Q0hBTkdFRBADMpwIChJFbnZpcm9ubWVudFNlcnZpY2USZQoRQ3JlYXRlRW52aXJvbm1lbnQSKy50d2luLnN0YXRlc3luYy52MS5D\
      cmVhdGVFbnZpcm9ubWVudFJlcXVlc3QaHi50d2luLnN0YXRlc3luYy52MS5FbnZpcm9ubWVudCIDkAICEl8KDkdldEVudmlyb25t\
      ZW50EigudHdpbi5zdGF0ZXN5bmMudjEuR2V0RW52aXJvbm1lbnRSZXF1ZXN0Gh4udHdpbi5zdGF0ZXN5bmMudjEuRW52aXJvbm1l\
      bnQiA5ACARJwChBMaXN0RW52aXJvbm1lbnRzEioudHdpbi5zdGF0ZXN5bmMudjEuTGlzdEVudmlyb25tZW50c1JlcXVlc3QaKy50\
      d2luLnN0YXRlc3luYy52MS5MaXN0RW52aXJvbm1lbnRzUmVzcG9uc2UiA5ACARJzChFEZWxldGVFbnZpcm9ubWVudBIrLnR3aW4u\
      c3RhdGVzeW5jLnYxLkRlbGV0ZUVudmlyb25tZW50UmVxdWVzdBosLnR3aW4uc3RhdGVzeW5jLnYxLkRlbGV0ZUVudmlyb25tZW50\
      UmVzcG9uc2UiA5ACAhJtCg9TeW5jRW52aXJvbm1lbnQSKS50d2luLnN0YXRlc3luYy52MS5TeW5jRW52aXJvbm1lbnRSZXF1ZXN0\
      GioudHdpbi5zdGF0ZXN5bmMudjEuU3luY0Vudmlyb25tZW50UmVzcG9uc2UiA5ACAhJQCglHZXRUYXJnZXQSIy50d2luLnN0YXRl\
      c3luYy52MS5HZXRUYXJnZXRSZXF1ZXN0GhkudHdpbi5zdGF0ZXN5bmMudjEuVGFyZ2V0IgOQAgESYQoLTGlzdFRhcmdldHMSJS50\
      d2luLnN0YXRlc3luYy52MS5MaXN0VGFyZ2V0c1JlcXVlc3QaJi50d2luLnN0YXRlc3luYy52MS5MaXN0VGFyZ2V0c1Jlc3BvbnNl\
      IgOQAgESYQoLTGlzdE1ldHJpY3MSJS50d2luLnN0YXRlc3luYy52MS5MaXN0TWV0cmljc1JlcXVlc3QaJi50d2luLnN0YXRlc3lu\
      Yy52MS5MaXN0TWV0cmljc1Jlc3BvbnNlIgOQAgESYQoLUHVzaE1ldHJpY3MSJS50d2luLnN0YXRlc3luYy52MS5QdXNoTWV0cmlj\
      c1JlcXVlc3QaJi50d2luLnN0YXRlc3luYy52MS5QdXNoTWV0cmljc1Jlc3BvbnNlIgOQAgISbQoRV2F0Y2hFbnZpcm9ubWVudHMS\
      Ky50d2luLnN0YXRlc3luYy52MS5XYXRjaEVudmlyb25tZW50c1JlcXVlc3QaJC50d2luLnN0YXRlc3luYy52MS5FbnZpcm9ubWVu\
      dFVwZGF0ZSIDkAIBMAFiBnByb3RvMw==
      """)

  private static let twinEngineV1Environment = ProtoFile(
    name: "twin/engine/v1/environment.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/change.proto",
      "twin/statesync/v1/environment.proto",
    ],
    services: [
      "twin.engine.v1.EnvironmentTwinService",
    ],
    types: [
      "twin.engine.v1.GetEnvironmentSnapshotRequest",
      "twin.engine.v1.EnvironmentSnapshot",
      "twin.engine.v1.TargetTwin",
      "twin.engine.v1.CalibratedParameter",
      "twin.engine.v1.UpdateEnvironmentRequest",
      "twin.engine.v1.UpdateEnvironmentResponse",
      "twin.engine.v1.CalibrateEnvironmentRequest",
      "twin.engine.v1.CalibrateEnvironmentResponse",
    ],
    base64: """
      CiB0d2luL2VuZ2luZS92MS9lbnZpcm9ubWVudC5wcm90bxIOdHdpbi5lbmdpbmUudjEaHGdvb2dsZS9wcm90b2J1Zi9zdHJ1Y3Qu\
      cHJvdG8aH2dvb2dsZS9wcm90b2J1Zi90aW1lc3RhbXAucHJvdG8aG3R3aW4vY29tbW9uL3YxL2NoYW5nZS5wcm90bxojdHdpbi9z\
      dGF0ZXN5bmMvdjEvZW52aXJvbm1lbnQucHJvdG8iYAodR2V0RW52aXJvbm1lbnRTbmFwc2hvdFJlcXVlc3QSJQoOZW52aXJvbm1l\
      bnRfaWQYASABKAlSDWVudmlyb25tZW50SWQSGAoHdGFyZ2V0cxgCIAMoCVIHdGFyZ2V0cyLgAgoTRW52aXJvbm1lbnRTbmFwc2hv\
      dBIlCg5lbnZpcm9ubWVudF9pZBgBIAEoCVINZW52aXJvbm1lbnRJZBIzCgRraW5kGAIgASgOMh8udHdpbi5jb21tb24udjEuRW52\
      aXJvbm1lbnRLaW5kUgRraW5kEjQKB3RhcmdldHMYAyADKAsyGi50d2luLmVuZ2luZS52MS5UYXJnZXRUd2luUgd0YXJnZXRzEjcK\
      CXN5bmNfdGltZRgEIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCHN5bmNUaW1lEhQKBXN0YWxlGAUgASgIUgVzdGFs\
      ZRInCg91bmtub3duX3RhcmdldHMYBiADKAlSDnVua25vd25UYXJnZXRzEj8KDXNuYXBzaG90X3RpbWUYByABKAsyGi5nb29nbGUu\
      cHJvdG9idWYuVGltZXN0YW1wUgxzbmFwc2hvdFRpbWUihAEKClRhcmdldFR3aW4SMQoGdGFyZ2V0GAEgASgLMhkudHdpbi5zdGF0\
      ZXN5bmMudjEuVGFyZ2V0UgZ0YXJnZXQSQwoKcGFyYW1ldGVycxgCIAMoCzIjLnR3aW4uZW5naW5lLnYxLkNhbGlicmF0ZWRQYXJh\
      bWV0ZXJSCnBhcmFtZXRlcnMiggIKE0NhbGlicmF0ZWRQYXJhbWV0ZXISEgoEbmFtZRgBIAEoCVIEbmFtZRIUCgV2YWx1ZRgCIAEo\
      AVIFdmFsdWUSEAoDc3RkGAMgASgBUgNzdGQSFAoFbW9kZWwYBCABKAlSBW1vZGVsEi8KBnJlZ2ltZRgFIAEoCzIXLmdvb2dsZS5w\
      cm90b2J1Zi5TdHJ1Y3RSBnJlZ2ltZRIhCgxzYW1wbGVfY291bnQYBiABKARSC3NhbXBsZUNvdW50EkUKEGNhbGlicmF0aW9uX3Rp\
      bWUYByABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUg9jYWxpYnJhdGlvblRpbWUi1AEKGFVwZGF0ZUVudmlyb25tZW50\
      UmVxdWVzdBJACgtlbnZpcm9ubWVudBgBIAEoCzIeLnR3aW4uc3RhdGVzeW5jLnYxLkVudmlyb25tZW50UgtlbnZpcm9ubWVudBIz\
      Cgd0YXJnZXRzGAIgAygLMhkudHdpbi5zdGF0ZXN5bmMudjEuVGFyZ2V0Ugd0YXJnZXRzEicKD3JlbW92ZWRfdGFyZ2V0cxgDIAMo\
      CVIOcmVtb3ZlZFRhcmdldHMSGAoHZGVsZXRlZBgEIAEoCFIHZGVsZXRlZCI+ChlVcGRhdGVFbnZpcm9ubWVudFJlc3BvbnNlEiEK\
      DHRhcmdldF9jb3VudBgBIAEoDVILdGFyZ2V0Q291bnQioAEKG0NhbGlicmF0ZUVudmlyb25tZW50UmVxdWVzdBIlCg5lbnZpcm9u\
      bWVudF9pZBgBIAEoCVINZW52aXJvbm1lbnRJZBIuCgRmcm9tGAIgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIEZnJv\
      bRIqCgJ0bxgDIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSAnRvInsKHENhbGlicmF0ZUVudmlyb25tZW50UmVzcG9u\
      c2USJQoOZW52aXJvbm1lbnRfaWQYASABKAlSDWVudmlyb25tZW50SWQSNAoHdGFyZ2V0cxgCIAMoCzIaLnR3aW4uZW5naW5lLnYx\
      LlRhcmdldFR3aW5SB3RhcmdldHMy8gIKFkVudmlyb25tZW50VHdpblNlcnZpY2UScQoWR2V0RW52aXJvbm1lbnRTbmFwc2hvdBIt\
      LnR3aW4uZW5naW5lLnYxLkdldEVudmlyb25tZW50U25hcHNob3RSZXF1ZXN0GiMudHdpbi5lbmdpbmUudjEuRW52aXJvbm1lbnRT\
      bmFwc2hvdCIDkAIBEm0KEVVwZGF0ZUVudmlyb25tZW50EigudHdpbi5lbmdpbmUudjEuVXBkYXRlRW52aXJvbm1lbnRSZXF1ZXN0\
      GikudHdpbi5lbmdpbmUudjEuVXBkYXRlRW52aXJvbm1lbnRSZXNwb25zZSIDkAICEnYKFENhbGlicmF0ZUVudmlyb25tZW50Eisu\
      dHdpbi5lbmdpbmUudjEuQ2FsaWJyYXRlRW52aXJvbm1lbnRSZXF1ZXN0GiwudHdpbi5lbmdpbmUudjEuQ2FsaWJyYXRlRW52aXJv\
      bm1lbnRSZXNwb25zZSIDkAICYgZwcm90bzM=
      """)

  private static let twinEngineV1Twin = ProtoFile(
    name: "twin/engine/v1/twin.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/parameter.proto",
      "twin/common/v1/telemetry.proto",
      "twin/common/v1/vehicle_state.proto",
    ],
    services: [
      "twin.engine.v1.TwinService",
      "twin.engine.v1.TwinSyncService",
    ],
    types: [
      "twin.engine.v1.Twin",
      "twin.engine.v1.CreateTwinRequest",
      "twin.engine.v1.GetTwinRequest",
      "twin.engine.v1.ListTwinsRequest",
      "twin.engine.v1.ListTwinsResponse",
      "twin.engine.v1.DeleteTwinRequest",
      "twin.engine.v1.DeleteTwinResponse",
      "twin.engine.v1.ResolveTwinsRequest",
      "twin.engine.v1.ResolveTwinsResponse",
      "twin.engine.v1.ResolveTwinsResponse.TwinIdsEntry",
      "twin.engine.v1.WatchTwinsRequest",
      "twin.engine.v1.TwinUpdate",
      "twin.engine.v1.TwinIdentity",
      "twin.engine.v1.GetTwinStateRequest",
      "twin.engine.v1.WatchTwinStatesRequest",
      "twin.engine.v1.WatchTwinStatesResponse",
      "twin.engine.v1.GetTwinSnapshotRequest",
      "twin.engine.v1.TwinSnapshot",
      "twin.engine.v1.ListModelTypesRequest",
      "twin.engine.v1.ListModelTypesResponse",
      "twin.engine.v1.GetModelTypeRequest",
      "twin.engine.v1.ModelType",
      "twin.engine.v1.SyncTwinsRequest",
      "twin.engine.v1.TwinSamples",
      "twin.engine.v1.SyncTwinsResponse",
      "twin.engine.v1.TwinHome",
    ],
    base64: """
      Chl0d2luL2VuZ2luZS92MS90d2luLnByb3RvEg50d2luLmVuZ2luZS52MRocZ29vZ2xlL3Byb3RvYnVmL3N0cnVjdC5wcm90bxof\
      Z29vZ2xlL3Byb3RvYnVmL3RpbWVzdGFtcC5wcm90bxoedHdpbi9jb21tb24vdjEvcGFyYW1ldGVyLnByb3RvGh50d2luL2NvbW1v\
      bi92MS90ZWxlbWV0cnkucHJvdG8aInR3aW4vY29tbW9uL3YxL3ZlaGljbGVfc3RhdGUucHJvdG8i/QIKBFR3aW4SDgoCaWQYASAB\
      KAlSAmlkEi4KE3BoeXNpY2FsX3ZlaGljbGVfaWQYAiABKAlSEXBoeXNpY2FsVmVoaWNsZUlkEh0KCm1vZGVsX3R5cGUYAyABKAlS\
      CW1vZGVsVHlwZRI3CgpwYXJhbWV0ZXJzGAQgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIKcGFyYW1ldGVycxIyCgZzdGF0\
      dXMYBSABKA4yGi50d2luLmNvbW1vbi52MS5TeW5jU3RhdHVzUgZzdGF0dXMSOwoLY3JlYXRlX3RpbWUYBiABKAsyGi5nb29nbGUu\
      cHJvdG9idWYuVGltZXN0YW1wUgpjcmVhdGVUaW1lEi8KE2NhbGlicmF0aW9uX3ZlcnNpb24YByABKA1SEmNhbGlicmF0aW9uVmVy\
      c2lvbhI7Cgt1cGRhdGVfdGltZRgIIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCnVwZGF0ZVRpbWUiugEKEUNyZWF0\
      ZVR3aW5SZXF1ZXN0Ei4KE3BoeXNpY2FsX3ZlaGljbGVfaWQYASABKAlSEXBoeXNpY2FsVmVoaWNsZUlkEh0KCm1vZGVsX3R5cGUY\
      AiABKAlSCW1vZGVsVHlwZRI3CgpwYXJhbWV0ZXJzGAMgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIKcGFyYW1ldGVycxId\
      CgpyZXF1ZXN0X2lkGAQgASgJUglyZXF1ZXN0SWQiIAoOR2V0VHdpblJlcXVlc3QSDgoCaWQYASABKAlSAmlkIm0KEExpc3RUd2lu\
      c1JlcXVlc3QSGwoJcGFnZV9zaXplGAEgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAIgASgJUglwYWdlVG9rZW4SHQoKbW9k\
      ZWxfdHlwZRgDIAEoCVIJbW9kZWxUeXBlIm0KEUxpc3RUd2luc1Jlc3BvbnNlEjAKCHZlaGljbGVzGAEgAygLMhQudHdpbi5lbmdp\
      bmUudjEuVHdpblIIdmVoaWNsZXMSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJUg1uZXh0UGFnZVRva2VuIiMKEURlbGV0ZVR3aW5S\
      ZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZCIUChJEZWxldGVUd2luUmVzcG9uc2UiRwoTUmVzb2x2ZVR3aW5zUmVxdWVzdBIwChRwaHlz\
      aWNhbF92ZWhpY2xlX2lkcxgBIAMoCVIScGh5c2ljYWxWZWhpY2xlSWRzIqABChRSZXNvbHZlVHdpbnNSZXNwb25zZRJMCgh0d2lu\
      X2lkcxgBIAMoCzIxLnR3aW4uZW5naW5lLnYxLlJlc29sdmVUd2luc1Jlc3BvbnNlLlR3aW5JZHNFbnRyeVIHdHdpbklkcxo6CgxU\
      d2luSWRzRW50cnkSEAoDa2V5GAEgASgJUgNrZXkSFAoFdmFsdWUYAiABKAlSBXZhbHVlOgI4ASITChFXYXRjaFR3aW5zUmVxdWVz\
      dCJ9CgpUd2luVXBkYXRlEjIKBWFkZGVkGAEgAygLMhwudHdpbi5lbmdpbmUudjEuVHdpbklkZW50aXR5UgVhZGRlZBIfCgtyZW1v\
      dmVkX2lkcxgCIAMoCVIKcmVtb3ZlZElkcxIaCghjb21wbGV0ZRgDIAEoCFIIY29tcGxldGUiTgoMVHdpbklkZW50aXR5Eg4KAmlk\
      GAEgASgJUgJpZBIuChNwaHlzaWNhbF92ZWhpY2xlX2lkGAIgASgJUhFwaHlzaWNhbFZlaGljbGVJZCIlChNHZXRUd2luU3RhdGVS\
      ZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZCJVChZXYXRjaFR3aW5TdGF0ZXNSZXF1ZXN0EhAKA2lkcxgBIAMoCVIDaWRzEikKEHdpdGhf\
      cHJlZGljdGlvbnMYAiABKAhSD3dpdGhQcmVkaWN0aW9ucyJpChdXYXRjaFR3aW5TdGF0ZXNSZXNwb25zZRI0CgZzdGF0ZXMYASAD\
      KAsyHC50d2luLmNvbW1vbi52MS5WZWhpY2xlU3RhdGVSBnN0YXRlcxIYCgdza2lwcGVkGAIgASgEUgdza2lwcGVkIigKFkdldFR3\
      aW5TbmFwc2hvdFJlcXVlc3QSDgoCaWQYASABKAlSAmlkIusDCgxUd2luU25hcHNob3QSKAoEdHdpbhgBIAEoCzIULnR3aW4uZW5n\
      aW5lLnYxLlR3aW5SBHR3aW4SMgoFc3RhdGUYAiABKAsyHC50d2luLmNvbW1vbi52MS5WZWhpY2xlU3RhdGVSBXN0YXRlEjcKCnBh\
      cmFtZXRlcnMYAyABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgpwYXJhbWV0ZXJzEkQKEWRyaXZlcl9wYXJhbWV0ZXJzGAQg\
      ASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIQZHJpdmVyUGFyYW1ldGVycxJDCgtlbnZpcm9ubWVudBgFIAEoCzIhLnR3aW4u\
      Y29tbW9uLnYxLkVudmlyb25tZW50U2FtcGxlUgtlbnZpcm9ubWVudBI/Cg1zbmFwc2hvdF90aW1lGAYgASgLMhouZ29vZ2xlLnBy\
      b3RvYnVmLlRpbWVzdGFtcFIMc25hcHNob3RUaW1lEkAKCm9wZXJhdGlvbnMYByABKAsyIC50d2luLmNvbW1vbi52MS5PcGVyYXRp\
      b25zU2FtcGxlUgpvcGVyYXRpb25zEjYKB3NlbnNvcnMYCCADKAsyHC50d2luLmNvbW1vbi52MS5TZW5zb3JTYW1wbGVSB3NlbnNv\
      cnMiUwoVTGlzdE1vZGVsVHlwZXNSZXF1ZXN0EhsKCXBhZ2Vfc2l6ZRgBIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgCIAEo\
      CVIJcGFnZVRva2VuInwKFkxpc3RNb2RlbFR5cGVzUmVzcG9uc2USOgoLbW9kZWxfdHlwZXMYASADKAsyGS50d2luLmVuZ2luZS52\
      MS5Nb2RlbFR5cGVSCm1vZGVsVHlwZXMSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJUg1uZXh0UGFnZVRva2VuIikKE0dldE1vZGVs\
      VHlwZVJlcXVlc3QSEgoEbmFtZRgBIAEoCVIEbmFtZSLkAQoJTW9kZWxUeXBlEhIKBG5hbWUYASABKAlSBG5hbWUSIAoLZGVzY3Jp\
      cHRpb24YAiABKAlSC2Rlc2NyaXB0aW9uEj0KCnBhcmFtZXRlcnMYAyADKAsyHS50d2luLmNvbW1vbi52MS5QYXJhbWV0ZXJTcGVj\
      UgpwYXJhbWV0ZXJzEkoKEWRyaXZlcl9wYXJhbWV0ZXJzGAQgAygLMh0udHdpbi5jb21tb24udjEuUGFyYW1ldGVyU3BlY1IQZHJp\
      dmVyUGFyYW1ldGVycxIWCgZzb3VyY2UYBSABKAlSBnNvdXJjZSJ/ChBTeW5jVHdpbnNSZXF1ZXN0EhkKCGJhdGNoX2lkGAEgASgE\
      UgdiYXRjaElkEjEKBXR3aW5zGAIgAygLMhsudHdpbi5lbmdpbmUudjEuVHdpblNhbXBsZXNSBXR3aW5zEh0KCmZvbGxvd19pZHMY\
      AyADKAlSCWZvbGxvd0lkcyL/AwoLVHdpblNhbXBsZXMSFwoHdHdpbl9pZBgBIAEoCVIGdHdpbklkEhYKBnNvdXJjZRgCIAEoCVIG\
      c291cmNlEjkKB3NhbXBsZXMYAyADKAsyHy50d2luLmNvbW1vbi52MS5UZWxlbWV0cnlTYW1wbGVSB3NhbXBsZXMSQwoOc2Vuc29y\
      X3NhbXBsZXMYBCADKAsyHC50d2luLmNvbW1vbi52MS5TZW5zb3JTYW1wbGVSDXNlbnNvclNhbXBsZXMSUgoTZW52aXJvbm1lbnRf\
      c2FtcGxlcxgFIAMoCzIhLnR3aW4uY29tbW9uLnYxLkVudmlyb25tZW50U2FtcGxlUhJlbnZpcm9ubWVudFNhbXBsZXMSTwoSb3Bl\
      cmF0aW9uc19zYW1wbGVzGAYgAygLMiAudHdpbi5jb21tb24udjEuT3BlcmF0aW9uc1NhbXBsZVIRb3BlcmF0aW9uc1NhbXBsZXMS\
      JAoNY2xvY2tfc2tld19tcxgHIAEoAUgAUgtjbG9ja1NrZXdNcxI9CgxyZWNlaXZlX3RpbWUYCCABKAsyGi5nb29nbGUucHJvdG9i\
      dWYuVGltZXN0YW1wUgtyZWNlaXZlVGltZRIbCglpc19zdG9yZWQYDyABKAhSCGlzU3RvcmVkQhgKFmNsb2NrX3NrZXdfbXNfcHJl\
      c2VuY2Ui3wEKEVN5bmNUd2luc1Jlc3BvbnNlEhkKCGJhdGNoX2lkGAEgASgEUgdiYXRjaElkEjQKBnN0YXRlcxgCIAMoCzIcLnR3\
      aW4uY29tbW9uLnYxLlZlaGljbGVTdGF0ZVIGc3RhdGVzEh8KC3Vua25vd25faWRzGAMgAygJUgp1bmtub3duSWRzEi4KBW1vdmVk\
      GAQgAygLMhgudHdpbi5lbmdpbmUudjEuVHdpbkhvbWVSBW1vdmVkEigKEGR1cmFibGVfYmF0Y2hfaWQYBSABKARSDmR1cmFibGVC\
      YXRjaElkIj0KCFR3aW5Ib21lEhcKB3R3aW5faWQYASABKAlSBnR3aW5JZBIYCgdhZGRyZXNzGAIgASgJUgdhZGRyZXNzMuAHCgtU\
      d2luU2VydmljZRJKCgpDcmVhdGVUd2luEiEudHdpbi5lbmdpbmUudjEuQ3JlYXRlVHdpblJlcXVlc3QaFC50d2luLmVuZ2luZS52\
      MS5Ud2luIgOQAgISRAoHR2V0VHdpbhIeLnR3aW4uZW5naW5lLnYxLkdldFR3aW5SZXF1ZXN0GhQudHdpbi5lbmdpbmUudjEuVHdp\
      biIDkAIBElUKCUxpc3RUd2lucxIgLnR3aW4uZW5naW5lLnYxLkxpc3RUd2luc1JlcXVlc3QaIS50d2luLmVuZ2luZS52MS5MaXN0\
      VHdpbnNSZXNwb25zZSIDkAIBElgKCkRlbGV0ZVR3aW4SIS50d2luLmVuZ2luZS52MS5EZWxldGVUd2luUmVxdWVzdBoiLnR3aW4u\
      ZW5naW5lLnYxLkRlbGV0ZVR3aW5SZXNwb25zZSIDkAICEl4KDFJlc29sdmVUd2lucxIjLnR3aW4uZW5naW5lLnYxLlJlc29sdmVU\
      d2luc1JlcXVlc3QaJC50d2luLmVuZ2luZS52MS5SZXNvbHZlVHdpbnNSZXNwb25zZSIDkAIBElIKCldhdGNoVHdpbnMSIS50d2lu\
      LmVuZ2luZS52MS5XYXRjaFR3aW5zUmVxdWVzdBoaLnR3aW4uZW5naW5lLnYxLlR3aW5VcGRhdGUiA5ACATABElYKDEdldFR3aW5T\
      dGF0ZRIjLnR3aW4uZW5naW5lLnYxLkdldFR3aW5TdGF0ZVJlcXVlc3QaHC50d2luLmNvbW1vbi52MS5WZWhpY2xlU3RhdGUiA5AC\
      ARJpCg9XYXRjaFR3aW5TdGF0ZXMSJi50d2luLmVuZ2luZS52MS5XYXRjaFR3aW5TdGF0ZXNSZXF1ZXN0GicudHdpbi5lbmdpbmUu\
      djEuV2F0Y2hUd2luU3RhdGVzUmVzcG9uc2UiA5ACATABElwKD0dldFR3aW5TbmFwc2hvdBImLnR3aW4uZW5naW5lLnYxLkdldFR3\
      aW5TbmFwc2hvdFJlcXVlc3QaHC50d2luLmVuZ2luZS52MS5Ud2luU25hcHNob3QiA5ACARJkCg5MaXN0TW9kZWxUeXBlcxIlLnR3\
      aW4uZW5naW5lLnYxLkxpc3RNb2RlbFR5cGVzUmVxdWVzdBomLnR3aW4uZW5naW5lLnYxLkxpc3RNb2RlbFR5cGVzUmVzcG9uc2Ui\
      A5ACARJTCgxHZXRNb2RlbFR5cGUSIy50d2luLmVuZ2luZS52MS5HZXRNb2RlbFR5cGVSZXF1ZXN0GhkudHdpbi5lbmdpbmUudjEu\
      TW9kZWxUeXBlIgOQAgEybAoPVHdpblN5bmNTZXJ2aWNlElkKCVN5bmNUd2lucxIgLnR3aW4uZW5naW5lLnYxLlN5bmNUd2luc1Jl\
      cXVlc3QaIS50d2luLmVuZ2luZS52MS5TeW5jVHdpbnNSZXNwb25zZSIDkAICKAEwAWIGcHJvdG8z
      """)

  private static let twinPredictionV1Arbiter = ProtoFile(
    name: "twin/prediction/v1/arbiter.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/change.proto",
      "twin/common/v1/impact.proto",
    ],
    services: [
      "twin.prediction.v1.ArbiterService",
      "twin.prediction.v1.ApprovalService",
    ],
    types: [
      "twin.prediction.v1.CheckStatus",
      "twin.prediction.v1.ApprovalStatus",
      "twin.prediction.v1.CheckChangeRequest",
      "twin.prediction.v1.CheckChangeResponse",
      "twin.prediction.v1.CheckChangeResponse.PredictionIntervalsEntry",
      "twin.prediction.v1.CheckChangeResponse.ModelVersionsEntry",
      "twin.prediction.v1.ReviewAdmissionRequest",
      "twin.prediction.v1.ReviewAdmissionResponse",
      "twin.prediction.v1.Approval",
      "twin.prediction.v1.ListApprovalsRequest",
      "twin.prediction.v1.ListApprovalsResponse",
      "twin.prediction.v1.GetApprovalRequest",
      "twin.prediction.v1.ApproveChangeRequest",
      "twin.prediction.v1.RejectChangeRequest",
    ],
    base64: """
      CiB0d2luL3ByZWRpY3Rpb24vdjEvYXJiaXRlci5wcm90bxISdHdpbi5wcmVkaWN0aW9uLnYxGhxnb29nbGUvcHJvdG9idWYvc3Ry\
      dWN0LnByb3RvGh9nb29nbGUvcHJvdG9idWYvdGltZXN0YW1wLnByb3RvGht0d2luL2NvbW1vbi92MS9jaGFuZ2UucHJvdG8aG3R3\
      aW4vY29tbW9uL3YxL2ltcGFjdC5wcm90byKcAgoSQ2hlY2tDaGFuZ2VSZXF1ZXN0EiMKDXNpbXVsYXRpb25faWQYASABKAlSDHNp\
      bXVsYXRpb25JZBJECg5jaGFuZ2VfcmVxdWVzdBgCIAEoCzIdLnR3aW4uY29tbW9uLnYxLkNoYW5nZVJlcXVlc3RSDWNoYW5nZVJl\
      cXVlc3QSJwoOZHVyYXRpb25faG91cnMYAyABKAFIAFINZHVyYXRpb25Ib3VycxI4CgpyaXNrX2xldmVsGAQgASgOMhkudHdpbi5j\
      b21tb24udjEuUmlza0xldmVsUglyaXNrTGV2ZWwSHQoKcmVxdWVzdF9pZBgFIAEoCVIJcmVxdWVzdElkQhkKF2R1cmF0aW9uX2hv\
      dXJzX3ByZXNlbmNlItUIChNDaGVja0NoYW5nZVJlc3BvbnNlEjcKBnN0YXR1cxgBIAEoDjIfLnR3aW4ucHJlZGljdGlvbi52MS5D\
      aGVja1N0YXR1c1IGc3RhdHVzEiMKDXNpbXVsYXRpb25faWQYAiABKAlSDHNpbXVsYXRpb25JZBJKChBwcmVkaWN0ZWRfaW1wYWN0\
      GAMgASgLMh8udHdpbi5jb21tb24udjEuUHJlZGljdGVkSW1wYWN0Ug9wcmVkaWN0ZWRJbXBhY3QSIAoKY29uZmlkZW5jZRgEIAEo\
      AUgAUgpjb25maWRlbmNlEiAKCmNhbGlicmF0ZWQYBSABKAhIAVIKY2FsaWJyYXRlZBIYCgZyZWdpbWUYBiABKAlIAlIGcmVnaW1l\
      EkkKE3ByZWRpY3Rpb25faW50ZXJ2YWwYByABKAsyGC50d2luLmNvbW1vbi52MS5JbnRlcnZhbFIScHJlZGljdGlvbkludGVydmFs\
      EnMKFHByZWRpY3Rpb25faW50ZXJ2YWxzGAggAygLMkAudHdpbi5wcmVkaWN0aW9uLnYxLkNoZWNrQ2hhbmdlUmVzcG9uc2UuUHJl\
      ZGljdGlvbkludGVydmFsc0VudHJ5UhNwcmVkaWN0aW9uSW50ZXJ2YWxzEiEKC2FwcHJvdmFsX2lkGAkgASgJSANSCmFwcHJvdmFs\
      SWQSFgoFZXJyb3IYCiABKAlIBFIFZXJyb3ISIAoLZW52aXJvbm1lbnQYCyABKAlSC2Vudmlyb25tZW50EjcKCXN5bmNfdGltZRgM\
      IAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCHN5bmNUaW1lEmEKDm1vZGVsX3ZlcnNpb25zGA0gAygLMjoudHdpbi5w\
      cmVkaWN0aW9uLnYxLkNoZWNrQ2hhbmdlUmVzcG9uc2UuTW9kZWxWZXJzaW9uc0VudHJ5Ug1tb2RlbFZlcnNpb25zEhQKBHNlZWQY\
      DiABKARIBVIEc2VlZBJHCg9zaW11bGF0ZWRfaG91cnMYDyABKAsyHi50d2luLmNvbW1vbi52MS5TaW11bGF0ZWRIb3Vyc1IOc2lt\
      dWxhdGVkSG91cnMaYAoYUHJlZGljdGlvbkludGVydmFsc0VudHJ5EhAKA2tleRgBIAEoCVIDa2V5Ei4KBXZhbHVlGAIgASgLMhgu\
      dHdpbi5jb21tb24udjEuSW50ZXJ2YWxSBXZhbHVlOgI4ARpAChJNb2RlbFZlcnNpb25zRW50cnkSEAoDa2V5GAEgASgJUgNrZXkS\
      FAoFdmFsdWUYAiABKAlSBXZhbHVlOgI4AUIVChNjb25maWRlbmNlX3ByZXNlbmNlQhUKE2NhbGlicmF0ZWRfcHJlc2VuY2VCEQoP\
      cmVnaW1lX3ByZXNlbmNlQhYKFGFwcHJvdmFsX2lkX3ByZXNlbmNlQhAKDmVycm9yX3ByZXNlbmNlQg8KDXNlZWRfcHJlc2VuY2Ui\
      awoWUmV2aWV3QWRtaXNzaW9uUmVxdWVzdBIvCgZyZXZpZXcYASABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgZyZXZpZXcS\
      IAoLZW52aXJvbm1lbnQYAiABKAlSC2Vudmlyb25tZW50Im8KF1Jldmlld0FkbWlzc2lvblJlc3BvbnNlEi8KBnJldmlldxgBIAEo\
      CzIXLmdvb2dsZS5wcm90b2J1Zi5TdHJ1Y3RSBnJldmlldxIjCg1zaW11bGF0aW9uX2lkGAIgASgJUgxzaW11bGF0aW9uSWQi/QMK\
      CEFwcHJvdmFsEg4KAmlkGAEgASgJUgJpZBIjCg1zaW11bGF0aW9uX2lkGAIgASgJUgxzaW11bGF0aW9uSWQSOgoGc3RhdHVzGAMg\
      ASgOMiIudHdpbi5wcmVkaWN0aW9uLnYxLkFwcHJvdmFsU3RhdHVzUgZzdGF0dXMSRAoOY2hhbmdlX3JlcXVlc3QYBCABKAsyHS50\
      d2luLmNvbW1vbi52MS5DaGFuZ2VSZXF1ZXN0Ug1jaGFuZ2VSZXF1ZXN0EkoKEHByZWRpY3RlZF9pbXBhY3QYBSABKAsyHy50d2lu\
      LmNvbW1vbi52MS5QcmVkaWN0ZWRJbXBhY3RSD3ByZWRpY3RlZEltcGFjdBI7CgtjcmVhdGVfdGltZRgGIAEoCzIaLmdvb2dsZS5w\
      cm90b2J1Zi5UaW1lc3RhbXBSCmNyZWF0ZVRpbWUSOwoLZXhwaXJlX3RpbWUYByABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0\
      YW1wUgpleHBpcmVUaW1lEjsKC2RlY2lkZV90aW1lGAggASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIKZGVjaWRlVGlt\
      ZRIdCgpkZWNpZGVkX2J5GAkgASgJUglkZWNpZGVkQnkSGAoHY29tbWVudBgKIAEoCVIHY29tbWVudCKOAQoUTGlzdEFwcHJvdmFs\
      c1JlcXVlc3QSGwoJcGFnZV9zaXplGAEgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAIgASgJUglwYWdlVG9rZW4SOgoGc3Rh\
      dHVzGAMgASgOMiIudHdpbi5wcmVkaWN0aW9uLnYxLkFwcHJvdmFsU3RhdHVzUgZzdGF0dXMiewoVTGlzdEFwcHJvdmFsc1Jlc3Bv\
      bnNlEjoKCWFwcHJvdmFscxgBIAMoCzIcLnR3aW4ucHJlZGljdGlvbi52MS5BcHByb3ZhbFIJYXBwcm92YWxzEiYKD25leHRfcGFn\
      ZV90b2tlbhgCIAEoCVINbmV4dFBhZ2VUb2tlbiIkChJHZXRBcHByb3ZhbFJlcXVlc3QSDgoCaWQYASABKAlSAmlkIl8KFEFwcHJv\
      dmVDaGFuZ2VSZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZBIYCgdjb21tZW50GAIgASgJUgdjb21tZW50Eh0KCmRlY2lkZWRfYnkYAyAB\
      KAlSCWRlY2lkZWRCeSJeChNSZWplY3RDaGFuZ2VSZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZBIYCgdjb21tZW50GAIgASgJUgdjb21t\
      ZW50Eh0KCmRlY2lkZWRfYnkYAyABKAlSCWRlY2lkZWRCeSpeCgtDaGVja1N0YXR1cxIcChhDSEVDS19TVEFUVVNfVU5TUEVDSUZJ\
      RUQQABIYChRDSEVDS19TVEFUVVNfU1VDQ0VTUxABEhcKE0NIRUNLX1NUQVRVU19GQUlMRUQQAiqnAQoOQXBwcm92YWxTdGF0dXMS\
      HwobQVBQUk9WQUxfU1RBVFVTX1VOU1BFQ0lGSUVEEAASGwoXQVBQUk9WQUxfU1RBVFVTX1BFTkRJTkcQARIcChhBUFBST1ZBTF9T\
      VEFUVVNfQVBQUk9WRUQQAhIcChhBUFBST1ZBTF9TVEFUVVNfUkVKRUNURUQQAxIbChdBUFBST1ZBTF9TVEFUVVNfRVhQSVJFRBAE\
      MuEBCg5BcmJpdGVyU2VydmljZRJjCgtDaGVja0NoYW5nZRImLnR3aW4ucHJlZGljdGlvbi52MS5DaGVja0NoYW5nZVJlcXVlc3Qa\
      Jy50d2luLnByZWRpY3Rpb24udjEuQ2hlY2tDaGFuZ2VSZXNwb25zZSIDkAICEmoKD1Jldmlld0FkbWlzc2lvbhIqLnR3aW4ucHJl\
      ZGljdGlvbi52MS5SZXZpZXdBZG1pc3Npb25SZXF1ZXN0GisudHdpbi5wcmVkaWN0aW9uLnYxLlJldmlld0FkbWlzc2lvblJlc3Bv\
      bnNlMpADCg9BcHByb3ZhbFNlcnZpY2USaQoNTGlzdEFwcHJvdmFscxIoLnR3aW4ucHJlZGljdGlvbi52MS5MaXN0QXBwcm92YWxz\
      UmVxdWVzdBopLnR3aW4ucHJlZGljdGlvbi52MS5MaXN0QXBwcm92YWxzUmVzcG9uc2UiA5ACARJYCgtHZXRBcHByb3ZhbBImLnR3\
      aW4ucHJlZGljdGlvbi52MS5HZXRBcHByb3ZhbFJlcXVlc3QaHC50d2luLnByZWRpY3Rpb24udjEuQXBwcm92YWwiA5ACARJcCg1B\
      cHByb3ZlQ2hhbmdlEigudHdpbi5wcmVkaWN0aW9uLnYxLkFwcHJvdmVDaGFuZ2VSZXF1ZXN0GhwudHdpbi5wcmVkaWN0aW9uLnYx\
      LkFwcHJvdmFsIgOQAgISWgoMUmVqZWN0Q2hhbmdlEicudHdpbi5wcmVkaWN0aW9uLnYxLlJlamVjdENoYW5nZVJlcXVlc3QaHC50\
      d2luLnByZWRpY3Rpb24udjEuQXBwcm92YWwiA5ACAmIGcHJvdG8z
      """)

  private static let twinPredictionV1Prediction = ProtoFile(
    name: "twin/prediction/v1/prediction.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/change.proto",
      "twin/common/v1/impact.proto",
    ],
    services: [
      "twin.prediction.v1.PredictionService",
    ],
    types: [
      "twin.prediction.v1.PredictImpactRequest",
      "twin.prediction.v1.PredictImpactResponse",
      "twin.prediction.v1.PredictImpactResponse.PredictionIntervalsEntry",
      "twin.prediction.v1.Confidence",
      "twin.prediction.v1.PredictPerformanceRequest",
      "twin.prediction.v1.PredictPerformanceResponse",
      "twin.prediction.v1.PredictPerformanceResponse.PredictionIntervalsEntry",
      "twin.prediction.v1.PredictFailuresRequest",
      "twin.prediction.v1.PredictFailuresResponse",
      "twin.prediction.v1.PredictedFailure",
      "twin.prediction.v1.ListModelsRequest",
      "twin.prediction.v1.ListModelsResponse",
      "twin.prediction.v1.Model",
      "twin.prediction.v1.RecordActualRequest",
      "twin.prediction.v1.RecordActualRequest.ActualsEntry",
      "twin.prediction.v1.RecordActualResponse",
      "twin.prediction.v1.TrackRecord",
      "twin.prediction.v1.ListTrackRecordRequest",
      "twin.prediction.v1.ListTrackRecordResponse",
    ],
    base64: """
      CiN0d2luL3ByZWRpY3Rpb24vdjEvcHJlZGljdGlvbi5wcm90bxISdHdpbi5wcmVkaWN0aW9uLnYxGhxnb29nbGUvcHJvdG9idWYv\
      c3RydWN0LnByb3RvGh9nb29nbGUvcHJvdG9idWYvdGltZXN0YW1wLnByb3RvGht0d2luL2NvbW1vbi92MS9jaGFuZ2UucHJvdG8a\
      G3R3aW4vY29tbW9uL3YxL2ltcGFjdC5wcm90byKBAQoUUHJlZGljdEltcGFjdFJlcXVlc3QSRAoOY2hhbmdlX3JlcXVlc3QYASAB\
      KAsyHS50d2luLmNvbW1vbi52MS5DaGFuZ2VSZXF1ZXN0Ug1jaGFuZ2VSZXF1ZXN0EiMKDXNpbXVsYXRpb25faWQYAiABKAlSDHNp\
      bXVsYXRpb25JZCLRBAoVUHJlZGljdEltcGFjdFJlc3BvbnNlEiMKDXNpbXVsYXRpb25faWQYASABKAlSDHNpbXVsYXRpb25JZBJK\
      ChBwcmVkaWN0ZWRfaW1wYWN0GAIgASgLMh8udHdpbi5jb21tb24udjEuUHJlZGljdGVkSW1wYWN0Ug9wcmVkaWN0ZWRJbXBhY3QS\
      SwoRY29uZmlkZW5jZV9kZXRhaWwYAyABKAsyHi50d2luLnByZWRpY3Rpb24udjEuQ29uZmlkZW5jZVIQY29uZmlkZW5jZURldGFp\
      bBIeCgpjb25maWRlbmNlGAQgASgBUgpjb25maWRlbmNlEh4KCmNhbGlicmF0ZWQYBSABKAhSCmNhbGlicmF0ZWQSFgoGcmVnaW1l\
      GAYgASgJUgZyZWdpbWUSSQoTcHJlZGljdGlvbl9pbnRlcnZhbBgHIAEoCzIYLnR3aW4uY29tbW9uLnYxLkludGVydmFsUhJwcmVk\
      aWN0aW9uSW50ZXJ2YWwSdQoUcHJlZGljdGlvbl9pbnRlcnZhbHMYCCADKAsyQi50d2luLnByZWRpY3Rpb24udjEuUHJlZGljdElt\
      cGFjdFJlc3BvbnNlLlByZWRpY3Rpb25JbnRlcnZhbHNFbnRyeVITcHJlZGljdGlvbkludGVydmFscxpgChhQcmVkaWN0aW9uSW50\
      ZXJ2YWxzRW50cnkSEAoDa2V5GAEgASgJUgNrZXkSLgoFdmFsdWUYAiABKAsyGC50d2luLmNvbW1vbi52MS5JbnRlcnZhbFIFdmFs\
      dWU6AjgBItQBCgpDb25maWRlbmNlEh4KCmNvbmZpZGVuY2UYASABKAFSCmNvbmZpZGVuY2USHgoKY2FsaWJyYXRlZBgCIAEoCFIK\
      Y2FsaWJyYXRlZBIUCgVtb2RlbBgDIAEoCVIFbW9kZWwSFgoGcmVnaW1lGAQgASgJUgZyZWdpbWUSJQoOcmVzaWR1YWxfY291bnQY\
      BSABKARSDXJlc2lkdWFsQ291bnQSHAoIY292ZXJhZ2UYBiABKAFIAFIIY292ZXJhZ2VCEwoRY292ZXJhZ2VfcHJlc2VuY2UihwQK\
      GVByZWRpY3RQZXJmb3JtYW5jZVJlcXVlc3QSFAoFbW9kZWwYASABKAlSBW1vZGVsEi8KBmlucHV0cxgCIAEoCzIXLmdvb2dsZS5w\
      cm90b2J1Zi5TdHJ1Y3RSBmlucHV0cxIgCgtlbnZpcm9ubWVudBgDIAEoCVILZW52aXJvbm1lbnQSFgoGdGFyZ2V0GAQgASgJUgZ0\
      YXJnZXQSOwoNbG9hZF9zY2VuYXJpbxgFIAEoCzIWLmdvb2dsZS5wcm90b2J1Zi5WYWx1ZVIMbG9hZFNjZW5hcmlvEicKDmR1cmF0\
      aW9uX2hvdXJzGAYgASgBSABSDWR1cmF0aW9uSG91cnMSLQoSYXJyaXZhbF9yYXRlX3Blcl9zGAcgASgBSAFSD2Fycml2YWxSYXRl\
      UGVyUxIaCgdjbGllbnRzGAggASgNSAJSB2NsaWVudHMSIQoLbG9hZF9mYWN0b3IYCSABKAFIA1IKbG9hZEZhY3RvchIvCgZjaGFu\
      Z2UYCiABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgZjaGFuZ2VCGQoXZHVyYXRpb25faG91cnNfcHJlc2VuY2VCHQobYXJy\
      aXZhbF9yYXRlX3Blcl9zX3ByZXNlbmNlQhIKEGNsaWVudHNfcHJlc2VuY2VCFgoUbG9hZF9mYWN0b3JfcHJlc2VuY2UivwUKGlBy\
      ZWRpY3RQZXJmb3JtYW5jZVJlc3BvbnNlEhQKBW1vZGVsGAEgASgJUgVtb2RlbBIxCgdvdXRwdXRzGAIgASgLMhcuZ29vZ2xlLnBy\
      b3RvYnVmLlN0cnVjdFIHb3V0cHV0cxJ6ChRwcmVkaWN0aW9uX2ludGVydmFscxgDIAMoCzJHLnR3aW4ucHJlZGljdGlvbi52MS5Q\
      cmVkaWN0UGVyZm9ybWFuY2VSZXNwb25zZS5QcmVkaWN0aW9uSW50ZXJ2YWxzRW50cnlSE3ByZWRpY3Rpb25JbnRlcnZhbHMSGgoI\
      ZXF1YXRpb24YBCABKAlSCGVxdWF0aW9uEhYKBnJlZ2ltZRgFIAEoCVIGcmVnaW1lEh4KCmNvbmZpZGVuY2UYBiABKAFSCmNvbmZp\
      ZGVuY2USHgoKY2FsaWJyYXRlZBgHIAEoCFIKY2FsaWJyYXRlZBIWCgZzb3VyY2UYCCABKAlSBnNvdXJjZRIgCgthc3N1bXB0aW9u\
      cxgJIAMoCVILYXNzdW1wdGlvbnMSLwoGaW5wdXRzGAogASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIGaW5wdXRzEi8KBmJl\
      Zm9yZRgLIAEoCzIXLmdvb2dsZS5wcm90b2J1Zi5TdHJ1Y3RSBmJlZm9yZRIaCgh1bmtub3ducxgMIAMoCVIIdW5rbm93bnMSIAoL\
      ZW52aXJvbm1lbnQYDSABKAlSC2Vudmlyb25tZW50EhYKBnRhcmdldBgOIAEoCVIGdGFyZ2V0EhQKBXN0YWxlGA8gASgIUgVzdGFs\
      ZRpgChhQcmVkaWN0aW9uSW50ZXJ2YWxzRW50cnkSEAoDa2V5GAEgASgJUgNrZXkSLgoFdmFsdWUYAiABKAsyGC50d2luLmNvbW1v\
      bi52MS5JbnRlcnZhbFIFdmFsdWU6AjgBItwBChZQcmVkaWN0RmFpbHVyZXNSZXF1ZXN0EiAKC2Vudmlyb25tZW50GAEgASgJUgtl\
      bnZpcm9ubWVudBIjCg10YXJnZXRfc3lzdGVtGAIgASgJUgx0YXJnZXRTeXN0ZW0SJQoNaG9yaXpvbl9ob3VycxgDIAEoAUgAUgxo\
      b3Jpem9uSG91cnMSGwoJcGFnZV9zaXplGAQgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAUgASgJUglwYWdlVG9rZW5CGAoW\
      aG9yaXpvbl9ob3Vyc19wcmVzZW5jZSL0AQoXUHJlZGljdEZhaWx1cmVzUmVzcG9uc2USIAoLZW52aXJvbm1lbnQYASABKAlSC2Vu\
      dmlyb25tZW50EkAKCGZhaWx1cmVzGAIgAygLMiQudHdpbi5wcmVkaWN0aW9uLnYxLlByZWRpY3RlZEZhaWx1cmVSCGZhaWx1cmVz\
      EiYKD25leHRfcGFnZV90b2tlbhgDIAEoCVINbmV4dFBhZ2VUb2tlbhI3CglkYXRhX3RpbWUYBCABKAsyGi5nb29nbGUucHJvdG9i\
      dWYuVGltZXN0YW1wUghkYXRhVGltZRIUCgVzdGFsZRgFIAEoCFIFc3RhbGUi/QMKEFByZWRpY3RlZEZhaWx1cmUSEgoEY29kZRgB\
      IAEoCVIEY29kZRIWCgZ0YXJnZXQYAiABKAlSBnRhcmdldBIWCgZtZXRyaWMYAyABKAlSBm1ldHJpYxI0CghzZXZlcml0eRgEIAEo\
      DjIYLnR3aW4uY29tbW9uLnYxLlNldmVyaXR5UghzZXZlcml0eRIYCgdtZXNzYWdlGAUgASgJUgdtZXNzYWdlEiAKC3Byb2JhYmls\
      aXR5GAYgASgBUgtwcm9iYWJpbGl0eRI/Cg1leHBlY3RlZF90aW1lGAcgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIM\
      ZXhwZWN0ZWRUaW1lEj8KDWVhcmxpZXN0X3RpbWUYCCABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgxlYXJsaWVzdFRp\
      bWUSOwoLbGF0ZXN0X3RpbWUYCSABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgpsYXRlc3RUaW1lEjQKCGV2aWRlbmNl\
      GAogASgLMhgudHdpbi5jb21tb24udjEuRXZpZGVuY2VSCGV2aWRlbmNlEh4KCmNvbmZpZGVuY2UYCyABKAFSCmNvbmZpZGVuY2US\
      HgoKY2FsaWJyYXRlZBgMIAEoCFIKY2FsaWJyYXRlZCJPChFMaXN0TW9kZWxzUmVxdWVzdBIbCglwYWdlX3NpemUYASABKAVSCHBh\
      Z2VTaXplEh0KCnBhZ2VfdG9rZW4YAiABKAlSCXBhZ2VUb2tlbiJvChJMaXN0TW9kZWxzUmVzcG9uc2USMQoGbW9kZWxzGAEgAygL\
      MhkudHdpbi5wcmVkaWN0aW9uLnYxLk1vZGVsUgZtb2RlbHMSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJUg1uZXh0UGFnZVRva2Vu\
      IrsBCgVNb2RlbBISCgRuYW1lGAEgASgJUgRuYW1lEhgKB3ZlcnNpb24YAiABKAlSB3ZlcnNpb24SIAoLZGVzY3JpcHRpb24YAyAB\
      KAlSC2Rlc2NyaXB0aW9uEhYKBmlucHV0cxgEIAMoCVIGaW5wdXRzEhgKB291dHB1dHMYBSADKAlSB291dHB1dHMSFgoGc291cmNl\
      GAYgASgJUgZzb3VyY2USGAoHcmVnaW1lcxgHIAMoCVIHcmVnaW1lcyLCAgoTUmVjb3JkQWN0dWFsUmVxdWVzdBIjCg1zaW11bGF0\
      aW9uX2lkGAEgASgJUgxzaW11bGF0aW9uSWQSTgoHYWN0dWFscxgCIAMoCzI0LnR3aW4ucHJlZGljdGlvbi52MS5SZWNvcmRBY3R1\
      YWxSZXF1ZXN0LkFjdHVhbHNFbnRyeVIHYWN0dWFscxI9CgxhcHBsaWVkX3RpbWUYAyABKAsyGi5nb29nbGUucHJvdG9idWYuVGlt\
      ZXN0YW1wUgthcHBsaWVkVGltZRIcCglpbmNpZGVudHMYBCADKAlSCWluY2lkZW50cxIdCgpyZXF1ZXN0X2lkGAUgASgJUglyZXF1\
      ZXN0SWQaOgoMQWN0dWFsc0VudHJ5EhAKA2tleRgBIAEoCVIDa2V5EhQKBXZhbHVlGAIgASgBUgV2YWx1ZToCOAEiUQoUUmVjb3Jk\
      QWN0dWFsUmVzcG9uc2USOQoHcmVjb3JkcxgBIAMoCzIfLnR3aW4ucHJlZGljdGlvbi52MS5UcmFja1JlY29yZFIHcmVjb3JkcyL1\
      AgoLVHJhY2tSZWNvcmQSIwoNc2ltdWxhdGlvbl9pZBgBIAEoCVIMc2ltdWxhdGlvbklkEiAKC2Vudmlyb25tZW50GAIgASgJUgtl\
      bnZpcm9ubWVudBIWCgZtZXRyaWMYAyABKAlSBm1ldHJpYxIcCglwcmVkaWN0ZWQYBCABKAFSCXByZWRpY3RlZBIWCgZhY3R1YWwY\
      BSABKAFSBmFjdHVhbBI0CghpbnRlcnZhbBgGIAEoCzIYLnR3aW4uY29tbW9uLnYxLkludGVydmFsUghpbnRlcnZhbBIaCgdjb3Zl\
      cmVkGAcgASgISABSB2NvdmVyZWQSFAoFbW9kZWwYCCABKAlSBW1vZGVsEhYKBnJlZ2ltZRgJIAEoCVIGcmVnaW1lEj0KDGFwcGxp\
      ZWRfdGltZRgKIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSC2FwcGxpZWRUaW1lQhIKEGNvdmVyZWRfcHJlc2VuY2Ui\
      jAEKFkxpc3RUcmFja1JlY29yZFJlcXVlc3QSIAoLZW52aXJvbm1lbnQYASABKAlSC2Vudmlyb25tZW50EhQKBW1vZGVsGAIgASgJ\
      UgVtb2RlbBIbCglwYWdlX3NpemUYAyABKAVSCHBhZ2VTaXplEh0KCnBhZ2VfdG9rZW4YBCABKAlSCXBhZ2VUb2tlbiLFAQoXTGlz\
      dFRyYWNrUmVjb3JkUmVzcG9uc2USOQoHcmVjb3JkcxgBIAMoCzIfLnR3aW4ucHJlZGljdGlvbi52MS5UcmFja1JlY29yZFIHcmVj\
      b3JkcxImCg9uZXh0X3BhZ2VfdG9rZW4YAiABKAlSDW5leHRQYWdlVG9rZW4SHAoIY292ZXJhZ2UYAyABKAFIAFIIY292ZXJhZ2US\
      FAoFdG90YWwYBCABKARSBXRvdGFsQhMKEWNvdmVyYWdlX3ByZXNlbmNlMqQFChFQcmVkaWN0aW9uU2VydmljZRJpCg1QcmVkaWN0\
      SW1wYWN0EigudHdpbi5wcmVkaWN0aW9uLnYxLlByZWRpY3RJbXBhY3RSZXF1ZXN0GikudHdpbi5wcmVkaWN0aW9uLnYxLlByZWRp\
      Y3RJbXBhY3RSZXNwb25zZSIDkAIBEngKElByZWRpY3RQZXJmb3JtYW5jZRItLnR3aW4ucHJlZGljdGlvbi52MS5QcmVkaWN0UGVy\
      Zm9ybWFuY2VSZXF1ZXN0Gi4udHdpbi5wcmVkaWN0aW9uLnYxLlByZWRpY3RQZXJmb3JtYW5jZVJlc3BvbnNlIgOQAgESbwoPUHJl\
      ZGljdEZhaWx1cmVzEioudHdpbi5wcmVkaWN0aW9uLnYxLlByZWRpY3RGYWlsdXJlc1JlcXVlc3QaKy50d2luLnByZWRpY3Rpb24u\
      djEuUHJlZGljdEZhaWx1cmVzUmVzcG9uc2UiA5ACAhJgCgpMaXN0TW9kZWxzEiUudHdpbi5wcmVkaWN0aW9uLnYxLkxpc3RNb2Rl\
      bHNSZXF1ZXN0GiYudHdpbi5wcmVkaWN0aW9uLnYxLkxpc3RNb2RlbHNSZXNwb25zZSIDkAIBEmYKDFJlY29yZEFjdHVhbBInLnR3\
      aW4ucHJlZGljdGlvbi52MS5SZWNvcmRBY3R1YWxSZXF1ZXN0GigudHdpbi5wcmVkaWN0aW9uLnYxLlJlY29yZEFjdHVhbFJlc3Bv\
      bnNlIgOQAgISbwoPTGlzdFRyYWNrUmVjb3JkEioudHdpbi5wcmVkaWN0aW9uLnYxLkxpc3RUcmFja1JlY29yZFJlcXVlc3QaKy50\
      d2luLnByZWRpY3Rpb24udjEuTGlzdFRyYWNrUmVjb3JkUmVzcG9uc2UiA5ACAWIGcHJvdG8z
      """)

  private static let twinResultsV1Audit = ProtoFile(
    name: "twin/results/v1/audit.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/impact.proto",
    ],
    services: [
      "twin.results.v1.AuditService",
      "twin.results.v1.AlertService",
    ],
    types: [
      "twin.results.v1.AlertStatus",
      "twin.results.v1.AuditEntry",
      "twin.results.v1.RecordAuditRequest",
      "twin.results.v1.RecordAuditResponse",
      "twin.results.v1.ListAuditRequest",
      "twin.results.v1.ListAuditResponse",
      "twin.results.v1.Alert",
      "twin.results.v1.RaiseAlertRequest",
      "twin.results.v1.ListAlertsRequest",
      "twin.results.v1.ListAlertsResponse",
      "twin.results.v1.AcknowledgeAlertRequest",
      "twin.results.v1.ResolveAlertRequest",
      "twin.results.v1.WatchAlertsRequest",
    ],
    base64: """
      Cht0d2luL3Jlc3VsdHMvdjEvYXVkaXQucHJvdG8SD3R3aW4ucmVzdWx0cy52MRocZ29vZ2xlL3Byb3RvYnVmL3N0cnVjdC5wcm90\
      bxofZ29vZ2xlL3Byb3RvYnVmL3RpbWVzdGFtcC5wcm90bxobdHdpbi9jb21tb24vdjEvaW1wYWN0LnByb3RvIqQCCgpBdWRpdEVu\
      dHJ5Eg4KAmlkGAEgASgJUgJpZBIuCgR0aW1lGAIgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIEdGltZRIUCgVhY3Rv\
      chgDIAEoCVIFYWN0b3ISFgoGYWN0aW9uGAQgASgJUgZhY3Rpb24SGgoIcmVzb3VyY2UYBSABKAlSCHJlc291cmNlEiAKC2Vudmly\
      b25tZW50GAYgASgJUgtlbnZpcm9ubWVudBIxCgdkZXRhaWxzGAcgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIHZGV0YWls\
      cxIdCgpyZXF1ZXN0X2lkGAggASgJUglyZXF1ZXN0SWQSGAoHb3V0Y29tZRgJIAEoCVIHb3V0Y29tZSJHChJSZWNvcmRBdWRpdFJl\
      cXVlc3QSMQoFZW50cnkYASABKAsyGy50d2luLnJlc3VsdHMudjEuQXVkaXRFbnRyeVIFZW50cnkiFQoTUmVjb3JkQXVkaXRSZXNw\
      b25zZSKWAgoQTGlzdEF1ZGl0UmVxdWVzdBIbCglwYWdlX3NpemUYASABKAVSCHBhZ2VTaXplEh0KCnBhZ2VfdG9rZW4YAiABKAlS\
      CXBhZ2VUb2tlbhIuCgRmcm9tGAMgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIEZnJvbRIqCgJ0bxgEIAEoCzIaLmdv\
      b2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSAnRvEhQKBWFjdG9yGAUgASgJUgVhY3RvchIWCgZhY3Rpb24YBiABKAlSBmFjdGlvbhIa\
      CghyZXNvdXJjZRgHIAEoCVIIcmVzb3VyY2USIAoLZW52aXJvbm1lbnQYCCABKAlSC2Vudmlyb25tZW50InIKEUxpc3RBdWRpdFJl\
      c3BvbnNlEjUKB2VudHJpZXMYASADKAsyGy50d2luLnJlc3VsdHMudjEuQXVkaXRFbnRyeVIHZW50cmllcxImCg9uZXh0X3BhZ2Vf\
      dG9rZW4YAiABKAlSDW5leHRQYWdlVG9rZW4ipgQKBUFsZXJ0Eg4KAmlkGAEgASgJUgJpZBIQCgNrZXkYAiABKAlSA2tleRI0CgZz\
      dGF0dXMYAyABKA4yHC50d2luLnJlc3VsdHMudjEuQWxlcnRTdGF0dXNSBnN0YXR1cxI0CghzZXZlcml0eRgEIAEoDjIYLnR3aW4u\
      Y29tbW9uLnYxLlNldmVyaXR5UghzZXZlcml0eRISCgRjb2RlGAUgASgJUgRjb2RlEhgKB21lc3NhZ2UYBiABKAlSB21lc3NhZ2US\
      GgoIcmVzb3VyY2UYByABKAlSCHJlc291cmNlEiAKC2Vudmlyb25tZW50GAggASgJUgtlbnZpcm9ubWVudBIxCgdkZXRhaWxzGAkg\
      ASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIHZGV0YWlscxI5CgpmaXJzdF90aW1lGAogASgLMhouZ29vZ2xlLnByb3RvYnVm\
      LlRpbWVzdGFtcFIJZmlyc3RUaW1lEjcKCWxhc3RfdGltZRgLIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCGxhc3RU\
      aW1lEhQKBWNvdW50GAwgASgEUgVjb3VudBInCg9hY2tub3dsZWRnZWRfYnkYDSABKAlSDmFja25vd2xlZGdlZEJ5Ej0KDHJlc29s\
      dmVfdGltZRgOIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSC3Jlc29sdmVUaW1lIqoCChFSYWlzZUFsZXJ0UmVxdWVz\
      dBIQCgNrZXkYASABKAlSA2tleRI0CghzZXZlcml0eRgCIAEoDjIYLnR3aW4uY29tbW9uLnYxLlNldmVyaXR5UghzZXZlcml0eRIS\
      CgRjb2RlGAMgASgJUgRjb2RlEhgKB21lc3NhZ2UYBCABKAlSB21lc3NhZ2USGgoIcmVzb3VyY2UYBSABKAlSCHJlc291cmNlEiAK\
      C2Vudmlyb25tZW50GAYgASgJUgtlbnZpcm9ubWVudBIxCgdkZXRhaWxzGAcgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIH\
      ZGV0YWlscxIuCgR0aW1lGAggASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIEdGltZSLDAQoRTGlzdEFsZXJ0c1JlcXVl\
      c3QSGwoJcGFnZV9zaXplGAEgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAIgASgJUglwYWdlVG9rZW4SNAoGc3RhdHVzGAMg\
      ASgOMhwudHdpbi5yZXN1bHRzLnYxLkFsZXJ0U3RhdHVzUgZzdGF0dXMSGgoIcmVzb3VyY2UYBCABKAlSCHJlc291cmNlEiAKC2Vu\
      dmlyb25tZW50GAUgASgJUgtlbnZpcm9ubWVudCJsChJMaXN0QWxlcnRzUmVzcG9uc2USLgoGYWxlcnRzGAEgAygLMhYudHdpbi5y\
      ZXN1bHRzLnYxLkFsZXJ0UgZhbGVydHMSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJUg1uZXh0UGFnZVRva2VuIlIKF0Fja25vd2xl\
      ZGdlQWxlcnRSZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZBInCg9hY2tub3dsZWRnZWRfYnkYAiABKAlSDmFja25vd2xlZGdlZEJ5IjcK\
      E1Jlc29sdmVBbGVydFJlcXVlc3QSDgoCaWQYASABKAlSAmlkEhAKA2tleRgCIAEoCVIDa2V5IlEKEldhdGNoQWxlcnRzUmVxdWVz\
      dBI7CgxtaW5fc2V2ZXJpdHkYASABKA4yGC50d2luLmNvbW1vbi52MS5TZXZlcml0eVILbWluU2V2ZXJpdHkqfAoLQWxlcnRTdGF0\
      dXMSHAoYQUxFUlRfU1RBVFVTX1VOU1BFQ0lGSUVEEAASFQoRQUxFUlRfU1RBVFVTX09QRU4QARIdChlBTEVSVF9TVEFUVVNfQUNL\
      Tk9XTEVER0VEEAISGQoVQUxFUlRfU1RBVFVTX1JFU09MVkVEEAMyxgEKDEF1ZGl0U2VydmljZRJdCgtSZWNvcmRBdWRpdBIjLnR3\
      aW4ucmVzdWx0cy52MS5SZWNvcmRBdWRpdFJlcXVlc3QaJC50d2luLnJlc3VsdHMudjEuUmVjb3JkQXVkaXRSZXNwb25zZSIDkAIC\
      ElcKCUxpc3RBdWRpdBIhLnR3aW4ucmVzdWx0cy52MS5MaXN0QXVkaXRSZXF1ZXN0GiIudHdpbi5yZXN1bHRzLnYxLkxpc3RBdWRp\
      dFJlc3BvbnNlIgOQAgEytQMKDEFsZXJ0U2VydmljZRJICgpSYWlzZUFsZXJ0EiIudHdpbi5yZXN1bHRzLnYxLlJhaXNlQWxlcnRS\
      ZXF1ZXN0GhYudHdpbi5yZXN1bHRzLnYxLkFsZXJ0EloKCkxpc3RBbGVydHMSIi50d2luLnJlc3VsdHMudjEuTGlzdEFsZXJ0c1Jl\
      cXVlc3QaIy50d2luLnJlc3VsdHMudjEuTGlzdEFsZXJ0c1Jlc3BvbnNlIgOQAgESWQoQQWNrbm93bGVkZ2VBbGVydBIoLnR3aW4u\
      cmVzdWx0cy52MS5BY2tub3dsZWRnZUFsZXJ0UmVxdWVzdBoWLnR3aW4ucmVzdWx0cy52MS5BbGVydCIDkAICElEKDFJlc29sdmVB\
      bGVydBIkLnR3aW4ucmVzdWx0cy52MS5SZXNvbHZlQWxlcnRSZXF1ZXN0GhYudHdpbi5yZXN1bHRzLnYxLkFsZXJ0IgOQAgISUQoL\
      V2F0Y2hBbGVydHMSIy50d2luLnJlc3VsdHMudjEuV2F0Y2hBbGVydHNSZXF1ZXN0GhYudHdpbi5yZXN1bHRzLnYxLkFsZXJ0IgOQ\
      AgEwAWIGcHJvdG8z
      """)

  private static let twinResultsV1Result = ProtoFile(
    name: "twin/results/v1/result.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/outcome.proto",
    ],
    services: [
      "twin.results.v1.ResultService",
    ],
    types: [
      "twin.results.v1.RecordOutcomeRequest",
      "twin.results.v1.RecordOutcomeResponse",
      "twin.results.v1.RecordTraceRequest",
      "twin.results.v1.RecordTraceResponse",
      "twin.results.v1.GetResultRequest",
      "twin.results.v1.ListResultsRequest",
      "twin.results.v1.ListResultsResponse",
      "twin.results.v1.StreamTraceRequest",
      "twin.results.v1.TraceChunk",
      "twin.results.v1.CompareRunsRequest",
      "twin.results.v1.Comparison",
      "twin.results.v1.MetricComparison",
    ],
    base64: """
      Chx0d2luL3Jlc3VsdHMvdjEvcmVzdWx0LnByb3RvEg90d2luLnJlc3VsdHMudjEaHGdvb2dsZS9wcm90b2J1Zi9zdHJ1Y3QucHJv\
      dG8aH2dvb2dsZS9wcm90b2J1Zi90aW1lc3RhbXAucHJvdG8aHHR3aW4vY29tbW9uL3YxL291dGNvbWUucHJvdG8iTAoUUmVjb3Jk\
      T3V0Y29tZVJlcXVlc3QSNAoHb3V0Y29tZRgBIAEoCzIaLnR3aW4uY29tbW9uLnYxLlJ1bk91dGNvbWVSB291dGNvbWUiVAoVUmVj\
      b3JkT3V0Y29tZVJlc3BvbnNlEjsKC2NvbW1pdF90aW1lGAEgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFIKY29tbWl0\
      VGltZSJxChJSZWNvcmRUcmFjZVJlcXVlc3QSFQoGcnVuX2lkGAEgASgJUgVydW5JZBIWCgZvZmZzZXQYAiABKARSBm9mZnNldBIs\
      CgRyb3dzGAMgAygLMhgudHdpbi5jb21tb24udjEuVHJhY2VSb3dSBHJvd3MiMgoTUmVjb3JkVHJhY2VSZXNwb25zZRIbCglyb3df\
      Y291bnQYASABKARSCHJvd0NvdW50IiIKEEdldFJlc3VsdFJlcXVlc3QSDgoCaWQYASABKAlSAmlkIvEBChJMaXN0UmVzdWx0c1Jl\
      cXVlc3QSGwoJcGFnZV9zaXplGAEgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAIgASgJUglwYWdlVG9rZW4SIwoNc2ltdWxh\
      dGlvbl9pZBgDIAEoCVIMc2ltdWxhdGlvbklkEiMKDXNjZW5hcmlvX3R5cGUYBCABKAlSDHNjZW5hcmlvVHlwZRIxCgd2ZXJkaWN0\
      GAUgASgOMhcudHdpbi5jb21tb24udjEuVmVyZGljdFIHdmVyZGljdBIiCg1wYXJlbnRfcnVuX2lkGAYgASgJUgtwYXJlbnRSdW5J\
      ZCJzChNMaXN0UmVzdWx0c1Jlc3BvbnNlEjQKB3Jlc3VsdHMYASADKAsyGi50d2luLmNvbW1vbi52MS5SdW5PdXRjb21lUgdyZXN1\
      bHRzEiYKD25leHRfcGFnZV90b2tlbhgCIAEoCVINbmV4dFBhZ2VUb2tlbiLEAQoSU3RyZWFtVHJhY2VSZXF1ZXN0Eg4KAmlkGAEg\
      ASgJUgJpZBIUCgVhY3RvchgCIAEoCVIFYWN0b3ISFwoGZnJvbV9zGAMgASgBSABSBWZyb21TEhMKBHRvX3MYBCABKAFIAVIDdG9T\
      Eh8KCmludGVydmFsX3MYBSABKAFIAlIJaW50ZXJ2YWxTQhEKD2Zyb21fc19wcmVzZW5jZUIPCg10b19zX3ByZXNlbmNlQhUKE2lu\
      dGVydmFsX3NfcHJlc2VuY2UiUQoKVHJhY2VDaHVuaxIVCgZydW5faWQYASABKAlSBXJ1bklkEiwKBHJvd3MYAiADKAsyGC50d2lu\
      LmNvbW1vbi52MS5UcmFjZVJvd1IEcm93cyJIChJDb21wYXJlUnVuc1JlcXVlc3QSFwoHYmFzZV9pZBgBIAEoCVIGYmFzZUlkEhkK\
      CG90aGVyX2lkGAIgASgJUgdvdGhlcklkIukCCgpDb21wYXJpc29uEh4KC2Jhc2VfcnVuX2lkGAEgASgJUgliYXNlUnVuSWQSIAoM\
      b3RoZXJfcnVuX2lkGAIgASgJUgpvdGhlclJ1bklkEjoKDGJhc2VfdmVyZGljdBgDIAEoDjIXLnR3aW4uY29tbW9uLnYxLlZlcmRp\
      Y3RSC2Jhc2VWZXJkaWN0EjwKDW90aGVyX3ZlcmRpY3QYBCABKA4yFy50d2luLmNvbW1vbi52MS5WZXJkaWN0UgxvdGhlclZlcmRp\
      Y3QSOwoHbWV0cmljcxgFIAMoCzIhLnR3aW4ucmVzdWx0cy52MS5NZXRyaWNDb21wYXJpc29uUgdtZXRyaWNzEhwKCWlkZW50aWNh\
      bBgGIAEoCFIJaWRlbnRpY2FsEkQKEXBhcmFtZXRlcl9jaGFuZ2VzGAcgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIQcGFy\
      YW1ldGVyQ2hhbmdlcyLYAQoQTWV0cmljQ29tcGFyaXNvbhIWCgZtZXRyaWMYASABKAlSBm1ldHJpYxIUCgRiYXNlGAIgASgBSABS\
      BGJhc2USFgoFb3RoZXIYAyABKAFIAVIFb3RoZXISFgoFZGVsdGEYBCABKAFIAlIFZGVsdGESHAoIcmVsYXRpdmUYBSABKAFIA1II\
      cmVsYXRpdmVCDwoNYmFzZV9wcmVzZW5jZUIQCg5vdGhlcl9wcmVzZW5jZUIQCg5kZWx0YV9wcmVzZW5jZUITChFyZWxhdGl2ZV9w\
      cmVzZW5jZTKzBAoNUmVzdWx0U2VydmljZRJjCg1SZWNvcmRPdXRjb21lEiUudHdpbi5yZXN1bHRzLnYxLlJlY29yZE91dGNvbWVS\
      ZXF1ZXN0GiYudHdpbi5yZXN1bHRzLnYxLlJlY29yZE91dGNvbWVSZXNwb25zZSIDkAICEl8KC1JlY29yZFRyYWNlEiMudHdpbi5y\
      ZXN1bHRzLnYxLlJlY29yZFRyYWNlUmVxdWVzdBokLnR3aW4ucmVzdWx0cy52MS5SZWNvcmRUcmFjZVJlc3BvbnNlIgOQAgIoARJP\
      CglHZXRSZXN1bHQSIS50d2luLnJlc3VsdHMudjEuR2V0UmVzdWx0UmVxdWVzdBoaLnR3aW4uY29tbW9uLnYxLlJ1bk91dGNvbWUi\
      A5ACARJdCgtMaXN0UmVzdWx0cxIjLnR3aW4ucmVzdWx0cy52MS5MaXN0UmVzdWx0c1JlcXVlc3QaJC50d2luLnJlc3VsdHMudjEu\
      TGlzdFJlc3VsdHNSZXNwb25zZSIDkAIBElYKC1N0cmVhbVRyYWNlEiMudHdpbi5yZXN1bHRzLnYxLlN0cmVhbVRyYWNlUmVxdWVz\
      dBobLnR3aW4ucmVzdWx0cy52MS5UcmFjZUNodW5rIgOQAgEwARJUCgtDb21wYXJlUnVucxIjLnR3aW4ucmVzdWx0cy52MS5Db21w\
      YXJlUnVuc1JlcXVlc3QaGy50d2luLnJlc3VsdHMudjEuQ29tcGFyaXNvbiIDkAIBYgZwcm90bzM=
      """)

  private static let twinResultsV1Suite = ProtoFile(
    name: "twin/results/v1/suite.proto",
    dependencies: [
      "google/protobuf/timestamp.proto",
      "twin/common/v1/outcome.proto",
    ],
    services: [
      "twin.results.v1.SuiteResultService",
      "twin.results.v1.DatasetService",
    ],
    types: [
      "twin.results.v1.SuiteRun",
      "twin.results.v1.SuiteRun.CoverageEntry",
      "twin.results.v1.SuiteCaseResult",
      "twin.results.v1.RecordSuiteRunRequest",
      "twin.results.v1.RecordSuiteRunResponse",
      "twin.results.v1.GetSuiteRunRequest",
      "twin.results.v1.ListSuiteRunsRequest",
      "twin.results.v1.ListSuiteRunsResponse",
      "twin.results.v1.SetBaselineRequest",
      "twin.results.v1.SetBaselineResponse",
      "twin.results.v1.Dataset",
      "twin.results.v1.Dataset.ModelVersionsEntry",
      "twin.results.v1.DatasetFile",
      "twin.results.v1.RecordDatasetRequest",
      "twin.results.v1.RecordDatasetResponse",
      "twin.results.v1.WriteDatasetFileRequest",
      "twin.results.v1.WriteDatasetFileResponse",
      "twin.results.v1.GetDatasetRequest",
      "twin.results.v1.ListDatasetsRequest",
      "twin.results.v1.ListDatasetsResponse",
      "twin.results.v1.ReadDatasetFileRequest",
      "twin.results.v1.ReadDatasetFileResponse",
      "twin.results.v1.DeleteDatasetRequest",
      "twin.results.v1.DeleteDatasetResponse",
    ],
    base64: """
      Cht0d2luL3Jlc3VsdHMvdjEvc3VpdGUucHJvdG8SD3R3aW4ucmVzdWx0cy52MRofZ29vZ2xlL3Byb3RvYnVmL3RpbWVzdGFtcC5w\
      cm90bxocdHdpbi9jb21tb24vdjEvb3V0Y29tZS5wcm90byLLBAoIU3VpdGVSdW4SDgoCaWQYASABKAlSAmlkEhIKBG5hbWUYAiAB\
      KAlSBG5hbWUSMQoGc3RhdHVzGAMgASgOMhkudHdpbi5jb21tb24udjEuSm9iU3RhdHVzUgZzdGF0dXMSMQoHdmVyZGljdBgEIAEo\
      DjIXLnR3aW4uY29tbW9uLnYxLlZlcmRpY3RSB3ZlcmRpY3QSNgoFY2FzZXMYBSADKAsyIC50d2luLnJlc3VsdHMudjEuU3VpdGVD\
      YXNlUmVzdWx0UgVjYXNlcxIWCgZwYXNzZWQYBiABKA1SBnBhc3NlZBIWCgZmYWlsZWQYByABKA1SBmZhaWxlZBIWCgZlcnJvcnMY\
      CCABKA1SBmVycm9ycxIgCgtyZWdyZXNzaW9ucxgJIAEoDVILcmVncmVzc2lvbnMSHwoLYmFzZWxpbmVfaWQYCiABKAlSCmJhc2Vs\
      aW5lSWQSOQoKc3RhcnRfdGltZRgLIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCXN0YXJ0VGltZRI1CghlbmRfdGlt\
      ZRgMIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSB2VuZFRpbWUSQwoIY292ZXJhZ2UYDSADKAsyJy50d2luLnJlc3Vs\
      dHMudjEuU3VpdGVSdW4uQ292ZXJhZ2VFbnRyeVIIY292ZXJhZ2UaOwoNQ292ZXJhZ2VFbnRyeRIQCgNrZXkYASABKAlSA2tleRIU\
      CgV2YWx1ZRgCIAEoAVIFdmFsdWU6AjgBIpMCCg9TdWl0ZUNhc2VSZXN1bHQSEgoEbmFtZRgBIAEoCVIEbmFtZRISCgR0eXBlGAIg\
      ASgJUgR0eXBlEjEKB3ZlcmRpY3QYAyABKA4yFy50d2luLmNvbW1vbi52MS5WZXJkaWN0Ugd2ZXJkaWN0EhUKBnJ1bl9pZBgEIAEo\
      CVIFcnVuSWQSHQoKZHVyYXRpb25fcxgFIAEoAVIJZHVyYXRpb25TEjUKCGNyaXRlcmlhGAYgAygLMhkudHdpbi5jb21tb24udjEu\
      Q3JpdGVyaW9uUghjcml0ZXJpYRIeCgpyZWdyZXNzaW9uGAcgASgIUgpyZWdyZXNzaW9uEhgKB21lc3NhZ2UYCCABKAlSB21lc3Nh\
      Z2UiTwoVUmVjb3JkU3VpdGVSdW5SZXF1ZXN0EjYKCXN1aXRlX3J1bhgBIAEoCzIZLnR3aW4ucmVzdWx0cy52MS5TdWl0ZVJ1blII\
      c3VpdGVSdW4iGAoWUmVjb3JkU3VpdGVSdW5SZXNwb25zZSIkChJHZXRTdWl0ZVJ1blJlcXVlc3QSDgoCaWQYASABKAlSAmlkImYK\
      FExpc3RTdWl0ZVJ1bnNSZXF1ZXN0EhsKCXBhZ2Vfc2l6ZRgBIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgCIAEoCVIJcGFn\
      ZVRva2VuEhIKBG5hbWUYAyABKAlSBG5hbWUieQoVTGlzdFN1aXRlUnVuc1Jlc3BvbnNlEjgKCnN1aXRlX3J1bnMYASADKAsyGS50\
      d2luLnJlc3VsdHMudjEuU3VpdGVSdW5SCXN1aXRlUnVucxImCg9uZXh0X3BhZ2VfdG9rZW4YAiABKAlSDW5leHRQYWdlVG9rZW4i\
      JAoSU2V0QmFzZWxpbmVSZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZCJKChNTZXRCYXNlbGluZVJlc3BvbnNlEhIKBG5hbWUYASABKAlS\
      BG5hbWUSHwoLYmFzZWxpbmVfaWQYAiABKAlSCmJhc2VsaW5lSWQilQQKB0RhdGFzZXQSDgoCaWQYASABKAlSAmlkEhIKBG5hbWUY\
      AiABKAlSBG5hbWUSMQoGc3RhdHVzGAMgASgOMhkudHdpbi5jb21tb24udjEuSm9iU3RhdHVzUgZzdGF0dXMSGgoIcHJvZ3Jlc3MY\
      BCABKAFSCHByb2dyZXNzEhIKBHNlZWQYBSABKARSBHNlZWQSMgoFZmlsZXMYBiADKAsyHC50d2luLnJlc3VsdHMudjEuRGF0YXNl\
      dEZpbGVSBWZpbGVzEh8KC3RyYWluX2NvdW50GAcgASgEUgp0cmFpbkNvdW50Eh0KCnRlc3RfY291bnQYCCABKARSCXRlc3RDb3Vu\
      dBISCgRjYXJkGAkgASgJUgRjYXJkEhYKBWVycm9yGAogASgJSABSBWVycm9yEjsKC2NyZWF0ZV90aW1lGAsgASgLMhouZ29vZ2xl\
      LnByb3RvYnVmLlRpbWVzdGFtcFIKY3JlYXRlVGltZRJSCg5tb2RlbF92ZXJzaW9ucxgMIAMoCzIrLnR3aW4ucmVzdWx0cy52MS5E\
      YXRhc2V0Lk1vZGVsVmVyc2lvbnNFbnRyeVINbW9kZWxWZXJzaW9ucxpAChJNb2RlbFZlcnNpb25zRW50cnkSEAoDa2V5GAEgASgJ\
      UgNrZXkSFAoFdmFsdWUYAiABKAlSBXZhbHVlOgI4AUIQCg5lcnJvcl9wcmVzZW5jZSKEAQoLRGF0YXNldEZpbGUSEgoEbmFtZRgB\
      IAEoCVIEbmFtZRIWCgZmb3JtYXQYAiABKAlSBmZvcm1hdBIdCgpzaXplX2J5dGVzGAMgASgEUglzaXplQnl0ZXMSFgoGc2hhMjU2\
      GAQgASgJUgZzaGEyNTYSEgoEcm93cxgFIAEoBFIEcm93cyJKChRSZWNvcmREYXRhc2V0UmVxdWVzdBIyCgdkYXRhc2V0GAEgASgL\
      MhgudHdpbi5yZXN1bHRzLnYxLkRhdGFzZXRSB2RhdGFzZXQiFwoVUmVjb3JkRGF0YXNldFJlc3BvbnNlInoKF1dyaXRlRGF0YXNl\
      dEZpbGVSZXF1ZXN0Eh0KCmRhdGFzZXRfaWQYASABKAlSCWRhdGFzZXRJZBISCgRuYW1lGAIgASgJUgRuYW1lEhYKBm9mZnNldBgD\
      IAEoBFIGb2Zmc2V0EhQKBWNodW5rGAQgASgMUgVjaHVuayI5ChhXcml0ZURhdGFzZXRGaWxlUmVzcG9uc2USHQoKc2l6ZV9ieXRl\
      cxgBIAEoBFIJc2l6ZUJ5dGVzIiMKEUdldERhdGFzZXRSZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZCJRChNMaXN0RGF0YXNldHNSZXF1\
      ZXN0EhsKCXBhZ2Vfc2l6ZRgBIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgCIAEoCVIJcGFnZVRva2VuInQKFExpc3REYXRh\
      c2V0c1Jlc3BvbnNlEjQKCGRhdGFzZXRzGAEgAygLMhgudHdpbi5yZXN1bHRzLnYxLkRhdGFzZXRSCGRhdGFzZXRzEiYKD25leHRf\
      cGFnZV90b2tlbhgCIAEoCVINbmV4dFBhZ2VUb2tlbiJjChZSZWFkRGF0YXNldEZpbGVSZXF1ZXN0Eh0KCmRhdGFzZXRfaWQYASAB\
      KAlSCWRhdGFzZXRJZBISCgRuYW1lGAIgASgJUgRuYW1lEhYKBm9mZnNldBgDIAEoBFIGb2Zmc2V0Ii8KF1JlYWREYXRhc2V0Rmls\
      ZVJlc3BvbnNlEhQKBWNodW5rGAEgASgMUgVjaHVuayImChREZWxldGVEYXRhc2V0UmVxdWVzdBIOCgJpZBgBIAEoCVICaWQiFwoV\
      RGVsZXRlRGF0YXNldFJlc3BvbnNlMpQDChJTdWl0ZVJlc3VsdFNlcnZpY2USZgoOUmVjb3JkU3VpdGVSdW4SJi50d2luLnJlc3Vs\
      dHMudjEuUmVjb3JkU3VpdGVSdW5SZXF1ZXN0GicudHdpbi5yZXN1bHRzLnYxLlJlY29yZFN1aXRlUnVuUmVzcG9uc2UiA5ACAhJS\
      CgtHZXRTdWl0ZVJ1bhIjLnR3aW4ucmVzdWx0cy52MS5HZXRTdWl0ZVJ1blJlcXVlc3QaGS50d2luLnJlc3VsdHMudjEuU3VpdGVS\
      dW4iA5ACARJjCg1MaXN0U3VpdGVSdW5zEiUudHdpbi5yZXN1bHRzLnYxLkxpc3RTdWl0ZVJ1bnNSZXF1ZXN0GiYudHdpbi5yZXN1\
      bHRzLnYxLkxpc3RTdWl0ZVJ1bnNSZXNwb25zZSIDkAIBEl0KC1NldEJhc2VsaW5lEiMudHdpbi5yZXN1bHRzLnYxLlNldEJhc2Vs\
      aW5lUmVxdWVzdBokLnR3aW4ucmVzdWx0cy52MS5TZXRCYXNlbGluZVJlc3BvbnNlIgOQAgIy6gQKDkRhdGFzZXRTZXJ2aWNlEmMK\
      DVJlY29yZERhdGFzZXQSJS50d2luLnJlc3VsdHMudjEuUmVjb3JkRGF0YXNldFJlcXVlc3QaJi50d2luLnJlc3VsdHMudjEuUmVj\
      b3JkRGF0YXNldFJlc3BvbnNlIgOQAgISbgoQV3JpdGVEYXRhc2V0RmlsZRIoLnR3aW4ucmVzdWx0cy52MS5Xcml0ZURhdGFzZXRG\
      aWxlUmVxdWVzdBopLnR3aW4ucmVzdWx0cy52MS5Xcml0ZURhdGFzZXRGaWxlUmVzcG9uc2UiA5ACAigBEk8KCkdldERhdGFzZXQS\
      Ii50d2luLnJlc3VsdHMudjEuR2V0RGF0YXNldFJlcXVlc3QaGC50d2luLnJlc3VsdHMudjEuRGF0YXNldCIDkAIBEmAKDExpc3RE\
      YXRhc2V0cxIkLnR3aW4ucmVzdWx0cy52MS5MaXN0RGF0YXNldHNSZXF1ZXN0GiUudHdpbi5yZXN1bHRzLnYxLkxpc3REYXRhc2V0\
      c1Jlc3BvbnNlIgOQAgESawoPUmVhZERhdGFzZXRGaWxlEicudHdpbi5yZXN1bHRzLnYxLlJlYWREYXRhc2V0RmlsZVJlcXVlc3Qa\
      KC50d2luLnJlc3VsdHMudjEuUmVhZERhdGFzZXRGaWxlUmVzcG9uc2UiA5ACATABEmMKDURlbGV0ZURhdGFzZXQSJS50d2luLnJl\
      c3VsdHMudjEuRGVsZXRlRGF0YXNldFJlcXVlc3QaJi50d2luLnJlc3VsdHMudjEuRGVsZXRlRGF0YXNldFJlc3BvbnNlIgOQAgJi\
      BnByb3RvMw==
      """)

  private static let twinScenarioV1Change = ProtoFile(
    name: "twin/scenario/v1/change.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/change.proto",
      "twin/common/v1/impact.proto",
      "twin/common/v1/outcome.proto",
    ],
    services: [
      "twin.scenario.v1.ChangeSimulationService",
    ],
    types: [
      "twin.scenario.v1.ChangeSimulation",
      "twin.scenario.v1.ChangeOutcome",
      "twin.scenario.v1.ChangeOutcome.ModelVersionsEntry",
      "twin.scenario.v1.ChangeSample",
      "twin.scenario.v1.ChangeSample.MetricsEntry",
      "twin.scenario.v1.CreateChangeSimulationRequest",
      "twin.scenario.v1.RunChangeSimulationRequest",
      "twin.scenario.v1.GetChangeSimulationRequest",
      "twin.scenario.v1.ListChangeSimulationsRequest",
      "twin.scenario.v1.ListChangeSimulationsResponse",
      "twin.scenario.v1.DeleteChangeSimulationRequest",
      "twin.scenario.v1.DeleteChangeSimulationResponse",
      "twin.scenario.v1.AttachImpactRequest",
    ],
    base64: """
      Ch10d2luL3NjZW5hcmlvL3YxL2NoYW5nZS5wcm90bxIQdHdpbi5zY2VuYXJpby52MRocZ29vZ2xlL3Byb3RvYnVmL3N0cnVjdC5w\
      cm90bxofZ29vZ2xlL3Byb3RvYnVmL3RpbWVzdGFtcC5wcm90bxobdHdpbi9jb21tb24vdjEvY2hhbmdlLnByb3RvGht0d2luL2Nv\
      bW1vbi92MS9pbXBhY3QucHJvdG8aHHR3aW4vY29tbW9uL3YxL291dGNvbWUucHJvdG8i0AQKEENoYW5nZVNpbXVsYXRpb24SDgoC\
      aWQYASABKAlSAmlkEjEKBnN0YXR1cxgCIAEoDjIZLnR3aW4uY29tbW9uLnYxLkpvYlN0YXR1c1IGc3RhdHVzEkQKDmNoYW5nZV9y\
      ZXF1ZXN0GAMgASgLMh0udHdpbi5jb21tb24udjEuQ2hhbmdlUmVxdWVzdFINY2hhbmdlUmVxdWVzdBIaCghwcm9ncmVzcxgEIAEo\
      AVIIcHJvZ3Jlc3MSOQoHb3V0Y29tZRgFIAEoCzIfLnR3aW4uc2NlbmFyaW8udjEuQ2hhbmdlT3V0Y29tZVIHb3V0Y29tZRJKChBw\
      cmVkaWN0ZWRfaW1wYWN0GAYgASgLMh8udHdpbi5jb21tb24udjEuUHJlZGljdGVkSW1wYWN0Ug9wcmVkaWN0ZWRJbXBhY3QSFgoF\
      ZXJyb3IYByABKAlIAFIFZXJyb3ISOwoLY3JlYXRlX3RpbWUYCCABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgpjcmVh\
      dGVUaW1lEjkKCnN0YXJ0X3RpbWUYCSABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUglzdGFydFRpbWUSNQoIZW5kX3Rp\
      bWUYCiABKAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgdlbmRUaW1lEiAKCmNvbmZpZGVuY2UYCyABKAFIAVIKY29uZmlk\
      ZW5jZUIQCg5lcnJvcl9wcmVzZW5jZUIVChNjb25maWRlbmNlX3ByZXNlbmNlIvgGCg1DaGFuZ2VPdXRjb21lEi0KBmlzc3VlcxgB\
      IAMoCzIVLnR3aW4uY29tbW9uLnYxLklzc3VlUgZpc3N1ZXMSLwoGYmVmb3JlGAIgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVj\
      dFIGYmVmb3JlEi0KBWFmdGVyGAMgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIFYWZ0ZXISLgoEY29zdBgEIAEoCzIaLnR3\
      aW4uY29tbW9uLnYxLkNvc3RJbXBhY3RSBGNvc3QSGAoHcmVnaW1lcxgFIAMoCVIHcmVnaW1lcxIaCgh1bmtub3ducxgGIAMoCVII\
      dW5rbm93bnMSIQoMdGFyZ2V0X2tub3duGAcgASgIUgt0YXJnZXRLbm93bhIUCgVzdGFsZRgIIAEoCFIFc3RhbGUSWQoObW9kZWxf\
      dmVyc2lvbnMYCSADKAsyMi50d2luLnNjZW5hcmlvLnYxLkNoYW5nZU91dGNvbWUuTW9kZWxWZXJzaW9uc0VudHJ5Ug1tb2RlbFZl\
      cnNpb25zEjYKBnNlcmllcxgLIAMoCzIeLnR3aW4uc2NlbmFyaW8udjEuQ2hhbmdlU2FtcGxlUgZzZXJpZXMSHQoKc3RhdGVfaGFz\
      aBgMIAEoCVIJc3RhdGVIYXNoEhIKBHNlZWQYDSABKARSBHNlZWQSHwoLc2ltdWxhdGVkX3MYDiABKAFSCnNpbXVsYXRlZFMSKAoQ\
      cmVhbF90aW1lX2ZhY3RvchgPIAEoAVIOcmVhbFRpbWVGYWN0b3ISJQoOZW52aXJvbm1lbnRfaWQYECABKAlSDWVudmlyb25tZW50\
      SWQSSgoQZW52aXJvbm1lbnRfa2luZBgRIAEoDjIfLnR3aW4uY29tbW9uLnYxLkVudmlyb25tZW50S2luZFIPZW52aXJvbm1lbnRL\
      aW5kEjcKCXN5bmNfdGltZRgSIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCHN5bmNUaW1lEjQKBWhvdXJzGBMgASgL\
      Mh4udHdpbi5jb21tb24udjEuU2ltdWxhdGVkSG91cnNSBWhvdXJzGkAKEk1vZGVsVmVyc2lvbnNFbnRyeRIQCgNrZXkYASABKAlS\
      A2tleRIUCgV2YWx1ZRgCIAEoCVIFdmFsdWU6AjgBSgQIChALIqIBCgxDaGFuZ2VTYW1wbGUSDwoDdF9zGAEgASgBUgJ0UxJFCgdt\
      ZXRyaWNzGAIgAygLMisudHdpbi5zY2VuYXJpby52MS5DaGFuZ2VTYW1wbGUuTWV0cmljc0VudHJ5UgdtZXRyaWNzGjoKDE1ldHJp\
      Y3NFbnRyeRIQCgNrZXkYASABKAlSA2tleRIUCgV2YWx1ZRgCIAEoAVIFdmFsdWU6AjgBIoQBCh1DcmVhdGVDaGFuZ2VTaW11bGF0\
      aW9uUmVxdWVzdBJECg5jaGFuZ2VfcmVxdWVzdBgBIAEoCzIdLnR3aW4uY29tbW9uLnYxLkNoYW5nZVJlcXVlc3RSDWNoYW5nZVJl\
      cXVlc3QSHQoKcmVxdWVzdF9pZBgCIAEoCVIJcmVxdWVzdElkIswBChpSdW5DaGFuZ2VTaW11bGF0aW9uUmVxdWVzdBIOCgJpZBgB\
      IAEoCVICaWQSHQoKcmVxdWVzdF9pZBgCIAEoCVIJcmVxdWVzdElkEicKDmR1cmF0aW9uX2hvdXJzGAMgASgBSABSDWR1cmF0aW9u\
      SG91cnMSIgoMdGltZV9saW1pdF9zGAQgASgBSAFSCnRpbWVMaW1pdFNCGQoXZHVyYXRpb25faG91cnNfcHJlc2VuY2VCFwoVdGlt\
      ZV9saW1pdF9zX3ByZXNlbmNlIiwKGkdldENoYW5nZVNpbXVsYXRpb25SZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZCKvAQocTGlzdENo\
      YW5nZVNpbXVsYXRpb25zUmVxdWVzdBIbCglwYWdlX3NpemUYASABKAVSCHBhZ2VTaXplEh0KCnBhZ2VfdG9rZW4YAiABKAlSCXBh\
      Z2VUb2tlbhIgCgtlbnZpcm9ubWVudBgDIAEoCVILZW52aXJvbm1lbnQSMQoGc3RhdHVzGAQgASgOMhkudHdpbi5jb21tb24udjEu\
      Sm9iU3RhdHVzUgZzdGF0dXMijQEKHUxpc3RDaGFuZ2VTaW11bGF0aW9uc1Jlc3BvbnNlEkQKC3NpbXVsYXRpb25zGAEgAygLMiIu\
      dHdpbi5zY2VuYXJpby52MS5DaGFuZ2VTaW11bGF0aW9uUgtzaW11bGF0aW9ucxImCg9uZXh0X3BhZ2VfdG9rZW4YAiABKAlSDW5l\
      eHRQYWdlVG9rZW4iLwodRGVsZXRlQ2hhbmdlU2ltdWxhdGlvblJlcXVlc3QSDgoCaWQYASABKAlSAmlkIiAKHkRlbGV0ZUNoYW5n\
      ZVNpbXVsYXRpb25SZXNwb25zZSKqAQoTQXR0YWNoSW1wYWN0UmVxdWVzdBIOCgJpZBgBIAEoCVICaWQSSgoQcHJlZGljdGVkX2lt\
      cGFjdBgCIAEoCzIfLnR3aW4uY29tbW9uLnYxLlByZWRpY3RlZEltcGFjdFIPcHJlZGljdGVkSW1wYWN0EiAKCmNvbmZpZGVuY2UY\
      AyABKAFIAFIKY29uZmlkZW5jZUIVChNjb25maWRlbmNlX3ByZXNlbmNlMssFChdDaGFuZ2VTaW11bGF0aW9uU2VydmljZRJyChZD\
      cmVhdGVDaGFuZ2VTaW11bGF0aW9uEi8udHdpbi5zY2VuYXJpby52MS5DcmVhdGVDaGFuZ2VTaW11bGF0aW9uUmVxdWVzdBoiLnR3\
      aW4uc2NlbmFyaW8udjEuQ2hhbmdlU2ltdWxhdGlvbiIDkAICEmwKE1J1bkNoYW5nZVNpbXVsYXRpb24SLC50d2luLnNjZW5hcmlv\
      LnYxLlJ1bkNoYW5nZVNpbXVsYXRpb25SZXF1ZXN0GiIudHdpbi5zY2VuYXJpby52MS5DaGFuZ2VTaW11bGF0aW9uIgOQAgISbAoT\
      R2V0Q2hhbmdlU2ltdWxhdGlvbhIsLnR3aW4uc2NlbmFyaW8udjEuR2V0Q2hhbmdlU2ltdWxhdGlvblJlcXVlc3QaIi50d2luLnNj\
      ZW5hcmlvLnYxLkNoYW5nZVNpbXVsYXRpb24iA5ACARJ9ChVMaXN0Q2hhbmdlU2ltdWxhdGlvbnMSLi50d2luLnNjZW5hcmlvLnYx\
      Lkxpc3RDaGFuZ2VTaW11bGF0aW9uc1JlcXVlc3QaLy50d2luLnNjZW5hcmlvLnYxLkxpc3RDaGFuZ2VTaW11bGF0aW9uc1Jlc3Bv\
      bnNlIgOQAgESgAEKFkRlbGV0ZUNoYW5nZVNpbXVsYXRpb24SLy50d2luLnNjZW5hcmlvLnYxLkRlbGV0ZUNoYW5nZVNpbXVsYXRp\
      b25SZXF1ZXN0GjAudHdpbi5zY2VuYXJpby52MS5EZWxldGVDaGFuZ2VTaW11bGF0aW9uUmVzcG9uc2UiA5ACAhJeCgxBdHRhY2hJ\
      bXBhY3QSJS50d2luLnNjZW5hcmlvLnYxLkF0dGFjaEltcGFjdFJlcXVlc3QaIi50d2luLnNjZW5hcmlvLnYxLkNoYW5nZVNpbXVs\
      YXRpb24iA5ACAmIGcHJvdG8z
      """)

  private static let twinScenarioV1Ego = ProtoFile(
    name: "twin/scenario/v1/ego.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "twin/common/v1/outcome.proto",
    ],
    services: [
      "twin.scenario.v1.EgoService",
    ],
    types: [
      "twin.scenario.v1.DriveEgoRequest",
      "twin.scenario.v1.EgoAttach",
      "twin.scenario.v1.EgoControl",
      "twin.scenario.v1.DriveEgoResponse",
      "twin.scenario.v1.EgoAttached",
      "twin.scenario.v1.EgoObservation",
      "twin.scenario.v1.ObservedActor",
      "twin.scenario.v1.LanePoint",
      "twin.scenario.v1.ObservedSignal",
      "twin.scenario.v1.EgoEnd",
    ],
    base64: """
      Chp0d2luL3NjZW5hcmlvL3YxL2Vnby5wcm90bxIQdHdpbi5zY2VuYXJpby52MRocZ29vZ2xlL3Byb3RvYnVmL3N0cnVjdC5wcm90\
      bxocdHdpbi9jb21tb24vdjEvb3V0Y29tZS5wcm90byKNAQoPRHJpdmVFZ29SZXF1ZXN0EjUKBmF0dGFjaBgBIAEoCzIbLnR3aW4u\
      c2NlbmFyaW8udjEuRWdvQXR0YWNoSABSBmF0dGFjaBI4Cgdjb250cm9sGAIgASgLMhwudHdpbi5zY2VuYXJpby52MS5FZ29Db250\
      cm9sSABSB2NvbnRyb2xCCQoHY29udGVudCKaAQoJRWdvQXR0YWNoEiMKDXNpbXVsYXRpb25faWQYASABKAlSDHNpbXVsYXRpb25J\
      ZBIcCglhbGdvcml0aG0YAiABKAlSCWFsZ29yaXRobRIsChFjb250cm9sX3RpbWVvdXRfcxgDIAEoAUgAUg9jb250cm9sVGltZW91\
      dFNCHAoaY29udHJvbF90aW1lb3V0X3NfcHJlc2VuY2UixAEKCkVnb0NvbnRyb2wSEgoEc3RlcBgBIAEoBFIEc3RlcBIrChFhY2Nl\
      bGVyYXRpb25fbXBzMhgCIAEoAVIQYWNjZWxlcmF0aW9uTXBzMhIjCgxzdGVlcmluZ19yYWQYAyABKAFIAFILc3RlZXJpbmdSYWQS\
      LAoRc3RlZXJpbmdfcmF0ZV9ycHMYBCABKAFIAFIPc3RlZXJpbmdSYXRlUnBzEhYKBmV2ZW50cxgFIAMoCVIGZXZlbnRzQgoKCHN0\
      ZWVyaW5nIs4BChBEcml2ZUVnb1Jlc3BvbnNlEjsKCGF0dGFjaGVkGAEgASgLMh0udHdpbi5zY2VuYXJpby52MS5FZ29BdHRhY2hl\
      ZEgAUghhdHRhY2hlZBJECgtvYnNlcnZhdGlvbhgCIAEoCzIgLnR3aW4uc2NlbmFyaW8udjEuRWdvT2JzZXJ2YXRpb25IAFILb2Jz\
      ZXJ2YXRpb24SLAoDZW5kGAMgASgLMhgudHdpbi5zY2VuYXJpby52MS5FZ29FbmRIAFIDZW5kQgkKB2NvbnRlbnQi4QEKC0Vnb0F0\
      dGFjaGVkEhUKBnJ1bl9pZBgBIAEoCVIFcnVuSWQSIwoNc2NlbmFyaW9fdHlwZRgCIAEoCVIMc2NlbmFyaW9UeXBlEhUKBnN0ZXBf\
      cxgDIAEoAVIFc3RlcFMSNwoKcGFyYW1ldGVycxgEIAEoCzIXLmdvb2dsZS5wcm90b2J1Zi5TdHJ1Y3RSCnBhcmFtZXRlcnMSRgoS\
      dmVoaWNsZV9wYXJhbWV0ZXJzGAUgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIRdmVoaWNsZVBhcmFtZXRlcnMi2gIKDkVn\
      b09ic2VydmF0aW9uEhIKBHN0ZXAYASABKARSBHN0ZXASDwoDdF9zGAIgASgBUgJ0UxIqCgNlZ28YAyABKAsyGC50d2luLmNvbW1v\
      bi52MS5UcmFjZVJvd1IDZWdvEjcKBmFjdG9ycxgEIAMoCzIfLnR3aW4uc2NlbmFyaW8udjEuT2JzZXJ2ZWRBY3RvclIGYWN0b3Jz\
      EjwKC2xhbmVfY2VudHJlGAUgAygLMhsudHdpbi5zY2VuYXJpby52MS5MYW5lUG9pbnRSCmxhbmVDZW50cmUSKAoPc3BlZWRfbGlt\
      aXRfbXBzGAYgASgBSABSDXNwZWVkTGltaXRNcHMSOgoHc2lnbmFscxgHIAMoCzIgLnR3aW4uc2NlbmFyaW8udjEuT2JzZXJ2ZWRT\
      aWduYWxSB3NpZ25hbHNCGgoYc3BlZWRfbGltaXRfbXBzX3ByZXNlbmNlIucBCg1PYnNlcnZlZEFjdG9yEg4KAmlkGAEgASgJUgJp\
      ZBIaCghjYXRlZ29yeRgCIAEoCVIIY2F0ZWdvcnkSDwoDeF9tGAMgASgBUgJ4TRIPCgN5X20YBCABKAFSAnlNEh8KC2hlYWRpbmdf\
      cmFkGAUgASgBUgpoZWFkaW5nUmFkEhsKCXNwZWVkX21wcxgGIAEoAVIIc3BlZWRNcHMSGQoIbGVuZ3RoX20YByABKAFSB2xlbmd0\
      aE0SFwoHd2lkdGhfbRgIIAEoAVIGd2lkdGhNEhYKBnNlbnNvchgJIAEoCVIGc2Vuc29yImcKCUxhbmVQb2ludBIPCgN4X20YASAB\
      KAFSAnhNEg8KA3lfbRgCIAEoAVICeU0SHwoLaGVhZGluZ19yYWQYAyABKAFSCmhlYWRpbmdSYWQSFwoHd2lkdGhfbRgEIAEoAVIG\
      d2lkdGhNIlUKDk9ic2VydmVkU2lnbmFsEg4KAmlkGAEgASgJUgJpZBIUCgVzdGF0ZRgCIAEoCVIFc3RhdGUSHQoKZGlzdGFuY2Vf\
      bRgDIAEoAVIJZGlzdGFuY2VNInwKBkVnb0VuZBIxCgd2ZXJkaWN0GAEgASgOMhcudHdpbi5jb21tb24udjEuVmVyZGljdFIHdmVy\
      ZGljdBIVCgZydW5faWQYAiABKAlSBXJ1bklkEhYKBWVycm9yGAMgASgJSABSBWVycm9yQhAKDmVycm9yX3ByZXNlbmNlMmMKCkVn\
      b1NlcnZpY2USVQoIRHJpdmVFZ28SIS50d2luLnNjZW5hcmlvLnYxLkRyaXZlRWdvUmVxdWVzdBoiLnR3aW4uc2NlbmFyaW8udjEu\
      RHJpdmVFZ29SZXNwb25zZSgBMAFiBnByb3RvMw==
      """)

  private static let twinScenarioV1Scenario = ProtoFile(
    name: "twin/scenario/v1/scenario.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/outcome.proto",
      "twin/common/v1/parameter.proto",
    ],
    services: [
      "twin.scenario.v1.ScenarioService",
    ],
    types: [
      "twin.scenario.v1.ScenarioCategory",
      "twin.scenario.v1.Scenario",
      "twin.scenario.v1.CreateScenarioRequest",
      "twin.scenario.v1.GetScenarioRequest",
      "twin.scenario.v1.ListScenariosRequest",
      "twin.scenario.v1.ListScenariosResponse",
      "twin.scenario.v1.DeleteScenarioRequest",
      "twin.scenario.v1.DeleteScenarioResponse",
      "twin.scenario.v1.ListScenarioTypesRequest",
      "twin.scenario.v1.ListScenarioTypesResponse",
      "twin.scenario.v1.GetScenarioTypeRequest",
      "twin.scenario.v1.ScenarioType",
      "twin.scenario.v1.CriterionSpec",
    ],
    base64: """
      Ch90d2luL3NjZW5hcmlvL3YxL3NjZW5hcmlvLnByb3RvEhB0d2luLnNjZW5hcmlvLnYxGhxnb29nbGUvcHJvdG9idWYvc3RydWN0\
      LnByb3RvGh9nb29nbGUvcHJvdG9idWYvdGltZXN0YW1wLnByb3RvGhx0d2luL2NvbW1vbi92MS9vdXRjb21lLnByb3RvGh50d2lu\
      L2NvbW1vbi92MS9wYXJhbWV0ZXIucHJvdG8iyAMKCFNjZW5hcmlvEg4KAmlkGAEgASgJUgJpZBIjCg1zaW11bGF0aW9uX2lkGAIg\
      ASgJUgxzaW11bGF0aW9uSWQSEgoEdHlwZRgDIAEoCVIEdHlwZRIdCgp2ZWhpY2xlX2lkGAQgASgJUgl2ZWhpY2xlSWQSEgoEbmFt\
      ZRgFIAEoCVIEbmFtZRI3CgpwYXJhbWV0ZXJzGAYgASgLMhcuZ29vZ2xlLnByb3RvYnVmLlN0cnVjdFIKcGFyYW1ldGVycxIwCgd3\
      ZWF0aGVyGAcgASgLMhYuZ29vZ2xlLnByb3RvYnVmLlZhbHVlUgd3ZWF0aGVyEhQKBHNlZWQYCCABKARIAFIEc2VlZBIxCgZzdGF0\
      dXMYCSABKA4yGS50d2luLmNvbW1vbi52MS5Kb2JTdGF0dXNSBnN0YXR1cxI7CgtjcmVhdGVfdGltZRgKIAEoCzIaLmdvb2dsZS5w\
      cm90b2J1Zi5UaW1lc3RhbXBSCmNyZWF0ZVRpbWUSPgoIY2F0ZWdvcnkYCyABKA4yIi50d2luLnNjZW5hcmlvLnYxLlNjZW5hcmlv\
      Q2F0ZWdvcnlSCGNhdGVnb3J5Qg8KDXNlZWRfcHJlc2VuY2UijwIKFUNyZWF0ZVNjZW5hcmlvUmVxdWVzdBISCgR0eXBlGAEgASgJ\
      UgR0eXBlEh0KCnZlaGljbGVfaWQYAiABKAlSCXZlaGljbGVJZBISCgRuYW1lGAMgASgJUgRuYW1lEjcKCnBhcmFtZXRlcnMYBCAB\
      KAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgpwYXJhbWV0ZXJzEjAKB3dlYXRoZXIYBSABKAsyFi5nb29nbGUucHJvdG9idWYu\
      VmFsdWVSB3dlYXRoZXISFAoEc2VlZBgGIAEoBEgAUgRzZWVkEh0KCnJlcXVlc3RfaWQYByABKAlSCXJlcXVlc3RJZEIPCg1zZWVk\
      X3ByZXNlbmNlIiQKEkdldFNjZW5hcmlvUmVxdWVzdBIOCgJpZBgBIAEoCVICaWQihQEKFExpc3RTY2VuYXJpb3NSZXF1ZXN0EhsK\
      CXBhZ2Vfc2l6ZRgBIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgCIAEoCVIJcGFnZVRva2VuEhIKBHR5cGUYAyABKAlSBHR5\
      cGUSHQoKdmVoaWNsZV9pZBgEIAEoCVIJdmVoaWNsZUlkInkKFUxpc3RTY2VuYXJpb3NSZXNwb25zZRI4CglzY2VuYXJpb3MYASAD\
      KAsyGi50d2luLnNjZW5hcmlvLnYxLlNjZW5hcmlvUglzY2VuYXJpb3MSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJUg1uZXh0UGFn\
      ZVRva2VuIicKFURlbGV0ZVNjZW5hcmlvUmVxdWVzdBIOCgJpZBgBIAEoCVICaWQiGAoWRGVsZXRlU2NlbmFyaW9SZXNwb25zZSKW\
      AQoYTGlzdFNjZW5hcmlvVHlwZXNSZXF1ZXN0EhsKCXBhZ2Vfc2l6ZRgBIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgCIAEo\
      CVIJcGFnZVRva2VuEj4KCGNhdGVnb3J5GAMgASgOMiIudHdpbi5zY2VuYXJpby52MS5TY2VuYXJpb0NhdGVnb3J5UghjYXRlZ29y\
      eSKKAQoZTGlzdFNjZW5hcmlvVHlwZXNSZXNwb25zZRJFCg5zY2VuYXJpb190eXBlcxgBIAMoCzIeLnR3aW4uc2NlbmFyaW8udjEu\
      U2NlbmFyaW9UeXBlUg1zY2VuYXJpb1R5cGVzEiYKD25leHRfcGFnZV90b2tlbhgCIAEoCVINbmV4dFBhZ2VUb2tlbiIsChZHZXRT\
      Y2VuYXJpb1R5cGVSZXF1ZXN0EhIKBHR5cGUYASABKAlSBHR5cGUizAIKDFNjZW5hcmlvVHlwZRISCgR0eXBlGAEgASgJUgR0eXBl\
      Ej4KCGNhdGVnb3J5GAIgASgOMiIudHdpbi5zY2VuYXJpby52MS5TY2VuYXJpb0NhdGVnb3J5UghjYXRlZ29yeRIgCgtkZXNjcmlw\
      dGlvbhgDIAEoCVILZGVzY3JpcHRpb24SPQoKcGFyYW1ldGVycxgEIAMoCzIdLnR3aW4uY29tbW9uLnYxLlBhcmFtZXRlclNwZWNS\
      CnBhcmFtZXRlcnMSOwoIY3JpdGVyaWEYBSADKAsyHy50d2luLnNjZW5hcmlvLnYxLkNyaXRlcmlvblNwZWNSCGNyaXRlcmlhEhgK\
      B21ldHJpY3MYBiADKAlSB21ldHJpY3MSFgoGc291cmNlGAcgASgJUgZzb3VyY2USGAoHdmVyc2lvbhgIIAEoDVIHdmVyc2lvbiK7\
      AQoNQ3JpdGVyaW9uU3BlYxISCgRuYW1lGAEgASgJUgRuYW1lEiAKC2Rlc2NyaXB0aW9uGAIgASgJUgtkZXNjcmlwdGlvbhIWCgZt\
      ZXRyaWMYAyABKAlSBm1ldHJpYxIeCgpjb21wYXJpc29uGAQgASgJUgpjb21wYXJpc29uEhYKBWJvdW5kGAUgASgBSABSBWJvdW5k\
      EhIKBHVuaXQYBiABKAlSBHVuaXRCEAoOYm91bmRfcHJlc2VuY2UqugEKEFNjZW5hcmlvQ2F0ZWdvcnkSIQodU0NFTkFSSU9fQ0FU\
      RUdPUllfVU5TUEVDSUZJRUQQABIcChhTQ0VOQVJJT19DQVRFR09SWV9TQUZFVFkQARIhCh1TQ0VOQVJJT19DQVRFR09SWV9QRVJG\
      T1JNQU5DRRACEiAKHFNDRU5BUklPX0NBVEVHT1JZX0VER0VfQ0FTRVMQAxIgChxTQ0VOQVJJT19DQVRFR09SWV9WQUxJREFUSU9O\
      EAQy6QQKD1NjZW5hcmlvU2VydmljZRJaCg5DcmVhdGVTY2VuYXJpbxInLnR3aW4uc2NlbmFyaW8udjEuQ3JlYXRlU2NlbmFyaW9S\
      ZXF1ZXN0GhoudHdpbi5zY2VuYXJpby52MS5TY2VuYXJpbyIDkAICElQKC0dldFNjZW5hcmlvEiQudHdpbi5zY2VuYXJpby52MS5H\
      ZXRTY2VuYXJpb1JlcXVlc3QaGi50d2luLnNjZW5hcmlvLnYxLlNjZW5hcmlvIgOQAgESZQoNTGlzdFNjZW5hcmlvcxImLnR3aW4u\
      c2NlbmFyaW8udjEuTGlzdFNjZW5hcmlvc1JlcXVlc3QaJy50d2luLnNjZW5hcmlvLnYxLkxpc3RTY2VuYXJpb3NSZXNwb25zZSID\
      kAIBEmgKDkRlbGV0ZVNjZW5hcmlvEicudHdpbi5zY2VuYXJpby52MS5EZWxldGVTY2VuYXJpb1JlcXVlc3QaKC50d2luLnNjZW5h\
      cmlvLnYxLkRlbGV0ZVNjZW5hcmlvUmVzcG9uc2UiA5ACAhJxChFMaXN0U2NlbmFyaW9UeXBlcxIqLnR3aW4uc2NlbmFyaW8udjEu\
      TGlzdFNjZW5hcmlvVHlwZXNSZXF1ZXN0GisudHdpbi5zY2VuYXJpby52MS5MaXN0U2NlbmFyaW9UeXBlc1Jlc3BvbnNlIgOQAgES\
      YAoPR2V0U2NlbmFyaW9UeXBlEigudHdpbi5zY2VuYXJpby52MS5HZXRTY2VuYXJpb1R5cGVSZXF1ZXN0Gh4udHdpbi5zY2VuYXJp\
      by52MS5TY2VuYXJpb1R5cGUiA5ACAWIGcHJvdG8z
      """)

  private static let twinScenarioV1Simulation = ProtoFile(
    name: "twin/scenario/v1/simulation.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/impact.proto",
      "twin/common/v1/outcome.proto",
    ],
    services: [
      "twin.scenario.v1.SimulationService",
    ],
    types: [
      "twin.scenario.v1.SweepMethod",
      "twin.scenario.v1.Simulation",
      "twin.scenario.v1.RunSimulationRequest",
      "twin.scenario.v1.Sweep",
      "twin.scenario.v1.Sweep.ParametersEntry",
      "twin.scenario.v1.SweepAxis",
      "twin.scenario.v1.GetSimulationRequest",
      "twin.scenario.v1.ListSimulationsRequest",
      "twin.scenario.v1.ListSimulationsResponse",
      "twin.scenario.v1.CancelSimulationRequest",
      "twin.scenario.v1.WatchSimulationsRequest",
      "twin.scenario.v1.SimulationProgress",
    ],
    base64: """
      CiF0d2luL3NjZW5hcmlvL3YxL3NpbXVsYXRpb24ucHJvdG8SEHR3aW4uc2NlbmFyaW8udjEaHGdvb2dsZS9wcm90b2J1Zi9zdHJ1\
      Y3QucHJvdG8aH2dvb2dsZS9wcm90b2J1Zi90aW1lc3RhbXAucHJvdG8aG3R3aW4vY29tbW9uL3YxL2ltcGFjdC5wcm90bxocdHdp\
      bi9jb21tb24vdjEvb3V0Y29tZS5wcm90byKsBAoKU2ltdWxhdGlvbhIOCgJpZBgBIAEoCVICaWQSHwoLc2NlbmFyaW9faWQYAiAB\
      KAlSCnNjZW5hcmlvSWQSEgoEdHlwZRgDIAEoCVIEdHlwZRIxCgZzdGF0dXMYBCABKA4yGS50d2luLmNvbW1vbi52MS5Kb2JTdGF0\
      dXNSBnN0YXR1cxIaCghwcm9ncmVzcxgFIAEoAVIIcHJvZ3Jlc3MSFQoGcnVuX2lkGAYgASgJUgVydW5JZBIxCgd2ZXJkaWN0GAcg\
      ASgOMhcudHdpbi5jb21tb24udjEuVmVyZGljdFIHdmVyZGljdBIWCgVlcnJvchgIIAEoCUgAUgVlcnJvchI7CgtjcmVhdGVfdGlt\
      ZRgJIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSCmNyZWF0ZVRpbWUSOQoKc3RhcnRfdGltZRgKIAEoCzIaLmdvb2ds\
      ZS5wcm90b2J1Zi5UaW1lc3RhbXBSCXN0YXJ0VGltZRI1CghlbmRfdGltZRgLIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3Rh\
      bXBSB2VuZFRpbWUSJQoOdmFyaWFudHNfdG90YWwYDCABKARSDXZhcmlhbnRzVG90YWwSIwoNdmFyaWFudHNfZG9uZRgNIAEoBFIM\
      dmFyaWFudHNEb25lEhsKCXJ1bl9jb3VudBgOIAEoDVIIcnVuQ291bnRCEAoOZXJyb3JfcHJlc2VuY2Ui9AMKFFJ1blNpbXVsYXRp\
      b25SZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZBIUCgRzZWVkGAIgASgESABSBHNlZWQSMAoHd2VhdGhlchgDIAEoCzIWLmdvb2dsZS5w\
      cm90b2J1Zi5WYWx1ZVIHd2VhdGhlchIiCgtyZXBldGl0aW9ucxgEIAEoDUgBUgtyZXBldGl0aW9ucxItCgVzd2VlcBgFIAEoCzIX\
      LnR3aW4uc2NlbmFyaW8udjEuU3dlZXBSBXN3ZWVwEhgKB2JhY2tlbmQYBiABKAlSB2JhY2tlbmQSHQoKcmVxdWVzdF9pZBgHIAEo\
      CVIJcmVxdWVzdElkEjcKCnBhcmFtZXRlcnMYCCABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0UgpwYXJhbWV0ZXJzEiIKDHRp\
      bWVfbGltaXRfcxgJIAEoAUgCUgp0aW1lTGltaXRTEh8KCmtlZXBfdHJhY2UYCiABKAhIA1IJa2VlcFRyYWNlEiEKDGV4dGVybmFs\
      X2VnbxgLIAEoCFILZXh0ZXJuYWxFZ29CDwoNc2VlZF9wcmVzZW5jZUIWChRyZXBldGl0aW9uc19wcmVzZW5jZUIXChV0aW1lX2xp\
      bWl0X3NfcHJlc2VuY2VCFQoTa2VlcF90cmFjZV9wcmVzZW5jZSLJAgoFU3dlZXASNQoGbWV0aG9kGAEgASgOMh0udHdpbi5zY2Vu\
      YXJpby52MS5Td2VlcE1ldGhvZFIGbWV0aG9kEkcKCnBhcmFtZXRlcnMYAiADKAsyJy50d2luLnNjZW5hcmlvLnYxLlN3ZWVwLlBh\
      cmFtZXRlcnNFbnRyeVIKcGFyYW1ldGVycxIaCgdzYW1wbGVzGAMgASgNSABSB3NhbXBsZXMSHgoJdG9sZXJhbmNlGAQgASgBSAFS\
      CXRvbGVyYW5jZRpaCg9QYXJhbWV0ZXJzRW50cnkSEAoDa2V5GAEgASgJUgNrZXkSMQoFdmFsdWUYAiABKAsyGy50d2luLnNjZW5h\
      cmlvLnYxLlN3ZWVwQXhpc1IFdmFsdWU6AjgBQhIKEHNhbXBsZXNfcHJlc2VuY2VCFAoSdG9sZXJhbmNlX3ByZXNlbmNlIq0BCglT\
      d2VlcEF4aXMSLgoGdmFsdWVzGAEgAygLMhYuZ29vZ2xlLnByb3RvYnVmLlZhbHVlUgZ2YWx1ZXMSEgoDbWluGAIgASgBSABSA21p\
      bhISCgNtYXgYAyABKAFIAVIDbWF4EhYKBXN0ZXBzGAQgASgNSAJSBXN0ZXBzQg4KDG1pbl9wcmVzZW5jZUIOCgxtYXhfcHJlc2Vu\
      Y2VCEAoOc3RlcHNfcHJlc2VuY2UiJgoUR2V0U2ltdWxhdGlvblJlcXVlc3QSDgoCaWQYASABKAlSAmlkIocBChZMaXN0U2ltdWxh\
      dGlvbnNSZXF1ZXN0EhsKCXBhZ2Vfc2l6ZRgBIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgCIAEoCVIJcGFnZVRva2VuEjEK\
      BnN0YXR1cxgDIAEoDjIZLnR3aW4uY29tbW9uLnYxLkpvYlN0YXR1c1IGc3RhdHVzIoEBChdMaXN0U2ltdWxhdGlvbnNSZXNwb25z\
      ZRI+CgtzaW11bGF0aW9ucxgBIAMoCzIcLnR3aW4uc2NlbmFyaW8udjEuU2ltdWxhdGlvblILc2ltdWxhdGlvbnMSJgoPbmV4dF9w\
      YWdlX3Rva2VuGAIgASgJUg1uZXh0UGFnZVRva2VuIikKF0NhbmNlbFNpbXVsYXRpb25SZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZCIp\
      ChdXYXRjaFNpbXVsYXRpb25zUmVxdWVzdBIOCgJpZBgBIAEoCVICaWQihwQKElNpbXVsYXRpb25Qcm9ncmVzcxIOCgJpZBgBIAEo\
      CVICaWQSGgoIcHJvZ3Jlc3MYAiABKAFSCHByb2dyZXNzEjEKB21ldHJpY3MYAyABKAsyFy5nb29nbGUucHJvdG9idWYuU3RydWN0\
      UgdtZXRyaWNzEiAKCmNvbmZpZGVuY2UYBSABKAFIAFIKY29uZmlkZW5jZRIxCgZzdGF0dXMYBiABKA4yGS50d2luLmNvbW1vbi52\
      MS5Kb2JTdGF0dXNSBnN0YXR1cxIVCgZydW5faWQYByABKAlSBXJ1bklkEh8KC3NpbXVsYXRlZF9zGAggASgBUgpzaW11bGF0ZWRT\
      EiMKDXZhcmlhbnRzX2RvbmUYCSABKARSDHZhcmlhbnRzRG9uZRIlCg52YXJpYW50c190b3RhbBgKIAEoBFINdmFyaWFudHNUb3Rh\
      bBIxCgd2ZXJkaWN0GAsgASgOMhcudHdpbi5jb21tb24udjEuVmVyZGljdFIHdmVyZGljdBIWCgVlcnJvchgMIAEoCUgBUgVlcnJv\
      chI/CgpwcmVkaWN0aW9uGA0gASgLMh8udHdpbi5jb21tb24udjEuUHJlZGljdGVkSW1wYWN0UgpwcmVkaWN0aW9uQhUKE2NvbmZp\
      ZGVuY2VfcHJlc2VuY2VCEAoOZXJyb3JfcHJlc2VuY2VKBAgEEAUqmAEKC1N3ZWVwTWV0aG9kEhwKGFNXRUVQX01FVEhPRF9VTlNQ\
      RUNJRklFRBAAEhUKEVNXRUVQX01FVEhPRF9HUklEEAESFwoTU1dFRVBfTUVUSE9EX1JBTkRPTRACEiAKHFNXRUVQX01FVEhPRF9M\
      QVRJTl9IWVBFUkNVQkUQAxIZChVTV0VFUF9NRVRIT0RfQk9VTkRBUlkQBDKGBAoRU2ltdWxhdGlvblNlcnZpY2USWgoNUnVuU2lt\
      dWxhdGlvbhImLnR3aW4uc2NlbmFyaW8udjEuUnVuU2ltdWxhdGlvblJlcXVlc3QaHC50d2luLnNjZW5hcmlvLnYxLlNpbXVsYXRp\
      b24iA5ACAhJaCg1HZXRTaW11bGF0aW9uEiYudHdpbi5zY2VuYXJpby52MS5HZXRTaW11bGF0aW9uUmVxdWVzdBocLnR3aW4uc2Nl\
      bmFyaW8udjEuU2ltdWxhdGlvbiIDkAIBEmsKD0xpc3RTaW11bGF0aW9ucxIoLnR3aW4uc2NlbmFyaW8udjEuTGlzdFNpbXVsYXRp\
      b25zUmVxdWVzdBopLnR3aW4uc2NlbmFyaW8udjEuTGlzdFNpbXVsYXRpb25zUmVzcG9uc2UiA5ACARJgChBDYW5jZWxTaW11bGF0\
      aW9uEikudHdpbi5zY2VuYXJpby52MS5DYW5jZWxTaW11bGF0aW9uUmVxdWVzdBocLnR3aW4uc2NlbmFyaW8udjEuU2ltdWxhdGlv\
      biIDkAICEmoKEFdhdGNoU2ltdWxhdGlvbnMSKS50d2luLnNjZW5hcmlvLnYxLldhdGNoU2ltdWxhdGlvbnNSZXF1ZXN0GiQudHdp\
      bi5zY2VuYXJpby52MS5TaW11bGF0aW9uUHJvZ3Jlc3MiA5ACATABYgZwcm90bzM=
      """)

  private static let twinScenarioV1Suite = ProtoFile(
    name: "twin/scenario/v1/suite.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "twin/common/v1/outcome.proto",
    ],
    services: [
      "twin.scenario.v1.SuiteService",
      "twin.scenario.v1.DatasetGenerationService",
    ],
    types: [
      "twin.scenario.v1.ListSuitesRequest",
      "twin.scenario.v1.ListSuitesResponse",
      "twin.scenario.v1.Suite",
      "twin.scenario.v1.SuiteCase",
      "twin.scenario.v1.RunSuiteRequest",
      "twin.scenario.v1.RunSuiteResponse",
      "twin.scenario.v1.CancelSuiteRequest",
      "twin.scenario.v1.CancelSuiteResponse",
      "twin.scenario.v1.CreateDatasetRequest",
      "twin.scenario.v1.CreateDatasetResponse",
      "twin.scenario.v1.CancelDatasetRequest",
      "twin.scenario.v1.CancelDatasetResponse",
    ],
    base64: """
      Chx0d2luL3NjZW5hcmlvL3YxL3N1aXRlLnByb3RvEhB0d2luLnNjZW5hcmlvLnYxGhxnb29nbGUvcHJvdG9idWYvc3RydWN0LnBy\
      b3RvGhx0d2luL2NvbW1vbi92MS9vdXRjb21lLnByb3RvIk8KEUxpc3RTdWl0ZXNSZXF1ZXN0EhsKCXBhZ2Vfc2l6ZRgBIAEoBVII\
      cGFnZVNpemUSHQoKcGFnZV90b2tlbhgCIAEoCVIJcGFnZVRva2VuIm0KEkxpc3RTdWl0ZXNSZXNwb25zZRIvCgZzdWl0ZXMYASAD\
      KAsyFy50d2luLnNjZW5hcmlvLnYxLlN1aXRlUgZzdWl0ZXMSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJUg1uZXh0UGFnZVRva2Vu\
      InAKBVN1aXRlEhIKBG5hbWUYASABKAlSBG5hbWUSIAoLZGVzY3JpcHRpb24YAiABKAlSC2Rlc2NyaXB0aW9uEjEKBWNhc2VzGAMg\
      AygLMhsudHdpbi5zY2VuYXJpby52MS5TdWl0ZUNhc2VSBWNhc2VzImwKCVN1aXRlQ2FzZRISCgRuYW1lGAEgASgJUgRuYW1lEhIK\
      BHR5cGUYAiABKAlSBHR5cGUSNwoKcGFyYW1ldGVycxgDIAEoCzIXLmdvb2dsZS5wcm90b2J1Zi5TdHJ1Y3RSCnBhcmFtZXRlcnMi\
      pgEKD1J1blN1aXRlUmVxdWVzdBISCgRuYW1lGAEgASgJUgRuYW1lEh0KCnZlaGljbGVfaWQYAiABKAlSCXZlaGljbGVJZBIUCgRz\
      ZWVkGAMgASgESABSBHNlZWQSGgoIYmFzZWxpbmUYBCABKAlSCGJhc2VsaW5lEh0KCnJlcXVlc3RfaWQYBSABKAlSCXJlcXVlc3RJ\
      ZEIPCg1zZWVkX3ByZXNlbmNlIogBChBSdW5TdWl0ZVJlc3BvbnNlEg4KAmlkGAEgASgJUgJpZBISCgRuYW1lGAIgASgJUgRuYW1l\
      EjEKBnN0YXR1cxgDIAEoDjIZLnR3aW4uY29tbW9uLnYxLkpvYlN0YXR1c1IGc3RhdHVzEh0KCmNhc2VfY291bnQYBCABKA1SCWNh\
      c2VDb3VudCIkChJDYW5jZWxTdWl0ZVJlcXVlc3QSDgoCaWQYASABKAlSAmlkIhUKE0NhbmNlbFN1aXRlUmVzcG9uc2UiqQIKFENy\
      ZWF0ZURhdGFzZXRSZXF1ZXN0EhIKBG5hbWUYASABKAlSBG5hbWUSMQoFY2FzZXMYAiADKAsyGy50d2luLnNjZW5hcmlvLnYxLlN1\
      aXRlQ2FzZVIFY2FzZXMSGAoHc2FtcGxlcxgDIAEoDVIHc2FtcGxlcxIUCgRzZWVkGAQgASgESABSBHNlZWQSHwoKdGVzdF9zaGFy\
      ZRgFIAEoAUgBUgl0ZXN0U2hhcmUSGAoHZm9ybWF0cxgGIAMoCVIHZm9ybWF0cxIYCgdzZW5zb3JzGAcgAygJUgdzZW5zb3JzEh0K\
      CnJlcXVlc3RfaWQYCCABKAlSCXJlcXVlc3RJZEIPCg1zZWVkX3ByZXNlbmNlQhUKE3Rlc3Rfc2hhcmVfcHJlc2VuY2UiWgoVQ3Jl\
      YXRlRGF0YXNldFJlc3BvbnNlEg4KAmlkGAEgASgJUgJpZBIxCgZzdGF0dXMYAiABKA4yGS50d2luLmNvbW1vbi52MS5Kb2JTdGF0\
      dXNSBnN0YXR1cyImChRDYW5jZWxEYXRhc2V0UmVxdWVzdBIOCgJpZBgBIAEoCVICaWQiFwoVQ2FuY2VsRGF0YXNldFJlc3BvbnNl\
      MqUCCgxTdWl0ZVNlcnZpY2USXAoKTGlzdFN1aXRlcxIjLnR3aW4uc2NlbmFyaW8udjEuTGlzdFN1aXRlc1JlcXVlc3QaJC50d2lu\
      LnNjZW5hcmlvLnYxLkxpc3RTdWl0ZXNSZXNwb25zZSIDkAIBElYKCFJ1blN1aXRlEiEudHdpbi5zY2VuYXJpby52MS5SdW5TdWl0\
      ZVJlcXVlc3QaIi50d2luLnNjZW5hcmlvLnYxLlJ1blN1aXRlUmVzcG9uc2UiA5ACAhJfCgtDYW5jZWxTdWl0ZRIkLnR3aW4uc2Nl\
      bmFyaW8udjEuQ2FuY2VsU3VpdGVSZXF1ZXN0GiUudHdpbi5zY2VuYXJpby52MS5DYW5jZWxTdWl0ZVJlc3BvbnNlIgOQAgIy6AEK\
      GERhdGFzZXRHZW5lcmF0aW9uU2VydmljZRJlCg1DcmVhdGVEYXRhc2V0EiYudHdpbi5zY2VuYXJpby52MS5DcmVhdGVEYXRhc2V0\
      UmVxdWVzdBonLnR3aW4uc2NlbmFyaW8udjEuQ3JlYXRlRGF0YXNldFJlc3BvbnNlIgOQAgISZQoNQ2FuY2VsRGF0YXNldBImLnR3\
      aW4uc2NlbmFyaW8udjEuQ2FuY2VsRGF0YXNldFJlcXVlc3QaJy50d2luLnNjZW5hcmlvLnYxLkNhbmNlbERhdGFzZXRSZXNwb25z\
      ZSIDkAICYgZwcm90bzM=
      """)

  private static let twinStatesyncV1Telemetry = ProtoFile(
    name: "twin/statesync/v1/telemetry.proto",
    dependencies: [
      "google/protobuf/struct.proto",
      "google/protobuf/timestamp.proto",
      "twin/common/v1/outcome.proto",
      "twin/common/v1/telemetry.proto",
      "twin/common/v1/vehicle_state.proto",
    ],
    services: [
      "twin.statesync.v1.TelemetryService",
    ],
    types: [
      "twin.statesync.v1.RejectionReason",
      "twin.statesync.v1.UploadFormat",
      "twin.statesync.v1.StreamTelemetryRequest",
      "twin.statesync.v1.AckEcho",
      "twin.statesync.v1.StreamTelemetryResponse",
      "twin.statesync.v1.RefusedBatch",
      "twin.statesync.v1.TelemetryAck",
      "twin.statesync.v1.RejectedSample",
      "twin.statesync.v1.VirtualTelemetry",
      "twin.statesync.v1.PushTelemetryRequest",
      "twin.statesync.v1.PushTelemetryResponse",
      "twin.statesync.v1.UploadTelemetryRequest",
      "twin.statesync.v1.UploadHeader",
      "twin.statesync.v1.Upload",
      "twin.statesync.v1.GetUploadRequest",
      "twin.statesync.v1.ListUploadRejectionsRequest",
      "twin.statesync.v1.ListUploadRejectionsResponse",
      "twin.statesync.v1.Event",
      "twin.statesync.v1.PublishEventsRequest",
      "twin.statesync.v1.PublishEventsResponse",
      "twin.statesync.v1.RejectedEvent",
    ],
    base64: """
      CiF0d2luL3N0YXRlc3luYy92MS90ZWxlbWV0cnkucHJvdG8SEXR3aW4uc3RhdGVzeW5jLnYxGhxnb29nbGUvcHJvdG9idWYvc3Ry\
      dWN0LnByb3RvGh9nb29nbGUvcHJvdG9idWYvdGltZXN0YW1wLnByb3RvGhx0d2luL2NvbW1vbi92MS9vdXRjb21lLnByb3RvGh50\
      d2luL2NvbW1vbi92MS90ZWxlbWV0cnkucHJvdG8aInR3aW4vY29tbW9uL3YxL3ZlaGljbGVfc3RhdGUucHJvdG8i3gQKFlN0cmVh\
      bVRlbGVtZXRyeVJlcXVlc3QSHQoKdmVoaWNsZV9pZBgBIAEoCVIJdmVoaWNsZUlkEi4KE3BoeXNpY2FsX3ZlaGljbGVfaWQYAiAB\
      KAlSEXBoeXNpY2FsVmVoaWNsZUlkEhYKBnNvdXJjZRgDIAEoCVIGc291cmNlEhkKCGJhdGNoX2lkGAQgASgEUgdiYXRjaElkEjkK\
      B3NhbXBsZXMYBSADKAsyHy50d2luLmNvbW1vbi52MS5UZWxlbWV0cnlTYW1wbGVSB3NhbXBsZXMSQwoOc2Vuc29yX3NhbXBsZXMY\
      BiADKAsyHC50d2luLmNvbW1vbi52MS5TZW5zb3JTYW1wbGVSDXNlbnNvclNhbXBsZXMSUgoTZW52aXJvbm1lbnRfc2FtcGxlcxgH\
      IAMoCzIhLnR3aW4uY29tbW9uLnYxLkVudmlyb25tZW50U2FtcGxlUhJlbnZpcm9ubWVudFNhbXBsZXMSTwoSb3BlcmF0aW9uc19z\
      YW1wbGVzGAggAygLMiAudHdpbi5jb21tb24udjEuT3BlcmF0aW9uc1NhbXBsZVIRb3BlcmF0aW9uc1NhbXBsZXMSNAoWd2FudF92\
      aXJ0dWFsX3RlbGVtZXRyeRgJIAEoCFIUd2FudFZpcnR1YWxUZWxlbWV0cnkSNwoJc2VuZF90aW1lGAogASgLMhouZ29vZ2xlLnBy\
      b3RvYnVmLlRpbWVzdGFtcFIIc2VuZFRpbWUSLgoEZWNobxgLIAEoCzIaLnR3aW4uc3RhdGVzeW5jLnYxLkFja0VjaG9SBGVjaG8i\
      YwoHQWNrRWNobxIZCghiYXRjaF9pZBgBIAEoBFIHYmF0Y2hJZBI9CgxyZWNlaXZlX3RpbWUYAiABKAsyGi5nb29nbGUucHJvdG9i\
      dWYuVGltZXN0YW1wUgtyZWNlaXZlVGltZSLqAQoXU3RyZWFtVGVsZW1ldHJ5UmVzcG9uc2USMwoDYWNrGAEgASgLMh8udHdpbi5z\
      dGF0ZXN5bmMudjEuVGVsZW1ldHJ5QWNrSABSA2FjaxJSChF2aXJ0dWFsX3RlbGVtZXRyeRgCIAEoCzIjLnR3aW4uc3RhdGVzeW5j\
      LnYxLlZpcnR1YWxUZWxlbWV0cnlIAFIQdmlydHVhbFRlbGVtZXRyeRI7CgdyZWZ1c2VkGAMgASgLMh8udHdpbi5zdGF0ZXN5bmMu\
      djEuUmVmdXNlZEJhdGNoSABSB3JlZnVzZWRCCQoHY29udGVudCI9CgxSZWZ1c2VkQmF0Y2gSGQoIYmF0Y2hfaWQYASABKARSB2Jh\
      dGNoSWQSEgoEaG9tZRgCIAEoCVIEaG9tZSKPBAoMVGVsZW1ldHJ5QWNrEh0KCnZlaGljbGVfaWQYASABKAlSCXZlaGljbGVJZBIu\
      ChNwaHlzaWNhbF92ZWhpY2xlX2lkGAIgASgJUhFwaHlzaWNhbFZlaGljbGVJZBIWCgZzb3VyY2UYAyABKAlSBnNvdXJjZRIZCghi\
      YXRjaF9pZBgEIAEoBFIHYmF0Y2hJZBIjCg1sYXN0X3NlcXVlbmNlGAUgASgEUgxsYXN0U2VxdWVuY2USLwoTY29udGlndW91c19z\
      ZXF1ZW5jZRgGIAEoBFISY29udGlndW91c1NlcXVlbmNlEhoKCGFjY2VwdGVkGAcgASgNUghhY2NlcHRlZBIcCglkdXBsaWNhdGUY\
      CCABKA1SCWR1cGxpY2F0ZRISCgRsYXRlGAkgASgNUgRsYXRlEhoKCHJlamVjdGVkGAogASgNUghyZWplY3RlZBJBCgpyZWplY3Rp\
      b25zGAsgAygLMiEudHdpbi5zdGF0ZXN5bmMudjEuUmVqZWN0ZWRTYW1wbGVSCnJlamVjdGlvbnMSOwoLY29tbWl0X3RpbWUYDCAB\
      KAsyGi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgpjb21taXRUaW1lEj0KDHJlY2VpdmVfdGltZRgNIAEoCzIaLmdvb2dsZS5w\
      cm90b2J1Zi5UaW1lc3RhbXBSC3JlY2VpdmVUaW1lIqoBCg5SZWplY3RlZFNhbXBsZRIQCgNyb3cYASABKARSA3JvdxIaCghzZXF1\
      ZW5jZRgCIAEoBFIIc2VxdWVuY2USOgoGcmVhc29uGAMgASgOMiIudHdpbi5zdGF0ZXN5bmMudjEuUmVqZWN0aW9uUmVhc29uUgZy\
      ZWFzb24SFAoFZmllbGQYBCABKAlSBWZpZWxkEhgKB21lc3NhZ2UYBSABKAlSB21lc3NhZ2UiRgoQVmlydHVhbFRlbGVtZXRyeRIy\
      CgVzdGF0ZRgBIAEoCzIcLnR3aW4uY29tbW9uLnYxLlZlaGljbGVTdGF0ZVIFc3RhdGUiogMKFFB1c2hUZWxlbWV0cnlSZXF1ZXN0\
      Eh0KCnZlaGljbGVfaWQYASABKAlSCXZlaGljbGVJZBIuChNwaHlzaWNhbF92ZWhpY2xlX2lkGAIgASgJUhFwaHlzaWNhbFZlaGlj\
      bGVJZBIWCgZzb3VyY2UYAyABKAlSBnNvdXJjZRI5CgdzYW1wbGVzGAQgAygLMh8udHdpbi5jb21tb24udjEuVGVsZW1ldHJ5U2Ft\
      cGxlUgdzYW1wbGVzEkMKDnNlbnNvcl9zYW1wbGVzGAUgAygLMhwudHdpbi5jb21tb24udjEuU2Vuc29yU2FtcGxlUg1zZW5zb3JT\
      YW1wbGVzElIKE2Vudmlyb25tZW50X3NhbXBsZXMYBiADKAsyIS50d2luLmNvbW1vbi52MS5FbnZpcm9ubWVudFNhbXBsZVISZW52\
      aXJvbm1lbnRTYW1wbGVzEk8KEm9wZXJhdGlvbnNfc2FtcGxlcxgHIAMoCzIgLnR3aW4uY29tbW9uLnYxLk9wZXJhdGlvbnNTYW1w\
      bGVSEW9wZXJhdGlvbnNTYW1wbGVzIogCChVQdXNoVGVsZW1ldHJ5UmVzcG9uc2USHQoKdmVoaWNsZV9pZBgBIAEoCVIJdmVoaWNs\
      ZUlkEiMKDWxhc3Rfc2VxdWVuY2UYAiABKARSDGxhc3RTZXF1ZW5jZRIaCghhY2NlcHRlZBgDIAEoDVIIYWNjZXB0ZWQSHAoJZHVw\
      bGljYXRlGAQgASgNUglkdXBsaWNhdGUSEgoEbGF0ZRgFIAEoDVIEbGF0ZRIaCghyZWplY3RlZBgGIAEoDVIIcmVqZWN0ZWQSQQoK\
      cmVqZWN0aW9ucxgHIAMoCzIhLnR3aW4uc3RhdGVzeW5jLnYxLlJlamVjdGVkU2FtcGxlUgpyZWplY3Rpb25zInYKFlVwbG9hZFRl\
      bGVtZXRyeVJlcXVlc3QSOQoGaGVhZGVyGAEgASgLMh8udHdpbi5zdGF0ZXN5bmMudjEuVXBsb2FkSGVhZGVySABSBmhlYWRlchIW\
      CgVjaHVuaxgCIAEoDEgAUgVjaHVua0IJCgdjb250ZW50IrEBCgxVcGxvYWRIZWFkZXISNwoGZm9ybWF0GAEgASgOMh8udHdpbi5z\
      dGF0ZXN5bmMudjEuVXBsb2FkRm9ybWF0UgZmb3JtYXQSEgoEZ3ppcBgCIAEoCFIEZ3ppcBIdCgp2ZWhpY2xlX2lkGAMgASgJUgl2\
      ZWhpY2xlSWQSFgoGc291cmNlGAQgASgJUgZzb3VyY2USHQoKcmVxdWVzdF9pZBgFIAEoCVIJcmVxdWVzdElkIu0DCgZVcGxvYWQS\
      DgoCaWQYASABKAlSAmlkEjEKBnN0YXR1cxgCIAEoDjIZLnR3aW4uY29tbW9uLnYxLkpvYlN0YXR1c1IGc3RhdHVzEiUKDmJ5dGVz\
      X3JlY2VpdmVkGAMgASgEUg1ieXRlc1JlY2VpdmVkEhIKBHJvd3MYBCABKARSBHJvd3MSGgoIYWNjZXB0ZWQYBSABKARSCGFjY2Vw\
      dGVkEhwKCWR1cGxpY2F0ZRgGIAEoBFIJZHVwbGljYXRlEhIKBGxhdGUYByABKARSBGxhdGUSGgoIcmVqZWN0ZWQYCCABKARSCHJl\
      amVjdGVkEkEKCnJlamVjdGlvbnMYCSADKAsyIS50d2luLnN0YXRlc3luYy52MS5SZWplY3RlZFNhbXBsZVIKcmVqZWN0aW9ucxIa\
      Cghwcm9ncmVzcxgKIAEoAVIIcHJvZ3Jlc3MSFgoFZXJyb3IYCyABKAlIAFIFZXJyb3ISOwoLY3JlYXRlX3RpbWUYDCABKAsyGi5n\
      b29nbGUucHJvdG9idWYuVGltZXN0YW1wUgpjcmVhdGVUaW1lEjUKCGVuZF90aW1lGA0gASgLMhouZ29vZ2xlLnByb3RvYnVmLlRp\
      bWVzdGFtcFIHZW5kVGltZUIQCg5lcnJvcl9wcmVzZW5jZSIiChBHZXRVcGxvYWRSZXF1ZXN0Eg4KAmlkGAEgASgJUgJpZCJpChtM\
      aXN0VXBsb2FkUmVqZWN0aW9uc1JlcXVlc3QSDgoCaWQYASABKAlSAmlkEhsKCXBhZ2Vfc2l6ZRgCIAEoBVIIcGFnZVNpemUSHQoK\
      cGFnZV90b2tlbhgDIAEoCVIJcGFnZVRva2VuIokBChxMaXN0VXBsb2FkUmVqZWN0aW9uc1Jlc3BvbnNlEkEKCnJlamVjdGlvbnMY\
      ASADKAsyIS50d2luLnN0YXRlc3luYy52MS5SZWplY3RlZFNhbXBsZVIKcmVqZWN0aW9ucxImCg9uZXh0X3BhZ2VfdG9rZW4YAiAB\
      KAlSDW5leHRQYWdlVG9rZW4i5gMKBUV2ZW50Eg4KAmlkGAEgASgJUgJpZBIWCgZzb3VyY2UYAiABKAlSBnNvdXJjZRIgCgtzcGVj\
      dmVyc2lvbhgDIAEoCVILc3BlY3ZlcnNpb24SEgoEdHlwZRgEIAEoCVIEdHlwZRIaCgdzdWJqZWN0GAUgASgJSABSB3N1YmplY3QS\
      LgoEdGltZRgGIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSBHRpbWUSKgoPZGF0YWNvbnRlbnR0eXBlGAcgASgJSAFS\
      D2RhdGFjb250ZW50dHlwZRIgCgpkYXRhc2NoZW1hGAggASgJSAJSCmRhdGFzY2hlbWESKgoEZGF0YRgJIAEoCzIWLmdvb2dsZS5w\
      cm90b2J1Zi5WYWx1ZVIEZGF0YRIhCgtkYXRhX2Jhc2U2NBgKIAEoDEgDUgpkYXRhQmFzZTY0EjcKCmV4dGVuc2lvbnMYCyABKAsy\
      Fy5nb29nbGUucHJvdG9idWYuU3RydWN0UgpleHRlbnNpb25zQhIKEHN1YmplY3RfcHJlc2VuY2VCGgoYZGF0YWNvbnRlbnR0eXBl\
      X3ByZXNlbmNlQhUKE2RhdGFzY2hlbWFfcHJlc2VuY2VCFgoUZGF0YV9iYXNlNjRfcHJlc2VuY2UiSAoUUHVibGlzaEV2ZW50c1Jl\
      cXVlc3QSMAoGZXZlbnRzGAEgAygLMhgudHdpbi5zdGF0ZXN5bmMudjEuRXZlbnRSBmV2ZW50cyKvAQoVUHVibGlzaEV2ZW50c1Jl\
      c3BvbnNlEhoKCGFjY2VwdGVkGAEgASgNUghhY2NlcHRlZBIcCglkdXBsaWNhdGUYAiABKA1SCWR1cGxpY2F0ZRIaCghyZWplY3Rl\
      ZBgDIAEoDVIIcmVqZWN0ZWQSQAoKcmVqZWN0aW9ucxgEIAMoCzIgLnR3aW4uc3RhdGVzeW5jLnYxLlJlamVjdGVkRXZlbnRSCnJl\
      amVjdGlvbnMiVQoNUmVqZWN0ZWRFdmVudBIUCgVpbmRleBgBIAEoDVIFaW5kZXgSFAoFZmllbGQYAiABKAlSBWZpZWxkEhgKB21l\
      c3NhZ2UYAyABKAlSB21lc3NhZ2UqogIKD1JlamVjdGlvblJlYXNvbhIgChxSRUpFQ1RJT05fUkVBU09OX1VOU1BFQ0lGSUVEEAAS\
      HgoaUkVKRUNUSU9OX1JFQVNPTl9NQUxGT1JNRUQQARIiCh5SRUpFQ1RJT05fUkVBU09OX01JU1NJTkdfRklFTEQQAhIhCh1SRUpF\
      Q1RJT05fUkVBU09OX09VVF9PRl9SQU5HRRADEiQKIFJFSkVDVElPTl9SRUFTT05fVU5LTk9XTl9WRUhJQ0xFEAQSIgoeUkVKRUNU\
      SU9OX1JFQVNPTl9VTktOT1dOX0ZJRUxEEAUSHAoYUkVKRUNUSU9OX1JFQVNPTl9UT09fT0xEEAYSHgoaUkVKRUNUSU9OX1JFQVNP\
      Tl9JTl9GVVRVUkUQBypeCgxVcGxvYWRGb3JtYXQSHQoZVVBMT0FEX0ZPUk1BVF9VTlNQRUNJRklFRBAAEhgKFFVQTE9BRF9GT1JN\
      QVRfTkRKU09OEAESFQoRVVBMT0FEX0ZPUk1BVF9DU1YQAjKCBQoQVGVsZW1ldHJ5U2VydmljZRJxCg9TdHJlYW1UZWxlbWV0cnkS\
      KS50d2luLnN0YXRlc3luYy52MS5TdHJlYW1UZWxlbWV0cnlSZXF1ZXN0GioudHdpbi5zdGF0ZXN5bmMudjEuU3RyZWFtVGVsZW1l\
      dHJ5UmVzcG9uc2UiA5ACAigBMAESZwoNUHVzaFRlbGVtZXRyeRInLnR3aW4uc3RhdGVzeW5jLnYxLlB1c2hUZWxlbWV0cnlSZXF1\
      ZXN0GigudHdpbi5zdGF0ZXN5bmMudjEuUHVzaFRlbGVtZXRyeVJlc3BvbnNlIgOQAgISWQoPVXBsb2FkVGVsZW1ldHJ5EikudHdp\
      bi5zdGF0ZXN5bmMudjEuVXBsb2FkVGVsZW1ldHJ5UmVxdWVzdBoZLnR3aW4uc3RhdGVzeW5jLnYxLlVwbG9hZCgBElAKCUdldFVw\
      bG9hZBIjLnR3aW4uc3RhdGVzeW5jLnYxLkdldFVwbG9hZFJlcXVlc3QaGS50d2luLnN0YXRlc3luYy52MS5VcGxvYWQiA5ACARJ8\
      ChRMaXN0VXBsb2FkUmVqZWN0aW9ucxIuLnR3aW4uc3RhdGVzeW5jLnYxLkxpc3RVcGxvYWRSZWplY3Rpb25zUmVxdWVzdBovLnR3\
      aW4uc3RhdGVzeW5jLnYxLkxpc3RVcGxvYWRSZWplY3Rpb25zUmVzcG9uc2UiA5ACARJnCg1QdWJsaXNoRXZlbnRzEicudHdpbi5z\
      dGF0ZXN5bmMudjEuUHVibGlzaEV2ZW50c1JlcXVlc3QaKC50d2luLnN0YXRlc3luYy52MS5QdWJsaXNoRXZlbnRzUmVzcG9uc2Ui\
      A5ACAmIGcHJvdG8z
      """)

  private static let twinStatesyncV1Fleet = ProtoFile(
    name: "twin/statesync/v1/fleet.proto",
    dependencies: [
      "google/protobuf/timestamp.proto",
      "twin/common/v1/telemetry.proto",
      "twin/common/v1/vehicle_state.proto",
      "twin/statesync/v1/telemetry.proto",
    ],
    services: [
      "twin.statesync.v1.FleetService",
    ],
    types: [
      "twin.statesync.v1.ObservationKind",
      "twin.statesync.v1.FleetUpdateKind",
      "twin.statesync.v1.GetHistoryRequest",
      "twin.statesync.v1.GetHistoryResponse",
      "twin.statesync.v1.ListObservationsRequest",
      "twin.statesync.v1.ListObservationsResponse",
      "twin.statesync.v1.Observation",
      "twin.statesync.v1.SubscribeFleetRequest",
      "twin.statesync.v1.FleetUpdate",
      "twin.statesync.v1.GetSyncReportRequest",
      "twin.statesync.v1.SyncReport",
      "twin.statesync.v1.SourceReport",
    ],
    base64: """
      Ch10d2luL3N0YXRlc3luYy92MS9mbGVldC5wcm90bxIRdHdpbi5zdGF0ZXN5bmMudjEaH2dvb2dsZS9wcm90b2J1Zi90aW1lc3Rh\
      bXAucHJvdG8aHnR3aW4vY29tbW9uL3YxL3RlbGVtZXRyeS5wcm90bxoidHdpbi9jb21tb24vdjEvdmVoaWNsZV9zdGF0ZS5wcm90\
      bxohdHdpbi9zdGF0ZXN5bmMvdjEvdGVsZW1ldHJ5LnByb3RvIpMCChFHZXRIaXN0b3J5UmVxdWVzdBIdCgp2ZWhpY2xlX2lkGAEg\
      ASgJUgl2ZWhpY2xlSWQSLgoEZnJvbRgCIAEoCzIaLmdvb2dsZS5wcm90b2J1Zi5UaW1lc3RhbXBSBGZyb20SKgoCdG8YAyABKAsy\
      Gi5nb29nbGUucHJvdG9idWYuVGltZXN0YW1wUgJ0bxIUCgVsaW1pdBgEIAEoBVIFbGltaXQSHQoKcGFnZV90b2tlbhgFIAEoCVIJ\
      cGFnZVRva2VuEh8KCmludGVydmFsX3MYBiABKAFIAFIJaW50ZXJ2YWxTEhYKBnNvdXJjZRgHIAEoCVIGc291cmNlQhUKE2ludGVy\
      dmFsX3NfcHJlc2VuY2UilgEKEkdldEhpc3RvcnlSZXNwb25zZRIdCgp2ZWhpY2xlX2lkGAEgASgJUgl2ZWhpY2xlSWQSOQoHc2Ft\
      cGxlcxgCIAMoCzIfLnR3aW4uY29tbW9uLnYxLlRlbGVtZXRyeVNhbXBsZVIHc2FtcGxlcxImCg9uZXh0X3BhZ2VfdG9rZW4YAyAB\
      KAlSDW5leHRQYWdlVG9rZW4iiAIKF0xpc3RPYnNlcnZhdGlvbnNSZXF1ZXN0Eh0KCnZlaGljbGVfaWQYASABKAlSCXZlaGljbGVJ\
      ZBI2CgRraW5kGAIgASgOMiIudHdpbi5zdGF0ZXN5bmMudjEuT2JzZXJ2YXRpb25LaW5kUgRraW5kEi4KBGZyb20YAyABKAsyGi5n\
      b29nbGUucHJvdG9idWYuVGltZXN0YW1wUgRmcm9tEioKAnRvGAQgASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFICdG8S\
      GwoJcGFnZV9zaXplGAUgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAYgASgJUglwYWdlVG9rZW4ihgEKGExpc3RPYnNlcnZh\
      dGlvbnNSZXNwb25zZRJCCgxvYnNlcnZhdGlvbnMYASADKAsyHi50d2luLnN0YXRlc3luYy52MS5PYnNlcnZhdGlvblIMb2JzZXJ2\
      YXRpb25zEiYKD25leHRfcGFnZV90b2tlbhgCIAEoCVINbmV4dFBhZ2VUb2tlbiLkAgoLT2JzZXJ2YXRpb24SFgoGc291cmNlGAEg\
      ASgJUgZzb3VyY2USNgoGc2Vuc29yGAIgASgLMhwudHdpbi5jb21tb24udjEuU2Vuc29yU2FtcGxlSABSBnNlbnNvchJFCgtlbnZp\
      cm9ubWVudBgDIAEoCzIhLnR3aW4uY29tbW9uLnYxLkVudmlyb25tZW50U2FtcGxlSABSC2Vudmlyb25tZW50EkIKCm9wZXJhdGlv\
      bnMYBCABKAsyIC50d2luLmNvbW1vbi52MS5PcGVyYXRpb25zU2FtcGxlSABSCm9wZXJhdGlvbnMSMAoFZXZlbnQYBSABKAsyGC50\
      d2luLnN0YXRlc3luYy52MS5FdmVudEgAUgVldmVudBI9CgxyZWNlaXZlX3RpbWUYBiABKAsyGi5nb29nbGUucHJvdG9idWYuVGlt\
      ZXN0YW1wUgtyZWNlaXZlVGltZUIJCgdjb250ZW50IucBChVTdWJzY3JpYmVGbGVldFJlcXVlc3QSHwoLdmVoaWNsZV9pZHMYASAD\
      KAlSCnZlaGljbGVJZHMSOAoFa2luZHMYAiADKA4yIi50d2luLnN0YXRlc3luYy52MS5GbGVldFVwZGF0ZUtpbmRSBWtpbmRzEiEK\
      C3Jlc3VtZV9mcm9tGAMgASgESABSCnJlc3VtZUZyb20SIAoLbWF4X3JhdGVfaHoYBCABKAFIAVIJbWF4UmF0ZUh6QhYKFHJlc3Vt\
      ZV9mcm9tX3ByZXNlbmNlQhYKFG1heF9yYXRlX2h6X3ByZXNlbmNlIpcCCgtGbGVldFVwZGF0ZRIWCgZjdXJzb3IYASABKARSBmN1\
      cnNvchIdCgp2ZWhpY2xlX2lkGAIgASgJUgl2ZWhpY2xlSWQSNQoEcmVhbBgDIAEoCzIfLnR3aW4uY29tbW9uLnYxLlRlbGVtZXRy\
      eVNhbXBsZUgAUgRyZWFsEkMKDXZpcnR1YWxfc3RhdGUYBCABKAsyHC50d2luLmNvbW1vbi52MS5WZWhpY2xlU3RhdGVIAFIMdmly\
      dHVhbFN0YXRlEjAKBWV2ZW50GAUgASgLMhgudHdpbi5zdGF0ZXN5bmMudjEuRXZlbnRIAFIFZXZlbnQSGAoHc2tpcHBlZBgGIAEo\
      BFIHc2tpcHBlZEIJCgdjb250ZW50IjUKFEdldFN5bmNSZXBvcnRSZXF1ZXN0Eh0KCnZlaGljbGVfaWQYASABKAlSCXZlaGljbGVJ\
      ZCKaAQoKU3luY1JlcG9ydBIdCgp2ZWhpY2xlX2lkGAEgASgJUgl2ZWhpY2xlSWQSMgoGc3RhdHVzGAIgASgOMhoudHdpbi5jb21t\
      b24udjEuU3luY1N0YXR1c1IGc3RhdHVzEjkKB3NvdXJjZXMYAyADKAsyHy50d2luLnN0YXRlc3luYy52MS5Tb3VyY2VSZXBvcnRS\
      B3NvdXJjZXMigAQKDFNvdXJjZVJlcG9ydBIWCgZzb3VyY2UYASABKAlSBnNvdXJjZRIaCghhY2NlcHRlZBgCIAEoBFIIYWNjZXB0\
      ZWQSHAoJZHVwbGljYXRlGAMgASgEUglkdXBsaWNhdGUSEgoEbGF0ZRgEIAEoBFIEbGF0ZRIaCghyZWplY3RlZBgFIAEoBFIIcmVq\
      ZWN0ZWQSGAoHbWlzc2luZxgGIAEoBFIHbWlzc2luZxIjCg1sYXN0X3NlcXVlbmNlGAcgASgEUgxsYXN0U2VxdWVuY2USLwoTY29u\
      dGlndW91c19zZXF1ZW5jZRgIIAEoBFISY29udGlndW91c1NlcXVlbmNlEjcKCWxhc3RfdGltZRgJIAEoCzIaLmdvb2dsZS5wcm90\
      b2J1Zi5UaW1lc3RhbXBSCGxhc3RUaW1lEiQKDWNsb2NrX3NrZXdfbXMYCiABKAFIAFILY2xvY2tTa2V3TXMSKwoRY2xvY2tfc2tl\
      d19zdGRfbXMYCyABKAFIAVIOY2xvY2tTa2V3U3RkTXMSHAoKbGFnX3A1MF9tcxgMIAEoAVIIbGFnUDUwTXMSHAoKbGFnX3A5OV9t\
      cxgNIAEoAVIIbGFnUDk5TXNCGAoWY2xvY2tfc2tld19tc19wcmVzZW5jZUIcChpjbG9ja19za2V3X3N0ZF9tc19wcmVzZW5jZSqv\
      AQoPT2JzZXJ2YXRpb25LaW5kEiAKHE9CU0VSVkFUSU9OX0tJTkRfVU5TUEVDSUZJRUQQABIbChdPQlNFUlZBVElPTl9LSU5EX1NF\
      TlNPUhABEiAKHE9CU0VSVkFUSU9OX0tJTkRfRU5WSVJPTk1FTlQQAhIfChtPQlNFUlZBVElPTl9LSU5EX09QRVJBVElPTlMQAxIa\
      ChZPQlNFUlZBVElPTl9LSU5EX0VWRU5UEAQqjAEKD0ZsZWV0VXBkYXRlS2luZBIhCh1GTEVFVF9VUERBVEVfS0lORF9VTlNQRUNJ\
      RklFRBAAEhoKFkZMRUVUX1VQREFURV9LSU5EX1JFQUwQARIdChlGTEVFVF9VUERBVEVfS0lORF9WSVJUVUFMEAISGwoXRkxFRVRf\
      VVBEQVRFX0tJTkRfRVZFTlQQAzKhAwoMRmxlZXRTZXJ2aWNlEl4KCkdldEhpc3RvcnkSJC50d2luLnN0YXRlc3luYy52MS5HZXRI\
      aXN0b3J5UmVxdWVzdBolLnR3aW4uc3RhdGVzeW5jLnYxLkdldEhpc3RvcnlSZXNwb25zZSIDkAIBEnAKEExpc3RPYnNlcnZhdGlv\
      bnMSKi50d2luLnN0YXRlc3luYy52MS5MaXN0T2JzZXJ2YXRpb25zUmVxdWVzdBorLnR3aW4uc3RhdGVzeW5jLnYxLkxpc3RPYnNl\
      cnZhdGlvbnNSZXNwb25zZSIDkAIBEmEKDlN1YnNjcmliZUZsZWV0EigudHdpbi5zdGF0ZXN5bmMudjEuU3Vic2NyaWJlRmxlZXRS\
      ZXF1ZXN0Gh4udHdpbi5zdGF0ZXN5bmMudjEuRmxlZXRVcGRhdGUiA5ACATABElwKDUdldFN5bmNSZXBvcnQSJy50d2luLnN0YXRl\
      c3luYy52MS5HZXRTeW5jUmVwb3J0UmVxdWVzdBodLnR3aW4uc3RhdGVzeW5jLnYxLlN5bmNSZXBvcnQiA5ACAWIGcHJvdG8z
      """)
}
