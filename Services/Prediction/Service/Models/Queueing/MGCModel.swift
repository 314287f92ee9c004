import RPCErrors
import SimulationInput
import SimulationQueueing

/// GI/G/c by Allen and Cunneen as a bare model.
struct MGCModel: BareModel {
  let name = "mgc"
  let meaning = "Parallel servers with one queue, arrivals and services of any law that two moments describe."
  let equation = "Wq = C/(c mu - lambda) (Ca^2 + Cs^2)/2, W = Wq + 1/mu; C by Erlang"
  let source =
    "Allen, Probability, Statistics, and Queueing Theory, 2nd ed. (1990), chapter 5; Bolch et al., Queueing Networks and "
    + "Markov Chains, 2nd ed. (2006), chapter 6"
  let regime = "steady state, utilisation below 1, arrival_cv2 up to 4, service_cv2 up to 16"
  let assumptions = [
    "first come first served, nobody leaves the queue", "the load is steady for several relaxation times",
    "exact for M/M/c and M/G/1, asymptotically exact as utilisation nears 1, else an approximation",
  ]
  let inputs = [
    ModelInput("arrival_rate_per_s", .number(1e-12...1e12), "Arrivals per second."),
    ModelInput("mean_service_s", .number(1e-12...1e12), "Mean service time."),
    ModelInput("servers", .integer(1...100_000), "Servers."),
    ModelInput(
      "arrival_cv2", .notNegative, usual: 1,
      "Squared coefficient of variation of the times between arrivals; 1 for Poisson."),
    ModelInput(
      "service_cv2", .notNegative, usual: 1,
      "Squared coefficient of variation of the service times; 0 for constant, 1 for exponential."),
  ]
  let outputNames = [
    "utilisation", "wait_probability", "mean_wait_s", "mean_response_s", "mean_queue_length", "p50_response_s",
    "p95_response_s", "p99_response_s", "departure_cv2", "relaxation_time_s",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    // Beyond these the model calls it a value out of range; it is one outside of its regime.
    for field in ["arrival_cv2", "service_cv2"] where inputs[field] > DurationLaw.maxVariability {
      throw ServiceFault(.outsideRegime(.variability(inputs[field])))
    }
    let station: MGC
    do {
      station = try MGC(
        arrivalRate: inputs["arrival_rate_per_s"], meanService: inputs["mean_service_s"],
        servers: inputs.integer("servers"), arrivalVariability: inputs["arrival_cv2"],
        serviceVariability: inputs["service_cv2"])
    } catch {
      throw ServiceFault(error, ["mean_s": "mean_service_s", "cv2": "service_cv2"])
    }
    let response = ResponseDistribution([station.stage()])
    return [
      station.utilisation, station.waitProbability, station.meanWait, station.meanResponse, station.meanQueueLength,
      response.quantile(0.5), response.quantile(0.95), response.quantile(0.99), station.departureVariability,
      station.relaxationTime,
    ].map { .number($0) }
  }
}
