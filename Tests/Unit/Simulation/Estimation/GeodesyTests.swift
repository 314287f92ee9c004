import SimulationEstimation
import Testing

@Suite struct GeodesyTests {
  @Test(arguments: [
    GeodeticPosition(latitude: 48.137, longitude: 11.575, altitude: 519),
    GeodeticPosition(latitude: -33.9, longitude: 151.2), GeodeticPosition(latitude: 0, longitude: 0),
    GeodeticPosition(latitude: 69.6, longitude: -179.99), GeodeticPosition(latitude: 45.5, longitude: 180),
    GeodeticPosition(latitude: 89.9, longitude: 30), GeodeticPosition(latitude: -90, longitude: 0, altitude: 2_835),
  ])
  func `Local metres and degrees convert there and back`(origin: GeodeticPosition) throws {
    let frame = LocalFrame(origin: origin)
    for (x, y) in [(0.0, 0.0), (1, -2), (3_000, 4_000), (-20_000, 50_000), (300_000, -400_000)] {
      let position = try #require(frame.geodetic(x: x, y: y))
      #expect(position.altitude == origin.altitude)
      let point = frame.local(position)
      #expect(abs(point.x - x) < 1e-5)
      #expect(abs(point.y - y) < 1e-5)
    }
  }

  @Test func `Where the plane has left the Earth there are no degrees`() {
    let frame = LocalFrame(origin: GeodeticPosition(latitude: 48, longitude: 11))
    #expect(frame.geodetic(x: 9_000_000, y: -9_000_000) == nil)
    #expect(frame.geodetic(x: 0, y: 6_400_000) == nil)
    #expect(frame.geodetic(x: .nan, y: 0) == nil)
  }

  @Test func `Degrees have the lengths of the WGS 84 ellipsoid`() {
    // NIMA TR8350.2: radii of curvature at latitude 45°, meridian 6,367,381.8 m and prime vertical 6,388,838.3 m.
    let frame = LocalFrame(origin: GeodeticPosition(latitude: 45, longitude: 10))
    let north = frame.local(GeodeticPosition(latitude: 45.001, longitude: 10))
    let east = frame.local(GeodeticPosition(latitude: 45, longitude: 10.001))
    #expect(abs(north.y - 6_367_381.8 * .pi / 180_000) < 0.001)
    #expect(abs(east.x - 6_388_838.3 * .pi / 180_000 * 0.5.squareRoot()) < 0.001)
    #expect(abs(north.x) < 1e-9)
  }

  @Test func `The flat frame loses little over ten kilometres`() {
    let frame = LocalFrame(origin: GeodeticPosition(latitude: 45, longitude: 10))
    let far = frame.local(GeodeticPosition(latitude: 45.089_982, longitude: 10))
    #expect(abs(far.y - 10_000) < 0.1)
    #expect(far.up < -7 && far.up > -9)
  }

  @Test(arguments: [(0.0, 90.0), (0.5, 0.0), (1.0, 270.0), (-0.5, 180.0), (0.25, 45.0)])
  func `Compass degrees and mathematical radians agree`(halfTurns: Double, degrees: Double) {
    let radians = halfTurns * .pi
    #expect(abs(Compass.degrees(fromRadians: radians) - degrees) < 1e-9)
    #expect(abs(Angle.wrapped(Compass.radians(fromDegrees: degrees) - radians)) < 1e-12)
  }

  @Test(arguments: [(3.0, 1.0), (-1.0, 1.0), (2.25, 0.25), (-0.5, -0.5), (31.5, -0.5), (-7.75, 0.25)])
  func `Angles wrap into one turn`(halfTurns: Double, wrapped: Double) {
    #expect(abs(Angle.wrapped(halfTurns * .pi) - wrapped * .pi) < 1e-12)
  }
}
