#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The last few sequences with their times, to tell a repeated sample from a late one.
struct RecentSequences: Sendable {
  private static let capacity = 64
  private var sequences = InlineArray<64, UInt64>(repeating: 0)
  private var times = InlineArray<64, Int64>(repeating: .min)
  private var next = 0

  func contains(_ sample: VehicleSample) -> Bool {
    for index in 0..<Self.capacity
    where sequences[index] == sample.sequence && times[index] == sample.nanoseconds { return true }
    return false
  }

  mutating func add(_ sample: VehicleSample) {
    sequences[next] = sample.sequence
    times[next] = sample.nanoseconds
    next = (next + 1) % Self.capacity
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
