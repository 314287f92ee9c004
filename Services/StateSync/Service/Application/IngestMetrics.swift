import FleetCore
import PostgresGroupCommit
import RuntimeTelemetry

/// What state-sync counts.
struct IngestMetrics: GroupCommitObserver {
  static let samples = MetricDefinition.counter(
    "state_sync_samples_total", "Samples that came, by what became of them.", labels: ["outcome"])
  static let commits = MetricDefinition.histogram(
    "state_sync_commit_duration_seconds", "From the begin of a transaction that stores samples to its commit.")
  static let commitRows = MetricDefinition.histogram(
    "state_sync_commit_rows", "Samples in one transaction.", buckets: .counts)
  static let retries = MetricDefinition.counter(
    "state_sync_commit_retries_total", "Attempts to store samples that failed and were repeated.")
  static let forwardedSamples = MetricDefinition.counter(
    "state_sync_forwarded_samples_total", "Samples sent to twin-engine, those sent again included.")
  static let backlog = MetricDefinition.gauge("state_sync_backlog_samples", "Samples that wait to be committed.")
  static let pending = MetricDefinition.gauge(
    "state_sync_unforwarded_samples", "Samples in the log that twin-engine hasn't stored yet.")
  static let lag = MetricDefinition.histogram(
    "state_sync_lag_seconds", "From the measurement of a sample to its visibility in the virtual state.")

  private let accepted: MetricCounter
  private let duplicate: MetricCounter
  private let late: MetricCounter
  private let rejected: MetricCounter
  private let commitDuration: MetricHistogram
  private let rowsPerCommit: MetricHistogram
  private let retried: MetricCounter
  let forwarded: MetricCounter
  let lag: MetricHistogram

  init(_ registry: MetricRegistry = MetricRegistry()) {
    registry.declare([
      Self.samples, Self.commits, Self.commitRows, Self.retries, Self.forwardedSamples, Self.backlog, Self.pending,
      Self.lag,
    ])
    accepted = registry.counter(Self.samples, "accepted")
    duplicate = registry.counter(Self.samples, "duplicate")
    late = registry.counter(Self.samples, "late")
    rejected = registry.counter(Self.samples, "rejected")
    commitDuration = registry.histogram(Self.commits)
    rowsPerCommit = registry.histogram(Self.commitRows)
    retried = registry.counter(Self.retries)
    forwarded = registry.counter(Self.forwardedSamples)
    lag = registry.histogram(Self.lag)
  }

  func count(_ reports: [CommitReport], rejected: Int) {
    var sums = (accepted: 0, duplicate: 0, late: 0, expired: 0)
    for report in reports {
      sums.accepted += report.accepted
      sums.duplicate += report.duplicate
      sums.late += report.late
      sums.expired += report.expired.count
    }
    accepted.increment(by: Int64(sums.accepted))
    duplicate.increment(by: Int64(sums.duplicate))
    late.increment(by: Int64(sums.late))
    self.rejected.increment(by: Int64(rejected + sums.expired))
  }

  func didCommit(rows: Int, bytes: Int, callers: Int, took: Duration, staged: Bool) {
    commitDuration.observe(took)
    rowsPerCommit.observe(Double(rows))
  }

  func willRetry(after error: any Error) { retried.increment() }
}
