import SimulationFirewall
import Testing

@Suite struct ParserTests {
  static func packet(
    _ source: String, _ destination: String = "192.0.2.1", port: UInt16 = 80, proto: UInt8 = 6,
    state: ConnectionState = .new, inside: String = "eth0", icmp: UInt16 = 0
  ) throws -> Packet {
    Packet(
      source: try #require(IPAddress(source)), destination: try #require(IPAddress(destination)), proto: proto,
      destinationPort: port, icmp: icmp, inInterface: inside, state: state)
  }

  @Test func undecidedConditionsBracketTheVerdictAndAreNamed() throws {
    let dump = """
      *filter
      :INPUT DROP [0:0]
      -A INPUT -p tcp --dport 22 -m limit --limit 3/min -j ACCEPT
      -A INPUT -p tcp --dport 23 -m geoip --src-cc DE -j DROP
      -A INPUT -p tcp --dport 23 -j ACCEPT
      -A INPUT -p udp -j NFQUEUE --queue-num 1
      -A INPUT -p tcp --dport 80 -m comment --comment "web -j DROP" -j ACCEPT
      COMMIT
      """
    let rules = try IPTablesParser.parse(dump).ruleSet(chain: "INPUT")
    #expect(rules.undecided == ["-m limit --limit 3/min", "-m geoip --src-cc DE", "-j NFQUEUE"])
    let analysis = try RuleSetAnalysis(rules)
    #expect(analysis.verdict(for: try Self.packet("10.0.0.1", port: 22)) == .undecided)
    #expect(analysis.verdict(for: try Self.packet("10.0.0.1", port: 23)) == .undecided)
    #expect(analysis.verdict(for: try Self.packet("10.0.0.1", proto: 17)) == .undecided)
    #expect(analysis.verdict(for: try Self.packet("10.0.0.1", port: 80)) == .accept)
    #expect(analysis.verdict(for: try Self.packet("10.0.0.1", port: 81)) == .deny)
  }

  @Test(arguments: [
    "-A INPUT -s 10.0.0.300 -j DROP", "-A INPUT -p nonsense -j DROP", "-A INPUT -p tcp --dport x -j DROP",
    "-A NOWHERE -j DROP", "-A INPUT -p tcp --dport", "-X INPUT",
  ])
  func iptablesTextThatCannotBeMeantIsRefused(line: String) {
    #expect(throws: RuleSyntaxError.self) { try IPTablesParser.parse("*filter\n:INPUT DROP\n\(line)\nCOMMIT\n") }
  }

  @Test func circlesAndMissingChainsAreRefused() throws {
    let text = "*filter\n:INPUT DROP\n:A -\n:B -\n-A INPUT -j A\n-A A -j B\n-A B -j A\nCOMMIT\n"
    let tables = try IPTablesParser.parse(text)
    #expect(throws: RuleSetError.cyclicChains("A")) { try tables.ruleSet(chain: "INPUT") }
    #expect(throws: RuleSyntaxError.self) { try tables.ruleSet(chain: "FORWARD") }
  }

  static let nftables = """
    table inet filter { # comment
      set admins {
        type ipv4_addr
        flags interval
        elements = { 10.0.0.0/8, 192.0.2.7,
                     198.51.100.1-198.51.100.9 }
      }
      chain services {
        tcp dport { 80, 443, 8000-8080 } counter packets 5 bytes 300 accept
        ip protocol icmp icmp type { echo-request, 3 } accept
        udp dport 53 ip6 saddr 2001:db8::/32 accept comment "drop"
      }
      chain input {
        type filter hook input priority filter; policy drop;
        ct state vmap { established : accept, related : accept, invalid : drop }
        iifname "lo" accept
        tcp flags & (fin|syn|rst|ack) != syn ct state new drop
        ip saddr @admins tcp dport 22 accept
        ip saddr != 203.0.113.0/24 jump services
        tcp dport 25 limit rate 5/minute accept
        log prefix "dropped: " reject with icmpx type port-unreachable
      }
    }
    """

  @Test func nftablesRulesMeanWhatTheManualSays() throws {
    let sets = try NFTParser.parse(Self.nftables).ruleSets(hook: "input")
    let rules = try #require(sets.first)
    #expect(sets.count == 1 && rules.chains.map(\.name) == ["services"])
    #expect(rules.undecided == ["limit rate 5/minute"])
    let analysis = try RuleSetAnalysis(rules)
    let cases: [(Packet, Verdict)] = [
      (try Self.packet("8.8.8.8", state: .established), .accept), (try Self.packet("10.1.1.1", port: 22), .accept),
      (try Self.packet("198.51.100.9", port: 22), .accept), (try Self.packet("198.51.100.10", port: 22), .deny),
      (try Self.packet("8.8.8.8", port: 8050), .accept), (try Self.packet("203.0.113.5", port: 80), .deny),
      (try Self.packet("8.8.8.8", proto: 1, icmp: 8 << 8), .accept),
      (try Self.packet("8.8.8.8", proto: 1, icmp: 5 << 8), .deny),
      (try Self.packet("8.8.8.8", port: 25), .undecided), (try Self.packet("8.8.8.8", port: 9, inside: "lo"), .accept),
      // "ip saddr != …" holds for IPv4 only, so IPv6 never comes to the services.
      (try Self.packet("2001:db8::1", "2001:db8::2", port: 80), .deny),
    ]
    for (packet, verdict) in cases {
      #expect(rules.verdict(for: packet) == verdict)
      #expect(analysis.verdict(for: packet) == verdict)
    }
    var ack = try Self.packet("8.8.8.8", port: 80)
    ack.flags = .ack
    #expect(analysis.verdict(for: ack) == .deny)
  }

  @Test func textRulesReadAsWritten() throws {
    let rule = try Rule("ACCEPT tcp 22 10.0.0.0/8")
    #expect(rule.action == .accept && rule.matches[0].destinationPorts == PortSet(22))
    #expect(rule.matches[0].source == AddressSet("10.0.0.0/8"))
    let all = try Rule("DROP all any")
    #expect(all.action == .deny && all.matches == [Match()])
    let to = try Rule("ALLOW tcp 80,443 from any to 10.1.0.0/16")
    #expect(to.matches[0].source == nil && to.matches[0].destination == AddressSet("10.1.0.0/16"))
    #expect(throws: RuleSyntaxError(.ambiguous("any"), text: "ACCEPT tcp any 10.0.0.0/8")) {
      try Rule("ACCEPT tcp any 10.0.0.0/8")
    }
    #expect(throws: RuleSyntaxError.self) { try Rule("ACCEPT icmp 22 10.0.0.0/8") }
    #expect(throws: RuleSyntaxError.self) { try Rule("ALLOWED tcp 22") }
    #expect(throws: RuleSyntaxError.self) { try Rule("ACCEPT tcp 22 10.0.0.0/99") }
    #expect(throws: RuleSyntaxError.self) { try Rule(action: "ACCEPT", proto: "tcp", ports: "90-80") }
  }
}
