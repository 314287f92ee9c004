import Foundation
import SimulationKernel
import SimulationQueueing
import Testing

@Suite("M/G/c by Allen and Cunneen")
struct MGCTests {
  /// Σ aᵏ/k! in whole numbers: a = 32/5 and c = 8, so that 5⁸·8! clears every denominator.
  @Test("Erlang C for c = 8 and a = 6.4 equals whole-number arithmetic to 1e-9")
  func erlangC() throws {
    func factorial(_ n: Int) -> Int { n < 2 ? 1 : (2...n).reduce(1, *) }
    func power(_ base: Int, _ exponent: Int) -> Int { (0..<exponent).reduce(1) { value, _ in value * base } }
    let scale = factorial(8)
    var below = 0
    for k in 0..<8 { below += power(32, k) * power(5, 8 - k) * (scale / factorial(k)) }
    // aᶜ/c! · c/(c − a) with c/(c − a) = 5.
    let waiting = power(32, 8) * 5
    let expected = Double(waiting) / Double(waiting + below)
    let system = try MGC(arrivalRate: 6.4, meanService: 1, servers: 8)
    #expect(abs(system.waitProbability - expected) < 1e-9)
  }

  @Test("one server gives Pollaczek and Khinchine's mean", arguments: [0, 0.25, 1, 4])
  func oneServer(variability: Double) throws {
    let system = try MGC(arrivalRate: 0.8, meanService: 1, servers: 1, serviceVariability: variability)
    #expect(abs(system.meanWait - 0.8 * (1 + variability) / (2 * 0.2)) < 1e-12)
  }

  @Test("the response quantile is exact for M/M/1 and for M/M/c")
  func quantileOfExponential() throws {
    let single = try MGC(arrivalRate: 8, meanService: 0.1, servers: 1)
    #expect(abs(single.responseQuantile(0.99) - -log(0.01) / 2) < 1e-5)
    // M/M/c: P(T > t) = (1 + w) e^(-t) - w e^(-(c - a) t) with w = C/(c - a - 1), for rate 1 of service.
    let several = try MGC(arrivalRate: 6.4, meanService: 1, servers: 8)
    let time = several.responseQuantile(0.99)
    let weight = several.waitProbability / (8 - 6.4 - 1)
    let exceeding = (1 + weight) * exp(-time) - weight * exp(-1.6 * time)
    #expect(abs(exceeding - 0.01) < 1e-6)
  }

  @Test("constant service leaves an atom, which a quantile below it meets exactly")
  func constantService() throws {
    let system = try MGC(arrivalRate: 5, meanService: 0.1, servers: 4, serviceVariability: 0)
    #expect(system.responseQuantile(0.5) == 0.1)
    #expect(system.responseQuantile(0.999) > 0.1)
  }

  /// M/G/1 with two service rates, whose wait is far from exponential, against its own simulation.
  @Test("the response quantile of M/G/1 and of a visited constant tier meets samples")
  func quantileOfGeneral() throws {
    let station = try MGC(arrivalRate: 0.5, meanService: 1, servers: 1, serviceVariability: 4)
    let constant = try MGC(arrivalRate: 0.5, meanService: 3, servers: 8, serviceVariability: 0)
    let whole = ResponseDistribution([station.stage(), constant.stage(visitProbability: 0.5)])
    var arrivals = RunSeed(9).stream(for: "arrivals")
    var services = RunSeed(9).stream(for: "services")
    let gap = try DurationLaw(mean: 2, variability: 1)
    var wait = 0.0
    var responses: [Double] = []
    for _ in 0..<200_000 {
      let service = station.service.sample(&services)
      // The second tier hardly ever makes anyone wait: its 8 servers have 1.5 to do.
      responses.append(wait + service + (services.bernoulli(0.5) ? 3 : 0))
      wait = max(0, wait + service - gap.sample(&arrivals))
    }
    responses.sort()
    for share in [0.5, 0.9, 0.99] {
      #expect(abs(whole.quantile(share) / responses[Int(share * 200_000)] - 1) < 0.05)
    }
  }

  @Test("sampled durations have the law's mean and variability", arguments: [0, 0.005, 0.2, 0.7, 1, 4])
  func samples(variability: Double) throws {
    let law = try DurationLaw(mean: 0.04, variability: variability)
    var stream = RunSeed(5).stream(for: "law")
    var sum = 0.0
    var squares = 0.0
    let count = 200_000
    for _ in 0..<count {
      let value = law.sample(&stream)
      sum += value
      squares += value * value
    }
    let mean = sum / Double(count)
    #expect(abs(mean / 0.04 - 1) < 0.02)
    #expect(abs((squares / Double(count) - mean * mean) / (mean * mean) - variability) < 0.03 + 0.05 * variability)
  }

