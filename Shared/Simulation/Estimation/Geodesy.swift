#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A position on the Earth, WGS 84.
public struct GeodeticPosition: Sendable, Hashable {
  /// Degrees, −90 to 90.
  public var latitude: Double
  /// Degrees, −180 to 180.
  public var longitude: Double
  /// Metres above the ellipsoid; nil when nobody has told.
  public var altitude: Double?

  public init(latitude: Double, longitude: Double, altitude: Double? = nil) {
    self.latitude = latitude
    self.longitude = longitude
    self.altitude = altitude
  }
}

/// A local frame that touches the Earth at its origin: x east, y north, in metres.
///
/// Positions go through Earth-centred coordinates, so the conversion there and back is exact. What the flat frame costs is
/// the difference between a chord and an arc: 4 mm in 10 km, 4 m in 100 km.
/// Source: NIMA TR8350.2, "Department of Defense World Geodetic System 1984", 3rd edition, 2000 (ellipsoid);
/// B. Hofmann-Wellenhof et al., "GNSS", 2008, section 8.2 (equations).
public struct LocalFrame: Sendable, Hashable {
  /// Without an altitude, it lies on the ellipsoid.
  public let origin: GeodeticPosition

  private let altitude: Double
  private let center: Earth
  private let sinLatitude: Double
  private let cosLatitude: Double
  private let sinLongitude: Double
  private let cosLongitude: Double

  public init(origin: GeodeticPosition) {
    self.origin = origin
    altitude = origin.altitude ?? 0
    center = Earth(origin, altitude: altitude)
    (sinLatitude, cosLatitude) = (sin(origin.latitude * .pi / 180), cos(origin.latitude * .pi / 180))
    (sinLongitude, cosLongitude) = (sin(origin.longitude * .pi / 180), cos(origin.longitude * .pi / 180))
  }

  /// The frame's coordinates of a position, metres. Without an altitude, it lies at that of the origin.
  public func local(_ position: GeodeticPosition) -> (x: Double, y: Double, up: Double) {
    let point = Earth(position, altitude: position.altitude ?? altitude)
    let (dx, dy, dz) = (point.x - center.x, point.y - center.y, point.z - center.z)
    let outward = cosLongitude * dx + sinLongitude * dy
    return (
      -sinLongitude * dx + cosLongitude * dy, -sinLatitude * outward + cosLatitude * dz,
      cosLatitude * outward + sinLatitude * dz
    )
  }

  /// The position at local coordinates and at the origin's altitude, which it has if the origin has it.
  ///
  /// - Returns: nil where there is none, or the plane is too far from the ellipsoid to tell: some 1,000 km from the origin.
  public func geodetic(x: Double, y: Double) -> GeodeticPosition? {
    // The tangent plane leaves the ellipsoid, so the height over the plane is corrected until the altitude fits.
    var up = -(x * x + y * y) / (2 * Earth.semiMajorAxis)
    for _ in 0..<Self.corrections {
      let found = earth(x: x, y: y, up: up).geodetic
      let miss = altitude - found.altitude
      if abs(miss) <= Self.altitudeError {
        return GeodeticPosition(
          latitude: found.latitude.degrees, longitude: found.longitude.degrees, altitude: origin.altitude)
      }
      up += miss
    }
    return nil
  }

  /// Each makes the miss smaller by the sine of the angle between plane and ellipsoid, which is 1/64 in 100 km.
  private static let corrections = 8
  /// Metres.
  private static let altitudeError = 1e-6

  private func earth(x: Double, y: Double, up: Double) -> Earth {
    let outward = -sinLatitude * y + cosLatitude * up
    return Earth(
      x: center.x - sinLongitude * x + cosLongitude * outward, y: center.y + cosLongitude * x + sinLongitude * outward,
      z: center.z + cosLatitude * y + sinLatitude * up)
  }
}

/// Earth-centred, Earth-fixed coordinates in metres.
private struct Earth: Sendable, Hashable {
  var x: Double
  var y: Double
  var z: Double

  /// WGS 84: semi-major axis, flattening, first eccentricity squared.
  static let semiMajorAxis = 6_378_137.0
  static let flattening = 1 / 298.257_223_563
  static let eccentricitySquared = flattening * (2 - flattening)

  init(x: Double, y: Double, z: Double) { (self.x, self.y, self.z) = (x, y, z) }

  init(_ position: GeodeticPosition, altitude: Double) {
    let (latitude, longitude) = (position.latitude * .pi / 180, position.longitude * .pi / 180)
    let radius = Self.primeVerticalRadius(sinLatitude: sin(latitude))
    x = (radius + altitude) * cos(latitude) * cos(longitude)
    y = (radius + altitude) * cos(latitude) * sin(longitude)
    z = (radius * (1 - Self.eccentricitySquared) + altitude) * sin(latitude)
  }

  private static func primeVerticalRadius(sinLatitude: Double) -> Double {
    semiMajorAxis / (1 - eccentricitySquared * sinLatitude * sinLatitude).squareRoot()
  }

  /// Bowring's method with its equation for the altitude, which is well conditioned at any latitude; after two iterations
  /// exact to a nanometre near the surface. Angles are kept as sine and cosine: five predictions of each state of a fleet go
  /// through here.
  /// Source: B. R. Bowring, "Transformation from spatial to geographical coordinates", Survey Review 23 (1976) 323, and
  /// "The accuracy of geodetic latitude and height equations", Survey Review 28 (1985) 202.
  var geodetic: Geodetic {
    let semiMinorAxis = Self.semiMajorAxis * (1 - Self.flattening)
    let secondEccentricitySquared = Self.eccentricitySquared / (1 - Self.eccentricitySquared)
    let distance = (x * x + y * y).squareRoot()
    var reduced = Direction(sine: z * Self.semiMajorAxis, cosine: distance * semiMinorAxis)
    var latitude = reduced
    for _ in 0..<2 {
      latitude = Direction(
        sine: z + secondEccentricitySquared * semiMinorAxis * reduced.sine * reduced.sine * reduced.sine,
        cosine: distance
          - Self.eccentricitySquared * Self.semiMajorAxis * reduced.cosine * reduced.cosine * reduced.cosine)
      reduced = Direction(sine: (1 - Self.flattening) * latitude.sine, cosine: latitude.cosine)
    }
    let altitude =
      distance * latitude.cosine + z * latitude.sine
      - Self.semiMajorAxis * (1 - Self.eccentricitySquared * latitude.sine * latitude.sine).squareRoot()
    return Geodetic(latitude: latitude, longitude: Direction(sine: y, cosine: x), altitude: altitude)
  }

  /// Geodetic coordinates, the altitude in metres.
  struct Geodetic {
    var latitude: Direction
    var longitude: Direction
    var altitude: Double
  }

  /// An angle by its sine and cosine.
  struct Direction {
    var sine: Double
    var cosine: Double

    /// - Parameters: proportional to the sine and the cosine.
    init(sine: Double, cosine: Double) {
      let length = (sine * sine + cosine * cosine).squareRoot()
      // The Earth's centre lies in no direction.
      (self.sine, self.cosine) = length > 0 ? (sine / length, cosine / length) : (0, 1)
    }

    var degrees: Double { atan2(sine, cosine) * 180 / .pi }
  }
}
