import SimulationFirewall
import SimulationInput

/// Packets that are too big for the path, and nobody who says so.
///
/// Source: RFC 1191, RFC 4459 and RFC 2923 (path MTU black holes): without "fragmentation needed" a sender of packets
/// over the smallest MTU hears nothing, and connections stall after the handshake.
enum MTUCheck: ChangeCheck {
  static let model = "path_mtu"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let mtu = s.reading(["mtu", "interface_mtu", "jumbo_mtu", "tunnel_mtu"])
    guard let field = mtu.field, let inner = mtu.after else { return }
    let peer = s.state.number("peer_mtu", "path_mtu")
    // A tunnel that carries its packets today, and could not if its headers counted against the other side's value, has
    // that value in its own measure already.
    let headers = Double(tunnel(s)?.overhead ?? 0)
    let isInner = mtu.before.flatMap { before in peer.map { before <= $0 && before + headers > $0 } } ?? false
    let overhead = isInner ? 0 : headers
    let size = inner + overhead
    report.ran(self)
    report.understand(field)
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

  /// What a tunnel puts around each packet; by which cipher IPsec runs isn't told.
  private static func tunnel(_ s: Situation) -> PathMTU.Encapsulation? {
    if s.speaks(of: "wg", "wireguard") { return .wireGuard }
    if s.speaks(of: "ipsec", "vpn") { return .espCBC }
    if s.speaks(of: "vxlan", "overlay") { return .vxlan }
    return s.speaks(of: "gre") ? .gre : nil
  }
}
