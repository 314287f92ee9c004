#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The probability that an occupant is injured in a frontal crash, as a function of the change of speed.
///
/// p = 1/(1 + exp(−(α + β·Δv))) with Δv in miles per hour. Source: J.-S. Wang, "MAIS(05/08) injury probability curves as
/// functions of delta V", NHTSA, DOT HS 813 219, 2022, table 4-3 (frontal crashes, NASS-CDS 2010 to 2015).
public enum FrontalInjuryRisk: String, Sendable, Hashable, CaseIterable {
  /// Moderate or worse.
  case mais2Plus = "mais2+"
  /// Serious or worse.
  case mais3Plus = "mais3+"
  case fatal

  /// Source named in results.
  public static let source = "NHTSA DOT HS 813 219 (2022), frontal crashes: p = 1/(1+exp(-(a+b*dv_mph)))"

  /// The curve was fitted to changes of speed up to this, m/s (60 mph).
  public static let fittedUpTo = 60 * 0.447_04

  private var coefficients: (intercept: Double, perMph: Double) {
    switch self {
    case .mais2Plus: (-4.9429, 0.1425)
    case .mais3Plus: (-6.9774, 0.1620)
    case .fatal: (-9.0422, 0.1571)
    }
  }

  /// The probability for a change of speed in m/s. At 0 there is no crash, so no risk.
  public func probability(atDeltaV deltaV: Double) -> Double {
    guard deltaV > 0 else { return 0 }
    return 1 / (1 + exp(-(coefficients.intercept + coefficients.perMph * deltaV / 0.447_04)))
  }
}

/// What a collision does to the speed of the striking vehicle.
public enum CollisionDeltaV {
  /// The striking vehicle's change of speed when both move on together: v_rel·m₂/(m₁ + m₂), m/s (perfectly plastic).
  public static func intoVehicle(closingSpeed: Double, ownMass: Double, otherMass: Double) -> Double {
    closingSpeed * otherMass / (ownMass + otherMass)
  }

  /// The change of speed at a rigid, immovable barrier.
  public static func intoBarrier(closingSpeed: Double) -> Double { closingSpeed }
}
