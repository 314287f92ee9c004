// Generated from codec/test/v1/kitchen_sink.proto by proto/generator; `make generate` writes it anew.

internal import CProtobufC
internal import CTestProto
public import NIOCore
internal import ProtobufCodec
public import RPCCore

public enum Colour: Sendable, Hashable, CaseIterable {
  case unspecified
  case red
  case colour2D
  case infrared
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [Colour] {
    [
      .unspecified,
      .red,
      .colour2D,
      .infrared,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .red
    case 2: self = .colour2D
    case -1: self = .infrared
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .red: 1
    case .colour2D: 2
    case .infrared: -1
    case .unrecognized(let rawValue): rawValue
    }
  }
}

public enum Alias: Sendable, Hashable, CaseIterable {
  case unspecified
  case first
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  public static var erst: Alias { .first }

  /// The cases that have a name.
  public static var allCases: [Alias] {
    [
      .unspecified,
      .first,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .first
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .first: 1
    case .unrecognized(let rawValue): rawValue
    }
  }
}

/// Every kind of field once.
public struct Scalars: Sendable, Equatable {
  public var doubleValue: Double
  public var floatValue: Float
  public var int32Value: Int32
  public var int64Value: Int64
  public var uint32Value: UInt32
  public var uint64Value: UInt64
  public var sint32Value: Int32
  public var sint64Value: Int64
  public var fixed32Value: UInt32
  public var fixed64Value: UInt64
  public var sfixed32Value: Int32
  public var sfixed64Value: Int64
  public var boolValue: Bool
  public var stringValue: String
  public var bytesValue: [UInt8]
  public var colour: Colour
  /// A word of the language.
  public var `default`: String
  public var alias: Alias

  public init(
    doubleValue: Double = 0,
    floatValue: Float = 0,
    int32Value: Int32 = 0,
    int64Value: Int64 = 0,
    uint32Value: UInt32 = 0,
    uint64Value: UInt64 = 0,
    sint32Value: Int32 = 0,
    sint64Value: Int64 = 0,
    fixed32Value: UInt32 = 0,
    fixed64Value: UInt64 = 0,
    sfixed32Value: Int32 = 0,
    sfixed64Value: Int64 = 0,
    boolValue: Bool = false,
    stringValue: String = "",
    bytesValue: [UInt8] = [],
    colour: Colour = .unspecified,
    `default`: String = "",
    alias: Alias = .unspecified
  ) {
    self.doubleValue = doubleValue
    self.floatValue = floatValue
    self.int32Value = int32Value
    self.int64Value = int64Value
    self.uint32Value = uint32Value
    self.uint64Value = uint64Value
    self.sint32Value = sint32Value
    self.sint64Value = sint64Value
    self.fixed32Value = fixed32Value
    self.fixed64Value = fixed64Value
    self.sfixed32Value = sfixed32Value
    self.sfixed64Value = sfixed64Value
    self.boolValue = boolValue
    self.stringValue = stringValue
    self.bytesValue = bytesValue
    self.colour = colour
    self.`default` = `default`
    self.alias = alias
  }
}

public struct Repeated: Sendable, Equatable {
  public var doubles: [Double]
  public var floats: [Float]
  public var int32S: [Int32]
  public var int64S: [Int64]
  public var uint32S: [UInt32]
  public var uint64S: [UInt64]
  public var sint32S: [Int32]
  public var sint64S: [Int64]
  public var fixed32S: [UInt32]
  public var fixed64S: [UInt64]
  public var sfixed32S: [Int32]
  public var sfixed64S: [Int64]
  public var bools: [Bool]
  public var strings: [String]
  public var byteStrings: [[UInt8]]
  public var colours: [Colour]
  public var messages: [Scalars]
  public var unpacked: [Int32]

