import SimulationEstimation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The predictors that a twin must beat.
public enum Baseline: String, Sendable, CaseIterable {
  /// Velocity from the last two positions.
  case velocityOfDifferences = "CV, last two positions"
  /// Velocity and acceleration from the last three.
  case accelerationOfDifferences = "CA, last three positions"
  /// From the velocity at the end of a parabola through the last 0.8 s, the best of 0.3 to 2 s on the first halves.
  case velocityOfFit = "CV, fit of the last 0.8 s"
  /// From velocity and acceleration at the end of a parabola through the last 0.8 s, the best of 0.3 to 2 s on the first halves.
  case accelerationOfFit = "CA, fit of the last 0.8 s"
  /// The twin's own position, heading and speed, going straight on.
  case velocityOfTwin = "CV, the twin's state"
  /// The twin's own state with its accelerations along and across, both constant in direction and size.
  case accelerationOfTwin = "CA, the twin's state"

  public var isVelocity: Bool {
    switch self {
    case .velocityOfDifferences, .velocityOfFit, .velocityOfTwin: true
    case .accelerationOfDifferences, .accelerationOfFit, .accelerationOfTwin: false
    }
  }

  /// Whether it is a predictor of its own, and not a part of the twin.
  public var isRival: Bool { self != .velocityOfTwin && self != .accelerationOfTwin }

  /// The position and motion that it goes on from; nil where positions are missing.
  func start(_ drive: Drive, _ row: Int, _ state: VirtualState) -> Motion? {
    switch self {
    case .velocityOfDifferences, .accelerationOfDifferences:
      guard let p = Self.positions(drive, row, count: 3) else { return nil }
      let h = Drive.period
      let velocity = ((p[0].x - p[1].x) / h, (p[0].y - p[1].y) / h)
      let acceleration = ((p[0].x - 2 * p[1].x + p[2].x) / (h * h), (p[0].y - 2 * p[1].y + p[2].y) / (h * h))
      return Motion(position: p[0], velocity: velocity, acceleration: isVelocity ? (0, 0) : acceleration)
    case .velocityOfFit, .accelerationOfFit:
      guard let p = Self.positions(drive, row, count: 8) else { return nil }
      let (x, y) = (Self.parabola(p.map(\.x)), Self.parabola(p.map(\.y)))
      return Motion(
        position: p[0], velocity: (x.slope, y.slope), acceleration: isVelocity ? (0, 0) : (x.bend, y.bend))
    case .velocityOfTwin, .accelerationOfTwin:
      guard let position = state.local, let heading = state.heading else { return nil }
      let (cosine, sine) = (cos(heading), sin(heading))
      let across = state.speed * state.yawRate
      let acceleration = (
        state.acceleration * cosine - across * sine, state.acceleration * sine + across * cosine
      )
      return Motion(
        position: position, velocity: (state.speed * cosine, state.speed * sine),
        acceleration: isVelocity ? (0, 0) : acceleration)
    }
  }

  struct Motion {
    var position: VehicleSample.LocalPosition
    var velocity: (x: Double, y: Double)
    var acceleration: (x: Double, y: Double)

    func after(_ t: Double) -> VehicleSample.LocalPosition {
      .init(
        x: position.x + velocity.x * t + 0.5 * acceleration.x * t * t,
        y: position.y + velocity.y * t + 0.5 * acceleration.y * t * t)
    }
  }

  /// The newest positions, newest first.
  private static func positions(_ drive: Drive, _ row: Int, count: Int) -> [VehicleSample.LocalPosition]? {
    guard row + 1 >= count else { return nil }
    let positions = (0..<count).compactMap { drive.rows[row - $0].position }
    return positions.count == count ? positions : nil
  }

  /// Slope and second derivative at the newest of evenly spaced values, newest first, by least squares.
  private static func parabola(_ values: [Double]) -> (slope: Double, bend: Double) {
    // Orthogonal polynomials on −m…m; the end is at m.
    let n = Double(values.count)
    let m = (n - 1) / 2
    var (s1, s2, q1, q2) = (0.0, 0.0, 0.0, 0.0)
    for (index, value) in values.enumerated() {
      let u = m - Double(index)
      let second = u * u - (n * n - 1) / 12
      s1 += u * value
      q1 += u * u
      s2 += second * value
      q2 += second * second
    }
    let (first, second) = (s1 / q1, s2 / q2)
    return ((first + 2 * second * m) / Drive.period, 2 * second / (Drive.period * Drive.period))
  }
}
