/// Estimates by how much a sender's clock is ahead of ours, from the times in what it sends. Pure: it has no clock.
///
/// Two ways. With an exchange of four times the offset follows up to half of the round trip, whatever the delays are
/// (D. Mills et al., RFC 5905, section 8: the offset and delay of the on-wire protocol; section 10: of several exchanges the one
/// of least delay tells most, and less as it gets older). With one-way times only, the least delay ever seen bounds it:
/// what is left is the path's own least delay, which can't be told from skew; the standard deviation says so.
///
/// Neither is moved by data that was stored before it was sent, or by a path that is slow for a while: what takes longer
/// than the best tells less than the best. The best is believed less with time, at the rate at which clocks may drift.
public struct ClockSkewEstimator: Sendable, Hashable {
  /// How fast two clocks drift apart at most, s/s. Quartz without temperature compensation stays within 100 ppm from −40
  /// to 85 °C.
  public static let maximumDrift = 100e-6
  /// A round trip that takes longer was held up somewhere and isn't looked at, s.
  public static let longestRoundTrip = 2.0
  /// One-way times that are further behind aren't of now, s: they were stored before.
  public static let furthestBehind = 2.0
  /// One-way times that are further ahead aren't believed, s.
  public static let furthestAhead = 60.0
  /// What one-way times can't tell: the least delay of the path, as standard deviation, s. Mobile networks have a least
  /// delay of 10 to 40 ms one way, local ones of less than 1 ms.
  public static let pathDeviation = 0.02

  /// The four times of one exchange.
  public struct Exchange: Sendable, Hashable {
    /// When the sender sent, by its clock.
    public var sent: UTCInstant
    /// When that arrived, by ours.
    public var received: UTCInstant
    /// When we answered, by ours.
    public var answered: UTCInstant
    /// When the answer arrived at the sender, by its clock.
    public var returned: UTCInstant

    public init(sent: UTCInstant, received: UTCInstant, answered: UTCInstant, returned: UTCInstant) {
      self.sent = sent
      self.received = received
      self.answered = answered
      self.returned = returned
    }

    /// Spent on the way, both ways together, s.
    public var roundTrip: Double { returned.seconds(since: sent) - answered.seconds(since: received) }
    /// The sender's clock minus ours when both ways took the same, s.
    public var offset: Double { (sent.seconds(since: received) + returned.seconds(since: answered)) / 2 }
  }

  /// The sender's clock minus ours.
  public struct Estimate: Sendable, Hashable {
    public var milliseconds: Double
    /// Standard deviation.
    public var standardDeviationMS: Double
    /// Whether it comes from exchanges, and not from one-way times.
    public var isExchanged: Bool

    /// What may be taken off the sender's times, ms; nil when nothing may. One-way times prove that a clock is ahead when
    /// something arrives before it was sent; that it seems to be behind may as well be the way that everything takes.
    public var correctionMS: Double? { isExchanged || milliseconds > 0 ? milliseconds : nil }
  }

  /// What one observation told.
  private struct Observation: Sendable, Hashable {
    var offset: Double
    /// How wrong it may have been then, s: half of the round trip.
    var bound: Double
    var at: UTCInstant

    /// How wrong it may be by now.
    func bound(at now: UTCInstant) -> Double {
      bound + ClockSkewEstimator.maximumDrift * max(0, now.seconds(since: at))
    }
  }

  private var twoWay: Observation?
  private var oneWay: Observation?

  public init() {}

  /// Takes an exchange in.
  public mutating func observe(_ exchange: Exchange) {
    let roundTrip = exchange.roundTrip
    guard roundTrip >= 0, roundTrip <= Self.longestRoundTrip else { return }
    let new = Observation(offset: exchange.offset, bound: roundTrip / 2, at: exchange.answered)
    if let best = twoWay {
      let (old, own) = (best.bound(at: new.at), new.bound)
      // Both can't be true: a clock was set in between, and the newer one knows.
      let contradicts = abs(best.offset - new.offset) > old + own
      guard own <= old || contradicts else { return }
    }
    twoWay = new
  }

  /// Takes a one-way time in.
  ///
  /// - Parameters:
  ///   - sent: when something left or, before, was measured, by the sender's clock.
  ///   - received: when it arrived, by ours.
  public mutating func observe(sent: UTCInstant, received: UTCInstant) {
    let ahead = sent.seconds(since: received)
    guard ahead >= -Self.furthestBehind, ahead <= Self.furthestAhead else { return }
    if let best = oneWay {
      // The best may have been less ahead by now.
      let drifted = best.offset - Self.maximumDrift * max(0, received.seconds(since: best.at))
      guard ahead >= drifted else { return }
    }
    oneWay = Observation(offset: ahead, bound: 0, at: received)
  }

  /// What is known at a moment; nil before anything is.
  public func estimate(at now: UTCInstant) -> Estimate? {
    // An error that lies anywhere within a bound has a standard deviation of the bound over √3.
    let exchanged = twoWay.map { known in
      Estimate(
        milliseconds: known.offset * 1_000, standardDeviationMS: known.bound(at: now) / 3.0.squareRoot() * 1_000,
        isExchanged: true)
    }
    let guessed = oneWay.map { known in
      Estimate(
        milliseconds: known.offset * 1_000, standardDeviationMS: (Self.pathDeviation + known.bound(at: now)) * 1_000,
        isExchanged: false)
    }
    return [exchanged, guessed].compactMap(\.self).min { $0.standardDeviationMS < $1.standardDeviationMS }
  }
}
