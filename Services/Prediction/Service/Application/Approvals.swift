import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// Approvals that people decide, or that expire.
struct Approvals: Sendable {
  /// How often it is looked for approvals that have expired, so that the audit tells soon.
  private static let sweepInterval = Duration.seconds(30)

  let store: any PredictionStore
  let trail: AuditTrail
  let clock: WallClock

  /// Ends those whose time is up, so that nobody sees one that can't be decided any more as pending.
  func expire() async throws {
    if try await store.expire(at: clock.now().microseconds, audit: { AuditTrail.expiry(of: $0) }) > 0 {
      await trail.flush()
    }
  }

  /// Decides; the same decision again is harmless.
  ///
  /// - Throws: `ServiceFault` (`APPROVAL_NOT_FOUND`, `APPROVAL_DECIDED`).
  func decide(_ id: String, _ status: ApprovalStatus, by name: String, comment: String) async throws -> Approval {
    try await expire()
    let now = clock.now()
    let decision = Decision(status: status, by: name, comment: comment, time: now.microseconds)
    let word = status == .approved ? "approved" : "rejected"
    let result = try await store.decide(id, decision) { approval in
      var details = AuditTrail.facts(approval.changeRequest)
      details["simulation_id"] = .text(approval.simulationID)
      details["comment"] = .text(comment)
      if let impact = approval.predictedImpact { details.merge(AuditTrail.facts(impact)) { $1 } }
      return AuditTrail.entry(
        "approval.\(word)", by: name, on: approval.id, environment: approval.changeRequest?.environment ?? "",
        outcome: word, at: now, details: details)
    }
    switch result {
    case .decided(let approval):
      await trail.flush()
      return approval
    case .missing: throw ServiceFault.noApproval(id)
    case .over(let approval):
      if approval.status == status, approval.decidedBy == name, approval.comment == comment { return approval }
      throw ServiceFault(
        .failedPrecondition, .approvalDecided, "\(id) is \(approval.status) already",
        facts: ["approval": id, "status": "\(approval.status)"])
    }
  }

  /// Looks for expired ones until the task is cancelled.
  func sweep() async throws {
    var complaint = Complaint(trail.logger, "approvals can't be looked through")
    while true {
      do {
        try await expire()
        complaint.isOver()
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        complaint.make(error)
      }
      try await Task.sleep(for: Self.sweepInterval)
    }
  }
}

extension ServiceFault {
  static func noApproval(_ id: String) -> ServiceFault {
    ServiceFault(.notFound, .approvalNotFound, "there is no approval \(id)", facts: ["approval": id])
  }
}
