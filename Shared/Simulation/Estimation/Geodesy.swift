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
  /// Metres above the ellipsoid.
  public var altitude: Double

  public init(latitude: Double, longitude: Double, altitude: Double = 0) {
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
  public let origin: GeodeticPosition

  private let center: Earth
  private let sinLatitude: Double
  private let cosLatitude: Double
  private let sinLongitude: Double
  private let cosLongitude: Double

  public init(origin: GeodeticPosition) {
    self.origin = origin
    center = Earth(origin)
    (sinLatitude, cosLatitude) = (sin(origin.latitude * .pi / 180), cos(origin.latitude * .pi / 180))
    (sinLongitude, cosLongitude) = (sin(origin.longitude * .pi / 180), cos(origin.longitude * .pi / 180))
  }

  /// The frame's coordinates of a position, metres.
  public func local(_ position: GeodeticPosition) -> (x: Double, y: Double, up: Double) {
    let point = Earth(position)
    let (dx, dy, dz) = (point.x - center.x, point.y - center.y, point.z - center.z)
    let outward = cosLongitude * dx + sinLongitude * dy
    return (
      -sinLongitude * dx + cosLongitude * dy, -sinLatitude * outward + cosLatitude * dz,
      cosLatitude * outward + sinLatitude * dz
    )
  }

  /// The position at local coordinates, at the origin's altitude above the ellipsoid.
  public func geodetic(x: Double, y: Double) -> GeodeticPosition {
    // The tangent plane leaves the ellipsoid, so the height over the plane is corrected until the altitude fits.
    var up = 0.0
    var position = earth(x: x, y: y, up: up).geodetic
    for _ in 0..<4 where abs(position.altitude - origin.altitude) > 1e-6 {
      up += origin.altitude - position.altitude
      position = earth(x: x, y: y, up: up).geodetic
    }
    return position
  }

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

  init(_ position: GeodeticPosition) {
    let (latitude, longitude) = (position.latitude * .pi / 180, position.longitude * .pi / 180)
    let radius = Self.primeVerticalRadius(sinLatitude: sin(latitude))
    x = (radius + position.altitude) * cos(latitude) * cos(longitude)
    y = (radius + position.altitude) * cos(latitude) * sin(longitude)
    z = (radius * (1 - Self.eccentricitySquared) + position.altitude) * sin(latitude)
  }

  private static func primeVerticalRadius(sinLatitude: Double) -> Double {
    semiMajorAxis / (1 - eccentricitySquared * sinLatitude * sinLatitude).squareRoot()
  }

  /// Bowring's method (1976, 1985): after one iteration exact to a nanometre near the surface.
  var geodetic: GeodeticPosition {
    let semiMinorAxis = Self.semiMajorAxis * (1 - Self.flattening)
    let secondEccentricitySquared = Self.eccentricitySquared / (1 - Self.eccentricitySquared)
    let distance = (x * x + y * y).squareRoot()
    var reduced = atan2(z * Self.semiMajorAxis, distance * semiMinorAxis)
    var latitude = 0.0
    for _ in 0..<2 {
      latitude = atan2(
        z + secondEccentricitySquared * semiMinorAxis * pow(sin(reduced), 3),
        distance - Self.eccentricitySquared * Self.semiMajorAxis * pow(cos(reduced), 3))
      reduced = atan2((1 - Self.flattening) * sin(latitude), cos(latitude))
    }
    let radius = Self.primeVerticalRadius(sinLatitude: sin(latitude))
    // Away from the poles the equatorial distance gives the better conditioned altitude.
    let altitude =
      abs(latitude) < .pi / 4
      ? distance / cos(latitude) - radius : z / sin(latitude) - radius * (1 - Self.eccentricitySquared)
    return GeodeticPosition(
      latitude: latitude * 180 / .pi, longitude: atan2(y, x) * 180 / .pi, altitude: altitude)
  }
}
