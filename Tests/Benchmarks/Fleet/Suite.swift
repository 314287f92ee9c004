import Foundation
import NIOPosix
import PostgresDriver
import PostgresTesting
import RPCCore
import RPCTransport
import SystemTesting
import TwinProto

/// The suite's real processes with a private PostgreSQL, and clients of them.
struct Suite: Sendable {
  /// Creates under way at a time.
  private static let creating = 16
  private static let patience = Duration.seconds(10)
  /// Of 16 MB each: more than a load of five minutes writes.
  private static let logFiles = 60

  let processes: SuiteProcesses
  let engine: RPCClient
  let stateSync: RPCClient

  /// Starts everything.
  static func start() async throws -> Suite {
    let processes = try SuiteProcesses()
    try await processes.start()
    ProcessTimes.sharePriority(with: try await processes.databaseIdentifier())
    let suite = Suite(
      processes: processes, engine: try client(processes.address("twin-engine")),
      stateSync: try client(processes.address("state-sync")))
    try await suite.prepareLog()
    return suite
  }

  /// Gives the new server the files of its log that one has which has run for a while. A server that has none makes and
  /// fills 16 MB within a commit now and then, until its checkpoints have left enough files to use again.
  private func prepareLog() async throws {
    let connection = try await question()
    for statement in ["ALTER SYSTEM SET min_wal_size = '1GB'", "SELECT pg_reload_conf()"] {
      try await connection.executeScript(statement)
    }
    for _ in 0..<Self.logFiles {
      try await connection.executeScript("SELECT pg_logical_emit_message(false, 'benchmark', 'next'), pg_switch_wal()")
    }
    try await connection.executeScript("CHECKPOINT", timeout: .seconds(120))
    await connection.close()
  }

  private static func client(_ address: String) throws -> RPCClient {
    guard let target = RPCTarget(address) else { throw RPCError(.invalidArgument, "\(address) isn't an address") }
    var configuration = RPCClientConfiguration(target: target)
    // A service that is back is found at once: what is measured is the service.
    configuration.limits.backoff.initial = .milliseconds(20)
    configuration.limits.backoff.maximum = .milliseconds(100)
    return try RPCClient(configuration, group: MultiThreadedEventLoopGroup.singleton)
  }

  func stop() async {
    engine.shutDown()
    stateSync.shutDown()
    for name in Programs.services.reversed() { _ = try? await processes.stop(name) }
  }

  /// Creates twins of vehicles `LOAD-000001` and so on.
  ///
  /// - Returns: their ids in the order of the vehicles.
  func createTwins(_ numbers: Range<Int>) async throws -> [String] {
    let twins = TwinServiceClient(engine)
    return try await withThrowingTaskGroup(of: [(Int, String)].self) { group in
      for part in 0..<Self.creating {
        group.addTask {
          var made: [(Int, String)] = []
          for number in numbers.dropFirst(part).striding(by: Self.creating) {
            let twin = try await twins.createTwin(
              CreateTwinRequest(physicalVehicleID: "LOAD-\(number)", modelType: "sedan"),
              options: CallOptions(timeout: Self.patience, waitForReady: true))
            made.append((number, twin.id))
          }
          return made
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  // MARK: Costs

  /// Seconds on processors so far, by program.
  struct Times: Sendable {
    var seconds: [String: Double] = [:]

    static func - (a: Times, b: Times) -> Times {
      Times(seconds: a.seconds.merging(b.seconds) { $0 - $1 })
    }

    var total: Double { seconds.values.reduce(0, +) }
  }

  static let measured = ["state-sync", "twin-engine"]

  func times() async throws -> Times {
    var times = Times()
    for name in Self.measured {
      times.seconds[name] = ProcessTimes.seconds(try await processes.identifier(name)) ?? 0
    }
    times.seconds["PostgreSQL"] = ProcessTimes.familySeconds(try await processes.databaseIdentifier())
    times.seconds["generator"] = ProcessTimes.seconds(getpid()) ?? 0
    return times
  }

  /// Samples a commit since the start, as state-sync counts them; nil before the first.
  func samplesPerCommit() async throws -> Double? {
    let text = try await processes.admin("state-sync").call("GET", "/metrics").text
    func value(_ name: String) -> Double? {
      text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }.flatMap { Double($0.dropFirst(name.count + 1)) }
    }
    guard let sum = value("state_sync_commit_rows_sum"), let count = value("state_sync_commit_rows_count"), count > 0
    else { return nil }
    return sum / count
  }

  func question() async throws -> PostgresConnection {
    try await PostgresConnection.connect(try await processes.databaseForQuestions().admin)
  }
}

extension Collection {
  /// Every so many elements, from the first.
  func striding(by step: Int) -> [Element] {
    enumerated().filter { $0.offset % step == 0 }.map(\.element)
  }
}
