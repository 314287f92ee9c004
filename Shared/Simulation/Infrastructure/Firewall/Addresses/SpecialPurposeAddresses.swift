/// Blocks that are not globally reachable unicast, after the IANA special-purpose address registries (RFC 6890 and its
/// successors), and what remains of the public Internet.
public enum SpecialPurposeAddresses {
  public struct Block: Sendable, Hashable {
    public let prefix: IPPrefix
    public let name: String
    /// The defining document.
    public let source: String
  }

  private static func block(_ prefix: String, _ name: String, _ source: String) -> Block {
    guard let prefix = IPPrefix(prefix) else { preconditionFailure("not a prefix: \(prefix)") }
    return Block(prefix: prefix, name: name, source: source)
  }

  public static let blocks: [Block] = [
    block("0.0.0.0/8", "this network", "RFC 791"),
    block("10.0.0.0/8", "private use", "RFC 1918"),
    block("100.64.0.0/10", "shared address space", "RFC 6598"),
    block("127.0.0.0/8", "loopback", "RFC 1122"),
    block("169.254.0.0/16", "link local", "RFC 3927"),
    block("172.16.0.0/12", "private use", "RFC 1918"),
    block("192.0.0.0/24", "IETF protocol assignments", "RFC 6890"),
    block("192.0.2.0/24", "documentation", "RFC 5737"),
    block("192.168.0.0/16", "private use", "RFC 1918"),
    block("198.18.0.0/15", "benchmarking", "RFC 2544"),
    block("198.51.100.0/24", "documentation", "RFC 5737"),
    block("203.0.113.0/24", "documentation", "RFC 5737"),
    block("224.0.0.0/4", "multicast", "RFC 5771"),
    block("240.0.0.0/4", "reserved", "RFC 1112"),
    // Outside 2000::/3 only the translation prefix 64:ff9b::/96 (RFC 6052) is globally reachable.
    block("::/1", "not in 2000::/3", "RFC 4291"),
    block("8000::/1", "not in 2000::/3: unique local, link local, multicast, reserved", "RFC 4291, RFC 4193"),
    block("2001:db8::/32", "documentation", "RFC 3849"),
    block("2001:2::/48", "benchmarking", "RFC 5180"),
    block("3fff::/20", "documentation", "RFC 9637"),
  ]

  /// Globally reachable unicast addresses of both versions.
  public static let publicAddresses: AddressSet = {
    let reachable = AddressSet("2000::/3,64:ff9b::/96") ?? .empty
    let notSix = AddressSet(blocks.filter { $0.prefix.version == .six && $0.prefix.prefixLength > 1 }.map(\.prefix))
    let notFour = AddressSet(blocks.filter { $0.prefix.version == .four }.map(\.prefix))
    return notFour.complement(.four).union(reachable.subtracting(notSix))
  }()

  /// The registry's block that holds the address, the narrowest first; nil for public addresses.
  public static func block(of address: IPAddress) -> Block? {
    guard !publicAddresses.contains(address) else { return nil }
    return blocks.filter { $0.prefix.contains(address) }.max { $0.prefix.prefixLength < $1.prefix.prefixLength }
  }
}
