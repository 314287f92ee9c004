import FleetCore

/// What has come from the sources of the vehicles that are at home here, and whom all sources belong to: what is in
/// memory of it.
struct KnownSources: Sendable {
  private var records: [SourceName: SourceRecord] = [:]
  /// Also of sources whose record isn't in memory.
  private var names: [Int32: SampleSource] = [:]
  /// Those whose record changed since it was last taken to be stored.
  private var changed: Set<SourceName> = []
  /// Those whose record is being stored.
  private var storing: Set<SourceName> = []
  /// Vehicles whose home is elsewhere now: their records go once they are stored.
  private var leaving: Set<Int32> = []

  subscript(name: SourceName) -> SourceRecord? { records[name] }

  /// The sources whose record is in memory.
  var loaded: [SampleSource] { records.values.map(\.source) }

  func source(_ key: Int32) -> SampleSource? { names[key] }

  mutating func meet(_ sources: [SampleSource]) { for source in sources { names[source.key] = source } }

  /// Puts in what was loaded. What this log counted is known better here.
  mutating func load(_ loaded: [SourceRecord]) {
    meet(loaded.map(\.source))
    for var record in loaded {
      if let known = records[record.name] { record.counts = known.counts }
      records[record.name] = record
      leaving.remove(record.vehicleKey)
    }
  }

  /// What has to be loaded before something of these names can be written: what isn't in memory, and all of vehicles that
  /// had left and come back, as others have written for them.
  func mustLoad(_ names: Set<SourceName>) -> Set<SourceName> {
    let missing = names.filter { records[$0] == nil }
    let back = leaving.intersection(names.lazy.map(\.vehicleKey))
    return back.isEmpty ? missing : missing.union(records.keys.filter { back.contains($0.vehicleKey) })
  }

  /// Puts in what a commit changed.
  mutating func update(_ new: some Sequence<SourceRecord>) {
    for record in new {
      records[record.name] = record
      changed.insert(record.name)
    }
  }

  /// Starts over from what the store says, after a commit with an unknown outcome or at the start.
  ///
  /// What no row tells, duplicates and rejections, was counted since the checkpoint only in memory, if it was.
  mutating func recover(_ loaded: [SourceRecord], changed names: some Sequence<SourceName>) {
    let before = records
    (records, leaving) = ([:], [])
    load(
      loaded.map { record in
        var record = record
        if let counts = before[record.name]?.counts {
          record.counts.duplicate = max(record.counts.duplicate, counts.duplicate)
          record.counts.rejected = max(record.counts.rejected, counts.rejected)
        }
        return record
      })
    changed = Set(names).union(changed).filter { records[$0] != nil }
  }

  // MARK: Checkpoints

  /// Records that changed since they were last taken; they are being stored from now on.
  mutating func takeChanged() -> [SourceRecord] {
    (storing, changed) = (changed, [])
    return storing.compactMap { records[$0] }
  }

  /// Notes that what was taken is stored.
  mutating func didStore() { storing = [] }

  /// Notes that what was taken couldn't be stored.
  mutating func didNotStore() {
    changed.formUnion(storing.filter { records[$0] != nil })
    storing = []
  }

  // MARK: Vehicles that leave

  /// Marks vehicles whose records go once they are stored.
  mutating func release(_ vehicles: Set<Int32>) { leaving.formUnion(vehicles) }

  /// Whether a vehicle's home is elsewhere, so that others may know more of it.
  func isLeaving(_ vehicle: Int32) -> Bool { leaving.contains(vehicle) }

  /// Lets go of what has left and is stored. For whoever writes, as it must not lose what it is about to write.
  mutating func letGo() {
    guard !leaving.isEmpty else { return }
    let gone = leaving.subtracting(changed.union(storing).lazy.map(\.vehicleKey))
    records = records.filter { !gone.contains($0.key.vehicleKey) }
    leaving.subtract(gone)
  }
}
