// Generated from twin/results/v1/audit.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.results.v1.AuditService`.
public enum AuditServiceMethods {
  public static let recordAudit = MethodDescriptor(
    service: "twin.results.v1.AuditService", method: "RecordAudit", kind: .unary, isIdempotent: true)
  public static let listAudit = MethodDescriptor(
    service: "twin.results.v1.AuditService", method: "ListAudit", kind: .unary, isIdempotent: true)
}

/// Keeps the audit; entries are never changed or deleted.
public protocol AuditServiceHandler: RPCService {
  /// Stores an entry. A repeated id changes nothing.
  func recordAudit(_ request: RecordAuditRequest, _ call: ServerCall) async throws -> RecordAuditResponse

  /// Lists entries, newest first.
  func listAudit(_ request: ListAuditRequest, _ call: ServerCall) async throws -> ListAuditResponse
}

extension AuditServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(AuditServiceMethods.recordAudit) { request, call in
        try await self.recordAudit(request, call)
      },
      .unary(AuditServiceMethods.listAudit) { request, call in
        try await self.listAudit(request, call)
      },
    ]
  }
}

/// Keeps the audit; entries are never changed or deleted.
public struct AuditServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Stores an entry. A repeated id changes nothing.
  public func recordAudit(_ request: RecordAuditRequest, options: CallOptions = CallOptions()) async throws
    -> RecordAuditResponse
  {
    try await channel.unary(AuditServiceMethods.recordAudit, request, options: options)
  }

  /// Lists entries, newest first.
  public func listAudit(_ request: ListAuditRequest, options: CallOptions = CallOptions()) async throws
    -> ListAuditResponse
  {
    try await channel.unary(AuditServiceMethods.listAudit, request, options: options)
  }
}

/// The methods of `twin.results.v1.AlertService`.
public enum AlertServiceMethods {
  public static let raiseAlert = MethodDescriptor(
    service: "twin.results.v1.AlertService", method: "RaiseAlert", kind: .unary, isIdempotent: false)
  public static let listAlerts = MethodDescriptor(
    service: "twin.results.v1.AlertService", method: "ListAlerts", kind: .unary, isIdempotent: true)
  public static let acknowledgeAlert = MethodDescriptor(
    service: "twin.results.v1.AlertService", method: "AcknowledgeAlert", kind: .unary, isIdempotent: true)
  public static let resolveAlert = MethodDescriptor(
    service: "twin.results.v1.AlertService", method: "ResolveAlert", kind: .unary, isIdempotent: true)
  public static let watchAlerts = MethodDescriptor(
    service: "twin.results.v1.AlertService", method: "WatchAlerts", kind: .serverStreaming, isIdempotent: true)
}

/// Keeps alerts.
public protocol AlertServiceHandler: RPCService {
  /// Raises an alert; one that is open for the same key is updated and counted instead.
  func raiseAlert(_ request: RaiseAlertRequest, _ call: ServerCall) async throws -> Alert

  /// Lists alerts, newest first.
  func listAlerts(_ request: ListAlertsRequest, _ call: ServerCall) async throws -> ListAlertsResponse

  /// Marks that someone looks after an alert.
  func acknowledgeAlert(_ request: AcknowledgeAlertRequest, _ call: ServerCall) async throws -> Alert

  /// Ends an alert.
  func resolveAlert(_ request: ResolveAlertRequest, _ call: ServerCall) async throws -> Alert

  /// Follows alerts as they change.
  func watchAlerts(_ request: WatchAlertsRequest, _ responses: RPCWriter<Alert>, _ call: ServerCall) async throws
}

extension AlertServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(AlertServiceMethods.raiseAlert) { request, call in
        try await self.raiseAlert(request, call)
      },
      .unary(AlertServiceMethods.listAlerts) { request, call in
        try await self.listAlerts(request, call)
      },
      .unary(AlertServiceMethods.acknowledgeAlert) { request, call in
        try await self.acknowledgeAlert(request, call)
      },
      .unary(AlertServiceMethods.resolveAlert) { request, call in
        try await self.resolveAlert(request, call)
      },
      .serverStreaming(AlertServiceMethods.watchAlerts) { request, responses, call in
        try await self.watchAlerts(request, responses, call)
      },
    ]
  }
}

/// Keeps alerts.
public struct AlertServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Raises an alert; one that is open for the same key is updated and counted instead.
  public func raiseAlert(_ request: RaiseAlertRequest, options: CallOptions = CallOptions()) async throws
    -> Alert
  {
    try await channel.unary(AlertServiceMethods.raiseAlert, request, options: options)
  }

  /// Lists alerts, newest first.
  public func listAlerts(_ request: ListAlertsRequest, options: CallOptions = CallOptions()) async throws
    -> ListAlertsResponse
  {
    try await channel.unary(AlertServiceMethods.listAlerts, request, options: options)
  }

  /// Marks that someone looks after an alert.
  public func acknowledgeAlert(_ request: AcknowledgeAlertRequest, options: CallOptions = CallOptions()) async throws
    -> Alert
  {
    try await channel.unary(AlertServiceMethods.acknowledgeAlert, request, options: options)
  }

  /// Ends an alert.
  public func resolveAlert(_ request: ResolveAlertRequest, options: CallOptions = CallOptions()) async throws
    -> Alert
  {
    try await channel.unary(AlertServiceMethods.resolveAlert, request, options: options)
  }

  /// Follows alerts as they change.
  public func watchAlerts<Result: Sendable>(
    _ request: WatchAlertsRequest, options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientResponses<Alert>) async throws -> Result
  ) async throws -> Result {
    try await channel.serverStreaming(AlertServiceMethods.watchAlerts, request, options: options, body)
  }
}
