import SimulationFirewall
import SimulationInput

/// Packets that are too big for the path, and nobody who says so.
///
/// Source: RFC 1191, RFC 4459 and RFC 2923 (path MTU black holes): without "fragmentation needed" a sender of packets
/// over the smallest MTU hears nothing, and connections stall after the handshake. RFC 8200 section 5: IPv6 needs links of
/// 1,280 bytes; RFC 791 section 3.1: every host takes 576 bytes of IPv4, and nothing plans for less.
enum MTUCheck: ChangeCheck {
  static let model = "path_mtu"
  /// Least MTU of a link, bytes: of IPv6 (RFC 8200 section 5), and what every host takes of IPv4 (RFC 791 section 3.1).
  static let leastOfSix = 1_280.0
  static let leastOfFour = 576.0

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let mtu = s.reading(["mtu", "interface_mtu", "jumbo_mtu", "tunnel_mtu"])
    guard let field = mtu.field, let inner = mtu.after else { return }
    let peer = s.state.number("peer_mtu", "path_mtu")
    // A tunnel that carries its packets today, and could not if its headers counted against the other side's value, has
    // that value in its own measure already.
    let headers = headers(s)
    // Only if not even the fewest would fit: by which cipher a tunnel runs isn't told, and a value between both ends may
    // well have been chosen with headers in mind.
    let isInner =
      mtu.before.flatMap { before in peer.map { before <= $0 && before + headers.lowerBound > $0 } } ?? false
    let size = inner + (isInner ? 0 : headers.upperBound)
    report.ran(self)
    report.understand(field)
    if mtu.isLowered, inner < leastOfSix { tooSmall(mtu, field, s, &report) }
    report.understand(s.change.has("staged") ? "staged" : nil)
    if let before = mtu.before, inner <= before { return }
    guard let peer else {
      if size > 1_500 {
        report.unknown(
          ["peer_mtu"], self,
          "packets of up to \(brief(size)) bytes are sent, and what the other side takes is not known",
          worst: .outage, s, field: field, alsoCode: "BLACKHOLE")
      }
      return
    }
    guard size > peer else { return }
    let told = s.state.value(["icmp_frag_needed"])
    let text = told.flatMap(FactValue.text)?.lowercased() ?? ""
    let isHeard =
      told.flatMap(FactValue.flag)
      ?? (text.isEmpty ? nil : !["block", "drop", "filter", "deny"].contains { text.contains($0) })
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

  /// A link that is too small for a protocol's least packet doesn't carry that protocol at all.
  private static func tooSmall(
    _ mtu: Situation.Reading, _ field: String, _ s: Situation, _ report: inout ChangeReport
  ) {
    guard let inner = mtu.after, mtu.before.map({ $0 >= leastOfSix || inner < leastOfFour }) ?? true else { return }
    let isBelowFour = inner < leastOfFour
    if !isBelowFour {
      switch carriesSix(s) {
      case false?: return
      case nil:
        return report.unknown(
          ["ipv6"], self, "a link of \(brief(inner)) bytes carries no IPv6, and whether any is used is not known",
          worst: .outage, s, field: field, alsoCode: "BLACKHOLE")
      case true?: break
      }
    }
    report.add(
      issue(
        "BLACKHOLE", .outage, s, probability: 0.93,
        isBelowFour
          ? "\(brief(inner)) bytes are less than what every host takes (576), and IPv6 stops"
          : "\(brief(inner)) bytes are less than IPv6 needs (1280): it stops on this link",
        Calculation(
          equation: "mtu >= least mtu of the protocol", inputs: ["mtu": inner, "before": mtu.before], value: inner,
          unit: "bytes", threshold: isBelowFour ? leastOfFour : leastOfSix,
          source: isBelowFour ? "RFC 791 section 3.1" : "RFC 8200 section 5"), field: field))
  }

  /// Whether IPv6 runs over the link, by a switch or by what is said of it; nil when nobody said.
  private static func carriesSix(_ s: Situation) -> Bool? {
    if let told = s.state.flag("ipv6", "ipv6_enabled", "dual_stack") { return told }
    let texts = [s.proposal.target, s.targetKind] + s.consumers + s.state.texts("asset") + s.state.texts("protocol")
    let text = texts.joined(separator: " ").lowercased()
    let words = Situation.words(text)
    if ["ipv4 only", "ipv4-only", "no ipv6", "without ipv6"].contains(where: text.contains) { return false }
    let addresses = text.split(separator: " ").compactMap { IPPrefix(String($0)) }
    return !words.isDisjoint(with: ["ipv6", "v6"]) || text.contains("dual-stack") || text.contains("dual stack")
      || addresses.contains { $0.version == .six } ? true : nil
  }

  /// The fewest and the most bytes that a tunnel puts around each packet.
  private static func headers(_ s: Situation) -> ClosedRange<Double> {
    let kinds: [PathMTU.Encapsulation] =
      if s.speaks(of: "wg", "wireguard") {
        [.wireGuard]
      } else if s.speaks(of: "ipsec", "vpn") {
        [.espGCM, .espCBC]
      } else if s.speaks(of: "vxlan", "overlay") {
        [.vxlan]
      } else {
        s.speaks(of: "gre") ? [.gre] : []
      }
    let bytes = kinds.map { Double($0.overhead) }
    return (bytes.min() ?? 0)...(bytes.max() ?? 0)
  }
}
