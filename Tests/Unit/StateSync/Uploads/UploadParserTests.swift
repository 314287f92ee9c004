import FleetCore
import NIOCore
import ProtoJSON
import Testing
import TwinProto

@testable import StateSyncService

@Suite("Rows of uploaded files")
struct UploadParserTests {
  private let schema: ProtoJSONSchema

  init() throws { schema = try ProtoJSONSchema(fileDescriptorSet: TwinDescriptors.fileDescriptorSet) }

  /// The rows of a text that comes in pieces, as texts that can be compared.
  private func rows(_ parser: any UploadParser, _ pieces: [[UInt8]]) throws -> [String] {
    var parser = parser
    var rows: [String] = []
    for piece in pieces { try parser.parse(piece) { rows.append("\($0)") } }
    try parser.finish { rows.append("\($0)") }
    return rows
  }

  private func read(_ parser: any UploadParser, _ text: String) throws -> [UploadRow] {
    var parser = parser
    var rows: [UploadRow] = []
    try parser.parse(Array(text.utf8)) { rows.append($0) }
    try parser.finish { rows.append($0) }
    return rows
  }

  private func problem(_ row: UploadRow) -> RowProblem? {
    guard case .failure(let problem) = row.content else { return nil }
    return problem
  }

  // MARK: NDJSON

  @Test func linesBecomeRows() throws {
    let text =
      "\u{FEFF}{\"sequence\":1,\"time\":\"2026-01-31T12:00:00.5Z\",\"speed_mps\":12.5}\r\n\n  \n"
      + "{\"sequence\":2,\"vehicle_id\":\"twin-001\",\"source\":\"can\",\"sensors\":[{\"sensor_id\":\"front\"}]}"
    let rows = try read(try NDJSONRows(schema: schema), text)
    #expect(rows.map(\.number) == [1, 2])
    #expect(rows.map(\.line) == [1, 4])
    let first = try rows[0].content.get()
    #expect(first.sequence == 1 && first.speedMps == 12.5 && first.lat == nil)
    #expect(first.time == ProtoTimestamp(seconds: 1_769_860_800, nanos: 500_000_000))
    let second = try rows[1].content.get()
    #expect(second.vehicleID == "twin-001" && second.source == "can" && second.sensors.first?.sensorID == "front")
  }

  @Test func wrongLinesAreRejectedEachOnItsOwn() throws {
    let text = """
      {"sequence":1,"speed":5}
      {"sequence":"x"}
      {"sequence":3
      [1,2]
      {"sequence":5}
      """
    let rows = try read(try NDJSONRows(schema: schema), text)
    #expect(rows.count == 5)
    let problems = rows.map(problem)
    #expect(problems[0]?.reason == .unknownField && problems[0]?.field == "speed")
    #expect(problems[1]?.reason == .malformed && problems[1]?.field == "sequence")
    #expect(problems[2]?.reason == .malformed && problems[2]?.field == "")
    #expect(problems[3]?.reason == .malformed)
    #expect(problems[4] == nil)
  }

  @Test func aLineThatIsTooLongIsRejectedAndNotKept() throws {
    let long = "{\"sequence\":1," + String(repeating: " ", count: 3_000) + "\"speed_mps\":1}\n"
    for size in [1, 64, 5_000] {
      let bytes = Array((long + "{\"sequence\":2}\n").utf8)
      let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
      var parser = try NDJSONRows(schema: schema, maximumLine: 1_000)
      var rows: [UploadRow] = []
      for piece in pieces { try parser.parse(piece) { rows.append($0) } }
      try parser.finish { rows.append($0) }
      #expect(rows.count == 2)
      #expect(problem(rows[0])?.message == "is longer than 1000 bytes")
      #expect(try rows[1].content.get().sequence == 2)
    }
  }

  // MARK: CSV

  @Test func tablesBecomeRows() throws {
    let text =
      "\u{FEFF}physical_vehicle_id,sequence,time,speed_mps,lat,lon,gear\r\n"
      + "AV-001,1,2026-01-31T12:00:00.5Z,12.5,,,3\r\n" + "\"AV,\"\"2\"\"\",2,2026-01-31T12:00:01Z,,48.1,11.5,\r\n"
    let rows = try read(CSVRows(), text)
    #expect(rows.map(\.number) == [1, 2])
    #expect(rows.map(\.line) == [2, 3])
    let first = try rows[0].content.get()
    #expect(first.physicalVehicleID == "AV-001" && first.speedMps == 12.5 && first.lat == nil && first.gear == 3)
    #expect(first.time == ProtoTimestamp(seconds: 1_769_860_800, nanos: 500_000_000))
    let second = try rows[1].content.get()
    #expect(second.physicalVehicleID == "AV,\"2\"" && second.speedMps == nil && second.lat == 48.1)
  }

  @Test func everyFieldOfTheContractThatHoldsOneValueIsAColumn() throws {
    let names = Set(try schema.transcoder(for: TelemetrySample.messageName).fieldNames)
    #expect(Set(SampleColumn.allCases.map(\.rawValue)) == names.subtracting(["sensors"]))
  }

