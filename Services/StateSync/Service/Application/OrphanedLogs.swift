import FleetCore
import Logging
import RuntimeTelemetry
import ServiceRuntime

/// Forwards what replicas that are gone have acknowledged, but not forwarded, and stores what has come of it: their logs
/// are in the database.
///
/// A log is orphaned when its name, the address of its writer, isn't among the replicas' addresses. One replica adopts it,
/// by consistent hashing. Should its writer come back meanwhile, both forward; twins drop repeats.
struct OrphanedLogs: Sendable {
  /// Between looks at the database for logs that need it, and between notes of how far one has come.
  static let interval = Duration.seconds(1)

  let store: any TelemetryStore
  let log: TelemetryLog
  let directory: VehicleDirectory
  let forwarder: Forwarder
  let replicas: Replicas
  let logger: Logger

  /// Logs that this replica is to settle or forward for others.
  func find() async throws -> [LogStanding] {
    let view = replicas.view
    return try await store.logs().filter { standing in
      (standing.isBehind || standing.isUnsettled) && standing.name != log.name
        && !view.ring.nodes.contains(standing.name)
        && replicas.home(of: "log \(standing.name)", in: view) == .here
    }
  }

  /// Looks for such logs, settles and forwards them, until cancelled.
  func keepForwarding(_ clock: any Clock<Duration>) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      // Apart, as forwarding lasts as long as twin-engine is away.
      group.addTask {
        while true {
          for standing in try await find() where standing.isUnsettled { try await store.settle(standing.log) }
          try await clock.sleep(for: Self.interval)
        }
      }
      group.addTask {
        while true {
          for standing in try await find() where standing.isBehind { try await forward(standing, clock) }
          try await clock.sleep(for: Self.interval)
        }
      }
      try await group.next()
    }
  }

  /// Forwards one log to its end, or until the replicas change.
  func forward(_ standing: LogStanding, _ clock: any Clock<Duration>) async throws {
    logger.notice(
      "forwarding the log of a replica that is gone",
      metadata: .of([.source: "\(standing.name)", .count: "\(standing.marks.last - standing.marks.forwarded)"]))
    let orphan = OrphanedLog(standing, store: store, log: log, directory: directory)
    let version = replicas.view.version
    try await withThrowingTaskGroup(of: Void.self) { group in
      defer { group.cancelAll() }
      group.addTask { while true { try await forwarder.forward(orphan) } }
      group.addTask {
        var noted = standing.marks.forwarded
        while replicas.view.version == version {
          let forwarded = orphan.start.forwarded
          if forwarded > noted { try await store.noteForwarded(forwarded, of: standing.log) }
          noted = forwarded
          if orphan.isDone { return }
          try await clock.sleep(for: Self.interval)
        }
      }
      try await group.next()
    }
  }
}
