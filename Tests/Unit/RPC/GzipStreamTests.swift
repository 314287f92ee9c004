import NIOCore
import RPCCompression
import Testing

@Suite("gzip that comes piece by piece")
struct GzipStreamTests {
  private static func packed(_ bytes: [UInt8]) -> [UInt8] {
    var output = ByteBuffer()
    Gzip.compress(ByteBuffer(bytes: bytes), into: &output)
    return Array(output.readableBytesView)
  }

  private static let text = (0..<3_000).flatMap { Array("line \($0 * $0)\n".utf8) }

  private func unpacked(_ packed: [UInt8], piece: Int, limit: Int) throws -> [UInt8] {
    let stream = GzipStream()
    var output: [UInt8] = []
    for start in stride(from: 0, to: packed.count, by: piece) {
      stream.feed(Array(packed[start..<min(start + piece, packed.count)]))
      while true {
        let part = try stream.read(limit)
        #expect(part.count <= limit)
        if part.isEmpty { break }
        output += part
      }
    }
    try stream.finish()
    #expect(stream.consumed == UInt64(packed.count))
    return output
  }

  @Test(arguments: [1, 13, 1_000, 100_000], [1, 100, 65_536])
  func piecesOfAnySizeGiveTheSame(_ piece: Int, _ limit: Int) throws {
    #expect(try unpacked(Self.packed(Self.text), piece: piece, limit: limit) == Self.text)
  }

  @Test(arguments: [1, 13, 100_000])
  func membersFollowEachOther(_ piece: Int) throws {
    let packed =
      Self.packed(Array(Self.text.prefix(100))) + Self.packed([]) + Self.packed(Array(Self.text.dropFirst(100)))
    #expect(try unpacked(packed, piece: piece, limit: 4_096) == Self.text)
  }

  @Test func faultsTellTheByte() throws {
    let packed = Self.packed(Self.text)
    func error(_ bytes: [UInt8]) -> GzipStreamError? {
      do {
        _ = try unpacked(bytes, piece: 50, limit: 4_096)
        return nil
      } catch {
        return error as? GzipStreamError
      }
    }
    #expect(error(Array(packed.dropLast())) == .init(byte: UInt64(packed.count - 1), reason: "the file is cut short"))
    #expect(error([]) == .init(byte: 0, reason: "the file is cut short"))
    #expect(error(packed + [1, 2, 3])?.reason == "incorrect header check")
    #expect(error(packed + [1, 2, 3])?.byte == UInt64(packed.count + 2))
    var wrong = packed
    wrong[packed.count - 6] ^= 1
    #expect(error(wrong)?.reason == "incorrect data check")
  }
}
