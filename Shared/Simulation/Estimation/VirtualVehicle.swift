#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A virtual vehicle that keeps in step with a real one's samples and tells what comes next.
///
/// A plain value: no clock, no I/O. Samples may be late, repeated or incomplete. Where only a steering angle tells of a
/// turn, the yaw rate follows from the kinematic single-track model, ω = v·tan δ / wheelbase.
public struct VirtualVehicle: Sendable {
  public let parameters: EstimationParameters
  /// Metres.
  public let wheelbase: Double

  /// Comparison of the newest sample with the expectation.
  public private(set) var divergence = Divergence()
  /// The divergence of the last hour. A restart of the estimate leaves it.
  public private(set) var window = DivergenceWindow()
  /// Samples that went into the state, that were repeated, that were late, and that were unusable.
  public private(set) var counts = Counts()
  /// Highest sequence in the state.
  public private(set) var lastSequence: UInt64 = 0

  public struct Counts: Sendable, Hashable {
    public var applied: UInt64 = 0
    public var duplicate: UInt64 = 0
    public var late: UInt64 = 0
    public var rejected: UInt64 = 0
    /// Sequences that never came, as far as known: each gap counts until its samples arrive late.
    public var missing: UInt64 = 0
  }

  private var filter = MotionFilter()
  /// The filter at the newest sample's time before that sample went in: what divergence compares with.
  private var expectation = MotionFilter()
  private var time: Int64?
  private var hasPosition = false
  private var hasHeading = false
  private var steering: Double?
  private var recent = RecentSequences()
  private var rejections = InlineArray<7, Int>(repeating: 0)
  private var frame: LocalFrame?
  /// Where the frame's origin lies in the coordinates of the filter.
  private var frameOffset = VehicleSample.LocalPosition(x: 0, y: 0)
  /// As last reported.
  private var altitude: Double?
  private var course = CourseMonitor()

  /// - Parameter wheelbase: for samples that carry steering but no yaw rate, metres.
  public init(parameters: EstimationParameters = EstimationParameters(), wheelbase: Double = 2.8) {
    self.parameters = parameters
    self.wheelbase = wheelbase
  }

  // MARK: Samples

  /// Takes in a sample.
  public mutating func ingest(_ sample: VehicleSample) -> IngestOutcome {
    if let problem = sample.problem {
      counts.rejected += 1
      return .rejected(field: problem.field, reason: problem.reason)
    }
    if recent.contains(sample) {
      counts.duplicate += 1
      return .duplicate
    }
    if let time, sample.nanoseconds < time {
      recent.add(sample)
      counts.late += 1
      if sample.sequence < lastSequence, counts.missing > 0 { counts.missing -= 1 }
      return .late(nanoseconds: time - sample.nanoseconds)
    }
    recent.add(sample)
    counts.applied += 1
    if sample.sequence > lastSequence + 1, time != nil { counts.missing += sample.sequence - lastSequence - 1 }
    lastSequence = sample.sequence
    return apply(sample)
  }

  private mutating func apply(_ sample: VehicleSample) -> IngestOutcome {
    let elapsed = time.map { Double(sample.nanoseconds - $0) / 1e9 }
    steering = sample.steering ?? steering
    guard let elapsed, elapsed <= parameters.restartAfter else {
      start(with: sample)
      return .started
    }
    time = sample.nanoseconds
    expectation = predicted(by: elapsed)
    filter = expectation
    var comparison = Divergence()
    comparison.normalisedInnovation = divergence.normalisedInnovation
    takeSpeed(of: sample, into: &comparison)
    takeTurn(of: sample, into: &comparison)
    takePosition(of: sample, into: &comparison)
    divergence = comparison
    window.add(comparison, at: sample.nanoseconds)
    return .applied
  }

  /// The filter moved on; while the direction is unknown the position stays and only grows less certain.
  private func predicted(by seconds: Double) -> MotionFilter {
    var ahead = filter
    ahead.predict(by: seconds, parameters: parameters)
    guard !hasHeading else { return ahead }
    let way = abs(ahead[.speed]) * seconds
    for axis in [MotionComponent.x, .y] {
      ahead.set(axis, to: filter[axis], variance: filter.covariance(axis, axis) + way * way)
    }
    return ahead
  }

