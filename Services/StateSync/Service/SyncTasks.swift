import FleetCore
import Logging
import RuntimeTelemetry
import ServiceLifecycle
import ServiceRuntime

/// What a state-sync does beside answering calls. Each part ends when the service stops.
struct SyncTasks: Sendable {
  /// Between attempts to find out what is stored; nothing can be taken in before.
  static let startInterval = Duration.milliseconds(50)
  /// So many failures are part of starting: the tables may still be on their way.
  static let quietStartFailures = 100
  /// Between checkpoints of what has come. A crash costs reading so much of the log again.
  static let checkpointInterval = Duration.seconds(1)
  /// Between attempts to reach twin-engine.
  static let retry = RetrySchedule(first: .milliseconds(50), longest: .seconds(2))

  let parts: SyncParts
  let clock: any Clock<Duration>
  let logger: Logger
  /// Whether what is stored is known.
  let started: HealthHandle

  /// Finds out what is stored, then writes the log until the service stops and everything taken in is committed.
  func writeLog() async throws {
    try await untilStopped {
      var complaint = Complaint(logger, "what is stored can't be read")
      var failures = 0
      while true {
        do {
          try await parts.start()
          return started.set(.ok)
        } catch let error as CancellationError {
          throw error
        } catch {
          failures += 1
          if failures > Self.quietStartFailures { complaint.make(error) }
        }
        try await clock.sleep(for: Self.startInterval)
      }
    }
    try await withGracefulShutdownHandler {
      try await parts.log.run()
    } onGracefulShutdown: {
      parts.log.close()
    }
  }

  /// Stores what has come from each source behind the log, once more at the end.
  func checkpoint() async throws {
    let message = "what has come can't be noted now; a restart will read more of the log"
    try await untilStopped {
      var complaint = Complaint(logger, message)
      var forwarded: Int64?
      while true {
        try await clock.sleep(for: Self.checkpointInterval)
        do {
          forwarded = try await parts.checkpoint(since: forwarded)
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
      }
    }
    do {
      _ = try await parts.checkpoint(since: nil)
    } catch {
      var complaint = Complaint(logger, message)
      complaint.make(error)
    }
  }

  /// Makes the days that come ready for their samples, and drops those that are too old.
  func keepDays(_ retention: TelemetryRetention) async throws {
    try await untilStopped {
      var complaint = Complaint(
        logger, "days can't be made ready or dropped now; those needed are made with the samples")
      while true {
        do {
          let dropped = try await retention.keep()
          if !dropped.isEmpty {
            logger.notice("old telemetry was dropped", metadata: .of([.count: "\(dropped.count)"]))
          }
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
        try await clock.sleep(for: TelemetryRetention.interval)
      }
    }
  }

  /// Follows the identities that twin-engine tells.
  func followTwins() async throws {
    try await again("twin-engine doesn't tell of its twins; those known keep being accepted") {
      try await parts.directory.follow()
    }
  }

  /// Forwards the log to twin-engine.
  func forward() async throws {
    try await again("the log can't be read now; samples wait in the database") {
      try await parts.forwarder.forward(parts.ownLog)
    }
  }

  // MARK: Replicas

  /// Forwards what replicas that are gone left behind.
  func forwardOrphans() async throws {
    try await again("logs of replicas that are gone can't be forwarded now") {
      try await parts.orphans.keepForwarding(clock)
    }
  }

  /// Passes batches on to their vehicles' homes.
  func keepHomes() async throws { try await untilStopped { try await parts.keepHomes() } }

  /// Follows the other replicas' updates while somebody wants them.
  func followPeers() async throws {
    try await again("other replicas can't be followed now") { try await parts.peerFeeds.run() }
  }

  // MARK: Observations

  /// Writes observations until the service stops and everything taken in is committed.
  func writeObservations() async throws {
    try await withGracefulShutdownHandler {
      try await parts.observations.log.run()
    } onGracefulShutdown: {
      parts.observations.log.close()
    }
  }

  /// Makes the days that come ready for their observations, and drops those that are too old, as those of telemetry.
  func keepObservationDays(_ retention: TelemetryRetention) async throws {
    try await untilStopped {
      var complaint = Complaint(logger, "days of observations can't be made ready or dropped now")
      while true {
        do {
          let now = retention.clock.now()
          try await parts.observations.store.prepare(days: retention.days(readyAt: now))
          try await parts.observations.store.drop(before: retention.firstDay(at: now))
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
        try await clock.sleep(for: TelemetryRetention.interval)
      }
    }
  }

  /// Stores alarms behind the states that they are of.
  func storeAlarms() async throws {
    try await again("divergence alarms can't be stored now; they wait") { try await parts.observations.alarms.run() }
  }

  /// Tells twin-engine the newest conditions of vehicles.
  func forwardConditions() async throws {
    try await again("twin-engine doesn't take conditions; they wait in the database") {
      try await parts.observations.forwarder.forward()
    }
  }

  /// Makes a call without end again when it ends.
  private func again(_ message: String, _ call: @Sendable @escaping () async throws -> Void) async throws {
    try await untilStopped {
      var complaint = Complaint(logger, message)
      var failures = 0
      var random = SystemRandomNumberGenerator()
      while true {
        let began = ContinuousClock.now
        do {
          try await call()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
        try Task.checkCancellation()
        // A call that held for a while was a success that came to its end.
        if ContinuousClock.now - began > Self.retry.longest {
          complaint.isOver()
          failures = 0
        }
        failures += 1
        try await clock.sleep(for: Self.retry.wait(after: failures, using: &random))
      }
    }
  }
}
