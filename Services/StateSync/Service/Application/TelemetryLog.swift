import FleetCore
import Logging
import RuntimeTelemetry
import Synchronization
import TwinProto

/// One vehicle's and source's samples that passed the checks, on their way into the log.
struct Submission: Sendable {
  var vehicle: Vehicle
  var source: String
  /// With their times in whole microseconds, and what their sensors take when they are encoded.
  var samples: [(sample: TelemetrySample, time: UTCInstant, sensorBytes: Int)]
  /// Samples of the same batch that didn't pass, to be counted.
  var rejectedCount: Int
  var received: UTCInstant
  /// What the samples take at most when they are encoded.
  var bytes = 0
}

/// What became of a submission.
struct CommitReport: Sendable, Hashable {
  /// Highest sequence committed for the source.
  var lastSequence: UInt64
  /// Highest sequence up to which every one is committed for the source.
  var contiguousSequence: UInt64
  var accepted = 0
  var duplicate = 0
  /// Of the accepted ones, those that came after a newer one.
  var late = 0
  /// Sequences, in the order of the batch, that lie in gaps which were given up.
  var expired: [UInt64] = []
  var committed: UTCInstant
}

/// Writes the log: puts samples in one order, leaves out what came before, commits many senders' samples together, and
/// answers each sender after its commit.
///
/// One task does all of it, so that positions ascend in the order of the commits: whoever reads the log on from a
/// position misses nothing.
final class TelemetryLog: Sendable {
  /// Samples that wait to be committed before senders do; large ones count for several.
  static let maximumQueued = 20_000
  /// What one sample of those takes when it is encoded: 80 MB when all are in use.
  static let bytesPerQueued = 4 << 10
  /// Between the begins of two commits at least. A commit wakes up everybody on the way of a sample (the database, the
  /// twins, every stream that is owed an acknowledgement or a state), which costs as much as the work on some dozen
  /// samples. So a fleet that sends all the time goes in steps of this length, which is little beside the 100 ms that a
  /// virtual state may be behind. Who sends now and then never waits for it.
  static let commitInterval = Duration.milliseconds(5)
  /// Log entries read at once to find out what has come since the checkpoint.
  static let recoveryPage = 10_000

  typealias Completion = @Sendable (Result<CommitReport, any Error>) -> Void

  private struct Waiting: Sendable {
    var submission: Submission
    var complete: Completion
  }

  private struct State {
    var sources: [SourceName: SourceRecord] = [:]
    var names: [Int32: SourceName] = [:]
    /// Sources whose record changed since the last checkpoint.
    var changed: Set<SourceName> = []
    /// The highest position that was given away.
    var last: Int64 = 0
    /// Everything up to this position is committed, or will never be, and the sources tell of it.
    var settled: Int64 = 0
    /// False until the log's end is known: at the start, and after a commit with an unknown outcome.
    var isRecovered = false
  }

  private let store: any TelemetryStore
  private let clock: WallClock
  private let metrics: IngestMetrics
  private let logger: Logger
  private let state = Mutex(State())
  private let queue = BoundedChannel<Waiting>(capacity: maximumQueued) { waiting in
    max(1, waiting.submission.samples.count, waiting.submission.bytes / bytesPerQueued)
  }
  /// What was committed, for whoever forwards it.
  let tail: LogTail
  /// Told of every committed sample, by vehicle.
  let committed: @Sendable (Vehicle, TelemetrySample) -> Void

  init(
    store: any TelemetryStore, tail: LogTail, clock: WallClock, metrics: IngestMetrics, logger: Logger,
    committed: @escaping @Sendable (Vehicle, TelemetrySample) -> Void
  ) {
    self.store = store
    self.tail = tail
    self.clock = clock
    self.metrics = metrics
    self.logger = logger
    self.committed = committed
  }

  // MARK: Senders

  /// Takes a submission in; waits while too much is queued. `complete` is called once, after the commit.
  ///
  /// - Throws: `CancellationError`, and then `complete` isn't called.
  func submit(_ submission: Submission, _ complete: @escaping Completion) async throws {
    let isOpen = try await queue.send(Waiting(submission: submission, complete: complete))
    if !isOpen { complete(.failure(StoreUnavailable("the service is stopping"))) }
  }

  /// Takes a submission in and returns when it is committed.
  func commit(_ submission: Submission) async throws -> CommitReport {
    let answer = BoundedChannel<Result<CommitReport, any Error>>(capacity: 1)
    try await submit(submission) {
      answer.push($0)
      answer.finish()
    }
    guard let result = try await answer.next()?.first else { throw CancellationError() }
    return try result.get()
  }

  /// Samples that wait to be committed.
  var backlog: Int { queue.weight }

  /// Takes nothing more; what waits is still committed.
  func close() { queue.finish() }

