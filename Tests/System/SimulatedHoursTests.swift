import Foundation
import NIOPosix
import RPCCore
import RPCTransport
import SystemTesting
import Testing
import TwinProto
import Waiting

/// The hours after a change under the load that its target really had: metrics of days are pushed, a change is checked.
extension SystemTests {
  @Suite(.serialized) struct SimulatedHoursTests {
    private static let target = "hours-\(UUID().uuidString)"

    /// Eight days of a quarter of an hour each, the same saw every day; the state without any peak.
    private static func push(_ suite: SuiteProcesses) async throws {
      let address = try #require(RPCTarget(suite.address("state-sync")))
      let client = try RPCClient(RPCClientConfiguration(target: address), group: MultiThreadedEventLoopGroup.singleton)
      defer { client.shutDown() }
      let newest = Int64(Date().timeIntervalSince1970) / 900 - 1
      let points = (0..<Int64(8 * 96)).map { index in
        let time = (newest - 8 * 96 + 1 + index) * 900
        return MetricPoint(
          time: ProtoTimestamp(seconds: time),
          value: 20 + 40 * Double(time % 86_400) / 86_400 + Double(index * 7 % 5) / 5)
      }
      let environments = EnvironmentServiceClient(client)
      let state = ["current_instances": 8.0, "cpu": 2, "cpu_demand_ms": 100]
      _ = try await environments.syncEnvironment(
        SyncEnvironmentRequest(
          environmentID: "staging",
          targets: [
            target: InlineTarget(
              kind: "service",
              state: ProtoStruct(fields: state.mapValues { ProtoValue(kind: .numberValue($0)) }))
          ]))
      let pushed = try await environments.pushMetrics(
        PushMetricsRequest(
          environmentID: "staging", series: [MetricSeries(target: target, metric: "requests_per_s", points: points)]))
      #expect(pushed.stored == 8 * 96)
    }

    private static func check(_ rest: RESTClient, scenario: String?) async throws -> RESTClient.Answer {
      let named = scenario.map { #","load_scenario":\#($0)"# } ?? ""
      return try await rest.call(
        "POST", "/api/v1/simulation/run",
        json:
          #"{"change_request":{"type":"scaling","target":"\#(target)","environment":"staging","change":{"instances":6}\#(named)},"duration_hours":24}"#
      )
    }

    @Test func aCheckNamesTheForecastOfWhatWasRecorded() async throws {
      let suite = try await SystemTests.shared.processes()
      let rest = suite.infrastructureREST
      try await eventually("every service answers") { (try? await rest.call("GET", "/health").status) == 200 }
      try await Self.push(suite)

      let forecast = try await Self.check(rest, scenario: nil)
      #expect(forecast.value("status") as? String == "success", "\(forecast.text)")
      #expect(forecast.value("simulated_hours", "load_source") as? String == "forecast", "\(forecast.text)")
      #expect(forecast.value("simulated_hours", "points") as? Int == 8 * 96)
      #expect((forecast.value("simulated_hours", "method") as? String)?.isEmpty == false)
      #expect(forecast.value("simulated_hours", "naive_error") is Double, "\(forecast.text)")
      #expect((forecast.value("regime") as? String)?.contains("load forecast: ") == true, "\(forecast.text)")
      let peak = try #require(forecast.value("predicted_impact", "after", "hours_peak_utilization") as? Double)
      #expect((0.45...0.6).contains(peak), "\(forecast.text)")

      let recorded = try await Self.check(rest, scenario: #""recorded""#)
      #expect(recorded.value("simulated_hours", "load_source") as? String == "recorded", "\(recorded.text)")

      let crowd = try await Self.check(
        rest, scenario: #"{"type":"flash_crowd","factor":4,"duration_minutes":20}"#)
      #expect(crowd.value("simulated_hours", "load_scenario") as? String == "flash_crowd", "\(crowd.text)")
      #expect(
        try #require(crowd.value("predicted_impact", "after", "hours_peak_utilization") as? Double) > 3.5 * peak)
      #expect(crowd.text.contains("SATURATION"))

      let unknown = try await Self.check(rest, scenario: #""sale""#)
      #expect(unknown.status == 400 && unknown.text.contains("load_scenario"), "\(unknown.text)")
      #expect(unknown.text.contains("zone_failure"), "\(unknown.text)")
    }
  }
}
