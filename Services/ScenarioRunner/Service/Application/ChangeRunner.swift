import ChangeConversions
import Logging
import NIOPosix
import RPCCore
import RPCErrors
import SimulationInfrastructure
import SimulationInput
import Synchronization
import TwinProto

/// Runs simulations of changes while their callers wait: bounded in number and time, stopped when nobody waits any more.
final class ChangeRunner: Sendable {
  /// What computes; tests put something else in its place.
  typealias Simulate =
    @Sendable (
      _ simulation: SimulationInfrastructure.ChangeSimulation, _ isCancelled: () -> Bool,
      _ progress: @escaping (ChangeProgress) -> Void
    ) throws -> ChangeFindings

  /// A run of this process, and how many wait for it.
  private struct Flight {
    var request: RunChangeSimulationRequest
    var task: Task<TwinProto.ChangeSimulation, any Error>
    var waiting = 1
    /// Tells it from a later run of the same simulation.
    var number: UInt64
  }

  private struct Flights {
    var byID: [String: Flight] = [:]
    var next: UInt64 = 0
  }

  let store: any ChangeStore
  let environments: any EnvironmentSource
  /// nil where no load is recorded.
  let loads: (any LoadSource)?
  let board: RunBoard
  let queue: ChangeQueue
  let limits: ChangeLimits
  let computation: ChangeComputation
  let logger: Logger
  private let flights = Mutex(Flights())

  init(
    store: any ChangeStore, environments: any EnvironmentSource, loads: (any LoadSource)? = nil, board: RunBoard,
    limits: ChangeLimits, threads: NIOThreadPool, logger: Logger,
    simulate: @escaping Simulate = { try $0.run(isCancelled: $1, progress: $2) }
  ) {
    self.store = store
    self.environments = environments
    self.loads = loads
    self.board = board
    self.limits = limits
    self.logger = logger
    queue = ChangeQueue(parallel: limits.parallel, maxWaiting: limits.maxWaiting)
    computation = ChangeComputation(threads: threads, grace: limits.grace, simulate: simulate)
  }

