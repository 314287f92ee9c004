/// The steady state of a pipeline under given conditions, tier by tier.
///
/// Each tier is a `MGC`; what leaves one, thinned by the share that visits the next, is the next one's arrival process
/// (W. Whitt, "The Queueing Network Analyzer", 1983: departures and splitting). The whole response is the
/// convolution of the tiers' (`ResponseDistribution`), taking them as independent: exact in a chain of M/M/c (J. Walrand,
/// P. Varaiya, "Sojourn times and the overtaking condition in Jacksonian networks", 1980, for single servers).
struct AnalyticPipeline: Sendable {
  /// One per tier.
  let stations: [MGC]
  let response: ResponseDistribution
  /// Share of attempts rejected by a full queue or abandoned.
  let failureShare: Double
  /// Of the slowest tier, seconds.
  let relaxation: Double

  /// At and above this a steady state says nothing about a step of seconds.
  static let maxUtilisation = 0.995

  /// nil where a tier has no steady state, or hardly one.
  init?(_ pipeline: Pipeline, variability: Double, under conditions: PipelineConditions) {
    var stations: [MGC] = []
    var arrivalVariability = variability
    let flow = conditions.rate
    guard flow > 0 else { return nil }
    var stages: [ResponseDistribution.Stage] = []
    var blocked = 0.0
    var relaxation = 0.0
    for (index, tier) in pipeline.tiers.enumerated() {
      let visits = tier.visitProbability
      // Of the flow that passes every tier, some doesn't visit this one and joins again behind it.
      let arriving = flow * visits
      let split = visits * arrivalVariability + 1 - visits
      let service = tier.service.mean * conditions.slowdown[index]
      guard conditions.servers[index] > 0,
        arriving * service < Self.maxUtilisation * Double(conditions.servers[index]),
        let station = try? MGC(
          arrivalRate: arriving, meanService: service, servers: conditions.servers[index],
          arrivalVariability: min(split, MGC.maxArrivalVariability), serviceVariability: tier.service.variability)
      else { return nil }
      stations.append(station)
      let stage = station.stage(visitProbability: visits)
      stages.append(stage)
      relaxation = max(relaxation, station.relaxationTime)
      if let limit = tier.queueLimit, stage.waitProbability > 0 {
        // The tail of the queue by Little's law from that of the wait.
        let meanBehind = max(stage.conditionalWait * arriving, 1e-9)
        blocked += visits * stage.waitProbability * Elementary.exp(-Double(limit) / meanBehind)
      }
      arrivalVariability =
        visits * station.departureVariability + (1 - visits) * (visits + (1 - visits) * arrivalVariability)
    }
    self.stations = stations
    self.relaxation = relaxation
    response = ResponseDistribution(stages)
    let late = pipeline.callers.timeout.map { [response] in response.exceedance($0) } ?? 0
    failureShare = min(1, blocked + late)
  }

  /// The tally of a step in this state.
  func tally(rate: Double, seconds: Double, maxAttempts: Int, shape: LatencyShape) -> PipelineTally {
    var tally = PipelineTally(tiers: stations.count)
    let requests = rate * seconds
    tally.arrivals = rate
    // Few enough fail that their repetitions don't change the load.
    var (attempts, failing) = (0.0, 1.0)
    for _ in 0..<maxAttempts {
      attempts += failing
      failing *= failureShare
    }
    tally.failed = requests * failing
    tally.completed = requests - tally.failed
    tally.attempts = attempts
    tally.latencySum = response.mean * tally.completed
    tally.p50 = shape.p50
    tally.p99 = shape.p99
    for (index, station) in stations.enumerated() {
      tally.utilisation[index] = station.utilisation
      tally.waiting[index] = station.meanQueueLength
    }
    return tally
  }
}
