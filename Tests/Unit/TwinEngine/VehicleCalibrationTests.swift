import FleetCore
import RPCCore
import RPCErrors
import SimulationBehaviour
import SimulationCalibration
import Synchronization
import Testing
import TwinProto
import Waiting

@testable import TwinEngineService

@Suite("Calibrating twins of vehicles")
struct VehicleCalibrationTests {
  /// Fits that find what the rows say: a value a row, without any model.
  private static let given = Fits { problem, _ in
    var fit = ParameterFit(method: "as given", fit: ["rmse": 0.5], holdout: ["rmse": 0.75])
    switch problem.data {
    case .following(let rows):
      fit.parameters = ["time_headway_s": Estimate(value: rows[0].gap, std: 0.1)]
      fit.sampleCount = rows.count
    case .dynamics(let rows):
      fit.parameters = ["brake_dead_time_s": Estimate(value: rows[0].speed, std: 0.01)]
      fit.sampleCount = rows.count
    case .fuel(let rows):
      fit.parameters = ["willans_offset_w": Estimate(value: 9_000, std: 100)]
      fit.omitted = ["willans_efficiency": "one cycle can't tell two parameters"]
      fit.sampleCount = rows.count
    }
    return fit
  }

  private static func stage(
    store: MemoryTwinStore = MemoryTwinStore(), history: GivenHistory = GivenHistory(),
    bench: Workbench = Workbench(places: 1, timeLimit: .seconds(60)), fits: Fits = given
  ) async throws -> EngineStage {
    let stage = try await EngineStage(store: store, history: history, bench: bench, fits: fits)
    if try await store.twin(1) == nil { try await stage.create("AV-001") }
    return stage
  }

  /// A row of car following, whose gap is what `given` finds.
  private static func following(_ gap: Double, requestID: String = "", dryRun: Bool = false) -> CalibrateTwinRequest {
    CalibrateTwinRequest(
      id: "twin-001", kind: .carFollowing,
      samples: [FollowingSample(tS: 0, leaderSpeedMps: 1, speedMps: 1, gapM: gap)], requestID: requestID,
      dryRun: dryRun)
  }

  private static func dynamics(_ deadTime: Double) -> CalibrateTwinRequest {
    CalibrateTwinRequest(
      id: "twin-001", kind: .dynamics, log: [TelemetrySample(time: ProtoTimestamp(seconds: 1), speedMps: deadTime)])
  }

  private static func number(_ structure: ProtoStruct?, _ name: String) -> Double? {
    guard case .numberValue(let number)? = structure?.fields[name]?.kind else { return nil }
    return number
  }

  // MARK: What a twin uses