  public init(
    doubles: [Double] = [],
    floats: [Float] = [],
    int32S: [Int32] = [],
    int64S: [Int64] = [],
    uint32S: [UInt32] = [],
    uint64S: [UInt64] = [],
    sint32S: [Int32] = [],
    sint64S: [Int64] = [],
    fixed32S: [UInt32] = [],
    fixed64S: [UInt64] = [],
    sfixed32S: [Int32] = [],
    sfixed64S: [Int64] = [],
    bools: [Bool] = [],
    strings: [String] = [],
    byteStrings: [[UInt8]] = [],
    colours: [Colour] = [],
    messages: [Scalars] = [],
    unpacked: [Int32] = []
  ) {
    self.doubles = doubles
    self.floats = floats
    self.int32S = int32S
    self.int64S = int64S
    self.uint32S = uint32S
    self.uint64S = uint64S
    self.sint32S = sint32S
    self.sint64S = sint64S
    self.fixed32S = fixed32S
    self.fixed64S = fixed64S
    self.sfixed32S = sfixed32S
    self.sfixed64S = sfixed64S
    self.bools = bools
    self.strings = strings
    self.byteStrings = byteStrings
    self.colours = colours
    self.messages = messages
    self.unpacked = unpacked
  }
}

public struct Optionals: Sendable, Equatable {
  public var doubleValue: Double?
  public var int32Value: Int32?
  public var boolValue: Bool?
  public var stringValue: String?
  public var bytesValue: [UInt8]?
  public var colour: Colour?
  public var message: Scalars?
  public var note: String?

  public init(
    doubleValue: Double? = nil,
    int32Value: Int32? = nil,
    boolValue: Bool? = nil,
    stringValue: String? = nil,
    bytesValue: [UInt8]? = nil,
    colour: Colour? = nil,
    message: Scalars? = nil,
    note: String? = nil
  ) {
    self.doubleValue = doubleValue
    self.int32Value = int32Value
    self.boolValue = boolValue
    self.stringValue = stringValue
    self.bytesValue = bytesValue
    self.colour = colour
    self.message = message
    self.note = note
  }
}

public struct Maps: Sendable, Equatable {
  public var strings: [String: String]
  public var numbers: [Int32: Double]
  public var byteStrings: [UInt64: [UInt8]]
  public var colours: [Bool: Colour]
  public var messages: [String: Scalars]
  public var trees: [Int64: Tree]

  public init(
    strings: [String: String] = [:],
    numbers: [Int32: Double] = [:],
    byteStrings: [UInt64: [UInt8]] = [:],
    colours: [Bool: Colour] = [:],
    messages: [String: Scalars] = [:],
    trees: [Int64: Tree] = [:]
  ) {
    self.strings = strings
    self.numbers = numbers
    self.byteStrings = byteStrings
    self.colours = colours
    self.messages = messages
    self.trees = trees
  }
}

public struct Choice: Sendable, Equatable {
  public var choice: OneOfChoice?
  public var label: String

  public indirect enum OneOfChoice: Sendable, Equatable {
    case number(Int64)
    case text(String)
    case raw([UInt8])
    case flag(Bool)
    case colour(Colour)
    case optionals(Optionals)
    case nested(Choice)
  }

  public init(
    choice: OneOfChoice? = nil,
    label: String = ""
  ) {
    self.choice = choice
    self.label = label
  }
}

/// Holds itself in every way there is.
public struct Tree: Sendable, Equatable {
  public var name: String
  public var left: Tree? {
    get { _left?.value }
    set { _left = newValue.map { Boxed($0) } }
  }
  private var _left: Boxed<Tree>?
  public var right: Tree? {
    get { _right?.value }
    set { _right = newValue.map { Boxed($0) } }
  }
  private var _right: Boxed<Tree>?
  public var children: [Tree]
  public var named: [String: Tree]
  public var choice: Choice?

  public init(
    name: String = "",
    left: Tree? = nil,
    right: Tree? = nil,
    children: [Tree] = [],
    named: [String: Tree] = [:],
    choice: Choice? = nil
  ) {
    self.name = name
    self._left = left.map { Boxed($0) }
    self._right = right.map { Boxed($0) }
    self.children = children
    self.named = named
    self.choice = choice
  }
}

/// Does not hold itself, but something that does.
public struct Forest: Sendable, Equatable {
  public var trees: [Tree]
  public var inner: Forest.Inner?

  public struct Inner: Sendable, Equatable {
    public var kind: Forest.Inner.Kind
    public var scalars: Forest.Inner.Scalars?
    public var outerScalars: TestProto.Scalars?

    public enum Kind: Sendable, Hashable, CaseIterable {
      case unspecified
      case oak
      /// A number that this version of the contract doesn't name.
      case unrecognized(Int32)

      /// The cases that have a name.
      public static var allCases: [Kind] {
        [
          .unspecified,
          .oak,
        ]
      }

