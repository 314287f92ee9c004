import PostgresDriver

/// Who waits for what: the callers' encoded rows in the order of arrival, and those not yet let in.
///
/// Pure; the committer holds it under a lock and resumes the callers it names.
struct GroupCommitQueue<Caller: Sendable>: Sendable {
  struct Entry: Sendable {
    var id: Int
    var rows: CopyBuffer
    var deadline: Duration
    var caller: Caller
  }

  private let configuration: GroupCommitConfiguration
  private var entries: [Entry] = []
  /// Rows let in but not yet encoded count too.
  private var reservedRows = 0
  private var queuedBytes = 0
  private var blocked: [(id: Int, rows: Int, deadline: Duration, caller: Caller)] = []

  init(configuration: GroupCommitConfiguration) { self.configuration = configuration }

  enum Admission { case admitted, blocked, full }

  var isEmpty: Bool { entries.isEmpty }
  var blockedCount: Int { blocked.count }
  var queuedRows: Int { entries.reduce(0) { $0 + $1.rows.rowCount } }

  private func hasRoom(for rows: Int) -> Bool {
    // An append larger than the whole queue is let in alone, or it would wait for ever.
    reservedRows == 0
      || (reservedRows + rows <= configuration.maximumQueuedRows && queuedBytes < configuration.maximumQueuedBytes)
  }

  /// Room for `rows` at once, if there is and nobody waits for it already.
  mutating func reserve(_ rows: Int) -> Bool {
    guard blocked.isEmpty, hasRoom(for: rows) else { return false }
    reservedRows += rows
    return true
  }

  /// Waits for room. Checks again, as room may have appeared since `reserve`.
  mutating func block(_ id: Int, rows: Int, deadline: Duration, caller: Caller) -> Admission {
    if reserve(rows) { return .admitted }
    guard blocked.count < configuration.maximumBlockedCallers else { return .full }
    blocked.append((id, rows, deadline, caller))
    return .blocked
  }

  /// Gives back a reservation whose rows could not be encoded.
  mutating func giveBack(_ rows: Int) -> [Caller] {
    reservedRows -= rows
    return admitBlocked()
  }

  mutating func enqueue(_ entry: Entry) {
    queuedBytes += entry.rows.byteCount
    entries.append(entry)
  }

  /// The oldest rows that fit one transaction; at least one append.
  mutating func takeBatch() -> [Entry] {
    var rows = 0
    var bytes = 0
    var count = 0
    for entry in entries {
      rows += entry.rows.rowCount
      bytes += entry.rows.byteCount
      if count > 0 && (rows > configuration.maximumBatchRows || bytes > configuration.maximumBatchBytes) { break }
      count += 1
    }
    let batch = Array(entries.prefix(count))
    entries.removeFirst(count)
    queuedBytes -= batch.reduce(0) { $0 + $1.rows.byteCount }
    return batch
  }

  /// Appends that were certainly not stored come back to the front; they still hold their reservation.
  mutating func putBack(_ batch: [Entry]) {
    entries.insert(contentsOf: batch, at: 0)
    queuedBytes += batch.reduce(0) { $0 + $1.rows.byteCount }
  }

  /// Appends are settled: their room is free. Returns the callers let in.
  mutating func settled(_ batch: [Entry]) -> [Caller] {
    reservedRows -= batch.reduce(0) { $0 + $1.rows.rowCount }
    return admitBlocked()
  }

  private mutating func admitBlocked() -> [Caller] {
    var admitted: [Caller] = []
    var count = 0
    for next in blocked {
      guard hasRoom(for: next.rows) else { break }
      reservedRows += next.rows
      admitted.append(next.caller)
      count += 1
    }
    blocked.removeFirst(count)
    return admitted
  }

  /// A caller was cancelled while it waited. Nil: its commit is under way, or it is done.
  mutating func cancel(_ id: Int) -> (cancelled: Caller, admitted: [Caller])? {
    if let index = blocked.firstIndex(where: { $0.id == id }) {
      let caller = blocked.remove(at: index).caller
      return (caller, admitBlocked())
    }
    guard let index = entries.firstIndex(where: { $0.id == id }) else { return nil }
    let entry = entries.remove(at: index)
    queuedBytes -= entry.rows.byteCount
    return (entry.caller, settled([entry]))
  }

  /// Callers whose deadline has passed, and callers let in because of that.
  mutating func expire(now: Duration) -> (expired: [Caller], admitted: [Caller]) {
    var expired = blocked.filter { $0.deadline <= now }.map(\.caller)
    blocked.removeAll { $0.deadline <= now }
    let late = entries.filter { $0.deadline <= now }
    entries.removeAll { $0.deadline <= now }
    queuedBytes -= late.reduce(0) { $0 + $1.rows.byteCount }
    expired += late.map(\.caller)
    return (expired, settled(late))
  }

  /// Everyone who waits; for closing.
  mutating func removeAll() -> [Caller] {
    let all = blocked.map(\.caller) + entries.map(\.caller)
    reservedRows -= entries.reduce(0) { $0 + $1.rows.rowCount }
    blocked = []
    entries = []
    queuedBytes = 0
    return all
  }

  var isAnyoneWaiting: Bool { !entries.isEmpty || !blocked.isEmpty }
}
