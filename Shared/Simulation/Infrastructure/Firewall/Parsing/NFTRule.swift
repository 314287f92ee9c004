/// Reads one rule of nftables: addresses, protocols, ports, interfaces, ICMP types, TCP flags, connection states, each
/// with `!=`, sets and verdict maps; counter, log and comment are passed over.
struct NFTRule {
  private let words: [String]
  private let sets: [String: [String]]
  private let text: String
  private var next = 0
  private var match = Match()
  private var action: RuleAction = .proceed
  private var branches: [(match: Match, action: RuleAction)]?

  init(_ words: [String], _ sets: [String: [String]]) {
    self.words = words
    self.sets = sets
    text = words.map { $0.hasPrefix("\"") ? $0 + "\"" : $0 }.joined(separator: " ")
  }

  private var word: String? { next < words.count ? words[next] : nil }

  private mutating func take() throws(RuleSyntaxError) -> String {
    guard let word else { throw RuleSyntaxError(.unfinished, text: text) }
    next += 1
    return word
  }

  /// One rule, or one for each entry of a verdict map.
  mutating func read() throws(RuleSyntaxError) -> [Rule] {
    while word != nil { try readStatement() }
    guard let branches else { return [Rule(action, matches: [match], text: text)] }
    return branches.map { Rule($0.action, matches: [$0.match], text: text) }
  }

  private mutating func readStatement() throws(RuleSyntaxError) {
    let first = try take()
    switch first {
    case "counter":
      while let following = word, ["packets", "bytes"].contains(following) || Int(following) != nil { next += 1 }
    case "comment": next += 1
    case "log":
      while let following = word,
        ["prefix", "level", "group", "flags", "snaplen", "queue-threshold"].contains(following)
      {
        next += 2
      }
    case "continue": break
    case "accept", "drop", "reject", "return", "jump", "goto":
      next -= 1
      action = try verdict()
    case "queue", "masquerade", "snat", "dnat", "redirect", "tproxy", "synproxy":
      action = .undecided(words[(next - 1)...].joined(separator: " "))
      next = words.count
    case "meta", "ct", "ip", "ip6", "tcp", "udp", "udplite", "sctp", "dccp", "th", "icmp", "icmpv6":
      let second = try take()
      // Concatenations and assignments are beyond the subset.
      if word == "." || word == "set" { undecided(from: next - 2) } else { try readMatch(first, second) }
    case "iifname", "oifname", "iif", "oif": try readMatch("meta", first)
    default: undecided(from: next - 1)
    }
  }

  private mutating func verdict() throws(RuleSyntaxError) -> RuleAction {
    switch try take() {
    case "accept": return .accept
    case "drop": return .deny
    case "reject":
      while let following = word, following != "comment", following != ",", following != "}" { next += 1 }
      return .deny
    case "return": return .returnToCaller
    case "continue": return .proceed
    case "jump": return .jump(try take())
    case "goto": return .goto(try take())
    case let other: return .undecided(other)
    }
  }

  /// Keeps words up to the verdict as a condition nobody decided.
  private mutating func undecided(from start: Int) {
    let verdicts: Set = ["accept", "drop", "reject", "return", "jump", "goto", "counter", "log", "comment"]
    while let following = word, !verdicts.contains(following) { next += 1 }
    match.undecided.append(words[start..<next].joined(separator: " "))
  }

  private mutating func readMatch(_ layer: String, _ field: String) throws(RuleSyntaxError) {
    let start = next - 2
    if layer == "tcp", field == "flags" { return try readFlags(start) }
    if word == "vmap" {
      next += 1
      return try readMap(layer, field, start)
    }
    var negated = false
    if word == "!=" || word == "==" { negated = try take() == "!=" }
    guard let values = try values() else { return undecided(from: start) }
    if try !apply(layer, field, values, negated, &match) { undecided(from: start) }
  }

  /// `{ a, b-c }`, `@name`, `a,b` or one word; nil for a set that is not known.
  private mutating func values() throws(RuleSyntaxError) -> [String]? {
    let first = try take()
    if first == "{" {
      var result: [String] = []
      while true {
        let value = try take()
        if value == "}" { return result }
        if value != "," { result.append(value) }
      }
    }
    if first.hasPrefix("@") { return sets[String(first.dropFirst())] }
    var result = [first]
    while word == "," {
      next += 1
      result.append(try take())
    }
    return result
  }

  private mutating func readMap(_ layer: String, _ field: String, _ start: Int) throws(RuleSyntaxError) {
    guard word == "{" else {
      // A named map's verdicts are not read: any of them may follow.
      undecided(from: start)
      action = .undecided(words[start..<next].joined(separator: " "))
      return
    }
    next += 1
    var result: [(Match, RuleAction)] = []
    while word != "}" {
      if word == "," { next += 1 }
      let key = try take()
      guard try take() == ":" else { throw RuleSyntaxError(.unexpected(key), text: text) }
      var branch = match
      guard try apply(layer, field, [key], false, &branch) else { throw RuleSyntaxError(.unexpected(key), text: text) }
      result.append((branch, try verdict()))
    }
    next += 1
    branches = result
  }

