import Foundation
import SimulationQueueing
import Testing

@Suite("Closed networks")
struct ClosedNetworkTests {
  /// Reiser and Lavenberg's recursion for single servers, written for this comparison.
  private func recursion(_ demands: [Double], think: Double, population: Int) -> Double {
    var lengths = demands.map { _ in 0.0 }
    var throughput = 0.0
    for count in 1...population {
      let residences = zip(demands, lengths).map { $0 * (1 + $1) }
      throughput = Double(count) / (think + residences.reduce(0, +))
      lengths = residences.map { $0 * throughput }
    }
    return throughput
  }

  /// The inputs of the timesharing example of Lazowska et al. 1984, chapter 6: CPU 0.605 s, disks 2.1 s and 1.35 s, think
  /// time 15 s, three terminals. The recursion by hand: R(1) = 4.055, X(1) = 1/19.055; R(2) = 4.4013, X(2) = 0.10309;
  /// R(3) = 4.7998, X(3) = 0.15152.
  @Test("three terminals, worked by hand")
  func lazowska() throws {
    let network = try ClosedNetwork(
      stations: [0.605, 2.1, 1.35].map { ClosedNetwork.Station(demand: $0) }, thinkTime: 15)
    let solution = try network.solve(population: 3)
    #expect(abs(solution.throughput - 0.15152) < 0.000_005)
    #expect(abs(solution.response - 4.7998) < 0.000_05)
    #expect(abs(solution.throughput - recursion([0.605, 2.1, 1.35], think: 15, population: 3)) < 1e-12)
    #expect(abs(solution.queueLengths.reduce(0, +) + solution.throughput * 15 - 3) < 1e-9)
  }

  @Test("single servers equal the recursion of mean value analysis", arguments: [1, 2, 7, 40, 600])
  func recursionAgrees(population: Int) throws {
    let demands = [0.02, 0.005, 0.013]
    let network = try ClosedNetwork(stations: demands.map { .init(demand: $0) }, thinkTime: 0.4)
    let expected = recursion(demands, think: 0.4, population: population)
    #expect(abs(try network.solve(population: population).throughput / expected - 1) < 1e-10)
  }

  /// The machine repairman: a closed network of one station with c servers is a birth–death chain, solved here by its
  /// balance equations.
  @Test(
    "several servers equal the balance equations of the machine repairman", arguments: [(2, 30), (8, 50), (64, 200)])
  func machineRepairman(servers: Int, population: Int) throws {
    let (demand, think) = (1.0, 3.0)
    var logarithm = 0.0
    var weights = [1.0]
    for waiting in 1...population {
      logarithm += log(Double(population - waiting + 1) / think * demand / Double(min(waiting, servers)))
      weights.append(exp(logarithm))
    }
    let total = weights.reduce(0, +)
    let mean = weights.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / total
    let network = try ClosedNetwork(stations: [.init(demand: demand, servers: servers)], thinkTime: think)
    let solution = try network.solve(population: population)
    #expect(abs(solution.queueLengths[0] / mean - 1) < 1e-9)
    #expect(abs(solution.throughput / ((Double(population) - mean) / think) - 1) < 1e-9)
  }

  @Test("the exact solution lies within both pairs of bounds", arguments: [1, 3, 10, 30, 100])
  func bounds(population: Int) throws {
    let network = try ClosedNetwork(stations: [0.605, 2.1, 1.35].map { .init(demand: $0) }, thinkTime: 15)
    let exact = try network.solve(population: population).throughput
    let slack = 1e-12
    let wide = network.throughputBounds(population: population)
    let tight = try network.balancedJobBounds(population: population)
    #expect(wide.lowerBound <= exact + slack && exact <= wide.upperBound + slack)
    #expect(tight.lowerBound <= exact + slack && exact <= tight.upperBound + slack)
    #expect(tight.lowerBound >= wide.lowerBound - slack && tight.upperBound <= wide.upperBound + slack)
  }

  @Test("a population of thousands stays finite and saturates the bottleneck")
  func large() throws {
    let network = try ClosedNetwork(
      stations: [.init(demand: 0.01, servers: 16), .init(demand: 0.002)], thinkTime: 1)
    let solution = try network.solve(population: 3_000)
    #expect(abs(solution.throughput - 500) < 1e-6)
    #expect(abs(solution.queueLengths.reduce(0, +) + solution.throughput - 3_000) < 1e-3)
  }

