import FleetCore
import Logging
import RuntimeTelemetry
import TwinProto

/// Writes observations: commits many senders' samples and events together, and answers each after its commit.
///
/// One task does all of it. Vehicle samples have a log of their own, which this one never holds up.
final class ObservationLog: Sendable {
  /// Samples and events that wait to be committed before senders do; large ones count for several.
  static let maximumQueued = 10_000
  /// What one of those takes when it is encoded: 40 MB when all are in use.
  static let bytesPerQueued = 4 << 10

  typealias Completion = @Sendable (Result<ObservationReport, any Error>) -> Void

  private struct Waiting: Sendable {
    var submission: ObservationSubmission
    var complete: Completion
  }

  private let store: any ObservationStore
  private let metrics: ObservationMetrics
  private let logger: Logger
  private let queue = BoundedChannel<Waiting>(capacity: maximumQueued) { waiting in
    max(1, waiting.submission.rowCount, waiting.submission.bytes / bytesPerQueued)
  }
  /// Told of every event that was committed.
  private let happened: @Sendable (EventDraft) -> Void
  /// Told when conditions may have changed.
  private let changed: @Sendable () -> Void

  init(
    store: any ObservationStore, metrics: ObservationMetrics, logger: Logger,
    happened: @escaping @Sendable (EventDraft) -> Void, changed: @escaping @Sendable () -> Void
  ) {
    self.store = store
    self.metrics = metrics
    self.logger = logger
    self.happened = happened
    self.changed = changed
  }

  /// Takes a submission in; waits while too much is queued. `complete` is called once, after the commit.
  ///
  /// - Throws: `CancellationError`, and then `complete` isn't called.
  func submit(_ submission: ObservationSubmission, _ complete: @escaping Completion) async throws {
    guard submission.rowCount > 0 else {
      return complete(.success(ObservationReport(drafts: [], events: [])))
    }
    let isOpen = try await queue.send(Waiting(submission: submission, complete: complete))
    if !isOpen { complete(.failure(StoreUnavailable("the service is stopping"))) }
  }

  /// Takes a submission in and returns when it is committed.
  func commit(_ submission: ObservationSubmission) async throws -> ObservationReport {
    try await BoundedChannel.answer { try await submit(submission, $0) }
  }

  /// Samples and events that wait to be committed.
  var backlog: Int { queue.weight }

  /// Takes nothing more; what waits is still committed.
  func close() { queue.finish() }

  // MARK: The writing task

  /// Writes until `close` is called and everything is committed.
  func run() async throws {
    while let waiting = try await queue.next() {
      var rest = waiting[...]
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
        rows += next.submission.rowCount
        bytes += next.submission.bytes
      }
      return rows == 0
        || rows + next.submission.rowCount <= ObservationLimits.rowsPerAppend
          && bytes + next.submission.bytes <= ObservationLimits.bytesPerAppend
    }
  }

  private func write(_ part: [Waiting]) async {
    let (drafts, events) = (part.flatMap(\.submission.drafts), part.flatMap(\.submission.events))
    let report: ObservationReport
    do {
      report = try await store.append(drafts, events: events)
    } catch let error as RowsRefused where part.count > 1 {
      // One of them holds what the database doesn't take, but no other shall fail with it.
      logger.error("the database refused observations", metadata: .of([.error: "\(error)"]))
      for waiting in part { await write([waiting]) }
      return
    } catch {
      for waiting in part { waiting.complete(.failure(error)) }
      return
    }
    metrics.count(drafts, events, report)
    if report.drafts.contains(where: \.isStored) { changed() }
    var (outcomes, isStored) = (report.drafts[...], report.events[...])
    for waiting in part {
      let (draftCount, eventCount) = (waiting.submission.drafts.count, waiting.submission.events.count)
      waiting.complete(
        .success(
          ObservationReport(
            drafts: Array(outcomes.prefix(draftCount)), events: Array(isStored.prefix(eventCount)))))
      outcomes = outcomes.dropFirst(draftCount)
      isStored = isStored.dropFirst(eventCount)
    }
    for (event, isStored) in zip(events, report.events) where isStored { happened(event) }
  }
}

/// What state-sync counts of observations.
struct ObservationMetrics: Sendable {
  static let observations = MetricDefinition.counter(
    "state_sync_observations_total", "Sensor, environment and operations samples and events, by what became of them.",
    labels: ["kind", "outcome"])
  static let backlog = MetricDefinition.gauge(
    "state_sync_observation_backlog", "Observations that wait to be committed.")
  static let alarmBacklog = MetricDefinition.gauge(
    "state_sync_alarm_backlog", "Divergence alarms that wait to be stored.")
  static let kinds: [(ObservationKind, String)] = [
    (.sensor, "sensor"), (.environment, "environment"), (.operations, "operations"), (.event, "event"),
  ]

  private struct Counters {
    var accepted: MetricCounter
    var duplicate: MetricCounter
    var rejected: MetricCounter
  }

  private let counters: [ObservationKind: Counters]

  init(_ registry: MetricRegistry = MetricRegistry()) {
    registry.declare([Self.observations, Self.backlog, Self.alarmBacklog])
    counters = Dictionary(
      uniqueKeysWithValues: Self.kinds.map { kind, name in
        (
          kind,
          Counters(
            accepted: registry.counter(Self.observations, name, "accepted"),
            duplicate: registry.counter(Self.observations, name, "duplicate"),
            rejected: registry.counter(Self.observations, name, "rejected"))
        )
      })
  }

  /// Counts what didn't pass the checks.
  func countRejected(_ kind: ObservationKind, _ count: Int) {
    if count > 0 { counters[kind]?.rejected.increment(by: Int64(count)) }
  }

  func count(_ drafts: [ObservationDraft], _ events: [EventDraft], _ report: ObservationReport) {
    for (draft, outcome) in zip(drafts, report.drafts) {
      switch outcome {
      case .stored: counters[draft.stream.kind]?.accepted.increment()
      case .duplicate: counters[draft.stream.kind]?.duplicate.increment()
      case .expired, .noRoom: counters[draft.stream.kind]?.rejected.increment()
      }
    }
    for isStored in report.events {
      isStored ? counters[.event]?.accepted.increment() : counters[.event]?.duplicate.increment()
    }
  }
}
