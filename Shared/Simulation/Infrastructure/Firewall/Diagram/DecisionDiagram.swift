/// Reduced ordered decision diagrams over bits with the sixteen 4-bit sets as terminals.
///
/// Bryant's algorithm (Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Trans. Computers 35
/// (1986)): nodes are shared, so two functions are equal exactly if their roots are. Several terminals in place of two
/// follow Fujita, McGeer and Yang (1997). Terminals are the node numbers 0 to 15 themselves; as truth values, 0 is false
/// and 15 is true, so that bitwise operations serve both readings. Nodes are never freed: a diagram lives for one analysis.
struct DecisionDiagram {
  typealias Node = Int32

  enum Operation: Int32 {
    /// What `a` leaves to proceed goes on in `b`.
    case override
    case and
    case or
    /// `a` and not `b`.
    case without
    /// `a` is a condition whose terminals are outcomes of "proceed" (no match), "accept" (match) or both (either).
    case guarded
    /// Compares final verdicts: see ``VerdictChange``.
    case change
    /// The set of headers on which `a` and `b` differ.
    case differs
    /// The part of the set `a` on which the rules `b` do anything.
    case touched
    /// The part of the set `a` that the rules `b` may leave to proceed.
    case passing
  }

  static let none: Node = 0
  static let all: Node = 15

  private struct Inner {
    var level: Int32
    var low: Node
    var high: Node
  }

  private struct Memo {
    var a: Node = -1
    var b: Node = -1
    var operation: Int32 = -1
    var result: Node = 0
  }

  private var nodes: ContiguousArray<Inner>
  private var table: ContiguousArray<Node>
  private var memo: ContiguousArray<Memo>
  private let limit: Int
  /// Recursive steps taken so far: the work, independent of the machine.
  private(set) var steps = 0
  /// True once the limit was hit; results after that mean nothing.
  private(set) var isExhausted = false

  init(limit: Int, memoBits: Int = 18) {
    self.limit = limit
    nodes = ContiguousArray(repeating: Inner(level: .max, low: 0, high: 0), count: 16)
    table = ContiguousArray(repeating: -1, count: 1 << 16)
    memo = ContiguousArray(repeating: Memo(), count: 1 << memoBits)
  }

  var count: Int { nodes.count }
  func level(_ node: Node) -> Int32 { nodes[Int(node)].level }
  func low(_ node: Node) -> Node { nodes[Int(node)].low }
  func high(_ node: Node) -> Node { nodes[Int(node)].high }
  static func isTerminal(_ node: Node) -> Bool { node < 16 }

