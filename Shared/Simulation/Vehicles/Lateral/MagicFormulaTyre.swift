/// A tyre by Pacejka's Magic Formula for longitudinal, lateral and combined slip, without camber and turn slip. Coefficients
/// have their names in the formula.
///
/// Slip angles are those of the single-track models, from the wheel's plane to its motion, so that a positive one gives a
/// negative force; the longitudinal slip is 1 − R·ω/v, positive when braking. Stiffnesses go with the vertical force. It
/// describes steady rolling at slips that tyres are measured at, up to some 0.3 rad; beyond it extrapolates.
/// Source: H. B. Pacejka, "Tire and Vehicle Dynamics", 3rd edition, 2012, section 4.3.2, all scale factors but the
/// friction's 1; coefficients of M. Althoff, G. Würsching, "CommonRoad: Vehicle Models", TU Munich, 2020 (an ADAMS tyre).
public struct MagicFormulaTyre: Sendable, Hashable {
  /// Pure longitudinal slip.
  public var pCx1 = 1.6411
  public var pDx1 = 1.1739
  public var pEx1 = 0.46403
  public var pKx1 = 22.303
  public var pHx1 = 0.001_229_7
  public var pVx1 = -8.8098e-6
  /// Pure lateral slip; the stiffness is negative, as forces point against slip angles.
  public var pCy1 = 1.3507
  public var pDy1 = 1.0489
  public var pEy1 = -0.007_472_2
  public var pKy1 = -21.92
  /// What a slip angle leaves of the longitudinal force.
  public var rBx1 = 13.276
  public var rBx2 = -13.778
  public var rCx1 = 1.2568
  public var rEx1 = 0.65225
  public var rHx1 = 0.005_072_2
  /// What a longitudinal slip leaves of the lateral force.
  public var rBy1 = 7.1433
  public var rBy2 = 9.1916
  public var rBy3 = -0.027_856
  public var rCy1 = 1.0719
  public var rEy1 = -0.27572
  public var rHy1 = 5.7448e-6
  /// The lateral force that a longitudinal slip causes.
  public var rVy1 = -0.027_825
  public var rVy4 = 12.12
  public var rVy5 = 1.9
  public var rVy6 = -10.704
  /// λ_μ: friction on this road, relative to that of the coefficients.
  public var frictionScale = 1.0

  public init() {}

  /// Forces in the wheel's plane and across it, N; positive forwards and to the left.
  public struct Force: Sendable, Hashable {
    public var longitudinal: Double
    public var lateral: Double
  }

  /// - Parameters:
  ///   - slip: longitudinal, 1 − R·ω/v.
  ///   - angle: slip angle, rad.
  ///   - load: vertical force, N; a wheel in the air has none.
  public func force(slip: Double, angle: Double, load: Double) -> Force {
    guard load > 0 else { return Force(longitudinal: 0, lateral: 0) }
    let friction = pDy1 * frictionScale
    // Pacejka's κ is positive when driving.
    let peak = pDx1 * frictionScale * load
    let pureLongitudinal =
      peak * sine(Self.curve(pKx1 * load / (pCx1 * peak) * (pHx1 - slip), pCx1, pEx1)) + load * pVx1
    let lateralPeak = friction * load
    let pureLateral = lateralPeak * sine(Self.curve(pKy1 * load / (pCy1 * lateralPeak) * angle, pCy1, pEy1))
    let longitudinalWeight = Self.weight(
      angle, offset: rHx1, slope: rBx1 * cosine(arctangent(rBx2 * slip)), rCx1, rEx1)
    let lateralWeight = Self.weight(
      slip, offset: rHy1, slope: rBy1 * cosine(arctangent(rBy2 * (angle - rBy3))), rCy1, rEy1)
    let induced =
      friction * load * rVy1 * cosine(arctangent(rVy4 * angle)) * sine(rVy5 * arctangent(rVy6 * slip))
    return Force(
      longitudinal: pureLongitudinal * longitudinalWeight, lateral: pureLateral * lateralWeight + induced)
  }

  /// C·arctan(B·x − E·(B·x − arctan(B·x))) of the product B·x.
  private static func curve(_ product: Double, _ shape: Double, _ curvature: Double) -> Double {
    shape * arctangent(product - curvature * (product - arctangent(product)))
  }

  /// What a slip of the other kind leaves of a force; 1 at none.
  private static func weight(
    _ slip: Double, offset: Double, slope: Double, _ shape: Double, _ curvature: Double
  ) -> Double {
    cosine(curve(slope * (slip + offset), shape, curvature)) / cosine(curve(slope * offset, shape, curvature))
  }
}
