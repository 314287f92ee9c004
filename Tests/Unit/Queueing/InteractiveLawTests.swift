import SimulationKernel
import SimulationQueueing
import Testing

@Suite("Think time from measured windows")
struct InteractiveLawTests {
  /// Windows of a machine with two servers of 20 ms under users who think for 2 s, as the exact solution gives them, with
  /// relative noise on each measurement.
  private static func windows(
    _ populations: [Int], noise: Double, think: Double = 2, seed: UInt64 = 1, measuresResponse: Bool = true
  ) throws -> [InteractiveLaw.Window] {
    let network = try ClosedNetwork(stations: [.init(demand: 0.02, servers: 2)], thinkTime: think)
    var stream = RunSeed(seed).stream(for: "interactive-law")
    func noisy(_ value: Double) -> Double { value * (1 + noise * (stream.uniform() * 2 - 1)) }
    return try populations.enumerated().map { index, population in
      let solution = try network.solve(population: population)
      return InteractiveLaw.Window(
        index: Int64(index), population: noisy(Double(population)), throughput: noisy(solution.throughput),
        response: measuresResponse ? noisy(solution.response) : nil)
    }
  }

  /// Levels that hold for an hour of windows each.
  private static let day = [20, 60, 110, 150, 90, 40].flatMap { Array(repeating: $0, count: 12) }

  @Test("the think time is found again, with a deviation that covers its error")
  func found() throws {
    var within = 0
    for seed in 1...40 {
      let law = try InteractiveLaw(Self.windows(Self.day, noise: 0.03, seed: UInt64(seed)))
      #expect(abs(law.thinkTime - 2) < 0.05)
      if abs(law.thinkTime - 2) <= 1.96 * law.deviation { within += 1 }
    }
    // 95 % of 40 are 38; four deviations of the binomial law are 5.5.
    #expect(within >= 32)
    let exact = try InteractiveLaw(Self.windows(Self.day, noise: 0))
    #expect(abs(exact.thinkTime - 2) < 1e-9)
    #expect(exact.population == 20...150)
  }

  @Test("windows in which the load moves don't count")
  func drift() throws {
    // Six hours, of which each loses its first and last window to the step beside it.
    let law = try InteractiveLaw(Self.windows(Self.day, noise: 0))
    #expect(law.windows == 6 * 12 - 2 * 6)
    // A ramp that never rests.
    let ramp = (0..<60).map { Int(20 * (0...$0).reduce(1.0) { product, _ in product * 1.12 }.squareRoot()) }
    let moving = try Self.windows(ramp.map { min($0, 400) }.filter { $0 < 400 }, noise: 0)
    #expect(throws: InteractiveLaw.Refusal.tooFewSteadyWindows(found: 0, needed: 12)) {
      try InteractiveLaw(
        moving.enumerated().filter { $0.offset.isMultiple(of: 3) }
          .map {
            .init(
              index: Int64($0.offset / 3), population: $0.element.population, throughput: $0.element.throughput,
              response: $0.element.response)
          })
    }
  }

  @Test("without a measured response the station's own is put in its place")
  func modelled() throws {
    let windows = try Self.windows(Self.day, noise: 0.03, measuresResponse: false)
    #expect(throws: InteractiveLaw.Refusal.self) { try InteractiveLaw(windows) }
    let law = try InteractiveLaw(windows, demand: 0.02, demandDeviation: 0.0005, servers: 2)
    #expect(abs(law.thinkTime - 2) <= 3 * law.deviation, "\(law)")
    #expect(law.deviation < 0.1)
    // Demands that allow less than was done.
    #expect(throws: InteractiveLaw.Refusal.noModel(.outsideRegime(.inconsistentMeasurement))) {
      try InteractiveLaw(windows, demand: 0.2, demandDeviation: 0, servers: 2)
    }
  }

  private static func refusal(_ windows: [InteractiveLaw.Window]) -> InteractiveLaw.Refusal? {
    do {
      _ = try InteractiveLaw(windows)
      return nil
    } catch {
      return error
    }
  }

  @Test("what the law can't tell is refused")
  func refusals() throws {
    // Nobody thinks: N/X and R are the same.
    #expect(throws: InteractiveLaw.Refusal.self) {
      try InteractiveLaw(Self.windows(Self.day, noise: 0.03, think: 0))
    }
    var stream = RunSeed(9).stream(for: "busy")
    let busy = (0..<60).map { index in
      InteractiveLaw.Window(
        index: Int64(index), population: 50, throughput: 100 * (1 + 0.06 * (stream.uniform() - 0.5)), response: 0.5)
    }
    let little = Self.refusal(busy)
    guard case .notDistinguishable(let seconds, let deviation)? = little else {
      Issue.record("\(String(describing: little))")
      return
    }
    #expect(abs(seconds) < 3 * deviation)
    // A pool of 100 connections, whatever the load does.
    let pool = (0..<72).map { index in
      InteractiveLaw.Window(
        index: Int64(index), population: 100, throughput: 20 + 5 * Double(index / 12), response: 0.01)
    }
    guard case .dependsOnLoad(let low, let high)? = Self.refusal(pool) else {
      Issue.record("told")
      return
    }
    #expect(low > high)
    // Fewer customers counted than the system holds.
    let few = (0..<30).map {
      InteractiveLaw.Window(index: Int64($0), population: 1, throughput: 100 + Double($0 % 3), response: 0.1)
    }
    #expect(throws: InteractiveLaw.Refusal.populationTooSmall) { try InteractiveLaw(few) }
    // A response that isn't measured, and a hole after every window.
    let holes = (0..<60).map {
      InteractiveLaw.Window(index: Int64(2 * $0), population: 50, throughput: 20, response: 0.1)
    }
    #expect(throws: InteractiveLaw.Refusal.tooFewSteadyWindows(found: 0, needed: 12)) { try InteractiveLaw(holes) }
  }
}

