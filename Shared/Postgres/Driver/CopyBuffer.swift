#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Rows in the binary COPY format, written field by field in the order of the target's columns.
///
/// Binary COPY converts nothing: each field must be of its column's exact type, or the server refuses the whole COPY.
///
/// Source: https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
public struct CopyBuffer: Sendable {
  private var bytes: GrowingBytes
  /// The fields each row must have.
  public let columnCount: Int
  /// The complete rows written.
  public private(set) var rowCount = 0
  private var fieldsLeft = 0

  /// - Parameters:
  ///   - columnCount: 1 to 1600, PostgreSQL's limit of columns.
  ///   - capacity: bytes to reserve; the buffer grows beyond them as needed.
  public init(columnCount: Int, capacity: Int = 4096) {
    precondition((1...1600).contains(columnCount), "a table has 1 to 1600 columns")
    self.columnCount = columnCount
    bytes = GrowingBytes(capacity: capacity)
  }

  /// The size of the rows on the wire.
  public var byteCount: Int { bytes.count }
  public var isEmpty: Bool { rowCount == 0 }

  /// Drops the rows and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll()
    rowCount = 0
  }

  /// Writes one row; `fields` must write exactly `columnCount` fields, or the program traps.
  @inlinable
  public mutating func row<E: Error>(_ fields: (inout CopyBuffer) throws(E) -> Void) throws(E) {
    let start = beginRow()
    do {
      try fields(&self)
    } catch {
      abandonRow(start)
      throw error
    }
    endRow()
  }

  @usableFromInline
  mutating func beginRow() -> Int {
    precondition(fieldsLeft == 0, "a row inside a row")
    let start = bytes.count
    bytes.append(Int16(columnCount))
    fieldsLeft = columnCount
    return start
  }

  @usableFromInline
  mutating func endRow() {
    precondition(fieldsLeft == 0, "a row lacks \(fieldsLeft) of its \(columnCount) fields")
    rowCount += 1
  }

  @usableFromInline
  mutating func abandonRow(_ start: Int) {
    bytes.truncate(to: start)
    fieldsLeft = 0
  }

  @inline(__always)
  private mutating func countField() {
    precondition(fieldsLeft > 0, "more fields than the \(columnCount) columns")
    fieldsLeft -= 1
  }

  public mutating func null() {
    countField()
    bytes.append(Int32(-1))
  }

  public mutating func bool(_ value: Bool) {
    countField()
    bytes.appendField(value ? UInt8(1) : 0)
  }

  public mutating func int2(_ value: Int16) {
    countField()
    bytes.appendField(value)
  }

  public mutating func int4(_ value: Int32) {
    countField()
    bytes.appendField(value)
  }

  public mutating func int8(_ value: Int64) {
    countField()
    bytes.appendField(value)
  }

  public mutating func float4(_ value: Float) {
    countField()
    bytes.appendField(value.bitPattern)
  }

  public mutating func float8(_ value: Double) {
    countField()
    bytes.appendField(value.bitPattern)
  }

  public mutating func timestamptz(_ value: PostgresTimestamp) {
    countField()
    bytes.appendField(value.microsecondsSincePostgresEpoch)
  }

  /// For `text`, `varchar`, `json` and enumerations. The server refuses a NUL character.
  public mutating func text(_ value: String) {
    countField()
    bytes.appendField(utf8: value)
  }

  public mutating func bytea(_ value: [UInt8]) {
    countField()
    bytes.append(Int32(value.count))
    bytes.append(contentsOf: value)
  }

  public mutating func uuid(_ value: UUID) {
    countField()
    bytes.append(Int32(16))
    bytes.append(value)
  }

  /// JSON text for a `jsonb` column; for `json` use `text`.
  public mutating func jsonb(_ value: String) {
    countField()
    let start = bytes.count
    bytes.append(Int32(0))
    bytes.append(UInt8(1))
    let length = bytes.append(utf8: value)
    bytes.overwrite(Int32(length + 1), at: start)
  }

  public mutating func float8Array(_ value: [Double]) { array { $0.append(array: value) } }
  public mutating func int8Array(_ value: [Int64]) { array { $0.append(array: value) } }
  public mutating func textArray(_ value: [String]) { array { $0.append(array: value) } }

  private mutating func array(_ write: (inout GrowingBytes) -> Void) {
    countField()
    let start = bytes.count
    bytes.append(Int32(0))
    write(&bytes)
    bytes.overwrite(Int32(bytes.count - start - 4), at: start)
  }

  /// The signature, flags and header extension that lead a COPY stream.
  static let header: [UInt8] =
    Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [0, 0, 0, 0] + [0, 0, 0, 0]
  /// The field count of -1 that ends one.
  static let trailer: [UInt8] = [0xFF, 0xFF]

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    precondition(fieldsLeft == 0, "an incomplete row")
    return try bytes.withUnsafeBytes(body)
  }
}

/// Where a COPY goes.
public struct CopyTarget: Sendable, Hashable {
  /// Absent for the `search_path`.
  public var schema: String?
  public var table: String
  /// In the order in which the rows' fields are written.
  public var columns: [String]

  public init(schema: String? = nil, table: String, columns: [String]) {
    self.schema = schema
    self.table = table
    self.columns = columns
  }

  /// The quoted name of the table.
  public var qualifiedName: String {
    (schema.map { SQL.quote(identifier: $0) + "." } ?? "") + SQL.quote(identifier: table)
  }

  /// The quoted names of the columns, separated by commas.
  public var columnList: String { columns.map { SQL.quote(identifier: $0) }.joined(separator: ", ") }

  var statement: String { "COPY \(qualifiedName) (\(columnList)) FROM STDIN (FORMAT binary)" }
}
