import SimulationKernel
import SimulationQueueing
import Testing

@Suite("Pipelines over time")
struct PipelineTests {
  /// Five tiers for about 100 requests per second: a tenth of the benchmark's.
  static func shop(scaling: Bool = false, callers: Pipeline.Callers = .patient) throws -> Pipeline {
    let policy = try HorizontalAutoscaler.Policy(
      minReplicas: 4, maxReplicas: 40, targetUtilisation: 0.6, podStart: 30)
    return try Pipeline(
      [
        .init(name: "balancer", instances: 2, service: DurationLaw(mean: 0.005, variability: 0.2)),
        .init(name: "web", instances: 4, service: DurationLaw(mean: 0.015, variability: 1)),
        .init(
          name: "application", instances: 7, service: DurationLaw(mean: 0.04, variability: 1.5),
          autoscaler: scaling ? policy : nil),
        .init(name: "cache", instances: 1, service: DurationLaw(mean: 0.004, variability: 0)),
        .init(
          name: "database", instances: 3, service: DurationLaw(mean: 0.05, variability: 2), visitProbability: 0.3),
      ], callers: callers)
  }

  private func compare(
    _ pipeline: Pipeline, _ load: LoadProfile, _ disruptions: [Disruption] = [], seed: RunSeed = RunSeed(7)
  ) throws -> (hybrid: PipelineResult, mean: Double, p99: Double) {
    let hybrid = try PipelineSimulation(pipeline, load: load, disruptions: disruptions, seed: seed).run(for: 600)
    let full = try PipelineSimulation(pipeline, load: load, disruptions: disruptions, mode: .discreteEvent, seed: seed)
      .run(for: 600)
    #expect(full.steps(by: .discreteEvent) == 120)
    let mean = try #require(hybrid.meanLatency) / #require(full.meanLatency)
    return (hybrid, mean, hybrid.latencyQuantile(0.99) / full.latencyQuantile(0.99))
  }

  @Test("ten minutes of steady load agree with every request simulated", arguments: [40.0, 100, 120])
  func steady(rate: Double) throws {
    let (hybrid, mean, p99) = try compare(Self.shop(), LoadProfile(.constant(rate: rate)))
    #expect(hybrid.steps(by: .analytic) == 120)
    #expect(abs(mean - 1) < 0.05)
    #expect(abs(p99 - 1) < 0.1)
  }

  @Test("ten minutes with a crowd that overloads and leaves agree")
  func overload() throws {
    let load = try LoadProfile(.recorded(rates: [80, 80, 250, 80, 80], interval: 150))
    let (hybrid, mean, p99) = try compare(Self.shop(), load)
    #expect(hybrid.steps(by: .analytic) > 0 && hybrid.steps(by: .fluid) > 0 && hybrid.steps(by: .discreteEvent) > 0)
    #expect(abs(mean - 1) < 0.05)
    #expect(abs(p99 - 1) < 0.1)
  }

  @Test("ten minutes with a failed zone, and with a failed dependency and retries, agree")
  func disrupted() throws {
    let constant = try LoadProfile(.constant(rate: 100))
    let zone = Disruption.zoneFailure(zones: 3, from: 200, to: 260)
    let first = try compare(Self.shop(), constant, [zone])
    #expect(abs(first.mean - 1) < 0.05)
    #expect(abs(first.p99 - 1) < 0.1)
    let callers = Pipeline.Callers(timeout: 1, maxAttempts: 3, backoff: 0.1)
    let slow = Disruption.dependencyFailure(tier: 4, slowdown: 4, from: 200, to: 260)
    let second = try compare(Self.shop(callers: callers), constant, [slow])
    #expect(second.hybrid.steps(by: .discreteEvent) > 0)
    #expect(abs(second.mean - 1) < 0.05)
    #expect(abs(second.p99 - 1) < 0.1)
  }