      public init(rawValue: Int32) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .oak
        default: self = .unrecognized(rawValue)
        }
      }

      public var rawValue: Int32 {
        switch self {
        case .unspecified: 0
        case .oak: 1
        case .unrecognized(let rawValue): rawValue
        }
      }
    }

    /// Named like a message outside.
    public struct Scalars: Sendable, Equatable {
      public var only: Int32

      public init(
        only: Int32 = 0
      ) {
        self.only = only
      }
    }

    public init(
      kind: Forest.Inner.Kind = .unspecified,
      scalars: Forest.Inner.Scalars? = nil,
      outerScalars: TestProto.Scalars? = nil
    ) {
      self.kind = kind
      self.scalars = scalars
      self.outerScalars = outerScalars
    }
  }

  public init(
    trees: [Tree] = [],
    inner: Forest.Inner? = nil
  ) {
    self.trees = trees
    self.inner = inner
  }
}

public struct Nothing: Sendable, Equatable {
  public init() {}
}

extension Scalars: RPCMessage {
  public static var messageName: String { "codec.test.v1.Scalars" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Scalars: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__scalars__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Scalars>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.double_value
    let value1 = c.pointee.float_value
    let value2 = c.pointee.int32_value
    let value3 = c.pointee.int64_value
    let value4 = c.pointee.uint32_value
    let value5 = c.pointee.uint64_value
    let value6 = c.pointee.sint32_value
    let value7 = c.pointee.sint64_value
    let value8 = c.pointee.fixed32_value
    let value9 = c.pointee.fixed64_value
    let value10 = c.pointee.sfixed32_value
    let value11 = c.pointee.sfixed64_value
    let value12 = c.pointee.bool_value != 0
    let value13 = try MessageCodec.string(c.pointee.string_value, "codec.test.v1.Scalars.string_value")
    let value14 = MessageCodec.bytes(c.pointee.bytes_value)
    let value15 = Colour(rawValue: Int32(truncatingIfNeeded: c.pointee.colour.rawValue))
    let value16 = try MessageCodec.string(c.pointee.default_, "codec.test.v1.Scalars.default")
    let value17 = Alias(rawValue: Int32(truncatingIfNeeded: c.pointee.alias.rawValue))
    room.put(\.doubleValue, value0)
    room.put(\.floatValue, value1)
    room.put(\.int32Value, value2)
    room.put(\.int64Value, value3)
    room.put(\.uint32Value, value4)
    room.put(\.uint64Value, value5)
    room.put(\.sint32Value, value6)
    room.put(\.sint64Value, value7)
    room.put(\.fixed32Value, value8)
    room.put(\.fixed64Value, value9)
    room.put(\.sfixed32Value, value10)
    room.put(\.sfixed64Value, value11)
    room.put(\.boolValue, value12)
    room.put(\.stringValue, value13)
    room.put(\.bytesValue, value14)
    room.put(\.colour, value15)
    room.put(\.`default`, value16)
    room.put(\.alias, value17)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Scalars>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Scalars())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(18 * 2 * Scratch.headBytes)
    c.pointee.double_value = self.doubleValue
    c.pointee.float_value = self.floatValue
    c.pointee.int32_value = self.int32Value
    c.pointee.int64_value = self.int64Value
    c.pointee.uint32_value = self.uint32Value
    c.pointee.uint64_value = self.uint64Value
    c.pointee.sint32_value = self.sint32Value
    c.pointee.sint64_value = self.sint64Value
    c.pointee.fixed32_value = self.fixed32Value
    c.pointee.fixed64_value = self.fixed64Value
    c.pointee.sfixed32_value = self.sfixed32Value
    c.pointee.sfixed64_value = self.sfixed64Value
    c.pointee.bool_value = self.boolValue ? 1 : 0
    c.pointee.string_value = try scratch.string(self.stringValue)
    c.pointee.bytes_value = try scratch.bytes(self.bytesValue)
    c.pointee.colour = Codec__Test__V1__Colour(rawValue: .init(truncatingIfNeeded: self.colour.rawValue))
    c.pointee.default_ = try scratch.string(self.`default`)
    c.pointee.alias = Codec__Test__V1__Alias(rawValue: .init(truncatingIfNeeded: self.alias.rawValue))
  }
}

