import RPCCore
import RPCErrors
import SimulationQueueing
import SimulationInput
import TwinProto

/// A model that can be asked with its inputs alone.
protocol BareModel: Sendable {
  var name: String { get }
  var version: String { get }
  var meaning: String { get }
  var inputs: ParameterSchema { get }
  var outputNames: [String] { get }
  var equation: String { get }
  var source: String { get }
  /// Where its answers hold.
  var regime: String { get }
  var assumptions: [String] { get }

  /// - Throws: `ServiceFault` when the model doesn't hold for the inputs.
  func evaluate(_ inputs: ResolvedParameters) throws -> [(String, Double)]
}

/// M/M/c as a bare model.
struct MMCModel: BareModel {
  let name = "mmc"
  let version = "1"
  let meaning = "Parallel servers with one queue, Poisson arrivals and exponential service times."
  let equation = "C = B/(1 - rho (1 - B)), Wq = C/(c mu - lambda), W = Wq + 1/mu; B by Erlang's recursion"
  let source = "Kleinrock, Queueing Systems, vol. 1 (1975), section 3.5"
  let regime = "steady state, utilisation below 1"
  let assumptions = [
    "arrivals are Poisson and their rate is constant", "service times are exponential and independent",
    "no arrival is turned away or leaves the queue",
  ]
  let inputs = ParameterSchema([
    .init(
      "arrival_rate_per_s", unit: "1/s", kind: .number(1e-12...1e12), defaultValue: nil,
      meaning: "Arrivals per second. Required"),
    .init(
      "service_rate_per_s", unit: "1/s", kind: .number(1e-12...1e12), defaultValue: nil,
      meaning: "What one server completes per second. Required"),
    .init("servers", unit: "1", kind: .integer(1...MMC.maxServers), defaultValue: nil, meaning: "Servers. Required"),
  ])
  let outputNames = [
    "utilisation", "wait_probability", "mean_wait_s", "mean_response_s", "mean_queue_length", "mean_in_system",
    "p95_wait_s", "p99_wait_s",
  ]

  func evaluate(_ inputs: ResolvedParameters) throws -> [(String, Double)] {
    let missing = self.inputs.specifications.map(\.name).filter { inputs.number($0) == nil }
    guard missing.isEmpty else { throw ServiceFault.invalid(missing.map { .init("inputs.\($0)", "is required") }) }
    let system: MMC
    do {
      system = try MMC(
        arrivalRate: inputs.number("arrival_rate_per_s") ?? 0, serviceRate: inputs.number("service_rate_per_s") ?? 0,
        servers: Int(inputs.number("servers") ?? 0))
    } catch {
      switch error {
      case .outOfRange(let field): throw ServiceFault.invalid("inputs.\(field)", "is out of range")
      case .unstable(let load):
        throw ServiceFault(
          .failedPrecondition, .notExtrapolable,
          "the offered load of \(load) Erlang reaches the number of servers: the queue grows without end and has no "
            + "steady state to predict", facts: ["offered_load": "\(load)"])
      }
    }
    return Array(
      zip(
        outputNames,
        [
          system.utilisation, system.waitProbability, system.meanWait, system.meanResponse, system.meanQueueLength,
          system.meanInSystem, system.waitQuantile(0.95), system.waitQuantile(0.99),
        ]))
  }
}
