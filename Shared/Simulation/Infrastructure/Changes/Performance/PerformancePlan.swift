import SimulationInput
import SimulationQueueing

/// The model that a target's facts support, at the load that is asked about.
struct PerformancePlan: Sendable {
  struct Model: Sendable {
    let name: String
    let equation: String
    let source: String

    static let mmc = Model(
      name: "mmc",
      equation: "rho = (lambda D + U0)/c, Wq = C/(c mu - lambda), W = Wq + D; C by Erlang, quantiles by the exact law",
      source: "Kleinrock, Queueing Systems, vol. 1 (1975), section 3.5")
    static let mgc = Model(
      name: "mgc",
      equation: "rho = (lambda D + U0)/c, Wq = C/(c mu - lambda) (Ca^2 + Cs^2)/2, W = Wq + D; C by Erlang",
      source: "Allen, Probability, Statistics, and Queueing Theory, 2nd ed. (1990), chapter 5")
    static let mva = Model(
      name: "mva",
      equation:
        "X = N/(Z + R), U = (X D + U0)/c; R of N customers by convolution, its quantiles by the arrival theorem",
      source: "Reiser and Lavenberg, JACM 27(2), 1980; Sevcik and Mitrani, JACM 28(2), 1981")
  }

  /// An input that is moved by so many of its deviations.
  struct Shift: Sendable {
    var name = ""
    var deviations = 0.0
  }

  private enum Load: Sendable {
    case open(PerformanceFacts.Number)
    case closed(population: Int, think: PerformanceFacts.Number)
  }

  let model: Model
  private let facts: PerformanceFacts
  private let load: Load
  /// The load over that of now; nil when that isn't known.
  private let factor: Double?

  init(_ facts: PerformanceFacts, _ asked: PerformanceQuestion.Load) throws(PerformanceRefusal) {
    self.facts = facts
    func current() throws(PerformanceRefusal) -> PerformanceFacts.Number {
      guard let rate = facts.rate, rate.number.value > 0 else { throw .missing(["requests_per_s"]) }
      return rate.number
    }
    var ratio = 1.0
    switch asked {
    case .rate(let rate):
      guard rate > 0, rate.isFinite else { throw .invalid(field: "arrival_rate_per_s", reason: "must be over 0") }
      (load, factor) = (.open(.init(value: rate)), facts.rate.map { rate / $0.number.value })
    case .peak:
      guard let peak = facts.peak else { throw .missing(["peak_rps"]) }
      (load, factor) = (.open(.init(value: peak)), facts.rate.map { peak / $0.number.value })
    case .clients(let count):
      guard let think = facts.thinkTime else { throw .missing(["think_time_s"]) }
      guard (1...ClosedNetwork.maxPopulation).contains(count) else {
        throw .invalid(field: "clients", reason: "must be 1 to \(ClosedNetwork.maxPopulation)")
      }
      let now = Self.population(facts, think)
      (load, factor) = (.closed(population: count, think: think), now.map { Double(count) / Double($0) })
    case .current, .factor:
      if case .factor(let told) = asked {
        guard told > 0, told.isFinite else { throw .invalid(field: "load_factor", reason: "must be over 0") }
        ratio = told
      }
      if let think = facts.thinkTime, let now = Self.population(facts, think),
        Double(now) * ratio <= Double(ClosedResponse.maxPopulation)
      {
        load = .closed(population: max(1, Int((Double(now) * ratio).rounded())), think: think)
      } else {
        let rate = try current()
        load = .open(.init(value: rate.value * ratio, deviation: rate.deviation * ratio))
      }
      factor = ratio
    }
    switch load {
    case .closed: model = .mva
    case .open: model = facts.arrivalVariability != nil || facts.serviceVariability != nil ? .mgc : .mmc
    }
    try checkRange()
  }

