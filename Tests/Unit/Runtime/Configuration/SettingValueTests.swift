import RuntimeConfiguration
import Testing

@Suite struct SettingValues {
  @Test(arguments: [
    ("1us", Duration.microseconds(1)), ("250ms", .milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)),
    ("1h", .seconds(3600)), ("0s", .zero),
  ]) func durationsReadAndWriteAlike(text: String, duration: Duration) {
    #expect(DurationText.parse(text) == duration)
    #expect(DurationText.format(duration) == text)
  }

  @Test(arguments: ["", "5", "s", "-1s", "1.5s", "1 s", "1d", "99999999999999999999s", "9223372036854775807h", "٣s"])
  func otherTextIsNoDuration(text: String) { #expect(DurationText.parse(text) == nil) }

  @Test func aDurationIsWrittenInItsLargestWholeUnit() {
    #expect(DurationText.format(.seconds(90)) == "90s")
    #expect(DurationText.format(.milliseconds(1500)) == "1500ms")
    #expect(DurationText.format(.seconds(7200)) == "2h")
  }

  @Test(arguments: [("0B", 0), ("512B", 512), ("64KiB", 65_536), ("4MiB", 4_194_304), ("1GiB", 1_073_741_824)])
  func amountsReadAndWriteAlike(text: String, bytes: Int) {
    #expect(ByteCount(text) == ByteCount(bytes: bytes))
    #expect(ByteCount(bytes: bytes).description == text)
  }

  @Test(arguments: ["", "5", "MiB", "-1B", "1.5MiB", "4MB", "9223372036854775807GiB"])
  func otherTextIsNoAmount(text: String) { #expect(ByteCount(text) == nil) }

  @Test(arguments: [("localhost:1", "localhost", 1), ("10.0.0.1:65535", "10.0.0.1", 65_535), ("[::1]:80", "::1", 80)])
  func addressesReadAndWriteAlike(text: String, host: String, port: Int) {
    #expect(NetworkAddress(text) == NetworkAddress(host: host, port: port))
    #expect(NetworkAddress(host: host, port: port).description == text)
  }

  @Test(arguments: [
    "", "localhost", ":1", "localhost:", "localhost:0", "localhost:65536", "::1:80", "[a]:1", "a b:1", "http://a:1",
  ])
  func otherTextIsNoAddress(text: String) { #expect(NetworkAddress(text) == nil) }

  @Test func aSharedSettingCanHaveAnotherDefaultInEachService() {
    let port = Setting.port("rpc.port", default: 0, "Where to listen.")
    #expect(port.defaulting(to: 50052).defaultValue == 50052)
    #expect(port.defaulting(to: 50052).description.defaultText == "50052")
  }
}
