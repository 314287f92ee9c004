import CProtobufC

/// SplitMix64, so that a seed means the same on each machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Makes encodings of any message type, led by protobuf-c's descriptor.
struct RandomMessages {
  typealias MessageType = UnsafePointer<ProtobufCMessageDescriptor>

  /// Whether what only a parser knows is in them: unknown fields, repetitions, entries without keys, any order.
  var isOdd: Bool
  var generator: SeededGenerator
  private static let maximumDepth = 5

  init(seed: UInt64, isOdd: Bool) {
    generator = SeededGenerator(seed: seed)
    self.isOdd = isOdd
  }

  mutating func bytes(of type: MessageType, depth: Int = 0) -> [UInt8] {
    var fields: [[UInt8]] = []
    var oneofs: Set<UInt32> = []
    for index in 0..<Int(type.pointee.n_fields) {
      let field = type.pointee.fields[index]
      if field.type == PROTOBUF_C_TYPE_MESSAGE, depth >= Self.maximumDepth { continue }
      if field.label == PROTOBUF_C_LABEL_REPEATED {
        fields += repeated(field, depth: depth)
      } else if generator.chance(60) {
        let isOneof = field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue != 0
        if isOneof, !oneofs.insert(field.quantifier_offset).inserted, !isOdd { continue }
        fields.append(value(field, depth: depth))
        if isOdd, generator.chance(10) { fields.append(value(field, depth: depth)) }
      }
    }
    if isOdd {
      if generator.chance(20) { fields.append(Wire.number(100_000, generator.next())) }
      if generator.chance(20) { fields.append(Wire.bytes(100_001, text())) }
      if generator.chance(5) { fields.append(Wire.tag(9, 3) + Wire.double(1, 0) + Wire.tag(9, 4)) }
      if generator.chance(50) { fields.shuffle(using: &generator) }
    }
    return fields.flatMap { $0 }
  }

  private mutating func repeated(_ field: ProtobufCFieldDescriptor, depth: Int) -> [[UInt8]] {
    let count = Int.random(in: 0...(depth > 2 ? 1 : 5), using: &generator)
    guard count > 0 else { return [] }
    let isPackable =
      field.type != PROTOBUF_C_TYPE_MESSAGE && field.type != PROTOBUF_C_TYPE_BYTES
      && field.type != PROTOBUF_C_TYPE_STRING
    if isPackable, generator.chance(70) {
      let packed = (0..<count).flatMap { _ in number(field.type) }
      return [Wire.bytes(Int(field.id), packed)]
    }
    return (0..<count).map { _ in value(field, depth: depth) }
  }

  private mutating func value(_ field: ProtobufCFieldDescriptor, depth: Int) -> [UInt8] {
    let id = Int(field.id)
    switch field.type {
    case PROTOBUF_C_TYPE_MESSAGE:
      let type = field.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
      return Wire.bytes(id, bytes(of: type, depth: depth + 1))
    case PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_STRING: return Wire.bytes(id, text())
    case PROTOBUF_C_TYPE_DOUBLE, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64:
      return Wire.tag(id, 1) + number(field.type)
    case PROTOBUF_C_TYPE_FLOAT, PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32:
      return Wire.tag(id, 5) + number(field.type)
    default: return Wire.tag(id, 0) + number(field.type)
    }
  }

  private mutating func number(_ type: ProtobufCType) -> [UInt8] {
    let width = UInt64.random(in: 0...64, using: &generator)
    let value = width == 0 ? 0 : generator.next() >> (64 - width)
    switch type {
    case PROTOBUF_C_TYPE_DOUBLE:
      let double = Double(Int64(truncatingIfNeeded: value)) / 8
      return withUnsafeBytes(of: double.bitPattern.littleEndian, Array.init)
    case PROTOBUF_C_TYPE_FLOAT:
      let float = Float(Int32(truncatingIfNeeded: value)) / 8
      return withUnsafeBytes(of: float.bitPattern.littleEndian, Array.init)
    case PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64:
      return withUnsafeBytes(of: value.littleEndian, Array.init)
    case PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32:
      return withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian, Array.init)
    case PROTOBUF_C_TYPE_BOOL: return [UInt8(value & 1)]
    case PROTOBUF_C_TYPE_ENUM: return Wire.varint(value & 15)
    case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_SINT32: return Wire.varint(value & 0xFFFF_FFFF)
    case PROTOBUF_C_TYPE_INT32: return Wire.varint(UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: value))))
    default: return Wire.varint(value)
    }
  }

  private mutating func text() -> [UInt8] {
    let alphabet: [Character] = ["a", "b", "Z", "7", "-", " ", "\0", "ü", "€", "🚗"]
    let length = generator.chance(10) ? 40 : Int.random(in: 0...12, using: &generator)
    let characters = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
    return Array(String(characters).utf8)
  }
}
