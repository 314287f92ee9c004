/// What a record's time to live does to its name servers and to a change of the record.
///
/// A cache asks when a query comes and the record is not held, and then holds it for the TTL. With Poisson queries of
/// rate λ a cycle lasts TTL + 1/λ and holds one miss (renewal argument of Jung, Berger and Balakrishnan, "Modeling
/// TTL-based Internet Caches", INFOCOM 2003, there for any independent interarrival times). Caches that keep records
/// longer or shorter than told are outside of this model; so are long-lived connections, which no DNS change moves.
public struct ResolverCache: Sendable, Hashable {
  public enum Failure: Error, Sendable, Hashable {
    /// Rates must be positive and finite, the TTL 0 to 2³¹ - 1 s (RFC 2181, section 8), shares in 0...1.
    case outOfRange
  }

  /// Queries of one cache's clients for the record, per second.
  public let queryRate: Double
  /// Seconds.
  public let timeToLive: Double

  /// - Throws: ``Failure``.
  public init(queryRate: Double, timeToLive: Double) throws(Failure) {
    guard queryRate > 0, queryRate.isFinite, timeToLive >= 0, timeToLive < 0x1p31 else { throw .outOfRange }
    self.queryRate = queryRate
    self.timeToLive = timeToLive
  }

  /// Queries per second from this cache to the name servers: λ/(1 + λ·TTL).
  public var missRate: Double { queryRate / (1 + queryRate * timeToLive) }

  /// Share of the clients' queries answered from the cache.
  public var hitRatio: Double { queryRate * timeToLive / (1 + queryRate * timeToLive) }

  /// Expected share of answers that are new, `time` seconds after all name servers changed the record. The record was
  /// fetched at miss rate m, so that it is still held with probability m·(TTL - time).
  public func movedShare(after time: Double) -> Double { 1 - missRate * max(0, timeToLive - max(0, time)) }

  /// Seconds until the expected share of new answers reaches `share`.
  ///
  /// - Throws: ``Failure`` for a share outside 0...1.
  public func time(untilMoved share: Double) throws(Failure) -> Double {
    guard (0...1).contains(share) else { throw .outOfRange }
    return max(0, timeToLive - (1 - share) / missRate)
  }

  /// Queries per second that reach the name servers from many alike caches.
  public func authoritativeRate(caches: Int) -> Double { Double(caches) * missRate }

  /// The most that questions can become when the TTL changes, whatever the caches are asked: as 1/(TTL + 1/λ) each, they
  /// rise at most by TTL before over TTL after, which busy caches reach (λ → ∞).
  ///
  /// - Parameters:
  ///   - rate: of questions before, of all caches, per second.
  ///   - before: TTL in seconds.
  ///   - after: TTL in seconds; infinite questions for 0.
  public static func mostQuestions(rate: Double, before: Double, after: Double) -> Double {
    after > 0 ? rate * max(1, before / after) : rate > 0 ? .infinity : 0
  }
}
