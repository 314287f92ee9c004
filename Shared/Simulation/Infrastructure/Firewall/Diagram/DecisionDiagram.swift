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

  private var storage: DiagramStorage

  init(limit: Int) { storage = DiagramStorage(limit: limit) }

  /// Recursive steps taken so far: the work, independent of the machine.
  var steps: Int { storage.steps }
  /// True once the limit was hit; results after that mean nothing.
  var isExhausted: Bool { storage.isExhausted }
  var count: Int { storage.count }

  func level(_ node: Node) -> Int32 { storage[node].level }
  func low(_ node: Node) -> Node { storage[node].low }
  func high(_ node: Node) -> Node { storage[node].high }
  /// The union of all terminals below the node.
  func outcomes(_ node: Node) -> Int32 { storage[node].below }
  static func isTerminal(_ node: Node) -> Bool { node < 16 }

  /// The storage, which no other diagram sees: copies of a diagram part when one of them grows.
  private var own: DiagramStorage {
    mutating get {
      if !isKnownUniquelyReferenced(&storage) { storage = DiagramStorage(copying: storage) }
      return storage
    }
  }

  mutating func node(_ level: Int32, _ low: Node, _ high: Node) -> Node { own.node(level, low, high) }

  mutating func apply(_ operation: Operation, _ a: Node, _ b: Node) -> Node { own.apply(operation, a, b) }

  /// Whether some header of the set `region` has, in `rules`, an outcome of `outcomes`.
  ///
  /// Looks no further than the first one; what was searched in vain is remembered.
  mutating func meets(_ region: Node, _ rules: Node, _ outcomes: Int32) -> Bool { own.meets(region, rules, outcomes) }

  /// A function by itself, without the nodes that only led to it.
  func extracting(_ root: Node, limit: Int) -> (diagram: DecisionDiagram, root: Node) {
    var result = DecisionDiagram(limit: limit)
    var known = ContiguousArray<Node>(repeating: -1, count: count)
    func copy(_ node: Node, _ result: inout DecisionDiagram) -> Node {
      if node < 16 { return node }
      if known[Int(node)] >= 0 { return known[Int(node)] }
      let inner = storage[node]
      let low = copy(inner.low, &result)
      let new = result.node(inner.level, low, copy(inner.high, &result))
      known[Int(node)] = new
      return new
    }
    let new = copy(root, &result)
    return (result, new)
  }

  /// Replaces each terminal by `table`'s entry for it.
  mutating func map(_ root: Node, _ table: [Node]) -> Node {
    // Results of nodes that exist now, by number; -1 for none yet.
    var known = ContiguousArray<Node>(repeating: -1, count: count)
    return map(root, table, &known)
  }

  private mutating func map(_ root: Node, _ table: [Node], _ known: inout ContiguousArray<Node>) -> Node {
    if root < 16 { return table[Int(root)] }
    if known[Int(root)] >= 0 { return known[Int(root)] }
    own.steps += 1
    let inner = storage[root]
    let low = map(inner.low, table, &known)
    let high = map(inner.high, table, &known)
    let result = node(inner.level, low, high)
    known[Int(root)] = result
    return result
  }

  /// The union of terminals over all values of the bits at `levels`.
  mutating func project(_ root: Node, _ levels: [Range<Int32>]) -> Node {
    var known = ContiguousArray<Node>(repeating: -1, count: count)
    return project(root, levels, &known)
  }

  private mutating func project(_ root: Node, _ levels: [Range<Int32>], _ known: inout ContiguousArray<Node>) -> Node {
    if root < 16 { return root }
    if known[Int(root)] >= 0 { return known[Int(root)] }
    own.steps += 1
    let inner = storage[root]
    let low = project(inner.low, levels, &known)
    let high = project(inner.high, levels, &known)
    let isGone = levels.contains { $0.contains(inner.level) }
    let result = isGone ? apply(.or, low, high) : node(inner.level, low, high)
    known[Int(root)] = result
    return result
  }

  mutating func steps(_ count: Int) { own.steps += count }

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
