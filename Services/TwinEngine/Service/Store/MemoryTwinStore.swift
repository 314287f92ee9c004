import FleetCore
import Synchronization

/// Keeps twins in memory, for tests.
final class MemoryTwinStore: TwinStore {
  struct State {
    var records: [TwinRecord] = []
    /// By twin, ascending by version.
    var calibrations: [Int64: [CalibrationRecord]] = [:]
    var requests: [String: Int64] = [:]
    var states: [Int64: StoredState] = [:]
    var lastChange: Int64 = 0
    var isAway = false
  }

  private let state = Mutex(State())

  /// While true, every call throws `StoreUnavailable`.
  var isAway: Bool {
    get { state.withLock(\.isAway) }
    set { state.withLock { $0.isAway = newValue } }
  }

  func access<Result: Sendable>(_ body: (inout State) -> Result) throws -> Result {
    try state.withLock { state in
      guard !state.isAway else { throw StoreUnavailable("the store was taken away") }
      return body(&state)
    }
  }

  func create(_ draft: TwinDraft, at time: UTCInstant) async throws -> CreateOutcome {
    try access { state in
      if let request = draft.requestID, let number = state.requests[request] {
        return .requestSeen(state.records[Int(number) - 1])
      }
      if let taken = state.records.first(where: { !$0.isDeleted && $0.physicalVehicleID == draft.physicalVehicleID }) {
        return .vehicleTaken(taken)
      }
      state.lastChange += 1
      let record = TwinRecord(
        number: Int64(state.records.count + 1), physicalVehicleID: draft.physicalVehicleID,
        modelType: draft.modelType, overrides: draft.overrides, createTime: time, updateTime: time,
        change: state.lastChange, isDeleted: false)
      state.records.append(record)
      if let request = draft.requestID { state.requests[request] = record.number }
      return .created(record)
    }
  }

  func twin(_ number: Int64) async throws -> TwinRecord? {
    try access { state in state.records.first { $0.number == number && !$0.isDeleted } }
  }

  func twins(after number: Int64, modelType: String?, limit: Int) async throws -> [TwinRecord] {
    try access { state in
      Array(
        state.records.lazy
          .filter { !$0.isDeleted && $0.number > number && (modelType == nil || $0.modelType == modelType) }
          .prefix(limit))
    }
  }

  func delete(_ number: Int64, at time: UTCInstant) async throws -> TwinRecord? {
    try access { state in
      guard let index = state.records.firstIndex(where: { $0.number == number && !$0.isDeleted }) else { return nil }
      state.lastChange += 1
      state.records[index].isDeleted = true
      state.records[index].calibrationVersion = 0
      state.records[index].calibrated = CalibratedSet()
      state.calibrations[number] = nil
      state.records[index].change = state.lastChange
      state.states[number] = nil
      return state.records[index]
    }
  }

  func numbers(of physicalVehicleIDs: [String]) async throws -> [String: Int64] {
    try access { state in
      let wanted = Set(physicalVehicleIDs)
      let pairs = state.records.filter { !$0.isDeleted && wanted.contains($0.physicalVehicleID) }
        .map { ($0.physicalVehicleID, $0.number) }
      return Dictionary(uniqueKeysWithValues: pairs)
    }
  }

  func changes(after change: Int64, limit: Int) async throws -> [TwinRecord] {
    try access { state in
      Array(state.records.filter { $0.change > change }.sorted { $0.change < $1.change }.prefix(limit))
    }
  }

  func states(after number: Int64, limit: Int) async throws -> [StoredState] {
    try access { state in
      Array(state.states.values.filter { $0.number > number }.sorted { $0.number < $1.number }.prefix(limit))
    }
  }

  func save(_ states: [StoredState]) async throws {
    try access { state in for new in states { state.states[new.number] = new } }
  }
}