  /// Forgets all motion and begins with what the sample tells.
  private mutating func start(with sample: VehicleSample) {
    time = sample.nanoseconds
    filter = MotionFilter()
    divergence = Divergence()
    rejections = InlineArray(repeating: 0)
    course = CourseMonitor()
    hasPosition = false
    hasHeading = false
    let unknownSpeed = 20.0 * 20.0
    filter.set(
      .speed, to: sample.speed ?? 0, variance: sample.speed == nil ? unknownSpeed : speedVariance(of: sample))
    filter.set(.acceleration, to: sample.acceleration ?? 0, variance: 2 * 2)
    filter.set(.yawRate, to: sample.yawRate ?? 0, variance: 0.2 * 0.2)
    if let heading = sample.heading {
      filter.set(.heading, to: Angle.wrapped(heading), variance: headingVariance(of: sample))
      hasHeading = true
    }
    if let position = localPosition(of: sample) { place(at: position, sample) }
  }

  private mutating func place(at position: VehicleSample.LocalPosition, _ sample: VehicleSample) {
    filter.set(.x, to: position.x, variance: positionVariance(of: sample))
    filter.set(.y, to: position.y, variance: positionVariance(of: sample))
    if !hasPosition { course.start(at: position, heading: sample.heading) }
    hasPosition = true
  }

  // MARK: Channels

  private func positionVariance(of sample: VehicleSample) -> Double {
    let deviation = sample.deviations.position ?? parameters.positionDeviation
    return deviation * deviation
  }

  private func speedVariance(of sample: VehicleSample) -> Double {
    let deviation = sample.deviations.speed ?? parameters.speedDeviation
    return deviation * deviation
  }

  private func headingVariance(of sample: VehicleSample) -> Double {
    let deviation = sample.deviations.heading ?? parameters.headingDeviation
    return deviation * deviation
  }

  private mutating func takeSpeed(of sample: VehicleSample, into comparison: inout Divergence) {
    if let speed = sample.speed {
      let variance = speedVariance(of: sample)
      comparison.speed = take(.speed, .speed, speed, variance, floor: 3, into: &comparison)
      if abs(comparison.speed ?? 0) > parameters.divergenceBounds.speed { comparison.outside.append(.speed) }
    }
    if let acceleration = sample.acceleration {
      let deviation = sample.deviations.acceleration ?? parameters.accelerationDeviation
      comparison.acceleration = take(
        .acceleration, .acceleration, acceleration, deviation * deviation, floor: 12, into: &comparison)
      if abs(comparison.acceleration ?? 0) > parameters.divergenceBounds.acceleration {
        comparison.outside.append(.acceleration)
      }
    }
  }

  private mutating func takeTurn(of sample: VehicleSample, into comparison: inout Divergence) {
    let deviation = sample.deviations.yawRate ?? parameters.yawRateDeviation
    if let yawRate = sample.yawRate {
      comparison.yawRate = take(.yawRate, .yawRate, yawRate, deviation * deviation, floor: 0.5, into: &comparison)
      if abs(comparison.yawRate ?? 0) > parameters.divergenceBounds.yawRate { comparison.outside.append(.yawRate) }
    } else if let steering = sample.steering, abs(filter[.speed]) > Self.slowest {
      // A tenth of the angle covers slip and the steering system's play.
      let yawRate = filter[.speed] * tan(steering) / wheelbase
      let slack = 0.02 + 0.1 * abs(yawRate)
      filter.correct(.yawRate, by: filter.innovation(.yawRate, measured: yawRate, variance: slack * slack))
    } else if abs(filter[.speed]) < Self.slowest {
      // A vehicle at rest doesn't turn, whatever it did before.
      filter.correct(.yawRate, by: filter.innovation(.yawRate, measured: 0, variance: deviation * deviation))
    }
    guard let heading = sample.heading, !course.distrustsHeading else { return }
    guard hasHeading else {
      filter.set(.heading, to: Angle.wrapped(heading), variance: headingVariance(of: sample))
      hasHeading = true
      return
    }
    comparison.heading = take(.heading, .heading, heading, headingVariance(of: sample), floor: 0.5, into: &comparison)
    if abs(comparison.heading ?? 0) > parameters.divergenceBounds.heading { comparison.outside.append(.heading) }
  }

