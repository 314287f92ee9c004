import SimulationKernel

/// The delay of a brake: nothing for the dead time, then a linear build-up to the full deceleration.
///
/// The ramp is the time to the fully developed deceleration whatever its level, as in the three-phase model of response,
/// build-up and full braking in handbooks (Bosch, "Automotive Handbook", chapter on braking: s = v·(t_a + t_s/2) + v²/2a).
public struct BrakeActuator: Sendable, Hashable {
  /// Seconds.
  public var deadTime: Double
  /// Seconds.
  public var ramp: Double

  public init(deadTime: Double, ramp: Double) {
    self.deadTime = deadTime
    self.ramp = ramp
  }

  /// The time at unchanged speed that costs as much distance as dead time and ramp, s (first order in the ramp).
  public var equivalentDelay: Double { deadTime + 0.5 * ramp }
}

/// A vehicle on a straight road that holds its speed until it is told to brake, then brakes to a standstill.
///
/// Steps may have any length: they are cut where the brake's behaviour changes and where the vehicle comes to rest, so
/// the stopping distance doesn't depend on the step.
public struct BrakingVehicle: Sendable {
  public let parameters: LongitudinalModel.Parameters
  public let actuator: BrakeActuator

  public private(set) var state: LongitudinalState
  /// Simulated seconds.
  public private(set) var time: Double
  /// When braking was demanded; infinite before.
  public private(set) var demandTime = Double.infinity
  /// When the vehicle came to rest; infinite before.
  public private(set) var stopTime = Double.infinity

  private var fullDeceleration = 0.0
  private var rampStart = Double.infinity
  private var rampEnd = Double.infinity

  public init(
    parameters: LongitudinalModel.Parameters, actuator: BrakeActuator, position: Double = 0, speed: Double,
    time: Double = 0
  ) {
    self.parameters = parameters
    self.actuator = actuator
    self.time = time
    state = LongitudinalState(position: position, speed: speed)
    if speed <= 0 { stopTime = time }
  }

  /// Demands `deceleration` m/s² from the brakes from now on. Only the first demand counts: it isn't taken back.
  public mutating func brake(_ deceleration: Double) {
    guard demandTime == .infinity else { return }
    demandTime = time
    fullDeceleration = parameters.fullDeceleration(for: deceleration)
    rampStart = time + actuator.deadTime
    rampEnd = rampStart + actuator.ramp
    settleBrake()
  }

  /// True once the vehicle has come to rest, where its brakes keep it.
  public var isAtRest: Bool { stopTime <= time }

  /// The acceleration at this instant, m/s²; 0 at rest.
  public var acceleration: Double {
    isAtRest ? 0 : LongitudinalModel.rate(of: state, under: input(ratioRate: 0), with: parameters).speed
  }

  /// Moves on to the instant `end`, in one step or as many as the brake's phases need.
  public mutating func advance(to end: Double) {
    while time < end {
      guard !isAtRest else {
        time = end
        return
      }
      let (ratioRate, phaseEnd) = brakePhase
      let target = min(end, phaseEnd)
      let input = input(ratioRate: ratioRate)
      let next = step(of: target - time, under: input)
      if next.speed <= 0 {
        comeToRest(within: target - time, overshooting: next.speed, under: input)
      } else {
        state = next
        time = target
        settleBrake()
      }
    }
  }

  private var brakePhase: (ratioRate: Double, end: Double) {
    if time < rampStart { return (0, rampStart) }
    if time < rampEnd { return (1 / actuator.ramp, rampEnd) }
    return (0, .infinity)
  }

  /// Removes the rounding error that the ratio has gathered by the end of the ramp, and covers a ramp of no length.
  private mutating func settleBrake() { if time >= rampEnd { state.brakeRatio = 1 } }

  private func input(ratioRate: Double) -> LongitudinalModel.Input {
    demandTime <= time
      ? .init(holdsSpeed: false, fullDeceleration: fullDeceleration, brakeRatioRate: ratioRate)
      : .init(holdsSpeed: true)
  }

  private func step(of seconds: Double, under input: LongitudinalModel.Input) -> LongitudinalState {
    Integrator.rungeKutta4(LongitudinalModel.self, from: state, under: input, with: parameters, for: seconds)
  }

  /// Finds the instant of standstill inside a step by the Illinois method, exact at once where the speed falls linearly.
  private mutating func comeToRest(
    within duration: Double, overshooting finalSpeed: Double, under input: LongitudinalModel.Input
  ) {
    var (low, speedAtLow) = (0.0, state.speed)
    var (high, speedAtHigh) = (duration, finalSpeed)
    var instant = duration
    var candidate = step(of: instant, under: input)
    for _ in 0..<Self.maximumRootIterations where abs(candidate.speed) > Self.restSpeed {
      instant = (low * speedAtHigh - high * speedAtLow) / (speedAtHigh - speedAtLow)
      candidate = step(of: instant, under: input)
      if candidate.speed > 0 {
        (low, speedAtLow) = (instant, candidate.speed)
        speedAtHigh *= 0.5
      } else {
        (high, speedAtHigh) = (instant, candidate.speed)
        speedAtLow *= 0.5
      }
    }
    state = LongitudinalState(position: candidate.position, speed: 0, brakeRatio: candidate.brakeRatio)
    time += instant
    stopTime = time
  }

  /// Speeds below this count as standstill, m/s: a picometre per second moves nothing.
  private static let restSpeed = 1e-12
  /// The Illinois method gains about 1.4 digits per iteration, so this is far more than it needs.
  private static let maximumRootIterations = 60
}
