/// The bounds of a pool.
public struct PoolConfiguration: Sendable, Hashable {
  /// Connections kept open even when idle. 0 to `maximumConnections`.
  public var minimumConnections: Int
  /// Connections open at most, also while connecting. At least 1.
  public var maximumConnections: Int
  /// Callers that may wait for a connection; the next one fails with `.poolExhausted`.
  public var maximumWaiters: Int
  /// How long a caller waits before it fails with `.poolTimeout`.
  public var acquireTimeout: Duration
  /// An idle connection above the minimum is closed after this time.
  public var idleTimeout: Duration
  /// A connection is replaced when it is this old, give or take `lifetimeJitter`, so that a load balancer or a changed
  /// DNS entry takes effect in time.
  public var maximumLifetime: Duration
  /// An idle connection is tried with an empty statement this often.
  public var healthCheckInterval: Duration
  /// How long that may take.
  public var healthCheckTimeout: Duration
  /// After a failed connect the next one waits half to all of this, doubled with each failure …
  public var backoffBase: Duration
  /// … up to this.
  public var backoffMaximum: Duration
  /// How long `close` waits for leased connections before it cuts them off.
  public var closeTimeout: Duration

  /// The share by which the lifetime of a connection varies, so that connections opened together don't end together.
  static let lifetimeJitter = 0.1

  public init(
    minimumConnections: Int = 0, maximumConnections: Int = 8, maximumWaiters: Int = 1024,
    acquireTimeout: Duration = .seconds(5), idleTimeout: Duration = .seconds(60),
    maximumLifetime: Duration = .seconds(1800), healthCheckInterval: Duration = .seconds(15),
    healthCheckTimeout: Duration = .seconds(3), backoffBase: Duration = .milliseconds(50),
    backoffMaximum: Duration = .seconds(5), closeTimeout: Duration = .seconds(10)
  ) {
    self.minimumConnections = minimumConnections
    self.maximumConnections = maximumConnections
    self.maximumWaiters = maximumWaiters
    self.acquireTimeout = acquireTimeout
    self.idleTimeout = idleTimeout
    self.maximumLifetime = maximumLifetime
    self.healthCheckInterval = healthCheckInterval
    self.healthCheckTimeout = healthCheckTimeout
    self.backoffBase = backoffBase
    self.backoffMaximum = backoffMaximum
    self.closeTimeout = closeTimeout
  }
}

/// What a pool measures time with; a test passes one it turns by hand.
public protocol PoolClock: Sendable {
  /// The time since some fixed instant; never decreases.
  var now: Duration { get }
  /// Returns when `now` has reached `instant`. Throws when the task is cancelled.
  func sleep(until instant: Duration) async throws
}

/// The machine's continuous clock.
public struct SystemPoolClock: PoolClock {
  private let start = ContinuousClock.now
  public init() {}
  public var now: Duration { ContinuousClock.now - start }
  public func sleep(until instant: Duration) async throws {
    try await ContinuousClock().sleep(until: start + instant)
  }
}
