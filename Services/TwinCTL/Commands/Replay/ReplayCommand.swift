import ArgumentParser
import RPCTransport
import SimulationRecordings
import TwinProto

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Feeds a recorded drive through state-sync's telemetry stream.",
    discussion: """
      FILE is a drive cycle (columns cycSecs,cycMps,cycGrade or t_s,speed_mps,grade), a telemetry log (time or t_s, and \
      the names of the telemetry contract), or the name of a shipped cycle: udds, hwfet, us06.

      The latency is measured here: from the moment a sample is sent first, over its commit in PostgreSQL and the twin, \
      until a virtual state that holds it flows back on the same stream. A sample that was sent again counts from its \
      first sending, so interruptions show in the highest values.

      A lost service is connected to again, and what it hadn't acknowledged is sent again; it stores nothing twice. Ends \
      with 0 when every sample was acknowledged, 1 when not, 2 when the replay couldn't begin, and 64 for wrong arguments.
      """)

  @Argument(help: ArgumentHelp("CSV file, or udds, hwfet or us06.", valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp(
      "Physical id of the first vehicle; further ones count up. The recording's own ids unless given, or AV-001.",
      valueName: "id"))
  var vehicle: String?

  @Option(help: ArgumentHelp("Vehicles, 1 to 10000; as many as the recording has unless given.", valueName: "n"))
  var vehicles: Int?

  @Option(help: ArgumentHelp("Samples a second of the drive, over 0 to 1000.", valueName: "hz"))
  var rate = 10.0

  @Option(
    help: ArgumentHelp(
      "Seconds of the drive per second, over 0 to 1000; the samples keep the drive's own pace.", valueName: "n"))
  var speedUp = 1.0

  @Option(help: ArgumentHelp("Ends the drive after so many seconds of it.", valueName: "seconds"))
  var duration: Double?

  @Option(help: ArgumentHelp("Source of the samples, 1 to 128 characters.", valueName: "name"))
  var source = "twinctl"

  @Option(help: "Sequence of the first sample; the one after the last stored unless given.")
  var sequenceStart: UInt64?

  @Option(help: ArgumentHelp("Creates missing twins of this model type, such as sedan.", valueName: "model type"))
  var create: String?

  @Option(
    help: ArgumentHelp(
      "Writes vehicle,source,sequence of every acknowledged sample, after its acknowledgement.", valueName: "file"))
  var ackLog: String?

  @Option(help: ArgumentHelp("Samples that may wait for their acknowledgement, 1 to 1000000.", valueName: "n"))
  var buffer = 10_000

  @Option(help: ArgumentHelp("Gives up after so long without an acknowledgement.", valueName: "seconds"))
  var patience = 60.0

  @Option(help: "state-sync's address.") var server = ServerAddress(loopbackPort: 50_051)
  @Option(help: "twin-engine's address.") var engine = ServerAddress(loopbackPort: 50_052)
  @OptionGroup var tls: TLSOptions

  func validate() throws {
    guard rate > 0, rate <= 1_000 else { throw ValidationError("--rate must lie over 0 and up to 1000") }
    guard speedUp > 0, speedUp <= 1_000 else { throw ValidationError("--speed-up must lie over 0 and up to 1000") }
    guard vehicles.map({ (1...10_000).contains($0) }) ?? true else {
      throw ValidationError("--vehicles must lie from 1 to 10000")
    }
    guard duration.map({ $0 > 0 && $0.isFinite }) ?? true else { throw ValidationError("--duration must be over 0") }
    guard (1...128).contains(source.count), !source.contains(where: { ",\n\r".contains($0) }) else {
      throw ValidationError("--source must have 1 to 128 characters without commas")
    }
    guard sequenceStart != 0 else { throw ValidationError("--sequence-start must be 1 or more") }
    guard (1...1_000_000).contains(buffer) else { throw ValidationError("--buffer must lie from 1 to 1000000") }
    guard patience > 0, patience <= 86_400 else { throw ValidationError("--patience must lie over 0 and up to 86400") }
  }

  func run() async throws {
    let report: ReplayReport
    do {
      report = try await replay()
    } catch {
      StandardError.print(ProblemText.lines(error))
      throw ProcessExit.error
    }
    print(report.lines.joined(separator: "\n"))
    guard report.isComplete else { throw ProcessExit.failed }
  }

  private func replay() async throws -> ReplayReport {
    let recordings = try ReplayFile.recordings(file, rate: rate).map { recording in
      guard let duration else { return recording }
      return Recording(vehicle: recording.vehicle, samples: recording.samples.filter { $0.time <= duration })
    }
    let names = Self.names(recordings, first: vehicle, count: vehicles)
    let plan = ReplayPlan(recordings: recordings, vehicleCount: names.count, rate: rate, speedUp: speedUp)
    let log = try ackLog.map { try AckLog(path: $0) }

    let stateSync = try server.client(tls)
    defer { stateSync.shutDown() }
    let twinEngine = try engine.client(tls)
    defer { twinEngine.shutDown() }
    let patience = Patience(limit: .seconds(patience))
    let finder = ReplayVehicles(
      engine: TwinServiceClient(twinEngine), fleet: FleetServiceClient(stateSync), patience: patience)
    let known = try await finder.resolve(names, creating: create)
    var firstSequences: [UInt64] = []
    for vehicle in known {
      if let sequenceStart {
        firstSequences.append(sequenceStart)
      } else {
        firstSequences.append(try await finder.nextSequence(of: vehicle, source: source))
      }
    }

    let ledger = ReplayLedger(vehicles: known, source: source, capacity: buffer, log: log)
    let session = ReplaySession(
      plan: plan, firstSequences: firstSequences, ledger: ledger, service: TelemetryServiceClient(stateSync),
      patience: patience)
    let progress = ReplayProgress(ledger: ledger, total: plan.maximumCount)
    let failure = await withTaskGroup(of: Void.self) { group in
      group.addTask { await progress.run() }
      let failure = await session.run()
      group.cancelAll()
      return failure
    }
    return await ledger.report(failure: failure)
  }

  /// The recording's own ids where nothing else is asked for.
  static func names(_ recordings: [Recording], first: String?, count: Int?) -> [String] {
    let own = recordings.compactMap(\.vehicle)
    if first == nil, own.count == recordings.count, count ?? own.count == own.count { return own }
    return VehicleNames.counting(from: first ?? own.first ?? "AV-001", count: count ?? recordings.count)
  }
}
