import Foundation
import NIOPosix
import RPCCore
import RPCTransport
import SimulationBehaviour
import SystemTesting
import Testing
import TwinProto
import Waiting

/// Calibrating a twin through REST and the command line, over the restart of the service.
extension SystemTests {
  @Suite(.serialized) struct CalibrationTests {
    /// The driver who is to be found.
    private static let driver = DriverParameters(timeHeadway: 1, maxAcceleration: 2, comfortableDeceleration: 2.5)

    private struct Row {
      var time: Double
      var leaderSpeed: Double
      var speed: Double
      var gap: Double
    }

    /// The driver behind a leader whose speed goes up and down by 1 m/s², five seconds each, at 10 Hz.
    private static func drive(seconds: Int) -> [Row] {
      var follower = CarFollower(driver, gap: 20, speed: 12, leaderSpeed: 12)
      func leader(_ step: Int) -> Double {
        let phase = step % 100
        return 12 + 0.1 * Double(phase < 50 ? phase : 100 - phase)
      }
      return (0..<seconds * 10).map { step in
        let row = Row(
          time: Double(step) / 10, leaderSpeed: leader(step), speed: follower.speed, gap: follower.gap)
        follower.advance(leaderFrom: leader(step), to: leader(step + 1))
        return row
      }
    }

    private static func document(_ rows: [Row]) -> String {
      let samples = rows.map {
        #"{"t_s":\#($0.time),"leader_speed_mps":\#($0.leaderSpeed),"speed_mps":\#($0.speed),"gap_m":\#($0.gap)}"#
      }
      return #"{"kind":"car_following","samples":[\#(samples.joined(separator: ","))]}"#
    }