extension Repeated: RPCMessage {
  public static var messageName: String { "codec.test.v1.Repeated" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Repeated: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__repeated__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Repeated>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = MessageCodec.array(c.pointee.doubles, c.pointee.n_doubles)
    let value1 = MessageCodec.array(c.pointee.floats, c.pointee.n_floats)
    let value2 = MessageCodec.array(c.pointee.int32s, c.pointee.n_int32s)
    let value3 = MessageCodec.array(c.pointee.int64s, c.pointee.n_int64s)
    let value4 = MessageCodec.array(c.pointee.uint32s, c.pointee.n_uint32s)
    let value5 = MessageCodec.array(c.pointee.uint64s, c.pointee.n_uint64s)
    let value6 = MessageCodec.array(c.pointee.sint32s, c.pointee.n_sint32s)
    let value7 = MessageCodec.array(c.pointee.sint64s, c.pointee.n_sint64s)
    let value8 = MessageCodec.array(c.pointee.fixed32s, c.pointee.n_fixed32s)
    let value9 = MessageCodec.array(c.pointee.fixed64s, c.pointee.n_fixed64s)
    let value10 = MessageCodec.array(c.pointee.sfixed32s, c.pointee.n_sfixed32s)
    let value11 = MessageCodec.array(c.pointee.sfixed64s, c.pointee.n_sfixed64s)
    let value12 = try MessageCodec.array(c.pointee.bools, c.pointee.n_bools) { element throws(DecodingFault) in
      element != 0
    }
    let value13 = try MessageCodec.array(c.pointee.strings, c.pointee.n_strings) { element throws(DecodingFault) in
      try MessageCodec.string(element, "codec.test.v1.Repeated.strings")
    }
    let value14 = try MessageCodec.array(c.pointee.byte_strings, c.pointee.n_byte_strings) { element throws(DecodingFault) in
      MessageCodec.bytes(element)
    }
    let value15 = try MessageCodec.array(c.pointee.colours, c.pointee.n_colours) { element throws(DecodingFault) in
      Colour(rawValue: Int32(truncatingIfNeeded: element.rawValue))
    }
    let value16 = try MessageCodec.messages(c.pointee.messages, c.pointee.n_messages, Scalars.self)
    let value17 = MessageCodec.array(c.pointee.unpacked, c.pointee.n_unpacked)
    room.put(\.doubles, value0)
    room.put(\.floats, value1)
    room.put(\.int32S, value2)
    room.put(\.int64S, value3)
    room.put(\.uint32S, value4)
    room.put(\.uint64S, value5)
    room.put(\.sint32S, value6)
    room.put(\.sint64S, value7)
    room.put(\.fixed32S, value8)
    room.put(\.fixed64S, value9)
    room.put(\.sfixed32S, value10)
    room.put(\.sfixed64S, value11)
    room.put(\.bools, value12)
    room.put(\.strings, value13)
    room.put(\.byteStrings, value14)
    room.put(\.colours, value15)
    room.put(\.messages, value16)
    room.put(\.unpacked, value17)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Repeated>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Repeated())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(18 * 2 * Scratch.headBytes)
    c.pointee.n_doubles = self.doubles.count
    c.pointee.doubles = try scratch.array(self.doubles)
    c.pointee.n_floats = self.floats.count
    c.pointee.floats = try scratch.array(self.floats)
    c.pointee.n_int32s = self.int32S.count
    c.pointee.int32s = try scratch.array(self.int32S)
    c.pointee.n_int64s = self.int64S.count
    c.pointee.int64s = try scratch.array(self.int64S)
    c.pointee.n_uint32s = self.uint32S.count
    c.pointee.uint32s = try scratch.array(self.uint32S)
    c.pointee.n_uint64s = self.uint64S.count
    c.pointee.uint64s = try scratch.array(self.uint64S)
    c.pointee.n_sint32s = self.sint32S.count
    c.pointee.sint32s = try scratch.array(self.sint32S)
    c.pointee.n_sint64s = self.sint64S.count
    c.pointee.sint64s = try scratch.array(self.sint64S)
    c.pointee.n_fixed32s = self.fixed32S.count
    c.pointee.fixed32s = try scratch.array(self.fixed32S)
    c.pointee.n_fixed64s = self.fixed64S.count
    c.pointee.fixed64s = try scratch.array(self.fixed64S)
    c.pointee.n_sfixed32s = self.sfixed32S.count
    c.pointee.sfixed32s = try scratch.array(self.sfixed32S)
    c.pointee.n_sfixed64s = self.sfixed64S.count
    c.pointee.sfixed64s = try scratch.array(self.sfixed64S)
    c.pointee.n_bools = self.bools.count
    c.pointee.bools = try scratch.array(self.bools) { element throws(EncodingFault) in
      element ? 1 : 0
    }
    c.pointee.n_strings = self.strings.count
    c.pointee.strings = try scratch.array(self.strings) { element throws(EncodingFault) in
      try scratch.string(element)
    }
    c.pointee.n_byte_strings = self.byteStrings.count
    c.pointee.byte_strings = try scratch.array(self.byteStrings) { element throws(EncodingFault) in
      try scratch.bytes(element)
    }
    c.pointee.n_colours = self.colours.count
    c.pointee.colours = try scratch.array(self.colours) { element throws(EncodingFault) in
      Codec__Test__V1__Colour(rawValue: .init(truncatingIfNeeded: element.rawValue))
    }
    c.pointee.n_messages = self.messages.count
    c.pointee.messages = try scratch.messages(self.messages)
    c.pointee.n_unpacked = self.unpacked.count
    c.pointee.unpacked = try scratch.array(self.unpacked)
  }
}