  /// Below this speed a vehicle tells nothing about its direction, m/s.
  private static let slowest = 0.2

  private mutating func takePosition(of sample: VehicleSample, into comparison: inout Divergence) {
    guard let position = localPosition(of: sample) else { return }
    guard hasPosition, hasHeading else {
      if hasPosition { findHeading(towards: position, sample) }
      place(at: position, sample)
      return
    }
    checkCourse(at: position, sample)
    let variance = positionVariance(of: sample)
    let (alongX, alongY) = (
      filter.innovation(.x, measured: position.x, variance: variance),
      filter.innovation(.y, measured: position.y, variance: variance)
    )
    let distance = (alongX.value * alongX.value + alongY.value * alongY.value).squareRoot()
    let (dx, dy) = (position.x - expectation[.x], position.y - expectation[.y])
    let divergence = (dx * dx + dy * dy).squareRoot()
    comparison.position = divergence
    if divergence > parameters.divergenceBounds.position { comparison.outside.append(.position) }
    let gate = parameters.outlierGate * max(alongX.variance, alongY.variance).squareRoot()
    if distance > max(gate, Self.positionFloor) {
      comparison.outliers.append(.position)
      rejections[0] += 1
      guard rejections[0] >= parameters.outliersUntilRestart else { return }
      place(at: position, sample)
    } else {
      note(alongX, in: &comparison)
      filter.correct(.x, by: alongX)
      let second = filter.innovation(.y, measured: position.y, variance: variance)
      note(second, in: &comparison)
      filter.correct(.y, by: second)
    }
    rejections[0] = 0
  }

  /// Positions nearer than this are never outliers, metres.
  private static let positionFloor = 3.0

  /// Without a reported heading, the way driven so far shows the direction.
  private mutating func findHeading(towards position: VehicleSample.LocalPosition, _ sample: VehicleSample) {
    let deviation = positionVariance(of: sample).squareRoot()
    let base = max(Self.shortestHeadingBase, Self.headingBaseInDeviations * deviation)
    guard let way = course.direction(to: position, atLeast: base) else { return }
    let isReversing = (sample.speed ?? 0) < 0
    let error = 2 * deviation * deviation / (way.distance * way.distance)
    filter.set(
      .heading, to: isReversing ? Angle.wrapped(way.angle + .pi) : way.angle, variance: max(0.01, error))
    hasHeading = true
  }

  /// The way that shows a direction: at least a metre, and enough that noise turns it by less than 20°.
  private static let shortestHeadingBase = 1.0
  private static let headingBaseInDeviations = 4.0

  private mutating func checkCourse(at position: VehicleSample.LocalPosition, _ sample: VehicleSample) {
    guard let heading = sample.heading else { return }
    let isReversing = filter[.speed] < 0
    // Set only where the reported heading contradicts the path: another convention, or a broken compass.
    if let direction = course.compare(position, heading: heading, isReversing: isReversing) {
      filter.set(.heading, to: direction, variance: 0.1 * 0.1)
    }
  }

  /// Compares and takes in one component.
  private mutating func take(
    _ channel: Channel, _ component: MotionComponent, _ measured: Double, _ variance: Double, floor: Double,
    into comparison: inout Divergence
  ) -> Double {
    let difference = expectation.innovation(component, measured: measured, variance: variance).value
    let innovation = filter.innovation(component, measured: measured, variance: variance)
    let index = Channel.allCases.firstIndex(of: channel) ?? 0
    if abs(innovation.value) > max(floor, parameters.outlierGate * innovation.variance.squareRoot()) {
      comparison.outliers.append(channel)
      rejections[index] += 1
      guard rejections[index] >= parameters.outliersUntilRestart else { return difference }
      filter.set(component, to: component == .heading ? Angle.wrapped(measured) : measured, variance: variance)
    } else {
      note(innovation, in: &comparison)
      filter.correct(component, by: innovation)
    }
    rejections[index] = 0
    return difference
  }

