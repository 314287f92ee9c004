import FleetCore
import RuntimeSystem
import Testing

@Suite("Sequence windows")
struct SequenceWindowTests {
  @Test("numbers in order need no ranges")
  func inOrder() {
    var window = SequenceWindow()
    for sequence in 1...10_000 as ClosedRange<UInt64> { #expect(window.insert(sequence) == .newest) }
    #expect(window.contiguous == 10_000)
    #expect(window.highest == 10_000)
    #expect(window.missing == 0)
    #expect(window.gapCount == 0)
    #expect(window.insert(10_000) == .duplicate)
    #expect(window.insert(1) == .duplicate)
  }

  @Test("a gap stays open until its numbers come late")
  func gap() {
    var window = SequenceWindow()
    #expect(window.insert(1) == .newest)
    #expect(window.insert(4) == .newest)
    #expect(window.missing == 2)
    #expect(window.contiguous == 1)
    #expect(window.insert(3) == .late)
    #expect(window.contiguous == 1)
    #expect(window.insert(2) == .late)
    #expect(window.contiguous == 4)
    #expect(window.missing == 0)
    #expect(window.insert(3) == .duplicate)
  }

  @Test("a source may start anywhere")
  func startsLate() {
    var window = SequenceWindow()
    #expect(window.insert(1_000) == .newest)
    #expect(window.insert(1_001) == .newest)
    #expect(window.contiguous == 0)
    #expect(window.highest == 1_001)
    #expect(window.missing == 999)
    #expect(window.insert(.max) == .newest)
    #expect(window.insert(.max) == .duplicate)
  }

  @Test(
    "reordered, repeated and lost numbers are told apart as a set tells them", arguments: 1...20 as ClosedRange<UInt64>)
  func againstSet(_ seed: UInt64) {
    var random = SplitMix64(state: seed)
    var window = SequenceWindow()
    var seen: Set<UInt64> = []
    for step in 0..<2_000 as Range<UInt64> {
      // Mostly ahead, up to 40 back; each tenth is lost for good.
      let sequence = step + 1 + random.next() % 40
      guard sequence % 10 != 3 else { continue }
      let highest = seen.max() ?? 0
      let expected: SequenceWindow.Outcome =
        seen.contains(sequence) ? .duplicate : sequence > highest ? .newest : .late
      #expect(window.refusal(of: sequence) == (expected == .duplicate ? .duplicate : nil))
      #expect(window.insert(sequence) == expected)
      seen.insert(sequence)
    }
    #expect(window.highest == seen.max())
    #expect(window.missing == UInt64(seen.max().map { Int($0) } ?? 0) - UInt64(seen.count))
    #expect(window.contiguous == (1...).first { !seen.contains($0) }.map { $0 - 1 })
    #expect(SequenceWindow(encoded: window.encoded) == window)
  }

  @Test("more gaps than the bound give up the lowest, whose numbers are refused from then on")
  func bound() {
    var window = SequenceWindow()
    // Every second number: each opens a gap.
    for index in 1...UInt64(SequenceWindow.maximumGaps + 1) { #expect(window.insert(2 * index) == .newest) }
    #expect(window.gapCount == SequenceWindow.maximumGaps)
    #expect(window.insert(1) == .expired)
    #expect(window.insert(2) == .expired)
    #expect(window.insert(3) == .late)
    #expect(window.contiguous == 0)
    #expect(window.missing == UInt64(SequenceWindow.maximumGaps))
    #expect(SequenceWindow(encoded: window.encoded) == window)
  }

  @Test(
    "numbers that no window has aren't read",
    arguments: [[], [1], [2, 1, 0], [1, 1, 0, 2, 3], [0, 0, 0, 5, 4], [0, 0, 0, 3, 4, 5, 6], [1, 1, 0, 4]] as [[Int64]])
  func unreadable(_ numbers: [Int64]) { #expect(SequenceWindow(encoded: numbers) == nil) }

  @Test("two accounts of one source together tell what either has seen", arguments: 1...30 as ClosedRange<UInt64>)
  func union(_ seed: UInt64) {
    var random = SplitMix64(state: seed)
    var windows = [SequenceWindow(), SequenceWindow()]
    var seen: [Set<UInt64>] = [[], []]
    for _ in 0..<(1 + random.next() % 300) {
      let index = Int(random.next() % 2)
      let sequence = 1 + random.next() % (seed < 15 ? 40 : 400)
      _ = windows[index].insert(sequence)
      seen[index].insert(sequence)
    }
    let all = seen[0].union(seen[1])
    var expected = SequenceWindow()
    for sequence in all.sorted() { _ = expected.insert(sequence) }
    for (a, b) in [(0, 1), (1, 0)] {
      var union = windows[a]
      union.formUnion(windows[b])
      #expect(union == expected)
      union.formUnion(windows[a])
      #expect(union == expected)
    }
  }

  @Test("what either has given up stays given up, unless the other knows all of it")
  func unionOfGivenUp() {
    // Every other number: more gaps than are kept, the first of which are given up.
    var sparse = SequenceWindow()
    for number in 1...UInt64(SequenceWindow.maximumGaps + 10) { _ = sparse.insert(number * 2) }
    var whole = SequenceWindow()
    for number in 1...20 as ClosedRange<UInt64> { _ = whole.insert(number) }
    #expect(sparse.refusal(of: 3) == .expired)
    var union = sparse
    union.formUnion(whole)
    #expect(union.refusal(of: 3) == .duplicate)
    #expect(union.contiguous == 20)
    #expect(union.missing == UInt64(SequenceWindow.maximumGaps))
    #expect(SequenceWindow(encoded: union.encoded) == union)
    // The other knows less than what was given up.
    var few = SequenceWindow()
    for number in 1...4 as ClosedRange<UInt64> { _ = few.insert(number) }
    few.formUnion(sparse)
    #expect(few.refusal(of: 3) == .duplicate)
    #expect(few.refusal(of: 7) == .expired)
    #expect(few.insert(sparse.highest + 1) == .newest)
  }
}
