import FleetCore
import RPCCore
import RPCErrors
import SimulationCalibration
import SimulationInput
import TwinConversions
import TwinProto

/// `twin.engine.v1.CalibrationService` over the use cases. Divergence is asked at the twin's home, which has its live
/// state; everything else is in the database and answered by any replica.
struct CalibrationServiceAPI: CalibrationServiceHandler {
  static let divergenceWindow = (usual: 60.0, allowed: 1.0...3_600)
  static let validationWindow = (usual: 600.0, allowed: 1.0...86_400)

  let calibrations: Calibrations
  let validations: Validations
  let fleet: Fleet
  let homes: TwinHomes
  let clock: WallClock

  func calibrateTwin(_ request: CalibrateTwinRequest, _ call: ServerCall) async throws -> Calibration {
    Calibration(try await calibrations.calibrate(CalibrationOrder(request)))
  }

  func getCalibration(_ request: GetCalibrationRequest, _ call: ServerCall) async throws -> Calibration {
    Calibration(try await calibrations.calibration(request.version, of: request.id))
  }

  func listCalibrations(_ request: ListCalibrationsRequest, _ call: ServerCall) async throws
    -> ListCalibrationsResponse
  {
    let page = try await calibrations.list(request.id, pageSize: request.pageSize, pageToken: request.pageToken)
    return ListCalibrationsResponse(
      calibrations: page.calibrations.map { Calibration(.init(record: $0, twin: page.twin)) },
      nextPageToken: page.nextPageToken)
  }

  func revertCalibration(_ request: RevertCalibrationRequest, _ call: ServerCall) async throws
    -> RevertCalibrationResponse
  {
    let twin = try await calibrations.use(request.version, of: request.id)
    return RevertCalibrationResponse(
      vehicleID: twin.id, version: twin.calibrationVersion,
      parameters: ProtoStruct(fields: TwinParameters.known(of: twin).mapValues { ProtoValue(.number($0)) }))
  }
}

extension CalibrationServiceAPI {
  func getDivergence(_ request: GetDivergenceRequest, _ call: ServerCall) async throws -> DivergenceReport {
    let seconds = try Self.window(request.windowS, Self.divergenceWindow)
    return try await homes.answer(for: request.id, call) {
      DivergenceReport(try await calibrations.loader.live(request.id), over: seconds, until: clock.now())
    } there: { channel, options in
      try await CalibrationServiceClient(channel).getDivergence(request, options: options)
    }
  }

  func getValidation(_ request: GetValidationRequest, _ call: ServerCall) async throws -> ValidationReport {
    let seconds = try Self.window(request.windowS, Self.validationWindow)
    return try await validations.report(of: calibrations.twin(request.id), over: seconds)
  }

  private static func window(_ asked: Double?, _ bounds: (usual: Double, allowed: ClosedRange<Double>)) throws -> Double
  {
    guard let asked else { return bounds.usual }
    guard bounds.allowed.contains(asked) else {
      let (low, high) = (Int(bounds.allowed.lowerBound), Int(bounds.allowed.upperBound))
      throw ServiceFault.invalid("window_s", "must lie in \(low) to \(high) s")
    }
    return asked
  }
}

extension Calibration {
  init(_ outcome: Calibrations.Outcome) {
    let (record, fit) = (outcome.record, outcome.record.draft.fit)
    let kind: CalibrationKind =
      switch record.draft.kind {
      case .dynamics: .dynamics
      case .carFollowing: .carFollowing
      case .fuel: .fuel
      }
    self.init(
      vehicleID: outcome.twin.id, version: record.version, kind: kind,
      parameters: fit.parameters.mapValues { FittedParameter(value: $0.value, std: $0.std) }, fit: fit.fit,
      holdout: fit.holdout, sampleCount: UInt64(fit.sampleCount), holdoutCount: UInt64(fit.holdoutCount),
      active: record.version > 0 && outcome.twin.calibrated[record.draft.kind]?.version == record.version,
      createTime: record.createTime.timestamp, method: fit.method,
      before: ProtoStruct(fields: record.draft.before.mapValues { ProtoValue(.number($0)) }), refused: fit.omitted,
      uses: Dictionary(uniqueKeysWithValues: record.set.versions.map { ($0.key.rawValue, $0.value) }), notes: fit.notes)
  }
}
