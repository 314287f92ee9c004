import FleetCore
import TwinProto

/// Sums of what became of an upload's rows.
struct UploadCounts: Sendable, Hashable {
  var rows: UInt64 = 0
  var accepted: UInt64 = 0
  var duplicate: UInt64 = 0
  /// Part of `accepted`.
  var late: UInt64 = 0
  var rejected: UInt64 = 0
}

/// Rows that are on their way into the log: what is needed to know, after a crash, which of them arrived there.
struct UploadRound: Sendable, Hashable {
  /// When they are said to have arrived. Rows of the log with another time were not stored by this round.
  var received: UTCInstant
  /// How many follow those that are counted.
  var rows: Int
  /// The highest sequence of each source before, by the source's key.
  var highest: [Int32: UInt64]
}

/// What is asked for with a file.
struct UploadRequest: Sendable, Hashable {
  var format: UploadFormat
  var isGzip: Bool
  /// Twin of the rows that name none; empty when they all must.
  var vehicleID: String
  /// Source of the rows that name none.
  var source: String
  /// nil when the caller gave none.
  var requestID: String?
}

/// An upload and how far it is.
struct UploadRecord: Sendable, Hashable {
  var key: Int64
  var request: UploadRequest
  /// The spool folder and the file in it.
  var folder: String
  var file: String
  /// The file's length.
  var bytes: UInt64
  var created: UTCInstant
  var status = JobStatus.queued
  var counts = UploadCounts()
  /// Bytes of the file whose rows are counted.
  var bytesDone: UInt64 = 0
  var round: UploadRound?
  /// Why it failed.
  var error: String?
  var ended: UTCInstant?

  var isGzip: Bool { request.isGzip }
  var format: UploadFormat { request.format }

  var hasEnded: Bool { status == .completed || status == .failed }

  // MARK: Id

  private static let prefix = "upload-"
  private static let digits = 6

  var id: String { Self.id(key) }

  /// The key that an id tells; nil for a text that is none.
  static func key(of id: String) -> Int64? {
    guard id.hasPrefix(prefix), let key = Int64(id.dropFirst(prefix.count)), key > 0 else { return nil }
    return Self.id(key) == id ? key : nil
  }

  private static func id(_ key: Int64) -> String {
    let number = String(key)
    return prefix + String(repeating: "0", count: max(0, digits - number.count)) + number
  }
}

/// A new upload, whose file is on the disk.
struct NewUpload: Sendable, Hashable {
  var request: UploadRequest
  var folder: String
  var file: String
  var bytes: UInt64
  var created: UTCInstant
}

/// How far an upload is after a round, and what comes next.
struct UploadProgress: Sendable, Equatable {
  var status: JobStatus
  var counts: UploadCounts
  var bytesDone: UInt64
  /// Rejected rows that came since the last note and are to be kept.
  var rejections: [RejectedSample] = []
  /// The rows that are submitted next.
  var round: UploadRound?
  var error: String?
  /// When this was so.
  var time: UTCInstant
}
