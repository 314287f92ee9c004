import Foundation
import PostgresDriver
import PostgresTesting
import SystemTesting
import Testing
import Waiting

/// A drive is replayed while its services are killed, or lose their database: what was acknowledged is there, once, and
/// the replay goes on.
extension SystemTests {
  @Suite(.serialized) struct ReplayFaultTests {
    /// A `twinctl replay` of US06 in progress, of a vehicle of its own.
    private struct Replay {
      /// 5,001 samples in 50 s.
      private static let arguments = ["us06", "--rate", "10", "--speed-up", "10", "--duration", "500"]
      static let samples = 5001
      /// Acknowledged samples that show that the replay goes on.
      private static let progress = 30

      let vehicle: String
      private let suite: SuiteProcesses
      private let child: Child
      private let ackLog: URL
      private let output: URL

      init(_ suite: SuiteProcesses, _ name: String) throws {
        self.suite = suite
        vehicle = "AV-\(name)-\(UUID().uuidString.prefix(8))"
        ackLog = suite.folder.appendingPathComponent("\(vehicle).acks")
        output = suite.folder.appendingPathComponent("\(vehicle).out")
        child = try Child(
          Programs.file("twinctl"),
          ["replay"] + Self.arguments + [
            "--vehicle", vehicle, "--create", "sedan", "--ack-log", ackLog.path, "--server",
            suite.address("state-sync"), "--engine", suite.address("twin-engine"),
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
          acknowledged().count >= min(before + Self.progress, Self.samples)
        }
      }

      private var printed: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

      /// Waits for its end, and compares what it was told with what is stored.
      func expectNothingLost() async throws {
        let status = await child.ended.value
        #expect(status == 0, "\(printed)")
        let acknowledged = acknowledged()
        #expect(acknowledged.count == Self.samples)
        #expect(Set(acknowledged).count == Self.samples)
        let connection = try await PostgresConnection.connect(try await suite.databaseForQuestions().admin)
        let stored = try await connection.query(
          "SELECT sequence FROM state_sync.telemetry_samples WHERE physical_vehicle_id = \(vehicle) ORDER BY sequence"
        ).map { try $0.decode(Int64.self) }
        // Each one, once, and no others.
        #expect(stored == acknowledged.sorted())
        await connection.close()
        let twins = try await suite.rest.call("GET", "/api/v1/twin/vehicles?page_size=1000")
        let all = try #require(twins.value("vehicles") as? [[String: Any]], "\(twins.text)")
        let twin = try #require(all.first { $0["physical_vehicle_id"] as? String == vehicle }?["id"] as? String)
        try await eventually("the twin has caught up") {
          let state = try await suite.rest.call("GET", "/api/v1/twin/vehicles/\(twin)/state")
          return state.value("sync", "last_sequence") as? Int == Self.samples
        }
        let sync = try await suite.rest.call("GET", "/api/v1/twin/vehicles/\(twin)/sync")
        let source = try #require((sync.value("sources") as? [[String: Any]])?.first, "\(sync.text)")
        #expect(source["accepted"] as? Int == Self.samples)
        #expect(source["missing"] as? Int == 0)
        // Both sides have this machine's clock, so what is found must lie within what is known of it.
        let skew = try #require(source["clock_skew_ms"] as? Double)
        #expect(abs(skew) <= 2 * (source["clock_skew_std_ms"] as? Double ?? 0))
      }
    }

    @Test func everyServiceIsKilledInTurn() async throws {
      let suite = try await SystemTests.shared.processes()
      let replay = try Replay(suite, "kills")
      for service in Programs.services {
        try await replay.goOn(after: "what was before the kill of \(service)")
        #expect(replay.acknowledged().count < Replay.samples, "\(service) is to be killed while the replay runs")
        try await suite.kill(service)
        #expect(await suite.readiness(service) == nil)
        try await suite.launch(service)
        try await suite.awaitReady(service)
        try await replay.goOn(after: "\(service) was killed")
      }
      try await replay.expectNothingLost()
    }

    @Test func theDatabaseIsAwayForTenSeconds() async throws {
      let suite = try await SystemTests.shared.processes()
      let replay = try Replay(suite, "outage")
      try await replay.goOn(after: "its beginning")
      try await suite.stopDatabase()
      // Not to wait for something, but for how long the outage is.
      try await Task.sleep(for: .seconds(10))
      #expect(replay.acknowledged().count < Replay.samples, "without a database nothing can be acknowledged")
      try await suite.startDatabase()
      try await replay.goOn(after: "the database came back")
      for service in Programs.services {
        try await suite.awaitReady(service)
        #expect(await suite.isRunning(service))
      }
      try await replay.expectNothingLost()
    }
  }
}
