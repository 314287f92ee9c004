import Foundation
import SimulationFirewall
import SimulationKernel
import Testing

/// Real rule sets against what the Isabelle-verified tool says of them (Fixtures/README.md).
@Suite struct VerifiedRuleSetTests {
  static func fixture(_ path: String) throws -> String {
    let url = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/" + path)
    return try String(contentsOf: url, encoding: .utf8)
  }

  static func analysis(_ path: String, table: String = "filter", chain: String) throws -> RuleSetAnalysis {
    try RuleSetAnalysis(IPTablesParser.parse(fixture(path)).ruleSet(table: table, chain: chain))
  }

  /// New connections from all over, half of the values at corners of the golden rules.
  static func packets(_ count: Int, _ golden: PlainRules, interfaces: (UInt32) -> String) -> [Packet] {
    var random = RandomStream(seed: 20_250_301)
    let corners = golden.corners
    func pick<T>(_ values: [T]) -> T { values[Int(random.next() % UInt64(values.count))] }
    return (0..<count).map { _ in
      let source = random.bernoulli(0.5) ? pick(corners.addresses) : UInt32(truncatingIfNeeded: random.next())
      let destination = random.bernoulli(0.5) ? pick(corners.addresses) : UInt32(truncatingIfNeeded: random.next())
      let ports = (0..<2).map { _ in
        random.bernoulli(0.6) ? pick(corners.ports) : UInt16(truncatingIfNeeded: random.next())
      }
      return Packet(
        source: IPAddress(.four, UInt128(source)), destination: IPAddress(.four, UInt128(destination)),
        proto: pick([6, 6, 6, 17, 17, 1, 47]), sourcePort: ports[0], destinationPort: ports[1],
        icmp: UInt16(random.next() % 20) << 8, inInterface: interfaces(source))
    }
  }

  static func loopback(_ source: UInt32) -> String { source >> 24 == 127 ? "lo" : "uplink" }

  /// Sorted by what the golden closures say; false on any disagreement.
  struct Tally: Equatable {
    var agreed = 0
    var between = 0
    var wrong = 0
  }

  static func tally(_ analysis: RuleSetAnalysis, _ lower: PlainRules, _ upper: PlainRules, _ packets: [Packet]) -> Tally
  {
    var tally = Tally()
    for packet in packets {
      let verdict = analysis.verdict(for: packet)
      let certain = lower.accepts(packet) ?? true
      let possible = upper.accepts(packet) ?? true
      if certain == possible {
        if verdict == (certain ? .accept : .deny) { tally.agreed += 1 } else { tally.wrong += 1 }
      } else if certain {
        tally.wrong += 1
      } else {
        tally.between += 1
      }
    }
    return tally
  }

  @Test(arguments: [
    ("simplified/config_memphis_testbed/iptables-save", "FORWARD", "simplified/config_memphis_testbed/iptables.Ln.FWD"),
    ("simplified/config_random_srv/iptables-save", "INPUT", "simplified/config_random_srv/iptables.INP.Ln"),
    (
      "simplified/configs_srvs_ufw/server2-iptables-save", "INPUT",
      "simplified/configs_srvs_ufw/server2-iptables-save.Ln.INP"
    ),
  ])
  func verdictsLieInTheVerifiedClosures(dump: String, chain: String, closures: String) throws {
    let lower = PlainRules(try Self.fixture(closures + ".lower"))
    let upper = PlainRules(try Self.fixture(closures + ".upper"))
    #expect(lower.count > 5)
    let packets = Self.packets(100_000, upper, interfaces: Self.loopback)
    let tally = Self.tally(try Self.analysis(dump, chain: chain), lower, upper, packets)
    print("closures of \(dump): \(tally)")
    #expect(tally.wrong == 0)
    #expect(tally.agreed + tally.between == 100_000)
  }

  /// Interfaces stand for networks there: eth0.N for 192.168.N.0/24, eth1 for all that is not private.
  @Test func homeUserLiesInTheVerifiedClosures() throws {
    let base = "simplified/config_home_user/typical_home_user"
    let lower = PlainRules(try Self.fixture(base + ".Ln.FWD.lower"))
    let upper = PlainRules(try Self.fixture(base + ".Ln.FWD.upper"))
    let packets = Self.packets(100_000, upper) { source in
      switch source >> 24 {
      case 127: "lo"
      case 10: "private"
      case 172 where source >> 20 == 0xAC1: "private"
      case 192 where source >> 16 == 0xC0A8: "eth0.\(source >> 8 & 255)"
      default: "eth1"
      }
    }
    let tally = Self.tally(try Self.analysis(base + "_iptables-save", chain: "FORWARD"), lower, upper, packets)
    print("closures of home user: \(tally)")
    #expect(tally.wrong == 0)
    #expect(tally.between > 0)
  }

