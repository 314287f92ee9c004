import SimulationKernel

/// How the CPU time of one cycle depends on the number of customers.
///
/// A cycle's demand isn't constant in measured systems: wake-ups, polls and switches serve several customers at once as
/// load rises, caches are shared. Mean value analysis then takes the demand that holds at the population in question (A.
/// Kattepur, M. Nambiar, "Performance Modeling of Multi-tiered Web Applications with Varying Service Demands", IPDPS
/// Workshops 2015, where it is interpolated by splines between measured populations). A spline says nothing beyond the
/// highest one, so this takes the family of curves that would have foretold the measurements themselves best.
public struct DemandLaw: Sendable, Hashable {
  /// Families of curves of the population N, each fitted by least squares.
  public enum Family: Sendable, Hashable, CaseIterable {
    /// As at the highest measured population.
    case constant
    /// a + b/N: a fixed cost shared by all customers.
    case shared
    /// a + b·N: interference by each further customer.
    case linear
    /// a + b·ln N.
    case logarithmic
    /// a·Nᵇ, fitted on logarithms.
    case power
  }

  public let family: Family
  private let offset: Double
  private let slope: Double

  /// Measured populations that a choice of family takes: with fewer the demand is taken as constant.
  public static let fewestForChoice = 4

  /// The family with the least mean relative error over all predictions of a measured population from the two or more
  /// below it (rolling origin: each is the extrapolation that the law is for); the first of equals.
  public init(_ measurements: [ThinkTimeCalibration.Measurement]) {
    let points = measurements.sorted { $0.population < $1.population }
    self = Self.fitted(Self.choice(points), points)
  }

  /// - Precondition: two different populations for any family but `constant`, one for that.
  init(_ family: Family, _ measurements: [ThinkTimeCalibration.Measurement]) {
    self = Self.fitted(family, measurements.sorted { $0.population < $1.population })
  }

  /// CPU seconds of one cycle; not over 0 where the curve leaves its meaning.
  public func demand(population: Int) -> Double {
    let value = offset + slope * Self.abscissa(family, population)
    return family == .power ? Elementary.exp(value) : value
  }

  /// Mean relative error of the predictions by which ``init(_:)`` chooses; infinite where a curve leaves its meaning.
  static func rollingError(_ family: Family, _ points: [ThinkTimeCalibration.Measurement]) -> Double {
    var total = 0.0
    var count = 0
    for known in 2..<points.count {
      let law = fitted(family, Array(points[..<known]))
      for point in points[known...] {
        let demand = law.demand(population: point.population)
        guard demand > 0, demand.isFinite else { return .infinity }
        total += abs(demand / point.demand - 1)
        count += 1
      }
    }
    return total / Double(count)
  }

  private static func choice(_ points: [ThinkTimeCalibration.Measurement]) -> Family {
    guard Set(points.map(\.population)).count == points.count, points.count >= fewestForChoice,
      points.allSatisfy({ $0.population >= 1 && $0.demand > 0 && $0.demand.isFinite })
    else { return .constant }
    var best = (family: Family.constant, error: rollingError(.constant, points))
    for family in Family.allCases {
      let error = rollingError(family, points)
      if error < best.error { best = (family, error) }
    }
    return best.family
  }

  private static func abscissa(_ family: Family, _ population: Int) -> Double {
    switch family {
    case .constant: 0
    case .shared: 1 / Double(population)
    case .linear: Double(population)
    case .logarithmic, .power: PortableMath.log(Double(population))
    }
  }

  private static func fitted(_ family: Family, _ points: [ThinkTimeCalibration.Measurement]) -> DemandLaw {
    guard family != .constant else {
      return DemandLaw(family: family, offset: points.last?.demand ?? .nan, slope: 0)
    }
    let xs = points.map { abscissa(family, $0.population) }
    let ys = points.map { family == .power ? PortableMath.log($0.demand) : $0.demand }
    let (x, y) = (xs.reduce(0, +) / Double(xs.count), ys.reduce(0, +) / Double(ys.count))
    var (covariance, variance) = (0.0, 0.0)
    for (a, b) in zip(xs, ys) {
      covariance += (a - x) * (b - y)
      variance += (a - x) * (a - x)
    }
    let slope = covariance / variance
    return DemandLaw(family: family, offset: y - slope * x, slope: slope)
  }

  private init(family: Family, offset: Double, slope: Double) {
    self.family = family
    self.offset = offset
    self.slope = slope
  }
}