  @Test("a network that isn't described is refused")
  func refusals() throws {
    #expect(throws: QueueingRefusal.outOfRange(field: "stations")) { try ClosedNetwork(stations: []) }
    #expect(throws: QueueingRefusal.outOfRange(field: "servers")) {
      try ClosedNetwork(stations: [.init(demand: 1, servers: 0)])
    }
    let network = try ClosedNetwork(stations: [.init(demand: 1, servers: 2)])
    #expect(throws: QueueingRefusal.outsideRegime(.multipleServers)) { try network.balancedJobBounds(population: 2) }
    #expect(throws: QueueingRefusal.tooLarge(field: "population", limit: ClosedNetwork.maxPopulation)) {
      try network.solve(population: 100_000)
    }
    #expect(throws: QueueingRefusal.outsideRegime(.inconsistentMeasurement)) {
      try ThinkTimeCalibration([.init(population: 4, throughput: 3, demand: 1)], servers: 2)
    }
  }

  @Test("a calibration recovers the think time of the network that was measured")
  func calibration() throws {
    let truth = try ClosedNetwork(stations: [.init(demand: 0.01, servers: 2)], thinkTime: 0.2)
    let measured = try [4, 16].map {
      ThinkTimeCalibration.Measurement(
        population: $0, throughput: try truth.solve(population: $0).throughput, demand: 0.01)
    }
    let calibration = try ThinkTimeCalibration(measured, servers: 2)
    #expect(abs(calibration.network.thinkTime - 0.2) < 1e-9)
    #expect(throws: QueueingRefusal.notExtrapolable(.tooFar(highestMeasured: 16))) {
      try calibration.predict(population: 65)
    }
  }

  private static func measured(_ demand: (Double) -> Double) -> [ThinkTimeCalibration.Measurement] {
    [4, 8, 16, 32].map { .init(population: $0, throughput: Double($0), demand: demand(Double($0))) }
  }

  @Test("the demand's curve is the one that the measurements follow, and constant where few were made")
  func demandLaws() {
    let laws: [(DemandLaw.Family, (Double) -> Double)] = [
      (.constant, { _ in 0.01 }), (.shared, { 0.01 + 0.02 / $0 }), (.linear, { 0.01 + 0.001 * $0 }),
      (.logarithmic, { 0.01 + 0.002 * log($0) }),
      (.power, { 0.02 * pow($0, -0.3) }),
    ]
    for (family, demand) in laws {
      let points = Self.measured(demand)
      let law = DemandLaw(points)
      #expect(law.family == family)
      #expect(abs(law.demand(population: 96) / demand(96) - 1) < 1e-9)
      let few = DemandLaw(Array(points.dropFirst()))
      #expect(few.family == .constant && few.demand(population: 96) == demand(32))
    }
  }

  @Test("what a measured curve says of the demand is what the network is solved with")
  func demandOfThePopulation() throws {
    let demand = { (clients: Double) in 0.001 + 0.01 / clients }
    let points = try [4, 8, 16, 32].map { clients in
      let station = ClosedNetwork.Station(demand: demand(Double(clients)), servers: 2)
      let truth = try ClosedNetwork(stations: [station], thinkTime: 0.05).solve(population: clients)
      return ThinkTimeCalibration.Measurement(
        population: clients, throughput: truth.throughput, demand: station.demand)
    }
    let truth = try ClosedNetwork(stations: [.init(demand: demand(96), servers: 2)], thinkTime: 0.05)
      .solve(population: 96)
    let predicted = try ThinkTimeCalibration(points, servers: 2).predict(population: 96)
    #expect(abs(predicted.throughput / truth.throughput - 1) < 1e-6)
    #expect(abs(predicted.utilisations[0] - truth.utilisations[0]) < 1e-6)
    // A falling line reaches nothing before 96.
    #expect(throws: QueueingRefusal.notExtrapolable(.tooFar(highestMeasured: 32))) {
      try ThinkTimeCalibration(Self.measured { 0.04 - 0.001 * $0 }, servers: 2, law: .linear).predict(population: 96)
    }
  }

  @Test(
    "pgbench: up to 32 clients measured, 48, 64 and 96 predicted within 10 % each",
    .enabled(if: RecordedData.exists("pgbench/think_cpu.csv")))
  func pgbench() throws {
    let runs = try RecordedData.rows("pgbench/think_cpu.csv").map { row in
      func number(_ column: String) throws -> Double { try #require(row[column].flatMap(Double.init)) }
      return ThinkTimeCalibration.Measurement(
        population: Int(try number("clients")), throughput: try number("tps"),
        demand: try (number("client_cpu_s") + number("backend_cpu_s")) / number("transactions"))
    }
    let calibration = try ThinkTimeCalibration(runs.filter { $0.population <= 32 }, servers: 2)
    #expect(calibration.demandLaw.family == .power)
    var points = 0.0
    for run in runs where [48, 64, 96].contains(run.population) {
      let predicted = try calibration.predict(population: run.population)
      #expect(abs(predicted.throughput / run.throughput - 1) < 0.1)
      points += 100 * abs(predicted.utilisations[0] - run.throughput * run.demand / 2) / 3
    }
    #expect(points < 2)
  }
}
