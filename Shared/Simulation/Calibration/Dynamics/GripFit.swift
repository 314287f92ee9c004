import SimulationVehicles

/// What the tyres were seen to transmit: the largest use of friction √(a_x² + a_y²)/g that lasted for 0.3 s.
///
/// That is a lower bound of the friction. It is an estimate only where something shows that the tyres couldn't do more:
/// full brake demand for half a second with a steady deceleration well below what the brakes can.
enum GripFit {
  static let name = "tyre_friction"
  private static let block = 0.3
  private static let fullBrake = 0.95
  private static let plateauSeconds = 0.5
  /// Deceleration that varies by less counts as a plateau, m/s².
  private static let plateauSpread = 0.5
  /// Share of the brakes' own limit below which it is the tyres that limit.
  private static let clearlyBelow = 0.9

  private static func largestUse(_ log: DynamicsLog) -> Double? {
    log.blocks(of: block) { $0.acceleration != nil || $0.lateralAcceleration != nil }.compactMap { rows in
      let along = rows.compactMap(\.acceleration).mean ?? 0
      let across = rows.compactMap(\.lateralAcceleration).mean ?? 0
      return (along * along + across * across).squareRoot() / gravity
    }.max()
  }

  static func fit(_ log: DynamicsLog, _ vehicle: VehicleParameters) -> DynamicsPart {
    guard let largest = largestUse(log) else {
      return .leftOut([name], "no acceleration was measured, so nothing is known of the tyres")
    }
    var part = DynamicsPart()
    part.errors = { log in largestUse(log).map { ["used_friction": $0] } ?? [:] }
    let plateaus = log.blocks(of: plateauSeconds) { ($0.brake ?? 0) >= fullBrake && $0.speed > 2 }.compactMap { rows in
      // The first rows still hold the brakes' ramp.
      let values = rows.dropFirst(rows.count / 2).compactMap(\.acceleration).map { -$0 }
      guard values.count >= 2, let low = values.min(), let high = values.max(), high - low <= plateauSpread else {
        return Double?.none
      }
      return values.mean
    }
    let saturated = plateaus.filter { $0 > 1 && $0 <= clearlyBelow * vehicle.maxDeceleration }.map { $0 / gravity }
    if saturated.count >= 3, let mean = saturated.mean {
      let variance = saturated.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(saturated.count - 1)
      // Plateaus of one stop are alike, so their number doesn't make the mean surer.
      part.parameters[name] = Estimate(value: mean, std: max(variance.squareRoot(), 0.01))
      part.notes.append(
        "tyre_friction is from \(saturated.count) half seconds of full braking, which the tyres limited; "
          + "it holds for the road of the log, which is taken to be dry asphalt")
    } else if largest > vehicle.tyreFriction {
      part.omitted[name] =
        "\(text(largest)) was used, more than the \(text(vehicle.tyreFriction)) in use: a lower bound, so set it to at least that"
    } else {
      part.omitted[name] =
        "at least \(text(largest)) was used and nothing shows that the tyres couldn't do more: a lower bound, no estimate"
    }
    return part
  }
}
