import SimulationFirewall
import SimulationInput

/// Where changes have lists of destinations, and network policies of Kubernetes.
enum NetworkPolicyForm {
  /// Kubernetes' object, also with its kind left to the setting's name, its `spec` only, or a short form of it.
  static func parts(
    _ name: String, _ member: InputValue.Member, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> [InputValue]? {
    let wrappers: Set<String> = [
      "network_policy", "network_policies", "networkpolicy", "kubernetes_network_policy",
      "kubernetes_network_policy_v1",
      "add_network_policy", "apply_network_policy",
    ]
    if wrappers.contains(name) {
      switch member.value {
      case .object, .string: return [member.value]
      case .array(let list) where !list.isEmpty: return list
      default: return nil
      }
    }
    if ["apply", "manifest", "object", "create"].contains(name), isPolicy(member.value) { return [member.value] }
    // The change itself is the object.
    guard ["spec", "kind", "api_version", "metadata"].contains(name), isPolicy(change) else { return nil }
    for name in ["spec", "kind", "apiVersion", "metadata", "api_version"] { isConsumed.insert(name) }
    return [change]
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
