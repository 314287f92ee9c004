public import SimulationBehaviour
import SimulationKernel

/// Fits a driver or ACC to a car-following log: the parameters of `CarFollower` with which the replay of the leader,
/// from the first true gap and speed of each stretch on, comes closest to the measured gap.
///
/// The error is that of the gap, not of speed or acceleration, as A. Kesting, M. Treiber, Transp. Res. Rec. 2088 (2008)
/// 148 recommend: a gap error is what accumulates. What is minimised is −2·log of the posterior,
///
///     n·ln(MSE + (0.1 m)²) + Σ (ln(p/p_median)/σ)²
///
/// with n the number of independent errors, that is the duration over their correlation time, and the prior of
/// `DriverPrior`. Standard deviations come from the curvature of the same function at its minimum (Gauss-Newton).
public enum CarFollowingFit {
  /// Fewer measured seconds than this say too little.
  static let shortestLog = 20.0
  /// Rows that are missing for longer end a stretch of the fitted part, s.
  static let longestPause = 1.0
  /// In the held-back part, the leader is interpolated over pauses up to this, s: a replay isn't started anew.
  static let longestBridgedPause = 30.0
  /// Shorter stretches aren't fitted, s.
  static let shortestStretch = 5.0
  /// Of a longer log, only this many seconds before the held-back part are fitted, to bound the time that a fit takes.
  static let longestFitted = 1_800.0
  /// Integrated autocorrelation time of the gap's error, s: medians of 12 s over ten ACC pairs and 18 s over seven human
  /// pairs (OpenACC ZalaZONE, first 60 % of each).
  static let correlationTime = 15.0
  /// Standard deviation of the leader's speed below which it never does anything to react to, m/s.
  static let leastExcitation = 0.1
  /// What a measured gap is off at least, m.
  private static let gapNoise = 0.1
  private static let collisionPenalty = 1_000.0
  static let method = """
    differential evolution + Nelder-Mead on the gap of the replayed leader, blend of IDM (Treiber et al. 2000) and \
    constant time gap controller (Milanés and Shladover 2014), maximum a posteriori
    """

  /// - Parameters:
  ///   - log: ascending in time.
  ///   - holdoutShare: share of the rows, from the end, that isn't fitted but judged, 0 to 0.9.
  ///   - seed: the same seed and log give the same fit.
  ///   - isStopped: asked again and again; the fit is refused once it is true.
  public static func fit(
    _ log: [FollowingRow], holdoutShare: Double, seed: UInt64, isStopped: () -> Bool = { false }
  ) throws(FitRefusal) -> ParameterFit {
    try fit(log, holdoutShare: holdoutShare, seed: seed, search: GlobalMinimiser(), isStopped: isStopped)
  }

  static func fit(
    _ log: [FollowingRow], holdoutShare: Double, seed: UInt64, search: GlobalMinimiser,
    isStopped: () -> Bool = { false }
  ) throws(FitRefusal) -> ParameterFit {
    try check(log, holdoutShare)
    let split = Int((Double(log.count) * (1 - holdoutShare)).rounded())
    let earliest = split > 0 ? log[split - 1].time - longestFitted : 0
    let fitted = log[..<split].drop { $0.time < earliest }
    let stretches = FollowingStretch.stretches(
      of: fitted, longestPause: longestPause, shortest: shortestStretch)
    try checkExcitation(stretches)

    var stream = RunSeed(seed).stream(for: "car_following")
    let duration = stretches.reduce(0) { $0 + $1.duration }
    let independent = max(1, duration / correlationTime)
    let minimum = search.minimise(
      dimensions: DriverPrior.parameters.count, first: DriverPrior.middle, stream: &stream
    ) { places in
      // What is left of the search costs nothing then.
      if isStopped() { return .greatestFiniteMagnitude }
      let driver = DriverPrior.driver(at: places)
      return independent * naturalLogarithm(meanSquare(driver, over: stretches) + gapNoise * gapNoise)
        + DriverPrior.penalty(driver)
    }
    if isStopped() { throw .stopped }
    let driver = DriverPrior.driver(at: minimum.point)
    let fitErrors = errors(driver, over: stretches)
    let held = FollowingStretch.stretches(of: log[split...], longestPause: longestBridgedPause, shortest: 0)
    let heldErrors = errors(driver, over: held)
    let deviations = deviations(at: minimum.point, over: stretches, independent: independent)

    var result = ParameterFit(method: method)
    for (parameter, deviation) in zip(DriverPrior.parameters, deviations) {
      let value = driver[keyPath: parameter.path]
      result.parameters[parameter.name] = Estimate(value: value, std: value * deviation)
    }
    result.fit = fitErrors.metrics
    result.holdout = heldErrors.metrics
    result.sampleCount = fitErrors.count
    result.holdoutCount = heldErrors.count
    result.notes = notes(deviations, skipped: split - fitted.count)
    return result
  }

