import FleetCore
import Synchronization
import TwinConversions
import TwinProto

/// A store for tests that forgets with its process.
final class MemoryPredictionStore: PredictionStore {
  private struct State {
    var judgements: [(request: CheckChangeRequest, answer: CheckChangeResponse)] = []
    var approvals: [Approval] = []
    var approvalNumber: Int64 = 0
    var residuals: [StoredResidual] = []
    var expected: [(ordinal: Int64, ExpectedValue)] = []
    var expectedNumber: Int64 = 0
    var outbox: [(ordinal: Int64, AuditEntry)] = []
    var outboxNumber: Int64 = 0

    mutating func add(_ residual: Residual) -> Residual {
      if let known = residuals.first(where: { $0.residual.isOfSame(residual) }) { return known.residual }
      residuals.append(StoredResidual(ordinal: Int64(residuals.count + 1), residual: residual))
      return residual
    }

    mutating func note(_ entry: AuditEntry) {
      outboxNumber += 1
      outbox.append((outboxNumber, entry))
    }
  }

  private let state = Mutex(State())

  // MARK: Judgements

  func judgement(requestID: String) async throws -> (request: CheckChangeRequest, answer: CheckChangeResponse)? {
    state.withLock { $0.judgements.first { $0.request.requestID == requestID } }
  }

  func judgement(simulationID: String) async throws -> CheckChangeResponse? {
    state.withLock { $0.judgements.last { $0.answer.simulationID == simulationID }?.answer }
  }

  func keep(_ judged: Judged) async throws -> Keeping {
    state.withLock { state in
      let id = judged.request.requestID
      if !id.isEmpty, let known = state.judgements.first(where: { $0.request.requestID == id }) {
        return known.request == judged.request ? .repeated(known.answer) : .conflict
      }
      state.judgements.append((judged.request, judged.answer))
      for index in state.approvals.indices where state.approvals[index].isPending(for: judged.answer.simulationID) {
        state.approvals[index].status = .expired
        state.approvals[index].decideTime = judged.audit.time
        state.note(AuditTrail.expiry(of: state.approvals[index]))
      }
      if let approval = judged.approval { state.approvals.append(approval) }
      state.note(judged.audit)
      return .kept
    }
  }

  // MARK: Approvals

  func nextApprovalNumber() async throws -> Int64 {
    state.withLock { state in
      state.approvalNumber += 1
      return state.approvalNumber
    }
  }

  func approval(id: String) async throws -> Approval? {
    state.withLock { $0.approvals.first { $0.id == id } }
  }

  func approvals(_ status: ApprovalStatus, before: Int64, limit: Int) async throws -> [(ordinal: Int64, Approval)] {
    state.withLock { state in
      let all = state.approvals.compactMap { approval in Approval.number(in: approval.id).map { ($0, approval) } }
      let found = all.sorted { $0.0 > $1.0 }.filter { number, approval in
        number < before && (status == .unspecified || approval.status == status)
      }
      return found.prefix(limit).map { (ordinal: $0.0, $0.1) }
    }
  }

  func granted(environment: String, target: String, at time: Int64) async throws -> [Approval] {
    state.withLock { state in
      state.approvals.filter {
        $0.status == .approved && $0.changeRequest?.environment == environment && $0.changeRequest?.target == target
          && !$0.isOver(at: time)
      }
    }
  }

  func decide(_ id: String, _ decision: Decision, audit: @Sendable (Approval) -> AuditEntry) async throws -> Deciding {
    state.withLock { state in
      guard let index = state.approvals.firstIndex(where: { $0.id == id }) else { return .missing }
      guard state.approvals[index].status == .pending, !state.approvals[index].isOver(at: decision.time) else {
        return .over(state.approvals[index])
      }
      state.approvals[index].decide(decision)
      state.note(audit(state.approvals[index]))
      return .decided(state.approvals[index])
    }
  }

