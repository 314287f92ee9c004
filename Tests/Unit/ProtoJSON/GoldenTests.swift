import ProtoJSON
import Testing

/// A message with every kind of field, against bytes that Python protobuf 7.36 made of the same content.
@Suite struct GoldenTests {
  static let wire = bytes(
    hex: """
      099a9999999999b9bf150000c03f18f9ffffffffffffffff01208080808080808080c00128ffffffff0f30ffffffffffffffffff01380540
      ffffffffff3f4d09000000510a000000000000005df5ffffff61f4ffffffffffffff6801720f4772c3bcc39f652022f09f9a97220a7a0300
      ff108001058801019201050a0161100299010000000000000000a20100b2010172ba010d01ffffffffffffffffff01ac02c00101c00102ca
      010178ca0100d201030a0171d20100da01020102e2010c0a0162110000000000000440ea01070a016b12021001f2011108fbffffffffffff
      ffff01120466697665fa01070801120379657382020c08c0ddf7cb061080cab5ee018a021608ffffffffffffffffff0110809be588ffffff
      ffff0192022a0a280a0161122332210a0911000000000000f03f0a0208000a031a01780a0b2a090a070a0179120220019a02031a0176a202
      0b0a0911000000000000f03faa020e08ffffffffffffffffff0110e807b202020800c202050a0312016c
      """)

  static let json = #"""
    {"double_value":-0.1,"float_value":1.5,"int32_value":-7,"int64_value":"-4611686018427387904",
    "uint32_value":4294967295,"uint64_value":"18446744073709551615","sint32_value":-3,"sint64_value":-1099511627776,
    "fixed32_value":9,"fixed64_value":10,"sfixed32_value":-11,"sfixed64_value":-12,"bool_value":true,
    "string_value":"Grüße \"🚗\"\n","bytes_value":"AP8Q","verdict":"not_run","foreign":"serving",
    "inner":{"id":"a","count":2},"speed_mps":0,"name":"","right":"r","packed":[1,-1,300],"unpacked":[-1,1],
    "texts":["x",""],"inners":[{"id":"q","count":0},{"id":"","count":0}],"verdicts":["pass","fail"],
    "metrics":{"b":2.5},"inner_by_name":{"k":{"id":"","count":1}},"text_by_number":{"-5":"five"},
    "text_by_flag":{"true":"yes"},"time":"2026-01-31T12:00:00.500Z","span":"-1.250s",
    "free":{"a":[1,null,"x",{"y":true}]},"any":"v","list":[1],"times":["1969-12-31T23:59:59.000001Z"],"anys":[null],
    "tree":{"branches":[{"branches":[],"leaf":"l"}],"leaf":""}}
    """#.split(separator: "\n").joined()

  @Test func bytesBecomeTheDocument() throws {
    #expect(try ProtoJSONTranscoder.shape("Shapes").text(Self.wire) == Self.json)
  }

  @Test func theDocumentBecomesTheSameBytes() throws {
    #expect(try ProtoJSONTranscoder.shape("Shapes").encode(Self.json) == Self.wire)
  }

  @Test func anEmptyMessageShowsWhatHasNoPresence() throws {
    let text = try ProtoJSONTranscoder.shape("Shapes").text([])
    #expect(
      text == """
        {"double_value":0,"float_value":0,"int32_value":0,"int64_value":0,"uint32_value":0,"uint64_value":0,\
        "sint32_value":0,"sint64_value":0,"fixed32_value":0,"fixed64_value":0,"sfixed32_value":0,"sfixed64_value":0,\
        "bool_value":false,"string_value":"","bytes_value":"","foreign":"unknown","packed":[],"unpacked":[],\
        "texts":[],"inners":[],"verdicts":[],"metrics":{},"inner_by_name":{},"text_by_number":{},"text_by_flag":{},\
        "times":[],"anys":[]}
        """)
    #expect(try ProtoJSONTranscoder.shape("Shapes").text([], .init(emitsDefaults: false)) == "{}")
    #expect(try ProtoJSONTranscoder.shape("Shapes").encode(text).isEmpty)
  }
}
