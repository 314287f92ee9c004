public import SimulationInput

/// Which load the hours after a change were simulated under, and how.
public struct SimulatedHours: Sendable, Hashable {
  public enum Source: Sendable, Hashable, CaseIterable {
    /// Recorded values, replayed.
    case recorded
    /// A forecast from recorded values.
    case forecast
    /// A daily wave under the known peak.
    case assumed
    /// The known peak, held.
    case peak
  }

  public enum Method: Sendable, Hashable, CaseIterable { case analytic, fluid, discreteEvent, held }

  /// A span that was computed in one way, seconds.
  public struct Window: Sendable, Hashable {
    public var from: Double
    public var to: Double
    public var method: Method

    public init(from: Double, to: Double, method: Method) {
      self.from = from
      self.to = to
      self.method = method
    }
  }

  /// Windows that are told of.
  public static let maxWindows = 200

  public var scenario = LoadScenario.Kind.forecast.rawValue
  /// As they were used, defaults included, the unit in the name.
  public var parameters: [InputValue.Member] = []
  /// nil when no load is known.
  public var source: Source?
  /// The load in a sentence.
  public var statement = ""
  /// Metric that was read; empty when none was.
  public var metric = ""
  /// The values that were used, seconds since 1970; nil without any.
  public var recordedFrom: Double?
  public var recordedTo: Double?
  public var points = 0
  /// Of these, those that nobody recorded.
  public var filledPoints = 0
  /// Length of one, s.
  public var pointSeconds = 0.0
  /// Method of the forecast; empty without one.
  public var forecastMethod = ""
  /// Mean absolute error of the method, and of the seasonal-naive forecast, on values that neither had seen, in units of
  /// the seasonal-naive error on those before them.
  public var heldOutError: Double?
  public var naiveError: Double?
  /// Of the forecast's intervals.
  public var coverage: Double?
  /// Requests per second.
  public var peakRate = 0.0
  /// Highest upper end of the forecast's intervals, requests per second.
  public var upperPeakRate: Double?
  /// In order, at most `maxWindows`.
  public var windows: [Window] = []
  public var windowsLeftOut = 0
  /// Simulated seconds by method.
  public var analyticSeconds = 0.0
  public var fluidSeconds = 0.0
  public var discreteEventSeconds = 0.0
  public var heldSeconds = 0.0
  public var events = 0
  public var seed: UInt64 = 0
  /// Why the hours weren't simulated; empty when they were.
  public var notSimulated = ""

  public init() {}

  /// Simulated time, s.
  public var seconds: Double { analyticSeconds + fluidSeconds + discreteEventSeconds + heldSeconds }
}
