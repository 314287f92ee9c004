#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The components of the estimated motion.
enum MotionComponent: Int, CaseIterable {
  /// Metres.
  case x
  case y
  /// Radians anticlockwise from east.
  case heading
  /// m/s, negative backwards.
  case speed
  /// m/s².
  case acceleration
  /// Of the path, 1/m, positive to the left; the yaw rate is speed times curvature.
  case curvature
  /// What the speed sensor shows too much, m/s.
  case speedBias
  /// What the yaw rate sensor shows too much, rad/s.
  case yawRateBias
}

/// A component of the state vector, or a row of a measurement's Jacobian.
typealias MotionVector = InlineArray<8, Double>

/// An extended Kalman filter over a kinematic single-track motion: the vehicle moves along its heading, on a path of some
/// curvature (R. Rajamani, "Vehicle Dynamics and Control", 2nd edition, Springer 2012, section 2.2, with no slip at the
/// reference point). The curvature is what the steering sets, so it stays when the vehicle slows down, and a vehicle at
/// rest doesn't turn.
///
/// Between measurements the acceleration decays as in R. A. Singer's model (1970), driven by white jerk, and the curvature
/// as a first-order Gauss–Markov process, driven by white lateral jerk over v². Equations of the filter: Y. Bar-Shalom,
/// X.-R. Li, T. Kirubarajan, "Estimation with Applications to Tracking and Navigation", Wiley 2001, section 10.3.
struct MotionFilter: Sendable {
  static let size = MotionComponent.allCases.count

  private(set) var mean = MotionVector(repeating: 0)
  private var covariance = InlineArray<64, Double>(repeating: 0)

  init() {}

  subscript(component: MotionComponent) -> Double { mean[component.rawValue] }

  var yawRate: Double { self[.speed] * self[.curvature] }

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

  /// Steps are divided so that the chord of the path stays close to it: s, and what it is far ahead.
  private static let longestStep = 0.25
  private static let longestStepFarAhead = 0.5
  private static let far = 1.0

  /// Moves the estimate on by `seconds`. A vehicle that slows down stays at rest once it has come to rest.
  mutating func predict(by seconds: Double, parameters: EstimationParameters) {
    var rest = seconds
    while rest > 0 {
      let timeToRest = timeToRest(parameters)
      let step = min(rest, rest > Self.far ? Self.longestStepFarAhead : Self.longestStep, timeToRest)
      if step > 0 {
        let transition = Transition(from: mean, by: step, parameters: parameters)
        mean = transition.target
        propagate(transition)
        addNoise(step, parameters)
      }
      if timeToRest <= step {
        mean[MotionComponent.speed.rawValue] = 0
        mean[MotionComponent.acceleration.rawValue] = 0
      }
      rest -= step
    }
  }

  /// When a vehicle that slows down comes to rest: v + a·τ·(1 − exp(−t/τ)) = 0; infinite when it doesn't, s.
  private func timeToRest(_ parameters: EstimationParameters) -> Double {
    let (speed, acceleration) = (self[.speed], self[.acceleration])
    guard speed * acceleration < 0 else { return .infinity }
    let linear = -speed / acceleration
    let share = linear / parameters.accelerationTime
    guard share > 1e-6 else { return linear }
    return share < 1 ? -parameters.accelerationTime * log1p(-share) : .infinity
  }

