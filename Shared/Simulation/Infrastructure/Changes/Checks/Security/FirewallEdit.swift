import SimulationFirewall
import SimulationInput

/// One edit of a rule set, as a change asks for it.
struct FirewallEdit: Sendable {
  enum Kind: Sendable, Hashable { case add, insert, append, remove }

  var kind: Kind
  var field: String
  var rule: Rule
  /// Place from 1, as iptables counts.
  var position: Int?

  private static let fields: [(name: String, kind: Kind, action: String)] = [
    ("add_rule", .add, "ACCEPT"), ("add_rules", .add, "ACCEPT"), ("allow", .add, "ACCEPT"),
    ("allow_rule", .add, "ACCEPT"), ("ingress", .add, "ACCEPT"), ("add_ingress", .add, "ACCEPT"),
    ("aws_security_group_rule", .add, "ACCEPT"), ("ip_permissions", .add, "ACCEPT"), ("authorize", .add, "ACCEPT"),
    ("open_port", .add, "ACCEPT"), ("insert_rule", .insert, "ACCEPT"), ("append_rule", .append, "ACCEPT"),
    ("deny", .insert, "DROP"), ("deny_rule", .insert, "DROP"), ("block", .insert, "DROP"),
    ("remove_rule", .remove, "ACCEPT"), ("delete_rule", .remove, "ACCEPT"), ("remove_rules", .remove, "ACCEPT"),
    ("revoke_rule", .remove, "ACCEPT"), ("close_port", .remove, "ACCEPT"), ("revoke_ingress", .remove, "ACCEPT"),
  ]

  /// The edits of a change; those that can't be read are left for "not modelled".
  static func read(_ s: Situation) -> [FirewallEdit] {
    fields.flatMap { name, kind, action -> [FirewallEdit] in
      guard let value = s.change.object[name] else { return [] }
      let parts: [InputValue] = if case .array(let list) = value { list } else { [value] }
      let edits = parts.compactMap { part -> FirewallEdit? in
        // Another group as the source: its members are inside, whatever their addresses are.
        if ["user_id_group_pairs", "UserIdGroupPairs", "source_security_group_id", "source_group"].contains(where: {
          part[$0] != nil
        }) {
          guard let rule = rule(withSource("10.0.0.0/16", part), action) else { return nil }
          return FirewallEdit(kind: kind, field: name, rule: rule)
        }
        guard let rule = rule(part, action) else { return nil }
        let position = (part["position"] ?? part["index"] ?? part["priority_index"]).flatMap(FactValue.number)
        return FirewallEdit(
          kind: kind, field: name, rule: rule, position: position.map { FactValue.whole($0, in: 1...1_000_000) })
      }
      return edits.count == parts.count ? edits : []
    }
  }

  private static func withSource(_ source: String, _ part: InputValue) -> InputValue {
    guard case .object(let members) = part else { return part }
    return .object(members + [.init("source", .string(source))])
  }

  /// A rule as an object, as a port, or in words such as "ACCEPT tcp 22 10.0.0.0/8".
  static func rule(_ value: InputValue, _ action: String) -> Rule? {
    switch value {
    case .number(let port): return try? Rule(action: action, proto: "tcp", ports: InputValue.text(of: port))
    case .string(let text): return rule(words: text, action)
    case .object:
      func text(_ names: String...) -> String? { names.lazy.compactMap { value[$0].flatMap(FactValue.text) }.first }
      let range = text("from_port", "FromPort").flatMap { from in
        text("to_port", "ToPort").map { $0 == from ? from : "\(from):\($0)" } ?? from
      }
      let named = ["port", "ports", "port_range", "dport", "destination_port"].flatMap {
        value[$0].flatMap(FactValue.texts) ?? value[$0].flatMap(FactValue.text).map { [$0] } ?? []
      }
      let all = ([range].compactMap(\.self) + named)
      let ports =
        all.isEmpty
        ? "any" : all.contains { ["any", "all", "*", "-1"].contains($0) } ? "any" : all.joined(separator: ",")
      // Every key that names addresses adds to them.
      let lists = [
        "cidr_blocks", "ipv6_cidr_blocks", "sources", "source_ranges", "cidrs", "source", "cidr", "src", "from",
        "source_cidr", "cidr_ip", "source_ip", "saddr", "ipv6", "ipv4", "cidr_ipv6", "cidr_ipv4",
      ].flatMap { value[$0].flatMap(FactValue.texts) ?? [] }
      let source =
        lists.isEmpty
        ? text(
          "source", "cidr", "src", "from", "source_cidr", "cidr_ip", "source_ip", "saddr", "ipv6", "ipv4", "cidr_ipv6",
          "cidr_ipv4") ?? "any" : lists.joined(separator: ",")
      let proto = text("protocol", "proto", "ip_protocol", "IpProtocol") ?? (ports == "any" ? "any" : "tcp")
      return try? Rule(
        action: text("action", "verdict", "target") ?? action, proto: proto, ports: ports, source: source,
        destination: text("destination", "dst", "to", "daddr") ?? "any")
    default: return nil
    }
  }