  /// False if the field is not one of the subset.
  private func apply(
    _ layer: String, _ field: String, _ values: [String], _ negated: Bool, _ match: inout Match
  ) throws(RuleSyntaxError) -> Bool {
    let plain = values.map { $0.hasPrefix("\"") ? String($0.dropFirst()) : $0 }
    switch (layer, field) {
    case ("ip", "saddr"), ("ip", "daddr"), ("ip6", "saddr"), ("ip6", "daddr"):
      let version: IPVersion = layer == "ip" ? .four : .six
      guard let set = AddressSet(plain.joined(separator: ",")) else {
        throw RuleSyntaxError(.malformedAddress(plain.joined(separator: ",")), text: text)
      }
      let resolved = negated ? set.complement(version) : set
      if field == "saddr" {
        match.source = match.source.map { $0.intersection(resolved) } ?? resolved
      } else {
        match.destination = match.destination.map { $0.intersection(resolved) } ?? resolved
      }
    case ("ip", "protocol"), ("ip6", "nexthdr"), ("meta", "l4proto"):
      if layer != "meta" { restrict(&match, layer == "ip" ? .four : .six) }
      var numbers: Set<UInt8> = []
      for name in plain {
        guard let number = IPProtocol.number(name) else { throw RuleSyntaxError(.unknownProtocol(name), text: text) }
        numbers.insert(number)
      }
      restrict(&match, to: (UInt8.min...UInt8.max).filter { numbers.contains($0) != negated })
    case ("meta", "nfproto"):
      guard plain.count == 1 else { return false }
      restrict(&match, (plain[0] == "ipv4") != negated ? .four : .six)
    case (_, "sport"), (_, "dport"):
      let text = plain.joined(separator: ",")
      guard let set = PortSet(text) else { throw RuleSyntaxError(.malformedPorts(text), text: self.text) }
      if layer != "th" { restrict(&match, to: [IPProtocol.number(layer) ?? 0]) }
      let resolved = negated ? set.complement : set
      if field == "sport" {
        match.sourcePorts = match.sourcePorts.map { $0.intersection(resolved) } ?? resolved
      } else {
        match.destinationPorts = match.destinationPorts.map { $0.intersection(resolved) } ?? resolved
      }
    case ("icmp", "type"), ("icmpv6", "type"):
      let version: IPVersion = layer == "icmp" ? .four : .six
      var codes: [ClosedRange<UInt16>] = []
      for name in plain {
        guard let set = ICMPNames.codes(name, version) else { throw RuleSyntaxError(.unexpected(name), text: text) }
        codes += set.ranges
      }
      restrict(&match, to: [version == .four ? IPProtocol.icmp : IPProtocol.icmpSix])
      match.icmp = negated ? PortSet(codes).complement : PortSet(codes)
    case ("meta", "iifname"), ("meta", "iif"), ("meta", "oifname"), ("meta", "oif"):
      // One name is one condition; of several, only that none holds is a conjunction.
      let conditions = plain.map { InterfaceCondition($0, negated: negated) }
      guard negated || conditions.count == 1 else { return false }
      if field.hasPrefix("i") { match.inInterfaces += conditions } else { match.outInterfaces += conditions }
    case ("ct", "state"):
      var states: Set<ConnectionState> = []
      for name in plain {
        guard let state = ConnectionState(name) else { return false }
        states.insert(state)
      }
      if negated { states = Set(ConnectionState.allCases).subtracting(states) }
      match.states = match.states.map { $0.intersection(states) } ?? states
    default: return false
    }
    return true
  }

  private func restrict(_ match: inout Match, _ version: IPVersion) {
    let all = AddressSet.everything(version)
    match.source = match.source.map { $0.intersection(all) } ?? all
  }

  private func restrict(_ match: inout Match, to protocols: [UInt8]) {
    match.protocols = match.protocols.map { $0.filter(protocols.contains) } ?? protocols
  }

  /// `tcp flags syn`, `tcp flags & (fin|syn|rst|ack) == syn`, `tcp flags syn / fin,syn,rst,ack`.
  private mutating func readFlags(_ start: Int) throws(RuleSyntaxError) {
    restrict(&match, to: [IPProtocol.tcp])
    let verdicts: Set = [
      "accept", "drop", "reject", "return", "jump", "goto", "counter", "log", "comment", "ct", "limit",
    ]
    var expression = ""
    while let following = word, !verdicts.contains(following) {
      expression += following
      next += 1
    }
    let negated = expression.contains("!=")
    let cleaned = expression.filter { !"()&{}".contains($0) }
    let halves = cleaned.split(whereSeparator: { "=!".contains($0) }).map(String.init)
    if expression.hasPrefix("&"), halves.count == 2, let mask = TCPFlags(halves[0]), let set = TCPFlags(halves[1]) {
      match.flags.append(FlagCondition(mask: mask, set: set, negated: negated))
    } else if let slash = cleaned.firstIndex(of: "/"),
      let set = TCPFlags(cleaned[..<slash].filter { !"=!".contains($0) }),
      let mask = TCPFlags(String(cleaned[cleaned.index(after: slash)...]))
    {
      match.flags.append(FlagCondition(mask: mask, set: set, negated: negated))
    } else if !expression.contains(","), !expression.contains("="), let flag = TCPFlags(cleaned) {
      match.flags.append(FlagCondition(mask: flag, set: flag))
    } else {
      match.undecided.append(words[start..<next].joined(separator: " "))
    }
  }
}
