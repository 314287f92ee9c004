// Generated from google/protobuf/struct.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// `NullValue` is a singleton enumeration to represent the null value for the
/// `Value` type union.
///
///  The JSON representation for `NullValue` is JSON `null`.
public enum ProtoNullValue: Sendable, Hashable, CaseIterable {
  /// Null value.
  case nullValue
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [ProtoNullValue] {
    [
      .nullValue,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .nullValue
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .nullValue: 0
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// `Struct` represents a structured data value, consisting of fields
/// which map to dynamically typed values. In some languages, `Struct`
/// might be supported by a native representation. For example, in
/// scripting languages like JS a struct is represented as an
/// object. The details of that representation are described together
/// with the proto support for the language.
///
/// The JSON representation for `Struct` is JSON object.
public struct ProtoStruct: Sendable, Equatable {
  /// Unordered map of dynamically typed values.
  public var fields: [String: ProtoValue]

  public init(
    fields: [String: ProtoValue] = [:]
  ) {
    self.fields = fields
  }
}

/// `Value` represents a dynamically typed value which can be either
/// null, a number, a string, a boolean, a recursive struct value, or a
/// list of values. A producer of value is expected to set one of these
/// variants. Absence of any variant indicates an error.
///
/// The JSON representation for `Value` is JSON value.
public struct ProtoValue: Sendable, Equatable {
  /// The kind of value.
  public var kind: OneOfKind?

  public enum OneOfKind: Sendable, Equatable {
    /// Represents a null value.
    case nullValue(ProtoNullValue)
    /// Represents a double value.
    case numberValue(Double)
    /// Represents a string value.
    case stringValue(String)
    /// Represents a boolean value.
    case boolValue(Bool)
    /// Represents a structured value.
    case structValue(ProtoStruct)
    /// Represents a repeated `Value`.
    case listValue(ProtoListValue)
  }

  public init(
    kind: OneOfKind? = nil
  ) {
    self.kind = kind
  }
}

/// `ListValue` is a wrapper around a repeated field of values.
///
/// The JSON representation for `ListValue` is JSON array.
public struct ProtoListValue: Sendable, Equatable {
  /// Repeated field of dynamically typed values.
  public var values: [ProtoValue]

  public init(
    values: [ProtoValue] = []
  ) {
    self.values = values
  }
}

extension ProtoStruct: RPCMessage {
  public static var messageName: String { "google.protobuf.Struct" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ProtoStruct: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    google__protobuf__struct__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Google__Protobuf__Struct>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.map(c.pointee.fields, c.pointee.n_fields) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "google.protobuf.Struct.FieldsEntry.key"), MessageCodec.message(entry.value, ProtoValue.self) ?? ProtoValue())
    }
    room.put(\.fields, value0)
  }

  func build(_ c: UnsafeMutablePointer<Google__Protobuf__Struct>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Google__Protobuf__Struct())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_fields = self.fields.count
    c.pointee.fields = try scratch.map(self.fields.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Google__Protobuf__Struct__FieldsEntry>) throws(EncodingFault) in
      entry.initialize(to: Google__Protobuf__Struct__FieldsEntry())
      entry.pointee.protobuf_c_base.descriptor = google__protobuf__struct__fields_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
  }
}

extension ProtoValue: RPCMessage {
  public static var messageName: String { "google.protobuf.Value" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ProtoValue: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    google__protobuf__value__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Google__Protobuf__Value>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0: OneOfKind?
    switch c.pointee.kind_case.rawValue {
    case 1:
      value0 = .nullValue(ProtoNullValue(rawValue: Int32(truncatingIfNeeded: c.pointee.null_value.rawValue)))
    case 2:
      value0 = .numberValue(c.pointee.number_value)
    case 3:
      value0 = .stringValue(try MessageCodec.string(c.pointee.string_value, "google.protobuf.Value.string_value"))
    case 4:
      value0 = .boolValue(c.pointee.bool_value != 0)
    case 5:
      value0 = try MessageCodec.message(c.pointee.struct_value, ProtoStruct.self).map { .structValue($0) }
    case 6:
      value0 = try MessageCodec.message(c.pointee.list_value, ProtoListValue.self).map { .listValue($0) }
    default: value0 = nil
    }
    room.put(\.kind, value0)
  }

  func build(_ c: UnsafeMutablePointer<Google__Protobuf__Value>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Google__Protobuf__Value())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    switch self.kind {
    case .nullValue(let value)?:
      c.pointee.null_value = Google__Protobuf__NullValue(rawValue: .init(truncatingIfNeeded: value.rawValue))
      c.pointee.kind_case = Google__Protobuf__Value__KindCase(rawValue: 1)
    case .numberValue(let value)?:
      c.pointee.number_value = value
      c.pointee.kind_case = Google__Protobuf__Value__KindCase(rawValue: 2)
    case .stringValue(let value)?:
      c.pointee.string_value = try scratch.string(value)
      c.pointee.kind_case = Google__Protobuf__Value__KindCase(rawValue: 3)
    case .boolValue(let value)?:
      c.pointee.bool_value = value ? 1 : 0
      c.pointee.kind_case = Google__Protobuf__Value__KindCase(rawValue: 4)
    case .structValue(let value)?:
      c.pointee.struct_value = try scratch.message(value)
      c.pointee.kind_case = Google__Protobuf__Value__KindCase(rawValue: 5)
    case .listValue(let value)?:
      c.pointee.list_value = try scratch.message(value)
      c.pointee.kind_case = Google__Protobuf__Value__KindCase(rawValue: 6)
    case nil: break
    }
  }
}

extension ProtoListValue: RPCMessage {
  public static var messageName: String { "google.protobuf.ListValue" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ProtoListValue: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    google__protobuf__list_value__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Google__Protobuf__ListValue>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.values, c.pointee.n_values, ProtoValue.self)
    room.put(\.values, value0)
  }

  func build(_ c: UnsafeMutablePointer<Google__Protobuf__ListValue>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Google__Protobuf__ListValue())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.n_values = self.values.count
    c.pointee.values = try scratch.messages(self.values)
  }
}
