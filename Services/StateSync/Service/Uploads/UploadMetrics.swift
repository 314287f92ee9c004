import RuntimeTelemetry
import TwinProto

/// What state-sync counts of uploads.
struct UploadMetrics: Sendable {
  static let uploads = MetricDefinition.counter(
    "state_sync_uploads_total", "Uploads that ended, by how.", labels: ["outcome"])
  static let rows = MetricDefinition.counter(
    "state_sync_upload_rows_total", "Rows of uploads that ended, by what became of them.", labels: ["outcome"])
  static let spooled = MetricDefinition.gauge(
    "state_sync_upload_spool_bytes", "Files of uploads that come, wait or are worked off.")

  private let completed: MetricCounter
  private let failed: MetricCounter
  private let accepted: MetricCounter
  private let duplicate: MetricCounter
  private let rejected: MetricCounter

  init(_ registry: MetricRegistry = MetricRegistry()) {
    registry.declare([Self.uploads, Self.rows, Self.spooled])
    completed = registry.counter(Self.uploads, "completed")
    failed = registry.counter(Self.uploads, "failed")
    accepted = registry.counter(Self.rows, "accepted")
    duplicate = registry.counter(Self.rows, "duplicate")
    rejected = registry.counter(Self.rows, "rejected")
  }

  /// Counts an upload that ended.
  func count(_ progress: UploadProgress) {
    (progress.status == .completed ? completed : failed).increment()
    accepted.increment(by: Int64(clamping: progress.counts.accepted))
    duplicate.increment(by: Int64(clamping: progress.counts.duplicate))
    rejected.increment(by: Int64(clamping: progress.counts.rejected))
  }
}
