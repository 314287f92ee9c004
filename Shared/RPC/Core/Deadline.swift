public import NIOCore

/// The moment, on this machine's monotonic clock, after which a call's answer is of no use.
public struct Deadline: Sendable, Hashable, Comparable {
  public let instant: NIODeadline

  public init(_ instant: NIODeadline) { self.instant = instant }

  /// The deadline that lies `duration` after now. A duration beyond what the clock holds counts as the most it holds.
  public static func after(_ duration: Duration) -> Deadline {
    Deadline(.now() + .nanoseconds(duration.wholeNanoseconds))
  }

  /// The time left, zero once it has passed.
  public var remaining: Duration { remaining(at: .now()) }

  package func remaining(at now: NIODeadline) -> Duration {
    now < instant ? .nanoseconds((instant - now).nanoseconds) : .zero
  }

  public static func < (a: Deadline, b: Deadline) -> Bool { a.instant < b.instant }
}

extension Duration {
  /// The duration in nanoseconds, held within ±73 years so that sums with a clock reading can't overflow.
  package var wholeNanoseconds: Int64 {
    let bound = Int64.max / 4
    let (seconds, attoseconds) = components
    guard abs(seconds) < bound / 1_000_000_000 else { return seconds < 0 ? -bound : bound }
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
