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
    let calibrated = record.calibrated.parameters.filter { schema[$0.key] != nil }.mapValues { InputValue.number($0) }
    return try? type.parameters.applying(object(record.overrides.merging(calibrated) { _, calibrated in calibrated }))
  }

  private static func object(_ members: [String: InputValue]) -> InputValue {
    .object(members.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
  }

  /// The distance between the axles of a twin whose parameters this version doesn't know, m: that of a mid-size car.
  private static let usualWheelbase = 2.8

  /// The distance between a twin's axles, m.
  static func wheelbase(_ record: TwinRecord) -> Double { parameters(of: record)?.wheelbase ?? usualWheelbase }
}
