import TwinProto

/// A scenario as it is kept.
struct StoredScenario: Sendable, Equatable {
  var ordinal: Int64
  /// Without `status`, which its newest run tells.
  var scenario: Scenario
  var isDeleted: Bool
}

/// A run as it is kept.
struct StoredRun: Sendable, Equatable {
  var ordinal: Int64
  var id: String
  var simulationID: String
  var plan: RunPlan
  var status: JobStatus
  var verdict = Verdict.unspecified
  var error: String?
  /// 0 to 1.
  var progress = 0.0
  var isCancelRequested = false
  /// How often it was leased.
  var attempts: Int32 = 0
  /// Microseconds since 1970.
  var createTime: Int64 = 0
  var startTime: Int64?
  var endTime: Int64?
}

/// What creating did.
enum Creation<Value: Sendable & Equatable>: Sendable, Equatable {
  case created(Value)
  /// The same request came before, with this answer.
  case repeated(Value)
  /// Another request came with the same request id.
  case conflict
  /// As many are waiting as may wait.
  case full
}

/// How a run ended.
struct RunEnd: Sendable, Equatable {
  var status: JobStatus
  var verdict: Verdict
  var error: String?
}

/// What a runner learns when it reports.
enum LeaseState: Sendable, Equatable {
  case held
  /// Someone asked for the run to be stopped.
  case cancelRequested
  /// The lease ran out and is another's now, or the run has ended.
  case lost
}

/// Keeps scenarios and runs, and hands runs out to runners. What a method has returned from survives a crash.
protocol RunStore: Sendable {
  /// - Parameter scenario: without ids and time, which the store gives.
  func create(_ scenario: Scenario, for request: CreateScenarioRequest) async throws -> Creation<StoredScenario>
  /// Finds a scenario by its id or by that of its simulation.
  func scenario(id: String) async throws -> StoredScenario?
  /// Newest first, below `before`; empty texts mean all.
  func scenarios(type: String, vehicleID: String, before: Int64, limit: Int) async throws -> [StoredScenario]
  /// - Returns: whether there was one.
  func deleteScenario(id: String) async throws -> Bool

  func createRun(_ simulationID: String, _ plan: RunPlan, for request: RunSimulationRequest, maxWaiting: Int)
    async throws -> Creation<StoredRun>
  func newestRun(_ simulationID: String) async throws -> (run: StoredRun, count: Int)?
  func run(id: String) async throws -> StoredRun?
  /// Simulations with a run that is queued or running, oldest run first.
  func activeRuns(limit: Int) async throws -> [StoredRun]
  /// Marks a run for stopping; one that nobody has begun ends at once.
  func requestCancel(_ runID: String) async throws

  /// Takes the oldest run that waits or whose lease has run out.
  ///
  /// - Parameter seconds: how long the lease holds.
  func lease(owner: String, seconds: Double) async throws -> StoredRun?
  func renew(_ runID: String, owner: String, seconds: Double, progress: Double) async throws -> LeaseState
  /// Ends a run that this owner has; false when it lost it.
  func finish(_ runID: String, owner: String, _ end: RunEnd) async throws -> Bool
  /// Gives a run back, as if it had not been leased.
  func release(_ runID: String, owner: String) async throws
}
