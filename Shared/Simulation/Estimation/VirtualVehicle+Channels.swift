#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What each channel's measurement should be, as a function of the state, and how it goes in.
extension VirtualVehicle {
  /// A scalar measurement: the expected value h(x) and the row of its Jacobian, at the measurement's time.
  private struct Expectation {
    var value: Double
    var row = MotionVector(repeating: 0)
  }

  // MARK: Models

  private func expectation(of channel: Channel, in mean: MotionVector) -> Expectation {
    let (speed, curvature) = (mean[3], mean[5])
    var result = Expectation(value: 0)
    switch channel {
    case .position, .heading:
      result.value = mean[2]
      result.row[2] = 1
    case .speed:
      result.value = speed + mean[6]
      result.row[3] = 1
      result.row[6] = 1
    case .acceleration:
      result.value = mean[4]
      result.row[4] = 1
    case .yawRate:
      result.value = speed * curvature + mean[7]
      result.row[3] = curvature
      result.row[5] = speed
      result.row[7] = 1
    case .lateralAcceleration:
      result.value = speed * speed * curvature
      result.row[3] = 2 * speed * curvature
      result.row[5] = speed * speed
    case .steering:
      let (wheelbase, gradient) = (singleTrack.wheelbase, singleTrack.understeerGradient)
      let (slope, ratio) = (wheelbase * curvature, singleTrack.steeringRatio)
      result.value = ratio * (atan(slope) + gradient * speed * speed * curvature)
      result.row[3] = ratio * 2 * gradient * speed * curvature
      result.row[5] = ratio * (wheelbase / (1 + slope * slope) + gradient * speed * speed)
    }
    return result
  }

  /// Variance that a late measurement's channel gathers until now by the disturbance of the motion.
  func disturbance(of channel: Channel, over age: Double) -> Double {
    guard age > 0 else { return 0 }
    let speed = filter[.speed]
    let curvature = parameters.curvaturePower(speed: speed) * age
    return switch channel {
    case .position: parameters.jerkPower * age * age * age * age * age / 20
    case .speed: parameters.jerkPower * age * age * age / 3
    case .heading: speed * speed * curvature * age * age / 3 + parameters.slipPower * age
    case .acceleration: parameters.jerkPower * age
    case .yawRate: speed * speed * curvature
    case .lateralAcceleration: speed * speed * speed * speed * curvature
    case .steering:
      singleTrack.wheelbase * singleTrack.wheelbase * singleTrack.steeringRatio * singleTrack.steeringRatio * curvature
    }
  }

  func positionVariance(of sample: VehicleSample) -> Double {
    sample.deviations.position.map { Self.square($0) } ?? positionNoise.variance
  }

  func speedVariance(of sample: VehicleSample) -> Double {
    sample.deviations.speed.map { Self.square($0) } ?? speedNoise.variance
  }

  func headingVariance(of sample: VehicleSample) -> Double {
    Self.square(sample.deviations.heading ?? parameters.headingDeviation)
  }

  /// No sensor is better than this, whatever it states, in the unit of its channel.
  private static let leastDeviation = 1e-3

  private static func square(_ deviation: Double) -> Double {
    let deviation = max(deviation, leastDeviation)
    return deviation * deviation
  }

  func variance(of channel: Channel, _ sample: VehicleSample, value: Double) -> Double {
    switch channel {
    case .position: return positionVariance(of: sample)
    case .speed: return speedVariance(of: sample)
    case .heading: return headingVariance(of: sample)
    case .yawRate: return Self.square(sample.deviations.yawRate ?? parameters.yawRateDeviation)
    case .acceleration: return Self.square(sample.deviations.acceleration ?? parameters.accelerationDeviation)
    case .lateralAcceleration: return Self.square(parameters.lateralAccelerationDeviation)
    case .steering:
      let share = parameters.steeringError * value
      return Self.square(parameters.steeringDeviation * singleTrack.steeringRatio) + share * share
    }
  }

  /// Differences smaller than these are never outliers, in the channel's unit.
  private func floor(_ channel: Channel) -> Double {
    switch channel {
    case .position: 3
    case .speed: 3
    case .heading, .yawRate: 0.5
    case .steering: 0.5 * singleTrack.steeringRatio
    case .acceleration: 12
    case .lateralAcceleration: 8
    }
  }

  // MARK: Scalars

  /// Below this speed a vehicle tells nothing about its direction, m/s.
  private static let slowest = 0.2

  /// Takes in everything but the position.
  mutating func takeMotion(of sample: VehicleSample, age: Double, into comparison: inout Divergence) {
    // All channels are compared with what was expected before any of them went in.
    let before = age > 0 ? Transition(from: filter.mean, by: -age, parameters: parameters).target : filter.mean
    take(.speed, sample.speed, sample, age, before, into: &comparison)
    take(.acceleration, sample.acceleration, sample, age, before, into: &comparison)
    take(.yawRate, sample.yawRate, sample, age, before, into: &comparison)
    take(.steering, sample.steering, sample, age, before, into: &comparison)
    take(.lateralAcceleration, sample.lateralAcceleration, sample, age, before, into: &comparison)
    guard let heading = sample.heading, !course.distrustsHeading else { return }
    guard hasHeading else { return setHeading(to: heading, variance: headingVariance(of: sample)) }
    take(.heading, heading, sample, age, before, into: &comparison)
  }

