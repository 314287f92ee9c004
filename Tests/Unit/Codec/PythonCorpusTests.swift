import Foundation
import NIOCore
import RPCCore
import TestProto
import Testing

/// Messages that Python's protobuf encoded; Corpus/make.py wrote them.
@Suite struct PythonCorpusTests {
  @Test func encodingEqualsPythons() throws {
    let url = try #require(
      Bundle.module.url(forResource: "python-protobuf", withExtension: "txt", subdirectory: "Corpus"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 42)
    let types = Dictionary(uniqueKeysWithValues: TestDescriptors.messageTypes.map { ($0.messageName, $0) })
    for (number, line) in lines.enumerated() {
      let parts = line.split(separator: " ", omittingEmptySubsequences: false)
      let type = try #require(types[String(parts[0])])
      let bytes = try #require(Self.bytes(hexadecimal: parts[1]))
      let value = try type.init(serialized: ByteBuffer(bytes: bytes))
      #expect(try encode(value) == bytes, "line \(number + 1), \(parts[0])")
    }
  }

  private static func bytes(hexadecimal text: Substring) -> [UInt8]? {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
