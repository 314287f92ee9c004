import FleetCore

/// Fills the fleet from the store: all twins with their states at first, then whatever changes, in order.
///
/// Several replicas may create and delete twins in one database; each follows the changes of all.
actor FleetLoader {
  /// Between looks at the store for changes of other replicas.
  static let pollInterval = Duration.seconds(1)
  private static let pageSize = 5_000

  private let store: any TwinStore
  private let fleet: Fleet
  /// The newest change that the fleet has followed.
  private var knownChange: Int64 = 0
  private var knownNumber: Int64 = 0
  private var isLoaded = false
  private var running: Task<Void, any Error>?
  private var waiting: Task<Void, any Error>?

  init(store: any TwinStore, fleet: Fleet) {
    self.store = store
    self.fleet = fleet
  }

  /// Follows what has changed up to now.
  ///
  /// - Throws: `StoreUnavailable`.
  func refresh() async throws {
    // One after the other, so that changes are followed in their order; whoever comes meanwhile shares the next one.
    if let waiting { return try await waiting.value }
    guard let running else {
      let task = Task { try await self.follow() }
      running = task
      return try await finish(task)
    }
    let task = Task {
      _ = await running.result
      self.promote()
      try await self.follow()
    }
    waiting = task
    try await finish(task)
  }

  private func promote() {
    running = waiting
    waiting = nil
  }

  private func finish(_ task: Task<Void, any Error>) async throws {
    defer { if running == task { running = nil } }
    try await task.value
  }

  /// Follows changes if the twin might be one that the fleet hasn't heard of.
  ///
  /// - Returns: whether anything may be known now that wasn't before.
  func refresh(for id: String) async throws -> Bool {
    guard let number = TwinID.number(id), number > knownNumber || !isLoaded else { return false }
    try await refresh()
    return true
  }

  private func follow() async throws {
    // States go with twins that are loaded first; twins that come later have none.
    let states = isLoaded ? [:] : try await storedStates()
    let conditions = isLoaded ? [:] : try await storedConditions()
    while true {
      let changes = try await store.changes(after: knownChange, limit: Self.pageSize)
      for record in changes {
        if isLoaded || !record.isDeleted {
          fleet.follow(record, restoring: states[record.number], conditions: conditions[record.number] ?? [])
        }
        knownChange = record.change
        knownNumber = max(knownNumber, record.number)
      }
      if changes.count < Self.pageSize { break }
    }
    isLoaded = true
  }

  private func storedStates() async throws -> [Int64: StoredState] {
    var states: [Int64: StoredState] = [:]
    var last: Int64 = 0
    while true {
      let page = try await store.states(after: last, limit: Self.pageSize)
      for state in page { states[state.number] = state }
      guard page.count == Self.pageSize, let end = page.last else { return states }
      last = end.number
    }
  }

  private func storedConditions() async throws -> [Int64: [StoredCondition]] {
    var conditions: [Int64: [StoredCondition]] = [:]
    var last: ConditionName?
    while true {
      let page = try await store.conditions(after: last, limit: Self.pageSize)
      for condition in page { conditions[condition.name.number, default: []].append(condition) }
      guard page.count == Self.pageSize, let end = page.last else { return conditions }
      last = end.name
    }
  }
}
