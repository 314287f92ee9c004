import NIOCore
import RPCCore
import TestProto
import Testing
import TwinProto

/// The value after a round trip through its encoding.
func roundTrip<Message: RPCMessage>(_ message: Message) throws -> Message {
  var buffer = ByteBuffer()
  try message.serialize(into: &buffer)
  return try Message(serialized: buffer)
}

@Suite struct RoundTripTests {
  @Test func everyKindOfScalar() throws {
    let message = Scalars(
      doubleValue: -1.5e300, floatValue: .infinity, int32Value: .min, int64Value: .min, uint32Value: .max,
      uint64Value: .max, sint32Value: -7, sint64Value: .min, fixed32Value: 0xDEAD_BEEF, fixed64Value: .max,
      sfixed32Value: -1, sfixed64Value: .min, boolValue: true, stringValue: "Grüße, 世界 🚗", bytesValue: [0, 1, 255],
      colour: .infrared, default: "a keyword", alias: .first)
    #expect(try roundTrip(message) == message)
  }

  @Test func everyKindOfRepeatedField() throws {
    let message = Repeated(
      doubles: [0, -0.0, 1.25, .infinity], floats: [3.5], int32S: [0, -1, .max], int64S: [.min, .max], uint32S: [.max],
      uint64S: [.max, 0], sint32S: [.min, 1], sint64S: [.min, -1], fixed32S: [1, .max], fixed64S: [.max],
      sfixed32S: [-1], sfixed64S: [.min], bools: [true, false, true],
      strings: ["", "a", "long enough not to be in place"],
      byteStrings: [[], [0], [1, 2, 3]], colours: [.red, .unrecognized(99), .unspecified, .infrared],
      messages: [Scalars(), Scalars(int32Value: 1)], unpacked: [1, -1])
    #expect(try roundTrip(message) == message)
  }

  @Test func presenceOfOptionalFields() throws {
    #expect(try roundTrip(Optionals()) == Optionals())
    let zeroes = Optionals(
      doubleValue: 0, int32Value: 0, boolValue: false, stringValue: "", bytesValue: [], colour: .unspecified,
      message: Scalars(), note: "")
    #expect(try roundTrip(zeroes) == zeroes)
    #expect(try roundTrip(zeroes) != Optionals())
  }

  @Test func maps() throws {
    let message = Maps(
      strings: ["": "empty", "b": "", "ü": "x"], numbers: [-1: 0.5, 0: 0, .max: -1], byteStrings: [.max: [1], 0: []],
      colours: [true: .red, false: .unrecognized(-5)], messages: ["a": Scalars(int32Value: 3), "b": Scalars()],
      trees: [-9: Tree(name: "root")])
    #expect(try roundTrip(message) == message)
  }

  @Test(
    arguments: [
      nil, .number(0), .text(""), .raw([]), .flag(false), .colour(.unspecified), .optionals(Optionals()),
      .nested(Choice(choice: .text("inner"), label: "x")),
    ] as [Choice.OneOfChoice?])
  func oneof(_ choice: Choice.OneOfChoice?) throws {
    let message = Choice(choice: choice, label: "label")
    #expect(try roundTrip(message) == message)
  }

  @Test func messagesInsideThemselves() throws {
    var tree = Tree(name: "leaf")
    tree = Tree(
      name: "root", left: tree, right: Tree(left: tree), children: [tree, tree], named: ["x": tree],
      choice: Choice(choice: .number(4)))
    #expect(try roundTrip(tree) == tree)
    let forest = Forest(
      trees: [tree],
      inner: Forest.Inner(
        kind: .oak, scalars: Forest.Inner.Scalars(only: 1), outerScalars: Scalars(stringValue: "outer")))
    #expect(try roundTrip(forest) == forest)
  }

  @Test func nothing() throws {
    var buffer = ByteBuffer()
    try Nothing().serialize(into: &buffer)
    #expect(buffer.readableBytes == 0)
    #expect(try roundTrip(Nothing()) == Nothing())
  }

  @Test func nameAndIdempotency() {
    #expect(Forest.Inner.messageName == "codec.test.v1.Forest.Inner")
    #expect(KitchenSinkMethods.getScalars.path == "/codec.test.v1.KitchenSink/GetScalars")
    #expect(KitchenSinkMethods.getScalars.isIdempotent)
    #expect(!KitchenSinkMethods.sendTrees.isIdempotent)
  }

  @Test func freeFormStruct() throws {
    let value = ProtoStruct(fields: [
      "number": ProtoValue(kind: .numberValue(1.5)), "null": ProtoValue(kind: .nullValue(.nullValue)),
      "list": ProtoValue(kind: .listValue(ProtoListValue(values: [ProtoValue(kind: .boolValue(true))]))),
      "struct": ProtoValue(kind: .structValue(ProtoStruct(fields: ["s": ProtoValue(kind: .stringValue("text"))]))),
    ])
    #expect(try roundTrip(value) == value)
  }
}
