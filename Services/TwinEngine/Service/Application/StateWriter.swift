import FleetCore
import RPCCore
import RPCErrors
import RuntimeTelemetry
import Synchronization
import TwinProto

/// Stores live states behind the updates, and tells each sync session up to which batch its samples are stored.
final class StateWriter: Sendable {
  /// Between two rounds. A crash makes state-sync send again what came since the last one.
  static let interval = Duration.milliseconds(500)

  /// One stream of batches into the fleet.
  final class Session: Sendable {
    private let applied = Mutex<UInt64>(0)
    private let told = Mutex<UInt64>(0)
    private let isBroken = Mutex(false)
    /// Tells the newest batch that is stored. Ends when something of the session was lost, too: see `wasBroken`.
    let stored = Subscription<Int, UInt64>(capacity: 1)

    init() {}

    /// Notes that a batch and all before it are in the fleet.
    func didApply(_ batch: UInt64) { applied.withLock { $0 = max($0, batch) } }

    /// Notes that samples of the session may be lost: nothing more of it counts as stored, and its sender must send again.
    func breakOff() {
      isBroken.withLock { $0 = true }
      stored.finish()
    }

    var wasBroken: Bool { isBroken.withLock(\.self) }

    fileprivate var appliedBatch: UInt64 { applied.withLock(\.self) }

    fileprivate func tell(_ batch: UInt64) {
      let isNew = told.withLock { told in
        defer { told = max(told, batch) }
        return batch > told
      }
      if isNew, !wasBroken { stored.offer(batch, for: 0) }
    }
  }

  private let store: any TwinStore
  private let fleet: Fleet
  private let loader: FleetLoader
  private let metrics: EngineMetrics
  private let sessions = Mutex<[ObjectIdentifier: Session]>([:])
  /// Rounds one after the other: two at once would each take the other for another replica.
  private let turn = Slots(1)

  init(store: any TwinStore, fleet: Fleet, loader: FleetLoader, metrics: EngineMetrics) {
    self.store = store
    self.fleet = fleet
    self.loader = loader
    self.metrics = metrics
  }

  func open() -> Session {
    let session = Session()
    sessions.withLock { $0[ObjectIdentifier(session)] = session }
    return session
  }

  func close(_ session: Session) {
    _ = sessions.withLock { $0.removeValue(forKey: ObjectIdentifier(session)) }
    session.stored.finish()
  }

  /// Stores every state that changed since the last round.
  ///
  /// - Throws: `StoreUnavailable`; the states stay to be stored.
  func flush() async throws {
    try await turn.acquire()
    defer { turn.release() }
    // Read before the states are taken: what a session has applied by now is among them.
    let marks = sessions.withLock { $0.values.map { ($0, $0.appliedBatch) } }
    try await flushConditions()
    let twins = fleet.takeUnstored()
    var stored = 0
    var refused: Set<Int64> = []
    do {
      while stored < twins.count {
        let chunk = twins[stored..<min(stored + TwinStoreLimits.statesPerSave, twins.count)]
        refused.formUnion(try await store.save(try chunk.map { try StoredState($0) }))
        fleet.didStore(chunk.lazy.filter { !refused.contains($0.number) })
        stored += chunk.count
        metrics.stored.increment(by: Int64(chunk.count))
      }
      if !refused.isEmpty { try await giveUp(twins.filter { refused.contains($0.number) }) }
    } catch {
      fleet.markUnstored(twins[stored...].map(\.id))
      if !refused.isEmpty { letGo(twins.filter { refused.contains($0.number) }) }
      throw error
    }
    for (session, batch) in marks { session.tell(batch) }
  }

  private func flushConditions() async throws {
    var rest = fleet.takeUnstoredConditions()[...]
    do {
      while !rest.isEmpty {
        try await store.save(conditions: Array(rest.prefix(TwinStoreLimits.statesPerSave)))
        rest = rest.dropFirst(TwinStoreLimits.statesPerSave)
      }
    } catch {
      fleet.markUnstored(rest)
      throw error
    }
  }

  /// Another replica has stored these twins, or they were deleted.
  private func giveUp(_ twins: [LiveTwin]) async throws {
    // Those that were deleted go by that.
    try await loader.refresh()
    let there = twins.filter { fleet.twin($0.id) != nil }
    if !there.isEmpty { letGo(there) }
  }

  /// Drops states that go on from another one than what is stored, and has their samples sent again.
  private func letGo(_ twins: [LiveTwin]) {
    // Which session they came by isn't known; one that had none of them sends for nothing, but once.
    for session in sessions.withLock({ Array($0.values) }) { session.breakOff() }
    for twin in twins { fleet.leave(twin.id, unstored: true) }
    metrics.overtaken.increment(by: Int64(twins.count))
  }
}

extension ServiceFault {
  /// Ends a sync session that must be made again.
  static let overtaken = ServiceFault(
    .unavailable, .upstreamUnavailable, "another replica has stored newer states of some twins; send again",
    retryAfter: StoreUnavailable.retryAfter)
}
