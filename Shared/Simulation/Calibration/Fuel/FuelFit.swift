public import SimulationVehicles

/// Fits the Willans line of a power train to consumption figures of drive cycles.
public enum FuelFit {
  /// - Parameters:
  ///   - observations: at least two cycles that differ enough for two parameters.
  ///   - vehicle: mass, road load and energy carrier.
  public static func fit(_ observations: [FuelRow], vehicle: VehicleParameters) throws(FitRefusal) -> ParameterFit {
    throw FitRefusal(field: "kind", reason: "fuel can't be fitted by this version yet")
  }
}
