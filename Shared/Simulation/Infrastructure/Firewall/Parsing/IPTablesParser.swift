/// Reads the output of iptables-save(8) and ip6tables-save(8).
///
/// Matches that are understood: `-s`, `-d`, `-p`, `-i`, `-o`, ports with tcp, udp and multiport, iprange, state and
/// conntrack states, TCP flags, ICMP types, comment, each with `!`. Every other match is kept as an undecided condition
/// under its own words, so that the analysis brackets it from both sides (see ``RuleSet/verdict(for:)``).
public enum IPTablesParser {
  /// - Throws: ``RuleSyntaxError`` with the line, for text that is no dump.
  public static func parse(_ text: String, version: IPVersion = .four) throws(RuleSyntaxError) -> FilterTables {
    var tables: [FilterTables.Table] = []
    var isOpen = false
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      guard let first = line.first, first != "#" else { continue }
      if first == "*" {
        tables.append(FilterTables.Table(name: String(line.dropFirst()), versions: [version], chains: []))
        isOpen = true
        continue
      }
      guard isOpen else { throw RuleSyntaxError(.unexpected("text outside a table"), text: String(line)) }
      if line.hasPrefix("COMMIT") {
        isOpen = false
      } else if first == ":" {
        let words = shellWords(line.dropFirst())
        guard let name = words.first else { throw RuleSyntaxError(.unfinished, text: String(line)) }
        let policy = words.count > 1 ? words[1] : "-"
        tables[tables.count - 1].chains.append(
          FilterTables.Chain(
            name: name, policyAccepts: policy == "-" ? nil : policy == "ACCEPT", hook: nil, priority: 0, rules: []))
      } else {
        let table = tables.count - 1
        var reader = IPTablesRule(shellWords(line), line: String(line), version: version)
        let (name, rule) = try reader.read(chains: tables[table].chains.map(\.name))
        guard let chain = tables[table].chains.firstIndex(where: { $0.name == name }) else {
          throw RuleSyntaxError(.unknownChain(name), text: String(line))
        }
        tables[table].chains[chain].rules.append(rule)
      }
    }
    if isOpen { throw RuleSyntaxError(.unfinished, text: "no COMMIT") }
    return FilterTables(tables: tables)
  }
}

/// Reads one `-A` line.
private struct IPTablesRule {
  private let words: [String]
  private let line: String
  private let version: IPVersion
  private var next = 0
  private var match = Match()
  /// `--ports`: the alternatives of source and destination.
  private var eitherPorts: PortSet?
  private var target: String?
  private var isGoto = false

  init(_ words: [String], line: String, version: IPVersion) {
    self.words = words
    self.line = line
    self.version = version
  }

  mutating func read(chains: [String]) throws(RuleSyntaxError) -> (chain: String, rule: Rule) {
    // iptables-save -c puts counters first.
    if words.first?.hasPrefix("[") == true { next = 1 }
    guard next + 1 < words.count, words[next] == "-A" || words[next] == "--append" else {
      throw RuleSyntaxError(.unexpected(words.first ?? ""), text: line)
    }
    let chain = words[next + 1]
    next += 2
    while next < words.count { try readOption() }
    var matches = [match]
    if let ports = eitherPorts {
      var (sources, destinations) = (match, match)
      sources.sourcePorts = match.sourcePorts.map { $0.intersection(ports) } ?? ports
      destinations.destinationPorts = match.destinationPorts.map { $0.intersection(ports) } ?? ports
      matches = [sources, destinations]
    }
    return (chain, Rule(action(chains), matches: matches, text: line))
  }

  private func action(_ chains: [String]) -> RuleAction {
    guard let target else { return .proceed }
    switch target {
    case "ACCEPT": return .accept
    case "DROP", "REJECT": return .deny
    case "RETURN": return .returnToCaller
    case "LOG", "NFLOG", "ULOG", "AUDIT", "TRACE", "MARK", "CONNMARK", "CONNSECMARK", "SECMARK", "CHECKSUM", "TCPMSS",
      "CLASSIFY", "TOS", "DSCP", "ECN", "TTL", "HL", "CT", "NOTRACK", "SET", "RATEEST", "LED", "IDLETIMER":
      return .proceed
    default: return chains.contains(target) ? (isGoto ? .goto(target) : .jump(target)) : .undecided("-j \(target)")
    }
  }

