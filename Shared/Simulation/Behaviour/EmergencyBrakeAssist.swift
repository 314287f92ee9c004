/// Forward collision warning and automatic emergency braking: watches the tracked object ahead, warns, then brakes.
///
/// Braking starts when the deceleration that would still avoid the collision, v²/2d after the brakes' own delay, reaches
/// a threshold, or when the time to collision falls below one. The warning uses the same criteria, looked at as far
/// ahead as the warning shall precede the braking.
public struct EmergencyBrakeAssist: Sendable {
  public struct Parameters: Sendable, Hashable {
    /// Braking starts at this required deceleration, m/s². 5 m/s² is the demand that UN R152, 5.2.1.2, asks for at least.
    public var requiredDeceleration = 5.0
    /// Braking also starts at this time to collision, seconds.
    public var timeToCollision = 1.0
    /// What is demanded of the brakes, m/s²: more than any road gives, so as hard as possible.
    public var brakeDemand = 10.0
    /// The warning precedes the braking by this, seconds. UN R152, 5.2.1.1: at least 0.8 s; the rest covers noise.
    public var warningLead = 1.2
    /// The gap that shall be left at standstill, metres.
    public var standstillMargin = 1.0
    /// Seconds at unchanged speed that the brakes' dead time and ramp cost.
    public var brakeDelay = 0.2
    /// Control cycles in a row that must agree before the system acts.
    public var confirmationCycles = 3
    /// Seconds per control cycle.
    public var cycle = 0.01

    public init() {}
  }

  public enum Phase: String, Sendable, Hashable {
    case monitoring
    case warning
    case braking
  }

  /// What made the system act, with the figures it acted on.
  public struct Reason: Sendable, Hashable {
    public enum Criterion: String, Sendable, Hashable {
      case requiredDeceleration = "required_deceleration"
      case timeToCollision = "time_to_collision"
    }
    public var criterion: Criterion
    /// The tracked gap, metres, and closing speed, m/s.
    public var gap: Double
    public var closingSpeed: Double
    /// m/s²; infinite when the gap is used up.
    public var requiredDeceleration: Double
    /// Seconds.
    public var timeToCollision: Double
  }

  public let parameters: Parameters
  public private(set) var phase = Phase.monitoring
  private var warningVotes = 0
  private var brakingVotes = 0

  public init(parameters: Parameters) { self.parameters = parameters }

  /// Runs one control cycle.
  ///
  /// - Parameter object: the confirmed object ahead, nil without one.
  /// - Returns: the reason when the phase changes in this cycle.
  public mutating func decide(about object: RangeTracker.Estimate?) -> Reason? {
    guard phase != .braking else { return nil }
    guard let object, object.rangeRate < 0 else {
      warningVotes = 0
      brakingVotes = 0
      return nil
    }
    let braking = reason(for: object, ahead: 0)
    brakingVotes = braking == nil ? 0 : brakingVotes + 1
    if let braking, brakingVotes >= parameters.confirmationCycles {
      phase = .braking
      return braking
    }
    guard phase == .monitoring else { return nil }
    let warning = reason(for: object, ahead: parameters.warningLead)
    warningVotes = warning == nil ? 0 : warningVotes + 1
    guard let warning, warningVotes >= parameters.confirmationCycles else { return nil }
    phase = .warning
    return warning
  }

  /// Why braking would have to start if nothing changed for `ahead` seconds; nil when it wouldn't.
  private func reason(for object: RangeTracker.Estimate, ahead: Double) -> Reason? {
    let closing = -object.rangeRate
    let delay = parameters.brakeDelay + parameters.cycle * Double(parameters.confirmationCycles)
    let usable = object.range - closing * (ahead + delay) - parameters.standstillMargin
    let required = usable > 0 ? closing * closing / (2 * usable) : .infinity
    let timeToCollision = object.range / closing
    let criterion: Reason.Criterion
    if required >= parameters.requiredDeceleration {
      criterion = .requiredDeceleration
    } else if timeToCollision - ahead <= parameters.timeToCollision {
      criterion = .timeToCollision
    } else {
      return nil
    }
    return Reason(
      criterion: criterion, gap: object.range, closingSpeed: closing, requiredDeceleration: required,
      timeToCollision: timeToCollision)
  }
}
