import FleetCore
import Synchronization
import TwinProto

/// Keeps uploads in memory, for tests.
final class MemoryUploadStore: UploadStore {
  private struct State {
    var uploads: [Int64: UploadRecord] = [:]
    var touched: [Int64: UTCInstant] = [:]
    var rejections: [Int64: [UInt64: RejectedSample]] = [:]
    var last: Int64 = 0
  }

  private let telemetry: MemoryTelemetryStore
  private let state = Mutex(State())

  /// - Parameter telemetry: where the rows of uploads go. Uploads are away when it is.
  init(_ telemetry: MemoryTelemetryStore) { self.telemetry = telemetry }

  private func access<Result: Sendable>(_ body: (inout State) throws -> Result) throws -> Result {
    guard !telemetry.isAway else { throw StoreUnavailable("the store was taken away") }
    return try state.withLock { try body(&$0) }
  }

  func add(_ upload: NewUpload) async throws -> UploadRecord {
    try access { state in
      if let requestID = upload.request.requestID,
        let known = state.uploads.values.first(where: { $0.request.requestID == requestID })
      {
        return known
      }
      state.last += 1
      let record = UploadRecord(
        key: state.last, request: upload.request, folder: upload.folder, file: upload.file, bytes: upload.bytes,
        created: upload.created)
      state.uploads[record.key] = record
      state.touched[record.key] = upload.created
      return record
    }
  }

  func upload(_ key: Int64) async throws -> UploadRecord? { try access { $0.uploads[key] } }

  func upload(requestID: String) async throws -> UploadRecord? {
    try access { state in state.uploads.values.first { $0.request.requestID == requestID } }
  }

  func open(inFolder folder: String, limit: Int) async throws -> [UploadRecord] {
    try access { state in
      Array(
        state.uploads.values.filter { $0.folder == folder && !$0.hasEnded }.sorted { $0.key < $1.key }.prefix(limit))
    }
  }

  func note(_ progress: UploadProgress, of key: Int64) async throws {
    try access { state in
      guard var record = state.uploads[key], !record.hasEnded else { throw UploadEnded() }
      record.status = progress.status
      record.counts = progress.counts
      record.bytesDone = progress.bytesDone
      record.round = progress.round
      record.error = progress.error
      if record.hasEnded { record.ended = progress.time }
      state.uploads[key] = record
      state.touched[key] = progress.time
      for rejection in progress.rejections { state.rejections[key, default: [:]][rejection.row] = rejection }
    }
  }

  func arrived(_ rows: [UploadedKey], at received: UTCInstant) async throws -> [Int32?] {
    var sources: [Int32: [SampleSource]] = [:]
    for vehicle in Set(rows.map(\.vehicleKey)) { sources[vehicle] = try await telemetry.sources(of: vehicle) }
    var stored: Set<Stored> = []
    for row in telemetry.allRows where row.received == received {
      stored.insert(Stored(source: row.sourceKey, time: row.time, sequence: row.sample.sequence))
    }
    return rows.map { key in
      guard let source = sources[key.vehicleKey]?.first(where: { $0.name == key.source }) else { return nil }
      return stored.contains(Stored(source: source.key, time: key.time, sequence: key.sequence)) ? source.key : nil
    }
  }

  private struct Stored: Hashable {
    var source: Int32
    var time: UTCInstant
    var sequence: UInt64
  }

  func rejections(of key: Int64, after row: UInt64, limit: Int) async throws -> [RejectedSample] {
    try access { state in
      let rejections = state.rejections[key, default: [:]].values
      return Array(rejections.filter { $0.row > row }.sorted { $0.row < $1.row }.prefix(limit))
    }
  }

  func drop(endedBefore time: UTCInstant, limit: Int) async throws -> Int {
    try access { state in
      let old = state.uploads.values.filter { $0.ended.map { $0 < time } ?? false }.prefix(limit)
      for upload in old {
        state.uploads[upload.key] = nil
        state.rejections[upload.key] = nil
      }
      return old.count
    }
  }

  func fail(untouchedSince time: UTCInstant, error: String, at now: UTCInstant, except folder: String) async throws {
    try access { state in
      for var record in state.uploads.values {
        if !record.hasEnded, record.folder == folder { state.touched[record.key] = now }
        guard !record.hasEnded, record.folder != folder, let touched = state.touched[record.key], touched < time else {
          continue
        }
        record.status = .failed
        record.error = error
        record.ended = now
        state.uploads[record.key] = record
      }
    }
  }
}
