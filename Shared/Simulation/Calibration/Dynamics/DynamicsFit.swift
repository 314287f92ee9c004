import SimulationInput
public import SimulationVehicles

/// Fits steering, brakes, drive line, road load, power and grip to a vehicle's own samples.
///
/// Each part stands alone and says what it needs: `SteeringFit`, `ResponseFit` (brakes and drive line), `RoadLoadFit`,
/// `PowerFit`, `GripFit`. A parameter that the log doesn't excite is left out with the reason. Nothing is drawn at
/// random, so the seed has no effect.
public enum DynamicsFit {
  /// Rows beyond this many, counted from the newest, aren't used: a fit takes bounded time.
  static let maximumRows = 20_000
  static let fewestRows = 50
  static let method = """
    steady-state single-track regression, dead time with ramp or lag by grid and least squares, coast-down after SAE \
    J1263, Willans line
    """

  /// - Parameters:
  ///   - log: ascending in time.
  ///   - vehicle: what is known of the vehicle; mass, axle distances and whatever isn't fitted.
  ///   - holdoutShare: share of the rows, from the end, that isn't fitted but judged, 0 to 0.9.
  ///   - seed: has no effect; every fit here is a search without chance.
  public static func fit(
    _ log: [DynamicsRow], vehicle: VehicleParameters, holdoutShare: Double, seed: UInt64
  ) throws(FitRefusal) -> ParameterFit {
    try check(log, holdoutShare)
    let used = Array(log.suffix(maximumRows))
    let split = Int((Double(used.count) * (1 - holdoutShare)).rounded())
    let interval = DynamicsLog.interval(of: used)
    let fitted = DynamicsLog(used[..<split], interval: interval)
    let held = DynamicsLog(used[split...], interval: interval)

    let roadLoad = RoadLoadFit.fit(fitted, vehicle)
    // Power at the wheels rests on the road load, so the one just found counts.
    var loaded = vehicle
    if let a = roadLoad.parameters["road_load_a_n"] { loaded.roadLoadA = a.value }
    if let b = roadLoad.parameters["road_load_b_n_per_mps"] { loaded.roadLoadB = b.value }
    if let c = roadLoad.parameters["road_load_c_n_per_mps2"] { loaded.roadLoadC = c.value }
    let parts = [
      SteeringFit.fit(fitted, vehicle), ResponseFit(pedal: .brake).fit(fitted),
      ResponseFit(pedal: .throttle).fit(fitted),
      roadLoad, PowerFit.fit(fitted, loaded), GripFit.fit(fitted, vehicle),
    ]

    var result = ParameterFit(method: method, sampleCount: split, holdoutCount: used.count - split)
    for part in parts {
      result.parameters.merge(part.parameters) { first, _ in first }
      result.omitted.merge(part.omitted) { first, _ in first }
      result.notes += part.notes
      result.fit.merge(part.errors(fitted)) { first, _ in first }
      if result.holdoutCount > 0 { result.holdout.merge(part.errors(held)) { first, _ in first } }
    }
    try check(&result, vehicle)
    if log.count > used.count { result.notes.append("only the newest \(maximumRows) rows are used") }
    return result
  }

  /// Values outside the range of a parameter aren't values of it; without any parameter there is no fit.
  private static func check(_ result: inout ParameterFit, _ vehicle: VehicleParameters) throws(FitRefusal) {
    for (name, estimate) in result.parameters {
      let kind = vehicle.schema[name]?.kind
      guard case .number(let range) = kind, !range.contains(estimate.value) else { continue }
      result.parameters[name] = nil
      result.omitted[name] =
        "the log would make it \(text(estimate.value)), outside \(range.lowerBound) to \(range.upperBound)"
    }
    guard result.parameters.isEmpty else { return }
    let reasons = result.omitted.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    throw FitRefusal(field: "samples", reason: "nothing can be told: " + reasons.joined(separator: "; "))
  }

  private static func check(_ log: [DynamicsRow], _ holdoutShare: Double) throws(FitRefusal) {
    guard holdoutShare >= 0, holdoutShare <= 0.9 else {
      throw FitRefusal(field: "holdout_share", reason: "must lie in 0 to 0.9")
    }
    for (index, row) in log.enumerated() {
      guard row.time.isFinite, row.speed.isFinite else {
        throw FitRefusal(field: "samples[\(index)]", reason: "time and speed must be finite")
      }
      if index > 0, row.time <= log[index - 1].time {
        throw FitRefusal(field: "samples[\(index)].time", reason: "must be later than that of the sample before")
      }
    }
    guard log.count >= fewestRows else {
      throw FitRefusal(field: "samples", reason: "\(log.count) samples; at least \(fewestRows) are needed")
    }
  }
}
