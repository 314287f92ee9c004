import CLibPQ

/// Owns one `PGresult`.
struct LibPQResult: ~Copyable {
  private let raw: OpaquePointer

  init(raw: OpaquePointer) { self.raw = raw }
  deinit { PQclear(raw) }

  enum Status { case command, rows, singleRow, copyIn, copyOut, pipelineSync, pipelineAborted, empty, failed }

  var status: Status {
    switch PQresultStatus(raw) {
    case PGRES_COMMAND_OK: .command
    case PGRES_TUPLES_OK: .rows
    case PGRES_SINGLE_TUPLE: .singleRow
    case PGRES_COPY_IN: .copyIn
    case PGRES_COPY_OUT, PGRES_COPY_BOTH: .copyOut
    case PGRES_PIPELINE_SYNC: .pipelineSync
    case PGRES_PIPELINE_ABORTED: .pipelineAborted
    case PGRES_EMPTY_QUERY: .empty
    default: .failed
    }
  }

  var rowCount: Int { Int(PQntuples(raw)) }
  var commandTag: String { PQcmdStatus(raw).map { String(cString: $0) } ?? "" }

  var columns: PostgresRows.Columns {
    let count = PQnfields(raw)
    guard count > 0 else { return .none }
    return PostgresRows.Columns(
      (0..<count).map { column in
        PostgresRows.Column(
          name: PQfname(raw, column).map { String(cString: $0) } ?? "",
          type: PostgresType(rawValue: PQftype(raw, column)), isBinary: PQfformat(raw, column) == 1)
      })
  }

  /// The cells of a result may take at most this much; a larger result is an error, not a crash.
  static let maximumBytes = Int(UInt32.max)

  /// Copies the cells out. `known` saves describing the columns of a prepared statement again.
  func copyRows(known: PostgresRows.Columns? = nil) throws -> PostgresRows {
    var builder = RowsBuilder()
    try builder.append(self)
    return builder.finish(columns: known ?? columns, commandTag: commandTag)
  }

  /// Collects the rows of one or, in single-row mode, of many results.
  struct RowsBuilder {
    private var bytes: [UInt8] = []
    private var places: [PostgresRows.CellPlace] = []
    private(set) var rowCount = 0
    var byteCount: Int { bytes.count }

    mutating func append(_ result: borrowing LibPQResult) throws {
      let raw = result.raw
      let rowCount = PQntuples(raw)
      let columnCount = PQnfields(raw)
      guard rowCount > 0 else { return }
      self.rowCount += Int(rowCount)
      var total = bytes.count
      places.reserveCapacity(places.count + Int(rowCount) * Int(columnCount))
      for row in 0..<rowCount {
        for column in 0..<columnCount {
          let length = PQgetisnull(raw, row, column) == 1 ? -1 : PQgetlength(raw, row, column)
          guard total <= LibPQResult.maximumBytes - Int(max(length, 0)) else {
            throw PostgresError(.insufficientResources, "the result exceeds \(LibPQResult.maximumBytes) bytes")
          }
          places.append(.init(offset: UInt32(total), length: length))
          total += Int(max(length, 0))
        }
      }
      bytes.reserveCapacity(total)
      for row in 0..<rowCount {
        for column in 0..<columnCount {
          let length = Int(PQgetlength(raw, row, column))
          guard length > 0, let value = PQgetvalue(raw, row, column) else { continue }
          bytes.append(contentsOf: UnsafeRawBufferPointer(start: value, count: length))
        }
      }
    }

    /// The rows so far; starts anew.
    mutating func finish(columns: PostgresRows.Columns, commandTag: String) -> PostgresRows {
      let rows = PostgresRows(
        storage: .init(columns: columns, rowCount: rowCount, bytes: bytes, places: places), commandTag: commandTag)
      self = RowsBuilder()
      return rows
    }
  }

  /// The error this result reports.
  var error: PostgresError {
    let state = field(.sqlState)
    let message = field(.primaryMessage) ?? PQresultErrorMessage(raw).map { String(cString: $0).trimmedLine } ?? ""
    // libpq's own errors, such as a lost connection, carry no SQLSTATE.
    var error = PostgresError(state.map(PostgresError.Code.init(sqlState:)) ?? .connectionFailure, message)
    error.sqlState = state
    error.detail = field(.detail)
    error.hint = field(.hint)
    error.schema = field(.schema)
    error.table = field(.table)
    error.column = field(.column)
    error.constraint = field(.constraint)
    if state != nil {
      let severity = field(.severity)
      error.isFatal = severity == "FATAL" || severity == "PANIC"
    }
    return error
  }

  /// The codes of `PG_DIAG_…` in `postgres_ext.h`, which are character constants.
  private enum Field: UInt8 {
    case severity = 0x56  // 'V', never translated
    case sqlState = 0x43  // 'C'
    case primaryMessage = 0x4D  // 'M'
    case detail = 0x44  // 'D'
    case hint = 0x48  // 'H'
    case schema = 0x73  // 's'
    case table = 0x74  // 't'
    case column = 0x63  // 'c'
    case constraint = 0x6E  // 'n'
  }

  private func field(_ field: Field) -> String? {
    PQresultErrorField(raw, Int32(field.rawValue)).map { String(cString: $0) }
  }
}
