import Glibc
import Logging
import NIOPosix
import RPCCore
import RPCErrors
import RPCInProcess
import SimulationInfrastructure
import SimulationInput
import SimulationScenarios
import Synchronization
import Testing
import TwinProto
import Waiting

@testable import ScenarioRunnerService

/// One environment that knows one target, or an error.
private struct FixedEnvironments: EnvironmentSource {
  var fault: ServiceFault?
  var state = ["instances": ProtoValue(kind: .numberValue(3))]

  func snapshot(of environment: String, target: String) async throws -> EnvironmentSnapshot {
    if let fault { throw fault }
    guard ["production", "prod"].contains(environment) else {
      throw ServiceFault(.notFound, .environmentNotFound, "there is no environment \(environment)")
    }
    let known = Target(
      name: "web", environmentID: "production", kind: "service",
      state: ProtoStruct(fields: state))
    return EnvironmentSnapshot(
      environmentID: "production", kind: .production,
      targets: target == "web" ? [TargetTwin(target: known)] : [], syncTime: ProtoTimestamp(seconds: 1_800_000_000),
      unknownTargets: target == "web" ? [] : [target])
  }
}

private struct NoTwins: TwinSource {
  func snapshot(of vehicleID: String) async throws -> TwinSnapshot { TwinSnapshot() }
}

/// Something that a thread waits for and a test opens.
private final class Gate: Sendable {
  private let isOpen = Atomic(false)
  let entered = Atomic(0)

  func open() { isOpen.store(true, ordering: .sequentiallyConsistent) }

  /// - Throws: `CancellationError` when told to stop waiting.
  func pass(_ isCancelled: () -> Bool) throws {
    entered.add(1, ordering: .sequentiallyConsistent)
    while !isOpen.load(ordering: .sequentiallyConsistent) {
      if isCancelled() { throw CancellationError() }
      sched_yield()
    }
  }
}

@Suite("Changes from request to outcome")
struct ChangeRunTests {
  private let store = MemoryChangeStore { 1_800_000_000_000_000 }

  /// A runner of changes with its clients.
  private struct Stage {
    var runner: ChangeRunner
    var threads: NIOThreadPool
    var changes: ChangeSimulationServiceClient
    var simulations: SimulationServiceClient
  }

