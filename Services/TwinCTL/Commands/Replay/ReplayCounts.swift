import TwinCTLDomain

/// What became of the samples of a replay.
struct ReplayCounts: Sendable, Equatable {
  /// Taken from the recording.
  var measured: UInt64 = 0
  /// Sent, each counted once.
  var sent: UInt64 = 0
  /// Sent again after a connection was lost.
  var resent: UInt64 = 0
  /// In the database by the service's word, whether stored now or before.
  var acknowledged: UInt64 = 0
  /// Of those, stored before.
  var duplicate: UInt64 = 0
  var rejected: UInt64 = 0
  /// Connections that were lost before the replay was done.
  var interruptions: UInt64 = 0
  /// The first reasons of rejection.
  var rejections: [String] = []

  /// Reasons that are kept for the report.
  static let keptRejections = 10
}

/// The end of a replay.
struct ReplayReport: Sendable {
  var counts: ReplayCounts
  var latency: LatencySummary
  /// Acknowledged samples whose virtual state didn't come back.
  var unseen: Int
  /// Samples whose latency wasn't measured because too many were watched at one time.
  var unwatched: UInt64
  /// Every sample of the plan was taken, sent and acknowledged.
  var isComplete: Bool
  /// Why the replay ended early.
  var failure: String?

  var lines: [String] {
    var lines = [
      "sent          \(counts.sent) samples, \(counts.resent) sent again, \(counts.interruptions) interruptions",
      "acknowledged  \(counts.acknowledged), of those duplicate \(counts.duplicate)",
      "rejected      \(counts.rejected)",
    ]
    lines += counts.rejections.map { "  \($0)" }
    lines.append("latency       sent to visible: \(latency.text)")
    if unseen > 0 { lines.append("              \(unseen) samples weren't seen in a virtual state") }
    if unwatched > 0 { lines.append("              \(unwatched) samples weren't watched: too many at one time") }
    if let failure { lines.append("ended early   \(failure)") }
    let missing = counts.measured - min(counts.measured, counts.acknowledged)
    lines.append(
      isComplete
        ? "Every sample was acknowledged."
        : "NOT every sample was acknowledged: \(missing) of \(counts.measured) missing.")
    return lines
  }
}
