import TestProto
import Testing
import TwinProto

@Suite struct StringTests {
  @Test(arguments: ["\0", "a\0b", "\0\0\0", "ends with\0", "längere Zeichenkette mit \0 darin"])
  func embeddedNULsSurvive(_ text: String) throws {
    let message = Maps(strings: [text: text])
    #expect(try roundTrip(message) == message)
    #expect(try roundTrip(Scalars(stringValue: text)).stringValue.utf8.count == text.utf8.count)
    #expect(try encode(Scalars(stringValue: text)) == Wire.text(14, text))
  }

  @Test(arguments: [
    "", "a", "é", "€", "𝄞", "\u{FFFD}", "a\u{FFFD}b", "seven7", "fifteen bytes..", "sixteen bytes...",
    "Ω at byte eight", "12345678é", "e\u{301} is not composed", "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
  ])
  func validText(_ text: String) throws {
    let decoded = try roundTrip(Scalars(stringValue: text)).stringValue
    #expect(Array(decoded.utf8) == Array(text.utf8))
  }

  @Test(
    arguments: [
      [0x80], [0xC3], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80],
      [0xFF], [0x61, 0xFE, 0x62], Array("long and valid up to here ".utf8) + [0xC3, 0x28],
      // Repairing this makes as many bytes as there were.
      [0xF0, 0x9F, 0x98, 0x41],
    ] as [[UInt8]])
  func invalidTextIsRefusedWithTheFieldsName(_ bytes: [UInt8]) throws {
    let reason = try failure(Scalars.self, Wire.bytes(14, bytes))
    #expect(reason == "codec.test.v1.Scalars: codec.test.v1.Scalars.string_value is not valid UTF-8")
    let inMap = try failure(Maps.self, Wire.bytes(1, Wire.bytes(1, bytes)))
    #expect(inMap == "codec.test.v1.Maps: codec.test.v1.Maps.StringsEntry.key is not valid UTF-8")
    let inArray = try failure(Repeated.self, Wire.text(14, "fine") + Wire.bytes(14, bytes))
    #expect(inArray == "codec.test.v1.Repeated: codec.test.v1.Repeated.strings is not valid UTF-8")
    let nested = try failure(Tree.self, Wire.bytes(4, []) + Wire.bytes(4, Wire.bytes(1, bytes)))
    #expect(nested == "codec.test.v1.Tree: codec.test.v1.Tree.name is not valid UTF-8")
    let inOneof = try failure(Choice.self, Wire.bytes(2, bytes))
    #expect(inOneof == "codec.test.v1.Choice: codec.test.v1.Choice.text is not valid UTF-8")
    // The same bytes are fine where no text is asked for.
    #expect(try decode(Scalars.self, Wire.bytes(15, bytes)).bytesValue == bytes)
  }
}
