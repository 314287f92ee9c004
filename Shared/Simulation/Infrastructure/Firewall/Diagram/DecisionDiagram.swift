/// Reduced ordered decision diagrams over bits with the sixteen 4-bit sets as terminals.
///
/// Bryant's algorithm (Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Trans. Computers 35
/// (1986)): nodes are shared, so two functions are equal exactly if their roots are. Several terminals in place of two
/// follow Fujita, McGeer and Yang (1997). Terminals are the node numbers 0 to 15 themselves; as truth values, 0 is false
/// and 15 is true, so that bitwise operations serve both readings. Nodes are never freed: a diagram lives for one analysis.
///
/// A node compares a run of bits, so that an address is one node and not one for each bit of its prefix: chain reduction
/// (Bryant, "Chain Reduction for Binary and Zero-Suppressed Decision Diagrams", TACAS 2018), here for runs of any
/// pattern. Bits `t` and on form a node with its successor where one value of `t` leads to a node at `t + 1` and the
/// other to where that node's other headers go. Built from the last bit up, this takes each function to one form, so
/// that equal functions are still equal nodes. A run never leaves its word of 32 bits, nor its field.
struct DecisionDiagram {
  typealias Node = Int32

  static let none: Node = 0
  static let all: Node = 15

  private var storage: DiagramStorage

  /// - Parameter words: the levels at which words begin.
  init(limit: Int, words: [Int32]) { storage = DiagramStorage(limit: limit, words: words) }

  /// Recursive steps taken so far: the work, independent of the machine.
  var steps: Int { storage.steps }
  /// True once the limit was hit; results after that mean nothing.
  var isExhausted: Bool { storage.isExhausted }
  var count: Int { storage.count }

  /// The first level that the node looks at.
  func level(_ node: Node) -> Int32 { Int32(storage[node].level) }
  subscript(node: Node) -> DiagramStorage.Inner { storage[node] }
  /// The union of all terminals below the node.
  func outcomes(_ node: Node) -> Int32 { Int32(storage[node].below) }
  static func isTerminal(_ node: Node) -> Bool { node < 16 }

  mutating func node(_ level: Int32, _ low: Node, _ high: Node) -> Node { storage.node(Int(level), low, high) }

  /// The bits of one word from `level` on, most significant first, all equal to the pattern's, or not.
  mutating func chain(_ level: Int32, _ length: Int, _ pattern: UInt32, match: Node, other: Node) -> Node {
    storage.chain(Int(level), length, pattern, match, other)
  }

  mutating func apply(_ operation: Operation, _ a: Node, _ b: Node) -> Node { storage.apply(operation, a, b) }

  /// Whether some header of the set `region` has, in `rules`, an outcome of `outcomes`.
  ///
  /// Looks no further than the first one; what was searched in vain is remembered.
  mutating func meets(_ region: Node, _ rules: Node, _ outcomes: Int32) -> Bool {
    storage.meets(region, rules, outcomes)
  }

  /// A function by itself, without the nodes that only led to it.
  func extracting(_ root: Node, limit: Int) -> (diagram: DecisionDiagram, root: Node) {
    var result = self
    result.storage = storage.emptied(limit: limit)
    var known = ContiguousArray<Node>(repeating: -1, count: count)
    func copy(_ node: Node, _ result: inout DecisionDiagram) -> Node {
      if node < 16 { return node }
      if known[Int(node)] >= 0 { return known[Int(node)] }
      let inner = storage[node]
      let match = copy(inner.match, &result)
      let new = result.storage.adopt(inner, match: match, other: copy(inner.other, &result))
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
    storage.steps += 1
    let inner = storage[root]
    let match = map(inner.match, table, &known)
    let other = map(inner.other, table, &known)
    let result = storage.chain(Int(inner.level), Int(inner.length), inner.pattern, match, other)
    known[Int(root)] = result
    return result
  }

  /// The union of terminals over all values of the bits at `levels`, which are whole fields.
  mutating func project(_ root: Node, _ levels: [Range<Int32>]) -> Node {
    var known = ContiguousArray<Node>(repeating: -1, count: count)
    return project(root, levels, &known)
  }

  private mutating func project(_ root: Node, _ levels: [Range<Int32>], _ known: inout ContiguousArray<Node>) -> Node {
    if root < 16 { return root }
    if known[Int(root)] >= 0 { return known[Int(root)] }
    storage.steps += 1
    let inner = storage[root]
    let match = project(inner.match, levels, &known)
    let other = project(inner.other, levels, &known)
    let isGone = levels.contains { $0.contains(Int32(inner.level)) }
    let result =
      isGone
      ? apply(.or, match, other) : storage.chain(Int(inner.level), Int(inner.length), inner.pattern, match, other)
    known[Int(root)] = result
    return result
  }

  mutating func steps(_ count: Int) { storage.steps += count }

  /// Whether the function looks at a bit at one of the levels, which are whole fields.
  func depends(_ root: Node, on levels: [Range<Int32>]) -> Bool {
    var seen: Set<Node> = []
    var open = [root]
    while let next = open.popLast() {
      guard next >= 16, seen.insert(next).inserted else { continue }
      if levels.contains(where: { $0.contains(level(next)) }) { return true }
      open += [storage[next].match, storage[next].other]
    }
    return false
  }

  /// Number of distinct inner nodes below and including the root.
  func size(_ root: Node) -> Int {
    var seen: Set<Node> = []
    var open = [root]
    while let next = open.popLast() {
      guard next >= 16, seen.insert(next).inserted else { continue }
      open += [storage[next].match, storage[next].other]
    }
    return seen.count
  }
}
