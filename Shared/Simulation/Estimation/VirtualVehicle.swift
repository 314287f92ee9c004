#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A virtual vehicle that keeps in step with a real one's samples and tells what comes next.
///
/// A plain value: no clock, no I/O. Samples may be late, repeated or incomplete, and come from several sensors at rates of
/// their own: whatever a sample holds goes into one extended Kalman filter (`MotionFilter`). What the samples don't say
/// about themselves is learned in bounded memory: the noise of position and speed (`NoiseEstimate`), and how large the
/// regions around predictions must be (`PredictionRegions`).
///
/// Late samples. A measurement that is older than the state by no more than `EstimationParameters.latestLate` and newer
/// than anything its channel had before still goes in, as it does where a slow receiver's positions meet a fast bus: the
/// state is led back to its time along the path, which takes no memory, and its variance grows by the disturbance in
/// between (the approximate algorithm C of Y. Bar-Shalom, "Update with out-of-sequence measurements in tracking: exact
/// solution", IEEE Trans. AES-38(3), 2002, without the correlation of disturbance and state, which errs on the careful
/// side). Older ones are counted and change nothing.
public struct VirtualVehicle: Sendable {
  public let parameters: EstimationParameters
  /// How the vehicle steers, as far as is known now.
  public var singleTrack: SingleTrack

  /// Comparison of the newest sample with the expectation.
  public internal(set) var divergence = Divergence()
  /// Samples that went into the state, that were repeated, that were late, and that were unusable.
  public private(set) var counts = Counts()
  /// Highest sequence in the state.
  public private(set) var lastSequence: UInt64 = 0

  public struct Counts: Sendable, Hashable {
    public var applied: UInt64 = 0
    public var duplicate: UInt64 = 0
    /// Older than the state; those of them that went into it are in `retrodicted`, too.
    public var late: UInt64 = 0
    public var retrodicted: UInt64 = 0
    public var rejected: UInt64 = 0
    /// Sequences that never came, as far as known: each gap counts until its samples arrive late.
    public var missing: UInt64 = 0
  }

  var filter = MotionFilter()
  var time: Int64?
  var hasPosition = false
  var hasHeading = false
  var steering: Double?
  var positionNoise: NoiseEstimate
  var speedNoise: NoiseEstimate
  /// Noise of the newest position, m².
  var newestPositionVariance = 0.0
  var regions = PredictionRegions()
  var course = CourseMonitor()
  var fixes = RepeatedFixes()
  /// Outliers in a row, by channel.
  var rejections = InlineArray<7, UInt8>(repeating: 0)
  /// Time of each channel's newest measurement, nanoseconds.
  private var newest = InlineArray<7, Int64>(repeating: .min)
  private var recent = RecentSequences()
  private var frame: LocalFrame?
  /// Where the frame's origin lies in the coordinates of the filter.
  private var frameOffset = VehicleSample.LocalPosition(x: 0, y: 0)
  /// As last reported.
  private var altitude: Double?

  /// - Parameter singleTrack: how the vehicle steers; for samples that carry a steering angle.
  public init(parameters: EstimationParameters = EstimationParameters(), singleTrack: SingleTrack = SingleTrack()) {
    self.parameters = parameters
    self.singleTrack = singleTrack
    positionNoise = NoiseEstimate(deviation: parameters.positionDeviation)
    speedNoise = NoiseEstimate(deviation: parameters.speedDeviation)
  }

  /// - Parameter wheelbase: for samples that carry a steering angle, metres.
  public init(parameters: EstimationParameters = EstimationParameters(), wheelbase: Double) {
    self.init(parameters: parameters, singleTrack: SingleTrack(wheelbase: wheelbase))
  }

  // MARK: Samples

  /// Takes in a sample.
  public mutating func ingest(_ sample: VehicleSample) -> IngestOutcome {
    if let problem = sample.problem {
      counts.rejected += 1
      return .rejected(field: problem.field, reason: problem.reason)
    }
    guard recent.add(sample) else {
      counts.duplicate += 1
      return .duplicate
    }
    if let time, sample.nanoseconds < time { return takeLate(sample, by: time - sample.nanoseconds) }
    counts.applied += 1
    if sample.sequence > lastSequence + 1, time != nil { counts.missing += sample.sequence - lastSequence - 1 }
    lastSequence = sample.sequence
    return apply(sample)
  }

  private mutating func takeLate(_ sample: VehicleSample, by nanoseconds: Int64) -> IngestOutcome {
    counts.late += 1
    if sample.sequence < lastSequence, counts.missing > 0 { counts.missing -= 1 }
    let age = Double(nanoseconds) / 1e9
    guard age <= parameters.latestLate, let fresh = freshPart(of: sample) else {
      return .late(nanoseconds: nanoseconds)
    }
    counts.retrodicted += 1
    var comparison = divergence
    comparison.innovationSum = 0
    comparison.degreesOfFreedom = 0
    take(fresh, age: age, into: &comparison)
    return .retrodicted(nanoseconds: nanoseconds)
  }