    private static func createTwin() async throws -> (rest: RESTClient, id: String) {
      let rest = try await SystemTests.shared.processes().rest
      try await eventually("every service answers") { (try? await rest.call("GET", "/health").status) == 200 }
      let twin = try await rest.call(
        "POST", "/api/v1/twin/vehicles",
        json: #"{"physical_vehicle_id":"AV-C\#(UUID().uuidString.prefix(8))","model_type":"sedan"}"#)
      return (rest, try #require(twin.value("id") as? String, "\(twin.text)"))
    }

    /// A member of an object in an answer, such as `parameters.time_headway_s.value`.
    private static func number(_ answer: RESTClient.Answer, _ path: String) -> Double? {
      let names = path.split(separator: ".").map(String.init)
      var value = answer.value(names[0])
      for name in names.dropFirst() { value = (value as? [String: Any])?[name] }
      return value as? Double
    }

    private static func driverHeadway(of id: String) async throws -> Double? {
      let suite = try await SystemTests.shared.processes()
      let target = try #require(RPCTarget(suite.address("twin-engine")))
      let client = try RPCClient(RPCClientConfiguration(target: target), group: MultiThreadedEventLoopGroup.singleton)
      defer { client.shutDown() }
      let snapshot = try await TwinServiceClient(client).getTwinSnapshot(
        GetTwinSnapshotRequest(id: id), options: CallOptions(timeout: .seconds(10)))
      guard case .numberValue(let number)? = snapshot.driverParameters?.fields["time_headway_s"]?.kind else {
        return nil
      }
      return number
    }

    @Test func aCalibrationIsUsedUntilItIsTakenBack() async throws {
      let (rest, id) = try await Self.createTwin()
      let path = "/api/v1/twin/vehicles/\(id)"
      #expect(try await Self.driverHeadway(of: id) == 1.6)
      let key = ["Idempotency-Key": UUID().uuidString]
      let body = Self.document(Self.drive(seconds: 40))
      let first = try await rest.call("POST", "\(path)/calibrate", json: body, headers: key)
      #expect(first.status == 200, "\(first.text)")
      #expect(first.value("version") as? Int == 1, "\(first.text)")
      #expect(first.value("kind") as? String == "car_following")
      #expect(first.value("active") as? Bool == true)
      let headway = try #require(Self.number(first, "parameters.time_headway_s.value"), "\(first.text)")
      #expect(try #require(Self.number(first, "parameters.time_headway_s.std")) > 0)
      #expect(try #require(Self.number(first, "holdout.gap_rmse_m")) < 0.5)
      #expect(Self.number(first, "fit.gap_rmse_m") != nil)
      let again = try await rest.call("POST", "\(path)/calibrate", json: body, headers: key)
      #expect(again.text == first.text)

      // The twin uses it, over a kill of the service, too.
      let suite = try await SystemTests.shared.processes()
      for isRestarted in [false, true] {
        if isRestarted {
          try await suite.kill("twin-engine")
          try await suite.launch("twin-engine")
          try await suite.awaitReady("twin-engine")
          try await eventually("twin-engine answers the edge again") {
            (try? await rest.call("GET", path).status) == 200
          }
        }
        let twin = try await rest.call("GET", path)
        #expect(twin.value("calibration_version") as? Int == 1, "\(twin.text)")
        #expect(Self.number(twin, "parameters.time_headway_s") == headway, "\(twin.text)")
        #expect(try await Self.driverHeadway(of: id) == headway)
      }
      let listed = try await rest.call("GET", "\(path)/calibrations")
      #expect((listed.value("calibrations") as? [Any])?.count == 1, "\(listed.text)")
      let one = try await rest.call("GET", "\(path)/calibrations/1")
      #expect(one.text == first.text)

      let none = try await rest.call("POST", "\(path)/calibrations/0/activate")
      #expect(none.status == 200, "\(none.text)")
      #expect(none.value("version") as? Int == 0, "\(none.text)")
      #expect(try await Self.driverHeadway(of: id) == 1.6)
      let back = try await rest.call("POST", "\(path)/calibrations/1/activate")
      #expect(Self.number(back, "parameters.time_headway_s") == headway, "\(back.text)")
      #expect(try await Self.driverHeadway(of: id) == headway)
      let unknown = try await rest.call("POST", "\(path)/calibrations/7/activate")
      #expect(unknown.status == 404, "\(unknown.text)")
      #expect(unknown.value("code") as? String == "CALIBRATION_NOT_FOUND")
    }

    @Test func wrongBodiesNameTheirFieldsAndBounds() async throws {
      let (rest, id) = try await Self.createTwin()
      let path = "/api/v1/twin/vehicles/\(id)/calibrate"
      let kind = try await rest.call("POST", path, json: #"{"kind":"engine"}"#)
      #expect(kind.status == 400, "\(kind.text)")
      let nothing = try await rest.call("POST", path, json: #"{"kind":"dynamics"}"#)
      #expect(nothing.status == 409, "\(nothing.text)")
      #expect(nothing.value("code") as? String == "CALIBRATION_INSUFFICIENT_DATA", "\(nothing.text)")
      let row = #"{"t_s":1,"leader_speed_mps":1,"speed_mps":1,"gap_m":1}"#
      // More rows than a message holds, in a body that may be as long.
      let rows = Array(repeating: row, count: 130_000).joined(separator: ",")
      let long = try await rest.call("POST", path, json: #"{"kind":"car_following","samples":[\#(rows)]}"#)
      #expect(long.status == 413, "\(long.text)")
      #expect(long.text.contains("at most 100000 samples"), "\(long.text)")
      let huge = try await rest.call("POST", path, json: String(repeating: " ", count: (16 << 20) + 1))
      #expect(huge.status == 413, "\(huge.text)")
      #expect(huge.text.contains("at most 100000 samples"), "\(huge.text)")
      for window in ["divergence?window_s=0.5", "validation?window_s=90000"] {
        let wrong = try await rest.call("GET", "/api/v1/twin/vehicles/\(id)/\(window)")
        #expect(wrong.status == 400, "\(wrong.text)")
        #expect(wrong.text.contains("window_s"), "\(wrong.text)")
      }
    }

    @Test func aTwinIsFittedToAndJudgedByItsOwnHistory() async throws {
      let (rest, id) = try await Self.createTwin()
      let path = "/api/v1/twin/vehicles/\(id)"
      let rows = Self.drive(seconds: 40)
      let start = Date().addingTimeInterval(-41)
      let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
      var x = 0.0
      let samples = rows.enumerated().map { index, row in
        x += 0.1 * row.speed
        let time = start.addingTimeInterval(row.time).formatted(style)
        return #"{"sequence":\#(index + 1),"time":"\#(time)","x_m":\#(x),"y_m":0,"heading_deg":90,"#
          + #""speed_mps":\#(row.speed),"leader_speed_mps":\#(row.leaderSpeed),"leader_gap_m":\#(row.gap)}"#
      }
      let pushed = try await rest.call("POST", "\(path)/telemetry", json: "[\(samples.joined(separator: ","))]")
      #expect(pushed.value("accepted") as? Int == rows.count, "\(pushed.text)")
      try await eventually("the twin has them all") {
        let state = try await rest.call("GET", "\(path)/state")
        return (state.value("sync") as? [String: Any])?["last_sequence"] as? Int == rows.count
      }
      let divergence = try await rest.call("GET", "\(path)/divergence?window_s=300")
      let channels = try #require(divergence.value("channels") as? [String: [String: Any]], "\(divergence.text)")
      #expect(channels["speed_mps"]?["count"] as? Int ?? 0 > 300, "\(divergence.text)")
      #expect(Self.number(divergence, "normalised_innovation") != nil, "\(divergence.text)")

      let fitted = try await rest.call("POST", "\(path)/calibrate", json: #"{"kind":"car_following"}"#)
      #expect(fitted.status == 200, "\(fitted.text)")
      #expect(Self.number(fitted, "parameters.time_headway_s.value") != nil, "\(fitted.text)")
      let validation = try await rest.call("GET", "\(path)/validation?window_s=300")
      #expect(validation.value("sample_count") as? Int == rows.count, "\(validation.text)")
      #expect(try #require(Self.number(validation, "physics_accuracy.value")) > 0.9, "\(validation.text)")
      #expect(Self.number(validation, "sensor_fidelity.value") != nil, "\(validation.text)")
      #expect(Self.number(validation, "behavioural_consistency.details.pedals_share") != nil, "\(validation.text)")
    }

    @Test func theCommandFitsALogAndGoesBack() async throws {
      let (_, id) = try await Self.createTwin()
      let suite = try await SystemTests.shared.processes()
      let server = ["--server", suite.address("twin-engine")]
      let file = suite.folder.appendingPathComponent("\(id).csv")
      let lines = Self.drive(seconds: 40).map { "\($0.time),\($0.leaderSpeed),\($0.speed),\($0.gap)" }
      let text = (["t_s,leader_speed_mps,speed_mps,gap_m"] + lines).joined(separator: "\n")
      try text.write(to: file, atomically: true, encoding: .utf8)
      let arguments = ["calibrate", id, "--kind", "car_following", "--log", file.path] + server
      let fitted = try await Child.run(Programs.file("twinctl"), arguments)
      #expect(fitted.status == 0, "\(fitted.output)\(fitted.errors)")
      #expect(fitted.output.contains("calibration 1 of \(id)  (car_following, in use)"), "\(fitted.output)")
      #expect(fitted.output.contains("time_headway_s"), "\(fitted.output)")
      let reverted = try await Child.run(Programs.file("twinctl"), ["calibrate", id, "--revert", "0"] + server)
      #expect(reverted.status == 0, "\(reverted.errors)")
      #expect(reverted.output.hasPrefix("\(id) uses no calibration"), "\(reverted.output)")

      try (text + "\n1,2,3,far\n").write(to: file, atomically: true, encoding: .utf8)
      let wrong = try await Child.run(Programs.file("twinctl"), arguments)
      #expect(wrong.status == 2)
      #expect(wrong.errors.contains("line 402, column gap_m"), "\(wrong.errors)")
      let unknown = try await Child.run(Programs.file("twinctl"), ["calibrate", "twin-000", "--revert", "1"] + server)
      #expect(unknown.status == 2)
      #expect(unknown.errors.contains("TWIN_NOT_FOUND"), "\(unknown.errors)")
      let nothing = try await Child.run(Programs.file("twinctl"), ["calibrate", id] + server)
      #expect(nothing.status == 64)
    }
  }
}
