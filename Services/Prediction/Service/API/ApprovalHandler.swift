import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.prediction.v1.ApprovalService`: lists approvals and takes decisions.
struct ApprovalHandler: ApprovalServiceHandler {
  private static let pages = PageSizes(usual: 100, largest: 1_000)
  private static let maximumComment = 4_096
  private static let maximumName = 256

  let store: any PredictionStore
  let approvals: Approvals

  func listApprovals(_ request: ListApprovalsRequest, _ call: ServerCall) async throws -> ListApprovalsResponse {
    let limit = try Self.pages.size(request.pageSize)
    try await approvals.expire()
    let list = "approvals|\(request.status.rawValue)"
    var before = Int64.max
    if !request.pageToken.isEmpty {
      guard let position = PageToken.position(in: request.pageToken, of: list, count: 1) else {
        throw ServiceFault.wrongPageToken()
      }
      before = position[0]
    }
    let found = try await store.approvals(request.status, before: before, limit: limit + 1)
    let page = found.prefix(limit)
    let last = found.count > limit ? page.last?.ordinal : nil
    return ListApprovalsResponse(
      approvals: page.map(\.1), nextPageToken: last.map { PageToken(list: list, position: [$0]).text } ?? "")
  }

  func getApproval(_ request: GetApprovalRequest, _ call: ServerCall) async throws -> Approval {
    try await approvals.expire()
    guard let approval = try await store.approval(id: request.id) else { throw ServiceFault.noApproval(request.id) }
    return approval
  }

  func approveChange(_ request: ApproveChangeRequest, _ call: ServerCall) async throws -> Approval {
    try Self.check(comment: request.comment, name: request.decidedBy)
    return try await approvals.decide(
      request.id, .approved, by: call.identity ?? request.decidedBy, comment: request.comment)
  }

  func rejectChange(_ request: RejectChangeRequest, _ call: ServerCall) async throws -> Approval {
    try Self.check(comment: request.comment, name: request.decidedBy)
    return try await approvals.decide(
      request.id, .rejected, by: call.identity ?? request.decidedBy, comment: request.comment)
  }

  private static func check(comment: String, name: String) throws {
    var wrong: [ServiceFault.FieldViolation] = []
    if comment.count > maximumComment { wrong.append(.init("comment", "is longer than \(maximumComment) characters")) }
    if name.count > maximumName { wrong.append(.init("decided_by", "is longer than \(maximumName) characters")) }
    guard wrong.isEmpty else { throw ServiceFault.invalid(wrong) }
  }
}
