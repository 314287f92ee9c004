import RPCErrors
import SimulationInput
import SimulationQueueing

/// Redundant instances in zones as a bare model.
struct AvailabilityModel: BareModel {
  /// Hours of a year of 365 days.
  private static let hoursPerYear = 8_760.0

  let name = "availability"
  let meaning = "Share of time that enough of several instances in zones are up, with common causes."
  let equation = "U = beta q + (1 - beta q) P(fewer than k up), q the unavailability of an instance"
  let source =
    "Fleming, A reliability model for common mode failures in redundant safety systems (1975); IEC 61508-6:2010, annex D"
  let regime = "steady state; failures independent but for the shares of common causes and zones"
  let assumptions = [
    "a common cause takes all instances at once, a zone all of its own", "what fails is repaired independently",
  ]
  let inputs = [
    ModelInput(
      "instances", .values(.integer(0...RedundantGroup.maxInstances), 1...100), "Instances in each zone, as in [2,2]."),
    ModelInput("required", .integer(0...RedundantGroup.maxInstances), "How many must be up."),
    ModelInput("instance_unavailability", .share, "Share of time that an instance is down, zones apart."),
    ModelInput("zone_unavailability", .share, usual: 0, "Share of time that a zone is down."),
    ModelInput("common_cause_share", .share, usual: 0, "Beta: share of an instance's unavailability that hits all."),
  ]
  let outputNames = ["availability", "unavailability", "downtime_h_per_year"]

  func evaluate(_ inputs: ModelInputs) throws -> [InputValue] {
    let group: RedundantGroup
    do {
      group = try RedundantGroup(
        instances: inputs.integers("instances"), required: inputs.integer("required"),
        instanceUnavailability: inputs["instance_unavailability"], zoneUnavailability: inputs["zone_unavailability"],
        commonCause: inputs["common_cause_share"])
    } catch {
      throw ServiceFault(error, ["beta": "common_cause_share"])
    }
    let unavailability = group.unavailability
    return [1 - unavailability, unavailability, unavailability * Self.hoursPerYear].map { .number($0) }
  }
}