extension Optionals: RPCMessage {
  public static var messageName: String { "codec.test.v1.Optionals" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Optionals: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__optionals__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Optionals>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee._double_value_case.rawValue == 1 ? c.pointee.double_value : nil
    let value1 = c.pointee._int32_value_case.rawValue == 2 ? c.pointee.int32_value : nil
    let value2 = c.pointee._bool_value_case.rawValue == 3 ? c.pointee.bool_value != 0 : nil
    let value3 = try c.pointee._string_value_case.rawValue == 4 ? MessageCodec.string(c.pointee.string_value, "codec.test.v1.Optionals.string_value") : nil
    let value4 = c.pointee._bytes_value_case.rawValue == 5 ? MessageCodec.bytes(c.pointee.bytes_value) : nil
    let value5 = c.pointee._colour_case.rawValue == 6 ? Colour(rawValue: Int32(truncatingIfNeeded: c.pointee.colour.rawValue)) : nil
    let value6 = try MessageCodec.message(c.pointee.message, Scalars.self)
    let value7 = try c.pointee.note_presence_case.rawValue == 8 ? MessageCodec.string(c.pointee.note, "codec.test.v1.Optionals.note") : nil
    room.put(\.doubleValue, value0)
    room.put(\.int32Value, value1)
    room.put(\.boolValue, value2)
    room.put(\.stringValue, value3)
    room.put(\.bytesValue, value4)
    room.put(\.colour, value5)
    room.put(\.message, value6)
    room.put(\.note, value7)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Optionals>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Optionals())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    if let value = self.doubleValue {
      c.pointee.double_value = value
      c.pointee._double_value_case = Codec__Test__V1__Optionals__DoubleValueCase(rawValue: 1)
    }
    if let value = self.int32Value {
      c.pointee.int32_value = value
      c.pointee._int32_value_case = Codec__Test__V1__Optionals__Int32ValueCase(rawValue: 2)
    }
    if let value = self.boolValue {
      c.pointee.bool_value = value ? 1 : 0
      c.pointee._bool_value_case = Codec__Test__V1__Optionals__BoolValueCase(rawValue: 3)
    }
    if let value = self.stringValue {
      c.pointee.string_value = try scratch.string(value)
      c.pointee._string_value_case = Codec__Test__V1__Optionals__StringValueCase(rawValue: 4)
    }
    if let value = self.bytesValue {
      c.pointee.bytes_value = try scratch.bytes(value)
      c.pointee._bytes_value_case = Codec__Test__V1__Optionals__BytesValueCase(rawValue: 5)
    }
    if let value = self.colour {
      c.pointee.colour = Codec__Test__V1__Colour(rawValue: .init(truncatingIfNeeded: value.rawValue))
      c.pointee._colour_case = Codec__Test__V1__Optionals__ColourCase(rawValue: 6)
    }
    if let value = self.message { c.pointee.message = try scratch.message(value) }
    if let value = self.note {
      c.pointee.note = try scratch.string(value)
      c.pointee.note_presence_case = Codec__Test__V1__Optionals__NotePresenceCase(rawValue: 8)
    }
  }
}

