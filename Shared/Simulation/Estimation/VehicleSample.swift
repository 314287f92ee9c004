/// What a real vehicle reports of its motion at one instant, in SI units. Anything that wasn't measured is nil.
public struct VehicleSample: Sendable, Hashable {
  /// Counted up by the source, one a sample.
  public var sequence: UInt64
  /// When it was measured, nanoseconds since the Unix epoch.
  public var nanoseconds: Int64
  /// Position in the site's local frame, metres: x east, y north.
  public var local: LocalPosition?
  public var geodetic: GeodeticPosition?
  /// Along the body's axis, m/s; negative backwards.
  public var speed: Double?
  /// Direction of the body, radians anticlockwise from east.
  public var heading: Double?
  /// rad/s, anticlockwise positive.
  public var yawRate: Double?
  /// Mean angle of the front wheels, radians, left positive.
  public var steering: Double?
  /// Along the body's axis, m/s².
  public var acceleration: Double?
  /// Across the body, m/s², left positive.
  public var lateralAcceleration: Double?
  /// Standard deviations where the source knows them.
  public var deviations = Deviations()

  public struct LocalPosition: Sendable, Hashable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
  }

  /// Standard deviations of the measured values, in their units; position per axis.
  public struct Deviations: Sendable, Hashable {
    public var position: Double?
    public var speed: Double?
    public var heading: Double?
    public var yawRate: Double?
    public var acceleration: Double?

    public init() {}
  }

  public init(sequence: UInt64, nanoseconds: Int64) {
    self.sequence = sequence
    self.nanoseconds = nanoseconds
  }

  /// The first value that isn't a finite number or can't be, with the reason; nil when all are usable.
  var problem: (field: String, reason: String)? {
    func check(_ field: String, _ value: Double?, _ range: ClosedRange<Double>) -> (field: String, reason: String)? {
      guard let value else { return nil }
      guard value.isFinite else { return (field, "must be a finite number") }
      return range.contains(value)
        ? nil : (field, "must lie in \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    }
    let place =
      check("lat", geodetic?.latitude, -90...90) ?? check("lon", geodetic?.longitude, -180...180)
      ?? check("altitude_m", geodetic?.altitude, -1_000...20_000) ?? check("x_m", local?.x, -1e7...1e7)
      ?? check("y_m", local?.y, -1e7...1e7)
    let motion =
      check("speed_mps", speed, -50...150) ?? check("heading", heading, -100...100)
      ?? check("yaw_rate_rps", yawRate, -10...10) ?? check("steering_rad", steering, -2...2)
      ?? check("acceleration_mps2", acceleration, -100...100)
      ?? check("lateral_acceleration_mps2", lateralAcceleration, -100...100)
    let stated =
      check("position_std_m", deviations.position, 0...1_000_000) ?? check("speed_std_mps", deviations.speed, 0...1_000)
      ?? check("heading_std_deg", deviations.heading, 0...100)
      ?? check("yaw_rate_std_rps", deviations.yawRate, 0...100)
      ?? check("acceleration_std_mps2", deviations.acceleration, 0...1_000)
    return place ?? motion ?? stated
  }

  /// Whether a channel was measured.
  func has(_ channel: Channel) -> Bool {
    switch channel {
    case .position: local != nil || geodetic != nil
    case .speed: speed != nil
    case .heading: heading != nil
    case .yawRate: yawRate != nil
    case .acceleration: acceleration != nil
    case .lateralAcceleration: lateralAcceleration != nil
    case .steering: steering != nil
    }
  }

  /// What a channel other than the position measured.
  func value(of channel: Channel) -> Double? {
    switch channel {
    case .position: nil
    case .speed: speed
    case .heading: heading
    case .yawRate: yawRate
    case .acceleration: acceleration
    case .lateralAcceleration: lateralAcceleration
    case .steering: steering
    }
  }

  mutating func remove(_ channel: Channel) {
    switch channel {
    case .position: (local, geodetic) = (nil, nil)
    case .speed: speed = nil
    case .heading: heading = nil
    case .yawRate: yawRate = nil
    case .acceleration: acceleration = nil
    case .lateralAcceleration: lateralAcceleration = nil
    case .steering: steering = nil
    }
  }
}

/// Compass degrees (clockwise from north) and mathematical radians (anticlockwise from east).
public enum Compass {
  /// Radians anticlockwise from east, in (−π, π].
  public static func radians(fromDegrees degrees: Double) -> Double { Angle.wrapped((90 - degrees) * .pi / 180) }

  /// Degrees clockwise from north, in [0, 360).
  public static func degrees(fromRadians radians: Double) -> Double {
    let degrees = (90 - radians * 180 / .pi).truncatingRemainder(dividingBy: 360)
    let positive = degrees < 0 ? degrees + 360 : degrees
    return positive < 360 ? positive : 0
  }
}

/// Arithmetic on a circle.
public enum Angle {
  /// The same direction in (−π, π].
  public static func wrapped(_ angle: Double) -> Double {
    guard angle.magnitude > .pi else { return angle == -.pi ? .pi : angle }
    let turns = (angle / (2 * .pi)).rounded(.toNearestOrAwayFromZero)
    let wrapped = angle - turns * 2 * .pi
    return wrapped <= -.pi ? wrapped + 2 * .pi : wrapped
  }
}
