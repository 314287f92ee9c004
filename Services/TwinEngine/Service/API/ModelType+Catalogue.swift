import SimulationBehaviour
import SimulationInput
import SimulationVehicles
import TwinConversions
import TwinProto

extension ModelType {
  /// A vehicle type of the catalogue as clients see it.
  init(_ type: VehicleModelType) {
    self.init(
      name: type.name, description: type.title,
      parameters: type.parameters.schema.specifications.sorted { $0.name < $1.name }.map {
        ParameterSpec($0, source: type.source)
      },
      driverParameters: DriverParameters().schema.specifications.sorted { $0.name < $1.name }.map {
        ParameterSpec($0, source: DriverParameters.source)
      },
      source: type.source)
  }
}

extension ParameterSpec {
  fileprivate init(_ specification: ParameterSpecification, source: String) {
    self.init(
      name: specification.name, unit: specification.unit == "1" ? "" : specification.unit,
      default: specification.defaultValue == .null ? nil : ProtoValue(specification.defaultValue),
      description: specification.meaning, source: source)
    switch specification.kind {
    case .number(let bounds):
      type = .number
      range = ParameterRange(min: bounds.lowerBound, max: bounds.upperBound)
    case .integer(let bounds):
      type = .integer
      range = ParameterRange(min: Double(bounds.lowerBound), max: Double(bounds.upperBound))
    case .boolean: type = .boolean
    case .choice(let names):
      type = .string
      allowed = names
    case .table(let columns, _):
      type = .array
      items = columns.map { ParameterSpec($0, source: source) }
    }
  }
}
