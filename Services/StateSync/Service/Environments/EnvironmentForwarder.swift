import FleetCore
import Logging
import RuntimeTelemetry
import TwinProto

/// Tells twin-engine what syncs find, in their order, until it has heard of everything.
///
/// What it hasn't heard of is in the store, so nothing is lost while it is away. Telling something again changes
/// nothing.
final class EnvironmentForwarder: Sendable {
  /// Targets in one message.
  static let batchSize = 500
  /// How long whoever syncs waits for twin-engine at most.
  static let patience = Duration.seconds(4)

  private let store: any EnvironmentStore
  private let twins: any EnvironmentTwins
  private let clock: WallClock
  private let logger: Logger
  /// What the states of one message may take.
  private let batchBytes: Int
  private let syncInterval: Double
  private let turns = Turns()

  init(
    store: any EnvironmentStore, twins: any EnvironmentTwins, clock: WallClock, logger: Logger, batchBytes: Int,
    syncInterval: Double
  ) {
    (self.store, self.twins, self.clock, self.logger) = (store, twins, clock, logger)
    (self.batchBytes, self.syncInterval) = (batchBytes, syncInterval)
  }

  /// Tells of one environment now, within `patience`. When that isn't possible, `forwardAll` will.
  func tell(of id: String) async {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        defer { group.cancelAll() }
        group.addTask { [self] in try await forward(id) }
        group.addTask { try await Task.sleep(for: Self.patience) }
        try await group.next()
      }
    } catch {
      logger.debug("twin-engine doesn't hear of an environment now", metadata: .of([.error: "\(error)"]))
    }
  }

  /// Tells of everything that twin-engine hasn't heard of.
  ///
  /// - Throws: the first failure, after all environments were tried.
  func forwardAll() async throws {
    var failure: (any Error)?
    for environment in try await store.unforwarded() {
      do { try await forward(environment.id) } catch { failure = failure ?? error }
      try Task.checkCancellation()
    }
    if let failure { throw failure }
  }

  private func forward(_ id: String) async throws {
    try await turns.take(id) { [self] in
      guard let environment = try await store.anyEnvironment(id),
        environment.revision > environment.forwardedRevision
      else { return }
      var count = try await send(environment, after: environment.forwardedRevision)
      if !environment.isDeleted, count != environment.targetCount,
        try await store.anyEnvironment(id)?.revision == environment.revision
      {
        // It has lost something, such as its database: it hears of everything again.
        count = try await send(environment, after: 0)
        if count != environment.targetCount {
          logger.warning("twin-engine knows another number of targets", metadata: .of([.count: "\(count)"]))
        }
      }
      try await store.didForward(environment)
    }
  }

  /// - Returns: the targets that the twin has afterwards.
  private func send(_ environment: EnvironmentRecord, after revision: Int64) async throws -> Int {
    var message = UpdateEnvironmentRequest(
      environment: Environment(environment, at: clock.now(), interval: syncInterval), deleted: environment.isDeleted)
    // twin-engine has no use for settings.
    message.environment?.sources = []
    guard !environment.isDeleted else { return try await twins.update(message) }
    message.removedTargets = try await store.removals(of: environment.id)
    var last = ""
    var count = 0
    while true {
      let targets = try await store.targets(
        TargetQuery(
          environmentID: environment.id, after: last, readAfter: revision, limit: Self.batchSize, bytes: batchBytes))
      // The first message goes also without targets, for what is new of the environment itself.
      guard last.isEmpty || !targets.isEmpty else { return count }
      message.targets = targets.map { Target($0, of: environment.id, at: clock.now()) }
      count = try await twins.update(message)
      message.removedTargets = []
      guard let name = targets.last?.name else { return count }
      last = name
    }
  }
}
