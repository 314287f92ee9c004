/// What kind of failure a series announces.
public struct SeriesFailureCode: Sendable, Hashable, RawRepresentable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// A resource that is shared in time, such as a CPU or a pool, reaches what it can carry.
  public static let saturation = Self(rawValue: "SATURATION")
  /// A store, such as a disk or a counter, fills up.
  public static let exhaustion = Self(rawValue: "EXHAUSTION")
  /// The latest stretch is unlike the series' own past.
  public static let anomaly = Self(rawValue: "ANOMALY")
  /// The mean has moved lastingly.
  public static let drift = Self(rawValue: "DRIFT")
}

/// A failure that a metric series announces.
public struct SeriesFailure: Sendable, Hashable {
  public let code: SeriesFailureCode
  public let metric: String
  /// Probability within the horizon, in 0...1; `nil` for what was seen to begin but says nothing of a failure's odds
  /// (anomaly and drift).
  public let probability: Double?
  /// Times from the last value, in seconds: when the failure is expected, and the bounds of the 90 % interval; `nil`
  /// for not within the horizon. An anomaly or drift has the time at which it was seen, zero or negative, in all three.
  public let expected: Double?
  public let earliest: Double?
  public let latest: Double?
  /// Facts in words, for people.
  public let evidence: [String]
  /// What the same prediction was worth on the series' own past; `nil` for what is there already, and for anomaly and
  /// drift.
  public let backtest: Backtest?
}

/// What can't be told of a metric, and why.
public struct UnknownOutlook: Sendable, Hashable {
  public let metric: String
  /// What was to be told.
  public let code: SeriesFailureCode
  public let reason: String
}

/// A series of a metric with what is known of it.
public struct MetricSeries: Sendable, Hashable {
  /// What reaching the limit means.
  public enum Limit: Sendable, Hashable {
    /// Saturation at this value.
    case load(Double)
    /// Exhaustion at this value.
    case store(Double)
  }

  public let metric: String
  /// Oldest first, equidistant; a gap is NaN.
  public let values: [Double]
  /// Seconds between two values, above 0.
  public let step: Double
  public let limit: Limit?
  /// Steps of a season, such as 288 for a day of five-minute steps; `nil` where none is known.
  public let period: Int?

  /// - Precondition: a positive finite step.
  public init(metric: String, values: [Double], step: Double, limit: Limit? = nil, period: Int? = nil) {
    precondition(step > 0 && step.isFinite, "steps take time")
    self.metric = metric
    self.values = values
    self.step = step
    self.limit = limit
    self.period = period
  }
}
