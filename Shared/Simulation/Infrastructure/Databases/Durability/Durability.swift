/// What a crash may take from a PostgreSQL server under its settings.
///
/// Source: PostgreSQL 18 documentation, 19.5.1 (`fsync`, `synchronous_commit`, `full_page_writes`), 28.4 Asynchronous
/// Commit ("the maximum risk window is three times wal_writer_delay").
public struct PostgresDurability: Sendable, Hashable {
  /// Levels of `synchronous_commit`.
  public enum Commit: String, Sendable, Hashable, CaseIterable {
    case off, local
    case remoteWrite = "remote_write"
    case on
    case remoteApply = "remote_apply"
  }

  public var fsync: Bool
  public var fullPageWrites: Bool
  public var commit: Commit
  public var walWriterDelaySeconds: Double
  /// `synchronous_standby_names` names somebody.
  public var hasSynchronousStandby: Bool
  /// The storage writes a page of 8 kB as a whole (a file system with copy-on-write, say).
  public var storageWritesWholePages: Bool

  public init(
    fsync: Bool = true, fullPageWrites: Bool = true, commit: Commit = .on, walWriterDelaySeconds: Double = 0.2,
    hasSynchronousStandby: Bool = false, storageWritesWholePages: Bool = false
  ) {
    self.fsync = fsync
    self.fullPageWrites = fullPageWrites
    self.commit = commit
    self.walWriterDelaySeconds = walWriterDelaySeconds
    self.hasSynchronousStandby = hasSynchronousStandby
    self.storageWritesWholePages = storageWritesWholePages
  }

  /// Gravest last.
  public enum Loss: Int, Sendable, Hashable, Comparable {
    case none
    /// Acknowledged transactions of the last moments; the database stays consistent.
    case recentTransactions
    /// The database may be corrupted and has to come from a backup.
    case database
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// When the operating system or the power fails.
  public var onHostCrash: Loss {
    if !fsync || (!fullPageWrites && !storageWritesWholePages) { return .database }
    return commit == .off ? .recentTransactions : .none
  }

  /// When only the server's processes die: the kernel still writes what it was given.
  public var onProcessCrash: Loss { commit == .off ? .recentTransactions : .none }

  /// When the primary is lost and a replica takes over.
  public var onFailover: Loss {
    let waits = hasSynchronousStandby && [.remoteWrite, .on, .remoteApply].contains(commit)
    return waits ? .none : .recentTransactions
  }

  /// The longest time from which acknowledged transactions are lost in a crash of the host, s.
  public var windowSeconds: Double {
    switch onHostCrash {
    case .none: 0
    case .recentTransactions: 3 * walWriterDelaySeconds
    case .database: .infinity
    }
  }
}

/// The rule that a hot standby must allow at least as much as its primary.
///
/// Source: PostgreSQL 18 documentation, 26.4.3 Administrator's Overview: for `max_connections`,
/// `max_prepared_transactions`, `max_locks_per_transaction`, `max_wal_senders` and `max_worker_processes`; a standby with a
/// smaller value pauses replay from 14 on and shut down before.
public enum HotStandbyRule {
  public static let parameters = [
    "max_connections", "max_locks_per_transaction", "max_prepared_transactions", "max_wal_senders",
    "max_worker_processes",
  ]

  public enum Outcome: Sendable, Hashable {
    case fine
    /// Replay stops; the standby answers queries with ever older data until it is restarted with a higher value.
    case replayPauses
    /// The standby shuts down and doesn't start again before its value is raised.
    case standbyStops
    /// The server's version isn't known, so that either may happen.
    case pausesOrStops
  }

  /// What a new value on the primary does to a standby.
  public static func outcome(parameter: String, primary: Double, standby: Double, major: Int?) -> Outcome {
    guard parameters.contains(parameter.lowercased()), standby < primary else { return .fine }
    guard let major else { return .pausesOrStops }
    return major >= 14 ? .replayPauses : .standbyStops
  }
}
