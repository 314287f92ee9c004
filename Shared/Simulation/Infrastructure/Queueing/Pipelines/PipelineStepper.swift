import SimulationKernel

/// Chooses how to compute each step, and hands the state over when the choice changes.
struct PipelineStepper: Sendable {
  private let simulation: PipelineSimulation
  private let canRetry: Bool
  /// Mean responses, and at most steps, that an engine warms up.
  private static let leadResponses = 5.0
  private static let maxLeadSteps = 4
  /// Standard deviations of a step's change that a backlog holds when chance is 3 % of it.
  private static let largeBacklog = 33.0
  /// Alive while steps are simulated event by event.
  private var engine: DiscreteEventPipeline?
  /// The last step that was simulated event by event.
  private var measured: PipelineTally?
  private var fluid: FluidPipeline
  private var previous: PipelineConditions?
  /// Whether the bound on events was met; an engine that stood still since can't go on.
  private var isSpent = false
  /// Mean latency of the step before, seconds.
  private var lastMean = 0.0
  private var steady: Steady?
  /// Where the quantiles of the next steady state are looked for first.
  private var lastShape: LatencyShape?

  /// A steady state with what its distribution costs to compute, kept while the conditions last.
  private struct Steady: Sendable {
    var conditions: PipelineConditions
    var state: AnalyticPipeline?
    var tally: PipelineTally?
    var shape: LatencyShape?
  }

  /// Bytes that the run takes beside the state of an engine.
  private let otherBytes: Int

  init(_ simulation: PipelineSimulation, otherBytes: Int) {
    self.simulation = simulation
    self.otherBytes = otherBytes
    let pipeline = simulation.pipeline
    canRetry =
      pipeline.callers.maxAttempts > 1
      && (pipeline.callers.timeout != nil || pipeline.tiers.contains { $0.queueLimit != nil })
    fluid = FluidPipeline(tiers: pipeline.tiers.count)
  }

  mutating func advance(
    at time: Double, under conditions: PipelineConditions, into result: inout PipelineResult
  ) throws(QueueingRefusal) -> (PipelineTally, PipelineResult.Method) {
    if steady?.conditions != conditions {
      steady = Steady(
        conditions: conditions,
        state: simulation.mode == .hybrid
          ? AnalyticPipeline(simulation.pipeline, variability: simulation.load.variability, under: conditions) : nil)
    }
    let method = choose(conditions)
    if method == .discreteEvent, simulation.mode == .hybrid,
      isSpent || result.events + expectedEvents(conditions) > simulation.maxEvents
    {
      isSpent = true
      result.approximatedSteps += 1
      return approximate(at: time, conditions, &result)
    }
    let tally: PipelineTally
    switch method {
    case .discreteEvent:
      tally = try discrete(at: time, conditions, &result)
      measured = tally
    case .fluid:
      drainEngine()
      tally = fluid.advance(
        simulation.pipeline, variability: simulation.load.variability, under: conditions, at: time,
        seconds: simulation.step, into: &result.histogram)
    case .analytic, .held:
      engine = nil
      fluid = FluidPipeline(tiers: fluid.vessels.count)
      tally = analytic(conditions, &result)
    }
    previous = conditions
    lastMean = tally.meanLatency ?? 0
    return (tally, method)
  }

  /// What stands in once the events are used up: a storm of retries that can last is taken to last as it was measured,
  /// a backlog drains as a fluid, and all else is in its steady state.
  private mutating func approximate(
    at time: Double, _ conditions: PipelineConditions, _ result: inout PipelineResult
  ) -> (PipelineTally, PipelineResult.Method) {
    previous = conditions
    if canRetry, var held = measured, held.arrivals > 0, steady?.state == nil || canStormLast(conditions) {
      let scale = conditions.rate / held.arrivals
      held.arrivals = conditions.rate
      held.completed *= scale
      held.failed *= scale
      held.latencySum *= scale
      if let engine { result.histogram.merge(engine.histogram, factor: scale) }
      return (held, .held)
    }
    if steady?.state != nil, canRetry || fluid.isEmpty && engine.map({ $0.inFlight == 0 }) ?? true {
      engine = nil
      return (analytic(conditions, &result), .analytic)
    }
    drainEngine()
    let tally = fluid.advance(
      simulation.pipeline, variability: simulation.load.variability, under: conditions, at: time,
      seconds: simulation.step, into: &result.histogram)
    return (tally, .fluid)
  }

