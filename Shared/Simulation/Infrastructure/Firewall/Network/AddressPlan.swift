/// Blocks of networks that shall reach each other: virtual networks, sites, peers.
public enum AddressPlan {
  public struct Network: Sendable, Hashable {
    public let name: String
    public let blocks: [IPPrefix]

    public init(name: String, blocks: [IPPrefix]) {
      self.name = name
      self.blocks = blocks
    }
  }

  /// Addresses that two networks both claim: neither can be routed to the other there, and cloud peerings refuse it.
  public struct Overlap: Sendable, Hashable {
    public let first: String
    public let second: String
    public let shared: [IPPrefix]
  }

  /// All overlaps between different networks, in the order given.
  public static func overlaps(_ networks: [Network]) -> [Overlap] {
    var result: [Overlap] = []
    for (index, first) in networks.enumerated() {
      for second in networks[(index + 1)...] {
        let shared = AddressSet(first.blocks).intersection(AddressSet(second.blocks))
        if !shared.isEmpty {
          result.append(Overlap(first: first.name, second: second.name, shared: shared.prefixes))
        }
      }
    }
    return result
  }
}
