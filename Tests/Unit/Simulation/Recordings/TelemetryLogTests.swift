import SimulationRecordings
import Testing

@Suite struct CSVParserTests {
  private func fields(_ text: String) throws -> [[String]] { try CSVParser.rows(of: text.utf8).map(\.fields) }

  @Test func `Quotes, commas, line breaks and empty fields are read as RFC 4180 says`() throws {
    let expected = [["a", "b,c", "d\"e"], ["", "2\n3", ""]]
    #expect(try fields("a,\"b,c\",\"d\"\"e\"\n,\"2\n3\",\n") == expected)
  }

  @Test(arguments: [1, 3, 1_000]) func `After a broken row that is tolerated the next line is read`(_ size: Int) throws
  {
    let text = "a,b\r\n1,2\"3\r\n\"4\n\",\"5\"x,6\n7,8\n\"9,10"
    var parser = CSVParser()
    var (rows, faults): ([CSVRow], [Int]) = ([], [])
    for start in stride(from: 0, to: text.utf8.count, by: size) {
      let piece = Array(Array(text.utf8)[start..<min(start + size, text.utf8.count)])
      try parser.parse(piece, fault: { faults.append($0.line) }, row: { rows.append($0) })
    }
    try parser.finish(fault: { faults.append($0.line) }, row: { rows.append($0) })
    #expect(rows.map(\.fields) == [["a", "b"], ["7", "8"]])
    #expect(rows.map(\.line) == [1, 5])
    #expect(faults == [2, 4, 6])
  }

  @Test func `Line ends, byte-order marks and blank lines don't matter`() throws {
    let expected = [["a", "b"], ["1", "2"]]
    for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "\u{feff}a,b\r\r1,2", "\n\na,b\n\n1,2"] {
      #expect(try fields(text) == expected)
    }
  }

  @Test func `Rows know their line, also after a field with line breaks`() throws {
    let rows = try CSVParser.rows(of: "a\n\"x\ny\"\n\nz\n".utf8)
    #expect(rows.map(\.line) == [1, 2, 5])
  }

  @Test func `A text gives the same rows in pieces of any size`() throws {
    let text = Array("a,\"b\r\nc\"\r\n1,2\r\n3,4".utf8)
    let whole = try CSVParser.rows(of: text)
    for size in 1...text.count {
      var parser = CSVParser()
      var rows: [CSVRow] = []
      for start in stride(from: 0, to: text.count, by: size) {
        try parser.parse(text[start..<min(start + size, text.count)]) { rows.append($0) }
      }
      try parser.finish { rows.append($0) }
      #expect(rows == whole)
    }
  }

  @Test(arguments: [
    ("a\n\"open", 2), ("a,b\"c", 1), ("a\n\"b\"c", 2), (String(repeating: "x", count: 70_000), 1),
  ])
  func `Broken texts are refused with their line`(text: String, line: Int) {
    let error = #expect(throws: CSVError.self) { try CSVParser.rows(of: text.utf8) }
    #expect(error?.line == line)
  }

  @Test func `Bytes that aren't UTF-8 are refused`() {
    let error = #expect(throws: CSVError.self) { try CSVParser.rows(of: [0x61, 0x2c, 0xff, 0x0a]) }
    #expect(error?.column == "2")
  }
}

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:30:45.5Z", 951_827_445_500_000_000),
    ("2026-11-21T03:04:05.123456789+01:30", 1_795_224_845_123_456_789),
    ("1969-12-31t23:59:59.000000001z", -999_999_999), ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
    ("2026-01-01 00:00:00-05:00", 1_767_243_600_000_000_000),
  ])
  func `Times are read to the nanosecond`(text: String, nanoseconds: Int64) {
    #expect(Timestamp.nanoseconds(text) == nanoseconds)
  }

  @Test(arguments: [
    "", "2026-01-01", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
    "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zx", "9999-01-01T00:00:00Z", "2026-01-01T00:61:00Z",
  ])
  func `Anything else is refused`(text: String) { #expect(Timestamp.nanoseconds(text) == nil) }
}

@Suite struct TelemetryLogTests {
  private func error(reading csv: String) -> CSVError? {
    do {
      _ = try TelemetryLog(csv: csv.utf8)
      return nil
    } catch { return error as? CSVError }
  }

  @Test func `Rows become samples from the first time on, empty fields stay unmeasured`() throws {
    let log = try TelemetryLog(
      csv: """
        time,physical_vehicle_id,speed_mps,lat,lon,heading_deg
        2026-01-01T00:00:00.0Z,AV-1,10,48.1,11.5,
        2026-01-01T00:00:00.1Z,AV-2,5,48.2,11.6,90
        2026-01-01T00:00:00.2Z,AV-1,12,,,180
        """.utf8)
    #expect(log.recordings.map(\.vehicle) == ["AV-1", "AV-2"])
    let first = log.recordings[0]
    #expect(first.samples.map(\.time) == [0, 0.2])
    #expect(first.samples[0].values.latitude == 48.1)
    #expect(first.samples[0].values.headingDegrees == nil)
    #expect(first.samples[1].values.latitude == nil)
    #expect(first.values(at: 0.1)?.speed == 11)
    #expect(first.values(at: 0.1)?.headingDegrees == nil)
    #expect(log.recordings[1].samples.map(\.time) == [0])
  }