  /// "ACCEPT tcp 22 10.0.0.0/8", "DROP all any"; what is said of the connection's state instead of addresses.
  static func rule(words text: String, _ action: String) -> Rule? {
    var words = text.split(separator: " ").map(String.init)
    var verdict = action
    if let first = words.first, (try? Rule(action: first)) != nil { verdict = words.removeFirst() }
    guard let proto = words.first else { return try? Rule(action: verdict) }
    words.removeFirst()
    var ports = "any"
    if let next = words.first, PortSet(next) != nil { ports = words.removeFirst() }
    let places = words.filter { !["from", "to", "port", "->"].contains($0.lowercased()) }
    return try? Rule(
      action: verdict, proto: proto, ports: ports, source: places.first ?? "any",
      destination: places.dropFirst().first ?? "any")
  }

  /// The rules that the twin knows; nil when it knows none.
  static func rules(_ s: Situation) throws -> RuleSet? {
    if let dump = s.state.text("ruleset") {
      let parsed = try FirewallDump.parse(dump, format: s.state.text("format"), chain: s.state.text("chain"))
      if let parsed { return parsed }
    }
    let texts = s.state.texts("rules")
    guard !texts.isEmpty else { return nil }
    let rules = texts.compactMap { rule(words: $0, "ACCEPT") }
    guard rules.count == texts.count else {
      throw RuleSyntaxError(.unfinished, text: texts.first { rule(words: $0, "ACCEPT") == nil } ?? "")
    }
    // A chain's name may say its policy: "INPUT (policy DROP)".
    let chain = (s.state.text("chain") ?? "").uppercased()
    let policy = (s.state.text("default_policy", "policy") ?? (chain.contains("POLICY ACCEPT") ? "ACCEPT" : "DROP"))
      .uppercased()
    return try RuleSet(rules, acceptsByDefault: policy == "ACCEPT" || policy == "ALLOW")
  }

  func applied(to rules: RuleSet, isKnown: Bool) throws -> RuleSet {
    switch kind {
    case .add, .append:
      // Groups have no order, and a chain's end is after its last rule.
      return try rules.appending(rule)
    case .insert:
      return try rules.inserting(rule, at: min(max(0, (position ?? 1) - 1), rules.rules.count))
    case .remove:
      guard isKnown else { return rules }
      if let position, rules.rules.indices.contains(position - 1) { return try rules.removing(at: position - 1) }
      guard let index = rules.rules.firstIndex(where: { $0.matches == rule.matches && $0.action == rule.action }) else {
        // Not there: nothing is removed.
        return rules
      }
      return try rules.removing(at: index)
    }
  }
}

/// Dumps that a source has synced.
enum FirewallDump {
  /// The chain that new connections from outside meet: the one the state names, or INPUT.
  ///
  /// - Returns: nil when the dump has no such chain.
  static func parse(_ text: String, format: String?, chain: String?) throws -> RuleSet? {
    if format?.lowercased().contains("nft") == true {
      let sets = try NFTParser.parse(text).ruleSets(hook: (chain ?? "input").lowercased())
      // Several base chains of one hook must all accept; only one can be edited as a list.
      return sets.count == 1 ? sets[0] : nil
    }
    let name = chain.map { String($0.prefix { $0 != " " }) } ?? "INPUT"
    let tables = try IPTablesParser.parse(text)
    guard tables.tables.contains(where: { $0.name == "filter" && $0.chains.contains { $0.name == name } }) else {
      return nil
    }
    return try tables.ruleSet(chain: name)
  }
}
