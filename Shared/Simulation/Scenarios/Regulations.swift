import SimulationVehicles

/// UN Regulation No. 152, advanced emergency braking systems of cars and light vans.
enum UNR152 {
  /// 5.2.1.3: the speeds at which the car-to-car requirement holds, km/h.
  static let speedRange = 10.0...60.0
  /// 5.2.1.1: the warning comes at least this long before the braking, s.
  static let minimumWarning = 0.8
  /// 5.2.1.2: the least deceleration demanded, m/s².
  static let minimumDemand = 5.0

  /// 5.2.1.4: the highest impact speed on a stationary car, dry road, at a relative speed, both km/h; linear between the
  /// rows of the table. Nil outside the speeds of the requirement.
  static func maximumImpactSpeed(at relativeSpeed: Double, isAtMaximumMass: Bool) -> Double? {
    guard speedRange.contains(relativeSpeed) else { return nil }
    let rows: [(speed: Double, impact: Double)] = [
      (10, 0), (40, 0), (42, isAtMaximumMass ? 10 : 0), (45, 15), (50, 25), (55, 30), (60, 35),
    ]
    guard let upper = rows.firstIndex(where: { relativeSpeed <= $0.speed }), upper > 0 else { return 0 }
    let (low, high) = (rows[upper - 1], rows[upper])
    return low.impact + (high.impact - low.impact) * (relativeSpeed - low.speed) / (high.speed - low.speed)
  }
}

/// The longest stopping distance that type approval admits.
enum BrakingRegulation {
  /// UN R13-H (cars): 0.1·v + 0.0060·v², that is 0.36 s and 6.43 m/s²; UN R13 (heavy): 0.15·v + v²/130, that is 0.54 s
  /// and 5.0 m/s²; v in km/h, on a road of good adhesion. On a poorer one, annex 6 of R13-H wants at least 75 % of the
  /// adhesion used, so the deceleration here is the smaller of the two.
  static func longestStop(from speed: Double, friction: Double, isLight: Bool) -> Double {
    let response = isLight ? 0.36 : 0.54
    let deceleration = min(0.75 * friction * gravity, isLight ? 6.43 : 5.0)
    return speed * response + speed * speed / (2 * deceleration)
  }
}
