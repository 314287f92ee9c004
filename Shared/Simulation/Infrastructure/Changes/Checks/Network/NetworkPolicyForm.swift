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
    if wrappers.contains(name), case .string(let text) = member.value, !name.hasPrefix("delete"),
      !name.hasPrefix("remove"), let parts = spoken(text, change, &isConsumed)
    {
      return parts
    }
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

  /// "default deny egress" beside a list of what is allowed all the same.
  private static func spoken(
    _ text: String, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> [InputValue]? {
    let words = Situation.words(text)
    guard !words.isDisjoint(with: ["deny", "none", "block"]) else { return nil }
    let isBoth = words.isDisjoint(with: ["egress", "ingress"])
    var parts: [InputValue] = []
    var hasList = false
    for (direction, lists) in [
      ("egress", ["allow_egress", "egress_allow", "allowed_egress"]),
      ("ingress", ["allow_ingress", "ingress_allow", "allowed_ingress", "allow_from"]),
    ] where isBoth || words.contains(direction) {
      var policy: [InputValue.Member] = [
        .init("policyTypes", .array([.string(direction)])), .init("default", "deny"),
      ]
      let single = words.contains("egress") != words.contains("ingress") ? ["allow", "except", "allow_list"] : []
      if let name = (lists + single).first(where: { change[$0] != nil }), let list = change[name] {
        isConsumed.insert(name)
        policy.append(.init("allow", list))
        hasList = true
      }
      parts.append(.object([.init("policy", .object(policy))]))
    }
    return hasList ? parts : nil
  }

  private static func isPolicy(_ value: InputValue) -> Bool {
    value["kind"].flatMap(FactValue.text)?.lowercased() == "networkpolicy"
  }

  /// Lists of destinations: each part has `effect` and the entries.
  static func lists(
    _ name: String, _ member: InputValue.Member, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> [InputValue]? {
    let allowing: Set<String> = [
      "egress_allow", "egress_allow_list", "egress_allowlist", "egress_whitelist", "allowed_egress", "allow_egress_to",
      "allowed_destinations", "allow_destinations", "outbound_allow", "outbound_allow_list", "outbound_allowlist",
      "allowed_outbound", "egress_allowed", "allow_outbound_to", "allow_egress", "allow_outbound",
    ]
    let denying: Set<String> = [
      "egress_deny", "egress_deny_list", "egress_denylist", "egress_block", "egress_blocklist", "egress_blacklist",
      "blocked_egress", "denied_egress", "deny_egress_to", "blocked_destinations", "denied_destinations",
      "outbound_deny", "outbound_block", "blocked_outbound", "block_egress_to",
    ]
    let ordered: Set<String> = [
      "egress", "egress_rules", "outbound", "outbound_rules", "default_egress", "egress_policy",
    ]
    let effect = allowing.contains(name) ? "allow" : denying.contains(name) ? "deny" : "ordered"
    guard effect != "ordered" || ordered.contains(name) else { return nil }
    switch member.value {
    case .array, .object: break
    case .string where effect != "ordered": break
    case .string(let text):
      // "egress": "default deny" beside a list of what is allowed all the same.
      let beside = ["allow", "allow_egress", "egress_allow", "allowed_egress", "except", "allow_list", "allowlist"]
      guard !Situation.words(text).isDisjoint(with: ["deny", "block", "drop", "none"]),
        let companion = beside.first(where: { change[$0] != nil }), let list = change[companion]
      else { return nil }
      let part: InputValue = .object([
        .init("effect", "ordered"), .init("entries", .object([.init("default", "deny"), .init("allow", list)])),
      ])
      guard DestinationPolicy(list: part) != nil else { return nil }
      isConsumed.insert(companion)
      return [part]
    default: return nil
    }
    let part: InputValue = .object([.init("effect", .string(effect)), .init("entries", member.value)])
    return DestinationPolicy(list: part) == nil ? nil : [part]
  }
}
