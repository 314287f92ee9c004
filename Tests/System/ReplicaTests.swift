import Foundation
import SystemTesting
import Testing
import Waiting

/// Two replicas of twin-engine and of state-sync: vehicles are replayed while replicas are killed, leave and come back.
/// What was acknowledged is there, once, and every twin ends at the last sample, whichever replica keeps it.
extension SystemTests {
  @Suite(.serialized) struct ReplicaTests {
    @Test func replicasComeAndGo() async throws {
      let suite = try SuiteProcesses(replicas: ["twin-engine": 2, "state-sync": 2])
      try await suite.start()
      // Each state-sync is the home of some vehicles and gets those of the other one, too.
      let replays = try [["state-sync"], ["state-sync-2"], ["state-sync", "state-sync-2"], ["state-sync-2"]]
        .enumerated()
        .map { try Replay(suite, "replica-\($0.offset)", seconds: 400, servers: $0.element) }
      func goOn(after what: String) async throws {
        for replay in replays {
          #expect(replay.acknowledged().count < replay.samples, "\(what) is to happen while the replay runs")
          try await replay.goOn(after: what)
        }
      }
      try await goOn(after: "the beginning")
      // For good: its twins' samples wait until they have another home.
      try await suite.kill("twin-engine-2")
      try await goOn(after: "the kill of a twin-engine")
      try suite.setReplicas(of: "twin-engine", ["twin-engine"])
      try await goOn(after: "a twin-engine left")
      try await suite.kill("state-sync-2")
      try await suite.launch("state-sync-2")
      try await suite.awaitReady("state-sync-2")
      try await goOn(after: "a state-sync was killed")
      for replay in replays { try await replay.expectNothingLost() }
      // The other one again: twins move back, and whichever the edge asks knows all.
      try suite.setReplicas(of: "twin-engine", ["twin-engine", "twin-engine-2"])
      try await suite.launch("twin-engine-2")
      try await suite.awaitReady("twin-engine-2")
      for replay in replays {
        let twin = try await replay.twin()
        try await eventually("\(twin) is known by both") {
          for _ in 1...4 {
            let state = try await suite.rest.call("GET", "/api/v1/twin/vehicles/\(twin)/state")
            guard state.value("sync", "last_sequence") as? Int == replay.samples else { return false }
          }
          return true
        }
      }
      for service in ["twin-engine", "twin-engine-2"] { #expect(try await suite.stop(service) == 0) }
      for service in ["state-sync", "state-sync-2"] { #expect(try await suite.stop(service) == 0) }
    }
  }
}
