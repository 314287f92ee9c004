/// Nodes of a diagram, the table that keeps them unique, and the results of recent operations.
struct DiagramStorage: Sendable {
  typealias Node = DecisionDiagram.Node

  /// Headers whose bits from `level` on are `pattern` go on at `match`, all others at `other`.
  struct Inner: Hashable {
    var level: UInt16
    /// Number of bits compared, 1 to ``longest``.
    var length: UInt8
    /// The union of all terminals below.
    var below: UInt8
    /// The first bit is the most significant one of `length`. A single bit is always compared with 1.
    var pattern: UInt32
    var match: Node
    var other: Node

    /// The leading `count` bits of the pattern.
    @inline(__always)
    func prefix(_ count: Int) -> UInt32 { pattern >> UInt32(Int(length) - count) }

    /// How many leading bits two patterns have in common, at most the shorter one's.
    @inline(__always)
    func common(_ with: Inner) -> Int {
      let shorter = Int(min(length, with.length))
      return min(shorter, (prefix(shorter) ^ with.prefix(shorter)).leadingZeroBitCount - (UInt32.bitWidth - shorter))
    }
  }

  static let longest = 32

  private struct Memo {
    var a: Node = -1
    var b: Node = -1
    var operation: Int32 = -1
    var result: Node = 0
  }

  private var nodes: ContiguousArray<Inner>
  /// Hash table of node numbers, 0 for free places, never more than half full.
  private var table: ContiguousArray<Node>
  private var memo: ContiguousArray<Memo>
  /// By level: whether a pattern may begin here, but not reach across from the level before.
  private let isWordStart: ContiguousArray<Bool>
  private let limit: Int
  var steps = 0
  private(set) var isExhausted = false

  /// - Parameter words: levels at which a pattern may not go on. Words of at most ``longest`` bits.
  init(limit: Int, words: [Int32]) {
    self.limit = limit
    let capacity = 1 << 12
    nodes = []
    nodes.reserveCapacity(capacity)
    for terminal in 0..<16 {
      nodes.append(Inner(level: .max, length: 0, below: UInt8(terminal), pattern: 0, match: 0, other: 0))
    }
    table = ContiguousArray(repeating: 0, count: 2 * capacity)
    memo = ContiguousArray(repeating: Memo(), count: capacity)
    var starts = ContiguousArray(repeating: false, count: Int(words.max() ?? 0) + 1)
    for word in words { starts[Int(word)] = true }
    isWordStart = starts
  }

  /// The same words and no nodes.
  func emptied(limit: Int) -> DiagramStorage {
    DiagramStorage(limit: limit, words: isWordStart.indices.filter { isWordStart[$0] }.map { Int32($0) })
  }

  var count: Int { nodes.count }

  @inline(__always)
  subscript(node: Node) -> Inner { nodes[Int(node)] }

