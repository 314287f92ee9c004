import Foundation
import SimulationBehaviour
import SystemTesting
import Testing
import Waiting

/// From a car-following log to a calibrated twin, and to the gap that it keeps behind a leader it hasn't seen: through
/// REST alone.
extension SystemTests {
  @Suite(.serialized) struct CarFollowingTests {
    private struct Row {
      var time: Double
      var leaderSpeed: Double
      var speed: Double
      var gap: Double
    }

    /// A driver behind a leader that brakes and speeds up at irregular times, at 10 Hz.
    private static func drive(seconds: Int) -> [Row] {
      let driver = DriverParameters(
        timeHeadway: 1.1, standstillGap: 3, maxAcceleration: 1.5, reactionDelay: 0.3, gapGain: 0.1, speedGain: 0.6,
        idmShare: 0.6)
      let wanted = [14.0, 6, 11, 4, 16, 9, 13, 5, 15, 8, 12, 7]
      var leader = [12.0]
      for step in 0..<seconds * 10 {
        let target = wanted[(step / 73) % wanted.count]
        leader.append(leader[step] + min(0.15, max(-0.2, 0.05 * (target - leader[step]))))
      }
      var follower = CarFollower(driver, gap: 17, speed: 12, leaderSpeed: 12)
      return (0..<seconds * 10).map { step in
        let row = Row(time: Double(step) / 10, leaderSpeed: leader[step], speed: follower.speed, gap: follower.gap)
        follower.advance(leaderFrom: leader[step], to: leader[step + 1])
        return row
      }
    }

    @Test func aCalibratedTwinKeepsTheGapOfItsDriver() async throws {
      let rest = try await SystemTests.shared.processes().rest
      try await eventually("every service answers") { (try? await rest.call("GET", "/health").status) == 200 }
      let twin = try await rest.call(
        "POST", "/api/v1/twin/vehicles",
        json: #"{"physical_vehicle_id":"AV-F\#(UUID().uuidString.prefix(8))","model_type":"sedan"}"#)
      let id = try #require(twin.value("id") as? String, "\(twin.text)")
      let log = Self.drive(seconds: 60)
      let samples = log.map {
        #"{"t_s":\#($0.time),"leader_speed_mps":\#($0.leaderSpeed),"speed_mps":\#($0.speed),"gap_m":\#($0.gap)}"#
      }
      let fit = try await rest.call(
        "POST", "/api/v1/twin/vehicles/\(id)/calibrate",
        json: #"{"kind":"car_following","samples":[\#(samples.joined(separator: ","))]}"#)
      #expect(fit.status == 200, "\(fit.text)")
      let told = try #require((fit.value("holdout") as? [String: Any])?["gap_rmse_m"] as? Double, "\(fit.text)")
      #expect(told < 0.5)

      let held = Array(log[360...])
      let gaps = try await Self.gaps(rest, twin: id, behind: held)
      #expect(gaps.json.count == held.count)
      #expect(gaps.csv.count == held.count)
      #expect(zip(gaps.json, gaps.csv).allSatisfy { abs($0 - $1) < 1e-9 })
      let squares = zip(gaps.json, held).dropFirst().reduce(0) { $0 + ($1.0 - $1.1.gap) * ($1.0 - $1.1.gap) }
      let rmse = (squares / Double(held.count - 1)).squareRoot()
      // What the calibration said of the held-back part is what the scenario does.
      #expect(abs(rmse - told) < 1e-6)
    }

    /// The gap of every step, from both forms of the trace.
    private static func gaps(
      _ rest: RESTClient, twin: String, behind rows: [Row]
    ) async throws -> (json: [Double], csv: [Double]) {
      let leader = rows.map { #"{"t_s":\#($0.time),"speed_mps":\#($0.leaderSpeed)}"# }.joined(separator: ",")
      let scenario = try await rest.call(
        "POST", "/api/v1/twin/scenarios",
        json: """
          {"type":"car_following","vehicle_id":"\(twin)","leader":[\(leader)],"initial_gap_m":\(rows[0].gap),\
          "initial_speed":\(rows[0].speed * 3.6)}
          """)
      #expect(scenario.status == 201, "\(scenario.text)")
      let simulation = try #require(scenario.value("simulation_id") as? String)
      let run = try await rest.call(
        "POST", "/api/v1/twin/simulations/\(simulation)/run", headers: ["Prefer": "wait=60"])
      #expect(run.status == 200, "\(run.text)")
      let outcome = try await rest.call("GET", "/api/v1/twin/results/\(simulation)")
      #expect((outcome.value("metrics") as? [String: Any])?["collisions"] as? Double == 0, "\(outcome.text)")

      let document = try await rest.call("GET", "/api/v1/twin/results/\(simulation)/trace")
      let found = try #require(document.value("rows") as? [[String: Any]])
      let json = found.filter { $0["actor"] as? String == "ego" }.compactMap { $0["gap_m"] as? Double }
      let table = try await rest.call("GET", "/api/v1/twin/results/\(simulation)/trace?format=csv")
      let lines = table.text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      let header = try #require(lines.first).map(String.init)
      let (actor, gap) = (
        try #require(header.firstIndex(of: "actor")), try #require(header.firstIndex(of: "gap_m"))
      )
      let csv = lines.dropFirst().filter { $0[actor] == "ego" }.compactMap { Double($0[gap]) }
      return (json, csv)
    }
  }
}
