import TwinProto

/// A simulation of a change as it is kept: with what its newest run found.
struct StoredChange: Sendable, Equatable {
  var ordinal: Int64
  /// Without `progress`, which only who runs it knows.
  var simulation: TwinProto.ChangeSimulation
  /// Number of the newest run; 0 before the first.
  var run: Int32 = 0
}

/// What asking for a run did.
enum ChangeBeginning: Sendable, Equatable {
  /// It is this caller's to run, under the number that it has now.
  case begun(StoredChange)
  /// The same request came before, and its run found something.
  case repeated(StoredChange)
  /// Another request came with the same request id.
  case conflict
  /// Somebody runs it.
  case running
  /// There is none.
  case missing
}

/// How a run of a change ended.
struct ChangeEnd: Sendable, Equatable {
  var status: JobStatus
  var outcome: ChangeOutcome?
  var error: String?
}

/// Keeps simulations of changes. What a method has returned from survives a crash; what is deleted isn't found.
protocol ChangeStore: Sendable {
  /// - Parameter change: the request's, with what it left open filled in.
  func create(_ change: ChangeRequest, for request: CreateChangeSimulationRequest) async throws
    -> Creation<StoredChange>
  func change(id: String) async throws -> StoredChange?
  /// Newest first, below `before`; an empty environment and an unspecified status mean all.
  func changes(environment: String, status: JobStatus, before: Int64, limit: Int) async throws -> [StoredChange]
  /// Those that are queued or running, oldest first.
  func activeChanges(limit: Int) async throws -> [StoredChange]

  /// Makes a run the caller's, unless somebody else's goes on. What an earlier run found is dropped.
  ///
  /// - Parameter seconds: a run that hasn't ended after this counts as failed.
  func begin(_ id: String, for request: RunChangeSimulationRequest, seconds: Double) async throws -> ChangeBeginning
  /// Says that a queued run computes now.
  func start(_ id: String, run: Int32) async throws
  /// - Returns: nil when the simulation was deleted or the run isn't its newest any more.
  func end(_ id: String, run: Int32, _ end: ChangeEnd) async throws -> StoredChange?
  /// - Returns: the simulation without its outcome.
  func attach(_ impact: PredictedImpact, confidence: Double?, to id: String) async throws -> StoredChange?
  /// - Returns: whether there was one.
  func delete(_ id: String) async throws -> Bool
}

extension StoredChange {
  /// What is said of a run whose process went away.
  static let lostRun = "interrupted: the process that ran it went away"
}
