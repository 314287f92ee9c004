public import SimulationKernel

/// The law of a positive duration, known by its mean and its squared coefficient of variation (variance / mean²).
///
/// The family is chosen by the variability, with both moments exact: constant (0), shifted exponential (below 1/64),
/// mixture of Erlang(k−1) and Erlang(k) with equal rates (below 1), exponential (1), two-phase hyperexponential with
/// balanced means (above 1).
/// Source: H. C. Tijms, Stochastic Models: An Algorithmic Approach (1994), appendix B; W. Whitt, "Approximating a point
/// process by a renewal process", Operations Research 30(1), 1982.
public struct DurationLaw: Sendable, Hashable {
  /// Seconds, over 0.
  public let mean: Double
  /// c², at least 0 and at most `maxVariability`.
  public let variability: Double
  let shape: Shape

  enum Shape: Sendable, Hashable {
    case constant
    /// constant + exponential with the given mean.
    case shifted(exponentialMean: Double)
    /// With probability `short` Erlang(phases − 1), else Erlang(phases), each phase at `rate`.
    case erlang(phases: Int, short: Double, rate: Double)
    case exponential(rate: Double)
    case hyperexponential(first: Double, rates: Pair)
  }

  struct Pair: Sendable, Hashable {
    var first: Double
    var second: Double
  }

  /// Over this a law isn't known by two moments in any useful sense.
  public static let maxVariability = 100.0
  /// Below 1/phases the shifted exponential takes over.
  private static let maxPhases = 64.0

  public init(mean: Double, variability: Double) throws(QueueingRefusal) {
    guard mean > 0, mean.isFinite else { throw .outOfRange(field: "mean_s") }
    guard variability >= 0, variability <= Self.maxVariability else { throw .outOfRange(field: "cv2") }
    self.mean = mean
    self.variability = variability
    switch variability {
    case 0: shape = .constant
    case ..<(1 / Self.maxPhases): shape = .shifted(exponentialMean: mean * variability.squareRoot())
    case ..<1:
      // The p for which the mixture has exactly this variability.
      let phases = (1 / variability).rounded(.up)
      let root = (phases * (1 + variability) - phases * phases * variability).squareRoot()
      let short = (phases * variability - root) / (1 + variability)
      shape = .erlang(phases: Int(phases), short: short, rate: (phases - short) / mean)
    case 1: shape = .exponential(rate: 1 / mean)
    default:
      let first = 0.5 * (1 + ((variability - 1) / (variability + 1)).squareRoot())
      shape = .hyperexponential(first: first, rates: Pair(first: 2 * first / mean, second: 2 * (1 - first) / mean))
    }
  }

  /// The part that never varies, seconds.
  var shift: Double {
    switch shape {
    case .constant: mean
    case .shifted(let rest): mean - rest
    default: 0
    }
  }

  /// The Laplace–Stieltjes transform at `s` of what is left without the shift.
  func transformWithoutShift(_ s: Complex) -> Complex {
    switch shape {
    case .constant: return .one
    case .shifted(let rest): return s.exponentialTransform(rate: 1 / rest)
    case .exponential(let rate): return s.exponentialTransform(rate: rate)
    case .erlang(let phases, let short, let rate):
      let phase = s.exponentialTransform(rate: rate)
      let fewer = phase.power(phases - 1)
      return fewer * (Complex(real: short, imaginary: 0) + (1 - short) * phase)
    case .hyperexponential(let first, let rates):
      return first * s.exponentialTransform(rate: rates.first) + (1 - first)
        * s.exponentialTransform(rate: rates.second)
    }
  }

  /// The Laplace–Stieltjes transform at `s`, with the shift as an Erlang law of so many phases that it varies by 6 %:
  /// a jump in the middle of a distribution would ring through its inversion.
  func transform(_ s: Complex) -> Complex {
    guard shift > 0 else { return transformWithoutShift(s) }
    return s.exponentialTransform(rate: 256 / shift).power(256) * transformWithoutShift(s)
  }

  /// The Laplace–Stieltjes transform at `s` of what is left of a duration met at a random time, divided by its mean to
  /// have mean 1.
  ///
  /// (1 − B*(s))/(s·mean), the inspection paradox (Kleinrock 1975, section 5.2). Of an almost constant duration, whose
  /// rest is almost uniform, the Erlang law of three phases with the same two moments.
  func unitResidualTransform(_ s: Complex) -> Complex {
    // The rest's own mean is mean(1 + c²)/2.
    let scaled = (2 / (mean * (1 + variability))) * s
    switch shape {
    case .constant, .shifted: return s.exponentialTransform(rate: 3).power(3)
    case .exponential: return s.exponentialTransform(rate: 1)
    case .erlang, .hyperexponential:
      return (Complex.one - transformWithoutShift(scaled)) / (mean * scaled)
    }
  }

  /// One duration, seconds.
  public func sample(_ stream: inout RandomStream) -> Double {
    switch shape {
    case .constant: return mean
    case .shifted(let rest): return mean - rest - rest * PortableMath.log(stream.openUniform())
    case .exponential(let rate): return -PortableMath.log(stream.openUniform()) / rate
    case .erlang(let phases, let short, let rate):
      let count = stream.uniform() < short ? phases - 1 : phases
      // 64 factors stay above 2⁻¹⁰²² but for a chance that no run meets; the logarithm of the product is one call.
      var product = 1.0
      for _ in 0..<count { product *= stream.openUniform() }
      return -PortableMath.log(max(product, .leastNormalMagnitude)) / rate
    case .hyperexponential(let first, let rates):
      let rate = stream.uniform() < first ? rates.first : rates.second
      return -PortableMath.log(stream.openUniform()) / rate
    }
  }
}
