public import PostgresDriver

/// The table a group committer writes to.
public struct GroupCommitTarget: Sendable, Hashable {
  public var copy: CopyTarget
  /// Columns among `copy.columns`, all NOT NULL, with a unique index over exactly them. A row whose key is already stored
  /// is a duplicate: it is left out, and reported as such. This is what makes repeating an append harmless.
  public var key: [String]
  /// A call of an SQL function that each transaction makes before it writes, such as `hold_log(3, 17)`. When it raises an
  /// error nothing is written, and the appends fail with `.refused` and that error.
  public var condition: String?

  public init(_ copy: CopyTarget, key: [String], condition: String? = nil) {
    precondition(!key.isEmpty && key.allSatisfy(copy.columns.contains), "the key consists of written columns")
    self.copy = copy
    self.key = key
    self.condition = condition
  }
}

/// The bounds of a group committer.
public struct GroupCommitConfiguration: Sendable, Hashable {
  /// Rows in one transaction, and in one append.
  public var maximumBatchRows: Int
  /// Encoded bytes in one transaction, and in one append.
  public var maximumBatchBytes: Int
  /// Rows that may wait; a caller beyond them is suspended before its rows are encoded.
  public var maximumQueuedRows: Int
  /// Encoded bytes that may wait. Looked at before a caller's rows are encoded, so callers encoding at that moment may
  /// exceed it by `maximumBatchBytes` each.
  public var maximumQueuedBytes: Int
  /// Callers that may be suspended for want of room; the next one fails with `.queueFull`.
  public var maximumBlockedCallers: Int
  /// How long an append may wait for the start of its commit, for instance while the server is away.
  public var maximumWait: Duration
  /// The bound on one commit.
  public var commitTimeout: Duration
  /// How long to look for the outcome of a commit whose connection died.
  public var outcomeTimeout: Duration
  /// The pause after a failed attempt: at first …
  public var retryBase: Duration
  /// … and at most. Each pause is between half and all of its length.
  public var retryMaximum: Duration

  public init(
    maximumBatchRows: Int = 5_000, maximumBatchBytes: Int = 4 << 20, maximumQueuedRows: Int = 50_000,
    maximumQueuedBytes: Int = 32 << 20, maximumBlockedCallers: Int = 10_000, maximumWait: Duration = .seconds(15),
    commitTimeout: Duration = .seconds(15), outcomeTimeout: Duration = .seconds(30),
    retryBase: Duration = .milliseconds(20), retryMaximum: Duration = .seconds(1)
  ) {
    self.maximumBatchRows = maximumBatchRows
    self.maximumBatchBytes = maximumBatchBytes
    self.maximumQueuedRows = maximumQueuedRows
    self.maximumQueuedBytes = maximumQueuedBytes
    self.maximumBlockedCallers = maximumBlockedCallers
    self.maximumWait = maximumWait
    self.commitTimeout = commitTimeout
    self.outcomeTimeout = outcomeTimeout
    self.retryBase = retryBase
    self.retryMaximum = retryMaximum
  }
}

/// What became of the rows of one append.
public struct GroupCommitReceipt: Sendable, Hashable {
  /// The rows of the append.
  public var rowCount: Int
  /// The positions, ascending, of rows that were left out because their key was stored already, or appeared earlier in
  /// the same append.
  public var duplicates: [Int]

  public var storedCount: Int { rowCount - duplicates.count }
}

/// Why an append failed.
public enum GroupCommitError: Error, Sendable, CustomStringConvertible {
  /// A single append exceeds what one transaction may hold.
  case appendTooLarge(rows: Int, bytes: Int)
  /// Too many callers wait already. Nothing was stored.
  case queueFull
  /// The commit did not start within `maximumWait`. Nothing was stored.
  case unavailable(last: (any Error)?)
  /// The server refused these rows. Nothing of the append was stored.
  case refused(PostgresError)
  /// The connection died during the commit and what became of it could not be found out in time. Appending the same rows
  /// again is safe: those already stored count as duplicates.
  case outcomeUnknown(last: (any Error)?)
  /// The committer was closed. Nothing was stored.
  case closed

  public var description: String {
    switch self {
    case .appendTooLarge(let rows, let bytes): "an append of \(rows) rows and \(bytes) bytes exceeds one transaction"
    case .queueFull: "too many callers wait for their rows to be stored"
    case .unavailable(let last): "the rows could not be stored in time" + Self.reason(last)
    case .refused(let error): "the database refused the rows: \(error)"
    case .outcomeUnknown(let last): "it is not known whether the rows were stored" + Self.reason(last)
    case .closed: "the writer is closed"
    }
  }

  private static func reason(_ error: (any Error)?) -> String { error.map { "; last attempt: \($0)" } ?? "" }
}

/// Learns what a committer does, for metrics. Called on arbitrary threads; must not block.
public protocol GroupCommitObserver: Sendable {
  /// A transaction was committed. `staged` is true for the slower way that leaves duplicates out.
  func didCommit(rows: Int, bytes: Int, callers: Int, took: Duration, staged: Bool)
  /// An attempt failed and will be repeated.
  func willRetry(after error: any Error)
}
