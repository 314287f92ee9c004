import RPCCore
import RPCTransport
import TwinProto

/// Sends a file and follows what becomes of it.
struct UploadSession: Sendable {
  /// The longest that one question may take.
  private static let questionTimeout = Duration.seconds(10)

  let service: TelemetryServiceClient
  let patience: Patience
  let progress: UploadPrinter

  /// Sends a file. A connection that breaks is made again, and the file sent from its begin: nothing is kept of a part.
  func send(_ file: UploadFile, _ header: UploadHeader) async throws -> Upload {
    try await patience.retrying {
      let upload = try await service.uploadTelemetry { requests in
        try await requests.write(UploadTelemetryRequest(content: .header(header)))
        var sent: UInt64 = 0
        try await file.pieces { piece in
          try await requests.write(UploadTelemetryRequest(content: .chunk(piece)))
          sent += UInt64(piece.count)
          progress.show("sent", sent, file.bytes)
        }
      }
      progress.end()
      return upload
    }
  }

  /// Waits until an upload has ended.
  func waitForEnd(of upload: Upload) async throws -> Upload {
    var (upload, asked) = (upload, 0)
    var backoff = Backoff()
    backoff.initial = .milliseconds(50)
    backoff.maximum = .seconds(1)
    while upload.status != .completed, upload.status != .failed {
      try await Task.sleep(for: backoff.delay(attempt: asked, random: 0))
      asked += 1
      upload = try await patience.retrying {
        try await service.getUpload(
          GetUploadRequest(id: upload.id), options: CallOptions(timeout: Self.questionTimeout))
      }
      progress.show(
        "worked off \(upload.rows) rows", UInt64(upload.progress * Double(upload.bytesReceived)), upload.bytesReceived)
    }
    progress.end()
    return upload
  }
}
