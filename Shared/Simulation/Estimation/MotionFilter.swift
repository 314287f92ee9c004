#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How strongly the motion may deviate from constant acceleration and constant yaw rate, and how well things are
/// measured where a sample doesn't say.
public struct EstimationParameters: Sendable, Hashable {
  /// Power of the white jerk, (m/s³)²·s: the acceleration wanders by its root times the root of the seconds, m/s².
  /// 1 suits traffic, where the acceleration changes by about 1 m/s² in a second.
  public var jerkPower = 1.0
  /// Power of the white yaw acceleration, (rad/s²)²·s: the yaw rate wanders by 0.1 rad/s in a second.
  public var yawAccelerationPower = 0.01
  /// Standard deviations of measurements: metres per axis, m/s, radians, rad/s, m/s².
  public var positionDeviation = 0.5
  public var speedDeviation = 0.1
  public var headingDeviation = 0.02
  public var yawRateDeviation = 0.01
  public var accelerationDeviation = 0.2
  /// Measurements farther from the estimate than this many standard deviations (and than a floor per channel) are
  /// outliers.
  public var outlierGate = 6.0
  /// Outliers in a row after which the measurement is believed and the channel starts anew.
  public var outliersUntilRestart = 5
  /// Seconds without samples after which the filter starts anew.
  public var restartAfter = 5.0
  /// Differences at which a channel counts as diverged: metres, m/s, radians, rad/s, m/s².
  public var divergenceBounds = DivergenceBounds()

  public struct DivergenceBounds: Sendable, Hashable {
    public var position = 5.0
    public var speed = 2.0
    public var heading = 0.35
    public var yawRate = 0.3
    public var acceleration = 5.0

    public init() {}
  }

  public init() {}
}

/// The components of the estimated motion.
enum MotionComponent: Int, CaseIterable {
  case x
  case y
  case heading
  case speed
  case acceleration
  case yawRate
}

/// An extended Kalman filter over position, heading, speed, acceleration and yaw rate.
///
/// Between measurements acceleration and yaw rate are constant (the CTRA model of R. Schubert et al., "Comparison and
/// evaluation of advanced motion models for vehicle tracking", FUSION 2008), disturbed by white jerk and white yaw
/// acceleration. Every measured quantity is a component of the state, so measurements are taken in one after the other.
struct MotionFilter: Sendable {
  private static let size = MotionComponent.allCases.count

  private var mean = InlineArray<6, Double>(repeating: 0)
  private var covariance = InlineArray<36, Double>(repeating: 0)

  init() {}

  subscript(component: MotionComponent) -> Double { mean[component.rawValue] }

  func covariance(_ row: MotionComponent, _ column: MotionComponent) -> Double {
    covariance[row.rawValue * Self.size + column.rawValue]
  }

  /// Sets a component to a value that has nothing to do with what was estimated before.
  mutating func set(_ component: MotionComponent, to value: Double, variance: Double) {
    let index = component.rawValue
    mean[index] = value
    for other in 0..<Self.size {
      covariance[index * Self.size + other] = 0
      covariance[other * Self.size + index] = 0
    }
    covariance[index * Self.size + index] = variance
  }

  // MARK: Prediction

  /// Steps longer than this are divided, so that the chord of the path stays close to it, s.
  private static let longestStep = 0.25

  /// Moves the estimate on by `seconds`. A vehicle that slows down stays at rest once it has come to rest.
  mutating func predict(by seconds: Double, parameters: EstimationParameters) {
    var rest = seconds
    while rest > 0 {
      let (speed, acceleration) = (self[.speed], self[.acceleration])
      let timeToRest = speed * acceleration < 0 ? -speed / acceleration : .infinity
      let step = min(rest, Self.longestStep, timeToRest)
      if step > 0 { advance(by: step, parameters: parameters) }
      if timeToRest <= step {
        mean[MotionComponent.speed.rawValue] = 0
        mean[MotionComponent.acceleration.rawValue] = 0
        mean[MotionComponent.yawRate.rawValue] = 0
      }
      rest -= step
    }
  }

  /// One step along the chord of the arc: with s = v·h + a·h²/2, u = ω·h/2 and k = sin u / u the vehicle moves by s·k in
  /// direction ψ + u. Exact for constant speed; the error with acceleration is a·ω·h³/12.
  private mutating func advance(by h: Double, parameters: EstimationParameters) {
    let (heading, speed, acceleration, yawRate) = (
      self[.heading], self[.speed], self[.acceleration], self[.yawRate]
    )
    let distance = speed * h + 0.5 * acceleration * h * h
    let halfTurn = 0.5 * yawRate * h
    let (chord, chordSlope) =
      abs(halfTurn) < 1e-3
      ? (1 - halfTurn * halfTurn / 6, -halfTurn / 3)
      : (sin(halfTurn) / halfTurn, (halfTurn * cos(halfTurn) - sin(halfTurn)) / (halfTurn * halfTurn))
    let (sine, cosine) = (sin(heading + halfTurn), cos(heading + halfTurn))

    mean[0] += distance * chord * cosine
    mean[1] += distance * chord * sine
    mean[2] = Angle.wrapped(heading + yawRate * h)
    mean[3] += acceleration * h

    let alongX = Slopes(
      heading: -distance * chord * sine, speed: h * chord * cosine, acceleration: 0.5 * h * h * chord * cosine,
      yawRate: 0.5 * h * distance * (chordSlope * cosine - chord * sine))
    let alongY = Slopes(
      heading: distance * chord * cosine, speed: h * chord * sine, acceleration: 0.5 * h * h * chord * sine,
      yawRate: 0.5 * h * distance * (chordSlope * sine + chord * cosine))
    propagate(h, alongX, alongY)
    addNoise(h, parameters)
  }

