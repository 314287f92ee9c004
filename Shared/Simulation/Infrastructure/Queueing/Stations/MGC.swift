/// Parallel servers with one queue, general arrivals and services, by the formula of Allen and Cunneen (GI/G/c; with
/// Poisson arrivals M/G/c).
///
/// Wq ≈ C(c, a) / (cμ − λ) · (Ca² + Cs²) / 2: exact for M/M/c and M/G/1, asymptotically exact as ρ → 1.
/// Sources: A. O. Allen, Probability, Statistics, and Queueing Theory, 2nd ed. (1990), chapter 5; G. Bolch et al.,
/// Queueing Networks and Markov Chains, 2nd ed. (2006), chapter 6. Regime: first come first served, no abandonment, a
/// load that is steady for several relaxation times, Ca² ≤ 4 and Cs² ≤ 16; beyond, two moments say too little and the
/// model refuses.
public struct MGC: Sendable, Hashable {
  public let arrivalRate: Double
  public let servers: Int
  public let service: DurationLaw
  /// Ca², of the times between arrivals; 1 for Poisson.
  public let arrivalVariability: Double
  private let exponential: MMC

  public static let maxArrivalVariability = 4.0
  public static let maxServiceVariability = 16.0

  /// - Parameters:
  ///   - arrivalRate: λ, per second, over 0.
  ///   - meanService: seconds, over 0.
  ///   - servers: c, 1 to `MMC.maxServers`.
  public init(
    arrivalRate: Double, meanService: Double, servers: Int, arrivalVariability: Double = 1,
    serviceVariability: Double = 1
  ) throws(QueueingRefusal) {
    guard arrivalVariability >= 0 else { throw .outOfRange(field: "arrival_cv2") }
    guard arrivalVariability <= Self.maxArrivalVariability else {
      throw .outsideRegime(.variability(arrivalVariability))
    }
    service = try DurationLaw(mean: meanService, variability: serviceVariability)
    guard serviceVariability <= Self.maxServiceVariability else {
      throw .outsideRegime(.variability(serviceVariability))
    }
    do {
      exponential = try MMC(arrivalRate: arrivalRate, serviceRate: 1 / meanService, servers: servers)
    } catch {
      switch error {
      case .outOfRange(let field): throw .outOfRange(field: field)
      case .unstable(let load): throw .unstable(offeredLoad: load)
      }
    }
    self.arrivalRate = arrivalRate
    self.servers = servers
    self.arrivalVariability = arrivalVariability
  }

  /// ρ, below 1.
  public var utilisation: Double { exponential.utilisation }

  /// That an arrival must wait: Erlang's C, which for other laws is an approximation.
  public var waitProbability: Double { exponential.waitProbability }

  private var variabilityFactor: Double { 0.5 * (arrivalVariability + service.variability) }

  /// Wq, seconds.
  public var meanWait: Double { exponential.meanWait * variabilityFactor }

  /// W = Wq + 1/μ, seconds.
  public var meanResponse: Double { meanWait + service.mean }

  /// Lq = λWq.
  public var meanQueueLength: Double { arrivalRate * meanWait }

  /// This station as a stage of a response.
  public func stage(visitProbability: Double = 1) -> ResponseDistribution.Stage {
    let probability = waitProbability
    let conditional = variabilityFactor / (Double(servers) / service.mean - arrivalRate)
    return ResponseDistribution.Stage(
      service: service, waitProbability: conditional > 0 ? probability : 0, conditionalWait: conditional,
      utilisation: utilisation,
      visitProbability: visitProbability)
  }

  /// The response that a share of requests doesn't exceed, seconds: the wait's law convolved with the
  /// service law of the same two moments (see `ResponseDistribution`).
  public func responseQuantile(_ share: Double) -> Double { ResponseDistribution([stage()]).quantile(share) }

  /// Cd², of the times between departures: what the next station meets.
  ///
  /// Source: W. Whitt, "The Queueing Network Analyzer", Bell System Technical Journal 62(9), 1983.
  public var departureVariability: Double {
    let square = utilisation * utilisation
    return 1 + (1 - square) * (arrivalVariability - 1)
      + square / Double(servers).squareRoot() * (max(service.variability, 0.2) - 1)
  }

  /// How long the queue remembers, seconds: after several of these a changed load has reached its new steady state.
  ///
  /// τ = (Ca² + Cs²) / 2 / (cμ(1 − √ρ)²). Source: the relaxation time of M/M/1 (J. W. Cohen, The Single Server Queue,
  /// 1982, section II.2) with c servers as one that is c times as fast and scaled as in heavy traffic.
  public var relaxationTime: Double {
    let distance = 1 - utilisation.squareRoot()
    let rate = Double(servers) / service.mean * distance * distance
    return max(variabilityFactor / rate, service.mean)
  }
}
