#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// One statement parameter.
public enum PostgresValue: Sendable, Hashable {
  /// NULL; the type keeps the prepared statement the same as for a present value.
  case null(PostgresType)
  case bool(Bool)
  case int4(Int32)
  case int8(Int64)
  case float8(Double)
  /// Sent as text whose type the server takes from the context, so it also fits enumerations, `numeric` or `interval`.
  case text(String)
  case bytea([UInt8])
  case uuid(UUID)
  case timestamptz(PostgresTimestamp)
  /// JSON text for `json` and `jsonb`.
  case jsonb(String)
  case int8Array([Int64])
  case float8Array([Double])
  case textArray([String])
  case uuidArray([UUID])
  case boolArray([Bool])
  case byteaArray([[UInt8]])

  /// The type announced to the server.
  public var type: PostgresType {
    switch self {
    case .null(let type): type
    case .bool: .bool
    case .int4: .int4
    case .int8: .int8
    case .float8: .float8
    case .text: .unspecified
    case .bytea: .bytea
    case .uuid: .uuid
    case .timestamptz: .timestamptz
    case .jsonb: .jsonb
    case .int8Array: .int8Array
    case .float8Array: .float8Array
    case .textArray: .textArray
    case .uuidArray: .uuidArray
    case .boolArray: .boolArray
    case .byteaArray: .byteaArray
    }
  }
}

/// A Swift value that can be a statement parameter.
public protocol PostgresEncodable {
  /// The type of `postgresValue`, also announced for a missing value.
  static var postgresType: PostgresType { get }
  var postgresValue: PostgresValue { get }
}

extension Bool: PostgresEncodable {
  public static var postgresType: PostgresType { .bool }
  public var postgresValue: PostgresValue { .bool(self) }
}
extension Int32: PostgresEncodable {
  public static var postgresType: PostgresType { .int4 }
  public var postgresValue: PostgresValue { .int4(self) }
}
extension Int64: PostgresEncodable {
  public static var postgresType: PostgresType { .int8 }
  public var postgresValue: PostgresValue { .int8(self) }
}
extension Int: PostgresEncodable {
  public static var postgresType: PostgresType { .int8 }
  public var postgresValue: PostgresValue { .int8(Int64(self)) }
}
extension UInt32: PostgresEncodable {
  public static var postgresType: PostgresType { .int8 }
  public var postgresValue: PostgresValue { .int8(Int64(self)) }
}
extension Double: PostgresEncodable {
  public static var postgresType: PostgresType { .float8 }
  public var postgresValue: PostgresValue { .float8(self) }
}
extension Float: PostgresEncodable {
  public static var postgresType: PostgresType { .float8 }
  public var postgresValue: PostgresValue { .float8(Double(self)) }
}
extension String: PostgresEncodable {
  public static var postgresType: PostgresType { .unspecified }
  public var postgresValue: PostgresValue { .text(self) }
}
extension UUID: PostgresEncodable {
  public static var postgresType: PostgresType { .uuid }
  public var postgresValue: PostgresValue { .uuid(self) }
}
extension PostgresTimestamp: PostgresEncodable {
  public static var postgresType: PostgresType { .timestamptz }
  public var postgresValue: PostgresValue { .timestamptz(self) }
}
extension Date: PostgresEncodable {
  public static var postgresType: PostgresType { .timestamptz }
  public var postgresValue: PostgresValue { .timestamptz(PostgresTimestamp(self)) }
}

/// JSON text, as parameter and as result, for `json` and `jsonb`.
public struct PostgresJSON: Sendable, Hashable, PostgresEncodable {
  /// The JSON text; validity is the server's to judge.
  public var text: String
  public init(_ text: String) { self.text = text }
  public static var postgresType: PostgresType { .jsonb }
  public var postgresValue: PostgresValue { .jsonb(text) }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  public static var postgresType: PostgresType { Wrapped.postgresType }
  public var postgresValue: PostgresValue { self?.postgresValue ?? .null(Wrapped.postgresType) }
}

/// An element type whose arrays can be parameters.
public protocol PostgresArrayElement: Sendable {
  static var postgresArrayType: PostgresType { get }
  static func postgresArray(_ elements: [Self]) -> PostgresValue
}

extension UInt8: PostgresArrayElement {
  public static var postgresArrayType: PostgresType { .bytea }
  /// An array of bytes is a `bytea`.
  public static func postgresArray(_ elements: [UInt8]) -> PostgresValue { .bytea(elements) }
}
extension Int64: PostgresArrayElement {
  public static var postgresArrayType: PostgresType { .int8Array }
  public static func postgresArray(_ elements: [Int64]) -> PostgresValue { .int8Array(elements) }
}
extension Int: PostgresArrayElement {
  public static var postgresArrayType: PostgresType { .int8Array }
  public static func postgresArray(_ elements: [Int]) -> PostgresValue { .int8Array(elements.map(Int64.init)) }
}
extension Double: PostgresArrayElement {
  public static var postgresArrayType: PostgresType { .float8Array }
  public static func postgresArray(_ elements: [Double]) -> PostgresValue { .float8Array(elements) }
}
extension String: PostgresArrayElement {
  public static var postgresArrayType: PostgresType { .textArray }
  public static func postgresArray(_ elements: [String]) -> PostgresValue { .textArray(elements) }
}
extension UUID: PostgresArrayElement {
  public static var postgresArrayType: PostgresType { .uuidArray }
  public static func postgresArray(_ elements: [UUID]) -> PostgresValue { .uuidArray(elements) }
}
extension Bool: PostgresArrayElement {
  public static var postgresArrayType: PostgresType { .boolArray }
  public static func postgresArray(_ elements: [Bool]) -> PostgresValue { .boolArray(elements) }
}
extension Array: PostgresArrayElement where Element == UInt8 {
  public static var postgresArrayType: PostgresType { .byteaArray }
  public static func postgresArray(_ elements: [[UInt8]]) -> PostgresValue { .byteaArray(elements) }
}
extension Array: PostgresEncodable where Element: PostgresArrayElement {
  public static var postgresType: PostgresType { Element.postgresArrayType }
  public var postgresValue: PostgresValue { Element.postgresArray(self) }
}
