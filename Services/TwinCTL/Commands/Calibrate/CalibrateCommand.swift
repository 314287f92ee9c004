import ArgumentParser
import Foundation
import RPCCore
import RPCTransport
import SimulationRecordings
import TwinCTLDomain
import TwinConversions
import TwinProto

struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Fits a twin's parameters to measured data, or goes back to an older fit.",
    discussion: """
      Without --log, dynamics and car_following are fitted to the twin's own history. A log is CSV: for dynamics the \
      telemetry columns (time or t_s, speed_mps, steering_rad, yaw_rate_rps, …); for car_following t_s, leader_speed_mps, \
      speed_mps, gap_m, or the telemetry columns with leader_speed_mps and leader_gap_m; for fuel cycle and one of \
      fuel_mpg, fuel_l_per_100km, energy_wh_per_km.

      Ends with 0 when the twin uses the result, 2 when the data can't tell, the file can't be read, or the service \
      refuses or can't be reached, and 64 for wrong arguments.
      """)

  /// A longer file is refused rather than read into memory.
  private static let maximumBytes = 64 << 20
  /// Fits take long; the service has a bound of its own.
  private static let timeout = Duration.seconds(300)
  private static let patience = Duration.seconds(30)

  @Argument(help: ArgumentHelp("Twin, such as twin-001.", valueName: "vehicle"))
  var vehicle: String

  @Option(
    help: ArgumentHelp("What is fitted: dynamics, car_following or fuel.", valueName: "kind"),
    transform: Self.kind)
  var kind: CalibrationLog.Kind?

  @Option(help: ArgumentHelp("CSV to fit to; the twin's own history unless given.", valueName: "file"))
  var log: String?

  @Option(help: ArgumentHelp("Goes back to this version; 0 for no calibration at all.", valueName: "version"))
  var revert: UInt32?

  @Option(help: ArgumentHelp("Earliest time of the history, such as 2026-01-31T12:00:00Z.", valueName: "time"))
  var from: String?

  @Option(help: ArgumentHelp("Latest time of the history.", valueName: "time"))
  var to: String?

  @Option(
    help: ArgumentHelp("Share of the data, from its end, that is judged and not fitted, 0 to 0.9.", valueName: "share"))
  var holdout: Double?

  @Option(help: "Seed of the fit; the same one gives the same fit.") var seed: UInt64?

  @Flag(help: "Fits only; the twin stays as it is.") var dryRun = false

  @Option(help: "twin-engine's address.") var server = ServerAddress(loopbackPort: 50_052)
  @Option(help: "How to write the answer.") var output = OutputFormat.text
  @OptionGroup var tls: TLSOptions

  @Sendable private static func kind(_ text: String) throws -> CalibrationLog.Kind {
    guard let kind = CalibrationLog.Kind(rawValue: text) else {
      throw ValidationError(
        "--kind must be one of \(CalibrationLog.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return kind
  }

  func validate() throws {
    guard (kind == nil) != (revert == nil) else { throw ValidationError("one of --kind and --revert must be given") }
    if revert != nil, log != nil || from != nil || to != nil || holdout != nil || seed != nil || dryRun {
      throw ValidationError("--revert takes nothing but the version")
    }
    guard holdout.map({ (0...0.9).contains($0) }) ?? true else {
      throw ValidationError("--holdout must lie in 0 to 0.9")
    }
    if log != nil, from != nil || to != nil { throw ValidationError("--from and --to are for the twin's own history") }
    if kind == .fuel, log == nil { throw ValidationError("--kind fuel needs a --log") }
    for (name, text) in [("--from", from), ("--to", to)] {
      guard let text else { continue }
      guard Timestamp.nanoseconds(text) != nil else {
        throw ValidationError("\(name) must be a time such as 2026-01-31T12:00:00Z")
      }
    }
  }

  func run() async throws {
    do {
      let client = try server.client(tls)
      defer { client.shutDown() }
      let service = CalibrationServiceClient(client)
      if let revert { try await goBack(to: revert, service) } else { try await calibrate(service) }
    } catch {
      StandardError.print(ProblemText.lines(error))
      throw ProcessExit.error
    }
  }

  private func goBack(to version: UInt32, _ service: CalibrationServiceClient) async throws {
    let answer = try await Patience(limit: Self.patience).retrying {
      try await service.revertCalibration(
        RevertCalibrationRequest(id: vehicle, version: version), options: CallOptions(timeout: Self.timeout))
    }
    switch output {
    case .text: print(CalibrationText.lines(answer).joined(separator: "\n"))
    case .json: print(try MessageText.json(answer))
    }
  }

  private func calibrate(_ service: CalibrationServiceClient) async throws {
    let request = try request()
    let calibration = try await Patience(limit: Self.patience).retrying {
      try await service.calibrateTwin(request, options: CallOptions(timeout: Self.timeout))
    }
    switch output {
    case .text: print(CalibrationText.lines(calibration).joined(separator: "\n"))
    case .json: print(try MessageText.json(calibration))
    }
  }

  private func request() throws -> CalibrateTwinRequest {
    // One id for all attempts, so that a repeated one gets the first one's answer.
    var request = CalibrateTwinRequest(
      id: vehicle, holdoutShare: holdout, requestID: UUID().uuidString.lowercased(), seed: seed, dryRun: dryRun)
    func moment(_ text: String?) -> ProtoTimestamp? {
      text.flatMap { Timestamp.nanoseconds($0) }.map { ProtoTimestamp(microsecondsSinceUnixEpoch: $0 / 1_000) }
    }
    request.from = moment(from)
    request.to = moment(to)
    switch kind {
    case .dynamics: request.kind = .dynamics
    case .carFollowing: request.kind = .carFollowing
    case .fuel: request.kind = .fuel
    case nil: break
    }
    guard let log, let kind else { return request }
    switch try Self.read(log, for: kind) {
    case .following(let rows):
      request.samples = rows.map {
        FollowingSample(tS: $0.time, leaderSpeedMps: $0.leaderSpeed, speedMps: $0.speed, gapM: $0.gap)
      }
    case .fuel(let figures):
      request.observations = figures.map {
        FuelObservation(
          cycle: $0.cycle, fuelMpg: $0.milesPerGallon, fuelLPer100Km: $0.litresPer100Kilometres,
          energyWhPerKm: $0.wattHoursPerKilometre)
      }
    case .drive(let drive):
      request.log = drive.samples.enumerated().map { index, sample in
        TelemetrySample(sample.values, sequence: UInt64(index + 1), time: Int64((sample.time * 1e6).rounded()))
      }
    }
    return request
  }

  private static func read(_ name: String, for kind: CalibrationLog.Kind) throws -> CalibrationLog {
    guard let file = FileHandle(forReadingAtPath: name) else { throw Problem(description: "\(name) can't be read") }
    defer { try? file.close() }
    let bytes = try file.read(upToCount: maximumBytes + 1) ?? Data()
    guard bytes.count <= maximumBytes else { throw Problem(description: "\(name) has more than \(maximumBytes) bytes") }
    do {
      return try CalibrationLog.read(Array(bytes), for: kind)
    } catch let error as CSVError {
      throw Problem(description: "\(name), \(error)")
    }
  }
}
