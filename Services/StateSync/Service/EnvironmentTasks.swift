import FleetCore
import Logging
import RuntimeTelemetry
import ServiceRuntime
import TwinProto

/// What mirrors of environments need beside calls. Each part ends when the service stops.
struct EnvironmentTasks: Sendable {
  /// Between two looks at what twin-engine hasn't heard of.
  static let forwardInterval = Duration.seconds(1)
  static let retry = RetrySchedule(first: .milliseconds(200), longest: .seconds(2))
  /// Between two looks at which environments are due, at most.
  static let lookInterval = Duration.seconds(15)
  /// Between two looks at metrics that are too old.
  static let dropInterval = Duration.seconds(3_600)
  /// Environments that are synced side by side.
  static let parallelSyncs = 4

  let parts: EnvironmentParts
  /// Each environment is synced by one replica, its home. Should two believe that they are, it is read twice; what they
  /// store takes turns.
  let replicas: Replicas
  let wall: WallClock
  let clock: any Clock<Duration>
  let logger: Logger

  /// Tells twin-engine what it hasn't heard of.
  func forward() async throws {
    try await untilStopped {
      var complaint = Complaint(logger, "twin-engine doesn't hear of environments; what is new waits in the database")
      var failures = 0
      var random = SystemRandomNumberGenerator()
      while true {
        do {
          try await parts.forwarder.forwardAll()
          complaint.isOver()
          failures = 0
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
          failures += 1
        }
        try await clock.sleep(
          for: failures == 0 ? Self.forwardInterval : Self.retry.wait(after: failures, using: &random))
      }
    }
  }

  /// Syncs each environment with sources when its time has come.
  func syncRegularly() async throws {
    try await untilStopped {
      var complaint = Complaint(logger, "environments can't be synced now")
      var attempts: [String: UTCInstant] = [:]
      while true {
        do {
          try await syncDue(&attempts)
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
        try await clock.sleep(for: min(Self.lookInterval, parts.policy.syncInterval))
      }
    }
  }

  /// Syncs the environments that are due.
  ///
  /// - Parameter attempts: when each was last tried.
  func syncDue(_ attempts: inout [String: UTCInstant]) async throws {
    let now = wall.now()
    var due: [EnvironmentRecord] = []
    var kept: [String: UTCInstant] = [:]
    for environment in try await parts.store.environments(after: "", limit: EnvironmentLimits.environments) {
      guard replicas.home(of: "environment \(environment.id)") == .here else { continue }
      let sources = environment.sources.filter { $0.kind != .inline }
      guard !sources.isEmpty else { continue }
      // A sync on demand of all sources counts, too.
      let reads = sources.map(\.lastSyncTime)
      let oldest = reads.contains(nil) ? nil : reads.compactMap(\.self).min()
      let last = [attempts[environment.id], oldest].compactMap(\.self).max()
      kept[environment.id] = last
      if let last, now.seconds(since: last) < parts.policy.syncInterval / .seconds(1) { continue }
      due.append(environment)
      kept[environment.id] = now
    }
    attempts = kept
    let places = Slots(Self.parallelSyncs)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for environment in due {
        group.addTask {
          try await places.acquire()
          defer { places.release() }
          do {
            let report = try await parts.syncs.pull(environment)
            for source in report.sources where !source.ok {
              logger.notice(
                "a source of an environment can't be read",
                metadata: .of([.source: "\(environment.id)/\(source.name)", .reason: "\(source.error ?? "")"]))
            }
          } catch let error as CancellationError {
            throw error
          } catch {
            // The others are synced all the same.
            logger.warning(
              "an environment can't be synced now",
              metadata: .of([.source: "\(environment.id)", .error: "\(error)"]))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Drops metrics that are too old.
  func dropOldMetrics() async throws {
    try await untilStopped {
      var complaint = Complaint(logger, "old metrics can't be dropped now")
      while true {
        do {
          try await parts.store.dropMetrics(before: MetricPoints.horizon(at: wall.now()))
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
        try await clock.sleep(for: Self.dropInterval)
      }
    }
  }
}
