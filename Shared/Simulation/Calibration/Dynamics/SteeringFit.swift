import SimulationVehicles

/// Steering ratio i and understeer gradient K from quasi-steady driving. Of a single-track model in a steady turn,
///
///     δ_reported = i·(L·r/v + K·a_y) + δ_0
///
/// (R. Rajamani, Vehicle Dynamics and Control, 2nd ed. (2012), equation 3.4; ISO 4138), linear in i, i·K and the zero
/// error δ_0 of the sensor. The noisier the regressors the smaller the estimates, so rows are averaged over half a
/// second first.
enum SteeringFit {
  static let names = ["steering_ratio", "understeer_gradient_rad_per_mps2"]
  private static let block = 0.5
  private static let slowest = 3.0
  private static let fewestBlocks = 20
  /// Least steering (of the front wheels) and lateral acceleration that must have occurred, rad and m/s².
  private static let leastSteering = 0.02
  private static let leastAcceleration = 1.0
  /// Changes of steering and yaw rate within a block that still count as steady, rad and rad/s.
  private static let steadySteering = 0.03
  private static let steadyYawRate = 0.06

  private struct Turn: Sendable {
    var steering: Double
    var bend: Double
    var lateral: Double
  }

  private static func turns(_ log: DynamicsLog, _ wheelbase: Double) -> [Turn] {
    log.blocks(of: block) { $0.speed >= slowest && $0.steering != nil && $0.yawRate != nil }.compactMap { rows in
      let steering = rows.compactMap(\.steering)
      let yawRates = rows.compactMap(\.yawRate)
      // Ends of the block averaged over halves, so that noise doesn't look like a change.
      func change(_ values: [Double]) -> Double {
        let half = values.count / 2
        return abs((values.suffix(half).mean ?? 0) - (values.prefix(half).mean ?? 0))
      }
      guard change(yawRates) <= steadyYawRate, let angle = steering.mean, let yawRate = yawRates.mean,
        let speed = rows.map(\.speed).mean
      else { return nil }
      let measured = rows.compactMap(\.lateralAcceleration)
      let lateral = measured.count == rows.count ? measured.mean ?? 0 : speed * yawRate
      guard change(steering) <= steadySteering * max(1, abs(angle / max(0.01, abs(wheelbase * yawRate / speed)))) else {
        return nil
      }
      return Turn(steering: angle, bend: wheelbase * yawRate / speed, lateral: lateral)
    }
  }

  static func fit(_ log: DynamicsLog, _ vehicle: VehicleParameters) -> DynamicsPart {
    let turns = turns(log, vehicle.wheelbase)
    guard turns.count >= fewestBlocks else {
      return .leftOut(
        names,
        """
        \(turns.count) half seconds of steady driving above \(Int(slowest)) m/s with steering and yaw rate; \
        \(fewestBlocks) are needed
        """)
    }
    let bends = turns.map { abs($0.bend) }.max() ?? 0
    guard bends >= leastSteering else {
      return .leftOut(names, "no bend that takes over \(leastSteering) rad of steering, so neither can be told")
    }
    let lateral = turns.map { abs($0.lateral) }.max() ?? 0
    let tellsGradient = lateral >= leastAcceleration
    // Without lateral acceleration worth the name, the gradient known so far is taken.
    let known = vehicle.understeerGradient
    func regressors(_ turn: Turn) -> [Double] {
      tellsGradient ? [turn.bend, turn.lateral, 1] : [turn.bend + known * turn.lateral, 1]
    }
    var squares = LeastSquares(unknowns: tellsGradient ? 3 : 2)
    for turn in turns { squares.add(regressors(turn), turn.steering) }
    guard let solution = squares.solution else {
      return .leftOut(names, "all bends were driven alike, so ratio and gradient can't be told apart")
    }
    let values = solution.values
    let errors = turns.map { turn in turn.steering - zip(values, regressors(turn)).reduce(0) { $0 + $1.0 * $1.1 } }
    let variance =
      errors.reduce(0) { $0 + $1 * $1 } / Double(turns.count - values.count) * varianceInflation(errors)
    let ratio = values[0]
    guard ratio > 0 else {
      return .leftOut(names, "steering and yaw rate have opposite signs: the log's sign conventions differ")
    }
    var part = DynamicsPart()
    part.parameters["steering_ratio"] = Estimate(value: ratio, std: (variance * solution.inverse[0][0]).squareRoot())
    if tellsGradient {
      let gradient = values[1] / ratio
      // Of a quotient, to first order.
      let inverse = solution.inverse
      let spread = inverse[1][1] - 2 * gradient * inverse[0][1] + gradient * gradient * inverse[0][0]
      part.parameters["understeer_gradient_rad_per_mps2"] = Estimate(
        value: gradient, std: (variance * max(0, spread)).squareRoot() / ratio)
    } else {
      part.omitted["understeer_gradient_rad_per_mps2"] =
        "no lateral acceleration above \(leastAcceleration) m/s² (largest \(text(lateral))), so it can't be told"
    }
    let wheelbase = vehicle.wheelbase
    part.errors = { log in
      let errors = Self.turns(log, wheelbase).map { turn in
        turn.steering
          - zip(values, tellsGradient ? [turn.bend, turn.lateral, 1] : [turn.bend + known * turn.lateral, 1])
          .reduce(0) { $0 + $1.0 * $1.1 }
      }
      return errors.rootMeanSquare.map { ["steering_rmse_rad": $0] } ?? [:]
    }
    return part
  }
}

/// Three decimals for sentences.
func text(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }
