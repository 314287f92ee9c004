import SimulationFirewall
import SimulationInput

/// Rules of clouds' firewalls, as their interfaces and infrastructure languages write them.
///
/// Source: Amazon EC2 API reference (IpPermission, CreateNetworkAclEntry: entries are read by ascending rule number, and are
/// stateless); Google Compute Engine API, firewalls (priority 0 to 65,535, lower first, deny before allow of one priority);
/// Azure Virtual Network REST API, securityRules (priority 100 to 4,096, lower first); and the arguments that the Terraform
/// providers have for the same.
enum RuleObject {
  /// The most rules that one object stands for.
  static let maxRules = 64

  /// The edits that an object stands for; nil when it can't be read as rules.
  ///
  /// - Parameters:
  ///   - action: what the rule does where it doesn't say.
  ///   - isNumbered: whether the numbers of the form are an order.
  static func edits(
    _ value: InputValue, kind: FirewallEdit.Kind, field: String, action: String = "ACCEPT", isOutbound: Bool = false
  ) -> [FirewallEdit]? {
    guard case .object(let members) = value, members.count <= 64 else { return nil }
    var object = Named(members)
    // Azure's REST form has all in `properties`, and one of a list's wrappers may hold the entry.
    if case .object(let inner)? = object["properties"] { object = Named(inner + members) }
    if object.flag("disabled") == true || object.flag("enabled") == false || object.flag("enable") == false {
      return []
    }
    let isOut = object.direction.map { $0 == .outbound } ?? isOutbound
    let number = object.number("rule_number", "rule_no", "priority", "position", "index", "num", "rule_num")
    let position = object.number("position", "index", "num", "priority_index", "rule_num")
    var parts: [(action: String, proto: String, ports: String)] = []
    for (name, action) in [("allowed", "ACCEPT"), ("allow", "ACCEPT"), ("denied", "DROP"), ("deny", "DROP")] {
      guard let list = object[name] else { continue }
      let entries: [InputValue] = if case .array(let list) = list { list } else { [list] }
      guard entries.count <= maxRules else { return nil }
      for entry in entries {
        guard case .object(let members) = entry else { return nil }
        let entry = Named(members)
        guard let ports = entry.ports else { return nil }
        parts.append((action, entry.text("ip_protocol", "protocol", "proto") ?? "any", ports))
      }
    }
    if parts.isEmpty {
      guard let ports = object.ports else { return nil }
      let verb = object.text("action", "rule_action", "access", "verdict", "target", "effect") ?? action
      let proto = object.text("protocol", "proto", "ip_protocol") ?? (ports == "any" ? "any" : "tcp")
      parts = [(verb, proto, ports)]
    }
    guard var source = object.addresses(Self.sources), var destination = object.addresses(Self.destinations) else {
      return nil
    }
    // What an outgoing rule names is where it leads.
    if isOut, destination == "any" { (source, destination) = ("any", source) }
    if object.hasGroup, source == "any", !isOut { source = Self.insideOfTheNetwork }
    guard parts.count <= maxRules else { return nil }
    var edits: [FirewallEdit] = []
    for part in parts {
      guard
        let rule = try? Rule(
          action: part.action, proto: part.proto == "-1" ? "any" : part.proto.lowercased(), ports: part.ports,
          source: source, destination: destination)
      else { return nil }
      edits.append(
        FirewallEdit(
          kind: kind, field: field, rule: rule, position: position, direction: isOut ? .outbound : .inbound,
          number: number, isStateless: object.isStateless))
    }
    return edits
  }

  /// Another group as the source: its members are inside, whatever their addresses are.
  private static let insideOfTheNetwork = "10.0.0.0/16"

  private static let sources = [
    "cidr_blocks", "ipv6_cidr_blocks", "sources", "source_ranges", "cidrs", "source", "cidr", "src", "from",
    "source_cidr", "cidr_ip", "source_ip", "saddr", "ipv6", "ipv4", "cidr_ipv6", "cidr_ipv4", "cidr_block",
    "ipv6_cidr_block", "source_address_prefix", "source_address_prefixes", "ip_ranges", "ipv6_ranges",
    "source_addresses", "remote_ip_prefix",
  ]
  private static let destinations = [
    "destination", "dst", "to", "daddr", "destination_ranges", "destination_address_prefix",
    "destination_address_prefixes", "destination_cidr", "destination_cidr_block", "destination_addresses",
  ]

