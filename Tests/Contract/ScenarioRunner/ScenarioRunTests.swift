import Logging
import NIOPosix
import RPCCore
import RPCErrors
import RPCInProcess
import SimulationScenarios
import Synchronization
import Testing
import TwinProto

@testable import ScenarioRunnerService

/// Twins that exist, by id.
private struct FixedTwins: TwinSource {
  var snapshots: [String: TwinSnapshot] = [
    "twin-001": TwinSnapshot(
      twin: Twin(id: "twin-001", modelType: "sedan"), state: VehicleState(vehicleID: "twin-001", speedMps: 20)),
    // A calibrated driver.
    "twin-002": TwinSnapshot(
      twin: Twin(id: "twin-002", modelType: "sedan"), state: VehicleState(vehicleID: "twin-002", speedMps: 20),
      driverParameters: ProtoStruct(fields: ["time_headway_s": ProtoValue(kind: .numberValue(0.9))])),
  ]

  func snapshot(of vehicleID: String) async throws -> TwinSnapshot {
    guard let snapshot = snapshots[vehicleID] else {
      throw ServiceFault(.notFound, .twinNotFound, "there is no twin \(vehicleID)")
    }
    return snapshot
  }
}

/// Keeps outcomes, after refusing the first few.
private final class MemorySink: ResultSink {
  private let state: Mutex<(refusals: Int, outcomes: [RunOutcome], traces: [[TraceRow]])>

  init(refusals: Int = 0) { state = Mutex((refusals, [], [])) }

  func record(_ outcome: RunOutcome, trace: [TraceRow]) async throws -> RunOutcome {
    try state.withLock { state in
      if state.refusals > 0 {
        state.refusals -= 1
        throw RPCError(.unavailable, "away")
      }
      state.outcomes.append(outcome)
      state.traces.append(trace)
      return outcome
    }
  }

  var outcomes: [RunOutcome] { state.withLock { $0.outcomes } }
  var traces: [[TraceRow]] { state.withLock { $0.traces } }
}

@Suite("Scenarios from request to outcome")
struct ScenarioRunTests {
  private let store = MemoryRunStore { 1_800_000_000_000_000 }
  private let board = RunBoard()

  private var limits: RunLimits {
    var limits = RunLimits()
    limits.recordRetry = .zero
    return limits
  }

  private var channel: InProcessChannel {
    InProcessChannel(
      Router(services: [
        ScenarioHandler(store: store, twins: FixedTwins(), library: .standard),
        SimulationHandler(store: store, twins: FixedTwins(), library: .standard, board: board, limits: limits),
      ]))
  }

  private var scenarios: ScenarioServiceClient { ScenarioServiceClient(channel) }
  private var simulations: SimulationServiceClient { SimulationServiceClient(channel) }

  private func parameters(_ values: [String: Double]) -> ProtoStruct {
    ProtoStruct(fields: values.mapValues { ProtoValue(kind: .numberValue($0)) })
  }

