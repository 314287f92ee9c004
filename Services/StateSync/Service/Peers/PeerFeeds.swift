import FleetCore
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// Brings the updates of the other replicas into this one's feed while somebody here follows them.
///
/// A lost stream is resumed where it ended. Where a replica doesn't keep what followed, or is gone, its updates were lost:
/// the feed is told, and says so to whoever follows.
final class PeerFeeds: Sendable {
  /// Between attempts to follow a replica.
  static let retryInterval = Duration.milliseconds(200)
  /// How long the replicas are followed on after the last one here went: so long a subscriber may be away and resume.
  static let linger = Duration.seconds(60)
  /// How long a new subscriber waits for the replicas to be followed.
  static let patience = Duration.seconds(2)

  private struct State {
    var interested = 0
    /// Counts those who came.
    var comings = 0
    /// The replicas that are followed now.
    var connected: Set<String> = []
  }

  private let feed: FleetFeed
  private let replicas: Replicas
  private let clock: any Clock<Duration>
  private let state = Watched(State())

  init(feed: FleetFeed, replicas: Replicas, clock: any Clock<Duration>) {
    self.feed = feed
    self.replicas = replicas
    self.clock = clock
  }

  // MARK: Interest

  /// Somebody wants the other replicas' updates, until `end`.
  func begin() {
    state.change { state in
      state.interested += 1
      state.comings += 1
    }
  }

  /// The same, and returns when they are followed, or after `patience`.
  ///
  /// - Throws: `CancellationError`, and then nobody wants them.
  func beginAndWait() async throws {
    begin()
    if replicas.isAlone { return }
    do {
      try await waitUntilFollowed()
    } catch {
      end()
      throw error
    }
  }

  func end() { state.change { $0.interested -= 1 } }

  /// Waits until all other replicas are followed, or not much longer: one that is gone must not keep the others' updates.
  private func waitUntilFollowed() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask { [self] in
        try await state.wait { [replicas] in !$0.connected.isSuperset(of: replicas.others) }
      }
      group.addTask { [clock] in try await clock.sleep(for: Self.patience) }
      try await group.next()
    }
  }

  // MARK: Following

  /// Follows the replicas while somebody is interested, until cancelled.
  func run() async throws {
    while true {
      try await state.wait { $0.interested == 0 }
      let view = replicas.view
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        for address in view.ring.nodes where address != replicas.own {
          group.addTask { [self] in try await keepFollowing(address) }
        }
        group.addTask { [replicas] in _ = try await replicas.changed(since: view.version) }
        group.addTask { [self] in try await untilNobodyIsInterested() }
        try await group.next()
      }
      // Nothing of them is told from here to the next time. One that is alone misses nothing.
      if view.ring.nodes.count == 1, replicas.view.version == view.version { continue }
      feed.foreignUpdatesBreak(isLoss: replicas.view.version != view.version)
    }
  }

  private func untilNobodyIsInterested() async throws {
    while true {
      try await state.wait { $0.interested > 0 }
      let comings = state.withLock(\.comings)
      try await clock.sleep(for: Self.linger)
      if state.withLock({ $0.interested == 0 && $0.comings == comings }) { return }
    }
  }

  private func keepFollowing(_ address: String) async throws {
    var cursor: UInt64?
    defer { state.change { _ = $0.connected.remove(address) } }
    while true {
      do {
        let resumed = cursor
        let last = Mutex(cursor)
        defer { cursor = last.withLock(\.self) }
        let request = SubscribeFleetRequest(resumeFrom: resumed)
        try await FleetServiceClient(replicas.channel(to: address)).subscribeFleet(
          request, options: PassedOn.options()
        ) { [self] updates in
          // Until then it may not have begun to tell.
          _ = try await updates.call.initialMetadata
          // What came before isn't known here.
          if resumed == nil { feed.foreignUpdatesBreak(isLoss: false) }
          state.change { _ = $0.connected.insert(address) }
          for try await update in updates {
            feed.publish(foreign: update)
            last.withLock { $0 = update.cursor }
          }
        }
      } catch let error as CancellationError {
        throw error
      } catch let error as RPCError where error.code == .outOfRange {
        // What followed isn't kept there any more.
        cursor = nil
        feed.foreignUpdatesBreak(isLoss: true)
      } catch {
        // A stream that was open and never told anything begins anew without a cursor, and may have missed something.
        if cursor == nil, state.withLock({ $0.connected.contains(address) }) { feed.foreignUpdatesBreak(isLoss: true) }
      }
      state.change { _ = $0.connected.remove(address) }
      try await clock.sleep(for: Self.retryInterval)
    }
  }
}
