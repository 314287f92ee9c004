import FleetCore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import RPCCore
import RPCErrors
import RPCInProcess
import ServiceRuntime
import SimulationInfrastructure
import SimulationInput
import SimulationScenarios
import Synchronization
import TwinProto

@testable import EdgeService
@testable import PredictionService
@testable import ResultsService
@testable import ScenarioRunnerService

/// Environments that know what was pushed to them, for state-sync and twin-engine alike.
final class FakeEnvironments: EnvironmentTwinServiceHandler {
  private let targets = Mutex<[String: [String: ProtoStruct]]>(["production": [:], "staging": [:]])

  func push(_ environment: String, _ pushed: [String: ProtoStruct]) throws {
    try targets.withLock { targets in
      guard targets[environment] != nil else { throw Self.missing(environment) }
      targets[environment]?.merge(pushed) { $1 }
    }
  }

  func exists(_ environment: String) throws {
    guard targets.withLock({ $0[environment] != nil }) else { throw Self.missing(environment) }
  }

  private static func missing(_ id: String) -> ServiceFault {
    ServiceFault(.notFound, .environmentNotFound, "there is no environment \(id)", facts: ["environment": id])
  }

  func getEnvironmentSnapshot(_ request: GetEnvironmentSnapshotRequest, _ call: ServerCall) async throws
    -> EnvironmentSnapshot
  {
    let id = request.environmentID == "prod" ? "production" : request.environmentID
    try exists(id)
    let known = targets.withLock { $0[id] ?? [:] }
    return EnvironmentSnapshot(
      environmentID: id, kind: .production,
      targets: request.targets.compactMap { name in
        known[name].map { TargetTwin(target: Target(name: name, environmentID: id, state: $0)) }
      }, syncTime: ProtoTimestamp(seconds: 1_800_000_000),
      unknownTargets: request.targets.filter { known[$0] == nil })
  }

  func updateEnvironment(_ request: UpdateEnvironmentRequest, _ call: ServerCall) async throws
    -> UpdateEnvironmentResponse
  { UpdateEnvironmentResponse() }

  func calibrateEnvironment(_ request: CalibrateEnvironmentRequest, _ call: ServerCall) async throws
    -> CalibrateEnvironmentResponse
  { CalibrateEnvironmentResponse() }
}

/// state-sync as far as the edge's calls about environments need it.
final class FakeStateSync: EnvironmentServiceHandler {
  let environments: FakeEnvironments

  init(_ environments: FakeEnvironments) { self.environments = environments }

  func createEnvironment(_ request: CreateEnvironmentRequest, _ call: ServerCall) async throws -> TwinProto.Environment
  {
    TwinProto.Environment(id: request.id, kind: request.kind)
  }

  func getEnvironment(_ request: GetEnvironmentRequest, _ call: ServerCall) async throws -> TwinProto.Environment {
    try environments.exists(request.id)
    return TwinProto.Environment(id: request.id, kind: .production)
  }

  func listEnvironments(_ request: ListEnvironmentsRequest, _ call: ServerCall) async throws
    -> ListEnvironmentsResponse
  { ListEnvironmentsResponse(environments: [TwinProto.Environment(id: "production", kind: .production)]) }

  func deleteEnvironment(_ request: DeleteEnvironmentRequest, _ call: ServerCall) async throws
    -> DeleteEnvironmentResponse
  {
    try environments.exists(request.id)
    return DeleteEnvironmentResponse()
  }

  func syncEnvironment(_ request: SyncEnvironmentRequest, _ call: ServerCall) async throws -> SyncEnvironmentResponse {
    try environments.push(request.environmentID, request.targets.mapValues { $0.state ?? ProtoStruct() })
    return SyncEnvironmentResponse(environmentID: request.environmentID)
  }

  func getTarget(_ request: GetTargetRequest, _ call: ServerCall) async throws -> Target { Target() }

  func listTargets(_ request: ListTargetsRequest, _ call: ServerCall) async throws -> ListTargetsResponse {
    ListTargetsResponse()
  }

