import Synchronization
import TwinConversions
import TwinProto

/// A store for tests that forgets with its process.
final class MemoryChangeStore: ChangeStore {
  private struct Entry {
    var stored: StoredChange
    var request: CreateChangeSimulationRequest
    var runRequest: RunChangeSimulationRequest?
    var runUntil: Int64?
    var isDeleted = false
  }

  private let state = Mutex<[Entry]>([])
  private let now: @Sendable () -> Int64

  /// - Parameter now: microseconds since 1970.
  init(now: @escaping @Sendable () -> Int64) { self.now = now }

  private var time: ProtoTimestamp { ProtoTimestamp(microsecondsSinceUnixEpoch: now()) }

  func create(_ change: ChangeRequest, for request: CreateChangeSimulationRequest) async throws
    -> Creation<StoredChange>
  {
    state.withLock { entries in
      if !request.requestID.isEmpty, let known = entries.first(where: { $0.request.requestID == request.requestID }) {
        if known.isDeleted { return .conflict }
        return known.request == request ? .repeated(seen(known)) : .conflict
      }
      let digits = String(entries.count + 1)
      let id = "change-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
      let stored = StoredChange(
        ordinal: Int64(entries.count + 1),
        simulation: TwinProto.ChangeSimulation(id: id, status: .created, changeRequest: change, createTime: time))
      entries.append(Entry(stored: stored, request: request))
      return .created(stored)
    }
  }

  func change(id: String) async throws -> StoredChange? {
    state.withLock { entries in Self.index(id, entries).map { seen(entries[$0]) } }
  }

  func changes(environment: String, status: JobStatus, before: Int64, limit: Int) async throws -> [StoredChange] {
    state.withLock { entries in
      Array(
        entries.reversed().lazy.filter { !$0.isDeleted }.map { self.seen($0) }.filter {
          $0.ordinal < before && (environment.isEmpty || $0.simulation.changeRequest?.environment == environment)
            && (status == .unspecified || $0.simulation.status == status)
        }.prefix(limit))
    }
  }

  func activeChanges(limit: Int) async throws -> [StoredChange] {
    state.withLock { entries in
      Array(
        entries.lazy.filter { !$0.isDeleted }.map { self.seen($0) }.filter {
          $0.simulation.status == .queued || $0.simulation.status == .running
        }.prefix(limit))
    }
  }

  func begin(_ id: String, for request: RunChangeSimulationRequest, seconds: Double) async throws -> ChangeBeginning {
    state.withLock { entries in
      guard let index = Self.index(id, entries) else { return .missing }
      let status = seen(entries[index]).simulation.status
      let isRepeat = !request.requestID.isEmpty && entries[index].runRequest?.requestID == request.requestID
      if isRepeat, entries[index].runRequest != request { return .conflict }
      if isRepeat, status == .completed { return .repeated(entries[index].stored) }
      if status == .queued || status == .running { return .running }
      entries[index].runRequest = request
      entries[index].runUntil = now() + Int64(seconds * 1e6)
      entries[index].stored.run += 1
      let old = entries[index].stored.simulation
      entries[index].stored.simulation = TwinProto.ChangeSimulation(
        id: old.id, status: .queued, changeRequest: old.changeRequest, createTime: old.createTime)
      return .begun(entries[index].stored)
    }
  }

  func start(_ id: String, run: Int32) async throws {
    state.withLock { entries in
      guard let index = Self.index(id, entries), entries[index].stored.run == run,
        entries[index].stored.simulation.status == .queued
      else { return }
      entries[index].stored.simulation.status = .running
      entries[index].stored.simulation.startTime = time
    }
  }

  func end(_ id: String, run: Int32, _ end: ChangeEnd) async throws -> StoredChange? {
    state.withLock { entries in
      guard let index = Self.index(id, entries), entries[index].stored.run == run else { return nil }
      entries[index].stored.simulation.status = end.status
      entries[index].stored.simulation.outcome = end.outcome
      entries[index].stored.simulation.error = end.error
      entries[index].stored.simulation.endTime = time
      entries[index].runUntil = nil
      return seen(entries[index])
    }
  }

  func attach(_ impact: PredictedImpact, confidence: Double?, to id: String) async throws -> StoredChange? {
    state.withLock { entries in
      guard let index = Self.index(id, entries) else { return nil }
      entries[index].stored.simulation.predictedImpact = impact
      entries[index].stored.simulation.confidence = confidence
      var stored = seen(entries[index])
      stored.simulation.outcome = nil
      return stored
    }
  }

  func delete(_ id: String) async throws -> Bool {
    state.withLock { entries in
      guard let index = Self.index(id, entries) else { return false }
      entries[index].isDeleted = true
      return true
    }
  }

  private static func index(_ id: String, _ entries: [Entry]) -> Int? {
    entries.firstIndex { $0.stored.simulation.id == id && !$0.isDeleted }
  }

  /// With a run that was given up shown as failed.
  private func seen(_ entry: Entry) -> StoredChange {
    var stored = entry.stored
    guard let until = entry.runUntil, until < now() else { return stored }
    stored.simulation.status = .failed
    stored.simulation.error = StoredChange.lostRun
    return stored
  }
}