  /// Clients now: as told, or as many as cause the requests now.
  private static func population(_ facts: PerformanceFacts, _ think: PerformanceFacts.Number) -> Int? {
    if let told = facts.clients, told >= 1, told <= Double(ClosedResponse.maxPopulation) { return Int(told.rounded()) }
    guard let rate = facts.rate?.number.value, rate > 0, facts.clients == nil,
      rate * (think.value + facts.demand.value) <= Double(ClosedResponse.maxPopulation) / 2,
      let network = try? ClosedNetwork(
        stations: [.init(demand: facts.demand.value, servers: facts.servers)], thinkTime: think.value)
    else { return nil }
    var (low, high) = (1, ClosedResponse.maxPopulation)
    while low < high {
      let middle = (low + high) / 2
      guard let reached = try? network.solve(population: middle).throughput else { return nil }
      if reached < rate { low = middle + 1 } else { high = middle }
    }
    return low < ClosedResponse.maxPopulation ? low : nil
  }

  private func checkRange() throws(PerformanceRefusal) {
    switch load {
    case .open(let rate):
      guard let highest = facts.highestRate ?? facts.rate?.number.value else { throw .missing(["requests_per_s"]) }
      guard rate.value <= TargetPerformance.rateFactor * highest else {
        throw .notExtrapolable(
          "\(brief(rate.value)) requests/s are more than \(brief(TargetPerformance.rateFactor)) times the highest "
            + "measured rate of \(brief(highest))",
          facts: ["highest_measured_per_s": "\(highest)", "asked_per_s": "\(rate.value)"])
      }
    case .closed(let population, let think):
      guard let most = facts.mostClients ?? Self.population(facts, think).map(Double.init) else {
        throw .missing(["clients"])
      }
      guard Double(population) <= TargetPerformance.populationFactor * most else {
        throw .notExtrapolable(
          "\(population) clients are more than \(brief(TargetPerformance.populationFactor)) times the most measured, "
            + brief(most), facts: ["most_measured": "\(most)", "asked": "\(population)"])
      }
    }
  }

  // MARK: Evaluation

  func evaluate(_ shift: Shift) throws(PerformanceRefusal) -> PerformanceValues {
    func at(_ name: String, _ number: PerformanceFacts.Number) -> Double {
      name == shift.name ? max(1e-12, number.value + shift.deviations * number.deviation) : number.value
    }
    let demand = at("demand", facts.demand)
    let base = facts.base.value > 0 ? at("base", facts.base) : 0
    let c = Double(facts.servers)
    do {
      let (rate, mean, p95, p99): (Double, Double, Double, Double)
      switch load {
      case .open(let told):
        rate = at("rate", told)
        let station = try MGC(
          arrivalRate: rate + base / demand, meanService: demand, servers: facts.servers,
          arrivalVariability: facts.arrivalVariability.map { at("arrival_cv2", $0) } ?? 1,
          serviceVariability: facts.serviceVariability ?? 1)
        let response = ResponseDistribution([station.stage()])
        (mean, p95, p99) = (station.meanResponse, response.quantile(0.95), response.quantile(0.99))
      case .closed(let population, let think):
        let seconds = at("think", think)
        let solution = try ClosedNetwork(
          stations: [.init(demand: demand, servers: facts.servers)], thinkTime: seconds
        ).solve(population: population)
        let response = try ClosedResponse(
          demand: demand, servers: facts.servers, thinkTime: seconds, population: population)
        (rate, mean, p95, p99) = (
          solution.throughput, solution.response, response.quantile(0.95), response.quantile(0.99)
        )
      }
      let busy = min(1, (rate * demand + base) / c)
      var numbers = [
        (name: "throughput_per_s", value: rate), ("utilization", busy), ("mean_response_ms", mean * 1_000),
        ("p95_ms", p95 * 1_000), ("p99_ms", p99 * 1_000),
      ]
      var resources = [InputValue.Member("cpu", .number(busy))]
      if let used = connections {
        numbers.append(("connections", used))
        if let most = facts.maxConnections, most > 0 { resources.append(.init("connections", .number(used / most))) }
      }
      if let memory = memory(at) {
        numbers.append(("memory_gb", memory))
        if let ram = facts.ram, ram > 0 { resources.append(.init("memory", .number(memory / ram))) }
      }
      return PerformanceValues(numbers: numbers, utilisation: busy, resources: resources)
    } catch {
      throw Self.refusal(error)
    }
  }

  /// Connections grow with the load when each is held for as long as before (Little's law).
  private var connections: Double? { facts.connections.flatMap { now in factor.map { now * $0 } } }

