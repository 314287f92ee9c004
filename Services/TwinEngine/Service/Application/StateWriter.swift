import FleetCore
import RuntimeTelemetry
import Synchronization

/// Stores live states behind the updates, and tells each sync session up to which batch its samples are stored.
final class StateWriter: Sendable {
  /// Between two rounds. A crash makes state-sync send again what came since the last one.
  static let interval = Duration.milliseconds(500)

  /// One stream of batches into the fleet.
  final class Session: Sendable {
    private let applied = Mutex<UInt64>(0)
    private let told = Mutex<UInt64>(0)
    /// Tells the newest batch that is stored.
    let stored = Subscription<Int, UInt64>(capacity: 1)

    init() {}

    /// Notes that a batch and all before it are in the fleet.
    func didApply(_ batch: UInt64) { applied.withLock { $0 = max($0, batch) } }

    fileprivate var appliedBatch: UInt64 { applied.withLock(\.self) }

    fileprivate func tell(_ batch: UInt64) {
      let isNew = told.withLock { told in
        defer { told = max(told, batch) }
        return batch > told
      }
      if isNew { stored.offer(batch, for: 0) }
    }
  }

  private let store: any TwinStore
  private let fleet: Fleet
  private let metrics: EngineMetrics
  private let sessions = Mutex<[ObjectIdentifier: Session]>([:])

  init(store: any TwinStore, fleet: Fleet, metrics: EngineMetrics) {
    self.store = store
    self.fleet = fleet
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
    // Read before the states are taken: what a session has applied by now is among them.
    let marks = sessions.withLock { $0.values.map { ($0, $0.appliedBatch) } }
    try await flushConditions()
    let twins = fleet.takeUnstored()
    var stored = 0
    do {
      while stored < twins.count {
        let chunk = twins[stored..<min(stored + TwinStoreLimits.statesPerSave, twins.count)]
        try await store.save(try chunk.map { try StoredState($0) })
        stored += chunk.count
        metrics.stored.increment(by: Int64(chunk.count))
      }
    } catch {
      fleet.markUnstored(twins[stored...].map(\.id))
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
}
