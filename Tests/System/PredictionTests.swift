import Foundation
import NIOPosix
import RPCCore
import RPCTransport
import SystemTesting
import Testing
import TwinProto

/// Predictions from what state-sync keeps.
extension SystemTests {
  @Suite(.serialized) struct PredictionTests {
    private static func client<Result: Sendable>(
      _ name: String, _ suite: SuiteProcesses, _ body: (RPCClient) async throws -> Result
    ) async throws -> Result {
      let target = try #require(RPCTarget(suite.address(name)))
      let client = try RPCClient(RPCClientConfiguration(target: target), group: MultiThreadedEventLoopGroup.singleton)
      defer { client.shutDown() }
      return try await body(client)
    }

    @Test func pushedMetricsForetellAFullDisk() async throws {
      let suite = try await SystemTests.shared.processes()
      let target = "disk-\(UUID().uuidString)"
      let hour = Int64(Date().timeIntervalSince1970) / 3_600
      // 0.1 GB an hour less, 3 GB left: full in some 30 h.
      let points = (0..<480).map { index in
        MetricPoint(
          time: ProtoTimestamp(seconds: (hour - 480 + Int64(index)) * 3_600 + 60),
          value: 3 + 0.1 * Double(479 - index) + 0.01 * Double(index % 3))
      }
      try await Self.client("state-sync", suite) { client in
        let environments = EnvironmentServiceClient(client)
        _ = try await environments.syncEnvironment(
          SyncEnvironmentRequest(environmentID: "staging", targets: [target: InlineTarget(kind: "host")]))
        _ = try await environments.pushMetrics(
          PushMetricsRequest(
            environmentID: "staging", series: [MetricSeries(target: target, metric: "disk_free_gb", points: points)]))
      }
      let answer = try await Self.client("prediction", suite) { client in
        try await PredictionServiceClient(client)
          .predictFailures(PredictFailuresRequest(environment: "staging", targetSystem: target))
      }
      let failure = try #require(answer.failures.first { $0.code == "DISK_FULL" }, "\(answer)")
      #expect(failure.target == target)
      #expect(failure.probability > 0.99)
      let hours = Double(try #require(failure.expectedTime?.seconds) - (hour - 1) * 3_600) / 3_600
      #expect((28...33).contains(hours), "\(hours)")
      #expect(!answer.stale)
    }
  }
}
