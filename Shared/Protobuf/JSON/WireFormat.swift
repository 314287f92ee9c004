/// How a field's value is written. Source: protobuf encoding guide.
enum WireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case fixed32 = 5
}

/// The value of one field on the wire: a number, or a range of the bytes.
struct WirePart {
  var type: WireType
  /// The bits of a number; 0 for a range.
  var number: UInt64
  /// Where a length-delimited value lies; nil for a number.
  var range: Range<Int>?
}

/// Reads fields one after the other.
struct WireReader {
  private(set) var position: Int
  let end: Int

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next field, or nil at the end.
  mutating func next(in bytes: [UInt8]) throws(ProtoJSONError) -> (number: UInt32, part: WirePart)? {
    guard position < end else { return nil }
    let tag = try varint(in: bytes)
    let field = tag >> 3
    guard field >= 1, field <= 0x1FFF_FFFF, let type = WireType(rawValue: UInt8(tag & 7)) else {
      throw Self.malformed("bad tag")
    }
    return (UInt32(field), try part(type, in: bytes))
  }

  /// One value of a type, without a tag.
  mutating func part(_ type: WireType, in bytes: [UInt8]) throws(ProtoJSONError) -> WirePart {
    switch type {
    case .varint: return WirePart(type: type, number: try varint(in: bytes), range: nil)
    case .fixed64: return WirePart(type: type, number: try fixed(8, in: bytes), range: nil)
    case .fixed32: return WirePart(type: type, number: try fixed(4, in: bytes), range: nil)
    case .lengthDelimited:
      let length = try varint(in: bytes)
      guard length <= UInt64(end - position) else { throw Self.malformed("a field ends after its message") }
      let start = position
      position += Int(length)
      return WirePart(type: type, number: 0, range: start..<position)
    }
  }

  var isAtEnd: Bool { position >= end }

  private mutating func varint(in bytes: [UInt8]) throws(ProtoJSONError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < end, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Self.malformed("a number is cut off or too long")
  }

  private mutating func fixed(_ count: Int, in bytes: [UInt8]) throws(ProtoJSONError) -> UInt64 {
    guard end - position >= count else { throw Self.malformed("a number is cut off") }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
    position += count
    return value
  }

  static func malformed(_ what: String) -> ProtoJSONError {
    ProtoJSONError(.malformedMessage, "not a message: \(what)")
  }
}

/// Writes fields one after the other.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func tag(_ number: UInt32, _ type: WireType) { varint(UInt64(number) << 3 | UInt64(type.rawValue)) }

  mutating func fixed64(_ value: UInt64) {
    for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }

  mutating func fixed32(_ value: UInt32) {
    for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(8 * index))) }
  }

  mutating func lengthDelimited(_ value: some Collection<UInt8>) {
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func append(_ value: some Collection<UInt8>) { bytes.append(contentsOf: value) }

  /// Where a length-delimited value begins whose length isn't known yet.
  var mark: Int { bytes.count }

  /// Puts the length before all that was written since `mark`. Moving those bytes is cheaper than measuring first,
  /// as nearly all values are short.
  mutating func closeLengthDelimited(from mark: Int) {
    var length = WireWriter()
    length.varint(UInt64(bytes.count - mark))
    bytes.insert(contentsOf: length.bytes, at: mark)
  }

  /// Takes a field back whose value is its type's default, as proto3 encoders leave those out. In any wire type a
  /// default is all zeros, and nothing else is.
  mutating func dropDefault(from mark: Int, _ number: UInt32) {
    var tag = WireWriter()
    tag.tag(number, .varint)
    if bytes[min(bytes.count, mark + tag.bytes.count)...].allSatisfy({ $0 == 0 }) { bytes.removeSubrange(mark...) }
  }
}
