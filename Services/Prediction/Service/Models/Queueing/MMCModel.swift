import RPCErrors
import SimulationInput
import SimulationQueueing

/// M/M/c as a bare model.
struct MMCModel: BareModel {
  let name = "mmc"
  let meaning = "Parallel servers with one queue, Poisson arrivals and exponential service times."
  let equation = "C = B/(1 - rho (1 - B)), Wq = C/(c mu - lambda), W = Wq + 1/mu; B by Erlang's recursion"
  let source = "Kleinrock, Queueing Systems, vol. 1 (1975), section 3.5"
  let regime = "steady state, utilisation below 1"
  let assumptions = [
    "arrivals are Poisson and their rate is constant", "service times are exponential and independent",
    "no arrival is turned away or leaves the queue",
  ]
  let inputs = [
    ModelInput("arrival_rate_per_s", .number(1e-12...1e12), "Arrivals per second."),
    ModelInput("service_rate_per_s", .number(1e-12...1e12), "What one server completes per second."),
    ModelInput("servers", .integer(1...MMC.maxServers), "Servers."),
  ]
  let outputNames = [
    "utilisation", "wait_probability", "mean_wait_s", "mean_response_s", "mean_queue_length", "mean_in_system",
    "p95_wait_s", "p99_wait_s",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let system: MMC
    do {
      system = try MMC(
        arrivalRate: inputs["arrival_rate_per_s"], serviceRate: inputs["service_rate_per_s"],
        servers: inputs.integer("servers"))
    } catch {
      switch error {
      case .outOfRange(let field): throw ServiceFault(.outOfRange(field: field))
      case .unstable(let load): throw ServiceFault(.unstable(offeredLoad: load))
      }
    }
    return [
      system.utilisation, system.waitProbability, system.meanWait, system.meanResponse, system.meanQueueLength,
      system.meanInSystem, system.waitQuantile(0.95), system.waitQuantile(0.99),
    ].map { .number($0) }
  }
}
