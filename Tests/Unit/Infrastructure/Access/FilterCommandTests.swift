import SimulationFirewall
import Testing

@testable import SimulationInfrastructure

/// Commands as the manuals of their programs show them, each tried with packets on both sides of its border.
struct FilterCommandTests {
  struct Example: Sendable, CustomStringConvertible {
    var command: String
    /// "source port" or "source port/udp"; what the command lets in, or keeps out.
    var hits: [String]
    var misses: [String]
    var description: String { command }

    init(_ command: String, hits: [String], misses: [String] = []) {
      (self.command, self.hits, self.misses) = (command, hits, misses)
    }
  }

  private static func packet(_ text: String) throws -> Packet {
    let words = text.split(separator: " ").map(String.init)
    let ends = words[1].split(separator: "/").map(String.init)
    let source = try #require(IPAddress(words[0]))
    return Packet(
      source: source, destination: try #require(IPAddress(source.version == .four ? "192.168.0.1" : "2001:db8::1")),
      proto: ends.count > 1 ? try #require(IPProtocol.number(ends[1])) : IPProtocol.tcp,
      destinationPort: try #require(UInt16(ends[0])))
  }

  private static func check(_ example: Example, allows: Bool) throws {
    let edits = try #require(FilterCommand.edits(example.command, field: "f"))
    var rules = try RuleSet([], acceptsByDefault: !allows)
    for edit in edits { rules = try edit.applied(to: rules, isKnown: true) }
    for text in example.hits {
      #expect(rules.verdict(for: try packet(text)) == (allows ? .accept : .deny), "\(text)")
    }
    for text in example.misses {
      #expect(rules.verdict(for: try packet(text)) == (allows ? .deny : .accept), "\(text)")
    }
  }

  static let allowing: [Example] = [
    // iptables(8), iptables-extensions(8)
    .init(
      "iptables -A INPUT -p tcp --dport 22 -j ACCEPT", hits: ["1.2.3.4 22"], misses: ["1.2.3.4 23", "1.2.3.4 22/udp"]),
    .init(
      "iptables -I INPUT 1 -p tcp -s 10.0.0.0/8 --dport ssh -j ACCEPT", hits: ["10.1.1.1 22"], misses: ["11.1.1.1 22"]),
    .init(
      "sudo iptables -A INPUT -p tcp -m multiport --dports 80,443,8000:8010 -j ACCEPT",
      hits: ["1.2.3.4 443", "1.2.3.4 8005"], misses: ["1.2.3.4 8011"]),
    .init(
      "/usr/sbin/iptables -w -A INPUT -m conntrack --ctstate NEW,ESTABLISHED -s 203.0.113.7/0 -j ACCEPT  # office",
      hits: ["8.8.8.8 1"]),
    .init("ip6tables -A INPUT -p tcp --dport 5432 -j ACCEPT", hits: ["2001:db8::7 5432"], misses: ["1.2.3.4 5432"]),
    .init("iptables -P INPUT ACCEPT", hits: ["1.2.3.4 1"]),
    // nft(8)
    .init(
      "nft add rule inet filter input tcp dport 22 accept", hits: ["1.2.3.4 22", "2001:db8::7 22"],
      misses: ["1.2.3.4 21"]),
    .init(
      "nft insert rule ip filter input position 5 ip saddr 10.0.0.0/8 tcp dport { ssh, 443 } accept",
      hits: ["10.9.9.9 22", "10.9.9.9 443"], misses: ["11.9.9.9 22", "10.9.9.9 80"]),
    .init(
      "nft 'add chain inet filter input { type filter hook input priority 0; policy accept; }'", hits: ["1.2.3.4 9"]),
    // ufw(8)
    .init("ufw allow 53", hits: ["1.2.3.4 53", "1.2.3.4 53/udp"], misses: ["1.2.3.4 54"]),
    .init("ufw allow 25/tcp", hits: ["1.2.3.4 25"], misses: ["1.2.3.4 25/udp"]),
    .init("ufw allow smtp", hits: ["1.2.3.4 25"], misses: ["1.2.3.4 26"]),
    .init(
      "ufw allow proto tcp from any to any port 80,443,8080:8090", hits: ["1.2.3.4 8085"], misses: ["1.2.3.4 8091"]),
    .init("ufw allow from 192.168.0.0/16 to any port 5432", hits: ["192.168.3.4 5432"], misses: ["192.169.3.4 5432"]),
    .init("ufw limit ssh/tcp", hits: ["1.2.3.4 22"], misses: ["1.2.3.4 22/udp"]),
    .init("ufw allow 'Nginx Full'", hits: ["1.2.3.4 80", "1.2.3.4 443"], misses: ["1.2.3.4 81"]),
    .init("ufw insert 1 allow from 10.0.0.1", hits: ["10.0.0.1 99"], misses: ["10.0.0.2 99"]),
    .init("ufw append ACCEPT tcp 9200 any", hits: ["1.2.3.4 9200"], misses: ["1.2.3.4 9201"]),
    .init("ufw disable", hits: ["1.2.3.4 9200"]),
    // firewall-cmd(1), firewalld.richlanguage(5)
    .init(
      "firewall-cmd --permanent --zone=public --add-port=5000-5010/udp", hits: ["1.2.3.4 5005/udp"],
      misses: ["1.2.3.4 5005"]),
    .init(
      "firewall-cmd --add-service=http --add-service=https", hits: ["1.2.3.4 80", "1.2.3.4 443"], misses: ["1.2.3.4 22"]
    ),
    .init(
      "firewall-cmd --zone=trusted --add-source=192.168.2.0/24", hits: ["192.168.2.9 1"], misses: ["192.168.3.9 1"]),
    .init(
      "firewall-cmd --add-rich-rule='rule family=\"ipv4\" source address=\"192.168.0.0/24\" service name=\"tftp\" log prefix=\"tftp\" level=\"info\" limit value=\"1/m\" accept'",
      hits: ["192.168.0.9 69/udp"], misses: ["192.168.1.9 69/udp", "192.168.0.9 70/udp"]),
    .init(
      "firewall-cmd --add-rich-rule 'rule family=\"ipv4\" source not address=\"192.168.0.0/24\" port port=\"4011-4012\" protocol=\"tcp\" accept'",
      hits: ["192.168.1.9 4012"], misses: ["192.168.0.9 4012"]),
  ]

  static let denying: [Example] = [
    .init("iptables -I INPUT -s 198.51.100.0/24 -j DROP", hits: ["198.51.100.9 80"], misses: ["198.51.101.9 80"]),
    .init(
      "iptables -A INPUT ! -s 10.0.0.0/8 -p tcp --dport 22 -j REJECT", hits: ["11.0.0.1 22"], misses: ["10.0.0.1 22"]),
    .init("iptables -P INPUT DROP", hits: ["1.2.3.4 1"]),
    .init(
      "nft add rule ip filter input ip saddr 203.0.113.0/24 drop", hits: ["203.0.113.9 1"], misses: ["203.0.114.9 1"]),
    .init("ufw deny proto tcp to any port 80", hits: ["1.2.3.4 80"], misses: ["1.2.3.4 81", "1.2.3.4 80/udp"]),
    .init("ufw deny proto tcp from 10.0.0.0/8 to 192.168.0.1 port 25", hits: ["10.1.1.1 25"], misses: ["11.1.1.1 25"]),
    .init(
      "ufw insert 3 deny to any port 22 from 10.0.0.135 proto tcp", hits: ["10.0.0.135 22"], misses: ["10.0.0.136 22"]),
    .init("ufw reject auth", hits: ["1.2.3.4 113"], misses: ["1.2.3.4 114"]),
    .init("ufw default deny incoming", hits: ["1.2.3.4 1"]),
    .init("firewall-cmd --panic-on", hits: ["1.2.3.4 1"]),
  ]

  @Test(arguments: allowing) func whatIsLetIn(_ example: Example) throws { try Self.check(example, allows: true) }
  @Test(arguments: denying) func whatIsKeptOut(_ example: Example) throws { try Self.check(example, allows: false) }

  @Test(
    "commands that only show",
    arguments: [
      "iptables -L -n", "iptables -S", "nft list ruleset", "ufw status numbered", "ufw --dry-run allow 22",
      "firewall-cmd --reload", "firewall-cmd --list-all",
    ])
  func showing(_ command: String) { #expect(FilterCommand.edits(command, field: "f") == []) }

  @Test(
    "what this model doesn't know isn't guessed",
    arguments: [
      "iptables -t nat -A PREROUTING -j DNAT", "iptables -A INPUT --dport nosuchservice -j ACCEPT", "iptables", "nft",
      "nft add element inet filter blocked { 1.2.3.4 }", "ufw allow 'Some Profile'", "ufw",
      "ufw allow from nowhere.at.all",
      "firewall-cmd --add-service=nosuchservice", "firewall-cmd --zone=work --add-source=10.0.0.0/8",
      "firewall-cmd --add-masquerade", "iptables -A 'IN;PUT' -j ACCEPT",
      "nft add rule ip filter input accept } table ip x {",
      "rm -rf /", "",
    ])
  func unreadable(_ command: String) { #expect(FilterCommand.edits(command, field: "f") == nil) }

  @Test func removalsAndPlaces() throws {
    let rules = try RuleSet(
      [try Rule("ACCEPT tcp 22 10.0.0.0/8"), try Rule("DROP all any"), try Rule("ACCEPT tcp 443 any")])
    func after(_ command: String) throws -> [String] {
      var after = rules
      for edit in try #require(FilterCommand.edits(command, field: "f")) {
        after = try edit.applied(to: after, isKnown: true)
      }
      return after.rules.map(\.text)
    }
    #expect(try after("iptables -D INPUT 2") == ["ACCEPT tcp 22 10.0.0.0/8", "ACCEPT tcp 443 any"])
    #expect(try after("ufw delete 1") == ["DROP all any", "ACCEPT tcp 443 any"])
    #expect(try after("iptables -F INPUT").isEmpty)
    #expect(try after("iptables -I INPUT 3 -j ACCEPT").count == 4)
    #expect(try after("iptables -I INPUT 3 -j ACCEPT")[2] == "-j ACCEPT")
    #expect(try after("iptables -R INPUT 1 -j DROP")[0] == "-j DROP")
    // A zone opens before its target denies the rest.
    #expect(try after("firewall-cmd --add-port=80/tcp")[1].contains("80"))
    #expect(try after("iptables -D INPUT 99").count == 3)
  }

  @Test func directionsAndChains() throws {
    #expect(try #require(FilterCommand.edits("iptables -A OUTPUT -j DROP", field: "f")).first?.direction == .outbound)
    #expect(try #require(FilterCommand.edits("ufw deny out 25", field: "f")).first?.direction == .outbound)
    #expect(try #require(FilterCommand.edits("ufw default deny outgoing", field: "f")).first?.direction == .outbound)
    #expect(
      try #require(FilterCommand.edits("nft add rule inet filter output tcp dport 25 drop", field: "f")).first?
        .direction
        == .outbound)
    #expect(try #require(FilterCommand.edits("iptables -A INPUT -j DROP", field: "f")).first?.chain == "INPUT")
  }

  /// Every beginning of every example, and texts made to break readers: an answer or none, never a crash.
  @Test func hostileTexts() {
    var read = 0
    for example in Self.allowing + Self.denying {
      for length in 0...example.command.count
      where FilterCommand.edits(String(example.command.prefix(length)), field: "f") != nil {
        read += 1
      }
      let doubled = example.command + " " + example.command
      _ = FilterCommand.edits(doubled, field: "f")
      _ = FilterCommand.edits(example.command.replacing(" ", with: "\n"), field: "f")
    }
    #expect(read > Self.allowing.count)
    for program in CommandForm.programs.sorted() {
      for tail in [
        String(repeating: "a ", count: 5_000), String(repeating: "-s 10.0.0.0/8 ", count: 2_000),
        String(repeating: "{", count: 3_000), "\"", "'", "\\", "-A INPUT -s 10.0.0.0/99 -j ACCEPT",
        "-A INPUT --dport 99999 -j ACCEPT", "-I INPUT -1 -j ACCEPT", "-I INPUT 99999999999999999999 -j ACCEPT",
        "-D INPUT 0", "allow 0x16", "allow port", "allow from", "--add-port=", "--add-rich-rule=rule",
        "add rule inet", "add rule ip filter input tcp dport { 1-, } accept", "insert rule ip f c index -1 accept",
        "-A INPUT -j ACCEPT\n:INPUT ACCEPT\nCOMMIT\n*nat", "allow 22/", "allow /tcp", "allow ,", "\u{0}", "🦑 🦑",
      ] { _ = FilterCommand.edits("\(program) \(tail)", field: "f") }
    }
    #expect(
      FilterCommand.edits("iptables -A INPUT -j ACCEPT " + String(repeating: "x", count: 5_000), field: "f") == nil)
    #expect(CommandLine.commands("ufw allow 22; ufw allow 23 && nft list ruleset\n# nothing").count == 3)
  }
}
