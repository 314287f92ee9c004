public import SimulationFirewall
import SimulationKernel

/// Rule sets of the shape that grown firewalls have, and packets that find their corners.
///
/// Two mixes. ``Mix/enterprise`` is a company's: a blocklist first, then the rules zone by zone, hosts and services of
/// the zone open to all, to other zones or to single hosts, few denials between. ``Mix/hostile`` draws every rule on its
/// own with a third open to or from everywhere and a fifth denying, in random order, which no administrator would write,
/// but which shows where the analysis ends. Common to both, after what Taylor and Turner report of real filter sets
/// ("ClassBench", IEEE/ACM Trans. Networking 15 (2007)): nested prefixes around few networks, exact ports from a small set
/// with a long tail, ranges that are short or "above 1023". Every fiftieth rule repeats an earlier one.
public struct SyntheticRules {
  public enum Mix: Sendable { case enterprise, hostile }

  private var random: RandomStream
  private let mix: Mix
  private let version: IPVersion
  private var networks: [IPPrefix] = []

  public init(seed: UInt64, version: IPVersion = .four, mix: Mix = .enterprise) {
    self.mix = mix
    random = RandomStream(seed: seed)
    self.version = version
    for _ in 0..<40 {
      let length = version == .four ? 8 + integer(9) : 32 + integer(17)
      networks.append(IPPrefix(address(), length: length))
    }
  }

  private mutating func integer(_ bound: Int) -> Int { min(bound - 1, Int(random.uniform() * Double(bound))) }

  private mutating func address() -> IPAddress {
    IPAddress(version, UInt128(random.next()) << 64 | UInt128(random.next()))
  }

  private mutating func prefix() -> IPPrefix { prefix(in: networks[integer(networks.count)]) }

  private mutating func prefix(in network: IPPrefix) -> IPPrefix {
    let lengths =
      version == .four ? [16, 20, 22, 24, 24, 24, 26, 28, 30, 32, 32, 32] : [48, 56, 64, 64, 64, 96, 128, 128]
    let length = max(network.prefixLength, lengths[integer(lengths.count)])
    let host = (UInt128(random.next()) << 64 | UInt128(random.next())) & (network.last.value ^ network.network.value)
    return IPPrefix(IPAddress(version, network.network.value | host), length: length)
  }

  private static let commonPorts: [UInt16] = [
    22, 25, 53, 80, 110, 123, 143, 161, 389, 443, 445, 587, 993, 1433, 1521, 3128, 3306, 3389, 5432, 5672, 6379, 8080,
    8443, 9090, 9092, 9100, 9200, 9300, 10050, 10250, 11211, 27017,
  ]

  private mutating func ports() -> PortSet? {
    switch integer(20) {
    case 0..<4: return nil
    case 4..<13: return PortSet(Self.commonPorts[integer(Self.commonPorts.count)])
    case 13..<16: return PortSet(UInt16(1 + integer(65534)))
    case 16: return PortSet([1024...65535])
    case 17:
      let start = UInt16(1024 + integer(60000))
      return PortSet([start...(start + UInt16(integer(200)))])
    default:
      let some = (0..<2 + integer(4)).map { _ in Self.commonPorts[integer(Self.commonPorts.count)] }
      return PortSet(some.map { $0...$0 })
    }
  }

  /// A rule of the mix; of a company's zone if one is given.
  public mutating func rule(zone: Int? = nil) -> Rule {
    mix == .hostile ? hostileRule() : zoneRule(networks[zone ?? integer(networks.count)])
  }

  private mutating func zoneRule(_ zone: IPPrefix) -> Rule {
    var match = Match(destination: AddressSet(prefix(in: zone)))
    let kind = integer(20)
    match.protocols = [kind < 14 ? IPProtocol.tcp : kind < 19 ? IPProtocol.udp : IPProtocol.icmp]
    let shape = integer(100)
    if shape >= 33 { match.source = AddressSet(prefix()) }
    if kind < 19 { match.destinationPorts = ports() ?? (match.source == nil ? PortSet(443) : nil) }
    if shape >= 95 { (match.protocols, match.destinationPorts) = (nil, nil) }
    if shape == 94 { match.destination = nil }
    if integer(50) == 0, match.destinationPorts != nil { match.sourcePorts = PortSet([1024...65535]) }
    if integer(4) == 0 { match.states = [.new] }
    return Rule(integer(30) == 0 ? .deny : .accept, matches: [match])
  }

