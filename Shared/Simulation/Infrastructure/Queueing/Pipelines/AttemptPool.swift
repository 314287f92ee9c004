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
  private var places = 0

  /// Slots in use.
  var count: Int { startedAt.count - free.count }

  mutating func add(first: Double, start: Double, attempt: Int32) -> UInt32 {
    if let slot = free.popLast() {
      let index = Int(slot)
      (startedAt[index], firstStartedAt[index], tier[index], number[index]) = (start, first, -1, attempt)
      return slot
    }
    if startedAt.count == places { grow() }
    startedAt.append(start)
    firstStartedAt.append(first)
    tier.append(-1)
    number.append(attempt)
    return UInt32(startedAt.count - 1)
  }

  /// Bytes of memory at the most while `more` attempts are added.
  func bytes(adding more: Int) -> Int {
    MemoryAccount.bytes(
      holding: startedAt.count, in: places, adding: more,
      stride: 2 * MemoryLayout<Double>.stride + 2 * MemoryLayout<Int32>.stride + MemoryLayout<UInt32>.stride)
  }

  private mutating func grow() {
    places = max(MemoryAccount.places, 2 * places)
    startedAt.reserveCapacity(places)
    firstStartedAt.reserveCapacity(places)
    tier.reserveCapacity(places)
    number.reserveCapacity(places)
    free.reserveCapacity(places)
  }

  mutating func release(_ slot: UInt32) {
    startedAt[Int(slot)] = -.infinity
    free.append(slot)
  }
}
