#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
public import TwinProto

/// A moment in UTC with nanoseconds, from 1678 to 2262.
public struct UTCInstant: Sendable, Hashable, Comparable {
  /// Nanoseconds since 1970-01-01 00:00 UTC; negative before.
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
  public init(microseconds: Int64) { nanoseconds = microseconds &* 1_000 }

  /// Reads a protobuf timestamp; nil for one that isn't valid or lies outside of what this type holds.
  public init?(_ timestamp: ProtoTimestamp) {
    guard (0..<1_000_000_000).contains(timestamp.nanos) else { return nil }
    let (whole, tooLong) = timestamp.seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, tooLongWithFraction) = whole.addingReportingOverflow(Int64(timestamp.nanos))
    guard !tooLong, !tooLongWithFraction else { return nil }
    nanoseconds = sum
  }

  /// The moment as a protobuf timestamp.
  public var timestamp: ProtoTimestamp {
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return rest < 0
      ? ProtoTimestamp(seconds: seconds - 1, nanos: Int32(rest + 1_000_000_000))
      : ProtoTimestamp(seconds: seconds, nanos: Int32(rest))
  }

  /// Microseconds since 1970-01-01 00:00 UTC, rounded down: what the database keeps.
  public var microseconds: Int64 {
    let (quotient, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000)
    return rest < 0 ? quotient - 1 : quotient
  }

  /// Seconds from `earlier` to this moment; negative when this one is earlier.
  public func seconds(since earlier: UTCInstant) -> Double {
    // The difference of two moments may exceed 64 bits of nanoseconds.
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    return overflow ? Double(nanoseconds) * 1e-9 - Double(earlier.nanoseconds) * 1e-9 : Double(difference) * 1e-9
  }

  /// This moment moved by some seconds, held within the range of the type.
  public func adding(seconds: Double) -> UTCInstant {
    let moved = Double(nanoseconds) + seconds * 1e9
    guard moved < 9.2e18 else { return UTCInstant(nanoseconds: .max) }
    guard moved > -9.2e18 else { return UTCInstant(nanoseconds: .min) }
    return UTCInstant(nanoseconds: nanoseconds &+ Int64((seconds * 1e9).rounded()))
  }

  public static func < (a: UTCInstant, b: UTCInstant) -> Bool { a.nanoseconds < b.nanoseconds }
}

/// Tells the time of day. Passed in wherever it matters, so that tests set it.
public struct WallClock: Sendable {
  private let read: @Sendable () -> UTCInstant

  public init(_ read: @escaping @Sendable () -> UTCInstant) { self.read = read }

  public func now() -> UTCInstant { read() }

  /// This machine's clock.
  public static let system = WallClock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UTCInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }
}
