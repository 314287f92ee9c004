/// How long to wait between attempts: longer each time up to a bound, and never all services at once.
public struct RetrySchedule: Sendable, Equatable {
  /// The wait after the first failure, before jitter.
  public var first: Duration
  /// No wait is longer, jitter included.
  public var longest: Duration
  /// How much longer each wait is than the one before.
  public static let factor = 2.0
  /// The share of each wait that is drawn at random, so that services that failed together don't return together.
  public static let jitter = 0.5

  public init(first: Duration, longest: Duration) {
    precondition(first > .zero && first <= longest, "the first wait is more than nothing and at most the longest")
    self.first = first
    self.longest = longest
  }

  /// The wait after so many failures in a row: from half of the full wait to all of it.
  ///
  /// - Parameters:
  ///   - failures: from 1.
  ///   - random: the source of the jitter.
  public func wait(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
    precondition(failures > 0, "nothing to wait for without a failure")
    var full = first / .seconds(1)
    let bound = longest / .seconds(1)
    for _ in 1..<failures where full < bound { full *= Self.factor }
    full = min(full, bound)
    // The highest 53 bits as a fraction: unlike `Double.random`, it takes exactly one number from the source.
    let fraction = Double(random.next() >> 11) * 0x1p-53
    return .seconds(full * (1 - Self.jitter * (1 - fraction)))
  }
}
