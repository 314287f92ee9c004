/// Overloaded tiers as vessels: what comes faster than it can be served piles up, in proportion to time.
///
/// The law of large numbers for a queue whose load is over its capacity (G. F. Newell, Applications of Queueing Theory,
/// 2nd ed. 1982, chapter 2; W. Whitt, Stochastic-Process Limits, 2002, chapter 5): right to the order of the square root
/// of what arrived. What waits is kept as parcels that know when their requests began, so that latencies follow first in,
/// first out. Tiers that keep up are in their steady state under what reaches them. Holds without retries: those make
/// the load depend on the backlog.
struct FluidPipeline: Sendable {
  /// Requests that began evenly over a span of time.
  struct Parcel: Sendable {
    var from: Double
    var to: Double
    var amount: Double

    /// Takes its first part off.
    mutating func split(_ part: Double) -> Parcel {
      let middle = from + (to - from) * part / amount
      let taken = Parcel(from: from, to: middle, amount: part)
      (from, amount) = (middle, amount - part)
      return taken
    }
  }

  /// Requests on their way within one step: when they began, and when they leave the tier they are at.
  private struct Flow {
    var began: Parcel
    var leavesFrom: Double
    var leavesTo: Double
  }

  /// What waits at each tier, oldest first.
  private(set) var vessels: [[Parcel]]

  init(tiers: Int) { vessels = Array(repeating: [], count: tiers) }

  /// Requests that wait at a tier.
  func backlog(at tier: Int) -> Double { vessels[tier].reduce(0) { $0 + $1.amount } }

  var isEmpty: Bool { vessels.indices.allSatisfy { backlog(at: $0) < 0.5 } }

  /// Parcels of one vessel; over it neighbours become one, so that hours of overload stay bounded.
  static let maxParcels = 1_024

  /// Bytes that all vessels take at the most, with what flows in a step: an array of parcels is at most twice as long
  /// before it is merged, and its storage at most twice as large as it needs to be.
  static func maxBytes(tiers: Int) -> Int {
    4 * maxParcels * tiers * (MemoryLayout<Parcel>.stride + MemoryLayout<Flow>.stride)
  }

  mutating func add(_ parcels: [Parcel], at tier: Int) {
    vessels[tier].append(contentsOf: parcels)
    guard vessels[tier].count > Self.maxParcels else { return }
    var merged: [Parcel] = []
    for pair in stride(from: 0, to: vessels[tier].count, by: 2) {
      var parcel = vessels[tier][pair]
      if pair + 1 < vessels[tier].count {
        parcel.to = vessels[tier][pair + 1].to
        parcel.amount += vessels[tier][pair + 1].amount
      }
      merged.append(parcel)
    }
    vessels[tier] = merged
  }

