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

  /// A single value's path.
  func follow(_ root: Node, _ bits: HeaderLayout.Bits, _ value: UInt128) -> Node {
    var node = root
    while bits.levels.contains(level(node)) {
      let bit = bits.width - 1 - Int(level(node) - bits.first)
      node = (value >> UInt128(bit)) & 1 == 0 ? low(node) : high(node)
    }
    return node
  }

  /// The parts of a field's values that lead to different functions of the later fields, in order of first value.
  func branches(_ root: Node, _ bits: HeaderLayout.Bits) -> [(node: Node, ranges: [ClosedRange<UInt128>])] {
    var result: [(node: Node, ranges: [ClosedRange<UInt128>])] = []
    var places: [Node: Int] = [:]
    func walk(_ node: Node, _ depth: Int, _ base: UInt128) {
      let here = level(node)
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
      if here > bits.first + Int32(depth) {
        walk(node, depth + 1, base)
        walk(node, depth + 1, base + (1 << UInt128(bits.width - depth - 1)))
      } else {
        walk(low(node), depth + 1, base)
        walk(high(node), depth + 1, base + (1 << UInt128(bits.width - depth - 1)))
      }
    }
    walk(root, 0, 0)
    return result
  }
}