  private func withStage<Result>(
    _ environments: FixedEnvironments = FixedEnvironments(), limits change: (inout ChangeLimits) -> Void = { _ in },
    simulate: @escaping ChangeRunner.Simulate = { try $0.run(isCancelled: $1, progress: $2) },
    _ body: (Stage) async throws -> Result
  ) async throws -> Result {
    var limits = ChangeLimits()
    limits.assessmentWait = .zero
    change(&limits)
    let threads = NIOThreadPool(numberOfThreads: limits.parallel)
    threads.start()
    let runner = ChangeRunner(
      store: store, environments: environments, board: RunBoard(), limits: limits, threads: threads,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), simulate: simulate)
    let channel = InProcessChannel(
      Router(services: [
        ChangeHandler(store: store, runner: runner),
        SimulationHandler(
          store: MemoryRunStore { 0 }, twins: NoTwins(), library: .standard, board: RunBoard(), limits: RunLimits(),
          changes: ChangeWatch(store: store, board: runner.board, limits: limits)),
      ]))
    let result: Swift.Result<Result, any Error>
    do {
      result = .success(
        try await body(
          Stage(
            runner: runner, threads: threads, changes: ChangeSimulationServiceClient(channel),
            simulations: SimulationServiceClient(channel))))
    } catch {
      result = .failure(error)
    }
    try await threads.shutdownGracefully()
    return try result.get()
  }

  private func create(_ stage: Stage, target: String = "web", environment: String = "", seed: UInt64? = nil)
    async throws -> String
  {
    try await stage.changes.createChangeSimulation(
      CreateChangeSimulationRequest(
        changeRequest: ChangeRequest(
          type: .scaling, target: target, environment: environment,
          change: ProtoStruct(fields: ["instances": ProtoValue(kind: .numberValue(4))]), seed: seed))
    ).id
  }

  private func fault(_ body: () async throws -> Void) async -> ServiceFault? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? RPCError).flatMap { ServiceFault($0) }
    }
  }

  @Test("a simulation of a known target completes and tells where and how it ran")
  func completes() async throws {
    try await withStage { stage in
      let id = try await create(stage, environment: "prod", seed: 7)
      let ran = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: id, durationHours: 2))
      #expect(ran.status == .completed, "\(ran)")
      let outcome = try #require(ran.outcome)
      #expect(outcome.targetKnown)
      #expect(!outcome.stale)
      #expect(outcome.environmentID == "production")
      #expect(outcome.environmentKind == .production)
      #expect(outcome.syncTime?.seconds == 1_800_000_000)
      #expect(outcome.seed == 7)
      #expect(outcome.simulatedS == 7_200)
      let read = try await stage.changes.getChangeSimulation(GetChangeSimulationRequest(id: id))
      #expect(read.progress == 1)
      #expect(read.outcome == outcome)
    }
  }

  @Test("the same seed gives the same outcome, but for the time it took")
  func determinism() async throws {
    try await withStage { stage in
      var outcomes: [ChangeOutcome] = []
      for _ in 0..<2 {
        let id = try await create(stage, seed: 11)
        var outcome = try #require(
          try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: id)).outcome)
        outcome.realTimeFactor = 0
        outcomes.append(outcome)
      }
      #expect(outcomes[0] == outcomes[1])
    }
  }

  @Test("an unknown target is an outcome, an unknown environment and an absent twin-engine are failures")
  func unknowns() async throws {
    try await withStage { stage in
      let target = try await create(stage, target: "nobody")
      let ran = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: target))
      #expect(ran.status == .completed)
      #expect(ran.outcome?.targetKnown == false)
      let environment = try await create(stage, environment: "nowhere")
      let failed = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: environment))
      #expect(failed.status == .failed)
      #expect(failed.error?.hasPrefix("ENVIRONMENT_NOT_FOUND") == true, "\(failed)")
      #expect(failed.outcome == nil)
    }
    let away = ServiceFault(.unavailable, .upstreamUnavailable, "twin-engine can't be reached")
    try await withStage(FixedEnvironments(fault: away)) { stage in
      let failed = try await stage.changes.runChangeSimulation(
        RunChangeSimulationRequest(id: try await create(stage)))
      #expect(failed.status == .failed)
      #expect(failed.error?.hasPrefix("UPSTREAM_UNAVAILABLE") == true, "\(failed)")
    }
  }

  @Test("a change that a model can't understand is refused by the names of its fields")
  func notUnderstood() async throws {
    try await withStage(simulate: { _, _, _ in
      throw InvalidInput([
        .init(field: "shared_buffers", reason: "isn't a size"),
        .init(field: "load_scenario.name", reason: "is unknown"),
      ])
    }) { stage in
      let id = try await create(stage)
      let refused = await fault {
        _ = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: id))
      }
      #expect(
        refused?.violations.map(\.field) == [
          "change_request.change.shared_buffers", "change_request.load_scenario.name",
        ])
      let read = try await stage.changes.getChangeSimulation(GetChangeSimulationRequest(id: id))
      #expect(read.status == .failed)
    }
  }

  @Test("a simulation that takes too long has failed, whether it heeds that or not")
  func timeLimit() async throws {
    let gate = Gate()
    try await withStage(limits: { $0.grace = .milliseconds(50) }) {
      try gate.pass($1)
      return try $0.run(isCancelled: $1, progress: $2)
    } _: { stage in
      let heeding = try await stage.changes.runChangeSimulation(
        RunChangeSimulationRequest(id: try await create(stage), timeLimitS: 0.05))
      #expect(heeding.status == .failed)
      #expect(heeding.error?.hasPrefix("timed_out") == true, "\(heeding)")
    }
    let deaf = Gate()
    try await withStage(limits: { $0.grace = .milliseconds(50) }) { _, _, _ in
      try deaf.pass { false }
      return ChangeFindings()
    } _: { stage in
      let failed = try await stage.changes.runChangeSimulation(
        RunChangeSimulationRequest(id: try await create(stage), timeLimitS: 0.05))
      #expect(failed.error?.hasPrefix("timed_out") == true, "\(failed)")
      deaf.open()
    }
  }

  @Test("so many compute at once, so many wait, the next is refused, and every place comes back")
  func bounds() async throws {
    let gate = Gate()
    try await withStage(limits: {
      $0.parallel = 2
      $0.maxWaiting = 1
    }) {
      try gate.pass($1)
      return try $0.run(isCancelled: $1, progress: $2)
    } _: { stage in
      var ids: [String] = []
      for _ in 0..<4 { ids.append(try await create(stage)) }
      let running = ids.prefix(3).map { id in
        Task { try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: id)) }
      }
      try await eventually("two compute and one waits") {
        let statuses = try await store.activeChanges(limit: 10).map(\.simulation.status)
        return statuses.count(where: { $0 == .running }) == 2 && statuses.count(where: { $0 == .queued }) == 1
      }
      let refused = await fault {
        _ = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: ids[3]))
      }
      #expect(refused?.reason == "QUEUE_FULL")
      #expect(refused?.code == .resourceExhausted)
      #expect(try await store.change(id: ids[3])?.simulation.status == .created)
      gate.open()
      for task in running { #expect(try await task.value.status == .completed) }
      #expect(gate.entered.load(ordering: .sequentiallyConsistent) == 3)
      let last = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: ids[3]))
      #expect(last.status == .completed)
    }
  }

  @Test("one simulation is run once at a time; the same request joins")
  func joining() async throws {
    let gate = Gate()
    try await withStage(simulate: {
      try gate.pass($1)
      return try $0.run(isCancelled: $1, progress: $2)
    }) { stage in
      let id = try await create(stage)
      let request = RunChangeSimulationRequest(id: id, requestID: "r-1")
      let first = Task { try await stage.changes.runChangeSimulation(request) }
      try await eventually("it computes") { gate.entered.load(ordering: .sequentiallyConsistent) == 1 }
      let other = await fault {
        _ = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: id))
      }
      #expect(other?.reason == "SIMULATION_NOT_RUNNABLE")
      let second = Task { try await stage.changes.runChangeSimulation(request) }
      gate.open()
      #expect(try await first.value == (try await second.value))
      #expect(gate.entered.load(ordering: .sequentiallyConsistent) == 1)
    }
  }

  @Test("a simulation stops when its caller goes away, and when it is deleted")
  func stopping() async throws {
    let gate = Gate()
    try await withStage(simulate: {
      try gate.pass($1)
      return try $0.run(isCancelled: $1, progress: $2)
    }) { stage in
      let left = try await create(stage)
      let caller = Task { try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: left)) }
      try await eventually("it computes") { gate.entered.load(ordering: .sequentiallyConsistent) == 1 }
      caller.cancel()
      try await eventually("it is stopped") {
        try await store.change(id: left)?.simulation.status == .cancelled
      }
      let deleted = try await create(stage)
      let other = Task { try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: deleted)) }
      try await eventually("it computes") { gate.entered.load(ordering: .sequentiallyConsistent) == 2 }
      _ = try await stage.changes.deleteChangeSimulation(DeleteChangeSimulationRequest(id: deleted))
      let gone = await fault { _ = try await other.value }
      #expect(gone?.reason == "SIMULATION_NOT_FOUND")
      let again = await fault {
        _ = try await stage.changes.deleteChangeSimulation(DeleteChangeSimulationRequest(id: deleted))
      }
      #expect(again?.reason == "SIMULATION_NOT_FOUND")
    }
  }

  @Test("a watch of one change tells its progress to the end, with the assessment")
  func watching() async throws {
    let gate = Gate()
    try await withStage(limits: { $0.assessmentWait = .seconds(60) }) {
      $2(ChangeProgress(share: 0.25))
      try gate.pass($1)
      return try $0.run(isCancelled: $1, progress: $2)
    } _: { stage in
      let id = try await create(stage)
      async let seen = stage.simulations.watchSimulations(WatchSimulationsRequest(id: id)) { updates in
        var all: [SimulationProgress] = []
        for try await update in updates {
          if update.progress == 0.25 { gate.open() }
          all.append(update)
        }
        return all
      }
      let ran = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: id))
      #expect(ran.status == .completed)
      let impact = PredictedImpact(riskScore: 61, riskLevel: .high, recommendation: .requireApproval)
      _ = try await stage.changes.attachImpact(
        AttachImpactRequest(id: id, predictedImpact: impact, confidence: 0.5))
      let updates = try await seen
      #expect(updates.contains { $0.progress == 0.25 && $0.status == .running })
      let last = try #require(updates.last)
      #expect(last.status == .completed)
      #expect(last.progress == 1)
      #expect(last.confidence == 0.5)
      #expect(last.prediction == impact)
    }
  }

  /// A service that four instances can't carry: most of its hours are simulated request by request.
  private static let service: [String: ProtoValue] = [
    "current_instances": .init(kind: .numberValue(8)), "cpu": .init(kind: .numberValue(2)),
    "cpu_demand_ms": .init(kind: .numberValue(10)), "peak_rps": .init(kind: .numberValue(1_000)),
  ]

  @Test("a simulation whose hours need more memory than it may take has failed, by the name of the bound")
  func memory() async throws {
    var environments = FixedEnvironments()
    environments.state = Self.service
    try await withStage(environments, limits: { $0.memoryBytes = 768 << 10 }) { stage in
      let failed = try await stage.changes.runChangeSimulation(
        RunChangeSimulationRequest(id: try await create(stage), durationHours: 9))
      #expect(failed.status == .failed)
      #expect(
        failed.error
          == "RESOURCE_EXHAUSTED: the simulated hours need more memory than changes.memory-bytes=786432 B allows")
      #expect(failed.outcome == nil)
    }
    try await withStage(environments) { stage in
      let ran = try await stage.changes.runChangeSimulation(
        RunChangeSimulationRequest(id: try await create(stage), durationHours: 9))
      #expect(ran.status == .completed && ran.outcome?.series.isEmpty == false, "\(ran)")
    }
  }

  /// What shares the process with the simulation whose outcome is looked at.
  enum Neighbour: CaseIterable { case failing, greedy, deaf }

  @Test(
    "a simulation beside one that fails, takes too much memory, or never ends has the outcome it has alone",
    arguments: Neighbour.allCases)
  func sandbox(neighbour: Neighbour) async throws {
    var environments = FixedEnvironments()
    environments.state = Self.service
    let deaf = Gate()
    let simulate: ChangeRunner.Simulate = { simulation, isCancelled, progress in
      guard simulation.seed == 666 else { return try simulation.run(isCancelled: isCancelled, progress: progress) }
      switch neighbour {
      case .failing: throw InvalidInput([.init(field: "instances", reason: "is odd")])
      case .greedy: throw ChangeOutOfMemory(limit: 1)
      case .deaf:
        try deaf.pass { false }
        return ChangeFindings()
      }
    }
    try await withStage(
      environments,
      limits: {
        $0.parallel = 2
        $0.grace = .milliseconds(20)
      }, simulate: simulate
    ) { stage in
      func outcome() async throws -> ChangeOutcome {
        let ran = try await stage.changes.runChangeSimulation(
          RunChangeSimulationRequest(id: try await create(stage, seed: 7), durationHours: 2))
        var outcome = try #require(ran.outcome, "\(ran)")
        outcome.realTimeFactor = 0
        return outcome
      }
      let alone = try await outcome()
      let hostile = try await create(stage, seed: 666)
      let run = Task {
        try? await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: hostile, timeLimitS: 0.02))
      }
      if neighbour == .deaf {
        try await eventually("it computes") { deaf.entered.load(ordering: .sequentiallyConsistent) == 1 }
      }
      #expect(try await outcome() == alone)
      _ = await run.value
      #expect(try await store.change(id: hostile)?.simulation.status == .failed)
      // Also once its caller has been answered without it: it holds a place, and no more.
      #expect(try await outcome() == alone)
      deaf.open()
    }
  }

  @Test("a watch of all tells of changes, too")
  func watchingAll() async throws {
    let gate = Gate()
    try await withStage(simulate: {
      try gate.pass($1)
      return try $0.run(isCancelled: $1, progress: $2)
    }) { stage in
      let id = try await create(stage)
      let run = Task { try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: id)) }
      let end = try await stage.simulations.watchSimulations(WatchSimulationsRequest()) { updates in
        for try await update in updates {
          if update.status == .running { gate.open() }
          if update.status == .completed { return update }
        }
        return SimulationProgress()
      }
      #expect(end.id == id)
      _ = try await run.value
    }
  }

  @Test("wrong input is refused by its name, and lists are paged")
  func refusalsAndPages() async throws {
    try await withStage { stage in
      let empty = await fault {
        _ = try await stage.changes.createChangeSimulation(
          CreateChangeSimulationRequest(changeRequest: ChangeRequest()))
      }
      #expect(
        empty?.violations.map(\.field) == ["change_request.type", "change_request.target", "change_request.change"])
      let limit = await fault {
        _ = try await stage.changes.runChangeSimulation(
          RunChangeSimulationRequest(id: "change-000001", durationHours: -1, timeLimitS: 0))
      }
      #expect(limit?.violations.map(\.field) == ["duration_hours", "time_limit_s"])
      let nobody = await fault {
        _ = try await stage.changes.runChangeSimulation(RunChangeSimulationRequest(id: "change-000009"))
      }
      #expect(nobody?.reason == "SIMULATION_NOT_FOUND")
      for _ in 0..<3 { _ = try await create(stage) }
      let first = try await stage.changes.listChangeSimulations(ListChangeSimulationsRequest(pageSize: 2))
      #expect(first.simulations.map(\.id) == ["change-000003", "change-000002"])
      let second = try await stage.changes.listChangeSimulations(
        ListChangeSimulationsRequest(pageSize: 2, pageToken: first.nextPageToken))
      #expect(second.simulations.map(\.id) == ["change-000001"])
      #expect(second.nextPageToken.isEmpty)
    }
  }
}