extension Maps: RPCMessage {
  public static var messageName: String { "codec.test.v1.Maps" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Maps: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__maps__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Maps>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.map(c.pointee.strings, c.pointee.n_strings) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "codec.test.v1.Maps.StringsEntry.key"), MessageCodec.string(entry.value, "codec.test.v1.Maps.StringsEntry.value"))
    }
    let value1 = try MessageCodec.map(c.pointee.numbers, c.pointee.n_numbers) { entry throws(DecodingFault) in
      (entry.key, entry.value)
    }
    let value2 = try MessageCodec.map(c.pointee.byte_strings, c.pointee.n_byte_strings) { entry throws(DecodingFault) in
      (entry.key, MessageCodec.bytes(entry.value))
    }
    let value3 = try MessageCodec.map(c.pointee.colours, c.pointee.n_colours) { entry throws(DecodingFault) in
      (entry.key != 0, Colour(rawValue: Int32(truncatingIfNeeded: entry.value.rawValue)))
    }
    let value4 = try MessageCodec.map(c.pointee.messages, c.pointee.n_messages) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "codec.test.v1.Maps.MessagesEntry.key"), MessageCodec.message(entry.value, Scalars.self) ?? Scalars())
    }
    let value5 = try MessageCodec.map(c.pointee.trees, c.pointee.n_trees) { entry throws(DecodingFault) in
      try (entry.key, MessageCodec.message(entry.value, Tree.self) ?? Tree())
    }
    room.put(\.strings, value0)
    room.put(\.numbers, value1)
    room.put(\.byteStrings, value2)
    room.put(\.colours, value3)
    room.put(\.messages, value4)
    room.put(\.trees, value5)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Maps>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Maps())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.n_strings = self.strings.count
    c.pointee.strings = try scratch.map(self.strings.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Codec__Test__V1__Maps__StringsEntry>) throws(EncodingFault) in
      entry.initialize(to: Codec__Test__V1__Maps__StringsEntry())
      entry.pointee.protobuf_c_base.descriptor = codec__test__v1__maps__strings_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.string(value)
    }
    c.pointee.n_numbers = self.numbers.count
    c.pointee.numbers = try scratch.map(self.numbers.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Codec__Test__V1__Maps__NumbersEntry>) throws(EncodingFault) in
      entry.initialize(to: Codec__Test__V1__Maps__NumbersEntry())
      entry.pointee.protobuf_c_base.descriptor = codec__test__v1__maps__numbers_entry__descriptor_address()
      entry.pointee.key = key
      entry.pointee.value = value
    }
    c.pointee.n_byte_strings = self.byteStrings.count
    c.pointee.byte_strings = try scratch.map(self.byteStrings.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Codec__Test__V1__Maps__ByteStringsEntry>) throws(EncodingFault) in
      entry.initialize(to: Codec__Test__V1__Maps__ByteStringsEntry())
      entry.pointee.protobuf_c_base.descriptor = codec__test__v1__maps__byte_strings_entry__descriptor_address()
      entry.pointee.key = key
      entry.pointee.value = try scratch.bytes(value)
    }
    c.pointee.n_colours = self.colours.count
    c.pointee.colours = try scratch.map(self.colours.sorted { !$0.key && $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Codec__Test__V1__Maps__ColoursEntry>) throws(EncodingFault) in
      entry.initialize(to: Codec__Test__V1__Maps__ColoursEntry())
      entry.pointee.protobuf_c_base.descriptor = codec__test__v1__maps__colours_entry__descriptor_address()
      entry.pointee.key = key ? 1 : 0
      entry.pointee.value = Codec__Test__V1__Colour(rawValue: .init(truncatingIfNeeded: value.rawValue))
    }
    c.pointee.n_messages = self.messages.count
    c.pointee.messages = try scratch.map(self.messages.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Codec__Test__V1__Maps__MessagesEntry>) throws(EncodingFault) in
      entry.initialize(to: Codec__Test__V1__Maps__MessagesEntry())
      entry.pointee.protobuf_c_base.descriptor = codec__test__v1__maps__messages_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
    c.pointee.n_trees = self.trees.count
    c.pointee.trees = try scratch.map(self.trees.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Codec__Test__V1__Maps__TreesEntry>) throws(EncodingFault) in
      entry.initialize(to: Codec__Test__V1__Maps__TreesEntry())
      entry.pointee.protobuf_c_base.descriptor = codec__test__v1__maps__trees_entry__descriptor_address()
      entry.pointee.key = key
      entry.pointee.value = try scratch.message(value)
    }
  }
}

