#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A Swift type that a result column can be read as.
public protocol PostgresDecodable {
  /// - Throws: `PostgresError` with `.decodingFailure` that names the column.
  init(postgres cell: PostgresCell) throws
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  public init(postgres cell: PostgresCell) throws { self = cell.isNull ? nil : try Wrapped(postgres: cell) }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
  /// Reads the raw value; an unknown one is a `.decodingFailure`.
  public init(postgres cell: PostgresCell) throws {
    guard let value = Self(rawValue: try RawValue(postgres: cell)) else {
      throw cell.mismatch(Self.self, "unknown raw value")
    }
    self = value
  }
}

extension Int64: PostgresDecodable {
  public init(postgres cell: PostgresCell) throws {
    guard !cell.isNull else { throw cell.mismatch(Self.self) }
    guard cell.isBinary else {
      guard let value = Int64(String(decoding: cell.slice, as: UTF8.self)) else { throw cell.mismatch(Self.self) }
      self = value
      return
    }
    switch (cell.type, cell.place.length) {
    case (.int8, 8): self = cell.bigEndian()
    case (.int4, 4): self = Int64(cell.bigEndian(as: Int32.self))
    case (.int2, 2): self = Int64(cell.bigEndian(as: Int16.self))
    case (.oid, 4): self = Int64(cell.bigEndian(as: UInt32.self))
    case (.xid8, 8):
      guard let value = Int64(exactly: cell.bigEndian(as: UInt64.self)) else { throw cell.mismatch(Self.self) }
      self = value
    default: throw cell.mismatch(Self.self)
    }
  }
}

extension FixedWidthInteger where Self: PostgresDecodable {
  public init(postgres cell: PostgresCell) throws {
    let wide = try Int64(postgres: cell)
    guard let value = Self(exactly: wide) else { throw cell.mismatch(Self.self, "\(wide) is out of range") }
    self = value
  }
}
extension Int: PostgresDecodable {}
extension Int32: PostgresDecodable {}
extension Int16: PostgresDecodable {}
extension UInt32: PostgresDecodable {}

extension Bool: PostgresDecodable {
  public init(postgres cell: PostgresCell) throws {
    guard cell.type == .bool, cell.place.length == 1 else { throw cell.mismatch(Self.self) }
    let byte: UInt8 = cell.bigEndian()
    self = cell.isBinary ? byte != 0 : byte == UInt8(ascii: "t")
  }
}

extension Double: PostgresDecodable {
  /// Reads `float8`, `float4`, the integers and `numeric` (to the nearest Double).
  public init(postgres cell: PostgresCell) throws {
    guard !cell.isNull else { throw cell.mismatch(Self.self) }
    guard cell.isBinary else {
      guard let value = Double(String(decoding: cell.slice, as: UTF8.self)) else { throw cell.mismatch(Self.self) }
      self = value
      return
    }
    switch (cell.type, cell.place.length) {
    case (.float8, 8): self = Double(bitPattern: cell.bigEndian())
    case (.float4, 4): self = Double(Float(bitPattern: cell.bigEndian()))
    case (.numeric, _):
      guard let value = Double(try NumericText.decode(cell)) else { throw cell.mismatch(Self.self) }
      self = value
    default: self = Double(try Int64(postgres: cell))
    }
  }
}

extension Float: PostgresDecodable {
  public init(postgres cell: PostgresCell) throws { self = Float(try Double(postgres: cell)) }
}

extension String: PostgresDecodable {
  /// Reads text types, JSON, enumerations, `numeric` and `uuid`; cast anything else to `text` in the statement.
  public init(postgres cell: PostgresCell) throws {
    guard !cell.isNull else { throw cell.mismatch(Self.self) }
    guard cell.isBinary else {
      self = String(decoding: cell.slice, as: UTF8.self)
      return
    }
    switch cell.type {
    case .jsonb: self = try PostgresJSON(postgres: cell).text
    case .numeric: self = try NumericText.decode(cell)
    case .uuid: self = try UUID(postgres: cell).uuidString.lowercased()
    case let type where type.isTextual:
      guard let text = String(validating: cell.slice, as: UTF8.self) else {
        throw cell.mismatch(Self.self, "not UTF-8")
      }
      self = text
    default: throw cell.mismatch(Self.self, "cast it to text in the statement")
    }
  }
}

extension PostgresJSON: PostgresDecodable {
  /// The version byte that leads the binary format of `jsonb`.
  private static let jsonbVersion: UInt8 = 1

