import FleetCore
import Glibc
import Logging
import ProtoJSON
import RuntimeSystem
import RuntimeTelemetry
import TwinProto

/// Works one upload off.
///
/// Its rows go into the log in rounds. Before a round, its rows' number and arrival time are noted together with the
/// counts up to there. So an attempt that comes after a crash, or after the database was away, knows which rows aren't
/// counted yet, and by the arrival time, which of them the log has from the attempt before: they count as what they
/// became then, not as duplicates.
struct UploadWorker: Sendable {
  let intake: UploadIntake
  let store: any UploadStore
  let ingest: Ingest
  let writer: UploadLogWriter
  let schema: ProtoJSONSchema
  let metrics: UploadMetrics
  let logger: Logger

  /// Works an upload off, on from where it is.
  ///
  /// - Returns: false when another process does.
  /// - Throws: when it can't go on now; another attempt goes on from there. `CancellationError`.
  func work(on upload: UploadRecord) async throws -> Bool {
    do {
      return try await attempt(upload)
    } catch is UploadEnded {
      // By another process that took this one for gone, or by a note whose answer was lost.
      logger.notice("upload had ended", metadata: .of([.upload: "\(upload.id)"]))
      intake.remove(upload)
      return true
    }
  }

  private func attempt(_ upload: UploadRecord) async throws -> Bool {
    var progress = UploadProgress(
      status: .running, counts: upload.counts, bytesDone: upload.bytesDone, round: upload.round,
      time: max(ingest.clock.now(), upload.round?.received ?? upload.created))
    do {
      guard let file = try await open(upload) else { return false }
      defer { withExtendedLifetime(file) {} }
      logger.info("upload begins", metadata: .of([.upload: "\(upload.id)", .count: "\(upload.counts.rows)"]))
      try await store.note(progress, of: upload.key)
      try await run(upload, file, &progress)
      try await end(upload, &progress, error: nil)
    } catch let failure as UploadFailure {
      try await end(upload, &progress, error: failure.description)
    }
    return true
  }

  private func open(_ upload: UploadRecord) async throws -> SpoolFile? {
    do {
      return try await intake.open(upload)
    } catch let error as SystemError where error.code == ENOENT {
      throw UploadFailure("the file is gone from the folder that it was kept in")
    }
  }

  private func end(_ upload: UploadRecord, _ progress: inout UploadProgress, error: String?) async throws {
    progress.status = error == nil ? .completed : .failed
    progress.error = error
    progress.round = nil
    progress.time = ingest.clock.now()
    try await store.note(progress, of: upload.key)
    intake.remove(upload)
    metrics.count(progress)
    logger.info(
      "upload ended",
      metadata: .of([.upload: "\(upload.id)", .count: "\(progress.counts.rows)", .reason: "\(error ?? "completed")"]))
  }

  // MARK: Rounds

  private func run(_ upload: UploadRecord, _ file: SpoolFile, _ progress: inout UploadProgress) async throws {
    let reading = UploadReading(
      try UploadReader(file, of: upload, skip: upload.counts.rows, limits: intake.limits, schema: schema),
      firstRows: upload.round?.rows)
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask { await reading.run() }
      while let batches = try await reading.next() {
        for batch in batches { try await write(batch, upload, &progress) }
      }
    }
  }

  private func write(_ batch: UploadReading.Batch, _ upload: UploadRecord, _ progress: inout UploadProgress)
    async throws
  {
    // A round that is repeated is checked as of its first time, so that no row is too old only now.
    let moment = progress.round?.received ?? received(after: progress.time)
    let checked = try await RowChecker(request: upload.request, ingest: ingest).check(batch.rows, now: moment)
    var arrived: [Int32?] = []
    let round: UploadRound
    if let begun = progress.round {
      round = begun
      arrived = try await store.arrived(checked.entries.map(\.key), at: round.received)
    } else {
      round = UploadRound(
        received: moment, rows: batch.rows.count, highest: try await writer.highest(checked))
      progress.round = round
      progress.time = round.received
      try await store.note(progress, of: upload.key)
      progress.rejections = []
    }
    let outcome = try await writer.write(checked, in: round, arrived: arrived)
    progress.add(outcome, checked, rows: batch.rows.count)
    progress.bytesDone = batch.bytes
    progress.round = nil
  }

  /// A moment that no round of this upload had before, in whole microseconds as the database keeps it.
  private func received(after last: UTCInstant) -> UTCInstant {
    UTCInstant(microseconds: max(ingest.clock.now().microseconds, last.microseconds + 1))
  }
}

extension UploadProgress {
  /// Counts the rows of a round.
  fileprivate mutating func add(_ outcome: UploadLogWriter.Outcome, _ checked: CheckedRows, rows: Int) {
    let new = (checked.rejections + outcome.rejections).sorted { $0.row < $1.row }
    let room = UploadLimits.storedRejections - min(UploadLimits.storedRejections, counts.rejected)
    rejections += new.prefix(Int(room))
    counts.rows += UInt64(rows)
    counts.accepted += outcome.accepted
    counts.duplicate += outcome.duplicate
    counts.late += outcome.late
    counts.rejected += UInt64(new.count)
  }
}

extension LogKey {
  static let upload = LogKey("upload")
}
