import SimulationKernel

/// A closed network of stations with one class of customers: a fixed population that thinks, then asks each station for
/// its demand.
///
/// Solved exactly for the product form that mean value analysis solves (M. Reiser, S. Lavenberg, JACM 27(2), 1980; E. D.
/// Lazowska et al., Quantitative System Performance, 1984, chapters 6 and 8): exponential services at first come first
/// served stations, any law under processor sharing or at delays. The quantities of MVA are computed by convolution (J.
/// P. Buzen, CACM 16(9), 1973), because MVA's recursion subtracts to find the idle probability of a station with several
/// servers and loses all digits near saturation (M. Reiser, Performance Evaluation 1, 1981; G. Casale, G. Serazzi 2005);
/// convolution only adds and multiplies positive numbers.
public struct ClosedNetwork: Sendable, Hashable {
  public struct Station: Sendable, Hashable {
    /// D: seconds of service that one customer's cycle needs here in all, at least 0.
    public let demand: Double
    /// Servers that share one queue, at least 1.
    public let servers: Int

    public init(demand: Double, servers: Int = 1) {
      self.demand = demand
      self.servers = servers
    }
  }

  /// What holds for one population.
  public struct Solution: Sendable, Hashable {
    /// X, cycles per second.
    public let throughput: Double
    /// R, seconds at the stations, without thinking.
    public let response: Double
    /// Mean customers at each station.
    public let queueLengths: [Double]
    /// Share of each station's servers that is busy.
    public let utilisations: [Double]
  }

  public let stations: [Station]
  /// Z, seconds, at least 0: a delay without a queue.
  public let thinkTime: Double

  public static let maxPopulation = 20_000
  public static let maxStations = 64

  public init(stations: [Station], thinkTime: Double = 0) throws(QueueingRefusal) {
    guard !stations.isEmpty else { throw .outOfRange(field: "stations") }
    guard stations.count <= Self.maxStations else { throw .tooLarge(field: "stations", limit: Self.maxStations) }
    guard thinkTime >= 0, thinkTime.isFinite else { throw .outOfRange(field: "think_time_s") }
    for station in stations {
      guard station.demand >= 0, station.demand.isFinite else { throw .outOfRange(field: "demand_s") }
      guard station.servers >= 1 else { throw .outOfRange(field: "servers") }
    }
    guard stations.contains(where: { $0.demand > 0 }) else { throw .outOfRange(field: "demand_s") }
    self.stations = stations
    self.thinkTime = thinkTime
  }

  /// The exact solution for a population, in time stations × population².
  ///
  /// - Parameter population: N, 1 to `maxPopulation`.
  public func solve(population: Int) throws(QueueingRefusal) -> Solution {
    guard population >= 1 else { throw .outOfRange(field: "population") }
    guard population <= Self.maxPopulation else { throw .tooLarge(field: "population", limit: Self.maxPopulation) }
    // Weights are taken at the asymptotic throughput, where those near the population are large: the same numbers as
    // Buzen's up to a factor to the power of n, and none that matters underflows.
    let scale = throughputBounds(population: population).upperBound
    let think = Self.weights(demand: thinkTime * scale, servers: population, upTo: population)
    let each = stations.map { Self.weights(demand: $0.demand * scale, servers: $0.servers, upTo: population) }
    // prefixes[i] holds all stations before i, suffix all after it: a station's own complement without dividing.
    var prefixes = [think]
    for weights in each { prefixes.append(Self.normalised(Self.convolved(prefixes[prefixes.count - 1], weights))) }
    let all = prefixes[each.count]
    let throughput = scale * all[population - 1] / all[population]
    var queueLengths = Array(repeating: 0.0, count: each.count)
    var suffix: [Double]?
    for index in each.indices.reversed() {
      let others = suffix.map { Self.convolved(prefixes[index], $0) } ?? prefixes[index]
      var total = 0.0
      var weighted = 0.0
      for count in 0...population {
        let share = each[index][count] * others[population - count]
        total += share
        weighted += Double(count) * share
      }
      queueLengths[index] = weighted / total
      suffix = Self.normalised(suffix.map { Self.convolved($0, each[index]) } ?? each[index])
    }
    return Solution(
      throughput: throughput, response: Double(population) / throughput - thinkTime, queueLengths: queueLengths,
      utilisations: stations.map { throughput * $0.demand / Double($0.servers) })
  }

  /// Dⁿ / Π min(k, servers) for n = 0 to `upTo`, divided by the largest.
  private static func weights(demand: Double, servers: Int, upTo: Int) -> [Double] {
    var weights = Array(repeating: 0.0, count: upTo + 1)
    weights[0] = 1
    guard demand > 0 else { return weights }
    var logarithms = Array(repeating: 0.0, count: upTo + 1)
    let demandLog = PortableMath.log(demand)
    for count in 1...upTo {
      logarithms[count] = logarithms[count - 1] + demandLog - PortableMath.log(Double(min(count, servers)))
    }
    let largest = logarithms.max() ?? 0
    for count in 0...upTo { weights[count] = Elementary.exp(logarithms[count] - largest) }
    return weights
  }

  private static func convolved(_ left: [Double], _ right: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: left.count)
    for (offset, factor) in left.enumerated() where factor > 0 {
      for index in offset..<result.count { result[index] += factor * right[index - offset] }
    }
    return result
  }

  private static func normalised(_ weights: [Double]) -> [Double] {
    let largest = weights.max() ?? 1
    return weights.map { $0 / largest }
  }
}
