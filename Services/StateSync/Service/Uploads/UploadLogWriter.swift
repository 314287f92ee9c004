import FleetCore
import RuntimeTelemetry
import TwinProto

/// Brings checked rows into the log, a bounded number at a time, and finds out what became of each.
struct UploadLogWriter: Sendable {
  /// Between two looks at how far twin-engine is.
  private static let forwardingInterval = Duration.milliseconds(20)

  let log: TelemetryLog
  let tail: LogTail
  let pace: any Clock<Duration>

  /// Whether the log knows what has come.
  var isReady: Bool { tail.start.epoch > 0 }

  /// What became of rows.
  struct Outcome: Sendable, Equatable {
    var accepted: UInt64 = 0
    var duplicate: UInt64 = 0
    var late: UInt64 = 0
    /// Rows that the log refused.
    var rejections: [RejectedSample] = []
  }

  /// The highest sequence of each source of the rows, by the source's key.
  func highest(_ rows: CheckedRows) async throws -> [Int32: UInt64] {
    var highest: [Int32: UInt64] = [:]
    for sender in Set(rows.entries.map(\.sender)) {
      guard let source = try await log.record(of: sender.source, sender.vehicle), source.window.highest > 0 else {
        continue
      }
      highest[source.source.key] = source.window.highest
    }
    return highest
  }

  /// Submits rows.
  ///
  /// - Parameter arrived: the source keys of the rows that are in the log because an earlier attempt brought them there;
  ///   empty for a first attempt.
  /// - Throws: `StoreUnavailable` and others; nothing of the attempt is under way any more then. `CancellationError`.
  func write(_ rows: CheckedRows, in round: UploadRound, arrived: [Int32?]) async throws -> Outcome {
    var outcome = Outcome()
    var rest = rows.entries[...]
    if !arrived.isEmpty { rest = takeArrived(rows.entries, arrived, round, &outcome)[...] }
    // Once: an attempt that is repeated has told of them.
    var rejected = arrived.isEmpty ? rows.rejected : [:]
    while !rest.isEmpty || !rejected.isEmpty {
      let wave = Self.wave(of: rest)
      rest = rest.dropFirst(wave.count)
      try await waitForForwarding()
      try await write(wave, &rejected, round, &outcome)
    }
    return outcome
  }

  /// Counts the rows that are in the log already.
  ///
  /// - Returns: the others.
  private func takeArrived(
    _ entries: [CheckedRows.Entry], _ arrived: [Int32?], _ round: UploadRound, _ outcome: inout Outcome
  ) -> [CheckedRows.Entry] {
    var highest = round.highest
    var seen: Set<UploadedKey> = []
    return zip(entries, arrived).compactMap { entry, source in
      guard let source else { return entry }
      guard seen.insert(entry.key).inserted else {
        outcome.duplicate += 1
        return nil
      }
      let before = highest[source] ?? 0
      outcome.accepted += 1
      outcome.late += entry.sample.sequence < before ? 1 : 0
      highest[source] = max(before, entry.sample.sequence)
      return nil
    }
  }

  private static func wave(of rest: ArraySlice<CheckedRows.Entry>) -> ArraySlice<CheckedRows.Entry> {
    var bytes = 0
    return rest.prefix(UploadLimits.rowsInFlight).prefix { entry in
      defer { bytes += entry.bytes }
      return bytes == 0 || bytes + entry.bytes <= UploadLimits.bytesInFlight
    }
  }

  /// One submission and the rows of its samples.
  private struct Part: Sendable {
    var submission: Submission
    var entries: [CheckedRows.Entry]
  }

