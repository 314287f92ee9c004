import SimulationFirewall

/// Commands of iptables(8): `-A`, `-I`, `-D`, `-R`, `-P` and `-F` of the filter table, with the matches that
/// ``IPTablesParser`` reads.
enum IPTablesCommand {
  static func edits(_ arguments: [String], _ field: String, version: IPVersion) -> [FirewallEdit]? {
    var words = arguments
    if let index = words.firstIndex(where: { $0 == "-t" || $0 == "--table" }) {
      // Other tables translate and mark; what they do isn't this model's.
      guard index + 1 < words.count, words[index + 1] == "filter" else { return nil }
      words.removeSubrange(index...(index + 1))
    }
    words.removeAll { ["-w", "--wait", "-v", "--verbose", "-n", "--numeric", "-4", "-6"].contains($0) }
    guard let verb = words.first else { return nil }
    words.removeFirst()
    switch verb {
    case "-L", "--list", "-S", "--list-rules", "-N", "--new-chain", "-X", "--delete-chain", "-Z", "--zero", "-h":
      return []
    case "-P", "--policy":
      guard words.count == 2, ["ACCEPT", "DROP"].contains(words[1].uppercased()) else { return nil }
      return [edit(.policy(accepts: words[1].uppercased() == "ACCEPT"), words[0], field)]
    case "-F", "--flush":
      let chain = words.first ?? "INPUT"
      return [edit(.flush, chain, field)]
    default: break
    }
    guard let chain = words.first, !chain.hasPrefix("-") else { return nil }
    words.removeFirst()
    let number = words.first.flatMap { Int($0) }
    if number != nil { words.removeFirst() }
    let position = number.map { min(max($0, 1), 1_000_000) }
    switch verb {
    case "-D", "--delete":
      if let position {
        guard words.isEmpty else { return nil }
        return [edit(.remove, chain, field, position: position)]
      }
      return rule(words, chain, version).map { [edit(.remove, chain, field, rule: $0)] }
    case "-A", "--append": return rule(words, chain, version).map { [edit(.append, chain, field, rule: $0)] }
    case "-I", "--insert":
      return rule(words, chain, version).map { [edit(.insert, chain, field, rule: $0, position: position ?? 1)] }
    case "-R", "--replace":
      guard let position, let rule = rule(words, chain, version) else { return nil }
      return [edit(.replace, chain, field, rule: rule, position: position)]
    default: return nil
    }
  }

  private static func edit(
    _ kind: FirewallEdit.Kind, _ chain: String, _ field: String, rule: Rule? = nil, position: Int? = nil
  ) -> FirewallEdit {
    FirewallEdit(
      kind: kind, field: field, rule: rule, position: position,
      direction: chain.uppercased() == "OUTPUT" ? .outbound : .inbound, chain: chain.uppercased())
  }

  /// The rule that options describe, read as a line of iptables-save(8) once names of services are numbers.
  static func rule(_ options: [String], _ chain: String, _ version: IPVersion) -> Rule? {
    var words = options
    guard !words.isEmpty, chain.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else { return nil }
    for index in words.indices.dropLast() {
      switch words[index] {
      case "--dport", "--destination-port", "--sport", "--source-port", "--dports", "--destination-ports", "--sports",
        "--source-ports", "--ports":
        guard let ports = ServiceNames.ports(words[index + 1]) else { return nil }
        words[index + 1] = ports
      case "-s", "--source", "--src", "-d", "--destination", "--dst":
        words[index + 1] = FilterCommand.address(words[index + 1])
        if version == .six, words[index + 1] == "0.0.0.0/0" { words[index + 1] = "::/0" }
      case "-p", "--protocol", "-j", "--jump":
        words[index + 1] =
          words[index].hasSuffix("j") || words[index] == "--jump"
          ? words[index + 1].uppercased() == "ACCEPT" ? "ACCEPT" : words[index + 1] : words[index + 1].lowercased()
      default: continue
      }
    }
    let dump = "*filter\n:\(chain) ACCEPT [0:0]\n-A \(chain) \(FilterCommand.line(words))\nCOMMIT\n"
    guard let tables = try? IPTablesParser.parse(dump, version: version),
      var rule = tables.tables.first?.chains.first?.rules.first
    else { return nil }
    // A family's command filters that family only.
    for index in rule.matches.indices where version == .six || rule.matches[index].source == nil {
      rule.matches[index].source = rule.matches[index].source ?? .everything(version)
    }
    rule.text = FilterCommand.line(words)
    return rule
  }
}
