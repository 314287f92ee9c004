import SimulationInput
import SimulationKernel
import SimulationQueueing

/// A service that is drawn at random, before anything is changed: what really is there, which the twin doesn't see.
struct Service {
  /// Tier that changes are applied to; the others keep as they are, at a third to a half of their capacity.
  var instances: Int
  var cores: Int
  /// Mean CPU time of a request, seconds.
  var demand: Double
  var variability: Double
  /// Requests per second at the peak.
  let rate: Double
  let zones: Int
  let neighbours: [Pipeline.Tier]
  /// Where the changed tier stands among them.
  let position: Int
  var callers = Pipeline.Callers.patient
  var autoscaler: HorizontalAutoscaler.Policy?

  init(zones: Int, stream: inout RandomStream) throws {
    self.zones = zones
    cores = [1, 2, 4][Int(stream.uniform() * 3)]
    demand = 0.01 * Self.power(8, stream.uniform())
    variability = [0.5, 1, 2][Int(stream.uniform() * 3)]
    instances = 4 + Int(stream.uniform() * 17)
    let utilisation = stream.uniform(in: 0.25...0.7)
    rate = utilisation * Double(instances * cores) / demand
    var neighbours: [Pipeline.Tier] = []
    for index in 0..<Int(stream.uniform() * 3) {
      let mean = 0.002 * Self.power(10, stream.uniform())
      let needed = rate * mean / stream.uniform(in: 0.33...0.5)
      neighbours.append(
        .init(
          name: "neighbour \(index)", instances: 3 * max(1, Int((needed / 3).rounded(.up))),
          service: try DurationLaw(mean: mean, variability: 1)))
    }
    self.neighbours = neighbours
    position = Int(stream.uniform() * Double(neighbours.count + 1))
  }

  func pipeline() throws -> Pipeline {
    var tiers = neighbours
    tiers.insert(
      .init(
        name: "service", instances: instances, serversPerInstance: cores,
        service: try DurationLaw(mean: demand, variability: variability), autoscaler: autoscaler), at: position)
    return try Pipeline(tiers, callers: callers)
  }

  /// base to the power of an exponent from 0 to 1, by 30 square roots.
  static func power(_ base: Double, _ exponent: Double) -> Double {
    var (result, root, rest) = (1.0, base, exponent)
    for _ in 0..<30 {
      root = root.squareRoot()
      rest *= 2
      if rest >= 1 {
        result *= root
        rest -= 1
      }
    }
    return result
  }
}

/// What monitoring shows of a service at its peak: a run event by event, from which the twin's state is made.
struct Observation {
  let p95: Double
  let p99: Double
  let p999: Double
  /// Busy share of the service's processors.
  let busy: Double
  /// By the utilisation law from what was measured, seconds.
  let demand: Double
  let errorShare: Double

  init(of service: Service, seed: RunSeed) throws {
    let result = try Day(load: LoadProfile(.constant(rate: service.rate))).run(service, seed: seed)
    p95 = result.latencyQuantile(0.95)
    p99 = result.latencyQuantile(0.99)
    p999 = result.latencyQuantile(0.999)
    errorShare = result.errorShare
    let steps = (0..<result.count).map { result[$0] }
    busy = steps.reduce(0) { $0 + $1.utilisation[service.position] } / Double(steps.count)
    let rate = steps.reduce(0) { $0 + $1.arrivalRate } / Double(steps.count)
    demand = busy * Double(service.instances * service.cores) / rate
  }

  /// Keys that every target has; ms to the hundredth, as monitoring shows them.
  func state(of service: Service) -> [InputValue.Member] {
    [
      .init("current_instances", .number(Double(service.instances))),
      .init("vcpu_before", .number(Double(service.cores))),
      .init("cpu_demand_ms", .number(Self.hundredth(1_000 * demand))),
      .init("peak_rps", .number(service.rate.rounded())), .init("rho", .number(Self.hundredth(busy))),
      .init("zones", .number(Double(service.zones))), .init("p95_ms", .number(Self.hundredth(1_000 * p95))),
      .init("p99_ms", .number(Self.hundredth(1_000 * p99))), .init("p999_ms", .number(Self.hundredth(1_000 * p999))),
    ]
  }

  static func hundredth(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

/// The part of a day that decides: its peak, with what goes wrong in it.
struct Day {
  let load: LoadProfile
  var disruptions: [Disruption] = []

  /// Seconds; every other hour of the day has less load and nothing that goes wrong.
  static let seconds = 600.0

  func run(_ service: Service, seed: RunSeed) throws -> PipelineResult {
    try PipelineSimulation(
      service.pipeline(), load: load, disruptions: disruptions, mode: .discreteEvent, seed: seed
    ).run(for: Self.seconds)
  }
}

/// What the service promises, over the decisive part of a day or its end.
struct Objective {
  /// Seconds.
  let p99: Double
  let availability: Double
  /// From when on it counts, seconds: after a trigger has gone, only whether the service recovers.
  var from = 0.0

  func isKept(_ result: PipelineResult) -> Bool {
    guard from > 0 else {
      return result.errorShare <= 1 - availability && result.latencyQuantile(0.99) <= p99
    }
    let steps = (0..<result.count).map { result[$0] }.filter { $0.time >= from }
    let failed = steps.reduce(0) { $0 + $1.errorRate }
    let answered = steps.reduce(0) { $0 + $1.throughput }
    let slow = steps.filter { $0.p99 > p99 }.count
    return failed <= (1 - availability) * (failed + answered) && 2 * slow <= steps.count
  }
}