@Suite("Response of a closed station")
struct ClosedResponseTests {
  @Test("the mean is that of the network", arguments: [1, 2, 4], [1, 5, 40, 300])
  func mean(_ servers: Int, _ population: Int) throws {
    let network = try ClosedNetwork(stations: [.init(demand: 0.02, servers: servers)], thinkTime: 0.5)
    let response = try ClosedResponse(demand: 0.02, servers: servers, thinkTime: 0.5, population: population)
    let expected = try network.solve(population: population).response
    #expect(abs(response.mean - expected) < 1e-9 * expected)
  }

  @Test("the tail integrates to the mean, and its quantiles are simulated ones", arguments: [1, 3])
  func tail(_ servers: Int) throws {
    let response = try ClosedResponse(demand: 0.02, servers: servers, thinkTime: 0.3, population: 60)
    let step = response.mean / 500
    var integral = 0.0
    for index in 0..<10_000 { integral += response.exceedance((Double(index) + 0.5) * step) * step }
    #expect(abs(integral - response.mean) < 1e-4 * response.mean)
    #expect(abs(response.exceedance(response.quantile(0.95)) - 0.05) < 1e-6)
    #expect(abs(response.exceedance(response.quantile(0.99)) - 0.01) < 1e-6)
    // One by one: each customer thinks, then takes the server that is free first.
    var stream = RunSeed(5).stream(for: "closed")
    func exponential(_ mean: Double) -> Double { -mean * PortableMath.log(stream.openUniform()) }
    var arrivals = (0..<60).map { _ in exponential(0.3) }
    var free = [Double](repeating: 0, count: servers)
    var times: [Double] = []
    for turn in 0..<60_000 {
      let next = arrivals.indices.min { arrivals[$0] < arrivals[$1] } ?? 0
      let server = free.indices.min { free[$0] < free[$1] } ?? 0
      let end = max(arrivals[next], free[server]) + exponential(0.02)
      if turn > 5_000 { times.append(end - arrivals[next]) }
      free[server] = end
      arrivals[next] = end + exponential(0.3)
    }
    times.sort()
    for share in [0.5, 0.95, 0.99] {
      let simulated = times[Int(share * Double(times.count))]
      // The tail of so few rounds is known less well.
      let tolerance = share < 0.99 ? 0.05 : 0.1
      #expect(abs(response.quantile(share) - simulated) < tolerance * simulated, "\(share)")
    }
  }

  @Test("who doesn't think meets all others; what can't be is refused")
  func edges() throws {
    let busy = try ClosedResponse(demand: 1, servers: 1, thinkTime: 0, population: 4)
    #expect(abs(busy.mean - 4) < 1e-12)
    #expect(throws: QueueingRefusal.tooLarge(field: "population", limit: 2_000)) {
      try ClosedResponse(demand: 1, servers: 1, thinkTime: 1, population: 2_001)
    }
    #expect(throws: QueueingRefusal.outOfRange(field: "demand_s")) {
      try ClosedResponse(demand: 0, servers: 1, thinkTime: 1, population: 1)
    }
    // Large numbers neither overflow nor hang.
    let large = try ClosedResponse(demand: 0.01, servers: 8, thinkTime: 1, population: 2_000)
    #expect(large.quantile(0.99) > large.mean)
    #expect(large.exceedance(1e6) == 0)
  }
}
