import SimulationInput

/// What is known of a target's performance, after the change that is asked about.
struct PerformanceFacts: Sendable {
  /// A number with its standard deviation; 0 for what was read rather than calibrated.
  struct Number: Sendable, Hashable {
    var value: Double
    var deviation = 0.0
  }

  /// Seconds of a processor for a request.
  let demand: Number
  /// Processors used without requests.
  let base: Number
  /// Processors of all instances.
  let servers: Int
  let arrivalVariability: Number?
  let serviceVariability: Double?
  let thinkTime: Number?
  /// Requests per second now, and the key that says so.
  let rate: (number: Number, key: String)?
  let peak: Double?
  let clients: Double?
  /// Highest rate and most clients that calibration saw.
  let highestRate: Double?
  let mostClients: Double?
  let connections: Double?
  let mostConnections: Double?
  let maxConnections: Double?
  let memoryBase: Number?
  let memoryPerConnection: Number?
  let memory: Double?
  let ram: Double?
  /// Whether an instance was taken to have one processor because nobody said.
  let assumesOneCore: Bool

  private static let known =
    ServiceLoad.instanceNames + ServiceLoad.coreNames + ["max_connections", "memory_gb", "ram_gb"]
  private static let gigabyte = 1_024.0

  init(_ question: PerformanceQuestion) throws(PerformanceRefusal) {
    var members: [InputValue.Member] = []
    if case .object(let told) = question.state { members = told }
    let state = Facts(.object(members))
    func number(_ names: String...) -> Number? {
      for name in names {
        if let read = state.number(name), read >= 0, read.isFinite { return Number(value: read) }
        if let fact = question.calibrated[name], fact.value.isFinite, fact.deviation.isFinite {
          return Number(value: fact.value, deviation: fact.deviation)
        }
      }
      return nil
    }
    func highest(_ metric: String, of names: String...) -> Double? {
      names.compactMap { question.calibrated[$0]?.regime[metric]?.upperBound }.max()
    }
    let situation = Situation(
      ProposedChange(.scaling, target: question.target, change: question.change), targetKind: question.kind,
      state: .object(members))
    for setting in situation.settings where !Self.known.contains(setting) {
      throw .invalid(
        field: "change.\(setting)",
        reason: "is no setting that the performance model knows; those are instances, cores, memory_gb and "
          + "max_connections")
    }
    let load = ServiceLoad(situation)
    let perInstance = situation.reading(ServiceLoad.coreNames, state: ["vcpu_before"], FactValue.cores)
    var missing: [String] = []
    let instances = load.instances.after
    if instances == nil, perInstance.after == nil { missing.append("cores") }
    assumesOneCore = perInstance.after == nil
    let capacity = (instances ?? 1) * (perInstance.after ?? 1)
    rate =
      number("requests_per_s").map { ($0, "requests_per_s") }
      ?? number("arrival_rate_per_s").map { ($0, "arrival_rate_per_s") }
      ?? number("peak_rps").map { ($0, "peak_rps") }
    peak = state.number("peak_rps")
    if let told = number("cpu_demand_ms"), told.value > 0 {
      demand = Number(value: told.value / 1_000, deviation: told.deviation / 1_000)
      base = number("cpu_base_cores") ?? Number(value: 0)
    } else if let busy = state.share("rho", "utilization"), busy > 0, let rate, rate.number.value > 0,
      let before = Self.capacity(load, perInstance)
    {
      // The utilisation law the other way round, of what is there before the change.
      demand = Number(value: busy * before / rate.number.value)
      base = Number(value: 0)
    } else {
      demand = Number(value: 0)
      base = Number(value: 0)
      missing.append("cpu_demand_ms")
    }
    guard missing.isEmpty else { throw .missing(missing) }
    guard capacity >= 1, capacity <= 100_000, capacity.isFinite else {
      throw .invalid(field: "change", reason: "must leave 1 to 100000 processors, not \(brief(capacity))")
    }
    servers = Int(capacity)
    arrivalVariability = number("arrival_cv2")
    serviceVariability = state.number("service_cv2")
    thinkTime = number("think_time_s")
    clients = state.number("clients", "users")
    highestRate = [
      highest("requests_per_s", of: "cpu_demand_ms", "arrival_rate_per_s"), state.number("peak_rps"),
    ].compactMap(\.self).max()
    mostClients = highest("clients", of: "think_time_s") ?? clients
    connections = state.number("backends", "connections", "peak_backends")
    mostConnections =
      highest("backends", of: "memory_per_connection_mb") ?? highest("connections", of: "memory_per_connection_mb")
    maxConnections = situation.reading(["max_connections"]).after
    memoryBase = number("memory_base_gb")
    memoryPerConnection = number("memory_per_connection_mb")
      .map { Number(value: $0.value / Self.gigabyte, deviation: $0.deviation / Self.gigabyte) }
    memory = state.gigabytes("memory_used_gb", "rss_p99_gb")
    ram =
      situation.reading(["memory_gb", "ram_gb"], state: ["container_memory_limit_gb", "ram_gb"]) {
        FactValue.gigabytes($0)
      }.after
  }

  private static func capacity(_ load: ServiceLoad, _ cores: Situation.Reading) -> Double? {
    guard load.instances.before != nil || cores.before != nil else { return nil }
    return (load.instances.before ?? 1) * (cores.before ?? 1)
  }
}
