import SimulationEstimation
import SimulationInput
import SimulationVehicles

/// The kinds of vehicle that twins can be of, and the check of a twin's parameters.
enum ModelTypes {
  /// All types, ordered by name.
  static let all = VehicleCatalogue.all.sorted { $0.name < $1.name }

  static func type(named name: String) -> VehicleModelType? { VehicleCatalogue.all.first { $0.name == name } }

  /// Why overrides don't fit a model type: each field with the reason that programs go by.
  struct Violation: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      case unknown
      case outOfRange
    }

    var kind: Kind
    var field: String
    var description: String
  }

  /// Checks overrides against the type's parameters.
  static func violations(of overrides: [String: InputValue], in type: VehicleModelType) -> [Violation] {
    let schema = type.parameters.schema
    do {
      _ = try type.parameters.applying(object(overrides))
      return []
    } catch {
      return error.issues.map { issue in
        let name = issue.field.split(separator: ".", maxSplits: 1).last.map(String.init) ?? issue.field
        return Violation(
          kind: schema[name] == nil ? .unknown : .outOfRange, field: issue.field, description: issue.reason)
      }
    }
  }

  /// Every physical parameter that a twin uses; nil when this version doesn't know its type or parameters.
  static func parameters(of record: TwinRecord) -> VehicleParameters? {
    guard let type = type(named: record.modelType) else { return nil }
    let schema = type.parameters.schema
    // One that an older version fitted and this one doesn't allow, or that is the driver's, is left out.
    let calibrated = record.calibrated.parameters.mapValues { InputValue.number($0) }.filter { name, value in
      schema[name].map { $0.problem(with: value) == nil } ?? false
    }
    return try? type.parameters.applying(object(record.overrides.merging(calibrated) { _, calibrated in calibrated }))
  }

  private static func object(_ members: [String: InputValue]) -> InputValue {
    .object(members.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
  }

  /// How a twin steers; as a neutral mid-size car when this version doesn't know its parameters.
  static func singleTrack(_ record: TwinRecord) -> SingleTrack {
    guard let parameters = parameters(of: record) else { return SingleTrack() }
    return SingleTrack(
      wheelbase: parameters.wheelbase, understeerGradient: parameters.understeerGradient,
      steeringRatio: parameters.steeringRatio)
  }
}