  func listMetrics(_ request: ListMetricsRequest, _ call: ServerCall) async throws -> ListMetricsResponse {
    try environments.exists(request.environmentID)
    return ListMetricsResponse(
      environmentID: request.environmentID, series: [MetricSeries(target: "db", metric: request.metric)])
  }

  func pushMetrics(_ request: PushMetricsRequest, _ call: ServerCall) async throws -> PushMetricsResponse {
    PushMetricsResponse()
  }

  func watchEnvironments(
    _ request: WatchEnvironmentsRequest, _ responses: RPCWriter<EnvironmentUpdate>, _ call: ServerCall
  ) async throws {}
}

/// A channel to nobody.
struct AbsentChannel: RPCChannel {
  func unary(_ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions) async throws
    -> RawUnaryResponse
  { throw RPCError(.unavailable, "nobody answers") }

  func call<Result: Sendable>(
    _ method: MethodDescriptor, options: CallOptions, _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result { throw RPCError(.unavailable, "nobody answers") }
}

/// A service in this process that counts the streaming calls of it that are open.
final class CountingChannel: RPCChannel {
  private let inner: InProcessChannel
  let open = Atomic(0)

  init(_ inner: InProcessChannel) { self.inner = inner }

  func unary(_ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions) async throws
    -> RawUnaryResponse
  { try await inner.unary(method, framed: request, options: options) }

  func call<Result: Sendable>(
    _ method: MethodDescriptor, options: CallOptions, _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result {
    open.add(1, ordering: .sequentiallyConsistent)
    defer { open.subtract(1, ordering: .sequentiallyConsistent) }
    return try await inner.call(method, options: options, body)
  }
}

private struct NoTwins: TwinSource {
  func snapshot(of vehicleID: String) async throws -> TwinSnapshot { TwinSnapshot() }
}

/// The edge with all services that the Arbiter check goes through, in one process.
struct EdgeStage {
  let router: Hummingbird.Router<BasicRequestContext>
  let threads: NIOThreadPool
  let services: Services

  /// Those behind the edge.
  struct Services: Sendable {
    let scenarios: CountingChannel
    let arbiter: ArbiterServiceClient
  }

  /// - Parameters:
  ///   - score: what the risk method gives.
  ///   - isAlone: whether nobody but the edge is there.
  ///   - gateway: for WebSockets.
  ///   - fleet: what state-sync answers about the fleet.
  ///   - simulate: what stands in for the simulation of a change.
  init(
    score: Double, isAlone: Bool = false, gateway: WebSocketGateway = WebSocketGateway(),
    fleet: any RPCService = FakeFleet(),
    simulate: @escaping ChangeRunner.Simulate = { simulation, _, _ in Self.findings(simulation) }
  ) throws {
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let environments = FakeEnvironments()
    let engine = InProcessChannel(RPCCore.Router(services: [environments]))
    let sync = InProcessChannel(RPCCore.Router(services: [FakeStateSync(environments), fleet]))
    let threads = NIOThreadPool(numberOfThreads: 2)
    threads.start()
    self.threads = threads
    let now: @Sendable () -> Int64 = { 1_800_000_000_000_000 }
    let changes = MemoryChangeStore(now: now)
    let runner = ChangeRunner(
      store: changes, environments: EngineEnvironmentSource(client: EnvironmentTwinServiceClient(engine)),
      board: RunBoard(), limits: ChangeLimits(), threads: threads, logger: logger,
      simulate: simulate)
    let scenarios = CountingChannel(
      InProcessChannel(
        RPCCore.Router(services: [
          ChangeHandler(store: changes, runner: runner),
          SimulationHandler(
            store: MemoryRunStore { 0 }, twins: NoTwins(), library: .standard, board: RunBoard(), limits: RunLimits(),
            changes: ChangeWatch(store: changes, board: runner.board, limits: ChangeLimits())),
        ])))
    let clock = WallClock { UTCInstant(microseconds: now()) }
    let results = InProcessChannel(
      RPCCore.Router(services: [
        AuditHandler(store: MemoryAuditStore()),
        AlertHandler(store: MemoryAlertStore(), clock: clock, drain: DrainSignal()),
      ]))
    let store = MemoryPredictionStore()
    let prediction = InProcessChannel(
      RPCCore.Router(
        services: PredictionParts(
          store: store, changes: ChangeSimulationServiceClient(scenarios), audit: AuditServiceClient(results),
          mirror: RemoteEnvironmentMirror(sync), twins: RemoteSnapshotSource(engine), clock: clock,
          approvalLifetime: .seconds(3_600), failsOpen: false,
          logger: logger,
          judge: Judge(store: store) { findings, band in
            var assessment = SimulationInfrastructure.RiskAssessment(judging: findings, callerBand: band)
            assessment.score = findings.targetIsKnown ? score : 100
            assessment.interval = assessment.score...assessment.score
            return assessment
          }
        ).rpcServices))
    services = Services(scenarios: scenarios, arbiter: ArbiterServiceClient(prediction))
    let channels: [String: any RPCChannel] = [
      "state-sync": sync, "twin-engine": engine, "scenario-runner": scenarios, "prediction": prediction,
      "results": results,
    ]
    router = try EdgeRouter.make(
      channel: { isAlone ? AbsentChannel() : channels[$0.name] ?? AbsentChannel() }, gateway: gateway, logger: logger)
  }

