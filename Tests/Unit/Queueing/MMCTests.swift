import SimulationQueueing
import Testing

@Suite("M/M/c")
struct MMCTests {
  /// The sums of Erlang's C formula, evaluated independently in exact rational arithmetic.
  @Test(
    "the probability to wait equals the exact sums",
    arguments: [
      (1, 0.5, 0.5), (2, 1.0, 1.0 / 3.0), (8, 6.4, 0.4576449254420161), (100, 90.0, 0.2169404809063664),
      (1_000, 950.0, 0.06825341537714143),
    ])
  func waitProbability(servers: Int, load: Double, expected: Double) throws {
    let system = try MMC(arrivalRate: load, serviceRate: 1, servers: servers)
    #expect(abs(system.waitProbability - expected) < 1e-12)
  }

  @Test("one server gives the closed forms of M/M/1")
  func singleServer() throws {
    let system = try MMC(arrivalRate: 8, serviceRate: 10, servers: 1)
    #expect(abs(system.meanResponse - 1 / (10.0 - 8)) < 1e-12)
    #expect(abs(system.meanInSystem - 0.8 / (1 - 0.8)) < 1e-12)
    // P(wait > t) = rho exp(-(mu - lambda) t)
    #expect(abs(system.waitQuantile(0.9) - 1.0397207708399179) < 1e-12)
    #expect(system.waitQuantile(0.1) == 0)
  }

  @Test("the response's law is that of M/M/1, and agrees with the inverted transform of M/G/c")
  func response() throws {
    // M/M/1: exponential at μ − λ.
    let single = try MMC(arrivalRate: 8, serviceRate: 10, servers: 1)
    #expect(abs(single.responseQuantile(0.99) - 2.302_585_092_994_046) < 1e-9)
    #expect(abs(single.responseExceedance(1) - 0.135_335_283_236_612_7) < 1e-12)
    // θ = μ: two servers, one of them busy.
    let equal = try MMC(arrivalRate: 10, serviceRate: 10, servers: 2)
    #expect(abs(equal.responseExceedance(0.1) - 0.490_505_921_561_923) < 1e-12)
    for (rate, servers) in [(6.4, 8), (90, 100), (0.5, 4)] {
      let exact = try MMC(arrivalRate: rate, serviceRate: 1, servers: servers)
      let inverted = try MGC(arrivalRate: rate, meanService: 1, servers: servers)
      #expect(abs(exact.responseQuantile(0.99) / inverted.responseQuantile(0.99) - 1) < 1e-4)
      #expect(exact.responseQuantile(0) == 0)
    }
  }

  @Test("another server never raises utilisation or waiting")
  func moreServersHelp() throws {
    var last = Double.infinity
    for servers in 7...40 {
      let system = try MMC(arrivalRate: 6.4, serviceRate: 1, servers: servers)
      #expect(system.meanWait < last)
      last = system.meanWait
    }
  }

  @Test("an overloaded system is refused, not extrapolated")
  func refusals() {
    #expect(throws: MMC.Refusal.unstable(offeredLoad: 8)) { try MMC(arrivalRate: 8, serviceRate: 1, servers: 8) }
    #expect(throws: MMC.Refusal.outOfRange(field: "arrival_rate_per_s")) {
      try MMC(arrivalRate: .nan, serviceRate: 1, servers: 1)
    }
    #expect(throws: MMC.Refusal.outOfRange(field: "servers")) { try MMC(arrivalRate: 1, serviceRate: 1, servers: 0) }
  }
}
