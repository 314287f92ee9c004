extension DecisionDiagram {
  /// The function that is `inside` where the field's value lies in the ranges (sorted, disjoint), else `outside`.
  /// Both may depend on later fields only.
  mutating func encode(
    _ bits: HeaderLayout.Bits, _ ranges: [ClosedRange<UInt128>], inside: Node, outside: Node
  ) -> Node {
    encode(bits, 0, 0, ranges[...], inside, outside)
  }

  private mutating func encode(
    _ bits: HeaderLayout.Bits, _ depth: Int, _ base: UInt128, _ ranges: ArraySlice<ClosedRange<UInt128>>,
    _ inside: Node, _ outside: Node
  ) -> Node {
    guard let first = ranges.first else { return outside }
    let rest = bits.width - depth
    let last = rest == 0 ? base : base + (UInt128.max >> UInt128(128 - rest))
    if first.lowerBound <= base, last <= first.upperBound { return inside }
    steps(1)
    // Bits that all values of the ranges share are compared in one go.
    let end = ranges[ranges.endIndex - 1].upperBound
    let shared = min(rest, (first.lowerBound ^ min(end, last)).leadingZeroBitCount - (128 - rest))
    if first.lowerBound >= base, end <= last, shared > 0 {
      let start =
        rest == shared ? first.lowerBound : (first.lowerBound >> UInt128(rest - shared)) << UInt128(rest - shared)
      let inner = encode(bits, depth + shared, start, ranges, inside, outside)
      return chain(bits, depth, shared, start, inner, outside)
    }
    let middle = base + (1 << UInt128(rest - 1))
    var split = ranges.startIndex
    while split < ranges.endIndex, ranges[split].lowerBound < middle { split += 1 }
    // A range across the middle belongs to both halves.
    var right = split
    if split > ranges.startIndex, ranges[split - 1].upperBound >= middle { right = split - 1 }
    let low = encode(bits, depth + 1, base, ranges[ranges.startIndex..<split], inside, outside)
    let high = encode(bits, depth + 1, middle, ranges[right...], inside, outside)
    return node(bits.first + Int32(depth), low, high)
  }

  /// `match` where the field's `count` bits from `depth` on are those of the value.
  private mutating func chain(
    _ bits: HeaderLayout.Bits, _ depth: Int, _ count: Int, _ value: UInt128, _ match: Node, _ other: Node
  ) -> Node {
    var result = match
    var end = depth + count
    // The last word first.
    while end > depth {
      let start = max(depth, (end - 1) / DiagramStorage.longest * DiagramStorage.longest)
      let part = UInt32(truncatingIfNeeded: value >> UInt128(bits.width - end))
      let pattern = part & (UInt32.max >> UInt32(32 - (end - start)))
      result = chain(bits.first + Int32(start), end - start, pattern, match: result, other: other)
      end = start
    }
    return result
  }

  /// A single value's path.
  func follow(_ root: Node, _ bits: HeaderLayout.Bits, _ value: UInt128) -> Node {
    var node = root
    while bits.levels.contains(level(node)) {
      let inner = self[node]
      let rest = bits.width - Int(Int32(inner.level) - bits.first) - Int(inner.length)
      let part = UInt32(truncatingIfNeeded: value >> UInt128(rest)) & (UInt32.max >> UInt32(32 - inner.length))
      node = part == inner.pattern ? inner.match : inner.other
    }
    return node
  }

  /// The parts of a field's values that lead to different functions of the later fields, in order of first value.
  func branches(_ root: Node, _ bits: HeaderLayout.Bits) -> [(node: Node, ranges: [ClosedRange<UInt128>])] {
    var result: [(node: Node, ranges: [ClosedRange<UInt128>])] = []
    var places: [Node: Int] = [:]
    // Of the node's pattern, the first `skip` bits are behind.
    func walk(_ node: Node, _ skip: Int, _ depth: Int, _ base: UInt128) {
      let here = level(node) + Int32(skip)
      guard here < bits.levels.upperBound else {
        let rest = bits.width - depth
        let last = rest == 0 ? base : base + (UInt128.max >> UInt128(128 - rest))
        guard let place = places[node] else {
          places[node] = result.count
          result.append((node, [base...last]))
          return
        }
        let end = result[place].ranges.count - 1
        if result[place].ranges[end].upperBound &+ 1 == base {
          result[place].ranges[end] = result[place].ranges[end].lowerBound...last
        } else {
          result[place].ranges.append(base...last)
        }
        return
      }
      let middle = base + (1 << UInt128(bits.width - depth - 1))
      if here > bits.first + Int32(depth) {
        walk(node, skip, depth + 1, base)
        walk(node, skip, depth + 1, middle)
        return
      }
      let inner = self[node]
      let isEnd = skip + 1 == inner.length
      let (next, behind) = isEnd ? (inner.match, 0) : (node, skip + 1)
      if inner.prefix(skip + 1) & 1 == 0 {
        walk(next, behind, depth + 1, base)
        walk(inner.other, 0, depth + 1, middle)
      } else {
        walk(inner.other, 0, depth + 1, base)
        walk(next, behind, depth + 1, middle)
      }
    }
    walk(root, 0, 0, 0)
    return result
  }
}
