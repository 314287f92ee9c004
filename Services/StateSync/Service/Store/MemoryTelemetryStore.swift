import FleetCore
import Synchronization
import TwinProto

/// Keeps telemetry in memory, for tests.
final class MemoryTelemetryStore: TelemetryStore {
  private struct Log {
    var standing: LogStanding
    var holder: Int64 = 0
    var epoch: Int64 = 0
  }

  private struct State {
    var vehicles: [Vehicle] = []
    var sources: [SampleSource] = []
    /// By source, then by log.
    var records: [Int32: [Int32: StoredRecord]] = [:]
    var logs: [Log] = []
    /// Of all logs, in the order of the commits.
    var rows: [(log: Int32, row: LogRow)] = []
    var keys: Set<Key> = []
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

  /// Everything in the logs, in the order of the commits.
  var allRows: [LogRow] { state.withLock { $0.rows.map(\.row) } }

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

  // MARK: Logs

  func openLog(_ name: String, by holder: Int64, again: Bool) async throws -> OpenLog {
    try access { state in
      let index = state.logs.firstIndex { $0.standing.name == name } ?? state.logs.count
      if index == state.logs.count {
        let marks = LogMarks(last: 0, checkpoint: 0, forwarded: 0)
        state.logs.append(Log(standing: LogStanding(log: Int32(index + 1), name: name, marks: marks)))
      }
      guard !again || state.logs[index].holder == holder else { throw LogTakenOver(log: name) }
      state.logs[index].holder = holder
      state.logs[index].epoch += 1
      let log = state.logs[index]
      return OpenLog(
        hold: LogHold(log: log.standing.log, name: name, epoch: log.epoch), marks: log.standing.marks)
    }
  }

  /// The index of a log, if it is still held so.
  private static func index(of hold: LogHold, _ state: State) throws -> Int {
    guard let index = state.logs.firstIndex(where: { $0.standing.log == hold.log && $0.epoch == hold.epoch }) else {
      throw LogTakenOver(log: hold.name)
    }
    return index
  }

  func logs() async throws -> [LogStanding] { try access { $0.logs.map(\.standing) } }

  func rows(of log: Int32, after position: Int64, limit: Int, bytes: Int) async throws -> LogPage {
    try access { state in
      LogPage(
        of: state.rows.filter { $0.log == log && $0.row.position > position }.map(\.row), limit: limit, bytes: bytes)
    }
  }

  func append(_ rows: [LogRow], to log: LogHold) async throws -> [Int] {
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
      let index = try Self.index(of: log, state)
      var leftOut: [Int] = []
      for (place, row) in rows.enumerated() {
        if !state.keys.insert(Self.key(row)).inserted {
          leftOut.append(place)
        } else {
          state.rows.append((log.log, row))
          state.logs[index].standing.marks.last = row.position
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

  func checkpoint(_ sources: [SourceRecord], of log: LogHold, checkpoint: Int64, forwarded: Int64) async throws {
    try access { state in
      let index = try Self.index(of: log, state)
      guard state.logs[index].standing.marks.checkpoint <= checkpoint else { throw StoreUnavailable.settled(log.name) }
      Self.store(sources, of: log.log, &state)
      state.logs[index].standing.marks.checkpoint = checkpoint
      state.logs[index].standing.marks.forwarded = max(state.logs[index].standing.marks.forwarded, forwarded)
      state.logs[index].standing.marks.settle()
    }
  }

  func noteForwarded(_ position: Int64, of log: Int32) async throws {
    try access { state in
      guard let index = state.logs.firstIndex(where: { $0.standing.log == log }) else { return }
      state.logs[index].standing.marks.forwarded = max(state.logs[index].standing.marks.forwarded, position)
      state.logs[index].standing.marks.settle()
    }
  }

  func settle(_ log: Int32) async throws {
    let records = try await load(try await sourcesAhead(of: log), for: log)
    try access { state in
      guard let index = state.logs.firstIndex(where: { $0.standing.log == log }) else { return }
      Self.store(records, of: log, &state)
      state.logs[index].standing.marks.checkpoint = state.logs[index].standing.marks.last
    }
  }

  private static func store(_ sources: [SourceRecord], of log: Int32, _ state: inout State) {
    for source in sources {
      state.records[source.key, default: [:]][log] = StoredRecord(
        log: log, window: source.window, counts: source.counts, lastTime: source.lastTime)
    }
  }

  // MARK: Sources

  func openSources(_ names: [SourceName]) async throws -> [SampleSource] {
    try access { state in
      names.map { name in
        if let known = state.sources.first(where: { $0.vehicleKey == name.vehicleKey && $0.name == name.name }) {
          return known
        }
        let source = SampleSource(key: Int32(state.sources.count + 1), vehicleKey: name.vehicleKey, name: name.name)
        state.sources.append(source)
        return source
      }
    }
  }

  func sources(of vehicleKey: Int32) async throws -> [SampleSource] {
    try access { state in state.sources.filter { $0.vehicleKey == vehicleKey }.sorted { $0.name < $1.name } }
  }

  func sources(_ keys: [Int32]) async throws -> [SampleSource] {
    try access { state in state.sources.filter { keys.contains($0.key) } }
  }

  func sourcesAhead(of log: Int32) async throws -> [SampleSource] {
    try access { state in
      let checkpoint = state.logs.first { $0.standing.log == log }?.standing.marks.checkpoint ?? 0
      let keys = Set(state.rows.filter { $0.log == log && $0.row.position > checkpoint }.map(\.row.sourceKey))
      return state.sources.filter { keys.contains($0.key) }
    }
  }

  func load(_ sources: [SampleSource], for log: Int32) async throws -> [SourceRecord] {
    try access { state in
      let checkpoints = Dictionary(
        uniqueKeysWithValues: state.logs.map { ($0.standing.log, $0.standing.marks.checkpoint) })
      return sources.map { source in
        var record = SourceRecord(source)
        for (other, stored) in (state.records[source.key] ?? [:]).sorted(by: { $0.key < $1.key }) {
          record.add(stored, isOwn: other == log)
        }
        let ahead = state.rows.filter {
          $0.row.sourceKey == source.key && $0.row.position > checkpoints[$0.log] ?? 0
        }
        for (other, row) in ahead.sorted(by: { ($0.log, $0.row.position) < ($1.log, $1.row.position) }) {
          let entry = LogEntry(
            log: other, position: row.position, sourceKey: source.key, sequence: row.sample.sequence, time: row.time)
          record.add(entry, isOwn: other == log)
        }
        return record
      }
    }
  }

  // MARK: Days

  func prepare(days: ClosedRange<Int64>) async throws { try access { _ in } }

  func drop(before day: Int64) async throws -> [Int64] {
    try access { state in
      let old = state.rows.filter { $0.row.time.day < day }
      for (_, row) in old { state.keys.remove(Self.key(row)) }
      state.rows.removeAll { $0.row.time.day < day }
      return Set(old.map(\.row.time.day)).sorted()
    }
  }

  // MARK: Reading

  func history(_ query: HistoryQuery) async throws -> LogPage {
    LogPage(of: try rows(query), limit: query.limit, bytes: query.bytes)
  }

  private func rows(_ query: HistoryQuery) throws -> [LogRow] {
    try access { state in
      func place(_ row: LogRow) -> (Int64, Int32, UInt64) {
        (row.time.nanoseconds, row.sourceKey, row.sample.sequence)
      }
      let matching = state.rows.lazy.map(\.row).filter { row in
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

extension LogMarks {
  /// The end isn't before what is known to have been.
  fileprivate mutating func settle() { last = max(last, checkpoint, forwarded) }
}
