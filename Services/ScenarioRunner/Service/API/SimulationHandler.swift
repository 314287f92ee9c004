import RPCCore
import RPCErrors
import SimulationInput
import SimulationScenarios
import TwinConversions
import TwinProto

/// `twin.scenario.v1.SimulationService`: starts runs and tells how they go. The runners do the work.
struct SimulationHandler: SimulationServiceHandler {
  private static let builtInBackend = "builtin"

  let store: any RunStore
  let twins: any TwinSource
  let library: ScenarioLibrary
  let board: RunBoard
  let limits: RunLimits
  /// nil where changes aren't simulated.
  var changes: ChangeWatch?

  func runSimulation(_ request: RunSimulationRequest, _ call: ServerCall) async throws -> Simulation {
    guard let stored = try await store.scenario(id: request.id), !stored.isDeleted else {
      throw ServiceFault.noSimulation(request.id)
    }
    let scenario = stored.scenario
    try check(request, scenario.type)
    var own = request.parameters.map { InputValue($0) } ?? .object([])
    if let repetitions = request.repetitions {
      own = try ParameterMerge.merged(
        .object([.init("repetitions", .number(Double(repetitions)))]), weather: nil, over: own)
    }
    let parameters = try ParameterMerge.merged(
      own, weather: request.weather.map { InputValue($0) },
      over: scenario.parameters.map { InputValue($0) } ?? .object([]))
    let snapshot = scenario.vehicleID.isEmpty ? nil : try await twins.snapshot(of: scenario.vehicleID)
    let plan = RunPlan(
      scenarioID: scenario.id, scenarioType: scenario.type, vehicleID: scenario.vehicleID, parameters: parameters,
      seed: request.seed ?? scenario.seed ?? 1, snapshot: snapshot, keepsTrace: request.keepTrace ?? true,
      timeLimit: request.timeLimitS ?? limits.timeLimit)
    _ = try checked { try plan.prepare(library) }
    switch try await store.createRun(scenario.simulationID, plan, for: request, maxWaiting: limits.maxWaiting) {
    case .created(let run):
      board.wakeRunners()
      return try await simulation(stored, run)
    // The run that this request began, which need not be the newest.
    case .repeated(let run): return try await simulation(stored, run)
    case .conflict:
      throw ServiceFault(
        .alreadyExists, .requestIDReused, "request_id \(request.requestID) came with another content before",
        facts: ["request_id": request.requestID])
    case .full:
      throw ServiceFault(
        .resourceExhausted, .queueFull, "\(limits.maxWaiting) runs wait already", retryAfter: .seconds(5))
    }
  }

  private func check(_ request: RunSimulationRequest, _ type: String) throws {
    var wrong: [ServiceFault.FieldViolation] = []
    if let violation = RequestID.violation(request.requestID) { wrong.append(violation) }
    if !request.backend.isEmpty, request.backend != Self.builtInBackend {
      wrong.append(.init("backend", "must be \(Self.builtInBackend) or absent"))
    }
    // The bound is the type's own, so that no other number can contradict it.
    if let repetitions = request.repetitions, let bounds = repetitionBounds(type), !bounds.contains(Int64(repetitions))
    {
      wrong.append(.init("repetitions", "must be from \(bounds.lowerBound) to \(bounds.upperBound)"))
    }
    if let limit = request.timeLimitS, !(limit > 0 && limit <= RunLimits.longestTimeLimit) {
      wrong.append(.init("time_limit_s", "must be over 0 and at most \(RunLimits.longestTimeLimit)"))
    }
    if request.sweep != nil { wrong.append(.init("sweep", "is not supported by this version")) }
    if request.externalEgo { wrong.append(.init("external_ego", "is not supported by this version")) }
    if !wrong.isEmpty { throw ServiceFault.invalid(wrong) }
  }

  /// nil when the type has no repetitions; preparing the plan refuses them then.
  private func repetitionBounds(_ type: String) -> ClosedRange<Int64>? {
    guard let type = try? library.type(named: type),
      case .integer(let bounds) = type.descriptor.schema["repetitions"]?.kind
    else { return nil }
    return Int64(bounds.lowerBound)...Int64(bounds.upperBound)
  }

  func getSimulation(_ request: GetSimulationRequest, _ call: ServerCall) async throws -> Simulation {
    let (stored, run) = try await known(request.id)
    return try await simulation(stored, run)
  }

  func listSimulations(_ request: ListSimulationsRequest, _ call: ServerCall) async throws -> ListSimulationsResponse {
    let page = try PageRequest(
      "simulations", "\(request.status.rawValue)", size: request.pageSize, token: request.pageToken)
    var simulations: [(ordinal: Int64, simulation: Simulation)] = []
    var before = page.before
    // A status belongs to a simulation's newest run, so simulations are read until the page is full.
    while simulations.count <= page.limit {
      let found = try await store.scenarios(
        type: "", vehicleID: "", before: before, limit: ScenarioHandler.readAtOnce)
      for stored in found {
        let simulation = try await simulation(stored)
        if request.status == .unspecified || simulation.status == request.status {
          simulations.append((stored.ordinal, simulation))
        }
      }
      guard found.count == ScenarioHandler.readAtOnce, let last = found.last else { break }
      before = last.ordinal
    }
    return ListSimulationsResponse(
      simulations: simulations.prefix(page.limit).map(\.simulation),
      nextPageToken: page.next(simulations.map(\.ordinal)))
  }

