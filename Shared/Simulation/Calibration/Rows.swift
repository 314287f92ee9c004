/// One row of a car-following log. NaN stands for what wasn't measured; such a row is left out, and so are rows without
/// a measured leader.
public struct FollowingRow: Sendable, Hashable {
  /// Seconds, ascending from row to row.
  public var time: Double
  /// Speed of the vehicle ahead, m/s.
  public var leaderSpeed: Double
  /// Speed of the follower, m/s.
  public var speed: Double
  /// Bumper to bumper, m.
  public var gap: Double

  public init(time: Double, leaderSpeed: Double, speed: Double, gap: Double) {
    self.time = time
    self.leaderSpeed = leaderSpeed
    self.speed = speed
    self.gap = gap
  }
}

/// One sample of a vehicle's own motion and controls; nil where a channel wasn't measured.
public struct DynamicsRow: Sendable, Hashable {
  /// Seconds, ascending from row to row.
  public var time: Double
  /// m/s.
  public var speed: Double
  /// As reported by the vehicle, rad: of the front wheels, or of the steering wheel, which the fitted ratio tells.
  public var steering: Double?
  /// rad/s, anticlockwise positive.
  public var yawRate: Double?
  /// Along the body, m/s².
  public var acceleration: Double?
  /// Across the body, m/s², positive to the left.
  public var lateralAcceleration: Double?
  /// 0 to 1.
  public var throttle: Double?
  /// 0 to 1.
  public var brake: Double?
  /// Rise over run; nil where unknown.
  public var grade: Double?
  /// Fuel or battery power drawn, W; nil where unknown.
  public var power: Double?

  public init(
    time: Double, speed: Double, steering: Double? = nil, yawRate: Double? = nil, acceleration: Double? = nil,
    lateralAcceleration: Double? = nil, throttle: Double? = nil, brake: Double? = nil, grade: Double? = nil,
    power: Double? = nil
  ) {
    self.time = time
    self.speed = speed
    self.steering = steering
    self.yawRate = yawRate
    self.acceleration = acceleration
    self.lateralAcceleration = lateralAcceleration
    self.throttle = throttle
    self.brake = brake
    self.grade = grade
    self.power = power
  }
}

/// One measured consumption over a drive cycle.
public struct FuelRow: Sendable, Hashable {
  /// In the unit in which it was reported.
  public enum Consumption: Sendable, Hashable {
    /// Miles per US gallon.
    case milesPerGallon(Double)
    /// Litres per 100 km.
    case litresPer100Kilometres(Double)
    /// Electric energy, Wh/km.
    case wattHoursPerKilometre(Double)
  }

  /// `ftp`, `udds`, `hwfet` or `us06`.
  public var cycle: String
  public var consumption: Consumption

  public init(cycle: String, consumption: Consumption) {
    self.cycle = cycle
    self.consumption = consumption
  }
}
