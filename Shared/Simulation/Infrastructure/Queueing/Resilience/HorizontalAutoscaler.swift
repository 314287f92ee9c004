/// The replica control loop of Kubernetes' HorizontalPodAutoscaler, with pods that take time to start.
///
/// desired = ⌈ready · utilisation / target⌉ unless the ratio is within the tolerance of 1. On the way up, pods that
/// aren't ready count as idle; on the way down they don't count, and the highest recommendation of the stabilisation
/// window holds. Replicas at most double, or grow by 4 where that is more, in one sync period; they may shrink at once.
/// Source: Kubernetes documentation, "Horizontal Pod Autoscaling" (algorithm details, stabilization window, default
/// behaviour of autoscaling/v2). The policies' periods of 15 s are taken to coincide with the sync period.
public struct HorizontalAutoscaler: Sendable, Hashable {
  public struct Policy: Sendable, Hashable {
    public let minReplicas: Int
    public let maxReplicas: Int
    /// Share of its servers (or of the requested CPU) that a pod should use, over 0.
    public let targetUtilisation: Double
    /// From the decision until a pod takes requests, seconds.
    public let podStart: Double
    public let tolerance: Double
    public let syncPeriod: Double
    /// How long a lower recommendation must hold, seconds.
    public let downStabilisation: Double

    public init(
      minReplicas: Int, maxReplicas: Int, targetUtilisation: Double, podStart: Double, tolerance: Double = 0.1,
      syncPeriod: Double = 15, downStabilisation: Double = 300
    ) throws(QueueingRefusal) {
      guard minReplicas >= 1 else { throw .outOfRange(field: "min_replicas") }
      guard maxReplicas >= minReplicas else { throw .outOfRange(field: "max_replicas") }
      guard targetUtilisation > 0, targetUtilisation.isFinite else { throw .outOfRange(field: "target_utilisation") }
      guard podStart >= 0, podStart.isFinite else { throw .outOfRange(field: "pod_start_s") }
      guard (0..<1).contains(tolerance) else { throw .outOfRange(field: "tolerance") }
      guard syncPeriod > 0, syncPeriod.isFinite else { throw .outOfRange(field: "sync_period_s") }
      guard (0...3_600).contains(downStabilisation) else { throw .outOfRange(field: "down_stabilisation_s") }
      self.minReplicas = minReplicas
      self.maxReplicas = maxReplicas
      self.targetUtilisation = targetUtilisation
      self.podStart = podStart
      self.tolerance = tolerance
      self.syncPeriod = syncPeriod
      self.downStabilisation = downStabilisation
    }
  }

  /// Default policies of autoscaling/v2 for scaling up: 100 % or 4 pods, whichever is more.
  public static let maxGrowthFactor = 2
  public static let maxGrowthPods = 4

  public let policy: Policy
  /// Pods that take requests.
  public private(set) var ready: Int
  /// When each starting pod will be ready, seconds, ascending.
  public private(set) var starting: [Double] = []
  private var recommendations: [Recommendation] = []

  private struct Recommendation: Sendable, Hashable {
    var time: Double
    var replicas: Int
  }

  public init(_ policy: Policy, ready: Int) {
    self.policy = policy
    self.ready = min(max(ready, policy.minReplicas), policy.maxReplicas)
  }

  /// Pods that are ready or starting.
  public var replicas: Int { ready + starting.count }

  /// Makes the pods ready whose start ended by `time`.
  public mutating func advance(to time: Double) {
    while let first = starting.first, first <= time {
      starting.removeFirst()
      ready += 1
    }
  }

  /// One turn of the loop.
  ///
  /// - Parameters:
  ///   - time: seconds, not before the last turn.
  ///   - utilisation: mean over ready pods since the last turn, at least 0; over 1 where pods may use more than they
  ///     request.
  /// - Returns: The replicas decided.
  @discardableResult
  public mutating func synchronise(at time: Double, utilisation: Double) -> Int {
    advance(to: time)
    let current = replicas
    let recommended = min(max(recommendation(utilisation), policy.minReplicas), policy.maxReplicas)
    // As the controller does when it first sees its target: what runs is its first recommendation.
    if recommendations.isEmpty { recommendations.append(Recommendation(time: time, replicas: current)) }
    recommendations.removeAll { $0.time < time - policy.downStabilisation }
    recommendations.append(Recommendation(time: time, replicas: recommended))
    let highest = recommendations.reduce(recommended) { max($0, $1.replicas) }
    var desired = recommended < current ? min(current, highest) : recommended
    desired = min(desired, max(current * Self.maxGrowthFactor, current + Self.maxGrowthPods))
    if desired > current {
      starting.append(contentsOf: Array(repeating: time + policy.podStart, count: desired - current))
      advance(to: time)
    } else if desired < current {
      let cancelled = min(starting.count, current - desired)
      starting.removeLast(cancelled)
      ready -= current - desired - cancelled
    }
    return desired
  }

  private func recommendation(_ utilisation: Double) -> Int {
    let ratio = utilisation / policy.targetUtilisation
    guard abs(ratio - 1) > policy.tolerance else { return replicas }
    guard ratio > 1, !starting.isEmpty else {
      let desired = Self.ceiling(ratio * Double(ready))
      return ratio < 1 ? min(desired, replicas) : max(desired, replicas)
    }
    // Starting pods as idle ones: the load they will take is already on its way.
    let damped = ratio * Double(ready) / Double(replicas)
    guard damped > 1 + policy.tolerance else { return replicas }
    return max(replicas, Self.ceiling(damped * Double(replicas)))
  }

  /// Rounded up, but for the rounding error of the ratio itself.
  private static func ceiling(_ value: Double) -> Int {
    let nearest = value.rounded()
    return Int(min(1e9, abs(value - nearest) < 1e-9 * max(1, nearest) ? nearest : value.rounded(.up)))
  }
}
