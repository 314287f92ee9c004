import FleetCore

/// Where twins are kept. Everything that returns has been committed.
///
/// Calls throw `StoreUnavailable` when the database can't be reached.
protocol TwinStore: Sendable {
  /// Creates a twin with the next number. Fails as a whole, so that numbers have no gaps.
  func create(_ draft: TwinDraft, at time: UTCInstant) async throws -> CreateOutcome

  /// The twin with this number; nil when there is none or it is deleted.
  func twin(_ number: Int64) async throws -> TwinRecord?

  /// Twins with numbers above `number`, ascending, at most `limit`.
  ///
  /// - Parameter modelType: only twins of this type; nil for all.
  func twins(after number: Int64, modelType: String?, limit: Int) async throws -> [TwinRecord]

  /// Deletes a twin with its live state.
  ///
  /// - Returns: the deleted twin; nil when there is none or it was deleted before.
  func delete(_ number: Int64, at time: UTCInstant) async throws -> TwinRecord?

  /// The numbers of the twins of these vehicles; vehicles without a twin are left out.
  func numbers(of physicalVehicleIDs: [String]) async throws -> [String: Int64]

  /// Twins that changed after `change`, deleted ones included, in the order of their changes, at most `limit`.
  func changes(after change: Int64, limit: Int) async throws -> [TwinRecord]

  /// The live states of twins with numbers above `number`, ascending, at most `limit`.
  func states(after number: Int64, limit: Int) async throws -> [StoredState]

  /// The live states of these twins, in no order; twins that have none are left out.
  ///
  /// - Parameter numbers: at most `TwinStoreLimits.statesPerLoad`.
  func states(of numbers: [Int64]) async throws -> [StoredState]

  /// Stores live states, each in place of the version that it names. One that isn't there any more was replaced by
  /// another replica, or its twin was deleted: then the state isn't stored.
  ///
  /// - Parameter states: at most `TwinStoreLimits.statesPerSave`, one a twin.
  /// - Returns: the numbers of the twins whose states weren't stored.
  func save(_ states: [StoredState]) async throws -> [Int64]

  /// The stored conditions that follow one, by number, kind and sensor, at most `limit`.
  func conditions(after name: ConditionName?, limit: Int) async throws -> [StoredCondition]

  /// The stored conditions of these twins, in no order.
  ///
  /// - Parameter numbers: at most `TwinStoreLimits.statesPerLoad`.
  func conditions(of numbers: [Int64]) async throws -> [StoredCondition]

  /// Stores conditions, replacing those of the same names that are older by (time, sequence).
  ///
  /// - Parameter conditions: at most `TwinStoreLimits.statesPerSave`, one a name.
  func save(conditions: [StoredCondition]) async throws
}

/// The bounds of calls to a store.
enum TwinStoreLimits {
  /// The states that one `save` takes.
  static let statesPerSave = 256
  /// The states that are asked for by their twins at once.
  static let statesPerLoad = 1_000
}
