public import SimulationKernel

/// What a run showed, step by step and in all.
public struct PipelineResult: Sendable {
  /// How a step was computed.
  public enum Method: UInt8, Sendable, Hashable {
    case analytic
    case fluid
    case discreteEvent
    /// As the last step that was simulated event by event, once the bound on events was met.
    case held
  }

  /// One step of the series.
  public struct Step: Sendable, Hashable {
    /// Start, seconds.
    public let time: Double
    public let method: Method
    /// First attempts per second.
    public let arrivalRate: Double
    /// Requests answered per second.
    public let throughput: Double
    /// Requests that their callers gave up, per second.
    public let errorRate: Double
    /// Seconds from the first attempt to the answer; nil where nothing was answered.
    public let meanLatency: Double?
    public let p50: Double
    public let p99: Double
    /// Attempts per request.
    public let attempts: Double
    /// Share of servers busy, per tier.
    public let utilisation: [Double]
    /// Work that first attempts bring, over what can be done, per tier; above 1 it can't keep up.
    public let offered: [Double]
    /// Mean number waiting, per tier.
    public let waiting: [Double]
    /// Instances that take requests, per tier.
    public let instances: [Int]
  }

  public let stepSeconds: Double
  public let tiers: Int
  public internal(set) var count = 0

  var methods: [Method] = []
  private var scalars: [Double] = []
  private var perTier: [Double] = []
  private static let scalarColumns = 7
  private static let tierColumns = 4

  /// All latencies of the run.
  var histogram = LatencyHistogram()
  public internal(set) var completed = 0.0
  public internal(set) var failed = 0.0
  var latencySum = 0.0
  /// Events of all discrete-event windows.
  public internal(set) var events = 0
  /// Steps that should have been simulated event by event but for the bound on events.
  public internal(set) var approximatedSteps = 0
  /// Equal for equal runs, bit for bit.
  public internal(set) var stateHash = StateHash()

  /// The most memory that the run's state could have taken by its own account, series and the growth of arrays included:
  /// the least bound under which the run comes to its end.
  public internal(set) var peakMemoryBytes = 0

  /// Bytes of the series of so many steps, with the histograms beside it.
  public static func bytes(tiers: Int, steps: Int) -> Int {
    let row = MemoryLayout<Method>.stride + (scalarColumns + tierColumns * tiers) * MemoryLayout<Double>.stride
    return steps * row + 4 * LatencyHistogram.bytes
  }

  init(tiers: Int, stepSeconds: Double, steps: Int) {
    self.tiers = tiers
    self.stepSeconds = stepSeconds
    methods.reserveCapacity(steps)
    scalars.reserveCapacity(steps * Self.scalarColumns)
    perTier.reserveCapacity(steps * Self.tierColumns * tiers)
  }

  /// Mean over all answered requests, seconds; nil where there were none.
  public var meanLatency: Double? { completed > 0 ? latencySum / completed : nil }

  /// The latency that a share of all answered requests doesn't exceed, seconds, within 1.6 %.
  public func latencyQuantile(_ share: Double) -> Double { histogram.quantile(share) }

  /// Share of requests that their callers gave up.
  public var errorShare: Double { completed + failed > 0 ? failed / (completed + failed) : 0 }

  /// Steps computed in one way.
  public func steps(by method: Method) -> Int { methods.reduce(0) { $0 + ($1 == method ? 1 : 0) } }

  public subscript(index: Int) -> Step {
    let row = index * Self.scalarColumns
    let first = index * Self.tierColumns * tiers
    func column(_ number: Int) -> [Double] { Array(perTier[(first + number * tiers)..<(first + (number + 1) * tiers)]) }
    return Step(
      time: Double(index) * stepSeconds, method: methods[index], arrivalRate: scalars[row],
      throughput: scalars[row + 1], errorRate: scalars[row + 2],
      meanLatency: scalars[row + 3] > 0 ? scalars[row + 3] : nil, p50: scalars[row + 4], p99: scalars[row + 5],
      attempts: scalars[row + 6], utilisation: column(0), offered: column(3), waiting: column(1),
      instances: column(2).map { Int($0) })
  }

  mutating func append(
    _ tally: PipelineTally, _ method: Method, under conditions: PipelineConditions, offered: [Double]
  ) {
    count += 1
    methods.append(method)
    let row = [
      tally.arrivals, tally.completed / stepSeconds, tally.failed / stepSeconds, tally.meanLatency ?? 0, tally.p50,
      tally.p99, tally.attempts,
    ]
    scalars.append(contentsOf: row)
    perTier.append(contentsOf: tally.utilisation)
    perTier.append(contentsOf: tally.waiting)
    perTier.append(contentsOf: conditions.instances.map(Double.init))
    perTier.append(contentsOf: offered)
    completed += tally.completed
    failed += tally.failed
    latencySum += tally.latencySum
    stateHash.combine(UInt64(method.rawValue))
    for value in row { stateHash.combine(value) }
    for tier in 0..<tiers {
      stateHash.combine(tally.utilisation[tier])
      stateHash.combine(tally.waiting[tier])
      stateHash.combine(UInt64(conditions.instances[tier]))
    }
  }
}
