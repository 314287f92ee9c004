extension Rule {
  /// One line: `ACCEPT tcp 22 10.0.0.0/8`, `DROP all any`, `ALLOW tcp 80,443 from any to 10.1.0.0/16`.
  ///
  /// action protocol [ports] [[from] source] [[to | ->] destination]; `any` or `all` for what does not matter. A word
  /// behind the protocol that is a number or a range is read as ports. `tcp any 10.0.0.0/8` could mean two things and is
  /// refused; `from` and `to` tell them apart.
  ///
  /// - Throws: ``RuleSyntaxError``.
  public init(_ line: String) throws(RuleSyntaxError) {
    var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    guard words.count >= 2 else { throw RuleSyntaxError(.unfinished, text: line) }
    let action = words.removeFirst()
    let proto = words.removeFirst()
    let isAny = { (word: String) in ["any", "all", "*"].contains(word.lowercased()) }
    let isMark = { (word: String) in ["from", "to", "->"].contains(word.lowercased()) }
    let takesPorts = IPProtocol.number(proto).map { IPProtocol.withPorts.contains($0) } ?? false
    var ports = "any"
    if let first = words.first, PortSet(first) != nil {
      ports = first
      words.removeFirst()
    } else if takesPorts, words.count > 1, isAny(words[0]) {
      // With a mark or two more words behind it, the first "any" can only be the ports.
      guard isMark(words[1]) || words.count > 2 else { throw RuleSyntaxError(.ambiguous(words[0]), text: line) }
      if words.count > 2, words[1].lowercased() == "from" || !words.contains(where: isMark) { words.removeFirst() }
    }
    var (source, destination): (String?, String?)
    var isDestination = false
    for word in words {
      if isMark(word) {
        isDestination = word.lowercased() != "from"
      } else if isDestination || source != nil {
        guard destination == nil else { throw RuleSyntaxError(.unexpected(word), text: line) }
        destination = isAny(word) ? "any" : word
      } else {
        source = isAny(word) ? "any" : word
      }
    }
    try self.init(
      action: action, proto: proto, ports: ports, source: source ?? "any", destination: destination ?? "any")
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
