import SimulationInput
import SimulationQueueing

/// Gateways of address translation: one for each zone, or one for all.
///
/// Source: Amazon VPC user guide, NAT gateways (each is made in one zone; resources of other zones that share it lose the
/// Internet when its zone fails); the switches `single_nat_gateway` and `one_nat_gateway_per_az` of the Terraform module
/// terraform-aws-modules/vpc; ``RedundantGroup``.
enum GatewayCheck: ChangeCheck {
  static let model = "nat_gateways"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    func setting(_ name: String) -> String? { s.change.names.first { $0 == name || $0.hasSuffix("_" + name) } }
    let single = setting("single_nat_gateway")
    let perZone = setting("one_nat_gateway_per_az")
    guard let field = single ?? perZone, let flag = s.change.flag(field) else { return }
    report.ran(self)
    report.understand(single, perZone)
    let zones = s.state.number("zones")
    let isSingle = field == single ? flag : !flag && s.state.number("before") == 1
    let before = s.state.number("before", "nat_ips") ?? zones
    let after = isSingle ? 1 : zones ?? before ?? 1
    guard isSingle, (before ?? 2) > 1 else { return }
    redundancy(field, before, after, s, &report)
    guard let peak = s.state.number("peak_connections") else { return }
    let room = TranslationCheck.ports(after)
    report.metric("nat_port_share", before.map { peak / TranslationCheck.ports($0) }, peak / room)
    let probability = Exceedance.count.probability(demand: peak, limit: room)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "CONNECTION_EXHAUSTION", .outage.hitting(max(0.5, 1 - room / peak)), s, probability: probability,
        "\(brief(peak)) connections to one destination, and \(brief(after)) gateway has \(brief(room)) source ports",
        Calculation(
          equation: "peak <= gateways x 64512", inputs: ["peak_connections": peak, "gateways": after], value: peak,
          unit: "ports", threshold: room, source: "RFC 6056 section 3.2"), field: field))
  }

  private static func redundancy(
    _ field: String, _ before: Double?, _ after: Double, _ s: Situation, _ report: inout ChangeReport
  ) {
    let availability = s.state.share("node_availability").flatMap { each in
      try? RedundantGroup(instances: [1], required: 1, instanceUnavailability: 1 - each).availability
    }
    let objective = s.state.share("slo_availability")
    var probability = 0.85
    if let availability, let objective {
      // How far below: as many objectives' worth of downtime.
      let excess = (1 - availability) / max(1e-9, 1 - objective)
      probability = Exceedance(spread: 0.3, reserve: 0).probability(demand: excess, limit: 0.8)
    } else if s.state.value(["external_dependencies"]) != nil, s.state.texts("external_dependencies").isEmpty {
      probability = 0.3
    }
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "NO_REDUNDANCY", .fragility, s, probability: probability,
        "all zones leave by one gateway: its zone's failure stops what leaves from the others"
          + (availability.map { ", and it is there \(percent($0)) of the time" } ?? ""),
        Calculation(
          equation: "availability of one zone's gateway >= objective",
          inputs: ["gateways_before": before, "gateways_after": after, "slo_availability": objective],
          value: availability ?? after, unit: "1", threshold: objective,
          source: "Amazon VPC user guide, NAT gateways; k of n"), field: field))
  }
}
