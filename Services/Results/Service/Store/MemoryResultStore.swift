import Synchronization
import TwinProto

/// A store for tests that forgets with its process.
final class MemoryResultStore: ResultStore {
  private struct State {
    var outcomes: [StoredOutcome] = []
    var chunks: [String: [Int64: [TraceRow]]] = [:]
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Int64

  /// - Parameter now: microseconds since 1970.
  init(now: @escaping @Sendable () -> Int64) { self.now = now }

  func record(_ outcome: RunOutcome) async throws -> RecordResult {
    state.withLock { state in
      if let known = state.outcomes.first(where: { $0.outcome.id == outcome.id }) {
        return known.outcome == outcome ? .stored(commitTime: known.commitTime) : .conflict
      }
      let commitTime = now()
      state.outcomes.append(
        StoredOutcome(ordinal: Int64(state.outcomes.count + 1), outcome: outcome, commitTime: commitTime))
      return .stored(commitTime: commitTime)
    }
  }

  func record(runID: String, firstRow: Int64, _ rows: [TraceRow]) async throws {
    state.withLock { state in
      if state.chunks[runID]?[firstRow] == nil { state.chunks[runID, default: [:]][firstRow] = rows }
    }
  }

  func traceLength(runID: String) async throws -> Int64 {
    state.withLock { Int64($0.chunks[runID]?.values.reduce(0) { $0 + $1.count } ?? 0) }
  }

  func outcome(id: String) async throws -> StoredOutcome? {
    state.withLock { state in
      state.outcomes.last { $0.outcome.id == id }
        ?? state.outcomes.last { $0.outcome.parentRunID.isEmpty && $0.outcome.simulationID == id }
        ?? state.outcomes.last { $0.outcome.parentRunID.isEmpty && $0.outcome.scenarioID == id }
    }
  }

  func outcomes(_ filter: OutcomeFilter, before: Int64, limit: Int) async throws -> [StoredOutcome] {
    state.withLock { state in
      let found = state.outcomes.reversed().lazy.filter { stored in
        let outcome = stored.outcome
        return stored.ordinal < before && (filter.simulationID.isEmpty || outcome.simulationID == filter.simulationID)
          && (filter.scenarioType.isEmpty || outcome.scenarioType == filter.scenarioType)
          && (filter.verdict == .unspecified || outcome.verdict == filter.verdict)
          && outcome.parentRunID == filter.parentRunID
      }
      return Array(found.prefix(limit))
    }
  }

  func chunk(runID: String, after: Int64) async throws -> (firstRow: Int64, rows: [TraceRow])? {
    state.withLock { state in
      guard let chunks = state.chunks[runID], let first = chunks.keys.filter({ $0 > after }).min() else { return nil }
      return chunks[first].map { (first, $0) }
    }
  }
}
