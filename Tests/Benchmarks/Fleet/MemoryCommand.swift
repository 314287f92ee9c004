import ArgumentParser
import FleetCore
import Foundation
import PostgresDriver
import RPCCore
import SystemTesting
import TwinProto

struct MemoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory", abstract: "Measures what twins at rest take in twin-engine, and a restart with many.")

  @Option(help: "Twins.") var twins = 100_000
  @Option(help: ArgumentHelp("Puts the result into this file's part about the fleet at rest.", valueName: "file"))
  var results: String?

  func run() async throws {
    let suite = try await Suite.start()
    do {
      let report = try await RestingFleet(suite: suite, count: twins).measure {
        print($0)
        fflush(nil)
      }
      if let results { try ResultsFile(results).put(RestingFleet.title, report.lines) }
    } catch {
      await suite.stop()
      throw error
    }
    await suite.stop()
  }
}

/// Many twins of which nothing is heard.
struct RestingFleet: Sendable {
  static let title = "Twins at rest and a restart with them"
  /// Requests of samples under way on one stream.
  private static let sending = 200
  /// Twins that are registered by RPC; the others are put into the tables, which is sooner done.
  private static let byRPC = 1_000
  /// How long a restart is waited for.
  private static let patience = Duration.seconds(120)

  let suite: Suite
  let count: Int

  struct Report: Sendable {
    var count: Int
    /// Bytes of the whole process: without twins, with twins that nothing was heard of, with one stored state each; each
    /// after a restart.
    var empty = 0
    var silent = 0
    var heard = 0
    var heardBeforeRestart = 0
    /// Twins a second by RPC.
    var creating = 0.0
    /// From the start of the process to its readiness, s.
    var engineSilent = 0.0
    var engineHeard = 0.0
    /// Both killed and started together: until both are ready, and until state-sync takes a sample of the newest twin
    /// and its state is back.
    var bothReady = 0.0
    var bothInStep = 0.0
    var stateSync = 0
    var cpuHeard = 0.0

    private func each(_ bytes: Int) -> String {
      ReportText.number(Double(bytes - empty) / Double(count) / 1_024, places: 2)
    }

    var lines: [String] {
      [
        "Measured with \(count) twins; resident memory of twin-engine less \(empty >> 20) MB without twins, a twin.",
        "",
        "| what | measured | wanted |", "|---|---|---|",
        "| memory a twin, nothing heard of it yet, KB | \(each(silent)) | under 8 |",
        "| memory a twin, one sample heard and its state stored, KB | \(each(heard)) (before the restart "
          + "\(each(heardBeforeRestart))) | under 8 |",
        "| restart of twin-engine until ready, nothing heard, s | \(ReportText.number(engineSilent, places: 2)) | under 10 |",
        "| restart of twin-engine until ready, a stored state each, s | \(ReportText.number(engineHeard, places: 2)) "
          + "(processor time \(ReportText.number(cpuHeard, places: 2))) | under 10 |",
        "| both killed and started together, until both are ready, s | \(ReportText.number(bothReady, places: 2)) | under 10 |",
        "| the same until a new sample of the newest twin shows in its state, s | "
          + "\(ReportText.number(bothInStep, places: 2)) | under 10 |",
        "| memory of state-sync that follows them, MB | \(stateSync >> 20) | |",
        "| registering by RPC, 16 at a time (the first thousand; the others by SQL), twins/s | \(Int(creating)) | |",
      ]
    }
  }

  func measure(tell: (String) -> Void) async throws -> Report {
    var report = Report(count: count)
    _ = try await restart(["twin-engine"])
    report.empty = try await memory("twin-engine")
    let began = ContinuousClock.now
    let created = min(count, Self.byRPC)
    var ids = try await suite.createTwins(1..<created + 1)
    report.creating = Double(created) / ((ContinuousClock.now - began) / .seconds(1))
    ids += try await insert(count - created)
    tell("registered \(count), \(ReportText.number(report.creating)) a second by RPC")
    report.engineSilent = try await restart(["twin-engine"])
    report.silent = try await memory("twin-engine")
    tell("ready after \(report.engineSilent) s; \(report.silent >> 10) KB against \(report.empty >> 10) KB")
    try await awaitKnown()
    try await hear(ids)
    report.heardBeforeRestart = try await memory("twin-engine")
    report.engineHeard = try await restart(["twin-engine"])
    report.cpuHeard = ProcessTimes.seconds(try await suite.processes.identifier("twin-engine")) ?? 0
    report.heard = try await memory("twin-engine")
    tell("with states: ready after \(report.engineHeard) s; \(report.heard >> 10) KB")
    let both = ContinuousClock.now
    report.bothReady = try await restart(["twin-engine", "state-sync"])
    try await showsSample(of: ids[ids.count - 1], sequence: 2)
    report.bothInStep = (ContinuousClock.now - both) / .seconds(1)
    report.stateSync = try await memory("state-sync")
    report.lines.forEach(tell)
    return report
  }

