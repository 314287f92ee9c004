import SimulationFirewall
import SimulationInput

/// Which ends a target may talk to, in the order in which it is decided.
///
/// Source: Kubernetes documentation, Network Policies (a pod that a policy selects in a direction is isolated in it, and
/// policies only add; an empty `to` or `from` is every end, an empty list of rules none; `policyTypes` is Ingress, and
/// Egress where there are rules of it, unless it says otherwise); lists of clouds' groups and of proxies, first match.
struct DestinationPolicy: Sendable {
  struct Entry: Sendable {
    var allows: Bool
    /// nil for every end.
    var addresses: AddressSet?
    var exceptions = AddressSet.empty
    /// Host names, with `*` for their beginning, and labels of what runs there; empty for addresses only.
    var names: [String] = []
    /// nil for every port.
    var ports: PortSet?
    var isEveryEnd: Bool { addresses == nil && names.isEmpty }
  }

  var entries: [Entry]
  var allowsByDefault: Bool
  /// The most entries that are read.
  static let maxEntries = 512

  init(entries: [Entry], allowsByDefault: Bool) {
    self.entries = entries
    self.allowsByDefault = allowsByDefault
  }

  // MARK: Lists

  /// A list as ``NetworkPolicyForm`` gathers it; nil when an entry can't be read.
  init?(list part: InputValue) {
    guard let effect = part["effect"].flatMap(FactValue.text), let value = part["entries"] else { return nil }
    var standard: Bool?
    var found: [Entry] = []
    func read(_ value: InputValue, _ allows: Bool) -> Bool {
      let list: [InputValue] = if case .array(let list) = value { list } else { [value] }
      guard list.count + found.count <= Self.maxEntries else { return false }
      for element in list {
        guard let entries = Self.entries(element, allows: allows) else { return false }
        found += entries
      }
      return true
    }
    if case .object = value, ["allow", "deny", "default", "allowed", "denied"].contains(where: { value[$0] != nil }) {
      for (name, allows) in [("deny", false), ("denied", false), ("allow", true), ("allowed", true)] {
        if let list = value[name], !read(list, allows) { return nil }
      }
      standard = value["default"].flatMap(FactValue.text).map { Self.isAllowing($0) }
    } else if !read(value, effect != "deny") {
      return nil
    }
    entries = found
    // What isn't on a list of the allowed is denied, and the other way round.
    allowsByDefault = standard ?? !found.contains(where: \.allows)
    if found.isEmpty, effect != "deny", standard == nil { allowsByDefault = false }
  }

  /// Every address of version 4 is every end: who writes 0.0.0.0/0 means all.
  static func ends(_ set: AddressSet?) -> AddressSet? {
    set.flatMap { $0.contains(.everything(.four)) ? nil : $0 }
  }

  private static func isAllowing(_ word: String) -> Bool {
    ["allow", "accept", "permit", "open"].contains { word.lowercased().hasPrefix($0) }
  }

  /// "api.example.com:443", "10.0.0.0/8", a port, or an object with `to`, `ports` and perhaps `action`.
  private static func entries(_ value: InputValue, allows: Bool) -> [Entry]? {
    switch value {
    case .number(let port):
      guard let port = UInt16(exactly: port) else { return nil }
      return [Entry(allows: allows, ports: PortSet(port))]
    case .string(let text): return entry(text, allows: allows).map { [$0] }
    case .object:
      if value["ports"] != nil || value["to"] != nil, let rules = Self.rules([value], "to") { return rules }
      guard let edits = RuleObject.edits(value, kind: .add, field: "", isOutbound: true) else { return nil }
      return edits.compactMap(\.rule).flatMap { rule in
        rule.matches.map { match in
          let told = value["action"] ?? value["access"] ?? value["effect"]
          return Entry(
            allows: told == nil ? allows : rule.action == .accept, addresses: Self.ends(match.destination),
            ports: match.destinationPorts)
        }
      }
    default: return nil
    }
  }

  private static func entry(_ text: String, allows: Bool) -> Entry? {
    let text = String(text.prefix(256))
    if ["any", "all", "*", "0.0.0.0/0", "0.0.0.0/0,::/0"].contains(text.lowercased()) { return Entry(allows: allows) }
    if let set = AddressSet(text) { return Entry(allows: allows, addresses: ends(set)) }
    var name = text
    var ports: PortSet?
    if let colon = text.lastIndex(of: ":") {
      guard let found = ServiceNames.ports(String(text[text.index(after: colon)...])), let set = PortSet(found) else {
        return nil
      }
      ports = set
      name = String(text[..<colon])
    } else if let port = PortSet(String(text.prefix { $0 != "/" })) {
      return Entry(allows: allows, ports: port)
    }
    if ["any", "*", ""].contains(name.lowercased()) { return Entry(allows: allows, ports: ports) }
    if let set = AddressSet(name) {
      return Entry(allows: allows, addresses: ends(set), ports: ports)
    }
    return Entry(allows: allows, names: [name.lowercased()], ports: ports)
  }

  // MARK: Kubernetes

