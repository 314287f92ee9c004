import SimulationFirewall
import SimulationInput

/// Source ports (`SourcePorts`, RFC 6056, RFC 7857) and tracked connections of a shared way out.
enum TranslationCheck: ChangeCheck {
  static let model = "nat_ports"

  /// Connections to one destination that addresses have ports for.
  static func ports(_ addresses: Double) -> Double {
    let count = FactValue.whole(addresses, in: 0...1_000_000)
    let ports = try? SourcePorts(addresses: count, portsPerAddress: SourcePorts.aboveWellKnown, holdTime: 0)
    return Double(ports?.capacity ?? 0)
  }

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    addresses(s, &report)
    tracked(s, &report)
    localPorts(s, &report)
  }

  /// Ports that a host has for connections of its own; each short one holds its port for a minute longer.
  /// Source: Linux kernel documentation, ip-sysctl (ip_local_port_range; TIME_WAIT of 60 s).
  private static func localPorts(_ s: Situation, _ report: inout ChangeReport) {
    guard let field = ["ip_local_port_range"].first(where: { s.change.has($0) }) else { return }
    func count(_ text: String?) -> Double? {
      let ends = text?.split(whereSeparator: { !$0.isNumber }).compactMap { Double($0) } ?? []
      return ends.count == 2 && ends[1] > ends[0] ? ends[1] - ends[0] + 1 : nil
    }
    guard let after = count(s.change.text(field)) else { return }
    report.ran(self)
    report.understand(field)
    guard let held = s.state.number("peak_connections") ?? s.state.number("flows_per_min") else {
      report.unknown(
        ["peak_connections"], self, "\(brief(after)) ports are left, and how many are in use is not known",
        worst: .outage,
        s, field: field, alsoCode: "CONNECTION_EXHAUSTION")
      return
    }
    report.metric("local_port_share", count(s.state.text("before")).map { held / $0 }, held / after)
    let probability = Exceedance.count.probability(demand: held, limit: after)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "CONNECTION_EXHAUSTION", .outage, s, probability: probability,
        "\(brief(held)) connections hold a port for a minute each, and there are \(brief(after))",
        Calculation(
          equation: "connections/min x 60 s <= ports", inputs: ["held": held], value: held, unit: "ports",
          threshold: after, source: "Linux kernel documentation, ip-sysctl"), field: field))
  }

  private static func addresses(_ s: Situation, _ report: inout ChangeReport) {
    let count = s.reading(["nat_ips"]) { value in
      if case .array(let list) = value { Double(list.count) } else { FactValue.number(value) }
    }
    guard let field = count.field, let after = count.after else { return }
    report.ran(self)
    report.understand(field)
    if count.isRaised, count.before != nil { allowLists(field, after, s, &report) }
    guard count.isLowered || count.before == nil else { return }
    guard after > 0 else {
      return RouteCheck.loss(field, "no address is left to leave from", s, &report)
    }
    guard let peak = s.state.number("peak_connections") else {
      report.unknown(
        ["peak_connections"], self,
        "\(brief(after)) addresses are left, and how many connections they carry is not known",
        worst: .outage, s, field: field, alsoCode: "CONNECTION_EXHAUSTION")
      return
    }
    let room = ports(after)
    report.metric("nat_port_share", count.before.map { peak / ports($0) }, peak / room)
    let probability = Exceedance.count.probability(demand: peak, limit: room)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "CONNECTION_EXHAUSTION", .outage.hitting(max(0.5, 1 - room / peak)), s, probability: probability,
        "\(brief(peak)) connections to one destination, and \(brief(after)) addresses have \(brief(room)) source ports",
        Calculation(
          equation: "peak <= addresses x 64512", inputs: ["peak_connections": peak, "addresses": after], value: peak,
          unit: "ports", threshold: room, source: "RFC 6056 section 3.2"), field: field))
  }

  /// A new address is one that partners don't know.
  private static func allowLists(_ field: String, _ after: Double, _ s: Situation, _ report: inout ChangeReport) {
    let listed = s.state.texts("external_dependencies").first { text in
      [
        "allow-list", "allowlist", "allow list", "whitelist", "fixed address", "firewall", "by address",
        "known address",
      ]
      .contains { text.lowercased().contains($0) }
        // Whoever has all of them on the list knows the new one, too.
        && !(Situation.words(text).contains("already") && Situation.words(text).isDisjoint(with: ["not", "only"]))
    }
    guard let listed, !knows(listed, after) else { return }
    report.add(
      issue(
        "REACHABILITY_LOSS", .degradation, s, probability: 0.85, "a new address leaves, and \(listed) doesn't know it",
        Calculation(
          equation: "addresses in the allow-list", inputs: ["addresses": after], value: after, unit: "addresses",
          source: "the target's dependencies"), field: field))
  }

  /// Whether a text says that all addresses are known to the partner: "its allow-list already holds all 3 addresses".
  private static func knows(_ text: String, _ addresses: Double) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
    let denies = words.contains { ["not", "no", "only", "except", "without", "until", "will"].contains($0) }
    guard !denies, words.contains(where: { ["already", "holds", "contains", "includes", "lists"].contains($0) }) else {
      return false
    }
    let count = words.compactMap(Double.init).max()
    return count.map { $0 >= addresses } ?? words.contains("all")
  }

  private static func tracked(_ s: Situation, _ report: inout ChangeReport) {
    let table = s.reading(["nf_conntrack_max", "conntrack_max", "net.netfilter.nf_conntrack_max"])
    guard let field = table.field, let most = table.after else { return }
    report.ran(self)
    report.understand(field)
    guard table.isLowered else { return }
    guard let peak = s.state.number("peak_connections", "flows_per_min") else {
      report.unknown(
        ["peak_connections"], self, "fewer connections are tracked, and how many there are is not known",
        worst: .outage,
        s, field: field, alsoCode: "CONNECTION_EXHAUSTION")
      return
    }
    let probability = Exceedance.count.probability(demand: peak, limit: most)
    guard probability > 0.02 else { return }
    report.add(
      issue(
        "CONNECTION_EXHAUSTION", .outage, s, probability: probability,
        "\(brief(peak)) connections are tracked at peak, and \(brief(most)) may be: packets of new ones are dropped",
        Calculation(
          equation: "peak <= nf_conntrack_max", inputs: ["peak_connections": peak], value: peak, unit: "connections",
          threshold: most, source: "Linux kernel documentation, nf_conntrack-sysctl"), field: field))
  }
}
