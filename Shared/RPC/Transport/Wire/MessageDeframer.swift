import NIOCore
import RPCCore

/// Cuts the data of a stream into messages.
struct MessageDeframer {
  /// One message as it came.
  struct Message {
    var bytes: ByteBuffer
    var isCompressed: Bool
    /// Its length on the wire, with the prefix.
    var wireLength: Int { bytes.readableBytes + Framing.prefixLength }
  }

  /// A message kept beyond the current read is copied out of the read buffer unless it fills this share of it, so that
  /// a few waiting bytes don't hold on to many.
  private static let worthKeeping = 4
  let limit: Int
  private var buffer = ByteBuffer()

  init(limit: Int) { self.limit = limit }

  /// Bytes of a message that isn't complete yet.
  var pending: Int { buffer.readableBytes }

  /// What the bytes of the incomplete message keep allocated.
  var storageCapacity: Int { buffer.storageCapacity }

  mutating func append(_ data: ByteBuffer) {
    if buffer.readableBytes == 0 {
      buffer = data
    } else {
      var data = data
      buffer.writeBuffer(&data)
    }
  }

  /// The next complete message.
  ///
  /// - Throws: `RESOURCE_EXHAUSTED` as soon as a prefix announces more than the limit; `INTERNAL` for a broken prefix.
  mutating func next() throws(RPCError) -> Message? {
    guard let flag = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self),
      let length = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt32.self)
    else {
      settle()
      return nil
    }
    guard flag <= 1 else { throw RPCError(.internalError, "a message has the unknown compression flag \(flag)") }
    guard Int(length) <= limit else {
      throw RPCError(.resourceExhausted, "a message of \(length) bytes is longer than the limit of \(limit)")
    }
    guard buffer.readableBytes >= Framing.prefixLength + Int(length) else {
      settle()
      return nil
    }
    buffer.moveReaderIndex(forwardBy: Framing.prefixLength)
    var bytes = buffer.readSlice(length: Int(length))!
    if bytes.readableBytes * Self.worthKeeping < bytes.storageCapacity {
      var copy = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
      copy.writeBuffer(&bytes)
      bytes = copy
    }
    if buffer.readableBytes == 0 { buffer = ByteBuffer() }
    return Message(bytes: bytes, isCompressed: flag == 1)
  }

  /// Copies an incomplete message out of the read buffer that it would otherwise keep alive.
  private mutating func settle() {
    guard buffer.readableBytes > 0 else { return }
    guard buffer.readableBytes * Self.worthKeeping < buffer.storageCapacity else { return }
    var copy = ByteBufferAllocator().buffer(capacity: buffer.readableBytes)
    copy.writeBuffer(&buffer)
    buffer = copy
  }
}
