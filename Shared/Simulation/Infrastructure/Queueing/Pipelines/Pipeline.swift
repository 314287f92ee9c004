/// A chain of tiers that requests pass in order, and how its callers behave when it is slow.
public struct Pipeline: Sendable, Hashable {
  /// A pool of equal instances behind one queue.
  public struct Tier: Sendable, Hashable {
    public let name: String
    /// At the start; with an autoscaler, within its bounds.
    public let instances: Int
    /// Requests that one instance serves at once.
    public let serversPerInstance: Int
    public let service: DurationLaw
    /// Waiting requests over which the next is rejected; nil for no limit.
    public let queueLimit: Int?
    /// Share of requests that need this tier at all, over 0 and at most 1: a cache in front of it answers the others.
    public let visitProbability: Double
    public let autoscaler: HorizontalAutoscaler.Policy?
    public let failures: InstanceFailures?

    public init(
      name: String, instances: Int, serversPerInstance: Int = 1, service: DurationLaw, queueLimit: Int? = nil,
      visitProbability: Double = 1, autoscaler: HorizontalAutoscaler.Policy? = nil, failures: InstanceFailures? = nil
    ) {
      self.name = name
      self.instances = instances
      self.serversPerInstance = serversPerInstance
      self.service = service
      self.queueLimit = queueLimit
      self.visitProbability = visitProbability
      self.autoscaler = autoscaler
      self.failures = failures
    }
  }

  /// Instances fail and return independently, both after exponential times.
  public struct InstanceFailures: Sendable, Hashable {
    /// Mean time between failures of one instance, seconds.
    public let meanTimeBetween: Double
    /// Mean time to repair, seconds.
    public let meanTimeToRepair: Double

    public init(meanTimeBetween: Double, meanTimeToRepair: Double) {
      self.meanTimeBetween = meanTimeBetween
      self.meanTimeToRepair = meanTimeToRepair
    }
  }

  /// What a caller does about an attempt that takes too long or is rejected.
  public struct Callers: Sendable, Hashable {
    /// Of one attempt, seconds; nil waits for ever. What was abandoned is still worked on.
    public let timeout: Double?
    /// First attempt included, 1 to 100.
    public let maxAttempts: Int
    /// Mean pause before the second attempt, seconds, at least 0; drawn uniformly within half of it to either side.
    public let backoff: Double
    /// Each further pause over the one before.
    public let backoffFactor: Double

    public init(timeout: Double? = nil, maxAttempts: Int = 1, backoff: Double = 0.1, backoffFactor: Double = 2) {
      self.timeout = timeout
      self.maxAttempts = maxAttempts
      self.backoff = backoff
      self.backoffFactor = backoffFactor
    }

    public static let patient = Callers()
  }

  public let tiers: [Tier]
  public let callers: Callers

  public static let maxTiers = 32
  public static let maxServersPerTier = 100_000

  public init(_ tiers: [Tier], callers: Callers = .patient) throws(QueueingRefusal) {
    guard !tiers.isEmpty else { throw .outOfRange(field: "tiers") }
    guard tiers.count <= Self.maxTiers else { throw .tooLarge(field: "tiers", limit: Self.maxTiers) }
    for tier in tiers {
      guard tier.instances >= 1 else { throw .outOfRange(field: "instances") }
      guard tier.serversPerInstance >= 1 else { throw .outOfRange(field: "servers_per_instance") }
      let most = max(tier.instances, tier.autoscaler?.maxReplicas ?? 0)
      guard most <= Self.maxServersPerTier / tier.serversPerInstance else {
        throw .tooLarge(field: "instances", limit: Self.maxServersPerTier)
      }
      guard tier.service.variability <= MGC.maxServiceVariability else {
        throw .outsideRegime(.variability(tier.service.variability))
      }
      guard tier.queueLimit ?? 0 >= 0 else { throw .outOfRange(field: "queue_limit") }
      guard tier.visitProbability > 0, tier.visitProbability <= 1 else {
        throw .outOfRange(field: "visit_probability")
      }
      if let failures = tier.failures {
        guard failures.meanTimeBetween > 0, failures.meanTimeToRepair > 0 else { throw .outOfRange(field: "mtbf_s") }
      }
    }
    guard callers.timeout ?? 1 > 0 else { throw .outOfRange(field: "timeout_s") }
    guard (1...100).contains(callers.maxAttempts) else { throw .outOfRange(field: "max_attempts") }
    guard callers.backoff >= 0, callers.backoff.isFinite, callers.backoffFactor >= 1,
      callers.backoffFactor.isFinite
    else { throw .outOfRange(field: "backoff_s") }
    self.tiers = tiers
    self.callers = callers
  }
}

/// Something that goes wrong for a span of time.
public struct Disruption: Sendable, Hashable {
  public enum Effect: Sendable, Hashable {
    /// A share of the instances is gone, 0 to 1: a zone of three takes a third, a node its part.
    case capacityLoss(share: Double)
    /// So many instances are gone, at least 0.
    case instanceLoss(count: Int)
    /// Services take longer by a factor over 0: a dependency that the tier waits for.
    case slowdown(factor: Double)
  }

  /// Index of the tier; nil for all of them, as when a zone fails.
  public let tier: Int?
  public let effect: Effect
  /// Seconds from the start.
  public let from: Double
  public let to: Double

  public init(tier: Int? = nil, effect: Effect, from: Double, to: Double) {
    self.tier = tier
    self.effect = effect
    self.from = from
    self.to = to
  }

  /// One of `zones` equal zones fails, with the instances of every tier in it.
  public static func zoneFailure(zones: Int, from: Double, to: Double) -> Disruption {
    Disruption(effect: .capacityLoss(share: 1 / Double(max(1, zones))), from: from, to: to)
  }

  /// One of `nodes` equal nodes fails.
  public static func nodeFailure(nodes: Int, tier: Int? = nil, from: Double, to: Double) -> Disruption {
    Disruption(tier: tier, effect: .capacityLoss(share: 1 / Double(max(1, nodes))), from: from, to: to)
  }

  /// So many nodes fail, each with one instance.
  public static func nodeFailure(count: Int, tier: Int? = nil, from: Double, to: Double) -> Disruption {
    Disruption(tier: tier, effect: .instanceLoss(count: count), from: from, to: to)
  }

  /// What a tier depends on is slow, or down for as long as the tier's own timeout lets it wait.
  public static func dependencyFailure(tier: Int, slowdown: Double, from: Double, to: Double) -> Disruption {
    Disruption(tier: tier, effect: .slowdown(factor: slowdown), from: from, to: to)
  }
}
