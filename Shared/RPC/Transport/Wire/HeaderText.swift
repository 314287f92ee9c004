/// The codings of text and bytes in header values. Source: PROTOCOL-HTTP2.md, "Responses" and "Binary-Header"
enum HeaderText {
  private static let hex: [UInt8] = Array("0123456789ABCDEF".utf8)
  private static let base64: [UInt8] = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// `grpc-message`: every byte outside printable ASCII, and the percent sign, as %XX.
  static func percentEncoded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "%") }) { return text }
    var out: [UInt8] = []
    for byte in text.utf8 {
      if byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "%") {
        out.append(byte)
      } else {
        out.append(UInt8(ascii: "%"))
        out.append(hex[Int(byte >> 4)])
        out.append(hex[Int(byte & 15)])
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Undoes `percentEncoded`; a percent sign that no two digits follow stands for itself.
  static func percentDecoded(_ bytes: Span<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
        let low = digit(bytes[index + 2])
      {
        out.append(high << 4 | low)
        index += 3
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// Base64 without padding, as gRPC sends it.
  static func base64Encoded(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count * 4 + 2) / 3)
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      let word =
        UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
        | (left > 2 ? UInt32(bytes[index + 2]) : 0)
      for position in 0..<min(left, 3) + 1 { out.append(base64[Int(word >> (18 - 6 * UInt32(position)) & 63)]) }
      index += 3
    }
    return out
  }

  /// Undoes base64 with padding or without; nil for anything else.
  static func base64Decoded(_ bytes: Span<UInt8>) -> [UInt8]? {
    var count = bytes.count
    while count > 0, bytes.count - count < 2, bytes[count - 1] == UInt8(ascii: "=") { count -= 1 }
    guard count % 4 != 1, count == bytes.count || bytes.count % 4 == 0 else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(count * 3 / 4)
    var word: UInt32 = 0
    var bits = 0
    for index in 0..<count {
      let byte = bytes[index]
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return nil
      }
      word = word << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
      }
    }
    return out
  }
}
