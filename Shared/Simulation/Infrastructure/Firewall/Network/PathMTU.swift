/// Whether large packets get through a path of links and tunnels.
///
/// A router that cannot forward a packet for its size drops it and reports "fragmentation needed" (ICMP type 3 code 4, RFC
/// 1191) or "packet too big" (ICMPv6 type 2, RFC 8201). Where a filter drops that report, connections open and then hang
/// with the first full segment: a path MTU black hole (RFC 2923, section 2.1).
public struct PathMTU: Sendable, Hashable {
  /// An encapsulation and the bytes it takes from each packet.
  public enum Encapsulation: Sendable, Hashable, CaseIterable {
    /// PPP over Ethernet: 6 + 2 bytes (RFC 2516).
    case pppoe
    /// IPv4 in IPv4 (RFC 2003).
    case ipInIP
    /// IPv6 in IPv4 (RFC 4213).
    case sixInFour
    /// GRE over IPv4 without key, sequence and checksum: 20 + 4 (RFC 2784).
    case gre
    /// VXLAN over IPv4: outer IP 20, UDP 8, VXLAN 8, inner Ethernet 14 (RFC 7348).
    case vxlan
    /// VXLAN over IPv6: outer IP 40 (RFC 7348).
    case vxlanOverSix
    /// GENEVE over IPv4 without options: as VXLAN (RFC 8926).
    case geneve
    /// WireGuard over IPv4: IP 20, UDP 8, type and reserved 4, receiver 4, counter 8, tag 16 (Donenfeld, "WireGuard",
    /// NDSS 2017, section 5.4.6).
    case wireGuard
    /// WireGuard over IPv6.
    case wireGuardOverSix
    /// IPsec ESP tunnel over IPv4 with AES-GCM: IP 20, SPI and sequence 8, IV 8, trailer 2, tag 16 and at most 3 bytes
    /// of padding (RFC 4303, RFC 4106).
    case espGCM
    /// IPsec ESP tunnel over IPv4 with AES-CBC and HMAC-SHA1-96: IP 20, SPI and sequence 8, IV 16, trailer 2, check 12 and
    /// at most 15 bytes of padding (RFC 4303, RFC 3602, RFC 2404): the most of the usual ciphers.
    case espCBC

    /// Bytes, the most where the amount depends on the packet.
    public var overhead: Int {
      switch self {
      case .pppoe: 8
      case .ipInIP, .sixInFour: 20
      case .gre: 24
      case .vxlan, .geneve: 50
      case .vxlanOverSix: 70
      case .wireGuard: 60
      case .wireGuardOverSix: 80
      case .espGCM: 57
      case .espCBC: 73
      }
    }
  }

  /// One hop: its link's MTU in bytes, what is wrapped around packets on it, and whether the sender hears its reports.
  public struct Hop: Sendable, Hashable {
    public let linkMTU: Int
    public let encapsulations: [Encapsulation]
    public let reportsReachSender: Bool

    public init(linkMTU: Int, encapsulations: [Encapsulation] = [], reportsReachSender: Bool = true) {
      self.linkMTU = linkMTU
      self.encapsulations = encapsulations
      self.reportsReachSender = reportsReachSender
    }

    /// Largest packet in bytes that passes.
    public var mtu: Int { linkMTU - encapsulations.reduce(0) { $0 + $1.overhead } }
  }

  /// What happens to a sender's largest packets.
  public enum Outcome: Sendable, Hashable {
    case fits
    /// The sender learns to send less; the first packets are lost.
    case discovered(mtu: Int)
    /// Routers cut packets up, which IPv4 allows unless the sender forbids it.
    case fragmented(mtu: Int)
    /// Large packets vanish; from this size in bytes on.
    case blackHole(above: Int)
  }

  public enum Failure: Error, Sendable, Hashable {
    /// Below what the protocol guarantees (68 bytes, RFC 791; 1280 bytes, RFC 8200), or above 65,535.
    case outOfRange(mtu: Int)
  }

  public let version: IPVersion
  /// MTU of the sender's interface in bytes.
  public let interfaceMTU: Int
  public let hops: [Hop]

  /// - Throws: ``Failure``.
  public init(_ version: IPVersion, interfaceMTU: Int, hops: [Hop]) throws(Failure) {
    let least = version == .four ? 68 : 1280
    for mtu in [interfaceMTU] + hops.map(\.mtu) where mtu < least || mtu > 65_535 { throw .outOfRange(mtu: mtu) }
    self.version = version
    self.interfaceMTU = interfaceMTU
    self.hops = hops
  }

  /// Largest packet in bytes that passes all hops.
  public var pathMTU: Int { hops.reduce(interfaceMTU) { min($0, $1.mtu) } }

  /// The largest TCP payload per segment without options: MTU less 40 or 60 bytes of headers (RFC 9293, section 3.7.1).
  public static func segmentSize(mtu: Int, _ version: IPVersion) -> Int { mtu - (version == .four ? 40 : 60) }

  /// - Parameter forbidsFragments: the sender sets "don't fragment", as TCP does; IPv6 routers never fragment.
  public func outcome(forbidsFragments: Bool = true) -> Outcome { outcome(size: interfaceMTU, forbidsFragments) }

  /// For TCP with the segment size clamped on the way to `clamp` bytes (`TCPMSS --set-mss`, RFC 4459 section 3.2), or
  /// without clamping for nil.
  public func outcome(clamp: Int?) -> Outcome {
    let headers = interfaceMTU - Self.segmentSize(mtu: interfaceMTU, version)
    return outcome(size: min(interfaceMTU, clamp.map { $0 + headers } ?? interfaceMTU), true)
  }

  private func outcome(size: Int, _ forbidsFragments: Bool) -> Outcome {
    var size = size
    var isDiscovered = false
    for hop in hops where size > hop.mtu {
      if !forbidsFragments, version == .four { return .fragmented(mtu: pathMTU) }
      guard hop.reportsReachSender else { return .blackHole(above: hop.mtu) }
      size = hop.mtu
      isDiscovered = true
    }
    return isDiscovered ? .discovered(mtu: size) : .fits
  }

  /// Whether a filter between router and sender lets the report through, by its verdict on that very packet.
  public static func passesReports(
    _ rules: RuleSet, from router: IPAddress, to sender: IPAddress, state: ConnectionState = .related
  ) -> Verdict {
    let isFour = router.version == .four
    return rules.verdict(
      for: Packet(
        source: router, destination: sender, proto: isFour ? IPProtocol.icmp : IPProtocol.icmpSix,
        icmp: isFour ? 3 << 8 | 4 : 2 << 8, state: state))
  }
}
