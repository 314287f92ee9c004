import Foundation
import NIOPosix
import RPCCore
import RPCTransport
import SystemTesting
import Testing
import TwinProto
import Waiting

/// Mirrors of environments while the services that keep them are killed.
extension SystemTests {
  @Suite(.serialized) struct EnvironmentTests {
    private static func client<Result: Sendable>(
      _ name: String, _ suite: SuiteProcesses, _ body: (RPCClient) async throws -> Result
    ) async throws -> Result {
      let target = try #require(RPCTarget(suite.address(name)))
      let client = try RPCClient(RPCClientConfiguration(target: target), group: MultiThreadedEventLoopGroup.singleton)
      defer { client.shutDown() }
      return try await body(client)
    }

    private static func push(_ number: Int, to target: String, _ client: RPCClient) async throws {
      _ = try await EnvironmentServiceClient(client).syncEnvironment(
        SyncEnvironmentRequest(
          environmentID: "staging",
          targets: [
            target: InlineTarget(
              kind: "service",
              state: ProtoStruct(fields: ["number": ProtoValue(kind: .numberValue(Double(number)))]))
          ]), options: CallOptions(timeout: .seconds(10)))
    }

    private static func number(_ target: Target?) -> Int? {
      guard case .numberValue(let number)? = target?.state?.fields["number"]?.kind else { return nil }
      return Int(number)
    }

    /// nil while the twin doesn't know the target, or isn't there.
    private static func twin(_ target: String, _ suite: SuiteProcesses) async throws -> Int? {
      try await client("twin-engine", suite) { client in
        do {
          let snapshot = try await EnvironmentTwinServiceClient(client).getEnvironmentSnapshot(
            GetEnvironmentSnapshotRequest(environmentID: "stage", targets: [target]),
            options: CallOptions(timeout: .seconds(10)))
          return number(snapshot.targets.first?.target)
        } catch let error as RPCError where error.code == .notFound {
          return nil
        }
      }
    }

    @Test func acknowledgedSyncsSurviveAKill() async throws {
      let suite = try await SystemTests.shared.processes()
      let target = "kill-\(UUID().uuidString)"
      var acknowledged = 0
      for round in 1...3 {
        let before = acknowledged
        // Pushes until the service is gone, and tells the last one that was acknowledged.
        let pushing = Task { () -> Int in
          var last = before
          try await Self.client("state-sync", suite) { client in
            while true {
              do { try await Self.push(last + 1, to: target, client) } catch is RPCError { return }
              last += 1
            }
          }
          return last
        }
        try await eventually("some syncs of round \(round) are acknowledged") {
          // The twin hears of a sync before its answer, so the last one may not be acknowledged yet.
          try await Self.twin(target, suite).map { $0 > before + 5 } ?? false
        }
        try await suite.kill("state-sync")
        acknowledged = try await pushing.value
        #expect(acknowledged > before)
        try await suite.launch("state-sync")
        try await suite.awaitReady("state-sync")
        let stored = try await Self.client("state-sync", suite) { client in
          Self.number(
            try await EnvironmentServiceClient(client).getTarget(
              GetTargetRequest(environmentID: "staging", name: target), options: CallOptions(timeout: .seconds(10))))
        }
        // The one that was under way may have been stored without an acknowledgement.
        #expect([acknowledged, acknowledged + 1].contains(stored))
        try await eventually("the twin has caught up") { try await Self.twin(target, suite) == stored }
        acknowledged = stored ?? acknowledged
      }
    }

    @Test func syncsSucceedWhileTwinEngineIsAway() async throws {
      let suite = try await SystemTests.shared.processes()
      let target = "away-\(UUID().uuidString)"
      try await suite.kill("twin-engine")
      try await Self.client("state-sync", suite) { try await Self.push(7, to: target, $0) }
      try await suite.launch("twin-engine")
      try await suite.awaitReady("twin-engine")
      try await eventually("the twin has heard of it") { try await Self.twin(target, suite) == 7 }
      // From now on the twin is in step with every answer.
      try await Self.client("state-sync", suite) { client in
        for number in 8...20 {
          try await Self.push(number, to: target, client)
          #expect(try await Self.twin(target, suite) == number)
        }
      }
    }
  }
}
