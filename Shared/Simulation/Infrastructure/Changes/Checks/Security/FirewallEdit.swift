import SimulationFirewall
import SimulationInput

/// One edit of a rule set, as a change asks for it.
struct FirewallEdit: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case add, insert, append, remove, replace
    /// Into a zone: denials first, then what it opens, then its target.
    case zone
    /// What happens to packets that no rule decides.
    case policy(accepts: Bool)
    /// All rules of the chain go.
    case flush
  }

  enum Direction: Sendable, Hashable { case inbound, outbound }

  var kind: Kind
  var field: String
  /// nil for an edit of the whole chain, and for a removal by number.
  var rule: Rule?
  /// Place from 1, as iptables counts.
  var position: Int?
  var direction = Direction.inbound
  /// Number by which the rules are read in ascending order.
  var number: Int?
  /// Whether the list that it belongs to forgets connections: answers need a rule of their own.
  var isStateless = false
  /// The chain it names, in capitals.
  var chain: String?

  private static let fields: [(name: String, kind: Kind, action: String)] = [
    ("add_rule", .add, "ACCEPT"), ("add_rules", .add, "ACCEPT"), ("allow", .add, "ACCEPT"),
    ("allow_rule", .add, "ACCEPT"), ("ingress", .add, "ACCEPT"), ("add_ingress", .add, "ACCEPT"),
    ("aws_security_group_rule", .add, "ACCEPT"), ("ip_permissions", .add, "ACCEPT"), ("authorize", .add, "ACCEPT"),
    ("open_port", .add, "ACCEPT"), ("insert_rule", .insert, "ACCEPT"), ("append_rule", .append, "ACCEPT"),
    ("deny", .insert, "DROP"), ("deny_rule", .insert, "DROP"), ("block", .insert, "DROP"),
    ("remove_rule", .remove, "ACCEPT"), ("delete_rule", .remove, "ACCEPT"), ("remove_rules", .remove, "ACCEPT"),
    ("revoke_rule", .remove, "ACCEPT"), ("close_port", .remove, "ACCEPT"), ("revoke_ingress", .remove, "ACCEPT"),
  ]

  /// The edits of a change; those that can't be read are left for "not modelled".
  static func read(_ s: Situation) -> [FirewallEdit] {
    let plain = fields.flatMap { name, kind, action -> [FirewallEdit] in
      guard let value = s.change.object[name] else { return [] }
      let parts: [InputValue] = if case .array(let list) = value { list } else { [value] }
      let edits = parts.map { part -> [FirewallEdit]? in
        if case .object = part { return RuleObject.edits(part, kind: kind, field: name, action: action) }
        return rule(part, action).map { [FirewallEdit(kind: kind, field: name, rule: $0)] }
      }
      return edits.allSatisfy { $0 != nil } ? edits.compactMap(\.self).flatMap(\.self) : []
    }
    return plain + gathered(s) + commands(s).flatMap { $0.edits ?? [] }
  }

  /// Rules of ``AccessForms``.
  private static func gathered(_ s: Situation) -> [FirewallEdit] {
    guard case .array(let parts)? = s.change.object[AccessForms.rules] else { return [] }
    return parts.flatMap { part -> [FirewallEdit] in
      guard let rule = part["rule"], let operation = part["operation"].flatMap(FactValue.text) else { return [] }
      let kind: Kind = operation.hasPrefix("remove") ? .remove : operation.hasPrefix("insert") ? .insert : .add
      return RuleObject.edits(rule, kind: kind, field: AccessForms.rules, isOutbound: operation.hasSuffix(" out")) ?? []
    }
  }

  /// Command lines of ``AccessForms`` and what each asks for; nil for one that can't be read.
  static func commands(_ s: Situation) -> [(line: String, edits: [FirewallEdit]?)] {
    guard case .array(let parts)? = s.change.object[AccessForms.commands] else { return [] }
    return parts.map { part in
      let line = FactValue.text(part) ?? ""
      return (line, FilterCommand.edits(line, field: AccessForms.commands))
    }
  }

  /// A rule as a port, or in words such as "ACCEPT tcp 22 10.0.0.0/8".
  static func rule(_ value: InputValue, _ action: String) -> Rule? {
    switch value {
    case .number(let port): return try? Rule(action: action, proto: "tcp", ports: InputValue.text(of: port))
    case .string(let text): return rule(words: text, action)
    default: return nil
    }
  }

  /// "ACCEPT tcp 22 10.0.0.0/8", "100 ALLOW tcp 443 any", "DROP all any", "ACCEPT all established".
  static func rule(words text: String, _ action: String) -> Rule? {
    var words = text.split(separator: " ").map(String.init)
    if words.count > 1, Int(words[0]) != nil { words.removeFirst() }
    var verdict = action
    if let first = words.first, (try? Rule(action: first)) != nil { verdict = words.removeFirst() }
    guard let proto = words.first else { return try? Rule(action: verdict) }
    words.removeFirst()
    var ports = "any"
    if let next = words.first, PortSet(next) != nil { ports = words.removeFirst() }
    var states: Set<ConnectionState>?
    let places = words.filter { word in
      let found = word.split(whereSeparator: { $0 == "," || $0 == "/" }).map { ConnectionState(String($0)) }
      if !found.isEmpty, found.allSatisfy({ $0 != nil }) {
        states = (states ?? []).union(found.compactMap(\.self))
        return false
      }
      return !["from", "to", "port", "->", "state", "ctstate"].contains(word.lowercased())
    }
    guard
      var rule = try? Rule(
        action: verdict, proto: proto, ports: ports, source: places.first ?? "any",
        destination: places.dropFirst().first ?? "any")
    else { return nil }
    if let states {
      for index in rule.matches.indices { rule.matches[index].states = states }
      rule.text = text
    }
    return rule
  }

  /// Number that a rule in words begins with.
  static func number(_ words: String) -> Int? {
    words.split(separator: " ").first.flatMap { Int($0) }
  }

  /// The rules that the twin knows; nil when it knows none, or none of the chain that is meant.
  static func rules(_ s: Situation, chain: String? = nil) throws -> RuleSet? {
    if let dump = s.state.text("ruleset") {
      let parsed = try FirewallDump.parse(dump, format: s.state.text("format"), chain: chain ?? s.state.text("chain"))
      if let parsed { return parsed }
    }
    let texts = s.state.texts("rules")
    // A chain's name may say its policy: "INPUT (policy DROP)".
    let known = (s.state.text("chain") ?? "").uppercased()
    if let chain, !known.isEmpty, known.prefix(while: { $0 != " " }) != chain { return nil }
    let told = s.state.text("default_policy", "policy") ?? (known.contains("POLICY ACCEPT") ? "ACCEPT" : nil)
    guard !texts.isEmpty else { return nil }
    let rules = texts.compactMap { rule(words: $0, "ACCEPT") }
    guard rules.count == texts.count else {
      throw RuleSyntaxError(.unfinished, text: texts.first { rule(words: $0, "ACCEPT") == nil } ?? "")
    }
    let policy = (told ?? "DROP").uppercased()
    return try RuleSet(rules, acceptsByDefault: policy == "ACCEPT" || policy == "ALLOW")
  }

  /// - Parameter numbers: the numbers of the rules, where each has one.
  func applied(to rules: RuleSet, isKnown: Bool, numbers: [Int]? = nil) throws -> RuleSet {
    let count = rules.rules.count
    switch kind {
    case .policy(let accepts): return try rules.withDefault(accepts: accepts)
    case .flush: return try RuleSet([], acceptsByDefault: rules.acceptsByDefault, versions: rules.versions)
    case .remove:
      guard isKnown else { return rules }
      if rule == nil, let number, let index = numbers?.firstIndex(of: number) { return try rules.removing(at: index) }
      if let position, rules.rules.indices.contains(position - 1) { return try rules.removing(at: position - 1) }
      guard let rule,
        let index = rules.rules.firstIndex(where: { $0.matches == rule.matches && $0.action == rule.action })
      else {
        // Not there: nothing is removed.
        return rules
      }
      return try rules.removing(at: index)
    default: break
    }
    guard let rule else { return rules }
    // By its number among numbered rules; a number without theirs says nothing, and the worst place is the first.
    if let number, let numbers, numbers.count == count {
      return try rules.inserting(rule, at: numbers.firstIndex { $0 >= number } ?? count)
    }
    switch kind {
    case .insert:
      let place = number == nil || number == position ? position ?? 1 : 1
      return try rules.inserting(rule, at: min(max(0, place - 1), count))
    case .replace:
      guard let position, rules.rules.indices.contains(position - 1) else { return rules }
      return try rules.replacing(at: position - 1, with: rule)
    case .zone:
      let place = rule.action == .deny ? 0 : rules.rules.firstIndex { $0.action == .deny && $0.isUnconditional }
      return try rules.inserting(rule, at: place ?? count)
    default:
      // Groups have no order, and a chain's end is after its last rule.
      return try rules.appending(rule)
    }
  }
}

extension Rule {
  /// Whether it decides every packet that comes to it.
  var isUnconditional: Bool { matches.contains(Match()) }
}

/// Dumps that a source has synced.
enum FirewallDump {
  /// The chain that new connections from outside meet: the one the state names, or INPUT.
  ///
  /// - Returns: nil when the dump has no such chain.
  static func parse(_ text: String, format: String?, chain: String?) throws -> RuleSet? {
    if format?.lowercased().contains("nft") == true {
      let sets = try NFTParser.parse(text).ruleSets(hook: (chain ?? "input").lowercased())
      // Several base chains of one hook must all accept; only one can be edited as a list.
      return sets.count == 1 ? sets[0] : nil
    }
    let name = chain.map { String($0.prefix { $0 != " " }) } ?? "INPUT"
    let tables = try IPTablesParser.parse(text)
    guard tables.tables.contains(where: { $0.name == "filter" && $0.chains.contains { $0.name == name } }) else {
      return nil
    }
    return try tables.ruleSet(chain: name)
  }
}
