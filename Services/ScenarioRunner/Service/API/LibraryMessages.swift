import SimulationInput
import SimulationScenarios
import TwinConversions
import TwinProto

extension TwinProto.ScenarioCategory {
  init(_ category: SimulationScenarios.ScenarioCategory) {
    switch category {
    case .safety: self = .safety
    case .performance: self = .performance
    case .edgeCases: self = .edgeCases
    case .validation: self = .validation
    }
  }
}

extension TwinProto.ScenarioType {
  init(_ descriptor: ScenarioDescriptor) {
    self.init(
      type: descriptor.type, category: TwinProto.ScenarioCategory(descriptor.category),
      description: "\(descriptor.title). \(descriptor.summary)",
      parameters: descriptor.schema.specifications.map(ParameterSpec.init),
      criteria: descriptor.passCriteria.map {
        CriterionSpec(
          name: $0.name, description: $0.meaning, metric: $0.metric, comparison: $0.comparison.rawValue,
          bound: $0.limit, unit: $0.unit)
      }, metrics: descriptor.metrics, version: 1)
  }
}

extension ParameterSpec {
  init(_ specification: ParameterSpecification) {
    self.init(
      name: specification.name, unit: specification.unit, description: specification.meaning,
      required: specification.isRequired)
    if specification.defaultValue != .null { `default` = ProtoValue(specification.defaultValue) }
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
      items = columns.map(ParameterSpec.init)
    }
  }
}
