import SimulationInput
import SimulationQueueing
import SimulationSeries

/// The load of simulated hours: forecast from what was recorded, replayed, or assumed where too little is known.
struct SimulatedLoad: Sendable {
  /// Steps of a forecast are at least that long, s: two weeks of them are fitted in some 20 ms.
  static let forecastStep = 1_800.0
  /// Recorded days that a forecast needs: below, the values held back bound too few hours.
  static let forecastDays = 7
  /// Of the forecast's intervals where nobody says.
  static let coverage = 0.9
  /// The trough of an assumed day over its crest, the shape that most user-facing traffic shows.
  private static let trough = 1.0 / 3
  private static let noon = 43_200.0

  /// Rates at equal distances from the start, or a shape.
  private(set) var base: LoadProfile.Base
  /// The upper ends of a forecast's intervals.
  private(set) var upper: LoadProfile.Base?
  private(set) var forecast: SeriesForecast?
  /// Steps of the forecast in s.
  private(set) var forecastSeconds = 0.0
  /// When the load is highest, s.
  private(set) var crest = 0.0
  private(set) var told: SimulatedHours

  /// - Parameters:
  ///   - known: the highest load that is known, requests per second.
  ///   - duration: s.
  /// - Returns: nil when no load is known.
  init?(_ scenario: LoadScenario, recorded: RecordedLoad?, known: Double?, duration: Double) {
    told = SimulatedHours()
    told.scenario = scenario.kind?.rawValue ?? LoadScenario.Kind.forecast.rawValue
    base = .constant(rate: 0)
    let highest = [known, recorded?.rates.max()].compactMap(\.self).max()
    guard let highest, highest > 0, highest <= LoadProfile.maxRate else { return nil }
    if scenario.kind == .peakTraffic {
      hold(highest, recorded: recorded, known: known, factor: scenario.told["factor"] ?? 1)
    } else if let recorded, recorded.rates.max() ?? 0 > 0, recorded.rates.max() ?? 0 <= LoadProfile.maxRate {
      // As many days as are simulated, so that none comes twice while there are others.
      let lasting = Int(min(Double(RecordedLoad.days), (duration / RecordedLoad.day).rounded(.up)))
      let days = scenario.told["days"].map { Int($0) } ?? lasting
      if scenario.kind == .recorded {
        replay(recorded, days: days, because: "", duration: duration)
        told.parameters = [.init("days", .number(Double(min(days, recorded.wholeDays))))]
      } else if !predict(recorded, coverage: scenario.told["coverage"] ?? Self.coverage, duration: duration) {
        replay(
          recorded, days: lasting,
          because: "; a forecast needs \(Self.forecastDays) days of it, and \(recorded.wholeDays) are recorded",
          duration: duration)
      }
    } else if let known {
      assume(known, duration: duration)
    } else {
      return nil
    }
    if scenario.kind == nil {
      told.statement += "; the load scenario '\(scenario.name.prefix(64))' isn't one that is known"
    }
  }

  // MARK: Sources

  private mutating func hold(_ highest: Double, recorded: RecordedLoad?, known: Double?, factor: Double) {
    let rate = min(highest * factor, LoadProfile.maxRate)
    base = .constant(rate: rate)
    told.source = .peak
    told.peakRate = rate
    told.parameters = [.init("factor", .number(factor))]
    let isRecorded = highest > known ?? 0
    told.statement =
      "load held at \(factor == 1 ? "" : "\(brief(factor)) times ")the highest rate that is "
      + "\(isRecorded ? "recorded" : "known"), \(brief(highest)) requests/s"
    if isRecorded, let recorded { tell(recorded, points: recorded.rates.count) }
  }

  private mutating func assume(_ known: Double, duration: Double) {
    // The crest comes within the time that is simulated.
    crest = min(Self.noon, duration / 2)
    base = .daily(
      mean: known * (1 + Self.trough) / 2, amplitude: (1 - Self.trough) / (1 + Self.trough), peak: crest)
    told.source = .assumed
    told.peakRate = known
    told.statement =
      "load assumed: a daily wave under the known peak of \(brief(known)) requests/s, since too little of "
      + "\(RecordedLoad.metric) is recorded"
  }

