/// One future step of a series.
public struct ForecastStep: Sendable, Hashable {
  public let value: Double
  /// `nil` where the held-back part is too short to bound this step.
  public let interval: ConformalInterval?
}

/// A forecast by the model that did best on values it hadn't seen, with conformal intervals from values that neither
/// fit nor choice had seen.
///
/// The series is cut into three parts in time: the candidates are fitted on the first and chosen by their error on the
/// second (``MeanAbsoluteScaledError``); the chosen one, fitted anew on both, is then moved through the third, and its
/// errors at each number of steps ahead bound the interval of that step. Last it is fitted on the whole.
/// Split-conformal intervals assume exchangeable errors, which those of a series are only about: after a change of
/// behaviour they cover less until the record has caught up.
public struct SeriesForecast: Sendable, Hashable {
  /// A model that may be chosen.
  public enum Model: Sendable, Hashable, CustomStringConvertible {
    case seasonalNaive
    case holtWinters(season: HoltWinters.Season, isDamped: Bool)

    public var description: String {
      switch self {
      case .seasonalNaive: "seasonal naive"
      case .holtWinters(.none, let isDamped): isDamped ? "Holt, damped" : "Holt"
      case .holtWinters(.additive, let isDamped): isDamped ? "Holt–Winters additive, damped" : "Holt–Winters additive"
      case .holtWinters(.multiplicative, let isDamped):
        isDamped ? "Holt–Winters multiplicative, damped" : "Holt–Winters multiplicative"
      }
    }
  }

  /// The chosen model.
  public let model: Model
  /// Error of the chosen model on the second part, in units of the seasonal-naive error on the first; `nil` where that
  /// is zero.
  public let heldOutError: Double?
  /// Error of the seasonal-naive forecast on the same values and in the same unit.
  public let naiveError: Double?
  public let steps: [ForecastStep]
  /// Absolute errors on the third part by steps ahead, ascending each.
  let errors: [[Double]]
  /// What was predicted on the third part and what came, by steps ahead, oldest first each.
  private let outcomes: [[Residual]]

  /// Values of the third part as they were predicted so many steps ahead (from 0), and as they came; oldest first.
  public func outcomes(at step: Int) -> [Residual] { outcomes.indices.contains(step) ? outcomes[step] : [] }

