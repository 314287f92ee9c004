/// Updates on their way to one reader: all of them while the reader keeps up, the newest of each key when it doesn't.
///
/// It never holds more than `capacity` updates plus one for each key.
public struct CoalescingQueue<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// One update, with the number of updates of its key that were left out before it.
  public struct Entry: Sendable {
    public var key: Key
    public var value: Value
    public var skipped: UInt64

    @inlinable init(key: Key, value: Value, skipped: UInt64) {
      self.key = key
      self.value = value
      self.skipped = skipped
    }
  }

  /// Updates that are kept before older ones of the same key give way.
  public let capacity: Int
  /// Updates in order; nil where a newer one of its key took its place.
  @usableFromInline var slots: [Entry?] = []
  /// Slots before this one are taken out already.
  @usableFromInline var head = 0
  /// Position of the slot 0, counted from the first update ever.
  @usableFromInline var base = 0
  /// The position of each key's newest waiting update.
  @usableFromInline var newest: [Key: Int] = [:]
  /// The updates that wait.
  @inlinable public var count: Int { waiting }
  @usableFromInline var waiting = 0

  /// - Parameter capacity: at least 1.
  @inlinable public init(capacity: Int) {
    precondition(capacity > 0, "a queue holds at least one update")
    self.capacity = capacity
  }

  @inlinable public var isEmpty: Bool { count == 0 }

  /// Adds an update. When the queue is full, the newest waiting one of the same key gives way.
  @inlinable public mutating func append(_ value: Value, for key: Key) {
    var skipped: UInt64 = 0
    if count >= capacity, let position = newest[key], let old = slots[position - base] {
      slots[position - base] = nil
      skipped = old.skipped + 1
      waiting -= 1
    }
    compact()
    newest[key] = base + slots.count
    slots.append(Entry(key: key, value: value, skipped: skipped))
    waiting += 1
  }

  /// Takes the oldest waiting update out.
  @inlinable public mutating func popFirst() -> Entry? {
    while head < slots.count {
      defer { head += 1 }
      guard let entry = slots[head] else { continue }
      slots[head] = nil
      if newest[entry.key] == base + head { newest[entry.key] = nil }
      waiting -= 1
      return entry
    }
    return nil
  }

  /// Takes out at most `limit` updates, the oldest first.
  @inlinable public mutating func pop(_ limit: Int) -> [Entry] {
    var entries: [Entry] = []
    entries.reserveCapacity(min(limit, count))
    while entries.count < limit, let entry = popFirst() { entries.append(entry) }
    return entries
  }

  /// Drops empty slots once they outnumber the waiting updates, so that the array doesn't grow with time.
  @inlinable mutating func compact() {
    if head == slots.count {
      base += head
      head = 0
      slots.removeAll(keepingCapacity: true)
    } else if slots.count >= 64, slots.count > 4 * count {
      let end = base + slots.count
      let live = slots.compactMap(\.self)
      base = end
      head = 0
      slots = live
      newest.removeAll(keepingCapacity: true)
      for (index, entry) in live.enumerated() { newest[entry.key] = base + index }
    }
  }
}
