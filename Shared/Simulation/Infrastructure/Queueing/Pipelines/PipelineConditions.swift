/// What holds during one step: the load, and each tier's capacity and speed.
struct PipelineConditions: Sendable, Hashable {
  /// Requests per second from outside, first attempts only.
  var rate: Double
  /// Instances of each tier that take requests.
  var instances: [Int]
  /// Servers of each tier, at least 0.
  var servers: [Int]
  /// By how much each tier's services take longer than described.
  var slowdown: [Double]

  /// Work that first attempts bring to each tier, over what it can do: above 1 it can't keep up. Without a server left,
  /// as if there were one, so that it stays a number.
  func offered(to pipeline: Pipeline) -> [Double] {
    pipeline.tiers.indices.map { index in
      let tier = pipeline.tiers[index]
      return rate * tier.visitProbability * tier.service.mean * slowdown[index] / Double(max(1, servers[index]))
    }
  }
}

/// What one step showed, whichever way it was computed.
struct PipelineTally: Sendable {
  /// First attempts per second.
  var arrivals = 0.0
  /// Requests answered in the step.
  var completed = 0.0
  /// Requests given up by their callers in the step.
  var failed = 0.0
  /// Attempts per request.
  var attempts = 0.0
  /// Seconds, summed over the completed.
  var latencySum = 0.0
  var p50 = 0.0
  var p99 = 0.0
  /// Mean share of servers busy, per tier.
  var utilisation: [Double]
  /// Mean number waiting, per tier.
  var waiting: [Double]

  init(tiers: Int) {
    utilisation = Array(repeating: 0, count: tiers)
    waiting = Array(repeating: 0, count: tiers)
  }

  /// nil where nothing was completed.
  var meanLatency: Double? { completed > 0 ? latencySum / completed : nil }
}
