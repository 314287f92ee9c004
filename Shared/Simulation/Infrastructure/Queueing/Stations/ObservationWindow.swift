public import SimulationKernel

/// What the mean of a finite observation may show: the interval that holds the mean wait or response of `arrivals`
/// consecutive requests.
///
/// Waits of neighbours are so strongly correlated near saturation that thousands of them are worth a handful of
/// independent ones (D. J. Daley, "The serial correlation coefficients of waiting times in a stationary single server
/// queue", 1968; W. Whitt, "Planning queueing simulations", Management Science 35(11), 1989). No normal law holds at such
/// sizes, so the window itself is simulated: replications of the recursion of J. Kiefer and J. Wolfowitz (1955) with this
/// system's laws, and the order statistics of their means, whose coverage under the model is exactly the stated one.
public struct ObservationWindow: Sendable, Hashable {
  /// Means of the replications, seconds, ascending.
  public let means: [Double]
  /// Mean over all replications, seconds: a window that starts empty is below the steady state.
  public let mean: Double

  /// How a window begins.
  public enum Start: Sendable, Hashable {
    /// The first request meets an idle system, as in a load test.
    case empty
    /// After several relaxation times under the same load.
    case steady
  }

  /// With 399 replications the 20th from either end bounds exactly 90 %.
  public static let replications = 399
  /// Requests simulated per replication; a longer window is extrapolated by the square root of its length, which holds
  /// once a window lasts many relaxation times.
  public static let maxSimulatedArrivals = 20_000
  /// Requests of lead that a steady start may cost.
  public static let maxLead = 20_000
  /// Over this the recursion's list of servers is too long to be searched for each request.
  public static let maxServers = 4_096

  /// - Parameters:
  ///   - system: with the load and service of the window.
  ///   - arrivals: n, at least 1.
  ///   - seed: the same seed gives the same interval.
  public init(
    of system: MGC, arrivals: Int, start: Start = .empty, seed: RunSeed = RunSeed(1)
  ) throws(QueueingRefusal) {
    let settling = (8 * system.relaxationTime * system.arrivalRate).rounded(.up)
    try self.init(
      gap: DurationLaw(mean: 1 / system.arrivalRate, variability: system.arrivalVariability), service: system.service,
      servers: system.servers, arrivals: arrivals,
      lead: start == .empty ? 0 : Int(min(Double(Self.maxLead), settling)), seed: seed)
  }

  /// A window that starts empty, of a system that needn't have a steady state: even an overloaded one has a mean over
  /// its first n requests.
  public init(
    arrivalRate: Double, arrivalVariability: Double = 1, service: DurationLaw, servers: Int, arrivals: Int,
    seed: RunSeed = RunSeed(1)
  ) throws(QueueingRefusal) {
    guard arrivalRate > 0, arrivalRate.isFinite else { throw .outOfRange(field: "arrival_rate_per_s") }
    try self.init(
      gap: DurationLaw(mean: 1 / arrivalRate, variability: arrivalVariability), service: service, servers: servers,
      arrivals: arrivals, lead: 0, seed: seed)
  }

  private init(
    gap: DurationLaw, service: DurationLaw, servers: Int, arrivals: Int, lead: Int, seed: RunSeed
  ) throws(QueueingRefusal) {
    guard arrivals >= 1 else { throw .outOfRange(field: "arrivals") }
    guard servers >= 1 else { throw .outOfRange(field: "servers") }
    guard servers <= Self.maxServers else { throw .tooLarge(field: "servers", limit: Self.maxServers) }
    let simulated = min(arrivals, Self.maxSimulatedArrivals)
    var means: [Double] = []
    means.reserveCapacity(Self.replications)
    for index in 0..<Self.replications {
      let repetition = seed.repetition(index)
      var recursion = Recursion(
        gap: gap, service: service, servers: servers, arrivals: repetition.stream(for: "arrivals"),
        services: repetition.stream(for: "services"))
      for _ in 0..<lead { _ = recursion.nextResponse() }
      var sum = 0.0
      for _ in 0..<simulated { sum += recursion.nextResponse() }
      means.append(sum / Double(simulated))
    }
    let mean = means.reduce(0, +) / Double(means.count)
    let shrink = (Double(simulated) / Double(arrivals)).squareRoot()
    self.mean = mean
    self.means = means.map { mean + ($0 - mean) * shrink }.sorted()
  }

  /// The interval that holds the window's mean response with the given probability, seconds.
  ///
  /// - Parameters:
  ///   - coverage: over 0 and at most 0.99.
  ///   - overheads: what other windows of the same system took on average beside waiting and service (network, parsing),
  ///     seconds. Without them a lightly loaded window of constant services has an interval narrower than any
  ///     measurement. Each is as likely to come again; the first `maxOverheads` count.
  public func responseInterval(coverage: Double = 0.9, overheads: [Double] = []) -> ClosedRange<Double> {
    var sums = means
    if !overheads.isEmpty {
      sums = overheads.prefix(Self.maxOverheads).flatMap { overhead in means.map { $0 + overhead } }.sorted()
    }
    let exact = 0.5 * (1 - min(0.99, coverage)) * Double(sums.count + 1)
    let position = min(max(1, Int(exact.rounded())), (sums.count + 1) / 2)
    return sums[position - 1]...sums[sums.count - position]
  }

  public static let maxOverheads = 256
}

/// c servers, first come first served: each request takes the server that is free first.
private struct Recursion {
  let gap: DurationLaw
  let service: DurationLaw
  var arrivals: RandomStream
  var services: RandomStream
  private var now = 0.0
  private var freeAt: [Double]

  init(gap: DurationLaw, service: DurationLaw, servers: Int, arrivals: RandomStream, services: RandomStream) {
    self.gap = gap
    self.service = service
    self.arrivals = arrivals
    self.services = services
    freeAt = Array(repeating: 0, count: servers)
  }

  mutating func nextResponse() -> Double {
    now += gap.sample(&arrivals)
    var first = 0
    for server in freeAt.indices where freeAt[server] < freeAt[first] { first = server }
    let end = max(now, freeAt[first]) + service.sample(&services)
    freeAt[first] = end
    return end - now
  }
}
