/// A vehicle that follows another in its lane, advanced in steps of `stepLength`.
///
/// With gap s, own speed v, the leader's speed v_l and Δv = v − v_l, all as they were `reactionDelay` ago:
///
///     s*    = s0 + max(0, v·T + v·Δv / (2·√(a·b)))
///     a_IDM = a·(1 − (v/v0)⁴ − (s*/s)²)                                                     (1)
///     a_CTG = clamp(k_s·(s − s0 − T·v) − k_v·Δv, −b, a)                                     (2)
///     dv/dt = w·a_IDM + (1 − w)·a_CTG + k_l·a_l                                             (3)
///
/// (1): M. Treiber, A. Hennecke, D. Helbing, Phys. Rev. E 62 (2000) 1805, equations 2 and 3. (2): the law of constant
/// time gap as production ACC has it, V. Milanés, S. Shladover, Transp. Res. C 48 (2014) 285, with the limits of (1).
/// The leader's acceleration a_l, smoothed over 0.5 s, is what the ACC model of A. Kesting, M. Treiber, D. Helbing, Phil.
/// Trans. R. Soc. A 368 (2010) 4585 anticipates with. (3) is a blend of two laws, so that a fit need not know which of
/// them a given vehicle obeys.
///
/// Where the deceleration that just avoids a collision, Δv²/(2·(s − 0.5 m)) of the present instant, passes 3 m/s², it is
/// what is applied, up to 9 m/s²: nobody waits out a reaction time in front of a wall. The update is the ballistic one,
/// M. Treiber, V. Kanagaraj, Physica A 419 (2015) 183: the acceleration holds through a step, a vehicle that stops
/// within the step stays where it stopped.
public struct CarFollower: Sendable {
  /// Seconds of a step; the parameters of a fit hold for it.
  public static let stepLength = 0.1
  /// The longest delay that is simulated, s.
  public static let longestDelay = 3.0

  /// Bumper to bumper, m; 0 or less is a collision.
  public private(set) var gap: Double
  /// m/s, never negative.
  public private(set) var speed: Double
  /// Through the last step, m/s².
  public private(set) var acceleration = 0.0
  /// Metres since the start.
  public private(set) var travelled = 0.0

  private let parameters: DriverParameters
  private let interaction: Double
  private let delaySteps: Int
  private let delayRest: Double
  private var leaderAcceleration = 0.0
  /// The newest instants, a ring.
  private var seen: [Instant]
  private var newest = 0

  private struct Instant: Sendable {
    var gap: Double
    var speed: Double
    var leaderSpeed: Double
  }

  private static let ringLength = 64
  private static let anticipationSmoothing = 0.5
  private static let emergencyThreshold = 3.0
  private static let strongestBraking = 9.0
  private static let emergencyMargin = 0.5
  private static let leastGap = 0.1

  /// - Parameters:
  ///   - gap: at the start, m.
  ///   - speed: at the start, m/s.
  ///   - leaderSpeed: at the start; before it, everything was as it is then.
  public init(_ parameters: DriverParameters, gap: Double, speed: Double, leaderSpeed: Double) {
    self.parameters = parameters
    self.gap = gap
    self.speed = speed
    let product = parameters.maxAcceleration * parameters.comfortableDeceleration
    interaction = 1 / (2 * product.squareRoot())
    let delay = min(max(0, parameters.reactionDelay), Self.longestDelay) / Self.stepLength
    delaySteps = Int(delay)
    delayRest = delay - Double(delaySteps)
    seen = [Instant](
      repeating: Instant(gap: gap, speed: speed, leaderSpeed: leaderSpeed), count: Self.ringLength)
  }

  /// One step: the leader goes from one speed to the other, steadily.
  public mutating func advance(leaderFrom leaderSpeed: Double, to nextLeaderSpeed: Double) {
    newest = (newest + 1) & (Self.ringLength - 1)
    seen[newest] = Instant(gap: gap, speed: speed, leaderSpeed: leaderSpeed)
    let late = seen[(newest - delaySteps) & (Self.ringLength - 1)]
    let later = seen[(newest - delaySteps - 1) & (Self.ringLength - 1)]
    let perceived = Instant(
      gap: late.gap + (later.gap - late.gap) * delayRest, speed: late.speed + (later.speed - late.speed) * delayRest,
      leaderSpeed: late.leaderSpeed + (later.leaderSpeed - late.leaderSpeed) * delayRest)
    let slope = (late.leaderSpeed - later.leaderSpeed) / Self.stepLength
    leaderAcceleration += (slope - leaderAcceleration) * (Self.stepLength / Self.anticipationSmoothing)

    var wanted = response(to: perceived) + parameters.anticipation * leaderAcceleration
    let closing = speed - leaderSpeed
    if closing > 0 {
      let needed = closing * closing / (2 * max(gap - Self.emergencyMargin, Self.leastGap))
      if needed > Self.emergencyThreshold { wanted = min(wanted, -needed) }
    }
    wanted = max(wanted, -Self.strongestBraking)
    let next = speed + wanted * Self.stepLength
    let distance: Double
    if next >= 0 {
      distance = 0.5 * (speed + next) * Self.stepLength
      acceleration = wanted
      speed = next
    } else {
      // It stops within the step, after v²/(2·|a|).
      distance = -0.5 * speed * speed / wanted
      acceleration = speed > 0 ? wanted : 0
      speed = 0
    }
    travelled += distance
    gap += 0.5 * (leaderSpeed + nextLeaderSpeed) * Self.stepLength - distance
  }

  /// The blend of equations 1 and 2, m/s².
  private func response(to seen: Instant) -> Double {
    let gap = max(seen.gap, Self.leastGap)
    let closing = seen.speed - seen.leaderSpeed
    let wantedGap =
      parameters.standstillGap + max(0, seen.speed * (parameters.timeHeadway + closing * interaction))
    let ratio = wantedGap / gap
    let freedom = seen.speed / parameters.desiredSpeed
    let square = freedom * freedom
    let idm = parameters.maxAcceleration * (1 - square * square - ratio * ratio)
    let error = seen.gap - parameters.standstillGap - parameters.timeHeadway * seen.speed
    let controller = min(
      max(parameters.gapGain * error - parameters.speedGain * closing, -parameters.comfortableDeceleration),
      parameters.maxAcceleration)
    return parameters.idmShare * idm + (1 - parameters.idmShare) * controller
  }
}
