/// Requests per second over time, as a sum of shapes that each have a source in practice.
public struct LoadProfile: Sendable, Hashable {
  public enum Base: Sendable, Hashable {
    /// The same rate throughout.
    case constant(rate: Double)
    /// Measured rates at equal distances, straight lines between them; held at the ends.
    case recorded(rates: [Double], interval: Double)
    /// A day's wave: mean · (1 + amplitude · cos(2π(t − peak)/86,400)), the first harmonic that most user-facing
    /// traffic shows. Amplitude 0 to 1, peak in seconds after the start.
    case daily(mean: Double, amplitude: Double, peak: Double)
  }

  /// A crowd that arrives within `ramp` seconds, stays and then loses interest.
  ///
  /// Source of the phases (ramp up, sustained, decaying): I. Ari et al., "Managing flash crowds on the Internet",
  /// MASCOTS 2003. The factor applies to the base: 1 + (factor − 1)·shape.
  public struct FlashCrowd: Sendable, Hashable {
    public let start: Double
    /// Highest rate over the base rate, at least 1.
    public let factor: Double
    public let ramp: Double
    public let sustained: Double
    /// Time in which the excess falls to 1/e, seconds.
    public let decay: Double

    public init(start: Double, factor: Double, ramp: Double, sustained: Double = 0, decay: Double) {
      self.start = start
      self.factor = factor
      self.ramp = ramp
      self.sustained = sustained
      self.decay = decay
    }

    func factor(at time: Double) -> Double {
      let since = time - start
      if since <= 0 { return 1 }
      let excess = factor - 1
      if since < ramp { return 1 + excess * since / ramp }
      let after = since - ramp - sustained
      return after <= 0 ? 1 + excess : 1 + excess * Elementary.exp(-after / decay)
    }
  }

  public let base: Base
  public let crowds: [FlashCrowd]
  /// Squared coefficient of variation of the times between requests; 1 for independent users.
  public let variability: Double
  /// Seconds for which the base is held at its mean where it changes by less than `heldChange` in them; 0 for never.
  ///
  /// Steps with one load have one steady state, which is computed once.
  public let hold: Double

  /// Share of the rate that counts as no change over `hold`.
  static let heldChange = 0.02
  public static let maxRate = 10_000_000.0
  public static let maxRecordedRates = 1_000_000

  public init(
    _ base: Base, crowds: [FlashCrowd] = [], variability: Double = 1, hold: Double = 0
  ) throws(QueueingRefusal) {
    func check(_ rate: Double) throws(QueueingRefusal) {
      guard rate >= 0, rate <= Self.maxRate else { throw .outOfRange(field: "rate_per_s") }
    }
    switch base {
    case .constant(let rate): try check(rate)
    case .recorded(let rates, let interval):
      guard !rates.isEmpty else { throw .outOfRange(field: "rates") }
      guard rates.count <= Self.maxRecordedRates else { throw .tooLarge(field: "rates", limit: Self.maxRecordedRates) }
      guard interval > 0, interval.isFinite else { throw .outOfRange(field: "interval_s") }
      for rate in rates { try check(rate) }
    case .daily(let mean, let amplitude, let peak):
      try check(mean)
      guard (0...1).contains(amplitude) else { throw .outOfRange(field: "amplitude") }
      guard peak.isFinite else { throw .outOfRange(field: "peak_s") }
    }
    for crowd in crowds {
      guard crowd.factor >= 1, crowd.factor.isFinite else { throw .outOfRange(field: "crowd_factor") }
      guard crowd.start.isFinite, crowd.ramp > 0, crowd.decay > 0, crowd.sustained >= 0 else {
        throw .outOfRange(field: "crowd_seconds")
      }
    }
    guard (0...MGC.maxArrivalVariability).contains(variability) else { throw .outOfRange(field: "arrival_cv2") }
    guard hold >= 0, hold.isFinite else { throw .outOfRange(field: "hold_s") }
    self.base = base
    self.crowds = crowds
    self.variability = variability
    self.hold = hold
  }

  /// The scenario `peak_traffic`: the highest recorded rate, times a factor, all the time.
  ///
  /// - Parameter ratio: of the recorded peak; 1 repeats it, 1.5 is the usual headroom question.
  public static func peakTraffic(recorded rates: [Double], ratio: Double = 1) throws(QueueingRefusal) -> LoadProfile {
    guard let peak = rates.max() else { throw .outOfRange(field: "rates") }
    guard ratio > 0, ratio.isFinite else { throw .outOfRange(field: "ratio") }
    return try LoadProfile(.constant(rate: peak * ratio))
  }

  /// Requests per second at a time in seconds from the start.
  public func rate(at time: Double) -> Double { min(baseRate(at: time) * crowdFactor(at: time), Self.maxRate) }

  /// Mean of a span that is short against what changes.
  func rate(from: Double, to: Double) -> Double {
    guard hold > 0 else { return 0.5 * (rate(at: from) + rate(at: to)) }
    let start = (0.5 * (from + to) / hold).rounded(.down) * hold
    let (first, last) = (baseRate(at: start), baseRate(at: start + hold))
    guard abs(first - last) <= Self.heldChange * max(first, last) else { return 0.5 * (rate(at: from) + rate(at: to)) }
    let factor = 0.5 * (crowdFactor(at: from) + crowdFactor(at: to))
    return min(0.5 * (first + last) * factor, Self.maxRate)
  }

  private func baseRate(at time: Double) -> Double {
    switch base {
    case .constant(let constant): return constant
    case .recorded(let rates, let interval):
      let position = min(max(0, time / interval), Double(rates.count - 1))
      let index = min(Int(position), max(0, rates.count - 2))
      let next = rates[min(index + 1, rates.count - 1)]
      return rates[index] + (next - rates[index]) * (position - Double(index))
    case .daily(let mean, let amplitude, let peak):
      return mean * (1 + amplitude * Self.cosineOfTurns((time - peak) / 86_400))
    }
  }

  private func crowdFactor(at time: Double) -> Double { crowds.reduce(1) { $0 * $1.factor(at: time) } }

  /// cos(2πx) by its power series on the first quarter of a turn, within 10⁻¹⁴.
  private static func cosineOfTurns(_ turns: Double) -> Double {
    // Symmetric about 0 and antisymmetric about a quarter turn.
    var x = abs(turns - turns.rounded())
    let sign: Double = x > 0.25 ? -1 : 1
    if x > 0.25 { x = 0.5 - x }
    let angle = 2 * Double.pi * x
    let square = angle * angle
    var sum = 1.0
    for k in stride(from: 24.0, through: 2, by: -2) { sum = 1 - sum * square / (k * (k - 1)) }
    return sign * sum
  }
}
