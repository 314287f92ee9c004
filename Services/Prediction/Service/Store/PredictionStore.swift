import TwinProto

/// A judgement to keep: the answer, what it answers, and what goes with it.
struct Judged: Sendable {
  /// With the simulation that was judged.
  var answer: CheckChangeResponse
  var request: CheckChangeRequest
  /// Opened with it; pending ones of the same simulation expire.
  var approval: Approval?
  var audit: AuditEntry
}

/// What keeping a judgement did.
enum Keeping: Sendable, Equatable {
  case kept
  /// The same request was answered before, with this.
  case repeated(CheckChangeResponse)
  /// Another request came with the same request id.
  case conflict
}

/// What deciding an approval did.
enum Deciding: Sendable, Equatable {
  case decided(Approval)
  /// It was decided or has expired.
  case over(Approval)
  case missing
}

/// How an approval is decided.
struct Decision: Sendable, Equatable {
  var status: ApprovalStatus
  var by: String
  var comment: String
  /// Microseconds since 1970.
  var time: Int64
}

/// A value that was predicted, and what it really was.
struct Residual: Sendable, Equatable {
  var simulationID: String
  var metric: String
  /// When the change was applied, microseconds since 1970.
  var appliedTime: Int64
  var environment: String
  var model: String
  var regime: String
  /// Whether it is an issue's probability against whether it occurred, not a metric.
  var isIncident = false
  var predicted: Double
  var actual: Double
  /// That was stated; nil when none was.
  var interval: Interval?

  var isCovered: Bool? { interval.map { $0.low <= actual && actual <= $0.high } }
}

struct StoredResidual: Sendable, Equatable {
  /// Grows with every residual.
  var ordinal: Int64
  var residual: Residual
}

/// A value of a metric that was predicted, of which it isn't known yet what it really was.
struct ExpectedValue: Sendable, Equatable {
  var environment: String
  var target: String
  var metric: String
  /// In the order of their names, so that they tell series apart.
  var labels: String
  /// Start of the step whose value was the newest when it was predicted, microseconds since 1970.
  var madeTime: Int64
  /// Start of the step whose value it is, microseconds since 1970.
  var dueTime: Int64
  var predicted: Double
  /// That was stated; nil when none was.
  var interval: Interval?
}

/// How often intervals held.
struct Coverage: Sendable, Equatable {
  var total = 0
  /// Those with an interval.
  var stated = 0
  /// Those inside it.
  var covered = 0
}

/// Keeps judgements, approvals and residuals. What a method has returned from survives a crash; whatever is decided is
/// written together with its entry of the audit.
protocol PredictionStore: Sendable {
  // MARK: Judgements
  /// The judgement of an earlier request with this id.
  func judgement(requestID: String) async throws -> (request: CheckChangeRequest, answer: CheckChangeResponse)?
  /// The newest judgement of a simulation.
  func judgement(simulationID: String) async throws -> CheckChangeResponse?
  func keep(_ judged: Judged) async throws -> Keeping

  // MARK: Approvals
  /// A number that no approval has.
  func nextApprovalNumber() async throws -> Int64
  func approval(id: String) async throws -> Approval?
  /// Newest first, below `before`; an unspecified status means all.
  func approvals(_ status: ApprovalStatus, before: Int64, limit: Int) async throws -> [(ordinal: Int64, Approval)]
  /// Those that were granted for a target and haven't expired.
  func granted(environment: String, target: String, at time: Int64) async throws -> [Approval]
  func decide(_ id: String, _ decision: Decision, audit: @Sendable (Approval) -> AuditEntry) async throws -> Deciding
  /// Ends the pending ones whose time is up.
  ///
  /// - Returns: how many.
  func expire(at time: Int64, audit: @Sendable (Approval) -> AuditEntry) async throws -> Int

  // MARK: Track record
  /// Adds residuals; one of the same simulation, metric and time changes nothing.
  ///
  /// - Returns: those that are stored under the same names.
  func record(_ residuals: [Residual], audit: AuditEntry) async throws -> [Residual]
  /// The newest residuals of metrics, newest first.
  func residuals(model: String, regime: String, limit: Int) async throws -> [Residual]
  /// Newest first, below `before`; empty texts mean all.
  func trackRecord(environment: String, model: String, before: Int64, limit: Int) async throws -> [StoredResidual]
  func coverage(environment: String, model: String) async throws -> Coverage

  // MARK: Expected values
  /// Keeps what was predicted; what was predicted of the same series at the same time for the same time stays.
  func expect(_ values: [ExpectedValue]) async throws
  /// Those that are due, oldest first.
  ///
  /// - Parameter target: only its; empty for all.
  func expected(environment: String, target: String, until time: Int64, limit: Int) async throws
    -> [(ordinal: Int64, ExpectedValue)]
  /// Removes expected values and records what came of them, all of it or nothing.
  func settle(_ ordinals: [Int64], _ residuals: [Residual]) async throws

  // MARK: Audit
  /// Keeps an entry that belongs to nothing else.
  func note(_ entry: AuditEntry) async throws
  /// Entries that aren't delivered yet, oldest first, above `after`.
  func undelivered(after: Int64, limit: Int) async throws -> [(ordinal: Int64, AuditEntry)]
  func delivered(_ ids: [String]) async throws
}

extension Approval {
  /// The name of the approval with a number: six digits at least.
  static func name(_ number: Int64) -> String {
    let digits = String(number)
    return "approval-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// The number in a name; nil for a text that is none.
  static func number(in name: String) -> Int64? {
    name.hasPrefix("approval-") ? Int64(name.dropFirst("approval-".count)) : nil
  }
}
