/// How far the real and the virtual vehicle were apart over the last minutes, per channel, and how consistent the
/// estimate was.
///
/// Feed it the divergence after each sample that was applied; ask for any window up to an hour. It holds sums over spans
/// of time that are the wider the longer ago they were (the exponential histogram of M. Datar et al., "Maintaining stream
/// statistics over sliding windows", SIAM J. Comput. 31(6), 2002, with widths by age): at most `capacity` of them, so
/// that an hour costs some 3 KB. A window begins where such a span begins, so it is up to a third longer or shorter
/// than asked; `Statistics.seconds` tells the span that was really covered. Spans of a second are the finest.
public struct DivergenceWindow: Sendable {
  /// The longest window, s.
  public static let longest = 3_600.0
  /// Spans held at most; the oldest are given up for new ones.
  static let capacity = 28
  /// A span may be as wide as this share of its age.
  private static let widthByAge = 0.7
  /// Width of the newest spans, s.
  private static let finest = 1.0

  /// One channel's divergence over a window, in the channel's unit.
  public struct Statistics: Sendable, Hashable {
    /// The newest: measured minus expected; for positions the distance.
    public var last: Double
    /// Root mean square.
    public var rmse: Double
    /// Greatest magnitude.
    public var max: Double
    /// Comparisons in the window.
    public var count: Int
    /// From the window's first sample (of any channel) to its last, s.
    public var seconds: Double
  }

  private struct Sums: Sendable {
    var squares: Float = 0
    var max: Float = 0
    var count: UInt32 = 0
  }

  private struct Span: Sendable {
    /// Nanoseconds since the Unix epoch.
    var first: Int64
    var last: Int64
    var channels = InlineArray<7, Sums>(repeating: Sums())
    /// Sum of the normalised innovations squared, and their degrees of freedom.
    var innovation: Float = 0
    var freedom: UInt32 = 0

    mutating func merge(_ newer: Span) {
      last = newer.last
      for index in 0..<channels.count {
        channels[index].squares += newer.channels[index].squares
        channels[index].max = Swift.max(channels[index].max, newer.channels[index].max)
        channels[index].count += newer.channels[index].count
      }
      innovation += newer.innovation
      freedom += newer.freedom
    }
  }

  /// Oldest first.
  private var spans: [Span] = []
  private var newest = InlineArray<7, Float>(repeating: .nan)

  public init() {}

  // MARK: Taking in

  /// Takes in what the newest sample showed.
  ///
  /// - Parameter nanoseconds: the sample's time. One before the newest counts as that of the newest; one more than an
  ///   hour before it is a clock set back, and the window starts anew.
  public mutating func add(_ divergence: Divergence, at nanoseconds: Int64) {
    var nanoseconds = nanoseconds
    if let last = spans.last?.last {
      if nanoseconds < last - Int64(Self.longest * 1e9) { self = DivergenceWindow() }
      nanoseconds = spans.isEmpty ? nanoseconds : max(nanoseconds, last)
    }
    if let last = spans.last, Self.seconds(from: last.first, to: nanoseconds) < Self.finest {
      spans[spans.count - 1].last = nanoseconds
    } else {
      makeRoom(at: nanoseconds)
      spans.append(Span(first: nanoseconds, last: nanoseconds))
    }
    let at = spans.count - 1
    for channel in Channel.allCases {
      guard let value = divergence[channel] else { continue }
      let index = channel.index
      newest[index] = Float(value)
      spans[at].channels[index].squares += Float(value * value)
      spans[at].channels[index].max = Swift.max(spans[at].channels[index].max, Float(value.magnitude))
      spans[at].channels[index].count += 1
    }
    spans[at].innovation += Float(divergence.innovationSum)
    spans[at].freedom += UInt32(divergence.degreesOfFreedom)
  }

  /// Gives up what is older than the longest window, joins what has become old, and keeps within the capacity.
  private mutating func makeRoom(at now: Int64) {
    spans.removeAll { Self.seconds(from: $0.last, to: now) > Self.longest }
    var index = spans.count - 2
    while index >= 0 {
      let width = Self.seconds(from: spans[index].first, to: spans[index + 1].last)
      let age = Self.seconds(from: spans[index + 1].last, to: now)
      if width <= Self.widthByAge * age {
        let newer = spans.remove(at: index + 1)
        spans[index].merge(newer)
      }
      index -= 1
    }
    if spans.count >= Self.capacity { spans.removeFirst(spans.count - Self.capacity + 1) }
  }

  private static func seconds(from first: Int64, to last: Int64) -> Double { Double(last - first) / 1e9 }

  // MARK: Answers

  /// A channel's statistics over the last `seconds` before `end`; nil when nothing was compared in them.
  ///
  /// - Parameter end: nanoseconds since the Unix epoch; nil means the newest sample.
  public func statistics(of channel: Channel, over seconds: Double, until end: Int64? = nil) -> Statistics? {
    guard let total = total(over: seconds, until: end) else { return nil }
    let index = channel.index
    let sums = total.channels[index]
    guard sums.count > 0 else { return nil }
    return Statistics(
      last: Double(newest[index]), rmse: Double(sums.squares / Float(sums.count)).squareRoot(), max: Double(sums.max),
      count: Int(sums.count), seconds: Self.seconds(from: total.first, to: total.last))
  }

  /// The estimate's consistency over the last `seconds` before `end`; nil when nothing was compared in them.
  public func consistency(over seconds: Double, until end: Int64? = nil) -> InnovationConsistency? {
    guard let total = total(over: seconds, until: end), total.freedom > 0 else { return nil }
    return InnovationConsistency(sum: Double(total.innovation), degreesOfFreedom: Int(total.freedom))
  }

  /// What lies in the window for more than its half.
  private func total(over seconds: Double, until end: Int64?) -> Span? {
    guard let newest = spans.last?.last else { return nil }
    let start = (end ?? newest) - Int64(min(seconds, Self.longest) * 1e9)
    var total: Span?
    for span in spans where span.first / 2 + span.last / 2 >= start {
      if total == nil { total = span } else { total?.merge(span) }
    }
    return total
  }

  /// Bytes that it occupies beside its own.
  public var heapSize: Int { spans.capacity * MemoryLayout<Span>.stride }
}
