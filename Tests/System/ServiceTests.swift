import Foundation
import NIOPosix
import RPCCore
import RPCTransport
import SystemTesting
import Testing
import TwinProto

/// What every service of the suite does alike.
extension SystemTests {
  @Suite(.serialized) struct ServiceTests {
    /// The services of the protocol that each program serves.
    static let served = [
      "state-sync": [
        "twin.statesync.v1.TelemetryService", "twin.statesync.v1.FleetService",
        "twin.statesync.v1.EnvironmentService",
      ],
      "twin-engine": [
        "twin.engine.v1.TwinService", "twin.engine.v1.TwinSyncService", "twin.engine.v1.EnvironmentTwinService",
        "twin.engine.v1.CalibrationService",
      ],
      "scenario-runner": [
        "twin.scenario.v1.ChangeSimulationService", "twin.scenario.v1.ScenarioService",
        "twin.scenario.v1.SimulationService",
      ],
      "prediction": [
        "twin.prediction.v1.ApprovalService", "twin.prediction.v1.ArbiterService",
        "twin.prediction.v1.PredictionService",
      ],
      "results": [
        "twin.results.v1.AlertService", "twin.results.v1.AuditService", "twin.results.v1.ResultService",
      ],
    ]

    @Test(arguments: Programs.services) func helpNamesTheKeys(_ service: String) async throws {
      let outcome = try await Child.run(Programs.file(service), ["--help"])
      #expect(outcome.status == 0)
      let keys = service == "edge" ? ["--http-fleet-port", "--admin-port"] : ["--rpc-port", "--admin-port"]
      for key in keys { #expect(outcome.output.contains(key)) }
      if service != "edge" { #expect(outcome.output.contains("TWIN_DATABASE_URL")) }
    }

    @Test(arguments: Programs.services) func anUnknownFlagIsNamed(_ service: String) async throws {
      let outcome = try await Child.run(Programs.file(service), ["--no-such-key", "1"])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("--no-such-key"))
    }

    @Test(arguments: Programs.services.filter { $0 != "edge" }) func reflectionAndHealthAnswer(_ service: String)
      async throws
    {
      let suite = try await SystemTests.shared.processes()
      let target = try #require(RPCTarget(suite.address(service)))
      let client = try RPCClient(RPCClientConfiguration(target: target), group: MultiThreadedEventLoopGroup.singleton)
      defer { client.shutDown() }
      let options = CallOptions(timeout: .seconds(10))
      let names = try await GRPCReflectionV1ServerReflectionClient(client).serverReflectionInfo(options: options) {
        requests, responses in
        try await requests.write(GRPCReflectionV1ServerReflectionRequest(messageRequest: .listServices("")))
        requests.finish()
        var names: [String] = []
        for try await response in responses {
          if case .listServicesResponse(let list) = response.messageResponse { names += list.service.map(\.name) }
        }
        return names
      }
      let expected = try #require(Self.served[service])
      let infrastructure = [
        "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
      ]
      #expect(names == (expected + infrastructure).sorted())
      let health = GRPCHealthClient(client)
      for name in [""] + expected {
        let answer = try await health.check(GRPCHealthCheckRequest(service: name), options: options)
        #expect(answer.status == .serving, "\(service) \(name)")
      }
      let unknown = await #expect(throws: RPCError.self) {
        try await health.check(GRPCHealthCheckRequest(service: "no.such.Service"), options: options)
      }
      #expect(unknown?.code == .notFound)
    }

    /// By the official packages, of a program that has none of our contracts.
    @Test(arguments: Programs.services.filter { $0 != "edge" })
    func aForeignClientFindsEverything(_ service: String) async throws {
      let suite = try await SystemTests.shared.processes()
      let outcome = try await Child.run(
        Programs.python, [Programs.scripts.appendingPathComponent("discover.py").path, suite.address(service)])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let lines = outcome.output.split(separator: "\n").map(String.init)
      for name in try #require(Self.served[service]) + ["grpc.health.v1.Health"] {
        let line = try #require(lines.first { $0.hasPrefix("\(name): ") }, "\(outcome.output)")
        #expect(line.count > name.count + 2, "\(name) has no methods")
      }
      #expect(lines.last == "health: SERVING")
    }

    @Test(arguments: Programs.services) func stopsInOrderWhenAsked(_ service: String) async throws {
      let suite = try await SystemTests.shared.processes()
      let status = try await suite.stop(service)
      #expect(status == 0, "\(suite.logTail(service))")
      try await suite.launch(service)
      try await suite.awaitReady(service)
    }
  }
}
