import SimulationInput
import SimulationQueueing

/// Load and servers of a target before a change and after it.
struct ServiceLoad: Sendable {
  static let instanceNames = [
    "instances", "replicas", "desired_instances", "desired_capacity", "desired_count", "instance_count", "nodes",
    "node_count", "pods", "count",
  ]
  static let instanceState = ["current_instances", "instances", "replicas"]
  static let coreNames = ["cpu", "vcpu", "cpus", "cores", "cpu_cores", "cpu_limit"]

  let instances: Situation.Reading
  /// Processors of an instance.
  let cores: Situation.Reading
  /// Erlang: processors kept busy at the load that counts; nil when it is unknown.
  let offered: Double?
  /// Busy share before; measured, or from the offered load.
  let before: Double?
  /// Factor of the load scenario on the measured peak.
  let factor: Double

  init(_ s: Situation) {
    instances = s.reading(Self.instanceNames, state: Self.instanceState)
    cores = s.reading(Self.coreNames, state: ["vcpu_before"], FactValue.cores)
    factor = LoadFactor(s).value
    let demand = s.state.number("cpu_demand_ms").map { $0 / 1_000 }
    if let rate = s.state.number("peak_rps"), let demand {
      offered = rate * demand * factor
    } else if let rho = s.state.share("rho", "utilization", "cpu_peak", "peak_utilization") {
      // Measured: ρ of what is there now.
      offered = rho * (instances.before ?? 1) * (cores.before ?? 1) * factor
    } else {
      offered = nil
    }
    let capacity = (instances.before ?? .nan) * (cores.before ?? cores.after ?? 1)
    if let measured = s.state.share("rho", "utilization", "cpu_peak") {
      before = measured * factor
    } else if let offered, capacity > 0 {
      before = offered / capacity
    } else {
      before = nil
    }
  }

  /// Processors with `instances` of them.
  func capacity(_ instances: Double) -> Double { instances * (cores.after ?? cores.before ?? 1) }

  func utilisation(_ instances: Double) -> Double? {
    guard let offered else { return nil }
    let capacity = capacity(instances)
    return capacity > 0 ? offered / capacity : .infinity
  }

  /// The 99th percentile of the response time, ms, by M/M/c; nil without a steady state.
  func responseP99(_ s: Situation, instances: Double) -> Double? {
    guard let offered, let demand = s.state.number("cpu_demand_ms"), demand > 0 else { return nil }
    // Beyond that many servers an Erlang system waits only when it is full.
    let servers = FactValue.whole(capacity(instances), in: 0...100_000)
    let queue = try? MMC(arrivalRate: offered * 1_000 / demand, serviceRate: 1_000 / demand, servers: servers)
    return queue.map { $0.responseQuantile(0.99) * 1_000 }
  }
}

/// How a load scenario scales the measured peak.
struct LoadFactor: Sendable {
  let value: Double
  let name: String

  /// `peak_traffic` is the measured peak itself. A flash crowd without a factor is three times it: the traffic that a
  /// single mention brings to a site in published traces (Ari et al., "Managing flash crowds on the Internet",
  /// MASCOTS 2003, report factors from 2 to more than 10; three is the careful lower middle). What fails raises no load.
  init(_ s: Situation) {
    let value = s.proposal.loadScenario
    let scenario = LoadScenario(value)
    name = scenario.name
    // The twin knows how far load rises when something happens.
    let ramp = s.state.number("ramp_x").flatMap { $0 > 0 ? $0 : nil }
    switch scenario.kind {
    case .forecast, .recorded, .zoneFailure, .nodeFailure, .dependencyFailure: self.value = 1
    case .peakTraffic: self.value = scenario.told["factor"] ?? 1
    case .flashCrowd: self.value = scenario.told["factor"] ?? ramp ?? 3
    case nil:
      let told = (value["factor"] ?? value["multiplier"] ?? value["x"]).flatMap(FactValue.number)
      // A scenario can ask for more than the measured peak; less would hide what comes anyway.
      self.value = told.flatMap { $0 > 0 ? max(1, $0) : nil } ?? ramp ?? 1
    }
  }
}
