import FleetCore
import Synchronization
import TwinProto

/// Keeps telemetry in memory, for tests.
final class MemoryTelemetryStore: TelemetryStore {
  private struct State {
    var vehicles: [Vehicle] = []
    var sources: [SourceRecord] = []
    var rows: [LogRow] = []
    var keys: Set<Key> = []
    var marks = LogMarks(last: 0, checkpoint: 0, forwarded: 0)
    var isAway = false
    /// Appends wait while this is true.
    var isHeld = false
    var held: [CheckedContinuation<Void, Never>] = []
    var heldRows = 0
    var losesOutcome = false
  }

  private let state = Mutex(State())

  /// While true, every call throws `StoreUnavailable`.
  var isAway: Bool {
    get { state.withLock(\.isAway) }
    set { state.withLock { $0.isAway = newValue } }
  }

  /// Makes appends wait before they take effect, like a database that is slow to commit.
  func hold() { state.withLock { $0.isHeld = true } }

  /// Lets appends go on.
  func release() {
    let held = state.withLock { state in
      state.isHeld = false
      defer { (state.held, state.heldRows) = ([], 0) }
      return state.held
    }
    for continuation in held { continuation.resume() }
  }

  /// The appends that wait because of `hold`.
  var heldAppends: Int { state.withLock(\.held.count) }

  /// Their rows.
  var heldRows: Int { state.withLock(\.heldRows) }

  /// Makes the next append take effect but not say so.
  func loseNextOutcome() { state.withLock { $0.losesOutcome = true } }

  /// Everything in the log.
  var allRows: [LogRow] { state.withLock(\.rows) }

  private func access<Result: Sendable>(_ body: (inout State) throws -> Result) throws -> Result {
    try state.withLock { state in
      guard !state.isAway else { throw StoreUnavailable("the store was taken away") }
      return try body(&state)
    }
  }

  func vehicles() async throws -> [Vehicle] { try access(\.vehicles) }

  func remember(_ identities: [VehicleIdentity]) async throws -> [Vehicle] {
    try access { state in
      identities.map { identity in
        if let index = state.vehicles.firstIndex(where: { $0.id == identity.id }) {
          state.vehicles[index].isRemoved = false
          return state.vehicles[index]
        }
        let vehicle = Vehicle(
          key: Int32(state.vehicles.count + 1), id: identity.id, physicalID: identity.physicalID, isRemoved: false)
        state.vehicles.append(vehicle)
        return vehicle
      }
    }
  }

  func forget(_ ids: [String]) async throws {
    try access { state in
      for index in state.vehicles.indices where ids.contains(state.vehicles[index].id) {
        state.vehicles[index].isRemoved = true
      }
    }
  }

  func marks() async throws -> LogMarks { try access(\.marks) }

  func sources() async throws -> [SourceRecord] { try access(\.sources) }

  func openSources(_ names: [SourceName]) async throws -> [SourceRecord] {
    try access { state in
      names.map { name in
        if let known = state.sources.first(where: { $0.vehicleKey == name.vehicleKey && $0.name == name.name }) {
          return known
        }
        let source = SourceRecord(key: Int32(state.sources.count + 1), vehicleKey: name.vehicleKey, name: name.name)
        state.sources.append(source)
        return source
      }
    }
  }

  func entries(after position: Int64, limit: Int) async throws -> [LogEntry] {
    try await rows(after: position, limit: limit, bytes: .max).rows.map {
      LogEntry(position: $0.position, sourceKey: $0.sourceKey, sequence: $0.sample.sequence, time: $0.time)
    }
  }

  func rows(after position: Int64, limit: Int, bytes: Int) async throws -> LogPage {
    try access { state in
      LogPage(of: state.rows.filter { $0.position > position }, limit: limit, bytes: bytes)
    }
  }

  func append(_ rows: [LogRow]) async throws -> [Int] {
    await withCheckedContinuation { continuation in
      let isHeld = state.withLock { state in
        if state.isHeld {
          state.held.append(continuation)
          state.heldRows += rows.count
        }
        return state.isHeld
      }
      if !isHeld { continuation.resume() }
    }
    return try access { state in
      var leftOut: [Int] = []
      for (index, row) in rows.enumerated() {
        if !state.keys.insert(Self.key(row)).inserted {
          leftOut.append(index)
        } else {
          state.rows.append(row)
          state.marks.last = row.position
        }
      }
      if state.losesOutcome {
        state.losesOutcome = false
        throw OutcomeUnknown(description: "the connection was lost during the commit")
      }
      return leftOut
    }
  }

  private struct Key: Hashable {
    var vehicle: Int32
    var time: UTCInstant
    var source: Int32
    var sequence: UInt64
  }

  private static func key(_ row: LogRow) -> Key {
    Key(vehicle: row.vehicleKey, time: row.time, source: row.sourceKey, sequence: row.sample.sequence)
  }

  func checkpoint(_ sources: [SourceRecord], checkpoint: Int64, forwarded: Int64) async throws {
    try access { state in
      for source in sources {
        if let index = state.sources.firstIndex(where: { $0.key == source.key }) { state.sources[index] = source }
      }
      state.marks.checkpoint = checkpoint
      state.marks.forwarded = forwarded
    }
  }

  func history(_ query: HistoryQuery) async throws -> LogPage {
    LogPage(of: try rows(query), limit: query.limit, bytes: query.bytes)
  }

  private func rows(_ query: HistoryQuery) throws -> [LogRow] {
    try access { state in
      func place(_ row: LogRow) -> (Int64, Int32, UInt64) {
        (row.time.nanoseconds, row.sourceKey, row.sample.sequence)
      }
      let matching = state.rows.filter { row in
        row.vehicleKey == query.vehicleKey && row.time < query.to && query.from.map { row.time >= $0 } ?? true
          && (query.sourceKey == nil || row.sourceKey == query.sourceKey)
          && query.after.map { place(row) > ($0.time.nanoseconds, $0.sourceKey, $0.sequence) } ?? true
      }
      .sorted { place($0) < place($1) }
      guard let interval = query.intervalMicroseconds else { return matching }
      func bucket(_ row: LogRow) -> Int64 {
        let (quotient, rest) = row.time.microseconds.quotientAndRemainder(dividingBy: interval)
        return rest < 0 ? quotient - 1 : quotient
      }
      let last = matching.enumerated().lazy.filter { index, row in
        index + 1 == matching.count || bucket(matching[index + 1]) != bucket(row)
      }
      return last.map(\.element)
    }
  }
}
