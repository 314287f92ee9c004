/// Which sequence numbers of one source have come: what makes taking a sample in an exactly-once affair.
///
/// In the usual case (numbers come one after the other) it is a single number. Out of order, it keeps what has come as
/// ranges. When there are more gaps than `maximumGaps`, the lowest is given up: its numbers are refused from then on,
/// because whether they came before can't be told any more.
public struct SequenceWindow: Sendable, Hashable {
  /// The gaps that are kept open. A source with more is not merely reordered but counts wrongly.
  public static let maximumGaps = 1_024

  /// What became of one number.
  public enum Outcome: Sendable, Hashable {
    /// It hadn't come before and is higher than all others.
    case newest
    /// It hadn't come before; a higher one had.
    case late
    /// It had come before.
    case duplicate
    /// It lies in a gap that was given up.
    case expired
  }

  /// The highest number up to which every one from 1 has come.
  public private(set) var contiguous: UInt64
  /// Every number up to this one has come or lies in a gap that was given up; at least `contiguous`.
  private var floor: UInt64
  /// How many numbers lie in gaps that were given up.
  private var abandoned: UInt64
  /// What came above `floor`: ascending, with at least one missing number before each.
  private var ranges: [ClosedRange<UInt64>]

  public init() {
    contiguous = 0
    floor = 0
    abandoned = 0
    ranges = []
  }

  /// The highest number that has come; 0 before the first.
  public var highest: UInt64 { ranges.last?.upperBound ?? floor }

  /// How many numbers below the highest have never come.
  public var missing: UInt64 {
    var count = abandoned
    var below = floor
    for range in ranges {
      count += range.lowerBound - below - 1
      below = range.upperBound
    }
    return count
  }

  /// How many gaps are open.
  public var gapCount: Int { ranges.count }

  /// Whether `sequence` can't be taken in any more, and why; nil when it would be new.
  public func refusal(of sequence: UInt64) -> Outcome? {
    if sequence <= contiguous { return .duplicate }
    if sequence <= floor { return .expired }
    if sequence > highest { return nil }
    let index = firstRange(endingAtOrAfter: sequence)
    return ranges[index].lowerBound <= sequence ? .duplicate : nil
  }

  /// Takes `sequence` in, 1 or higher, unless it is refused.
  public mutating func insert(_ sequence: UInt64) -> Outcome {
    precondition(sequence > 0, "sequences count from 1")
    if ranges.isEmpty, sequence == floor &+ 1 {
      advance(to: sequence)
      return .newest
    }
    if let refusal = refusal(of: sequence) { return refusal }
    let outcome: Outcome = sequence > highest ? .newest : .late
    join(sequence, at: firstRange(endingAtOrAfter: sequence))
    closeFirstGap()
    if ranges.count > Self.maximumGaps { giveUpFirstGap() }
    return outcome
  }

  private mutating func advance(to sequence: UInt64) {
    if contiguous == floor { contiguous = sequence }
    floor = sequence
  }

  private func firstRange(endingAtOrAfter sequence: UInt64) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < sequence { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Adds a number that is in no range; `index` is the first range above it.
  private mutating func join(_ sequence: UInt64, at index: Int) {
    let touchesBelow = index > 0 && ranges[index - 1].upperBound &+ 1 == sequence
    let touchesAbove = index < ranges.count && ranges[index].lowerBound &- 1 == sequence
    switch (touchesBelow, touchesAbove) {
    case (true, true):
      ranges[index - 1] = ranges[index - 1].lowerBound...ranges[index].upperBound
      ranges.remove(at: index)
    case (true, false): ranges[index - 1] = ranges[index - 1].lowerBound...sequence
    case (false, true): ranges[index] = sequence...ranges[index].upperBound
    case (false, false): ranges.insert(sequence...sequence, at: index)
    }
  }

  private mutating func closeFirstGap() {
    guard let first = ranges.first, first.lowerBound == floor &+ 1 else { return }
    advance(to: first.upperBound)
    ranges.removeFirst()
  }

  private mutating func giveUpFirstGap() {
    let first = ranges.removeFirst()
    abandoned += first.lowerBound - floor - 1
    floor = first.upperBound
  }
}

extension SequenceWindow {
  /// Takes in what has come by another account of the same source.
  ///
  /// Exact unless both have given gaps up: then `missing` may count a number that one of them saw in a gap which the other
  /// gave up.
  public mutating func formUnion(_ other: SequenceWindow) {
    let (upper, lower) = floor >= other.floor ? (self, other) : (other, self)
    var union = upper
    union.contiguous = max(upper.contiguous, lower.contiguous)
    if union.contiguous == union.floor { union.abandoned = 0 }
    // Between the floors the lower one knows best, but the upper one has given up knowing.
    union.ranges = Self.merged(upper.ranges, lower.ranges.compactMap { Self.part(of: $0, above: upper.floor) })
    while let first = union.ranges.first, first.lowerBound == union.floor &+ 1 { union.closeFirstGap() }
    while union.ranges.count > Self.maximumGaps { union.giveUpFirstGap() }
    self = union
  }

  private static func part(of range: ClosedRange<UInt64>, above floor: UInt64) -> ClosedRange<UInt64>? {
    range.upperBound > floor ? max(range.lowerBound, floor + 1)...range.upperBound : nil
  }

  /// The union of ascending ranges, ascending and with a missing number between each two.
  private static func merged(
    _ first: [ClosedRange<UInt64>], _ second: [ClosedRange<UInt64>]
  ) -> [ClosedRange<UInt64>] {
    if second.isEmpty { return first }
    var merged: [ClosedRange<UInt64>] = []
    for range in (first + second).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, last.upperBound == .max || range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// The window as numbers, to be stored: contiguous, floor, abandoned, then both ends of each range.
  public var encoded: [Int64] {
    var numbers = [contiguous, floor, abandoned]
    for range in ranges { numbers += [range.lowerBound, range.upperBound] }
    return numbers.map { Int64(bitPattern: $0) }
  }

  /// Reads what `encoded` wrote; nil for numbers that no window has.
  public init?(encoded: [Int64]) {
    let numbers = encoded.map { UInt64(bitPattern: $0) }
    guard numbers.count >= 3, numbers.count % 2 == 1, numbers[0] <= numbers[1] else { return nil }
    var ranges: [ClosedRange<UInt64>] = []
    var below = numbers[1]
    for index in stride(from: 3, to: numbers.count, by: 2) {
      let (low, high) = (numbers[index], numbers[index + 1])
      guard below < .max, low > below + 1, low <= high else { return nil }
      ranges.append(low...high)
      below = high
    }
    contiguous = numbers[0]
    floor = numbers[1]
    abandoned = numbers[2]
    self.ranges = ranges
  }
}
