import SimulationVehicles

/// How fast brakes and drive line answer, from pedals to acceleration.
///
/// The demand u passes a dead time and then, for the brakes, a linear ramp (a moving average over its length), for the
/// drive line a first-order lag; what comes out moves the vehicle with a gain that is linear in speed, on top of a road
/// load quadratic in speed:
///
///     a(t) = (k0 + k1·v)·filtered(u)(t) + c0 + c1·v + c2·v²
///
/// Linear in k and c, which least squares finds for every dead time and length on a grid; the best place is refined by
/// halving the grid. Standard deviations: Gauss-Newton over all unknowns, widened for correlated errors, and by the
/// sampling (between two samples the pedal's course isn't known: a uniform error of one interval).
struct ResponseFit: Sendable {
  enum Pedal: Sendable {
    case brake
    case throttle
  }

  let pedal: Pedal

  /// Names of the dead time and of the ramp or lag.
  var names: [String] {
    pedal == .brake ? ["brake_dead_time_s", "brake_ramp_s"] : ["drive_dead_time_s", "drive_lag_s"]
  }

  /// Coarser logs can't show a dead time, s.
  private static let longestInterval = 0.25
  private static let longestDeadTime = 1.0
  private static let longestLength = 2.0
  /// A pedal that moves by this within `moveWindow` seconds is an event.
  private static let leastMove = 0.1
  private static let moveWindow = 0.5
  private static let fewestMoves = 5
  private static let fewestRows = 100

  // MARK: Rows

  /// A row with what the model needs; `column` finds its demand.
  private struct Point: Sendable {
    var time: Double
    var speed: Double
    var acceleration: Double
    var demand: Double
    /// False where the other pedal or the past isn't clean; the filter runs on.
    var counts: Bool
  }

  private func points(_ log: DynamicsLog) -> [[Point]] {
    let settled = Self.longestDeadTime + Self.longestLength
    return log.stretches.map { rows in
      var (start, disturbed) = (rows.first?.time ?? 0, -Double.infinity)
      var points: [Point] = []
      for (index, row) in rows.enumerated() {
        guard let own = pedal == .brake ? row.brake : row.throttle,
          let other = pedal == .brake ? row.throttle : row.brake
        else {
          start = row.time
          points.removeAll()
          continue
        }
        if other > 0.01 { disturbed = row.time }
        let acceleration = row.acceleration ?? Self.slope(rows, index)
        points.append(
          Point(
            time: row.time, speed: row.speed, acceleration: acceleration ?? 0, demand: own,
            counts: acceleration != nil && row.time - start >= settled && row.time - disturbed >= settled
              && row.speed > 1))
      }
      return points
    }
  }

  private static func slope(_ rows: [DynamicsRow], _ index: Int) -> Double? {
    guard index > 0, index + 1 < rows.count else { return nil }
    return (rows[index + 1].speed - rows[index - 1].speed) / (rows[index + 1].time - rows[index - 1].time)
  }

  // MARK: Filters

  /// The demand after dead time and ramp or lag, at every point.
  private func filtered(_ points: [Point], deadTime: Double, length: Double) -> [Double] {
    guard let first = points.first else { return [] }
    // The demand is linear between samples; its integral is then exact.
    var integral = [0.0]
    for (a, b) in zip(points, points.dropFirst()) {
      integral.append(integral[integral.count - 1] + 0.5 * (a.demand + b.demand) * (b.time - a.time))
    }
    var cursor = 0
    func place(_ time: Double, _ cursor: inout Int) -> Int {
      while cursor + 2 < points.count, points[cursor + 1].time <= time { cursor += 1 }
      while cursor > 0, points[cursor].time > time { cursor -= 1 }
      return cursor
    }
    func demand(_ time: Double) -> Double {
      guard time > first.time, points.count > 1 else { return first.demand }
      let index = place(time, &cursor)
      let (a, b) = (points[index], points[index + 1])
      return a.demand + (b.demand - a.demand) * min(1, (time - a.time) / (b.time - a.time))
    }
    func area(_ time: Double) -> Double {
      guard time > first.time, points.count > 1 else { return first.demand * (time - first.time) }
      let index = place(time, &cursor)
      let elapsed = time - points[index].time
      return integral[index] + 0.5 * (points[index].demand + demand(time)) * elapsed
    }
    switch pedal {
    case .brake:
      return points.map { point in
        let end = point.time - deadTime
        return length > 1e-6 ? (area(end) - area(end - length)) / length : demand(end)
      }
    case .throttle:
      var output = demand(first.time - deadTime)
      var before = (time: first.time, input: output)
      return points.map { point in
        let input = demand(point.time - deadTime)
        let step = point.time - before.time
        if length > 1e-6, step > 0 {
          // Exact for an input that is linear in the step.
          let decay = exponential(-step / length)
          let slope = (input - before.input) / step
          output = input - slope * length + (output - before.input + slope * length) * decay
        } else {
          output = input
        }
        before = (point.time, input)
        return output
      }
    }
  }

  private static func regressors(_ point: Point, _ filtered: Double) -> [Double] {
    [filtered, filtered * point.speed, 1, point.speed, point.speed * point.speed]
  }

  // MARK: Fit

