/// A product of sets of field values: all headers whose every field lies in its set. Nil means any value.
public struct HeaderSet: Sendable, Hashable {
  public let version: IPVersion
  /// Sorted protocol numbers.
  public let protocols: [UInt8]?
  public let states: [ConnectionState]?
  /// Names, `eth+` for what begins so and has no name of its own in the rules, `*` for all others.
  public let inInterfaces: [String]?
  public let outInterfaces: [String]?
  public let flags: [TCPFlags]?
  public let destinationPorts: PortSet?
  /// ICMP types times 256 plus codes.
  public let icmp: PortSet?
  public let source: AddressSet
  public let destination: AddressSet
  public let sourcePorts: PortSet?

  public var sourcePrefixes: [IPPrefix] { source.prefixes }
  public var destinationPrefixes: [IPPrefix] { destination.prefixes }

  /// Whether the packet is in the set; interfaces are compared by ``HeaderSets``, which knows the rules' names.
  func contains(_ packet: Packet, inAtom: String, outAtom: String) -> Bool {
    if let protocols, !protocols.contains(packet.proto) { return false }
    if let states, !states.contains(packet.state) { return false }
    if let inInterfaces, !inInterfaces.contains(inAtom) { return false }
    if let outInterfaces, !outInterfaces.contains(outAtom) { return false }
    if let flags, !flags.contains(packet.flags) { return false }
    if let destinationPorts, !destinationPorts.contains(packet.destinationPort) { return false }
    if let icmp, !icmp.contains(packet.icmp) { return false }
    if let sourcePorts, !sourcePorts.contains(packet.sourcePort) { return false }
    return source.contains(packet.source) && destination.contains(packet.destination)
  }
}

/// Disjoint header sets that together are exactly one set of headers.
public struct HeaderSets: Sendable, Hashable {
  /// The first sets, at most as many as the analysis was told to list.
  public let sets: [HeaderSet]
  /// How many there are in all; exact below 2⁵³.
  public let count: Double

  public var isEmpty: Bool { count == 0 }
  public var isComplete: Bool { Double(sets.count) == count }

  public static let empty = HeaderSets(sets: [], count: 0)

  func joined(_ other: HeaderSets) -> HeaderSets {
    HeaderSets(sets: sets + other.sets, count: count + other.count)
  }
}

extension RuleCompiler {
  /// The disjoint sets on which the function has a terminal in `values`.
  func headerSets(_ root: Node, where values: Set<Node>, limit: Int) -> HeaderSets {
    var walk = HeaderWalk(layout: layout, diagram: diagram, values: values, limit: limit)
    return walk.run(root)
  }
}

/// Takes a diagram apart, field by field: values of one field that lead to the same function stay together.
private struct HeaderWalk {
  typealias Node = DecisionDiagram.Node
  typealias Ranges = [ClosedRange<UInt128>]

  let layout: HeaderLayout
  let diagram: DecisionDiagram
  let values: Set<Node>
  /// The union of `values`.
  let wanted: Int32
  let limit: Int
  private var sets: [HeaderSet] = []
  private var counts: ContiguousArray<Double>
  private var exits: FieldExits
  private var known: [[Node: [(node: Node, ranges: Ranges)]]] = []
  private var path: [Ranges?]

  init(layout: HeaderLayout, diagram: DecisionDiagram, values: Set<Node>, limit: Int) {
    self.layout = layout
    self.diagram = diagram
    self.values = values
    wanted = values.reduce(0, |)
    self.limit = limit
    counts = ContiguousArray(repeating: -1, count: diagram.count)
    exits = FieldExits(diagram.count)
    known = Array(repeating: [:], count: layout.order.count)
    path = Array(repeating: nil, count: HeaderLayout.Field.allCases.count)
  }

  mutating func run(_ root: Node) -> HeaderSets {
    let total = count(root)
    list(root, 0)
    return HeaderSets(sets: sets, count: total)
  }

  private mutating func branches(_ root: Node, _ depth: Int) -> [(node: Node, ranges: Ranges)] {
    if let result = known[depth][root] { return result }
    let field = layout.order[depth]
    var result = diagram.branches(root, layout[field])
    if field == .proto { result = result.flatMap(separated) }
    known[depth][root] = result
    return result
  }

