import SimulationKernel

/// Every request of a pipeline as an entity of its own, event by event.
///
/// Flat arrays hold the attempts; a heap holds the ends of services and the pauses before retries, a ring the timeouts,
/// which end in the order in which they began. Each tier and each cause of chance has its own stream, begun anew with
/// every call of `run`: chance belongs to the time, so that two runs that differ in what came before meet the same
/// requests. Between two calls the conditions may change: servers that go away finish what they serve.
struct DiscreteEventPipeline: Sendable {
  private let pipeline: Pipeline
  private let gap: DurationLaw
  private var arrivals: RandomStream
  private var pauses: RandomStream
  private var services: [RandomStream]
  private var routing: [RandomStream]

  private(set) var now: Double
  /// Events so far: the measure of a run's cost.
  private(set) var events = 0
  private var agenda = EventQueue()
  private var timeouts = Ring(filler: Deadline(at: 0, slot: 0))
  private var queues: [Ring<UInt32>]
  private var busy: [Int]
  private var nextArrival = Double.infinity
  /// What is left to the next arrival, in mean gaps, so that a changed rate stretches it.
  private var gapLeft: Double

  private var attempts = AttemptPool()

  /// Over this many bytes the run ends.
  private let memoryBytes: Int
  /// Bytes that the rest of the run takes beside this state.
  private let otherBytes: Int
  /// The most that the account showed, with the rest of the run.
  private(set) var peakBytes = 0

  // Sums of the current step.
  private var busyArea: [Double]
  private var waitingArea: [Double]
  private var changedAt: [Double]
  private var arrived = 0
  private var attempted = 0
  private var completed = 0
  private var failed = 0
  private var latencySum = 0.0
  private(set) var histogram = LatencyHistogram()

  private struct Deadline: Sendable {
    var at: Double
    var slot: UInt32
  }

  /// Attempts in the system and pauses together; over it a request fails at once.
  static let maxInFlight = 1_000_000
  /// Marks a payload as the end of a pause.
  private static let retryMark: UInt32 = 1 << 31

  private let serviceNames: [String]
  private let routingNames: [String]

  /// - Parameters:
  ///   - memoryBytes: what the run may take.
  ///   - otherBytes: what of it is taken by others.
  init(
    _ pipeline: Pipeline, variability: Double, seed: RunSeed, from start: Double, memoryBytes: Int,
    otherBytes: Int
  ) throws(QueueingRefusal) {
    self.pipeline = pipeline
    self.memoryBytes = memoryBytes
    self.otherBytes = otherBytes
    gap = try DurationLaw(mean: 1, variability: variability)
    arrivals = seed.stream(for: "arrivals")
    pauses = seed.stream(for: "pauses")
    serviceNames = pipeline.tiers.indices.map { "services of tier \($0)" }
    routingNames = pipeline.tiers.indices.map { "routing to tier \($0)" }
    services = serviceNames.map { seed.stream(for: $0) }
    routing = routingNames.map { seed.stream(for: $0) }
    now = start
    let count = pipeline.tiers.count
    queues = Array(repeating: Ring(filler: 0), count: count)
    busy = Array(repeating: 0, count: count)
    busyArea = Array(repeating: 0, count: count)
    waitingArea = Array(repeating: 0, count: count)
    changedAt = Array(repeating: start, count: count)
    gapLeft = gap.sample(&arrivals)
  }

  /// Requests waiting at a tier.
  func waiting(at tier: Int) -> Int { queues[tier].count }

  /// Attempts in the system and pauses before retries.
  var inFlight: Int { attempts.count }

  /// Puts requests into a tier's queue that began evenly over each parcel's span.
  ///
  /// - Throws: `QueueingRefusal.tooLarge` when they would take too much memory.
  mutating func add(_ parcels: [FluidPipeline.Parcel], at tier: Int) throws(QueueingRefusal) {
    touch(tier)
    let amount = parcels.reduce(0) { $0 + $1.amount }
    try account(adding: min(Int(min(amount, Double(Self.maxInFlight))) + parcels.count, Self.maxInFlight - inFlight))
    var carried = 0.0
    for parcel in parcels {
      let exact = parcel.amount + carried
      let count = min(Int(exact.rounded()), Self.maxInFlight - inFlight)
      carried = exact - Double(count)
      for index in 0..<max(0, count) {
        let start = parcel.from + (parcel.to - parcel.from) * (Double(index) + 0.5) / Double(count)
        let slot = attempts.add(first: start, start: start, attempt: 1)
        // Deadlines that passed are met at once, in order.
        if let timeout = pipeline.callers.timeout { timeouts.append(Deadline(at: start + timeout, slot: slot)) }
        attempts.tier[Int(slot)] = Int32(tier)
        queues[tier].append(slot)
      }
    }
  }