  /// What the first sample tells of the curvature.
  mutating func takeTurn(of sample: VehicleSample) {
    var comparison = Divergence()
    let before = filter.mean
    take(.yawRate, sample.yawRate, sample, 0, before, into: &comparison)
    take(.steering, sample.steering, sample, 0, before, into: &comparison)
    take(.lateralAcceleration, sample.lateralAcceleration, sample, 0, before, into: &comparison)
  }

  private mutating func take(
    _ channel: Channel, _ measured: Double?, _ sample: VehicleSample, _ age: Double, _ before: MotionVector,
    into comparison: inout Divergence
  ) {
    guard let measured else { return }
    let difference = measured - expectation(of: channel, in: before).value
    comparison.note(channel, channel == .heading ? Angle.wrapped(difference) : difference, parameters)

    var expected: Expectation
    if age > 0 {
      let back = Transition(from: filter.mean, by: -age, parameters: parameters)
      expected = expectation(of: channel, in: back.target)
      expected.row = back.pulled(expected.row)
    } else {
      expected = expectation(of: channel, in: filter.mean)
    }
    let spread = filter.covariance(with: expected.row)
    let noise = variance(of: channel, sample, value: measured) + disturbance(of: channel, over: age)
    var innovation = Innovation(value: measured - expected.value, variance: expected.row.times(spread) + noise)
    if channel == .heading { innovation.value = Angle.wrapped(innovation.value) }
    guard isUsable(channel, abs(innovation.value), innovation.variance, into: &comparison) else { return }
    if rejections[channel.index] > 0 {
      restart(channel, at: measured, variance: noise)
    } else {
      if channel == .speed, sample.deviations.speed == nil, age == 0 {
        learnSpeedNoise(innovation)
      }
      innovation.limit(to: parameters.scalarGate)
      comparison.note(innovation.normalisedSquare, degreesOfFreedom: 1)
      filter.correct(spread, by: innovation)
    }
    rejections[channel.index] = 0
  }

  /// The normalised square that a channel's innovation would have; nil while nothing is known to compare it with.
  mutating func square(of channel: Channel, _ sample: VehicleSample) -> Double? {
    guard channel != .position else { return positionSquare(of: sample) }
    guard let measured = sample.value(of: channel) else { return nil }
    let expected = expectation(of: channel, in: filter.mean)
    let difference = measured - expected.value
    let spread = expected.row.times(filter.covariance(with: expected.row))
    return Innovation(
      value: channel == .heading ? Angle.wrapped(difference) : difference,
      variance: spread + variance(of: channel, sample, value: measured)
    ).normalisedSquare
  }

  private mutating func learnSpeedNoise(_ innovation: Innovation) {
    speedNoise.learn(
      square: innovation.value * innovation.value, expected: innovation.variance, gate: parameters.scalarGate,
      range: parameters.speedNoiseRange, rate: parameters.noiseLearningRate)
  }

  /// Whether a measurement isn't an outlier, or is believed because so many of its kind came in a row; these are left in
  /// `rejections` for the caller to start anew.
  mutating func isUsable(
    _ channel: Channel, _ distance: Double, _ variance: Double, into comparison: inout Divergence
  ) -> Bool {
    let index = channel.index
    guard distance > max(floor(channel), parameters.outlierGate * variance.squareRoot()) else {
      rejections[index] = 0
      return true
    }
    comparison.outliers.append(channel)
    rejections[index] = min(rejections[index], .max - 1) + 1
    return Int(rejections[index]) >= parameters.outliersUntilRestart
  }

  private mutating func restart(_ channel: Channel, at measured: Double, variance: Double) {
    let speed = filter[.speed]
    switch channel {
    case .position: break
    case .speed: filter.set(.speed, to: measured, variance: variance)
    case .heading: filter.set(.heading, to: Angle.wrapped(measured), variance: variance)
    case .acceleration: filter.set(.acceleration, to: measured, variance: variance)
    case .yawRate where abs(speed) > Self.slowest:
      filter.set(.curvature, to: measured / speed, variance: variance / (speed * speed))
    case .lateralAcceleration where abs(speed) > 1:
      let square = speed * speed
      filter.set(.curvature, to: measured / square, variance: variance / (square * square))
    case .steering:
      let slope =
        singleTrack.steeringRatio * (singleTrack.wheelbase + singleTrack.understeerGradient * speed * speed)
      filter.set(.curvature, to: measured / slope, variance: variance / (slope * slope))
    case .yawRate, .lateralAcceleration: break
    }
  }
}

extension Innovation {
  /// Makes the variance as large as it takes for the normalised square to be no more than the gate: a measurement beyond
  /// it counts less, and the less the farther it is (G. Chang, "Robust Kalman filtering based on Mahalanobis distance as
  /// outlier judging criterion", J. Geodesy 88, 2014).
  mutating func limit(to gate: Double) { variance = max(variance, value * value / gate) }
}

extension Divergence {
  /// Weight of one innovation in the running mean of the normalised innovation.
  private static let innovationWeight = 0.02

  mutating func note(_ square: Double, degreesOfFreedom: Int) {
    innovationSum += square
    self.degreesOfFreedom += degreesOfFreedom
    let each = square / Double(degreesOfFreedom)
    let weight = Self.innovationWeight * Double(degreesOfFreedom)
    normalisedInnovation = normalisedInnovation.map { $0 + weight * (each - $0) } ?? each
  }

  /// Notes a channel's difference and whether it is outside its bound.
  mutating func note(_ channel: Channel, _ difference: Double, _ parameters: EstimationParameters) {
    self[channel] = difference
    outside.removeAll { $0 == channel }
    outliers.removeAll { $0 == channel }
    if abs(difference) > parameters.divergenceBounds[channel] { outside.append(channel) }
  }
}
