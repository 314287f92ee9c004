import NIOCore
import RPCTesting
import Testing

@testable import RPCCompression

@Suite struct GzipTests {
  private static func compressed(_ bytes: [UInt8]) -> ByteBuffer {
    var out = ByteBuffer()
    Gzip.compress(ByteBuffer(bytes: bytes), into: &out)
    return out
  }

  @Test(arguments: [0, 1, 5, 1_000, 16_383, 16_384, 16_385, 300_000])
  func bytesComeBack(count: Int) throws {
    let bytes = BytesMessage.filled(count).bytes
    let plain = try Gzip.decompress(Self.compressed(bytes), limit: count)
    #expect(Array(plain.readableBytesView) == bytes)
  }

  @Test func theLimitIsExact() throws {
    let packed = Self.compressed(Array(repeating: 0, count: 50_000))
    #expect(try Gzip.decompress(packed, limit: 50_000).readableBytes == 50_000)
    #expect(throws: GzipError.tooLong(limit: 49_999)) { try Gzip.decompress(packed, limit: 49_999) }
  }

  @Test func aBombIsGivenUpNearTheLimit() throws {
    // 64 MiB of zeros in about 64 KiB.
    let bomb = Self.compressed(Array(repeating: 0, count: 64 << 20))
    #expect(bomb.readableBytes < 100_000)
    #expect(throws: GzipError.tooLong(limit: 100_000)) { try Gzip.decompress(bomb, limit: 100_000) }
  }

  @Test func everyTruncationIsCorrupt() {
    let packed = Self.compressed(BytesMessage.filled(200).bytes)
    for length in 0..<packed.readableBytes {
      #expect(throws: GzipError.corrupt) {
        try Gzip.decompress(packed.getSlice(at: 0, length: length)!, limit: 1_000)
      }
    }
  }

  @Test func trailingBytesAreCorrupt() {
    var packed = Self.compressed([1, 2, 3])
    packed.writeInteger(UInt8(0))
    #expect(throws: GzipError.corrupt) { try Gzip.decompress(packed, limit: 1_000) }
  }

  @Test func aChangedByteIsFoundByTheChecksum() {
    let bytes = BytesMessage.filled(400).bytes
    let packed = Self.compressed(bytes)
    // Behind the ten bytes of header, which hold a time and a system that mean nothing here.
    for index in 10..<packed.readableBytes {
      var changed = packed
      changed.setInteger(packed.getInteger(at: index, as: UInt8.self)! ^ 0x10, at: index)
      let plain = try? Gzip.decompress(changed, limit: 10_000)
      #expect(plain == nil || Array(plain!.readableBytesView) == bytes)
    }
  }

  @Test func bytesThatAreNotGzipAreCorrupt() {
    #expect(throws: GzipError.corrupt) { try Gzip.decompress(ByteBuffer(string: "plain text"), limit: 1_000) }
  }
}