  /// At most, in the next step: each attempt's arrival and timeout, and its service at every tier.
  private func expectedEvents(_ conditions: PipelineConditions) -> Int {
    let attempts = measured.map { max(1, $0.attempts) } ?? 1
    let each = Double(2 + conditions.servers.count) * attempts
    return Int(min(1e15, conditions.rate * simulation.step * each))
  }

  /// Whether every request at its most attempts is more than some tier can serve.
  private func canStormLast(_ conditions: PipelineConditions) -> Bool {
    let attempts = Double(simulation.pipeline.callers.maxAttempts)
    return conditions.servers.indices.contains { tier in
      conditions.rate * attempts * demand(tier, conditions) >= Double(conditions.servers[tier])
    }
  }

  func finish(_ result: inout PipelineResult) { engine?.hash(into: &result.stateHash) }

  // MARK: Choice

  private func choose(_ conditions: PipelineConditions) -> PipelineResult.Method {
    guard simulation.mode == .hybrid else { return .discreteEvent }
    if !canRetry, isOverloaded(conditions) { return .fluid }
    guard conditions.rate > 0 else { return isCalm(conditions) ? .fluid : .discreteEvent }
    guard let state = steady?.state else { return .discreteEvent }
    if state.relaxation * PipelineSimulation.relaxationsPerStep > simulation.step { return .discreteEvent }
    let limit = canRetry ? PipelineSimulation.retryShare : PipelineSimulation.failureShare
    if state.failureShare > limit { return .discreteEvent }
    if !isCalm(conditions) { return .discreteEvent }
    if let previous, previous.servers != conditions.servers || previous.slowdown != conditions.slowdown {
      for tier in conditions.servers.indices
      where previous.servers[tier] != conditions.servers[tier] || previous.slowdown[tier] != conditions.slowdown[tier] {
        let load = conditions.rate * demand(tier, conditions)
        let least = Double(min(previous.servers[tier], conditions.servers[tier]))
        if load > PipelineSimulation.transitionUtilisation * least { return .discreteEvent }
      }
    }
    return .analytic
  }

  /// Seconds of service that a request needs at a tier.
  private func demand(_ tier: Int, _ conditions: PipelineConditions) -> Double {
    let description = simulation.pipeline.tiers[tier]
    return description.visitProbability * description.service.mean * conditions.slowdown[tier]
  }

  /// Whether at some tier the backlog is decided by its drift, or is so large that a step's chance doesn't matter to it.
  private func isOverloaded(_ conditions: PipelineConditions) -> Bool {
    for tier in conditions.servers.indices {
      let description = simulation.pipeline.tiers[tier]
      let service = description.service.mean * conditions.slowdown[tier]
      let capacity = Double(conditions.servers[tier]) / service
      let arriving = conditions.rate * description.visitProbability
      let drift = (arriving - capacity) * simulation.step
      let chance =
        ((arriving * simulation.load.variability + capacity * description.service.variability) * simulation.step)
        .squareRoot()
      let backlog = engine.map { Double($0.waiting(at: tier)) } ?? fluid.backlog(at: tier)
      let certain = 3 * chance
      if drift > certain || (capacity == 0 && arriving > 0) { return true }
      // A backlog that shrinks steadily, but not within this step.
      if drift < -certain, backlog + drift > certain { return true }
      if backlog > Self.largeBacklog * chance { return true }
    }
    return false
  }