  @Test func `Errors name line and column`() {
    #expect(
      error(reading: "t_s,speed_mps\n0,1\n1,x")
        == CSVError(line: 3, column: "speed_mps", reason: "must be a finite number or empty"))
    #expect(error(reading: "t_s,speed_mps\n0,1\n1,999")?.column == "speed_mps")
    #expect(error(reading: "t_s,speed_mps\n0,1\n,2")?.column == "t_s")
    #expect(error(reading: "time,speed_mps\nyesterday,2")?.column == "time")
    #expect(error(reading: "t_s,velocity\n0,1")?.column == "velocity")
    #expect(error(reading: "t_s,speed_mps,t_s\n0,1,2") == CSVError(line: 1, column: "t_s", reason: "appears twice"))
    #expect(error(reading: "speed_mps\n1")?.reason == "the header has no column time or t_s")
    #expect(error(reading: "t_s,time,speed_mps\n1,2,3")?.reason == "the header has both time and t_s")
    #expect(error(reading: "t_s,lat\n0,1") == CSVError(line: 1, column: "lat", reason: "needs the column lon"))
    #expect(
      error(reading: "t_s,x_m,y_m\n0,1,") == CSVError(line: 2, column: "y_m", reason: "is missing beside the other"))
    #expect(error(reading: "t_s,vehicle_id,speed_mps\n0,,1")?.column == "vehicle_id")
    #expect(error(reading: "t_s,sequence\n0,1")?.reason == "the header has no column with a measured value")
    #expect(error(reading: "t_s,speed_mps\n")?.reason == "the file has no rows")
    #expect(error(reading: "t_s,speed_mps\n0,1,2")?.line == 2)
  }

  @Test func `Disordered and repeated rows become one ascending recording`() throws {
    let log = try TelemetryLog(csv: "t_s,speed_mps\n5.2,3\n5.0,1\n5.1,2\n5.1,9\n".utf8)
    let times = log.recordings[0].samples.map { ($0.time * 1_000).rounded() }
    #expect(times == [0, 100, 200])
    #expect(log.recordings[0].samples.map { $0.values.speed } == [1, 2, 3])
  }

  @Test func `Headings turn the shorter way, gears hold, gaps stay gaps`() throws {
    let log = try TelemetryLog(csv: "t_s,heading_deg,gear\n0,350,1\n1,10,2\n5,20,3\n".utf8)
    let recording = log.recordings[0]
    #expect(abs(try #require(recording.values(at: 0.5)?.headingDegrees)) < 1e-9)
    #expect(recording.values(at: 0.5)?.gear == 1)
    #expect(recording.values(at: 3) == nil)
    #expect(recording.values(at: 5)?.gear == 3)
    #expect(recording.values(at: 5.1) == nil)
  }
}

@Suite struct ReplayPlanTests {
  @Test func `A cycle replays at ten samples a second with positions that fit its speeds`() throws {
    let cycle = try #require(CycleLibrary.cycle(named: "hwfet"))
    let items = Array(ReplayPlan(recordings: [Recording(driving: cycle)]))
    #expect(items.count == 7_651)
    #expect(items.map(\.sequence) == (1...7_651).map { UInt64($0) })
    #expect(abs(try #require(items.last?.values.x) - cycle.distance) < 1e-6)
    #expect(items[0].values.headingDegrees == 90)
    #expect(items.last?.due == 765)
  }

  @Test func `Vehicles share the period, a speed-up shortens the replay, not the drive`() {
    var values = TelemetryValues()
    values.speed = 1
    let recording = Recording(vehicle: nil, samples: (0...10).map { .init(time: Double($0) / 10, values: values) })
    let plan = ReplayPlan(recordings: [recording], vehicleCount: 4, rate: 10, speedUp: 2)
    let items = Array(plan)
    #expect(items.count == 44)
    #expect(items.count == plan.maximumCount)
    #expect(zip(items, items.dropFirst()).allSatisfy { $0.due < $1.due })
    #expect(items[1].due == 0.0125)
    #expect(items.map(\.vehicle).prefix(5) == [0, 1, 2, 3, 0])
    #expect(items[4].sequence == 2)
    #expect(items[4].time == 0.1)
    #expect(abs(plan.duration - items[43].due) < 1e-12)
  }

  @Test func `Recordings of different length each end on their own`() {
    var values = TelemetryValues()
    values.speed = 1
    func recording(_ seconds: Int) -> Recording {
      Recording(vehicle: nil, samples: (0...seconds).map { .init(time: Double($0), values: values) })
    }
    let items = Array(ReplayPlan(recordings: [recording(2), recording(5)], vehicleCount: 2, rate: 1))
    #expect(items.filter { $0.vehicle == 0 }.count == 3)
    #expect(items.filter { $0.vehicle == 1 }.count == 6)
  }
}