  private func write(
    _ wave: ArraySlice<CheckedRows.Entry>, _ rejected: inout [CheckedRows.Sender: Int], _ round: UploadRound,
    _ outcome: inout Outcome
  ) async throws {
    var places: [CheckedRows.Sender: Int] = [:]
    var parts: [Part] = []
    func part(of sender: CheckedRows.Sender, _ rejectedCount: Int) -> Int {
      if let place = places[sender] { return place }
      var submission = Submission(
        vehicle: sender.vehicle, source: sender.source, samples: [], rejectedCount: rejectedCount,
        received: round.received)
      submission.isStored = true
      places[sender] = parts.count
      parts.append(Part(submission: submission, entries: []))
      return parts.count - 1
    }
    for entry in wave {
      let place = part(of: entry.sender, rejected.removeValue(forKey: entry.sender) ?? 0)
      parts[place].submission.samples.append((entry.sample, entry.time, entry.sensorBytes))
      parts[place].submission.bytes += entry.bytes
      parts[place].entries.append(entry)
    }
    // Those of which every row was rejected come along with the last wave.
    if wave.count < UploadLimits.rowsInFlight {
      for (sender, count) in rejected { _ = part(of: sender, count) }
      rejected = [:]
    }
    let results = try await commit(parts.map(\.submission))
    for (part, result) in zip(parts, results) {
      do {
        Self.count(part, try result.get(), &outcome)
      } catch is RowsRefused {
        try await writeEach(part, &outcome)
      }
    }
  }

  /// Commits rows one by one, because the database doesn't take one of them.
  private func writeEach(_ part: Part, _ outcome: inout Outcome) async throws {
    for (entry, sample) in zip(part.entries, part.submission.samples) {
      var single = part.submission
      single.samples = [sample]
      single.rejectedCount = 0
      single.bytes = entry.bytes
      do {
        Self.count(Part(submission: single, entries: [entry]), try await log.commit(single), &outcome)
      } catch let error as RowsRefused {
        // Which value it is the server's words tell, if anything does.
        outcome.rejections.append(
          Self.rejection(entry, RowProblem(reason: .malformed, message: "the database doesn't take it: \(error)")))
      }
    }
  }

  /// Submits all and returns when each has its answer.
  private func commit(_ submissions: [Submission]) async throws -> [Result<CommitReport, any Error>] {
    typealias Answer = (place: Int, result: Result<CommitReport, any Error>)
    let answers = BoundedChannel<Answer>(capacity: submissions.count)
    for (place, submission) in submissions.enumerated() {
      try await log.submit(submission) { answers.push((place, $0)) }
    }
    var results = [Result<CommitReport, any Error>](
      repeating: .failure(CancellationError()), count: submissions.count)
    var open = submissions.count
    while open > 0, let page = try await answers.next() {
      for answer in page { results[answer.place] = answer.result }
      open -= page.count
    }
    // Only now: until all are answered, some may still be on their way into the log.
    for case .failure(let error) in results where !(error is RowsRefused) { throw error }
    return results
  }

  private static func count(_ part: Part, _ report: CommitReport, _ outcome: inout Outcome) {
    outcome.accepted += UInt64(report.accepted)
    outcome.duplicate += UInt64(report.duplicate)
    outcome.late += UInt64(report.late)
    // A sequence that came twice was refused the second time, if once.
    var expired: [UInt64: Int] = [:]
    for sequence in report.expired { expired[sequence, default: 0] += 1 }
    guard !expired.isEmpty else { return }
    var rejections: [RejectedSample] = []
    for entry in part.entries.reversed() {
      guard let count = expired[entry.sample.sequence], count > 0 else { continue }
      expired[entry.sample.sequence] = count - 1
      rejections.append(
        rejection(
          entry,
          RowProblem(reason: .tooOld, field: "sequence", message: Ingest.expiredMessage)))
    }
    outcome.rejections += rejections.reversed()
  }

  private static func rejection(_ entry: CheckedRows.Entry, _ problem: RowProblem) -> RejectedSample {
    RowChecker.rejection(UploadRow(number: entry.row, line: entry.line, content: .success(entry.sample)), problem)
  }

  /// Lets twin-engine catch up, so that live samples don't wait behind a whole file.
  private func waitForForwarding() async throws {
    var waited = Duration.zero
    while tail.unapplied > UploadLimits.unapplied, waited < UploadLimits.forwardingPatience {
      try await pace.sleep(for: Self.forwardingInterval)
      waited += Self.forwardingInterval
    }
  }
}
