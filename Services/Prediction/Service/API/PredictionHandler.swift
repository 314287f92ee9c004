import FleetCore
import RPCCore
import RPCErrors
import SimulationInput
import TwinConversions
import TwinProto

/// `twin.prediction.v1.PredictionService`: evaluates bare models, so that anyone can check a number; predicts the impact of
/// changes, the performance of targets, and failures; keeps the record of how good that was.
struct PredictionHandler: PredictionServiceHandler {
  private static let pages = PageSizes(usual: 100, largest: 1_000)

  let models: [any BareModel]
  let performance: TargetPredictor
  let arbiter: Arbiter
  let records: TrackRecords
  let store: any PredictionStore
  let forecast: FailureForecast
  let clock: WallClock

  func predictPerformance(_ request: PredictPerformanceRequest, _ call: ServerCall) async throws
    -> PredictPerformanceResponse
  {
    guard !request.model.isEmpty else {
      guard request.target.isEmpty else { return try await performance.predict(request) }
      throw ServiceFault.invalid("model", "is required, unless target is given")
    }
    try Self.checkBare(request)
    guard let model = models.first(where: { $0.name == request.model }) else {
      throw ServiceFault(
        .invalidArgument, .modelNotFound,
        "model: must be one of \(models.map(\.name).joined(separator: ", "))",
        violations: [.init("model", "must be one of \(models.map(\.name).joined(separator: ", "))")])
    }
    let outputs = try model.answer(request.inputs.map { InputValue($0) } ?? .null)
    return PredictPerformanceResponse(
      model: model.name, outputs: ProtoStruct(outputs), equation: model.equation, regime: model.regime, confidence: 0,
      calibrated: false, source: model.source, assumptions: model.assumptions)
  }

  func listModels(_ request: ListModelsRequest, _ call: ServerCall) async throws -> ListModelsResponse {
    let limit = try Self.pages.size(request.pageSize)
    var rest = models[...]
    if !request.pageToken.isEmpty {
      guard let last = PageToken.name(in: request.pageToken, of: "models") else { throw ServiceFault.wrongPageToken() }
      rest = rest.drop { $0.name <= last }
    }
    let page = rest.prefix(limit)
    return ListModelsResponse(
      models: page.map { model in
        Model(
          name: model.name, version: model.version, description: model.meaning,
          inputs: model.inputs.map(\.name), outputs: model.outputNames, source: model.source,
          regimes: [model.regime])
      }, nextPageToken: rest.count > limit ? PageToken.text(list: "models", after: page.last?.name ?? "") : "")
  }

  func predictImpact(_ request: PredictImpactRequest, _ call: ServerCall) async throws -> PredictImpactResponse {
    let check = CheckChangeRequest(simulationID: request.simulationID, changeRequest: request.changeRequest)
    try ArbiterHandler.check(check)
    do {
      let (simulation, judgement) = try await arbiter.predict(check)
      return PredictImpactResponse(
        simulationID: simulation.id, predictedImpact: judgement.impact, confidenceDetail: judgement.detail,
        confidence: judgement.confidence, calibrated: judgement.calibration.isCalibrated,
        regime: judgement.regime, predictionInterval: judgement.interval,
        predictionIntervals: judgement.intervals)
    } catch let error as ImpossibleJudgement {
      throw ServiceFault(.internalError, .internal, "\(error)")
    }
  }

  func predictFailures(_ request: PredictFailuresRequest, _ call: ServerCall) async throws -> PredictFailuresResponse {
    let limit = try Self.pages.size(request.pageSize)
    let hours = request.horizonHours ?? FailureForecast.usual
    guard hours > 0, hours <= FailureForecast.longest else {
      throw ServiceFault.invalid("horizon_hours", "must be over 0 and at most \(Int(FailureForecast.longest)) h")
    }
    let environment = request.environment.isEmpty ? EnvironmentNames.usual : request.environment
    let list = "failures|\(environment)|\(request.targetSystem)|\(hours)"
    // Later pages are of the same moment as the first.
    var position = [0, clock.now().microseconds]
    if !request.pageToken.isEmpty {
      guard let found = PageToken.position(in: request.pageToken, of: list, count: 2), found[0] > 0 else {
        throw ServiceFault.wrongPageToken()
      }
      position = found
    }
    let outcome = try await forecast.outlook(
      environment: environment, target: request.targetSystem, hours: hours,
      at: UTCInstant(microseconds: position[1]))
    let rest = outcome.failures.dropFirst(Int(clamping: position[0]))
    let next =
      rest.count > limit ? PageToken(list: list, position: [position[0] + Int64(limit), position[1]]).text : ""
    return PredictFailuresResponse(
      environment: outcome.environment.id, failures: Array(rest.prefix(limit)), nextPageToken: next,
      dataTime: outcome.dataTime?.timestamp, stale: outcome.environment.stale)
  }

  func recordActual(_ request: RecordActualRequest, _ call: ServerCall) async throws -> RecordActualResponse {
    RecordActualResponse(
      records: try await records.record(request, caller: call.identity).map { TrackRecord($0) })
  }

  func listTrackRecord(_ request: ListTrackRecordRequest, _ call: ServerCall) async throws -> ListTrackRecordResponse {
    let limit = try Self.pages.size(request.pageSize)
    let list = ["track-record", request.environment, request.model].joined(separator: "|")
    var before = Int64.max
    if !request.pageToken.isEmpty {
      guard let position = PageToken.position(in: request.pageToken, of: list, count: 1) else {
        throw ServiceFault.wrongPageToken()
      }
      before = position[0]
    }
    let found = try await store.trackRecord(
      environment: request.environment, model: request.model, before: before, limit: limit + 1)
    let coverage = try await store.coverage(environment: request.environment, model: request.model)
    let page = found.prefix(limit)
    let last = found.count > limit ? page.last?.ordinal : nil
    return ListTrackRecordResponse(
      records: page.map { TrackRecord($0.residual) },
      nextPageToken: last.map { PageToken(list: list, position: [$0]).text } ?? "",
      coverage: coverage.stated > 0 ? Double(coverage.covered) / Double(coverage.stated) : nil,
      total: UInt64(coverage.total))
  }

  /// What only a target takes.
  private static func checkBare(_ request: PredictPerformanceRequest) throws {
    let given: [(String, Bool)] = [
      ("target", !request.target.isEmpty), ("arrival_rate_per_s", request.arrivalRatePerS != nil),
      ("clients", request.clients != nil), ("load_factor", request.loadFactor != nil),
      ("change", request.change != nil),
    ]
    let wrong = given.filter(\.1).map {
      ServiceFault.FieldViolation($0.0, "must not be given beside model, whose inputs stand in inputs")
    }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
  }
}