  func expire(at time: Int64, audit: @Sendable (Approval) -> AuditEntry) async throws -> Int {
    state.withLock { state in
      var count = 0
      for index in state.approvals.indices
      where state.approvals[index].status == .pending && state.approvals[index].isOver(at: time) {
        state.approvals[index].status = .expired
        state.approvals[index].decideTime = ProtoTimestamp(microsecondsSinceUnixEpoch: time)
        state.note(audit(state.approvals[index]))
        count += 1
      }
      return count
    }
  }

  // MARK: Track record

  func record(_ residuals: [Residual], audit: AuditEntry) async throws -> [Residual] {
    state.withLock { state in
      let stored = residuals.map { state.add($0) }
      state.note(audit)
      return stored
    }
  }

  func residuals(model: String, regime: String, limit: Int) async throws -> [Residual] {
    state.withLock { state in
      Array(
        state.residuals.reversed().lazy.map(\.residual).filter {
          !$0.isIncident && $0.model == model && $0.regime == regime
        }.prefix(limit))
    }
  }

  func trackRecord(environment: String, model: String, before: Int64, limit: Int) async throws -> [StoredResidual] {
    state.withLock { state in
      Array(
        state.residuals.reversed().lazy.filter {
          $0.ordinal < before && (environment.isEmpty || $0.residual.environment == environment)
            && (model.isEmpty || $0.residual.model == model)
        }.prefix(limit))
    }
  }

  func coverage(environment: String, model: String) async throws -> Coverage {
    let all = try await trackRecord(environment: environment, model: model, before: .max, limit: .max)
    let covered = all.compactMap(\.residual.isCovered)
    return Coverage(total: all.count, stated: covered.count, covered: covered.count(where: { $0 }))
  }

  // MARK: Expected values

  func expect(_ values: [ExpectedValue]) async throws {
    state.withLock { state in
      for value in values where !state.expected.contains(where: { $0.1.isOfSame(value) }) {
        state.expectedNumber += 1
        state.expected.append((state.expectedNumber, value))
      }
    }
  }

  func expected(environment: String, target: String, until time: Int64, limit: Int) async throws
    -> [(ordinal: Int64, ExpectedValue)]
  {
    state.withLock { state in
      let due = state.expected.filter {
        $0.1.environment == environment && (target.isEmpty || $0.1.target == target) && $0.1.dueTime <= time
      }
      return Array(due.sorted { ($0.1.dueTime, $0.ordinal) < ($1.1.dueTime, $1.ordinal) }.prefix(limit))
    }
  }

  func settle(_ ordinals: [Int64], _ residuals: [Residual]) async throws {
    state.withLock { state in
      state.expected.removeAll { ordinals.contains($0.ordinal) }
      for residual in residuals { _ = state.add(residual) }
    }
  }

  // MARK: Audit

  func note(_ entry: AuditEntry) async throws { state.withLock { $0.note(entry) } }

  func undelivered(after: Int64, limit: Int) async throws -> [(ordinal: Int64, AuditEntry)] {
    state.withLock { Array($0.outbox.filter { $0.ordinal > after }.prefix(limit)) }
  }

  func delivered(_ ids: [String]) async throws {
    state.withLock { state in state.outbox.removeAll { ids.contains($0.1.id) } }
  }
}

extension Residual {
  fileprivate func isOfSame(_ other: Residual) -> Bool {
    simulationID == other.simulationID && metric == other.metric && appliedTime == other.appliedTime
  }
}

extension Approval {
  fileprivate func isPending(for simulationID: String) -> Bool {
    status == .pending && self.simulationID == simulationID
  }

  fileprivate func isOver(at time: Int64) -> Bool {
    (expireTime.flatMap { UTCInstant($0) }?.microseconds ?? .max) <= time
  }

  fileprivate mutating func decide(_ decision: Decision) {
    status = decision.status
    decidedBy = decision.by
    comment = decision.comment
    decideTime = ProtoTimestamp(microsecondsSinceUnixEpoch: decision.time)
  }
}

extension ExpectedValue {
  /// The names under which a store keeps one.
  fileprivate func isOfSame(_ other: ExpectedValue) -> Bool {
    environment == other.environment && target == other.target && metric == other.metric && labels == other.labels
      && madeTime == other.madeTime && dueTime == other.dueTime
  }
}