  private mutating func replay(_ recorded: RecordedLoad, days: Int, because: String, duration: Double) {
    let used = min(max(1, days), recorded.wholeDays)
    let count = min(recorded.rates.count, Int(Double(used) * RecordedLoad.day / recorded.step))
    let rates = Array(recorded.rates.suffix(count))
    tell(recorded, points: count)
    told.source = .recorded
    told.statement =
      "load recorded: the newest \(used == 1 ? "day" : "\(used) days") of \(recorded.metric) again" + because
    base = set(rates, seconds: recorded.step, duration: duration)
  }

  /// Forecasts a day from the newest value on. Later days repeat it: further ahead nothing was held back to judge by.
  private mutating func predict(_ recorded: RecordedLoad, coverage: Double, duration: Double) -> Bool {
    let seconds = max(recorded.step, Self.forecastStep)
    let values = recorded.means(of: Int(seconds / recorded.step))
    let period = Int(RecordedLoad.day / seconds)
    guard values.count >= Self.forecastDays * period,
      let forecast = try? SeriesForecast(values: values, period: period, horizon: period, coverage: coverage)
    else { return false }
    func bounded(_ rate: Double) -> Double { min(max(0, rate), LoadProfile.maxRate) }
    var width = 0.0
    let upper = forecast.steps.map { step in
      // A step that too few errors bound is at least as uncertain as those before it.
      width = step.interval.map { $0.upperBound - step.value } ?? width
      return bounded(step.value + width)
    }
    self.forecast = forecast
    forecastSeconds = seconds
    tell(recorded, points: recorded.rates.count)
    told.source = .forecast
    told.forecastMethod = "\(forecast.model)"
    told.heldOutError = forecast.heldOutError
    told.naiveError = forecast.naiveError
    told.coverage = coverage
    self.upper = shape(upper, seconds: seconds, duration: duration)
    told.upperPeakRate = upper.max()
    base = set(forecast.steps.map { bounded($0.value) }, seconds: seconds, duration: duration)
    let days = brief(recorded.duration / RecordedLoad.day)
    told.statement =
      "load forecast: \(forecast.model) from \(days) days of \(recorded.metric)"
      + (forecast.model == .seasonalNaive
        ? ", since no model did better on held-out values"
        : ", held-out error " + (forecast.heldOutError.map(brief) ?? "unknown") + " against "
          + (forecast.naiveError.map(brief) ?? "unknown") + " of seasonal naive")
      + "; saturation judged at the upper end of the \(percent(coverage)) interval"
    return true
  }

  private mutating func tell(_ recorded: RecordedLoad, points: Int) {
    told.metric = recorded.metric
    told.recordedFrom = recorded.end - Double(points) * recorded.step
    told.recordedTo = recorded.end
    told.points = points
    told.filledPoints = recorded.filled
    told.pointSeconds = recorded.step
  }

  // MARK: Shapes

  private mutating func set(_ rates: [Double], seconds: Double, duration: Double) -> LoadProfile.Base {
    let shape = shape(rates, seconds: seconds, duration: duration)
    if case .recorded(let points, let interval) = shape {
      let index = points.indices.max { (points[$0], $1) < (points[$1], $0) } ?? 0
      crest = Double(index) * interval
      told.peakRate = points.max() ?? 0
    }
    return shape
  }

  /// The means of steps as a line, over and over: each in the middle of its step, and between two the mean of both.
  private func shape(_ rates: [Double], seconds: Double, duration: Double) -> LoadProfile.Base {
    let interval = seconds / 2
    let count = min(Int((duration / interval).rounded(.up)) + 1, LoadProfile.maxRecordedRates)
    let points = (0..<max(2, count)).map { place -> Double in
      let step = place / 2
      let rate = rates[step % rates.count]
      // The first begins as it goes on.
      return place % 2 == 1 || place == 0 ? rate : (rates[(step - 1) % rates.count] + rate) / 2
    }
    return .recorded(rates: points, interval: interval)
  }
}
