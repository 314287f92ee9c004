/// Exponential smoothing of level, trend and season.
///
/// Sources: P. Winters, "Forecasting sales by exponentially weighted moving averages", Management Science 6, 1960;
/// damped trend: E. Gardner, E. McKenzie, Management Science 31, 1985; recursions as in R. Hyndman, G. Athanasopoulos,
/// "Forecasting: Principles and Practice", 3rd edition, 2021, 8.2 to 8.3. The four parameters minimise the sum of
/// squared one-step errors by a downhill simplex from a fixed start.
public struct HoltWinters: Sendable, Hashable {
  public enum Season: Sendable, Hashable, CaseIterable { case none, additive, multiplicative }

  public struct Parameters: Sendable, Hashable {
    /// Weights of the newest value in level, trend and season, each in (0, 1).
    public let level: Double
    public let trend: Double
    public let season: Double
    /// φ, what remains of the trend each step, in [0.8, 0.98]; 1 for an undamped trend.
    public let damping: Double
  }

  /// Mutable part of the model: the values after the latest observation.
  struct State: Sendable, Hashable {
    var level: Double
    var trend: Double
    /// The next step's season first.
    var season: [Double]
    var position = 0
  }

  public let season: Season
  public let period: Int
  public let parameters: Parameters
  /// Mean squared one-step error on the values that were fitted, in the square of their unit.
  public let meanSquaredError: Double
  private(set) var state: State

  /// Fits the model to a series.
  ///
  /// - Parameter period: Steps of a season; ignored without a season.
  public init(fitting values: [Double], season: Season, period: Int, isDamped: Bool) throws(ForecastError) {
    guard period >= 1 else { throw .invalidPeriod(period) }
    let effective = season == .none ? 1 : period
    let least = max(2 * effective + 2, 6)
    guard values.count >= least else { throw .tooShort(count: values.count, least: least) }
    if let index = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
    if season == .multiplicative, let index = values.firstIndex(where: { $0 <= 0 }) { throw .notPositive(index: index) }

    let start = Self.initialState(values, season: season, period: effective)
    func parameters(_ point: [Double]) -> Parameters {
      Parameters(
        level: Self.squash(point[0], 0.000_1, 0.999_9), trend: Self.squash(point[1], 0.000_1, 0.999_9),
        season: Self.squash(point[2], 0.000_1, 0.999_9), damping: isDamped ? Self.squash(point[3], 0.8, 0.98) : 1)
    }
    func error(_ point: [Double]) -> Double {
      var state = start
      let parameters = parameters(point)
      var sum = 0.0
      for value in values {
        let difference = value - Self.predicted(state, season, parameters, ahead: 1)
        sum += difference * difference
        Self.update(&state, with: value, season, parameters)
      }
      return sum.isFinite ? sum : .greatestFiniteMagnitude
    }
    // Starts at weights of 0.27, 0.05 and 0.12, as series of metrics mostly are.
    let best = NelderMead.minimum(from: [-1, -3, -2, 0], step: 1, evaluations: 400, of: error)
    self.season = season
    self.period = effective
    self.parameters = parameters(best.point)
    meanSquaredError = best.value / Double(values.count)
    state = start
    for value in values { observe(value) }
  }

  /// Takes the next value without fitting anew.
  mutating func observe(_ value: Double) { Self.update(&state, with: value, season, parameters) }

  /// The values of the next `horizon` steps.
  public func forecast(_ horizon: Int) -> [Double] {
    horizon < 1 ? [] : (1...horizon).map { Self.predicted(state, season, parameters, ahead: $0) }
  }

  private static func initialState(_ values: [Double], season: Season, period: Int) -> State {
    guard season != .none else {
      return State(level: 2 * values[0] - values[1], trend: values[1] - values[0], season: [0])
    }
    let first = values[..<period].reduce(0, +) / Double(period)
    let second = values[period..<(2 * period)].reduce(0, +) / Double(period)
    let trend = (second - first) / Double(period)
    let indices = (0..<period).map { phase in
      let line = { (index: Int) in first + trend * (Double(index) - Double(period - 1) / 2) }
      let pair = [phase, phase + period]
      return season == .additive
        ? pair.reduce(0) { $0 + values[$1] - line($1) } / 2
        : pair.reduce(0) { $0 + values[$1] / max(line($1), 1e-12) } / 2
    }
    return State(level: first - trend * Double(period + 1) / 2, trend: trend, season: indices)
  }

  private static func predicted(_ state: State, _ season: Season, _ parameters: Parameters, ahead: Int) -> Double {
    var trend = 0.0
    if parameters.damping == 1 {
      trend = Double(ahead) * state.trend
    } else {
      let damping = parameters.damping
      trend = state.trend * damping * (1 - Mathematics.power(damping, Double(ahead))) / (1 - damping)
    }
    let line = state.level + trend
    let index = state.season[(state.position + ahead - 1) % state.season.count]
    return season == .multiplicative ? line * index : line + index
  }

  private static func update(_ state: inout State, with value: Double, _ season: Season, _ parameters: Parameters) {
    let drift = parameters.damping * state.trend
    let line = state.level + drift
    let index = state.season[state.position]
    let deseasoned = season == .multiplicative ? value / max(index, 1e-12) : value - index
    let level = parameters.level * deseasoned + (1 - parameters.level) * line
    state.trend = parameters.trend * (level - state.level) + (1 - parameters.trend) * drift
    state.level = level
    switch season {
    case .none: break
    case .additive:
      state.season[state.position] = parameters.season * (value - line) + (1 - parameters.season) * index
    case .multiplicative:
      let ratio = abs(line) > 1e-12 ? value / line : index
      state.season[state.position] = parameters.season * ratio + (1 - parameters.season) * index
    }
    state.position = (state.position + 1) % state.season.count
  }

  /// Maps any number into an open interval, smoothly.
  private static func squash(_ value: Double, _ low: Double, _ high: Double) -> Double {
    low + (high - low) / (1 + Mathematics.exponential(-value))
  }
}
