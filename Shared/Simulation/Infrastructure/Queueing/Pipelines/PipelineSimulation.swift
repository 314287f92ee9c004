public import SimulationKernel

/// Hours of a pipeline in seconds: steady states where they hold, fluid where a tier is overloaded, and every request
/// as an entity of its own where neither can be trusted.
///
/// A step is simulated event by event when a tier's queue remembers longer than a fraction of the step (saturation), when
/// capacity changes under load (scaling, failover), when retries happen, or when what such a time left behind hasn't
/// drained. The pattern is that of hybrid simulation in J. G. Shanthikumar, R. G. Sargent, "A unifying view of hybrid
/// simulation/analytic models", Operations Research 31(6), 1983. Pure: equal inputs give equal results, bit for bit.
public struct PipelineSimulation: Sendable {
  public enum Mode: Sendable, Hashable {
    case hybrid
    /// Everything event by event: what the hybrid is compared with.
    case discreteEvent
  }

  public let pipeline: Pipeline
  public let load: LoadProfile
  public let disruptions: [Disruption]
  /// Seconds of one step.
  public let step: Double
  public let mode: Mode
  public let seed: RunSeed
  /// Over this many events the rest is computed without them, and says so.
  public let maxEvents: Int
  /// Over this many bytes of state (requests in flight, queues, events to come, the series) the run ends.
  public let memoryBytes: Int

  public static let defaultMemoryBytes = 1 << 30
  /// How a refusal names the bound of memory.
  public static let memoryField = "memory_bytes"
  /// About 2 s on one core to itself.
  public static let defaultMaxEvents = 12_000_000
  /// Over this many a full discrete-event simulation ends: about two minutes on one core.
  public static let maxFullEvents = 600_000_000
  public static let maxSteps = 100_000
  /// A steady state is reached in a step when it lasts this many relaxation times.
  static let relaxationsPerStep = 5.0
  /// A tier below this has slack enough that a change of its capacity leaves no mark.
  static let transitionUtilisation = 0.7
  /// Share of failed attempts from which retries can feed on themselves.
  static let retryShare = 1e-3
  /// Share of failures up to which a steady state without them stands.
  static let failureShare = 1e-2

  public init(
    _ pipeline: Pipeline, load: LoadProfile, disruptions: [Disruption] = [], step: Double = 5, mode: Mode = .hybrid,
    seed: RunSeed = RunSeed(1), maxEvents: Int = Self.defaultMaxEvents, memoryBytes: Int = Self.defaultMemoryBytes
  ) throws(QueueingRefusal) {
    guard step > 0, step.isFinite else { throw .outOfRange(field: "step_s") }
    guard maxEvents >= 0 else { throw .outOfRange(field: "max_events") }
    guard memoryBytes >= 0 else { throw .outOfRange(field: Self.memoryField) }
    for disruption in disruptions {
      if let tier = disruption.tier {
        guard pipeline.tiers.indices.contains(tier) else { throw .outOfRange(field: "disruption_tier") }
      }
      guard disruption.from <= disruption.to else { throw .outOfRange(field: "disruption_span") }
      switch disruption.effect {
      case .capacityLoss(let share):
        guard (0...1).contains(share) else { throw .outOfRange(field: "capacity_loss_share") }
      case .instanceLoss(let count):
        guard count >= 0 else { throw .outOfRange(field: "instance_loss_count") }
      case .slowdown(let factor):
        guard factor > 0, factor.isFinite else { throw .outOfRange(field: "slowdown_factor") }
      }
    }
    self.pipeline = pipeline
    self.load = load
    self.disruptions = disruptions
    self.step = step
    self.mode = mode
    self.seed = seed
    self.maxEvents = maxEvents
    self.memoryBytes = memoryBytes
  }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - duration: seconds, a whole number of steps once rounded up; at most `maxSteps` of them.
  ///   - isCancelled: asked before every step.
  ///   - observe: shown the newest step, before each `progress` but the last.
  ///   - progress: told the share done, 0 to 1, ascending, about a hundred times.
  /// - Throws: `QueueingRefusal`, `CancellationError`.
  public func run(
    for duration: Double, isCancelled: () -> Bool = { false }, observe: (PipelineResult.Step) -> Void = { _ in },
    progress: (Double) -> Void = { _ in }
  ) throws -> PipelineResult {
    guard duration > 0, duration.isFinite else { throw QueueingRefusal.outOfRange(field: "duration_s") }
    guard duration / step <= Double(Self.maxSteps) else {
      throw QueueingRefusal.tooLarge(field: "steps", limit: Self.maxSteps)
    }
    let steps = Int((duration / step - 1e-9).rounded(.up))
    let kept =
      PipelineResult.bytes(tiers: pipeline.tiers.count, steps: steps)
      + FluidPipeline.maxBytes(tiers: pipeline.tiers.count)
    guard kept <= memoryBytes else { throw QueueingRefusal.tooLarge(field: Self.memoryField, limit: memoryBytes) }
    var control = PipelineControl(pipeline, load: load, disruptions: disruptions, step: step, seed: seed)
    var stepper = PipelineStepper(self, otherBytes: kept)
    var result = PipelineResult(tiers: pipeline.tiers.count, stepSeconds: step, steps: steps)
    result.peakMemoryBytes = kept
    let reportEvery = max(1, steps / 100)
    for index in 0..<steps {
      if isCancelled() { throw CancellationError() }
      let time = Double(index) * step
      let conditions = control.conditions(at: time)
      let (tally, method) = try stepper.advance(at: time, under: conditions, into: &result)
      guard result.events <= Self.maxFullEvents else {
        throw QueueingRefusal.tooLarge(field: "events", limit: Self.maxFullEvents)
      }
      control.observe(tally)
      result.append(tally, method, under: conditions, offered: conditions.offered(to: pipeline))
      if index % reportEvery == reportEvery - 1, index + 1 < steps {
        observe(result[index])
        progress(Double(index + 1) / Double(steps))
      }
    }
    stepper.finish(&result)
    progress(1)
    return result
  }
}
