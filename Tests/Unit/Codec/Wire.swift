import NIOCore
import RPCCore

/// Encoded fields, written out for tests.
enum Wire {
  static func varint(_ value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  static func tag(_ number: Int, _ type: Int) -> [UInt8] { varint(UInt64(number << 3 | type)) }

  static func number(_ field: Int, _ value: UInt64) -> [UInt8] { tag(field, 0) + varint(value) }

  static func double(_ field: Int, _ value: Double) -> [UInt8] {
    tag(field, 1) + withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
  }

  static func bytes(_ field: Int, _ content: [UInt8]) -> [UInt8] {
    tag(field, 2) + varint(UInt64(content.count)) + content
  }

  static func text(_ field: Int, _ content: String) -> [UInt8] { bytes(field, Array(content.utf8)) }
}

func decode<Message: RPCMessage>(_: Message.Type, _ bytes: [UInt8]) throws -> Message {
  try Message(serialized: ByteBuffer(bytes: bytes))
}

func encode(_ message: some RPCMessage) throws -> [UInt8] {
  var buffer = ByteBuffer()
  try message.serialize(into: &buffer)
  return Array(buffer.readableBytesView)
}

/// Why decoding fails; nil when it doesn't.
func failure<Message: RPCMessage>(_: Message.Type, _ bytes: [UInt8]) throws -> String? {
  do {
    _ = try decode(Message.self, bytes)
    return nil
  } catch let error as MessageCodingError {
    return error.description
  }
}
