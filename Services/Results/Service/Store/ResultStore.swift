import TwinProto

/// Which outcomes to list; empty texts and an unspecified verdict mean all.
struct OutcomeFilter: Sendable, Hashable {
  var simulationID = ""
  var scenarioType = ""
  var parentRunID = ""
  var verdict = Verdict.unspecified
}

/// An outcome with its place in the order of recording.
struct StoredOutcome: Sendable, Equatable {
  /// Grows with every outcome.
  var ordinal: Int64
  var outcome: RunOutcome
  /// Microseconds since 1970.
  var commitTime: Int64
}

/// What recording an outcome did.
enum RecordResult: Sendable, Equatable {
  /// It is stored, now or before, since this moment in microseconds since 1970.
  case stored(commitTime: Int64)
  /// Another outcome has the run's id.
  case conflict
}

/// Keeps outcomes and traces. What a method has returned from survives a crash.
protocol ResultStore: Sendable {
  func record(_ outcome: RunOutcome) async throws -> RecordResult
  /// Adds a part of a trace; one with the same first row changes nothing.
  func record(runID: String, firstRow: Int64, _ rows: [TraceRow]) async throws
  /// How many rows of the trace are stored.
  func traceLength(runID: String) async throws -> Int64
  /// The newest outcome whose run, else whose simulation, else whose scenario has this id. Variants are found by their
  /// own id only.
  func outcome(id: String) async throws -> StoredOutcome?
  /// Newest first, below `before`.
  func outcomes(_ filter: OutcomeFilter, before: Int64, limit: Int) async throws -> [StoredOutcome]
  /// The chunk that follows row `after` (-1 for the first), with the number of its first row.
  func chunk(runID: String, after: Int64) async throws -> (firstRow: Int64, rows: [TraceRow])?
}
