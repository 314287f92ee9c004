/// Reads the output of `nft list ruleset` (nft(8)).
///
/// Tables of the families ip, ip6 and inet are named "family name", such as `inet filter`; others are left out. Named and
/// anonymous sets with intervals, verdict maps in place, and the matches of ``NFTRule`` are understood; any other
/// expression is kept as an undecided condition under its own words. A packet must be accepted by every base chain of its
/// hook: ask each of ``FilterTables/ruleSets(hook:)``.
public enum NFTParser {
  /// - Throws: ``RuleSyntaxError``.
  public static func parse(_ text: String) throws(RuleSyntaxError) -> FilterTables {
    var reader = NFTReader(NFTLexer.tokens(text))
    return FilterTables(tables: try reader.read())
  }
}

extension FilterTables {
  /// The filters at a hook, such as `input`, in the order in which packets meet them.
  ///
  /// - Throws: as ``ruleSet(table:chain:)``.
  public func ruleSets(hook: String) throws -> [RuleSet] {
    let found = tables.flatMap { table in
      table.chains.filter { $0.hook == hook }.map { (table.name, $0.name, $0.priority) }
    }
    let sorted = found.enumerated().sorted { ($0.element.2, $0.offset) < ($1.element.2, $1.offset) }.map(\.element)
    return try sorted.map { try ruleSet(table: $0.0, chain: $0.1) }
  }
}

/// Finds tables, sets, chains and rules among the tokens.
private struct NFTReader {
  private let tokens: [String]
  private var next = 0

  init(_ tokens: [String]) { self.tokens = tokens }

  private var token: String? { next < tokens.count ? tokens[next] : nil }

  private mutating func take() throws(RuleSyntaxError) -> String {
    guard let token else { throw RuleSyntaxError(.unfinished, text: tokens.suffix(8).joined(separator: " ")) }
    next += 1
    return token
  }

  private mutating func skipSeparators() {
    while token == ";" { next += 1 }
  }

  mutating func read() throws(RuleSyntaxError) -> [FilterTables.Table] {
    var tables: [FilterTables.Table] = []
    while true {
      skipSeparators()
      guard token != nil else { return tables }
      let word = try take()
      guard word == "table" else { throw RuleSyntaxError(.unexpected(word), text: word) }
      let family = try take()
      let name = try take()
      let versions: [IPVersion]
      switch family {
      case "ip": versions = [.four]
      case "ip6": versions = [.six]
      case "inet": versions = [.four, .six]
      default:
        _ = try block()
        continue
      }
      let chains = try readTable()
      tables.append(FilterTables.Table(name: "\(family) \(name)", versions: versions, chains: chains))
    }
  }

  /// The tokens between the next pair of braces.
  private mutating func block() throws(RuleSyntaxError) -> [String] {
    while token != "{" { _ = try take() }
    next += 1
    let start = next
    var depth = 1
    while depth > 0 {
      let word = try take()
      if word == "{" { depth += 1 } else if word == "}" { depth -= 1 }
    }
    return Array(tokens[start..<next - 1])
  }

  private mutating func readTable() throws(RuleSyntaxError) -> [FilterTables.Chain] {
    var sets: [String: [String]] = [:]
    var bodies: [(name: String, body: [String])] = []
    while token != "{" { _ = try take() }
    next += 1
    while true {
      skipSeparators()
      let kind = try take()
      if kind == "}" { break }
      let name = try take()
      switch kind {
      case "chain": bodies.append((name, try block()))
      case "set": sets[name] = Self.elements(try block())
      // "flags dormant" has no block; maps, counters, flow tables and the like have.
      case "flags": break
      default: _ = try block()
      }
    }
    var chains: [FilterTables.Chain] = []
    for (name, body) in bodies { chains.append(try Self.chain(name, body, sets)) }
    return chains
  }

  private static func elements(_ body: [String]) -> [String] {
    guard let start = body.firstIndex(of: "elements") else { return [] }
    return body[start...].drop { $0 != "{" }.dropFirst().prefix { $0 != "}" }.split(separator: ",").compactMap {
      $0.first { $0 != ";" }
    }
  }

  private static func chain(
    _ name: String, _ body: [String], _ sets: [String: [String]]
  ) throws(RuleSyntaxError) -> FilterTables.Chain {
    var lines: [[String]] = [[]]
    var depth = 0
    for word in body {
      if word == "{" { depth += 1 } else if word == "}" { depth -= 1 }
      if word == ";" {
        if depth == 0 { lines.append([]) }
      } else {
        lines[lines.count - 1].append(word)
      }
    }
    var hook: String?
    var priority = 0
    var policy: Bool?
    var rules: [Rule] = []
    for line in lines where !line.isEmpty {
      if line[0] == "type" {
        hook = line.firstIndex(of: "hook").flatMap { $0 + 1 < line.count ? line[$0 + 1] : nil }
        priority = Self.priority(line.drop { $0 != "priority" }.dropFirst())
        // Without a policy of its own a base chain accepts.
        policy = policy ?? true
      } else if line[0] == "policy" {
        policy = line.count > 1 && line[1] == "accept"
      } else {
        var reader = NFTRule(line, sets)
        rules += try reader.read()
      }
    }
    return FilterTables.Chain(name: name, policyAccepts: policy, hook: hook, priority: priority, rules: rules)
  }

  /// `filter`, `filter + 10`, `-150`; the names as in nft(8).
  private static func priority(_ words: ArraySlice<String>) -> Int {
    let names = ["raw": -300, "mangle": -150, "dstnat": -100, "filter": 0, "security": 50, "srcnat": 100]
    var value = 0
    var sign = 1
    for word in words {
      if word == "+" {
        sign = 1
      } else if word == "-" {
        sign = -1
      } else if let number = names[word] ?? Int(word) {
        value += sign * number
      }
    }
    return value
  }
}