  func fit(_ log: DynamicsLog) -> DynamicsPart {
    guard log.interval <= Self.longestInterval else {
      return .leftOut(
        names, "samples are \(text(log.interval)) s apart; at most \(Self.longestInterval) s tell a response time")
    }
    let stretches = points(log)
    let count = stretches.reduce(0) { $0 + $1.count(where: \.counts) }
    let name = pedal == .brake ? "brake" : "throttle"
    guard count >= Self.fewestRows else {
      return .leftOut(
        names, "\(count) rows with \(name) alone for 3 s before; at least \(Self.fewestRows) are needed")
    }
    let moves = moves(stretches)
    guard moves >= Self.fewestMoves else {
      return .leftOut(
        names,
        """
        the \(name) pedal moved \(moves) times by \(Self.leastMove) or more within \(Self.moveWindow) s; \
        \(Self.fewestMoves) are needed
        """)
    }
    let (deadTime, length) = search(stretches)
    guard let (solution, errors) = solve(stretches, deadTime, length) else {
      return .leftOut(names, "the log doesn't tell the response to the \(name) pedal from the road load")
    }
    guard let deviations = deviations(stretches, deadTime, length, solution, errors) else {
      return .leftOut(names, "dead time and \(pedal == .brake ? "ramp" : "lag") can't be told apart")
    }
    let spread = log.interval * log.interval / 12
    var part = DynamicsPart()
    for (name, (value, variance)) in zip(names, [(deadTime, deviations.deadTime), (length, deviations.length)]) {
      part.parameters[name] = Estimate(value: value, std: (variance + spread).squareRoot())
    }
    let metric = pedal == .brake ? "braking_acceleration_rmse_mps2" : "driving_acceleration_rmse_mps2"
    part.errors = { log in
      let stretches = points(log)
      return residuals(stretches, deadTime, length, solution.values).rootMeanSquare.map { [metric: $0] } ?? [:]
    }
    return part
  }

  /// Movements of the pedal, each counted once.
  private func moves(_ stretches: [[Point]]) -> Int {
    stretches.reduce(0) { sum, points in
      var (count, first) = (0, 0)
      var last = -Double.infinity
      for index in points.indices {
        while points[index].time - points[first].time > Self.moveWindow { first += 1 }
        let change = abs(points[index].demand - points[first].demand)
        guard change >= Self.leastMove, points[index].time - last > Self.moveWindow, points[index].counts else {
          continue
        }
        count += 1
        last = points[index].time
      }
      return sum + count
    }
  }

  private func solve(
    _ stretches: [[Point]], _ deadTime: Double, _ length: Double
  ) -> (solution: LeastSquares.Solution, errors: [Double])? {
    var squares = LeastSquares(unknowns: 5)
    for points in stretches {
      let filtered = filtered(points, deadTime: deadTime, length: length)
      for (point, output) in zip(points, filtered) where point.counts {
        squares.add(Self.regressors(point, output), point.acceleration)
      }
    }
    guard let solution = squares.solution else { return nil }
    return (solution, residuals(stretches, deadTime, length, solution.values))
  }

  private func residuals(
    _ stretches: [[Point]], _ deadTime: Double, _ length: Double, _ values: [Double]
  ) -> [Double] {
    stretches.flatMap { points in
      zip(points, filtered(points, deadTime: deadTime, length: length)).compactMap { point, output in
        guard point.counts else { return nil }
        return point.acceleration - zip(values, Self.regressors(point, output)).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
  }

  /// The best dead time and length: a grid over both, halved around its best place.
  private func search(_ stretches: [[Point]]) -> (deadTime: Double, length: Double) {
    func squares(_ deadTime: Double, _ length: Double) -> Double {
      guard let (_, errors) = solve(stretches, deadTime, length) else { return .infinity }
      return errors.reduce(0) { $0 + $1 * $1 }
    }
    var best = (deadTime: 0.0, length: 0.0, squares: Double.infinity)
    func look(_ deadTime: Double, _ length: Double) {
      guard (0...Self.longestDeadTime).contains(deadTime), (0...Self.longestLength).contains(length) else { return }
      let sum = squares(deadTime, length)
      if sum < best.squares { best = (deadTime, length, sum) }
    }
    var step = 0.1
    for i in 0...10 { for j in 0...10 { look(step * Double(i), 2 * step * Double(j)) } }
    for _ in 0..<6 {
      step *= 0.5
      let centre = best
      for i in -1...1 {
        for j in -1...1 where (i, j) != (0, 0) {
          look(centre.deadTime + step * Double(i), centre.length + 2 * step * Double(j))
        }
      }
    }
    return (best.deadTime, best.length)
  }

  /// Variances of dead time and length.
  private func deviations(
    _ stretches: [[Point]], _ deadTime: Double, _ length: Double, _ solution: LeastSquares.Solution,
    _ errors: [Double]
  ) -> (deadTime: Double, length: Double)? {
    let step = 0.01
    func slope(_ highDead: Double, _ highLength: Double, _ lowDead: Double, _ lowLength: Double) -> [Double] {
      let change = (highDead - lowDead) + (highLength - lowLength)
      return zip(
        residuals(stretches, highDead, highLength, solution.values),
        residuals(stretches, lowDead, lowLength, solution.values)
      ).map { ($1 - $0) / change }
    }
    let byDeadTime = slope(deadTime + step, length, max(0, deadTime - step), length)
    let byLength = slope(deadTime, length + step, deadTime, max(0, length - step))
    var squares = LeastSquares(unknowns: 7)
    var index = 0
    for points in stretches {
      for (point, output) in zip(points, filtered(points, deadTime: deadTime, length: length)) where point.counts {
        squares.add([byDeadTime[index], byLength[index]] + Self.regressors(point, output), 0)
        index += 1
      }
    }
    guard let inverse = SymmetricSolve.inverse(squares.normal) else { return nil }
    let variance =
      errors.reduce(0) { $0 + $1 * $1 } / Double(max(1, errors.count - 7)) * varianceInflation(errors)
    return (variance * inverse[0][0], variance * inverse[1][1])
  }
}
