import NIOCore
import ProtobufCodec
import RPCCore
import TestProto
import Testing
import TwinProto

@Suite struct LimitTests {
  /// A tree of `depth` messages one inside the other, encoded.
  private func nested(_ depth: Int) -> [UInt8] {
    (1..<depth).reduce(into: [UInt8]()) { bytes, _ in bytes = Wire.bytes(2, bytes) }
  }

  private func tree(_ depth: Int) -> Tree {
    (1..<depth).reduce(into: Tree()) { tree, _ in tree = Tree(left: tree) }
  }

  @Test func depthWhenDecoding() throws {
    let deepest = try decode(Tree.self, nested(CodecLimits.maximumDepth))
    #expect(try encode(deepest) == nested(CodecLimits.maximumDepth))
    let reason = "codec.test.v1.Tree: nested deeper than 100 messages"
    #expect(try failure(Tree.self, nested(CodecLimits.maximumDepth + 1)) == reason)
    #expect(try failure(Tree.self, nested(20_000)) == reason)
  }

  @Test func depthWhenEncoding() throws {
    #expect(try encode(tree(CodecLimits.maximumDepth)) == nested(CodecLimits.maximumDepth))
    #expect(throws: MessageCodingError(messageName: "codec.test.v1.Tree", reason: "nested deeper than 100 messages")) {
      try encode(tree(CodecLimits.maximumDepth + 1))
    }
    // The one that failed leaves nothing behind for the next.
    #expect(try roundTrip(tree(50)) == tree(50))
  }

  @Test func depthThroughRepeatedFieldsMapsAndOneofs() throws {
    var values = ProtoValue(kind: .boolValue(true))
    var structs = ProtoValue(kind: .boolValue(true))
    var choices = Choice()
    for _ in 0..<CodecLimits.maximumDepth {
      values = ProtoValue(kind: .listValue(ProtoListValue(values: [values])))
      structs = ProtoValue(kind: .structValue(ProtoStruct(fields: ["a": structs])))
      choices = Choice(choice: .nested(choices))
    }
    for message in [values, structs, choices] as [any RPCMessage] {
      #expect(throws: MessageCodingError.self) { try encode(message) }
    }
    let group = Array(repeating: Wire.tag(900, 3), count: 1000).flatMap { $0 }
    #expect(try failure(Nothing.self, group) == "codec.test.v1.Nothing: nested deeper than 100 messages")
  }

  @Test func aStructCountsItsEntriesToo() throws {
    // 33 structs are 99 messages with their entries and values, and one more value is inside.
    func nest(_ count: Int) -> ProtoStruct {
      (1..<count).reduce(into: ProtoStruct()) { inner, _ in
        inner = ProtoStruct(fields: ["a": ProtoValue(kind: .structValue(inner))])
      }
    }
    #expect(try roundTrip(nest(34)) == nest(34))
    #expect(throws: MessageCodingError.self) { try encode(nest(35)) }
  }

  @Test func memoryForManyEmptyMessages() throws {
    // Three bytes each on the wire, some hundred in memory.
    let one = Wire.bytes(17, [])
    let few = Array(repeatElement(one, count: 1 << 10).joined())
    var many = few
    for _ in 0..<11 { many += many }
    #expect(try decode(Repeated.self, few).messages.count == 1 << 10)
    let reason = try #require(try failure(Repeated.self, many))
    #expect(reason == "codec.test.v1.Repeated: takes more memory than a message of its length may")
    // The thread's memory is free again.
    #expect(try decode(Repeated.self, few).messages.count == 1 << 10)
  }

  @Test func largeMessages() throws {
    let bytes = [UInt8](repeating: 7, count: 16 << 20)
    let message = Scalars(stringValue: String(repeating: "ü", count: 1 << 20), bytesValue: bytes)
    #expect(try roundTrip(message) == message)
    let many = Repeated(doubles: (0..<500_000).map(Double.init), strings: (0..<100_000).map(String.init))
    #expect(try roundTrip(many) == many)
  }

  @Test func encodingAppends() throws {
    var buffer = ByteBuffer(string: "before")
    try Scalars(stringValue: "x").serialize(into: &buffer)
    #expect(buffer.readString(length: 6) == "before")
    #expect(try Scalars(serialized: buffer) == Scalars(stringValue: "x"))
  }
}
