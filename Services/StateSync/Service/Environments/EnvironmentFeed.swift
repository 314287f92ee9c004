import FleetCore
import TwinProto

/// Lets watchers know of which environments something has changed; they read what in the store, so that a slow one
/// misses nothing but what was between.
final class EnvironmentFeed: Sendable {
  private let changes = Broadcast<String, Void>()

  func didChange(_ id: String) { changes.publish((), for: id) }

  func join(_ subscription: Subscription<String, Void>, _ ids: Set<String>) -> Broadcast<String, Void>.Token {
    changes.join(subscription, ids.isEmpty ? .all : .keys(ids))
  }

  func leave(_ token: Broadcast<String, Void>.Token) { changes.leave(token) }
}

/// What one watcher knows of an environment.
struct WatchedEnvironment: Sendable {
  /// Targets in one message.
  static let chunk = 200

  let store: any EnvironmentStore
  let id: String
  /// What a message may take.
  let bytes: Int
  private var revision: Int64 = 0
  private var created: UTCInstant?
  private var known: Set<String> = []

  init(store: any EnvironmentStore, id: String, bytes: Int) {
    (self.store, self.id, self.bytes) = (store, id, bytes)
  }

  /// What is new since the last time, in as many messages as it takes; at least one unless the environment is gone.
  mutating func news(at now: UTCInstant, interval: Double, _ send: (EnvironmentUpdate) async throws -> Void)
    async throws
  {
    guard let environment = try await store.environment(id) else {
      if created != nil {
        let gone = Environment(id: id, stale: true)
        try await send(EnvironmentUpdate(environment: gone, removedTargets: known.sorted(by: Mirror.utf8Order)))
      }
      (revision, created, known) = (0, nil, [])
      return
    }
    // Another environment may have taken the id.
    if created != environment.createTime { revision = 0 }
    let names = Set(try await store.targetNames(of: id))
    var update = EnvironmentUpdate(
      environment: Environment(environment, at: now, interval: interval),
      removedTargets: known.subtracting(names).sorted(by: Mirror.utf8Order))
    var last = ""
    while true {
      let targets = try await store.targets(
        TargetQuery(environmentID: id, after: last, changedAfter: revision, limit: Self.chunk, bytes: bytes))
      guard let name = targets.last?.name else { break }
      if last != "" {
        try await send(update)
        update.removedTargets = []
      }
      update.targets = targets.map { Target($0, of: id, at: now) }
      last = name
    }
    try await send(update)
    (revision, created, known) = (environment.revision, environment.createTime, names)
  }
}