extension Choice: RPCMessage {
  public static var messageName: String { "codec.test.v1.Choice" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Choice: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__choice__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Choice>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0: OneOfChoice?
    switch c.pointee.choice_case.rawValue {
    case 1:
      value0 = .number(c.pointee.number)
    case 2:
      value0 = .text(try MessageCodec.string(c.pointee.text, "codec.test.v1.Choice.text"))
    case 3:
      value0 = .raw(MessageCodec.bytes(c.pointee.raw))
    case 4:
      value0 = .flag(c.pointee.flag != 0)
    case 5:
      value0 = .colour(Colour(rawValue: Int32(truncatingIfNeeded: c.pointee.colour.rawValue)))
    case 6:
      value0 = try MessageCodec.message(c.pointee.optionals, Optionals.self).map { .optionals($0) }
    case 7:
      value0 = try MessageCodec.message(c.pointee.nested, Choice.self).map { .nested($0) }
    default: value0 = nil
    }
    let value1 = try MessageCodec.string(c.pointee.label, "codec.test.v1.Choice.label")
    room.put(\.choice, value0)
    room.put(\.label, value1)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Choice>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Choice())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(8 * 2 * Scratch.headBytes)
    switch self.choice {
    case .number(let value)?:
      c.pointee.number = value
      c.pointee.choice_case = Codec__Test__V1__Choice__ChoiceCase(rawValue: 1)
    case .text(let value)?:
      c.pointee.text = try scratch.string(value)
      c.pointee.choice_case = Codec__Test__V1__Choice__ChoiceCase(rawValue: 2)
    case .raw(let value)?:
      c.pointee.raw = try scratch.bytes(value)
      c.pointee.choice_case = Codec__Test__V1__Choice__ChoiceCase(rawValue: 3)
    case .flag(let value)?:
      c.pointee.flag = value ? 1 : 0
      c.pointee.choice_case = Codec__Test__V1__Choice__ChoiceCase(rawValue: 4)
    case .colour(let value)?:
      c.pointee.colour = Codec__Test__V1__Colour(rawValue: .init(truncatingIfNeeded: value.rawValue))
      c.pointee.choice_case = Codec__Test__V1__Choice__ChoiceCase(rawValue: 5)
    case .optionals(let value)?:
      c.pointee.optionals = try scratch.message(value)
      c.pointee.choice_case = Codec__Test__V1__Choice__ChoiceCase(rawValue: 6)
    case .nested(let value)?:
      c.pointee.nested = try scratch.message(value)
      c.pointee.choice_case = Codec__Test__V1__Choice__ChoiceCase(rawValue: 7)
    case nil: break
    }
    c.pointee.label = try scratch.string(self.label)
  }
}

extension Tree: RPCMessage {
  public static var messageName: String { "codec.test.v1.Tree" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Tree: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__tree__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Tree>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.string(c.pointee.name, "codec.test.v1.Tree.name")
    let value1 = try MessageCodec.message(c.pointee.left, Tree.self).map { Boxed($0) }
    let value2 = try MessageCodec.message(c.pointee.right, Tree.self).map { Boxed($0) }
    let value3 = try MessageCodec.messages(c.pointee.children, c.pointee.n_children, Tree.self)
    let value4 = try MessageCodec.map(c.pointee.named, c.pointee.n_named) { entry throws(DecodingFault) in
      try (MessageCodec.string(entry.key, "codec.test.v1.Tree.NamedEntry.key"), MessageCodec.message(entry.value, Tree.self) ?? Tree())
    }
    let value5 = try MessageCodec.message(c.pointee.choice, Choice.self)
    room.put(\.name, value0)
    room.put(\._left, value1)
    room.put(\._right, value2)
    room.put(\.children, value3)
    room.put(\.named, value4)
    room.put(\.choice, value5)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Tree>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Tree())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(6 * 2 * Scratch.headBytes)
    c.pointee.name = try scratch.string(self.name)
    if let value = self.left { c.pointee.left = try scratch.message(value) }
    if let value = self.right { c.pointee.right = try scratch.message(value) }
    c.pointee.n_children = self.children.count
    c.pointee.children = try scratch.messages(self.children)
    c.pointee.n_named = self.named.count
    c.pointee.named = try scratch.map(self.named.sorted { $0.key < $1.key }) {
      (key, value, entry: UnsafeMutablePointer<Codec__Test__V1__Tree__NamedEntry>) throws(EncodingFault) in
      entry.initialize(to: Codec__Test__V1__Tree__NamedEntry())
      entry.pointee.protobuf_c_base.descriptor = codec__test__v1__tree__named_entry__descriptor_address()
      entry.pointee.key = try scratch.string(key)
      entry.pointee.value = try scratch.message(value)
    }
    if let value = self.choice { c.pointee.choice = try scratch.message(value) }
  }
}

