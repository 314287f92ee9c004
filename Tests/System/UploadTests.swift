import Foundation
import PostgresDriver
import PostgresTesting
import SystemTesting
import Testing
import TwinProto
import Waiting

/// Files of telemetry over REST and from the command line, worked off by real processes that are killed meanwhile.
extension SystemTests {
  @Suite(.serialized) struct UploadTests {
    private static let path = "/api/v1/twin/telemetry:batch"

    /// Half an hour ago, since what is too old or in the future isn't taken.
    private static let start = Date(timeIntervalSince1970: (Date.now.timeIntervalSince1970 - 7_200).rounded())
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static func time(_ sequence: Int) -> String { (start + Double(sequence) * 0.1).formatted(style) }

    private static func line(_ sequence: Int, _ vehicle: String) -> String {
      """
      {"physical_vehicle_id":"\(vehicle)","sequence":\(sequence),"time":"\(time(sequence))","x_m":\(sequence),"y_m":2}

      """
    }

    /// Makes a twin and returns its id.
    private func twin(_ suite: SuiteProcesses, _ vehicle: String) async throws -> String {
      let made = try await suite.rest.call(
        "POST", "/api/v1/twin/vehicles", json: #"{"physical_vehicle_id":"\#(vehicle)","model_type":"sedan"}"#)
      return try #require(made.value("id") as? String, "\(made.text)")
    }

    private func post(
      _ suite: SuiteProcesses, _ body: Data, _ type: String, query: String = "", headers: [String: String] = [:]
    ) async throws -> RESTClient.Answer {
      try await suite.rest.call(
        "POST", Self.path + query, body: body, headers: headers.merging(["Content-Type": type]) { $1 })
    }

    /// The upload once it has ended.
    private func ended(_ suite: SuiteProcesses, _ answer: RESTClient.Answer) async throws -> RESTClient.Answer {
      #expect(answer.status == 202, "\(answer.text)")
      let location = try #require(answer.headers["location"], "\(answer.text)")
      #expect(location == "/api/v1/twin/uploads/\(answer.value("id") as? String ?? "")")
      var last = answer
      try await eventually(
        "the upload ends", tries: 1_200, explanation: { "state-sync's log ends:\n\(suite.logTail("state-sync"))" }
      ) {
        last = try await suite.rest.call("GET", location)
        return ["completed", "failed"].contains(last.value("status") as? String)
      }
      return last
    }

    private func counts(_ answer: RESTClient.Answer) -> [Int] {
      ["rows", "accepted", "duplicate", "late", "rejected"].map { answer.value($0) as? Int ?? -1 }
    }

    @Test func filesAreTakenOverREST() async throws {
      let suite = try await SystemTests.shared.processes()
      let id = try await twin(suite, "UP-1")
      let lines = (1...300).map { Self.line($0, $0 % 3 == 0 ? "UP-0" : "UP-1") }
      let ndjson = try await ended(
        suite, try await post(suite, Data(lines.joined().utf8), "application/x-ndjson; charset=utf-8"))
      #expect(ndjson.value("status") as? String == "completed", "\(ndjson.text)")
      #expect(counts(ndjson) == [300, 200, 0, 0, 100], "\(ndjson.text)")
      #expect(ndjson.value("rejections", "0", "reason") as? String == "unknown_vehicle")
      #expect(ndjson.value("rejections", "0", "row") as? Int == 3)
      // In pages.
      let address = "/api/v1/twin/uploads/\(ndjson.value("id") as? String ?? "")/rejections?page_size=60"
      let first = try await suite.rest.call("GET", address)
      #expect((first.value("rejections") as? [Any])?.count == 60, "\(first.text)")
      let token = try #require(first.value("next_page_token") as? String)
      let escaped = try #require(token.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
      let second = try await suite.rest.call("GET", "\(address)&page_token=\(escaped)")
      #expect((second.value("rejections") as? [Any])?.count == 40)
      #expect(second.value("rejections", "0", "row") as? Int == 183)

      // The same samples as a table, compressed, and some more.
      let csv = "sequence,time,x_m,y_m\r\n" + (295...310).map { "\($0),\(Self.time($0)),\($0),2\r\n" }.joined()
      let file = suite.folder.appendingPathComponent("table.csv")
      try Data(csv.utf8).write(to: file)
      let packed = try await Child.run(URL(fileURLWithPath: "/usr/bin/gzip"), ["-9", "-f", file.path])
      #expect(packed.status == 0, "\(packed.errors)")
      let table = try await ended(
        suite,
        try await post(
          suite, try Data(contentsOf: file.appendingPathExtension("gz")), "text/csv", query: "?vehicle_id=\(id)",
          headers: ["Content-Encoding": "gzip"]))
      #expect(counts(table) == [16, 12, 4, 1, 0], "\(table.text)")
      let history = try await suite.rest.call("GET", "/api/v1/twin/vehicles/\(id)/history?source=upload&limit=1000")
      #expect((history.value("samples") as? [Any])?.count == 212)

      // A repeat is the first one.
      let key = ["Idempotency-Key": UUID().uuidString]
      let body = Data(Self.line(400, "UP-1").utf8)
      let one = try await post(suite, body, "application/jsonl", headers: key)
      let two = try await post(suite, body, "application/jsonl", headers: key)
      #expect(two.status == 202 && two.value("id") as? String == one.value("id") as? String)
      let other = try await post(suite, body, "text/csv", headers: key)
      #expect(other.status == 409 && other.value("code") as? String == "REQUEST_ID_REUSED", "\(other.text)")
    }

    @Test func whatIsNoUploadIsRefused() async throws {
      let suite = try await SystemTests.shared.processes()
      let body = Data(Self.line(1, "UP-9").utf8)
      let type = try await post(suite, body, "application/xml")
      #expect(type.status == 415, "\(type.text)")
      #expect((type.value("detail") as? String)?.contains("application/x-ndjson") == true)
      let coding = try await post(suite, body, "text/csv", headers: ["Content-Encoding": "br"])
      #expect(coding.status == 415)
      let parameter = try await post(suite, body, "text/csv", query: "?vehicle=1")
      #expect(parameter.status == 400 && parameter.value("errors", "0", "field") as? String == "vehicle")
      let format = try await post(suite, body, "text/csv", query: "?format=xml")
      #expect(format.status == 400)
      let empty = try await post(suite, Data(), "text/csv")
      #expect(empty.status == 400 && empty.value("errors", "0", "field") as? String == "body", "\(empty.text)")
      let unknown = try await suite.rest.call("GET", "/api/v1/twin/uploads/upload-999999")
      #expect(unknown.status == 404 && unknown.value("code") as? String == "UPLOAD_NOT_FOUND")
      let header = try await ended(suite, try await post(suite, Data("a,b\n1,2\n".utf8), "text/csv"))
      #expect(header.value("status") as? String == "failed")
      #expect((header.value("error") as? String)?.contains("column 'a' isn't known") == true)
      // Its type by the address.
      let stated = try await ended(
        suite, try await post(suite, body, "application/octet-stream", query: "?format=ndjson"))
      #expect(counts(stated) == [1, 0, 0, 0, 1])
    }

    @Test func aKillInTheMidstChangesNoCount() async throws {
      let suite = try await SystemTests.shared.processes()
      for vehicle in ["KILL-1", "KILL-2"] { _ = try await twin(suite, vehicle) }
      // Of three rows one repeats an earlier one; the last of ten comes late.
      var lines: [String] = []
      for block in 0..<2_000 {
        let vehicle = block % 2 == 0 ? "KILL-1" : "KILL-2"
        let first = block / 2 * 10 + 1
        lines += (0..<9).map { Self.line(first + ($0 == 8 ? 9 : $0), vehicle) } + [Self.line(first + 8, vehicle)]
        lines += (0..<5).map { Self.line(first + $0, vehicle) }
      }
      let answer = try await post(suite, Data(lines.joined().utf8), "application/x-ndjson")
      #expect(answer.status == 202, "\(answer.text)")
      let database = try await suite.databaseForQuestions()
      let connection = try await PostgresConnection.connect(database.admin)
      func stored() async throws -> Int64 {
        try await connection.query(
          "SELECT count(*) FROM state_sync.telemetry_samples WHERE physical_vehicle_id LIKE 'KILL-%'")[0]
          .decode(Int64.self)
      }
      for share in [1_000, 7_000, 13_000] as [Int64] {
        try await eventually("so many rows are stored") { try await stored() >= share }
        try await suite.kill("state-sync")
        try await suite.launch("state-sync")
      }
      try await suite.awaitReady("state-sync")
      let upload = try await ended(suite, answer)
      #expect(upload.value("status") as? String == "completed", "\(upload.text)")
      #expect(counts(upload) == [30_000, 20_000, 10_000, 2_000, 0], "\(upload.text)")
      #expect(try await stored() == 20_000)
      await connection.close()
      let left = try FileManager.default.contentsOfDirectory(
        atPath: suite.folder.appendingPathComponent("state-sync-uploads").path)
      #expect(left == ["folder.name"])
    }

    @Test func memoryDoesNotGrowWithTheFile() async throws {
      let suite = try await SystemTests.shared.processes()
      let vehicles = (1...20).map { "MEM-\($0)" }
      for vehicle in vehicles { _ = try await twin(suite, vehicle) }
      func file(_ sequences: ClosedRange<Int>) -> Data {
        Data(sequences.map { sequence in vehicles.map { Self.line(sequence, $0) }.joined() }.joined().utf8)
      }
      func peak(after file: Data) async throws -> Int {
        let upload = try await ended(suite, try await post(suite, file, "application/x-ndjson"))
        #expect(upload.value("status") as? String == "completed", "\(upload.text)")
        #expect(upload.value("accepted") as? Int == upload.value("rows") as? Int)
        return try #require(await suite.peakMemory("state-sync"))
      }
      // Enough for every buffer to have its length.
      let small = try await peak(after: file(1...1_000))
      let growth = try await peak(after: file(1_001...6_000)) - small
      // Half of what its samples alone would take.
      let bound = 5_000 * vehicles.count * MemoryLayout<TelemetrySample>.stride / 2
      #expect(growth < bound, "grew by \(growth) from \(small) bytes")
      print("state-sync's peak memory grew by \(growth) from \(small) bytes with 100,000 rows; bound \(bound)")
    }

    @Test func theCommandLineTellsByItsExitHowItWent() async throws {
      let suite = try await SystemTests.shared.processes()
      let id = try await twin(suite, "CTL-1")
      func upload(_ name: String, _ text: String, _ arguments: [String]) async throws -> Child.Outcome {
        let file = suite.folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return try await Child.run(
          Programs.file("twinctl"), ["upload", file.path, "--server", suite.address("state-sync")] + arguments)
      }
      let rows = (1...50).map { "\($0),\(Self.time($0)),20\n" }.joined()
      let good = try await upload(
        "good.csv", "sequence,time,speed_mps\n" + rows, ["--vehicle", id, "--source", "logger", "--wait"])
      #expect(good.status == 0, "\(good.errors)\(good.output)")
      #expect(good.output.contains("rows 50  accepted 50  duplicate 0  late 0  rejected 0"))
      let again = try await upload(
        "again.csv", "sequence,time,speed_mps\n" + rows + "51,\(Self.time(51)),999\n",
        ["--vehicle", id, "--source", "logger", "--wait"])
      #expect(again.status == 1)
      #expect(again.output.contains("rows 51  accepted 0  duplicate 50  late 0  rejected 1"), "\(again.output)")
      #expect(again.output.contains("row 51: line 52: speed_mps must lie in -50 to 150"))
      let wrong = try await upload("wrong.csv", "speed\n1\n", ["--vehicle", id, "--wait"])
      #expect(wrong.status == 2 && wrong.output.contains("column 'speed' isn't known"))
      let sent = try await upload("sent.jsonl", Self.line(60, "CTL-1"), [])
      #expect(sent.status == 0 && sent.output.contains("upload-"))
      let unknown = try await upload("what.txt", "", [])
      #expect(unknown.status == 64)
    }
  }
}