  /// What a policy object says of a direction; nil when it can't be read, an inner nil when it says nothing of it.
  static func kubernetes(_ value: InputValue, isEgress: Bool) -> DestinationPolicy?? {
    if case .string(let text) = value {
      let words = Situation.words(text)
      guard !words.isDisjoint(with: ["deny", "none", "block"]), !words.contains("except") else { return nil }
      if words.contains("ingress"), !words.contains("egress"), isEgress { return .some(nil) }
      if words.contains("egress"), !words.contains("ingress"), !isEgress { return .some(nil) }
      return .some(DestinationPolicy(entries: [], allowsByDefault: false))
    }
    let spec = value["spec"] ?? value
    guard case .object = spec else { return nil }
    let direction = isEgress ? "egress" : "ingress"
    let told = (spec["policyTypes"] ?? spec["policy_types"]).flatMap(FactValue.texts)?.map { $0.lowercased() }
    let applies = told.map { $0.contains(direction) } ?? (!isEgress || spec["egress"] != nil)
    guard applies else { return .some(nil) }
    var entries: [Entry] = []
    if let rules = spec[direction] {
      let list: [InputValue] = if case .array(let list) = rules { list } else { [rules] }
      guard let read = Self.rules(list, isEgress ? "to" : "from") else { return nil }
      entries = read
    }
    // The short form has the ends in one list.
    for (name, allows) in [("allow", true), ("deny", false)] {
      guard let list = spec[name] else { continue }
      let parts: [InputValue] = if case .array(let list) = list { list } else { [list] }
      guard parts.count <= maxEntries else { return nil }
      for part in parts {
        guard let read = Self.entries(part, allows: allows) else { return nil }
        entries += read
      }
    }
    let standard = spec["default"].flatMap(FactValue.text).map(isAllowing) ?? false
    return .some(DestinationPolicy(entries: entries, allowsByDefault: standard))
  }

  /// Rules of `ingress` or `egress`, each with ends and ports that both must match.
  private static func rules(_ list: [InputValue], _ ends: String) -> [Entry]? {
    guard list.count <= maxEntries else { return nil }
    var entries: [Entry] = []
    for rule in list {
      guard case .object(let members) = rule else { return nil }
      guard members.allSatisfy({ [ends, "ports", "_\(ends)"].contains($0.name) }), let ports = ports(rule["ports"])
      else { return nil }
      guard let value = rule[ends], value != .array([]) else {
        entries.append(Entry(allows: true, ports: ports))
        continue
      }
      guard case .array(let list) = value, list.count <= maxEntries else { return nil }
      for end in list {
        guard var entry = Self.end(end) else { return nil }
        entry.ports = ports
        entries.append(entry)
      }
    }
    return entries
  }

  private static func end(_ value: InputValue) -> Entry? {
    guard case .object = value else { return nil }
    if let block = value["ipBlock"] ?? value["ip_block"] {
      guard let cidr = block["cidr"].flatMap(FactValue.text), let set = AddressSet(cidr) else { return nil }
      let except = (block["except"].flatMap(FactValue.texts) ?? []).map { AddressSet($0) }
      guard except.allSatisfy({ $0 != nil }) else { return nil }
      let isAll = set.contains(.everything(.four)) && except.isEmpty
      return Entry(
        allows: true, addresses: isAll ? nil : set,
        exceptions: except.compactMap(\.self).reduce(AddressSet.empty) { $0.union($1) })
    }
    var names: [String] = []
    for selector in ["podSelector", "pod_selector", "namespaceSelector", "namespace_selector"] {
      guard let labels = value[selector] else { continue }
      names += labelled(labels)
    }
    // Selectors without a label are every pod, or every pod of every namespace.
    return Entry(allows: true, names: names.isEmpty ? ["*"] : names)
  }

  private static func labelled(_ value: InputValue) -> [String] {
    guard case .object(let members) = value["matchLabels"] ?? value["match_labels"] ?? value else { return [] }
    let expressions: [InputValue] =
      if case .array(let list)? = value["matchExpressions"] ?? value["match_expressions"] { list } else { [] }
    return members.compactMap { FactValue.text($0.value)?.lowercased() }
      + expressions.flatMap { $0["values"].flatMap(FactValue.texts) ?? [] }.map { $0.lowercased() }
  }

  /// A rule's ports; `.some(nil)` for all, nil for what can't be read.
  private static func ports(_ value: InputValue?) -> PortSet?? {
    guard let value, value != .array([]) else { return .some(nil) }
    if let texts = FactValue.texts(value), case .string = value {
      return ServiceNames.ports(texts.joined(separator: ",")).flatMap { PortSet($0) }.map { .some($0) }
    }
    guard case .array(let list) = value, list.count <= maxEntries else { return nil }
    var ranges: [ClosedRange<UInt16>] = []
    for element in list {
      if case .object = element, element["port"] == nil { return .some(nil) }
      guard let text = FactValue.text(element["port"] ?? element) else { return nil }
      guard let set = ServiceNames.ports(text).flatMap({ PortSet($0) }) else { return nil }
      let last = element["endPort"].flatMap(FactValue.number).flatMap { UInt16(exactly: $0) }
      if let first = set.ranges.first?.lowerBound, let last, last >= first {
        ranges.append(first...last)
      } else {
        ranges += set.ranges
      }
    }
    return .some(PortSet(ranges))
  }
}