  static func findings(_ simulation: SimulationInfrastructure.ChangeSimulation) -> ChangeFindings {
    var findings = ChangeFindings()
    findings.targetIsKnown = simulation.target != nil
    findings.before = [.init("memory_gb", 3)]
    findings.after = [.init("memory_gb", 21)]
    findings.findings = [
      Finding(
        "OOM_RISK", .critical, "21 GB of memory on a host with 8 GB",
        evidence: FindingEvidence(
          model: "postgresql_memory", equation: "shared_buffers + n·(10 MB + work_mem)",
          inputs: [.init("peak_backends", 480)], value: 21, unit: "GB", threshold: 8, source: "PostgreSQL 16, 20.4"),
        factors: FindingFactors(probability: 0.95, consequence: 0.9), field: "max_connections")
    ]
    findings.modelVersions = [.init("postgresql_memory", "1")]
    return findings
  }

  /// Calls the edge.
  struct Client: Sendable {
    let client: any TestClientProtocol

    func call(_ method: HTTPRequest.Method, _ path: String, _ json: String? = nil, key: String? = nil) async throws
      -> Answer
    {
      var headers: HTTPFields = [:]
      if json != nil { headers[.contentType] = "application/json" }
      if let key { headers[.idempotencyKey] = key }
      let response = try await client.executeRequest(
        uri: path, method: method, headers: headers, body: json.map { ByteBuffer(string: $0) })
      return Answer(
        status: response.status.code, headers: response.headers, body: Data(response.body.readableBytesView))
    }
  }

  struct Answer: Sendable {
    var status: Int
    var headers: HTTPFields
    var body: Data

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The value at a path of member names and indices; nil where there is none.
    func value(_ path: String...) -> Any? { value(path) }

    private func value(_ path: [String]) -> Any? {
      var value: Any? = try? JSONSerialization.jsonObject(with: body)
      for part in path {
        if let members = value as? [String: Any] {
          value = members[part]
        } else if let array = value as? [Any], let index = Int(part), array.indices.contains(index) {
          value = array[index]
        } else {
          return nil
        }
      }
      return value
    }

    func text(_ path: String...) -> String? { value(path) as? String }

    var fields: [String] {
      (value("errors") as? [[String: Any]])?.compactMap { $0["field"] as? String } ?? []
    }
  }

  /// Runs `body` with a client, then ends the threads.
  static func with(score: Double = 61, isAlone: Bool = false, _ body: @Sendable (Client) async throws -> Void)
    async throws
  {
    try await with(try EdgeStage(score: score, isAlone: isAlone), body)
  }

  static func with(_ stage: EdgeStage, _ body: @Sendable (Client) async throws -> Void) async throws {
    let result: Result<Void, any Error>
    do {
      result = .success(
        try await Application(router: stage.router).test(.router) { try await body(Client(client: $0)) })
    } catch {
      result = .failure(error)
    }
    try await stage.threads.shutdownGracefully()
    try result.get()
  }
}
