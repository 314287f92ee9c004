import FleetCore
import Logging
import PostgresMigrations
import PostgresPool
import PostgresTesting
import RPCCore
import RPCErrors
import RPCInProcess
import SimulationInfrastructure
import SimulationInput
import Synchronization
import TwinProto

@testable import PredictionService

/// The message, not the model of the same name.
typealias ChangeSimulation = TwinProto.ChangeSimulation

/// The stores that keep the same contract.
enum StoreKind: String, Sendable, CaseIterable {
  case memory
  case postgres

  func make() async throws -> any PredictionStore {
    switch self {
    case .memory: return MemoryPredictionStore()
    case .postgres:
      let database = try await PostgresTestServer.shared.makeDatabase()
      try await SchemaMigrations(schema: "prediction", try PredictionAssembly.migrations ?? [])
        .apply(as: database.configuration("prediction", .owner))
      return PostgresPredictionStore(pool: PostgresPool(database.configuration("prediction", .app)))
    }
  }
}

/// A clock that tests set.
final class TestClock: Sendable {
  private let time = Mutex(UTCInstant(microseconds: 1_800_000_000_000_000))

  var now: UTCInstant { time.withLock(\.self) }
  var wallClock: WallClock { WallClock { self.now } }

  func advance(seconds: Double) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A scenario-runner whose simulations find what a test says.
final class FakeChanges: ChangeSimulationServiceHandler {
  struct State {
    var simulations: [ChangeSimulation] = []
    var outcome: ChangeOutcome? = ChangeOutcome(
      after: ProtoStruct(fields: ["p99_ms": ProtoValue(kind: .numberValue(20))]), regimes: ["mgc:rho<0.7"],
      targetKnown: true, seed: 7, environmentID: "production", syncTime: ProtoTimestamp(seconds: 1_799_999_000))
    /// Targets that the twin knows; nil for all.
    var targets: Set<String>?
    var failure: String?
    var fault: RPCError?
    var attached: [AttachImpactRequest] = []
    var runs: [RunChangeSimulationRequest] = []
  }

  let state = Mutex(State())

  func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
  var simulations: [ChangeSimulation] { state.withLock(\.simulations) }
  var attached: [AttachImpactRequest] { state.withLock(\.attached) }
  var runs: [RunChangeSimulationRequest] { state.withLock(\.runs) }

  func createChangeSimulation(_ request: CreateChangeSimulationRequest, _ call: ServerCall) async throws
    -> ChangeSimulation
  {
    try state.withLock { state in
      if let fault = state.fault { throw fault }
      let simulation = ChangeSimulation(
        id: "change-\(state.simulations.count + 1)", status: .created, changeRequest: request.changeRequest)
      state.simulations.append(simulation)
      return simulation
    }
  }

  func runChangeSimulation(_ request: RunChangeSimulationRequest, _ call: ServerCall) async throws
    -> ChangeSimulation
  {
    try state.withLock { state in
      if let fault = state.fault { throw fault }
      state.runs.append(request)
      let index = try Self.index(request.id, state)
      state.simulations[index].status = state.failure == nil ? .completed : .failed
      state.simulations[index].error = state.failure
      state.simulations[index].outcome = state.failure == nil ? state.outcome : nil
      if let targets = state.targets {
        let target = state.simulations[index].changeRequest?.target ?? ""
        state.simulations[index].outcome?.targetKnown = targets.contains(target)
      }
      return state.simulations[index]
    }
  }

  func getChangeSimulation(_ request: GetChangeSimulationRequest, _ call: ServerCall) async throws
    -> ChangeSimulation
  {
    try state.withLock { state in
      if let fault = state.fault { throw fault }
      return state.simulations[try Self.index(request.id, state)]
    }
  }

  func listChangeSimulations(_ request: ListChangeSimulationsRequest, _ call: ServerCall) async throws
    -> ListChangeSimulationsResponse
  { ListChangeSimulationsResponse(simulations: simulations) }

