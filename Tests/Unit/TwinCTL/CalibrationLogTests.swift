import ArgumentParser
import SimulationRecordings
import Testing
import TwinCTLDomain
import TwinProto

@testable import TwinCTLCommands

@Suite struct CalibrationLogTests {
  private func read(_ text: String, _ kind: CalibrationLog.Kind) throws -> CalibrationLog {
    try CalibrationLog.read(Array(text.utf8), for: kind)
  }

  private func error(_ text: String, _ kind: CalibrationLog.Kind) -> CSVError? {
    do {
      _ = try read(text, kind)
      return nil
    } catch { return error as? CSVError }
  }

  @Test func `A car-following table is read by its columns`() throws {
    let log = try read("gap_m,t_s,speed_mps,leader_speed_mps\r\n20,0,10,11\r\n20.5,0.1,10.5,11\r\n", .carFollowing)
    guard case .following(let rows) = log else { throw Unexpected() }
    #expect(rows.map(\.time) == [0, 0.1])
    #expect(rows.map(\.gap) == [20, 20.5])
    #expect(rows.map(\.speed) == [10, 10.5])
    #expect(rows.map(\.leaderSpeed) == [11, 11])
  }

  @Test func `A telemetry log with a leader is car following, too`() throws {
    let text = "t_s,speed_mps,leader_gap_m,leader_speed_mps\n5,1,2,3\n6,1,,3\n7,1,2,3\n"
    guard case .following(let rows) = try read(text, .carFollowing) else { throw Unexpected() }
    #expect(rows.map(\.time) == [0, 2])
  }

  @Test func `Dynamics takes telemetry, fuel takes figures`() throws {
    guard case .drive(let drive) = try read("t_s,speed_mps,steering_rad\n0,1,0.1\n1,2,0.2\n", .dynamics) else {
      throw Unexpected()
    }
    #expect(drive.samples.map(\.values.steering) == [0.1, 0.2])
    guard case .fuel(let figures) = try read("cycle,fuel_mpg,energy_wh_per_km\nftp,31.2,\nus06,,150\n", .fuel) else {
      throw Unexpected()
    }
    #expect(figures.map(\.cycle) == ["ftp", "us06"])
    #expect(figures[0].milesPerGallon == 31.2)
    #expect(figures[1].wattHoursPerKilometre == 150)
  }

  private struct Unexpected: Error {}

  @Test func `What is wrong is named by line and column`() {
    let header = "t_s,leader_speed_mps,speed_mps,gap_m\n"
    #expect(error(header + "0,1,1,1\n1,1,fast,1\n", .carFollowing)?.line == 3)
    #expect(error(header + "0,1,1,1\n1,1,fast,1\n", .carFollowing)?.column == "speed_mps")
    #expect(error(header + "0,1,1,1\n0,1,1,1\n", .carFollowing)?.column == "t_s")
    #expect(error(header + "0,1,1,-1\n", .carFollowing)?.column == "gap_m")
    #expect(error(header + "0,1,1,\n", .carFollowing)?.reason == "is empty")
    #expect(error(header + "0,1,1\n", .carFollowing)?.line == 2)
    #expect(error(header, .carFollowing)?.reason == "the file has no rows")
    #expect(error("t_s,gap_m\n0,1\n", .carFollowing)?.reason == "the header has no column leader_speed_mps")
    #expect(error("t_s,leader_speed_mps,speed_mps,gap_m,lane\n", .carFollowing)?.column == "lane")
    #expect(error("t_s,speed_mps\n0,1\n", .carFollowing)?.reason.contains("leader_gap_m") == true)
    #expect(error("cycle,fuel_mpg\nftp,30\nhwfet,\n", .fuel)?.line == 3)
    #expect(error("cycle,fuel_mpg\nftp,0\n", .fuel)?.line == 2)
    #expect(error("t_s,vehicle_id,speed_mps\n0,a,1\n0,b,1\n", .dynamics)?.reason.contains("2 vehicles") == true)
  }

  @Test func `Rows beyond the bound are refused by number`() {
    let rows = (0...CalibrationLog.maximumRows(.fuel)).map { _ in "ftp,30" }
    let wrong = error("cycle,fuel_mpg\n" + rows.joined(separator: "\n"), .fuel)
    #expect(wrong?.line == CalibrationLog.maximumRows(.fuel) + 2)
    #expect(wrong?.reason.contains("1000") == true)
  }

  // MARK: Text

  @Test func `A calibration is a table of values, deviations and errors`() {
    let calibration = Calibration(
      vehicleID: "twin-001", version: 3, kind: .carFollowing,
      parameters: [
        "time_headway_s": FittedParameter(value: 1.25, std: 0.05),
        "standstill_gap_m": FittedParameter(value: 3, std: 0.5),
      ], fit: ["gap_rmse_m": 0.83], holdout: ["gap_rmse_m": 0.97], sampleCount: 600, holdoutCount: 400, active: true,
      method: "a fit", before: ProtoStruct(fields: ["time_headway_s": ProtoValue(kind: .numberValue(1.6))]),
      refused: ["idm_share": "no reason"], notes: ["short"])
    #expect(
      CalibrationText.lines(calibration) == [
        "calibration 3 of twin-001  (car_following, in use)",
        "  a fit",
        "  parameter         value  ± std  before",
        "  standstill_gap_m  3      0.5    -",
        "  time_headway_s    1.25   0.05   1.6",
        "  fitted to 600 rows, judged on 400 held back",
        "  error       fit   hold-out",
        "  gap_rmse_m  0.83  0.97",
        "  idm_share can't be told: no reason",
        "  note: short",
      ])
  }

  @Test func `Arguments that contradict each other are refused`() throws {
    for arguments in [
      ["twin-001"], ["twin-001", "--kind", "dynamics", "--revert", "1"], ["twin-001", "--kind", "fuel"],
      ["twin-001", "--revert", "1", "--seed", "2"], ["twin-001", "--kind", "dynamics", "--holdout", "0.95"],
      ["twin-001", "--kind", "dynamics", "--from", "yesterday"], ["twin-001", "--kind", "engine"],
      ["twin-001", "--kind", "dynamics", "--log", "a.csv", "--from", "2026-01-01T00:00:00Z"],
    ] { #expect(throws: (any Error).self, "\(arguments)") { try CalibrateCommand.parse(arguments) } }
    #expect(try CalibrateCommand.parse(["twin-001", "--kind", "car_following"]).kind == .carFollowing)
    #expect(try CalibrateCommand.parse(["twin-001", "--revert", "0"]).revert == 0)
  }
}
