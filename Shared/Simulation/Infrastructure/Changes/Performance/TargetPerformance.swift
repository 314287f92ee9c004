import SimulationInput
import SimulationQueueing

/// Predicts throughput, latency, utilisation and memory of a target from its calibrated model.
///
/// Which model follows from what is known: a closed network with a think time where clients are asked about or are what
/// loads the target (exact for its product form, with its response's distribution by the arrival theorem); else GI/G/c
/// by Allen and Cunneen where a variability is known, else M/M/c. The busy share is ρ = (λD + U₀)/c with what the target
/// uses without requests, U₀, whose work waits in the same queue. Sources are those of the models.
///
/// It holds up to `rateFactor` times the highest rate and `populationFactor` times the most clients that the demand and
/// the think time were calibrated with; beyond it refuses.
public struct TargetPerformance: Sendable {
  /// As `UniversalScalability.maxFactor`.
  public static let rateFactor = 2.0
  /// As `ThinkTimeCalibration.maxFactor`.
  public static let populationFactor = Double(ThinkTimeCalibration.maxFactor)
  /// Probability of an interval.
  public static let level = 0.9
  private static let z = 1.6449

  private let question: PerformanceQuestion

  public init(_ question: PerformanceQuestion) { self.question = question }

  public func predict() throws(PerformanceRefusal) -> PerformancePrediction {
    let facts = try PerformanceFacts(question)
    let plan = try PerformancePlan(facts, question.load)
    let middle = try plan.evaluate(.init())
    var prediction = PerformancePrediction(
      model: plan.model.name, equation: plan.model.equation, source: plan.model.source,
      regime: Self.regime(plan.model.name, middle.utilisation), assumptions: plan.assumptions, inputs: plan.inputs,
      outputs: middle.members, intervals: intervals(plan, middle), before: nil, unknowns: plan.unknowns)
    if case .object(let settings) = question.change, !settings.isEmpty {
      // At the load that was asked about, as the target is.
      var unchanged = question
      unchanged.change = .object([])
      let old = try PerformanceFacts(unchanged)
      prediction.before = (try? PerformancePlan(old, question.load).evaluate(.init()))?.members
    }
    return prediction
  }

  /// The regimes of the checks of changes, so that residuals are shared.
  private static func regime(_ model: String, _ utilisation: Double) -> String {
    model + (utilisation < 0.7 ? ":rho<0.7" : utilisation < 0.85 ? ":rho<0.85" : ":rho>=0.85")
  }

  /// Each uncertain input is moved to both ends of its own interval; the shifts of an output add as squares, on each side
  /// by itself: latency rises faster than it falls. An output that has no value at an end has no interval.
  private func intervals(_ plan: PerformancePlan, _ middle: PerformanceValues) -> [String: ClosedRange<Double>] {
    var shifts: [String: (below: Double, above: Double)] = [:]
    var broken: Set<String> = []
    for name in plan.uncertain {
      for side in [-Self.z, Self.z] {
        let moved = try? plan.evaluate(.init(name: name, deviations: side))
        for (metric, value) in middle.numbers {
          guard let other = moved?.numbers.first(where: { $0.name == metric })?.value else {
            broken.insert(metric)
            continue
          }
          let change = other - value
          var sum = shifts[metric] ?? (0, 0)
          if change < 0 { sum.below += change * change } else { sum.above += change * change }
          shifts[metric] = sum
        }
      }
    }
    var intervals: [String: ClosedRange<Double>] = [:]
    for (metric, value) in middle.numbers where !broken.contains(metric) {
      guard let sum = shifts[metric] else { continue }
      let low = max(0, value - sum.below.squareRoot())
      intervals[metric] = low...max(low, value + sum.above.squareRoot())
    }
    return intervals
  }
}

/// The numbers that a model gives.
struct PerformanceValues: Sendable {
  var numbers: [(name: String, value: Double)]
  var utilisation: Double
  /// Busy shares by resource.
  var resources: [InputValue.Member]

  var members: [InputValue.Member] {
    numbers.map { .init($0.name, .number($0.value)) } + [.init("utilization_by_resource", .object(resources))]
  }
}