  @inline(__always)
  private static func hash(_ a: Int32, _ b: Int32, _ c: Int32) -> Int {
    var x = UInt64(UInt32(bitPattern: a)) &* 0x9E37_79B9_7F4A_7C15
    x ^= UInt64(UInt32(bitPattern: b)) &* 0xC2B2_AE3D_27D4_EB4F
    x ^= UInt64(UInt32(bitPattern: c)) &* 0x1656_67B1_9E37_79F9
    x ^= x >> 29
    x = x &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: x >> 32)
  }

  mutating func node(_ level: Int32, _ low: Node, _ high: Node) -> Node {
    if low == high { return low }
    let mask = table.count - 1
    var slot = Self.hash(level, low, high) & mask
    while true {
      let found = table[slot]
      if found < 0 { break }
      let inner = nodes[Int(found)]
      if inner.level == level, inner.low == low, inner.high == high { return found }
      slot = (slot + 1) & mask
    }
    guard nodes.count < limit else {
      isExhausted = true
      return 0
    }
    let new = Node(nodes.count)
    nodes.append(Inner(level: level, low: low, high: high))
    table[slot] = new
    if nodes.count * 2 > table.count { grow() }
    return new
  }

  private mutating func grow() {
    var larger = ContiguousArray<Node>(repeating: -1, count: table.count * 4)
    let mask = larger.count - 1
    for index in 16..<nodes.count {
      let inner = nodes[index]
      var slot = Self.hash(inner.level, inner.low, inner.high) & mask
      while larger[slot] >= 0 { slot = (slot + 1) & mask }
      larger[slot] = Node(index)
    }
    table = larger
  }

  // Outcome bits as node numbers.
  private static let proceed: Node = 1

  /// The result where it needs no look inside, else -1.
  @inline(__always)
  private static func shortcut(_ operation: Operation, _ a: Node, _ b: Node) -> Node {
    switch operation {
    case .override:
      if a < 16 {
        if a & proceed == 0 { return a }
        if a == proceed { return b }
        if b < 16 { return (a & ~proceed) | b }
      }
      return b == proceed ? a : -1
    case .and:
      if a == 0 || b == 0 { return 0 }
      if a == 15 || a == b { return b }
      if b == 15 { return a }
      return a < 16 && b < 16 ? a & b : -1
    case .or:
      if a == 15 || b == 15 { return 15 }
      if a == 0 || a == b { return b }
      if b == 0 { return a }
      return a < 16 && b < 16 ? a | b : -1
    case .without:
      if a == 0 || b == 15 || a == b { return 0 }
      if b == 0 { return a }
      return a < 16 && b < 16 ? a & ~b : -1
    case .guarded:
      if a == proceed { return proceed }
      if a == 2 { return b }
      if b == proceed { return proceed }
      return a < 16 && b < 16 ? b | proceed : -1
    case .change:
      if a == b { return 0 }
      return a < 16 && b < 16 ? VerdictChange.terminal(from: a, to: b) : -1
    case .differs:
      if a == b { return 0 }
      return a < 16 && b < 16 ? 15 : -1
    case .touched:
      if a == 0 || b == proceed { return 0 }
      return b < 16 ? a : -1
    case .passing:
      if a == 0 || b == proceed { return a }
      return b < 16 ? (b & proceed == 0 ? 0 : a) : -1
    }
  }

  mutating func apply(_ operation: Operation, _ a: Node, _ b: Node) -> Node {
    let quick = Self.shortcut(operation, a, b)
    if quick >= 0 || isExhausted { return max(quick, 0) }
    steps += 1
    var (a, b) = (a, b)
    if a > b, operation == .and || operation == .or { swap(&a, &b) }
    let slot = Self.hash(a, b, operation.rawValue) & (memo.count - 1)
    let entry = memo[slot]
    if entry.a == a, entry.b == b, entry.operation == operation.rawValue { return entry.result }
    let (x, y) = (nodes[Int(a)], nodes[Int(b)])
    let level = min(x.level, y.level)
    let low = apply(operation, x.level == level ? x.low : a, y.level == level ? y.low : b)
    let high = apply(operation, x.level == level ? x.high : a, y.level == level ? y.high : b)
    let result = node(level, low, high)
    memo[slot] = Memo(a: a, b: b, operation: operation.rawValue, result: result)
    return result
  }

  /// Replaces each terminal by `table`'s entry for it.
  mutating func map(_ root: Node, _ table: [Node]) -> Node {
    var known: [Node: Node] = [:]
    return map(root, table, &known)
  }

  private mutating func map(_ root: Node, _ table: [Node], _ known: inout [Node: Node]) -> Node {
    if root < 16 { return table[Int(root)] }
    if let result = known[root] { return result }
    steps += 1
    let inner = nodes[Int(root)]
    let low = map(inner.low, table, &known)
    let high = map(inner.high, table, &known)
    let result = node(inner.level, low, high)
    known[root] = result
    return result
  }

  /// The union of terminals over all values of the bits at `levels`.
  mutating func project(_ root: Node, _ levels: Range<Int32>) -> Node {
    var known: [Node: Node] = [:]
    return project(root, levels, &known)
  }

  private mutating func project(_ root: Node, _ levels: Range<Int32>, _ known: inout [Node: Node]) -> Node {
    if root < 16 || level(root) >= levels.upperBound { return root }
    if let result = known[root] { return result }
    steps += 1
    let inner = nodes[Int(root)]
    let low = project(inner.low, levels, &known)
    let high = project(inner.high, levels, &known)
    let result = levels.contains(inner.level) ? apply(.or, low, high) : node(inner.level, low, high)
    known[root] = result
    return result
  }

  mutating func steps(_ count: Int) { steps += count }

  /// Whether the function looks at a bit at one of the levels.
  func depends(_ root: Node, on levels: [Range<Int32>]) -> Bool {
    var seen: Set<Node> = []
    var open = [root]
    while let next = open.popLast() {
      guard next >= 16, seen.insert(next).inserted else { continue }
      if levels.contains(where: { $0.contains(level(next)) }) { return true }
      open += [low(next), high(next)]
    }
    return false
  }

  /// Number of distinct inner nodes below and including the root.
  func size(_ root: Node) -> Int {
    var seen: Set<Node> = []
    var open = [root]
    while let next = open.popLast() {
      guard next >= 16, seen.insert(next).inserted else { continue }
      open += [low(next), high(next)]
    }
    return seen.count
  }
}