  /// The tool's simplified list is an upper closure; where the rules hold nothing undecided it is exact.
  @Test(arguments: [
    ("synology_iptables-save_jun_2015_cleanup", "filter", "INPUT", ["lo", "uplink"]),
    ("parser_test", "filter", "FORWARD", ["lo", "uplink", "eth0"]),
    (
      "sqrl_2015_aug_iptables-save-spoofing-protection", "raw", "PREROUTING",
      ["lup", "ldit", "lmd", "loben", "wg", "wt", "lua", "uplink"]
    ),
  ])
  func verdictsAgreeWithTheSimplifiedList(name: String, table: String, chain: String, interfaces: [String]) throws {
    let text = try Self.fixture("golden/" + name)
    let section = text.components(separatedBy: "== to simple firewall ==")[1].components(separatedBy: "== to even")[0]
    let golden = PlainRules(section)
    let dump = "golden_inputs/" + (name == "parser_test" ? "parser_test_iptables-save" : name)
    let analysis = try Self.analysis(dump, table: table, chain: chain)
    let packets = Self.packets(100_000, golden) { interfaces[Int($0 % UInt32(interfaces.count))] }
    var (agreed, stricter, wrong) = (0, 0, 0)
    for packet in packets {
      let verdict = analysis.verdict(for: packet)
      switch (golden.accepts(packet) ?? true, verdict) {
      case (true, .accept), (false, .deny): agreed += 1
      case (true, .undecided): stricter += 1
      default: wrong += 1
      }
    }
    print("simplified list of \(name): agreed \(agreed), undecided below the upper closure \(stricter), wrong \(wrong)")
    #expect(wrong == 0)
  }

  /// Service matrices: which classes of addresses reach which on a TCP port, from port 10000, in state NEW.
  @Test(arguments: [
    ("synology_iptables-save_jun_2015_cleanup", "filter", "INPUT"), ("parser_test", "filter", "FORWARD"),
    ("sqrl_2015_aug_iptables-save-spoofing-protection", "raw", "PREROUTING"),
  ])
  func verdictsAgreeWithTheServiceMatrices(name: String, table: String, chain: String) throws {
    let dump = "golden_inputs/" + (name == "parser_test" ? "parser_test_iptables-save" : name)
    let analysis = try Self.analysis(dump, table: table, chain: chain)
    let matrices = try Self.fixture("golden/" + name).components(separatedBy: "TCP port 10000->").dropFirst()
    #expect(matrices.count >= 2)
    var random = RandomStream(seed: 7)
    var (agreed, wrong) = (0, 0)
    for matrix in matrices {
      let port = try #require(UInt16(matrix.prefix { $0.isNumber }))
      var classes: [(name: String, ranges: [ClosedRange<UInt32>])] = []
      var pairs: Set<String> = []
      for line in matrix.split(whereSeparator: \.isNewline) {
        if line.contains("|->") {
          let halves = line.components(separatedBy: " |-> ")
          let ranges = halves[1].components(separatedBy: " u ").map { part in
            let ends = part.filter { $0 != "{" && $0 != "}" }.components(separatedBy: " .. ")
            return PlainRules.address(ends[0])...PlainRules.address(ends[ends.count - 1])
          }
          classes.append((halves[0], ranges))
        } else if line.hasPrefix("(") {
          pairs.insert(String(line))
        }
      }
      let corners = classes.flatMap(\.ranges).flatMap { [$0.lowerBound, $0.upperBound] }
      for _ in 0..<100_000 / matrices.count + 1 {
        let ends = (0..<2).map { _ in
          random.bernoulli(0.5)
            ? corners[Int(random.next() % UInt64(corners.count))] : UInt32(truncatingIfNeeded: random.next())
        }
        let names = ends.map { end in classes.first { $0.ranges.contains { $0.contains(end) } }?.name ?? "?" }
        let packet = Packet(
          source: IPAddress(.four, UInt128(ends[0])), destination: IPAddress(.four, UInt128(ends[1])),
          sourcePort: 10_000, destinationPort: port, inInterface: Self.loopback(ends[0]))
        let wanted = pairs.contains("(\(names[0]),\(names[1]))")
        if analysis.verdict(for: packet).contains(.accept) == wanted { agreed += 1 } else { wrong += 1 }
      }
    }
    print("service matrices of \(name): agreed \(agreed), wrong \(wrong)")
    #expect(wrong == 0)
  }
}
