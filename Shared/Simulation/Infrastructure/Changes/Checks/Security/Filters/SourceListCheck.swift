import SimulationFirewall
import SimulationInput

/// Where changes have lists of addresses that are let in, or kept out, as a whole.
///
/// Source: Google Kubernetes Engine API, masterAuthorizedNetworksConfig (`cidrBlocks`, each with `cidrBlock`); Kubernetes
/// API, `loadBalancerSourceRanges`; allow-lists of storage, databases and consoles are the same list by other names. What is
/// set is the whole list: an address that isn't on it is no longer let in.
enum SourceListForm {
  private static let allowing: Set<String> = [
    "allow_list", "allowlist", "whitelist", "ip_allow_list", "ip_allowlist", "ip_whitelist", "allowed_ips",
    "allowed_ip_ranges", "allowed_cidrs", "allowed_cidr_blocks", "allowed_sources", "allowed_source_ranges",
    "allowed_networks", "trusted_ips", "trusted_networks", "authorized_networks", "master_authorized_networks",
    "master_authorized_networks_config", "load_balancer_source_ranges", "public_access_cidrs",
  ]
  private static let denying: Set<String> = [
    "deny_list", "denylist", "block_list", "blocklist", "blacklist", "ip_deny_list", "ip_blacklist", "ip_blocklist",
    "blocked_ips", "denied_ips", "blocked_cidrs", "banned_ips",
  ]

  /// A part with `effect`, `name` and `addresses`; nil for lists of something else.
  static func parts(
    _ name: String, _ member: InputValue.Member, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> [InputValue]? {
    guard allowing.contains(name) || denying.contains(name), let texts = addresses(member.value) else { return nil }
    // What happens to all others is said beside a list of the allowed by denying them.
    for beside in ["default", "default_action"] {
      guard let text = change[beside].flatMap(FactValue.text)?.lowercased() else { continue }
      guard allowing.contains(name), ["deny", "drop", "block", "reject"].contains(text) else { return nil }
      isConsumed.insert(beside)
    }
    return [
      .object([
        .init("effect", .string(allowing.contains(name) ? "allow" : "deny")), .init("name", .string(name)),
        .init("addresses", .array(texts.map { .string($0) })),
      ])
    ]
  }

  /// The addresses of a list, or of objects that each hold one; nil when one can't be read.
  static func addresses(_ value: InputValue) -> [String]? {
    if let blocks = value["cidr_blocks"] ?? value["cidrBlocks"] { return addresses(blocks) }
    let parts: [InputValue] = if case .array(let list) = value { list } else { [value] }
    guard parts.count <= DestinationPolicy.maxEntries else { return nil }
    var texts: [String] = []
    for part in parts {
      let told = part["cidr_block"] ?? part["cidrBlock"] ?? part["cidr"] ?? part
      guard let text = FactValue.text(told) else { return nil }
      for word in text.split(separator: ",").map({ String($0.drop { $0 == " " }) }) {
        guard AddressSet(FilterCommand.address(word)) != nil else { return nil }
        texts.append(FilterCommand.address(word))
      }
    }
    return texts
  }
}

/// Lists of addresses: whom they let in who wasn't, and whom they shut out.
enum SourceListCheck: ChangeCheck {
  static let model = "firewall_reachability"

  static func examine(_ s: Situation, _ report: inout ChangeReport) {
    let field = AccessForms.sourceLists
    guard case .array(let parts)? = s.change.object[field] else { return }
    report.ran(self)
    for part in parts {
      guard let texts = part["addresses"].flatMap(FactValue.texts), let name = part["name"].flatMap(FactValue.text)
      else { continue }
      let sets = texts.compactMap { AddressSet($0) }
      guard sets.count == texts.count else { continue }
      report.understand(field)
      let before = ["before", name, "current_\(name)", "\(name)_before"].lazy
        .compactMap { s.state.object[$0].flatMap(SourceListForm.addresses) }.first?.compactMap { AddressSet($0) }
      do {
        try judge(part["effect"] == "allow", before, sets, s, &report)
      } catch {
        report.unknown(
          [name], self, "the lists can't be compared (\(error))", worst: .exposure, s, field: field,
          alsoCode: "EXPOSURE", exposure: 1)
      }
    }
  }

  private static func judge(
    _ allows: Bool, _ before: [AddressSet]?, _ after: [AddressSet], _ s: Situation, _ report: inout ChangeReport
  ) throws {
    let field = AccessForms.sourceLists
    func rules(_ sets: [AddressSet]) throws -> RuleSet {
      let all = sets.reduce(AddressSet.empty) { $0.union($1) }
      let rule = Rule(allows ? .accept : .deny, matches: [Match(source: all)], text: "list")
      return try RuleSet(sets.isEmpty ? [] : [rule], acceptsByDefault: !allows)
    }
    // Of a list that isn't known nobody is sure to have been let in, and nobody to have been kept out.
    let new = try rules(after)
    let opened = try RuleSet.diff(before: try before.map(rules) ?? (allows ? try rules([]) : new), after: new)
    let openings = opened.newlyAllowed.sets.map { Opening($0, s) }
    openings.max { $0.risk < $1.risk }?.report(field, openings.count, s, &report)
    let open = try RuleSet([], acceptsByDefault: true)
    let closed = try RuleSet.diff(before: try before.map(rules) ?? open, after: new).newlyDenied.sets
    guard !closed.isEmpty else { return }
    ShutOut(
      closed: closed, field: field, isRemoval: allows && before != nil, areRulesKnown: before != nil,
      isStateless: false
    ).report(s, &report)
  }
}
