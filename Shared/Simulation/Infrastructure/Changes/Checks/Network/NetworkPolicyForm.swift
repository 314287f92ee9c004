import SimulationFirewall
import SimulationInput

/// Where changes have lists of destinations, and network policies of Kubernetes.
enum NetworkPolicyForm {
  /// Kubernetes' object, also with its kind left to the setting's name, its `spec` only, or a short form of it: each as
  /// `policy`, and beside it what it was (`before`) and what is done with it (`operation`), where the change says so.
  static func parts(
    _ name: String, _ member: InputValue.Member, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> [InputValue]? {
    let wrappers: Set<String> = [
      "network_policy", "network_policies", "networkpolicy", "kubernetes_network_policy",
      "kubernetes_network_policy_v1",
      "add_network_policy", "apply_network_policy", "delete_network_policy", "remove_network_policy",
    ]
    if wrappers.contains(name) {
      let list: [InputValue] = if case .array(let list) = member.value { list } else { [member.value] }
      let isReadable = list.allSatisfy {
        switch $0 {
        case .object, .string: true
        default: false
        }
      }
      guard !list.isEmpty, isReadable else { return nil }
      var beside: [InputValue.Member] = []
      for (setting, role) in [("network_policy_before", "before"), ("operation", "operation")] where list.count == 1 {
        guard let value = change[setting] else { continue }
        isConsumed.insert(setting)
        beside.append(.init(role, value))
      }
      if name.hasPrefix("delete") || name.hasPrefix("remove") { beside.append(.init("operation", "delete")) }
      return list.map { .object([.init("policy", $0)] + beside) }
    }
    if ["apply", "manifest", "object", "create"].contains(name), isPolicy(member.value) {
      return [.object([.init("policy", member.value)])]
    }
    // The change itself is the object.
    guard ["spec", "kind", "api_version", "metadata"].contains(name), isPolicy(change) else { return nil }
    for name in ["spec", "kind", "apiVersion", "metadata", "api_version"] { isConsumed.insert(name) }
    return [.object([.init("policy", change)])]
  }

  private static func isPolicy(_ value: InputValue) -> Bool {
    value["kind"].flatMap(FactValue.text)?.lowercased() == "networkpolicy"
  }

  /// Lists of destinations: each part has `effect` and the entries.
  static func lists(_ name: String, _ member: InputValue.Member) -> [InputValue]? {
    let allowing: Set<String> = [
      "egress_allow", "egress_allow_list", "egress_allowlist", "egress_whitelist", "allowed_egress", "allow_egress_to",
      "allowed_destinations", "allow_destinations", "outbound_allow", "outbound_allow_list", "outbound_allowlist",
      "allowed_outbound", "egress_allowed", "allow_outbound_to",
    ]
    let denying: Set<String> = [
      "egress_deny", "egress_deny_list", "egress_denylist", "egress_block", "egress_blocklist", "egress_blacklist",
      "blocked_egress", "denied_egress", "deny_egress_to", "blocked_destinations", "denied_destinations",
      "outbound_deny", "outbound_block", "blocked_outbound", "block_egress_to",
    ]
    let ordered: Set<String> = ["egress", "egress_rules", "outbound", "outbound_rules"]
    let effect = allowing.contains(name) ? "allow" : denying.contains(name) ? "deny" : "ordered"
    guard effect != "ordered" || ordered.contains(name) else { return nil }
    switch member.value {
    case .array, .object: break
    case .string where effect != "ordered": break
    default: return nil
    }
    let part: InputValue = .object([.init("effect", .string(effect)), .init("entries", member.value)])
    return DestinationPolicy(list: part) == nil ? nil : [part]
  }
}
