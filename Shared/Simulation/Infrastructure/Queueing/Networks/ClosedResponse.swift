import SimulationKernel

/// The distribution of the response of a closed network with one station, first come first served with exponential
/// services, and a think time.
///
/// Exact: by the arrival theorem a customer meets the network as it is with one customer less (K. C. Sevcik, I. Mitrani,
/// JACM 28(2), 1981; S. S. Lavenberg, M. Reiser, J. Applied Probability 17, 1980). Meeting j others at c servers it waits
/// for j − c + 1 completions at rate c/D, if j ≥ c, and is served for an exponential time of mean D.
public struct ClosedResponse: Sendable, Hashable {
  /// D, seconds.
  public let demand: Double
  public let servers: Int
  /// Probability to meet 0, 1, … others.
  let met: [Double]

  public static let maxPopulation = 2_000

  /// - Parameter population: N, 1 to `maxPopulation`.
  public init(demand: Double, servers: Int, thinkTime: Double, population: Int) throws(QueueingRefusal) {
    guard demand > 0, demand.isFinite else { throw .outOfRange(field: "demand_s") }
    guard servers >= 1 else { throw .outOfRange(field: "servers") }
    guard thinkTime >= 0, thinkTime.isFinite else { throw .outOfRange(field: "think_time_s") }
    guard population >= 1 else { throw .outOfRange(field: "population") }
    guard population <= Self.maxPopulation else { throw .tooLarge(field: "population", limit: Self.maxPopulation) }
    self.demand = demand
    self.servers = servers
    // Machine repair with n = N − 1 customers: p(j) ∝ n!/(n − j)! · Π D/(Z·min(k, c)), in logarithms.
    let others = population - 1
    guard thinkTime > 0 else {
      met = Array(repeating: 0, count: others) + [1]
      return
    }
    var logarithms = [0.0]
    logarithms.reserveCapacity(population)
    let ratio = PortableMath.log(demand / thinkTime)
    for count in 0..<others {
      let step = ratio + PortableMath.log(Double(others - count) / Double(min(count + 1, servers)))
      logarithms.append(logarithms[count] + step)
    }
    let largest = logarithms.max() ?? 0
    let weights = logarithms.map { Elementary.exp($0 - largest) }
    let sum = weights.reduce(0, +)
    met = weights.map { $0 / sum }
  }

  /// R, seconds.
  public var mean: Double {
    met.enumerated().reduce(0) {
      $0 + $1.element * demand * (1 + Double(max(0, $1.offset - servers + 1)) / Double(servers))
    }
  }

  /// P(response > seconds).
  ///
  /// With k completions to wait for it is Gₖ = P(Erlang(k, c/D) + Exp(1/D) > t) = Fₖ + Bₖ, where qᵢ is the Poisson
  /// probability of i at tc/D, Fₖ = Σ_{i<k} qᵢ, and Bₖ = qₖ + (1 − 1/c) Bₖ₊₁: only positive terms.
  public func exceedance(_ seconds: Double) -> Double {
    guard seconds > 0 else { return 1 }
    let expected = seconds / demand * Double(servers)
    let most = max(0, met.count - servers)
    // Beyond this no double holds the probability.
    let last = max(most, Int(min(1e7, expected + 12 * expected.squareRoot() + 60)))
    var probabilities = Array(repeating: 0.0, count: last + 1)
    var logarithm = -expected
    probabilities[0] = Elementary.exp(logarithm)
    let rate = PortableMath.log(expected)
    for i in 1...last {
      logarithm += rate - PortableMath.log(Double(i))
      probabilities[i] = Elementary.exp(logarithm)
    }
    let keep = 1 - 1 / Double(servers)
    var behind = 0.0
    for i in stride(from: last, to: most, by: -1) { behind = probabilities[i] + keep * behind }
    var fewer = probabilities[..<most].reduce(0, +)
    var tail = 0.0
    for waited in stride(from: most, through: 0, by: -1) {
      behind = probabilities[waited] + keep * behind
      // Who meets fewer than c others waits for none.
      let probability = waited > 0 ? met[waited + servers - 1] : met[..<min(servers, met.count)].reduce(0, +)
      tail += probability * (fewer + behind)
      if waited > 0 { fewer -= probabilities[waited - 1] }
    }
    return min(1, max(0, tail))
  }

  /// The response that a share of cycles doesn't exceed, seconds.
  ///
  /// - Parameter share: from 0 up to but not including 1.
  public func quantile(_ share: Double) -> Double {
    let target = 1 - min(max(share, 0), 0.999_999)
    var high = max(mean, demand)
    while exceedance(high) > target { high *= 2 }
    var low = 0.0
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if exceedance(middle) > target { low = middle } else { high = middle }
    }
    return high
  }
}
