import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.statesync.v1.TelemetryService` over the use cases.
struct TelemetryServiceAPI: TelemetryServiceHandler {
  let ingest: Ingest
  let feed: FleetFeed
  let drain: DrainSignal
  /// nil where no folder for them is set.
  let uploads: Uploads?

  func streamTelemetry(
    _ requests: RPCReader<StreamTelemetryRequest>, _ responses: RPCWriter<StreamTelemetryResponse>, _ call: ServerCall
  ) async throws {
    try await TelemetryStream(ingest: ingest, feed: feed, drain: drain).serve(requests, responses)
  }

  func pushTelemetry(_ request: PushTelemetryRequest, _ call: ServerCall) async throws -> PushTelemetryResponse {
    try Self.refuseOtherKinds(
      sensors: request.sensorSamples.count, environment: request.environmentSamples.count,
      operations: request.operationsSamples.count)
    guard !request.samples.isEmpty else { throw ServiceFault.invalid("samples", "must hold at least one sample") }
    let (vehicle, source) = try await ingest.sender(
      of: Ingest.Batch(
        vehicleID: request.vehicleID, physicalVehicleID: request.physicalVehicleID, source: request.source,
        samples: request.samples))
    let checked = try ingest.check(request.samples, from: vehicle, source)
    let report = try await ingest.log.commit(checked.submission)
    return PushTelemetryResponse(
      vehicleID: vehicle.id, lastSequence: report.lastSequence, accepted: UInt32(report.accepted),
      duplicate: UInt32(report.duplicate), late: UInt32(report.late),
      rejected: UInt32(checked.submission.rejectedCount + report.expired.count),
      rejections: Ingest.rejections(checked.rejections, report))
  }

  /// Sensor, environment and operations samples on their own come with the live fleet twin. Until then they are refused
  /// as a whole, so that nobody believes them stored.
  static func refuseOtherKinds(sensors: Int, environment: Int, operations: Int) throws {
    for (field, count) in [
      ("sensor_samples", sensors), ("environment_samples", environment), ("operations_samples", operations),
    ] where count > 0 {
      throw RPCError(
        .unimplemented, "\(field): only vehicle samples are taken by this version; sensors may be inside of them")
    }
  }

  // MARK: Uploads

  func uploadTelemetry(_ requests: RPCReader<UploadTelemetryRequest>, _ call: ServerCall) async throws -> Upload {
    try await available.take(requests)
  }

  func getUpload(_ request: GetUploadRequest, _ call: ServerCall) async throws -> Upload {
    try await available.get(request.id)
  }

  func listUploadRejections(_ request: ListUploadRejectionsRequest, _ call: ServerCall) async throws
    -> ListUploadRejectionsResponse
  { try await available.rejections(request) }

  private var available: Uploads {
    get throws {
      guard let uploads else { throw ServiceFault.noUploads }
      return uploads
    }
  }

  // MARK: With the live fleet twin

  func publishEvents(_ request: PublishEventsRequest, _ call: ServerCall) async throws -> PublishEventsResponse {
    throw RPCError(.unimplemented, "events come with the live fleet twin")
  }
}
