internal import CZlib
public import NIOCore

/// A message could not be decompressed.
public enum GzipError: Error, Sendable, Equatable {
  /// Not gzip, or cut short.
  case corrupt
  /// Longer than `limit` bytes once decompressed.
  case tooLong(limit: Int)
}

/// The gzip coding of whole messages. Source: RFC 1952, by zlib
public enum Gzip {
  // 15 bits of window, and 16 that ask zlib for the gzip wrapping.
  private static let windowBits: Int32 = 15 + 16
  private static let memoryLevel: Int32 = 8
  private static let chunk = 16 * 1024

  /// Appends the compressed form of the readable bytes of `input` to `output`.
  public static func compress(_ input: ByteBuffer, into output: inout ByteBuffer) {
    var stream = z_stream()
    let opened = deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(opened == Z_OK, "zlib is out of memory")
    defer { deflateEnd(&stream) }
    input.withUnsafeReadableBytes { source in
      stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(source.count)
      let bound = Int(deflateBound(&stream, UInt(source.count)))
      output.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
        stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(target.count)
        let result = deflate(&stream, Z_FINISH)
        precondition(result == Z_STREAM_END, "deflateBound gave too little room")
        return target.count - Int(stream.avail_out)
      }
    }
  }

  /// The decompressed form of the readable bytes of `input`.
  ///
  /// - Parameter limit: the longest that it may be, so that a small message can't unfold without end.
  public static func decompress(_ input: ByteBuffer, limit: Int) throws(GzipError) -> ByteBuffer {
    var stream = z_stream()
    let opened = inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(opened == Z_OK, "zlib is out of memory")
    defer { inflateEnd(&stream) }
    var output = ByteBufferAllocator().buffer(capacity: min(limit, input.readableBytes * 4))
    let result = input.withUnsafeReadableBytes { source -> Int32 in
      stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(source.count)
      var result = Z_OK
      while result == Z_OK, output.readableBytes <= limit {
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: chunk) { target in
          stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
          stream.avail_out = UInt32(target.count)
          result = inflate(&stream, Z_NO_FLUSH)
          return target.count - Int(stream.avail_out)
        }
      }
      return result
    }
    guard output.readableBytes <= limit else { throw .tooLong(limit: limit) }
    guard result == Z_STREAM_END, stream.avail_in == 0 else { throw .corrupt }
    return output
  }
}
