public import RPCHTTP2

/// The bounds of a client.
public struct ClientLimits: Sendable {
  public var http2 = HTTP2Limits()
  public var call = CallLimits()
  /// Calls that wait for a connection; further ones fail with `RESOURCE_EXHAUSTED`.
  public var maxWaitingCalls = 10_000
  /// Calls of one connection that wait because the server allows no more streams; further ones fail.
  public var maxQueuedStreams = 10_000
  /// Addresses of one name that are connected to.
  public var maxAddresses = 64
  /// How long connecting may take.
  public var connectTimeout = Duration.seconds(10)
  /// How often the name is asked for again, beside every time that a connection is lost.
  public var resolveInterval = Duration.seconds(30)
  /// Two look-ups of the name are at least so far apart.
  public var minResolveInterval = Duration.seconds(1)
  public var backoff = Backoff()
  public var retry = RetryPolicy()
  /// The client pings a connection with open calls that was silent for this long. A server that finds that too often makes
  /// it twice as long for further connections, up to `keepaliveTimeCeiling` (gRPC A8).
  public var keepaliveTime = Duration.seconds(30)
  /// Servers that enforce the slowest pace known, two hours, have no reason to complain at this.
  public var keepaliveTimeCeiling = Duration.seconds(2 * 3_600)
  /// A connection that doesn't answer within this is dead.
  public var keepaliveTimeout = Duration.seconds(10)
  /// Output that waits in a socket before no more is made.
  public var socketHighWater = 256 * 1024
  public var socketLowWater = 64 * 1024
  /// How often silences are looked at; the times above are kept to within this.
  public var housekeepingInterval = Duration.seconds(1)

  public init() {
    // What servers start is nothing here; what they send on our calls is bounded by the windows.
    http2.maxConcurrentStreams = 0
  }
}

/// How long to wait before connecting again. Source: gRPC's connection-backoff.md, with its default numbers but for a
/// shorter start and end, since the peers are in one cluster.
public struct Backoff: Sendable {
  public var initial = Duration.milliseconds(100)
  public var multiplier = 1.6
  /// The share by which each wait is longer or shorter, at random.
  public var jitter = 0.2
  public var maximum = Duration.seconds(10)

  public init() {}

  /// The wait before attempt number `attempt`, which counts from zero.
  ///
  /// - Parameter random: from -1 to 1.
  public func delay(attempt: Int, random: Double) -> Duration {
    var seconds = initial / .seconds(1)
    let longest = maximum / .seconds(1)
    for _ in 0..<min(attempt, 64) where seconds < longest { seconds *= multiplier }
    return .seconds(min(seconds, longest) * (1 + jitter * random))
  }
}

/// When an idempotent call that failed with `UNAVAILABLE` is made again. Source: gRPC A6 (client retries)
public struct RetryPolicy: Sendable {
  /// Attempts in all; 1 for no retries.
  public var maxAttempts = 4
  /// How many connections may go away under a call before it was sent on one, beside the attempts.
  public var maxUnsentAttempts = 32
  public var backoff = Backoff()
  /// The budget starts full with so many tokens; a failure takes one, and no retry is made at half of it or below.
  public var maxTokens = 10.0
  /// What a success gives back.
  public var tokenRatio = 0.1

  public init() {
    backoff.initial = .milliseconds(50)
    backoff.maximum = .seconds(1)
  }
}
