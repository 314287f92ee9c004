#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which samples came lately, to tell a repeated sample from a late one.
struct RecentSequences: Sendable {
  private static let capacity = 32
  private var marks = InlineArray<32, UInt64>(repeating: 0)
  private var next: UInt8 = 0

  /// Notes a sample.
  ///
  /// - Returns: false when it was noted before.
  mutating func add(_ sample: VehicleSample) -> Bool {
    let mark = Self.mark(sample)
    for index in 0..<Self.capacity where marks[index] == mark { return false }
    marks[Int(next)] = mark
    next = (next + 1) % UInt8(Self.capacity)
    return true
  }

  /// Sequence and time in one number that others are most unlikely to share; never 0. The finaliser of G. Steele et al.,
  /// "Fast splittable pseudorandom number generators", OOPSLA 2014.
  private static func mark(_ sample: VehicleSample) -> UInt64 {
    var mixed = sample.sequence &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(bitPattern: sample.nanoseconds)
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return max(1, mixed ^ (mixed >> 31))
  }
}

/// Finds positions that are only the last one again, as of a receiver that is slower than the samples.
struct RepeatedFixes: Sendable {
  private var last: VehicleSample.LocalPosition?
  private var since: Int64 = 0

  /// Below this a vehicle may well stay where it is, m/s.
  private static let slowest = 0.5
  /// A receiver at 1 Hz repeats its position for a second; one that does so longer is wrong, and is taken at its word.
  private static let longest: Int64 = 1_000_000_000

  /// Whether a moving vehicle reports the very position of its last sample.
  mutating func repeats(_ position: VehicleSample.LocalPosition, at nanoseconds: Int64, speed: Double) -> Bool {
    guard position == last, abs(speed) > Self.slowest else {
      last = position
      since = nanoseconds
      return false
    }
    return nanoseconds - since < Self.longest
  }
}

/// Compares the reported heading with the direction of the path.
struct CourseMonitor: Sendable {
  /// True once the heading has contradicted the path often enough to be left out.
  private(set) var distrustsHeading = false
  private var anchor: VehicleSample.LocalPosition?
  private var anchorHeading: Double?
  /// Comparisons in a row that speak against the present trust.
  private var votes = 0

  /// Path between two comparisons, metres: long enough that position noise of a metre turns it by less than 20°.
  private static let base = 5.0
  /// More than a tight curve over the base can explain.
  private static let tolerance = Double.pi / 3
  private static let votesUntilDistrust = 3
  private static let votesUntilTrust = 10

  mutating func start(at position: VehicleSample.LocalPosition, heading: Double?) {
    anchor = position
    anchorHeading = heading
  }

  /// The direction from the anchor, if it is far enough away.
  func direction(
    to position: VehicleSample.LocalPosition, atLeast base: Double
  ) -> (angle: Double, distance: Double)? {
    guard let anchor else { return nil }
    let (dx, dy) = (position.x - anchor.x, position.y - anchor.y)
    let distance = (dx * dx + dy * dy).squareRoot()
    return distance >= base ? (atan2(dy, dx), distance) : nil
  }

  /// Compares over the way since the last comparison; returns the path's direction in the moment in which the reported
  /// heading loses its credit.
  mutating func compare(
    _ position: VehicleSample.LocalPosition, heading: Double, isReversing: Bool
  ) -> Double? {
    guard let way = direction(to: position, atLeast: Self.base) else { return nil }
    let direction = isReversing ? Angle.wrapped(way.angle + .pi) : way.angle
    let before = anchorHeading ?? heading
    let middle = before + 0.5 * Angle.wrapped(heading - before)
    let contradicts = abs(Angle.wrapped(direction - middle)) > Self.tolerance
    start(at: position, heading: heading)
    votes = contradicts != distrustsHeading ? votes + 1 : 0
    guard votes >= (distrustsHeading ? Self.votesUntilTrust : Self.votesUntilDistrust) else { return nil }
    votes = 0
    distrustsHeading.toggle()
    return distrustsHeading ? direction : nil
  }
}