  @Test("what is calibrated is used at once, by kinds side by side")
  func used() async throws {
    let stage = try await Self.stage()
    let before = try await stage.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: "twin-001"))
    #expect(Self.number(before.driverParameters, "time_headway_s") == 1.6)
    #expect(before.twin?.calibrationVersion == 0)

    let first = try await stage.calibrations.calibrateTwin(Self.following(2.5))
    #expect(first.version == 1)
    #expect(first.active)
    #expect(first.parameters == ["time_headway_s": FittedParameter(value: 2.5, std: 0.1)])
    #expect(Self.number(first.before, "time_headway_s") == 1.6)
    #expect(first.fit == ["rmse": 0.5])
    #expect(first.holdout == ["rmse": 0.75])
    #expect(first.createTime == stage.clock.now.timestamp)
    let second = try await stage.calibrations.calibrateTwin(Self.dynamics(0.25))
    #expect(second.version == 2)
    #expect(second.uses == ["car_following": 1, "dynamics": 2])

    let twin = try await stage.twins.getTwin(GetTwinRequest(id: "twin-001"))
    #expect(twin.calibrationVersion == 2)
    #expect(Self.number(twin.parameters, "time_headway_s") == 2.5)
    #expect(Self.number(twin.parameters, "brake_dead_time_s") == 0.25)
    let snapshot = try await stage.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: "twin-001"))
    #expect(Self.number(snapshot.parameters, "brake_dead_time_s") == 0.25)
    #expect(Self.number(snapshot.parameters, "time_headway_s") == nil)
    #expect(Self.number(snapshot.driverParameters, "time_headway_s") == 2.5)
    #expect(Self.number(snapshot.driverParameters, "standstill_gap_m") == 2)

    let third = try await stage.calibrations.calibrateTwin(Self.following(3))
    #expect(Self.number(third.before, "time_headway_s") == 2.5)
    let listed = try await stage.calibrations.listCalibrations(ListCalibrationsRequest(id: "twin-001"))
    #expect(listed.calibrations.map(\.version) == [3, 2, 1])
    #expect(listed.calibrations.map(\.active) == [true, true, false])
  }

  @Test("an older version brings back all that was used with it; none at all is version 0")
  func revert() async throws {
    let stage = try await Self.stage()
    for request in [Self.following(2), Self.dynamics(0.25), Self.following(3)] {
      _ = try await stage.calibrations.calibrateTwin(request)
    }
    let back = try await stage.calibrations.revertCalibration(RevertCalibrationRequest(id: "twin-001", version: 2))
    #expect(back.version == 2)
    #expect(Self.number(back.parameters, "time_headway_s") == 2)
    #expect(Self.number(back.parameters, "brake_dead_time_s") == 0.25)
    let change = try #require(try await stage.store.twin(1)?.change)
    _ = try await stage.calibrations.revertCalibration(RevertCalibrationRequest(id: "twin-001", version: 2))
    #expect(try await stage.store.twin(1)?.change == change)
    let inUse = try await stage.calibrations.getCalibration(GetCalibrationRequest(id: "twin-001", version: 0))
    #expect(inUse.version == 2)
    #expect(try await stage.calibrations.getCalibration(.init(id: "twin-001", version: 1)).active)
    #expect(try await !stage.calibrations.getCalibration(.init(id: "twin-001", version: 3)).active)

    _ = try await stage.calibrations.revertCalibration(RevertCalibrationRequest(id: "twin-001", version: 0))
    let snapshot = try await stage.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: "twin-001"))
    #expect(Self.number(snapshot.driverParameters, "time_headway_s") == 1.6)
    #expect(Self.number(snapshot.parameters, "brake_dead_time_s") == 0.1)
    #expect(snapshot.twin?.calibrationVersion == 0)
    let none = await fault { try await stage.calibrations.getCalibration(.init(id: "twin-001")) }
    #expect(none?.reason == "CALIBRATION_NOT_FOUND")
    let unknown = await fault {
      try await stage.calibrations.revertCalibration(RevertCalibrationRequest(id: "twin-001", version: 9))
    }
    #expect(unknown?.reason == "CALIBRATION_NOT_FOUND")
    #expect(unknown?.code == .notFound)
  }

  @Test("a restart keeps it")
  func restart() async throws {
    let stage = try await Self.stage()
    _ = try await stage.calibrations.calibrateTwin(Self.following(2.5))
    let again = try await Self.stage(store: stage.store)
    let snapshot = try await again.twins.getTwinSnapshot(GetTwinSnapshotRequest(id: "twin-001"))
    #expect(Self.number(snapshot.driverParameters, "time_headway_s") == 2.5)
    #expect(snapshot.twin?.calibrationVersion == 1)
    #expect(try await again.calibrations.calibrateTwin(Self.dynamics(0.25)).version == 2)
  }

  @Test("a repeated request makes one calibration, and a dry run makes none")
  func repeats() async throws {
    let runs = Mutex(0)
    let counted = Fits { problem, stop in
      runs.withLock { $0 += 1 }
      return try Self.given.run(problem, stop)
    }
    let stage = try await Self.stage(fits: counted)
    let dry = try await stage.calibrations.calibrateTwin(Self.following(9, requestID: "r", dryRun: true))
    #expect(dry.version == 0)
    #expect(!dry.active)
    #expect(dry.parameters["time_headway_s"]?.value == 9)
    #expect(try await stage.store.twin(1)?.calibrationVersion == 0)
    let first = try await stage.calibrations.calibrateTwin(Self.following(2, requestID: "r"))
    let second = try await stage.calibrations.calibrateTwin(Self.following(2, requestID: "r"))
    #expect(first == second)
    #expect(runs.withLock(\.self) == 2)
    let other = await fault { try await stage.calibrations.calibrateTwin(Self.following(3, requestID: "r")) }
    #expect(other?.reason == "REQUEST_ID_REUSED")
    #expect(try await stage.calibrations.listCalibrations(.init(id: "twin-001")).calibrations.count == 1)
  }

  @Test("pages follow each other from the newest on")
  func pages() async throws {
    let stage = try await Self.stage()
    for gap in 1...5 { _ = try await stage.calibrations.calibrateTwin(Self.following(Double(gap))) }
    let first = try await stage.calibrations.listCalibrations(.init(id: "twin-001", pageSize: 2))
    #expect(first.calibrations.map(\.version) == [5, 4])
    let second = try await stage.calibrations.listCalibrations(
      .init(id: "twin-001", pageSize: 3, pageToken: first.nextPageToken))
    #expect(second.calibrations.map(\.version) == [3, 2, 1])
    #expect(second.nextPageToken.isEmpty)
    let foreign = await fault {
      try await stage.calibrations.listCalibrations(.init(id: "twin-001", pageToken: "x"))
    }
    #expect(foreign?.reason == "PAGE_TOKEN_INVALID")
  }

  // MARK: What is refused

  @Test(
    "wrong requests name their fields",
    arguments: [
      (CalibrateTwinRequest(id: "twin-001"), ["kind"]),
      (CalibrateTwinRequest(id: "twin-001", kind: .fuel), ["observations"]),
      (CalibrateTwinRequest(id: "twin-001", kind: .dynamics, holdoutShare: 0.95), ["holdout_share"]),
      (
        CalibrateTwinRequest(id: "twin-001", kind: .dynamics, samples: [FollowingSample()]), ["samples"]
      ),
      (
        CalibrateTwinRequest(
          id: "twin-001", kind: .fuel, observations: [FuelObservation(cycle: "ftp")],
          from: ProtoTimestamp(seconds: 1)), ["from"]
      ),
      (
        CalibrateTwinRequest(
          id: "twin-001", kind: .fuel,
          observations: [
            FuelObservation(cycle: "ftp"), FuelObservation(cycle: "ftp", fuelMpg: 30, fuelLPer100Km: 8),
            FuelObservation(cycle: "ftp", fuelMpg: -1),
          ]), ["observations[0]", "observations[1]", "observations[2].fuel_mpg"]
      ),
      (
        CalibrateTwinRequest(
          id: "twin-001", kind: .carFollowing,
          samples: [
            FollowingSample(tS: 1, leaderSpeedMps: 1, speedMps: 1, gapM: -1),
            FollowingSample(tS: 1, leaderSpeedMps: 200, speedMps: 1, gapM: 1),
          ]), ["samples[0].gap_m", "samples[1].leader_speed_mps", "samples[1].t_s"]
      ),
      (
        CalibrateTwinRequest(id: "twin-001", kind: .dynamics, log: [TelemetrySample(speedMps: 1)]), ["log[0].time"]
      ),
    ])
  func wrongRequests(_ request: CalibrateTwinRequest, _ fields: [String]) async throws {
    let stage = try await Self.stage()
    let wrong = await fault { try await stage.calibrations.calibrateTwin(request) }
    #expect(wrong?.code == .invalidArgument)
    #expect(wrong?.violations.map(\.field) == fields)
  }

  @Test("more rows than are taken are refused by their number")
  func tooMany() async throws {
    let stage = try await Self.stage()
    let rows = (0...CalibrationOrder.maximumLog).map { TelemetrySample(time: ProtoTimestamp(seconds: Int64($0))) }
    let wrong = await fault {
      try await stage.calibrations.calibrateTwin(.init(id: "twin-001", kind: .dynamics, log: rows))
    }
    #expect(wrong?.violations.map(\.field) == ["log"])
    #expect(wrong?.message.contains("20000") == true)
  }

  @Test("a twin that isn't there, data that tells nothing and values that can't be are told apart")
  func refusals() async throws {
    let stage = try await Self.stage(
      fits: Fits { _, _ in
        ParameterFit(
          method: "m",
          parameters: ["tyre_friction": Estimate(value: 9, std: 1), "mass_kg": .init(value: 1_000, std: .nan)],
          omitted: ["brake_ramp_s": "no braking"])
      })
    var request = Self.dynamics(1)
    let nothing = await fault { try await stage.calibrations.calibrateTwin(request) }
    #expect(nothing?.code == .failedPrecondition)
    #expect(nothing?.reason == "CALIBRATION_INSUFFICIENT_DATA")
    #expect(nothing?.violations.map(\.field) == ["brake_ramp_s", "mass_kg", "tyre_friction"])
    #expect(nothing?.violations.last?.description.contains("0.02 to 1.5") == true)
    request.id = "twin-009"
    #expect(await fault { try await stage.calibrations.calibrateTwin(request) }?.reason == "TWIN_NOT_FOUND")

    let refusing = try await Self.stage(fits: Fits { _, _ in throw FitRefusal(field: "samples", reason: "too few") })
    let few = await fault { try await refusing.calibrations.calibrateTwin(Self.following(1)) }
    #expect(few?.reason == "CALIBRATION_INSUFFICIENT_DATA")
    #expect(few?.violations == [.init("samples", "too few")])
    let wrong = try await Self.stage(fits: Fits { _, _ in throw FitRefusal(field: "samples[3].t_s", reason: "late") })
    #expect(await fault { try await wrong.calibrations.calibrateTwin(Self.following(1)) }?.code == .invalidArgument)
  }

  // MARK: History

  /// `count` samples at 10 Hz up to a moment, each with another speed, behind a leader.
  private static func drive(_ count: Int, until end: UTCInstant) -> [TelemetrySample] {
    (0..<count).map { index in
      TelemetrySample(
        sequence: UInt64(index + 1), time: end.adding(seconds: 0.1 * Double(index - count)).timestamp,
        speedMps: Double(index) * 1e-3, leaderGapM: 5, leaderSpeedMps: 1)
    }
  }

  @Test("without a log, the twin's own history is fitted, as much as a range has")
  func ownHistory() async throws {
    let history = GivenHistory()
    let stage = try await Self.stage(history: history)
    history.set(Self.drive(3_000, until: stage.clock.now), of: "twin-001")
    let all = try await stage.calibrations.calibrateTwin(.init(id: "twin-001", kind: .dynamics))
    #expect(all.sampleCount == 3_000)
    #expect(all.parameters["brake_dead_time_s"]?.value == 0)
    let from = stage.clock.now.adding(seconds: -100)
    let late = try await stage.calibrations.calibrateTwin(
      .init(id: "twin-001", kind: .dynamics, from: from.timestamp, to: from.adding(seconds: 50).timestamp))
    #expect(late.sampleCount == 500)
    #expect(late.parameters["brake_dead_time_s"]?.value == 2)
    let following = try await stage.calibrations.calibrateTwin(.init(id: "twin-001", kind: .carFollowing))
    #expect(following.sampleCount == 3_000)
    #expect(following.parameters["time_headway_s"]?.value == 5)
  }

  @Test("samples of several sources at one moment make one row, and energy becomes power")
  func rows() {
    let start = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)
    func at(_ seconds: Double) -> ProtoTimestamp { start.adding(seconds: seconds).timestamp }
    let rows = DynamicsRow.rows([
      TelemetrySample(time: at(0), speedMps: 10, energyJ: 100),
      TelemetrySample(time: at(0), speedMps: 10.5, steeringRad: 0.1),
      TelemetrySample(time: at(0.5), steeringRad: 0.2),
      TelemetrySample(time: at(1), speedMps: 11, brake: 0.5, energyJ: 1_100),
      TelemetrySample(time: at(2), speedMps: 11, energyJ: 0),
      TelemetrySample(time: at(30), speedMps: 11, energyJ: 50),
    ])
    #expect(rows.map { $0.time.rounded() } == [0, 1, 2, 30])
    #expect(rows.map(\.speed) == [10, 11, 11, 11])
    #expect(rows[0].steering == 0.1)
    #expect(rows[1].brake == 0.5)
    #expect(rows.map(\.power) == [nil, 1_000, nil, nil])
    let following = FollowingRow.rows([
      TelemetrySample(time: at(0), speedMps: -0.1, leaderGapM: 5, leaderSpeedMps: 1),
      TelemetrySample(time: at(1), speedMps: -2, leaderGapM: 5, leaderSpeedMps: 1),
      TelemetrySample(time: at(2), speedMps: 2, leaderGapM: 5),
      TelemetrySample(time: at(3), speedMps: 2, leaderGapM: 6, leaderSpeedMps: 1),
    ])
    #expect(following.map(\.time) == [0, 3])
    #expect(following.map(\.speed) == [0, 2])
  }

  @Test("reading a history is bounded: the newest samples count, and a range that holds too many is refused")
  func historyBounds() async throws {
    let end = UTCInstant(nanoseconds: 1_800_000_000_000_000_000)
    let count = HistoryReader.maximumSamples + 500
    let history = GivenHistory(["twin-001": Self.drive(count, until: end)], pageSize: 50_000)
    let reader = HistoryReader(history: history)
    let newest = try await reader.newest(of: "twin-001", to: end)
    #expect(newest.count == HistoryReader.maximumSamples)
    #expect(newest.last?.sequence == UInt64(count))
    #expect(newest.first?.sequence == 501)
    let tooMany = await #expect(throws: ServiceFault.self) {
      try await reader.all(of: "twin-001", from: UTCInstant(nanoseconds: 0), to: end)
    }
    #expect(tooMany?.violations.map(\.field) == ["from"])
    // A vehicle that never drove costs a bounded number of questions.
    let silent = GivenHistory()
    #expect(try await HistoryReader(history: silent).newest(of: "twin-001", to: end).isEmpty)
    #expect(silent.pages <= 125)
  }
}
