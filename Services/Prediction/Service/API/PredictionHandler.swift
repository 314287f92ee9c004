import RPCCore
import RPCErrors
import SimulationInput
import TwinConversions
import TwinProto

/// `twin.prediction.v1.PredictionService`: evaluates bare models, so that anyone can check a number.
///
/// What needs environments and residuals is refused until they exist: no number rather than a made-up one.
struct PredictionHandler: PredictionServiceHandler {
  let models: [any BareModel]

  func predictPerformance(_ request: PredictPerformanceRequest, _ call: ServerCall) async throws
    -> PredictPerformanceResponse
  {
    guard !request.model.isEmpty else {
      guard request.target.isEmpty else { throw Self.missing("the performance of a target") }
      throw ServiceFault.invalid("model", "is required")
    }
    guard let model = models.first(where: { $0.name == request.model }) else {
      throw ServiceFault(
        .invalidArgument, .modelNotFound,
        "model: must be one of \(models.map(\.name).joined(separator: ", "))",
        violations: [.init("model", "must be one of \(models.map(\.name).joined(separator: ", "))")])
    }
    let inputs: ResolvedParameters
    do {
      inputs = try model.inputs.resolve(request.inputs.map { InputValue($0) } ?? .null, path: "inputs.")
    } catch {
      throw ServiceFault.invalid(error.issues.map { .init($0.field, $0.reason) })
    }
    let outputs = try model.evaluate(inputs)
    return PredictPerformanceResponse(
      model: model.name,
      outputs: ProtoStruct(
        fields: Dictionary(uniqueKeysWithValues: outputs.map { ($0.0, ProtoValue(kind: .numberValue($0.1))) })),
      equation: model.equation, regime: model.regime, confidence: 0, calibrated: false, source: model.source,
      assumptions: model.assumptions)
  }

  func listModels(_ request: ListModelsRequest, _ call: ServerCall) async throws -> ListModelsResponse {
    // All of them fit one page.
    guard request.pageToken.isEmpty else { throw ServiceFault.invalid("page_token", "is not one that this list gave") }
    return ListModelsResponse(
      models: models.map { model in
        Model(
          name: model.name, version: model.version, description: model.meaning,
          inputs: model.inputs.specifications.map(\.name), outputs: model.outputNames, source: model.source,
          regimes: [model.regime])
      })
  }

  func predictImpact(_ request: PredictImpactRequest, _ call: ServerCall) async throws -> PredictImpactResponse {
    throw Self.missing("the impact of a change")
  }

  func predictFailures(_ request: PredictFailuresRequest, _ call: ServerCall) async throws -> PredictFailuresResponse {
    throw Self.missing("failures")
  }

  func recordActual(_ request: RecordActualRequest, _ call: ServerCall) async throws -> RecordActualResponse {
    throw Self.missing("actual values")
  }

  func listTrackRecord(_ request: ListTrackRecordRequest, _ call: ServerCall) async throws -> ListTrackRecordResponse {
    throw Self.missing("a track record")
  }

  private static func missing(_ what: String) -> RPCError {
    RPCError(.unimplemented, "this version has no environments yet, so it doesn't know \(what)")
  }
}
