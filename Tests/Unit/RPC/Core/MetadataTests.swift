import RPCCore
import Testing

@Suite struct MetadataTests {
  @Test func pairsKeepTheirOrder() {
    var metadata = Metadata()
    metadata.add("a", "1")
    metadata.add("b-bin", bytes: [0, 255])
    metadata.add("a", "2")
    #expect(metadata["a"] == "1")
    #expect(metadata[bytes: "b-bin"] == [0, 255])
    #expect(metadata.values("a") == [.text("1"), .text("2")])
    #expect(metadata.entries.map(\.key) == ["a", "b-bin", "a"])
    metadata.remove("a")
    #expect(metadata["a"] == nil)
    #expect(!metadata.isEmpty)
  }

  @Test(arguments: ["", "Upper", "with space", "grpc-status", ":path", "ünicode", "new\nline", "semi;colon"])
  func illegalKeysAreRefused(key: String) {
    var metadata = Metadata()
    let wasAdded = metadata.add(key, "x")
    #expect(!wasAdded)
    #expect(metadata.isEmpty)
  }

  @Test(arguments: ["line\r\nbreak", "tab\t", "é", "\u{7F}", "\0"])
  func textThatCannotStandInAHeaderIsRefused(value: String) {
    var metadata = Metadata()
    let wasAdded = metadata.add("key", value)
    #expect(!wasAdded)
    #expect(metadata.isEmpty)
  }

  @Test func keysAndValuesMustBeOfOneKind() {
    var metadata = Metadata()
    let textWasAdded = metadata.add("key-bin", "text")
    let bytesWereAdded = metadata.add("key", bytes: [1])
    #expect(!textWasAdded && !bytesWereAdded)
    #expect(metadata.isEmpty)
  }
}
