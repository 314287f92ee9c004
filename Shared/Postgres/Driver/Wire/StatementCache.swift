/// The prepared statements of one connection, bounded; the least recently used makes room.
struct StatementCache {
  struct Key: Hashable {
    var text: String
    var types: [UInt32]
  }

  struct Entry {
    var name: String
    var lastUse: UInt64
    /// The result's columns, once seen.
    var columns: PostgresRows.Columns?
  }

  let capacity: Int
  private var entries: [Key: Entry] = [:]
  private var useCount: UInt64 = 0
  private var nameCount: UInt64 = 0

  init(capacity: Int) {
    precondition(capacity >= 1, "the cache holds at least the statement in use")
    self.capacity = capacity
  }

  var count: Int { entries.count }

  /// The entry for `key`, marked as used.
  mutating func lookUp(_ key: Key) -> Entry? {
    guard let index = entries.index(forKey: key) else { return nil }
    useCount += 1
    entries.values[index].lastUse = useCount
    return entries.values[index]
  }

  mutating func remember(columns: PostgresRows.Columns, for key: Key) {
    entries[key]?.columns = columns
  }

  /// A name never used before on this connection, so that a statement left over on the server cannot clash.
  mutating func makeName() -> String {
    nameCount += 1
    return "s\(nameCount)"
  }

  mutating func insert(_ key: Key, name: String) {
    useCount += 1
    entries[key] = Entry(name: name, lastUse: useCount, columns: nil)
  }

  mutating func remove(_ key: Key) -> String? { entries.removeValue(forKey: key)?.name }

  /// Takes out the least recently used statements until `newcomers` more fit, and returns their names.
  ///
  /// A linear search: it runs only when a statement is prepared on a full cache, which costs a round trip anyway.
  mutating func evict(toAdmit newcomers: Int, keeping kept: Set<Key>) -> [String] {
    var names: [String] = []
    while entries.count + newcomers > capacity {
      guard
        let oldest = entries.lazy.filter({ !kept.contains($0.key) }).min(by: { $0.value.lastUse < $1.value.lastUse })
      else { break }
      entries[oldest.key] = nil
      names.append(oldest.value.name)
    }
    return names
  }
}