  private mutating func hostileRule() -> Rule {
    var match = Match()
    let shape = integer(1000)
    let kind = integer(20)
    match.protocols = [kind < 13 ? IPProtocol.tcp : kind < 19 ? IPProtocol.udp : IPProtocol.icmp]
    if kind < 19 { match.destinationPorts = ports() }
    switch shape {
    case 0..<3: break  // a service open between all
    case 3..<220: match.destination = AddressSet(prefix())  // a service open to all
    case 220..<320: match.source = AddressSet(prefix())  // a way out
    default:
      match.source = AddressSet(prefix())
      match.destination = AddressSet(prefix())
      if shape < 400 { (match.protocols, match.destinationPorts) = (nil, nil) }
    }
    if shape < 3, match.destinationPorts == nil { (match.protocols, match.destinationPorts) = ([17], PortSet(33434)) }
    if integer(50) == 0, kind < 19, shape >= 400 { match.sourcePorts = PortSet([1024...65535]) }
    if integer(4) == 0 { match.states = [.new] }
    return Rule(integer(5) == 0 ? .deny : .accept, matches: [match])
  }

  public mutating func rules(_ count: Int) -> [Rule] {
    var rules: [Rule] = []
    if mix == .enterprise {
      for _ in 0..<count / 100 { rules.append(Rule(.deny, matches: [Match(source: AddressSet(prefix()))])) }
    }
    while rules.count < count {
      if rules.count % 50 == 49 {
        rules.append(rules[integer(rules.count)])
      } else {
        rules.append(rule(zone: rules.count * networks.count / count))
      }
    }
    return rules
  }

  /// The rules as an iptables-save dump, so that parsing is measured too.
  public static func dump(_ rules: [Rule]) -> String {
    var text = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n"
    for rule in rules {
      let match = rule.matches[0]
      text += "-A FORWARD"
      if let source = match.source { text += " -s \(source.prefixes[0])" }
      if let destination = match.destination { text += " -d \(destination.prefixes[0])" }
      if let number = match.protocols?.first { text += " -p \(IPProtocol.name(number))" }
      if let states = match.states { text += " -m conntrack --ctstate \(states.contains(.new) ? "NEW" : "")" }
      if let ports = match.sourcePorts { text += " -m multiport --sports \(ports)".replacingDash() }
      if let ports = match.destinationPorts { text += " -m multiport --dports \(ports)".replacingDash() }
      text += rule.action == .accept ? " -j ACCEPT\n" : " -j DROP\n"
    }
    return text + "COMMIT\n"
  }

  /// A packet at a corner of a random rule three times out of four: just inside or outside of its ranges.
  public mutating func packet(around rules: [Rule]) -> Packet {
    var packet = Packet(source: address(), destination: address())
    packet.proto = [6, 6, 6, 17, 17, 1, 47][integer(7)]
    packet.sourcePort = integer(3) == 0 ? UInt16(1023 + integer(2)) : UInt16(integer(65536))
    packet.destinationPort =
      integer(2) == 0 ? Self.commonPorts[integer(Self.commonPorts.count)] : UInt16(integer(65536))
    packet.icmp = UInt16(integer(20)) << 8
    packet.state = ConnectionState.allCases[integer(3)]
    if integer(4) > 0 {
      let match = rules[integer(rules.count)].matches[0]
      packet.source = near(match.source, packet.source)
      packet.destination = near(match.destination, packet.destination)
      packet.proto = match.protocols?[0] ?? packet.proto
      if let ports = match.destinationPorts?.ranges.first {
        packet.destinationPort = [ports.lowerBound, ports.upperBound, ports.upperBound &+ 1][integer(3)]
      }
    }
    return packet
  }

  private mutating func near(_ set: AddressSet?, _ otherwise: IPAddress) -> IPAddress {
    guard let range = set?.ranges.first else { return otherwise }
    switch integer(6) {
    case 0, 1: return range.first
    case 2, 3: return range.last
    case 4: return IPAddress(version, range.upper &+ 1)
    default: return IPAddress(version, range.lower &- 1)
    }
  }
}

extension String {
  /// iptables writes ranges with a colon.
  fileprivate func replacingDash() -> String {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return self }
    // The option's own dashes come first: " ", "m multiport ", "", "dports 1", "2".
    return parts[0..<4].joined(separator: "-") + parts[4...].map { ":" + $0 }.joined()
  }
}
