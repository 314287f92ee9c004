import SimulationKernel

/// What changes a pipeline from step to step apart from its requests: load, autoscalers, failures and disruptions.
///
/// The same for every way to compute a step, and decided at its start only.
struct PipelineControl: Sendable {
  private let pipeline: Pipeline
  private let load: LoadProfile
  private let disruptions: [Disruption]
  private let step: Double
  private var autoscalers: [HorizontalAutoscaler?]
  private var nextSync: [Double]
  private var busySinceSync: [Double]
  private var stepsSinceSync: [Int]
  private var failures: [FailureState?]

  /// Instances of one tier that are down.
  private struct FailureState: Sendable {
    var stream: RandomStream
    /// What is left to the next failure, in mean times between failures of one instance.
    var left: Double
    /// When each is repaired.
    var repairs: [Double] = []
  }

  init(_ pipeline: Pipeline, load: LoadProfile, disruptions: [Disruption], step: Double, seed: RunSeed) {
    self.pipeline = pipeline
    self.load = load
    self.disruptions = disruptions
    self.step = step
    autoscalers = pipeline.tiers.map { tier in
      tier.autoscaler.map { HorizontalAutoscaler($0, ready: tier.instances) }
    }
    nextSync = pipeline.tiers.map { $0.autoscaler?.syncPeriod ?? .infinity }
    busySinceSync = pipeline.tiers.map { _ in 0 }
    stepsSinceSync = pipeline.tiers.map { _ in 0 }
    failures = pipeline.tiers.enumerated().map { index, tier in
      guard tier.failures != nil else { return nil }
      var stream = seed.stream(for: "failures of tier \(index)")
      let left = -PortableMath.log(stream.openUniform())
      return FailureState(stream: stream, left: left)
    }
  }

  /// The conditions of the step that begins at `time`.
  mutating func conditions(at time: Double) -> PipelineConditions {
    var conditions = PipelineConditions(
      rate: load.rate(from: time, to: time + step), instances: [], servers: [], slowdown: [])
    for (index, tier) in pipeline.tiers.enumerated() {
      synchronise(index, at: time)
      let ready = autoscalers[index]?.ready ?? tier.instances
      var down = failed(index, of: ready, at: time)
      var lost = 0.0
      var slowdown = 1.0
      // Half a step of tolerance: a disruption begins and ends at the nearest boundary.
      for disruption in disruptions where disruption.tier ?? index == index {
        guard time >= disruption.from - 0.5 * step, time < disruption.to - 0.5 * step else { continue }
        switch disruption.effect {
        case .capacityLoss(let share): lost = 1 - (1 - lost) * (1 - share)
        case .instanceLoss(let count): down += min(count, ready)
        case .slowdown(let factor): slowdown *= factor
        }
      }
      let healthy = Double(max(0, ready - down)) * (1 - lost)
      let instances = Int((healthy + 1e-9).rounded(.down))
      conditions.instances.append(instances)
      conditions.servers.append(instances * tier.serversPerInstance)
      conditions.slowdown.append(slowdown)
    }
    return conditions
  }

  /// Tells the autoscalers what the step showed.
  mutating func observe(_ tally: PipelineTally) {
    for index in autoscalers.indices where autoscalers[index] != nil {
      busySinceSync[index] += tally.utilisation[index]
      stepsSinceSync[index] += 1
    }
  }

  private mutating func synchronise(_ index: Int, at time: Double) {
    guard let policy = autoscalers[index]?.policy else { return }
    autoscalers[index]?.advance(to: time)
    guard time >= nextSync[index] - 1e-6, stepsSinceSync[index] > 0 else { return }
    autoscalers[index]?.synchronise(at: time, utilisation: busySinceSync[index] / Double(stepsSinceSync[index]))
    nextSync[index] += policy.syncPeriod * max(1, ((time - nextSync[index]) / policy.syncPeriod).rounded(.up))
    busySinceSync[index] = 0
    stepsSinceSync[index] = 0
  }

  private mutating func failed(_ index: Int, of ready: Int, at time: Double) -> Int {
    guard var state = failures[index], let law = pipeline.tiers[index].failures else { return 0 }
    state.repairs.removeAll { $0 <= time }
    state.left -= Double(max(0, ready - state.repairs.count)) * step / law.meanTimeBetween
    while state.left <= 0, state.repairs.count < ready {
      state.left -= PortableMath.log(state.stream.openUniform())
      state.repairs.append(time - law.meanTimeToRepair * PortableMath.log(state.stream.openUniform()))
    }
    failures[index] = state
    return state.repairs.count
  }
}