  func cancelSimulation(_ request: CancelSimulationRequest, _ call: ServerCall) async throws -> Simulation {
    let (stored, named) = try await known(request.id)
    let newest = try await store.newestRun(stored.scenario.simulationID)?.run
    guard let run = named ?? newest else { return try await simulation(stored) }
    try await store.requestCancel(run.id)
    board.cancel(run: run.id)
    return try await simulation(stored, try await store.run(id: run.id))
  }

  func watchSimulations(
    _ request: WatchSimulationsRequest, _ responses: RPCWriter<SimulationProgress>, _ call: ServerCall
  ) async throws {
    if request.id.isEmpty { return try await watchAll(responses) }
    if let changes, request.id.hasPrefix(ChangeWatch.prefix) {
      return try await changes.follow(request.id, responses)
    }
    let (stored, named) = try await known(request.id)
    let changes = board.changes()
    var last: SimulationProgress?
    while true {
      var run: StoredRun?
      if let named { run = try await store.run(id: named.id) }
      let simulation = try await simulation(stored, run)
      let progress = SimulationProgress(simulation)
      if progress != last { try await responses.write(progress) }
      last = progress
      if simulation.status != .queued && simulation.status != .running { return }
      try await changes.next(within: limits.watchInterval)
    }
  }

  /// Every run while it goes on, and its end.
  private func watchAll(_ responses: RPCWriter<SimulationProgress>) async throws {
    let wakeUps = board.changes(and: changes?.board)
    var last: [String: SimulationProgress] = [:]
    // Changes that have ended, and until when their assessment may come.
    var patience: [String: ContinuousClock.Instant] = [:]
    while true {
      let active = try await store.activeRuns(limit: limits.maxWaiting)
      var simulations = Set(active.map(\.simulationID))
      simulations.formUnion(last.keys)
      var found: [SimulationProgress] = []
      for id in simulations.sorted() {
        guard let stored = try await store.scenario(id: id) else { continue }
        found.append(SimulationProgress(try await simulation(stored)))
      }
      if let changes { found += try await changes.underWay(last.keys.sorted(), limit: limits.maxWaiting) }
      for progress in found {
        if progress != last[progress.id] { try await responses.write(progress) }
        var isActive = progress.status == .queued || progress.status == .running
        if let changes, changes.awaitsAssessment(progress) {
          let end = patience[progress.id] ?? .now + changes.limits.assessmentWait
          isActive = .now < end
          patience[progress.id] = isActive ? end : nil
        } else {
          patience[progress.id] = nil
        }
        last[progress.id] = isActive ? progress : nil
      }
      try await wakeUps.next(within: limits.watchInterval)
    }
  }

  /// What an id names: a simulation, by its own id or its scenario's, or one run of it.
  private func known(_ id: String) async throws -> (StoredScenario, StoredRun?) {
    if let stored = try await store.scenario(id: id) { return (stored, nil) }
    guard let run = try await store.run(id: id), let stored = try await store.scenario(id: run.simulationID) else {
      throw ServiceFault.noSimulation(id)
    }
    return (stored, run)
  }

  /// The simulation as the run tells it; as its newest run does when none is given.
  private func simulation(_ stored: StoredScenario, _ run: StoredRun? = nil) async throws -> Simulation {
    let scenario = stored.scenario
    var simulation = Simulation(
      id: scenario.simulationID, scenarioID: scenario.id, type: scenario.type, status: .created,
      createTime: scenario.createTime)
    guard let (newest, count) = try await store.newestRun(scenario.simulationID) else { return simulation }
    let run = run ?? newest
    simulation.status = run.status
    simulation.runID = run.id
    simulation.verdict = run.verdict
    simulation.error = run.error
    simulation.startTime = run.startTime.map { ProtoTimestamp(microsecondsSinceUnixEpoch: $0) }
    simulation.endTime = run.endTime.map { ProtoTimestamp(microsecondsSinceUnixEpoch: $0) }
    simulation.runCount = UInt32(clamping: count)
    let total = run.plan.parameters["repetitions"].flatMap { value -> UInt64? in
      if case .number(let number) = value { UInt64(exactly: number) } else { nil }
    }
    simulation.variantsTotal = total ?? 1
    simulation.progress = max(run.progress, board.progress(of: run.id) ?? 0)
    simulation.variantsDone = UInt64(simulation.progress * Double(simulation.variantsTotal))
    return simulation
  }
}

extension SimulationProgress {
  init(_ simulation: Simulation) {
    self.init(
      id: simulation.id, progress: simulation.progress, status: simulation.status, runID: simulation.runID,
      variantsDone: simulation.variantsDone, variantsTotal: simulation.variantsTotal, verdict: simulation.verdict,
      error: simulation.error)
  }
}
