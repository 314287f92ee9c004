import Foundation
import SystemTesting
import Testing
import Waiting

/// Services that are killed, and a database that goes away: everything comes back by itself.
extension SystemTests {
  @Suite(.serialized) struct RestartTests {
    @Test func whatWasRecordedSurvivesAKill() async throws {
      let suite = try await SystemTests.shared.processes()
      let scenario = try await suite.rest.call("POST", "/api/v1/twin/scenarios", json: #"{"type":"emergency_braking"}"#)
      let simulation = try #require(scenario.value("simulation_id") as? String, "\(scenario.text)")
      let run = try await suite.rest.call(
        "POST", "/api/v1/twin/simulations/\(simulation)/run", headers: ["Prefer": "wait=60"])
      let hash = try #require(run.value("state_hash") as? String, "\(run.text)")
      for service in ["results", "scenario-runner", "edge"] {
        try await suite.kill(service)
        #expect(await suite.readiness(service) == nil)
        try await suite.launch(service)
        try await suite.awaitReady(service)
        // The edge's connections to what was killed come back within their backoff.
        try await eventually("the outcome can be read after \(service) was killed") {
          let outcome = try? await suite.rest.call("GET", "/api/v1/twin/results/\(simulation)")
          return outcome?.value("state_hash") as? String == hash
        }
      }
      let again = try await suite.rest.call(
        "POST", "/api/v1/twin/simulations/\(simulation)/run", headers: ["Prefer": "wait=60"])
      #expect(again.value("state_hash") as? String == hash, "\(again.text)")
    }

    @Test func readinessFollowsTheDatabase() async throws {
      let suite = try await SystemTests.shared.processes()
      let services = Programs.services.filter { $0 != "edge" }
      try await suite.stopDatabase()
      for service in services {
        try await eventually(
          "\(service) notices that the database is away", explanation: { suite.logTail(service) }
        ) { await suite.readiness(service) == 503 }
      }
      try await suite.startDatabase()
      for service in services {
        try await suite.awaitReady(service)
        #expect(await suite.isRunning(service))
      }
    }
  }
}