  /// Runs a simulation to its end, or joins the run that the same request began.
  ///
  /// - Throws: `ServiceFault` when it can't begin or its change can't be understood; `CancellationError`.
  func run(_ request: RunChangeSimulationRequest, deadline: Deadline?) async throws -> TwinProto.ChangeSimulation {
    let ticket = try queue.enter()
    let (task, number) = try flights.withLock { flights in
      if let flight = flights.byID[request.id] {
        guard !request.requestID.isEmpty, flight.request == request else { throw Self.busy(request.id) }
        flights.byID[request.id]?.waiting += 1
        return (flight.task, flight.number)
      }
      flights.next += 1
      let number = flights.next
      let task = Task {
        defer { self.land(request.id, number) }
        return try await self.fly(request, ticket, deadline)
      }
      flights.byID[request.id] = Flight(request: request, task: task, number: number)
      return (task, number)
    }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      leave(request.id, number)
    }
  }

  /// Stops a run of this process.
  func stop(_ id: String) { board.cancel(run: id) }

  private func land(_ id: String, _ number: UInt64) {
    flights.withLock { if $0.byID[id]?.number == number { $0.byID[id] = nil } }
  }

  /// One caller less; the last one stops the run.
  private func leave(_ id: String, _ number: UInt64) {
    flights.withLock { flights -> Task<TwinProto.ChangeSimulation, any Error>? in
      guard let flight = flights.byID[id], flight.number == number else { return nil }
      flights.byID[id]?.waiting -= 1
      return flight.waiting == 1 ? flight.task : nil
    }?.cancel()
  }

  private func fly(_ request: RunChangeSimulationRequest, _ ticket: ChangeQueue.Ticket, _ deadline: Deadline?)
    async throws -> TwinProto.ChangeSimulation
  {
    let longest = request.timeLimitS ?? limits.timeLimit
    switch try await store.begin(request.id, for: request, seconds: longest + limits.longestWait) {
    case .missing: throw ServiceFault.noChange(request.id)
    case .running: throw Self.busy(request.id)
    case .repeated(let stored): return stored.simulation
    case .conflict:
      throw ServiceFault(
        .alreadyExists, .requestIDReused, "request_id \(request.requestID) came with another content before",
        facts: ["request_id": request.requestID])
    case .begun(let stored):
      let entry = board.begin(run: request.id)
      defer { board.end(run: request.id) }
      let watch = Task { await watchForDeletion(stored, entry) }
      defer { watch.cancel() }
      let verdict = await conclude(stored, request, ticket, entry, deadline, timeLimit: longest)
      // Whoever asks next must see how it ended, also when this caller went away.
      let ended = try await Task { try await store.end(request.id, run: stored.run, verdict.end) }.value
      board.announce()
      if let fault = verdict.fault { throw fault }
      try Task.checkCancellation()
      guard let ended else { throw ServiceFault.noChange(request.id) }
      return ended.simulation
    }
  }

  /// How a run ended, and what its caller is told instead of that.
  private struct Verdict {
    var end: ChangeEnd
    var fault: ServiceFault?

    static func failed(_ reason: String) -> Verdict { Verdict(end: ChangeEnd(status: .failed, error: reason)) }
    static let cancelled = Verdict(end: ChangeEnd(status: .cancelled, error: "cancelled: nobody waits for it"))
  }

  private func conclude(
    _ stored: StoredChange, _ request: RunChangeSimulationRequest, _ ticket: ChangeQueue.Ticket,
    _ entry: RunBoard.Entry, _ deadline: Deadline?, timeLimit: Double
  ) async -> Verdict {
    guard let change = stored.simulation.changeRequest else { return .failed("the stored change can't be read") }
    do {
      let place = try await ticket.place()
      try await store.start(request.id, run: stored.run)
      board.announce()
      let snapshot = try await environments.snapshot(of: change.environment, target: change.target)
      guard !entry.isStopped else { return .cancelled }
      guard var proposal = change.proposal(tier: EnvironmentTier(snapshot.kind)) else {
        return .failed("this version doesn't know the type of the change")
      }
      proposal.durationHours = request.durationHours ?? proposal.durationHours
      let seed = change.seed ?? ChangeRequest.usualSeed
      let target = TargetTwinState(change.target, in: snapshot)
      let (load, trouble) = await recordedLoad(of: target, change.target, in: snapshot.environmentID)
      guard !entry.isStopped else { return .cancelled }
      let simulation = SimulationInfrastructure.ChangeSimulation(
        proposal, on: target, seed: seed, recordedLoad: load, memoryBytes: limits.memoryBytes)
      let left = deadline.map { $0.remaining / .seconds(1) - limits.answerMargin } ?? .infinity
      let seconds = max(0, min(timeLimit, left))
      let computed = await computation.compute(simulation, seconds: seconds, entry, holding: place) { [board] in
        board.announce()
      }
      switch computed {
      case .overdue: return .failed("timed_out: the simulation took more than its \(seconds) s of computing")
      case .ended(.failure(let error), _): return Self.verdict(of: error, entry)
      case .ended(.success(let findings), let took):
        var outcome = ChangeOutcome(findings)
        outcome.series = Self.thinned(outcome.series)
        outcome.environmentID = snapshot.environmentID
        outcome.environmentKind = snapshot.kind
        outcome.syncTime = snapshot.syncTime
        outcome.seed = seed
        if let trouble { outcome.hours?.statement += "; \(trouble)" }
        outcome.simulatedS =
          findings.hours.flatMap { $0.seconds > 0 ? $0.seconds : nil } ?? proposal.durationHours * 3_600
        outcome.realTimeFactor = took > 0 ? outcome.simulatedS / took : 0
        return Verdict(end: ChangeEnd(status: .completed, outcome: outcome))
      }
    } catch {
      return Self.verdict(of: error, entry)
    }
  }

  /// The load that the simulated hours come from, and why it couldn't be read. A check isn't refused for want of it: the
  /// load is assumed then, and said to be.
  private func recordedLoad(of target: TargetTwinState?, _ name: String, in environment: String) async -> (
    load: RecordedLoad?, trouble: String?
  ) {
    guard let loads, let target, RecordedLoad.isOfUse(for: target) else { return (nil, nil) }
    do {
      return (try await loads.load(of: name, in: environment), nil)
    } catch {
      let reason = (error as? ServiceFault)?.message ?? (error as? RPCError)?.message ?? "\(error)"
      logger.warning("the recorded load could not be read", metadata: ["target": "\(name)", "error": "\(reason)"])
      return (nil, "what was recorded could not be read: \(reason)")
    }
  }

  private static func verdict(of error: any Error, _ entry: RunBoard.Entry) -> Verdict {
    switch error {
    case let error as InvalidInput:
      let fault = ServiceFault.invalid(error.issues.map { .init(path(of: $0.field), $0.reason) })
      return Verdict(end: ChangeEnd(status: .failed, error: "INVALID_ARGUMENT: \(fault.message)"), fault: fault)
    case is CancellationError: return .cancelled
    case let error as ChangeOutOfMemory:
      return .failed(
        "RESOURCE_EXHAUSTED: the simulated hours need more memory than changes.memory-bytes=\(error.limit) B allows")
    case let error as ServiceFault: return .failed("\(error.reason): \(error.message)")
    case let error as RPCError:
      return .failed(
        ServiceFault(error).map { "\($0.reason): \($0.message)" } ?? "\(error.code.name): \(error.message)")
    default: return entry.isStopped ? .cancelled : .failed("\(error)")
    }
  }

  /// Members of a change request that a model may name beside those of its `change`.
  private static let ownFields: Set = [
    "change", "type", "target", "load_scenario", "security_scan", "duration_hours", "context", "seed",
  ]

  private static func path(of field: String) -> String {
    let first = field.split { $0 == "." || $0 == "[" }.first.map(String.init) ?? ""
    return (ownFields.contains(first) ? "change_request." : "change_request.change.") + field
  }

  /// Values that a series may hold, so that an outcome stays well below what a message may weigh.
  private static let maximumSeriesValues = 20_000

  private static func thinned(_ series: [ChangeSample]) -> [ChangeSample] {
    let width = max(1, series.lazy.map(\.metrics.count).max() ?? 1)
    let step = (series.count * width + maximumSeriesValues - 1) / maximumSeriesValues
    guard step > 1 else { return series }
    return series.indices.filter { $0 % step == 0 || $0 == series.count - 1 }.map { series[$0] }
  }

  /// A simulation may be deleted at a replica that doesn't run it.
  private func watchForDeletion(_ stored: StoredChange, _ entry: RunBoard.Entry) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: limits.deletionLook)
      guard !Task.isCancelled else { return }
      do {
        let current = try await store.change(id: stored.simulation.id)
        if current?.run != stored.run { return entry.requestStop() }
      } catch {
        logger.debug("a change could not be looked at", metadata: ["error": "\(error)"])
      }
    }
  }

  private static func busy(_ id: String) -> ServiceFault {
    ServiceFault(
      .failedPrecondition, .simulationNotRunnable, "simulation \(id) is being run by another request",
      facts: ["id": id])
  }
}

extension ServiceFault {
  static func noChange(_ id: String) -> ServiceFault {
    ServiceFault(.notFound, .simulationNotFound, "there is no simulation \(id)", facts: ["id": id])
  }
}
