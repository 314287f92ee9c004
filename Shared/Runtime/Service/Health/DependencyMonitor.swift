import Logging
import RuntimeSystem
import RuntimeTelemetry
import ServiceLifecycle

/// The bounds of waiting for dependencies.
public struct DependencyLimits: Sendable {
  /// Between checks of a dependency that answers.
  public var checkInterval: Duration
  /// The longest that one check may take.
  public var checkTimeout: Duration
  /// The longest that a first preparation, migrations included, may take.
  public var prepareTimeout: Duration
  /// Between attempts while it doesn't answer.
  public var retry: RetrySchedule

  public init(checkInterval: Duration, checkTimeout: Duration, prepareTimeout: Duration, retry: RetrySchedule) {
    self.checkInterval = checkInterval
    self.checkTimeout = checkTimeout
    self.prepareTimeout = prepareTimeout
    self.retry = retry
  }
}

/// Waits for one dependency, prepares it, and from then on keeps an eye on it, so that readiness falls when it goes
/// and rises when it returns.
struct DependencyMonitor<C: Clock>: Service where C.Duration == Duration {
  private let dependency: any Dependency
  private let health: HealthHandle
  private let limits: DependencyLimits
  private let clock: C
  private let logger: Logger
  private let seed: UInt64

  /// - Parameter seed: of the jitter.
  init(
    _ dependency: any Dependency, health: HealthHandle, limits: DependencyLimits, clock: C, logger: Logger, seed: UInt64
  ) {
    self.dependency = dependency
    self.health = health
    self.limits = limits
    self.clock = clock
    self.logger = logger.with([.dependency: "\(dependency.name)"])
    self.seed = seed
  }

  /// Ends with the process, or with a `PermanentFailure`.
  func run() async throws {
    try await cancelWhenGracefulShutdown {
      do {
        try await watch()
      } catch is CancellationError {
        // The service stops; nobody asks for this dependency's state any more.
      }
    }
  }

  private func watch() async throws {
    var random = SplitMix64(state: seed)
    var failures = 0
    var isPrepared = false
    var lastReason: String?
    while true {
      do {
        let dependency = dependency
        if isPrepared {
          try await within(limits.checkTimeout, on: clock) { try await dependency.check() }
        } else {
          try await within(limits.prepareTimeout, on: clock) { try await dependency.prepare() }
          isPrepared = true
        }
        health.set(.ok)
        if failures > 0 || lastReason == nil { logger.info("dependency answers") }
        failures = 0
        lastReason = ""
        try await clock.sleep(for: limits.checkInterval)
      } catch let error as CancellationError {
        throw error
      } catch let error as PermanentFailure {
        health.set(.failing(error.description))
        logger.critical("dependency can't be used", metadata: .of([.error: "\(error)"]))
        throw error
      } catch {
        try Task.checkCancellation()
        failures += 1
        let reason = "\(error)"
        health.set(isPrepared ? .failing(reason) : .starting(reason))
        let wait = limits.retry.wait(after: failures, using: &random)
        // Said once for each reason: a database that is away for an hour doesn't fill the log.
        logger.log(
          level: reason == lastReason ? .debug : .warning, "dependency doesn't answer; waiting for it",
          metadata: .of([
            .error: "\(reason)", .attempt: "\(failures)", .retryInMS: "\(Int(wait / .milliseconds(1)))",
          ]))
        lastReason = reason
        try await clock.sleep(for: wait)
      }
    }
  }
}
