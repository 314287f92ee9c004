import RPCCore
import Testing

@testable import RPCTransport

@Suite struct HeaderCodingTests {
  @Test(
    arguments: [
      ("1n", 1), ("1u", 1_000), ("1m", 1_000_000), ("1S", 1_000_000_000), ("1M", 60_000_000_000),
      ("1H", 3_600_000_000_000), ("0S", 0), ("00000001n", 1), ("99999999m", 99_999_999_000_000),
      ("99999999H", Int64.max / 4), ("99999999M", Int64.max / 4),
    ] as [(String, Int64)])
  func timeoutsAreRead(text: String, nanoseconds: Int64) {
    #expect(GRPCTimeout.parse(Array(text.utf8).span) == nanoseconds)
  }

  @Test(arguments: ["", "S", "1", "1s", "1h", "-1S", "+1S", "1.5S", " 1S", "1S ", "123456789S", "1SS", "٣S"])
  func malformedTimeoutsAreRefused(text: String) {
    #expect(GRPCTimeout.parse(Array(text.utf8).span) == nil)
  }

  @Test(
    arguments: [
      (1, "1n"), (99_999_999, "99999999n"), (100_000_000, "100000u"), (1_000_000_000, "1000000u"),
      (Int64.max / 4, "38430716M"), (0, "1n"), (-5, "1n"),
    ] as [(Int64, String)])
  func timeoutsAreWrittenInEightDigits(nanoseconds: Int64, text: String) {
    #expect(GRPCTimeout.format(nanoseconds: nanoseconds) == text)
  }

  @Test func aWrittenTimeoutIsNeverLongerAndLosesLessThanOnePartInTenThousand() {
    var nanoseconds: Int64 = 1
    while nanoseconds < Int64.max / 8 {
      let read = GRPCTimeout.parse(Array(GRPCTimeout.format(nanoseconds: nanoseconds).utf8).span) ?? -1
      #expect(read <= nanoseconds)
      #expect(nanoseconds - read <= nanoseconds / 10_000)
      nanoseconds = nanoseconds * 3 + 1
    }
  }

  @Test(arguments: [
    ("", ""), ("plain text", "plain text"), ("100%", "100%25"), ("\t\n", "%09%0A"), ("é", "%C3%A9"),
    ("\u{7F}", "%7F"), ("😈", "%F0%9F%98%88"),
    (
      "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n",
      "%09%0Atest with whitespace%0D%0Aand Unicode BMP %E2%98%BA and non-BMP %F0%9F%98%88%09%0A"
    ),
  ])
  func statusMessagesAreCoded(text: String, coded: String) {
    #expect(HeaderText.percentEncoded(text) == coded)
    #expect(HeaderText.percentDecoded(Array(coded.utf8).span) == text)
  }

  @Test(arguments: [
    ("%", "%"), ("%4", "%4"), ("%4g", "%4g"), ("a%", "a%"), ("%c3%a9", "é"), ("%FF", "\u{FFFD}"), ("%25%", "%%"),
  ])
  func brokenStatusMessagesAreReadAsFarAsTheyGo(coded: String, text: String) {
    #expect(HeaderText.percentDecoded(Array(coded.utf8).span) == text)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64IsThatOfRFC4648WithoutPadding(text: String, coded: String) {
    let bytes = Array(text.utf8)
    #expect(HeaderText.base64Encoded(bytes) == Array(coded.utf8))
    #expect(HeaderText.base64Decoded(Array(coded.utf8).span) == bytes)
    let padded = coded + String(repeating: "=", count: (4 - coded.utf8.count % 4) % 4)
    #expect(HeaderText.base64Decoded(Array(padded.utf8).span) == bytes)
  }

  @Test func base64GivesBackEveryByte() {
    for count in 0...300 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      #expect(HeaderText.base64Decoded(HeaderText.base64Encoded(bytes).span) == bytes)
    }
  }

  @Test(arguments: ["Z", "Zm9vY", "Zg=", "Zg===", "====", "Zm9v====", "Z g", "Zm8-", "Zm8_", "Z=g="])
  func whatIsNotBase64IsRefused(coded: String) {
    #expect(HeaderText.base64Decoded(Array(coded.utf8).span) == nil)
  }
}
