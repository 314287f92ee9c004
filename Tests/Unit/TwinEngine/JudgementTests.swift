import FleetCore
import RPCErrors
import SimulationBehaviour
import SimulationCalibration
import SimulationEstimation
import Testing
import TwinProto

@testable import TwinEngineService

@Suite("Judging twins")
struct JudgementTests {
  // MARK: Divergence

  @Test("divergence tells each channel over the window, and the filter's consistency")
  func divergence() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    try await stage.create("AV-002")
    let none = try await stage.calibrations.getDivergence(GetDivergenceRequest(id: "twin-001"))
    #expect(none.channels.isEmpty)
    #expect(none.normalisedInnovation == nil)
    #expect(!none.diverged)

    stage.clock.advance(seconds: 10)
    let start = stage.clock.now
    let samples = (1...100).map { stage.sample($0, speed: 20) }
    try await stage.send([stage.batch(1, "twin-001", samples)])
    stage.clock.advance(seconds: 10)
    let report = try await stage.calibrations.getDivergence(GetDivergenceRequest(id: "twin-001", windowS: 60))
    let speed = try #require(report.channels["speed_mps"])
    #expect(speed.count == 99)
    #expect(speed.rmse < 0.01)
    #expect(speed.bound == 2)
    #expect(!speed.diverged)
    #expect(report.channels["heading_deg"]?.bound == 0.35 * 180 / .pi)
    #expect(report.channels["yaw_rate_rps"] == nil)
    #expect(abs(report.coveredS - 9.8) < 1.1)
    let value = try #require(report.normalisedInnovation)
    let low = try #require(report.normalisedInnovationLow)
    let high = try #require(report.normalisedInnovationHigh)
    #expect(value < low)
    #expect(low < 1 && 1 < high)
    #expect(report.degreesOfFreedom > 300)

    // A jump of the speed is outside.
    let jump = TelemetrySample(
      sequence: 101, time: start.adding(seconds: 10.1).timestamp, xM: 202, yM: 5, speedMps: 15, headingDeg: 90)
    try await stage.send([stage.batch(2, "twin-001", [jump])])
    let after = try await stage.calibrations.getDivergence(GetDivergenceRequest(id: "twin-001", windowS: 60))
    #expect(after.diverged)
    let channel = try #require(after.channels["speed_mps"])
    #expect(channel.diverged)
    #expect(abs(channel.last + 5) < 0.2)
    #expect(abs(channel.max - 5) < 0.2)
    #expect(channel.rmse > 0.3)

