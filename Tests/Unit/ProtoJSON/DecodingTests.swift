import ProtoJSON
import Testing

@Suite struct DecodingTests {
  let shapes: ProtoJSONTranscoder
  let brief = ProtoJSONTranscoder.DecodingOptions(emitsDefaults: false)

  init() throws { shapes = try .shape("Shapes") }

  @Test(arguments: [
    // The last of a singular field counts.
    ("18051806", #"{"int32_value":6}"#),
    // Fields may come in any order.
    ("7201781801", #"{"int32_value":1,"string_value":"x"}"#),
    // Of a oneof the last member counts: left, then right, and the other way round.
    ("aa0100b2010172", #"{"right":"r"}"#),
    ("b2010172aa0100", #"{"left":{}}"#),
    // A message in two parts is their union.
    ("9201030a016192010210029201021003", #"{"inner":{"id":"a","count":3}}"#),
    // Repeated numbers are read packed, one by one, and mixed.
    ("b80105ba01020102", #"{"packed":[5,1,2]}"#),
    ("c201020102", #"{"unpacked":[-1,1]}"#),
    // A key given twice keeps its last value; a missing value is the default.
    ("e2010c0a0162110000000000000440e201030a0162", #"{"metrics":{"b":0}}"#),
    ("ea01030a016b", #"{"inner_by_name":{"k":{}}}"#),
    ("f20100", #"{"text_by_number":{"0":""}}"#),
    // Fields nobody knows are left out.
    ("fa3e01611801", #"{"int32_value":1}"#),
    // An enum's number without a word stays a number; unspecified isn't shown, and is null where it holds a place.
    ("800107", #"{"verdict":7}"#),
    ("8001ffffffffffffffffff01", #"{"verdict":-1}"#),
    ("800100", "{}"),
    ("da01020007", #"{"verdicts":[null,7]}"#),
    // A value that holds nothing is null.
    ("9a0200", #"{"any":null}"#),
    ("920200", #"{"free":{}}"#),
    ("9202050a030a0161", #"{"free":{"a":null}}"#),
    // JSON has no NaN and no infinity.
    ("09000000000000f87f", #"{"double_value":null}"#),
    ("09000000000000f0ff", #"{"double_value":null}"#),
  ])
  func reads(hex: String, expected: String) throws {
    #expect(try shapes.text(bytes(hex: hex), brief) == expected)
  }

  @Test(arguments: [
    // Cut off, too long, no such wire type, no such field.
    ("18", ""), ("ff", ""), ("1881", ""), ("18ffffffffffffffffffff01", ""), ("7205", ""), ("0901", ""), ("1b", ""),
    ("00", ""),
    // Another wire type than the field's.
    ("1d00000000", ""),
    // Texts that aren't UTF-8.
    ("7201ff", "string_value"), ("7203eda080", "string_value"), ("ca010180", "texts[0]"),
    ("ea01090a016b12040a02ff00", "inner_by_name.k.id"), ("92020a0a080a016112031a01ff", "free.a"),
    // Inside of others.
    ("9201020a05", "inner"), ("d20100d201020a05", "inners[1]"), ("e2010411000000", "metrics"),
    // The year 10000, nanoseconds below zero.
    ("820207088083d1ffaf07", "time"), ("82020b10ffffffffffffffffff01", "time"),
  ])
  func refuses(hex: String, path: String) {
    let error = #expect(throws: ProtoJSONError.self) { try shapes.decode(protobuf: bytes(hex: hex)) }
    #expect(error?.reason == .malformedMessage)
    #expect(error?.violations.first?.path == path)
  }

  @Test func refusesWhatIsNestedTooDeep() throws {
    func tree(_ depth: Int) -> [UInt8] {
      var bytes: [UInt8] = []
      for _ in 1..<depth { bytes = [0x0A] + varint(UInt64(bytes.count)) + bytes }
      return bytes
    }
    let transcoder = try ProtoJSONTranscoder.shape("Tree")
    #expect(try transcoder.decode(protobuf: tree(ProtoJSONLimits.maximumMessageDepth)).isEmpty == false)
    #expect(throws: ProtoJSONError.self) {
      try transcoder.decode(protobuf: tree(ProtoJSONLimits.maximumMessageDepth + 1))
    }
  }

  @Test func boundsTheDocument() throws {
    // Two empty messages are six bytes, and much more as text.
    let wire = bytes(hex: "d20100d20100")
    var options = ProtoJSONTranscoder.DecodingOptions(bodyField: "inners")
    #expect(try shapes.text(wire, options) == #"[{"id":"","count":0},{"id":"","count":0}]"#)
    options.maximumDocumentBytes = 20
    let error = #expect(throws: ProtoJSONError.self) { try shapes.decode(protobuf: wire, options: options) }
    #expect(error?.reason == .documentTooLarge)
  }

  @Test func writesOneField() throws {
    let wire = bytes(hex: "9201030a016199010000000000000000")
    #expect(try shapes.text(wire, .init(bodyField: "inner")) == #"{"id":"a","count":0}"#)
    #expect(try shapes.text(wire, .init(bodyField: "speed_mps")) == "0")
    #expect(try shapes.text(wire, .init(bodyField: "name")) == "null")
    #expect(try shapes.text(wire, .init(bodyField: "texts")) == "[]")
    #expect(try shapes.text(wire, .init(bodyField: "bool_value")) == "false")
  }

  @Test func escapesText() throws {
    let text = "\"\\/\u{1}\u{7F}\u{2028}\r\n\t\u{8}\u{C}é"
    let wire = [0x72, UInt8(text.utf8.count)] + Array(text.utf8)
    #expect(
      try shapes.text(wire, brief)
        == "{\"string_value\":\"\\\"\\\\/\\u0001\\u007f\u{2028}\\r\\n\\t\\b\\fé\"}")
    #expect(try shapes.encode(shapes.text(wire, brief)) == wire)
  }
}