  /// What has come from a vehicle's sources, ordered by name.
  func sources(of vehicle: Vehicle) -> [SourceRecord] {
    state.withLock { state in state.sources.values.filter { $0.vehicleKey == vehicle.key } }.sorted {
      $0.name < $1.name
    }
  }

  func source(_ name: String, of vehicle: Vehicle) -> SourceRecord? {
    state.withLock { $0.sources[SourceName(vehicleKey: vehicle.key, name: name)] }
  }

  /// The name of the source with this key.
  func sourceName(_ key: Int32) -> String? { state.withLock { $0.names[key]?.name } }

  /// Sources that changed since they were last taken, and how far the log went then.
  func takeChanged() -> (sources: [SourceRecord], position: Int64)? {
    state.withLock { state in
      guard state.isRecovered else { return nil }
      defer { state.changed.removeAll() }
      return (state.changed.compactMap { state.sources[$0] }, state.settled)
    }
  }

  /// Puts sources back that couldn't be stored.
  func markChanged(_ sources: [SourceRecord]) {
    state.withLock { state in
      for source in sources { state.changed.insert(SourceName(vehicleKey: source.vehicleKey, name: source.name)) }
    }
  }

  // MARK: The writing task

  /// Writes until `close` is called and everything is committed.
  func run() async throws {
    var earliest = ContinuousClock.now
    while let waiting = try await queue.next() {
      var rest = waiting[...]
      // What comes meanwhile goes along.
      if earliest > .now, !queue.isFinished {
        try? await Task.sleep(until: earliest, tolerance: .zero, clock: .continuous)
        rest += queue.takeWaiting()
      }
      earliest = .now + Self.commitInterval
      while !rest.isEmpty {
        let part = Self.part(of: rest)
        rest = rest.dropFirst(part.count)
        await write(Array(part))
      }
    }
  }

  /// As many submissions as one append takes; at least one.
  private static func part(of waiting: ArraySlice<Waiting>) -> ArraySlice<Waiting> {
    var (rows, bytes) = (0, 0)
    return waiting.prefix { next in
      defer {
        rows += next.submission.samples.count
        bytes += next.submission.bytes
      }
      return rows == 0
        || rows + next.submission.samples.count <= TelemetryStoreLimits.rowsPerAppend
          && bytes + next.submission.bytes <= TelemetryStoreLimits.bytesPerAppend
    }
  }

  /// Commits submissions together and answers them.
  private func write(_ part: [Waiting]) async {
    do {
      try await recover()
      do {
        try await openSources(part)
      } catch  where part.count > 1 && !(error is StoreUnavailable) {
        return await writeEach(part, error)
      }
      let draft = draft(part)
      let leftOut: [Int]
      do {
        leftOut = draft.rows.isEmpty ? [] : try await store.append(draft.rows)
      } catch let error as RowsRefused where part.count > 1 {
        return await writeEach(part, error)
      }
      settle(part, draft, leftOut)
    } catch {
      if error is OutcomeUnknown { state.withLock { $0.isRecovered = false } }
      let told: any Error = error is OutcomeUnknown ? StoreUnavailable("\(error)") : error
      for waiting in part { waiting.complete(.failure(told)) }
    }
  }

  /// Commits submissions one by one: one of them holds what the database doesn't take, but no other shall fail with it.
  private func writeEach(_ part: [Waiting], _ error: any Error) async {
    logger.error("the database refused samples", metadata: .of([.error: "\(error)"]))
    for waiting in part { await write([waiting]) }
  }

  /// Finds out how far the log goes and what has come from each source, unless that is known.
  func recover() async throws {
    if state.withLock(\.isRecovered) { return }
    let marks = try await store.marks()
    var sources: [Int32: SourceRecord] = [:]
    for source in try await store.sources() { sources[source.key] = source }
    var position = marks.checkpoint
    var changed: Set<SourceName> = []
    while true {
      let page = try await store.entries(after: position, limit: Self.recoveryPage)
      for entry in page {
        position = entry.position
        guard let source = sources[entry.sourceKey] else { continue }
        sources[entry.sourceKey]?.add(entry)
        changed.insert(SourceName(vehicleKey: source.vehicleKey, name: source.name))
      }
      if page.count < Self.recoveryPage { break }
    }
    let records = Dictionary(
      uniqueKeysWithValues: sources.values.map { (SourceName(vehicleKey: $0.vehicleKey, name: $0.name), $0) })
    state.withLock { state in
      state.sources = records
      state.names = Dictionary(uniqueKeysWithValues: records.map { ($0.value.key, $0.key) })
      state.changed.formUnion(changed)
      // Never back: positions of a commit whose outcome was unknown aren't given away again.
      state.last = max(state.last, marks.last)
      state.settled = state.last
      state.isRecovered = true
    }
    tail.recover(last: marks.last, forwarded: marks.forwarded)
  }