  /// - Parameters:
  ///   - values: Equidistant values, oldest first, all finite.
  ///   - period: Steps of a season, 1 for none.
  ///   - horizon: Steps to forecast.
  ///   - coverage: Probability with which each interval should hold its value.
  public init(values: [Double], period: Int, horizon: Int, coverage: Double = 0.9) throws(ForecastError) {
    guard period >= 1 else { throw .invalidPeriod(period) }
    if let index = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: index) }
    let ahead = max(1, horizon)
    let least = Self.leastCount(period: period)
    guard values.count >= least else { throw .tooShort(count: values.count, least: least) }
    let second = max(period, values.count / 5)
    let third = max(period, values.count / 5)
    let first = Array(values[..<(values.count - second - third)])
    let seen = Array(values[..<(values.count - third)])

    var best: (model: Model, error: Double)?
    var naive = Double.infinity
    for candidate in Self.candidates(for: values, period: period) {
      var fitted = try Fitted(candidate, first, period)
      let error = fitted.meanAbsoluteError(along: seen[first.count...], ahead: min(ahead, period, second))
      if candidate == .seasonalNaive { naive = error }
      // The baseline comes first, so a model has to be better than it, not as good.
      if error < best?.error ?? .infinity { best = (candidate, error) }
    }
    let chosen = best?.model ?? .seasonalNaive
    model = chosen
    let scale = zip(first, first.dropFirst(period)).reduce(0) { $0 + abs($1.1 - $1.0) } / Double(first.count - period)
    heldOutError = scale > 0 ? best.map { $0.error / scale } : nil
    naiveError = scale > 0 ? naive / scale : nil

    var judged = try Fitted(chosen, seen, period)
    outcomes = judged.outcomes(along: values[seen.count...], ahead: ahead)
    errors = outcomes.map { $0.map { abs($0.predicted - $0.actual) }.sorted() }
    let values = try Fitted(chosen, values, period).forecast(ahead)
    var widest = 0.0
    var isBounded = true
    steps = zip(values, errors).map { value, errors in
      let rank = ConformalInterval.rank(of: coverage, count: errors.count)
      isBounded = isBounded && rank != nil
      guard isBounded, let rank else { return ForecastStep(value: value, interval: nil) }
      // A later step isn't surer than an earlier one, whatever the sample says.
      widest = max(widest, errors[rank])
      return ForecastStep(
        value: value,
        interval: ConformalInterval(lowerBound: value - widest, upperBound: value + widest, coverage: coverage))
    }
  }

  /// Fewest values of a forecast: two seasons to fit and one each to choose and to bound, and at least 30.
  public static func leastCount(period: Int) -> Int { max(30, 5 * period) }

  /// Fewest errors of a step behind a probability.
  public static let leastErrors = 19

  /// Probability that the value `step` steps ahead (from 0) is at least `threshold`: the conformal p-value of the
  /// distance, two-sided errors halved by symmetry; `nil` where fewer than ``leastErrors`` errors of that step are
  /// known, since the p-value of the most distant threshold would then still not be small.
  public func probability(ofReaching threshold: Double, at step: Int) -> Double? {
    guard steps.indices.contains(step), errors[step].count >= Self.leastErrors else { return nil }
    let distance = threshold - steps[step].value
    let larger = errors[step].count { $0 >= abs(distance) }
    let oneSided = Double(larger + 1) / Double(errors[step].count + 1) / 2
    return distance > 0 ? oneSided : 1 - oneSided
  }

  private static func candidates(for values: [Double], period: Int) -> [Model] {
    var models: [Model] = [.seasonalNaive]
    for season in HoltWinters.Season.allCases {
      if season != .none && period == 1 { continue }
      if season == .multiplicative && values.contains(where: { $0 <= 0 }) { continue }
      models.append(.holtWinters(season: season, isDamped: true))
      models.append(.holtWinters(season: season, isDamped: false))
    }
    return models
  }
}

/// A fitted candidate.
private enum Fitted {
  case naive(SeasonalNaive)
  case smoothing(HoltWinters)

  init(_ model: SeriesForecast.Model, _ values: [Double], _ period: Int) throws(ForecastError) {
    switch model {
    case .seasonalNaive: self = .naive(try SeasonalNaive(fitting: values, period: period))
    case .holtWinters(let season, let isDamped):
      self = .smoothing(try HoltWinters(fitting: values, season: season, period: period, isDamped: isDamped))
    }
  }

  func forecast(_ horizon: Int) -> [Double] {
    switch self {
    case .naive(let model): model.forecast(horizon)
    case .smoothing(let model): model.forecast(horizon)
    }
  }

  mutating func observe(_ value: Double) {
    switch self {
    case .naive(var model):
      model.observe(value)
      self = .naive(model)
    case .smoothing(var model):
      model.observe(value)
      self = .smoothing(model)
    }
  }

  /// Predicted and actual values by steps ahead, from each origin within `values`.
  mutating func outcomes(along values: ArraySlice<Double>, ahead: Int) -> [[Residual]] {
    var outcomes = [[Residual]](repeating: [], count: ahead)
    for origin in values.indices {
      let known = min(ahead, values.endIndex - origin)
      for (step, forecast) in self.forecast(known).enumerated() {
        outcomes[step].append(Residual(predicted: forecast, actual: values[origin + step]))
      }
      observe(values[origin])
    }
    return outcomes
  }

  mutating func meanAbsoluteError(along values: ArraySlice<Double>, ahead: Int) -> Double {
    let all = outcomes(along: values, ahead: ahead).flatMap { $0 }
    let mean = all.reduce(0) { $0 + abs($1.predicted - $1.actual) } / Double(max(1, all.count))
    return mean.isFinite ? mean : .infinity
  }
}