  /// P ← F·P·Fᵀ with the few entries in which F differs from the unit matrix: rows first, then columns.
  private mutating func propagate(_ f: Transition) {
    for column in 0..<8 {
      let (heading, speed, acceleration, curvature) = (
        covariance[16 + column], covariance[24 + column], covariance[32 + column], covariance[40 + column]
      )
      covariance[column] +=
        f.x.heading * heading + f.x.speed * speed + f.x.acceleration * acceleration + f.x.curvature * curvature
      covariance[8 + column] +=
        f.y.heading * heading + f.y.speed * speed + f.y.acceleration * acceleration + f.y.curvature * curvature
      covariance[16 + column] +=
        f.heading.speed * speed + f.heading.acceleration * acceleration + f.heading.curvature * curvature
      covariance[24 + column] += f.speedByAcceleration * acceleration
      covariance[32 + column] = f.accelerationDecay * acceleration
      covariance[40 + column] = f.curvatureDecay * curvature
      covariance[48 + column] *= f.speedBiasDecay
      covariance[56 + column] *= f.yawRateBiasDecay
    }
    for row in 0..<8 {
      let base = row * 8
      let (heading, speed, acceleration, curvature) = (
        covariance[base + 2], covariance[base + 3], covariance[base + 4], covariance[base + 5]
      )
      covariance[base] +=
        f.x.heading * heading + f.x.speed * speed + f.x.acceleration * acceleration + f.x.curvature * curvature
      covariance[base + 1] +=
        f.y.heading * heading + f.y.speed * speed + f.y.acceleration * acceleration + f.y.curvature * curvature
      covariance[base + 2] +=
        f.heading.speed * speed + f.heading.acceleration * acceleration + f.heading.curvature * curvature
      covariance[base + 3] += f.speedByAcceleration * acceleration
      covariance[base + 4] = f.accelerationDecay * acceleration
      covariance[base + 5] = f.curvatureDecay * curvature
      covariance[base + 6] *= f.speedBiasDecay
      covariance[base + 7] *= f.yawRateBiasDecay
    }
  }

  /// The disturbances' part of one step; what they do to the position comes with the next steps.
  private mutating func addNoise(_ h: Double, _ parameters: EstimationParameters) {
    add(.speed, .acceleration, h, slope: 1, power: parameters.jerkPower)
    add(
      .heading, .curvature, h, slope: self[.speed],
      power: parameters.curvaturePower(speed: self[.speed]))
    covariance[2 * 8 + 2] += parameters.slipPower * h
    covariance[6 * 8 + 6] += Self.markov(parameters.speedBiasDeviation, parameters.speedBiasTime, h)
    covariance[7 * 8 + 7] += Self.markov(parameters.yawRateBiasDeviation, parameters.yawRateBiasTime, h)
  }

  private static func markov(_ deviation: Double, _ time: Double, _ h: Double) -> Double {
    -deviation * deviation * expm1(-2 * h / time)
  }

  /// White noise that drives a component whose integral times `slope` is another.
  private mutating func add(
    _ integral: MotionComponent, _ driven: MotionComponent, _ h: Double, slope: Double, power: Double
  ) {
    let (i, d) = (integral.rawValue, driven.rawValue)
    covariance[i * 8 + i] += slope * slope * power * h * h * h / 3
    covariance[i * 8 + d] += slope * power * h * h / 2
    covariance[d * 8 + i] += slope * power * h * h / 2
    covariance[d * 8 + d] += power * h
  }

  // MARK: Correction

  /// P·hᵀ for a row h of a measurement's Jacobian.
  func covariance(with row: MotionVector) -> MotionVector {
    var result = MotionVector(repeating: 0)
    for column in 0..<8 where row[column] != 0 {
      let slope = row[column]
      for index in 0..<8 { result[index] += slope * covariance[column * 8 + index] }
    }
    return result
  }

  /// Takes in a measurement.
  ///
  /// - Parameters:
  ///   - spread: P·hᵀ.
  ///   - innovation: measured minus expected, with its variance h·P·hᵀ + R.
  mutating func correct(_ spread: MotionVector, by innovation: Innovation) {
    let weight = 1 / innovation.variance
    for row in 0..<8 where spread[row] != 0 {
      let gain = spread[row] * weight
      mean[row] += gain * innovation.value
      for column in 0..<8 { covariance[row * 8 + column] -= gain * spread[column] }
    }
    mean[2] = Angle.wrapped(mean[2])
  }

  /// The position's covariance, m².
  var position: PositionCovariance {
    PositionCovariance(xx: covariance[0], xy: covariance[1], yy: covariance[9])
  }
}

extension EstimationParameters {
  /// Power of the white noise that drives the curvature, (1/m)²/s.
  func curvaturePower(speed: Double) -> Double {
    let square = speed * speed
    return square * square * curvaturePower > lateralJerkPower ? lateralJerkPower / (square * square) : curvaturePower
  }
}

extension MotionVector {
  /// The product with another vector.
  func times(_ other: MotionVector) -> Double {
    var sum = 0.0
    for index in 0..<8 { sum += self[index] * other[index] }
    return sum
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
