import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.statesync.v1.TelemetryService` over the use cases.
struct TelemetryServiceAPI: TelemetryServiceHandler {
  let ingest: Ingest
  let observations: ObservationAPI
  let homes: VehicleHomes
  let feed: FleetFeed
  let peerFeeds: PeerFeeds
  let drain: DrainSignal
  /// nil where no folder for them is set.
  let uploads: Uploads?

  func streamTelemetry(
    _ requests: RPCReader<StreamTelemetryRequest>, _ responses: RPCWriter<StreamTelemetryResponse>, _ call: ServerCall
  ) async throws {
    try await TelemetryStream(
      ingest: ingest, observations: observations, homes: homes, isPassedOn: PassedOn.isMarked(call), feed: feed,
      peerFeeds: peerFeeds, drain: drain
    ).serve(requests, responses)
  }

  func pushTelemetry(_ request: PushTelemetryRequest, _ call: ServerCall) async throws -> PushTelemetryResponse {
    let others = ObservationBatch(
      sensors: request.sensorSamples, environment: request.environmentSamples, operations: request.operationsSamples)
    guard !request.samples.isEmpty || !others.isEmpty else {
      throw ServiceFault.invalid("samples", "must hold at least one sample")
    }
    let (vehicle, source) = try await ingest.sender(
      of: Ingest.Batch(
        vehicleID: request.vehicleID, physicalVehicleID: request.physicalVehicleID, source: request.source,
        samples: request.samples, others: others))
    return try await homes.answer(for: vehicle.id, call) {
      try await push(request, others, vehicle, source)
    } there: { channel, options in
      try await TelemetryServiceClient(channel).pushTelemetry(request, options: options)
    }
  }

  private func push(
    _ request: PushTelemetryRequest, _ others: ObservationBatch, _ vehicle: Vehicle, _ source: String
  ) async throws -> PushTelemetryResponse {
    let checked = try ingest.check(request.samples, from: vehicle, source)
    // Both at once; the answer waits for both.
    async let observed = observations.commit(others, from: vehicle, source)
    let report = try await ingest.log.commit(checked.submission)
    let result = try await observed
    return PushTelemetryResponse(
      vehicleID: vehicle.id, lastSequence: report.lastSequence, accepted: UInt32(report.accepted + result.accepted),
      duplicate: UInt32(report.duplicate + result.duplicate), late: UInt32(report.late + result.late),
      rejected: UInt32(checked.submission.rejectedCount + report.expired.count + result.rejected),
      rejections: Array(
        (Ingest.rejections(checked.rejections, report) + result.rejections).prefix(Ingest.maximumRejections)))
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

  // MARK: Events

  func publishEvents(_ request: PublishEventsRequest, _ call: ServerCall) async throws -> PublishEventsResponse {
    try await observations.publish(request.events)
  }
}
