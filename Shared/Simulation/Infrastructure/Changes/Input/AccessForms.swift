import SimulationInput

/// Changes of access in the forms in which they are written, each gathered under one name before settings are flattened:
/// the words of a command or of a policy mean something together only.
///
/// - `filter_commands`: command lines of iptables, nft, ufw and firewalld, also as an option name with an object of options;
/// - `filter_rules`: rules of clouds' firewalls, each beside what is done with it (`operation`), and short forms such as
///   `allow_ssh_from`;
/// - `network_policies`: Kubernetes' objects and short forms of them;
/// - `egress_lists`: lists of destinations;
/// - `source_lists`: lists of the addresses that are let in, or kept out, as a whole;
/// - `policy_documents`: policies of the AWS language, each beside what it hangs on (`attached_to`).
///
/// What isn't one of these forms stays as it is. What was gathered once is gathered again unchanged.
enum AccessForms {
  static let commands = "filter_commands"
  static let rules = "filter_rules"
  static let networkPolicies = "network_policies"
  static let egressLists = "egress_lists"
  static let sourceLists = "source_lists"
  static let policies = "policy_documents"

  /// The most commands, rules, lists and policies of one change, and the longest command; what is beyond stays a riddle.
  static let maxParts = 64
  static let maxCommandLength = 4_096

  static func gathered(_ change: InputValue) -> InputValue {
    guard case .object(let members) = change, members.count <= Vocabulary.maxSettings else { return change }
    var found: [(name: String, parts: [InputValue])] = []
    var rest: [InputValue.Member] = []
    var isConsumed: Set<String> = []
    for member in members where !isConsumed.contains(member.name) {
      guard let form = form(member, change, &isConsumed) else {
        rest.append(.init(member.name, withoutLabels(member)))
        continue
      }
      let index = found.firstIndex { $0.name == form.name }
      guard form.parts.count + (index.map { found[$0].parts.count } ?? 0) <= maxParts else {
        rest.append(member)
        continue
      }
      if let index { found[index].parts += form.parts } else { found.append(form) }
    }
    rest.removeAll { isConsumed.contains($0.name) }
    if found.isEmpty { return .object(rest) }
    return .object(rest + found.map { .init($0.name, .array($0.parts)) })
  }

  private static func form(
    _ member: InputValue.Member, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> (name: String, parts: [InputValue])? {
    guard member.name.utf8.count <= Vocabulary.maxNameLength else { return nil }
    if [commands, rules, networkPolicies, egressLists, sourceLists, policies].contains(member.name),
      case .array(let parts) = member.value
    {
      return (member.name, parts)
    }
    if let lines = CommandForm.lines(member, change, &isConsumed) { return (commands, lines.map { .string($0) }) }
    let name = Vocabulary.snake(member.name)
    if let parts = RuleForm.parts(name, member, change, &isConsumed) { return (rules, parts) }
    if let parts = NetworkPolicyForm.parts(name, member, change, &isConsumed) { return (networkPolicies, parts) }
    if let parts = NetworkPolicyForm.lists(name, member, change, &isConsumed) { return (egressLists, parts) }
    if let parts = SourceListForm.parts(name, member, change, &isConsumed) { return (sourceLists, parts) }
    if let parts = PolicyForm.parts(name, member) { return (policies, parts) }
    return nil
  }

  /// Settings of a resource of an infrastructure language, without what only labels it.
  ///
  /// Source: Terraform language documentation, resource blocks; `name` and `tags` are arguments that name the object, and
  /// one that is there keeps its name.
  private static func withoutLabels(_ member: InputValue.Member) -> InputValue {
    let providers = ["aws_", "google_", "azurerm_", "kubernetes_", "digitalocean_", "cloudflare_", "hcloud_", "oci_"]
    guard providers.contains(where: { member.name.hasPrefix($0) }), case .object(let settings) = member.value else {
      return member.value
    }
    let others = settings.filter { !["name", "name_prefix", "tags", "labels"].contains($0.name) }
    return others.isEmpty ? member.value : .object(others)
  }
}

/// Commands of packet filters, in the places where changes have them.
enum CommandForm {
  static let programs: Set<String> = [
    "iptables", "ip6tables", "iptables-nft", "iptables-legacy", "ip6tables-nft", "ip6tables-legacy", "nft", "ufw",
    "firewall-cmd", "firewall_cmd", "firewalld",
  ]
  private static let carriers: Set<String> = [
    "command", "commands", "cmd", "run", "exec", "shell", "rule", "rules", "add_rule", "insert_rule", "append_rule",
  ]

  /// The command lines that a member stands for; nil when it is no command.
  static func lines(
    _ member: InputValue.Member, _ change: InputValue, _ isConsumed: inout Set<String>
  ) -> [String]? {
    let texts: [String]? =
      switch member.value {
      case .string(let text): [text]
      case .array(let list) where !list.isEmpty:
        list.allSatisfy { if case .string = $0 { true } else { false } } ? list.compactMap(FactValue.text) : nil
      default: nil
      }
    guard let program = program(member.name) else {
      guard carriers.contains(Vocabulary.snake(member.name)), let texts, texts.allSatisfy({ Self.program($0) != nil })
      else { return nil }
      return split(texts)
    }
    let head = CommandLine.withoutSudo(member.name)
    if case .object(let options) = member.value {
      guard let words = CommandLine.words(of: options, program) else { return nil }
      return split([head + " " + words])
    }
    guard var texts else { return member.value == .bool(true) ? split([head]) : nil }
    // "ufw": "append" beside "rule": "ACCEPT tcp 9200 any".
    if texts.count == 1, ["append", "prepend", "insert", "delete", "add"].contains(texts[0].lowercased()),
      let rule = change["rule"].flatMap(FactValue.text)
    {
      isConsumed.insert("rule")
      texts = ["\(texts[0]) \(rule)"]
    }
    return split(texts.map { Self.program($0) == nil ? head + " " + $0 : $0 })
  }

  /// The program that a line begins with.
  static func program(_ line: String) -> String? {
    let first = CommandLine.withoutSudo(line).prefix { $0 != " " }
    let name = first.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return programs.contains(name) ? name : nil
  }

  /// Several commands of one line, one each.
  private static func split(_ texts: [String]) -> [String]? {
    guard texts.allSatisfy({ $0.utf8.count <= AccessForms.maxCommandLength }) else { return nil }
    return texts.flatMap(CommandLine.commands)
  }
}
