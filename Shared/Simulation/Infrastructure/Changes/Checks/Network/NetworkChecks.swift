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

  private static func prefix(_ value: InputValue?) -> IPPrefix? {
    guard let value else { return nil }
    let text =
      FactValue.text(value) ?? (value["destination"] ?? value["cidr"] ?? value["prefix"]).flatMap(FactValue.text) ?? ""
    return text.split(separator: " ").lazy.compactMap { IPPrefix(String($0 == "default" ? "0.0.0.0/0" : $0)) }.first
  }

  private static func removed(_ field: String, _ s: Situation, _ report: inout ChangeReport) {
    report.ran(self)
    report.understand(field)
    let prefix = prefix(s.change.object[field])
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
    guard let prefix = prefix(s.change.object[field]) else { return }
    let text = s.change.object[field]?.summary.lowercased() ?? ""
    let locals = s.state.texts("local_cidr", "local_cidrs").compactMap { IPPrefix($0) }
    if !prefix.isAny, let local = locals.first(where: { $0.contains(prefix) || prefix.contains($0) }) {
      report.add(
        issue(
          "BLACKHOLE", .outage, s, probability: 0.85,
          "\(prefix) overlaps the local \(local): traffic for it leaves instead of staying",
          Calculation(
            equation: "longest prefix match", inputs: [:], value: Double(prefix.prefixLength), unit: "bits",
            threshold: Double(local.prefixLength), source: "RFC 4632"), field: field))
    }
    let isPublicGate = text.contains("igw") || text.contains("internet")
    if prefix.isAny, isPublicGate, !s.speaks(of: "public", "dmz", "web", "lb") {
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
        || name.hasPrefix("disable_") || ["egress", "default_egress", "egress_policy"].contains(name)
          && ["deny", "block", "drop", "none"].contains { s.change.text(field)?.lowercased().contains($0) == true }
      guard closes, !name.contains("route"), !name.contains("rule") else { continue }
      report.ran(self)
      report.understand(field)
      if name.contains("peer"), s.state.flag("other_route") == true { continue }
      loss(field, "\(field) \(s.change.text(field) ?? "")", s, &report)
    }
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

/// Address ranges that must not overlap, and that must hold what lives in them.
///
/// Source: RFC 4632; cloud providers keep five addresses of a subnet (AWS documentation, "Subnet CIDR blocks").
enum AddressPlanCheck: ChangeCheck {
  static let model = "address_plan"
  private static let keptByProvider = 5.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let peers = ["peer_cidr", "peer_cidrs", "remote_cidr", "vpn_cidr", "secondary_cidr", "cidr", "pod_cidr", "service_cidr"]
    for field in peers where s.change.has(field) {
      report.ran(self)
      report.understand(field)
      let ours = s.state.texts("local_cidr", "local_cidrs", "cidrs", "vpc_cidr").compactMap { IPPrefix($0) }
      let new = s.change.texts(field).compactMap { IPPrefix($0) }
      guard !new.isEmpty, !ours.isEmpty else {
        report.unknown(
          ["local_cidr"], self, "what \(s.change.text(field) ?? field) may overlap with is not known", worst: .outage, s,
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

/// Packets that are too big for the path, and nobody who says so.
///
/// Source: RFC 1191, RFC 4459 and RFC 2923 (path MTU black holes): without "fragmentation needed" a sender of packets
/// over the smallest MTU hears nothing, and connections stall after the handshake.
enum MTUCheck: ChangeCheck {
  static let model = "path_mtu"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let mtu = s.reading(["mtu", "interface_mtu", "jumbo_mtu", "tunnel_mtu"])
    guard let field = mtu.field, let size = mtu.after else { return }
    report.ran(self)
    report.understand(field)
    report.understand(s.change.has("staged") ? "staged" : nil)
    if let before = mtu.before, size <= before { return }
    guard let peer = s.state.number("peer_mtu", "path_mtu") else {
      if size > 1_500 {
        report.unknown(
          ["peer_mtu"], self, "packets of up to \(brief(size)) bytes are sent, and what the other side takes is not known",
          worst: .outage, s, field: field, alsoCode: "BLACKHOLE")
      }
      return
    }
    guard size > peer else { return }
    let told = s.state.value(["icmp_frag_needed"])
    let text = told.flatMap(FactValue.text)?.lowercased() ?? ""
    let isHeard =
      told.flatMap(FactValue.flag) ?? (text.isEmpty ? nil : !["block", "drop", "filter", "deny"].contains { text.contains($0) })
    let isStaged = s.change.flag("staged") ?? s.state.flag("staged") ?? false
    if isHeard == true {
      report.add(
        issue(
          "BLACKHOLE", .nuisance, s, probability: 0.3,
          "packets over \(brief(peer)) bytes are refused with \"fragmentation needed\", and senders learn from it",
          Calculation(
            equation: "mtu <= peer mtu, or path MTU discovery works", inputs: ["mtu": size, "peer_mtu": peer],
            value: size, unit: "bytes", threshold: peer, source: "RFC 1191"), field: field))
      return
    }
    let weight: Weight = isStaged ? Weight.degradation.hitting(0.5) : .outage
    report.add(
      issue(
        "BLACKHOLE", weight, s, probability: isHeard == nil ? 0.75 : 0.95,
        "packets over \(brief(peer)) bytes vanish: connections open and stall when data comes"
          + (isHeard == nil ? " (whether ICMP passes is not known)" : " (ICMP fragmentation needed is blocked)"),
        Calculation(
          equation: "mtu <= peer mtu, or path MTU discovery works", inputs: ["mtu": size, "peer_mtu": peer],
          value: size, unit: "bytes", threshold: peer, source: "RFC 2923 section 2.1"), field: field,
        remedy: "let ICMP type 3 code 4 and ICMPv6 type 2 pass, or clamp the MSS"))
  }
}

/// Time to live of names: how often resolvers ask, and how long an old answer lives.
///
/// A cache that is asked λ times a second asks once in T + 1/λ: its rate is λ/(1 + λT), so a TTL that is k times shorter
/// brings at most k times the questions. Source: J. Jung, A. Berger, H. Balakrishnan, "Modeling TTL-based Internet caches",
/// INFOCOM 2003.
enum NameCheck: ChangeCheck {
  static let model = "dns_ttl"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let ttl = s.reading(["ttl_s", "dns_ttl_s", "dns_ttl", "ttl", "record_ttl", "ttl_seconds"], state: ["before_s"]) {
      FactValue.seconds($0)
    }
    guard let field = ttl.field, let after = ttl.after else { return }
    guard s.proposal.kind == .network || s.proposal.kind == .loadBalancing || s.speaks(of: "dns", "record", "zone", "resolver")
    else { return }
    report.ran(self)
    report.understand(field)
    let rate = s.state.number("resolver_qps")
    let limit = s.state.number("resolver_limit_qps")
    if ttl.isLowered, let rate, let before = ttl.before {
      // The bound for busy caches, where every expiry is a question.
      let asked = rate * before / max(after, 0.001)
      report.metric("resolver_qps", rate, asked)
      guard let limit else {
        if asked > 1_000 {
          report.unknown(
            ["resolver_limit_qps"], self, "resolvers ask up to \(brief(asked)) times a second, and what they may is not known",
            worst: .degradation, s, field: field, alsoCode: "SATURATION")
        }
        return
      }
      let probability = Exceedance(spread: 0.2, reserve: 0).probability(demand: asked, limit: limit)
      guard probability > 0.02 else { return }
      let calculation = Calculation(
        equation: "qps x TTL before / TTL after",
        inputs: ["resolver_qps": rate, "before_s": before, "after_s": after], value: asked, unit: "1/s",
        threshold: limit, source: "Jung, Berger, Balakrishnan, INFOCOM 2003")
      let message =
        "with a TTL of \(brief(after)) s up to \(brief(asked)) questions a second come, and \(brief(limit)) are answered"
      report.add(issue("SATURATION", .outage, s, probability: probability, message, calculation, field: field))
      report.add(issue("ERROR_RATE", .degradation, s, probability: probability, message, calculation, field: field))
    } else if ttl.isLowered, rate == nil, let before = ttl.before, before / max(after, 0.001) > 10, after < 30 {
      report.unknown(
        ["resolver_qps", "resolver_limit_qps"], self,
        "resolvers ask up to \(brief(before / max(after, 0.001))) times as often, and how often they do now is not known",
        worst: .degradation, s, field: field, alsoCode: "SATURATION")
    } else if ttl.isRaised, after > 3_600 {
      let failsOver = s.state.flag("replica_failover") == true || s.state.has("failover", "cutover", "migration")
      report.add(
        issue(
          "DETECTION_DELAY", failsOver ? .fragility : .nuisance, s, probability: failsOver ? 0.8 : 0.4,
          "an old answer lives for \(brief(after / 3_600)) h: nothing can be moved faster than that",
          Calculation(
            equation: "TTL", inputs: ["before_s": ttl.before], value: after, unit: "s", threshold: 3_600,
            source: "RFC 1035 section 3.2.1"), field: field))
    }
  }
}

/// Source ports and tracked connections of a shared way out.
///
/// Source: RFC 6056 (ports 1024 to 65,535, of which one address has 64,512 for one destination and port); RFC 7857.
enum TranslationCheck: ChangeCheck {
  static let model = "nat_ports"
  static let portsEach = 64_512.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    addresses(s, &report)
    tracked(s, &report)
  }

  private static func addresses(_ s: Situation, _ report: inout ChangeReport) {
    let count = s.reading(["nat_ips", "nat_addresses", "egress_ips", "nat_gateways", "snat_ips"])
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
        ["peak_connections"], self, "\(brief(after)) addresses are left, and how many connections they carry is not known",
        worst: .outage, s, field: field, alsoCode: "CONNECTION_EXHAUSTION")
      return
    }
    let room = after * portsEach
    report.metric("nat_port_share", count.before.map { peak / ($0 * portsEach) }, peak / room)
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
      ["allow-list", "allowlist", "allow list", "whitelist", "fixed address", "firewall", "by address", "known address"]
        .contains { text.lowercased().contains($0) }
    }
    guard let listed else { return }
    report.add(
      issue(
        "REACHABILITY_LOSS", .degradation, s, probability: 0.85, "a new address leaves, and \(listed) doesn't know it",
        Calculation(
          equation: "addresses in the allow-list", inputs: ["addresses": after], value: after, unit: "addresses",
          source: "the target's dependencies"), field: field))
  }

  private static func tracked(_ s: Situation, _ report: inout ChangeReport) {
    let table = s.reading(["nf_conntrack_max", "conntrack_max", "net.netfilter.nf_conntrack_max"])
    guard let field = table.field, let most = table.after else { return }
    report.ran(self)
    report.understand(field)
    guard table.isLowered else { return }
    guard let peak = s.state.number("peak_connections", "flows_per_min") else {
      report.unknown(
        ["peak_connections"], self, "fewer connections are tracked, and how many there are is not known", worst: .outage,
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
