/// The load of a target as it was recorded: requests per second at equal distances, newest last.
public struct RecordedLoad: Sendable, Hashable {
  /// A value that was recorded.
  public struct Point: Sendable, Hashable {
    /// Seconds since 1970.
    public var time: Double
    public var value: Double

    public init(time: Double, value: Double) {
      self.time = time
      self.value = value
    }
  }

  /// Steps that are tried, s: the shortest of which enough are known is used.
  static let steps = [300.0, 900, 1_800, 3_600]
  /// Share of the steps that must be known.
  static let leastKnown = 0.8
  /// What is looked at, days: two weeks show how a day goes, and what is older tells less of the next.
  public static let days = 14
  static let day = 86_400.0
  /// Length of the means that points should come as, s.
  public static let pointStep = steps[0]
  /// The metric that a load is made of.
  public static let metric = "requests_per_s"

  public let metric: String
  /// Start of the first step, seconds since 1970.
  public let start: Double
  /// Length of a step, s.
  public let step: Double
  public let rates: [Double]
  /// How many of them nobody recorded.
  public let filled: Int

  /// Sums the series of a metric. A series counts from its first point to its last; a step within that one of them says
  /// nothing of is unknown, and is filled from the same time of the nearest day before, else of the nearest after, else
  /// from the step before.
  ///
  /// - Parameter series: points of each, in any order; means of steps of up to an hour at their starts.
  /// - Returns: nil of less than a day, or where less than four in five steps are known.
  public init?(metric: String = Self.metric, series: [[Point]]) {
    let parts = series.map { $0.filter { $0.time.isFinite && $0.value.isFinite && $0.value >= 0 } }
      .filter { !$0.isEmpty }
    for step in Self.steps {
      guard let (first, known) = Self.sums(parts, step) else { return nil }
      let count = known.count - known.count { $0 == nil }
      guard Double(known.count) * step >= Self.day, Double(count) >= Self.leastKnown * Double(known.count) else {
        continue
      }
      self.metric = metric
      self.step = step
      start = Double(first) * step
      rates = Self.complete(known, perDay: Int(Self.day / step))
      filled = known.count - count
      return
    }
    return nil
  }

  /// Whether the hours of a target can be simulated at all, so that its load is worth reading.
  public static func isOfUse(for target: TargetTwinState) -> Bool {
    Facts(target.state).number("cpu_demand_ms").map { $0 > 0 } ?? false
  }

  /// The highest rate; nil where steps are so long that they hide what comes between.
  var peak: Double? { step <= Self.peakStep ? rates.max().flatMap { $0 > 0 ? $0 : nil } : nil }
  private static let peakStep = 900.0

  var duration: Double { Double(rates.count) * step }
  public var end: Double { start + duration }
  /// Whole days.
  var wholeDays: Int { Int(duration / Self.day) }

  /// The sum in each step, nil where it is unknown, from the first known one of the newest days to the last.
  private static func sums(_ parts: [[Point]], _ step: Double) -> (first: Int, sums: [Double?])? {
    func index(_ point: Point) -> Int { Int(max(-1e12, min(1e12, (point.time / step).rounded(.down)))) }
    guard let last = parts.joined().map(index).max(), let earliest = parts.joined().map(index).min() else { return nil }
    let first = max(earliest, last - Int(Double(days) * day / step) + 1)
    var sums = [Double?](repeating: 0, count: last - first + 1)
    for part in parts {
      var means = [(sum: Double, count: Double)](repeating: (0, 0), count: sums.count)
      for point in part {
        let place = index(point) - first
        guard place >= 0 else { continue }
        means[place] = (means[place].sum + point.value, means[place].count + 1)
      }
      guard let begin = means.firstIndex(where: { $0.count > 0 }), let end = means.lastIndex(where: { $0.count > 0 })
      else { continue }
      for place in begin...end {
        sums[place] = means[place].count > 0 ? sums[place].map { $0 + means[place].sum / means[place].count } : nil
      }
    }
    // A step outside of every series isn't an idle one.
    var covered = [Bool](repeating: false, count: sums.count)
    for part in parts {
      let places = part.map { index($0) - first }.filter { $0 >= 0 }
      guard let low = places.min(), let high = places.max() else { continue }
      for place in low...high { covered[place] = true }
    }
    for place in sums.indices where !covered[place] { sums[place] = nil }
    let lead = sums.firstIndex { $0 != nil } ?? 0
    return (first + lead, Array(sums[lead...]))
  }

  private static func complete(_ known: [Double?], perDay: Int) -> [Double] {
    var rates: [Double] = []
    for place in known.indices {
      let earlier = stride(from: place, through: 0, by: -perDay).lazy.compactMap { known[$0] }.first
      let later = stride(from: place, to: known.count, by: perDay).lazy.compactMap { known[$0] }.first
      rates.append(known[place] ?? earlier ?? later ?? rates.last ?? 0)
    }
    return rates
  }

  /// Means of `factor` steps each, ending with the newest; what is left over at the beginning is dropped.
  func means(of factor: Int) -> [Double] {
    let count = rates.count / factor
    let first = rates.count - count * factor
    return (0..<count).map { index in
      rates[(first + index * factor)..<(first + (index + 1) * factor)].reduce(0, +) / Double(factor)
    }
  }
}
