// Generated from twin/prediction/v1/arbiter.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.prediction.v1.ArbiterService`.
public enum ArbiterServiceMethods {
  public static let checkChange = MethodDescriptor(
    service: "twin.prediction.v1.ArbiterService", method: "CheckChange", kind: .unary, isIdempotent: true)
  public static let reviewAdmission = MethodDescriptor(
    service: "twin.prediction.v1.ArbiterService", method: "ReviewAdmission", kind: .unary, isIdempotent: false)
}

/// Judges proposed changes before anyone applies them. An unknown target, a stale sync, missing deciding facts or an
/// error inside never yields a score below 50.
public protocol ArbiterServiceHandler: RPCService {
  /// Simulates a change and judges it. Safe to retry with the same request_id.
  func checkChange(_ request: CheckChangeRequest, _ call: ServerCall) async throws -> CheckChangeResponse

  /// Judges a Kubernetes AdmissionReview (admission.k8s.io/v1) and answers with one.
  func reviewAdmission(_ request: ReviewAdmissionRequest, _ call: ServerCall) async throws -> ReviewAdmissionResponse
}

extension ArbiterServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(ArbiterServiceMethods.checkChange) { request, call in
        try await self.checkChange(request, call)
      },
      .unary(ArbiterServiceMethods.reviewAdmission) { request, call in
        try await self.reviewAdmission(request, call)
      },
    ]
  }
}

/// Judges proposed changes before anyone applies them. An unknown target, a stale sync, missing deciding facts or an
/// error inside never yields a score below 50.
public struct ArbiterServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Simulates a change and judges it. Safe to retry with the same request_id.
  public func checkChange(_ request: CheckChangeRequest, options: CallOptions = CallOptions()) async throws
    -> CheckChangeResponse
  {
    try await channel.unary(ArbiterServiceMethods.checkChange, request, options: options)
  }

  /// Judges a Kubernetes AdmissionReview (admission.k8s.io/v1) and answers with one.
  public func reviewAdmission(_ request: ReviewAdmissionRequest, options: CallOptions = CallOptions()) async throws
    -> ReviewAdmissionResponse
  {
    try await channel.unary(ArbiterServiceMethods.reviewAdmission, request, options: options)
  }
}

/// The methods of `twin.prediction.v1.ApprovalService`.
public enum ApprovalServiceMethods {
  public static let listApprovals = MethodDescriptor(
    service: "twin.prediction.v1.ApprovalService", method: "ListApprovals", kind: .unary, isIdempotent: true)
  public static let getApproval = MethodDescriptor(
    service: "twin.prediction.v1.ApprovalService", method: "GetApproval", kind: .unary, isIdempotent: true)
  public static let approveChange = MethodDescriptor(
    service: "twin.prediction.v1.ApprovalService", method: "ApproveChange", kind: .unary, isIdempotent: true)
  public static let rejectChange = MethodDescriptor(
    service: "twin.prediction.v1.ApprovalService", method: "RejectChange", kind: .unary, isIdempotent: true)
}

/// Decisions of people on changes with a score from 50 to below 80.
public protocol ApprovalServiceHandler: RPCService {
  /// Lists approvals, newest first.
  func listApprovals(_ request: ListApprovalsRequest, _ call: ServerCall) async throws -> ListApprovalsResponse

  /// Reads an approval.
  func getApproval(_ request: GetApprovalRequest, _ call: ServerCall) async throws -> Approval

  /// Approves a change; FAILED_PRECONDITION (APPROVAL_DECIDED) when it is decided or expired.
  func approveChange(_ request: ApproveChangeRequest, _ call: ServerCall) async throws -> Approval

  /// Rejects a change; FAILED_PRECONDITION (APPROVAL_DECIDED) when it is decided or expired.
  func rejectChange(_ request: RejectChangeRequest, _ call: ServerCall) async throws -> Approval
}

extension ApprovalServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(ApprovalServiceMethods.listApprovals) { request, call in
        try await self.listApprovals(request, call)
      },
      .unary(ApprovalServiceMethods.getApproval) { request, call in
        try await self.getApproval(request, call)
      },
      .unary(ApprovalServiceMethods.approveChange) { request, call in
        try await self.approveChange(request, call)
      },
      .unary(ApprovalServiceMethods.rejectChange) { request, call in
        try await self.rejectChange(request, call)
      },
    ]
  }
}

/// Decisions of people on changes with a score from 50 to below 80.
public struct ApprovalServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Lists approvals, newest first.
  public func listApprovals(_ request: ListApprovalsRequest, options: CallOptions = CallOptions()) async throws
    -> ListApprovalsResponse
  {
    try await channel.unary(ApprovalServiceMethods.listApprovals, request, options: options)
  }

  /// Reads an approval.
  public func getApproval(_ request: GetApprovalRequest, options: CallOptions = CallOptions()) async throws
    -> Approval
  {
    try await channel.unary(ApprovalServiceMethods.getApproval, request, options: options)
  }

  /// Approves a change; FAILED_PRECONDITION (APPROVAL_DECIDED) when it is decided or expired.
  public func approveChange(_ request: ApproveChangeRequest, options: CallOptions = CallOptions()) async throws
    -> Approval
  {
    try await channel.unary(ApprovalServiceMethods.approveChange, request, options: options)
  }

  /// Rejects a change; FAILED_PRECONDITION (APPROVAL_DECIDED) when it is decided or expired.
  public func rejectChange(_ request: RejectChangeRequest, options: CallOptions = CallOptions()) async throws
    -> Approval
  {
    try await channel.unary(ApprovalServiceMethods.rejectChange, request, options: options)
  }
}
