import FleetCore
import RPCErrors

/// Fills the fleet from the store: all twins, with the states of those that have their home here, then whatever changes,
/// in order.
///
/// Several replicas may create and delete twins in one database; each follows the changes of all.
actor FleetLoader {
  /// Between looks at the store for changes of other replicas.
  static let pollInterval = Duration.seconds(1)
  private static let pageSize = 5_000

  private let store: any TwinStore
  private let fleet: Fleet
  private let replicas: Replicas
  /// The newest change that the fleet has followed.
  private var knownChange: Int64 = 0
  private var knownNumber: Int64 = 0
  private var isLoaded = false
  private var running: Task<Void, any Error>?
  private var waiting: Task<Void, any Error>?

  init(store: any TwinStore, fleet: Fleet, replicas: Replicas = .alone()) {
    self.store = store
    self.fleet = fleet
    self.replicas = replicas
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

  /// A twin with its live state. The fleet may not have heard yet of one that another replica created.
  ///
  /// - Throws: `ServiceFault` with NOT_FOUND; `StoreUnavailable`.
  nonisolated func live(_ id: String) async throws -> LiveTwin {
    if let twin = fleet.twin(id) { return twin }
    guard try await refresh(for: id), let twin = fleet.twin(id) else { throw ServiceFault.noTwin(id) }
    return twin
  }

  private func follow() async throws {
    while true {
      let changes = try await store.changes(after: knownChange, limit: Self.pageSize)
      for record in changes {
        if isLoaded || !record.isDeleted { fleet.follow(record) }
        // Nobody else can have stored a state of a twin that is new, so there is none to load.
        if isLoaded, !record.isDeleted, replicas.isAlone, record.number > knownNumber {
          fleet.enter(record.number, from: nil)
        }
        knownChange = record.change
        knownNumber = max(knownNumber, record.number)
      }
      if changes.count < Self.pageSize { break }
    }
    // All at once at first; those of twins that come later are loaded when somebody asks for them.
    if !isLoaded {
      try await loadStates()
      try await loadConditions()
    }
    isLoaded = true
  }

  /// Loads the states of all twins that have their home here.
  private func loadStates() async throws {
    let view = replicas.view
    guard !view.ring.isEmpty else { return }
    var last: Int64 = 0
    while true {
      let page = try await store.states(after: last, limit: Self.pageSize)
      for state in page where replicas.home(of: TwinID.text(state.number), in: view) == .here {
        fleet.enter(state.number, from: state)
      }
      guard page.count == Self.pageSize, let end = page.last else { break }
      last = end.number
    }
    // The others have none.
    for id in fleet.ids(here: false) where replicas.home(of: id, in: view) == .here {
      if let number = TwinID.number(id), number <= knownNumber { fleet.enter(number, from: nil) }
    }
  }

  /// Loads the conditions of all twins whose states are here; a twin's are next to each other.
  private func loadConditions() async throws {
    var last: ConditionName?
    var ofOne: [StoredCondition] = []
    while true {
      let page = try await store.conditions(after: last, limit: Self.pageSize)
      for condition in page {
        if let number = ofOne.first?.name.number, number != condition.name.number {
          fleet.restore(ofOne, to: number)
          ofOne = []
        }
        ofOne.append(condition)
      }
      guard page.count == Self.pageSize, let end = page.last else { break }
      last = end.name
    }
    if let number = ofOne.first?.name.number { fleet.restore(ofOne, to: number) }
  }
}