  private mutating func readOption() throws(RuleSyntaxError) {
    var negated = words[next] == "!"
    if negated { next += 1 }
    guard next < words.count else { throw RuleSyntaxError(.unfinished, text: line) }
    let option = words[next]
    next += 1
    switch option {
    case "-m", "--match":
      try skipModule()
      return
    case "-j", "--jump", "-g", "--goto":
      target = try argument(&negated)
      isGoto = option == "-g" || option == "--goto"
    case "-s", "--source", "--src":
      match.source = meet(match.source, try addresses(option, &negated))
    case "-d", "--destination", "--dst":
      match.destination = meet(match.destination, try addresses(option, &negated))
    case "--src-range": match.source = meet(match.source, try addresses(option, &negated))
    case "--dst-range": match.destination = meet(match.destination, try addresses(option, &negated))
    case "-p", "--protocol", "--proto": try readProtocol(&negated)
    case "-i", "--in-interface": match.inInterfaces.append(try interface(&negated))
    case "-o", "--out-interface": match.outInterfaces.append(try interface(&negated))
    case "--sport", "--sports", "--source-port", "--source-ports":
      match.sourcePorts = meet(match.sourcePorts, try ports(&negated))
    case "--dport", "--dports", "--destination-port", "--destination-ports":
      match.destinationPorts = meet(match.destinationPorts, try ports(&negated))
    case "--ports":
      let wasNegated = negated
      let set = try ports(&negated)
      if wasNegated {
        match.sourcePorts = meet(match.sourcePorts, set)
        match.destinationPorts = meet(match.destinationPorts, set)
      } else {
        eitherPorts = set
      }
    case "--state", "--ctstate": try readStates(option, &negated)
    case "--tcp-flags":
      let mask = try argument(&negated)
      let set = try argument(&negated)
      guard let mask = TCPFlags(mask), let set = TCPFlags(set) else {
        throw RuleSyntaxError(.unexpected(option), text: line)
      }
      match.flags.append(FlagCondition(mask: mask, set: set, negated: negated))
    case "--syn":
      match.flags.append(FlagCondition(mask: [.fin, .syn, .rst, .ack], set: .syn, negated: negated))
    case "--icmp-type", "--icmpv6-type":
      let text = try argument(&negated)
      guard let codes = ICMPNames.codes(text, option == "--icmp-type" ? .four : .six) else {
        throw RuleSyntaxError(.unexpected(text), text: line)
      }
      match.icmp = meet(match.icmp, negated ? codes.complement : codes)
    case "--comment": _ = try argument(&negated)
    default:
      let rest = restOfOption()
      // What follows a known target configures it and decides nothing.
      if target == nil {
        let words = ((negated ? ["!"] : []) + [option] + rest).joined(separator: " ")
        if let last = match.undecided.last, last.hasPrefix("-m ") {
          match.undecided[match.undecided.count - 1] = last + " " + words
        } else {
          match.undecided.append(words)
        }
      }
    }
  }

  /// Modules whose options are all read above need no mention; others are undecided as a whole even without options.
  private mutating func skipModule() throws(RuleSyntaxError) {
    var negated = false
    let module = try argument(&negated)
    let understood = [
      "tcp", "udp", "udplite", "sctp", "dccp", "icmp", "icmp6", "multiport", "iprange", "state", "conntrack", "comment",
    ]
    if !understood.contains(module) { match.undecided.append("-m \(module)") }
  }

  private mutating func argument(_ negated: inout Bool) throws(RuleSyntaxError) -> String {
    // Old dumps write the negation behind the option.
    if next < words.count, words[next] == "!" {
      negated.toggle()
      next += 1
    }
    guard next < words.count else { throw RuleSyntaxError(.unfinished, text: line) }
    next += 1
    return words[next - 1]
  }

  private mutating func restOfOption() -> [String] {
    let start = next
    while next < words.count, words[next] != "!", !words[next].hasPrefix("-") { next += 1 }
    return Array(words[start..<next])
  }

  private mutating func addresses(_ option: String, _ negated: inout Bool) throws(RuleSyntaxError) -> AddressSet? {
    let text = try argument(&negated)
    guard let set = AddressSet(text) else { throw RuleSyntaxError(.malformedAddress(text), text: line) }
    return negated ? set.complement(version) : set
  }

  private mutating func ports(_ negated: inout Bool) throws(RuleSyntaxError) -> PortSet {
    let text = try argument(&negated)
    guard let set = PortSet(text) else { throw RuleSyntaxError(.malformedPorts(text), text: line) }
    return negated ? set.complement : set
  }

  private mutating func interface(_ negated: inout Bool) throws(RuleSyntaxError) -> InterfaceCondition {
    let name = try argument(&negated)
    return InterfaceCondition(name, negated: negated)
  }

  private mutating func readProtocol(_ negated: inout Bool) throws(RuleSyntaxError) {
    let text = try argument(&negated)
    if text == "all" || text == "0" || text == "any" { return }
    guard let number = IPProtocol.number(text) else { throw RuleSyntaxError(.unknownProtocol(text), text: line) }
    match.protocols = negated ? (UInt8.min...UInt8.max).filter { $0 != number } : [number]
  }

  private mutating func readStates(_ option: String, _ negated: inout Bool) throws(RuleSyntaxError) {
    let text = try argument(&negated)
    var states: Set<ConnectionState> = []
    for name in text.split(separator: ",") {
      guard let state = ConnectionState(String(name)) else {
        // SNAT and DNAT speak of translation, which is not tracked here.
        match.undecided.append("\(negated ? "! " : "")\(option) \(text)")
        return
      }
      states.insert(state)
    }
    if negated { states = Set(ConnectionState.allCases).subtracting(states) }
    match.states = match.states.map { $0.intersection(states) } ?? states
  }

  private func meet(_ a: AddressSet?, _ b: AddressSet?) -> AddressSet? {
    guard let a, let b else { return a ?? b }
    return a.intersection(b)
  }

  private func meet(_ a: PortSet?, _ b: PortSet) -> PortSet { a.map { $0.intersection(b) } ?? b }
}
