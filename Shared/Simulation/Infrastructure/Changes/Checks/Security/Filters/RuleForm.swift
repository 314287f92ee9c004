import SimulationFirewall
import SimulationInput

/// Where changes have rules of clouds' firewalls, and short forms such as `allow_ssh_from`.
enum RuleForm {
  /// Names that wrap one rule or a list of them, beside those that ``FirewallEdit`` knows of old.
  private static let wrappers: [(name: String, operation: String)] = [
    ("aws_network_acl_rule", "insert"), ("network_acl_entry", "insert"), ("network_acl_rule", "insert"),
    ("nacl_rule", "insert"), ("nacl_entry", "insert"), ("acl_entry", "insert"), ("acl_rule", "insert"),
    ("create_network_acl_entry", "insert"), ("replace_network_acl_entry", "insert"), ("add_acl_entry", "insert"),
    ("delete_network_acl_entry", "remove"), ("remove_acl_entry", "remove"),
    ("google_compute_firewall", "insert"), ("gcp_firewall_rule", "insert"), ("compute_firewall", "insert"),
    ("firewall_rule", "insert"), ("firewall_rules", "insert"), ("azurerm_network_security_rule", "insert"),
    ("network_security_rule", "insert"), ("security_rule", "insert"), ("security_rules", "insert"),
    ("nsg_rule", "insert"), ("aws_vpc_security_group_ingress_rule", "add"),
    ("aws_vpc_security_group_egress_rule", "add out"), ("authorize_security_group_ingress", "add"),
    ("authorize_security_group_egress", "add out"), ("revoke_security_group_ingress", "remove"),
    ("revoke_security_group_egress", "remove out"), ("authorize_egress", "add out"), ("revoke_egress", "remove out"),
  ]

  /// Parts with `operation` and `rule`; nil when the member is none of the forms.
  static func parts(
    _ name: String, _ member: InputValue.Member, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> [InputValue]? {
    if let wrapper = wrappers.first(where: { $0.name == name }) {
      let list: [InputValue] = if case .array(let list) = member.value { list } else { [member.value] }
      // EC2's calls have the rule in `IpPermissions`.
      let rules = list.flatMap { rule -> [InputValue] in
        if case .array(let inner)? = rule["IpPermissions"] ?? rule["ip_permissions"] { return inner }
        return [rule]
      }
      let isOut = wrapper.operation.hasSuffix(" out")
      let edits = rules.map { RuleObject.edits($0, kind: .add, field: "", isOutbound: isOut) }
      guard !edits.isEmpty, edits.allSatisfy({ $0 != nil }) else { return nil }
      return rules.map { .object([.init("operation", .string(wrapper.operation)), .init("rule", $0)]) }
    }
    if let rule = whole(member, change, &isConsumed) {
      return [.object([.init("operation", "insert"), .init("rule", rule)])]
    }
    return named(name, member.value)
  }

  /// A rule whose settings are the change's own: `direction`, `priority` and `sourceRanges` beside `allowed`.
  private static func whole(
    _ member: InputValue.Member, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> InputValue? {
    guard case .object(let members) = change, members.count <= 64 else { return nil }
    let names = Set(members.map { Vocabulary.snake(String($0.name.prefix(128))) })
    let isRule =
      names.isSuperset(of: ["access", "direction", "priority"]) || names.contains("rule_action")
      || names.contains("source_ranges") && (names.contains("allowed") || names.contains("denied"))
    guard isRule, RuleObject.edits(change, kind: .add, field: "") != nil else { return nil }
    let parts: Set<String> = [
      "access", "direction", "priority", "protocol", "ip_protocol", "rule_action", "rule_number", "egress", "from_port",
      "to_port", "port_range", "cidr_block", "ipv6_cidr_block", "source_ranges", "destination_ranges", "allowed",
      "denied", "allow", "deny", "source_port_range", "source_port_ranges", "destination_port_range",
      "destination_port_ranges", "source_address_prefix", "source_address_prefixes", "destination_address_prefix",
      "destination_address_prefixes", "network", "target_tags", "network_acl_id", "name", "log_config", "icmp_type",
    ]
    guard parts.contains(Vocabulary.snake(member.name)) else { return nil }
    let own = members.filter { parts.contains(Vocabulary.snake(String($0.name.prefix(128)))) }
    for member in own { isConsumed.insert(member.name) }
    return .object(own)
  }

  /// `allow_ssh_from`, `deny_postgres`, `open_8080_to`: what is done, a service or a port, and to whom.
  private static func named(_ name: String, _ value: InputValue) -> [InputValue]? {
    var words = name.split(separator: "_").map(String.init)
    guard words.count >= 2, words.count <= 6, let verb = words.first else { return nil }
    let operation: (String, String)
    switch verb {
    case "allow", "permit", "open", "expose", "accept", "grant", "enable": operation = ("add", "ACCEPT")
    case "deny", "block", "drop", "reject", "forbid": operation = ("insert", "DROP")
    case "revoke", "close", "unexpose": operation = ("remove", "ACCEPT")
    default: return nil
    }
    words.removeFirst()
    let company: Set<String> = [
      "from", "to", "port", "cidr", "cidrs", "source", "sources", "ip", "ips", "range", "ranges", "access", "inbound",
      "ingress", "traffic", "for", "in", "tcp",
    ]
    let rest = words.filter { !company.contains($0) }
    let isPlaced = words.contains { ["from", "to", "cidr", "cidrs", "source", "sources", "ip", "ips"].contains($0) }
    guard rest.count == 1 || rest.count == 2, isPlaced || words.contains("port") else { return nil }
    let service = rest.joined(separator: "-")
    guard let ports = Int(service).map({ "\($0)" }) ?? ServiceNames.service(service)?.ports else { return nil }
    let proto = ServiceNames.service(service)?.proto ?? "tcp"
    var texts = FactValue.texts(value) ?? []
    if value == .bool(true) { texts = ["any"] }
    let addresses = texts.map(FilterCommand.address)
    guard !addresses.isEmpty, addresses.allSatisfy({ AddressSet($0) != nil }) else { return nil }
    return [
      .object([
        .init("operation", .string(operation.0)),
        .init(
          "rule",
          .object([
            .init("action", .string(operation.1)), .init("protocol", .string(proto)), .init("port", .string(ports)),
            .init("sources", .array(addresses.map { .string($0) })),
          ])),
      ])
    ]
  }
}
