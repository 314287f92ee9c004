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
  /// Of the path, 1/m, positive to the left.
  public var curvature: Double
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
  /// Of the position as it will be measured, scaled so that the ellipse dᵀ·C⁻¹·d ≤ 4.605 has held 90 % of what happened
  /// lately; see `PredictionRegions`.
  public var covariance: PositionCovariance
  /// Standard deviation of the position along its worst direction, metres.
  public var deviation: Double { covariance.worst.squareRoot() }
  /// The circle around the position that has held 90 % of what happened lately, metres.
  public var region90Radius: Double
}

/// Covariance of a position, m².
public struct PositionCovariance: Sendable, Hashable {
  /// East with east, east with north, north with north.
  public var xx: Double
  public var xy: Double
  public var yy: Double

  public init(xx: Double, xy: Double, yy: Double) { (self.xx, self.xy, self.yy) = (xx, xy, yy) }

  /// The variance along its worst direction: the greater eigenvalue.
  public var worst: Double {
    let half = 0.5 * (xx + yy)
    return half + (0.25 * (xx - yy) * (xx - yy) + xy * xy).squareRoot()
  }

  /// dᵀ·C⁻¹·d: the square of the Mahalanobis distance.
  public func normalisedSquare(x: Double, y: Double) -> Double {
    (yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy)
  }

  /// The quantile 0.9 of χ² with two degrees of freedom, −2·ln 0.1.
  public static let quantile90 = 4.605_170_185_988_091

  /// With the same variance more in each direction.
  func widened(by variance: Double) -> PositionCovariance {
    PositionCovariance(xx: xx + variance, xy: xy, yy: yy + variance)
  }

  func scaled(by factor: Double) -> PositionCovariance {
    PositionCovariance(xx: factor * xx, xy: factor * xy, yy: factor * yy)
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

  /// Its place in `allCases`.
  var index: Int {
    switch self {
    case .position: 0
    case .speed: 1
    case .heading: 2
    case .yawRate: 3
    case .acceleration: 4
    case .lateralAcceleration: 5
    case .steering: 6
    }
  }
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
  public internal(set) subscript(channel: Channel) -> Double? {
    get {
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
    set {
      switch channel {
      case .position: position = newValue
      case .speed: speed = newValue
      case .heading: heading = newValue
      case .yawRate: yawRate = newValue
      case .acceleration: acceleration = newValue
      case .lateralAcceleration: lateralAcceleration = newValue
      case .steering: steering = newValue
      }
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
  /// It is older than the state by so many nanoseconds, and what was new in it went in nevertheless.
  case retrodicted(nanoseconds: Int64)
  /// It is older than the state by so many nanoseconds; history may keep it, the state doesn't.
  case late(nanoseconds: Int64)
  /// It can't be used.
  case rejected(field: String, reason: String)
}