  /// Keeps protocols apart whose next header's first bits mean different things, where the function looks at them.
  private func separated(_ branch: (node: Node, ranges: Ranges)) -> [(node: Node, ranges: Ranges)] {
    guard diagram.depends(branch.node, on: [layout[.service].levels, layout[.sourcePort].levels]) else {
      return [branch]
    }
    let numbers = branch.ranges.flatMap { $0.map { UInt8($0) } }
    let ported = numbers.filter(IPProtocol.withPorts.contains)
    let messages = numbers.filter { $0 == IPProtocol.icmp || $0 == IPProtocol.icmpSix }
    let others = numbers.filter { !ported.contains($0) && !messages.contains($0) }
    return [ported, messages, others].filter { !$0.isEmpty }.map { part in
      (branch.node, part.map { UInt128($0)...UInt128($0) })
    }
  }

  /// Number of sets below. A node's level tells its field, so that one number for each node is enough.
  private mutating func count(_ root: Node) -> Double {
    if DecisionDiagram.isTerminal(root) { return values.contains(root) ? 1 : 0 }
    if diagram.outcomes(root) & wanted == 0 { return 0 }
    if counts[Int(root)] >= 0 { return counts[Int(root)] }
    var total = 0.0
    let bits = layout[layout.field(at: diagram.level(root))]
    if bits.first == layout[.proto].first {
      for branch in branches(root, layout.order.firstIndex(of: .proto) ?? 0) { total += count(branch.node) }
    } else {
      for exit in exits.find(root, diagram, bits.levels.upperBound) { total += count(exit) }
    }
    counts[Int(root)] = total
    return total
  }

  private mutating func list(_ root: Node, _ depth: Int) {
    guard sets.count < limit, count(root) > 0 else { return }
    if DecisionDiagram.isTerminal(root) {
      sets.append(headerSet())
      return
    }
    if diagram.level(root) >= layout[layout.order[depth]].levels.upperBound { return list(root, depth + 1) }
    let field = layout.order[depth].rawValue
    let all = branches(root, depth)
    for branch in all {
      path[field] = branch.ranges
      list(branch.node, depth + 1)
    }
    path[field] = nil
  }

  private func headerSet() -> HeaderSet {
    func bytes(_ field: HeaderLayout.Field) -> [UInt8]? {
      path[field.rawValue].map { $0.flatMap { $0.map { UInt8($0) } } }
    }
    func ports(_ field: HeaderLayout.Field) -> PortSet? {
      path[field.rawValue].map { PortSet($0.map { UInt16($0.lowerBound)...UInt16($0.upperBound) }) }
    }
    func names(_ field: HeaderLayout.Field) -> [String]? {
      bytes(field).map { $0.filter { Int($0) < layout.interfaces.count }.map { layout.interfaces[Int($0)].text } }
    }
    func addresses(_ field: HeaderLayout.Field) -> AddressSet {
      guard let ranges = path[field.rawValue] else { return .everything(layout.version) }
      return AddressSet(
        ranges: ranges.map { IPRange(unchecked: layout.version, $0.lowerBound, $0.upperBound) })
    }
    let protocols = bytes(.proto)
    let isICMP = protocols.map { $0.allSatisfy { $0 == IPProtocol.icmp || $0 == IPProtocol.icmpSix } } ?? false
    return HeaderSet(
      version: layout.version, protocols: protocols, states: bytes(.state)?.compactMap(ConnectionState.init(rawValue:)),
      inInterfaces: names(.inInterface), outInterfaces: names(.outInterface),
      flags: bytes(.flags)?.map(TCPFlags.init(rawValue:)), destinationPorts: isICMP ? nil : ports(.service),
      icmp: isICMP ? ports(.service) : nil, source: addresses(.source), destination: addresses(.destination),
      sourcePorts: ports(.sourcePort))
  }
}

/// The different functions of later fields that a function leads to, found once each.
private struct FieldExits {
  private var seen: ContiguousArray<Int32>
  private var round: Int32 = 0

  init(_ count: Int) { seen = ContiguousArray(repeating: 0, count: count) }

  mutating func find(_ root: DecisionDiagram.Node, _ diagram: DecisionDiagram, _ end: Int32) -> [DecisionDiagram.Node] {
    round += 1
    var result: [DecisionDiagram.Node] = []
    var open = [root]
    while let next = open.popLast() {
      guard seen[Int(next)] != round else { continue }
      seen[Int(next)] = round
      if diagram.level(next) >= end {
        result.append(next)
      } else {
        open.append(diagram[next].match)
        open.append(diagram[next].other)
      }
    }
    return result
  }
}

extension HeaderLayout.InterfaceAtom {
  var text: String {
    switch self {
    case .named(let name): name
    case .beginning(let name): name + "+"
    case .other: "*"
    }
  }
}
