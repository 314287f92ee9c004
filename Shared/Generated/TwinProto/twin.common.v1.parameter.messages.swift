// Generated from twin/common/v1/parameter.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTwinProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

/// The type of a parameter's value.
public enum ParameterType: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// A finite number.
  case number
  /// A whole number.
  case integer
  /// A text, one of `allowed` where that isn't empty.
  case string
  /// true or false.
  case boolean
  /// A list; `items` describes a row.
  case array
  /// An object; `items` describes its members.
  case object
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [ParameterType] {
    [
      .unspecified,
      .number,
      .integer,
      .string,
      .boolean,
      .array,
      .object,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .number
    case 2: self = .integer
    case 3: self = .string
    case 4: self = .boolean
    case 5: self = .array
    case 6: self = .object
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .number: 1
    case .integer: 2
    case .string: 3
    case .boolean: 4
    case .array: 5
    case .object: 6
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// What one parameter of a vehicle model or of a scenario type means and may be.
public struct ParameterSpec: Sendable, Equatable {
  /// Name, snake_case with its unit last, such as "mass_kg".
  public var name: String
  /// Type of the value.
  public var type: ParameterType
  /// Unit in UCUM-like text such as "m/s2"; empty for a dimensionless value.
  public var unit: String
  /// Value used when the parameter isn't given; absent when it must be given.
  public var `default`: ProtoValue?
  /// Bounds of a number or integer, or of every element of an array; absent when unbounded.
  public var range: ParameterRange?
  /// Permitted texts of a string; empty when any is permitted.
  public var allowed: [String]
  /// Meaning, one sentence.
  public var description: String
  /// Whether the parameter must be given.
  public var required: Bool
  /// Members of an object or of each row of an array.
  public var items: [ParameterSpec]
  /// Publication or regulation the default comes from; empty when it is ours.
  public var source: String

  public init(
    name: String = "",
    type: ParameterType = .unspecified,
    unit: String = "",
    `default`: ProtoValue? = nil,
    range: ParameterRange? = nil,
    allowed: [String] = [],
    description: String = "",
    required: Bool = false,
    items: [ParameterSpec] = [],
    source: String = ""
  ) {
    self.name = name
    self.type = type
    self.unit = unit
    self.`default` = `default`
    self.range = range
    self.allowed = allowed
    self.description = description
    self.required = required
    self.items = items
    self.source = source
  }
}

/// Inclusive bounds of a value, in the unit of its parameter.
public struct ParameterRange: Sendable, Equatable {
  /// Lowest permitted value; absent when unbounded below.
  public var min: Double?
  /// Highest permitted value; absent when unbounded above.
  public var max: Double?

  public init(
    min: Double? = nil,
    max: Double? = nil
  ) {
    self.min = min
    self.max = max
  }
}

extension ParameterSpec: RPCMessage {
  public static var messageName: String { "twin.common.v1.ParameterSpec" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ParameterSpec: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__parameter_spec__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__ParameterSpec>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "twin.common.v1.ParameterSpec.name")
    let value1 = ParameterType(rawValue: Int32(truncatingIfNeeded: c.pointee.type.rawValue))
    let value2 = try MessageCodec.string(c.pointee.unit, "twin.common.v1.ParameterSpec.unit")
    let value3 = try MessageCodec.message(c.pointee.default_, ProtoValue.self)
    let value4 = try MessageCodec.message(c.pointee.range, ParameterRange.self)
    let value5 = try MessageCodec.array(c.pointee.allowed, c.pointee.n_allowed) { element throws(DecodingFault) in
      try MessageCodec.string(element, "twin.common.v1.ParameterSpec.allowed")
    }
    let value6 = try MessageCodec.string(c.pointee.description, "twin.common.v1.ParameterSpec.description")
    let value7 = c.pointee.required != 0
    let value8 = try MessageCodec.messages(c.pointee.items, c.pointee.n_items, ParameterSpec.self)
    let value9 = try MessageCodec.string(c.pointee.source, "twin.common.v1.ParameterSpec.source")
    room.put(\.name, value0)
    room.put(\.type, value1)
    room.put(\.unit, value2)
    room.put(\.`default`, value3)
    room.put(\.range, value4)
    room.put(\.allowed, value5)
    room.put(\.description, value6)
    room.put(\.required, value7)
    room.put(\.items, value8)
    room.put(\.source, value9)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__ParameterSpec>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__ParameterSpec())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(10 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    c.pointee.type = Twin__Common__V1__ParameterType(rawValue: .init(truncatingIfNeeded: self.type.rawValue))
    c.pointee.unit = try scratch.string(self.unit)
    if let value = self.`default` { c.pointee.default_ = try scratch.message(value) }
    if let value = self.range { c.pointee.range = try scratch.message(value) }
    c.pointee.n_allowed = self.allowed.count
    c.pointee.allowed = try scratch.array(self.allowed) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.description = try scratch.string(self.description)
    c.pointee.required = self.required ? 1 : 0
    c.pointee.n_items = self.items.count
    c.pointee.items = try scratch.messages(self.items)
    c.pointee.source = try scratch.string(self.source)
  }
}

extension ParameterRange: RPCMessage {
  public static var messageName: String { "twin.common.v1.ParameterRange" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension ParameterRange: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    twin__common__v1__parameter_range__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Twin__Common__V1__ParameterRange>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.min_presence_case.rawValue == 1 ? c.pointee.min : nil
    let value1 = c.pointee.max_presence_case.rawValue == 2 ? c.pointee.max : nil
    room.put(\.min, value0)
    room.put(\.max, value1)
  }

  func build(_ c: UnsafeMutablePointer<Twin__Common__V1__ParameterRange>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Twin__Common__V1__ParameterRange())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    if let value = self.min {
      c.pointee.min = value
      c.pointee.min_presence_case = Twin__Common__V1__ParameterRange__MinPresenceCase(rawValue: 1)
    }
    if let value = self.max {
      c.pointee.max = value
      c.pointee.max_presence_case = Twin__Common__V1__ParameterRange__MaxPresenceCase(rawValue: 2)
    }
  }
}
