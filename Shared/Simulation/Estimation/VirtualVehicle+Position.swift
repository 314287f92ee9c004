/// How positions go in, and what they tell of the direction.
extension VirtualVehicle {
  mutating func takePosition(of sample: VehicleSample, age: Double, into comparison: inout Divergence) {
    guard let position = localPosition(of: sample) else { return }
    newestPositionVariance = positionVariance(of: sample)
    guard hasPosition, hasHeading else {
      if hasPosition { findHeading(towards: position, sample) }
      return place(at: position, sample, age: age)
    }
    guard !fixes.repeats(position, at: sample.nanoseconds, speed: filter[.speed]) else { return }
    if hasFoundAnotherCourse(at: position, sample) { return place(at: position, sample, age: age) }
    let back = Transition(from: filter.mean, by: -age, parameters: parameters)
    let (dx, dy) = (position.x - back.target[0], position.y - back.target[1])
    let distance = (dx * dx + dy * dy).squareRoot()
    comparison.note(.position, distance, parameters)

    var (rowX, rowY) = (MotionVector(repeating: 0), MotionVector(repeating: 0))
    (rowX[0], rowY[1]) = (1, 1)
    if age > 0 { (rowX, rowY) = (back.pulled(rowX), back.pulled(rowY)) }
    let (spreadX, spreadY) = (filter.covariance(with: rowX), filter.covariance(with: rowY))
    let noise = positionVariance(of: sample) + disturbance(of: .position, over: age)
    let innovation = PlanarInnovation(
      x: dx, y: dy, xx: rowX.times(spreadX) + noise, xy: rowX.times(spreadY), yy: rowY.times(spreadY) + noise)
    let worst = max(innovation.xx, innovation.yy)
    guard isUsable(.position, distance, worst, into: &comparison) else { return }
    let isRestart = rejections[Channel.position.index] > 0
    rejections[Channel.position.index] = 0
    if isRestart { return place(at: position, sample, age: age) }
    if sample.deviations.position == nil, age == 0 { learnPositionNoise(innovation) }
    correct(innovation, rowY, spreadX, spreadY, noise, into: &comparison)
    regions.observe(position, at: sample.nanoseconds, filter)
  }

  /// Both axes, one after the other, which is the same as at once because their noises are independent.
  private mutating func correct(
    _ innovation: PlanarInnovation, _ rowY: MotionVector, _ spreadX: MotionVector, _ spreadY: MotionVector,
    _ noise: Double, into comparison: inout Divergence
  ) {
    let square = innovation.normalisedSquare
    let excess = max(1, square / parameters.planarGate)
    comparison.note(square / excess, degreesOfFreedom: 2)
    // Growing S as a whole rather than R alone keeps the direction in which the measurement is credible.
    let first = Innovation(value: innovation.x, variance: innovation.xx * excess)
    let share = innovation.xy / first.variance
    filter.correct(spreadX, by: first)
    var rest = MotionVector(repeating: 0)
    for index in 0..<MotionFilter.size { rest[index] = spreadY[index] - share * spreadX[index] }
    let second = Innovation(
      value: innovation.y - share * innovation.x,
      variance: innovation.yy * excess - share * innovation.xy)
    filter.correct(rest, by: second)
  }

  private mutating func learnPositionNoise(_ innovation: PlanarInnovation) {
    positionNoise.learn(
      square: 0.5 * (innovation.x * innovation.x + innovation.y * innovation.y),
      expected: 0.5 * (innovation.xx + innovation.yy), gate: parameters.planarGate,
      range: parameters.positionNoiseRange, rate: parameters.noiseLearningRate)
  }

  /// The normalised square that the position's innovation would have; nil while nothing is known to compare it with.
  mutating func positionSquare(of sample: VehicleSample) -> Double? {
    guard hasPosition, hasHeading, let position = localPosition(of: sample) else { return nil }
    let (noise, covariance) = (positionVariance(of: sample), filter.position)
    return covariance.widened(by: noise).normalisedSquare(x: position.x - filter[.x], y: position.y - filter[.y])
  }

  // MARK: Direction

  /// Without a reported heading, the way driven so far shows the direction.
  private mutating func findHeading(towards position: VehicleSample.LocalPosition, _ sample: VehicleSample) {
    let deviation = positionVariance(of: sample).squareRoot()
    let base = max(Self.shortestHeadingBase, Self.headingBaseInDeviations * deviation)
    guard let way = course.direction(to: position, atLeast: base) else { return }
    let isReversing = (sample.speed ?? 0) < 0
    let error = 2 * deviation * deviation / (way.distance * way.distance)
    setHeading(to: isReversing ? way.angle + .pi : way.angle, variance: max(0.01, error))
  }

  /// The way that shows a direction: at least a metre, and enough that noise turns it by less than 20°.
  private static let shortestHeadingBase = 1.0
  private static let headingBaseInDeviations = 4.0

  /// Whether the reported heading has contradicted the path for long enough (another convention, or a broken compass) that
  /// it has just lost its credit. The direction is then the path's, and what was learned or estimated under the wrong
  /// heading is forgotten.
  private mutating func hasFoundAnotherCourse(
    at position: VehicleSample.LocalPosition, _ sample: VehicleSample
  ) -> Bool {
    guard let heading = sample.heading,
      let direction = course.compare(position, heading: heading, isReversing: filter[.speed] < 0)
    else { return false }
    setHeading(to: direction, variance: 0.1 * 0.1)
    filter.set(.speed, to: sample.speed ?? filter[.speed], variance: speedVariance(of: sample) + 1)
    let curvature = Self.unknownCurvature(speed: filter[.speed])
    filter.set(.curvature, to: 0, variance: curvature * curvature)
    positionNoise = NoiseEstimate(deviation: parameters.positionDeviation)
    speedNoise = NoiseEstimate(deviation: parameters.speedDeviation)
    return true
  }
}

/// The difference between a measured and an expected position, with the covariance that it should have.
struct PlanarInnovation {
  var x: Double
  var y: Double
  var xx: Double
  var xy: Double
  var yy: Double

  var normalisedSquare: Double { (yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy) }
}
