import FirewallTesting
import SimulationFirewall
import SimulationKernel
import Testing

@Suite struct ChangeTests {
  @Test func openingSSHIsSeenGradedAndNamed() throws {
    let before = try RuleSet(text: "ACCEPT tcp 443 any\nACCEPT tcp 22 10.0.0.0/8\nACCEPT tcp 5432 198.18.0.0/15")
    let after = try before.appending(Rule("ACCEPT tcp 22 any"))
    let difference = try RuleSet.diff(before: before, after: after)
    #expect(difference.newlyDenied.isEmpty && difference.newlyAllowed.isComplete)
    let four = try #require(difference.newlyAllowed.sets.first { $0.version == .four })
    #expect(four.protocols == [6] && four.destinationPorts == PortSet(22))
    #expect(four.source == AddressSet("10.0.0.0/8")?.complement(.four))
    let findings = try RuleSetAnalysis(after).exposure().sensitive
    #expect(findings.map(\.control) == ["5.2", "5.3"])
    #expect(findings.allSatisfy { $0.service.name == "SSH" && $0.isOpenToEveryone && $0.isCertain })
    #expect(try RuleSetAnalysis(before).exposure().sensitive.isEmpty)
  }

  @Test func rulesWithoutEffectAreNamed() throws {
    let rules = try RuleSet(
      text: "DROP tcp 22 10.0.0.0/8\nACCEPT tcp 22 10.1.0.0/16\nDROP udp 53 any\nACCEPT tcp 80 any")
    let idle = try RuleSetAnalysis(rules).idleRules()
    // Without the first rule the second would open the port.
    #expect(idle.map(\.index) == [1, 2])
    #expect(idle.map(\.reason) == [.shadowed, .redundant])
    #expect(try rules.isIneffective(changedTo: rules.inserting(Rule("ACCEPT tcp 80 10.9.9.9"), at: 4)))
    #expect(try !rules.isIneffective(changedTo: rules.inserting(Rule("ACCEPT udp 53 any"), at: 2)))
  }

  @Test func editsOutsideTheListAreRefused() throws {
    let rules = try RuleSet(text: "ACCEPT tcp 80 any")
    #expect(throws: RuleSetError.noSuchRule(2)) { try rules.inserting(Rule("DROP all any"), at: 2) }
    #expect(throws: RuleSetError.noSuchRule(1)) { try rules.removing(at: 1) }
    #expect(throws: RuleSetError.noSuchRule(-1)) { try rules.removing(at: -1) }
  }

  @Test func theNodeLimitIsAnErrorAndNotAWrongAnswer() throws {
    var generator = SyntheticRules(seed: 9)
    let rules = try RuleSet(generator.rules(200), versions: [.four])
    #expect(throws: RuleSetError.self) { try RuleSetAnalysis(rules, nodeLimit: 2000) }
  }

  @Test func reachabilityBetweenPrefixes() throws {
    let rules = try RuleSet(text: "ACCEPT tcp 5432 from 10.1.0.0/16 to 10.2.0.0/24\nDROP all any")
    let analysis = try RuleSetAnalysis(rules)
    func reach(_ a: String, _ b: String) throws -> [Exposure.Entry] {
      analysis.reachability(from: try #require(IPPrefix(a)), to: try #require(IPPrefix(b))).certain
    }
    let open = try reach("10.1.2.0/24", "10.2.0.0/16")
    #expect(open.count == 1 && open[0].ports == PortSet(5432))
    #expect(open.first?.destinations == AddressSet("10.2.0.0/24"))
    #expect(try reach("10.3.0.0/16", "10.2.0.0/16").isEmpty)
  }

  @Test func sensitivePortsAreSortedAndKeepTheBenchmarksTwo() {
    let ports = SensitivePorts.services.map(\.port)
    #expect(ports == ports.sorted())
    #expect(SensitivePorts.services.filter { !$0.controls.isEmpty }.map(\.port) == [22, 3389])
    for port: UInt16 in [22, 3389, 5432, 3306, 6379, 9200, 27017, 2379, 10250] {
      #expect(SensitivePorts.services(proto: IPProtocol.tcp, port: port).count == 1)
    }
  }

  /// Recursive steps, which do not depend on the machine: 5,000 rules stay far from quadratic, and a change of one rule
  /// costs a fraction of the whole.
  @Test func theWorkForManyRulesIsBounded() throws {
    var steps: [Int] = []
    for count in [1250, 5000] {
      var generator = SyntheticRules(seed: 1)
      let rules = try RuleSet(generator.rules(count), versions: [.four])
      let analysis = try RuleSetAnalysis(rules)
      steps.append(analysis.steps)
      let difference = try analysis.difference(to: rules.inserting(generator.rule(), at: count / 2))
      #expect(difference.steps - analysis.steps < analysis.steps / 5)
    }
    print("steps for 1,250 and 5,000 rules: \(steps)")
    #expect(steps[1] < 2_000_000)
    #expect(steps[1] < 10 * steps[0])
  }

  @Test(arguments: [IPVersion.four, .six])
  func manyRulesGiveTheSameVerdictsAsOneByOne(version: IPVersion) throws {
    for mix in [SyntheticRules.Mix.enterprise, .hostile] {
      var generator = SyntheticRules(seed: 4, version: version, mix: mix)
      let list = generator.rules(300)
      let rules = try RuleSet(list, versions: [version])
      let analysis = try RuleSetAnalysis(rules)
      var accepted = 0
      for _ in 0..<2000 {
        let packet = generator.packet(around: list)
        let verdict = rules.verdict(for: packet)
        if verdict == .accept { accepted += 1 }
        #expect(analysis.verdict(for: packet) == verdict)
      }
      #expect(accepted > 100)
      let dump = try IPTablesParser.parse(SyntheticRules.dump(list), version: version).ruleSet(chain: "FORWARD")
      #expect(try rules.isIneffective(changedTo: RuleSet(dump.rules, versions: [version])))
    }
  }
}
