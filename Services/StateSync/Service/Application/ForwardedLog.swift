import FleetCore
import Synchronization

/// A log as something to forward.
protocol ForwardedLog: Sendable {
  /// From where to forward, and which opening of the log that follows; epoch 0 when nothing is known yet.
  var start: (forwarded: Int64, epoch: Int) { get }

  /// What follows a position, at most `limit` rows and `bytes`, but at least one row.
  func part(after position: Int64, limit: Int, bytes: Int) async throws -> ForwardedPart

  /// Returns when there is something after a position, or an opening after `epoch`.
  ///
  /// - Throws: `CancellationError`.
  func waitForMore(after position: Int64, epoch: Int) async throws

  /// Notes that the twins have stored everything up to a position.
  func didForward(_ position: Int64, epoch: Int)

  /// Notes that everything up to a position is in the twins, stored or not.
  func didApply(_ position: Int64, epoch: Int)
}

extension ForwardedLog {
  func didApply(_ position: Int64, epoch: Int) {}
}

/// A part of a log that is to be forwarded.
enum ForwardedPart: Sendable {
  /// Rows, and the position up to which there are no others.
  case rows(ArraySlice<LogRow>, end: Int64)
  /// Nothing follows now.
  case nothing
}

/// The log that this process writes: its newest rows from memory, older ones from the store.
struct OwnLog: ForwardedLog {
  let store: any TelemetryStore
  let log: TelemetryLog
  let tail: LogTail

  var start: (forwarded: Int64, epoch: Int) { tail.start }

  func part(after position: Int64, limit: Int, bytes: Int) async throws -> ForwardedPart {
    switch tail.part(after: position, limit: limit, bytes: bytes) {
    case .rows(let rows): return .rows(rows, end: rows.last?.position ?? position)
    case .nothing: return .nothing
    case .inStore(let forgotten):
      guard let hold = log.hold else { throw StoreUnavailable("the log isn't open") }
      let page = try await store.rows(of: hold.log, after: position, limit: limit, bytes: bytes)
      // Sources that haven't sent since the start aren't known by name.
      try await log.meet(Set(page.rows.map(\.sourceKey)))
      // Positions of commits that failed are in neither place.
      let end = page.isLast ? forgotten : position
      return .rows(page.rows[...], end: max(end, page.rows.last?.position ?? end))
    }
  }

  func waitForMore(after position: Int64, epoch: Int) async throws {
    try await tail.waitForMore(after: position, epoch: epoch)
  }

  func didForward(_ position: Int64, epoch: Int) { tail.didForward(position, epoch: epoch) }

  func didApply(_ position: Int64, epoch: Int) { tail.didApply(position, epoch: epoch) }
}

/// The log of a replica that is gone.
final class OrphanedLog: ForwardedLog {
  let standing: LogStanding
  private let store: any TelemetryStore
  private let log: TelemetryLog
  private let directory: VehicleDirectory
  private let forwarded: Mutex<Int64>

  init(_ standing: LogStanding, store: any TelemetryStore, log: TelemetryLog, directory: VehicleDirectory) {
    self.standing = standing
    self.store = store
    self.log = log
    self.directory = directory
    forwarded = Mutex(standing.marks.forwarded)
  }

  var start: (forwarded: Int64, epoch: Int) { (forwarded.withLock(\.self), 1) }

  /// Whether the twins have stored all of it.
  var isDone: Bool { start.forwarded >= standing.marks.last }

  func part(after position: Int64, limit: Int, bytes: Int) async throws -> ForwardedPart {
    if position >= standing.marks.last { return .nothing }
    let page = try await store.rows(of: standing.log, after: position, limit: limit, bytes: bytes)
    try await log.meet(Set(page.rows.map(\.sourceKey)))
    // Its writer may have known vehicles that this process hasn't heard of.
    if page.rows.contains(where: { directory.vehicle($0.vehicleKey) == nil }) { try await directory.load() }
    // Rows that aren't kept any more, and those of commits that failed, are nowhere.
    let end = page.isLast ? standing.marks.last : position
    return .rows(page.rows[...], end: max(end, page.rows.last?.position ?? end))
  }

  /// Nobody writes it: there is nothing to wait for but the answers to what was sent.
  func waitForMore(after position: Int64, epoch: Int) async throws { try await Task.sleep(for: .seconds(3_600)) }

  func didForward(_ position: Int64, epoch: Int) { forwarded.withLock { $0 = max($0, position) } }
}
