import FleetCore
import RPCCore
import RPCErrors
import RuntimeTelemetry
import Synchronization
import TwinProto

/// Everything that happens in the fleet, for whoever follows it. Never waits for a reader.
///
/// Updates of this replica's own vehicles, and, while somebody follows all of the fleet, those that other replicas tell.
/// Cursors count this replica's updates of both kinds. Each carries the mark of the replica that gave it: to another one it
/// says nothing.
final class FleetFeed: Sendable {
  /// Updates that are kept for readers that come back.
  static let retained = 1_024
  /// Samples whose lag goes into a vehicle's report.
  static let lagWindow = 128

  struct Key: Sendable, Hashable {
    var vehicleID: String
    var kind: FleetUpdateKind
    /// Whether another replica told it.
    var isForeign = false
  }

  /// An update on its way to its readers: one object for all, as a state with its predictions is large.
  final class Update: Sendable {
    let message: FleetUpdate

    fileprivate init(_ message: FleetUpdate) { self.message = message }
  }

  /// Which updates a reader gets.
  enum Scope: Sendable, Hashable {
    /// Those of all replicas.
    case fleet
    /// Those of this replica, for another one that follows it.
    case own
  }

  /// The lowest bits of a cursor tell which replica gave it: enough for logs of 4,096 names.
  static let markBits: UInt64 = 12

  /// How a vehicle's twin stands, as twin-engine said last.
  struct Standing: Sendable {
    var status = SyncStatus.waiting
    /// The newest lags by source, in ms, each a ring.
    var lags: [String: [Double]] = [:]
    fileprivate var next: [String: Int] = [:]

    fileprivate mutating func add(_ sync: SyncState) {
      status = sync.status
      guard sync.samples > 0 else { return }
      let place = next[sync.source] ?? 0
      // Where it is: a copy would cost more than everything else of an update.
      if lags[sync.source]?.count ?? 0 < FleetFeed.lagWindow {
        lags[sync.source, default: []].append(sync.lagMs)
      } else {
        lags[sync.source]?[place] = sync.lagMs
      }
      next[sync.source] = (place + 1) % FleetFeed.lagWindow
    }
  }

  private struct State {
    /// Counts the updates, on from the time at which the process began, in µs, so that cursors ascend over restarts.
    var count: UInt64
    var mark: UInt64 = 0
    /// The other replicas' updates are complete after this count.
    var completeSince: UInt64
    /// Readers of all replicas' updates.
    var followers: [Broadcast<Key, Update>.Token: Subscription<Key, Update>] = [:]
    var recent: [(key: Key, update: Update)] = []
    var standings: [String: Standing] = [:]

    func cursor(_ count: UInt64) -> UInt64 { count << FleetFeed.markBits | mark }
  }

  private let state: Mutex<State>
  private let broadcast = Broadcast<Key, Update>()
  private let metrics: IngestMetrics

  /// - Parameter clock: gives the first cursor, so that cursors ascend over restarts.
  init(clock: WallClock, metrics: IngestMetrics) {
    let start = UInt64(max(0, clock.now().microseconds))
    state = Mutex(State(count: start, completeSince: start))
    self.metrics = metrics
  }

  /// Says which replica this is, before anything is published.
  ///
  /// - Parameter number: differs among the replicas.
  func setMark(_ number: Int32) {
    state.withLock { $0.mark = UInt64(truncatingIfNeeded: number) & (1 << Self.markBits - 1) }
  }

  // MARK: Publishing

  func publish(real sample: TelemetrySample, of vehicle: Vehicle) {
    publish(FleetUpdate(vehicleID: vehicle.id, content: .real(sample)), .real)
  }

  func publish(virtual states: [VehicleState]) {
    for new in states {
      if let sync = new.sync {
        state.withLock { $0.standings[new.vehicleID, default: Standing()].add(sync) }
        if sync.samples > 0 { metrics.lag.observe(sync.lagMs / 1_000) }
      }
      publish(FleetUpdate(vehicleID: new.vehicleID, content: .virtualState(new)), .virtual)
    }
  }

