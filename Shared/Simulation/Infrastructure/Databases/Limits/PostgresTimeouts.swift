/// What PostgreSQL's timeouts do to statements and sessions of a measured load.
///
/// Source: PostgreSQL 18 documentation, 19.11.1 and 19.12: `statement_timeout` cancels a statement, `lock_timeout` one that
/// waits for a lock, `idle_in_transaction_session_timeout` and `idle_session_timeout` end the session,
/// `transaction_timeout` (from 17) too; 0 is off for all. `deadlock_timeout` is a wait before the check, no limit.
public enum PostgresTimeout: String, Sendable, Hashable, CaseIterable {
  case statement = "statement_timeout"
  case lock = "lock_timeout"
  case idleInTransaction = "idle_in_transaction_session_timeout"
  case idleSession = "idle_session_timeout"
  case transaction = "transaction_timeout"

  /// Whether it ends the whole session and with it the transaction, instead of one statement.
  public var endsSession: Bool { self == .idleInTransaction || self == .idleSession || self == .transaction }

  /// Share of what it watches that a limit stops: 0 for a limit of 0, which is off.
  ///
  /// - Parameters:
  ///   - limitMilliseconds: the setting.
  ///   - durations: quantiles in milliseconds of what it watches.
  public func failingShare(limitMilliseconds: Double, durations: LatencyTail) -> Double {
    limitMilliseconds <= 0 ? 0 : durations.share(above: limitMilliseconds)
  }

  /// Maintenance such as `CREATE INDEX` or a dump of the same role runs into the same limit: true where one that takes
  /// this long is cancelled.
  public func stops(seconds: Double, limitMilliseconds: Double) -> Bool {
    limitMilliseconds > 0 && seconds * 1_000 > limitMilliseconds
  }
}
