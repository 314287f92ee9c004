/// The length of one simulation step, as a whole number of nanoseconds.
///
/// Time in a run is a step count; seconds are derived from it, so that a run of any length accumulates no rounding error
/// and two runs agree on every instant.
public struct FixedStep: Sendable, Hashable {
  /// The length in nanoseconds, positive.
  public let nanoseconds: Int64

  /// - Precondition: `nanoseconds` is positive.
  public init(nanoseconds: Int64) {
    precondition(nanoseconds > 0, "a step has a positive length")
    self.nanoseconds = nanoseconds
  }

  /// A step of `count` microseconds.
  public static func microseconds(_ count: Int64) -> FixedStep { FixedStep(nanoseconds: count * 1_000) }

  /// A step of `count` milliseconds.
  public static func milliseconds(_ count: Int64) -> FixedStep { FixedStep(nanoseconds: count * 1_000_000) }

  /// The length in seconds.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// The simulated time in seconds after `count` whole steps.
  @inlinable
  public func time(after count: Int) -> Double { Double(Int64(count) * nanoseconds) / 1e9 }

  /// The smallest number of whole steps that lasts at least `seconds`.
  ///
  /// A duration within one part in 10⁹ of a whole number of steps counts as that number.
  public func count(covering seconds: Double) -> Int {
    let exact = seconds * 1e9 / Double(nanoseconds)
    let nearest = exact.rounded()
    return Int(abs(exact - nearest) <= 1e-9 * max(1, nearest) ? nearest : exact.rounded(.up))
  }
}