  @inline(__always)
  private static func mixed(_ a: UInt64, _ b: UInt64) -> Int {
    var x = a &* 0x9E37_79B9_7F4A_7C15 ^ b &* 0xC2B2_AE3D_27D4_EB4F
    x ^= x >> 29
    x = x &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: x >> 32)
  }

  @inline(__always)
  private static func hash(_ a: Int32, _ b: Int32, _ c: Int32) -> Int {
    mixed(UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b)), UInt64(UInt32(bitPattern: c)))
  }

  @inline(__always)
  private static func hash(_ inner: Inner) -> Int {
    let place = UInt64(inner.level) << 40 | UInt64(inner.length) << 32 | UInt64(inner.pattern)
    return mixed(UInt64(UInt32(bitPattern: inner.match)) << 32 | UInt64(UInt32(bitPattern: inner.other)), place)
  }

  // MARK: Nodes

  /// The one node with these parts, which must not be the end of a longer pattern's.
  private mutating func unique(_ level: Int, _ length: Int, _ pattern: UInt32, _ match: Node, _ other: Node) -> Node {
    let isTurned = length == 1 && pattern == 0
    var new = Inner(
      level: UInt16(truncatingIfNeeded: level), length: UInt8(truncatingIfNeeded: length),
      below: nodes[Int(match)].below | nodes[Int(other)].below, pattern: pattern, match: match, other: other)
    if isTurned { (new.pattern, new.match, new.other) = (1, other, match) }
    let mask = table.count - 1
    var slot = Self.hash(new) & mask
    while true {
      let found = table[slot]
      if found == 0 { break }
      if nodes[Int(found)] == new { return found }
      slot = (slot + 1) & mask
    }
    guard nodes.count < limit else {
      isExhausted = true
      return 0
    }
    table[slot] = Node(truncatingIfNeeded: nodes.count)
    nodes.append(new)
    if 2 * nodes.count >= table.count { grow() }
    return Node(truncatingIfNeeded: nodes.count - 1)
  }

  private mutating func grow() {
    let size = 2 * table.count
    table = ContiguousArray(repeating: 0, count: size)
    for index in 16..<nodes.count {
      var slot = Self.hash(nodes[index]) & (size - 1)
      while table[slot] != 0 { slot = (slot + 1) & (size - 1) }
      table[slot] = Node(truncatingIfNeeded: index)
    }
    var larger = ContiguousArray(repeating: Memo(), count: 2 * memo.count)
    for entry in memo where entry.a >= 0 {
      larger[Self.hash(entry.a, entry.b, entry.operation) & (larger.count - 1)] = entry
    }
    memo = larger
  }

  /// The same node of another storage whose `match` and `other` are here already.
  mutating func adopt(_ inner: Inner, match: Node, other: Node) -> Node {
    unique(Int(inner.level), Int(inner.length), inner.pattern, match, other)
  }

  /// A decision by one bit.
  mutating func node(_ level: Int, _ low: Node, _ high: Node) -> Node {
    if low == high { return low }
    if !isEnd(level) {
      let below = UInt16(truncatingIfNeeded: level + 1)
      let one = nodes[Int(high)]
      if one.level == below {
        let first: UInt32 = 1 << UInt32(one.length)
        if one.other == low { return unique(level, Int(one.length) + 1, first | one.pattern, one.match, low) }
        if one.length == 1, one.match == low { return unique(level, 2, first, one.other, low) }
      }
      let zero = nodes[Int(low)]
      if zero.level == below {
        if zero.other == high { return unique(level, Int(zero.length) + 1, zero.pattern, zero.match, high) }
        if zero.length == 1, zero.match == high { return unique(level, 2, 0, zero.other, high) }
      }
    }
    return unique(level, 1, 1, high, low)
  }

  /// A decision by `length` bits of one word: the same as one by each bit, in one go.
  mutating func chain(_ level: Int, _ length: Int, _ pattern: UInt32, _ match: Node, _ other: Node) -> Node {
    if match == other { return other }
    let last = level + length - 1
    let below = UInt16(truncatingIfNeeded: last + 1)
    let (inside, outside) = (nodes[Int(match)], nodes[Int(other)])
    if inside.level != below, outside.level != below || isEnd(last) {
      return unique(level, length, pattern, match, other)
    }
    let isOne = pattern & 1 == 1
    let end = node(last, isOne ? other : match, isOne ? match : other)
    if length == 1 { return end }
    let inner = nodes[Int(end)]
    let front = pattern >> 1
    if inner.other == other {
      let joined = front << UInt32(inner.length) | inner.pattern
      return unique(level, length - 1 + Int(inner.length), joined, inner.match, other)
    }
    if inner.length == 1 { return unique(level, length, front << 1, inner.other, other) }
    // The end became a pattern of its own, whose headers that don't match are this one's that do.
    return unique(level, length - 1, front, end, other)
  }

  /// Whether a word ends with this level.
  @inline(__always)
  private func isEnd(_ level: Int) -> Bool { level + 1 < isWordStart.count && isWordStart[level + 1] }

  /// The function of a node on headers that match the first `count` bits of its pattern.
  @inline(__always)
  private mutating func rest(_ inner: Inner, _ count: Int) -> Node {
    let left = Int(inner.length) - count
    if left == 0 { return inner.match }
    return unique(
      Int(inner.level) + count, left, inner.pattern & (UInt32.max >> UInt32(32 - left)), inner.match, inner.other)
  }

  /// Where two functions part: headers with these bits are treated by the first two, all others by the last two.
  private struct Split {
    var level: Int
    var length: Int
    var pattern: UInt32
    var match: (Node, Node)
    var other: (Node, Node)
  }

  @inline(__always)
  private mutating func split(_ a: Node, _ b: Node) -> Split {
    let (x, y) = (nodes[Int(a)], nodes[Int(b)])
    let level = Int(min(x.level, y.level))
    if x.level == y.level {
      let count = x.common(y)
      if count > 0 {
        let match = (rest(x, count), rest(y, count))
        return Split(level: level, length: count, pattern: x.prefix(count), match: match, other: (x.other, y.other))
      }
      let match = (rest(x, 1), y.other)
      return Split(level: level, length: 1, pattern: x.prefix(1), match: match, other: (x.other, rest(y, 1)))
    }
    if x.level < y.level {
      let count = min(Int(x.length), Int(y.level) - level)
      return Split(
        level: level, length: count, pattern: x.prefix(count), match: (rest(x, count), b), other: (x.other, b))
    }
    let count = min(Int(y.length), Int(x.level) - level)
    return Split(
      level: level, length: count, pattern: y.prefix(count), match: (a, rest(y, count)), other: (a, y.other))
  }

  // MARK: Operations

  mutating func apply(_ operation: DecisionDiagram.Operation, _ a: Node, _ b: Node) -> Node {
    let quick = operation.shortcut(a, b)
    if quick >= 0 || isExhausted { return max(quick, 0) }
    steps += 1
    var (a, b) = (a, b)
    if a > b, operation == .and || operation == .or { swap(&a, &b) }
    let hash = Self.hash(a, b, operation.rawValue)
    let entry = memo[hash & (memo.count - 1)]
    if entry.a == a, entry.b == b, entry.operation == operation.rawValue { return entry.result }
    let parts = split(a, b)
    let match = apply(operation, parts.match.0, parts.match.1)
    let other = apply(operation, parts.other.0, parts.other.1)
    let result = chain(parts.level, parts.length, parts.pattern, match, other)
    memo[hash & (memo.count - 1)] = Memo(a: a, b: b, operation: operation.rawValue, result: result)
    return result
  }

  mutating func meets(_ region: Node, _ rules: Node, _ outcomes: Int32) -> Bool {
    if region == 0 || Int32(nodes[Int(rules)].below) & outcomes == 0 || isExhausted { return false }
    if region == DecisionDiagram.all || rules < 16 { return true }
    steps += 1
    let operation = 100 + outcomes
    let hash = Self.hash(region, rules, operation)
    let entry = memo[hash & (memo.count - 1)]
    if entry.a == region, entry.b == rules, entry.operation == operation { return false }
    let parts = split(region, rules)
    if meets(parts.match.0, parts.match.1, outcomes) { return true }
    if meets(parts.other.0, parts.other.1, outcomes) { return true }
    memo[hash & (memo.count - 1)] = Memo(a: region, b: rules, operation: operation, result: 0)
    return false
  }
}
