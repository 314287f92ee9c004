import FleetCore

/// Where mirrors of environments are kept. Everything that returns has been committed.
///
/// Calls throw `StoreUnavailable` when the database can't be reached, `EnvironmentBoundReached` beyond a bound. One of
/// each kind exists from the start: development, staging, production.
protocol EnvironmentStore: Sendable {
  // MARK: Environments

  /// Adds an environment. One whose deletion twin-engine hasn't heard of makes room.
  func create(_ draft: EnvironmentDraft, at time: UTCInstant) async throws -> EnvironmentCreateOutcome

  /// The environment with exactly this id; nil when there is none or it is deleted.
  func environment(_ id: String) async throws -> EnvironmentRecord?

  /// Environments with ids after `id`, ascending, at most `limit`.
  func environments(after id: String, limit: Int) async throws -> [EnvironmentRecord]

  /// Deletes an environment with its targets and metrics.
  ///
  /// - Returns: false when there is none.
  func delete(_ id: String) async throws -> Bool

  // MARK: Syncs

  /// Takes in what a sync read: all of it, or nothing. The outcome is `Mirror`'s.
  ///
  /// - Returns: nil when there is no such environment any more.
  func commit(_ sync: SyncDraft, of id: String) async throws -> SyncOutcome?

  /// The target with this name; nil when there is none.
  func target(_ name: String, of id: String) async throws -> TargetRecord?

  /// Targets that a query admits, ordered by name.
  func targets(_ query: TargetQuery) async throws -> [TargetRecord]

  /// The names of all targets, ascending.
  func targetNames(of id: String) async throws -> [String]

  // MARK: Forwarding

  /// Environments of which twin-engine hasn't heard everything, deleted ones included, ordered by id.
  func unforwarded() async throws -> [EnvironmentRecord]

  /// The environment with this id, also when it is deleted.
  func anyEnvironment(_ id: String) async throws -> EnvironmentRecord?

  /// Targets that went and that twin-engine hasn't heard of.
  func removals(of id: String) async throws -> [String]

  /// Notes that twin-engine has heard of everything up to a revision; a deleted environment is gone now. Nothing
  /// happens when another environment has taken the id.
  func didForward(_ environment: EnvironmentRecord) async throws

  // MARK: Metrics

  /// Stores points; a point with the name and time of another replaces it.
  ///
  /// - Returns: false when there is no such environment.
  func store(_ series: [SeriesName: [SeriesPoint]], of id: String) async throws -> Bool

  func metrics(_ query: MetricQuery) async throws -> MetricPage

  /// Drops points of the days before the one of this moment, in UTC.
  func dropMetrics(before time: UTCInstant) async throws
}

/// Which targets of an environment are asked for.
struct TargetQuery: Sendable, Hashable {
  var environmentID: String
  /// Empty means all.
  var kind = ""
  /// Only those with a greater name.
  var after = ""
  /// Only those whose `revision` is greater.
  var readAfter: Int64 = 0
  /// Only those whose `changeRevision` is greater.
  var changedAfter: Int64 = 0
  var limit: Int
  /// What their states may take together beyond the first.
  var bytes = Int.max
}

/// A bound of `EnvironmentLimits` would be exceeded, and nothing was stored.
struct EnvironmentBoundReached: Error, Sendable, Hashable, CustomStringConvertible {
  var description: String
}