  private func memory(_ at: (String, PerformanceFacts.Number) -> Double) -> Double? {
    if let base = facts.memoryBase, let each = facts.memoryPerConnection, let used = connections,
      used <= TargetPerformance.rateFactor * (facts.mostConnections ?? used)
    {
      return at("memory_base", base) + at("memory_per_connection", each) * used
    }
    return factor == 1 ? facts.memory : nil
  }

  private static func refusal(_ refusal: QueueingRefusal) -> PerformanceRefusal {
    switch refusal {
    case .unstable(let load):
      .notExtrapolable(
        "the offered load of \(brief(load)) Erlang reaches the number of processors: the queue grows without end and "
          + "has no steady state to predict", facts: ["offered_load": "\(load)"])
    case .outsideRegime(.variability(let value)):
      .notExtrapolable(
        "a squared coefficient of variation of \(brief(value)) is more than two moments can describe",
        facts: ["cv2": "\(value)"])
    case .tooLarge(let field, let limit):
      .notExtrapolable("\(field) is over \(limit), the most that is computed", facts: ["limit": "\(limit)"])
    default: .notExtrapolable("the model doesn't hold for these facts (\(refusal.code))", facts: [:])
    }
  }

  // MARK: What is told beside the numbers

  /// Inputs whose deviation is known.
  var uncertain: [String] { uncertainties.compactMap { $0.1.map { $0.deviation > 0 } == true ? $0.0 : nil } }

  private var uncertainties: [(String, PerformanceFacts.Number?)] {
    var all: [(String, PerformanceFacts.Number?)] = [
      ("demand", facts.demand), ("base", facts.base), ("memory_base", facts.memoryBase),
      ("memory_per_connection", facts.memoryPerConnection),
    ]
    switch load {
    case .open(let rate): all += [("rate", rate), ("arrival_cv2", facts.arrivalVariability)]
    case .closed(_, let think): all.append(("think", think))
    }
    return all
  }

  var inputs: [InputValue.Member] {
    var inputs: [InputValue.Member] = [
      .init("cpu_demand_ms", .number(facts.demand.value * 1_000)), .init("cores", .number(Double(facts.servers))),
    ]
    func add(_ name: String, _ value: Double?) { if let value { inputs.append(.init(name, .number(value))) } }
    add("cpu_base_cores", facts.base.value > 0 ? facts.base.value : nil)
    switch load {
    case .open(let rate):
      add("arrival_rate_per_s", rate.value)
      add("arrival_cv2", facts.arrivalVariability?.value)
      add("service_cv2", facts.serviceVariability)
      add("highest_measured_per_s", facts.highestRate)
      if let key = facts.rate?.key, factor == 1 { inputs.append(.init("load_from", .string(key))) }
    case .closed(let population, let think):
      add("clients", Double(population))
      add("think_time_s", think.value)
      add("most_measured_clients", facts.mostClients)
    }
    add("load_factor", factor)
    add("memory_base_gb", facts.memoryBase?.value)
    add("memory_per_connection_mb", facts.memoryPerConnection.map { $0.value * 1_024 })
    return inputs
  }

  var assumptions: [String] {
    var all = ["steady state: the load holds for long against the time that a queue needs to settle"]
    if case .open = load {
      if facts.arrivalVariability == nil { all.append("arrivals are Poisson") }
      if facts.serviceVariability == nil { all.append("service times are exponential") }
    } else {
      all.append("services are exponential, first come first served; clients differ only by chance")
    }
    if facts.assumesOneCore { all.append("an instance has one processor, since nobody told its cores") }
    if connections != nil { all.append("connections grow with the load (Little's law at the same holding time)") }
    return all
  }

  var unknowns: [String] {
    var lacking: [String] = []
    if memory({ $1.value }) == nil {
      var keys: [String] = []
      if facts.memoryBase == nil { keys.append("memory_base_gb") }
      if facts.memoryPerConnection == nil { keys.append("memory_per_connection_mb") }
      if facts.connections == nil { keys.append("connections") }
      lacking.append(
        keys.isEmpty
          ? "memory_gb: more than twice the measured connections"
          : "memory_gb: needs \(keys.joined(separator: ", "))")
    }
    return lacking
  }
}
