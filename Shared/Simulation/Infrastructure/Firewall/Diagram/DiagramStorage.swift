/// Nodes of a diagram, the table that keeps them unique, and the results of recent operations.
///
/// Plain memory in place of arrays: the recursion below is nearly all of the analyses' time, and an array's checks of
/// bounds and ownership doubled it.
final class DiagramStorage: @unchecked Sendable {
  typealias Node = DecisionDiagram.Node

  struct Inner {
    var level: Int32
    var low: Node
    var high: Node
    /// The union of all terminals below.
    var below: Int32
  }

  private struct Memo {
    var a: Node = -1
    var b: Node = -1
    var operation: Int32 = -1
    var result: Node = 0
  }

  private var nodes: UnsafeMutablePointer<Inner>
  /// Hash table of node numbers, -1 for free places, never more than half full.
  private var table: UnsafeMutablePointer<Node>
  private var memo: UnsafeMutablePointer<Memo>
  private(set) var count: Int
  /// Places for nodes; the table and the memo have twice as many and as many.
  private var capacity: Int
  private let limit: Int
  var steps = 0
  private(set) var isExhausted = false

  init(limit: Int) {
    self.limit = limit
    capacity = 1 << 12
    count = 16
    nodes = .allocate(capacity: capacity)
    table = .allocate(capacity: 2 * capacity)
    memo = .allocate(capacity: capacity)
    for terminal in 0..<16 {
      nodes[terminal] = Inner(level: .max, low: 0, high: 0, below: Int32(terminal))
    }
    table.initialize(repeating: -1, count: 2 * capacity)
    memo.initialize(repeating: Memo(), count: capacity)
  }

  init(copying other: DiagramStorage) {
    limit = other.limit
    capacity = other.capacity
    count = other.count
    steps = other.steps
    isExhausted = other.isExhausted
    nodes = .allocate(capacity: capacity)
    nodes.initialize(from: other.nodes, count: count)
    table = .allocate(capacity: 2 * capacity)
    table.initialize(from: other.table, count: 2 * capacity)
    memo = .allocate(capacity: capacity)
    memo.initialize(from: other.memo, count: capacity)
  }

  deinit {
    nodes.deallocate()
    table.deallocate()
    memo.deallocate()
  }

  subscript(node: Node) -> Inner {
    precondition(node >= 0 && node < count)
    return nodes[Int(node)]
  }

  @inline(__always)
  private static func hash(_ a: Int32, _ b: Int32, _ c: Int32) -> Int {
    var x = UInt64(UInt32(bitPattern: a)) &* 0x9E37_79B9_7F4A_7C15
    x ^= UInt64(UInt32(bitPattern: b)) &* 0xC2B2_AE3D_27D4_EB4F
    x ^= UInt64(UInt32(bitPattern: c)) &* 0x1656_67B1_9E37_79F9
    x ^= x >> 29
    x = x &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: x >> 32)
  }

  func node(_ level: Int32, _ low: Node, _ high: Node) -> Node {
    if low == high { return low }
    let mask = 2 * capacity - 1
    var slot = Self.hash(level, low, high) & mask
    while true {
      let found = table[slot]
      if found < 0 { break }
      let inner = nodes[Int(found)]
      if inner.level == level, inner.low == low, inner.high == high { return found }
      slot = (slot + 1) & mask
    }
    guard count < limit else {
      isExhausted = true
      return 0
    }
    let new = Node(count)
    nodes[count] = Inner(level: level, low: low, high: high, below: nodes[Int(low)].below | nodes[Int(high)].below)
    count += 1
    table[slot] = new
    if count == capacity { grow() }
    return new
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Inner>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: nodes, count: count)
    nodes.deallocate()
    nodes = larger
    table.deallocate()
    table = .allocate(capacity: 4 * capacity)
    table.initialize(repeating: -1, count: 4 * capacity)
    let mask = 4 * capacity - 1
    for index in 16..<count {
      let inner = nodes[index]
      var slot = Self.hash(inner.level, inner.low, inner.high) & mask
      while table[slot] >= 0 { slot = (slot + 1) & mask }
      table[slot] = Node(index)
    }
    let old = memo
    memo = .allocate(capacity: 2 * capacity)
    memo.initialize(repeating: Memo(), count: 2 * capacity)
    for index in 0..<capacity where old[index].a >= 0 {
      memo[Self.hash(old[index].a, old[index].b, old[index].operation) & (2 * capacity - 1)] = old[index]
    }
    old.deallocate()
    capacity *= 2
  }

  // Outcome bits as node numbers.
  private static let proceed: Node = 1

  /// The result where it needs no look inside, else -1.
  @inline(__always)
  private static func shortcut(_ operation: DecisionDiagram.Operation, _ a: Node, _ b: Node) -> Node {
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

  func apply(_ operation: DecisionDiagram.Operation, _ a: Node, _ b: Node) -> Node {
    let quick = Self.shortcut(operation, a, b)
    if quick >= 0 || isExhausted { return max(quick, 0) }
    steps += 1
    var (a, b) = (a, b)
    if a > b, operation == .and || operation == .or { swap(&a, &b) }
    let slot = Self.hash(a, b, operation.rawValue) & (capacity - 1)
    let entry = memo[slot]
    if entry.a == a, entry.b == b, entry.operation == operation.rawValue { return entry.result }
    let (x, y) = (nodes[Int(a)], nodes[Int(b)])
    let level = min(x.level, y.level)
    let low = apply(operation, x.level == level ? x.low : a, y.level == level ? y.low : b)
    let high = apply(operation, x.level == level ? x.high : a, y.level == level ? y.high : b)
    let result = node(level, low, high)
    memo[Self.hash(a, b, operation.rawValue) & (capacity - 1)] = Memo(
      a: a, b: b, operation: operation.rawValue, result: result)
    return result
  }

  func meets(_ region: Node, _ rules: Node, _ outcomes: Int32) -> Bool {
    if region == 0 || nodes[Int(rules)].below & outcomes == 0 || isExhausted { return false }
    if region == DecisionDiagram.all || rules < 16 { return true }
    steps += 1
    let slot = Self.hash(region, rules, 100 + outcomes) & (capacity - 1)
    let entry = memo[slot]
    if entry.a == region, entry.b == rules, entry.operation == 100 + outcomes { return false }
    let (x, y) = (nodes[Int(region)], nodes[Int(rules)])
    let level = min(x.level, y.level)
    if meets(x.level == level ? x.low : region, y.level == level ? y.low : rules, outcomes) { return true }
    if meets(x.level == level ? x.high : region, y.level == level ? y.high : rules, outcomes) { return true }
    memo[slot] = Memo(a: region, b: rules, operation: 100 + outcomes, result: 0)
    return false
  }
}
