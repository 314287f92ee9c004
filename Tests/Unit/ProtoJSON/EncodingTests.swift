import ProtoJSON
import Testing

@Suite struct EncodingTests {
  let shapes: ProtoJSONTranscoder

  init() throws { shapes = try .shape("Shapes") }

  // MARK: Members

  @Test func namesEveryWrongFieldAtOnce() {
    let document = #"""
      {"inners":[{"id":"a"},{"count":-1},{"idd":"x","verdict":"passed"}],"speed_mpz":1,"time":"yesterday",
       "inner_by_name":{"a.b":{"id":5}},"free":{"x":{"y":[1,{"z":1,"z":2}]}},"tree":{"branches":[{"leaf":1}]}}
      """#
    #expect(
      shapes.violations(document) == [
        "inners[1].count: must be from 0 to 4294967295", "inners[2].idd: no such field",
        "inners[2].verdict: must be one of pass, fail, not_run", "speed_mpz: no such field",
        "time: must be a time by RFC 3339 such as 2026-01-31T12:00:00.5Z",
        #"inner_by_name["a.b"].id: must be a text"#, "free.x.y[1].z: given more than once",
        "tree.branches[0].leaf: must be a text",
      ])
    #expect(shapes.reason(document) == .invalidFields)
  }

  @Test func countsFurtherViolationsBeyondTheBound() {
    let found = shapes.violations("{\(( 0..<100).map { "\"x\($0)\":1" }.joined(separator: ","))}")
    #expect(found.count == ProtoJSONLimits.maximumViolations)
    #expect(found.last == "x63: no such field (and 36 more)")
  }

  @Test(arguments: [
    #"{"string_value":"a","string_value":"b"}"#, #"{"string_value":"a","string_\u0076alue":null}"#,
  ])
  func refusesAMemberGivenTwice(document: String) {
    #expect(shapes.violations(document) == ["string_value: given more than once"])
  }

  @Test func refusesAMapKeyGivenTwice() {
    #expect(shapes.violations(#"{"metrics":{"a":1,"\u0061":2}}"#) == ["metrics.a: given more than once"])
  }

  @Test func takesOnlyNamesAsDeclared() {
    #expect(shapes.violations(#"{"doubleValue":1}"#) == ["doubleValue: no such field"])
  }

  @Test func takesOneMemberOfAChoice() throws {
    #expect(shapes.violations(#"{"left":{},"right":"x"}"#) == ["right: only one of left, right may be given"])
    #expect(try shapes.roundTrip(#"{"left":null,"right":"x"}"#) == #"{"right":"x"}"#)
  }

  @Test func nullIsAbsentExceptAsAFreeValue() throws {
    #expect(try shapes.roundTrip(#"{"string_value":null,"inner":null,"packed":null,"speed_mps":null}"#) == "{}")
    #expect(try shapes.roundTrip(#"{"any":null,"anys":[null]}"#) == #"{"any":null,"anys":[null]}"#)
    #expect(shapes.violations(#"{"texts":[null]}"#) == ["texts[0]: must be a text"])
    #expect(shapes.violations(#"{"metrics":{"a":null}}"#) == ["metrics.a: must be a number"])
  }

  @Test func keepsPresence() throws {
    #expect(try shapes.roundTrip(#"{"speed_mps":0,"name":"","inner":{}}"#).contains(#""speed_mps":0,"name":"""#))
    #expect(try shapes.text(shapes.encode("{}")).contains("speed_mps") == false)
  }

  // MARK: Types

