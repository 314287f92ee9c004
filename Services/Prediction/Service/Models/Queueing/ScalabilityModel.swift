import RPCErrors
import SimulationInput
import SimulationQueueing

/// The Universal Scalability Law as a bare model, fitted to measured points.
struct ScalabilityModel: BareModel {
  let name = "usl"
  let meaning = "Throughput at a load, by the Universal Scalability Law fitted to measured points."
  let equation = "X(N) = gamma N / (1 + alpha (N - 1) + beta N (N - 1)), by least squares with alpha, beta >= 0"
  let source = "Gunther, Guerrilla Capacity Planning (2007), chapters 4 to 6"
  let regime = "at least 4 different loads, no superlinear growth, up to twice the highest measured load"
  let assumptions = [
    "the points were measured in steady state on one configuration",
    "peak_load and peak_throughput_per_s are null where throughput only rises",
  ]
  let inputs = [
    ModelInput(
      "points",
      .objects(
        [
          ModelInput("load", .positive, "Clients, processes or processors."),
          ModelInput("throughput_per_s", .positive, "What was completed per second."),
        ], 1...1_000), "Measured points; each with load and throughput_per_s."),
    ModelInput("load", .positive, "The load to predict."),
  ]
  let outputNames = [
    "throughput_per_s", "gamma_per_s", "alpha", "beta", "peak_load", "peak_throughput_per_s", "highest_measured_load",
  ]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    do {
      let law = try UniversalScalability(
        fitting: inputs.objects("points").map { .init(load: $0["load"], throughput: $0["throughput_per_s"]) })
      let throughput = try law.throughput(at: inputs["load"])
      let peak = law.peakLoad.flatMap { $0 <= UniversalScalability.maxFactor * law.highestLoad ? $0 : nil }
      return [
        .number(throughput), .number(law.perClient), .number(law.contention), .number(law.coherency),
        InputValue(law.peakLoad), InputValue(try peak.map { try law.throughput(at: $0) }), .number(law.highestLoad),
      ]
    } catch let refusal as QueueingRefusal {
      throw ServiceFault(refusal)
    }
  }
}
