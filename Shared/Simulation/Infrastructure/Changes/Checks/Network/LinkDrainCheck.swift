import SimulationInput

/// A link, a path or a site that is emptied: the others carry what it carried.
///
/// With capacities C: ρ' of what is left = (Σ ρC of those drained + ρC) / C, and of more than it can carry the share
/// 1 − 1/ρ' is lost. Source: utilisation law; Jain et al., "B4", SIGCOMM 2013 (drains against the capacity that is left).
enum LinkDrainCheck: ChangeCheck {
  static let model = "drained_links"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let field = ["drained", "drain_link", "drain_path", "drain_site", "disable_link", "shut_link"].first {
      s.change.has($0)
    }
    guard let field, let value = s.change.object[field],
      case .object(let loads)? = s.state.value(["utilization", "link_utilization"])
    else { return }
    let drained = Set(FactValue.texts(value) ?? [])
    let links = loads.compactMap { member in FactValue.share(member.value).map { (name: member.name, load: $0) } }
    guard !drained.isEmpty, drained.isSubset(of: Set(links.map(\.name))) else { return }
    report.ran(self)
    report.understand(field)
    for name in ["shift_to", "move_to"] where s.change.has(name) { report.understand(name) }
    let left = links.filter { !drained.contains($0.name) }
    let heirs = Set(s.change.value(["shift_to", "move_to"]).flatMap(FactValue.texts) ?? left.map(\.name))
    guard !left.isEmpty, heirs.isSubset(of: Set(left.map(\.name))), !heirs.isEmpty else {
      return RouteCheck.loss(field, "nothing is left that could carry it", s, &report)
    }
    let told = s.state.value(["capacity_gbps", "link_capacity_gbps"])
    func capacity(_ link: String) -> Double? {
      told?[link].flatMap(FactValue.number) ?? told.flatMap(FactValue.number)
        ?? (s.state.flag("homogeneous") == true ? 1 : nil)
    }
    let capacities = links.map { capacity($0.name) }
    guard capacities.allSatisfy({ $0.map { $0 > 0 } ?? false }) else {
      return report.unknown(
        ["capacity_gbps"], self,
        "\(heirs.sorted().joined(separator: ", ")) gets more, and how much it can carry is not known",
        worst: .outage, s, field: field, alsoCode: "SATURATION")
    }
    let moved = zip(links, capacities).filter { drained.contains($0.0.name) }.reduce(0) { $0 + $1.0.load * ($1.1 ?? 0) }
    let room = heirs.reduce(0) { $0 + (capacity($1) ?? 0) }
    // Equal-cost paths share by capacity.
    let after = left.filter { heirs.contains($0.name) }.map { (name: $0.name, load: $0.load + moved / room) }
    guard let busiest = after.max(by: { $0.load < $1.load }) else { return }
    report.metric("busiest_utilization", links.map(\.load).max(), busiest.load)
    let probability = Exceedance.load.probability(demand: busiest.load, limit: 1)
    guard probability > 0.02 else { return }
    let lost = max(0, 1 - 1 / busiest.load)
    let calculation = Calculation(
      equation: "rho + moved / capacity", inputs: ["moved": moved, "capacity": room, "lost_share": lost],
      value: busiest.load, unit: "1", threshold: 1, source: "utilisation law")
    let message =
      "\(busiest.name) gets a utilisation of \(brief(busiest.load))" + (lost > 0 ? ": \(percent(lost)) is dropped" : "")
    report.add(issue("SATURATION", .outage, s, probability: probability, message, calculation, field: field))
    if lost > 0 {
      report.add(issue("ERROR_RATE", .degradation, s, probability: probability, message, calculation, field: field))
    }
  }
}
