import SimulationInput
import SimulationKernel
import SimulationQueueing

/// The simulated hours of a service before a change and after it: its load over the day, its instances, its autoscaler,
/// and what fails in the scenario that is asked for.
///
/// The hybrid engine of `PipelineSimulation` runs the service as one tier of M/G/c servers; both sides meet the same
/// requests. Where the load is a forecast, its expected course gives the metrics and its upper end judges saturation.
struct Timeline {
  /// Seconds of a step; of a longer one beyond a week.
  private static let step = 30.0
  private static let longStep = 120.0
  private static let longHours = 168.0
  private static let keptMoments = 288
  /// Events of a run before the rest is approximated: under a tenth of a second of computing, and about a fifth where
  /// the caller asks for something to go wrong.
  private static let maxEvents = 300_000
  private static let maxDisruptedEvents = 1_000_000
  /// At the upper end of a forecast the work that is offered is judged, which needs none but for scaling.
  private static let maxUpperEvents = 100_000

  let load: SimulatedLoad
  let setting: HoursSetting
  /// After the change, under the expected load.
  let after: HoursRun
  /// nil where it isn't known what there is now.
  let before: HoursRun?
  /// Under the upper end of the forecast; nil without one.
  var afterUpper: HoursRun?
  var beforeUpper: HoursRun?
  let told: SimulatedHours

  enum Outcome {
    case ran(Timeline)
    /// With the reason.
    case refused(SimulatedHours)
  }

  /// - Parameter memoryBytes: what all runs together may take: the state of the one that runs, and what is kept of those
  ///   before it.
  /// - Throws: `CancellationError`, `ChangeOutOfMemory`.
  static func run(
    _ s: Situation, recorded: RecordedLoad?, seed: UInt64, memoryBytes: Int, isCancelled: () -> Bool,
    progress: (ChangeProgress) -> Void
  ) throws -> Outcome {
    let scenario = LoadScenario(s.proposal.loadScenario)
    let hours = s.proposal.durationHours
    let step = hours <= longHours ? step : longStep
    let duration = max(step, (hours * 3_600 / step).rounded(.up) * step)
    func refuse(_ reason: String) -> Outcome {
      var told = SimulatedHours()
      told.scenario = scenario.kind?.rawValue ?? told.scenario
      told.seed = seed
      told.notSimulated = reason
      return .refused(told)
    }
    guard let demand = s.state.number("cpu_demand_ms"), demand > 0 else { return refuse("cpu_demand_ms is unknown") }
    guard let load = SimulatedLoad(scenario, recorded: recorded, known: s.state.number("peak_rps"), duration: duration)
    else { return refuse("the load is unknown: neither \(RecordedLoad.metric) is recorded nor peak_rps known") }
    let setting = HoursSetting(s, scenario, load, duration: duration)
    guard let pipeline = setting.pipeline(after: true, demand: demand / 1_000) else {
      return refuse("what serves after the change is unknown: instances and cores")
    }
    let old = setting.pipeline(after: false, demand: demand / 1_000)
    var isFirst = true
    var keptBytes = 0
    var newest: ChangeMoment?
    let usual = setting.isDisrupted ? maxDisruptedEvents : maxEvents
    func simulate(
      _ pipeline: Pipeline, _ base: LoadProfile.Base, after: Bool, events: Int = usual
    ) throws -> HoursRun? {
      guard let profile = try? setting.profile(base),
        let simulation = try? PipelineSimulation(
          pipeline, load: profile, disruptions: setting.disruptions(after: after), step: step, seed: RunSeed(seed),
          maxEvents: events, memoryBytes: max(0, memoryBytes - keptBytes))
      else { return nil }
      let reports = isFirst
      isFirst = false
      do {
        let result = try simulation.run(
          for: duration, isCancelled: isCancelled, observe: { newest = moment($0) },
          progress: { if reports { progress(ChangeProgress(share: $0, moment: newest)) } })
        keptBytes += PipelineResult.bytes(tiers: pipeline.tiers.count, steps: result.count)
        return HoursRun(result)
      } catch QueueingRefusal.tooLarge(PipelineSimulation.memoryField, _) {
        throw ChangeOutOfMemory(limit: memoryBytes)
      } catch is QueueingRefusal {
        return nil
      }
    }
    guard let after = try simulate(pipeline, load.base, after: true) else {
      return refuse("the hours are beyond what the engine can simulate")
    }
    let isSame = old == pipeline && setting.disruptions(after: false) == setting.disruptions(after: true)
    let before = try isSame ? after : old.flatMap { try simulate($0, load.base, after: false) }
    var timeline = Timeline(load: load, setting: setting, after: after, before: before, seed: seed)
    if let upper = load.upper {
      timeline.afterUpper = try simulate(pipeline, upper, after: true, events: maxUpperEvents)
      timeline.beforeUpper =
        try isSame
        ? timeline.afterUpper : old.flatMap { try simulate($0, upper, after: false, events: maxUpperEvents) }
    }
    return .ran(timeline)
  }

  private init(load: SimulatedLoad, setting: HoursSetting, after: HoursRun, before: HoursRun?, seed: UInt64) {
    (self.load, self.setting, self.after, self.before) = (load, setting, after, before)
    var told = load.told
    told.parameters += setting.parameters
    told.statement += setting.statement
    if setting.isDisrupted { told.peakRate = after.peakRate }
    told.seed = seed
    after.tell(&told)
    self.told = told
  }

  /// The hash over all runs.
  var stateHash: UInt64 {
    var hash = StateHash()
    for run in [after, before, afterUpper, beforeUpper] { hash.combine(run?.result.stateHash.value ?? 0) }
    return hash.value
  }

  /// Predicted metrics after the change, at most `keptMoments` of them.
  var moments: [ChangeMoment] {
    let result = after.result
    let every = max(1, (result.count + Self.keptMoments - 1) / Self.keptMoments)
    return stride(from: 0, to: result.count, by: every).map { Self.moment(result[$0]) }
  }

  private static func moment(_ step: PipelineResult.Step) -> ChangeMoment {
    var metrics: [InputValue.Member] = [
      .init("arrival_rate_per_s", .number(step.arrivalRate)),
      .init("attempts_per_request", .number(step.attempts)), .init("error_rate_per_s", .number(step.errorRate)),
      .init("instances", .number(Double(step.instances.first ?? 0))),
    ]
    metrics.append(.init("offered_utilization", .number(step.offered.max() ?? 0)))
    if step.p99.isFinite { metrics.append(.init("p99_ms", .number(step.p99 * 1_000))) }
    metrics.append(.init("utilization", .number(step.utilisation.max() ?? 0)))
    return ChangeMoment(time: step.time, metrics: metrics)
  }

  var regime: String { after.result.approximatedSteps > 0 ? "hybrid:partly approximated" : "hybrid" }
}
