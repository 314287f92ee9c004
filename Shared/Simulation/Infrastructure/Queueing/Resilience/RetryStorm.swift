/// Whether retries can keep a tier overloaded after what overloaded it has gone.
///
/// Attempts arrive at x = λ(1 + p + p² + … + pᵐ⁻¹) with p(x) the share that fails or takes longer than the callers wait.
/// Where that has a solution below capacity, the tier can be calm. Where λ·m reaches capacity, it can also be stuck: all
/// attempts time out, all are repeated, and the work done is for callers who have left. With both, the tier is
/// metastable: a trigger moves it from one to the other, and only less load or fewer retries moves it back.
/// Sources: N. Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021 (vulnerable state, hidden
/// capacity); L. Huang et al., "Metastable Failures in the Wild", OSDI 2022; B. Beyer et al. (eds.), Site Reliability
/// Engineering, 2016, chapter 22 (retry budgets). Regime: one queue without a limit, first
/// come first served, callers that don't cancel.
public struct RetryStorm: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    /// Calm, and returns to it after any trigger.
    case stable
    /// Calm, but a long enough trigger keeps it overloaded.
    case vulnerable
    /// No calm state exists.
    case overloaded
  }

  /// λ: requests per second, first attempts only.
  public let rate: Double
  public let servers: Int
  public let service: DurationLaw
  /// Of one attempt, seconds.
  public let timeout: Double
  /// m: the first included.
  public let maxAttempts: Int

  public init(
    rate: Double, servers: Int, service: DurationLaw, timeout: Double, maxAttempts: Int
  ) throws(QueueingRefusal) {
    guard rate > 0, rate.isFinite else { throw .outOfRange(field: "rate_per_s") }
    guard (1...MMC.maxServers).contains(servers) else { throw .outOfRange(field: "servers") }
    guard timeout > 0, timeout.isFinite else { throw .outOfRange(field: "timeout_s") }
    guard (1...100).contains(maxAttempts) else { throw .outOfRange(field: "max_attempts") }
    guard service.variability <= MGC.maxServiceVariability else {
      throw .outsideRegime(.variability(service.variability))
    }
    self.rate = rate
    self.servers = servers
    self.service = service
    self.timeout = timeout
    self.maxAttempts = maxAttempts
  }

  /// cμ, attempts per second.
  public var capacity: Double { Double(servers) / service.mean }

  /// The load up to which no trigger can leave the tier stuck: cμ/m, requests per second.
  public var hiddenCapacity: Double { capacity / Double(maxAttempts) }

  /// Attempts per second in the calm state; nil where there is none.
  public var calmAttemptRate: Double? { calmAttemptRate(for: rate) }

  /// Attempts per request in the calm state.
  public var amplification: Double? { calmAttemptRate.map { $0 / rate } }

  public var state: State {
    guard calmAttemptRate != nil else { return .overloaded }
    return stuckUtilisation > 1 ? .vulnerable : .stable
  }

  /// Attempts that come while all fail, by what the tier can do.
  public var stuckUtilisation: Double {
    Self.stuckUtilisation(rate / capacity, maxAttempts: Double(maxAttempts))
  }

  /// Attempts that come while all fail, by what the callee can do: ρm, or ρ(1 + b) where a budget b lets callers retry
  /// no more than that share of their requests. Over 1, failing keeps itself up.
  ///
  /// - Parameters:
  ///   - utilisation: ρ while all succeed, at least 0.
  ///   - maxAttempts: m, the first included, at least 1.
  ///   - retryBudget: b, at least 0; nil for none.
  public static func stuckUtilisation(
    _ utilisation: Double, maxAttempts: Double, retryBudget: Double? = nil
  ) -> Double { utilisation * min(maxAttempts, retryBudget.map { 1 + $0 } ?? maxAttempts) }

  /// p(x): the share of attempts that time out when they come at this rate; 1 at and above capacity.
  public func failureShare(at attempts: Double) -> Double {
    guard
      let station = try? MGC(
        arrivalRate: attempts, meanService: service.mean, servers: servers, serviceVariability: service.variability)
    else { return 1 }
    return ResponseDistribution([station.stage()]).exceedance(timeout)
  }

  /// A trigger of this length leaves the tier stuck, seconds; nil where none can, 0 where it is overloaded anyway.
  ///
  /// Long enough for the queue to take as long as the callers wait, (timeout − 1/μ)·cμ requests, and as much again as
  /// drains at (cμ − λ) in the one timeout before the first retries come. Shorter ones may do: retries that begin during
  /// the trigger add to it.
  /// - Parameters:
  ///   - capacityShare: of the capacity that is left during the trigger, 0 to 1.
  ///   - loadFactor: of the load during the trigger.
  public func sufficientTrigger(capacityShare: Double = 1, loadFactor: Double = 1) -> Double? {
    switch state {
    case .overloaded: return 0
    case .stable: return nil
    case .vulnerable:
      let excess = rate * loadFactor - capacity * capacityShare
      guard excess > 0 else { return nil }
      return (max(0, timeout - service.mean) * capacity + (capacity - rate) * timeout) / excess
    }
  }

  private func calmAttemptRate(for rate: Double) -> Double? {
    var attempts = rate
    // The map rises in x, so iteration from below ends at the least solution, or leaves the capacity.
    for _ in 0..<Self.maxIterations {
      guard attempts < capacity else { return nil }
      let failing = failureShare(at: attempts)
      var (sum, power) = (0.0, 1.0)
      for _ in 0..<maxAttempts {
        sum += power
        power *= failing
      }
      let next = rate * sum
      if abs(next - attempts) <= 1e-9 * attempts { return next }
      attempts = max(next, attempts)
    }
    return nil
  }

  private static let maxIterations = 1_000
}
