/// A streaming detector of unusual stretches of one metric series.
///
/// The latest stretch of 6, 19 and 48 values is compared with those that ended within the last 1,000 steps: its score
/// is the mean distance to the ten nearest. How rare such a score is comes from the tail of the series' own past
/// scores (``TailEstimate``); the surprise is the mean over the three lengths, so that both a spike and an odd shape
/// count. An alarm is followed by a quiet period.
///
/// Sources: nearest stretches as nonconformity, E. Burnaev, V. Ishimtsev, "Conformalized density- and distance-based
/// anomaly detection in time-series data", arXiv:1608.04585 (KNN-CAD), here with several lengths and a Pareto tail in
/// place of ranks; the exclusion of overlapping stretches as in the matrix profile (Yeh et al., ICDM 2016). Lengths,
/// neighbours, bound and quiet period were chosen on the ten tweet-volume series of the Numenta Anomaly Benchmark alone
/// (leave one series out); see Tests/Benchmarks/Accuracy/Series.
///
/// Not found: a series that merely freezes, since a flat stretch is near to any other calm one.
///
/// It needs no period, unit or step length. Its history bounds what it calls usual: a season longer than 1,000 steps
/// looks new each time.
public struct AnomalyDetector: Sendable {
  public struct Settings: Sendable, Hashable {
    /// Stretch lengths in steps, ascending.
    public var lengths: [Int] = [6, 19, 48]
    public var neighbours = 10
    /// Steps back within which a stretch that is compared may end.
    public var reach = 1_000
    /// Latest steps whose stretches aren't compared, since they share values with the present one.
    public var exclusion = 24
    /// Values before the first score. While a season is new everything looks new, and scores of that time would make
    /// the tail too long for thousands of steps after. By default a day of five-minute steps.
    public var warmUp = 288
    /// Past scores behind the tail.
    public var scoreCapacity = 5_000
    /// Steps between two renewals of the tail.
    public var renewal = 25
    /// Surprise (−log₁₀ probability) of an alarm.
    public var bound = 2.0
    /// Steps after an alarm without another, unless one is far more surprising.
    public var quietSteps = 150
    /// Jump above the largest surprise since the alarm with which another alarm breaks the quiet.
    public var escalation = 1.5

    public init() {}
  }

  /// What one value of the series means.
  public struct Observation: Sendable, Hashable {
    /// −log₁₀ of the probability of so unusual a stretch; `nil` while too little is known.
    public let surprise: Double?
    /// Whether this value starts an alarm.
    public let isAlarm: Bool
  }

  private let settings: Settings
  private var values: [Double] = []
  private var tails: [SlidingTail]
  private var stepsSinceAlarm: Int?
  /// Largest surprise since the quiet began.
  private var peak = 0.0
  private var seen = 0

  public init(settings: Settings = Settings()) {
    precondition(!settings.lengths.isEmpty && settings.lengths == settings.lengths.sorted(), "lengths ascend")
    precondition(settings.neighbours > 0 && settings.reach > settings.neighbours && settings.exclusion >= 0)
    self.settings = settings
    tails = settings.lengths.map { _ in SlidingTail(capacity: settings.scoreCapacity, pace: settings.renewal) }
  }

  /// Takes the next value of the series; one that isn't finite is a gap and changes nothing.
  public mutating func observe(_ value: Double) -> Observation {
    guard value.isFinite else { return Observation(surprise: nil, isAlarm: false) }
    values.append(value)
    // Dropping from the front moves the rest, so it happens once per `reach` steps.
    let kept = settings.reach + settings.exclusion + settings.lengths[settings.lengths.count - 1] + 1
    if values.count >= kept + settings.reach { values.removeFirst(values.count - kept) }
    stepsSinceAlarm = stepsSinceAlarm.map { $0 + 1 }

    seen = min(seen + 1, settings.warmUp + 1)
    guard seen > settings.warmUp, let distances = nearestDistances() else {
      return Observation(surprise: nil, isAlarm: false)
    }
    var sum = 0.0
    var isKnown = true
    for index in tails.indices {
      if let surprise = tails[index].observe(distances[index]) { sum += surprise } else { isKnown = false }
    }
    guard isKnown else { return Observation(surprise: nil, isAlarm: false) }
    let surprise = sum / Double(tails.count)
    let isQuiet = stepsSinceAlarm.map { $0 < settings.quietSteps } ?? false
    let isAlarm = surprise >= (isQuiet ? peak + settings.escalation : settings.bound)
    // A stretch that slowly fills with the same anomaly grows step by step and is no news; a jump is.
    peak = isQuiet ? max(peak, surprise) : surprise
    if isAlarm { stepsSinceAlarm = 0 }
    return Observation(surprise: surprise, isAlarm: isAlarm)
  }

  /// Per length, the root mean square of the ten smallest distances to an earlier stretch; `nil` while these are too
  /// few.
  private func nearestDistances() -> [Double]? {
    let last = values.count - 1
    let longest = settings.lengths[settings.lengths.count - 1]
    let first = settings.exclusion + 1
    let furthest = min(settings.exclusion + settings.reach, last - longest + 1)
    guard furthest - first + 1 > settings.neighbours else { return nil }
    var nearest = settings.lengths.map { _ in SmallestValues(capacity: settings.neighbours) }
    values.withUnsafeBufferPointer { values in
      for lag in first...furthest {
        var sum = 0.0
        var offset = 0
        for (index, length) in settings.lengths.enumerated() {
          while offset < length {
            let difference = values[last - offset] - values[last - offset - lag]
            sum += difference * difference
            offset += 1
          }
          nearest[index].insert(sum)
        }
      }
    }
    return nearest.map { $0.mean.squareRoot() }
  }
}

/// The few smallest of many values.
private struct SmallestValues {
  private var sorted: [Double] = []
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    sorted.reserveCapacity(capacity + 1)
  }

  var mean: Double { sorted.reduce(0, +) / Double(max(1, sorted.count)) }

  mutating func insert(_ value: Double) {
    if sorted.count == capacity {
      guard value < sorted[capacity - 1] else { return }
      sorted.removeLast()
    }
    var position = sorted.count
    while position > 0, sorted[position - 1] > value { position -= 1 }
    sorted.insert(value, at: position)
  }
}