  private static func notes(_ deviations: [Double], skipped: Int) -> [String] {
    // At four fifths of the prior's width the log has added next to nothing.
    let untold = zip(DriverPrior.parameters, deviations).filter { $1 > 0.8 * $0.deviation }.map(\.0.name)
    var notes: [String] = []
    if !untold.isEmpty {
      notes.append("the log says little about \(untold.joined(separator: ", ")): mostly published values")
    }
    if skipped > 0 {
      notes.append("the first \(skipped) rows aren't used: at most \(Int(longestFitted)) s are fitted")
    }
    return notes
  }

  // MARK: Checks

  private static func check(_ log: [FollowingRow], _ holdoutShare: Double) throws(FitRefusal) {
    guard holdoutShare >= 0, holdoutShare <= 0.9 else {
      throw FitRefusal(field: "holdout_share", reason: "must lie in 0 to 0.9")
    }
    for (index, row) in log.enumerated() {
      guard row.time.isFinite else { throw FitRefusal(field: "samples[\(index)].t_s", reason: "must be finite") }
      if index > 0, row.time <= log[index - 1].time {
        throw FitRefusal(field: "samples[\(index)].t_s", reason: "must be later than that of the row before")
      }
      if row.speed < 0 { throw FitRefusal(field: "samples[\(index)].speed_mps", reason: "must not be negative") }
      if row.leaderSpeed < 0 {
        throw FitRefusal(field: "samples[\(index)].leader_speed_mps", reason: "must not be negative")
      }
    }
  }

  private static func checkExcitation(_ stretches: [FollowingStretch]) throws(FitRefusal) {
    let duration = stretches.reduce(0) { $0 + $1.duration }
    guard duration >= shortestLog else {
      throw FitRefusal(
        field: "samples",
        reason: """
          the fitted part holds \(Int(duration)) s of complete rows in stretches of at least \(Int(shortestStretch)) s; \
          at least \(Int(shortestLog)) s are needed
          """)
    }
    let speeds = stretches.flatMap(\.leaderSpeeds)
    let mean = speeds.reduce(0, +) / Double(speeds.count)
    let variance = speeds.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(speeds.count)
    guard variance.squareRoot() >= leastExcitation else {
      throw FitRefusal(
        field: "samples",
        reason: """
          the leader's speed never changes (standard deviation below \(leastExcitation) m/s in the fitted part), so \
          nothing tells how the follower reacts
          """)
    }
  }

  // MARK: Errors

  /// How far a driver is from a log, by the metrics of a fit: the leader replayed from the first true gap and speed,
  /// over pauses of up to half a minute. Empty when no row is complete.
  public static func metrics(of driver: DriverParameters, over log: [FollowingRow]) -> [String: Double] {
    errors(
      driver, over: FollowingStretch.stretches(of: log, longestPause: longestBridgedPause, shortest: 0)
    ).metrics
  }

  private static func errors(_ driver: DriverParameters, over stretches: [FollowingStretch]) -> ReplayErrors {
    var errors = ReplayErrors()
    for stretch in stretches { stretch.replay(driver, into: &errors) }
    return errors
  }

  private static func meanSquare(_ driver: DriverParameters, over stretches: [FollowingStretch]) -> Double {
    let errors = errors(driver, over: stretches)
    let mean = errors.gapSquares / Double(max(1, errors.count))
    return mean.isFinite ? mean + Double(errors.collisions) * collisionPenalty : .greatestFiniteMagnitude
  }

  /// Standard deviation of each parameter's logarithm. The curvature counts each independent error once:
  /// H = (n/N)·JᵀJ/σ² + diag(1/σ_prior²), with J the change of all N errors per change of a logarithm.
  private static func deviations(
    at point: [Double], over stretches: [FollowingStretch], independent: Double
  ) -> [Double] {
    func residuals(_ places: [Double]) -> [Double] {
      var errors = ReplayErrors()
      var residuals: [Double] = []
      for stretch in stretches {
        stretch.replay(DriverPrior.driver(at: places), into: &errors) { residuals.append($0) }
      }
      return residuals
    }
    let middle = residuals(point)
    let variance = middle.reduce(0) { $0 + $1 * $1 } / Double(middle.count) + gapNoise * gapNoise
    let step = 0.005
    let columns = point.indices.map { index in
      var (low, high) = (point, point)
      low[index] = max(0, point[index] - step)
      high[index] = min(1, point[index] + step)
      let range = DriverPrior.parameters[index].range
      let change = (high[index] - low[index]) * naturalLogarithm(range.upperBound / range.lowerBound)
      return zip(residuals(high), residuals(low)).map { ($0 - $1) / change }
    }
    var curvature = columns.map { a in columns.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
    let weight = independent / Double(middle.count) / variance
    for i in curvature.indices {
      for j in curvature.indices { curvature[i][j] *= weight }
      let deviation = DriverPrior.parameters[i].deviation
      curvature[i][i] += 1 / (deviation * deviation)
    }
    guard let covariance = SymmetricSolve.inverse(curvature) else {
      return DriverPrior.parameters.map(\.deviation)
    }
    return covariance.indices.map { covariance[$0][$0].squareRoot() }
  }
}
