import NIOCore
import NIOWebSocket

/// Frames as they are on the wire, made and read by hand. Source: RFC 6455 §5.2
enum WireFrame {
  /// A frame of a server.
  struct Received: Equatable, CustomStringConvertible {
    var opcode: UInt8
    var payload: ByteBuffer

    var text: String { String(buffer: payload) }

    /// The code of a close; nil for another frame, or one without.
    var closeCode: UInt16? { opcode == 8 ? payload.getInteger(at: payload.readerIndex) : nil }

    var description: String { closeCode.map { "close \($0) \(text.dropFirst(2))" } ?? "\(opcode): \(text)" }
  }

  /// A frame of a client.
  ///
  /// - Parameter first: opcode with FIN and the reserved bits, such as 0x81 for a whole text.
  static func client(_ first: UInt8, _ payload: [UInt8] = [], isMasked: Bool = true) -> ByteBuffer {
    let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    let mask: UInt8 = isMasked ? 0x80 : 0
    var frame = ByteBuffer(bytes: [first])
    switch payload.count {
    case ...125: frame.writeInteger(mask | UInt8(payload.count))
    case ...0xFFFF:
      frame.writeInteger(mask | 126)
      frame.writeInteger(UInt16(payload.count))
    default:
      frame.writeInteger(mask | 127)
      frame.writeInteger(UInt64(payload.count))
    }
    if isMasked { frame.writeBytes(key) }
    frame.writeBytes(payload.enumerated().map { isMasked ? $1 ^ key[$0 % 4] : $1 })
    return frame
  }

  static func close(_ code: UInt16) -> ByteBuffer { client(0x88, [UInt8(code >> 8), UInt8(code & 0xFF)]) }

  /// The next whole frame of a server; nil while there is none. A server's are whole and not masked.
  static func next(_ buffer: inout ByteBuffer) -> Received? {
    var rest = buffer
    guard let first: UInt8 = rest.readInteger(), let short: UInt8 = rest.readInteger() else { return nil }
    var length = Int(short)
    if short == 126 {
      guard let long: UInt16 = rest.readInteger() else { return nil }
      length = Int(long)
    } else if short == 127 {
      guard let long: UInt64 = rest.readInteger() else { return nil }
      length = Int(long)
    }
    guard first & 0xF0 == 0x80, short & 0x80 == 0, let payload = rest.readSlice(length: length) else { return nil }
    buffer = rest
    return Received(opcode: first & 0x0F, payload: payload)
  }
}
