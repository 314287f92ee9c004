import Synchronization
import TwinConversions
import TwinProto

/// A store for tests that forgets with its process.
final class MemoryRunStore: RunStore {
  private struct ScenarioEntry {
    var stored: StoredScenario
    var request: CreateScenarioRequest
  }

  private struct RunEntry {
    var run: StoredRun
    var request: RunSimulationRequest
    var owner: String?
    var leaseUntil: Int64 = 0
  }

  private struct State {
    var scenarios: [ScenarioEntry] = []
    var runs: [RunEntry] = []
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Int64

  /// - Parameter now: microseconds since 1970.
  init(now: @escaping @Sendable () -> Int64) { self.now = now }

  private static func number(_ prefix: String, _ ordinal: Int64) -> String {
    let digits = String(ordinal)
    return prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  func create(_ scenario: Scenario, for request: CreateScenarioRequest) async throws -> Creation<StoredScenario> {
    state.withLock { state in
      if !request.requestID.isEmpty,
        let known = state.scenarios.first(where: { $0.request.requestID == request.requestID })
      {
        return known.request == request ? .repeated(known.stored) : .conflict
      }
      let ordinal = Int64(state.scenarios.count + 1)
      var scenario = scenario
      scenario.id = Self.number("scenario-", ordinal)
      scenario.simulationID = Self.number("sim-", ordinal)
      scenario.createTime = ProtoTimestamp(microsecondsSinceUnixEpoch: now())
      let stored = StoredScenario(ordinal: ordinal, scenario: scenario, isDeleted: false)
      state.scenarios.append(ScenarioEntry(stored: stored, request: request))
      return .created(stored)
    }
  }

  func scenario(id: String) async throws -> StoredScenario? {
    state.withLock { state in
      state.scenarios.first { $0.stored.scenario.id == id || $0.stored.scenario.simulationID == id }?.stored
    }
  }

  func scenarios(type: String, vehicleID: String, before: Int64, limit: Int) async throws -> [StoredScenario] {
    state.withLock { state in
      Array(
        state.scenarios.reversed().lazy.map(\.stored).filter {
          !$0.isDeleted && $0.ordinal < before && (type.isEmpty || $0.scenario.type == type)
            && (vehicleID.isEmpty || $0.scenario.vehicleID == vehicleID)
        }.prefix(limit))
    }
  }

  func deleteScenario(id: String) async throws -> Bool {
    state.withLock { state in
      guard
        let index = state.scenarios.firstIndex(where: { $0.stored.scenario.id == id && !$0.stored.isDeleted })
      else { return false }
      state.scenarios[index].stored.isDeleted = true
      return true
    }
  }

  func createRun(_ simulationID: String, _ plan: RunPlan, for request: RunSimulationRequest, maxWaiting: Int)
    async throws -> Creation<StoredRun>
  {
    state.withLock { state in
      if !request.requestID.isEmpty, let known = state.runs.first(where: { $0.request.requestID == request.requestID })
      {
        return known.request == request ? .repeated(known.run) : .conflict
      }
      guard state.runs.count(where: { $0.run.status == .queued }) < maxWaiting else { return .full }
      let ordinal = Int64(state.runs.count + 1)
      let run = StoredRun(
        ordinal: ordinal, id: Self.number("run-", ordinal), simulationID: simulationID, plan: plan, status: .queued,
        createTime: now())
      state.runs.append(RunEntry(run: run, request: request))
      return .created(run)
    }
  }

  func newestRun(_ simulationID: String) async throws -> (run: StoredRun, count: Int)? {
    state.withLock { state in
      let runs = state.runs.filter { $0.run.simulationID == simulationID }
      return runs.last.map { ($0.run, runs.count) }
    }
  }

  func run(id: String) async throws -> StoredRun? {
    state.withLock { state in state.runs.first { $0.run.id == id }?.run }
  }

  func activeRuns(limit: Int) async throws -> [StoredRun] {
    state.withLock { state in
      Array(state.runs.lazy.map(\.run).filter { $0.status == .queued || $0.status == .running }.prefix(limit))
    }
  }

  func requestCancel(_ runID: String) async throws {
    state.withLock { state in
      guard let index = state.runs.firstIndex(where: { $0.run.id == runID }) else { return }
      switch state.runs[index].run.status {
      case .queued:
        state.runs[index].run.status = .cancelled
        state.runs[index].run.endTime = now()
      case .running: state.runs[index].run.isCancelRequested = true
      default: break
      }
    }
  }

  func lease(owner: String, seconds: Double) async throws -> StoredRun? {
    state.withLock { state in
      let time = now()
      guard
        let index = state.runs.firstIndex(where: {
          $0.run.status == .queued || ($0.run.status == .running && $0.leaseUntil < time)
        })
      else { return nil }
      state.runs[index].run.status = .running
      state.runs[index].run.attempts += 1
      if state.runs[index].run.startTime == nil { state.runs[index].run.startTime = time }
      state.runs[index].owner = owner
      state.runs[index].leaseUntil = time + Int64(seconds * 1e6)
      return state.runs[index].run
    }
  }

  func renew(_ runID: String, owner: String, seconds: Double, progress: Double) async throws -> LeaseState {
    state.withLock { state in
      guard let index = Self.held(&state, runID, owner) else { return .lost }
      state.runs[index].leaseUntil = now() + Int64(seconds * 1e6)
      state.runs[index].run.progress = progress
      return state.runs[index].run.isCancelRequested ? .cancelRequested : .held
    }
  }

  func finish(_ runID: String, owner: String, _ end: RunEnd) async throws -> Bool {
    state.withLock { state in
      guard let index = Self.held(&state, runID, owner) else { return false }
      state.runs[index].run.status = end.status
      state.runs[index].run.verdict = end.verdict
      state.runs[index].run.error = end.error
      state.runs[index].run.progress = 1
      state.runs[index].run.endTime = now()
      return true
    }
  }

  func release(_ runID: String, owner: String) async throws {
    state.withLock { state in
      guard let index = Self.held(&state, runID, owner) else { return }
      state.runs[index].run.status = .queued
      state.runs[index].owner = nil
    }
  }

  private static func held(_ state: inout State, _ runID: String, _ owner: String) -> Int? {
    state.runs.firstIndex { $0.run.id == runID && $0.run.status == .running && $0.owner == owner }
  }
}
