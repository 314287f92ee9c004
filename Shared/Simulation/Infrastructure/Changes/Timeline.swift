import SimulationInput
import SimulationKernel
import SimulationQueueing

/// The simulated hours of a service after a change: its load over the day, its instances, its autoscaler.
///
/// The hybrid engine of `PipelineSimulation` runs the service as one tier of M/G/c servers. Where no series of the load is
/// known it is a daily wave whose crest is the measured peak and whose trough is a third of it, the shape that most
/// user-facing traffic shows; `peak_traffic` holds the peak throughout.
struct Timeline {
  /// Seconds of a step, and how many moments are kept of all.
  private static let step = 30.0
  private static let keptMoments = 288
  /// Requests that are simulated one by one before the rest is approximated: under a second of computing.
  private static let maxEvents = 500_000
  /// The trough of a day over its crest.
  private static let trough = 1.0 / 3

  var moments: [ChangeMoment] = []
  var stateHash: UInt64 = 0
  /// Simulated hour at which utilisation first reaches 1.
  var saturatesAt: Double?
  var regime = ""

  /// - Returns: nil where what the twin knows isn't enough to simulate.
  static func run(
    _ s: Situation, seed: UInt64, memoryBytes: Int, isCancelled: () -> Bool, progress: (ChangeProgress) -> Void
  ) throws -> Timeline? {
    let load = ServiceLoad(s)
    guard let peak = s.state.number("peak_rps"), peak > 0, let demand = s.state.number("cpu_demand_ms"), demand > 0,
      let count = load.instances.after, count >= 1, count <= 10_000,
      let pipeline = try? pipeline(s, load, count: Int(count), demand: demand / 1_000),
      let profile = try? profile(s, peak: peak),
      let simulation = try? PipelineSimulation(
        pipeline, load: profile, disruptions: disruptions(s), step: step, seed: RunSeed(seed), maxEvents: maxEvents,
        memoryBytes: memoryBytes)
    else { return nil }
    let result: PipelineResult
    var newest: ChangeMoment?
    do {
      result = try simulation.run(
        for: max(step, min(s.proposal.durationHours, 168) * 3_600), isCancelled: isCancelled,
        observe: { newest = moment($0) }, progress: { progress(ChangeProgress(share: $0, moment: newest)) })
    } catch QueueingRefusal.tooLarge(PipelineSimulation.memoryField, let limit) {
      throw ChangeOutOfMemory(limit: limit)
    } catch is QueueingRefusal {
      return nil
    }
    return Timeline(result)
  }

  private init(_ result: PipelineResult) {
    stateHash = result.stateHash.value
    let every = max(1, (result.count + Self.keptMoments - 1) / Self.keptMoments)
    for index in 0..<result.count {
      let step = result[index]
      let rho = step.utilisation.max() ?? 0
      if saturatesAt == nil, rho >= 0.999 { saturatesAt = step.time / 3_600 }
      guard index % every == 0 else { continue }
      moments.append(Self.moment(step))
    }
    regime = result.approximatedSteps > 0 ? "hybrid:partly approximated" : "hybrid"
  }

  private static func moment(_ step: PipelineResult.Step) -> ChangeMoment {
    var metrics: [InputValue.Member] = [
      .init("arrival_rate_per_s", .number(step.arrivalRate)), .init("error_rate_per_s", .number(step.errorRate)),
      .init("instances", .number(Double(step.instances.first ?? 0))),
    ]
    if step.p99.isFinite { metrics.append(.init("p99_ms", .number(step.p99 * 1_000))) }
    metrics.append(.init("utilization", .number(step.utilisation.max() ?? 0)))
    return ChangeMoment(time: step.time, metrics: metrics)
  }

  private static func pipeline(_ s: Situation, _ load: ServiceLoad, count: Int, demand: Double) throws -> Pipeline {
    let cores = FactValue.whole(load.cores.after ?? load.cores.before ?? 1, in: 1...10_000)
    var autoscaler: HorizontalAutoscaler.Policy?
    let target = s.reading(["hpa_target_cpu"], FactValue.share).after.map { $0 > 1.5 ? $0 / 100 : $0 }
    if let target, let most = s.reading(["max_instances"]).after, most >= Double(count), most <= 10_000 {
      autoscaler = try HorizontalAutoscaler.Policy(
        minReplicas: FactValue.whole(s.reading(["min_instances"]).after ?? 1, in: 1...count), maxReplicas: Int(most),
        targetUtilisation: target, podStart: s.state.seconds("pod_start_seconds") ?? 60)
    }
    let tier = Pipeline.Tier(
      name: "service", instances: count, serversPerInstance: cores,
      service: try DurationLaw(mean: demand, variability: 1), autoscaler: autoscaler)
    return try Pipeline([tier])
  }

  private static func profile(_ s: Situation, peak: Double) throws -> LoadProfile {
    let factor = LoadFactor(s)
    if factor.name == "peak_traffic" { return try LoadProfile(.constant(rate: peak)) }
    let mean = peak * (1 + trough) / 2
    let wave = LoadProfile.Base.daily(mean: mean, amplitude: (1 - trough) / (1 + trough), peak: 43_200)
    guard factor.value > 1 else { return try LoadProfile(wave) }
    // The crowd comes at the crest, the worst time.
    let ramp = s.state.seconds("ramp_seconds") ?? 300
    return try LoadProfile(
      wave, crowds: [.init(start: 43_200 - ramp, factor: factor.value, ramp: ramp, sustained: 1_800, decay: 3_600)])
  }

  private static func disruptions(_ s: Situation) -> [Disruption] {
    let name = LoadFactor(s).name
    let (from, to) = (43_200.0, 43_200.0 + 1_800)
    if name.contains("zone"), let zones = s.state.number("zones"), zones >= 2, zones <= 100 {
      return [.zoneFailure(zones: Int(zones), from: from, to: to)]
    }
    if name.contains("dependency") { return [.dependencyFailure(tier: 0, slowdown: 4, from: from, to: to)] }
    return []
  }
}
