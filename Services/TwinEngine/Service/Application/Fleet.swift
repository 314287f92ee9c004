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
      /// Conditions that aren't stored yet.
      var unstoredConditions: [ConditionName: StoredCondition] = [:]
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
  func follow(_ record: TwinRecord) { record.isDeleted ? remove(record.id) : add(record) }

  private func add(_ record: TwinRecord) {
    let singleTrack = ModelTypes.singleTrack(record)
    shard(of: record.id).state.withLock { state in
      // A calibration may have changed how it steers.
      state.twins[record.id]?.steer(as: singleTrack)
      guard state.twins[record.id] == nil else { return }
      state.twins[record.id] = LiveTwin(record, singleTrack: singleTrack)
      identities.publish(.added(physicalVehicleID: record.physicalVehicleID), for: record.id)
    }
  }

  private func remove(_ id: String) {
    shard(of: id).state.withLock { state in
      state.unstored.remove(id)
      if let number = state.twins[id]?.number {
        state.unstoredConditions = state.unstoredConditions.filter { $0.key.number != number }
      }
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
  /// - Returns: nil when the twin doesn't exist, or its state isn't here.
  func apply(_ batches: [SampleBatch], to id: String) -> Applied? {
    let now = clock.now()
    return shard(of: id).state.withLock { state in
      guard let twin = state.twins[id], twin.isHere else { return nil }
      let revision = twin.revision
      var newCount = 0
      for batch in batches { newCount += state.twins[id]?.apply(batch, policy: policy, now: now) ?? 0 }
      for batch in batches {
        for condition in state.twins[id]?.observe(batch) ?? [] { state.unstoredConditions[condition.name] = condition }
      }
      if newCount > 0 || state.twins[id]?.revision != revision { state.unstored.insert(id) }
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
        for (id, twin) in state.twins where twin.isHere && state.twins[id]?.observe(policy, at: now) == true {
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

  // MARK: Coming and going

  /// Of these twins the numbers of those that are known, but whose states aren't here.
  func missing(_ ids: some Sequence<String>) -> [Int64] {
    ids.compactMap { id in
      shard(of: id).state.withLock { state in
        guard let twin = state.twins[id], !twin.isHere else { return nil }
        return twin.number
      }
    }
  }

  /// The ids of the twins whose states are here, or aren't.
  func ids(here isHere: Bool) -> [String] {
    shards.flatMap { shard in
      shard.state.withLock { state in state.twins.values.compactMap { $0.isHere == isHere ? $0.id : nil } }
    }
  }

  /// Takes a twin's state in, unless it is here.
  ///
  /// - Parameter stored: nil when none is stored.
  func enter(_ number: Int64, from stored: StoredState?, _ conditions: [StoredCondition] = []) {
    let id = TwinID.text(number)
    shard(of: id).state.withLock { state in
      guard state.twins[id]?.isHere == false else { return }
      state.twins[id]?.enter(from: stored)
      if !conditions.isEmpty { state.twins[id]?.restore(conditions) }
    }
  }

  /// Takes a twin's conditions in, if its state is here.
  func restore(_ conditions: [StoredCondition], to number: Int64) {
    let id = TwinID.text(number)
    shard(of: id).state.withLock { state in
      if state.twins[id]?.isHere == true { state.twins[id]?.restore(conditions) }
    }
  }

  /// Lets a twin's state go.
  ///
  /// - Parameter unstored: whether also one that isn't stored.
  func leave(_ id: String, unstored: Bool) {
    shard(of: id).state.withLock { state in
      guard let twin = state.twins[id], unstored || !state.unstored.contains(id) else { return }
      state.unstored.remove(id)
      state.twins[id] = twin.withoutState
    }
  }

  // MARK: Storing

  /// Notes that twins' states were stored.
  func didStore(_ twins: some Sequence<LiveTwin>) {
    for stored in twins {
      shard(of: stored.id).state.withLock { state in
        state.twins[stored.id]?.didStore(replacing: stored.storedVersion ?? 0)
      }
    }
  }

  /// Takes out the twins whose states aren't stored.
  func takeUnstored() -> [LiveTwin] {
    shards.flatMap { shard in
      shard.state.withLock { state in
        defer { state.unstored.removeAll() }
        return state.unstored.compactMap { state.twins[$0] }
      }
    }
  }

  /// Takes out the conditions that aren't stored.
  func takeUnstoredConditions() -> [StoredCondition] {
    shards.flatMap { shard in
      shard.state.withLock { state in
        defer { state.unstoredConditions.removeAll() }
        return Array(state.unstoredConditions.values)
      }
    }
  }

  /// Puts conditions back that couldn't be stored, unless newer ones of them wait.
  func markUnstored(_ conditions: some Sequence<StoredCondition>) {
    for condition in conditions {
      let id = TwinID.text(condition.name.number)
      shard(of: id).state.withLock { state in
        if state.twins[id] != nil, state.unstoredConditions[condition.name] == nil {
          state.unstoredConditions[condition.name] = condition
        }
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
