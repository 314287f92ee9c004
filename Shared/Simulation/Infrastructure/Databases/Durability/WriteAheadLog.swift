/// Volume and pace of a PostgreSQL server's write-ahead log.
///
/// Source: PostgreSQL 18 documentation, 28.5 WAL Configuration, and `CalculateCheckpointSegments`, `XLOGfileslop` in
/// src/backend/access/transam/xlog.c: a checkpoint starts after `checkpoint_timeout`, or when the WAL since the last one
/// reaches max_wal_size / (1 + checkpoint_completion_target), times a further 1/2 before 11, where the WAL of two
/// checkpoints was kept.
public struct WriteAheadLog: Sendable, Hashable {
  /// WAL written, bytes per second, at least 0.
  public var bytesPerSecond: Double
  public var checkpointTimeoutSeconds: Double
  public var maxWalSizeBytes: Double
  /// 0.5 before 14, 0.9 from then on.
  public var completionTarget: Double
  /// nil for unknown, which counts as 11 or later.
  public var major: Int?

  public init(
    bytesPerSecond: Double, checkpointTimeoutSeconds: Double = 300, maxWalSizeBytes: Double = 1_073_741_824,
    completionTarget: Double = 0.9, major: Int? = nil
  ) {
    self.bytesPerSecond = max(0, bytesPerSecond)
    self.checkpointTimeoutSeconds = checkpointTimeoutSeconds
    self.maxWalSizeBytes = maxWalSizeBytes
    self.completionTarget = completionTarget
    self.major = major
  }

  /// WAL after which a checkpoint starts before its time, bytes.
  public var triggerBytes: Double {
    maxWalSizeBytes / ((major ?? .max) >= 11 ? 1 + completionTarget : 2 + completionTarget)
  }

  /// Time between the starts of two checkpoints, s.
  public var checkpointInterval: Double {
    bytesPerSecond > 0 ? min(checkpointTimeoutSeconds, triggerBytes / bytesPerSecond) : checkpointTimeoutSeconds
  }

  /// Whether WAL rather than the clock starts checkpoints, which makes pages be logged whole more often.
  public var isDrivenByVolume: Bool { checkpointInterval < checkpointTimeoutSeconds }

  /// The most WAL that a crash leaves to replay, bytes: from the start of the last checkpoint that was completed, at worst
  /// just before the next one is.
  public var recoveryBytes: Double { bytesPerSecond * checkpointInterval * (1 + completionTarget) }

  /// The longest crash recovery, s. One process replays; nil where its rate isn't positive.
  public func recoverySeconds(replayBytesPerSecond rate: Double) -> Double? { rate > 0 ? recoveryBytes / rate : nil }

  /// WAL on disk when no slot, archiver or `wal_keep_size` holds more back, bytes. `max_wal_size` is a soft limit.
  public func diskBytes(keepSizeBytes: Double = 0) -> Double { max(recoveryBytes, keepSizeBytes) }

  /// How much of the WAL whole pages make up, from the page writes between two checkpoints.
  ///
  /// With `full_page_writes`, a page's first change after a checkpoint logs 8 kB. Of P pages that are written w times a
  /// second at random, P(1 − exp(−wT/P)) are logged whole in an interval T.
  /// - Returns: bytes per second of whole pages.
  public static func fullPageBytesPerSecond(pageWritesPerSecond w: Double, pages: Double, interval: Double) -> Double {
    guard pages > 0, interval > 0 else { return 0 }
    return 8_192 * pages * Elementary.occupied(w * interval / pages) / interval
  }
}

/// A replication slot whose consumer lags.
///
/// Source: PostgreSQL 18 documentation, 26.2.6 Replication Slots, `max_slot_wal_keep_size` (from 13; −1, the default, is no
/// limit): a slot that needs more is invalidated at the next checkpoint and its consumer has to be made anew.
public struct ReplicationSlot: Sendable, Hashable {
  public var walBytesPerSecond: Double
  /// WAL that the slot holds back now, bytes.
  public var retainedBytes: Double
  /// nil for no limit.
  public var limitBytes: Double?

  public init(walBytesPerSecond: Double, retainedBytes: Double, limitBytes: Double?) {
    self.walBytesPerSecond = walBytesPerSecond
    self.retainedBytes = retainedBytes
    self.limitBytes = limitBytes.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// What a consumer that lags by a time holds back.
  public init(walBytesPerSecond: Double, lagSeconds: Double, limitBytes: Double?) {
    self.init(
      walBytesPerSecond: walBytesPerSecond, retainedBytes: walBytesPerSecond * lagSeconds, limitBytes: limitBytes)
  }

  /// Whether the limit takes the slot at the next checkpoint.
  public var isLost: Bool { limitBytes.map { retainedBytes > $0 } ?? false }

  /// How long the consumer may stand still before the slot is lost, s; infinite without a limit or without WAL.
  public var secondsUntilLost: Double {
    guard let limitBytes, walBytesPerSecond > 0 else { return isLost ? 0 : .infinity }
    return max(0, limitBytes - retainedBytes) / walBytesPerSecond
  }

  /// How long the disk lasts while the consumer stands still, s; infinite where the limit comes first. A full disk of
  /// `pg_wal` stops the server (PANIC).
  public func secondsUntilDiskFull(freeBytes: Double) -> Double {
    guard walBytesPerSecond > 0 else { return .infinity }
    if let limitBytes, limitBytes - retainedBytes <= freeBytes { return .infinity }
    return max(0, freeBytes) / walBytesPerSecond
  }
}
