public import SimulationVehicles

/// Fits steering, brakes, drive line and road load to a vehicle's own samples.
public enum DynamicsFit {
  /// - Parameters:
  ///   - log: ascending in time.
  ///   - vehicle: what is known of the vehicle; mass, axle distances and whatever isn't fitted.
  ///   - holdoutShare: share of the rows, from the end, that isn't fitted but judged, 0 to 0.9.
  ///   - seed: the same seed and log give the same fit.
  public static func fit(
    _ log: [DynamicsRow], vehicle: VehicleParameters, holdoutShare: Double, seed: UInt64
  ) throws(FitRefusal) -> ParameterFit {
    throw FitRefusal(field: "kind", reason: "dynamics can't be fitted by this version yet")
  }
}