  /// Runs everything that waits.
  private func work(_ sink: MemorySink, attempts: Int32 = 0) async throws {
    let threads = NIOThreadPool(numberOfThreads: 1)
    threads.start()
    let runner = Runner(
      store: store, sink: sink, library: .standard, board: board, limits: limits, threads: threads, owner: "test",
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), now: { 1_800_000_000_000_000 })
    while let run = try await store.lease(owner: "test", seconds: 60) { await runner.execute(run) }
    try await threads.shutdownGracefully()
  }

  private func fault(_ body: () async throws -> Void) async -> ServiceFault? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? RPCError).flatMap { ServiceFault($0) }
    }
  }

  /// v²/(2μg) = 17.70 m at 60 km/h and μ 0.8, and 21.0 m with 0.1 s dead time and 0.2 s ramp.
  @Test(
    "the stopping distance of the closed form reaches the outcome",
    arguments: [(0.0, 0.0, 17.70, 0.01), (0.1, 0.2, 21.0, 0.02)])
  func stoppingDistance(deadTime: Double, ramp: Double, expected: Double, tolerance: Double) async throws {
    var given = parameters([
      "initial_speed": 60, "friction": 0.8, "brake_dead_time_s": deadTime, "brake_ramp_s": ramp,
    ])
    given.fields["manoeuvre"] = ProtoValue(kind: .stringValue("brake_at_start"))
    let scenario = try await scenarios.createScenario(
      CreateScenarioRequest(type: "emergency_braking", vehicleID: "twin-001", parameters: given))
    _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id))
    let sink = MemorySink()
    try await work(sink)
    let outcome = try #require(sink.outcomes.first)
    let distance = try #require(outcome.metrics["stopping_distance_m"])
    #expect(abs(distance / expected - 1) <= tolerance)
    #expect(!outcome.criteria.isEmpty)
    #expect(!outcome.regime.isEmpty)
    // The trace shows the same way.
    let ego = try #require(sink.traces.first).filter { $0.actor == "ego" }
    let way = try #require(ego.last).xM - (try #require(ego.first)).xM
    #expect(abs(way / expected - 1) <= tolerance)
  }

  @Test("the verdict follows the system: with the brakes' assistant it passes, without it fails")
  func verdicts() async throws {
    let scenario = try await scenarios.createScenario(
      CreateScenarioRequest(
        type: "emergency_braking", vehicleID: "twin-001", parameters: parameters(["initial_speed": 60])))
    _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.simulationID))
    let off = ProtoStruct(fields: ["aeb_enabled": ProtoValue(kind: .boolValue(false))])
    _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.simulationID, parameters: off))
    let sink = MemorySink()
    try await work(sink)
    #expect(sink.outcomes.map(\.verdict) == [.pass, .fail])
    #expect(sink.outcomes.last?.criteria.first { $0.name == "collision_avoided" }?.passed == false)
    let simulation = try await simulations.getSimulation(GetSimulationRequest(id: scenario.simulationID))
    #expect(simulation.status == .completed)
    #expect(simulation.verdict == .fail)
    #expect(simulation.runCount == 2)
  }

  @Test("the same seed gives the same states, whoever runs it")
  func determinism() async throws {
    let scenario = try await scenarios.createScenario(CreateScenarioRequest(type: "emergency_braking", seed: 7))
    for _ in 0..<2 { _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id)) }
    let sink = MemorySink()
    try await work(sink)
    #expect(sink.outcomes.count == 2)
    #expect(sink.outcomes[0].stateHash == sink.outcomes[1].stateHash)
    #expect(sink.outcomes[0].metrics == sink.outcomes[1].metrics)
  }

  @Test("an outcome waits for a results service that is away")
  func waitsForResults() async throws {
    let scenario = try await scenarios.createScenario(CreateScenarioRequest(type: "emergency_braking"))
    _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id))
    let sink = MemorySink(refusals: 3)
    try await work(sink)
    #expect(sink.outcomes.count == 1)
    #expect(try await simulations.getSimulation(GetSimulationRequest(id: scenario.id)).status == .completed)
  }

  @Test("a run that is cancelled before it begins is never run")
  func cancelled() async throws {
    let scenario = try await scenarios.createScenario(CreateScenarioRequest(type: "emergency_braking"))
    _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id))
    _ = try await simulations.cancelSimulation(CancelSimulationRequest(id: scenario.id))
    let sink = MemorySink()
    try await work(sink)
    #expect(sink.outcomes.isEmpty)
    #expect(try await simulations.getSimulation(GetSimulationRequest(id: scenario.id)).status == .cancelled)
  }

  @Test("each caller is told of the run that it asked for, and stops no other")
  func runsOfOneSimulation() async throws {
    let scenario = try await scenarios.createScenario(CreateScenarioRequest(type: "emergency_braking"))
    let request = RunSimulationRequest(id: scenario.id, seed: 11, requestID: "r-1")
    let first = try await simulations.runSimulation(request)
    let second = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id, seed: 12))
    #expect(first.runID != second.runID)
    #expect(try await simulations.runSimulation(request).runID == first.runID)
    let cancelled = try await simulations.cancelSimulation(CancelSimulationRequest(id: first.runID))
    #expect(cancelled.runID == first.runID)
    #expect(cancelled.status == .cancelled)
    let sink = MemorySink()
    try await work(sink)
    #expect(sink.outcomes.map(\.id) == [second.runID])
    #expect(sink.outcomes.first?.seed == 12)
    let seen = try await simulations.watchSimulations(WatchSimulationsRequest(id: first.runID)) { updates in
      var last: SimulationProgress?
      for try await update in updates { last = update }
      return last
    }
    #expect(seen?.runID == first.runID)
    #expect(seen?.status == .cancelled)
    #expect(try await simulations.getSimulation(GetSimulationRequest(id: scenario.id)).runID == second.runID)
  }

  @Test("a cancellation stops one run, not its neighbours")
  func stopsOne() {
    let one = board.begin(run: "run-000001")
    let other = board.begin(run: "run-000002")
    board.cancel(run: "run-000001")
    #expect(one.isStopped)
    #expect(!other.isStopped)
  }

  @Test("a watch tells where a run stands and ends with it")
  func watching() async throws {
    let scenario = try await scenarios.createScenario(CreateScenarioRequest(type: "emergency_braking"))
    _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id))
    async let seen = simulations.watchSimulations(WatchSimulationsRequest(id: scenario.id)) { updates in
      var statuses: [JobStatus] = []
      for try await update in updates { statuses.append(update.status) }
      return statuses
    }
    try await work(MemorySink())
    #expect(try await seen.last == .completed)
  }

  @Test("wrong input is refused before anything runs, by its name")
  func refusals() async throws {
    #expect(
      await fault { _ = try await scenarios.createScenario(CreateScenarioRequest()) }?.violations.first?.field == "type"
    )
    let unknown = await fault { _ = try await scenarios.createScenario(CreateScenarioRequest(type: "no_such")) }
    #expect(unknown?.violations.first?.field == "type")
    let tooFast = await fault {
      _ = try await scenarios.createScenario(
        CreateScenarioRequest(
          type: "emergency_braking", parameters: parameters(["initial_speed": 1_000, "nonsense": 1])))
    }
    #expect(tooFast?.violations.map(\.field).sorted() == ["initial_speed", "nonsense"])
    let nobody = await fault {
      _ = try await scenarios.createScenario(CreateScenarioRequest(type: "emergency_braking", vehicleID: "twin-9"))
    }
    #expect(nobody?.reason == "TWIN_NOT_FOUND")
    #expect(
      await fault { _ = try await simulations.runSimulation(RunSimulationRequest(id: "sim-9")) }?.reason
        == "SIMULATION_NOT_FOUND")
    let scenario = try await scenarios.createScenario(CreateScenarioRequest(type: "emergency_braking"))
    let backend = await fault {
      _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id, repetitions: 0, backend: "carla"))
    }
    #expect(backend?.violations.map(\.field).sorted() == ["backend", "repetitions"])
    let long = String(repeating: "k", count: 129)
    let key = await fault {
      _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id, requestID: long))
    }
    #expect(key?.violations.map(\.field) == ["request_id"])
    let scenarioKey = await fault {
      _ = try await scenarios.createScenario(CreateScenarioRequest(type: "emergency_braking", requestID: long))
    }
    #expect(scenarioKey?.violations.map(\.field) == ["request_id"])
  }

  private func leader(_ rows: [(time: Double, speed: Double)]) -> ProtoValue {
    ProtoValue(
      kind: .listValue(
        ProtoListValue(
          values: rows.map {
            ProtoValue(kind: .structValue(parameters(["t_s": $0.time, "speed_mps": $0.speed])))
          })))
  }

  /// Behind a leader of constant speed the IDM keeps (s0 + v·T)/√(1 − (v/v0)⁴).
  @Test("a leader's table is followed with the twin's driver, and the trace holds the gap")
  func carFollowing() async throws {
    var given = parameters(["initial_gap_m": 30, "initial_speed": 54])
    given.fields["leader"] = leader([(0, 15), (300, 15)])
    let scenario = try await scenarios.createScenario(
      CreateScenarioRequest(type: "car_following", vehicleID: "twin-002", parameters: given))
    _ = try await simulations.runSimulation(RunSimulationRequest(id: scenario.id))
    let sink = MemorySink()
    try await work(sink)
    let outcome = try #require(sink.outcomes.first)
    #expect(outcome.verdict == .pass)
    #expect(outcome.parameters?.fields["leader"] == nil)
    let ego = try #require(sink.traces.first).filter { $0.actor == "ego" }
    #expect(ego.count == 3_001)
    #expect(ego.first?.gapM == 30)
    let (headway, freedom) = (0.9, 15 / (120 / 3.6))
    let expected = (2 + 15 * headway) / (1 - freedom * freedom * freedom * freedom).squareRoot()
    #expect(abs((ego.last?.gapM ?? 0) - expected) < 0.05)
    #expect(try await scenarios.getScenario(GetScenarioRequest(id: scenario.id)).parameters == given)
  }

  @Test("a table that is wrong is refused by row and column, one that is too long by its bound")
  func wrongTables() async throws {
    func fields(_ table: ProtoValue?) async -> [String] {
      var given = parameters([:])
      given.fields["leader"] = table
      return await fault {
        _ = try await scenarios.createScenario(CreateScenarioRequest(type: "car_following", parameters: given))
      }?.violations.map(\.field) ?? []
    }
    #expect(await fields(nil) == ["leader"])
    #expect(await fields(leader([(0, 10), (1, -3)])) == ["leader[1].speed_mps"])
    #expect(await fields(leader([(0, 10), (0, 10)])) == ["leader[1].t_s"])
    #expect(await fields(leader((0...18_000).map { (Double($0) * 0.1, 10) })) == ["leader"])
  }

  @Test("pages of scenarios with tables end before they outgrow a message")
  func pagesOfTables() async throws {
    var given = parameters([:])
    given.fields["leader"] = leader((0..<18_000).map { (Double($0) * 0.1, 10) })
    for _ in 0..<3 {
      _ = try await scenarios.createScenario(CreateScenarioRequest(type: "car_following", parameters: given))
    }
    var (token, pages, ids) = ("", 0, Set<String>())
    repeat {
      let page = try await scenarios.listScenarios(ListScenariosRequest(pageToken: token))
      #expect(!page.scenarios.isEmpty && page.scenarios.count < 3)
      ids.formUnion(page.scenarios.map(\.id))
      token = page.nextPageToken
      pages += 1
    } while !token.isEmpty && pages < 5
    #expect(ids.count == 3 && token.isEmpty)
  }

  @Test("the library tells of a table's columns and what must be given")
  func tableInLibrary() async throws {
    let type = try await scenarios.getScenarioType(GetScenarioTypeRequest(type: "car_following"))
    let leader = try #require(type.parameters.first { $0.name == "leader" })
    #expect(leader.type == .array && leader.required)
    #expect(leader.items.map(\.name) == ["t_s", "speed_mps"])
    #expect(type.parameters.contains { $0.name == "time_headway_s" && !$0.required })
  }

  @Test("the library tells units, defaults, ranges and criteria")
  func library() async throws {
    let type = try await scenarios.getScenarioType(GetScenarioTypeRequest(type: "emergency_braking"))
    let speed = try #require(type.parameters.first { $0.name == "initial_speed" })
    #expect(speed.unit == "km/h")
    #expect(speed.range?.min == 5)
    #expect(type.criteria.contains { $0.name == "collision_avoided" })
    let listed = try await scenarios.listScenarioTypes(ListScenarioTypesRequest(category: .performance))
    #expect(listed.scenarioTypes.isEmpty)
  }
}
