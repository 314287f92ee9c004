import FleetCore
import Foundation
import Logging
import NIOPosix
import RPCCore
import RPCErrors
import RuntimeSystem
import RuntimeTelemetry
import Synchronization
import TwinProto

/// Takes files in: each is on the disk before its sender has an answer, and gone again when it doesn't come to an end.
final class UploadIntake: Sendable {
  private struct State {
    /// Files that come now.
    var coming = 0
    /// The folder's name, once it could be opened.
    var folder: String?
    /// Bytes of all files, those that come among them.
    var spooled: UInt64 = 0
  }

  private let folder: SpoolFolder
  let limits: UploadLimits
  private let store: any UploadStore
  private let clock: WallClock
  private let pace: any Clock<Duration>
  private let drain: DrainSignal
  private let logger: Logger
  /// Told when there is something to work off.
  private let wake: @Sendable () -> Void
  private let state = Mutex(State())

  init(
    folder: SpoolFolder, limits: UploadLimits, store: any UploadStore, clock: WallClock, pace: any Clock<Duration>,
    drain: DrainSignal, logger: Logger, wake: @escaping @Sendable () -> Void
  ) {
    (self.folder, self.limits, self.store, self.clock) = (folder, limits, store, clock)
    (self.pace, self.drain, self.logger, self.wake) = (pace, drain, logger, wake)
  }

  /// Takes one file in.
  ///
  /// - Returns: the upload, which waits to be worked off; the first one with its request id.
  /// - Throws: `ServiceFault`; `StoreUnavailable`; then there is neither an upload nor a file.
  func take(_ requests: RPCReader<UploadTelemetryRequest>) async throws -> UploadRecord {
    var iterator = requests.makeAsyncIterator()
    guard case .header(let header)? = try await iterator.next()?.content else {
      throw ServiceFault.invalid("header", "must be the first message")
    }
    let request = try Self.checked(header)
    if let known = try await known(request) { return known }
    try begin()
    defer { state.withLock { $0.coming -= 1 } }
    let name = try await openFolder()
    guard try await store.open(inFolder: name, limit: UploadLimits.waiting).count < UploadLimits.waiting else {
      throw ServiceFault.uploadsFull("\(UploadLimits.waiting) uploads wait already")
    }
    let file = try await onDisk { [folder] () throws(SystemError) in try folder.create(UUID().uuidString.lowercased()) }
    var bytes: UInt64 = 0
    do {
      bytes = try await receive(requests, into: file)
      try await onDisk { [folder] () throws(SystemError) in
        try file.sync()
        try folder.sync()
      }
    } catch {
      release(file)
      throw error
    }
    return try await add(NewUpload(request: request, folder: name, file: file.name, bytes: bytes, created: now()), file)
  }

  /// The moment in whole microseconds, as the database keeps it.
  private func now() -> UTCInstant { UTCInstant(microseconds: clock.now().microseconds) }

  private func add(_ upload: NewUpload, _ file: SpoolFile) async throws -> UploadRecord {
    // A commit that says nothing may have taken effect. Then the file has to stay; otherwise a sweep finds it.
    let record = try await store.add(upload)
    if record.file != upload.file {
      release(file)
      try Self.check(record, against: upload.request)
    }
    wake()
    return record
  }

  /// Removes the file of an upload that has ended.
  func remove(_ upload: UploadRecord) {
    folder.remove(upload.file)
    didRemove(upload.bytes)
  }

  private func didRemove(_ bytes: UInt64) { state.withLock { $0.spooled -= min($0.spooled, bytes) } }

  /// Bytes of all files.
  var spooled: UInt64 { state.withLock(\.spooled) }

  /// The folder's name; made when it is used first.
  func openFolder() async throws -> String {
    if let name = state.withLock(\.folder) { return name }
    let (name, files) = try await onDisk { [folder] () throws(SystemError) in
      (try folder.open(named: UUID().uuidString.lowercased()), try folder.files())
    }
    state.withLock { state in
      guard state.folder == nil else { return }
      state.folder = name
      state.spooled += files.reduce(0) { $0 + $1.bytes }
    }
    return name
  }

  /// Removes files that nobody has open and no upload has, as a crash leaves them behind.
  func sweep() async throws {
    let name = try await openFolder()
    let kept = try await keptFiles(name)
    let left = try await onDisk { [folder] () throws(SystemError) in
      try folder.files().filter { !kept.contains($0.name) }
    }
    for (file, bytes) in left {
      // Whoever adds an upload has its file open until it is added, so that asking once more, with the file in hand,
      // tells for sure.
      guard let open = try? await NIOThreadPool.singleton.runIfActive({ [folder] in try folder.open(file) }),
        try await !keptFiles(name).contains(file)
      else { continue }
      open.remove()
      didRemove(bytes)
    }
  }

