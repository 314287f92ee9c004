import RPCErrors
import SimulationInput
import SimulationQueueing

/// A closed queueing network's mean values as a bare model.
struct ClosedNetworkModel: BareModel {
  /// Multiplications that one question may take: a second.
  static let maxWork = 4e8

  let name = "mva"
  let meaning = "A fixed number of customers that think, then ask each station for its demand."
  let equation = "X = N/(Z + sum R_i), Q_i = X R_i, U_i = X D_i/c_i; solved exactly by convolution"
  let source =
    "Reiser and Lavenberg, JACM 27(2), 1980; Buzen, CACM 16(9), 1973; Lazowska et al., Quantitative System Performance "
    + "(1984), chapters 6 and 8"
  let regime = "product form, one class of customers, population up to 20000"
  let assumptions = [
    "services are exponential at stations that serve first come first served",
    "the demands don't hang on the population", "a customer is at one station at a time",
  ]
  let inputs = [
    ModelInput(
      "stations",
      .objects(
        [
          ModelInput("demand_s", .number(0...1e9), "Service that one cycle needs here in all."),
          ModelInput("servers", .integer(1...MMC.maxServers), usual: 1, "Servers that share one queue."),
        ], 1...ClosedNetwork.maxStations), "The stations; each with demand_s and servers."),
    ModelInput("think_time_s", .number(0...1e9), usual: 0, "Time between two cycles of a customer."),
    ModelInput("population", .integer(1...ClosedNetwork.maxPopulation), "Customers."),
  ]
  let outputNames = [
    "throughput_per_s", "response_s", "queue_lengths", "utilisations", "throughput_lower_bound_per_s",
    "throughput_upper_bound_per_s",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let stations = inputs.objects("stations")
    let population = inputs.integer("population")
    guard Double(stations.count) * Double(population) * Double(population) <= Self.maxWork else {
      let most = Int((Self.maxWork / Double(stations.count)).squareRoot())
      throw ServiceFault.invalid("inputs.population", "must be at most \(most) for \(stations.count) stations")
    }
    do {
      let network = try ClosedNetwork(
        stations: stations.map { .init(demand: $0["demand_s"], servers: $0.integer("servers")) },
        thinkTime: inputs["think_time_s"])
      let solution = try network.solve(population: population)
      let bounds = network.throughputBounds(population: population)
      return [
        .number(solution.throughput), .number(solution.response), .array(solution.queueLengths.map { .number($0) }),
        .array(solution.utilisations.map { .number($0) }), .number(bounds.lowerBound), .number(bounds.upperBound),
      ]
    } catch {
      throw ServiceFault(error, ["demand_s": "stations"])
    }
  }
}
