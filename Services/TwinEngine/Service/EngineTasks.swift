import FleetCore
import Logging
import RuntimeTelemetry
import ServiceRuntime

/// What a twin-engine does beside answering calls. Each part ends when the service stops.
struct EngineTasks: Sendable {
  /// Between two looks at the time that passes without samples.
  static let timeInterval = Duration.milliseconds(500)
  /// Between attempts to read the twins for the first time; nothing can be answered before.
  static let loadInterval = Duration.milliseconds(50)
  /// So many failures are part of starting: the tables may still be on their way.
  static let quietLoadFailures = 100

  let parts: EngineParts
  /// Between two calibrations of all environments.
  let calibrationInterval: Duration
  let clock: any Clock<Duration>
  let logger: Logger
  /// Whether the twins have been read from the database.
  let loaded: HealthHandle

  /// Reads all twins, then follows what other replicas change.
  func followTwins() async throws {
    try await untilStopped {
      var complaint = Complaint(logger, "twins can't be read from the database")
      var isLoaded = false
      var failures = 0
      while true {
        do {
          try await parts.loader.refresh()
          if !isLoaded { logger.info("twins are loaded", metadata: .of([.count: "\(parts.fleet.count)"])) }
          isLoaded = true
          loaded.set(.ok)
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          failures += 1
          if isLoaded || failures > Self.quietLoadFailures { complaint.make(error) }
        }
        try await clock.sleep(for: isLoaded ? FleetLoader.pollInterval : Self.loadInterval)
      }
    }
  }

  /// Lets the states of twins go whose homes are other replicas now, and takes those in whose home is this one.
  func followReplicas() async throws {
    let message = "twins can't be taken over or handed on now"
    try await untilStopped {
      var complaint = Complaint(logger, message)
      var isLoaded = false
      var settled: Int?
      while true {
        if let settled { _ = try await parts.homes.replicas.changed(since: settled) }
        let view = parts.homes.replicas.view
        do {
          // Before that there is nothing to take over or to hand on.
          if !isLoaded { try await parts.loader.refresh() }
          isLoaded = true
          try await parts.homes.settle(view)
          settled = view.version
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
          try await clock.sleep(for: StateWriter.interval)
        }
      }
    }
  }

  /// Stores live states behind the updates, once more at the end.
  func storeStates() async throws {
    let message = "live states can't be stored now; state-sync keeps what is missing"
    try await untilStopped {
      var complaint = Complaint(logger, message)
      while true {
        try await clock.sleep(for: StateWriter.interval)
        do {
          try await parts.writer.flush()
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
      }
    }
    do {
      try await parts.writer.flush()
    } catch {
      var complaint = Complaint(logger, message)
      complaint.make(error)
    }
  }

  /// Lets twins turn stale and offline.
  func watchTime() async throws {
    try await untilStopped {
      while true {
        try await clock.sleep(for: Self.timeInterval)
        parts.fleet.observeTime()
      }
    }
  }

  /// Calibrates environments now and then. The first time is after one interval, when state-sync has been there for
  /// long.
  func calibrate() async throws {
    try await untilStopped {
      var complaint = Complaint(logger, "environments can't be calibrated now; the parameters from before stay")
      while true {
        try await clock.sleep(for: calibrationInterval)
        // One replica does it for all.
        guard parts.homes.replicas.home(of: "calibration of environments") == .here else { continue }
        do {
          try await parts.calibration.calibrateAll()
          complaint.isOver()
        } catch let error as CancellationError {
          throw error
        } catch {
          complaint.make(error)
        }
      }
    }
  }
}
