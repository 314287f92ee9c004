/// Names of ICMP types as iptables and nftables write them (RFC 792, RFC 4443 and the IANA registries).
enum ICMPNames {
  private static let four: [(String, UInt16, UInt16?)] = [
    ("echo-reply", 0, nil), ("pong", 0, nil), ("destination-unreachable", 3, nil), ("network-unreachable", 3, 0),
    ("host-unreachable", 3, 1), ("protocol-unreachable", 3, 2), ("port-unreachable", 3, 3),
    ("fragmentation-needed", 3, 4), ("source-quench", 4, nil), ("redirect", 5, nil), ("echo-request", 8, nil),
    ("ping", 8, nil), ("router-advertisement", 9, nil), ("router-solicitation", 10, nil), ("time-exceeded", 11, nil),
    ("ttl-exceeded", 11, nil), ("parameter-problem", 12, nil), ("timestamp-request", 13, nil),
    ("timestamp-reply", 14, nil), ("address-mask-request", 17, nil), ("address-mask-reply", 18, nil),
  ]
  private static let six: [(String, UInt16, UInt16?)] = [
    ("destination-unreachable", 1, nil), ("packet-too-big", 2, nil), ("time-exceeded", 3, nil),
    ("ttl-exceeded", 3, nil), ("parameter-problem", 4, nil), ("echo-request", 128, nil), ("ping", 128, nil),
    ("echo-reply", 129, nil), ("pong", 129, nil), ("mld-listener-query", 130, nil), ("mld-listener-report", 131, nil),
    ("mld-listener-done", 132, nil), ("router-solicitation", 133, nil), ("nd-router-solicit", 133, nil),
    ("router-advertisement", 134, nil), ("nd-router-advert", 134, nil), ("neighbour-solicitation", 135, nil),
    ("neighbor-solicitation", 135, nil), ("nd-neighbor-solicit", 135, nil), ("neighbour-advertisement", 136, nil),
    ("neighbor-advertisement", 136, nil), ("nd-neighbor-advert", 136, nil), ("redirect", 137, nil),
    ("nd-redirect", 137, nil), ("mld2-listener-report", 143, nil),
  ]

  /// `any`, `8`, `3/4` or a name; nil if unknown.
  static func codes(_ text: String, _ version: IPVersion) -> PortSet? {
    if text == "any" { return .all }
    if let entry = (version == .four ? four : six).first(where: { $0.0 == text }) { return codes(entry.1, entry.2) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let type = UInt8(parts[0]) else { return nil }
    guard parts.count == 2 else { return codes(UInt16(type), nil) }
    guard let code = UInt8(parts[1]) else { return nil }
    return codes(UInt16(type), UInt16(code))
  }

  private static func codes(_ type: UInt16, _ code: UInt16?) -> PortSet {
    let base = type << 8
    return code.map { PortSet(base | $0) } ?? PortSet([base...(base | 255)])
  }
}
