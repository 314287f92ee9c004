/// Follows one object ahead from noisy range frames: a Kalman filter over range and range rate.
///
/// The object's acceleration is white noise, the own vehicle's is known; frames carry both range and range rate, whose
/// errors are independent.
public struct RangeTracker: Sendable {
  public struct Parameters: Sendable, Hashable {
    /// Standard deviation of the object's unknown acceleration, m/s².
    public var accelerationDeviation = 2.0
    /// What the filter assumes of the sensor: metres and m/s.
    public var rangeDeviation = 0.2
    public var rangeRateDeviation = 0.05
    /// Detections within `confirmationWindow` frames that confirm an object.
    public var confirmationHits = 3
    /// Frames, at most 32.
    public var confirmationWindow = 5
    /// Frames in a row without detection after which the object is given up.
    public var maximumMisses = 6

    public init() {}
  }

  /// The object as estimated for one instant.
  public struct Estimate: Sendable, Hashable {
    /// Metres.
    public var range: Double
    /// m/s; negative while closing.
    public var rangeRate: Double

    public init(range: Double, rangeRate: Double) {
      self.range = range
      self.rangeRate = rangeRate
    }
  }

  public let parameters: Parameters
  private var state: Estimate?
  private var time = 0.0
  private var covariance = (range: 0.0, cross: 0.0, rate: 0.0)
  private var recentHits: UInt32 = 0
  private var misses = 0

  public init(parameters: Parameters = Parameters()) { self.parameters = parameters }

  /// True while there is an object, confirmed or not.
  public var hasObject: Bool { state != nil }

  /// True once enough recent frames show the object.
  public var isConfirmed: Bool { state != nil && isConfirmedOnce }
  private var isConfirmedOnce = false

  /// Takes in one frame, nil where it shows nothing.
  ///
  /// - Parameters:
  ///   - measuredAt: when the frame was measured, seconds; not before the previous one.
  ///   - ownAcceleration: the own vehicle's acceleration since the previous frame, m/s².
  public mutating func update(_ detection: Estimate?, measuredAt: Double, ownAcceleration: Double) {
    recentHits = (recentHits << 1) | (detection == nil ? 0 : 1)
    guard state != nil else {
      if let detection { start(with: detection, at: measuredAt) }
      return
    }
    predict(to: measuredAt, ownAcceleration: ownAcceleration)
    if let detection {
      misses = 0
      correct(with: detection)
    } else {
      misses += 1
      if misses > parameters.maximumMisses {
        state = nil
        isConfirmedOnce = false
        return
      }
    }
    let window = recentHits & ((1 << UInt32(parameters.confirmationWindow)) &- 1)
    if window.nonzeroBitCount >= parameters.confirmationHits { isConfirmedOnce = true }
  }

  /// The object at `now`, extrapolated from the newest frame; nil without one.
  public func estimate(at now: Double, ownAcceleration: Double) -> Estimate? {
    guard let state else { return nil }
    return Self.extrapolated(state, by: now - time, ownAcceleration: ownAcceleration)
  }

  private static func extrapolated(_ state: Estimate, by seconds: Double, ownAcceleration: Double) -> Estimate {
    Estimate(
      range: state.range + seconds * state.rangeRate - 0.5 * ownAcceleration * seconds * seconds,
      rangeRate: state.rangeRate - ownAcceleration * seconds)
  }

  private mutating func start(with detection: Estimate, at instant: Double) {
    state = detection
    time = instant
    misses = 0
    covariance = (
      parameters.rangeDeviation * parameters.rangeDeviation, 0,
      parameters.rangeRateDeviation * parameters.rangeRateDeviation
    )
  }

  private mutating func predict(to instant: Double, ownAcceleration: Double) {
    guard let current = state else { return }
    let dt = instant - time
    state = Self.extrapolated(current, by: dt, ownAcceleration: ownAcceleration)
    time = instant
    let noise = parameters.accelerationDeviation * parameters.accelerationDeviation
    let p = covariance
    covariance = (
      p.range + 2 * dt * p.cross + dt * dt * p.rate + 0.25 * dt * dt * dt * dt * noise,
      p.cross + dt * p.rate + 0.5 * dt * dt * dt * noise,
      p.rate + dt * dt * noise
    )
  }

  /// Corrects with range, then with range rate; independent errors may be taken in one after the other.
  private mutating func correct(with detection: Estimate) {
    guard var estimate = state else { return }
    var p = covariance
    let rangeVariance = max(1e-12, parameters.rangeDeviation * parameters.rangeDeviation)
    let rangeGain = (p.range / (p.range + rangeVariance), p.cross / (p.range + rangeVariance))
    let rangeInnovation = detection.range - estimate.range
    estimate.range += rangeGain.0 * rangeInnovation
    estimate.rangeRate += rangeGain.1 * rangeInnovation
    p = ((1 - rangeGain.0) * p.range, (1 - rangeGain.0) * p.cross, p.rate - rangeGain.1 * p.cross)

    let rateVariance = max(1e-12, parameters.rangeRateDeviation * parameters.rangeRateDeviation)
    let rateGain = (p.cross / (p.rate + rateVariance), p.rate / (p.rate + rateVariance))
    let rateInnovation = detection.rangeRate - estimate.rangeRate
    estimate.range += rateGain.0 * rateInnovation
    estimate.rangeRate += rateGain.1 * rateInnovation
    p = (p.range - rateGain.0 * p.cross, (1 - rateGain.1) * p.cross, (1 - rateGain.1) * p.rate)
    state = estimate
    covariance = p
  }
}
