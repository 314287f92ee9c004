/// A load balancer's active checks of its backends: how soon it notices, and how often it is wrong.
///
/// A check starts every interval; `fall` failures in a row take the backend out. A backend fails at any phase of the
/// interval with equal probability. Sources: HAProxy configuration manual, `inter`, `fall`, `timeout check`; AWS Elastic
/// Load Balancing, "Health checks for your target groups" (interval, timeout, unhealthy threshold).
public struct HealthCheck: Sendable, Hashable {
  /// How a failed backend answers a check.
  public enum Failure: Sendable, Hashable {
    /// Not at all: each check lasts until its timeout.
    case hangs
    /// With a refusal at once.
    case refuses
  }

  /// Seconds between the starts of two checks.
  public let interval: Double
  /// Of one check, seconds.
  public let timeout: Double
  /// Failures in a row that take a backend out.
  public let fall: Int

  public static let maxFall = 100

  public init(interval: Double, timeout: Double, fall: Int) throws(QueueingRefusal) {
    guard interval > 0, interval.isFinite else { throw .outOfRange(field: "interval_s") }
    guard timeout > 0, timeout.isFinite else { throw .outOfRange(field: "timeout_s") }
    guard (1...Self.maxFall).contains(fall) else { throw .outOfRange(field: "threshold") }
    self.interval = interval
    self.timeout = timeout
    self.fall = fall
  }

  /// Seconds from the failure until the backend is out: uniform over this range.
  ///
  /// The first check that can fail starts within one interval, the deciding one `fall − 1` intervals later. A check that
  /// lasts longer than the interval delays the next.
  public func detection(_ failure: Failure) -> ClosedRange<Double> {
    let last = failure == .hangs ? timeout : 0
    let spacing = max(interval, last)
    let least = Double(fall - 1) * spacing + last
    return least...(least + interval)
  }

  public func meanDetection(_ failure: Failure) -> Double {
    let range = detection(failure)
    return 0.5 * (range.lowerBound + range.upperBound)
  }

  /// The time within which a share of failures is noticed, seconds.
  public func detectionQuantile(_ share: Double, _ failure: Failure) -> Double {
    let range = detection(failure)
    return range.lowerBound + (range.upperBound - range.lowerBound) * share
  }

  /// Requests sent to one failed backend before it is out, on average, with load spread evenly.
  public func errorsPerFailure(rate: Double, backends: Int, _ failure: Failure) -> Double {
    rate / Double(max(1, backends)) * meanDetection(failure)
  }

  /// Share of all requests that meet a backend which failed and wasn't noticed yet.
  ///
  /// Each of n backends fails once per MTBF and costs its 1/n of the load until it is out: n drops from the sum.
  /// - Parameter meanTimeBetweenFailures: of one backend, seconds, over 0.
  public func errorShare(meanTimeBetweenFailures: Double, _ failure: Failure) -> Double {
    meanDetection(failure) / (meanTimeBetweenFailures + meanDetection(failure))
  }

  /// Seconds until a healthy backend is taken out by mistake, on average.
  ///
  /// The mean wait for a run of `fall` failures, (1 − pᵏ)/((1 − p)pᵏ) checks: W. Feller, An Introduction to Probability
  /// Theory and Its Applications, vol. 1, 3rd ed. 1968, section XIII.7.
  /// - Parameter falseFailure: p, probability that a check of a healthy backend fails, 0 to 1.
  public func meanTimeToFlap(falseFailure: Double) -> Double {
    guard falseFailure > 0 else { return .infinity }
    guard falseFailure < 1 else { return Double(fall) * interval }
    var power = 1.0
    for _ in 0..<fall { power *= falseFailure }
    return interval * (1 - power) / ((1 - falseFailure) * power)
  }

  /// Probability that a healthy backend is taken out by mistake within a span, by the exact recursion over runs of
  /// failures.
  ///
  /// - Parameter seconds: at most `maxChecks` intervals; a longer span is cut there.
  public func flapProbability(falseFailure: Double, within seconds: Double) -> Double {
    var run = Array(repeating: 0.0, count: fall)
    run[0] = 1
    var out = 0.0
    for _ in 0..<Int(min(Double(Self.maxChecks), max(0, seconds / interval))) {
      var next = Array(repeating: 0.0, count: fall)
      for (length, probability) in run.enumerated() {
        next[0] += probability * (1 - falseFailure)
        if length + 1 == fall {
          out += probability * falseFailure
        } else {
          next[length + 1] += probability * falseFailure
        }
      }
      run = next
    }
    return out
  }

  public static let maxChecks = 1_000_000
}