  @Test("outside its regime the model refuses")
  func refusals() {
    #expect(throws: QueueingRefusal.unstable(offeredLoad: 8)) {
      try MGC(arrivalRate: 8, meanService: 1, servers: 8)
    }
    #expect(throws: QueueingRefusal.outsideRegime(.variability(17))) {
      try MGC(arrivalRate: 1, meanService: 0.1, servers: 1, serviceVariability: 17)
    }
    #expect(throws: QueueingRefusal.outsideRegime(.variability(5))) {
      try MGC(arrivalRate: 1, meanService: 0.1, servers: 1, arrivalVariability: 5)
    }
    #expect(throws: QueueingRefusal.outOfRange(field: "mean_s")) {
      try MGC(arrivalRate: 1, meanService: 0, servers: 1)
    }
  }

  /// n times the variance of a long window's mean for M/M/1 with ρ = 0.5 and service rate 1. Waits: 29, Daley's (1968)
  /// ρ(2 + 5ρ − 4ρ² + ρ³)/(1 − ρ)⁴. Services: 1. Twice the covariance of services with later waits: 2·3, since for an
  /// exponential law it is the derivative of λm²/(1 − λm) by m. In all 36.
  @Test("a long window of M/M/1 spreads as theory says")
  func windowSpread() throws {
    let system = try MGC(arrivalRate: 0.5, meanService: 1, servers: 1)
    let window = try ObservationWindow(of: system, arrivals: 2_000, start: .steady)
    let center = window.means.reduce(0, +) / Double(window.means.count)
    let variance =
      window.means.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(window.means.count - 1) * 2_000
    #expect(abs(center - 2) < 0.01)
    // Three standard deviations of a variance from 399 samples: 3·36·√(2/398).
    #expect(abs(variance - 36) < 7.7)
  }

  @Test("a window is reproducible, and noisier near saturation")
  func window() throws {
    let calm = try MGC(arrivalRate: 60, meanService: 0.04, servers: 8)
    let busy = try MGC(arrivalRate: 180, meanService: 0.04, servers: 8)
    let first = try ObservationWindow(of: calm, arrivals: 2_000)
    #expect(try first == ObservationWindow(of: calm, arrivals: 2_000))
    let narrow = first.responseInterval()
    let wide = try ObservationWindow(of: busy, arrivals: 2_000).responseInterval()
    #expect(narrow.contains(calm.meanResponse))
    #expect(
      (wide.upperBound - wide.lowerBound) / busy.meanResponse > 4 * (narrow.upperBound - narrow.lowerBound)
        / calm.meanResponse)
  }

  @Test("an overloaded window has a mean, which grows with its length")
  func overloadedWindow() throws {
    let service = try DurationLaw(mean: 0.04, variability: 1)
    let short = try ObservationWindow(arrivalRate: 220, service: service, servers: 8, arrivals: 200)
    let long = try ObservationWindow(arrivalRate: 220, service: service, servers: 8, arrivals: 2_000)
    // Fluid: the wait of the last of n is n(1/200 − 1/220), the mean half of it.
    #expect(long.mean > 2 * short.mean)
    #expect(abs(long.mean - 0.04 - 1_000 * (1 / 200.0 - 1 / 220.0)) < 0.25)
  }

  @Test("overheads shift the interval and widen it by their spread")
  func overheads() throws {
    let system = try MGC(arrivalRate: 60, meanService: 0.04, servers: 8, serviceVariability: 0)
    let window = try ObservationWindow(of: system, arrivals: 500)
    let bare = window.responseInterval()
    let beside = window.responseInterval(overheads: [0.001, 0.002, 0.003])
    #expect(beside.lowerBound >= bare.lowerBound + 0.001 && beside.upperBound <= bare.upperBound + 0.003)
    #expect(beside.upperBound - beside.lowerBound > bare.upperBound - bare.lowerBound)
    let shifted = window.responseInterval(overheads: [0.001])
    #expect(abs(shifted.lowerBound - bare.lowerBound - 0.001) < 1e-12)
  }

  /// Load and service moments are the run's own; what the client takes beside them comes from the other runs only.
  @Test("a real pool of workers", .enabled(if: RecordedData.exists("httppool/runs.csv")))
  func workerPool() throws {
    let runs = try RecordedData.rows("httppool/runs.csv").map { $0.compactMapValues(Double.init) }
    func number(_ run: [String: Double], _ column: String) throws -> Double { try #require(run[column]) }
    let overheads = try runs.map {
      try number($0, "mean_latency_s") - number($0, "mean_wait_s") - number($0, "mean_service_measured_s")
    }
    var errors: [Double] = []
    var covered = 0
    for (index, run) in runs.enumerated() {
      let others = overheads.enumerated().filter { $0.offset != index }.map(\.element)
      let overhead = others.reduce(0, +) / Double(max(1, others.count))
      let rate = try number(run, "offered_rps")
      let service = try DurationLaw(
        mean: number(run, "mean_service_measured_s"), variability: number(run, "cv2_measured"))
      let servers = Int(try number(run, "c"))
      let measured = try number(run, "mean_latency_s")
      let window = try ObservationWindow(
        arrivalRate: rate, service: service, servers: servers, arrivals: Int(number(run, "n")))
      covered += window.responseInterval(overheads: others).contains(measured) ? 1 : 0
      guard try number(run, "rho_target") <= 0.6 else { continue }
      let system = try MGC(
        arrivalRate: rate, meanService: service.mean, servers: servers, serviceVariability: service.variability)
      errors.append(abs((system.meanResponse + overhead) / measured - 1))
    }
    #expect(errors.reduce(0, +) / Double(errors.count) <= 0.05)
    #expect(Double(covered) >= 0.9 * Double(runs.count))
  }
}
