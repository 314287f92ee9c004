/// The virtual vehicle at one instant.
public struct VirtualState: Sendable, Hashable {
  /// Nanoseconds since the Unix epoch.
  public var nanoseconds: Int64
  /// In the local frame, metres; nil until a position was reported.
  public var local: VehicleSample.LocalPosition?
  /// Nil where the vehicle never reported a geographic position.
  public var geodetic: GeodeticPosition?
  /// Radians anticlockwise from east, in (−π, π]; nil until it could be told.
  public var heading: Double?
  /// m/s.
  public var speed: Double
  /// m/s².
  public var acceleration: Double
  /// rad/s.
  public var yawRate: Double
  /// The newest reported steering angle, radians.
  public var steering: Double?
  /// Standard deviation of the position along its worst direction, metres.
  public var positionDeviation: Double
  /// Standard deviations of speed, heading and yaw rate: m/s, radians, rad/s.
  public var speedDeviation: Double
  public var headingDeviation: Double
  public var yawRateDeviation: Double
}

/// Where the vehicle will be if it goes on as it does, and how uncertain that is.
public struct PredictedState: Sendable, Hashable {
  /// Seconds after the state it was predicted from.
  public var seconds: Double
  public var local: VehicleSample.LocalPosition
  public var geodetic: GeodeticPosition?
  /// m/s.
  public var speed: Double
  /// Radians anticlockwise from east.
  public var heading: Double
  public var covariance: PositionCovariance
  /// Standard deviation of the position along its worst direction, metres.
  public var deviation: Double

  /// The radius around the position that holds at least 90 % of a two-dimensional normal distribution: 2.146 times the
  /// worst standard deviation.
  public var region90Radius: Double { 2.145_966_026_289_347 * deviation }

  /// Covariance of the position, m².
  public struct PositionCovariance: Sendable, Hashable {
    /// East with east, east with north, north with north.
    public var xx: Double
    public var xy: Double
    public var yy: Double
  }
}

/// The channels in which the real and the virtual vehicle are compared.
public enum Channel: String, Sendable, Hashable, CaseIterable {
  case position = "position_m"
  case speed = "speed_mps"
  case heading = "heading_deg"
  case yawRate = "yaw_rate_rps"
  case acceleration = "acceleration_mps2"
  case lateralAcceleration = "lateral_acceleration_mps2"
  case steering = "steering_rad"
}

/// How far the newest sample was from what the virtual vehicle expected; nil where the channel wasn't measured.
public struct Divergence: Sendable, Hashable {
  /// Distance, metres.
  public var position: Double?
  /// Measured minus expected: m/s, radians, rad/s, m/s², m/s², radians.
  public var speed: Double?
  public var heading: Double?
  public var yawRate: Double?
  public var acceleration: Double?
  public var lateralAcceleration: Double?
  public var steering: Double?
  /// Channels outside their bound.
  public var outside: [Channel] = []
  /// Channels whose measurement was set aside as an outlier.
  public var outliers: [Channel] = []
  /// Mean normalised innovation squared per degree of freedom over the last samples (a first-order mean over about 50);
  /// 1 for a consistent filter, nil before the first comparison.
  public var normalisedInnovation: Double?
  /// Sum of the sample's own normalised innovations squared, and the measured components behind it. Outliers aren't in
  /// them.
  public var innovationSum = 0.0
  public var degreesOfFreedom = 0

  public init() {}

  /// A channel's difference.
  public subscript(channel: Channel) -> Double? {
    switch channel {
    case .position: position
    case .speed: speed
    case .heading: heading
    case .yawRate: yawRate
    case .acceleration: acceleration
    case .lateralAcceleration: lateralAcceleration
    case .steering: steering
    }
  }
}

/// What became of a sample.
public enum IngestOutcome: Sendable, Hashable {
  /// It is in the state.
  case applied
  /// It is the first, or the first after a pause so long that the estimate started anew.
  case started
  /// It was ingested before.
  case duplicate
  /// It is older than the state by so many nanoseconds; history may keep it, the state doesn't.
  case late(nanoseconds: Int64)
  /// It can't be used.
  case rejected(field: String, reason: String)
}