  private func keptFiles(_ name: String) async throws -> Set<String> {
    // One more than there may be, and those that came at the same time.
    let limit = UploadLimits.waiting + UploadLimits.receiving
    return Set(try await store.open(inFolder: name, limit: limit).map(\.file))
  }

  /// The file of an upload; nil when another process has it.
  ///
  /// - Throws: `SystemError`.
  func open(_ upload: UploadRecord) async throws -> SpoolFile? {
    try await NIOThreadPool.singleton.runIfActive { [folder] in try folder.open(upload.file) }
  }

  // MARK: Checks

  private static func checked(_ header: UploadHeader) throws -> UploadRequest {
    guard header.format == .ndjson || header.format == .csv else {
      throw ServiceFault.invalid("header.format", "must be ndjson or csv")
    }
    let source = header.source.isEmpty ? Uploads.defaultSource : header.source
    for (field, text) in [("source", source), ("vehicle_id", header.vehicleID), ("request_id", header.requestID)] {
      guard text.count <= Ingest.maximumSourceLength else {
        throw ServiceFault.invalid("header.\(field)", "must have at most \(Ingest.maximumSourceLength) characters")
      }
      guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
        throw ServiceFault.invalid("header.\(field)", "must not hold control characters")
      }
    }
    return UploadRequest(
      format: header.format, isGzip: header.gzip, vehicleID: header.vehicleID, source: source,
      requestID: header.requestID.isEmpty ? nil : header.requestID)
  }

  private func known(_ request: UploadRequest) async throws -> UploadRecord? {
    guard let id = request.requestID, let known = try await store.upload(requestID: id) else { return nil }
    try Self.check(known, against: request)
    return known
  }

  private static func check(_ known: UploadRecord, against request: UploadRequest) throws {
    guard known.request == request else {
      throw ServiceFault(
        .alreadyExists, .requestIDReused, "\(known.id) was made by this request_id with another header",
        facts: ["upload": known.id])
    }
  }

  // MARK: Receiving

  private func begin() throws {
    let isFree = state.withLock { state in
      guard state.coming < UploadLimits.receiving else { return false }
      state.coming += 1
      return true
    }
    guard isFree else { throw ServiceFault.uploadsFull("\(UploadLimits.receiving) uploads come already") }
  }

  /// Lets a file go that won't be an upload.
  private func release(_ file: SpoolFile) {
    didRemove(file.length)
    file.remove()
  }

  /// - Returns: the file's length.
  private func receive(_ requests: RPCReader<UploadTelemetryRequest>, into file: SpoolFile) async throws -> UInt64 {
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask { [self] in
        for try await request in requests {
          guard !drain.hasBegun else { throw ServiceFault.draining }
          guard case .chunk(let chunk)? = request.content else {
            throw ServiceFault.invalid("header", "must be the first message and no other one")
          }
          guard chunk.count <= UploadLimits.chunkBytes else {
            throw ServiceFault.invalid("chunk", "must have at most \(UploadLimits.chunkBytes) bytes")
          }
          try reserve(chunk.count, file)
          try await onDisk { () throws(SystemError) in try file.append(chunk) }
        }
      }
      group.addTask { [self] in
        var before: UInt64?
        while file.length != before {
          before = file.length
          try await pace.sleep(for: UploadLimits.stall)
        }
        throw ServiceFault(
          .deadlineExceeded, .invalidArgument, "nothing came of the file for \(UploadLimits.stall)",
          violations: [.init("chunk", "must come within \(UploadLimits.stall) of the one before")])
      }
      try await group.next()
    }
    guard file.length > 0 else { throw ServiceFault.invalid("chunk", "is required: the file is empty") }
    return file.length
  }

  private func reserve(_ count: Int, _ file: SpoolFile) throws {
    guard file.length + UInt64(count) <= limits.longest else {
      throw ServiceFault.invalid("chunk", "makes the file longer than \(limits.longest) bytes")
    }
    let isFree = state.withLock { state in
      guard state.spooled + UInt64(count) <= limits.spool else { return false }
      state.spooled += UInt64(count)
      return true
    }
    guard isFree else { throw ServiceFault.uploadsFull("the uploads that wait take all of \(limits.spool) bytes") }
    file.willAppend(count)
  }

  /// Does something that waits for the disk.
  private func onDisk<Result: Sendable>(
    _ body: @escaping @Sendable () throws(SystemError) -> Result
  ) async throws -> Result {
    do {
      return try await NIOThreadPool.singleton.runIfActive { try body() }
    } catch let error as SystemError {
      logger.error("an upload can't be kept", metadata: .of([.error: "\(error)"]))
      throw ServiceFault.spool(error)
    }
  }
}
