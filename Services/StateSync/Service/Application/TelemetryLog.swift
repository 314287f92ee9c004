import FleetCore
import Logging
import RuntimeTelemetry
import Synchronization
import TwinProto

/// Writes the log: puts samples in one order, leaves out what came before, commits many senders' samples together, and
/// answers each sender after its commit.
///
/// One task does all of it, so that positions ascend in the order of the commits: whoever reads the log on from a
/// position misses nothing.
///
/// Each replica writes a log of its own name. What came before is known of a source from all logs; it is loaded when the
/// source sends first, and let go of when its vehicle's home moves on (`release`).
final class TelemetryLog: Sendable {
  /// Samples that wait to be committed before senders do; large ones count for several.
  static let maximumQueued = 20_000
  /// What one sample of those takes when it is encoded: 80 MB when all are in use.
  static let bytesPerQueued = 4 << 10
  /// Between the begins of two commits at least. A commit wakes up everybody on the way of a sample (the database, the
  /// twins, every stream that is owed an acknowledgement or a state), which costs as much as the work on some dozen
  /// samples. So a fleet that sends all the time goes in steps, which are short beside the 100 ms that a virtual state may
  /// be behind. Who sends now and then never waits for it.
  static let commitInterval = Duration.milliseconds(5)
  /// What each sample of a commit adds to it, so that a fleet that needs all of the machine spends less of it on waking up.
  static let commitIntervalPerSample = Duration.microseconds(50)
  /// What it is at most.
  static let longestCommitInterval = Duration.milliseconds(15)

  typealias Completion = @Sendable (Result<CommitReport, any Error>) -> Void

  private struct Waiting: Sendable {
    var submission: Submission
    var complete: Completion
  }

  private struct State {
    var sources = KnownSources()
    /// The right to write; nil until the log was opened first.
    var hold: LogHold?
    /// The highest position that was given away.
    var last: Int64 = 0
    /// Everything up to this position is committed, or will never be, and the sources tell of it.
    var settled: Int64 = 0
    /// False until the log's end is known: at the start, and after a commit with an unknown outcome.
    var isRecovered = false
  }

