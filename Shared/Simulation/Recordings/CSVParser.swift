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
    /// Until the end of a line that can't be read.
    case skipped
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
  ///
  /// - Parameter fault: told of a row that can't be read. When it doesn't throw, the text goes on with the next line.
  public mutating func parse(
    _ bytes: some Sequence<UInt8>, fault: (CSVError) throws -> Void = { throw $0 }, row: (CSVRow) throws -> Void
  ) throws {
    for byte in bytes { try step(byte, fault, row) }
  }

  /// The same for an array, which the compiler makes faster code for.
  public mutating func parse(
    _ bytes: [UInt8], fault: (CSVError) throws -> Void = { throw $0 }, row: (CSVRow) throws -> Void
  ) throws {
    for byte in bytes { try step(byte, fault, row) }
  }

  /// Passes on the last row, where the text doesn't end with a line break.
  public mutating func finish(
    fault: (CSVError) throws -> Void = { throw $0 }, row: (CSVRow) throws -> Void
  ) throws {
    guard state != .quoted else { return try fault(CSVError(line: rowLine, reason: "a quoted field isn't closed")) }
    guard rowBytes > 0 else { return }
    let last: CSVRow
    do { last = try endRow() } catch { return try fault(error) }
    try row(last)
  }

  /// All rows of a text that is in memory.
  public static func rows(of bytes: some Sequence<UInt8>) throws -> [CSVRow] {
    var parser = CSVParser()
    var rows: [CSVRow] = []
    try parser.parse(bytes) { rows.append($0) }
    try parser.finish { rows.append($0) }
    return rows
  }

  @inline(__always)
  private mutating func step(
    _ byte: UInt8, _ fault: (CSVError) throws -> Void, _ row: (CSVRow) throws -> Void
  ) throws {
    let complete: CSVRow?
    do {
      complete = try take(byte)
    } catch {
      giveUpRow(at: byte)
      return try fault(error)
    }
    if let complete { try row(complete) }
  }

  /// - Returns: the row that the byte ends.
  private mutating func take(_ byte: UInt8) throws(CSVError) -> CSVRow? {
    defer { previousWasCarriageReturn = byte == UInt8(ascii: "\r") }
    if byte == UInt8(ascii: "\n"), previousWasCarriageReturn, state != .quoted { return nil }
    let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    if isLineEnd, state != .quoted {
      let complete = rowBytes > 0 ? try endRow() : nil
      beginLine()
      return complete
    }
    if state == .skipped { return nil }
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
    case .skipped: break
    }
    return nil
  }

  private mutating func beginLine() {
    state = .fieldStart
    line += 1
    rowLine = line
  }

  /// Lets the row go that the byte makes unreadable.
  private mutating func giveUpRow(at byte: UInt8) {
    field.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    rowBytes = 0
    isAtStart = false
    // Inside quotes it was counted already.
    let isCounted = state == .quoted
    state = .skipped
    guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { return }
    if isCounted { line -= 1 }
    beginLine()
  }

  private mutating func endField() throws(CSVError) {
    if isAtStart, fields.isEmpty, field.starts(with: [0xef, 0xbb, 0xbf]) { field.removeFirst(3) }
    guard let text = String(validating: field, as: UTF8.self) else {
      throw CSVError(line: line, column: "\(fields.count + 1)", reason: "isn't valid UTF-8")
    }
    fields.append(text)
    field.removeAll(keepingCapacity: true)
    state = .fieldStart
  }

  private mutating func endRow() throws(CSVError) -> CSVRow {
    try endField()
    isAtStart = false
    let complete = CSVRow(line: rowLine, fields: fields)
    fields.removeAll(keepingCapacity: true)
    rowBytes = 0
    return complete
  }
}
