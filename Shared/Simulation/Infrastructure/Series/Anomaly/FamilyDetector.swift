/// An alarm of one metric among many.
public struct FamilyAlarm: Sendable, Hashable {
  /// Index of the metric in the family.
  public let metric: Int
  /// −log₁₀ of the probability of so bad a pair of values in this metric's undisturbed past.
  public let surprise: Double
}

/// Watches many metrics at once with one budget of false alarms for all of them.
///
/// Each metric's badness is its distance from the undisturbed median in robust standard deviations, in the direction in
/// which that metric gets worse, and the smaller one of two consecutive steps, since a single bad sample isn't a
/// failure. How rare a badness is comes from the Pareto tail of that metric's own undisturbed past (``TailEstimate``),
/// with the index raised by its standard error. The bound divides the budget evenly among the metrics (Bonferroni: O.
/// J. Dunn, "Multiple comparisons among means", JASA 56, 1961), which holds however they depend on each other.
///
/// A record called undisturbed seldom is. Each quarter of the training is first judged by the other three, and a run of
/// at least ``incidentLength`` steps with ``incidentWidth`` alarms each is left out: what was already a failure would
/// teach that failures are usual. One metric alone is its own noise and stays: a failure spreads.
///
/// Load isn't watched: more requests are a cause, not a failure. A metric that was mostly absent or that has fewer than
/// 100 pairs of training steps is unknown and takes no part.
public struct FamilyDetector: Sendable {
  private struct Member: Sendable {
    let metric: Int
    let kind: MetricKind
    let centre: Double
    let spread: Double
    let tail: TailEstimate

    func badness(_ value: Double) -> Double {
      // A gap is no badness.
      value.isFinite ? kind.direction * (value - centre) / spread : 0
    }
  }

  /// Surprise at which a metric alarms.
  public let bound: Double
  /// Training steps that were left out as an incident, ascending.
  public let incidents: [Int]
  /// Metrics that were too rarely seen to be judged.
  public let unknown: [Int]
  /// Number of metrics that are watched.
  public var watched: Int { members.count }
  private let members: [Member]
  private var previous: [Double]?

  /// Fewest pairs of consecutive training steps of a metric.
  public static let leastPairs = 100

  /// Consecutive alarming steps that make an incident of the training.
  public static let incidentLength = 3
  /// Metrics that alarm in each step of an incident.
  public static let incidentWidth = 2

  /// - Parameters:
  ///   - kinds: What each metric measures.
  ///   - training: Undisturbed steps in order, each with a value per metric; a gap is NaN.
  ///   - alarmsPerStep: Expected false alarms of the whole family in one step, in (0, 1): at steps of five minutes,
  ///     one alarm a day is 1/288.
  /// - Returns: `nil` where no metric can be judged.
  public init?(kinds: [MetricKind], training: [[Double]], alarmsPerStep: Double) {
    precondition(alarmsPerStep > 0 && alarmsPerStep < 1, "a budget between none and an alarm in each step")
    precondition(training.allSatisfy { $0.count == kinds.count }, "a value per metric in each step")
    incidents = Self.incidents(kinds: kinds, training: training, alarmsPerStep: alarmsPerStep)
    let excluded = Set(incidents)
    members = Self.members(kinds: kinds, training: training, excluding: excluded)
    guard !members.isEmpty else { return nil }
    let watched = Set(members.map(\.metric))
    unknown = kinds.indices.filter { !watched.contains($0) }
    bound = Self.bound(alarmsPerStep, members.count)
  }

  /// Takes the next step and returns the metrics that alarm, most surprising first.
  public mutating func observe(_ step: [Double]) -> [FamilyAlarm] {
    let badness = members.map { $0.badness(step[$0.metric]) }
    defer { previous = badness }
    guard let previous else { return [] }
    var alarms: [FamilyAlarm] = []
    for (index, member) in members.enumerated() {
      let surprise = member.tail.surprise(of: min(badness[index], previous[index]))
      if surprise > bound { alarms.append(FamilyAlarm(metric: member.metric, surprise: surprise)) }
    }
    return alarms.sorted { ($0.surprise, -$0.metric) > ($1.surprise, -$1.metric) }
  }

  /// Forgets the last step, as after a gap in the record.
  public mutating func restart() { previous = nil }

  private static func bound(_ alarmsPerStep: Double, _ count: Int) -> Double {
    -Mathematics.logarithm10(alarmsPerStep / Double(count))
  }

  /// Steps of each quarter that alarm in a run, judged by the other quarters.
  private static func incidents(kinds: [MetricKind], training: [[Double]], alarmsPerStep: Double) -> [Int] {
    var found: [Int] = []
    for quarter in 0..<4 {
      let steps = (training.count * quarter / 4)..<(training.count * (quarter + 1) / 4)
      let members = members(kinds: kinds, training: training, excluding: Set(steps))
      guard !members.isEmpty else { continue }
      var detector = FamilyDetector(members: members, bound: bound(alarmsPerStep, members.count))
      var run: [Int] = []
      for step in steps {
        if detector.observe(training[step]).count >= Self.incidentWidth {
          // An alarm speaks of two steps.
          if run.isEmpty { run.append(step - 1) }
          run.append(step)
        } else {
          if run.count > Self.incidentLength { found += run }
          run = []
        }
      }
      if run.count > Self.incidentLength { found += run }
    }
    return found
  }

  private init(members: [Member], bound: Double) {
    self.members = members
    self.bound = bound
    unknown = []
    incidents = []
  }

  private static func members(kinds: [MetricKind], training: [[Double]], excluding: Set<Int>) -> [Member] {
    kinds.enumerated().compactMap { metric, kind in
      member(
        metric, kind, training.indices.map { excluding.contains($0) ? .nan : training[$0][metric] }, excluding.count)
    }
  }

  private static func member(_ metric: Int, _ kind: MetricKind, _ values: [Double], _ excluded: Int) -> Member? {
    let finite = values.filter(\.isFinite)
    guard Double(finite.count) >= 0.9 * Double(values.count - excluded), let centre = OrderStatistics.median(finite),
      let deviation = OrderStatistics.medianAbsoluteDeviation(finite, around: centre)
    else { return nil }
    let spread = max(deviation, kind.leastSpread(around: centre))
    let scores = values.map { kind.direction * ($0 - centre) / spread }
    let pairs = zip(scores, scores.dropFirst()).filter { $0.isFinite && $1.isFinite }.map { min($0, $1) }
    guard pairs.count >= Self.leastPairs, let tail = TailEstimate(scores: pairs, smallestThreshold: 1, caution: 1)
    else {
      return nil
    }
    return Member(metric: metric, kind: kind, centre: centre, spread: spread, tail: tail)
  }
}
