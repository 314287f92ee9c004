/// Which bits of a diagram stand for which field of a packet.
///
/// The protocol parts the traffic, the destination is what rule sets are ordered by, and what few rules look at comes
/// last: of the eight orders measured (Tests/Benchmarks/Firewall) this one took the fewest steps and gave the fewest sets.
/// Ports and ICMP types share their bits, for no packet has both. Interfaces are numbered by what the rules can tell
/// apart: every name, every wildcard's remainder, and all others.
struct HeaderLayout {
  enum Field: Int, CaseIterable {
    case proto, destination, service, source, sourcePort, state, inInterface, outInterface, flags
  }

  struct Bits {
    let first: Int32
    let width: Int
    var levels: Range<Int32> { first..<first + Int32(width) }
  }

  let version: IPVersion
  /// Interface atoms: names, and beginnings of names that none of the other atoms has; the last one is all others.
  let interfaces: [InterfaceAtom]
  private let bits: [Bits]
  let order: [Field]

  enum InterfaceAtom: Hashable {
    case named(String)
    /// Any name with this beginning that no other atom names.
    case beginning(String)
    case other
  }

  init(_ version: IPVersion, interfaces conditions: [InterfaceCondition], order: [Field] = Field.allCases) {
    self.version = version
    var atoms: [InterfaceAtom] = []
    var seen: Set<InterfaceAtom> = []
    for condition in conditions {
      let atom: InterfaceAtom = condition.isWildcard ? .beginning(condition.name) : .named(condition.name)
      if atom != .beginning(""), seen.insert(atom).inserted { atoms.append(atom) }
    }
    atoms.append(.other)
    interfaces = atoms
    let interfaceBits = Int.bitWidth - (atoms.count - 1).leadingZeroBitCount
    self.order = order
    var bits = [Bits](repeating: Bits(first: 0, width: 0), count: Field.allCases.count)
    var next: Int32 = 0
    for field in order {
      let width: Int
      switch field {
      case .proto, .flags: width = 8
      case .state: width = 3
      case .inInterface, .outInterface: width = interfaceBits
      case .source, .destination: width = version.width
      case .service, .sourcePort: width = 16
      }
      bits[field.rawValue] = Bits(first: next, width: width)
      next += Int32(width)
    }
    self.bits = bits
  }

  subscript(field: Field) -> Bits { bits[field.rawValue] }

  /// Levels at which the words of the fields begin, and the one behind the last field.
  var words: [Int32] {
    bits.flatMap { field in
      Array(stride(from: field.first, to: field.levels.upperBound, by: DiagramStorage.longest))
    } + [bits.map(\.levels.upperBound).max() ?? 0]
  }

  /// The field a level belongs to.
  func field(at level: Int32) -> Field { order.first { self[$0].levels.contains(level) } ?? .proto }

  /// Numbers of the interface atoms on which all conditions hold, as ranges. Numbers beyond the last atom stand for it.
  func atoms(_ conditions: [InterfaceCondition], _ field: Field) -> [ClosedRange<UInt128>] {
    let top = self[field].width == 0 ? 0 : (1 << UInt128(self[field].width)) - 1
    return interfaces.indices.filter { index in conditions.allSatisfy { holds($0, interfaces[index]) } }.map {
      UInt128($0)...($0 == interfaces.count - 1 ? UInt128(top) : UInt128($0))
    }
  }

  private func holds(_ condition: InterfaceCondition, _ atom: InterfaceAtom) -> Bool {
    let matches: Bool
    switch atom {
    case .named(let name): return condition.matches(name)
    case .beginning(let name): matches = condition.isWildcard && name.hasPrefix(condition.name)
    case .other: matches = condition.isWildcard && condition.name.isEmpty
    }
    return matches != condition.isNegated
  }

  /// The atom a real interface belongs to: its name, else the longest beginning.
  func atom(of interface: String) -> Int {
    var best = interfaces.count - 1
    var length = -1
    for (index, atom) in interfaces.enumerated() {
      switch atom {
      case .named(let name) where name == interface: return index
      case .beginning(let name) where interface.hasPrefix(name) && name.utf8.count > length:
        best = index
        length = name.utf8.count
      default: break
      }
    }
    return best
  }

  /// The value a packet has in a field.
  func value(_ field: Field, of packet: Packet) -> UInt128 {
    switch field {
    case .proto: return UInt128(packet.proto)
    case .state: return UInt128(packet.state.rawValue)
    case .inInterface: return UInt128(atom(of: packet.inInterface))
    case .outInterface: return UInt128(atom(of: packet.outInterface))
    case .flags: return UInt128(packet.flags.rawValue)
    case .service: return UInt128(packet.hasICMP ? packet.icmp : packet.destinationPort)
    case .source: return packet.source.value
    case .destination: return packet.destination.value
    case .sourcePort: return UInt128(packet.sourcePort)
    }
  }
}
