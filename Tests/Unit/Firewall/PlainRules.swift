import SimulationFirewall

/// A plain first-match list as the verified tool prints it, read and judged without the code under test.
struct PlainRules {
  private struct Line {
    var accepts: Bool
    var proto: UInt8?
    var source: ClosedRange<UInt32>
    var destination: ClosedRange<UInt32>
    var sourcePorts: ClosedRange<UInt16>?
    var destinationPorts: ClosedRange<UInt16>?
    var inInterface: String?
  }
  private var lines: [Line] = []
  var count: Int { lines.count }

  /// Lines of `iptables -L -n` or of fffuu's "simple firewall"; other lines are passed over.
  init(_ text: some StringProtocol) {
    for row in String(text).split(whereSeparator: { $0.isNewline }) {
      let words = row.split(whereSeparator: { $0 == " " }).map(String.init)
      guard words.count >= 5, words[0] == "ACCEPT" || words[0] == "DROP", words[2] == "--" else { continue }
      let protocols: [String: UInt8] = ["tcp": 6, "udp": 17, "icmp": 1]
      var line = Line(
        accepts: words[0] == "ACCEPT", proto: protocols[words[1]], source: Self.range(words[3]),
        destination: Self.range(words[4]))
      precondition(words[1] == "all" || line.proto != nil, words[1])
      var rest = words[5...]
      while let word = rest.popFirst() {
        if word == "in:" {
          line.inInterface = rest.popFirst()
        } else if word == "sports:" {
          line.sourcePorts = rest.popFirst().map(Self.ports)
        } else if word == "dports:" {
          line.destinationPorts = rest.popFirst().map(Self.ports)
        } else if word.hasPrefix("spt") {
          line.sourcePorts = Self.ports(String(word.drop { $0 != ":" }.dropFirst()))
        } else if word.hasPrefix("dpt") {
          line.destinationPorts = Self.ports(String(word.drop { $0 != ":" }.dropFirst()))
        } else {
          precondition(word == "tcp" || word == "udp", word)
        }
      }
      lines.append(line)
    }
  }

  static func address(_ text: some StringProtocol) -> UInt32 {
    text.split(separator: ".").reduce(0) { $0 << 8 | (UInt32($1) ?? 0) }
  }

  private static func range(_ text: String) -> ClosedRange<UInt32> {
    let parts = text.split(separator: "/")
    let length = parts.count > 1 ? UInt32(parts[1]) ?? 32 : 32
    let mask: UInt32 = length == 0 ? 0 : ~0 << (32 - length)
    let base = address(parts[0]) & mask
    return base...(base | ~mask)
  }

  private static func ports(_ text: String) -> ClosedRange<UInt16> {
    let parts = text.split(separator: ":").compactMap { UInt16($0) }
    return parts[0]...(parts.last ?? parts[0])
  }

  /// Nil if no line matches.
  func accepts(_ packet: Packet) -> Bool? {
    let hasPorts = packet.proto == 6 || packet.proto == 17
    return lines.first { line in
      (line.proto == nil || line.proto == packet.proto)
        && line.source.contains(UInt32(packet.source.value))
        && line.destination.contains(UInt32(packet.destination.value))
        && (line.sourcePorts == nil || hasPorts && line.sourcePorts!.contains(packet.sourcePort))
        && (line.destinationPorts == nil || hasPorts && line.destinationPorts!.contains(packet.destinationPort))
        && (line.inInterface == nil || line.inInterface == packet.inInterface)
    }?.accepts
  }

  /// Addresses and ports at which some line begins or ends, with their neighbours.
  var corners: (addresses: [UInt32], ports: [UInt16]) {
    let addresses = lines.flatMap { [$0.source, $0.destination] }.flatMap {
      [$0.lowerBound, $0.upperBound, $0.lowerBound &- 1, $0.upperBound &+ 1]
    }
    let ports = lines.flatMap { [$0.sourcePorts, $0.destinationPorts] }.compactMap { $0 }.flatMap {
      [$0.lowerBound, $0.upperBound, $0.lowerBound &- 1, $0.upperBound &+ 1]
    }
    return (Array(Set(addresses)).sorted(), Array(Set(ports + [22, 80, 8080])).sorted())
  }
}