    // Nothing came in the last second of an hour later.
    stage.clock.advance(seconds: 3_000)
    let later = try await stage.calibrations.getDivergence(GetDivergenceRequest(id: "twin-001", windowS: 1))
    #expect(later.channels.isEmpty)
  }

  @Test("windows have bounds", arguments: [0.5, 3_601, -1, .nan])
  func divergenceWindow(_ seconds: Double) async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    let wrong = await fault {
      try await stage.calibrations.getDivergence(GetDivergenceRequest(id: "twin-001", windowS: seconds))
    }
    #expect(wrong?.violations.map(\.field) == ["window_s"])
    let unknown = await fault {
      try await stage.calibrations.getDivergence(GetDivergenceRequest(id: "twin-009"))
    }
    #expect(unknown?.reason == "TWIN_NOT_FOUND")
  }

  @Test("an hour after its last sample a twin keeps no window")
  func memoryAtRest() async throws {
    let stage = try await EngineStage()
    try await stage.create("AV-001")
    #expect(stage.parts.fleet.twin("twin-001")?.divergences.heapSize == 0)
    try await stage.send([stage.batch(1, "twin-001", (1...50).map { stage.sample($0) })])
    let heap = try #require(stage.parts.fleet.twin("twin-001")?.divergences.heapSize)
    #expect((1...4_096).contains(heap))
    stage.clock.advance(seconds: 3_700)
    stage.parts.fleet.observeTime()
    #expect(stage.parts.fleet.twin("twin-001")?.divergences.heapSize == 0)
  }

  // MARK: Validation

  /// A minute behind a leader whose speed goes up and down, followed by a driver; 10 Hz, up to a moment.
  static func drive(_ driver: DriverParameters, seconds: Int, until end: UTCInstant) -> [TelemetrySample] {
    var follower = CarFollower(driver, gap: 20, speed: 12, leaderSpeed: 12)
    // Up and down by 1 m/s², five seconds each.
    func leader(_ step: Int) -> Double {
      let phase = step % 100
      return 12 + 0.1 * Double(phase < 50 ? phase : 100 - phase)
    }
    return (0..<seconds * 10).map { step in
      let sample = TelemetrySample(
        sequence: UInt64(step + 1), time: end.adding(seconds: 0.1 * Double(step - seconds * 10)).timestamp,
        xM: follower.travelled, yM: 0, speedMps: follower.speed, headingDeg: 90, leaderGapM: follower.gap,
        leaderSpeedMps: leader(step))
      follower.advance(leaderFrom: leader(step), to: leader(step + 1))
      return sample
    }
  }

  @Test("the four metrics come from the history of the window, with the calibrated driver")
  func validation() async throws {
    let history = GivenHistory()
    let stage = try await EngineStage(history: history)
    try await stage.create("AV-001")
    let empty = try await stage.calibrations.getValidation(GetValidationRequest(id: "twin-001"))
    #expect(empty.physicsAccuracy?.value == nil)
    #expect(empty.sensorFidelity?.value == nil)
    #expect(empty.behaviouralConsistency?.value == nil)
    #expect(empty.performanceCorrelation?.value == nil)
    #expect(empty.sampleCount == 0)
    #expect(empty.from == nil)

    let driver = DriverParameters(timeHeadway: 1, maxAcceleration: 2, comfortableDeceleration: 2.5)
    history.set(Self.drive(driver, seconds: 120, until: stage.clock.now), of: "twin-001")
    let before = try await stage.calibrations.getValidation(GetValidationRequest(id: "twin-001", windowS: 300))
    #expect(before.sampleCount == 1_200)
    #expect(try #require(before.physicsAccuracy?.value) > 0.95)
    #expect(before.physicsAccuracy?.count ?? 0 > 1_000)
    #expect(before.sensorFidelity?.value != nil)
    #expect(before.performanceCorrelation?.method.contains("Pearson") == true)
    let agreed = try #require(before.behaviouralConsistency?.details["pedals_share"])

    let draft = CalibrationDraft(
      number: 1, kind: .carFollowing,
      fit: ParameterFit(
        method: "m",
        parameters: [
          "time_headway_s": .init(value: 1, std: 0), "max_acceleration_mps2": .init(value: 2, std: 0),
          "comfortable_deceleration_mps2": .init(value: 2.5, std: 0),
        ]), before: [:], requestID: nil, requestDigest: 0)
    guard case .added = try await stage.store.add(draft, at: stage.clock.now) else { return }
    let after = try await stage.calibrations.getValidation(GetValidationRequest(id: "twin-001", windowS: 300))
    #expect(after.calibrationVersion == 1)
    // The driver who drove decides as the vehicle did; another one less often.
    let better = try #require(after.behaviouralConsistency?.details["pedals_share"])
    #expect(better > 0.8)
    #expect(better > agreed)

    let short = try await stage.calibrations.getValidation(GetValidationRequest(id: "twin-001", windowS: 30))
    #expect(short.sampleCount == 300)
    let wrong = await fault {
      try await stage.calibrations.getValidation(GetValidationRequest(id: "twin-001", windowS: 86_401))
    }
    #expect(wrong?.violations.map(\.field) == ["window_s"])
  }

  // MARK: The real fit

  @Test("a driver's parameters are found again in the twin's own history and used")
  func realFit() async throws {
    let history = GivenHistory()
    let stage = try await EngineStage(history: history)
    try await stage.create("AV-001")
    let driver = DriverParameters(timeHeadway: 1, maxAcceleration: 2, comfortableDeceleration: 2.5)
    history.set(Self.drive(driver, seconds: 40, until: stage.clock.now), of: "twin-001")
    let calibration = try await stage.calibrations.calibrateTwin(
      CalibrateTwinRequest(id: "twin-001", kind: .carFollowing, holdoutShare: 0.4))
    #expect(calibration.version == 1)
    #expect(try #require(calibration.holdout["gap_rmse_m"]) < 0.5)
    #expect(calibration.sampleCount > 200)
    #expect(calibration.holdoutCount > 100)
    let headway = try #require(calibration.parameters["time_headway_s"])
    #expect(headway.value > 0.5 && headway.value < 1.6)
    let snapshot = try await stage.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: "twin-001"))
    guard case .numberValue(let used)? = snapshot.driverParameters?.fields["time_headway_s"]?.kind else {
      Issue.record("the snapshot has no driver")
      return
    }
    #expect(used == headway.value)
  }
}
