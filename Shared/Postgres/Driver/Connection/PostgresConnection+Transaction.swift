/// How a transaction sees others.
public struct TransactionOptions: Sendable, Hashable {
  public enum Isolation: String, Sendable, Hashable {
    case readCommitted = "READ COMMITTED"
    case repeatableRead = "REPEATABLE READ"
    case serializable = "SERIALIZABLE"
  }

  public var isolation: Isolation
  public var isReadOnly: Bool

  public init(isolation: Isolation = .readCommitted, isReadOnly: Bool = false) {
    self.isolation = isolation
    self.isReadOnly = isReadOnly
  }

  var statement: String { "BEGIN ISOLATION LEVEL \(isolation.rawValue)\(isReadOnly ? " READ ONLY" : "")" }
}

extension PostgresConnection {
  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
  ///
  /// `body` uses the connection it is given as usual; every statement on it belongs to the transaction.
  ///
  /// - Throws: what `body` throws; `.transactionAborted` when `body` swallowed the failure of a statement, so that
  ///   there was nothing to commit; an error with `isOutcomeUnknown` when the link died during the commit.
  public nonisolated(nonsending) func transaction<Result>(
    _ options: TransactionOptions = TransactionOptions(),
    _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Result
  ) async throws -> Result {
    try await begin(options)
    let result: Result
    do {
      result = try await body(self)
    } catch {
      await rollBack()
      throw error
    }
    try await commit()
    return result
  }

  /// Opens a transaction; `transaction` is the safer way.
  package func begin(_ options: TransactionOptions) async throws {
    try await operate(timeout: nil) { connection, handle in
      guard handle.transactionState == .idle else {
        throw PostgresError(.connectionBusy, "a transaction is already open on this connection")
      }
      _ = try await connection.runScript(options.statement, handle)
    }
  }

  /// Not interruptible by task cancellation: a commit that has been sent is best waited for.
  package func commit() async throws {
    try await operate(timeout: nil, interruptible: false) { connection, handle in
      // The server answers the COMMIT of a failed transaction with success and the tag ROLLBACK.
      guard try await connection.runScript("COMMIT", handle) == "COMMIT" else {
        throw PostgresError(.transactionAborted, "the transaction was rolled back because one of its statements failed")
      }
    }
  }

  /// Ends an open transaction without effect. When even that fails the session is given up, which has the same effect.
  package func rollBack() async {
    guard isInTransaction else { return }
    do {
      try await operate(timeout: configuration.cancelGrace, interruptible: false) { connection, handle in
        _ = try await connection.runScript("ROLLBACK", handle)
      }
    } catch {
      close()
    }
  }
}
