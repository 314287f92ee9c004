/// Consistent hashing: which of several nodes a key belongs to. A node that joins or leaves moves only the keys that it
/// gets or had.
///
/// Source: Karger et al., "Consistent Hashing and Random Trees", STOC 1997, with so many points a node that their shares
/// are nearly equal. Every process finds the same home: the hash is FNV-1a (Fowler, Noll, Vo; 64 bits) behind the
/// finalizer of MurmurHash3 (Appleby), which FNV-1a needs for its high bits, and neither the order of the nodes nor
/// repeats among them matter.
public struct HashRing: Sendable, Hashable {
  /// Points of one node on the ring. The share of a key's home deviates by about 1/√256, 6 %.
  public static let pointsPerNode = 256

  /// Distinct, ascending.
  public let nodes: [String]
  /// Ascending.
  private let points: [UInt64]
  /// The node of each point, as its place in `nodes`.
  private let owners: [Int32]

  public init(_ nodes: some Sequence<String>) {
    self.nodes = Set(nodes).sorted()
    // One node needs no points: everything is its own.
    guard self.nodes.count > 1 else {
      (points, owners) = ([], [])
      return
    }
    var all: [(point: UInt64, owner: Int32)] = []
    all.reserveCapacity(self.nodes.count * Self.pointsPerNode)
    for (owner, node) in self.nodes.enumerated() {
      for number in 0..<Self.pointsPerNode { all.append((Self.hash("\(node)#\(number)"), Int32(owner))) }
    }
    // Nodes are sorted, so that points that meet have the same owner everywhere.
    all.sort { ($0.point, $0.owner) < ($1.point, $1.owner) }
    points = all.map(\.point)
    owners = all.map(\.owner)
  }

  public var isEmpty: Bool { nodes.isEmpty }

  /// The node that a key belongs to; nil when there is none.
  public func home(of key: String) -> String? { index(of: key).map { nodes[$0] } }

  /// The place in `nodes` of the node that a key belongs to; nil when there is none.
  public func index(of key: String) -> Int? {
    guard nodes.count > 1 else { return nodes.isEmpty ? nil : 0 }
    let hash = Self.hash(key)
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return Int(owners[low == points.count ? 0 : low])
  }

  static func hash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 33
  }
}
