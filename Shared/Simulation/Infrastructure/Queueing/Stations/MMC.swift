import SimulationKernel

/// Parallel servers with one queue: Poisson arrivals, exponential service times, first come first served (M/M/c).
///
/// Source: L. Kleinrock, Queueing Systems, vol. 1 (1975), section 3.5; A. K. Erlang (1917).
public struct MMC: Sendable, Hashable {
  /// λ, arrivals per second, over 0.
  public let arrivalRate: Double
  /// μ, what one server completes per second, over 0.
  public let serviceRate: Double
  /// c, at least 1.
  public let servers: Int

  /// Why a system can't be described.
  public enum Refusal: Error, Sendable, Hashable {
    /// A rate isn't a positive number, or there is no server.
    case outOfRange(field: String)
    /// The offered load reaches the number of servers: no steady state exists.
    case unstable(offeredLoad: Double)
  }

  /// The most servers that are computed.
  public static let maxServers = 1_000_000

  public init(arrivalRate: Double, serviceRate: Double, servers: Int) throws(Refusal) {
    guard arrivalRate > 0, arrivalRate.isFinite else { throw .outOfRange(field: "arrival_rate_per_s") }
    guard serviceRate > 0, serviceRate.isFinite else { throw .outOfRange(field: "service_rate_per_s") }
    guard (1...Self.maxServers).contains(servers) else { throw .outOfRange(field: "servers") }
    guard arrivalRate < serviceRate * Double(servers) else { throw .unstable(offeredLoad: arrivalRate / serviceRate) }
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.servers = servers
  }

  /// a = λ/μ, in Erlang.
  public var offeredLoad: Double { arrivalRate / serviceRate }

  /// ρ = a/c, below 1.
  public var utilisation: Double { offeredLoad / Double(servers) }

  /// Erlang's C formula: the probability that an arrival must wait.
  ///
  /// By the recursion of Erlang's B formula, which neither overflows nor cancels:
  /// B(0) = 1, B(k) = aB(k−1) / (k + aB(k−1)), C = B / (1 − ρ(1 − B)).
  public var waitProbability: Double {
    var blocking = 1.0
    for server in 1...servers {
      blocking = offeredLoad * blocking / (Double(server) + offeredLoad * blocking)
    }
    return blocking / (1 - utilisation * (1 - blocking))
  }

  /// Wq = C / (cμ − λ), seconds.
  public var meanWait: Double { waitProbability / (Double(servers) * serviceRate - arrivalRate) }

  /// W = Wq + 1/μ, seconds.
  public var meanResponse: Double { meanWait + 1 / serviceRate }

  /// Lq = λWq (Little's law).
  public var meanQueueLength: Double { arrivalRate * meanWait }

  /// L = λW.
  public var meanInSystem: Double { arrivalRate * meanResponse }

  /// The wait that a share of arrivals doesn't exceed, seconds: from P(wait > t) = C·exp(−(cμ − λ)t).
  ///
  /// - Parameter share: from 0 up to but not including 1.
  public func waitQuantile(_ share: Double) -> Double {
    let exceeding = 1 - share
    let probability = waitProbability
    guard exceeding < probability else { return 0 }
    return PortableMath.log(probability / exceeding) / (Double(servers) * serviceRate - arrivalRate)
  }

  /// P(response > t): the wait, exponential at θ = cμ − λ with probability C, and the service, exponential at μ, convolved.
  ///
  /// e^(−μt) + Cμ(e^(−μt) − e^(−θt))/(θ − μ), and e^(−μt)(1 + Cμt) where θ = μ (Kleinrock 1975, 3.5).
  /// - Parameter seconds: at least 0.
  public func responseExceedance(_ seconds: Double) -> Double { responseExceedance(seconds, waitProbability) }

  /// The response that a share of requests doesn't exceed, seconds.
  ///
  /// - Parameter share: from 0 up to but not including 1.
  public func responseQuantile(_ share: Double) -> Double {
    let (target, wait) = (1 - share, waitProbability)
    guard target < 1 else { return 0 }
    var high = 1 / serviceRate
    while responseExceedance(high, wait) > target { high *= 2 }
    var low = 0.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if responseExceedance(middle, wait) > target { low = middle } else { high = middle }
    }
    return high
  }

  private func responseExceedance(_ seconds: Double, _ wait: Double) -> Double {
    let drain = Double(servers) * serviceRate - arrivalRate
    let service = Elementary.exp(-serviceRate * seconds)
    guard abs(drain - serviceRate) > 1e-9 * serviceRate else { return service * (1 + wait * serviceRate * seconds) }
    return service + wait * serviceRate * (service - Elementary.exp(-drain * seconds)) / (drain - serviceRate)
  }
}
