import FleetCore
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

extension SourceCounts {
  mutating func add(_ report: CommitReport, rejected: Int) {
    accepted += UInt64(report.accepted)
    duplicate += UInt64(report.duplicate)
    late += UInt64(report.late)
    self.rejected += UInt64(rejected + report.expired.count)
  }
}
