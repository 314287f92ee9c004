/// Tables of chains as read from a dump, before one hook's rules are picked out.
public struct FilterTables: Sendable, Hashable {
  public struct Chain: Sendable, Hashable {
    public let name: String
    /// For base chains: whether packets that reach the end pass. Nil for user chains.
    public let policyAccepts: Bool?
    /// nftables: the hook and priority a base chain is attached to.
    public let hook: String?
    public let priority: Int
    public internal(set) var rules: [Rule]
  }

  public struct Table: Sendable, Hashable {
    public let name: String
    public let versions: [IPVersion]
    public internal(set) var chains: [Chain]
  }

  public internal(set) var tables: [Table]

  /// The filter at one chain with all user chains it can reach.
  ///
  /// - Throws: ``RuleSyntaxError`` if the table or chain is missing, ``RuleSetError`` for calls into nothing or circles.
  public func ruleSet(table: String = "filter", chain: String) throws -> RuleSet {
    guard let table = tables.first(where: { $0.name == table }) else {
      throw RuleSyntaxError(.unknownTable(table), text: "")
    }
    guard let base = table.chains.first(where: { $0.name == chain }) else {
      throw RuleSyntaxError(.unknownChain(chain), text: table.name)
    }
    var reached: [RuleSet.Chain] = []
    var names: Set<String> = []
    var open = [base.rules]
    while let rules = open.popLast() {
      for rule in rules {
        let name: String
        switch rule.action {
        case .jump(let target), .goto(let target): name = target
        default: continue
        }
        guard names.insert(name).inserted, let called = table.chains.first(where: { $0.name == name }) else { continue }
        reached.append(RuleSet.Chain(name: name, rules: called.rules))
        open.append(called.rules)
      }
    }
    // A user chain looked at by itself ends in nothing; that it denies is the safe reading.
    return try RuleSet(
      base.rules, chains: reached, acceptsByDefault: base.policyAccepts ?? false, versions: table.versions)
  }
}

/// Words of a line; quotes hold a word together and backslashes take the next character as it is.
func shellWords(_ line: some StringProtocol) -> [String] {
  var words: [String] = []
  var word: String?
  var isQuoted = false
  var isEscaped = false
  for character in line {
    if isEscaped {
      word = (word ?? "") + String(character)
      isEscaped = false
    } else if character == "\\" {
      isEscaped = true
    } else if character == "\"" {
      isQuoted.toggle()
      word = word ?? ""
    } else if character == " " || character == "\t", !isQuoted {
      if let finished = word { words.append(finished) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  if let word { words.append(word) }
  return words
}