  /// What waits at a tier, as parcels of up to `parcelSize` requests.
  func parcels(at tier: Int) -> [FluidPipeline.Parcel] {
    var parcels: [FluidPipeline.Parcel] = []
    var first = 0
    while first < queues[tier].count {
      let last = min(first + Self.parcelSize, queues[tier].count) - 1
      let from = attempts.firstStartedAt[Int(queues[tier][first])]
      let to = attempts.firstStartedAt[Int(queues[tier][last])]
      parcels.append(.init(from: from, to: max(from, to), amount: Double(last - first + 1)))
      first = last + 1
    }
    return parcels
  }

  private static let parcelSize = 1_000

  /// Runs to `end` and reports what happened since the last call.
  ///
  /// - Parameter seed: of this span of time.
  /// - Throws: `QueueingRefusal.tooLarge` before its state takes more memory than it may.
  mutating func run(
    until end: Double, under conditions: PipelineConditions, seed: RunSeed
  ) throws(QueueingRefusal) -> PipelineTally {
    let begin = now
    arrivals = seed.stream(for: "arrivals")
    pauses = seed.stream(for: "pauses")
    for tier in services.indices {
      services[tier] = seed.stream(for: serviceNames[tier])
      routing[tier] = seed.stream(for: routingNames[tier])
    }
    let interval = MemoryAccount.interval
    // Servers that are new begin with what waits, all at once.
    let starting = queues.indices.reduce(0) {
      $0 + max(0, min(conditions.servers[$1] - busy[$1], queues[$1].count))
    }
    try account(adding: interval * MemoryAccount.growthPerEvent, starting: starting)
    beginStep(conditions)
    while true {
      let event = agenda.earliest
      let deadline = timeouts.first?.at ?? .infinity
      let next = min(nextArrival, min(event, deadline))
      guard next < end else { break }
      now = max(now, next)
      events += 1
      if events % interval == 0 { try account(adding: interval * MemoryAccount.growthPerEvent) }
      if next == event {
        let payload = agenda.pop()
        if payload & Self.retryMark != 0 {
          retry(payload & ~Self.retryMark, conditions)
        } else {
          finishService(payload, conditions)
        }
      } else if next == nextArrival {
        nextArrival = now + gap.sample(&arrivals) / conditions.rate
        arrived += 1
        beginAttempt(first: now, attempt: 1, conditions)
      } else {
        expire(timeouts.removeFirst(), conditions)
      }
    }
    now = end
    if conditions.rate > 0 { gapLeft = (nextArrival - now) * conditions.rate }
    return endStep(begin: begin, conditions)
  }

  /// Adds up what the state takes while every array grows by so many elements, before it does.
  ///
  /// - Parameter starting: services that begin beside that.
  private mutating func account(adding more: Int, starting: Int = 0) throws(QueueingRefusal) {
    var next =
      otherBytes + attempts.bytes(adding: more) + agenda.bytes(adding: more + starting) + timeouts.bytes(adding: more)
    for queue in queues { next += queue.bytes(adding: more) }
    peakBytes = max(peakBytes, next)
    guard next <= memoryBytes else { throw .tooLarge(field: PipelineSimulation.memoryField, limit: memoryBytes) }
  }

  private mutating func beginStep(_ conditions: PipelineConditions) {
    nextArrival = conditions.rate > 0 ? now + gapLeft / conditions.rate : .infinity
    (arrived, attempted, completed, failed, latencySum) = (0, 0, 0, 0, 0)
    histogram.clear()
    for tier in queues.indices {
      (busyArea[tier], waitingArea[tier], changedAt[tier]) = (0, 0, now)
      startServices(tier, conditions)
    }
  }

  private mutating func endStep(begin: Double, _ conditions: PipelineConditions) -> PipelineTally {
    var tally = PipelineTally(tiers: queues.count)
    let span = now - begin
    tally.arrivals = Double(arrived) / span
    tally.completed = Double(completed)
    tally.failed = Double(failed)
    tally.attempts = arrived > 0 ? Double(attempted) / Double(arrived) : 0
    tally.latencySum = latencySum
    tally.p50 = histogram.quantile(0.5)
    tally.p99 = histogram.quantile(0.99)
    for tier in queues.indices {
      touch(tier)
      tally.waiting[tier] = waitingArea[tier] / span
      tally.utilisation[tier] = busyArea[tier] / span / Double(max(1, conditions.servers[tier]))
    }
    return tally
  }

