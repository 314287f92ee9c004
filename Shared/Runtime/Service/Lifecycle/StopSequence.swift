import Logging
import RuntimeTelemetry
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Why a service stops.
enum StopReason: Sendable, Equatable, CustomStringConvertible {
  case signal(UnixSignal)
  /// A part failed; the others can't do their work without it.
  case failure(part: String)

  var description: String {
    switch self {
    case .signal(let signal): "\(signal)"
    case .failure(let part): "\(part) failed"
    }
  }
}

/// Decides what a reason to stop means.
struct StopPolicy {
  enum Action: Equatable {
    /// Finish what is open, then stop.
    case drain
    /// Stop now.
    case exit(Int32)
    case nothing
  }

  private var isStopping = false
  private var wasAsked = false

  mutating func received(_ reason: StopReason) -> Action {
    defer { isStopping = true }
    switch reason {
    case .failure: return isStopping ? .nothing : .drain
    case .signal(let signal):
      // After a failure the first signal only agrees with what happens anyway.
      defer { wasAsked = true }
      if wasAsked { return .exit(ExitCode.signal(signal.rawValue)) }
      return isStopping ? .nothing : .drain
    }
  }
}

/// The bounds of stopping.
public struct StopLimits: Sendable, Equatable {
  /// Between the moment the service says "not ready" and the moment it stops accepting, so that load balancers notice.
  public var drainDelay: Duration
  /// From then on, for everything to finish.
  public var drainTimeout: Duration

  public init(drainDelay: Duration, drainTimeout: Duration) {
    self.drainDelay = drainDelay
    self.drainTimeout = drainTimeout
  }
}

/// Runs the parts of a service: starts them in order, stops them in reverse, within bounds.
struct StopSequence<C: Clock>: Sendable where C.Duration == Duration {
  let health: HealthRegistry
  let limits: StopLimits
  let clock: C
  let logger: Logger
  /// Ends the process at once, logs flushed.
  let exit: @Sendable (Int32) -> Void

  /// Returns when all parts have stopped.
  ///
  /// - Parameters:
  ///   - parts: in the order of starting.
  ///   - signals: each asks to stop; the first politely.
  /// - Returns: the exit code.
  func run(
    _ parts: [(name: String, service: any Service)], signals: some AsyncSequence<UnixSignal, Never> & Sendable
  ) async -> Int32 {
    // More reasons than this at once say nothing new.
    let (reasons, continuation) = AsyncStream.makeStream(of: StopReason.self, bufferingPolicy: .bufferingOldest(16))
    let failure = FailureMark()
    let watched = parts.map { part in
      ServiceGroupConfiguration.ServiceConfiguration(
        service: WatchedPart(service: part.service) { error in
          logger.critical("a part failed", metadata: .of([.component: "\(part.name)", .error: "\(error)"]))
          failure.hasHappened.store(true, ordering: .relaxed)
          continuation.yield(.failure(part: part.name))
        },
        // A part that ends by itself is no reason to stop; one that fails stops the others by the one way there is.
        successTerminationBehavior: .ignore, failureTerminationBehavior: .ignore, serviceName: part.name)
    }
    let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: watched, logger: logger))
    return await withTaskGroup(of: Int32?.self) { tasks in
      tasks.addTask {
        do {
          try await group.run()
          return failure.hasHappened.load(ordering: .relaxed) ? ExitCode.failure : ExitCode.success
        } catch {
          logger.critical("the parts could not be run", metadata: .of([.error: "\(error)"]))
          return ExitCode.failure
        }
      }
      tasks.addTask {
        for await signal in signals { continuation.yield(.signal(signal)) }
        return nil
      }
      tasks.addTask {
        await react(to: reasons, group: group)
        return nil
      }
      defer { tasks.cancelAll() }
      for await code in tasks { if let code { return code } }
      return ExitCode.success
    }
  }

  private func react(to reasons: AsyncStream<StopReason>, group: ServiceGroup) async {
    var policy = StopPolicy()
    await withTaskGroup { drains in
      for await reason in reasons {
        switch policy.received(reason) {
        case .drain:
          logger.notice("stopping", metadata: .of([.reason: "\(reason)"]))
          health.startDraining()
          drains.addTask { await drain(group) }
        case .exit(let code):
          logger.warning("stopping at once", metadata: .of([.reason: "\(reason)"]))
          exit(code)
        case .nothing: break
        }
      }
      drains.cancelAll()
    }
  }

  private func drain(_ group: ServiceGroup) async {
    do {
      try await clock.sleep(for: limits.drainDelay)
      await group.triggerGracefulShutdown()
      try await clock.sleep(for: limits.drainTimeout)
      logger.error("draining took too long; what is still open is cut off")
      exit(ExitCode.drainTimedOut)
    } catch {
      // Cancelled: everything stopped in time.
    }
  }
}

/// A part whose failure is told to the stop sequence instead of to the group.
private struct WatchedPart: Service {
  let service: any Service
  let onFailure: @Sendable (any Error) -> Void

  func run() async throws {
    do {
      try await service.run()
    } catch {
      onFailure(error)
      // The group takes the end of a part as its clean stop; the order of the others stays.
    }
  }
}

private final class FailureMark: Sendable {
  let hasHappened = Atomic(false)
}
