import FirewallTesting
import SimulationKernel
import Testing

@testable import SimulationFirewall

/// The diagrams against rule-by-rule evaluation of one packet for every class of packets the rules can tell apart.
@Suite struct BruteForceTests {
  /// Few rules that overlap much, with every kind of condition and a user chain.
  static func ruleSet(_ random: inout RandomStream, decided: Bool = false) throws -> RuleSet {
    func pick<T>(_ values: [T]) -> T { values[Int(random.next() % UInt64(values.count))] }
    func rule(_ actions: [RuleAction]) -> Rule {
      var match = Match()
      let prefixes = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "0.0.0.0/1", "10.1.2.3-10.1.2.9"]
      if random.bernoulli(0.6) { match.source = AddressSet(pick(prefixes)) }
      if random.bernoulli(0.6) { match.destination = AddressSet(pick(prefixes)) }
      if random.bernoulli(0.2) { match.source = match.source?.complement(.four) }
      switch random.next() % 5 {
      case 0: match.protocols = [6]
      case 1: match.destinationPorts = PortSet(pick(["22", "20-25", "80,443", "1024-"]))
      case 2: match.icmp = PortSet([8 << 8...(8 << 8 | 255)])
      case 3:
        match.protocols = [17]
        match.sourcePorts = PortSet("1024-65535")
      default: break
      }
      if random.bernoulli(0.3) { match.states = pick([[.new], [.established, .related], [.untracked]]) }
      if random.bernoulli(0.2) {
        match.inInterfaces = [InterfaceCondition(pick(["eth+", "eth0", "lo"]), negated: false)]
      }
      if random.bernoulli(0.1) { match.outInterfaces = [InterfaceCondition("eth0", negated: true)] }
      if random.bernoulli(0.2) { match.flags = [FlagCondition(mask: [.syn, .ack], set: .syn)] }
      if !decided, random.bernoulli(0.15) { match.undecided = ["-m limit"] }
      return Rule(pick(actions), matches: [match])
    }
    let plain: [RuleAction] = [.accept, .accept, .deny, .deny, .proceed]
    let inner = (0..<3).map { _ in rule(plain + [.returnToCaller]) }
    let outer = (0..<3).map { _ in rule(plain + [.returnToCaller, .jump("inner"), .goto("inner")]) }
    let base = (0..<7).map { _ in
      rule(plain + [.jump("outer"), .goto("outer"), decided ? .jump("inner") : .undecided("-j X"), .returnToCaller])
    }
    return try RuleSet(
      base, chains: [RuleSet.Chain(name: "inner", rules: inner), RuleSet.Chain(name: "outer", rules: outer)],
      acceptsByDefault: random.bernoulli(0.3))
  }

  /// One packet for each combination of values the conditions above can tell apart.
  static let packets: [Packet] = {
    let addresses = ["9.9.9.9", "10.0.0.1", "10.1.0.1", "10.1.2.1", "10.1.2.5", "200.0.0.1"].compactMap(IPAddress.init)
    var result: [Packet] = []
    let transport: [(UInt8, UInt16, UInt16, UInt16, TCPFlags)] = [
      (6, 80, 22, 0, .syn), (6, 80, 24, 0, .ack), (6, 2000, 80, 0, .syn), (17, 80, 22, 0, []), (17, 2000, 80, 0, []),
      (17, 2000, 5000, 0, []), (1, 0, 0, 8 << 8, []), (1, 0, 0, 3 << 8, []), (47, 0, 22, 8 << 8, []),
      (6, 80, 19, 0, [.syn, .ack]),
    ]
    for source in addresses {
      for destination in addresses {
        for (proto, sourcePort, destinationPort, icmp, flags) in transport {
          for state in [ConnectionState.new, .established, .invalid, .untracked] {
            for (inside, outside) in [("eth0", "eth0"), ("eth1", "lo"), ("lo", "eth0"), ("wlan0", "wlan0")] {
              result.append(
                Packet(
                  source: source, destination: destination, proto: proto, sourcePort: sourcePort,
                  destinationPort: destinationPort, icmp: icmp, inInterface: inside, outInterface: outside,
                  state: state, flags: flags))
            }
          }
        }
      }
    }
    return result
  }()

  static func change(_ before: Verdict, _ after: Verdict) -> VerdictChange? {
    switch (before, after) {
    case (.deny, .accept): .newlyAllowed
    case (.accept, .deny): .newlyDenied
    case (.deny, .undecided), (.undecided, .accept): .possiblyNewlyAllowed
    case (.accept, .undecided), (.undecided, .deny): .possiblyNewlyDenied
    default: nil
    }
  }

  @Test func diagramsGiveTheVerdictOfEveryClassOfPackets() throws {
    var random = RandomStream(seed: 11)
    for _ in 0..<20 {
      let ruleSet = try Self.ruleSet(&random)
      let analysis = try RuleSetAnalysis(ruleSet)
      let wrong = Self.packets.filter { analysis.verdict(for: $0) != ruleSet.verdict(for: $0) }
      #expect(wrong.isEmpty, "\(wrong.first.map { "\($0)" } ?? "") in \(ruleSet)")
    }
  }

  @Test func aChangeOfOneRuleAltersExactlyTheListedHeaders() throws {
    var random = RandomStream(seed: 5)
    var changed = 0
    for round in 0..<15 {
      let before = try Self.ruleSet(&random)
      let place = Int(random.next() % UInt64(before.rules.count))
      let extra = try Self.ruleSet(&random).rules[0]
      let after: RuleSet =
        switch round % 3 {
        case 0: try before.removing(at: place)
        case 1: try before.inserting(Rule(.accept, matches: extra.matches), at: place)
        default: try before.replacing(at: place, with: Rule(.deny, matches: extra.matches))
        }
      let difference = try RuleSetDifference(before: before, after: after, listing: 100_000)
      let lists: [(VerdictChange, HeaderSets)] = [
        (.newlyAllowed, difference.newlyAllowed), (.newlyDenied, difference.newlyDenied),
        (.possiblyNewlyAllowed, difference.possiblyNewlyAllowed),
        (.possiblyNewlyDenied, difference.possiblyNewlyDenied),
      ]
      let known = Set(
        (before.interfaceConditions + after.interfaceConditions).map { $0.name + ($0.isWildcard ? "+" : "") })
      func atom(_ name: String) -> String {
        known.contains(name) ? name : name.hasPrefix("eth") && known.contains("eth+") ? "eth+" : "*"
      }
      for packet in Self.packets {
        let wanted = Self.change(before.verdict(for: packet), after.verdict(for: packet))
        if wanted != nil { changed += 1 }
        for (kind, list) in lists {
          let holding = list.sets.count {
            $0.version == .four
              && $0.contains(packet, inAtom: atom(packet.inInterface), outAtom: atom(packet.outInterface))
          }
          #expect(holding == (wanted == kind ? 1 : 0), "\(kind) \(packet)")
        }
      }
      #expect(try before.isIneffective(changedTo: after) == difference.isEmpty)
    }
    #expect(changed > 1000)
  }

  @Test func idleRulesCanGoWithoutAnyPacketNoticing() throws {
    var random = RandomStream(seed: 3)
    var found = 0
    for round in 0..<40 {
      let ruleSet = try Self.ruleSet(&random, decided: round % 2 == 0)
      let idle = try RuleSetAnalysis(ruleSet).idleRules()
      for index in ruleSet.rules.indices where ruleSet.rules[index].action != .proceed {
        let isIdle = idle.contains { $0.chain == nil && $0.index == index }
        let isIneffective = try ruleSet.isIneffective(changedTo: ruleSet.removing(at: index))
        // Behind an undecided target a rule may matter although the verdict stays open either way.
        if isIdle || ruleSet.undecided.isEmpty { #expect(isIneffective == isIdle, "\(index) of \(ruleSet)") }
        if isIdle { found += 1 }
      }
      // A shadowed rule of a chain may do anything: turned around, nothing changes either.
      for rule in idle where rule.reason == .shadowed && rule.chain != nil {
        var chains = ruleSet.chains
        let chain = try #require(chains.firstIndex { $0.name == rule.chain })
        chains[chain].rules[rule.index].action = rule.index % 2 == 0 ? .accept : .deny
        let other = try RuleSet(ruleSet.rules, chains: chains, acceptsByDefault: ruleSet.acceptsByDefault)
        #expect(try ruleSet.isIneffective(changedTo: other))
        found += 1
      }
    }
    #expect(found > 20)
  }
}