  /// What of a late sample is newer than the newest of its channel; nil when nothing is.
  private func freshPart(of sample: VehicleSample) -> VehicleSample? {
    var fresh = sample
    var isEmpty = true
    for channel in Channel.allCases where sample.has(channel) {
      if sample.nanoseconds > newest[channel.index] { isEmpty = false } else { fresh.remove(channel) }
    }
    return isEmpty ? nil : fresh
  }

  private mutating func apply(_ sample: VehicleSample) -> IngestOutcome {
    let elapsed = time.map { Double(sample.nanoseconds - $0) / 1e9 }
    guard let elapsed, elapsed <= parameters.restartAfter else {
      start(with: sample)
      return .started
    }
    time = sample.nanoseconds
    filter = predicted(by: elapsed)
    var comparison = Divergence()
    comparison.normalisedInnovation = divergence.normalisedInnovation
    take(sample, age: 0, into: &comparison)
    spawnPredictions()
    return .applied
  }

  private mutating func take(_ sample: VehicleSample, age: Double, into comparison: inout Divergence) {
    for channel in Channel.allCases where sample.has(channel) { newest[channel.index] = sample.nanoseconds }
    steering = sample.steering ?? steering
    takeMotion(of: sample, age: age, into: &comparison)
    takePosition(of: sample, age: age, into: &comparison)
    divergence = comparison
  }

  /// The filter moved on; while the direction is unknown the position stays and only grows less certain.
  func predicted(by seconds: Double) -> MotionFilter {
    var ahead = filter
    ahead.predict(by: seconds, parameters: parameters)
    guard !hasHeading else { return ahead }
    let way = abs(ahead[.speed]) * seconds
    for axis in [MotionComponent.x, .y] {
      ahead.set(axis, to: filter[axis], variance: filter.covariance(axis, axis) + way * way)
    }
    return ahead
  }

  // MARK: Start

  /// Standard deviations of what the first sample doesn't tell: m/s, m/s², m/s² across, 1/m.
  private static let unknownSpeed = 20.0
  private static let unknownAcceleration = 2.0
  private static let unknownLateralAcceleration = 2.0
  private static let unknownCurvature = 0.1

  /// Standard deviation of a curvature of which nothing is known, 1/m.
  static func unknownCurvature(speed: Double) -> Double {
    min(unknownCurvature, unknownLateralAcceleration / max(speed * speed, 1e-9))
  }

  /// Forgets all motion and begins with what the sample tells. What was learned of the vehicle stays.
  private mutating func start(with sample: VehicleSample) {
    time = sample.nanoseconds
    filter = MotionFilter()
    divergence = Divergence()
    rejections = InlineArray(repeating: 0)
    newest = InlineArray(repeating: .min)
    for channel in Channel.allCases where sample.has(channel) { newest[channel.index] = sample.nanoseconds }
    steering = sample.steering ?? steering
    course = CourseMonitor()
    fixes = RepeatedFixes()
    regions.forgetPending()
    hasPosition = false
    hasHeading = false
    let speed = sample.speed ?? 0
    let speedVariance = sample.speed == nil ? Self.unknownSpeed * Self.unknownSpeed : speedVariance(of: sample)
    filter.set(.speed, to: speed, variance: speedVariance)
    filter.set(
      .acceleration, to: sample.acceleration ?? 0, variance: Self.unknownAcceleration * Self.unknownAcceleration)
    let curvature = Self.unknownCurvature(speed: speed)
    filter.set(.curvature, to: 0, variance: curvature * curvature)
    filter.set(.speedBias, to: 0, variance: parameters.speedBiasDeviation * parameters.speedBiasDeviation)
    filter.set(.yawRateBias, to: 0, variance: parameters.yawRateBiasDeviation * parameters.yawRateBiasDeviation)
    if let heading = sample.heading { setHeading(to: heading, variance: headingVariance(of: sample)) }
    if let position = localPosition(of: sample) { place(at: position, sample, age: 0) }
    takeTurn(of: sample)
  }

  mutating func setHeading(to heading: Double, variance: Double) {
    filter.set(.heading, to: Angle.wrapped(heading), variance: variance)
    hasHeading = true
  }

  mutating func place(at position: VehicleSample.LocalPosition, _ sample: VehicleSample, age: Double) {
    let way = filter[.speed] * age
    filter.set(.x, to: position.x, variance: positionVariance(of: sample) + way * way)
    filter.set(.y, to: position.y, variance: positionVariance(of: sample) + way * way)
    if !hasPosition { course.start(at: position, heading: sample.heading) }
    regions.forgetPending()
    hasPosition = true
  }

  // MARK: Frames

  /// The position in the filter's coordinates: the local one where it is given, else the geographic one in a frame whose
  /// origin is the first geographic position.
  mutating func localPosition(of sample: VehicleSample) -> VehicleSample.LocalPosition? {
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

  func geodetic(_ position: VehicleSample.LocalPosition) -> GeodeticPosition? {
    var geodetic = frame?.geodetic(x: position.x - frameOffset.x, y: position.y - frameOffset.y)
    geodetic?.altitude = altitude
    return geodetic
  }
}