  /// Advances by one step.
  ///
  /// - Parameter histogram: given the latencies of what was completed.
  mutating func advance(
    _ pipeline: Pipeline, variability: Double, under conditions: PipelineConditions, at time: Double, seconds: Double,
    into histogram: inout LatencyHistogram
  ) -> PipelineTally {
    var tally = PipelineTally(tiers: vessels.count)
    tally.arrivals = conditions.rate
    tally.attempts = conditions.rate > 0 ? 1 : 0
    let end = time + seconds
    var flows: [Flow] = []
    if conditions.rate > 0 {
      let fresh = Parcel(from: time, to: end, amount: conditions.rate * seconds)
      flows.append(Flow(began: fresh, leavesFrom: time, leavesTo: end))
    }
    var stages: [ResponseDistribution.Stage] = []
    for (index, tier) in pipeline.tiers.enumerated() {
      let service = tier.service.mean * conditions.slowdown[index]
      let capacity = Double(conditions.servers[index]) / service
      let arriving = flows.reduce(0) { $0 + $1.began.amount } * tier.visitProbability / seconds
      let before = backlog(at: index)
      if before < 0.5, arriving < AnalyticPipeline.maxUtilisation * capacity {
        if arriving > 0,
          let station = try? MGC(
            arrivalRate: arriving, meanService: service, servers: conditions.servers[index],
            arrivalVariability: variability, serviceVariability: tier.service.variability)
        {
          stages.append(station.stage(visitProbability: tier.visitProbability))
          tally.utilisation[index] = station.utilisation
          tally.waiting[index] = station.meanQueueLength
        }
        continue
      }
      if let law = try? DurationLaw(mean: service, variability: tier.service.variability) {
        stages.append(
          .init(
            service: law, waitProbability: 0, conditionalWait: 0, utilisation: 0,
            visitProbability: tier.visitProbability))
      }
      var passing: [Flow] = []
      for flow in flows {
        var visiting = flow.began
        visiting.amount *= tier.visitProbability
        add([visiting], at: index)
        guard tier.visitProbability < 1 else { continue }
        var other = flow
        other.began.amount *= 1 - tier.visitProbability
        passing.append(other)
      }
      let (served, amount) = serve(index, upTo: capacity * seconds, from: time, to: end)
      tally.failed += reject(index, over: tier.queueLimit)
      tally.utilisation[index] = capacity > 0 ? min(1, amount / seconds / capacity) : 0
      tally.waiting[index] = 0.5 * (before + backlog(at: index))
      flows = passing + served
    }
    complete(flows, ResponseDistribution(stages), timeout: pipeline.callers.timeout, &tally, &histogram)
    return tally
  }

  /// Takes what a tier serves in a step, oldest first, evenly over the step.
  private mutating func serve(
    _ tier: Int, upTo most: Double, from start: Double, to end: Double
  ) -> (flows: [Flow], amount: Double) {
    let amount = min(most, backlog(at: tier))
    guard amount > 0 else { return ([], 0) }
    var flows: [Flow] = []
    var left = amount
    var clock = start
    var taken = 0
    while left > 1e-9, taken < vessels[tier].count {
      let part = min(left, vessels[tier][taken].amount)
      let isWhole = part >= vessels[tier][taken].amount
      let parcel = isWhole ? vessels[tier][taken] : vessels[tier][taken].split(part)
      if isWhole { taken += 1 }
      let next = clock + (end - start) * part / amount
      flows.append(Flow(began: parcel, leavesFrom: clock, leavesTo: next))
      (clock, left) = (next, left - part)
    }
    vessels[tier].removeFirst(taken)
    return (flows, amount)
  }

  /// Removes the newest that a tier's limit leaves no room for, and says how many.
  private mutating func reject(_ tier: Int, over limit: Int?) -> Double {
    guard let limit else { return 0 }
    let rejected = max(0, backlog(at: tier) - Double(limit))
    var left = rejected
    while left > 0, var last = vessels[tier].popLast() {
      if last.amount > left { vessels[tier].append(last.split(last.amount - left)) }
      left -= last.amount
    }
    return rejected
  }

  private func complete(
    _ flows: [Flow], _ rest: ResponseDistribution, timeout: Double?, _ tally: inout PipelineTally,
    _ histogram: inout LatencyHistogram
  ) {
    guard !flows.isEmpty, !rest.stages.isEmpty else { return }
    let shape = LatencyShape(rest)
    var step = LatencyHistogram()
    for flow in flows {
      let first = max(0, flow.leavesFrom - flow.began.from)
      let last = max(0, flow.leavesTo - flow.began.to)
      let pieces = first == last ? 1 : Self.pieces
      for piece in 0..<pieces {
        let delay = first + (last - first) * (Double(piece) + 0.5) / Double(pieces)
        let amount = flow.began.amount / Double(pieces)
        if let timeout, delay + rest.mean > timeout {
          tally.failed += amount
          continue
        }
        tally.completed += amount
        tally.latencySum += amount * (delay + rest.mean)
        shape.add(to: &step, weight: amount, delay: delay)
      }
    }
    tally.p50 = step.quantile(0.5)
    tally.p99 = step.quantile(0.99)
    histogram.merge(step)
  }

  private static let pieces = 8
}
