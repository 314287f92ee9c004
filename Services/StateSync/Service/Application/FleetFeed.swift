import FleetCore
import RPCCore
import RPCErrors
import RuntimeTelemetry
import Synchronization
import TwinProto

/// Everything that happens in the fleet, for whoever follows it. Never waits for a reader.
final class FleetFeed: Sendable {
  /// Updates that are kept for readers that come back.
  static let retained = 1_024
  /// Samples whose lag goes into a vehicle's report.
  static let lagWindow = 128

  struct Key: Sendable, Hashable {
    var vehicleID: String
    var kind: FleetUpdateKind
  }

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
    var cursor: UInt64
    var recent: [(key: Key, update: FleetUpdate)] = []
    var standings: [String: Standing] = [:]
  }

  private let state: Mutex<State>
  private let broadcast = Broadcast<Key, FleetUpdate>()
  private let metrics: IngestMetrics

  /// - Parameter clock: gives the first cursor, so that cursors ascend over restarts.
  init(clock: WallClock, metrics: IngestMetrics) {
    state = Mutex(State(cursor: UInt64(max(0, clock.now().microseconds))))
    self.metrics = metrics
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

  private func publish(_ update: FleetUpdate, _ kind: FleetUpdateKind) {
    let key = Key(vehicleID: update.vehicleID, kind: kind)
    var update = update
    state.withLock { state in
      state.cursor += 1
      update.cursor = state.cursor
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
  /// - Throws: `ServiceFault` when what follows the cursor isn't kept any more.
  func join(
    _ subscription: Subscription<Key, FleetUpdate>, _ filter: Broadcast<Key, FleetUpdate>.Filter,
    after cursor: UInt64? = nil, wants: (Key) -> Bool = { _ in true }
  ) throws -> Broadcast<Key, FleetUpdate>.Token {
    try state.withLock { state in
      if let cursor {
        let first = state.recent.first?.update.cursor ?? state.cursor + 1
        guard cursor + 1 >= first, cursor <= state.cursor else {
          throw ServiceFault(
            .outOfRange, .historyExpired, "updates after \(cursor) aren't kept; the oldest kept one is \(first)",
            facts: ["cursor": String(cursor), "oldest": String(first)],
            violations: [.init("resume_from", "must be \(first - 1) to \(state.cursor)")])
        }
        for (key, update) in state.recent where update.cursor > cursor && wants(key) {
          subscription.offer(update, for: key)
        }
      }
      return broadcast.join(subscription, filter)
    }
  }

  func add(_ key: Key, to token: Broadcast<Key, FleetUpdate>.Token) { broadcast.add([key], to: token) }

  func leave(_ token: Broadcast<Key, FleetUpdate>.Token) { broadcast.leave(token) }
}
