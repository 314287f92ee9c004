/// Writes JSON text.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

  mutating func raw(_ text: some Collection<UInt8>) { bytes.append(contentsOf: text) }

  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// A comma, unless this is the first member or element.
  mutating func separator(_ isFirst: inout Bool) {
    if isFirst { isFirst = false } else { byte(",") }
  }

  mutating func bool(_ value: Bool) { if value { raw("true") } else { raw("false") } }

  mutating func integer(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

  /// A 64-bit number: as a number below 2^53, where every reader keeps it exactly, else as text.
  mutating func wideInteger(_ value: some FixedWidthInteger) {
    if value.magnitude < 1 << 53 {
      integer(value)
    } else {
      byte("\"")
      integer(value)
      byte("\"")
    }
  }

  /// The shortest text that reads back as the same number. JSON has no infinity and no NaN: they are null.
  mutating func double(_ value: Double) {
    guard value.isFinite else { return raw("null") }
    if value == value.rounded(), value.magnitude < 0x1p53, value != 0 || value.sign == .plus {
      integer(Int64(value))
    } else {
      bytes.append(contentsOf: value.description.utf8)
    }
  }

  /// As `double`, with the digits of a 32-bit number.
  mutating func float(_ value: Float) {
    guard value.isFinite else { return raw("null") }
    if value == value.rounded(), value.magnitude < 0x1p24, value != 0 || value.sign == .plus {
      integer(Int64(value))
    } else {
      bytes.append(contentsOf: value.description.utf8)
    }
  }

  /// A text in quotes. The bytes must be valid UTF-8.
  mutating func string(_ text: some Collection<UInt8>) {
    byte("\"")
    for character in text {
      switch character {
      case UInt8(ascii: "\""): raw("\\\"")
      case UInt8(ascii: "\\"): raw("\\\\")
      case 0x08: raw("\\b")
      case 0x09: raw("\\t")
      case 0x0A: raw("\\n")
      case 0x0C: raw("\\f")
      case 0x0D: raw("\\r")
      case 0..<0x20, 0x7F:
        raw("\\u00")
        bytes.append(Self.hex(character >> 4))
        bytes.append(Self.hex(character & 15))
      default: bytes.append(character)
      }
    }
    byte("\"")
  }

  private static func hex(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}