  func deleteChangeSimulation(_ request: DeleteChangeSimulationRequest, _ call: ServerCall) async throws
    -> DeleteChangeSimulationResponse
  { DeleteChangeSimulationResponse() }

  func attachImpact(_ request: AttachImpactRequest, _ call: ServerCall) async throws -> ChangeSimulation {
    state.withLock { $0.attached.append(request) }
    return ChangeSimulation(id: request.id)
  }

  private static func index(_ id: String, _ state: State) throws -> Int {
    guard let index = state.simulations.firstIndex(where: { $0.id == id }) else {
      throw ServiceFault(.notFound, .simulationNotFound, "there is no simulation \(id)")
    }
    return index
  }
}

/// An audit that can be away.
final class FakeAudit: AuditServiceHandler {
  private let state = Mutex<(isAway: Bool, entries: [AuditEntry], calls: Int)>((false, [], 0))

  var entries: [AuditEntry] { state.withLock(\.entries) }
  /// Calls that were answered, also with entries that came before.
  var calls: Int { state.withLock(\.calls) }
  func setAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }

  func recordAudit(_ request: RecordAuditRequest, _ call: ServerCall) async throws -> RecordAuditResponse {
    try state.withLock { state in
      if state.isAway { throw RPCError(.unavailable, "away") }
      state.calls += 1
      if let entry = request.entry, !state.entries.contains(where: { $0.id == entry.id }) {
        state.entries.append(entry)
      }
      return RecordAuditResponse()
    }
  }

  func listAudit(_ request: ListAuditRequest, _ call: ServerCall) async throws -> ListAuditResponse {
    ListAuditResponse(entries: entries)
  }
}

/// The prediction service in process, with a risk method that gives the score that a test says.
struct PredictionStage {
  let changes = FakeChanges()
  let audit = FakeAudit()
  let mirror = FakeMirror()
  let twins = FakeTwins()
  let clock = TestClock()
  let store: any PredictionStore
  let parts: PredictionParts
  let arbiter: ArbiterServiceClient
  let approvals: ApprovalServiceClient
  let predictions: PredictionServiceClient

  static let lifetime = Duration.seconds(3_600)

  init(_ store: any PredictionStore = MemoryPredictionStore(), score: Double = 61, failsOpen: Bool = false) {
    self.store = store
    let judge = Judge(store: store) { findings, band in
      var assessment = SimulationInfrastructure.RiskAssessment(judging: findings, callerBand: band)
      assessment.score = band == .critical ? max(score, 80) : score
      assessment.interval = assessment.score...assessment.score
      assessment.raisedBy = []
      return assessment
    }
    parts = PredictionParts(
      store: store,
      changes: ChangeSimulationServiceClient(InProcessChannel(Router(services: [changes]))),
      audit: AuditServiceClient(InProcessChannel(Router(services: [audit]))),
      mirror: RemoteEnvironmentMirror(InProcessChannel(Router(services: [mirror]))),
      twins: RemoteSnapshotSource(InProcessChannel(Router(services: [twins]))), clock: clock.wallClock,
      approvalLifetime: Self.lifetime, failsOpen: failsOpen,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), judge: judge)
    let channel = InProcessChannel(Router(services: parts.rpcServices))
    arbiter = ArbiterServiceClient(channel)
    approvals = ApprovalServiceClient(channel)
    predictions = PredictionServiceClient(channel)
  }

  static func change(_ target: String = "web", instances: Double = 4) -> ChangeRequest {
    ChangeRequest(
      type: .scaling, target: target, environment: "production",
      change: ProtoStruct(fields: ["instances": ProtoValue(kind: .numberValue(instances))]), requestedBy: "agent-7")
  }

  func check(_ requestID: String = "", _ level: RiskLevel = .unspecified) async throws -> CheckChangeResponse {
    try await arbiter.checkChange(
      CheckChangeRequest(changeRequest: Self.change(), riskLevel: level, requestID: requestID))
  }
}

func fault(_ body: () async throws -> Void) async -> ServiceFault? {
  do {
    try await body()
    return nil
  } catch {
    return (error as? RPCError).flatMap { ServiceFault($0) }
  }
}