  /// Puts twins into the tables of twin-engine, as its own creates would have.
  ///
  /// - Returns: their ids.
  private func insert(_ more: Int) async throws -> [String] {
    guard more > 0 else { return [] }
    let connection = try await suite.question()
    let first = try await connection.query("SELECT last_number FROM twin_engine.twin_counter")[0].decode(Int64.self) + 1
    let last = first + Int64(more) - 1
    try await connection.executeScript(
      """
      BEGIN;
      INSERT INTO twin_engine.twins (number, physical_vehicle_id, model_type, create_time, update_time, change)
      SELECT number, 'LOAD-' || number, 'sedan', now(), now(), last_change + row_number() OVER (ORDER BY number)
      FROM twin_engine.twin_counter, generate_series(\(first), \(last)) AS number;
      UPDATE twin_engine.twin_counter SET last_number = \(last), last_change = last_change + \(more);
      COMMIT;
      """, timeout: .seconds(120))
    await connection.close()
    // Ids have three digits at least.
    return (first...last).map { number in
      let text = String(number)
      return "twin-" + String(repeating: "0", count: max(0, 3 - text.utf8.count)) + text
    }
  }

  /// Kills services and starts them again.
  ///
  /// - Returns: seconds until all are ready.
  private func restart(_ names: [String]) async throws -> Double {
    for name in names { try await suite.processes.kill(name) }
    let began = ContinuousClock.now
    for name in names { try await suite.processes.launch(name) }
    for name in names { try await Recovery.awaitReady(name, suite, patience: Self.patience) }
    return (ContinuousClock.now - began) / .seconds(1)
  }

  /// After its last work a process frees and stores for so long; nothing tells its end.
  private static let settling = Duration.seconds(2)

  /// Resident memory once the process rests.
  private func memory(_ name: String) async throws -> Int {
    try await Task.sleep(for: Self.settling)
    return ProcessTimes.residentBytes(try await suite.processes.identifier(name))
  }

  /// Waits until state-sync knows all of them.
  private func awaitKnown() async throws {
    let connection = try await suite.question()
    let deadline = ContinuousClock.now + Self.patience
    while try await connection.query("SELECT count(*) FROM state_sync.vehicles")[0].decode(Int64.self) < Int64(count) {
      guard ContinuousClock.now < deadline else {
        throw RPCError(.deadlineExceeded, "state-sync doesn't know all twins")
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    await connection.close()
  }

  /// Sends one sample of each, and waits until all states are stored.
  private func hear(_ ids: [String]) async throws {
    let vehicles = ids.enumerated().map { GatewayVehicle(id: $1, seed: UInt64($0)) }
    let service = TelemetryServiceClient(suite.stateSync)
    try await service.streamTelemetry { requests, responses in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          var count = 0
          for try await response in responses {
            guard case .ack(let ack)? = response.content else { continue }
            guard ack.accepted == 1 else { throw RPCError(.internalError, "not accepted: \(ack)") }
            count += 1
            if count == ids.count { return requests.finish() }
          }
        }
        for var vehicle in vehicles {
          try await requests.write(
            StreamTelemetryRequest(
              vehicleID: vehicle.id, source: Gateway.source, batchID: 1,
              samples: [vehicle.course.sample(1, at: .init(nanoseconds: Gateway.now()))]))
        }
        try await group.waitForAll()
      }
    }
    let connection = try await suite.question()
    let deadline = ContinuousClock.now + Self.patience
    while try await connection.query("SELECT count(*) FROM twin_engine.twin_states")[0].decode(Int64.self)
      < Int64(ids.count)
    {
      guard ContinuousClock.now < deadline else { throw RPCError(.deadlineExceeded, "states aren't stored") }
      try await Task.sleep(for: .milliseconds(200))
    }
    await connection.close()
  }

  private func showsSample(of id: String, sequence: UInt64) async throws {
    var course = Course(seed: UInt64(count - 1))
    let options = CallOptions(timeout: .seconds(10), waitForReady: true)
    let pushed = try await TelemetryServiceClient(suite.stateSync).pushTelemetry(
      PushTelemetryRequest(
        vehicleID: id, source: Gateway.source,
        samples: [course.sample(sequence, at: .init(nanoseconds: Gateway.now()))]), options: options)
    guard pushed.accepted == 1 else { throw RPCError(.internalError, "not accepted: \(pushed)") }
    let deadline = ContinuousClock.now + Self.patience
    let twins = TwinServiceClient(suite.engine)
    while try await twins.getTwinState(GetTwinStateRequest(id: id), options: options).sync?.lastSequence != sequence {
      guard ContinuousClock.now < deadline else { throw RPCError(.deadlineExceeded, "the sample isn't in the state") }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
