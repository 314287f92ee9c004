/// A closed network of one station found from measurements: its demand from the CPU time that a cycle costs, and the
/// think time as what is left of the measured cycle.
///
/// The demand is taken at the highest measured load, nearest to where it will be used: a cycle's fixed costs are shared
/// by more of them as load rises. Source: the service demand law D = busy time / completions and the response time law
/// R = N/X − Z (P. J. Denning, J. P. Buzen, "The operational analysis of queueing network models", Computing Surveys
/// 10(3), 1978). Regime: populations up to `maxFactor` times the highest measured.
public struct ThinkTimeCalibration: Sendable, Hashable {
  public struct Measurement: Sendable, Hashable {
    public let population: Int
    /// Cycles per second.
    public let throughput: Double
    /// CPU seconds that one cycle costs.
    public let demand: Double

    public init(population: Int, throughput: Double, demand: Double) {
      self.population = population
      self.throughput = throughput
      self.demand = demand
    }
  }

  public let network: ClosedNetwork
  public let highestPopulation: Int
  public static let maxFactor = 4

  public init(_ measurements: [Measurement], servers: Int) throws(QueueingRefusal) {
    guard let top = measurements.max(by: { $0.population < $1.population }) else {
      throw .notExtrapolable(.tooFewPoints(needed: 1))
    }
    guard top.population >= 1 else { throw .outOfRange(field: "population") }
    guard top.throughput > 0, top.throughput.isFinite else { throw .outOfRange(field: "throughput_per_s") }
    let station = [ClosedNetwork.Station(demand: top.demand, servers: servers)]
    // Throughput falls as the think time grows, from what the station gives without any.
    var low = 0.0
    var high = Double(top.population) / top.throughput
    guard try ClosedNetwork(stations: station).solve(population: top.population).throughput >= top.throughput else {
      throw .outsideRegime(.inconsistentMeasurement)
    }
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      let solution = try ClosedNetwork(stations: station, thinkTime: middle).solve(population: top.population)
      if solution.throughput > top.throughput { low = middle } else { high = middle }
    }
    network = try ClosedNetwork(stations: station, thinkTime: 0.5 * (low + high))
    highestPopulation = top.population
  }

  /// What a population would see.
  public func predict(population: Int) throws(QueueingRefusal) -> ClosedNetwork.Solution {
    guard population <= Self.maxFactor * highestPopulation else {
      throw .notExtrapolable(.tooFar(highestMeasured: Double(highestPopulation)))
    }
    return try network.solve(population: population)
  }
}
