import TestProto
import Testing
import TwinProto

@Suite struct MalformedInputTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var reason: String

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "a tag and nothing else", bytes: Wire.tag(3, 0), reason: "int32_value: the message ends before"),
    Case(name: "half a varint", bytes: [0x18, 0x80], reason: "int32_value: the message ends before"),
    Case(
      name: "a varint of eleven bytes", bytes: Wire.tag(3, 0) + Array(repeating: 0x80, count: 10) + [1],
      reason: "int32_value: the message ends before"),
    Case(name: "half a double", bytes: Array(Wire.double(1, 1).dropLast()), reason: "double_value: the message ends"),
    Case(name: "half a float", bytes: Wire.tag(2, 5) + [1, 2, 3], reason: "float_value: the message ends before"),
    Case(name: "a string longer than the message", bytes: [0x72, 5, 0x61], reason: "string_value: the message ends"),
    Case(
      name: "a length of 64 bits", bytes: Wire.tag(14, 2) + Wire.varint(.max), reason: "string_value: the message ends"),
    Case(name: "no length", bytes: Wire.tag(14, 2), reason: "string_value: the message ends before"),
    Case(name: "half a tag", bytes: [0x80], reason: "a tag is not valid"),
    Case(name: "a tag of more than 32 bits", bytes: Wire.varint(1 << 33) + [0], reason: "a tag is not valid"),
    Case(name: "field number 0", bytes: [0x00, 0x01], reason: "field number 0"),
    Case(name: "wire type 6", bytes: Wire.tag(3, 6) + [0], reason: "int32_value: wire type 6 doesn't exist"),
    Case(name: "wire type 7", bytes: Wire.tag(999, 7) + [0], reason: "999: wire type 7 doesn't exist"),
    Case(name: "the end of no group", bytes: Wire.tag(3, 4), reason: "int32_value: the end of a group that"),
    Case(name: "a group without an end", bytes: Wire.tag(900, 3) + Wire.number(1, 1), reason: "900: the message ends"),
    Case(
      name: "a group with another end", bytes: Wire.tag(900, 3) + Wire.tag(901, 4), reason: "900: the end of a group"),
    Case(name: "an unknown field cut off", bytes: Wire.tag(999, 1) + [1, 2], reason: "999: the message ends before"),
    Case(name: "an unknown length too long", bytes: Wire.tag(999, 2) + [9], reason: "999: the message ends before"),
  ]

  @Test(arguments: cases) func isRefused(_ input: Case) throws {
    let reason = try #require(try failure(Scalars.self, input.bytes))
    #expect(reason.hasPrefix("codec.test.v1.Scalars: \(input.reason)"), "\(reason)")
    // The same inside of other messages, with the path to it.
    let nested = Wire.text(1, "root") + Wire.bytes(6, Wire.bytes(6, Wire.bytes(7, input.bytes)))
    let path = try #require(try failure(Tree.self, nested))
    #expect(path.hasPrefix("codec.test.v1.Tree: choice.optionals.message"), "\(path)")
    #expect(path.contains(input.reason), "\(path)")
  }

  @Test func packedFieldsThatEndInTheMiddleOfANumber() throws {
    #expect(
      try failure(Repeated.self, Wire.bytes(1, [1, 2, 3]))
        == "codec.test.v1.Repeated: doubles: 3 bytes are not a multiple of 8")
    #expect(
      try failure(Repeated.self, Wire.bytes(2, [1, 2, 3, 4, 5]))
        == "codec.test.v1.Repeated: floats: 5 bytes are not a multiple of 4")
    #expect(
      try failure(Repeated.self, Wire.bytes(3, [1, 0x80]))
        == "codec.test.v1.Repeated: int32s: the message ends before the field does")
  }

  @Test func everyTruncationOfAValidMessageIsAnErrorOrAValue() throws {
    let tree = Tree(
      name: "root", left: Tree(name: "left\0", choice: Choice(choice: .raw([1, 2, 3]))),
      children: [Tree(), Tree(name: "ü")], named: ["a": Tree(name: "b")])
    let bytes = try encode(tree)
    for length in bytes.indices {
      let cut = Array(bytes[..<length])
      if try failure(Tree.self, cut) == nil {
        // Cut between two fields.
        let value = try decode(Tree.self, cut)
        #expect(try roundTrip(value) == value)
      }
    }
  }
}
