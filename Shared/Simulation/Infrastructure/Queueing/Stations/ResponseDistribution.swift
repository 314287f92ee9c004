import SimulationKernel

/// The distribution of a request's response time over one or more stations in a row.
///
/// Each station contributes an independent wait and an independent service. The wait is 0 but for the probability to
/// wait, and then that of M/G/1 by Pollaczek and Khinchine, a geometric sum of services' rests, stretched to the mean
/// that the station states: exact for M/G/1 and M/M/c, and exponential in heavy traffic as it must be (L. Kleinrock,
/// Queueing Systems, vol. 1, 1975, section 5.7; for several servers H. C. Tijms, Stochastic Models, 1994, chapter 4;
/// J. F. C. Kingman 1962). The law of the sum is the product of the transforms,
/// inverted numerically by the algorithm EULER of J. Abate and W. Whitt, "Numerical inversion of Laplace transforms of
/// probability distributions", ORSA Journal on Computing 7(1), 1995, with a discretisation error of 10⁻⁸.
public struct ResponseDistribution: Sendable, Hashable {
  /// One station as a request passes it.
  public struct Stage: Sendable, Hashable {
    public let service: DurationLaw
    /// Probability that a request must wait, 0 to 1.
    public let waitProbability: Double
    /// Mean wait of those who wait, seconds.
    public let conditionalWait: Double
    /// Probability that a request passes this station at all.
    public let visitProbability: Double
    /// ρ, which shapes the wait.
    public let utilisation: Double

    public init(
      service: DurationLaw, waitProbability: Double, conditionalWait: Double, utilisation: Double,
      visitProbability: Double = 1
    ) {
      self.service = service
      self.waitProbability = waitProbability
      self.conditionalWait = conditionalWait
      self.visitProbability = visitProbability
      self.utilisation = utilisation
    }

    /// Of the wait of those who wait: R(1 − ρ)/(1 − ρR), with R the transform of a service's rest.
    func delayTransform(_ s: Complex) -> Complex {
      let rest = service.unitResidualTransform((conditionalWait * (1 - utilisation)) * s)
      return ((1 - utilisation) * rest) / (Complex.one - utilisation * rest)
    }

    var meanWait: Double { waitProbability * conditionalWait }
  }

  public let stages: [Stage]
  /// What every request takes at least, seconds; taken out of the transform, which then is smooth.
  private let shift: Double
  /// Probability that a response takes exactly `shift`.
  private let atom: Double

  public init(_ stages: [Stage]) {
    self.stages = stages
    var shift = 0.0
    var atom = 1.0
    for stage in stages {
      if stage.visitProbability >= 1 { shift += stage.service.shift }
      let isConstant = stage.service.shape == .constant
      let instant = isConstant ? 1 - stage.waitProbability : 0
      atom *= stage.visitProbability >= 1 ? instant : 1 - stage.visitProbability
    }
    self.shift = shift
    self.atom = atom
  }

  /// Seconds.
  public var mean: Double {
    stages.reduce(0) { $0 + $1.visitProbability * ($1.service.mean + $1.meanWait) }
  }

  /// P(response > seconds), with an absolute error of about 10⁻⁷.
  public func exceedance(_ seconds: Double) -> Double {
    let time = seconds - shift
    if time < 0 { return 1 }
    if time <= mean * 1e-9 { return 1 - atom }
    return min(1 - atom, max(0, Self.invert(at: time, transform)))
  }

  /// The response that a share of requests doesn't exceed, seconds.
  ///
  /// - Parameter share: from 0 up to but not including 1; up to 0.9999 the inversion's error stays below 1 %.
  public func quantile(_ share: Double) -> Double { quantile(share, tolerance: 1e-7, near: nil) }

  /// The least possible response, seconds.
  var minimum: Double { shift }

  /// - Parameters:
  ///   - tolerance: relative, of the exceedance.
  ///   - near: where to look first, seconds.
  func quantile(_ share: Double, tolerance: Double, near: Double?) -> Double {
    let target = 1 - share
    guard target < 1 - atom else { return shift }
    let goal = PositiveLog.of(target)
    func error(_ seconds: Double) -> Double { PositiveLog.of(exceedance(seconds)) - goal }
    var low = shift
    var lowError = PositiveLog.of(1 - atom) - goal
    var high = max(near.map { $0 * 1.02 } ?? mean, shift + mean * 1e-6)
    var highError = error(high)
    if let near, highError <= 0, near * 0.98 > shift {
      let below = error(near * 0.98)
      if below > 0 { (low, lowError) = (near * 0.98, below) }
    }
    var doublings = 0
    while highError > 0, doublings < 60 {
      (low, lowError) = (high, highError)
      high = shift + (high - shift) * (near == nil ? 2 : 1.2)
      highError = error(high)
      doublings += 1
    }
    // The Illinois method on the logarithm, which is almost a straight line in the tail.
    for _ in 0..<60 where high - low > 1e-9 * high {
      var next = (low * highError - high * lowError) / (highError - lowError)
      if !(next > low && next < high) { next = 0.5 * (low + high) }
      let here = error(next)
      if abs(here) < tolerance { return next }
      if here > 0 {
        (low, lowError) = (next, here)
        highError *= 0.5
      } else {
        (high, highError) = (next, here)
        lowError *= 0.5
      }
    }
    return 0.5 * (low + high)
  }

  /// Of the exceedance: (1 − ĝ(s)) / s, without the common shift.
  private func transform(_ s: Complex) -> Complex {
    var product = Complex.one
    for stage in stages {
      // The shift of a station that some pass by isn't common to all.
      var part =
        stage.visitProbability < 1 ? stage.service.transform(s) : stage.service.transformWithoutShift(s)
      if stage.waitProbability > 0, stage.conditionalWait > 0 {
        let wait = stage.delayTransform(s)
        part = part * (Complex(real: 1 - stage.waitProbability, imaginary: 0) + stage.waitProbability * wait)
      }
      if stage.visitProbability < 1 {
        part = Complex(real: 1 - stage.visitProbability, imaginary: 0) + stage.visitProbability * part
      }
      product = product * part
    }
    return (Complex.one - product) / s
  }

  /// EULER with A = 18.4, 15 terms and 11 averaged by binomial weights.
  private static func invert(at time: Double, _ transform: (Complex) -> Complex) -> Double {
    let half = 18.4 / (2 * time)
    let step = Double.pi / time
    var sum = 0.5 * transform(Complex(real: half, imaginary: 0)).real
    var sign = -1.0
    for k in 1...15 {
      sum += sign * transform(Complex(real: half, imaginary: Double(k) * step)).real
      sign = -sign
    }
    var averaged = sum * binomials[0]
    for k in 1...11 {
      sum += sign * transform(Complex(real: half, imaginary: Double(15 + k) * step)).real
      sign = -sign
      averaged += sum * binomials[k]
    }
    return scale / time * averaged / 2048
  }

  private static let binomials: [Double] = [1, 11, 55, 165, 330, 462, 462, 330, 165, 55, 11, 1]
  private static let scale = Elementary.exp(9.2)
}

/// The logarithm of a probability, floored where the inversion's error begins.
private enum PositiveLog {
  static func of(_ probability: Double) -> Double { PortableMath.log(max(probability, 1e-12)) }
}