  private func openSources(_ part: [Waiting]) async throws {
    let names = part.map { SourceName(vehicleKey: $0.submission.vehicle.key, name: $0.submission.source) }
    let missing = state.withLock { state in Set(names).filter { state.sources[$0] == nil } }
    guard !missing.isEmpty else { return }
    let opened = try await store.openSources(Array(missing))
    state.withLock { state in
      for source in opened {
        let name = SourceName(vehicleKey: source.vehicleKey, name: source.name)
        if state.sources[name] == nil { state.sources[name] = source }
        state.names[source.key] = name
      }
    }
  }

  /// What would be true after a commit.
  private struct Draft {
    var rows: [LogRow] = []
    /// Where each row comes from.
    var origins: [Origin] = []
    var reports: [CommitReport] = []
    var sources: [SourceName: SourceRecord] = [:]
    var last: Int64

    struct Origin: Sendable {
      var submission: Int
      var source: SourceName
      var isLate: Bool
    }

    /// Corrects what is said of a row that turned out to be stored already.
    mutating func leaveOut(_ row: Int) {
      let origin = origins[row]
      reports[origin.submission].accepted -= 1
      reports[origin.submission].duplicate += 1
      sources[origin.source]?.counts.accepted -= 1
      sources[origin.source]?.counts.duplicate += 1
      guard origin.isLate else { return }
      reports[origin.submission].late -= 1
      sources[origin.source]?.counts.late -= 1
    }
  }

  private func draft(_ part: [Waiting]) -> Draft {
    let now = clock.now()
    return state.withLock { state in
      var draft = Draft(last: state.last)
      for (owner, waiting) in part.enumerated() {
        let submission = waiting.submission
        let name = SourceName(vehicleKey: submission.vehicle.key, name: submission.source)
        guard var source = draft.sources[name] ?? state.sources[name] else {
          preconditionFailure("a source is opened before it is written to")
        }
        var report = CommitReport(lastSequence: 0, contiguousSequence: 0, committed: now)
        for (sample, time, sensorBytes) in submission.samples {
          let outcome = source.window.insert(sample.sequence)
          switch outcome {
          case .duplicate: report.duplicate += 1
          case .expired: report.expired.append(sample.sequence)
          case .late, .newest:
            report.accepted += 1
            report.late += outcome == .late ? 1 : 0
            source.lastTime = max(source.lastTime ?? time, time)
            draft.last += 1
            draft.rows.append(
              LogRow(
                position: draft.last, vehicleKey: source.vehicleKey, sourceKey: source.key,
                received: submission.received, time: time, sample: sample,
                sensorBytes: sensorBytes))
            draft.origins.append(.init(submission: owner, source: name, isLate: outcome == .late))
          }
        }
        source.counts.add(report, rejected: submission.rejectedCount)
        report.lastSequence = source.window.highest
        report.contiguousSequence = source.window.contiguous
        draft.sources[name] = source
        draft.reports.append(report)
      }
      // Used up even if the commit fails: positions only ascend.
      state.last = draft.last
      return draft
    }
  }

  /// - Parameter leftOut: rows that turned out to be stored already.
  private func settle(_ part: [Waiting], _ draft: Draft, _ leftOut: [Int]) {
    var draft = draft
    for row in leftOut { draft.leaveOut(row) }
    let now = clock.now()
    state.withLock { state in
      for (name, source) in draft.sources {
        state.sources[name] = source
        state.changed.insert(name)
      }
      state.settled = draft.last
    }
    let skipped = Set(leftOut)
    let stored = draft.rows.enumerated().filter { !skipped.contains($0.offset) }.map(\.element)
    // Forwarding starts before the answers go out: it is on the way that the product promises to be short.
    tail.append(stored)
    metrics.count(draft.reports, rejected: part.reduce(0) { $0 + $1.submission.rejectedCount })
    for (waiting, var report) in zip(part, draft.reports) {
      report.committed = now
      waiting.complete(.success(report))
    }
    for (index, row) in draft.rows.enumerated() where !skipped.contains(index) {
      committed(part[draft.origins[index].submission].submission.vehicle, row.sample)
    }
  }
}

extension SourceRecord {
  /// Takes note of a row that is in the log.
  fileprivate mutating func add(_ entry: LogEntry) {
    switch window.insert(entry.sequence) {
    case .newest: counts.accepted += 1
    case .late:
      counts.accepted += 1
      counts.late += 1
    case .duplicate, .expired: return
    }
    lastTime = max(lastTime ?? entry.time, entry.time)
  }
}

extension SourceCounts {
  fileprivate mutating func add(_ report: CommitReport, rejected: Int) {
    accepted += UInt64(report.accepted)
    duplicate += UInt64(report.duplicate)
    late += UInt64(report.late)
    self.rejected += UInt64(rejected + report.expired.count)
  }
}
