import ProtoJSON
import Testing

@Suite struct TimeTests {
  let shapes: ProtoJSONTranscoder

  init() throws { shapes = try .shape("Shapes") }

  // Seconds by Python's datetime.
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z"),
    ("2000-02-29T23:59:59Z", 951_868_799, 0, "2000-02-29T23:59:59Z"),
    ("2026-01-31t12:00:00.123456789z", 1_769_860_800, 123_456_789, "2026-01-31T12:00:00.123456789Z"),
    ("2026-01-31T12:00:00.1200+05:30", 1_769_841_000, 120_000_000, "2026-01-31T06:30:00.120Z"),
    ("2026-01-31T12:00:00.00001-08:00", 1_769_889_600, 10_000, "2026-01-31T20:00:00.000010Z"),
    ("1969-12-31T23:59:59.999Z", -1, 999_000_000, "1969-12-31T23:59:59.999Z"),
    ("0001-01-01T00:00:00Z", -62_135_596_800, 0, "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999, "9999-12-31T23:59:59.999999999Z"),
    ("1900-03-01T00:00:00Z", -2_203_891_200, 0, "1900-03-01T00:00:00Z"),
  ])
  func readsAndWritesAMoment(text: String, seconds: Int, nanos: Int, written: String) throws {
    let wire = try shapes.encode("{\"time\":\"\(text)\"}")
    #expect(try shapes.text(wire, .init(emitsDefaults: false)) == "{\"time\":\"\(written)\"}")
    let fields = try ProtoJSONTranscoder.shape("Seconds").text(Array(wire.dropFirst(3)))
    #expect(fields == "{\"seconds\":\(seconds),\"nanos\":\(nanos)}")
  }

  @Test(arguments: [
    "", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z",
    "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T23:59:60Z", "2026-01-31T12:00:00.Z",
    "2026-01-31T12:00:00.1234567890Z", "2026-01-31T12:00:00+0530", "2026-01-31T12:00:00+24:00",
    "2026-01-31T12:00:00Zx", "26-01-31T12:00:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00", "2026-1-31T12:00:00Z", "+2026-01-31T12:00:00Z",
  ])
  func refusesAMoment(text: String) {
    #expect(shapes.violations("{\"time\":\"\(text)\"}").map { $0.prefix(5) } == ["time:"])
  }

  @Test(arguments: [
    ("0s", "0s"), ("1.5s", "1.500s"), ("-0.25s", "-0.250s"), ("0.000001s", "0.000001s"),
    ("0.000000001s", "0.000000001s"), ("315576000000s", "315576000000s"),
    ("-315576000000.000000000s", "-315576000000s"),
    ("007s", "7s"),
  ])
  func readsAndWritesASpan(text: String, written: String) throws {
    #expect(try shapes.roundTrip("{\"span\":\"\(text)\"}") == "{\"span\":\"\(written)\"}")
  }

  @Test(arguments: [
    "", "s", "1", "1.s", ".5s", "1.5", "1.5 s", "+1s", "--1s", "1e3s", "315576000001s", "1.0000000001s", "1h",
  ])
  func refusesASpan(text: String) {
    #expect(shapes.violations("{\"span\":\"\(text)\"}").count == 1)
  }

  /// Every day of 400 years, the cycle of the calendar, once: each comes back, and each follows the one before.
  @Test func everyDayFollowsTheOneBefore() throws {
    let times = try ProtoJSONTranscoder.shape("Times")
    let days = 146_097
    var wire: [UInt8] = []
    // From 1900-01-01 on, without the epoch itself, whose encoding has no field.
    for day in 0..<days where day != 25_567 {
      let moment = [0x08] + varint(UInt64(bitPattern: Int64(day - 25_567) * 86_400))
      wire += [0x0A, UInt8(moment.count)] + moment
    }
    let text = try times.text(wire, .init(bodyField: "times"))
    #expect(try times.encode(text, .init(bodyField: "times")) == wire)
    let dates = text.dropFirst().dropLast().split(separator: ",").map { $0.dropFirst().prefix(10) }
    #expect(dates.first == "1900-01-01")
    #expect(dates.last == "2299-12-31")
    #expect(zip(dates, dates.dropFirst()).allSatisfy { $0 < $1 })
    #expect(dates.count == days - 1)
  }
}