  /// Weight of one innovation in the running mean of the normalised innovation.
  private static let innovationWeight = 0.02

  private func note(_ innovation: Innovation, in comparison: inout Divergence) {
    let square = innovation.normalisedSquare
    comparison.innovationSum += square
    comparison.degreesOfFreedom += 1
    comparison.normalisedInnovation =
      comparison.normalisedInnovation.map { $0 + Self.innovationWeight * (square - $0) } ?? square
  }

  // MARK: Frames

  /// The position in the filter's coordinates: the local one where it is given, else the geographic one in a frame whose
  /// origin is the first geographic position.
  private mutating func localPosition(of sample: VehicleSample) -> VehicleSample.LocalPosition? {
    if let reported = sample.geodetic?.altitude { altitude = reported }
    if let geodetic = sample.geodetic, frame == nil {
      frame = LocalFrame(origin: geodetic)
      frameOffset =
        sample.local ?? (hasPosition ? .init(x: filter[.x], y: filter[.y]) : .init(x: 0, y: 0))
    }
    if let local = sample.local { return local }
    guard let geodetic = sample.geodetic, let frame else { return nil }
    let point = frame.local(geodetic)
    return .init(x: point.x + frameOffset.x, y: point.y + frameOffset.y)
  }

  private func geodetic(_ position: VehicleSample.LocalPosition) -> GeodeticPosition? {
    var geodetic = frame?.geodetic(x: position.x - frameOffset.x, y: position.y - frameOffset.y)
    geodetic?.altitude = altitude
    return geodetic
  }

  // MARK: Answers

  /// The newest state; nil before the first sample.
  public var state: VirtualState? { time.flatMap { state(at: $0) } }

  /// The state at an instant, extrapolated where it lies after the newest sample; nil before the first sample. An instant
  /// before the newest sample gives the newest state.
  public func state(at nanoseconds: Int64) -> VirtualState? {
    guard let time else { return nil }
    let ahead = predicted(by: Double(max(0, nanoseconds - time)) / 1e9)
    let position = hasPosition ? VehicleSample.LocalPosition(x: ahead[.x], y: ahead[.y]) : nil
    return VirtualState(
      nanoseconds: max(nanoseconds, time), local: position, geodetic: position.flatMap { geodetic($0) },
      heading: hasHeading ? ahead[.heading] : nil, speed: ahead[.speed], acceleration: ahead[.acceleration],
      yawRate: ahead[.yawRate], steering: steering, positionDeviation: ahead.worstPositionVariance.squareRoot(),
      speedDeviation: ahead.covariance(.speed, .speed).squareRoot(),
      headingDeviation: ahead.covariance(.heading, .heading).squareRoot(),
      yawRateDeviation: ahead.covariance(.yawRate, .yawRate).squareRoot())
  }

  /// The horizons of the product's predictions, seconds.
  public static let horizons = [0.5, 1, 2, 3, 5]

  /// Predicted states at `horizons` seconds after the newest sample, ascending; empty while position or direction are
  /// unknown.
  public func predictions(at horizons: [Double] = VirtualVehicle.horizons) -> [PredictedState] {
    guard hasPosition, hasHeading else { return [] }
    var ahead = filter
    var elapsed = 0.0
    return horizons.map { horizon in
      ahead.predict(by: horizon - elapsed, parameters: parameters)
      elapsed = horizon
      let position = VehicleSample.LocalPosition(x: ahead[.x], y: ahead[.y])
      return PredictedState(
        seconds: horizon, local: position, geodetic: geodetic(position), speed: ahead[.speed],
        heading: ahead[.heading],
        covariance: .init(
          xx: ahead.covariance(.x, .x), xy: ahead.covariance(.x, .y), yy: ahead.covariance(.y, .y)),
        deviation: ahead.worstPositionVariance.squareRoot())
    }
  }
}