  // MARK: Attempts

  private mutating func beginAttempt(first: Double, attempt: Int32, _ conditions: PipelineConditions) {
    attempted += 1
    guard inFlight < Self.maxInFlight else {
      failed += 1
      return
    }
    let slot = attempts.add(first: first, start: now, attempt: attempt)
    if let timeout = pipeline.callers.timeout { timeouts.append(Deadline(at: now + timeout, slot: slot)) }
    enterNextTier(slot, conditions)
  }

  /// The attempt's caller stops waiting: for a pause, or for good.
  private mutating func giveUp(_ first: Double, _ attempt: Int32) {
    guard Int(attempt) < pipeline.callers.maxAttempts, inFlight < Self.maxInFlight else {
      failed += 1
      return
    }
    var pause = pipeline.callers.backoff
    for _ in 1..<attempt { pause *= pipeline.callers.backoffFactor }
    let slot = attempts.add(first: first, start: -.infinity, attempt: attempt + 1)
    agenda.push(now + pause * (0.5 + pauses.uniform()), slot | Self.retryMark)
  }

  private mutating func retry(_ slot: UInt32, _ conditions: PipelineConditions) {
    let first = attempts.firstStartedAt[Int(slot)]
    let attempt = attempts.number[Int(slot)]
    attempts.release(slot)
    beginAttempt(first: first, attempt: attempt, conditions)
  }

  private mutating func expire(_ deadline: Deadline, _ conditions: PipelineConditions) {
    let index = Int(deadline.slot)
    // A slot that ended since, and perhaps began again, has another start.
    guard let timeout = pipeline.callers.timeout, attempts.startedAt[index] + timeout == deadline.at,
      attempts.number[index] > 0
    else {
      return
    }
    let attempt = attempts.number[index]
    attempts.number[index] = 0
    giveUp(attempts.firstStartedAt[index], attempt)
  }

  // MARK: Tiers

  private mutating func enterNextTier(_ slot: UInt32, _ conditions: PipelineConditions) {
    let index = Int(slot)
    var tier = Int(attempts.tier[index]) + 1
    while tier < queues.count, pipeline.tiers[tier].visitProbability < 1,
      !routing[tier].bernoulli(pipeline.tiers[tier].visitProbability)
    { tier += 1 }
    attempts.tier[index] = Int32(tier)
    guard tier < queues.count else {
      if attempts.number[index] > 0 {
        let latency = now - attempts.firstStartedAt[index]
        completed += 1
        latencySum += latency
        histogram.add(latency)
      }
      attempts.release(slot)
      return
    }
    touch(tier)
    if busy[tier] < conditions.servers[tier], queues[tier].count == 0 {
      startService(slot, tier, conditions)
    } else if let limit = pipeline.tiers[tier].queueLimit, queues[tier].count >= limit {
      let attempt = attempts.number[index]
      let first = attempts.firstStartedAt[index]
      attempts.release(slot)
      if attempt > 0 { giveUp(first, attempt) }
    } else {
      queues[tier].append(slot)
    }
  }

  private mutating func startService(_ slot: UInt32, _ tier: Int, _ conditions: PipelineConditions) {
    busy[tier] += 1
    let duration = pipeline.tiers[tier].service.sample(&services[tier]) * conditions.slowdown[tier]
    agenda.push(now + duration, slot)
  }

  private mutating func startServices(_ tier: Int, _ conditions: PipelineConditions) {
    touch(tier)
    while busy[tier] < conditions.servers[tier], queues[tier].count > 0 {
      startService(queues[tier].removeFirst(), tier, conditions)
    }
  }

  private mutating func finishService(_ slot: UInt32, _ conditions: PipelineConditions) {
    let tier = Int(attempts.tier[Int(slot)])
    touch(tier)
    busy[tier] -= 1
    if busy[tier] < conditions.servers[tier], queues[tier].count > 0 {
      startService(queues[tier].removeFirst(), tier, conditions)
    }
    enterNextTier(slot, conditions)
  }

  /// Adds what was busy and waiting since the last change.
  private mutating func touch(_ tier: Int) {
    let span = now - changedAt[tier]
    busyArea[tier] += span * Double(busy[tier])
    waitingArea[tier] += span * Double(queues[tier].count)
    changedAt[tier] = now
  }

  /// The state that decides everything that follows, but for the streams.
  func hash(into hash: inout StateHash) {
    hash.combine(now)
    hash.combine(UInt64(events))
    for tier in queues.indices {
      hash.combine(UInt64(busy[tier]))
      hash.combine(UInt64(queues[tier].count))
    }
  }
}
