import ProtoJSON
import Testing

/// The grammar of RFC 8259, and the bounds of a document.
@Suite struct DocumentTests {
  let shapes: ProtoJSONTranscoder

  init() throws { shapes = try .shape("Shapes") }

  @Test(arguments: [
    "", " ", "{", "}", "{]", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":}", "{a:1}", "{'a':1}", "[1 2]", "nul", "nullx",
    "tru", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x1", "1_000", "\"", "\"\\",
    "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\t\"", "\"\n\"", "{} {}", "// x\n{}", "{\"a\":1}x", "\u{FEFF}{}",
    "[\"a\"",
    "{\"a\"", "{\"a\":1", "\"\\ud800\\u12\"",
  ])
  func refuses(document: String) { #expect(shapes.reason(document) == .syntax) }

  @Test(arguments: [
    "{}", " {\r\n\t} ", #"{"texts":[ "a" , "b" ]}"#, #"{"double_value":-0}"#, #"{"double_value":1E+2}"#,
  ])
  func accepts(document: String) { #expect(shapes.reason(document) == nil) }

  @Test func tellsWhereTheGrammarIsBroken() {
    #expect(
      shapes.violations("{\n  \"texts\": [1,\n  }") == [
        ": not valid JSON at line 3, column 3: no value begins like this"
      ])
  }

  @Test(arguments: [
    [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
  ])
  func refusesBytesThatAreNotUTF8(bytes: [UInt8]) {
    #expect(throws: ProtoJSONError(.syntax, [.init(path: "", message: "not valid UTF-8")])) {
      try shapes.encode(json: bytes)
    }
  }

  @Test func refusesADocumentThatIsTooLong() throws {
    var options = ProtoJSONTranscoder.EncodingOptions()
    options.limits.maximumDocumentBytes = 10
    #expect(try shapes.encode(json: Array("{        }".utf8), options: options).isEmpty)
    #expect(throws: ProtoJSONError(.documentTooLarge, [.init(path: "", message: "longer than 10 bytes")])) {
      try shapes.encode(json: Array("{         }".utf8), options: options)
    }
  }

  @Test func refusesADocumentThatIsTooDeep() throws {
    func nested(_ depth: Int) -> String {
      #"{"free":{"a":"# + String(repeating: "[", count: depth - 2) + String(repeating: "]", count: depth - 2) + "}}"
    }
    let deepest = ProtoJSONLimits.maximumDepth
    #expect(shapes.reason(nested(deepest)) == nil)
    #expect(shapes.reason(nested(deepest + 1)) == .documentTooDeep)
    #expect(shapes.reason(String(repeating: "[", count: 1_000_000)) == .documentTooDeep)
  }

  /// The deepest document has to fit the depth that other protobuf implementations read.
  @Test func theDeepestDocumentCanBeReadAgain() throws {
    let inner = ProtoJSONLimits.maximumDepth - 1
    let document =
      #"{"free":"# + String(repeating: #"{"a":"#, count: inner) + "1" + String(repeating: "}", count: inner) + "}"
    #expect(try shapes.roundTrip(document) == document)
  }

  @Test func knowsItsMessages() throws {
    let schema = try shapes_()
    #expect(schema.messageNames.contains("shapes.v1.Inner"))
    #expect(schema.messageNames.contains("shapes.v1.Shapes.MetricsEntry") == false)
    #expect(try schema.transcoder(for: "shapes.v1.Inner").fieldNames == ["id", "count", "verdict"])
    #expect(throws: ProtoJSONError(.unknownMessage, [.init(path: "", message: "no message shapes.v1.None")])) {
      try schema.transcoder(for: "shapes.v1.None")
    }
    #expect(throws: ProtoJSONError.self) { try ProtoJSONSchema(fileDescriptors: [[0x0A, 0xFF]]) }
  }

  private func shapes_() throws -> ProtoJSONSchema { try ProtoJSONTests.shapes() }
}