  /// With common random numbers the windows that are simulated event by event agree by construction. Without, chance
  /// separates any two runs, so the median of several pairs counts, and the overload is large enough that its backlog
  /// varies by some 2 % only.
  @Test(
    "ten minutes agree with every request simulated under seeds that have nothing in common", arguments: [false, true])
  func independentSeeds(isOverloaded: Bool) throws {
    let load = try LoadProfile(
      isOverloaded ? .recorded(rates: [80, 80, 400, 80, 80], interval: 150) : .constant(rate: 110))
    var errors: (mean: [Double], p99: [Double]) = ([], [])
    for seed in [1, 2, 3] as [UInt64] {
      let hybrid = try PipelineSimulation(Self.shop(), load: load, seed: RunSeed(seed)).run(for: 600)
      let full = try PipelineSimulation(Self.shop(), load: load, mode: .discreteEvent, seed: RunSeed(1_000 + seed))
        .run(for: 600)
      errors.mean.append(abs(try #require(hybrid.meanLatency) / #require(full.meanLatency) - 1))
      errors.p99.append(abs(hybrid.latencyQuantile(0.99) / full.latencyQuantile(0.99) - 1))
    }
    #expect(errors.mean.sorted()[1] < 0.05, "\(errors)")
    #expect(errors.p99.sorted()[1] < 0.1, "\(errors)")
    // Common numbers would make windows that are simulated event by event equal.
    #expect(errors.mean.allSatisfy { $0 > 0 })
  }

  @Test("a load that hardly changes is held, with the same mean; one that does isn't")
  func heldLoad() throws {
    let pipeline = try Pipeline([
      .init(name: "web", instances: 4, service: DurationLaw(mean: 0.03, variability: 1))
    ])
    func rates(_ base: LoadProfile.Base, hold: Double) throws -> [Double] {
      let load = try LoadProfile(base, hold: hold)
      let run = try PipelineSimulation(pipeline, load: load).run(for: 600)
      return (0..<run.count).map { run[$0].arrivalRate }
    }
    let gentle = LoadProfile.Base.recorded(rates: [50, 51], interval: 600)
    let held = try rates(gentle, hold: 300)
    #expect(Set(held).count == 2)
    #expect(try abs(held.reduce(0, +) - rates(gentle, hold: 0).reduce(0, +)) < 1e-6)
    let steep = LoadProfile.Base.recorded(rates: [50, 60], interval: 600)
    #expect(try rates(steep, hold: 300) == rates(steep, hold: 0))
  }

  @Test("lost instances are gone for their time, and offered work is told over what is left")
  func lostInstances() throws {
    let pipeline = try Pipeline([
      .init(name: "web", instances: 4, service: DurationLaw(mean: 0.03, variability: 1))
    ])
    let run = try PipelineSimulation(
      pipeline, load: LoadProfile(.constant(rate: 50)), disruptions: [.nodeFailure(count: 3, from: 20, to: 40)]
    ).run(for: 60)
    let steps = (0..<run.count).map { run[$0] }
    #expect(steps.map { $0.instances[0] } == [4, 4, 4, 4, 1, 1, 1, 1, 4, 4, 4, 4])
    #expect(steps.map { $0.offered[0] } == steps.map { 50 * 0.03 / Double($0.instances[0]) })
    let all = try PipelineSimulation(
      pipeline, load: LoadProfile(.constant(rate: 50)), disruptions: [.nodeFailure(count: 9, from: 20, to: 40)]
    ).run(for: 60)
    #expect(all[5].instances == [0] && all[5].offered == [1.5])
    #expect(throws: QueueingRefusal.outOfRange(field: "instance_loss_count")) {
      try PipelineSimulation(
        pipeline, load: LoadProfile(.constant(rate: 1)), disruptions: [.nodeFailure(count: -1, from: 0, to: 1)])
    }
  }

  @Test("equal seeds give equal hashes, other seeds others")
  func deterministic() throws {
    let load = try LoadProfile(.constant(rate: 100))
    func hash(_ seed: UInt64) throws -> String {
      let failing = Pipeline.Tier(
        name: "web", instances: 8, service: try DurationLaw(mean: 0.06, variability: 1),
        failures: .init(meanTimeBetween: 600, meanTimeToRepair: 60))
      return try PipelineSimulation(Pipeline([failing]), load: load, seed: RunSeed(seed)).run(for: 300).stateHash
        .hexadecimal
    }
    #expect(try hash(1) == hash(1))
    #expect(try hash(1) != hash(2))
  }

  /// The hash of a release build: steady states, events, retries and scaling, in arithmetic that rounds alike
  /// everywhere.
  @Test("debug and release builds agree bit for bit")
  func golden() throws {
    let load = try LoadProfile(
      .daily(mean: 100, amplitude: 0.3, peak: 300), crowds: [.init(start: 120, factor: 2, ramp: 20, decay: 30)])
    let patient = try PipelineSimulation(Self.shop(scaling: true), load: load).run(for: 600)
    #expect(patient.stateHash.hexadecimal == "0bc069e9cdbb14a5")
    let callers = Pipeline.Callers(timeout: 1, maxAttempts: 2)
    let impatient = try PipelineSimulation(Self.shop(callers: callers), load: load).run(for: 600)
    #expect(impatient.stateHash.hexadecimal == "c827398705c9a1be")
  }

  @Test("a station alone, every request simulated, meets M/M/c")
  func singleStation() throws {
    let pipeline = try Pipeline([
      .init(name: "web", instances: 4, service: DurationLaw(mean: 0.03, variability: 1))
    ])
    let exact = try MMC(arrivalRate: 100, serviceRate: 1 / 0.03, servers: 4)
    let run = try PipelineSimulation(pipeline, load: LoadProfile(.constant(rate: 100)), mode: .discreteEvent)
      .run(for: 1_000)
    #expect(abs(try #require(run.meanLatency) / exact.meanResponse - 1) < 0.03)
    let utilisation = (0..<run.count).reduce(0) { $0 + run[$1].utilisation[0] } / Double(run.count)
    #expect(abs(utilisation - 0.75) < 0.01)
  }

  /// M/M/1/K: 1 server and room for 4 to wait, ρ = 0.8; the share lost is (1 − ρ)ρ⁵/(1 − ρ⁶).
  @Test("a full queue rejects as M/M/1/K does")
  func blocking() throws {
    let pipeline = try Pipeline([
      .init(name: "web", instances: 1, service: DurationLaw(mean: 0.008, variability: 1), queueLimit: 4)
    ])
    let run = try PipelineSimulation(pipeline, load: LoadProfile(.constant(rate: 100)), mode: .discreteEvent)
      .run(for: 1_000)
    let expected = 0.2 * 0.32768 / (1 - 0.262144)
    #expect(abs(run.errorShare / expected - 1) < 0.05)
  }

  @Test("a cancelled run ends, and progress only rises")
  func cancellation() throws {
    let simulation = try PipelineSimulation(Self.shop(), load: LoadProfile(.constant(rate: 50)))
    var asked = 0
    #expect(throws: CancellationError.self) {
      try simulation.run(for: 600) {
        asked += 1
        return asked > 3
      }
    }
    #expect(asked == 4)
    var shares: [Double] = []
    _ = try simulation.run(for: 600, progress: { shares.append($0) })
    #expect(shares == shares.sorted() && shares.last == 1 && shares.count > 50)
  }

