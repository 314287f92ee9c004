import SimulationFirewall
import SimulationInput

/// Address ranges that must not overlap, and that must hold what lives in them.
///
/// Source: RFC 4632; cloud providers keep five addresses of a subnet (AWS documentation, "Subnet CIDR blocks").
enum AddressPlanCheck: ChangeCheck {
  static let model = "address_plan"
  private static let keptByProvider = 5.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let peers = [
      "peer_cidr", "peer_cidrs", "remote_cidr", "vpn_cidr", "secondary_cidr", "cidr", "pod_cidr", "service_cidr",
    ]
    for field in peers where s.change.has(field) {
      report.ran(self)
      report.understand(field)
      let ours = s.state.texts("local_cidr", "local_cidrs", "cidrs", "vpc_cidr").compactMap { IPPrefix($0) }
      let new = s.change.texts(field).compactMap { IPPrefix($0) }
      let isWhole =
        new.count == s.change.texts(field).count
        && ours.count == s.state.texts("local_cidr", "local_cidrs", "cidrs", "vpc_cidr").count
      guard !new.isEmpty, !ours.isEmpty, isWhole else {
        report.unknown(
          ["local_cidr"], self, "what \(s.change.text(field) ?? field) may overlap with is not known", worst: .outage,
          s,
          field: field, alsoCode: "CIDR_OVERLAP")
        continue
      }
      let pairs = new.flatMap { a in ours.filter { $0.overlaps(a) }.map { (a, $0) } }
      guard let (a, b) = pairs.first else {
        open(field, s, &report)
        continue
      }
      let shared = min(a.addressCount, b.addressCount)
      report.add(
        issue(
          "CIDR_OVERLAP", .outage, s, probability: 0.93,
          "\(a) and \(b) share \(brief(shared)) addresses: where they lead is decided by the more specific route, or by "
            + "chance",
          Calculation(
            equation: "ranges overlap", inputs: ["shared_addresses": shared], value: shared, unit: "addresses",
            threshold: 0, source: "RFC 4632; RFC 1918 section 4"), field: field))
    }
    subnet(s, &report)
  }

  private static func open(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    guard let acl = s.state.text("acl")?.lowercased(), acl.contains("allow") && !acl.contains("deny") else { return }
    report.add(
      issue(
        "EXPOSURE", .fragility, s, probability: 0.75, "the ranges are joined and the access list allows everything",
        Calculation(
          equation: "default allow", inputs: [:], value: 1, unit: "1", threshold: 0,
          source: "CIS AWS Foundations 3.0.0, 5.5 (least access routing)"), field: field))
  }

  private static func subnet(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = ["subnet_cidr", "subnet"].first(where: { s.change.has($0) }),
      let new = s.change.text(field).flatMap({ IPPrefix($0) })
    else { return }
    report.ran(self)
    report.understand(field)
    guard let need = s.state.number("instances", "current_instances", "peak_connections") else { return }
    let room = new.addressCount - keptByProvider
    let probability = Exceedance.count.probability(demand: need, limit: room)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "CONNECTION_EXHAUSTION", .degradation, s, probability: probability,
        "\(brief(need)) addresses are needed and \(new) has \(brief(room))",
        Calculation(
          equation: "2^(32 - prefix) - 5", inputs: ["prefix": Double(new.prefixLength)], value: need,
          unit: "addresses", threshold: room, source: "AWS documentation, Subnet CIDR blocks"), field: field))
  }
}
