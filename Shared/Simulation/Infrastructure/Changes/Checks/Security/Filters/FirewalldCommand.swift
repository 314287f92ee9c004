import SimulationFirewall

/// Options of firewall-cmd(1), and rich rules of firewalld.richlanguage(5).
///
/// In a zone rich rules that deny come before those that allow, and what a zone opens before its target.
enum FirewalldCommand {
  static func edits(_ arguments: [String], _ field: String) -> [FirewallEdit]? {
    var options: [(name: String, value: String?)] = []
    for word in arguments {
      if word.hasPrefix("--") {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        options.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : nil))
      } else if let last = options.indices.last, options[last].value == nil {
        options[last].value = word
      } else {
        return nil
      }
    }
    let zone = options.last { $0.name == "zone" }?.value?.lowercased()
    var edits: [FirewallEdit] = []
    var isUnderstood = false
    for (name, value) in options {
      switch name {
      case "zone", "timeout", "permanent", "quiet": continue
      case "reload", "complete-reload", "runtime-to-permanent", "state", "list-all", "list-ports", "list-services",
        "get-default-zone", "check-config", "query-port", "query-service", "query-rich-rule", "get-active-zones":
        isUnderstood = true
      case "panic-on": edits.append(FirewallEdit(kind: .policy(accepts: false), field: field))
      case "panic-off": isUnderstood = true
      case "set-target", "set-default-zone":
        guard let accepts = accepts(value) else { return nil }
        edits.append(FirewallEdit(kind: .policy(accepts: accepts), field: field))
      case "add-port", "add-service", "add-source", "add-rich-rule", "add-protocol", "remove-port", "remove-service",
        "remove-rich-rule", "remove-protocol", "remove-source":
        guard let value else { return nil }
        for part in name.hasSuffix("rich-rule") ? [value] : value.split(separator: ",").map(String.init) {
          guard let rule = rule(String(name.drop { $0 != "-" }.dropFirst()), part, zone) else { return nil }
          edits.append(FirewallEdit(kind: name.hasPrefix("add") ? .zone : .remove, field: field, rule: rule))
        }
      default: return nil
      }
    }
    return edits.isEmpty && !isUnderstood ? nil : edits
  }

  /// Targets of zones and the zones that come with the software (firewalld.zones(5)).
  private static func accepts(_ name: String?) -> Bool? {
    switch name?.lowercased() {
    case "accept", "trusted": true
    case "drop", "block", "reject", "%%reject%%", "default": false
    default: nil
    }
  }

  private static func rule(_ kind: String, _ value: String, _ zone: String?) -> Rule? {
    switch kind {
    case "port":
      let parts = value.split(separator: "/").map(String.init)
      guard parts.count == 2 else { return nil }
      return try? Rule(action: "ACCEPT", proto: parts[1], ports: parts[0])
    case "service":
      guard let service = ServiceNames.service(value), let ports = PortSet(service.ports) else { return nil }
      let protocols = service.proto.flatMap(IPProtocol.number).map { [$0] } ?? [IPProtocol.tcp, IPProtocol.udp]
      return Rule(
        .accept, matches: [Match(protocols: protocols, destinationPorts: ports)], text: "service \(value)")
    case "protocol": return try? Rule(action: "ACCEPT", proto: value)
    case "source":
      // What a source may do is what its zone allows: known of the zones that allow all or nothing.
      guard let accepts = accepts(zone), zone != "default" else { return nil }
      return try? Rule(action: accepts ? "ACCEPT" : "DROP", source: value)
    default: return RichRule.rule(value)
    }
  }
}

/// Rules such as `rule family="ipv4" source address="192.0.2.0/24" service name="ssh" accept`.
enum RichRule {
  static func rule(_ text: String) -> Rule? {
    guard let words = CommandLine.words(text), words.first == "rule" else { return nil }
    var match = Match()
    var version: IPVersion?
    var action: RuleAction?
    var element = ""
    var isInverted = false
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      let value = parts.count > 1 ? parts[1] : ""
      switch parts[0].lowercased() {
      case "not", "invert": isInverted = value.isEmpty || value == "yes" || value == "true"
      case "family": version = value == "ipv6" ? .six : .four
      case "priority", "prefix", "level", "limit", "type", "log", "audit": continue
      case "port" where !value.isEmpty:
        guard let ports = PortSet(value) else { return nil }
        if element == "source-port" { match.sourcePorts = ports } else { match.destinationPorts = ports }
      case "protocol" where !value.isEmpty:
        guard let number = IPProtocol.number(value) else { return nil }
        match.protocols = [number]
      case "source", "destination", "service", "port", "protocol", "source-port":
        element = parts[0].lowercased()
        isInverted = false
      case "address":
        guard var set = AddressSet(value) else { return nil }
        if isInverted { set = version.map { set.complement($0) } ?? set.complement }
        if element == "destination" { match.destination = set } else { match.source = set }
      case "name":
        guard element == "service", let service = ServiceNames.service(value) else { return nil }
        match.destinationPorts = PortSet(service.ports)
        match.protocols = service.proto.flatMap(IPProtocol.number).map { [$0] } ?? [IPProtocol.tcp, IPProtocol.udp]
      case "accept": action = .accept
      case "drop", "reject": action = .deny
      case "value":
        // Of a log's limit, or of a protocol.
        if element == "protocol", action == nil, let number = IPProtocol.number(value) { match.protocols = [number] }
      default: return nil
      }
    }
    guard let action else { return nil }
    if let version, match.source == nil { match.source = .everything(version) }
    return Rule(action, matches: [match], text: text)
  }
}
