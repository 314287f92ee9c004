package import NIOCore

/// The length prefix of a gRPC message: one byte that tells whether it is compressed, four bytes of length.
///
/// Source: PROTOCOL-HTTP2.md, "Length-Prefixed-Message"
package enum Framing {
  package static let prefixLength = 5
  /// Room that a new buffer starts with; most messages of the suite fit.
  private static let initialCapacity = 256

  /// The message behind its prefix, uncompressed.
  package static func frame<Message: RPCMessage>(_ message: Message) throws -> ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: initialCapacity)
    buffer.writeRepeatingByte(0, count: prefixLength)
    try message.serialize(into: &buffer)
    let length = buffer.writerIndex - prefixLength
    guard let length = UInt32(exactly: length) else {
      throw RPCError(.resourceExhausted, "a message of \(length) bytes is longer than gRPC can say")
    }
    buffer.setInteger(length, at: 1)
    return buffer
  }
}
