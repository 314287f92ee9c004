import Logging
import NIOPosix
import RPCCore
import RPCErrors
import SimulationScenarios
import TwinProto

/// Takes runs from the store, simulates them on a thread of its own, and hands the outcome to the results service.
struct Runner: Sendable {
  let store: any RunStore
  let sink: any ResultSink
  let library: ScenarioLibrary
  let board: RunBoard
  let limits: RunLimits
  /// Simulations block, so they stay off the threads that serve calls.
  let threads: NIOThreadPool
  /// Unlike any other runner's name.
  let owner: String
  let logger: Logger
  /// Microseconds since 1970.
  let now: @Sendable () -> Int64

  /// Works until the task is cancelled. A run in hand is given back then.
  func work() async {
    let changes = board.changes()
    while !Task.isCancelled {
      do {
        while let run = try await store.lease(owner: owner, seconds: limits.lease) { await execute(run) }
      } catch {
        logger.warning("no run could be taken", metadata: ["error": "\(error)"])
      }
      try? await changes.next(within: limits.pollInterval)
    }
  }

  /// Sees one run to its end. An error of the store leaves it to whoever leases it next.
  func execute(_ run: StoredRun) async {
    let entry = board.begin(run: run.id)
    defer { board.end(run: run.id) }
    let heartbeat = Task { await keepLease(run, entry) }
    defer { heartbeat.cancel() }
    do {
      guard run.attempts <= limits.maxAttempts else {
        let reason = "the run was begun \(limits.maxAttempts) times and never ended"
        return try await finish(run, RunOutcome(failed: reason, stamp(run, since: now(), 0)), [])
      }
      let started = now()
      let (outcome, computed) = try await simulate(run, entry)
      switch outcome {
      case .success(let outcome):
        guard !Task.isCancelled else { return try await store.release(run.id, owner: owner) }
        var message = RunOutcome(outcome, stamp(run, since: started, computed))
        if outcome.failure?.cause == .cancelled, !entry.isStopped {
          message.status = .failed
          message.error = "timed_out: the run took more than its \(run.plan.timeLimit) s of computing"
        }
        try await finish(run, message, outcome.trace.map(TraceRow.rows) ?? [])
      case .failure(let error):
        try await finish(run, RunOutcome(failed: "\(error)", stamp(run, since: started, computed)), [])
      }
    } catch {
      logger.warning("a run could not be seen to its end", metadata: ["run": "\(run.id)", "error": "\(error)"])
      try? await store.release(run.id, owner: owner)
    }
  }

  private func stamp(_ run: StoredRun, since started: Int64, _ computed: Double) -> RunStamp {
    RunStamp(run: run, startTime: started, endTime: now(), computed: computed)
  }

  private func simulate(_ run: StoredRun, _ entry: RunBoard.Entry) async throws
    -> (Result<ScenarioOutcome, any Error>, Double)
  {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(run.plan.timeLimit)
    let request = RunRequest(
      seed: run.plan.seed, recordsTrace: run.plan.keepsTrace,
      isCancelled: { entry.isStopped || clock.now > deadline },
      onProgress: { done, total in
        entry.progress = total > 0 ? Double(done) / Double(total) : 0
        board.announce()
      })
    return try await withTaskCancellationHandler {
      try await threads.runIfActive {
        let started = clock.now
        let outcome = Result { try run.plan.prepare(library).run(request) }
        return (outcome, (clock.now - started) / .seconds(1))
      }
    } onCancel: {
      entry.requestStop()
    }
  }

  /// Renews the lease until cancelled; stops the simulation when it is lost or someone asked for that.
  private func keepLease(_ run: StoredRun, _ entry: RunBoard.Entry) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(limits.lease / 3))
      guard !Task.isCancelled else { return }
      do {
        switch try await store.renew(run.id, owner: owner, seconds: limits.lease, progress: entry.progress) {
        case .held: break
        case .cancelRequested, .lost: entry.requestStop()
        }
      } catch {
        logger.warning("a lease could not be renewed", metadata: ["run": "\(run.id)", "error": "\(error)"])
      }
    }
  }

  /// Stores the outcome first, so that a run that counts as ended always has one.
  private func finish(_ run: StoredRun, _ outcome: RunOutcome, _ trace: [TraceRow]) async throws {
    let stored = try await recordedOutcome(run, outcome, trace)
    let end = RunEnd(
      status: stored.status, verdict: stored.verdict, error: stored.error.isEmpty ? nil : stored.error)
    guard try await store.finish(run.id, owner: owner, end) else {
      return logger.info("another runner has ended the run", metadata: ["run": "\(run.id)"])
    }
    logger.info(
      "run ended", metadata: ["run": "\(run.id)", "type": "\(run.plan.scenarioType)", "verdict": "\(stored.verdict)"])
  }

  /// Waits for the results service as long as the lease can be kept.
  private func recordedOutcome(_ run: StoredRun, _ outcome: RunOutcome, _ trace: [TraceRow]) async throws
    -> RunOutcome
  {
    while true {
      do {
        return try await sink.record(outcome, trace: trace)
      } catch let error as RPCError where error.code == .unavailable || error.code == .deadlineExceeded {
        logger.warning("the outcome waits for the results service", metadata: ["run": "\(run.id)"])
        guard try await store.renew(run.id, owner: owner, seconds: limits.lease, progress: 1) != .lost else {
          throw error
        }
        try await Task.sleep(for: limits.recordRetry)
      }
    }
  }
}