  /// Whether what is left behind drains within the time in which a steady state is reached anyway.
  private func isCalm(_ conditions: PipelineConditions) -> Bool {
    let allowed = simulation.step / PipelineSimulation.relaxationsPerStep
    var expected = 0.0
    for tier in conditions.servers.indices {
      let service = simulation.pipeline.tiers[tier].service.mean * conditions.slowdown[tier]
      let load = conditions.rate * demand(tier, conditions)
      let spare = (Double(conditions.servers[tier]) - load) / service
      let backlog = engine.map { Double($0.waiting(at: tier)) } ?? fluid.backlog(at: tier)
      if backlog >= 0.5, backlog > allowed * spare { return false }
      expected += load + (steady?.state?.stations[tier].meanQueueLength ?? 0)
    }
    // Pauses before retries count as in flight: they are load to come.
    if let engine, Double(engine.inFlight) > expected + 5 * expected.squareRoot() + allowed * conditions.rate {
      return false
    }
    return true
  }

  // MARK: Ways

  private mutating func discrete(
    at time: Double, _ conditions: PipelineConditions, _ result: inout PipelineResult
  ) throws(QueueingRefusal) -> PipelineTally {
    if engine == nil { engine = try newEngine(at: time, conditions, &result) }
    guard var running = engine else { preconditionFailure("an engine was just made") }
    // Out of the optional while it runs, so that its arrays stay unique.
    engine = nil
    let before = running.events
    let tally = try running.run(until: time + simulation.step, under: conditions, seed: seed(at: time))
    result.peakMemoryBytes = max(result.peakMemoryBytes, running.peakBytes)
    result.events += running.events - before
    result.histogram.merge(running.histogram)
    engine = running
    return tally
  }

  /// An engine in the state that the steps before left: warmed up under their conditions, or with their backlog.
  private mutating func newEngine(
    at time: Double, _ conditions: PipelineConditions, _ result: inout PipelineResult
  ) throws(QueueingRefusal) -> DiscreteEventPipeline {
    let seed = self.seed(at: time)
    guard let previous else {
      return try newEngine(seed, from: time)
    }
    if !fluid.isEmpty {
      var running = try newEngine(seed, from: time)
      for (tier, parcels) in fluid.vessels.enumerated() { try running.add(parcels, at: tier) }
      fluid = FluidPipeline(tiers: fluid.vessels.count)
      return running
    }
    // Long enough for what was under way before the window to have come in.
    let wanted = (Self.leadResponses * lastMean / simulation.step).rounded(.up)
    let lead = min(Int(min(Double(Self.maxLeadSteps), max(1, wanted))), Int((time / simulation.step).rounded()))
    let begin = time - Double(lead) * simulation.step
    var running = try newEngine(seed, from: begin)
    for step in 0..<lead {
      let start = begin + Double(step) * simulation.step
      _ = try running.run(until: start + simulation.step, under: previous, seed: self.seed(at: start))
    }
    result.events += running.events
    return running
  }

  private func newEngine(_ seed: RunSeed, from start: Double) throws(QueueingRefusal) -> DiscreteEventPipeline {
    try DiscreteEventPipeline(
      simulation.pipeline, variability: simulation.load.variability, seed: seed, from: start,
      memoryBytes: simulation.memoryBytes, otherBytes: otherBytes)
  }

  /// The seed of the step that begins at `time`.
  private func seed(at time: Double) -> RunSeed {
    simulation.seed.repetition(1 + Int((time / simulation.step).rounded()))
  }

  private mutating func drainEngine() {
    guard let running = engine else { return }
    for tier in fluid.vessels.indices { fluid.add(running.parcels(at: tier), at: tier) }
    engine = nil
  }

  private mutating func analytic(_ conditions: PipelineConditions, _ result: inout PipelineResult) -> PipelineTally {
    guard let state = steady?.state else { return PipelineTally(tiers: fluid.vessels.count) }
    let shape = steady?.shape ?? LatencyShape(state.response, near: lastShape)
    let tally =
      steady?.tally
      ?? state.tally(
        rate: conditions.rate, seconds: simulation.step,
        maxAttempts: canRetry ? simulation.pipeline.callers.maxAttempts : 1, shape: shape)
    lastShape = shape
    steady?.tally = tally
    steady?.shape = shape
    shape.add(to: &result.histogram, weight: tally.completed)
    return tally
  }
}
