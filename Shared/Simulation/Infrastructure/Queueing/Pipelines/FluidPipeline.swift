/// Overloaded tiers as vessels: what comes faster than it can be served piles up, in proportion to time.
///
/// The law of large numbers for a queue whose load is over its capacity (W. Whitt, Stochastic-Process Limits, 2002,
/// chapter 5; G. F. Newell, Applications of Queueing Theory, 2nd ed. 1982, chapter 2): right to the order of the square
/// root of what arrived. Tiers that keep up are in their steady state under what reaches them. Holds without retries:
/// those make the load depend on the backlog.
struct FluidPipeline: Sendable {
  /// Requests that wait, per tier.
  var backlog: [Double]

  init(tiers: Int) { backlog = Array(repeating: 0, count: tiers) }

  var isEmpty: Bool { backlog.allSatisfy { $0 < 0.5 } }

  /// Advances by one step.
  ///
  /// - Parameter histogram: given the latencies of what was completed.
  mutating func advance(
    _ pipeline: Pipeline, variability: Double, under conditions: PipelineConditions, seconds: Double,
    into histogram: inout LatencyHistogram
  ) -> PipelineTally {
    var tally = PipelineTally(tiers: backlog.count)
    tally.arrivals = conditions.rate
    tally.attempts = conditions.rate > 0 ? 1 : 0
    var flow = conditions.rate
    var stages: [ResponseDistribution.Stage] = []
    var waitAtStart = 0.0
    var waitAtEnd = 0.0
    for (index, tier) in pipeline.tiers.enumerated() {
      let service = tier.service.mean * conditions.slowdown[index]
      let capacity = Double(conditions.servers[index]) / service
      let arriving = flow * tier.visitProbability
      let before = backlog[index]
      if before < 0.5, arriving < AnalyticPipeline.maxUtilisation * capacity, arriving > 0,
        let station = try? MGC(
          arrivalRate: arriving, meanService: service, servers: conditions.servers[index],
          arrivalVariability: variability, serviceVariability: tier.service.variability)
      {
        stages.append(station.stage(visitProbability: tier.visitProbability))
        tally.utilisation[index] = station.utilisation
        tally.waiting[index] = station.meanQueueLength
        continue
      }
      if let law = try? DurationLaw(mean: service, variability: tier.service.variability) {
        stages.append(
          .init(service: law, waitProbability: 0, conditionalWait: 0, visitProbability: tier.visitProbability))
      }
      var after = max(0, before + (arriving - capacity) * seconds)
      var rejected = 0.0
      if let limit = tier.queueLimit, after > Double(limit) {
        rejected = after - Double(limit)
        after = Double(limit)
      }
      let served = max(0, before + arriving * seconds - rejected - after)
      // With no capacity the wait is at least what is left of the step.
      waitAtStart += tier.visitProbability * (capacity > 0 ? before / capacity : seconds)
      waitAtEnd += tier.visitProbability * (capacity > 0 ? after / capacity : seconds)
      tally.failed += rejected
      tally.utilisation[index] = capacity > 0 ? min(1, served / seconds / capacity) : 0
      tally.waiting[index] = 0.5 * (before + after)
      backlog[index] = after
      flow = flow - arriving + served / seconds
    }
    let rest = ResponseDistribution(stages)
    let low = min(waitAtStart, waitAtEnd)
    let high = max(waitAtStart, waitAtEnd)
    var answered = flow * seconds
    if let timeout = pipeline.callers.timeout {
      let late =
        high > low ? min(1, max(0, (high + rest.mean - timeout) / (high - low))) : (low + rest.mean > timeout ? 1 : 0)
      tally.failed += answered * late
      answered -= answered * late
    }
    tally.completed = answered
    let highest = pipeline.callers.timeout.map { min(high, max(low, $0 - rest.mean)) } ?? high
    tally.latencySum = answered * (0.5 * (low + highest) + rest.mean)
    if answered > 0, !stages.isEmpty {
      // The slowest of the rest meet the longest queue: an upper bound where both vary.
      tally.p50 = 0.5 * (low + highest) + rest.quantile(0.5)
      tally.p99 = low + 0.99 * (highest - low) + rest.quantile(0.99)
      for piece in 0..<Self.pieces {
        let wait = low + (highest - low) * (Double(piece) + 0.5) / Double(Self.pieces)
        histogram.add(wait + rest.mean, weight: answered / Double(Self.pieces))
      }
    }
    return tally
  }

  private static let pieces = 16
}
