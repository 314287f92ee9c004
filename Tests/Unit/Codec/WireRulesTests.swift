import TestProto
import Testing
import TwinProto

/// What the encoding's specification asks of a parser beyond what a writer ever sends.
@Suite struct WireRulesTests {
  @Test func lastScalarWins() throws {
    let bytes = Wire.number(3, 1) + Wire.text(14, "first") + Wire.number(3, 2) + Wire.text(14, "second")
    #expect(try decode(Scalars.self, bytes) == Scalars(int32Value: 2, stringValue: "second"))
  }

  @Test func partsOfAMessageAreMerged() throws {
    let first = Wire.number(3, 1) + Wire.text(14, "kept")
    let second = Wire.number(3, 2) + Wire.number(13, 1)
    let message = try decode(Optionals.self, Wire.bytes(7, first) + Wire.number(2, 9) + Wire.bytes(7, second))
    #expect(
      message == Optionals(int32Value: 9, message: Scalars(int32Value: 2, boolValue: true, stringValue: "kept")))
  }

  @Test func partsOfAMessageWithRepeatedFieldsOneofsAndMapsAreMerged() throws {
    // protobuf-c 1.4.1 fails here, since the oneof is set in neither part.
    let first =
      Wire.bytes(4, Wire.text(1, "a")) + Wire.bytes(6, Wire.text(8, "label"))
      + Wire.bytes(5, Wire.text(1, "x") + Wire.bytes(2, Wire.text(1, "old")))
    let second =
      Wire.bytes(4, Wire.text(1, "b")) + Wire.bytes(6, [])
      + Wire.bytes(5, Wire.text(1, "x") + Wire.bytes(2, Wire.text(1, "new")))
    let tree = try decode(Tree.self, Wire.bytes(2, first) + Wire.bytes(2, second))
    #expect(
      tree
        == Tree(
          left: Tree(
            children: [Tree(name: "a"), Tree(name: "b")], named: ["x": Tree(name: "new")],
            choice: Choice(label: "label"))))
  }

  @Test func lastMemberOfAOneofWins() throws {
    let members = [
      Wire.number(1, 5), Wire.text(2, "text"), Wire.bytes(6, Wire.number(2, 1)), Wire.bytes(3, [1, 2]),
      Wire.bytes(7, Wire.text(8, "inner")),
    ]
    let values: [Choice.OneOfChoice] = [
      .number(5), .text("text"), .optionals(Optionals(int32Value: 1)), .raw([1, 2]), .nested(Choice(label: "inner")),
    ]
    for (first, firstBytes) in members.enumerated() {
      for (second, secondBytes) in members.enumerated() where first != second {
        let message = try decode(Choice.self, firstBytes + secondBytes)
        #expect(message == Choice(choice: values[second]), "\(values[first]) then \(values[second])")
      }
    }
  }

  @Test func partsOfAOneofsMessageAreMergedUnlessAnotherMemberIsBetween() throws {
    let a = Wire.bytes(6, Wire.number(2, 1))
    let b = Wire.bytes(6, Wire.number(3, 1))
    let merged = Choice(choice: .optionals(Optionals(int32Value: 1, boolValue: true)))
    #expect(try decode(Choice.self, a + b) == merged)
    let separate = Choice(choice: .optionals(Optionals(boolValue: true)))
    #expect(try decode(Choice.self, a + Wire.number(1, 3) + b) == separate)
  }

  @Test func lastEntryOfAMapKeyWins() throws {
    let entry = { (key: String, value: String) in Wire.bytes(1, Wire.text(1, key) + Wire.text(2, value)) }
    let message = try decode(Maps.self, entry("a", "1") + entry("b", "2") + entry("a", "3"))
    #expect(message.strings == ["a": "3", "b": "2"])
  }

  @Test func mapEntriesMayLackKeyOrValueOrTurnThemAround() throws {
    let bytes =
      Wire.bytes(1, Wire.text(2, "no key")) + Wire.bytes(1, Wire.text(1, "no value"))
      + Wire.bytes(1, Wire.text(2, "value") + Wire.text(1, "key")) + Wire.bytes(5, Wire.text(1, "no message"))
    let message = try decode(Maps.self, bytes)
    #expect(message.strings == ["": "no key", "no value": "", "key": "value"])
    #expect(message.messages == ["no message": Scalars()])
  }

  @Test func packedAndUnpackedElementsMix() throws {
    let bytes =
      Wire.bytes(3, Wire.varint(1) + Wire.varint(2)) + Wire.number(3, 3) + Wire.bytes(3, []) + Wire.bytes(3, [4])
      + Wire.bytes(18, [5, 6]) + Wire.number(18, 7) + Wire.double(1, 0.5) + Wire.bytes(13, [1, 0, 0x80, 1])
    let message = try decode(Repeated.self, bytes)
    #expect(message.int32S == [1, 2, 3, 4])
    #expect(message.unpacked == [5, 6, 7])
    #expect(message.doubles == [0.5])
    #expect(message.bools == [true, false, true])
  }

  @Test func growingRepeatedFields() throws {
    // More elements than any first guess of room, one by one and in packs of different sizes.
    for count in [1, 3, 4, 5, 8, 9, 100, 1000] {
      let values = (0..<count).map { UInt64($0) }
      let single = values.flatMap { Wire.number(6, $0) }
      let packed = Wire.bytes(6, values.flatMap(Wire.varint))
      let texts = values.flatMap { Wire.text(14, "text number \($0)") }
      let message = try decode(Repeated.self, single + packed + single + texts)
      #expect(message.uint64S == values + values + values)
      #expect(message.strings == values.map { "text number \($0)" })
    }
  }

  @Test func unknownFieldsArePassedOver() throws {
    let group =
      Wire.tag(900, 3) + Wire.number(1, 1) + Wire.tag(2, 3) + Wire.text(3, "x") + Wire.tag(2, 4)
      + Wire.tag(900, 4)
    let unknown =
      Wire.number(901, .max) + Wire.double(902, 1) + Wire.bytes(903, [1, 2, 3]) + Wire.tag(904, 5) + [1, 2, 3, 4]
    let bytes = unknown + group + Wire.text(14, "known") + group + unknown
    #expect(try decode(Scalars.self, bytes) == Scalars(stringValue: "known"))
    #expect(try decode(Nothing.self, bytes) == Nothing())
  }

  @Test func knownFieldsOfAnotherWireTypeArePassedOver() throws {
    let bytes =
      Wire.text(1, "not a double") + Wire.double(14, 1) + Wire.double(3, 1) + Wire.text(13, "not a bool")
      + Wire.number(2, 7) + Wire.tag(4, 3) + Wire.tag(4, 4) + Wire.number(16, 1)
    #expect(try decode(Scalars.self, bytes) == Scalars(colour: .red))
    let optionals = try decode(Optionals.self, Wire.double(4, 1) + Wire.number(7, 1))
    #expect(optionals == Optionals())
  }

  @Test func unknownEnumValuesAreKept() throws {
    let message = try decode(Scalars.self, Wire.number(16, 77))
    #expect(message.colour == .unrecognized(77))
    #expect(try encode(message) == Wire.number(16, 77))
    let negative = try decode(Scalars.self, Wire.number(16, UInt64(bitPattern: -9)))
    #expect(negative.colour == .unrecognized(-9))
    #expect(try roundTrip(negative) == negative)
    #expect(try decode(Scalars.self, Wire.number(16, UInt64(bitPattern: -1))).colour == .infrared)
  }

  @Test func longVarints() throws {
    // Ten bytes for 1, and a 32-bit field that holds more.
    let padded: [UInt8] = [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]
    #expect(try decode(Scalars.self, Wire.tag(4, 0) + padded).int64Value == 1)
    #expect(try decode(Scalars.self, Wire.number(3, 0x1_0000_0005)).int32Value == 5)
    #expect(try decode(Scalars.self, Wire.tag(13, 0) + padded).boolValue)
    #expect(try decode(Scalars.self, Wire.number(13, 0x1_0000_0000)).boolValue)
  }

  @Test func zigzag() throws {
    for value in [0, 1, -1, 2, .max, .min] as [Int64] {
      #expect(try roundTrip(Scalars(sint64Value: value)).sint64Value == value)
    }
    #expect(try encode(Scalars(sint32Value: -1)) == Wire.number(7, 1))
    #expect(try encode(Scalars(sint64Value: .min)) == Wire.number(8, .max))
  }

  @Test func oneValueHasOneEncoding() throws {
    var shuffled: [String: String] = [:]
    for index in (0..<200).reversed() { shuffled["key \(index)"] = "\(index)" }
    var ordered: [String: String] = [:]
    for index in 0..<200 { ordered["key \(index)"] = "\(index)" }
    #expect(try encode(Maps(strings: shuffled)) == encode(Maps(strings: ordered)))
  }

  @Test func negativeZeroIsKeptWhereZeroDiffersFromNoValue() throws {
    #expect(try roundTrip(Optionals(doubleValue: -0.0)).doubleValue?.sign == .minus)
    // Elsewhere libprotobuf-c takes it for zero and doesn't send it.
    #expect(try encode(Scalars(doubleValue: -0.0)).isEmpty)
  }
}
