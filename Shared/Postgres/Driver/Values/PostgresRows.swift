/// The rows of one result, copied out of libpq into two flat buffers.
///
/// Cells are decoded on access; nothing is allocated per row or per cell until then.
public struct PostgresRows: Sendable, RandomAccessCollection {
  let storage: Storage
  /// The server's command tag, such as `INSERT 0 3`.
  public let commandTag: String

  /// The rows a statement affected or returned, from the command tag; 0 for a statement without such a number.
  public var affectedRows: Int {
    guard let last = commandTag.utf8.split(separator: UInt8(ascii: " ")).last else { return 0 }
    return Int(String(Substring(last))) ?? 0
  }

  /// The columns' names, in order.
  public var columnNames: [String] { storage.columns.list.map(\.name) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { storage.rowCount }
  public subscript(position: Int) -> PostgresRow {
    precondition(position >= 0 && position < storage.rowCount, "row index out of range")
    return PostgresRow(storage: storage, index: position)
  }

  /// Decodes every row, column by column from the left: `try rows.decode(Int64.self, String?.self)`.
  public func decode<each Value: PostgresDecodable>(
    _ types: repeat (each Value).Type
  ) throws -> [(repeat each Value)] {
    var out: [(repeat each Value)] = []
    out.reserveCapacity(count)
    for row in self { out.append(try row.decode(repeat each types)) }
    return out
  }

  final class Storage: Sendable {
    let columns: Columns
    let rowCount: Int
    let bytes: [UInt8]
    /// Row by row; see `CellPlace`.
    let places: [CellPlace]

    init(columns: Columns, rowCount: Int, bytes: [UInt8], places: [CellPlace]) {
      self.columns = columns
      self.rowCount = rowCount
      self.bytes = bytes
      self.places = places
    }
  }

  /// Where in `bytes` a cell lies; a length of -1 is NULL.
  struct CellPlace: Sendable {
    var offset: UInt32
    var length: Int32
  }

  struct Column: Sendable, Hashable {
    var name: String
    var type: PostgresType
    var isBinary: Bool
  }

  /// Shared by all results of one prepared statement.
  final class Columns: Sendable {
    let list: [Column]
    init(_ list: [Column]) { self.list = list }
    static let none = Columns([])
  }
}

/// One row of a result. Keeps the whole result alive, so decode rather than store it.
public struct PostgresRow: Sendable {
  let storage: PostgresRows.Storage
  let index: Int

  public var columnCount: Int { storage.columns.list.count }

  /// The cell of a column by position, from 0.
  public subscript(column: Int) -> PostgresCell {
    precondition(column >= 0 && column < columnCount, "column index out of range")
    return PostgresCell(storage: storage, row: index, column: column)
  }

  /// Decodes the column of that name.
  ///
  /// - Throws: `PostgresError` with `.decodingFailure` when there is no such column or it holds another type.
  public func decode<Value: PostgresDecodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    guard let column = storage.columns.list.firstIndex(where: { $0.name == name }) else {
      throw PostgresError(.decodingFailure, "the result has no column '\(name)'")
    }
    return try Value(postgres: self[column])
  }

  /// Decodes the first columns from the left into a tuple.
  ///
  /// - Throws: `PostgresError` with `.decodingFailure` naming the column that does not fit.
  public func decode<each Value: PostgresDecodable>(
    _ types: repeat (each Value).Type
  ) throws -> (repeat each Value) {
    var column = 0
    func next<V: PostgresDecodable>(_ type: V.Type) throws -> V {
      guard column < columnCount else {
        throw PostgresError(
          .decodingFailure, "the result has \(columnCount) columns; column \(column + 1) was requested")
      }
      defer { column += 1 }
      return try V(postgres: self[column])
    }
    return (repeat try next(each types))
  }
}

/// One value of a row, not yet decoded.
public struct PostgresCell: Sendable {
  let storage: PostgresRows.Storage
  let row: Int
  let columnIndex: Int
  let place: PostgresRows.CellPlace

  init(storage: PostgresRows.Storage, row: Int, column: Int) {
    self.storage = storage
    self.row = row
    self.columnIndex = column
    place = storage.places[row * storage.columns.list.count + column]
  }

  public var isNull: Bool { place.length < 0 }
  /// The column's name.
  public var name: String { storage.columns.list[columnIndex].name }
  /// The column's type.
  public var type: PostgresType { storage.columns.list[columnIndex].type }
  /// False for results of `executeScript`-like calls, which arrive as text.
  var isBinary: Bool { storage.columns.list[columnIndex].isBinary }

  var slice: ArraySlice<UInt8> {
    guard place.length > 0 else { return [] }
    return storage.bytes[Int(place.offset)..<Int(place.offset) + Int(place.length)]
  }

  /// A big-endian integer at `offset` within the cell; the caller has checked the length.
  func bigEndian<I: FixedWidthInteger>(at offset: Int = 0, as type: I.Type = I.self) -> I {
    precondition(offset >= 0 && offset + MemoryLayout<I>.size <= Int(place.length), "read beyond the cell")
    return storage.bytes.withUnsafeBytes {
      I(bigEndian: $0.loadUnaligned(fromByteOffset: Int(self.place.offset) + offset, as: I.self))
    }
  }

  /// The error for a cell that cannot become a `wanted`.
  func mismatch(_ wanted: Any.Type, _ reason: String? = nil) -> PostgresError {
    var message = "column '\(name)' (type \(type.rawValue)) cannot be read as \(wanted)"
    if isNull { message += ": it is NULL" } else if let reason { message += ": \(reason)" }
    return PostgresError(.decodingFailure, message)
  }
}
