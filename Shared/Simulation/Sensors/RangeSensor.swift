public import SimulationKernel

/// A forward-looking sensor that measures distance and its rate of change, such as a long-range radar.
public struct RangeSensorParameters: Sendable, Hashable {
  /// Metres; nothing nearer or farther is seen.
  public var minimumRange = 0.2
  public var maximumRange = 250.0
  /// Tangent of half the horizontal field of view.
  public var fieldOfViewTangent = 0.212_556_561_670_022_1  // tan 12°
  /// Seconds from one measurement to the next.
  public var updatePeriod = 0.05
  /// Seconds from a measurement to its delivery.
  public var latency = 0.05
  /// Standard deviation of the measured range, metres.
  public var rangeDeviation = 0.2
  /// Standard deviation of the measured range rate, m/s.
  public var rangeRateDeviation = 0.05
  /// Probability that a measurement misses an object in view.
  public var dropOutProbability = 0.1

  /// A typical long-range automotive radar.
  ///
  /// Source: 3GPP TR 22.837, table 5.28.6-1, long-range radar: 250 to 300 m with at least 90 % detection probability,
  /// range accuracy ±10 to ±40 cm, ±9 to ±15° azimuth, 5 to 20 frames a second, speed accuracy ±0.03 to ±0.12 m/s.
  /// Accuracies are read as two standard deviations. The latency of one frame is a design value.
  public init() {}

  /// The same sensor without noise or misses.
  public var noiseless: RangeSensorParameters {
    var copy = self
    copy.rangeDeviation = 0
    copy.rangeRateDeviation = 0
    copy.dropOutProbability = 0
    return copy
  }
}

/// What is truly in front of the sensor.
public struct RangeTarget: Sendable, Hashable {
  /// Distance ahead, metres.
  public var range: Double
  /// Change of the distance, m/s; negative while closing.
  public var rangeRate: Double
  /// Sideways distance from the sensor's axis, metres.
  public var lateralOffset: Double

  public init(range: Double, rangeRate: Double, lateralOffset: Double = 0) {
    self.range = range
    self.rangeRate = rangeRate
    self.lateralOffset = lateralOffset
  }
}

/// One frame of the sensor as it reaches its user.
public struct RangeFrame: Sendable, Hashable {
  /// When it was measured, seconds.
  public var time: Double
  /// Nil when the frame shows nothing.
  public var detection: Detection?

  public struct Detection: Sendable, Hashable {
    public var range: Double
    public var rangeRate: Double
  }
}

/// The sensor at work: measures at its own pace and delivers late.
public struct RangeSensor: Sendable {
  public let parameters: RangeSensorParameters
  private let step: FixedStep
  private let stepsPerFrame: Int
  private let latencySteps: Int
  private var stream: RandomStream
  /// Measured but not yet delivered; never more than the latency holds.
  private var pending: [(delivery: Int, frame: RangeFrame)] = []

  /// - Parameter stream: the sensor's own randomness.
  public init(parameters: RangeSensorParameters, step: FixedStep, stream: RandomStream) {
    self.parameters = parameters
    self.step = step
    self.stream = stream
    stepsPerFrame = max(1, step.count(covering: parameters.updatePeriod))
    latencySteps = step.count(covering: parameters.latency)
  }

  /// Runs the sensor at step `count` and returns the frame that arrives in this step, if any.
  public mutating func run(at count: Int, seeing target: @autoclosure () -> RangeTarget?) -> RangeFrame? {
    if count % stepsPerFrame == 0 {
      pending.append((count + latencySteps, measure(target(), at: step.time(after: count))))
    }
    guard let first = pending.first, first.delivery <= count else { return nil }
    pending.removeFirst()
    return first.frame
  }

  /// Draws three variates whatever there is to see, so that one miss doesn't shift all later noise.
  private mutating func measure(_ target: RangeTarget?, at time: Double) -> RangeFrame {
    let isMissed = stream.bernoulli(parameters.dropOutProbability)
    let rangeNoise = stream.normal(standardDeviation: parameters.rangeDeviation)
    let rateNoise = stream.normal(standardDeviation: parameters.rangeRateDeviation)
    guard let target, !isMissed, isInView(target) else { return RangeFrame(time: time, detection: nil) }
    return RangeFrame(
      time: time,
      detection: .init(range: max(0, target.range + rangeNoise), rangeRate: target.rangeRate + rateNoise))
  }

  private func isInView(_ target: RangeTarget) -> Bool {
    (parameters.minimumRange...parameters.maximumRange).contains(target.range)
      && abs(target.lateralOffset) <= parameters.fieldOfViewTangent * target.range
  }
}
