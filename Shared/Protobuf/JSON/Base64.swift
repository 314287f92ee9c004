/// Bytes as text by RFC 4648.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The standard alphabet with padding.
  static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest: UInt32 = 0
    var count = 0
    func append(_ sextets: Int) {
      for index in 0..<4 {
        text.append(index < sextets ? alphabet[Int(rest >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
      }
    }
    for byte in bytes {
      rest |= UInt32(byte) << UInt32(16 - 8 * count)
      count += 1
      if count == 3 {
        append(4)
        rest = 0
        count = 0
      }
    }
    if count > 0 { append(count + 1) }
    return text
  }

  /// The standard or the URL-safe alphabet, with padding or without; nil for anything else.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    var end = text.count
    if end % 4 == 0 {
      if end > 0, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
      if end > 0, end < text.count, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
    }
    guard end % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(end / 4 * 3 + 2)
    var rest: UInt32 = 0
    var bits: UInt32 = 0
    for character in text[..<end] {
      guard let sextet = value(of: character) else { return nil }
      rest = rest << 6 | sextet
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: rest >> bits))
        rest &= (1 << bits) - 1
      }
    }
    // What is left over of the last character has to be zero, else two texts would mean the same bytes.
    return rest == 0 ? bytes : nil
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
