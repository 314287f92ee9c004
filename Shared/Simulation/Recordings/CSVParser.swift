/// One row of a CSV text with the line on which it starts.
public struct CSVRow: Sendable, Hashable {
  /// Counted from 1.
  public var line: Int
  public var fields: [String]
}

/// Why a CSV text can't be used: the line, the column where it is known, and the reason.
public struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Counted from 1.
  public var line: Int
  /// The column's name, or its number where there is no header yet.
  public var column: String?
  public var reason: String

  public init(line: Int, column: String? = nil, reason: String) {
    self.line = line
    self.column = column
    self.reason = reason
  }

  public var description: String {
    column.map { "line \(line), column \($0): \(reason)" } ?? "line \(line): \(reason)"
  }
}

/// Reads CSV as RFC 4180 describes it, piece by piece, so that a file never has to be in memory as a whole.
///
/// LF and CRLF end a row; a byte-order mark and empty lines are skipped.
public struct CSVParser: Sendable {
  /// Bytes in one row; a longer one is an error rather than a reason to grow.
  public static let maximumRowBytes = 65_536

  private enum State: Sendable {
    case fieldStart
    case unquoted
    case quoted
    case quoteInQuoted
  }

  private var state = State.fieldStart
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var rowBytes = 0
  private var line = 1
  private var rowLine = 1
  private var isAtStart = true
  private var previousWasCarriageReturn = false

  public init() {}

  /// Takes in the next bytes and passes on every row that they complete.
  public mutating func parse(_ bytes: some Sequence<UInt8>, row: (CSVRow) throws -> Void) throws {
    for byte in bytes { try take(byte, row: row) }
  }

  /// Passes on the last row, where the text doesn't end with a line break.
  public mutating func finish(row: (CSVRow) throws -> Void) throws {
    guard state != .quoted else { throw CSVError(line: rowLine, reason: "a quoted field isn't closed") }
    if rowBytes > 0 { try endRow(row) }
  }

  /// All rows of a text that is in memory.
  public static func rows(of bytes: some Sequence<UInt8>) throws -> [CSVRow] {
    var parser = CSVParser()
    var rows: [CSVRow] = []
    try parser.parse(bytes) { rows.append($0) }
    try parser.finish { rows.append($0) }
    return rows
  }

  private mutating func take(_ byte: UInt8, row: (CSVRow) throws -> Void) throws {
    defer { previousWasCarriageReturn = byte == UInt8(ascii: "\r") }
    if byte == UInt8(ascii: "\n"), previousWasCarriageReturn, state != .quoted { return }
    let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    if isLineEnd, state != .quoted {
      if rowBytes > 0 { try endRow(row) }
      line += 1
      rowLine = line
      return
    }
    if byte == UInt8(ascii: "\n") { line += 1 }
    rowBytes += 1
    guard rowBytes <= Self.maximumRowBytes else {
      throw CSVError(line: rowLine, reason: "a row has at most \(Self.maximumRowBytes) bytes")
    }
    switch state {
    case .fieldStart where byte == UInt8(ascii: "\""): state = .quoted
    case .fieldStart, .unquoted:
      if byte == UInt8(ascii: ",") {
        try endField()
      } else if byte == UInt8(ascii: "\"") {
        throw CSVError(line: line, column: "\(fields.count + 1)", reason: "a quote inside an unquoted field")
      } else {
        field.append(byte)
        state = .unquoted
      }
    case .quoted:
      if byte == UInt8(ascii: "\"") { state = .quoteInQuoted } else { field.append(byte) }
    case .quoteInQuoted:
      if byte == UInt8(ascii: "\"") {
        field.append(byte)
        state = .quoted
      } else if byte == UInt8(ascii: ",") {
        try endField()
      } else {
        throw CSVError(line: line, column: "\(fields.count + 1)", reason: "text after a closing quote")
      }
    }
  }

  private mutating func endField() throws {
    if isAtStart, fields.isEmpty, field.starts(with: [0xef, 0xbb, 0xbf]) { field.removeFirst(3) }
    guard let text = String(validating: field, as: UTF8.self) else {
      throw CSVError(line: line, column: "\(fields.count + 1)", reason: "isn't valid UTF-8")
    }
    fields.append(text)
    field.removeAll(keepingCapacity: true)
    state = .fieldStart
  }

  private mutating func endRow(_ row: (CSVRow) throws -> Void) throws {
    try endField()
    isAtStart = false
    let complete = CSVRow(line: rowLine, fields: fields)
    fields.removeAll(keepingCapacity: true)
    rowBytes = 0
    try row(complete)
  }
}