  @Test func eachColumnFillsTheFieldOfItsName() throws {
    let transcoder = try schema.transcoder(for: TelemetrySample.messageName)
    for column in SampleColumn.allCases {
      let isText = [.vehicleID, .physicalVehicleID, .source, .time].contains(column)
      let text = column == .time ? "2026-01-31T12:00:00Z" : "7"
      var sample = TelemetrySample()
      try column.read(text, into: &sample)
      let json = "{\"\(column.rawValue)\":\(isText ? "\"\(text)\"" : text)}"
      let expected = try TelemetrySample(serialized: .init(bytes: try transcoder.encode(json: Array(json.utf8))))
      #expect(sample == expected, "\(column)")
    }
  }

  @Test func aWrongHeaderFailsTheFile() {
    func failure(_ text: String) -> String? {
      do {
        _ = try read(CSVRows(), text)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(failure("sequence,time,speed\n")?.contains("column 'speed' isn't known") == true)
    #expect(failure("sequence,time,time\n") == "line 1: the header has the column 'time' twice")
    #expect(failure("sequence,speed_mps\n") == "line 1: the header has no column 'time'")
    #expect(failure("") == "the file has no header")
    #expect(failure("sequence,ti\"me\n")?.contains("the header can't be read") == true)
    #expect(failure("sequence,time\n") == nil)
  }

  @Test func wrongRowsAreRejectedEachOnItsOwn() throws {
    let text = """
      sequence,time,speed_mps
      1,2026-01-31T12:00:00Z,nan
      2,2026-01-31T12:00:00Z
      3,2026-01-31T12:00:00Z,1"2
      4,yesterday,1
      5,2026-01-31T12:00:00Z,"1"x
      6,2026-01-31T12:00:00Z,0x10
      7,2026-01-31T12:00:00Z,-1.5e1
      """
    let rows = try read(CSVRows(), text)
    #expect(rows.map(\.number) == [1, 2, 3, 4, 5, 6, 7])
    #expect(rows.map(\.line) == [2, 3, 4, 5, 6, 7, 8])
    let problems = rows.map(problem)
    #expect(problems.prefix(6).allSatisfy { $0?.reason == .malformed })
    #expect(problems.map { $0?.field } == ["speed_mps", "", "speed_mps", "time", "speed_mps", "speed_mps", nil])
    #expect(problems[0]?.sequence == 1)
    #expect(try rows[6].content.get().speedMps == -15)
  }

  // MARK: Properties

  /// Lines of all kinds, good, wrong and odd.
  private static func text(_ random: inout SeededGenerator, csv: Bool) -> [UInt8] {
    var bytes = csv ? Array("vehicle_id,sequence,time,speed_mps\n".utf8) : []
    let ends = ["\n", "\r\n"]
    for index in 0..<60 {
      let good =
        csv
        ? "\"twin,\(index)\",\(index),2026-01-31T12:00:00Z,\(index).5"
        : "{\"vehicle_id\":\"twin-ü\(index)\",\"sequence\":\(index),\"time\":\"2026-01-31T12:00:00Z\"}"
      var line = Array(good.utf8)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: line[Int.random(in: 0..<line.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      case 1: line.removeLast(Int.random(in: 1...line.count, using: &random))
      case 2: line = []
      case 3: line.insert(UInt8(ascii: "\""), at: Int.random(in: 0...line.count, using: &random))
      default: break
      }
      bytes += line + Array((ends.randomElement(using: &random) ?? "\n").utf8)
    }
    return bytes
  }

  @Test(arguments: [false, true])
  func howTheBytesAreSplitChangesNothing(_ csv: Bool) throws {
    var random = SeededGenerator(state: csv ? 11 : 7)
    for _ in 0..<40 {
      let bytes = Self.text(&random, csv: csv)
      func parser() throws -> any UploadParser { csv ? CSVRows() : try NDJSONRows(schema: schema) }
      let whole = try rows(try parser(), [bytes])
      #expect(!whole.isEmpty)
      var pieces: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(Int.random(in: 1...40, using: &random))
        pieces.append(Array(part))
        rest = rest.dropFirst(part.count)
      }
      #expect(try rows(try parser(), pieces) == whole)
    }
  }

  @Test(arguments: [false, true])
  func skippedRowsAreThoseThatComeFirst(_ csv: Bool) throws {
    var random = SeededGenerator(state: 3)
    let bytes = Self.text(&random, csv: csv)
    let whole = try rows(csv ? CSVRows() : try NDJSONRows(schema: schema), [bytes])
    for skipped in [1, 7, whole.count] {
      let rest = try rows(
        csv ? CSVRows(skip: UInt64(skipped)) : try NDJSONRows(schema: schema, skip: UInt64(skipped)), [bytes])
      #expect(rest == Array(whole.dropFirst(skipped)))
    }
  }
}
