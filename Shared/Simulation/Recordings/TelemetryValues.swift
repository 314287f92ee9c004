/// The measured values of one telemetry sample in the units of the public contract; nil where nothing was measured.
public struct TelemetryValues: Sendable, Hashable {
  /// Degrees, WGS 84.
  public var latitude: Double?
  public var longitude: Double?
  /// Metres east and north in the site's local frame.
  public var x: Double?
  public var y: Double?
  /// Metres above the ellipsoid.
  public var altitude: Double?
  /// m/s along the body's axis, negative backwards.
  public var speed: Double?
  /// Degrees clockwise from north.
  public var headingDegrees: Double?
  /// rad/s, anticlockwise positive.
  public var yawRate: Double?
  /// Radians, left positive.
  public var steering: Double?
  /// m/s² along and across the body.
  public var acceleration: Double?
  public var lateralAcceleration: Double?
  /// 0 to 1.
  public var throttle: Double?
  public var brake: Double?
  /// −1 reverse, 0 neutral.
  public var gear: Double?
  /// Standard deviations: metres per axis, m/s, degrees, rad/s, m/s².
  public var positionDeviation: Double?
  public var speedDeviation: Double?
  public var headingDeviationDegrees: Double?
  public var yawRateDeviation: Double?
  public var accelerationDeviation: Double?
  /// Free distance to the vehicle ahead, metres, and its speed, m/s.
  public var leaderGap: Double?
  public var leaderSpeed: Double?
  /// Drawn since the source started, J.
  public var energy: Double?

  public init() {}
}

extension TelemetryValues {
  /// How a value between two samples follows from them.
  enum Interpolation: Sendable {
    case linear
    /// Degrees on a circle.
    case circular
    /// The earlier sample's value holds.
    case held
  }

  /// One column of a telemetry table.
  struct Field: Sendable {
    var name: String
    var range: ClosedRange<Double>
    var interpolation: Interpolation
    var path: any WritableKeyPath<TelemetryValues, Double?> & Sendable

    init(
      _ name: String, _ range: ClosedRange<Double>, _ interpolation: Interpolation = .linear,
      _ path: any WritableKeyPath<TelemetryValues, Double?> & Sendable
    ) {
      self.name = name
      self.range = range
      self.interpolation = interpolation
      self.path = path
    }
  }

  /// The columns with the names and ranges of the contract (`twin.common.v1.TelemetrySample`).
  static let fields: [Field] = [
    Field("lat", -90...90, .linear, \.latitude), Field("lon", -180...180, .circular, \.longitude),
    Field("x_m", -1e7...1e7, .linear, \.x), Field("y_m", -1e7...1e7, .linear, \.y),
    Field("altitude_m", -1_000...20_000, .linear, \.altitude), Field("speed_mps", -50...150, .linear, \.speed),
    Field("heading_deg", -360...360, .circular, \.headingDegrees), Field("yaw_rate_rps", -10...10, .linear, \.yawRate),
    Field("steering_rad", -1.6...1.6, .linear, \.steering),
    Field("acceleration_mps2", -100...100, .linear, \.acceleration),
    Field("lateral_acceleration_mps2", -100...100, .linear, \.lateralAcceleration),
    Field("throttle", 0...1, .linear, \.throttle), Field("brake", 0...1, .linear, \.brake),
    Field("gear", -1...20, .held, \.gear), Field("position_std_m", 1e-9...1_000, .held, \.positionDeviation),
    Field("speed_std_mps", 1e-9...100, .held, \.speedDeviation),
    Field("heading_std_deg", 1e-9...180, .held, \.headingDeviationDegrees),
    Field("yaw_rate_std_rps", 1e-9...10, .held, \.yawRateDeviation),
    Field("acceleration_std_mps2", 1e-9...100, .held, \.accelerationDeviation),
    Field("leader_gap_m", 0...1_000, .linear, \.leaderGap),
    Field("leader_speed_mps", -50...150, .linear, \.leaderSpeed),
    Field("energy_j", 0...1e15, .linear, \.energy),
  ]

  /// The values `share` of the way from this sample to `next`; a value that one of them lacks is left out.
  func interpolated(to next: TelemetryValues, share: Double) -> TelemetryValues {
    var values = TelemetryValues()
    for field in Self.fields {
      guard let a = self[keyPath: field.path], let b = next[keyPath: field.path] else { continue }
      values[keyPath: field.path] =
        switch field.interpolation {
        case .linear: a + share * (b - a)
        case .circular: Self.between(a, b, share: share)
        case .held: a
        }
    }
    return values
  }

  /// The angle between two others along the shorter way, in (−180, 180].
  private static func between(_ a: Double, _ b: Double, share: Double) -> Double {
    let difference = (b - a).remainder(dividingBy: 360)
    let angle = (a + share * difference).remainder(dividingBy: 360)
    return angle == -180 ? 180 : angle
  }
}
