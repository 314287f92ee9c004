/// What an autoscaled tier goes through while load rises: the autoscaler's loop against a straight ramp.
///
/// Utilisation is load over ready capacity, as a fluid; over 1 the rest piles up. For the seconds and minutes of a ramp
/// that is the whole story, since scaling is late by sync period and pod start, not by chance.
public struct ScalingRamp: Sendable, Hashable {
  /// Highest offered load over ready capacity; over 1 the tier was overloaded.
  public let peakUtilisation: Double
  /// Seconds after the ramp's start.
  public let peakTime: Double
  /// Seconds during which load was over capacity.
  public let overloadedSeconds: Double
  /// Most work that waited, in seconds of all ready capacity: about the longest wait.
  public let longestWait: Double
  /// Ready at the end.
  public let finalReplicas: Int

  /// Longest span that is followed, seconds.
  public static let maxSeconds = 7_200.0

  /// - Parameters:
  ///   - policy: of the autoscaler.
  ///   - replicas: ready at the start.
  ///   - load: before the ramp, in pods' worth of work: 6 means that six pods would be fully busy.
  ///   - factor: load after over load before, over 0.
  ///   - ramp: seconds from one to the other, at least 0.
  ///   - settle: seconds followed after the ramp.
  public init(
    _ policy: HorizontalAutoscaler.Policy, replicas: Int, load: Double, factor: Double, ramp: Double,
    settle: Double = 900
  ) throws(QueueingRefusal) {
    guard load >= 0, load.isFinite else { throw .outOfRange(field: "load") }
    guard factor > 0, factor.isFinite else { throw .outOfRange(field: "ramp_x") }
    guard ramp >= 0, settle >= 0, ramp + settle <= Self.maxSeconds else { throw .outOfRange(field: "ramp_seconds") }
    var autoscaler = HorizontalAutoscaler(policy, ready: replicas)
    var (peak, peakTime, overloaded, backlog, longest) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var busy = 0.0
    var sinceSync = 0
    var nextSync = policy.syncPeriod
    for second in 0..<max(1, Int((ramp + settle).rounded(.up))) {
      let time = Double(second)
      autoscaler.advance(to: time)
      if time >= nextSync, sinceSync > 0 {
        autoscaler.synchronise(at: time, utilisation: busy / Double(sinceSync))
        (busy, sinceSync, nextSync) = (0, 0, nextSync + policy.syncPeriod)
      }
      let risen = ramp > 0 ? min(1, (time + 0.5) / ramp) : 1
      let offered = load * (1 + (factor - 1) * risen)
      let capacity = Double(autoscaler.ready)
      let utilisation = offered / capacity
      if utilisation > peak { (peak, peakTime) = (utilisation, time) }
      if utilisation > 1 { overloaded += 1 }
      // Pods can't use more than all they have, whatever waits.
      busy += min(1, (offered + backlog) / capacity)
      sinceSync += 1
      backlog = max(0, backlog + offered - capacity)
      longest = max(longest, backlog / capacity)
    }
    peakUtilisation = peak
    self.peakTime = peakTime
    overloadedSeconds = overloaded
    longestWait = longest
    finalReplicas = autoscaler.ready
  }
}
