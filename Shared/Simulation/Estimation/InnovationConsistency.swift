/// Whether an estimate's innovations are as large as it says they should be.
///
/// The normalised innovation squared (NIS) ε = νᵀ·S⁻¹·ν of a consistent filter follows a χ² distribution with as many
/// degrees of freedom as ν has components; so does a sum of them, with the sum of these (Y. Bar-Shalom, X.-R. Li,
/// T. Kirubarajan, "Estimation with Applications to Tracking and Navigation", Wiley 2001, section 5.4.2). A mean below
/// the bounds says that the filter is too careful, one above that it trusts itself or its sensors too much.
public struct InnovationConsistency: Sendable, Hashable {
  /// Mean NIS per degree of freedom: 1 when consistent.
  public var value: Double
  /// Ends of the interval in which the value of a consistent filter lies with a probability of 95 %.
  public var low: Double
  public var high: Double
  /// Measured components behind the value.
  public var degreesOfFreedom: Int

  /// - Parameter sum: of the NIS.
  public init(sum: Double, degreesOfFreedom: Int) {
    self.degreesOfFreedom = degreesOfFreedom
    let freedom = Double(max(1, degreesOfFreedom))
    value = sum / freedom
    low = ChiSquare.quantile(normal: -Self.normal975, degreesOfFreedom: freedom) / freedom
    high = ChiSquare.quantile(normal: Self.normal975, degreesOfFreedom: freedom) / freedom
  }

  /// Whether the value lies within its bounds.
  public var isConsistent: Bool { low <= value && value <= high }

  /// Quantile 0.975 of the standard normal distribution.
  private static let normal975 = 1.959_963_984_540_054
}

/// The χ² distribution.
enum ChiSquare {
  /// A quantile, by the cube of E. B. Wilson and M. M. Hilferty ("The distribution of chi-square", PNAS 17(12), 1931):
  /// χ²(p) ≈ k·(1 − 2/(9k) + z·√(2/(9k)))³; the ends of the 95 %
  /// interval are within 5 % from 5 degrees of freedom on, within 0.1 % from 50 on.
  ///
  /// - Parameter normal: the quantile z of the standard normal distribution for the same probability.
  static func quantile(normal: Double, degreesOfFreedom: Double) -> Double {
    let spread = 2 / (9 * degreesOfFreedom)
    let root = max(0, 1 - spread + normal * spread.squareRoot())
    return degreesOfFreedom * root * root * root
  }
}
