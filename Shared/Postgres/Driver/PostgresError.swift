/// Why PostgreSQL, or the connection to it, did not do what was asked.
///
/// Cancellation of the calling task is not a `PostgresError`: it surfaces as `CancellationError`.
public struct PostgresError: Error, Sendable, Hashable {
  /// What failed, for programs.
  public var code: Code
  /// The five-character SQLSTATE, when the server or libpq reported one.
  public var sqlState: String?
  /// One line for people. Never contains parameter values.
  public var message: String
  /// The server's DETAIL line. It may quote values of the row at fault, so keep it out of answers to clients.
  public var detail: String?
  /// The server's HINT line.
  public var hint: String?
  /// The schema of the object at fault.
  public var schema: String?
  /// The table at fault.
  public var table: String?
  /// The column at fault.
  public var column: String?
  /// The violated constraint.
  public var constraint: String?
  /// True for FATAL and PANIC: the server ends the connection with such an error.
  public var isFatal: Bool
  /// In `pipeline`, the index of the statement that failed.
  public var statementIndex: Int?

  /// Makes an error that did not come from the server.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
    self.isFatal = code == .connectionFailure
  }

  /// What failed. Server errors without a case of their own are `.server`; tell them apart by `sqlState`.
  ///
  /// Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
  public enum Code: Sendable, Hashable {
    // The link to the server.
    case connectionFailure
    case cannotConnectNow
    case tooManyConnections
    case adminShutdown
    case invalidAuthorization
    case undefinedDatabase
    // Constraints.
    case uniqueViolation
    case foreignKeyViolation
    case notNullViolation
    case checkViolation
    case exclusionViolation
    // Transactions.
    case serializationFailure
    case deadlockDetected
    case lockNotAvailable
    case transactionAborted
    case idleInTransactionTimeout
    // Statements and schema.
    case syntaxError
    case insufficientPrivilege
    case undefinedTable
    case undefinedColumn
    case undefinedFunction
    case undefinedSchema
    case undefinedObject
    case undefinedStatement
    case duplicateTable
    case duplicateObject
    case datatypeMismatch
    case invalidTextRepresentation
    case numericValueOutOfRange
    case featureNotSupported
    case readOnlyTransaction
    case protocolViolation
    // Interruption and resources.
    case queryCanceled
    case diskFull
    case outOfMemory
    case insufficientResources
    /// Any other error of the server.
    case server

    // Raised by this library.
    /// The statement's time was up; the server was asked to cancel it.
    case statementTimeout
    /// The connection could not be opened in time.
    case connectTimeout
    /// The connection was closed by this side.
    case connectionClosed
    /// Two operations at once on one connection.
    case connectionBusy
    /// A parameter or a configuration value cannot be used; the message names it.
    case invalidArgument
    /// A column could not be read as the requested Swift type; the message names both.
    case decodingFailure
    /// No connection became available within the acquire timeout.
    case poolTimeout
    /// The pool has as many waiting callers as it admits.
    case poolExhausted
    /// The pool was closed.
    case poolClosed
  }

  /// True when the work certainly had no effect and the same transaction may succeed when repeated.
  public var isRetryable: Bool {
    switch code {
    case .serializationFailure, .deadlockDetected, .lockNotAvailable, .cannotConnectNow, .tooManyConnections,
      .connectTimeout, .insufficientResources, .poolTimeout, .poolExhausted:
      true
    default: false
    }
  }

  /// True when the server may or may not have completed the statement: the link died while it was in flight.
  public var isOutcomeUnknown: Bool { code == .connectionFailure || isFatal }

  /// True when the database could not be reached or is going away, as opposed to having refused the statement.
  public var isUnavailable: Bool {
    switch code {
    case .connectionFailure, .cannotConnectNow, .tooManyConnections, .adminShutdown, .connectTimeout,
      .connectionClosed, .poolTimeout, .poolExhausted, .poolClosed:
      true
    default: isFatal
    }
  }
}

extension PostgresError: CustomStringConvertible {
  public var description: String {
    var text = "PostgreSQL \(code)"
    if let sqlState { text += " [\(sqlState)]" }
    text += ": \(message)"
    if let constraint { text += " (constraint \(constraint))" }
    if let hint { text += " (hint: \(hint))" }
    return text
  }
}

extension PostgresError.Code {
  /// The case for a SQLSTATE; the class decides where the exact code has no case.
  init(sqlState: String) {
    if let exact = Self.bySQLState[sqlState] {
      self = exact
      return
    }
    switch sqlState.prefix(2) {
    // Not the link but a malformed message within it, such as a COPY field of the wrong width.
    case "08" where sqlState == "08P01": self = .protocolViolation
    case "08": self = .connectionFailure
    case "28": self = .invalidAuthorization
    case "53": self = .insufficientResources
    default: self = .server
    }
  }

  private static let bySQLState: [String: Self] = [
    "57P03": .cannotConnectNow, "53300": .tooManyConnections, "57P01": .adminShutdown, "57P02": .adminShutdown,
    "57P04": .adminShutdown, "3D000": .undefinedDatabase,
    "23505": .uniqueViolation, "23503": .foreignKeyViolation, "23502": .notNullViolation, "23514": .checkViolation,
    "23P01": .exclusionViolation,
    "40001": .serializationFailure, "40P01": .deadlockDetected, "55P03": .lockNotAvailable,
    "25P02": .transactionAborted, "25P03": .idleInTransactionTimeout, "25006": .readOnlyTransaction,
    "42601": .syntaxError, "42501": .insufficientPrivilege, "42P01": .undefinedTable, "42703": .undefinedColumn,
    "42883": .undefinedFunction, "3F000": .undefinedSchema, "42704": .undefinedObject, "26000": .undefinedStatement,
    "42P07": .duplicateTable, "42710": .duplicateObject, "42804": .datatypeMismatch,
    "22P02": .invalidTextRepresentation, "22003": .numericValueOutOfRange, "0A000": .featureNotSupported,
    "57014": .queryCanceled, "53100": .diskFull, "53200": .outOfMemory,
  ]
}