  @Test(arguments: [
    (#"{"double_value":"1"}"#, "double_value: must be a number"),
    (#"{"double_value":1e400}"#, "double_value: is too large for a number"),
    (#"{"float_value":1e39}"#, "float_value: is too large for a 32-bit number"),
    (#"{"int32_value":2147483648}"#, "int32_value: must be from -2147483648 to 2147483647"),
    (#"{"int32_value":"5"}"#, "int32_value: must be a whole number"),
    (#"{"int32_value":1.5}"#, "int32_value: must be a whole number"),
    (#"{"uint64_value":-1}"#, "uint64_value: must be from 0 to 18446744073709551615"),
    (#"{"uint64_value":18446744073709551616}"#, "uint64_value: must be from 0 to 18446744073709551615"),
    (#"{"uint64_value":1e19}"#, "uint64_value: must be from 0 to 18446744073709551615"),
    (#"{"uint64_value":"0x10"}"#, "uint64_value: must be a whole number"),
    (#"{"uint64_value":" 1"}"#, "uint64_value: must be a whole number"),
    (#"{"uint64_value":"+1"}"#, "uint64_value: must be a whole number"),
    (#"{"uint64_value":true}"#, "uint64_value: must be a whole number, or a text of one"),
    (#"{"bool_value":1}"#, "bool_value: must be true or false"),
    (#"{"bool_value":"true"}"#, "bool_value: must be true or false"),
    (#"{"string_value":1}"#, "string_value: must be a text"),
    (#"{"string_value":"a\u0000b"}"#, "string_value: must not hold U+0000"),
    (#"{"string_value":"\ud800"}"#, "string_value: holds half of a surrogate pair"),
    (#"{"string_value":"\ude00x"}"#, "string_value: holds half of a surrogate pair"),
    (#"{"bytes_value":"A"}"#, "bytes_value: must be a text of base64"),
    (#"{"bytes_value":"AB=="}"#, "bytes_value: must be a text of base64"),
    (#"{"bytes_value":"A*=="}"#, "bytes_value: must be a text of base64"),
    (#"{"bytes_value":"AA==="}"#, "bytes_value: must be a text of base64"),
    (#"{"verdict":"PASS"}"#, "verdict: must be one of pass, fail, not_run"),
    (#"{"verdict":"unspecified"}"#, "verdict: must be one of pass, fail, not_run"),
    (#"{"verdict":1}"#, "verdict: must be one of pass, fail, not_run"),
    (#"{"foreign":"x"}"#, "foreign: must be one of unknown, serving"),
    (#"{"inner":[]}"#, "inner: must be an object"), (#"{"packed":1}"#, "packed: must be an array"),
    (#"{"packed":[1,"x"]}"#, "packed[1]: must be a whole number"), (#"{"metrics":[]}"#, "metrics: must be an object"),
    (#"{"text_by_number":{"x":"a"}}"#, "text_by_number.x: must be a whole number"),
    (#"{"text_by_flag":{"yes":"a"}}"#, "text_by_flag.yes: must be true or false"),
    (#"{"metrics":{"a\u0000":1}}"#, "metrics[\"a\\u0000\"]: must not hold U+0000"),
    (#"{"free":[]}"#, "free: must be an object"), (#"{"free":{"a":1e999}}"#, "free.a: is too large for a number"),
    (#"{"free":{"":"\u0000"}}"#, "free[\"\"]: must not hold U+0000"), (#"{"list":{}}"#, "list: must be an array"),
    (#"{"time":5}"#, "time: must be a time by RFC 3339 such as 2026-01-31T12:00:00.5Z"),
    (#"{"span":"1.5"}"#, "span: must be a time span such as 1.5s"), ("[]", ": must be an object"),
  ])
  func refusesAWrongValue(document: String, violation: String) {
    #expect(shapes.violations(document) == [violation])
  }

  @Test(arguments: [
    (#"{"uint64_value":9007199254740991}"#, #"{"uint64_value":9007199254740991}"#),
    (#"{"uint64_value":9007199254740992}"#, #"{"uint64_value":"9007199254740992"}"#),
    (#"{"uint64_value":9007199254740993}"#, #"{"uint64_value":"9007199254740993"}"#),
    (#"{"uint64_value":"7"}"#, #"{"uint64_value":7}"#),
    (#"{"int64_value":"-9223372036854775808"}"#, #"{"int64_value":"-9223372036854775808"}"#),
    (#"{"int64_value":-9007199254740991}"#, #"{"int64_value":-9007199254740991}"#),
    (#"{"uint32_value":5.0}"#, #"{"uint32_value":5}"#), (#"{"int32_value":-1.2e3}"#, #"{"int32_value":-1200}"#),
    (#"{"double_value":0.1}"#, #"{"double_value":0.1}"#), (#"{"double_value":1e21}"#, #"{"double_value":1e+21}"#),
    (#"{"double_value":5e-324}"#, #"{"double_value":5e-324}"#), (#"{"double_value":-0.0}"#, #"{"double_value":-0.0}"#),
    (#"{"double_value":100}"#, #"{"double_value":100}"#), (#"{"float_value":0.1}"#, #"{"float_value":0.1}"#),
    (#"{"string_value":"\u00e9\ud83d\ude97\/\b"}"#, #"{"string_value":"é🚗/\b"}"#),
    (#"{"bytes_value":"-_8"}"#, #"{"bytes_value":"+/8="}"#), (#"{"bytes_value":"+/8="}"#, #"{"bytes_value":"+/8="}"#),
    (#"{"free":{"b":1,"a":{}}}"#, #"{"free":{"a":{},"b":1}}"#), (#"{"free":{}}"#, #"{"free":{}}"#),
    (#"{"list":[]}"#, #"{"list":[]}"#), (#"{"any":{"a":[[],{}]}}"#, #"{"any":{"a":[[],{}]}}"#),
    (#"{"texts":[""]}"#, #"{"texts":[""]}"#), (#"{"packed":[]}"#, "{}"), (#"{"packed":[0]}"#, #"{"packed":[0]}"#),
    (#"{"metrics":{"":0}}"#, #"{"metrics":{"":0}}"#),
  ])
  func keepsAValue(document: String, expected: String) throws {
    #expect(try shapes.roundTrip(document) == expected)
  }

  // MARK: Bodies and addresses

  @Test func unknownMembersFoldIntoAStruct() throws {
    let scenario = try ProtoJSONTranscoder.shape("Scenario")
    let options = ProtoJSONTranscoder.EncodingOptions(foldField: "parameters")
    let document = #"{"type":"emergency_braking","initial_speed":60,"parameters":{"mu":0.8},"nested":{"a":[1]}}"#
    #expect(
      try scenario.text(scenario.encode(document, options), .init(emitsDefaults: false))
        == #"{"type":"emergency_braking","parameters":{"initial_speed":60,"mu":0.8,"nested":{"a":[1]}}}"#)
    #expect(scenario.violations(#"{"mu":1,"parameters":{"mu":2}}"#, options) == ["mu: given more than once"])
    #expect(scenario.violations(#"{"x":1,"x":2}"#, options) == ["x: given more than once"])
    #expect(scenario.violations(#"{"parameters":5}"#, options) == ["parameters: must be an object"])
    #expect(try scenario.encode(#"{"type":""}"#, options).isEmpty)
  }

  @Test func aBodyIsOneFieldOfTheMessage() throws {
    let wrapper = try ProtoJSONTranscoder.shape("Wrapper")
    let one = ProtoJSONTranscoder.EncodingOptions(bodyField: "scenario", foldField: "parameters")
    #expect(
      try wrapper.text(wrapper.encode(#"{"type":"t","mu":1}"#, one), .init(bodyField: "scenario", emitsDefaults: false))
        == #"{"type":"t","parameters":{"mu":1}}"#)
    let many = ProtoJSONTranscoder.EncodingOptions(bodyField: "scenarios")
    #expect(
      try wrapper.text(wrapper.encode(#"[{"type":"a"},{"type":"b"}]"#, many), .init(emitsDefaults: false))
        == #"{"scenarios":[{"type":"a"},{"type":"b"}]}"#)
    #expect(
      try wrapper.text(wrapper.encode(#"{"type":"a"}"#, many), .init(emitsDefaults: false))
        == #"{"scenarios":[{"type":"a"}]}"#)
    #expect(wrapper.violations(#"[{"type":"a"},{"typ":"b"}]"#, many) == ["[1].typ: no such field"])
    let numbers = ProtoJSONTranscoder.EncodingOptions(bodyField: "numbers")
    #expect(try wrapper.text(wrapper.encode("[1,2]", numbers), .init(bodyField: "numbers")) == "[1,2]")
    #expect(throws: ProtoJSONError.self) { try wrapper.encode("{}", .init(bodyField: "nothing")) }
  }

  @Test func anAddressGivesFields() throws {
    let query = try ProtoJSONTranscoder.shape("Query")
    let parameters = try query.encode(parameters: [
      ("id", "twin-001"), ("limit", "10"), ("from", "2026-01-31T13:00:00+01:00"), ("verdict", "pass"), ("tags", "a"),
      ("tags", "b"), ("full", "true"), ("interval_s", "0.5"),
    ])
    #expect(
      try query.text(parameters)
        == """
        {"id":"twin-001","limit":10,"from":"2026-01-31T12:00:00Z","verdict":"pass","tags":["a","b"],"full":true,\
        "interval_s":0.5}
        """)
    let joined =
      try query.encode(#"{"limit":5}"#, .init(reservedFields: ["id"])) + query.encode(parameters: [("id", "x")])
    #expect(try query.text(joined, .init(emitsDefaults: false)) == #"{"id":"x","limit":5}"#)
    #expect(query.violations(#"{"id":"y"}"#, .init(reservedFields: ["id"])) == ["id: given by the address already"])
  }

  @Test func refusesAWrongAddress() throws {
    let query = try ProtoJSONTranscoder.shape("Query")
    let wrong = [
      ("limit", "ten"), ("from", "now"), ("verdict", ""), ("full", "yes"), ("interval_s", "NaN"), ("inner", "{}"),
      ("idd", ""), ("id", "a\u{0}"),
    ]
    let error = #expect(throws: ProtoJSONError.self) { try query.encode(parameters: wrong) }
    #expect(error?.violations.map(\.path) == wrong.map(\.0))
    #expect(throws: ProtoJSONError(.invalidFields, [.init(path: "id", message: "given more than once")])) {
      try query.encode(parameters: [("id", "a"), ("id", "b")])
    }
  }
}
