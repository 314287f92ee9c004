import RPCCore
import RPCErrors
import Testing
import TwinProto

@testable import PredictionService

@Suite("Approvals, on every store")
struct ApprovalTests {
  private func approve(_ stage: PredictionStage, _ id: String, by name: String = "ann") async throws -> Approval {
    try await stage.approvals.approveChange(ApproveChangeRequest(id: id, comment: "fine", decidedBy: name))
  }

  @Test("a decision is made once, and is in the audit", arguments: StoreKind.allCases)
  func deciding(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    let id = try #require(try await stage.check().approvalID)
    let pending = try await stage.approvals.getApproval(GetApprovalRequest(id: id))
    #expect(pending.status == .pending)
    #expect(pending.simulationID == "change-1")
    #expect(pending.predictedImpact?.riskScore == 61)
    #expect(pending.changeRequest?.target == "web")
    let approved = try await approve(stage, id)
    #expect(approved.status == .approved)
    #expect(approved.decidedBy == "ann")
    #expect(approved.comment == "fine")
    #expect(approved.decideTime != nil)
    // The same decision again is a retry; any other is too late.
    #expect(try await approve(stage, id) == approved)
    #expect(await fault { _ = try await approve(stage, id, by: "bob") }?.reason == "APPROVAL_DECIDED")
    let rejected = await fault { _ = try await stage.approvals.rejectChange(RejectChangeRequest(id: id)) }
    #expect(rejected?.reason == "APPROVAL_DECIDED")
    #expect(rejected?.code == .failedPrecondition)
    #expect(stage.audit.entries.map(\.action) == ["change.checked", "approval.approved"])
    #expect(stage.audit.entries.last?.actor == "ann")
    #expect(await fault { _ = try await approve(stage, "approval-000009") }?.reason == "APPROVAL_NOT_FOUND")
  }

  @Test("an approval that nobody decides expires, and can't be decided any more", arguments: StoreKind.allCases)
  func expiring(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    let id = try #require(try await stage.check().approvalID)
    stage.clock.advance(seconds: 3_599)
    #expect(try await stage.approvals.getApproval(GetApprovalRequest(id: id)).status == .pending)
    stage.clock.advance(seconds: 1)
    #expect(await fault { _ = try await approve(stage, id) }?.reason == "APPROVAL_DECIDED")
    let expired = try await stage.approvals.listApprovals(ListApprovalsRequest(status: .expired))
    #expect(expired.approvals.map(\.id) == [id])
    #expect(stage.audit.entries.map(\.action) == ["change.checked", "approval.expired"])
  }

  @Test("a new judgement of a simulation takes the place of the pending approval", arguments: StoreKind.allCases)
  func superseding(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    let first = try #require(try await stage.check().approvalID)
    let second = try #require(
      try await stage.arbiter.checkChange(CheckChangeRequest(simulationID: "change-1")).approvalID)
    #expect(first != second)
    #expect(try await stage.approvals.getApproval(GetApprovalRequest(id: first)).status == .expired)
    #expect(try await stage.approvals.getApproval(GetApprovalRequest(id: second)).status == .pending)
    #expect(stage.audit.entries.map(\.action).sorted() == ["approval.expired", "change.checked", "change.checked"])
  }

  @Test("lists go newest first, by status, in pages", arguments: StoreKind.allCases)
  func listing(_ kind: StoreKind) async throws {
    let stage = PredictionStage(try await kind.make())
    for _ in 0..<3 { _ = try await stage.check() }
    _ = try await stage.approvals.rejectChange(RejectChangeRequest(id: "approval-000002"))
    let first = try await stage.approvals.listApprovals(ListApprovalsRequest(pageSize: 2))
    #expect(first.approvals.map(\.id) == ["approval-000003", "approval-000002"])
    let second = try await stage.approvals.listApprovals(
      ListApprovalsRequest(pageSize: 2, pageToken: first.nextPageToken))
    #expect(second.approvals.map(\.id) == ["approval-000001"])
    let pending = try await stage.approvals.listApprovals(ListApprovalsRequest(status: .pending))
    #expect(pending.approvals.map(\.id) == ["approval-000003", "approval-000001"])
  }
}
