import SimulationFirewall
import SimulationInput

/// What a change of rules no longer lets in, and whom that hits.
///
/// Consumers that the twin knows by address are hit where the address is shut out. Those that it knows by name only may
/// be anywhere their words say: a handful of public addresses is nobody in particular, and a share of all public
/// addresses is that share of the clients there. A list without connection tracking also drops the answers to what the
/// target itself asks, which come to ports of the ephemeral range.
///
/// Source: Amazon VPC user guide, network ACLs (stateless; ephemeral ports); RFC 6056 (ephemeral ports), Linux kernel
/// documentation, ip-sysctl (`ip_local_port_range`, 32,768 to 60,999).
struct ShutOut {
  let closed: [HeaderSet]
  let field: String
  /// Whether rules go that somebody had made for somebody.
  let isRemoval: Bool
  let areRulesKnown: Bool
  let isStateless: Bool

  static let ephemeral = PortSet([32_768...60_999])
  /// Public unicast addresses of version 4.
  private static let publicCount = SpecialPurposeAddresses.publicAddresses.intersection(.everything(.four)).addressCount
  /// Up to so many public addresses are nobody in particular: a /16.
  private static let narrow = 65_536.0

  /// Whether the target's list of rules forgets connections.
  static func isStateless(_ s: Situation) -> Bool {
    let text = (s.state.texts("acl") + s.state.texts("type") + [s.targetKind]).joined(separator: " ").lowercased()
    if text.contains("stateful") { return false }
    return text.contains("stateless") || text.contains("network acl") || text.contains("network_acl")
      || Situation.words(text).contains("nacl")
  }

  func report(_ s: Situation, _ report: inout ChangeReport) {
    if isStateless { answers(s, &report) }
    let what = "what the change shuts out (\(closed[0].destinationPorts.map { "port \($0)" } ?? "any port"))"
    // Narrow denials first: they hit nobody whom the twin knows by name only.
    let places = s.consumers.map(FlowEnd.init)
    let hit = places.filter { place in place.address.map { reaches($0, place.port) } ?? false }
    if !hit.isEmpty { return RouteCheck.loss(field, what, s, &report) }
    let unplaced = places.filter { $0.address == nil && ($0.port.map(takes) ?? true) }
    if s.consumerCount != nil, unplaced.isEmpty, Double(places.count) == s.consumerCount { return }
    if isRemoval { return RouteCheck.loss(field, what, s, &report) }
    let open = AddressSet(ranges: closed.flatMap(\.source.ranges))
    let outside = open.intersection(Opening.outside)
    let hasPrivate = !open.subtracting(Opening.outside)
      .intersection(Self.insideAddresses).isEmpty
    if !hasPrivate {
      let count = outside.prefixes.reduce(0) { $0 + ($1.version == .four ? $1.addressCount : 1) }
      if count <= Self.narrow { return note(count, s, &report) }
      return few(count / Self.publicCount, s, &report)
    }
    // An inside range, and all who are known are outside.
    if outside.isEmpty, !unplaced.isEmpty, unplaced.allSatisfy(\.isPublic) { return }
    guard s.isUsed != false else { return }
    if s.consumerCount == nil || !areRulesKnown && !isEveryone(open) && unplaced.count == places.count {
      report.unknown(
        ["consumers"], FirewallCheck.self, "\(what): who comes from there is not known", worst: .outage, s,
        field: field, alsoCode: "REACHABILITY_LOSS")
      return
    }
    RouteCheck.loss(field, what, s, &report)
  }

  /// Addresses of the operator's own networks (RFC 1918, RFC 4193).
  static let insideAddresses = AddressSet(
    ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].compactMap { IPPrefix($0) })

  private func isEveryone(_ open: AddressSet) -> Bool {
    SpecialPurposeAddresses.publicAddresses.intersection(.everything(.four)).subtracting(open).isEmpty
  }

  private func takes(_ port: UInt16) -> Bool { closed.contains { $0.destinationPorts?.contains(port) ?? true } }

  private func reaches(_ address: IPPrefix, _ port: UInt16?) -> Bool {
    closed.contains { set in
      set.source.overlaps(address.range) && (port.map { set.destinationPorts?.contains($0) ?? true } ?? true)
    }
  }

  private func note(_ count: Double, _ s: Situation, _ report: inout ChangeReport) {
    report.add(
      FirewallCheck.issue(
        "REACHABILITY_LOSS", .note, s, probability: 0.3,
        "\(brief(count)) public addresses are shut out, which nobody has whom the twin knows",
        Calculation(
          equation: "addresses shut out that a consumer has", inputs: ["addresses": count], value: 0, unit: "consumers",
          threshold: 1, source: "the target's consumers"), field: field))
  }

  private func few(_ share: Double, _ s: Situation, _ report: inout ChangeReport) {
    TimeoutCheck.failures(
      share, tolerated: nil, "\(percent(share)) of all public addresses are shut out",
      Calculation(
        equation: "share of public addresses", inputs: ["share": share], value: share, unit: "1",
        threshold: TimeoutCheck.toleratedShare, source: "clients spread over the public addresses"), field, s, &report)
  }

  /// Answers to what the target asks others.
  private func answers(_ s: Situation, _ report: inout ChangeReport) {
    let others = s.state.texts("external_dependencies").map(FlowEnd.init)
    var share = 0.0
    var lost: [FlowEnd] = []
    for set in closed {
      guard set.protocols.map({ $0.contains(IPProtocol.tcp) || $0.contains(IPProtocol.udp) }) ?? true else { continue }
      let taken =
        set.destinationPorts.map { Double($0.intersection(Self.ephemeral).count) / Double(Self.ephemeral.count) } ?? 1
      guard taken > 0 else { continue }
      let hit = others.filter { $0.address.map { set.source.overlaps($0.range) } ?? isEveryone(set.source) }
      lost += hit.filter { end in !lost.contains { $0.text == end.text } }
      if !hit.isEmpty || others.isEmpty && isEveryone(set.source) { share = max(share, taken) }
    }
    guard share > 0 else { return }
    if others.isEmpty {
      guard s.state.value(["external_dependencies"]) == nil else { return }
      report.unknown(
        ["external_dependencies"], FirewallCheck.self,
        "answers to what the target asks others are dropped, and whom it asks is not known", worst: .outage, s,
        field: field, alsoCode: "REACHABILITY_LOSS")
      return
    }
    let flows = s.state.number("flows_per_min")
    report.add(
      FirewallCheck.issue(
        "REACHABILITY_LOSS", .outage.hitting(max(0.5, share)), s, probability: share > 0.02 ? 0.93 : 0.5,
        "the list keeps no connections: answers from \(lost.map(\.text).joined(separator: ", ")) come to ports that are "
          + "shut out" + (flows.map { " (\(brief($0)) flows a minute)" } ?? ""),
        Calculation(
          equation: "share of the ephemeral ports that is denied", inputs: ["flows_per_min": flows], value: share,
          unit: "1", threshold: 0, source: "Amazon VPC user guide, network ACLs; RFC 6056"), field: field))
  }
}

extension HeaderSet {
  /// Whether a connection can begin with it; packets of the loopback come from nobody else.
  var opensConnections: Bool { states.map { $0.contains(.new) } ?? true && inInterfaces != ["lo"] }

  /// Whether a connection's packets are in it: what tracking calls invalid belongs to none.
  var carriesConnections: Bool {
    states.map { $0.contains { [.new, .established, .related].contains($0) } } ?? true
  }
}

extension Rule {
  /// The same packets, accepted.
  var accepting: Rule { Rule(.accept, matches: matches, text: text) }
}
