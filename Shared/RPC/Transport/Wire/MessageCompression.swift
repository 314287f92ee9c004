import NIOCore
import RPCCompression
import RPCCore

/// Compression of single messages, with their prefix.
enum MessageCompression {
  static let acceptEncoding = "identity,gzip"

  /// The same message behind a prefix that says it is compressed.
  static func compressed(_ framed: ByteBuffer, _ encoding: MessageEncoding) -> ByteBuffer {
    guard encoding == .gzip else { return framed }
    var payload = framed
    payload.moveReaderIndex(forwardBy: Framing.prefixLength)
    var out = ByteBufferAllocator().buffer(capacity: framed.readableBytes)
    out.writeInteger(UInt8(1))
    out.writeInteger(UInt32(0))
    Gzip.compress(payload, into: &out)
    out.setInteger(UInt32(out.readableBytes - Framing.prefixLength), at: 1)
    return out
  }

  /// The payload of a received message.
  ///
  /// - Throws: `INTERNAL` when it is marked compressed under no encoding or is corrupt, `RESOURCE_EXHAUSTED` when it
  ///   unfolds to more than `limit` bytes.
  static func payload(_ message: MessageDeframer.Message, _ encoding: MessageEncoding, limit: Int) throws(RPCError)
    -> ByteBuffer
  {
    guard message.isCompressed else { return message.bytes }
    guard encoding == .gzip else {
      throw RPCError(.internalError, "a message is marked as compressed, but no grpc-encoding was announced")
    }
    let payload: ByteBuffer
    do throws(GzipError) {
      payload = try Gzip.decompress(message.bytes, limit: limit)
    } catch {
      switch error {
      case .corrupt: throw RPCError(.internalError, "a compressed message is corrupt")
      case .tooLong:
        throw RPCError(.resourceExhausted, "a message is longer than the limit of \(limit) bytes when decompressed")
      }
    }
    return payload
  }
}
