import SimulationFirewall

/// Commands of ufw(8).
enum UFWCommand {
  static func edits(_ arguments: [String], _ field: String) -> [FirewallEdit]? {
    var words = arguments
    if words.contains("--dry-run") { return [] }
    words.removeAll { $0 == "--force" || $0 == "-f" }
    if words.first == "rule" { words.removeFirst() }
    if words.first == "route" { words.removeFirst() }
    guard let verb = words.first?.lowercased() else { return nil }
    switch verb {
    case "logging", "status", "show", "app", "reload", "version", "--version", "-h", "--help": return []
    case "enable": return [FirewallEdit(kind: .policy(accepts: false), field: field)]
    case "disable", "reset":
      return [FirewallEdit(kind: .flush, field: field), FirewallEdit(kind: .policy(accepts: true), field: field)]
    case "default":
      guard words.count >= 2, let action = action(words[1]) else { return nil }
      let isOut = words.count > 2 && ["outgoing", "out"].contains(words[2].lowercased())
      return [
        FirewallEdit(
          kind: .policy(accepts: action == .accept), field: field, direction: isOut ? .outbound : .inbound)
      ]
    default: break
    }
    var kind = FirewallEdit.Kind.append
    var position: Int?
    if words[0] == "delete" {
      kind = .remove
      words.removeFirst()
      if words.count == 1, let number = Int(words[0]) {
        return [FirewallEdit(kind: .remove, field: field, position: min(max(number, 1), 1_000_000))]
      }
    }
    if words.first == "insert", words.count > 1, let number = Int(words[1]) {
      (kind, position) = (kind == .remove ? .remove : .insert, min(max(number, 1), 1_000_000))
      words.removeFirst(2)
    } else if words.first == "prepend" {
      (kind, position) = (.insert, 1)
      words.removeFirst()
    } else if words.first == "append" || words.first == "add" {
      words.removeFirst()
    }
    let plain = words.joined(separator: " ")
    guard let (rule, isOut) = rule(words) ?? FirewallEdit.rule(words: plain, "").map({ ($0, false) }) else {
      return nil
    }
    return [
      FirewallEdit(kind: kind, field: field, rule: rule, position: position, direction: isOut ? .outbound : .inbound)
    ]
  }

  private static func action(_ word: String) -> RuleAction? {
    switch word.lowercased() {
    case "allow", "limit", "accept": .accept
    case "deny", "reject", "drop": .deny
    default: nil
    }
  }

  /// `allow [in|out [on INTERFACE]] [log] PORT[/PROTOCOL]`, or with `proto`, `from`, `to` and `port`.
  static func rule(_ arguments: [String]) -> (rule: Rule, isOut: Bool)? {
    var words = arguments
    let text = arguments.joined(separator: " ")
    guard let action = words.first.flatMap(Self.action) else { return nil }
    words.removeFirst()
    var match = Match()
    var isOut = false
    var isAfterTo = true
    var ports: String?
    var proto: String?
    var next = 0
    func argument() -> String? { next + 1 < words.count ? words[next + 1] : nil }
    while next < words.count {
      switch words[next].lowercased() {
      case "in": isOut = false
      case "out": isOut = true
      case "on":
        guard let name = argument() else { return nil }
        if isOut {
          match.outInterfaces.append(InterfaceCondition(name))
        } else {
          match.inInterfaces.append(InterfaceCondition(name))
        }
        next += 1
      case "log", "log-all": break
      case "comment": next = words.count
      case "proto":
        guard let name = argument() else { return nil }
        proto = name.lowercased()
        next += 1
      case "from", "to":
        guard let word = argument(), let addresses = AddressSet(any(word)) else { return nil }
        isAfterTo = words[next].lowercased() == "to"
        let set = addresses.isEverything ? nil : addresses
        if isAfterTo { match.destination = set } else { match.source = set }
        next += 1
      case "port", "app":
        guard let service = argument().flatMap(Self.service) else { return nil }
        if isAfterTo {
          ports = service.ports
          proto = proto ?? service.proto
        } else {
          match.sourcePorts = PortSet(service.ports)
        }
        next += 1
      default:
        // The short form: what is left is one port, service or profile, which may be two words.
        guard ports == nil, let service = service(words[next...].joined(separator: " ")) else { return nil }
        ports = service.ports
        proto = service.proto
        next = words.count
      }
      next += 1
    }
    if let ports {
      guard let set = PortSet(ports) else { return nil }
      match.destinationPorts = set
    }
    match.protocols = ports == nil && match.sourcePorts == nil ? nil : [IPProtocol.tcp, IPProtocol.udp]
    if let proto, proto != "any" {
      guard let number = IPProtocol.number(proto) else { return nil }
      match.protocols = [number]
    }
    return (Rule(action, matches: [match], text: text), isOut)
  }

  private static func any(_ word: String) -> String { word.lowercased() == "any" ? "any" : FilterCommand.address(word) }

  /// "22", "22/tcp", "80,443/tcp", "6000:6007/tcp", "ssh", or a profile such as 'Nginx Full'.
  private static func service(_ text: String) -> ServiceNames.Service? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2 else { return nil }
    let proto = parts.count == 2 ? parts[1].lowercased() : nil
    if PortSet(parts[0]) != nil { return ServiceNames.Service(ports: parts[0], proto: proto) }
    guard var service = ServiceNames.service(parts[0].replacing(" ", with: "-")) else {
      return ServiceNames.ports(parts[0]).map { ServiceNames.Service(ports: $0, proto: proto) }
    }
    service.proto = proto ?? service.proto
    return service
  }
}
