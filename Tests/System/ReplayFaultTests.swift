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
