import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.engine.v1.EnvironmentTwinService` over the use cases.
struct EnvironmentTwinServiceAPI: EnvironmentTwinServiceHandler {
  let twins: EnvironmentTwins
  let calibration: EnvironmentCalibration

  func getEnvironmentSnapshot(_ request: GetEnvironmentSnapshotRequest, _ call: ServerCall) async throws
    -> EnvironmentSnapshot
  { try await twins.snapshot(request.environmentID, targets: request.targets) }

  func updateEnvironment(_ request: UpdateEnvironmentRequest, _ call: ServerCall) async throws
    -> UpdateEnvironmentResponse
  { UpdateEnvironmentResponse(targetCount: UInt32(try await twins.apply(request))) }

  func calibrateEnvironment(_ request: CalibrateEnvironmentRequest, _ call: ServerCall) async throws
    -> CalibrateEnvironmentResponse
  {
    if let from = request.from.flatMap({ UTCInstant($0) }), let to = request.to.flatMap({ UTCInstant($0) }), from > to {
      throw ServiceFault.invalid("from", "must not be later than to")
    }
    let environment = try await twins.find(request.environmentID)
    return CalibrateEnvironmentResponse(
      environmentID: environment.id,
      targets: try await calibration.calibrate(environment.id, from: request.from, to: request.to))
  }
}
