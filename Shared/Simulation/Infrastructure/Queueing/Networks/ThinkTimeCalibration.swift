/// A closed network of one station found from measurements: its demand from the CPU time that a cycle costs, and the
/// think time as what is left of the measured cycle.
///
/// The think time is taken at the highest measured load, nearest to where it will be used; the demand where the
/// measurements' own trend leads, see ``DemandLaw``. Source: the service demand law D = busy time / completions and the response time law
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

  /// The network as measured at the highest population.
  public let network: ClosedNetwork
  public let demandLaw: DemandLaw
  public let highestPopulation: Int
  public static let maxFactor = 4

  /// - Parameter law: the family of the demand's curve; chosen by the measurements unless given.
  public init(
    _ measurements: [Measurement], servers: Int, law: DemandLaw.Family? = nil
  ) throws(QueueingRefusal) {
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
    if let law, law != .constant {
      guard Set(measurements.map(\.population)).count >= 2 else { throw .notExtrapolable(.tooFewPoints(needed: 2)) }
      guard measurements.allSatisfy({ $0.population >= 1 }) else { throw .outOfRange(field: "population") }
      guard measurements.allSatisfy({ $0.demand > 0 && $0.demand.isFinite }) else {
        throw .outOfRange(field: "demand_s")
      }
    }
    demandLaw = law.map { DemandLaw($0, measurements) } ?? DemandLaw(measurements)
  }

  /// What a population would see.
  public func predict(population: Int) throws(QueueingRefusal) -> ClosedNetwork.Solution {
    guard population <= Self.maxFactor * highestPopulation else {
      throw .notExtrapolable(.tooFar(highestMeasured: Double(highestPopulation)))
    }
    guard population >= 1 else { throw .outOfRange(field: "population") }
    let demand = demandLaw.demand(population: population)
    // A falling curve that has reached nothing.
    guard demand > 0 else { throw .notExtrapolable(.tooFar(highestMeasured: Double(highestPopulation))) }
    let stations = network.stations.map { ClosedNetwork.Station(demand: demand, servers: $0.servers) }
    return try ClosedNetwork(stations: stations, thinkTime: network.thinkTime).solve(population: population)
  }
}
