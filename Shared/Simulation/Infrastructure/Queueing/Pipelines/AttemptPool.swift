/// The attempts of a discrete-event simulation in flat arrays, by slot; slots are used again.
struct AttemptPool: Sendable {
  /// When each attempt began; −∞ while its slot is free or pauses before a retry.
  private(set) var startedAt: [Double] = []
  /// When the first attempt of its request began.
  private(set) var firstStartedAt: [Double] = []
  /// Where it is; −1 before the first tier.
  var tier: [Int32] = []
  /// Its number among those of its request, from 1; 0 once the caller gave it up.
  var number: [Int32] = []
  private var free: [UInt32] = []

  /// Slots in use.
  var count: Int { startedAt.count - free.count }

  mutating func add(first: Double, start: Double, attempt: Int32) -> UInt32 {
    if let slot = free.popLast() {
      let index = Int(slot)
      (startedAt[index], firstStartedAt[index], tier[index], number[index]) = (start, first, -1, attempt)
      return slot
    }
    startedAt.append(start)
    firstStartedAt.append(first)
    tier.append(-1)
    number.append(attempt)
    return UInt32(startedAt.count - 1)
  }

  mutating func release(_ slot: UInt32) {
    startedAt[Int(slot)] = -.infinity
    free.append(slot)
  }
}
