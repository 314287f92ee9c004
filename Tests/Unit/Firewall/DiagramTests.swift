import SimulationKernel
import Testing

@testable import SimulationFirewall

/// Nodes of whole runs of bits against truth tables: equal functions must be equal nodes, however they came about.
@Suite struct DiagramTests {
  static let bits = 10
  /// Words of four, three and three bits.
  static let words: [Int32] = [0, 4, 7, 10]
  static let fields = [0, 4, 7].map { Int32($0) }.map { first in
    HeaderLayout.Bits(first: first, width: first == 0 ? 4 : 3)
  }

  /// A truth table of sixteen outcomes, made of few prefixes so that runs form, break and turn around.
  static func table(_ random: inout RandomStream) -> [Int32] {
    var table = [Int32](repeating: Int32(random.next() % 16), count: 1 << bits)
    for _ in 0..<random.next() % 7 {
      let length = Int(random.next() % UInt64(bits + 1))
      let width = 1 << (bits - length)
      let start = Int(random.next() % (1 << UInt64(length))) * width
      for value in start..<start + width { table[value] = Int32(truncatingIfNeeded: random.next() % 16) }
      if random.bernoulli(0.3) { table.swapAt(start, Int(random.next() % (1 << UInt64(bits)))) }
    }
    return table
  }

  /// The table's function, bit by bit from the last one up.
  static func node(_ table: [Int32], _ diagram: inout DecisionDiagram) -> DecisionDiagram.Node {
    var level = table
    for bit in (0..<bits).reversed() {
      level = (0..<level.count / 2).map { diagram.node(Int32(bit), level[2 * $0], level[2 * $0 + 1]) }
    }
    return level[0]
  }

  static func value(_ root: DecisionDiagram.Node, _ header: Int, _ diagram: DecisionDiagram) -> Int32 {
    var node = root
    for field in fields {
      let rest = bits - Int(field.levels.upperBound)
      node = diagram.follow(node, field, UInt128(header >> rest) & ((1 << UInt128(field.width)) - 1))
    }
    return node
  }

  @Test func equalFunctionsAreEqualNodesWhateverOperationMadeThem() {
    var random = RandomStream(seed: 21)
    for _ in 0..<300 {
      var diagram = DecisionDiagram(limit: 100_000, words: Self.words)
      let (a, b) = (Self.table(&random), Self.table(&random))
      let (x, y) = (Self.node(a, &diagram), Self.node(b, &diagram))
      #expect((0..<1 << Self.bits).allSatisfy { Self.value(x, $0, diagram) == a[$0] })
      #expect(diagram.apply(.and, x, y) == Self.node(zip(a, b).map { $0 & $1 }, &diagram))
      #expect(diagram.apply(.or, x, y) == Self.node(zip(a, b).map { $0 | $1 }, &diagram))
      #expect(diagram.apply(.without, x, y) == Self.node(zip(a, b).map { $0 & ~$1 }, &diagram))
      let differs = zip(a, b).map { $0 == $1 ? Int32(0) : 15 }
      #expect(diagram.apply(.differs, x, y) == Self.node(differs, &diagram))
      let override = zip(a, b).map { $0 & 1 == 0 ? $0 : ($0 & ~1) | $1 }
      #expect(diagram.apply(.override, x, y) == Self.node(override, &diagram))
      let turned = (0..<16).map { Int32(15 - $0) }
      #expect(diagram.map(x, turned) == Self.node(a.map { 15 - $0 }, &diagram))
      let firstGone = a.indices.map { header in
        (0..<16).reduce(Int32(0)) { $0 | a[$1 << (Self.bits - 4) | header % (1 << (Self.bits - 4))] }
      }
      #expect(diagram.project(x, [0..<4]) == Self.node(firstGone, &diagram))
      let (alone, root) = diagram.extracting(x, limit: 100_000)
      #expect((0..<1 << Self.bits).allSatisfy { Self.value(root, $0, alone) == a[$0] })
    }
  }

  @Test func rangesOfAFieldAreEncodedInOneFormAndTakenApartAgain() {
    var random = RandomStream(seed: 8)
    // A field of two words: 32 bits and 4.
    let bits = HeaderLayout.Bits(first: 0, width: 36)
    for _ in 0..<200 {
      var diagram = DecisionDiagram(limit: 100_000, words: [0, 32, 36])
      let ends = Set((0..<2 * (1 + Int(random.next() % 3))).map { _ in UInt128(random.next() >> 28) }).sorted()
      let ranges = stride(from: 0, to: ends.count - 1, by: 2).map { ends[$0]...ends[$0 + 1] }
      let root = diagram.encode(bits, ranges, inside: 2, outside: 1)
      var joined: DecisionDiagram.Node = 1
      for range in ranges.reversed() {
        joined = diagram.apply(.override, diagram.encode(bits, [range], inside: 2, outside: 1), joined)
      }
      #expect(root == joined)
      let inside = diagram.branches(root, bits).first { $0.node == 2 }?.ranges
      #expect(inside == (ranges.isEmpty ? nil : ranges))
      for end in ends {
        for value in [end == 0 ? 0 : end - 1, end, min(end + 1, (1 << 36) - 1)] {
          #expect(diagram.follow(root, bits, value) == (ranges.contains { $0.contains(value) } ? 2 : 1))
        }
      }
    }
  }
}
