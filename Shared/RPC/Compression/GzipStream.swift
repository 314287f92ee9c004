internal import CZlib

/// Why a gzip stream can't be read, and where.
public struct GzipStreamError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Compressed bytes before the fault.
  public var byte: UInt64
  public var reason: String

  public init(byte: UInt64, reason: String) {
    self.byte = byte
    self.reason = reason
  }

  public var description: String { "not valid gzip at byte \(byte): \(reason)" }
}

/// Decompresses gzip piece by piece, so that neither form has to be in memory as a whole. Several members one after the
/// other are one stream. Source: RFC 1952, by zlib
public final class GzipStream {
  // 15 bits of window, and 16 that ask zlib for the gzip wrapping.
  private static let windowBits: Int32 = 15 + 16

  // On the heap, because zlib remembers the address.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8] = []
  private var position = 0
  /// Bytes of the stream before `input`.
  private var before: UInt64 = 0
  private var isInMember = false
  /// Found behind bytes that could be read.
  private var fault: GzipStreamError?

  public init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let opened = inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(opened == Z_OK, "zlib is out of memory")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Compressed bytes that were used up.
  public var consumed: UInt64 { before + UInt64(position) }

  /// Gives the next compressed bytes. What was given before must be used up.
  public func feed(_ bytes: [UInt8]) {
    precondition(position == input.count, "the last piece is used up before the next one comes")
    before += UInt64(input.count)
    input = bytes
    position = 0
  }

  /// The next decompressed bytes, at most `limit`; empty when more compressed ones are needed.
  public func read(_ limit: Int) throws(GzipStreamError) -> [UInt8] {
    if let fault { throw fault }
    var result = Z_OK
    var used = 0
    // zlib may hold output back although its input is used up, so it is also asked when there is none left.
    let output = [UInt8](unsafeUninitializedCapacity: limit) { target, count in
      input.withUnsafeBufferPointer { source in
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(limit)
        repeat {
          if position + used == source.count, !isInMember { break }
          let rest = source.count - position - used
          stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.advanced(by: position + used))
          stream.pointee.avail_in = UInt32(rest)
          isInMember = true
          result = inflate(stream, Z_NO_FLUSH)
          used += rest - Int(stream.pointee.avail_in)
          guard result == Z_STREAM_END else { break }
          isInMember = false
          inflateReset(stream)
        } while stream.pointee.avail_out > 0
        count = limit - Int(stream.pointee.avail_out)
      }
    }
    position += used
    // Z_BUF_ERROR only says that there is no input, or no room.
    guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
      let error = GzipStreamError(
        byte: consumed, reason: stream.pointee.msg.map { String(cString: $0) } ?? "corrupt")
      guard !output.isEmpty else { throw error }
      fault = error
      return output
    }
    return output
  }

  /// Says that no more bytes come.
  ///
  /// - Throws: when the stream is cut short.
  public func finish() throws(GzipStreamError) {
    guard !isInMember, consumed > 0 else { throw GzipStreamError(byte: consumed, reason: "the file is cut short") }
  }
}