  /// - Parameter vehicle: nil for an event that is about none.
  func publish(event: Event, of vehicle: Vehicle?) {
    publish(FleetUpdate(vehicleID: vehicle?.id ?? "", content: .event(event)), .event)
  }

  /// Tells what another replica told.
  func publish(foreign update: FleetUpdate) {
    let kind: FleetUpdateKind? =
      switch update.content {
      case .real: .real
      case .virtualState: .virtual
      case .event: .event
      case nil: nil
      }
    if let kind { publish(update, kind, isForeign: true) }
  }

  /// Updates of other replicas were missed, or may have been: nobody can go on from before this.
  ///
  /// - Parameter isLoss: whether somebody who follows missed them. Then all who follow the fleet are ended.
  func foreignUpdatesBreak(isLoss: Bool) {
    let followers = state.withLock { state in
      state.completeSince = state.count
      return isLoss ? Array(state.followers.values) : []
    }
    for follower in followers { follower.finish() }
  }

  private func publish(_ update: FleetUpdate, _ kind: FleetUpdateKind, isForeign: Bool = false) {
    let key = Key(vehicleID: update.vehicleID, kind: kind, isForeign: isForeign)
    var update = update
    state.withLock { state in
      state.count += 1
      update.cursor = state.cursor(state.count)
      let update = Update(update)
      state.recent.append((key, update))
      if state.recent.count >= 2 * Self.retained { state.recent.removeFirst(Self.retained) }
      // Under the lock, so that readers get updates in the order of their cursors.
      broadcast.publish(update, for: key)
    }
  }

  /// How a vehicle's twin stands.
  func standing(of vehicleID: String) -> Standing { state.withLock { $0.standings[vehicleID] ?? Standing() } }

  // MARK: Following

  /// Subscribes from now on, or from after a cursor.
  ///
  /// - Throws: `ServiceFault` when what follows the cursor isn't kept any more, or not here.
  func join(
    _ subscription: Subscription<Key, Update>, _ filter: Broadcast<Key, Update>.Filter,
    _ scope: Scope = .own, after cursor: UInt64? = nil, wants: (Key) -> Bool = { _ in true }
  ) throws -> Broadcast<Key, Update>.Token {
    try state.withLock { state in
      if let cursor {
        try check(cursor, scope, state)
        for (key, update) in state.recent where update.message.cursor > cursor && wants(key) {
          subscription.offer(update, for: key)
        }
      }
      let token = broadcast.join(subscription, filter)
      if scope == .fleet { state.followers[token] = subscription }
      return token
    }
  }

  private func check(_ cursor: UInt64, _ scope: Scope, _ state: State) throws {
    let first = state.recent.first?.update.message.cursor ?? state.cursor(state.count + 1)
    var oldest = first >> Self.markBits - 1
    if scope == .fleet { oldest = max(oldest, state.completeSince) }
    let count = cursor >> Self.markBits
    guard state.cursor(count) == cursor, count >= oldest, count <= state.count else {
      throw ServiceFault(
        .outOfRange, .historyExpired,
        "updates after \(cursor) aren't kept by this replica; the oldest cursor that it can go on from is "
          + "\(state.cursor(oldest))",
        facts: ["cursor": String(cursor), "oldest": String(state.cursor(oldest))],
        violations: [.init("resume_from", "must be \(state.cursor(oldest)) to \(state.cursor(state.count))")])
    }
  }

  /// Ends those who follow the fleet after updates of other replicas were lost.
  static let updatesLost = ServiceFault(
    .outOfRange, .historyExpired,
    "updates of another replica were lost, or the replicas changed; follow anew, without resume_from")

  func add(_ key: Key, to token: Broadcast<Key, Update>.Token) { broadcast.add([key], to: token) }

  func leave(_ token: Broadcast<Key, Update>.Token) {
    _ = state.withLock { $0.followers.removeValue(forKey: token) }
    broadcast.leave(token)
  }
}
