extension Rule {
  /// One line: `ACCEPT tcp 22 10.0.0.0/8`, `DROP all any`, `ALLOW tcp 80,443 from any to 10.1.0.0/16`.
  ///
  /// action protocol [ports] [[from] source] [[to | ->] destination]; `any` or `all` for what does not matter. The second
  /// word after the action is read as ports if it looks like a number or range and the protocol has ports.
  ///
  /// - Throws: ``RuleSyntaxError``.
  public init(_ line: String) throws(RuleSyntaxError) {
    var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    guard words.count >= 2 else { throw RuleSyntaxError(.unfinished, text: line) }
    let action = words.removeFirst()
    let proto = words.removeFirst()
    var ports = "any"
    if let first = words.first, let digit = first.utf8.first, (48...57).contains(digit), PortSet(first) != nil {
      ports = first
      words.removeFirst()
    } else if words.count > 1, ["any", "all", "*"].contains(words[0].lowercased()),
      !["to", "->"].contains(words[1]), words.count > 2 || words[1] == "from"
    {
      // "any" before a source and a destination stands for the ports.
      words.removeFirst()
    }
    var places: [String] = []
    for word in words where !["from", "to", "->"].contains(word.lowercased()) {
      places.append(["any", "all", "*"].contains(word.lowercased()) ? "any" : word)
    }
    if words.first == "to" || words.first == "->" { places.insert("any", at: 0) }
    guard places.count <= 2 else { throw RuleSyntaxError(.unexpected(places[2]), text: line) }
    try self.init(
      action: action, proto: proto, ports: ports, source: places.first ?? "any",
      destination: places.count > 1 ? places[1] : "any")
    text = line
  }
}

extension RuleSet {
  /// One rule a line; empty lines and lines that begin with `#` do not count.
  ///
  /// - Throws: ``RuleSyntaxError`` or ``RuleSetError``.
  public init(text: String, acceptsByDefault: Bool = false) throws {
    var rules: [Rule] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      if line.isEmpty || line.hasPrefix("#") { continue }
      rules.append(try Rule(String(line)))
    }
    try self.init(rules, acceptsByDefault: acceptsByDefault)
  }
}
