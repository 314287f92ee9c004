/// IP protocol numbers (IANA protocol numbers registry).
public enum IPProtocol {
  public static let icmp: UInt8 = 1
  public static let tcp: UInt8 = 6
  public static let udp: UInt8 = 17
  public static let icmpSix: UInt8 = 58

  /// Protocols whose header begins with source and destination port.
  public static let withPorts: [UInt8] = [6, 17, 33, 132, 136]

  private static let names: [(String, UInt8)] = [
    ("icmp", 1), ("igmp", 2), ("ipip", 4), ("tcp", 6), ("udp", 17), ("dccp", 33), ("ipv6", 41), ("gre", 47),
    ("esp", 50), ("ah", 51), ("icmpv6", 58), ("ipv6-icmp", 58), ("ospf", 89), ("pim", 103), ("vrrp", 112),
    ("l2tp", 115), ("sctp", 132), ("udplite", 136),
  ]

  /// A number 0 to 255 or a name of /etc/protocols; nil if unknown.
  public static func number(_ text: String) -> UInt8? {
    let text = text.lowercased()
    return UInt8(text) ?? names.first { $0.0 == text }?.1
  }

  public static func name(_ number: UInt8) -> String { names.first { $0.1 == number }?.0 ?? String(number) }
}

/// State of a packet's connection in the tracking table (iptables-extensions(8), conntrack).
public enum ConnectionState: UInt8, Sendable, Hashable, CaseIterable, Comparable {
  case new, established, related, invalid, untracked

  public init?(_ text: String) {
    switch text.uppercased() {
    case "NEW": self = .new
    case "ESTABLISHED": self = .established
    case "RELATED": self = .related
    case "INVALID": self = .invalid
    case "UNTRACKED": self = .untracked
    default: return nil
    }
  }

  public static func < (a: ConnectionState, b: ConnectionState) -> Bool { a.rawValue < b.rawValue }
}

/// Flags of the TCP header (RFC 9293, section 3.1), in their order in the header.
public struct TCPFlags: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let fin = TCPFlags(rawValue: 1)
  public static let syn = TCPFlags(rawValue: 2)
  public static let rst = TCPFlags(rawValue: 4)
  public static let psh = TCPFlags(rawValue: 8)
  public static let ack = TCPFlags(rawValue: 16)
  public static let urg = TCPFlags(rawValue: 32)
  public static let ece = TCPFlags(rawValue: 64)
  public static let cwr = TCPFlags(rawValue: 128)

  /// `SYN,ACK`, `syn|ack`, `ALL`, `NONE`; ALL means the six flags iptables calls so. Nil if a name is unknown.
  public init?(_ text: String) {
    var flags: TCPFlags = []
    for name in text.split(whereSeparator: { $0 == "," || $0 == "|" }) {
      switch name.uppercased() {
      case "FIN": flags.insert(.fin)
      case "SYN": flags.insert(.syn)
      case "RST": flags.insert(.rst)
      case "PSH": flags.insert(.psh)
      case "ACK": flags.insert(.ack)
      case "URG": flags.insert(.urg)
      case "ECE", "ECN": flags.insert(.ece)
      case "CWR": flags.insert(.cwr)
      case "ALL": flags.formUnion(TCPFlags(rawValue: 0x3F))
      case "NONE": break
      default: return nil
      }
    }
    self = flags
  }
}

/// One packet, as far as rules look at it. By default a TCP connection's first packet.
public struct Packet: Sendable, Hashable {
  public var source: IPAddress
  public var destination: IPAddress
  public var proto: UInt8
  /// Read for protocols with ports only.
  public var sourcePort: UInt16
  public var destinationPort: UInt16
  /// ICMP type times 256 plus code, read for ICMP and ICMPv6 only.
  public var icmp: UInt16
  public var inInterface: String
  public var outInterface: String
  public var state: ConnectionState
  /// Read for TCP only.
  public var flags: TCPFlags

  public init(
    source: IPAddress, destination: IPAddress, proto: UInt8 = IPProtocol.tcp, sourcePort: UInt16 = 49152,
    destinationPort: UInt16 = 0, icmp: UInt16 = 8 << 8, inInterface: String = "", outInterface: String = "",
    state: ConnectionState = .new, flags: TCPFlags = .syn
  ) {
    self.source = source
    self.destination = destination
    self.proto = proto
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.icmp = icmp
    self.inInterface = inInterface
    self.outInterface = outInterface
    self.state = state
    self.flags = flags
  }

  var hasPorts: Bool { IPProtocol.withPorts.contains(proto) }
  var hasICMP: Bool { proto == IPProtocol.icmp || proto == IPProtocol.icmpSix }
}
