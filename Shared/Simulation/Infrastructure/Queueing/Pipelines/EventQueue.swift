/// A binary heap of what will happen, earliest first; equal times leave in the order of their payloads.
struct EventQueue: Sendable {
  private var times: [Double] = []
  private var payloads: [UInt32] = []
  private var places = 0

  var isEmpty: Bool { times.isEmpty }

  /// Bytes of memory at the most while `more` events are added.
  func bytes(adding more: Int) -> Int {
    MemoryAccount.bytes(
      holding: times.count, in: places, adding: more,
      stride: MemoryLayout<Double>.stride + MemoryLayout<UInt32>.stride)
  }

  @inline(__always)
  var earliest: Double { times.isEmpty ? .infinity : times[0] }

  mutating func push(_ time: Double, _ payload: UInt32) {
    if times.count == places {
      places = max(MemoryAccount.places, 2 * places)
      times.reserveCapacity(places)
      payloads.reserveCapacity(places)
    }
    times.append(time)
    payloads.append(payload)
    var child = times.count - 1
    while child > 0 {
      let parent = (child - 1) >> 1
      guard Self.isBefore(time, payload, times[parent], payloads[parent]) else { break }
      times[child] = times[parent]
      payloads[child] = payloads[parent]
      child = parent
    }
    times[child] = time
    payloads[child] = payload
  }

  /// - Precondition: The queue isn't empty.
  mutating func pop() -> UInt32 {
    let result = payloads[0]
    let time = times.removeLast()
    let payload = payloads.removeLast()
    let count = times.count
    guard count > 0 else { return result }
    var hole = 0
    while true {
      var child = 2 * hole + 1
      guard child < count else { break }
      if child + 1 < count, Self.isBefore(times[child + 1], payloads[child + 1], times[child], payloads[child]) {
        child += 1
      }
      guard Self.isBefore(times[child], payloads[child], time, payload) else { break }
      times[hole] = times[child]
      payloads[hole] = payloads[child]
      hole = child
    }
    times[hole] = time
    payloads[hole] = payload
    return result
  }

  @inline(__always)
  private static func isBefore(_ time: Double, _ payload: UInt32, _ other: Double, _ otherPayload: UInt32) -> Bool {
    time < other || (time == other && payload < otherPayload)
  }
}

/// First in, first out, in a ring that grows as it must.
struct Ring<Element: Sendable>: Sendable {
  private var storage: [Element]
  private var head = 0
  private(set) var count = 0

  init(filler: Element) { storage = Array(repeating: filler, count: MemoryAccount.places) }

  var first: Element? { count == 0 ? nil : storage[head] }

  /// Bytes of memory at the most while `more` elements are added.
  func bytes(adding more: Int) -> Int {
    MemoryAccount.bytes(holding: count, in: storage.count, adding: more, stride: MemoryLayout<Element>.stride)
  }

  /// The element at a place counted from the first.
  subscript(index: Int) -> Element { storage[(head + index) & (storage.count - 1)] }

  mutating func append(_ element: Element) {
    if count == storage.count {
      var grown: [Element] = []
      grown.reserveCapacity(2 * storage.count)
      grown += storage[head...]
      grown += storage[..<head]
      // Only fills the new half.
      grown += storage
      storage = grown
      head = 0
    }
    storage[(head + count) & (storage.count - 1)] = element
    count += 1
  }

  /// - Precondition: The ring isn't empty.
  mutating func removeFirst() -> Element {
    let element = storage[head]
    head = (head + 1) & (storage.count - 1)
    count -= 1
    return element
  }
}
