import RPCErrors
import SimulationInput
import SimulationPricing

/// What instances cost as a bare model.
struct CostModel: BareModel {
  let name = "cost"
  let meaning = "What instances of a type cost for a time, on demand."
  let equation = "cost = price per hour x instances x hours, in exact decimal arithmetic"
  let source = "\(InstancePrices.source.name), \(InstancePrices.source.date)"
  let regime = "\(InstancePrices.source.region), Linux, on demand, without discounts, storage and traffic"
  let assumptions = ["a month has \(InstancePrices.hoursPerMonth) hours", "instances run for all of the hours"]
  let inputs = [
    ModelInput("instance_type", .text(64), "Such as m5.large."),
    ModelInput("instances", .integer(0...1_000_000), "How many."),
    ModelInput(
      "hours", .integer(0...1_000_000), usual: .number(Double(InstancePrices.hoursPerMonth)),
      "For how long; a month unless given."),
  ]
  let outputNames = ["cost_usd", "price_usd_per_h", "price_date", "price_region", "price_source"]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let type = inputs.text("instance_type")
    do {
      let price = try InstancePrices.price(of: type)
      let cost = try InstancePrices.cost(
        of: type, count: inputs.integer("instances"), hours: inputs.integer("hours"))
      return [
        .number(cost.dollars), .number(price.perHour.dollars), .string(InstancePrices.source.date),
        .string(InstancePrices.source.region), .string(InstancePrices.source.name),
      ]
    } catch {
      switch error {
      case .unknownInstanceType, .noPrice:
        throw ServiceFault.invalid(
          "inputs.instance_type", "the price sheet of \(InstancePrices.source.region) holds no \(type)")
      case .outOfRange(let field):
        throw ServiceFault.invalid("inputs.\(field == "count" ? "instances" : field)", "is out of range")
      }
    }
  }
}
