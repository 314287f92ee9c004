import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// Uploads as their senders see them.
struct Uploads: Sendable {
  /// The source of rows where neither they nor the upload name one.
  static let defaultSource = "upload"
  static let rejectionPages = PageSizes(usual: 100, largest: 1_000)

  let intake: UploadIntake
  let store: any UploadStore

  func take(_ requests: RPCReader<UploadTelemetryRequest>) async throws -> Upload {
    try await message(try await intake.take(requests))
  }

  func get(_ id: String) async throws -> Upload { try await message(try await find(id)) }

  func rejections(_ request: ListUploadRejectionsRequest) async throws -> ListUploadRejectionsResponse {
    let size = try Self.rejectionPages.size(request.pageSize)
    let upload = try await find(request.id)
    let list = "upload-rejections|\(upload.id)"
    var after: UInt64 = 0
    if !request.pageToken.isEmpty {
      guard let place = PageToken.position(in: request.pageToken, of: list, count: 1) else {
        throw ServiceFault.wrongPageToken()
      }
      after = UInt64(clamping: place[0])
    }
    // One more, to know whether anything follows.
    let found = try await store.rejections(of: upload.key, after: after, limit: size + 1)
    var response = ListUploadRejectionsResponse(rejections: Array(found.prefix(size)))
    if found.count > size, let last = response.rejections.last {
      response.nextPageToken = PageToken(list: list, position: [Int64(clamping: last.row)]).text
    }
    return response
  }

  private func find(_ id: String) async throws -> UploadRecord {
    guard let key = UploadRecord.key(of: id), let upload = try await store.upload(key) else {
      throw ServiceFault.noUpload(id)
    }
    return upload
  }

  private func message(_ upload: UploadRecord) async throws -> Upload {
    let counts = upload.counts
    var message = Upload(
      id: upload.id, status: upload.status, bytesReceived: upload.bytes, rows: counts.rows, accepted: counts.accepted,
      duplicate: counts.duplicate, late: counts.late, rejected: counts.rejected, error: upload.error,
      createTime: upload.created.timestamp, endTime: upload.ended?.timestamp)
    message.progress =
      upload.status == .completed ? 1 : upload.bytes == 0 ? 0 : min(1, Double(upload.bytesDone) / Double(upload.bytes))
    if counts.rejected > 0 {
      message.rejections = try await store.rejections(of: upload.key, after: 0, limit: UploadLimits.shownRejections)
    }
    return message
  }
}