  /// Twice as many requests as can be served, each given up after a while: queues and deadlines grow without end.
  private static func flood(memoryBytes: Int, callers: Pipeline.Callers = .patient) throws -> PipelineSimulation {
    let pipeline = try Pipeline(
      [.init(name: "web", instances: 1, service: DurationLaw(mean: 0.001, variability: 1))], callers: callers)
    return try PipelineSimulation(
      pipeline, load: LoadProfile(.constant(rate: 2_000)), mode: .discreteEvent, memoryBytes: memoryBytes)
  }

  @Test(
    "a run ends before its state takes more memory than it may",
    arguments: [Pipeline.Callers.patient, .init(timeout: 30, maxAttempts: 3), .init(timeout: 0.001)])
  func memory(callers: Pipeline.Callers) throws {
    let small = 1 << 20
    #expect(throws: QueueingRefusal.tooLarge(field: "memory_bytes", limit: small)) {
      try Self.flood(memoryBytes: small, callers: callers).run(for: 15)
    }
    let whole = try Self.flood(memoryBytes: 1 << 30, callers: callers).run(for: 15)
    let least = whole.peakMemoryBytes
    #expect(try Self.flood(memoryBytes: least, callers: callers).run(for: 15).stateHash == whole.stateHash)
    #expect(throws: QueueingRefusal.tooLarge(field: "memory_bytes", limit: least - 1)) {
      try Self.flood(memoryBytes: least - 1, callers: callers).run(for: 15)
    }
  }

  @Test("a bound of memory below what the series needs is refused at once")
  func memoryOfSeries() throws {
    var steps = 0
    #expect(throws: QueueingRefusal.tooLarge(field: "memory_bytes", limit: 100_000)) {
      try Self.flood(memoryBytes: 100_000).run(
        for: 86_400,
        isCancelled: {
          steps += 1
          return false
        })
    }
    #expect(steps == 0)
  }

  @Test("a spent bound on events is said, not hidden")
  func budget() throws {
    let load = try LoadProfile(.constant(rate: 100))
    let pipeline = try Pipeline([
      .init(name: "web", instances: 1, service: DurationLaw(mean: 0.0099, variability: 1))
    ])
    let bounded = try PipelineSimulation(pipeline, load: load, maxEvents: 5_000).run(for: 300)
    #expect(bounded.events < 10_000)
    #expect(bounded.approximatedSteps > 30)
    #expect(try PipelineSimulation(pipeline, load: load).run(for: 300).approximatedSteps == 0)
  }

  @Test("what can't be run is refused")
  func refusals() throws {
    let load = try LoadProfile(.constant(rate: 1))
    #expect(throws: QueueingRefusal.outOfRange(field: "tiers")) { try Pipeline([]) }
    let pipeline = try Self.shop()
    #expect(throws: QueueingRefusal.tooLarge(field: "steps", limit: PipelineSimulation.maxSteps)) {
      try PipelineSimulation(pipeline, load: load).run(for: 1e9)
    }
    #expect(throws: QueueingRefusal.outOfRange(field: "disruption_tier")) {
      try PipelineSimulation(
        pipeline, load: load, disruptions: [.dependencyFailure(tier: 9, slowdown: 2, from: 0, to: 1)])
    }
  }
}
