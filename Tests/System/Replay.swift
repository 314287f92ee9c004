import Foundation
import PostgresDriver
import PostgresTesting
import SystemTesting
import Testing
import Waiting

/// A `twinctl replay` of US06 in progress, of a vehicle of its own: 100 samples a second.
struct Replay {
  /// 5,001 samples in 50 s.
  static let samples = 5001
  /// Acknowledged samples that show that the replay goes on.
  private static let progress = 30

  let vehicle: String
  /// How many there are.
  let samples: Int
  private let suite: SuiteProcesses
  private let child: Child
  private let ackLog: URL
  private let output: URL

  /// - Parameters:
  ///   - seconds: how much of the drive, a tenth of which it takes.
  ///   - servers: the state-syncs that it may send to.
  init(_ suite: SuiteProcesses, _ name: String, seconds: Int = 500, servers: [String] = ["state-sync"]) throws {
    self.suite = suite
    samples = 10 * seconds + 1
    vehicle = "AV-\(name)-\(UUID().uuidString.prefix(8))"
    ackLog = suite.folder.appendingPathComponent("\(vehicle).acks")
    output = suite.folder.appendingPathComponent("\(vehicle).out")
    child = try Child(
      Programs.file("twinctl"),
      ["replay", "us06", "--rate", "10", "--speed-up", "10", "--duration", "\(seconds)"] + [
        "--vehicle", vehicle, "--create", "sedan", "--ack-log", ackLog.path, "--server",
        servers.map(suite.address).joined(separator: ","), "--engine", suite.address("twin-engine"),
      ], output: output, errors: output)
  }

  /// Sequences acknowledged so far, in the order of their acknowledgements.
  func acknowledged() -> [Int64] {
    let text = (try? String(contentsOf: ackLog, encoding: .utf8)) ?? ""
    // The last line may be half written.
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap {
      $0.split(separator: ",").last.flatMap { Int64($0) }
    }
  }

  /// Waits until more samples are acknowledged than were before.
  func goOn(after what: String) async throws {
    let before = acknowledged().count
    try await eventually("the replay goes on after \(what)", explanation: { printed }) {
      acknowledged().count >= min(before + Self.progress, samples)
    }
  }

  private var printed: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

  /// Waits for its end, and compares what it was told with what is stored.
  func expectNothingLost() async throws {
    let status = await child.ended.value
    #expect(status == 0, "\(printed)")
    let acknowledged = acknowledged()
    #expect(acknowledged.count == samples)
    #expect(Set(acknowledged).count == samples)
    let connection = try await PostgresConnection.connect(try await suite.databaseForQuestions().admin)
    let stored = try await connection.query(
      "SELECT sequence FROM state_sync.telemetry_samples WHERE physical_vehicle_id = \(vehicle) ORDER BY sequence"
    ).map { try $0.decode(Int64.self) }
    // Each one, once, and no others.
    #expect(stored == acknowledged.sorted())
    await connection.close()
    let twin = try await twin()
    try await eventually("the twin has caught up") {
      let state = try await suite.rest.call("GET", "/api/v1/twin/vehicles/\(twin)/state")
      return state.value("sync", "last_sequence") as? Int == samples
    }
    try await expectSyncReport(of: twin)
  }

  private func expectSyncReport(of twin: String) async throws {
    let sync = try await suite.rest.call("GET", "/api/v1/twin/vehicles/\(twin)/sync")
    let source = try #require((sync.value("sources") as? [[String: Any]])?.first, "\(sync.text)")
    #expect(source["accepted"] as? Int == samples)
    #expect(source["missing"] as? Int == 0)
    // Both sides have this machine's clock, so what is found must lie within what is known of it. A source that was just
    // moved has none yet.
    guard let skew = source["clock_skew_ms"] as? Double else { return }
    #expect(abs(skew) <= 2 * (source["clock_skew_std_ms"] as? Double ?? 0))
  }

  /// The id of its twin.
  func twin() async throws -> String {
    let twins = try await suite.rest.call("GET", "/api/v1/twin/vehicles?page_size=1000")
    let all = try #require(twins.value("vehicles") as? [[String: Any]], "\(twins.text)")
    return try #require(all.first { $0["physical_vehicle_id"] as? String == vehicle }?["id"] as? String)
  }
}