  /// A row of the Jacobian without its unit entry.
  private struct Slopes {
    var heading: Double
    var speed: Double
    var acceleration: Double
    var yawRate: Double
  }

  /// P ← F·P·Fᵀ with the few entries in which F differs from the unit matrix: rows first, then columns.
  private mutating func propagate(_ h: Double, _ alongX: Slopes, _ alongY: Slopes) {
    for column in 0..<Self.size {
      let (heading, speed, acceleration, yawRate) = (
        covariance[12 + column], covariance[18 + column], covariance[24 + column], covariance[30 + column]
      )
      covariance[column] +=
        alongX.heading * heading + alongX.speed * speed + alongX.acceleration * acceleration + alongX.yawRate * yawRate
      covariance[6 + column] +=
        alongY.heading * heading + alongY.speed * speed + alongY.acceleration * acceleration + alongY.yawRate * yawRate
      covariance[12 + column] += h * yawRate
      covariance[18 + column] += h * acceleration
    }
    for row in 0..<Self.size {
      let base = row * Self.size
      let (heading, speed, acceleration, yawRate) = (
        covariance[base + 2], covariance[base + 3], covariance[base + 4], covariance[base + 5]
      )
      covariance[base] +=
        alongX.heading * heading + alongX.speed * speed + alongX.acceleration * acceleration + alongX.yawRate * yawRate
      covariance[base + 1] +=
        alongY.heading * heading + alongY.speed * speed + alongY.acceleration * acceleration + alongY.yawRate * yawRate
      covariance[base + 2] += h * yawRate
      covariance[base + 3] += h * acceleration
    }
  }

  /// The white jerk's and yaw acceleration's part of one step; what they do to the position comes with the next steps.
  private mutating func addNoise(_ h: Double, _ parameters: EstimationParameters) {
    add(.speed, .acceleration, h, power: parameters.jerkPower)
    add(.heading, .yawRate, h, power: parameters.yawAccelerationPower)
  }

  private mutating func add(
    _ integral: MotionComponent, _ driven: MotionComponent, _ h: Double, power: Double
  ) {
    let (i, d) = (integral.rawValue, driven.rawValue)
    covariance[i * Self.size + i] += power * h * h * h / 3
    covariance[i * Self.size + d] += power * h * h / 2
    covariance[d * Self.size + i] += power * h * h / 2
    covariance[d * Self.size + d] += power * h
  }

  // MARK: Correction

  /// Measured minus estimated, and the variance that this difference should have.
  func innovation(_ component: MotionComponent, measured: Double, variance: Double) -> Innovation {
    let difference = measured - self[component]
    return Innovation(
      value: component == .heading ? Angle.wrapped(difference) : difference,
      variance: covariance(component, component) + variance)
  }

  /// Takes in a measurement of one component.
  mutating func correct(_ component: MotionComponent, by innovation: Innovation) {
    let index = component.rawValue
    var gain = InlineArray<6, Double>(repeating: 0)
    var row = InlineArray<6, Double>(repeating: 0)
    for other in 0..<Self.size {
      gain[other] = covariance[other * Self.size + index] / innovation.variance
      row[other] = covariance[index * Self.size + other]
    }
    for other in 0..<Self.size {
      mean[other] += gain[other] * innovation.value
      for column in 0..<Self.size { covariance[other * Self.size + column] -= gain[other] * row[column] }
    }
    mean[2] = Angle.wrapped(mean[2])
  }

  /// The variance of the position along its worst direction, m².
  var worstPositionVariance: Double {
    let (xx, xy, yy) = (covariance[0], covariance[1], covariance[7])
    let half = 0.5 * (xx + yy)
    return half + (0.25 * (xx - yy) * (xx - yy) + xy * xy).squareRoot()
  }
}

/// The difference between a measurement and its prediction.
public struct Innovation: Sendable, Hashable {
  /// Measured minus predicted, in the channel's unit.
  public var value: Double
  /// The variance that it should have if the filter is right.
  public var variance: Double

  /// Squared and divided by its variance: 1 on average for a consistent filter.
  public var normalisedSquare: Double { value * value / variance }
}