extension Forest: RPCMessage {
  public static var messageName: String { "codec.test.v1.Forest" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Forest: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__forest__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Forest>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = try MessageCodec.messages(c.pointee.trees, c.pointee.n_trees, Tree.self)
    let value1 = try MessageCodec.message(c.pointee.inner, Forest.Inner.self)
    room.put(\.trees, value0)
    room.put(\.inner, value1)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Forest>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Forest())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(2 * 2 * Scratch.headBytes)
    c.pointee.n_trees = self.trees.count
    c.pointee.trees = try scratch.messages(self.trees)
    if let value = self.inner { c.pointee.inner = try scratch.message(value) }
  }
}

extension Forest.Inner: RPCMessage {
  public static var messageName: String { "codec.test.v1.Forest.Inner" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Forest.Inner: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__forest__inner__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Forest__Inner>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = Forest.Inner.Kind(rawValue: Int32(truncatingIfNeeded: c.pointee.kind.rawValue))
    let value1 = try MessageCodec.message(c.pointee.scalars, Forest.Inner.Scalars.self)
    let value2 = try MessageCodec.message(c.pointee.outer_scalars, TestProto.Scalars.self)
    room.put(\.kind, value0)
    room.put(\.scalars, value1)
    room.put(\.outerScalars, value2)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Forest__Inner>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Forest__Inner())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(3 * 2 * Scratch.headBytes)
    c.pointee.kind = Codec__Test__V1__Forest__Inner__Kind(rawValue: .init(truncatingIfNeeded: self.kind.rawValue))
    if let value = self.scalars { c.pointee.scalars = try scratch.message(value) }
    if let value = self.outerScalars { c.pointee.outer_scalars = try scratch.message(value) }
  }
}

extension Forest.Inner.Scalars: RPCMessage {
  public static var messageName: String { "codec.test.v1.Forest.Inner.Scalars" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Forest.Inner.Scalars: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__forest__inner__scalars__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Forest__Inner__Scalars>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    let value0 = c.pointee.only
    room.put(\.only, value0)
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Forest__Inner__Scalars>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Forest__Inner__Scalars())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(1 * 2 * Scratch.headBytes)
    c.pointee.only = self.only
  }
}

extension Nothing: RPCMessage {
  public static var messageName: String { "codec.test.v1.Nothing" }

  public init(serialized buffer: ByteBuffer) throws {
    self = try Self.decode(buffer)
  }

  public func serialize(into buffer: inout ByteBuffer) throws {
    try encode(into: &buffer)
  }
}

extension Nothing: CMessage {
  static var cDescriptor: UnsafePointer<ProtobufCMessageDescriptor> {
    codec__test__v1__nothing__descriptor_address()
  }

  static func copy(_ c: UnsafePointer<Codec__Test__V1__Nothing>, to room: UnsafeMutablePointer<Self>)
    throws(DecodingFault)
  {
    room.initialize(to: Self())
  }

  func build(_ c: UnsafeMutablePointer<Codec__Test__V1__Nothing>, in scratch: Scratch)
    throws(EncodingFault)
  {
    c.initialize(to: Codec__Test__V1__Nothing())
    c.pointee.protobuf_c_base.descriptor = Self.cDescriptor
    scratch.expect(0 * 2 * Scratch.headBytes)
  }
}