  /// An object's members by their names in lower-case words.
  private struct Named {
    private let members: [(name: String, value: InputValue)]

    init(_ members: [InputValue.Member]) {
      self.members = members.map { (Vocabulary.snake(String($0.name.prefix(128))), $0.value) }
    }

    subscript(name: String) -> InputValue? { members.last { $0.name == name }?.value }

    func text(_ names: String...) -> String? { names.lazy.compactMap { self[$0].flatMap(FactValue.text) }.first }
    func flag(_ name: String) -> Bool? { self[name].flatMap(FactValue.flag) }

    func number(_ names: String...) -> Int? {
      names.lazy.compactMap { self[$0].flatMap(FactValue.number) }.first
        .map { FactValue.whole($0, in: 1...1_000_000) }
    }

    var isStateless: Bool { self["rule_number"] != nil || self["rule_no"] != nil || self["rule_action"] != nil }

    var hasGroup: Bool {
      [
        "user_id_group_pairs", "source_security_group_id", "source_group", "security_groups", "source_tags",
        "source_service_accounts", "referenced_security_group_id", "self", "source_application_security_group_ids",
        "remote_group_id",
      ].contains { self[$0] != nil }
    }

    var direction: FirewallEdit.Direction? {
      if let egress = flag("egress") { return egress ? .outbound : .inbound }
      guard let text = text("direction", "type")?.lowercased() else { return nil }
      if ["egress", "outbound", "out", "outgoing"].contains(text) { return .outbound }
      return ["ingress", "inbound", "in", "incoming"].contains(text) ? .inbound : nil
    }

    /// Ports of every key that names some; nil when one can't be read.
    var ports: String? {
      let range = text("from_port").map { from in
        text("to_port").map { $0 == from ? from : "\(from):\($0)" } ?? from
      }
      var all = [range].compactMap(\.self)
      // -1 to -1, and 0 to 0 beside "all protocols", are every port.
      if range == "-1" || range == "0" && ["-1", "all"].contains(text("protocol", "ip_protocol") ?? "") {
        all = ["any"]
      }
      if case .object(let members)? = self["port_range"] {
        let inner = Named(members)
        guard let from = inner.text("from"), let to = inner.text("to") else { return nil }
        all.append("\(from):\(to)")
      }
      for name in [
        "port", "ports", "port_range", "dport", "destination_port", "destination_port_range", "destination_port_ranges",
      ] {
        guard let value = self[name] else { continue }
        if case .object = value { continue }
        all += FactValue.texts(value) ?? FactValue.text(value).map { [$0] } ?? []
      }
      if all.isEmpty || all.contains(where: { ["any", "all", "*", "-1"].contains($0.lowercased()) }) { return "any" }
      return ServiceNames.ports(all.joined(separator: ","))
    }

    /// Addresses of every key that names some, "any" for none; nil when one can't be read.
    func addresses(_ names: [String]) -> String? {
      var texts: [String] = []
      for name in names {
        guard let value = self[name] else { continue }
        let parts: [InputValue] = if case .array(let list) = value { list } else { [value] }
        for part in parts {
          // EC2 has each address in an object with a description.
          if case .object(let members) = part {
            guard let text = Named(members).text("cidr_ip", "cidr_ipv6", "cidr_block", "ip_prefix") else { return nil }
            texts.append(text)
          } else if let text = FactValue.text(part) {
            texts.append(text)
          }
        }
      }
      if texts.isEmpty { return "any" }
      return texts.map(Self.prefix).joined(separator: ",")
    }

    /// Azure's service tags for everybody and for the own network.
    private static func prefix(_ text: String) -> String {
      switch text.lowercased() {
      case "*", "any", "internet", "anywhere", "0.0.0.0", "everyone": text == "0.0.0.0" ? text : "any"
      case "virtualnetwork", "azureloadbalancer": insideOfTheNetwork
      default: text
      }
    }
  }
}
