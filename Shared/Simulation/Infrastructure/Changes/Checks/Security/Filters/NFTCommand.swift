import SimulationFirewall

/// Commands of nft(8) on rules and chains: add, insert, replace and delete a rule, a chain's policy, and flush.
///
/// A rule's statement is read by ``NFTParser``. Sets and maps that a command fills elsewhere can't be judged alone.
enum NFTCommand {
  static func edits(_ arguments: [String], _ field: String) -> [FirewallEdit]? {
    // A shell's quotes hold several words together that nft splits itself.
    var words = arguments.joined(separator: " ").split(separator: " ").map(String.init)
    guard words.count <= CommandLine.maxWords else { return nil }
    while let first = words.first, first.hasPrefix("-") { words.removeFirst() }
    guard let verb = words.first?.lowercased() else { return nil }
    words.removeFirst()
    if ["list", "monitor", "export", "describe"].contains(verb) { return [] }
    guard let object = words.first?.lowercased() else { return nil }
    words.removeFirst()
    var family = "ip"
    if let word = words.first, ["ip", "ip6", "inet"].contains(word) {
      family = word
      words.removeFirst()
    } else if let word = words.first, ["arp", "bridge", "netdev"].contains(word) {
      return nil
    }
    switch (verb, object) {
    case ("flush", "ruleset"), ("flush", "table"), ("delete", "table"), ("destroy", "table"):
      return [
        FirewallEdit(kind: .flush, field: field), FirewallEdit(kind: .policy(accepts: true), field: field),
      ]
    case ("flush", "chain"):
      return [FirewallEdit(kind: .flush, field: field, direction: direction(words), chain: chain(words))]
    case ("add", "table"), ("create", "table"): return []
    case ("add", "chain"), ("create", "chain"), ("chain", _):
      guard let place = words.firstIndex(where: { $0.hasSuffix("policy") }), place + 1 < words.count else { return [] }
      let policy = words[place + 1].filter(\.isLetter).lowercased()
      guard ["accept", "drop"].contains(policy) else { return nil }
      return [
        FirewallEdit(
          kind: .policy(accepts: policy == "accept"), field: field, direction: direction(words), chain: chain(words))
      ]
    case ("add", "rule"), ("insert", "rule"), ("replace", "rule"), ("create", "rule"), ("delete", "rule"):
      return rule(verb, family, words, field)
    default: return nil
    }
  }

  private static func chain(_ words: [String]) -> String? { words.count > 1 ? words[1].uppercased() : nil }

  private static func direction(_ words: [String]) -> FirewallEdit.Direction {
    chain(words)?.contains("OUT") == true ? .outbound : .inbound
  }

  private static func rule(_ verb: String, _ family: String, _ words: [String], _ field: String) -> [FirewallEdit]? {
    guard words.count > 2 else { return nil }
    var statement = Array(words.dropFirst(2))
    var position: Int?
    var hasHandle = false
    while statement.count >= 2, let number = Int(statement[1]), ["handle", "index", "position"].contains(statement[0]) {
      if statement[0] == "index" { position = min(max(number, 0), 1_000_000) + 1 } else { hasHandle = true }
      statement.removeFirst(2)
    }
    let kind: FirewallEdit.Kind =
      switch verb {
      case "insert": .insert
      case "replace": .replace
      case "delete": .remove
      default: .append
      }
    var edit = FirewallEdit(
      kind: kind, field: field, position: verb == "insert" && !hasHandle ? position ?? 1 : position,
      direction: direction(words), chain: chain(words))
    if verb == "delete" { return statement.isEmpty ? [edit] : nil }
    guard let rules = rules(statement, family) else { return nil }
    return rules.map {
      edit.rule = $0
      return edit
    }
  }

  private static func rules(_ statement: [String], _ family: String) -> [Rule]? {
    let text = statement.joined(separator: " ").filter { !$0.isNewline && $0 != "\"" }
    let depth = text.reduce(0) { depth, character in
      depth < 0 ? depth : character == "{" ? depth + 1 : character == "}" ? depth - 1 : depth
    }
    guard depth == 0, !text.contains(";") else { return nil }
    var named = text
    for word in ["dport", "sport"] { named = numbered(named, after: word) }
    let dump =
      "table \(family) t {\nchain c {\ntype filter hook input priority 0; policy accept;\n\(named)\n}\n}\n"
    guard let tables = try? NFTParser.parse(dump), let rules = tables.tables.first?.chains.first?.rules, !rules.isEmpty
    else { return nil }
    return rules.map { rule in
      var rule = rule
      rule.text = text
      if family != "inet" {
        for index in rule.matches.indices {
          rule.matches[index].source =
            rule.matches[index].source ?? .everything(family == "ip6" ? .six : .four)
        }
      }
      return rule
    }
  }

  /// "tcp dport ssh" and "tcp dport { ssh, http }" with numbers.
  private static func numbered(_ text: String, after word: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    var isPort = false
    for index in words.indices {
      if words[index] == word {
        isPort = true
        continue
      }
      guard isPort else { continue }
      let bare = words[index].filter { $0 != "," && $0 != "{" && $0 != "}" }
      if let service = ServiceNames.service(bare) {
        words[index] = words[index].replacing(bare, with: service.ports)
      } else if !bare.isEmpty, bare != "!=", PortSet(bare) == nil {
        isPort = false
      }
    }
    return words.joined(separator: " ")
  }
}