  public init(postgres cell: PostgresCell) throws {
    guard !cell.isNull else { throw cell.mismatch(Self.self) }
    guard cell.isBinary, cell.type == .jsonb else {
      guard !cell.isBinary || cell.type.isTextual else { throw cell.mismatch(Self.self) }
      self.init(String(decoding: cell.slice, as: UTF8.self))
      return
    }
    guard cell.slice.first == Self.jsonbVersion else { throw cell.mismatch(Self.self, "unknown jsonb version") }
    self.init(String(decoding: cell.slice.dropFirst(), as: UTF8.self))
  }
}

extension UUID: PostgresDecodable {
  public init(postgres cell: PostgresCell) throws {
    guard cell.isBinary, cell.type == .uuid, cell.place.length == 16 else { throw cell.mismatch(Self.self) }
    self.init(bytes: cell)
  }

  init(bytes cell: PostgresCell, at offset: Int = 0) {
    func byte(_ index: Int) -> UInt8 { cell.bigEndian(at: offset + index) }
    self.init(
      uuid: (
        byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7), byte(8), byte(9), byte(10), byte(11),
        byte(12), byte(13), byte(14), byte(15)
      ))
  }
}

extension PostgresTimestamp: PostgresDecodable {
  /// Reads `timestamptz`, and `timestamp` taken as UTC. `infinity` is a `.decodingFailure`.
  public init(postgres cell: PostgresCell) throws {
    guard cell.isBinary, cell.type == .timestamptz || cell.type == .timestamp, cell.place.length == 8 else {
      throw cell.mismatch(Self.self)
    }
    let value: Int64 = cell.bigEndian()
    guard value != .max, value != .min else { throw cell.mismatch(Self.self, "it is infinite") }
    self.init(microsecondsSincePostgresEpoch: value)
  }
}

extension Date: PostgresDecodable {
  public init(postgres cell: PostgresCell) throws { self = try PostgresTimestamp(postgres: cell).date }
}

extension Array: PostgresDecodable where Element: PostgresArrayElementDecodable {
  /// Reads a one-dimensional array without NULLs; `[UInt8]` reads a `bytea`.
  public init(postgres cell: PostgresCell) throws { self = try Element.decodeArray(cell) }
}

/// An element type whose arrays a result column can be read as.
public protocol PostgresArrayElementDecodable {
  static func decodeArray(_ cell: PostgresCell) throws -> [Self]
}

extension UInt8: PostgresArrayElementDecodable {
  public static func decodeArray(_ cell: PostgresCell) throws -> [UInt8] {
    guard cell.isBinary, !cell.isNull, cell.type == .bytea else { throw cell.mismatch([UInt8].self) }
    return Array(cell.slice)
  }
}
extension Int64: PostgresArrayElementDecodable {
  public static func decodeArray(_ cell: PostgresCell) throws -> [Int64] {
    try ArrayReader.read(cell, as: Int64.self) { type, offset, length in
      switch (type, length) {
      case (.int8, 8): cell.bigEndian(at: offset)
      case (.int4, 4): Int64(cell.bigEndian(at: offset, as: Int32.self))
      default: nil
      }
    }
  }
}
extension Int: PostgresArrayElementDecodable {
  public static func decodeArray(_ cell: PostgresCell) throws -> [Int] { try Int64.decodeArray(cell).map(Int.init) }
}
extension Double: PostgresArrayElementDecodable {
  public static func decodeArray(_ cell: PostgresCell) throws -> [Double] {
    try ArrayReader.read(cell, as: Double.self) { type, offset, length in
      switch (type, length) {
      case (.float8, 8): Double(bitPattern: cell.bigEndian(at: offset))
      case (.float4, 4): Double(Float(bitPattern: cell.bigEndian(at: offset)))
      default: nil
      }
    }
  }
}
extension Bool: PostgresArrayElementDecodable {
  public static func decodeArray(_ cell: PostgresCell) throws -> [Bool] {
    try ArrayReader.read(cell, as: Bool.self) { type, offset, length in
      type == .bool && length == 1 ? cell.bigEndian(at: offset, as: UInt8.self) != 0 : nil
    }
  }
}
extension UUID: PostgresArrayElementDecodable {
  public static func decodeArray(_ cell: PostgresCell) throws -> [UUID] {
    try ArrayReader.read(cell, as: UUID.self) { type, offset, length in
      type == .uuid && length == 16 ? UUID(bytes: cell, at: offset) : nil
    }
  }
}
extension String: PostgresArrayElementDecodable {
  public static func decodeArray(_ cell: PostgresCell) throws -> [String] {
    try ArrayReader.read(cell, as: String.self) { type, offset, length in
      guard type.isTextual else { return nil }
      let start = Int(cell.place.offset) + offset
      return String(validating: cell.storage.bytes[start..<start + length], as: UTF8.self)
    }
  }
}
