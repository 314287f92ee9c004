// Generated from twin/prediction/v1/prediction.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.prediction.v1.PredictionService`.
public enum PredictionServiceMethods {
  public static let predictImpact = MethodDescriptor(
    service: "twin.prediction.v1.PredictionService", method: "PredictImpact", kind: .unary, isIdempotent: true)
  public static let predictPerformance = MethodDescriptor(
    service: "twin.prediction.v1.PredictionService", method: "PredictPerformance", kind: .unary, isIdempotent: true)
  public static let predictFailures = MethodDescriptor(
    service: "twin.prediction.v1.PredictionService", method: "PredictFailures", kind: .unary, isIdempotent: true)
  public static let listModels = MethodDescriptor(
    service: "twin.prediction.v1.PredictionService", method: "ListModels", kind: .unary, isIdempotent: true)
  public static let recordActual = MethodDescriptor(
    service: "twin.prediction.v1.PredictionService", method: "RecordActual", kind: .unary, isIdempotent: true)
  public static let listTrackRecord = MethodDescriptor(
    service: "twin.prediction.v1.PredictionService", method: "ListTrackRecord", kind: .unary, isIdempotent: true)
}

/// Predicts, and learns from what really happened.
public protocol PredictionServiceHandler: RPCService {
  /// Predicts the impact of a change, without deciding anything.
  func predictImpact(_ request: PredictImpactRequest, _ call: ServerCall) async throws -> PredictImpactResponse

  /// Evaluates a model with given inputs, or predicts the performance of a target.
  func predictPerformance(_ request: PredictPerformanceRequest, _ call: ServerCall) async throws -> PredictPerformanceResponse

  /// Predicts failures of an environment's targets: saturation, exhaustion, anomalies. Keeps what it predicts, and records
  /// what came of it once that is known.
  func predictFailures(_ request: PredictFailuresRequest, _ call: ServerCall) async throws -> PredictFailuresResponse

  /// Lists the models with their inputs and the regimes they hold in.
  func listModels(_ request: ListModelsRequest, _ call: ServerCall) async throws -> ListModelsResponse

  /// Records what a change really did, so that its residuals calibrate later predictions. Safe to retry with the same
  /// request_id.
  func recordActual(_ request: RecordActualRequest, _ call: ServerCall) async throws -> RecordActualResponse

  /// Lists predicted against actual values of an environment, newest first.
  func listTrackRecord(_ request: ListTrackRecordRequest, _ call: ServerCall) async throws -> ListTrackRecordResponse
}

extension PredictionServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(PredictionServiceMethods.predictImpact) { request, call in
        try await self.predictImpact(request, call)
      },
      .unary(PredictionServiceMethods.predictPerformance) { request, call in
        try await self.predictPerformance(request, call)
      },
      .unary(PredictionServiceMethods.predictFailures) { request, call in
        try await self.predictFailures(request, call)
      },
      .unary(PredictionServiceMethods.listModels) { request, call in
        try await self.listModels(request, call)
      },
      .unary(PredictionServiceMethods.recordActual) { request, call in
        try await self.recordActual(request, call)
      },
      .unary(PredictionServiceMethods.listTrackRecord) { request, call in
        try await self.listTrackRecord(request, call)
      },
    ]
  }
}

/// Predicts, and learns from what really happened.
public struct PredictionServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Predicts the impact of a change, without deciding anything.
  public func predictImpact(_ request: PredictImpactRequest, options: CallOptions = CallOptions()) async throws
    -> PredictImpactResponse
  {
    try await channel.unary(PredictionServiceMethods.predictImpact, request, options: options)
  }

  /// Evaluates a model with given inputs, or predicts the performance of a target.
  public func predictPerformance(_ request: PredictPerformanceRequest, options: CallOptions = CallOptions()) async throws
    -> PredictPerformanceResponse
  {
    try await channel.unary(PredictionServiceMethods.predictPerformance, request, options: options)
  }

  /// Predicts failures of an environment's targets: saturation, exhaustion, anomalies. Keeps what it predicts, and records
  /// what came of it once that is known.
  public func predictFailures(_ request: PredictFailuresRequest, options: CallOptions = CallOptions()) async throws
    -> PredictFailuresResponse
  {
    try await channel.unary(PredictionServiceMethods.predictFailures, request, options: options)
  }

  /// Lists the models with their inputs and the regimes they hold in.
  public func listModels(_ request: ListModelsRequest, options: CallOptions = CallOptions()) async throws
    -> ListModelsResponse
  {
    try await channel.unary(PredictionServiceMethods.listModels, request, options: options)
  }

  /// Records what a change really did, so that its residuals calibrate later predictions. Safe to retry with the same
  /// request_id.
  public func recordActual(_ request: RecordActualRequest, options: CallOptions = CallOptions()) async throws
    -> RecordActualResponse
  {
    try await channel.unary(PredictionServiceMethods.recordActual, request, options: options)
  }

  /// Lists predicted against actual values of an environment, newest first.
  public func listTrackRecord(_ request: ListTrackRecordRequest, options: CallOptions = CallOptions()) async throws
    -> ListTrackRecordResponse
  {
    try await channel.unary(PredictionServiceMethods.listTrackRecord, request, options: options)
  }
}
