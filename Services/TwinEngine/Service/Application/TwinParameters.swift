import SimulationBehaviour
import SimulationInput
import SimulationVehicles

/// What a twin's models are set to: the defaults of its type, replaced by the overrides of its creation, replaced by
/// what was calibrated.
enum TwinParameters {
  /// Every numeric parameter in use by name.
  static func known(of twin: TwinRecord) -> [String: Double] {
    var known: [String: Double] = [:]
    for source in [ModelTypes.parameters(of: twin)?.asInput, driver(of: twin).asInput] {
      guard case .object(let members)? = source else { continue }
      for member in members { if case .number(let number) = member.value { known[member.name] = number } }
    }
    return known.merging(twin.calibrated.parameters) { _, calibrated in calibrated }
  }

  /// Its driver or ACC.
  static func driver(of twin: TwinRecord) -> DriverParameters {
    let calibrated = twin.calibrated.parameters
    var driver = DriverParameters()
    for field in DriverParameters.fields {
      // One that an older version fitted and this one doesn't allow stays at its default.
      if let value = calibrated[field.name], field.range.contains(value) { driver[keyPath: field.path] = value }
    }
    return driver
  }

  /// What differs from the type's defaults, by name.
  static func changed(of twin: TwinRecord) -> [String: InputValue] {
    twin.overrides.merging(twin.calibrated.parameters.mapValues { .number($0) }) { _, calibrated in calibrated }
  }

  /// Why a calibrated parameter can't have a value; nil when it can.
  static func problem(with value: Double, of name: String) -> String? {
    guard value.isFinite else { return "it isn't finite" }
    return (vehicle[name] ?? driver[name])?.problem(with: .number(value))
  }

  private static let vehicle = VehicleCatalogue.all[0].parameters.schema
  private static let driver = DriverParameters().schema
}
