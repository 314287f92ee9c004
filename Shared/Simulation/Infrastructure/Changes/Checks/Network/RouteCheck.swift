import SimulationFirewall
import SimulationInput

/// Routes that come and go.
///
/// Source: longest-prefix match (RFC 4632, 5.1). What is removed leaves its destinations to a wider route, or to none.
enum RouteCheck: ChangeCheck {
  static let model = "routing"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    for field in s.settings {
      switch field {
      case "remove_route", "delete_route", "withdraw_route": removed(field, s, &report)
      case "add_route", "route", "replace_route", "static_route", "default_route": added(field, s, &report)
      default: continue
      }
    }
    connections(s, &report)
  }

  /// Consumers with addresses that the new route takes over.
  private static func captured(
    _ prefix: IPPrefix, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    let places = s.consumers.compactMap { text in
      text.split(separator: " ").lazy.compactMap { IPPrefix(String($0)) }.first
    }
    let hit = places.filter { prefix.contains($0) }
    guard !prefix.isAny, !hit.isEmpty else { return }
    let flows = s.state.number("flows_per_min")
    guard flows != 0 else { return }
    report.add(
      issue(
        "BLACKHOLE", .outage, s, probability: 0.75,
        "\(prefix) is the more specific route for \(hit.map(\.description).joined(separator: ", ")): its traffic leaves by "
          + "another way" + (flows.map { " (\(brief($0)) flows a minute)" } ?? ""),
        Calculation(
          equation: "longest prefix match", inputs: ["flows_per_min": flows], value: Double(prefix.prefixLength),
          unit: "bits", source: "RFC 4632"), field: field, remedy: "try the next hop with one host route first"))
  }

  /// The longest prefix that still is a default route, or a part of one, in all but name: 1/128 of all addresses. Two
  /// halves of everything are the usual way to take a default route over without touching it.
  private static let broadLength = 7

  private static func isBroad(_ prefix: IPPrefix) -> Bool {
    // Local addresses of version 6 are a /7 of their own (RFC 4193).
    prefix.prefixLength <= broadLength && !prefix.isPrivate
  }

  private static func prefix(_ value: InputValue?) -> IPPrefix? {
    guard let value else { return nil }
    let text =
      FactValue.text(value) ?? (value["destination"] ?? value["cidr"] ?? value["prefix"]).flatMap(FactValue.text) ?? ""
    return text.split(separator: " ").lazy.compactMap { IPPrefix(String($0 == "default" ? "0.0.0.0/0" : $0)) }.first
  }

  private static func removed(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    report.ran(self)
    report.understand(field)
    let prefix = prefix(s.change.object[field]) ?? s.change.text("destination_cidr_block").flatMap { IPPrefix($0) }
    let isDefault = prefix?.isAny ?? false
    let others = (s.state.value(["routes"]).flatMap(FactValue.texts) ?? []).compactMap { Self.prefix(.string($0)) }
    let isCovered = prefix.map { gone in others.contains { $0 != gone && $0.contains(gone) } } ?? false
    if isDefault && s.state.flag("other_default_route") == true || isCovered {
      report.add(
        issue(
          "REACHABILITY_LOSS", .note, s, probability: 0.5, "another route takes over what this one carried",
          Calculation(
            equation: "longest prefix match", inputs: [:], value: 1, unit: "routes", threshold: 1, source: "RFC 4632"),
          field: field))
      return
    }
    guard let isUsed = s.isUsed else {
      report.unknown(
        ["consumers", "external_dependencies"], self,
        "\(s.change.text(field) ?? "a route") goes, and what uses it is not known", worst: .outage, s, field: field,
        alsoCode: "REACHABILITY_LOSS")
      return
    }
    guard isUsed else { return }
    let named = s.state.texts("external_dependencies") + s.consumers
    report.add(
      issue(
        "REACHABILITY_LOSS", .outage, s, probability: 0.93,
        "no other route leads to \(prefix?.description ?? "there"): \(named.joined(separator: ", ")) can't be reached",
        Calculation(
          equation: "routes that match after the change", inputs: ["flows_per_min": s.state.number("flows_per_min")],
          value: 0, unit: "routes", threshold: 1, source: "RFC 4632, longest prefix match"), field: field))
  }

  private static func added(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    report.ran(self)
    report.understand(field)
    guard
      let prefix = prefix(s.change.object[field])
        ?? s.change.object[field]?["destination_cidr_block"].flatMap(FactValue.text).flatMap({ IPPrefix($0) })
    else {
      return report.unknown(
        [field], self, "which destinations the route is for can't be read", worst: .outage, s, field: field,
        alsoCode: "REACHABILITY_LOSS")
    }
    let text = s.change.object[field]?.summary.lowercased() ?? ""
    // Beside a default route another one is a spare; a half of it is more specific, and takes its traffic.
    if isBroad(prefix), !prefix.isAny || field != "add_route", s.isUsed != false, !text.contains("igw"),
      !s.state.has("next_hop_healthy", "staged")
    {
      report.unknown(
        ["next_hop_healthy"], self, "all that leaves takes another way, and whether it leads there is not known",
        worst: .outage, s, field: field, alsoCode: "REACHABILITY_LOSS")
    }
    captured(prefix, field, s, &report)
    let locals = s.state.texts("local_cidr", "local_cidrs").compactMap { IPPrefix($0) }
    if !prefix.isAny, let local = locals.first(where: { $0.contains(prefix) }) {
      report.add(
        issue(
          "BLACKHOLE", .outage, s, probability: 0.85,
          "\(prefix) overlaps the local \(local): traffic for it leaves instead of staying",
          Calculation(
            equation: "longest prefix match", inputs: [:], value: Double(prefix.prefixLength), unit: "bits",
            threshold: Double(local.prefixLength), source: "RFC 4632"), field: field))
    }
    let isPublicGate = text.contains("igw") || text.contains("internet")
    if isBroad(prefix), isPublicGate, !s.speaks(of: "public", "dmz") || s.speaks(of: "db", "private", "data") {
      report.add(
        issue(
          "EXPOSURE", .exposure, s, probability: 0.65, "the subnet gets a way from the Internet, past the NAT",
          Calculation(
            equation: "0.0.0.0/0 via an Internet gateway", inputs: [:], value: 1, unit: "routes", threshold: 0,
            source: "CIS AWS Foundations 3.0.0, section 5"), field: field))
    }
    if text.contains("blackhole") || text.contains("null0") || text.contains("discard") {
      guard s.isUsed != false else { return }
      report.add(
        issue(
          "BLACKHOLE", .outage, s, probability: s.isUsed == true ? 0.93 : 0.6, "traffic for \(prefix) is thrown away",
          Calculation(
            equation: "next hop discards", inputs: [:], value: 1, unit: "routes", threshold: 0, source: "RFC 5635"),
          field: field))
    }
  }

  /// Peerings, tunnels, gateways and endpoints that go, and egress that is closed.
  private static func connections(_ s: Situation, _ report: inout ChangeReport) {
    guard s.proposal.kind == .network else { return }
    for field in s.settings {
      let name = field.lowercased()
      let closes =
        name.hasPrefix("remove_") || name.hasPrefix("delete_") || name.hasPrefix("detach_")
        || name.hasPrefix("disable_")
        || ["egress", "default_egress", "egress_policy"].contains(name)
          && ["deny", "block", "drop", "none"].contains { s.change.text(field)?.lowercased().contains($0) == true }
      guard closes, !name.contains("route"), !name.contains("rule") else { continue }
      report.ran(self)
      report.understand(field)
      if name.contains("peer"), s.state.flag("other_route") == true { continue }
      if let ways = ways(name, s), ways > 1 {
        RedundancyCheck.oneFewer(of: ways, field, s, &report)
        continue
      }
      loss(field, "\(field) \(s.change.text(field) ?? "")", s, &report)
    }
  }

  /// How many of what goes there are: "2 tunnels", or a count under its name.
  private static func ways(_ name: String, _ s: Situation) -> Double? {
    guard let kind = name.split(separator: "_").last.map(String.init) else { return nil }
    if let told = s.state.number(kind + "s", kind + "_count") { return told }
    guard let text = s.state.text("before")?.lowercased(), text.contains(kind) else { return nil }
    return FactValue.leadingNumber(.string(text))
  }

  /// What is taken away is missed by what uses it.
  static func loss(_ field: String, _ what: String, _ s: Situation, _ report: inout ChangeReport) {
    guard let isUsed = s.isUsed else {
      report.unknown(
        ["consumers", "flows_per_min"], self, "\(what): what uses it is not known", worst: .outage, s, field: field,
        alsoCode: "REACHABILITY_LOSS")
      return
    }
    guard isUsed else { return }
    let flows = s.state.number("flows_per_min")
    report.add(
      issue(
        "REACHABILITY_LOSS", .outage, s, probability: 0.93,
        "\(what): \((s.consumers + s.state.texts("external_dependencies")).joined(separator: ", ")) lose it"
          + (flows.map { " (\(brief($0)) flows a minute)" } ?? ""),
        Calculation(
          equation: "flows over what goes", inputs: ["consumers": s.consumerCount, "flows_per_min": flows],
          value: flows ?? s.consumerCount ?? 1, unit: "1/min", threshold: 0, source: "measured flows"), field: field))
  }
}
