import NIOCore
import NIOPosix
import RPCCore
import RPCTransport
import RuntimeConfiguration
import RuntimeTesting
import Testing
import TwinProto

@testable import ServiceRuntime

/// A service with a peer, a setting, a method and a background part.
private struct SampleAssembly: ServiceAssembly {
  static let identity = ServiceIdentity(name: "sample", rpcPort: 0, adminPort: 0, summary: "is for tests.")
  static let greeting = Setting.text("sample.greeting", default: "hello", "What to say.")
  static let settings = [SettingScope("Sample", [greeting])]
  static let peers = [PeerNeed.required(.results), .optional(.prediction)]

  private let recorder: EventRecorder
  let backgroundServices: [BackgroundService]

  init(_ context: ServiceContext) async throws {
    recorder = EventRecorder()
    recorder.record(context.configuration[Self.greeting])
    backgroundServices = [BackgroundService("worker", RecordedPart(name: "worker", recorder: recorder))]
  }

  var rpcServices: [any RPCService] { [SampleService()] }
}

private struct SampleService: RPCService {
  static let method = MethodDescriptor(service: "twin.test.Sample", method: "Say", kind: .unary)

  var methods: [RPCMethod] {
    [.unary(Self.method) { (request: GRPCHealthCheckRequest, _) in request }]
  }
}

/// An assembly that finds out that it can't start.
private struct FailingAssembly: ServiceAssembly {
  struct Contradiction: Error {}
  static let identity = ServiceIdentity(name: "failing", rpcPort: nil, adminPort: 0, summary: "fails.")
  init(_ context: ServiceContext) async throws { throw Contradiction() }
}

@Suite(.timeLimit(.minutes(1))) struct RunningServices {
  private let process = ServiceProcess()

  private func client(_ address: NetworkAddress) throws -> RPCClient {
    try RPCClient(
      RPCClientConfiguration(target: RPCTarget(host: address.host, port: address.port)),
      group: MultiThreadedEventLoopGroup.singleton)
  }

  @Test func helpNamesEverySettingAndEndsWithSuccess() async {
    #expect(await process.runExactly(SampleAssembly.self, ["--help"]) == 0)
    let text = process.printed.events.joined()
    for scope in ServiceRuntime.schema(of: SampleAssembly.self).scopes {
      for setting in scope.settings { #expect(text.contains(setting.description.environmentName)) }
    }
    #expect(text.contains("--sample-greeting"))
    #expect(text.contains("--peers-results-addresses"))
  }

  @Test func theVersionIsPrinted() async {
    #expect(await process.runExactly(SampleAssembly.self, ["--version"]) == 0)
    #expect(process.printed.events == ["sample \(SuiteVersion.current)\n"])
  }

  @Test func aWrongConfigurationStartsNothing() async {
    #expect(await process.runExactly(SampleAssembly.self, ["--rpc-prot", "1"]) == ExitCode.configuration)
    #expect(process.printed.events == ["sample: --rpc-prot: unknown flag; did you mean --rpc-port?\n"])
  }

  @Test func anAddressThatIsTakenIsNamed() async throws {
    let taken = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
    let port = String(try #require(taken.localAddress?.port))
    let code = await process.runExactly(SampleAssembly.self, ["--rpc-port", "0", "--admin-port", port])
    #expect(code == ExitCode.cannotListen)
    #expect(process.log.text.contains("admin.port=\(port)"))
    try await taken.close()
  }

  @Test func aCertificateWithoutItsKeyIsNamed() async {
    let code = await process.run(SampleAssembly.self, ["--rpc-tls-certificate-file", "/tmp/chain.pem"])
    #expect(code == ExitCode.configuration)
    #expect(process.log.text.contains("rpc.tls.key-file: must be set, too"))
  }

  @Test func anAssemblyThatFailsEndsTheProcess() async {
    #expect(await process.run(FailingAssembly.self) == ExitCode.failure)
    #expect(process.log.text.contains("the service can't start"))
  }

  @Test func aServiceIsNotReadyUntilItsPeerAnswersServesCallsAndDrains() async throws {
    // The peer is a service of its own, which isn't there yet.
    let reserved = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
    let peerPort = try #require(reserved.localAddress?.port)
    try await reserved.close()

    let process = process
    async let code = process.run(
      SampleAssembly.self,
      ["--peers-results-addresses", "127.0.0.1:\(peerPort)", "--health-retry-longest", "50ms"],
      variables: ["TWIN_SAMPLE_GREETING": "good day"])
    let rpc = await process.address(of: "grpc")
    let admin = await process.address(of: "admin")
    let client = try client(rpc)
    defer { client.shutDown() }
    let health = GRPCHealthClient(client)

    #expect(try await HTTPProbe.get("/livez", at: admin).status == 200)
    #expect(try await HTTPProbe.get("/readyz", at: admin).status == 503)
    #expect(try await HTTPProbe.get("/metrics", at: admin).body.contains("\ntwin_service_ready 0\n"))
    #expect(try await health.check(GRPCHealthCheckRequest()).status == .notServing)
    let refused = await #expect(throws: RPCError.self) {
      try await client.unary(
        SampleService.method, GRPCHealthCheckRequest(), response: GRPCHealthCheckRequest.self)
    }
    #expect(refused?.code == .unavailable)

    // The peer comes; nobody tells the service.
    let router = Router(services: [PeerHealth()])
    let peer = try await RPCServer.start(
      RPCServerConfiguration(port: peerPort), router: router, group: MultiThreadedEventLoopGroup.singleton)
    try await health.watch(GRPCHealthCheckRequest()) { statuses in
      for try await status in statuses where status.status == .serving { break }
    }
    #expect(try await HTTPProbe.get("/readyz", at: admin).status == 200)
    let echoed = try await client.unary(
      SampleService.method, GRPCHealthCheckRequest(service: "x"), response: GRPCHealthCheckRequest.self)
    #expect(echoed.service == "x")
    #expect(
      try await HTTPProbe.get("/metrics", at: admin).body.contains(
        #"twin_dependency_ok{dependency="peer.results"} 1"#))
    #expect(
      try await HTTPProbe.get("/metrics", at: admin).body
        .contains(#"twin_rpc_server_calls_total{method="twin.test.Sample/Say",status="OK"} 1"#))

    process.stop()
    #expect(await code == ExitCode.success)
    #expect(process.log.text.contains("setting setting=sample.greeting source=environment value=\"good day\""))
    #expect(!process.isAnnounced)
    await peer.shutdown(grace: .seconds(1))
  }
}

/// Answers health checks like a peer that is starting itself.
private struct PeerHealth: RPCService {
  var methods: [RPCMethod] {
    [
      .unary(GRPCHealthMethods.check) { (_: GRPCHealthCheckRequest, _) in
        GRPCHealthCheckResponse(status: .notServing)
      }
    ]
  }
}
