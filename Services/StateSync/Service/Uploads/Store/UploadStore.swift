import FleetCore
import TwinProto

/// Where uploads are kept. Everything that returns has been committed.
///
/// Calls throw `StoreUnavailable` when the database can't be reached.
protocol UploadStore: Sendable {
  /// Adds an upload, unless there is one with its request id: then that one is returned.
  func add(_ upload: NewUpload) async throws -> UploadRecord

  func upload(_ key: Int64) async throws -> UploadRecord?

  func upload(requestID: String) async throws -> UploadRecord?

  /// Uploads of a folder that haven't ended, the oldest first, at most `limit`.
  func open(inFolder folder: String, limit: Int) async throws -> [UploadRecord]

  /// Notes how far an upload is. Saying the same twice is as saying it once, unless it says that the upload has ended.
  ///
  /// - Throws: `UploadEnded` when it has ended, and nothing is noted.
  func note(_ progress: UploadProgress, of key: Int64) async throws

  /// Which of these rows are in the log and arrived at `received`: each one's source key, nil for those that aren't
  /// there. Commits that are under way count as arrived.
  func arrived(_ rows: [UploadedKey], at received: UTCInstant) async throws -> [Int32?]

  /// Rejected rows in the order of the file, at most `limit`.
  func rejections(of key: Int64, after row: UInt64, limit: Int) async throws -> [RejectedSample]

  /// Forgets uploads that ended before a moment, at most `limit`; returns how many.
  func drop(endedBefore time: UTCInstant, limit: Int) async throws -> Int

  /// Ends uploads that nobody noted anything of since a moment.
  ///
  /// - Parameter folder: whose uploads are left alone.
  func fail(untouchedSince time: UTCInstant, error: String, at now: UTCInstant, except folder: String) async throws
}

/// The upload has ended, by whomever: nobody is to work on it any more.
struct UploadEnded: Error, Sendable {}

/// What tells a row of an upload from all others in the log.
struct UploadedKey: Sendable, Hashable {
  var vehicleKey: Int32
  var source: String
  var time: UTCInstant
  var sequence: UInt64
}
