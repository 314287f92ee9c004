import FleetCore

/// The right to write a log, until somebody else opens it.
struct LogHold: Sendable, Hashable {
  /// The store's number of the log.
  var log: Int32
  var name: String
  /// Counts the openings.
  var epoch: Int64
}

/// How far a log goes.
struct LogMarks: Sendable, Hashable {
  /// The highest position that is committed, or was before it became too old to be kept.
  var last: Int64
  /// The stored records of this log tell of everything up to this position.
  var checkpoint: Int64
  /// Twin-engine has stored everything up to this position.
  var forwarded: Int64
}

extension StoreUnavailable {
  /// A checkpoint that is behind what `TelemetryStore.settle` stored meanwhile. The next one isn't.
  static func settled(_ log: String) -> StoreUnavailable {
    StoreUnavailable("another replica has settled the log '\(log)' further than this checkpoint goes")
  }
}

/// A log that was opened for writing.
struct OpenLog: Sendable, Hashable {
  var hold: LogHold
  var marks: LogMarks
}

/// A log as anybody sees it.
struct LogStanding: Sendable, Hashable {
  var log: Int32
  var name: String
  var marks: LogMarks

  /// Whether it has rows that twin-engine hasn't stored.
  var isBehind: Bool { marks.forwarded < marks.last }

  /// Whether it has rows that no stored record tells of.
  var isUnsettled: Bool { marks.checkpoint < marks.last }
}

/// Who sends for a vehicle.
struct SampleSource: Sendable, Hashable {
  /// The store's number of it.
  var key: Int32
  var vehicleKey: Int32
  var name: String
}

/// Sums of what became of a source's samples.
struct SourceCounts: Sendable, Hashable {
  var accepted: UInt64 = 0
  var duplicate: UInt64 = 0
  var late: UInt64 = 0
  var rejected: UInt64 = 0

  static func + (a: SourceCounts, b: SourceCounts) -> SourceCounts {
    SourceCounts(
      accepted: a.accepted + b.accepted, duplicate: a.duplicate + b.duplicate, late: a.late + b.late,
      rejected: a.rejected + b.rejected)
  }

  /// Takes the greater of each.
  mutating func formMaximum(_ other: SourceCounts) {
    accepted = max(accepted, other.accepted)
    duplicate = max(duplicate, other.duplicate)
    late = max(late, other.late)
    rejected = max(rejected, other.rejected)
  }
}

/// What has come from a source, seen from the writer of one log.
struct SourceRecord: Sendable, Hashable {
  var source: SampleSource
  /// What has come, whichever log it went to.
  var window = SequenceWindow()
  /// Of what went into this log: what a checkpoint of it stores.
  var counts = SourceCounts()
  /// Of what went into the other logs.
  var elsewhere = SourceCounts()
  /// Time of its newest sample by its own clock; nil before the first.
  var lastTime: UTCInstant?

  init(_ source: SampleSource) { self.source = source }

  var key: Int32 { source.key }
  var vehicleKey: Int32 { source.vehicleKey }
  var name: SourceName { SourceName(vehicleKey: source.vehicleKey, name: source.name) }
  /// Over all logs.
  var total: SourceCounts { counts + elsewhere }
}

/// What a log's writer has stored of a source.
struct StoredRecord: Sendable, Hashable {
  var log: Int32
  var window: SequenceWindow
  var counts: SourceCounts
  var lastTime: UTCInstant?
}

/// What is needed of a row to know what has come.
struct LogEntry: Sendable, Hashable {
  var log: Int32
  var position: Int64
  var sourceKey: Int32
  var sequence: UInt64
  var time: UTCInstant
}

extension SourceRecord {
  /// Takes in what the writer of a log has stored.
  ///
  /// - Parameter isOwn: whether it is the log that this record is seen from.
  mutating func add(_ stored: StoredRecord, isOwn: Bool) {
    window.formUnion(stored.window)
    if isOwn { counts = counts + stored.counts } else { elsewhere = elsewhere + stored.counts }
    lastTime = [lastTime, stored.lastTime].compactMap(\.self).max()
  }

  /// Takes note of a row after the checkpoint of its log. No stored count tells of it, but a window may: that of another
  /// log's writer who knew of it.
  mutating func add(_ entry: LogEntry, isOwn: Bool) {
    let isLate = window.insert(entry.sequence) == .late
    let new = SourceCounts(accepted: 1, late: isLate ? 1 : 0)
    if isOwn { counts = counts + new } else { elsewhere = elsewhere + new }
    lastTime = max(lastTime ?? entry.time, entry.time)
  }
}