  /// What distinguishes the replica's log from those of others.
  let name: String
  /// What distinguishes this process from others that ever wrote the log.
  private let holder = Int64.random(in: 1...Int64.max)
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
    name: String, store: any TelemetryStore, tail: LogTail, clock: WallClock, metrics: IngestMetrics, logger: Logger,
    committed: @escaping @Sendable (Vehicle, TelemetrySample) -> Void
  ) {
    self.name = name
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
    try await BoundedChannel.answer { try await submit(submission, $0) }
  }

  /// Samples that wait to be committed.
  var backlog: Int { queue.weight }

  /// Takes nothing more; what waits is still committed.
  func close() { queue.finish() }

  /// The right to write the log; nil before it is open.
  var hold: LogHold? { state.withLock(\.hold) }

  // MARK: Sources

  /// What has come from a vehicle's sources, ordered by name. Of a vehicle that is at home elsewhere it is as old as the
  /// last checkpoint there.
  func report(of vehicle: Vehicle) async throws -> [SourceRecord] {
    let all = try await store.sources(of: vehicle.key)
    let stored = try await store.load(all, for: state.withLock { $0.hold?.log ?? 0 })
    // Other replicas may have stored of it, too, such as an upload; what is in memory knows what no checkpoint has yet.
    return state.withLock { state in
      let isHere = !state.sources.isLeaving(vehicle.key)
      return stored.map { record in
        guard isHere, let known = state.sources[record.name] else { return record }
        var record = record
        record.window.formUnion(known.window)
        record.counts.formMaximum(known.counts)
        record.lastTime = [record.lastTime, known.lastTime].compactMap(\.self).max()
        return record
      }
    }
    .sorted { $0.source.name < $1.source.name }
  }

  /// A source of a vehicle; nil when nothing ever came from it.
  func source(_ name: String, of vehicle: Vehicle) async throws -> SampleSource? {
    let known = state.withLock { $0.sources[SourceName(vehicleKey: vehicle.key, name: name)] }
    if let known { return known.source }
    return try await store.sources(of: vehicle.key).first { $0.name == name }
  }

  /// What has come from a source; nil when nothing ever did.
  func record(of name: String, _ vehicle: Vehicle) async throws -> SourceRecord? {
    let (known, log) = state.withLock { state in
      (state.sources[SourceName(vehicleKey: vehicle.key, name: name)], state.hold?.log ?? 0)
    }
    if let known { return known }
    guard let source = try await source(name, of: vehicle) else { return nil }
    return try await store.load([source], for: log).first
  }

  /// The name of the source with this key, once it was met.
  func sourceName(_ key: Int32) -> String? { state.withLock { $0.sources.source(key)?.name } }

  /// Finds out which sources have these keys.
  func meet(_ keys: Set<Int32>) async throws {
    let unknown = state.withLock { state in keys.filter { state.sources.source($0) == nil } }
    guard !unknown.isEmpty else { return }
    let found = try await store.sources(Array(unknown))
    state.withLock { $0.sources.meet(found) }
  }

  /// Lets go of what is in memory of vehicles whose home is elsewhere now, once it is stored. Should one come back, it is
  /// loaded anew, with what the others have stored. Goes with the next write.
  func release(_ vehicleKeys: Set<Int32>) { state.withLock { $0.sources.release(vehicleKeys) } }

  // MARK: Checkpoints

  /// Stores what has come since the last checkpoint, with how far twin-engine has stored the log.
  ///
  /// - Parameter isNews: whether `forwarded` is worth a checkpoint by itself.
  func checkpoint(forwarded: Int64, isNews: Bool) async throws {
    let taken = state.withLock { state -> (sources: [SourceRecord], position: Int64, hold: LogHold)? in
      guard state.isRecovered, let hold = state.hold else { return nil }
      return (state.sources.takeChanged(), state.settled, hold)
    }
    guard let taken, isNews || !taken.sources.isEmpty else { return }
    do {
      try await store.checkpoint(
        taken.sources, of: taken.hold, checkpoint: taken.position, forwarded: forwarded)
    } catch {
      state.withLock { $0.sources.didNotStore() }
      throw error
    }
    state.withLock { $0.sources.didStore() }
  }

  // MARK: The writing task

  /// Writes until `close` is called and everything is committed.
  ///
  /// - Throws: `LogTakenOver` when another process has opened the log: this one must not go on.
  func run() async throws {
    var earliest = ContinuousClock.now
    while let waiting = try await queue.next() {
      var rest = waiting[...]
      // What comes meanwhile goes along.
      if earliest > .now, !queue.isFinished {
        try? await Task.sleep(until: earliest, tolerance: .zero, clock: .continuous)
        rest += queue.takeWaiting()
      }
      let samples = rest.reduce(0) { $0 + $1.submission.samples.count }
      earliest = .now + min(Self.commitInterval + Self.commitIntervalPerSample * samples, Self.longestCommitInterval)
      while !rest.isEmpty {
        let part = Self.part(of: rest)
        rest = rest.dropFirst(part.count)
        do {
          try await write(Array(part))
        } catch {
          queue.finish()
          let left = Array(rest) + (try await queue.next() ?? [])
          for waiting in left { waiting.complete(.failure(StoreUnavailable("\(error)"))) }
          throw error
        }
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
  ///
  /// - Throws: `LogTakenOver`, after the answers.
  private func write(_ part: [Waiting]) async throws {
    do {
      try await recover()
      do {
        try await openSources(part)
      } catch  where part.count > 1 && !(error is StoreUnavailable) {
        return try await writeEach(part, error)
      }
      let (draft, hold) = try draft(part)
      let leftOut: [Int]
      do {
        leftOut = draft.rows.isEmpty ? [] : try await store.append(draft.rows, to: hold)
      } catch let error as RowsRefused where part.count > 1 {
        return try await writeEach(part, error)
      }
      settle(part, draft, leftOut)
    } catch {
      if error is OutcomeUnknown { state.withLock { $0.isRecovered = false } }
      if error is StoreFull { logger.error("samples can't be stored", metadata: .of([.error: "\(error)"])) }
      let told: any Error = error is OutcomeUnknown || error is LogTakenOver ? StoreUnavailable("\(error)") : error
      for waiting in part { waiting.complete(.failure(told)) }
      if error is LogTakenOver { throw error }
    }
  }

  /// Commits submissions one by one: one of them holds what the database doesn't take, but no other shall fail with it.
  private func writeEach(_ part: [Waiting], _ error: any Error) async throws {
    logger.error("the database refused samples", metadata: .of([.error: "\(error)"]))
    for waiting in part { try await write([waiting]) }
  }

  /// Opens the log and finds out how far it goes, unless that is known.
  func recover() async throws {
    let (isRecovered, isOpen) = state.withLock { ($0.isRecovered, $0.hold != nil) }
    guard !isRecovered else { return }
    let opened = try await store.openLog(name, by: holder, again: isOpen)
    state.withLock { $0.hold = opened.hold }
    // Whatever this log holds after its checkpoint must be in the next one.
    let ahead = try await store.sourcesAhead(of: opened.hold.log)
    let loaded = state.withLock(\.sources.loaded)
    let records = try await store.load(Set(loaded).union(ahead).sorted { $0.key < $1.key }, for: opened.hold.log)
    state.withLock { state in
      state.sources.recover(records, changed: ahead.map { SourceName($0) })
      // Never back: positions of a commit whose outcome was unknown aren't given away again.
      state.last = max(state.last, opened.marks.last)
      state.settled = state.last
      state.isRecovered = true
    }
    tail.recover(last: opened.marks.last, forwarded: opened.marks.forwarded)
  }

  private func openSources(_ part: [Waiting]) async throws {
    let names = part.map { SourceName(vehicleKey: $0.submission.vehicle.key, name: $0.submission.source) }
    let (missing, hold) = state.withLock { state in
      state.sources.letGo()
      return (state.sources.mustLoad(Set(names)), state.hold)
    }
    guard !missing.isEmpty, let hold else { return }
    let loaded = try await store.load(try await store.openSources(Array(missing)), for: hold.log)
    state.withLock { $0.sources.load(loaded) }
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

  private func draft(_ part: [Waiting]) throws -> (Draft, LogHold) {
    let now = clock.now()
    return try state.withLock { state in
      guard let hold = state.hold else { throw StoreUnavailable("the log isn't open") }
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
                sensorBytes: sensorBytes, isStored: submission.isStored))
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
      return (draft, hold)
    }
  }

  /// - Parameter leftOut: rows that turned out to be stored already.
  private func settle(_ part: [Waiting], _ draft: Draft, _ leftOut: [Int]) {
    var draft = draft
    for row in leftOut { draft.leaveOut(row) }
    let now = clock.now()
    state.withLock { state in
      state.sources.update(draft.sources.values)
      state.settled = draft.last
    }
    let skipped = Set(leftOut)
    let stored =
      skipped.isEmpty
      ? draft.rows : draft.rows.enumerated().filter { !skipped.contains($0.offset) }.map(\.element)
    // Forwarding starts before the answers go out: it is on the way that the product promises to be short.
    tail.append(stored)
    metrics.count(draft.reports, rejected: part.reduce(0) { $0 + $1.submission.rejectedCount })
    for (waiting, var report) in zip(part, draft.reports) {
      report.committed = now
      waiting.complete(.success(report))
    }
    // Stored data is no news of the vehicle.
    for (index, row) in draft.rows.enumerated() where !skipped.contains(index) && !row.isStored {
      committed(part[draft.origins[index].submission].submission.vehicle, row.sample)
    }
  }
}
