import FleetCore
import SimulationCalibration

extension MemoryTwinStore: CalibrationStore {
  func add(_ draft: CalibrationDraft, at time: UTCInstant) async throws -> CalibrationOutcome {
    try access { state in
      guard let index = state.records.firstIndex(where: { $0.number == draft.number && !$0.isDeleted }) else {
        return .noTwin
      }
      if let requestID = draft.requestID, let seen = Self.made(by: requestID, in: state) { return .requestSeen(seen) }
      let version = UInt32(state.calibrations[draft.number]?.count ?? 0) + 1
      state.lastChange += 1
      state.records[index].calibrated[draft.kind] = CalibratedSet.Member(
        version: version, parameters: draft.fit.parameters.mapValues(\.value))
      state.records[index].calibrationVersion = version
      state.records[index].change = state.lastChange
      state.records[index].updateTime = time
      let record = CalibrationRecord(
        draft: draft, version: version, set: state.records[index].calibrated, createTime: time)
      state.calibrations[draft.number, default: []].append(record)
      return .added(record)
    }
  }

  func calibration(_ version: UInt32, of number: Int64) async throws -> CalibrationRecord? {
    try access { state in state.calibrations[number]?.first { $0.version == version } }
  }

  func calibration(requestID: String) async throws -> CalibrationRecord? {
    try access { state in Self.made(by: requestID, in: state) }
  }

  private static func made(by requestID: String, in state: State) -> CalibrationRecord? {
    state.calibrations.values.joined().first { $0.draft.requestID == requestID }
  }

  func calibrations(of number: Int64, below version: Int64, limit: Int) async throws -> [CalibrationRecord] {
    try access { state in
      Array((state.calibrations[number] ?? []).reversed().filter { Int64($0.version) < version }.prefix(limit))
    }
  }

  func use(_ version: UInt32, of number: Int64, at time: UTCInstant) async throws -> TwinRecord? {
    try access { state in
      guard let index = state.records.firstIndex(where: { $0.number == number && !$0.isDeleted }) else { return nil }
      let wanted = state.calibrations[number]?.first { $0.version == version }?.set
      guard let set = version == 0 ? CalibratedSet() : wanted else { return nil }
      state.lastChange += 1
      state.records[index].calibrated = set
      state.records[index].calibrationVersion = version
      state.records[index].change = state.lastChange
      state.records[index].updateTime = time
      return state.records[index]
    }
  }
}
