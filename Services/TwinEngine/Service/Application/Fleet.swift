import FleetCore
import SimulationVehicles
import Synchronization
import TwinProto

/// All twins that exist, with their live states. Memory only: the loader fills it and the writer stores it.
///
/// Nothing here waits. Readers get what changes by subscriptions, which coalesce when they are slow.
final class Fleet: Sendable {
  /// Twins are spread over so many locks, so that calls for different twins rarely meet.
  private static let shardCount = 16

  private final class Shard: Sendable {
    struct State {
      var twins: [String: LiveTwin] = [:]
      /// Twins whose state isn't stored yet.
      var unstored: Set<String> = []
    }

    let state = Mutex(State())
  }

  let policy: SyncPolicy
  private let clock: WallClock
  private let shards = (0..<shardCount).map { _ in Shard() }
  /// Told when twins come or go.
  let identities = Broadcast<String, TwinChange>()
  /// Told when states change.
  let states = Broadcast<String, LiveTwin>()
  /// Told of those changes that no sample caused: twins that turned stale or offline.
  let statusChanges = Broadcast<String, LiveTwin>()

  /// A twin came or went.
  enum TwinChange: Sendable, Hashable {
    case added(physicalVehicleID: String)
    case removed
  }

  init(policy: SyncPolicy, clock: WallClock) {
    self.policy = policy
    self.clock = clock
  }

  private func shard(of id: String) -> Shard {
    // Not `hashValue`: FNV-1a is the same in every run, so that profiles compare.
    var hash: UInt32 = 0x811c_9dc5
    for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return shards[Int(hash) % Self.shardCount]
  }

  // MARK: Identity

  /// Follows a change of the stored twins. Repeats do no harm.
  func follow(_ record: TwinRecord, restoring stored: StoredState? = nil) {
    record.isDeleted ? remove(record.id) : add(record, restoring: stored)
  }

  private func add(_ record: TwinRecord, restoring stored: StoredState?) {
    let singleTrack = ModelTypes.singleTrack(record)
    shard(of: record.id).state.withLock { state in
      // A calibration may have changed how it steers.
      state.twins[record.id]?.steer(as: singleTrack)
      guard state.twins[record.id] == nil else { return }
      var twin = LiveTwin(record, singleTrack: singleTrack)
      if let stored, let last = stored.decoded { twin.restore(last, sources: stored.sources) }
      state.twins[record.id] = twin
      identities.publish(.added(physicalVehicleID: record.physicalVehicleID), for: record.id)
    }
  }

  private func remove(_ id: String) {
    shard(of: id).state.withLock { state in
      state.unstored.remove(id)
      if state.twins.removeValue(forKey: id) != nil { identities.publish(.removed, for: id) }
    }
  }

  /// The twin as it is now; nil when it doesn't exist.
  func twin(_ id: String) -> LiveTwin? { shard(of: id).state.withLock { $0.twins[id] } }

  /// All twins' ids with their physical ids, in no order.
  var all: [TwinIdentity] {
    shards.flatMap { shard in
      shard.state.withLock { state in
        state.twins.values.map { TwinIdentity(id: $0.id, physicalVehicleID: $0.physicalVehicleID) }
      }
    }
  }

  /// How many twins exist.
  var count: Int { shards.reduce(0) { sum, shard in sum + shard.state.withLock(\.twins.count) } }

  // MARK: States

  /// What samples did to a twin.
  struct Applied: Sendable {
    /// The twin afterwards.
    var twin: LiveTwin
    /// Whether its state changed.
    var hasChanged: Bool
    /// The samples that hadn't come before.
    var newCount: Int
  }

  /// Applies samples to a twin.
  ///
  /// - Returns: nil when the twin doesn't exist.
  func apply(_ batches: [SampleBatch], to id: String) -> Applied? {
    let now = clock.now()
    return shard(of: id).state.withLock { state in
      guard let revision = state.twins[id]?.revision else { return nil }
      var newCount = 0
      for batch in batches { newCount += state.twins[id]?.apply(batch, policy: policy, now: now) ?? 0 }
      if newCount > 0 { state.unstored.insert(id) }
      guard let twin = state.twins[id] else { return nil }
      let hasChanged = twin.revision != revision
      // Told under the lock, so that readers get states in their order.
      if hasChanged { states.publish(twin, for: id) }
      return Applied(twin: twin, hasChanged: hasChanged, newCount: newCount)
    }
  }

  /// Notes the passing of time: tells readers of twins that turned stale or offline.
  func observeTime() {
    let now = clock.now()
    for shard in shards {
      shard.state.withLock { state in
        for id in state.twins.keys where state.twins[id]?.observe(policy, at: now) == true {
          state.unstored.insert(id)
          guard let twin = state.twins[id] else { continue }
          states.publish(twin, for: id)
          statusChanges.publish(twin, for: id)
        }
      }
    }
  }

  /// A twin's state as readers see it now.
  func state(of twin: LiveTwin, withPredictions: Bool = true) -> VehicleState {
    VehicleState(twin, status: twin.status(policy, at: clock.now()), withPredictions: withPredictions)
  }

  // MARK: Storing

  /// Takes out the twins whose states aren't stored.
  func takeUnstored() -> [LiveTwin] {
    shards.flatMap { shard in
      shard.state.withLock { state in
        defer { state.unstored.removeAll() }
        return state.unstored.compactMap { state.twins[$0] }
      }
    }
  }

  /// Puts twins back whose states couldn't be stored.
  func markUnstored(_ ids: [String]) {
    for id in ids {
      shard(of: id).state.withLock { state in
        if state.twins[id] != nil { state.unstored.insert(id) }
      }
    }
  }
}
